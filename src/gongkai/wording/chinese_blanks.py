"""Blanks that only set Chinese wide: between two of its characters or signs none is part of the text.

Other scripts without Latin letters (Uyghur, Tibetan, Mongolian, Cyrillic) part their words by blanks.
"""

from __future__ import annotations

import re

# Chinese characters, their punctuation, fullwidth forms, and the signs set among them: “ ” … ① Ⅳ ■ ℃ ° ·.
CHINESE = (
    r"\u00b0\u00b7\u00d7\u2010-\u2027\u2030-\u205e\u2100-\u218b\u2190-\u27bf\u2e80-\ua4cf\uac00-\ud7a3"
    r"\ue000-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
GAPS_BETWEEN_CHINESE = re.compile(rf"(?<=[{CHINESE}])[ \t\u3000\xa0]+(?=[{CHINESE}])")
# A pdf keeps no blank beside a Chinese character: there it is a matter of setting, not of text.
BESIDE_CHINESE = re.compile(rf"(?<=[{CHINESE}]) +| +(?=[{CHINESE}])")
