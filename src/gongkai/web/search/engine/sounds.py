"""How characters are read: without tones, and zh as z, ing as in, as keyboards and tongues confuse them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import cast

_CONFUSED = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([ie])ng$"), r"\1n"))


@cache
def _readings() -> dict[int, str]:
    """The package's table of characters, read by itself: with its table of phrases it takes half a second."""
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin", name="pypinyin")
    return cast(
        dict[int, str], run_path(str(Path(package.origin).with_name("pinyin_dict.py")))["pinyin_dict"]
    )


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """The most usual reading of a character; the character itself where it has none.

    >>> sound("证"), sound("汛"), sound("a")
    ('zen', 'xun', 'a')
    """
    readings = _readings().get(ord(character))
    if not readings:
        return character
    plain = unicodedata.normalize("NFD", readings.partition(",")[0])
    made = "".join(one for one in plain if not unicodedata.combining(one))
    for pattern, instead in _CONFUSED:
        made = pattern.sub(instead, made)
    return made


def sounds(word: str) -> str:
    """The readings of a word.

    >>> sounds("防汛") == sounds("防训")
    True
    """
    return " ".join(map(sound, word))


_HISSED, _NASAL = re.compile("([zcs])h"), re.compile("([ie])ng")


def as_typed(letters: str) -> str:
    """Readings without blanks, with what is confused made one, for a word typed as it is read.

    >>> as_typed("jiazhuang") == as_typed(sounds("加装")), as_typed("pingan") == as_typed(sounds("平安"))
    (True, True)
    """
    return _NASAL.sub(r"\1n", _HISSED.sub(r"\1", letters.replace(" ", "")))
