"""Tables that run over the end of a page: put together again, with a row that the page's end cut in two."""

from __future__ import annotations

import re

from gongkai.documents.intermediate import Cell
from gongkai.documents.pdf.grids import NARROWEST
from gongkai.documents.pdf.page_layout import PageTable, TextLine

SAME_EDGE = 6.0  # points by which the outer sides of the two parts may differ
# Figures as offices write them: `0`, `-3`, `/`, `1,204.5`, `0件`, `6（含上年5件）`.
_FIGURE = re.compile(
    r"[\d.．,，+\-－—/／()（）\s]*"
    r"|\s*[+\-－—]?\s*\d[\d.．,，\s]*(?:[\u4e00-\u9fff]\s*){0,2}(?:[(（].*)?",
    re.DOTALL,
)
# What stands in a column of units, next to the labels of the form of 2014.
_UNIT = re.compile(r"\s*(?:[条件次个元篇份项场期部家名人万亿]\s*){1,2}")
# What a row's label begins with; a text that begins so is no rest of the row above.
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|\d+\s*[、.．](?!\d))"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")

Page = list[TextLine | PageTable]
Row = list[Cell]


def joined(pages: list[Page]) -> list[Page]:
    """The pages with each table that the next page goes on with made whole, on the page where it begins.

    A table goes on where it is the last thing on its page, the next page begins with a table, and both
    reach equally far to the left and right.
    """
    result: list[Page] = []
    going_on: tuple[PageTable, int] | None = None  # the table, and the page it began on
    for number, page in enumerate(pages, 1):
        rest = list(page)
        first = rest[0] if rest else None
        if going_on and isinstance(first, PageTable) and _same_table(going_on[0], first):
            _append(going_on[0], first, going_on[1], number)
            del rest[0]
            if not rest:  # the whole page was the table: it may go on once more
                result.append(rest)
                continue
        last = rest[-1] if rest else None
        going_on = (last, number) if isinstance(last, PageTable) else None
        result.append(rest)
    return result


def _same_table(upper: PageTable, lower: PageTable) -> bool:
    return abs(upper.xs[0] - lower.xs[0]) <= SAME_EDGE and abs(upper.xs[-1] - lower.xs[-1]) <= SAME_EDGE


def _append(upper: PageTable, lower: PageTable, first_page: int, page: int) -> None:
    pages = upper.row_pages or [first_page] * len(upper.rows)
    xs = _union(upper.xs, lower.xs)
    head = _in_columns(upper.rows, upper.xs, xs)
    tail = _without_repeated_header(head, _in_columns(lower.rows, lower.xs, xs))
    if tail and (pairs := _cut_row(head, tail[0], upper.full_cells)):
        _mend(head, pairs)
        tail = _moved(tail[1:], len(head) - 1)
    else:
        tail = _moved(_without_group_rests(head, tail), len(head))
    down = len(head) + len(tail) - len(lower.rows)
    upper.full_cells = {(row + down, place) for row, place in lower.full_cells}
    upper.rows = head + tail
    upper.xs = xs
    upper.row_pages = pages + [page] * len(tail)


def _moved(rows: list[Row], down: int) -> list[Row]:
    if not down:
        return rows
    return [[cell._replace(row=cell.row + down) for cell in row] for row in rows]


def _union(first: list[float], second: list[float]) -> list[float]:
    """The upright lines of both parts; lines less than a column apart are one."""
    xs: list[float] = []
    for x in sorted([*first, *second]):
        if not xs or x - xs[-1] > NARROWEST:
            xs.append(x)
    return xs


def _in_columns(rows: list[Row], own: list[float], xs: list[float]) -> list[Row]:
    """The rows with their columns counted along the lines `xs` instead of their `own`."""
    at = [min(range(len(xs)), key=lambda i, x=x: abs(xs[i] - x)) for x in own]  # type: ignore[misc]
    if at == list(range(len(own))):
        return rows
    return [
        [
            cell._replace(
                column=at[cell.column - 1] + 1,
                colspan=max(1, at[cell.column - 1 + cell.colspan] - at[cell.column - 1]),
            )
            for cell in row
        ]
        for row in rows
    ]


def _without_repeated_header(head: list[Row], tail: list[Row]) -> list[Row]:
    """The rows of a following page without the header that programs print again on each page."""
    same = 0
    while same < min(len(head), len(tail)) and _texts(head[same]) == _texts(tail[same]):
        same += 1
    header = tail[:same]
    if not any(_CHINESE.search(cell.text) for row in header for cell in row):
        return tail
    if any(cell.row - 1 + cell.rowspan > same for row in header for cell in row):
        return tail  # a header cell would be cut
    return _moved(tail[same:], -same)


def _texts(row: Row) -> list[tuple[str, int, int]]:
    return [("".join(cell.text.split()), cell.column, cell.colspan) for cell in row]


def _reaching_down(head: list[Row]) -> dict[tuple[int, int], Cell]:
    """The cells that touch the end of the page, by column and columns spanned."""
    return {
        (cell.column, cell.colspan): cell
        for row in head
        for cell in row
        if cell.row - 1 + cell.rowspan == len(head)
    }


def _without_group_rests(head: list[Row], tail: list[Row]) -> list[Row]:
    """The rows of the next page, the rest of a group's heading given back to the heading on the page before.

    A heading over several rows, such as （四）无法提供, is drawn again on the next page, blank or with what
    was left of its words. It has a row's label to its right on both pages; a row's own label has not.
    """
    if not tail:
        return tail
    above = _reaching_down(head)
    rests = []
    for cell in tail[0]:
        upper = above.get((cell.column, cell.colspan))
        if upper is None or _NUMBERED.match(cell.text) or not _is_label(upper.text):
            continue
        if _label_right_of(cell, list(above.values())) and _label_right_of(cell, tail[0]):
            rests.append((upper, cell._replace(rowspan=cell.rowspan + 1)))
    _mend(head, rests)
    dropped = {below.column for _, below in rests}
    return [[cell for cell in tail[0] if cell.column not in dropped], *tail[1:]]


def _label_right_of(cell: Cell, row: list[Cell]) -> bool:
    return any(other.column > cell.column and _is_label(other.text) for other in row)


def _is_label(text: str) -> bool:
    if not _CHINESE.search(text) or _UNIT.fullmatch(text):
        return False
    return bool(_NUMBERED.match(text)) or not _FIGURE.fullmatch(text)


def _cut_row(head: list[Row], row: Row, full: set[tuple[int, str]]) -> list[tuple[Cell, Cell]]:
    """The cells of the last row each with its rest on the next page; empty where the row is not cut.

    A label that goes on fills the last line above the page's end (`full`); one with room left is whole,
    unless what stands below could be no row of its own.
    """
    reaching = _reaching_down(head)
    pairs = [(reaching.get((cell.column, cell.colspan)), cell) for cell in row]
    found = [(above, below) for above, below in pairs if above is not None]
    if len(found) < len(pairs):
        return []
    labels = [(a, b) for a, b in found if a.text and b.text]
    if not labels or not all(_is_label(a.text) and _is_label(b.text) for a, b in labels):
        return []
    if any(_NUMBERED.match(b.text) for _, b in labels):
        return []
    if all(_NUMBERED.match(a.text) for a, _ in labels) and sum(bool(b.text) for _, b in found) == len(labels):
        return found  # where labels are numbered, one without number or figures is a rest
    if any((a.row, a.text) not in full for a, _ in labels):
        return []
    # The figures of a cut row stand in one of its parts; with figures in neither nothing is certain.
    figures_above = any(a.text and _FIGURE.fullmatch(a.text) for a, _ in found)
    figures_below = any(b.text and _FIGURE.fullmatch(b.text) for _, b in found)
    return found if figures_above != figures_below else []


def _mend(head: list[Row], pairs: list[tuple[Cell, Cell]]) -> None:
    for above, below in pairs:
        text = "\n".join(filter(None, (above.text, below.text)))
        row = head[above.row - 1]
        row[row.index(above)] = above._replace(text=text, rowspan=above.rowspan + below.rowspan - 1)
