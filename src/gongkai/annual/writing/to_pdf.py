"""A report as a pdf for publishing and for archives: PDF/A-2b, tagged, fonts embedded."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any

from gongkai.annual.writing.leading import leads_to
from gongkai.annual.writing.printed import Heading, Part, Printed
from gongkai.annual.writing.tables import TEXT_WIDTH, PlacedCell, PrintedTable
from gongkai.annual.writing.unbroken import pieces, ragged
from gongkai.documents.writing.characters import STAND_IN, missing_characters, with_stand_ins
from gongkai.documents.writing.typesetting import typeset
from gongkai.wording.chinese_blanks import BESIDE_CHINESE

TITLE_SIZES = (22.0, 14.0)  # points: the usual, the smallest
TABLE_SIZE = 9.0
_ROW_HEIGHT = 8.0  # millimetres, of a row of a table; many have two lines
_MOST_RESERVED = 70.0
_POINTS_OF_A_MILLIMETRE = 72 / 25.4


def pdf_content(printed: Printed, written_at: dt.datetime) -> bytes:
    """The pdf. A character that no font has is printed as `STAND_IN` and noted in `printed.notes`."""
    if missing := missing_characters(printed.text()):
        named = "".join(missing[:10])
        codes = ", ".join(f"U+{ord(character):04X}" for character in missing[:10])
        printed.notes.append(
            (
                f"字体中没有这些字，pdf 中印作“{STAND_IN}”：{named}（{codes}）。",
                f"The fonts lack these characters, the pdf shows {STAND_IN} for them: {codes}.",
            )
        )
    return typeset(_template(), _data(printed), written_at)


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("report.typ").read_bytes()


def _data(printed: Printed) -> dict[str, Any]:
    lines = [with_stand_ins(line) for line in printed.title_lines()]
    return {
        "title": with_stand_ins(printed.title),
        "title_lines": lines,
        "title_size": _title_size(max(map(len, lines))),
        "organ": with_stand_ins(printed.organ),
        "front": [_paragraph(text) for text in printed.front],
        "parts": [_part(*pair) for pair in zip_longest(printed.parts, printed.parts[1:])],
    }


def _title_size(characters: int) -> float:
    """The size at which the longest line of the title fits the page."""
    largest, smallest = TITLE_SIZES
    fitting = TEXT_WIDTH * _POINTS_OF_A_MILLIMETRE / max(characters, 1)
    return max(smallest, min(largest, int(fitting * 2) / 2))


def _part(part: Part, following: Part | None) -> dict[str, Any]:
    if isinstance(part, PrintedTable):
        return {
            "kind": "table",
            "widths": part.widths(),
            "heads": part.heads,
            "together": part.on_one_page,
            "reserved": _reserved(part),
            "closing": part.closing_rows,
            "subheads": [row for row in range(len(part.rows)) if part.heads_others(row)],
            "rows": [[_cell(part, placed) for placed in row] for row in part.rows],
        }
    if isinstance(part, Heading):
        return {"kind": "heading", "text": part.text}
    return _paragraph(part.text) | {"sticky": leads_to(part, following)}


def _reserved(table: PrintedTable) -> float:
    """Millimetres that a page must have left for the table to begin on it: its heads and first rows."""
    if table.on_one_page:
        return 0.0
    rows = next((n for n in range(table.heads, len(table.rows)) if not table.kept_with_next(n)), 0) + 1
    return min(rows * _ROW_HEIGHT, _MOST_RESERVED)


def _paragraph(text: str) -> dict[str, Any]:
    """Without blanks beside Chinese: justified, they would gape, and no reader of a pdf keeps them."""
    text = with_stand_ins(BESIDE_CHINESE.sub("", text))
    return {
        "kind": "paragraph",
        "sticky": False,
        "justify": not ragged(text),
        "pieces": [piece._asdict() for piece in pieces(text)],
    }


def _cell(table: PrintedTable, placed: PlacedCell) -> dict[str, Any]:
    cell, row, column = placed
    return {
        "x": column,
        "y": row,
        "text": with_stand_ins(cell.text),
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "head": cell.header in ("col", "colgroup"),
        "divides": cell.header == "rowgroup" and cell.level == 0,
        "centred": bool(cell.path) or cell.header != "row" or table.code == "proactive",
        "indent": cell.level if table.code == "statistics" else 0,
        "size": table.size_of(placed, TABLE_SIZE),
    }
