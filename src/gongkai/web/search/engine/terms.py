"""What an index holds of a text: its words, its pairs of neighbouring characters, its single characters.

Words decide what comes first, pairs what is found: a text is found by any two neighbouring characters of it,
however a dictionary would cut it. Letters and digits are words of their own, in lower case, on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, cast

from gongkai.wording.normal import simplify

HAN = "㐀-䶿一-鿿豈-﫿〇\U00020000-\U000323af"
# A run of Chinese characters, of digits, or of letters of any other script.
_TOKEN = re.compile(rf"[{HAN}]+|[0-9]+|[^\W\d_{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_PIECE = 20_000  # characters cut at a time: memory does not grow with the text


class _Cutter(Protocol):
    def cut(self, text: str) -> list[str]: ...

    def cut_for_search(self, text: str) -> list[str]: ...


@lru_cache(maxsize=1)
def _cutter() -> _Cutter:
    import rjieba  # here: it loads its dictionary at once, which takes a fifth of a second

    return cast(_Cutter, rjieba)


def folded(text: str) -> str:
    """One spelling, lower case, of the same length as the text.

    >>> folded("ＷＯＲＤ文檔")
    'word文档'
    """
    plain = simplify(text)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(small if len(small := one.lower()) == 1 else one for one in plain)


def is_han(text: str) -> bool:
    return _HAN_RUN.fullmatch(text) is not None


def tokens(text: str) -> list[str]:
    """Runs of Chinese characters, digits and letters of a folded text.

    >>> tokens("word文档2024")
    ['word', '文档', '2024']
    """
    return _TOKEN.findall(text)


def runs(text: str) -> Iterator[re.Match[str]]:
    """As `tokens`, with their places."""
    return _TOKEN.finditer(text)


def grams(text: str) -> list[str]:
    """Pairs of neighbouring characters of a folded text, in order; other words whole. A character that stands
    alone between other things is one too.

    >>> grams("word政府信息，第3条")
    ['word', '政府', '府信', '信息', '第', '3', '条']
    """
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if len(token) > 1 and _HAN_RUN.match(token):
            found += [token[at : at + 2] for at in range(len(token) - 1)]
        else:
            found.append(token)
    return found


def words(text: str) -> list[str]:
    """Words of two characters or more of a folded text with the shorter words inside them; other words whole.

    >>> words("word防汛抗旱的2024")
    ['word', '防汛', '抗旱', '2024']
    """
    found: list[str] = []
    for run in _TOKEN.findall(text):
        if not _HAN_RUN.match(run):
            found.append(run)
        elif len(run) <= _PIECE:
            found += [one for one in _cutter().cut_for_search(run) if len(one) > 1]
        else:
            for start in range(0, len(run), _PIECE):
                piece = run[start : start + _PIECE]
                found += [one for one in _cutter().cut_for_search(piece) if len(one) > 1]
    return found


def cut(text: str) -> list[str]:
    """A folded text as the dictionary cuts it, each character once.

    >>> cut("北山镇防汛方案")
    ['北', '山镇', '防汛', '方案']
    """
    return _cutter().cut(text)


def characters(text: str) -> set[str]:
    """The Chinese characters of a folded text, each once."""
    return {one for run in _HAN_RUN.findall(text) for one in run}
