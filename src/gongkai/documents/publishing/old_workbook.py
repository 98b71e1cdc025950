"""The records of an old workbook (xls, et; MS-XLS): only what tells of hidden and running parts."""

from __future__ import annotations

import struct
from collections.abc import Iterator

BOUND_SHEET, FILE_PASS, NOTE, ROW, COLUMN_INFO, BEGIN, END, WRITE_ACCESS = (
    *(0x85, 0x2F, 0x1C, 0x208, 0x7D, 0x809, 0x0A),
    0x5C,
)
# Kinds of a sheet in its BOUND_SHEET record.
MACRO_SHEETS = (1, 6)
# Records of a cell that holds something: numbers, texts, formulas, truth values.
CELLS = frozenset((0x203, 0x27E, 0xBD, 0xFD, 0x204, 0x06, 0x205, 0xD6))
_MOST_RECORDS = 2_000_000


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record, until the stream ends or is torn."""
    at, count = 0, 0
    while at + 4 <= len(stream) and count < _MOST_RECORDS:
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length
        count += 1
