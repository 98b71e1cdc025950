"""How much a pdf makes PDFium draw, told from its streams before it is opened.

PDFium takes a page's content in one uninterruptible call. A few kilobytes can hold a million objects, packed
tightly or drawn by forms that draw forms; such a file is refused before it takes the time and the memory.
"""

from __future__ import annotations

import base64
import math
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.documents.limits import MIB, Budget, too_complex

MAX_STREAM = 16 * MIB  # the content of one stream, unpacked; a dense page of tables holds 100 kB
MAX_WEIGHT = 64 * MIB  # all content, a form's counted each time it is drawn
MAX_PAINTED = 250_000  # objects that one stream paints
COUNTED_FROM = MIB  # a smaller stream cannot paint too many
SMALL = 1_500  # bytes, packed, of a stream that matters only where it draws forms: fonts have thousands
DRAWING_A_FORM = 64  # bytes of content that take as long as beginning a form
_DIGITS = 20  # bytes before the word obj in which the object has its number
# Pictures, fonts, profiles and tables of contents are no content.
_NO_CONTENT = re.compile(
    rb"/(?:Image|Length1|Type1C|CIDFontType0C|OpenType|XRef|Metadata|Alternate|EmbeddedFile)\b"
)
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_NUMBER = re.compile(rb"(\d+)\s+\d+\s+obj\b")
# What a page or a form shows, whatever the stream claims to be.
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R\b)")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_PACKED_ONCE = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")
_MOST_FILTERS = 4
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R\b")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_PAINTS = re.compile(rb"(?<=[\s)\]>])(?:[fBb]\*?|[FSs'\"]|T[jJ]|Do|sh|EI)(?![^\s/(<\[])")


class Stream(NamedTuple):
    """A content stream: its length unpacked, and the names of the forms (or images) it draws."""

    number: int  # of the object
    is_form: bool
    length: int
    drawn: list[bytes]


def refuse_heavy(content: bytes, budget: Budget) -> None:
    """Raises too_complex for a pdf that draws more than a report ever does, and too_slow."""
    streams: list[Stream] = []
    dictionaries: list[bytes] = []
    unweighed: dict[int, tuple[bytes, bytes]] = {}
    least = 0 if _FORM.search(content) else SMALL
    for between, packed in _packed_streams(content):
        budget.check_time()
        dictionaries.append(between)
        header = between[max(0, between.rfind(b" obj") - _DIGITS) :]
        if len(packed) < least and _PACKED_ONCE.search(header):
            continue
        if _NO_CONTENT.search(header) and not _FORM.search(header):
            unweighed[_number(header)] = header, packed
            continue
        data = _weighed(header, packed)
        if b"/ObjStm" in header:
            dictionaries.append(data)
            continue
        streams.append(_stream(header, data))
    for number in _shown([content, *dictionaries]) & unweighed.keys():
        budget.check_time()
        header, packed = unweighed[number]
        streams.append(_stream(header, _weighed(header, packed)))
    if _at_most(streams) > MAX_WEIGHT and _weight(streams, _names(dictionaries)) > MAX_WEIGHT:
        raise _too_heavy()


def _stream(header: bytes, data: bytes) -> Stream:
    drawn = _DRAWN.findall(data) if b" Do" in data else []
    return Stream(_number(header), bool(_FORM.search(header)), len(data), drawn)


def _number(header: bytes) -> int:
    number = _NUMBER.search(header)
    return int(number[1]) if number else 0


def _weighed(header: bytes, packed: bytes) -> bytes:
    data = _unpacked(header, packed)
    if len(data) > MAX_STREAM or (len(data) > COUNTED_FROM and _painted(data) > MAX_PAINTED):
        raise _too_heavy()
    return data


def _shown(dictionaries: list[bytes]) -> set[int]:
    """Numbers of the streams that some page names as its content, through lists of them too."""
    found = b" ".join(contents for part in dictionaries for contents in _CONTENTS.findall(part))
    return {int(number) for number in _REFERENCE.findall(found)}


def _too_heavy() -> Exception:
    return too_complex("图形过多", "too much drawing")


def _packed_streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each stream of the file, as it stands there, with what stands between it and the one before."""
    last = 0
    at = content.find(b"stream")
    while at >= 0:
        end = content.find(b"endstream", at)
        if end < 0:
            end = len(content)
        between = content[last:at]
        begin = at + len(b"stream")
        begin += 2 if content[begin : begin + 2] == b"\r\n" else 1
        yield between, content[begin:end]
        last = end + len(b"endstream")
        at = content.find(b"stream", last)


def _unpacked(header: bytes, packed: bytes) -> bytes:
    """A stream unpacked as far as matters; as it is where it is packed in a way that saves little."""
    data = packed
    try:
        if b"/ASCII85Decode" in header or b"/A85" in header:
            data = base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
        for _ in range(_MOST_FILTERS):
            if not _is_packed(data):
                break
            data = zlib.decompressobj().decompress(data, MAX_STREAM + 1)
    except (ValueError, zlib.error):
        pass
    return data


def _is_packed(data: bytes) -> bool:
    """By its first two bytes: a filter has more names than one, and content never begins so."""
    return len(data) > 1 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0


def _painted(data: bytes) -> int:
    return sum(1 for _ in _PAINTS.finditer(data))


def _names(dictionaries: list[bytes]) -> dict[bytes, set[int]]:
    names: dict[bytes, set[int]] = {}
    for dictionary in dictionaries:
        for name, number in _NAMED.findall(dictionary):
            names.setdefault(name, set()).add(int(number))
    return names


def _at_most(streams: list[Stream]) -> float:
    """A weight that the file cannot exceed, told without looking up which form draws which."""
    total = sum(stream.length for stream in streams)
    forms = [stream for stream in streams if stream.is_form]
    if any(form.drawn for form in forms):
        return math.inf
    heaviest = max((form.length for form in forms), default=0) + DRAWING_A_FORM
    return total + heaviest * sum(len(stream.drawn) for stream in streams)


def _weight(streams: list[Stream], names: dict[bytes, set[int]]) -> int:
    """The bytes of content to be drawn. One name may stand for several forms: the heaviest counts."""
    forms = {stream.number: stream for stream in streams if stream.is_form}
    known: dict[int, int] = {}

    def weight(stream: Stream) -> int:
        total = stream.length
        for name in stream.drawn:
            total += DRAWING_A_FORM
            total += max((of_form(number) for number in names.get(name, ()) if number in forms), default=0)
        return total

    def of_form(number: int) -> int:
        if number not in known:
            # A form that draws itself is drawn some levels deep: once is harmless, twice doubles at each.
            known[number] = MAX_WEIGHT // 2
            known[number] = weight(forms[number])
        return known[number]

    return sum(weight(stream) for stream in streams if not stream.is_form)
