"""One spelling for matching: half-width signs, simplified characters, ordinary ones for their look-alikes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib import resources

# Unicode ranges whose compatibility form is one character: full-width and small signs, ideographs that pdf
# text layers give twice (Kangxi radicals, compatibility ideographs), and spaces of every width. Circled
# numbers and superscripts are left out on purpose: "①5件" must not become "15件".
_COMPATIBLE = (
    (0x00A0, 0x00A0),
    (0x2000, 0x200A),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x2E80, 0x2FDF),
    (0x3000, 0x3000),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
)
# Letters that look like the x which may end an identity number.
_LIKE_X = dict.fromkeys("ХΧⅩ", "X") | dict.fromkeys("хχⅹ", "x")
# Digits of other scripts that a telephone's keyboard gives: Arabic, Persian, and mathematical ones.
_DIGITS = ((0x0660, 0x0669), (0x06F0, 0x06F9), (0x1D7CE, 0x1D7FF))
# Nothing is seen where these stand: soft hyphen, zero-width spaces, direction marks, byte order mark.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


_LAST_OF_PLANE = "\uffff"
_RARE = re.compile(f"[^\x00-{_LAST_OF_PLANE}]")
_ANY_INVISIBLE = re.compile(f"[{_INVISIBLE}]")


@cache
def _table() -> dict[str, str]:
    """Each character that changes, with what it becomes. Read once, at first use."""
    table: dict[str, str] = {}
    data = resources.files(__package__).joinpath("data")
    for name in ("traditional_characters.txt", "cjk_radicals.txt"):
        for line in data.joinpath(name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                table[line[0]] = line[1]
    for first, last in _COMPATIBLE:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[chr(code)] = table.get(plain, plain)
    table |= _LIKE_X
    for first, last in _DIGITS:
        table |= {chr(code): str(unicodedata.decimal(chr(code))) for code in range(first, last + 1)}
    for character, plain in table.items():
        table[character] = table.get(plain, plain)  # one step is enough: no chain in the data is longer
    return table


@cache
def _changing() -> frozenset[str]:
    return frozenset(_table())


@cache
def _changing_pattern() -> re.Pattern[str]:
    """A class of those up to U+FFFF: with characters above, matching would be slower than a set."""
    return re.compile(f"[{''.join(re.escape(c) for c in sorted(_changing()) if c <= _LAST_OF_PLANE)}]")


def simplify(text: str) -> str:
    """The text in one spelling, of the same length, so that positions stay true.

    Full-width letters, digits and signs become half-width, wide spaces plain ones, traditional characters
    simplified ones, radical look-alikes the ordinary character.

    >>> simplify("政府信息公開（２０２４）")
    '政府信息公开(2024)'
    >>> simplify("⾃然⼈，⺠生")
    '自然人,民生'
    """
    if text.isascii():
        return text
    # A report holds a handful of the characters that change: replacing these one by one beats str.translate.
    found = {*_changing_pattern().findall(text)}
    if _RARE.search(text):
        found |= _changing().intersection(text)
    if not found:
        return text
    table = _table()
    if len(found) > 40:
        return text.translate({ord(character): table[character] for character in found})
    for character in found:
        text = text.replace(character, table[character])
    return text


def compact(text: str) -> str:
    """The text in one spelling, without any space, line break or invisible sign.

    >>> compact("總計 总　计\\n（ 件 ）")
    '总计总计(件)'
    """
    return without_spaces(simplify(text))


def without_spaces(text: str) -> str:
    """The text without any space, line break or invisible sign."""
    text = "".join(text.split())
    if not text.isascii() and _ANY_INVISIBLE.search(text):
        text = _ANY_INVISIBLE.sub("", text)
    return text


def compact_with_positions(text: str) -> tuple[str, list[int]]:
    """`compact(text)` and, for each of its characters, the index in `text` it stood at.

    >>> compact_with_positions("总 计")
    ('总计', [0, 2])
    """
    kept = [
        (character, index)
        for index, character in enumerate(simplify(text))
        if not character.isspace() and character not in _INVISIBLE
    ]
    return "".join(character for character, _ in kept), [index for _, index in kept]


class Visible:
    """A text without its invisible signs, which knows where everything stood.

    >>> seen = Visible("电话138\u200b00")
    >>> seen.text, seen.span(2, 7)
    ('电话13800', (2, 8))
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []  # in `text`, where pieces behind an invisible sign begin …
        self._shifts: list[int] = []  # … and how many signs stood before
        if text.isascii() or not _ANY_INVISIBLE.search(text):
            return
        length = 0
        pieces = _ANY_INVISIBLE.split(text)
        for number, piece in enumerate(pieces):
            self._starts.append(length)
            self._shifts.append(number)
            length += len(piece)
        self.text = "".join(pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as given of a place in `text` that is not empty."""
        if not self._starts:
            return start, end
        return self._index(start), self._index(end - 1) + 1

    def _index(self, index: int) -> int:
        return index + self._shifts[bisect_right(self._starts, index) - 1]
