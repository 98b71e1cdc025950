"""The words before a number that say what it is: a telephone, an identity number, a card, or a code."""

from __future__ import annotations

import re
from functools import cache

from gongkai.wording.data_files import lines_of

_REACH = 20  # characters before a number in which its name stands
_STOP = re.compile(r"[。;!?]")


@cache
def _cue_pattern() -> re.Pattern[str]:
    """All cues in one pattern, a named group a kind, from data/number_cues.txt; the longer words first."""
    kinds: dict[str, list[str]] = {}
    kind: list[str] = []
    for line in lines_of("number_cues.txt"):
        if line.startswith("["):
            kind = kinds.setdefault(line[1:-1], [])
        else:
            kind.extend(line.split())
    parts = (
        f"(?P<{name}>{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
        for name, words in kinds.items()
    )
    return re.compile("|".join(parts), re.IGNORECASE)


def cue_before(text: str, start: int) -> str:
    """The kind of the last cue in the same sentence before a number: `code`, `credit`, `amount`, `card`,
    `identity`, `phone`; "" where none stands.

    >>> sentence = "受理编号见后，手机：13800138000"
    >>> cue_before(sentence, sentence.index("138"))
    'phone'
    """
    before = text[max(0, start - _REACH) : start]
    stop = 0
    for found in _STOP.finditer(before):
        stop = found.end()
    kind = ""
    for found in _cue_pattern().finditer(before, stop):
        kind = found.lastgroup or ""
    return kind
