"""Words of Chinese text, each with its place, and the terms a search index needs.

Words are rjieba's (the dictionary of jieba). A search that asks for words alone misses what the dictionary
cuts otherwise, so `index_terms` adds every two neighbouring characters: any phrase of two characters or more
is found exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol, cast

from gongkai.wording.normal import simplify

_SPOKEN = re.compile(r"\w")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")
_PIECE = 20_000  # characters cut at a time, so that memory does not grow with the text


class Word(NamedTuple):
    """A word as it stands in the text, from `start` up to `end`."""

    text: str
    start: int
    end: int


class Term(NamedTuple):
    """What an index holds: `text` in one spelling and lower case; `kind` is `word` or `bigram`."""

    text: str
    start: int
    end: int
    kind: str


def words(text: str, *, own: tuple[str, ...] = ()) -> list[Word]:
    """The words of a text in order, without spaces and signs. `own` are words the dictionary must know.

    >>> [word.text for word in words("依申请公开，2024年")]
    ['依', '申请', '公开', '2024', '年']
    >>> [word.text for word in words("依申请公开，2024年", own=("依申请公开",))]
    ['依申请公开', '2024', '年']
    """
    return [
        Word(text[start:end], start, end)
        for _, start, end in _cut(simplify(text), "default", own)
        if _SPOKEN.search(text, start, end)
    ]


def index_terms(text: str, *, own: tuple[str, ...] = ()) -> list[Term]:
    """Words, the shorter words inside them, and bigrams of Chinese characters, by place and length.

    >>> [term.text for term in index_terms("政府信息")]
    ['政府', '府信', '信息']
    >>> [term.text for term in index_terms("Word文档") if term.kind == "word"]
    ['word', '文档']
    """
    plain = simplify(text).lower()
    if len(plain) != len(text):  # a few letters grow when made lower case: places must stay true
        plain = simplify(text)
    known: dict[tuple[int, int], Term] = {}
    for word, start, end in _cut(plain, "search", own):
        if _SPOKEN.search(word):
            known[start, end] = Term(word, start, end, "word")
    for run in _HAN.finditer(plain):
        for start in range(run.start(), run.end() - 1):
            known.setdefault((start, start + 2), Term(plain[start : start + 2], start, start + 2, "bigram"))
    return [known[place] for place in sorted(known)]


def is_known(word: str) -> bool:
    """Whether the dictionary itself holds a word.

    >>> is_known("申请"), is_known("申公")
    (True, False)
    """
    return _dictionary(()).has_word(simplify(word))


def _cut(text: str, mode: str, own: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    jieba = _dictionary(own)
    for first, last in _pieces(text):
        for word, start, end in jieba.tokenize(text[first:last], mode):
            yield word, first + start, first + end


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Pieces that end with a line, a sentence or, failing these, anywhere."""
    start = 0
    while len(text) - start > _PIECE:
        end = max(text.rfind(sign, start, start + _PIECE) for sign in "\n。;,") + 1
        end = end if end > start else start + _PIECE
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


class _Dictionary(Protocol):
    def tokenize(self, text: str, mode: str) -> list[tuple[str, int, int]]: ...

    def has_word(self, word: str) -> bool: ...


@lru_cache(maxsize=8)
def _dictionary(own: tuple[str, ...]) -> _Dictionary:
    """The dictionary with an office's own words; ValueError for one without characters."""
    import rjieba  # here: it loads its dictionary at once, which takes a fifth of a second

    if not own:
        return cast(_Dictionary, rjieba)  # its own dictionary, to which nothing is ever added here
    jieba = rjieba.Jieba()
    for word in own:
        if not word.strip():
            raise ValueError("自定义词不能为空")
        jieba.add_word(simplify(word), None, None)
    return cast(_Dictionary, jieba)
