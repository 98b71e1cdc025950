"""Personal data in what an import says of a cell: it is shown masked (PII.M), also where it was cut off."""

from __future__ import annotations

from gongkai.wording.personal import find_all_personal

_MOST = 400  # characters of a message or a cell that are looked at: more is never shown
_SHORTEST = 6  # of a number cut off, so much of it still says whose it is


def masked(text: str) -> str:
    """The text with each piece of personal data in its masked form.

    >>> masked("“11010519491231002X”不是日期。")
    '“11*************02X”不是日期。'
    """
    shown, at = [], 0
    for found in find_all_personal(text[:_MOST]):
        shown += [text[at : found.start], found.masked]
        at = found.end
    return "".join([*shown, text[at:]])


def masked_as(cell: str, words: str) -> str:
    """Words about a cell, without the beginnings of numbers that they have cut off from it.

    >>> masked_as("11010519491231002X", "不是发文字号：11010519491231…")
    '不是发文字号：11*************02X…'
    """
    for found in find_all_personal(cell[:_MOST]):
        for length in range(len(found.text), _SHORTEST - 1, -1):
            if found.text[:length] in words:
                words = words.replace(found.text[:length], found.masked)
                break
    return words
