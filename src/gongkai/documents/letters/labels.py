"""Sheets of labels: addresses for envelopes, barcodes for paper files (Typst, as the letters)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.documents.letters.barcode import widths
from gongkai.documents.letters.printable import printable
from gongkai.documents.letters.text import EnvelopeLabel, FileLabel
from gongkai.documents.writing.characters import with_stand_ins
from gongkai.documents.writing.typesetting import typeset
from gongkai.statute.errors import LetterError, short

MOST_LABELS = 2_000
_PAGE = (210.0, 297.0)
_WORDS = {"sender": "寄件人：", "address": "寄件地址：", "number": "文号："}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """A sheet of labels on A4, in millimetres; the default is 14 of 99.1 × 38.1. `skipped`: used up already.

    LetterError `letter_bad_sheet` for labels that do not fit on the paper.
    """

    columns: int = 2
    rows: int = 7
    width: float = 99.1
    height: float = 38.1
    left: float = 4.65
    top: float = 15.15
    gap_across: float = 2.5
    gap_down: float = 0.0
    skipped: int = 0

    def __post_init__(self) -> None:
        sizes = (self.width, self.height, self.left, self.top, self.gap_across, self.gap_down)
        across = self.left + self.columns * self.width + (self.columns - 1) * self.gap_across
        down = self.top + self.rows * self.height + (self.rows - 1) * self.gap_down
        fits = (
            self.columns > 0
            and self.rows > 0
            and min(sizes) >= 0
            and self.width >= 30
            and self.height >= 15
            and across <= _PAGE[0]
            and down <= _PAGE[1]
            and 0 <= self.skipped < self.columns * self.rows
        )
        if not fits:
            raise LetterError(
                "letter_bad_sheet",
                f"标签纸的尺寸不可用：{self.columns}×{self.rows} 枚，每枚 {self.width}×{self.height} 毫米，"
                f"共需 {across:.1f}×{down:.1f} 毫米，A4 纸为 210×297 毫米；起始位置 {self.skipped}。请核对。",
                f"labels do not fit: {self.columns} by {self.rows} of {self.width} by {self.height} mm need "
                f"{across:.1f} by {down:.1f} mm of 210 by 297; skipped: {self.skipped}.",
            )


def envelope_labels(
    labels: Sequence[EnvelopeLabel], *, written_at: dt.datetime, sheet: LabelSheet | None = None
) -> bytes:
    """A pdf with an address on each label. LetterError for none, too many, a postcode that is none."""
    for label in labels:
        if label.postcode and not re.fullmatch(r"\d{6}", label.postcode):
            raise LetterError(
                "letter_bad_postcode",
                f"邮政编码应为六位数字，现为 {short(label.postcode)}（{short(label.name)}）。请核对。",
                f"a postcode has six digits, not {short(label.postcode)}.",
            )
        if not (label.name.strip() and label.address.strip()):
            raise LetterError(
                "letter_no_address",
                f"标签缺少收件人或者地址：{short(label.name)}、{short(label.address)}。请补充。",
                "a label needs a name and an address.",
            )
    rows = [
        {name: _set(value) for name, value in asdict(label).items()} | {"name": _addressee(label.name)}
        for label in labels
    ]
    return _sheet("envelope-label", "信封标签", rows, sheet, written_at)


def file_labels(
    labels: Sequence[FileLabel], *, written_at: dt.datetime, sheet: LabelSheet | None = None
) -> bytes:
    """A pdf with a barcode (Code 128), its text and some lines on each label. LetterError as `widths`."""
    rows: list[dict[str, Any]] = [
        {"code": label.code, "widths": widths(label.code), "lines": [_set(line) for line in label.lines]}
        for label in labels
    ]
    return _sheet("file-label", "案卷标签", rows, sheet, written_at)


def _sheet(
    kind: str, title: str, rows: list[dict[str, Any]], sheet: LabelSheet | None, written_at: dt.datetime
) -> bytes:
    if not 0 < len(rows) <= MOST_LABELS:
        raise LetterError(
            "letter_none",
            f"标签应为 1 至 {MOST_LABELS} 枚，现为 {len(rows)} 枚。",
            f"1 to {MOST_LABELS} labels, not {len(rows)}.",
        )
    data = {
        "kind": kind,
        "title": title,
        "author": "",
        "labels": rows,
        "words": _WORDS,
        "sheet": asdict(sheet or LabelSheet()),
    }
    return typeset(_template(), data, written_at)


def _addressee(name: str) -> str:
    """The name without the 收 that the label writes behind it."""
    return _set(re.sub(r"(?<=.)\s*[（(]?收[)）]?$", "", name.strip()))


def _set(text: str) -> str:
    return with_stand_ins(printable(text).replace("\n", " "))


@cache
def _template() -> bytes:
    return resources.files("gongkai.documents.letters").joinpath("labels.typ").read_bytes()
