"""Text layouts as a pdf's text comes out: labels broken over lines, values apart by single spaces."""

from __future__ import annotations

from random import Random

from tests.annual.printing.disturbances import DASHES
from tests.annual.printing.printed import Printed, RequestsRow
from tests.annual.printing.text_pages import Lines, TablePrinters, page_text, wrapped


class PdfManner:
    """The manner of one pdf: how wide its columns of labels are and where its values fall."""

    def __init__(self, report: Printed, rng: Random, narrow: bool = False) -> None:
        self.rng = rng
        self.label_width = rng.choice((13, 16, 20, 60))
        self.group_width = 1 if narrow else rng.choice((3, 4, 6, 20))
        self.gap: Lines = rng.choice(([], [], [""]))
        self.values_place = rng.choice(("after", "after", "between", "same", "any"))
        self.last_value_alone = rng.random() < 0.4
        self.group_place = rng.choice(("before", "before", "middle"))
        self.narrow = narrow
        # A page number such as "- 3 -" among dashes for zeros is beyond a careful reader too.
        self.page_numbers = rng.random() < 0.5 and not (set(DASHES) & report.disturbances)
        self.page = 1

    def row(self, label: str, values: tuple[str, ...]) -> Lines:
        """A label and its values as the lines they fall on."""
        figures = [value.strip() for value in values if value.strip()]
        parts = wrapped(label, self.label_width)
        if len(parts) == 1:
            return [f"{label} {' '.join(figures)}".strip(), *self.gap]
        place = self.values_place
        if place == "any":
            place = self.rng.choice(("after", "between", "same"))
        if place == "same":
            return [*parts[:-1], f"{parts[-1]} {' '.join(figures)}", *self.gap]
        if place == "between":
            middle = (len(parts) + 1) // 2
            return [*parts[:middle], " ".join(figures), *parts[middle:], *self.gap]
        if self.last_value_alone and len(figures) > 2:
            return [*parts, *self.gap, " ".join(figures[:-1]), figures[-1], *self.gap]
        return [*parts, *self.gap, " ".join(figures), *self.gap]

    def group(self, name: str) -> Lines:
        return [*wrapped(name, self.group_width), *self.gap]

    def broken_heading(self, name: str) -> Lines:
        """A column's heading: whole, in halves, or one character a line."""
        if self.narrow:
            return list(name)
        return wrapped(name, self.rng.choice((2, 2, 4, 10)))

    def page_break(self) -> Lines:
        """Now and then, between two rows: the foot of a page."""
        if not self.page_numbers or self.rng.random() > 0.08:
            return []
        self.page += 1
        number = self.rng.choice(("- {} -", "— {} —", "-{}-", "第 {} 页")).format(self.page)
        return [number, "\f"] if self.rng.random() < 0.3 else [number]


def pdf_text(report: Printed, rng: Random) -> str:
    return page_text(report, pdf_printers(PdfManner(report, rng), rng), rng)


def narrow_headings(report: Printed, rng: Random) -> str:
    """As `pdf_text`, with the groups' column so narrow that each line of it holds one character."""
    return page_text(report, pdf_printers(PdfManner(report, rng, narrow=True), rng), rng)


def pdf_printers(manner: PdfManner, rng: Random) -> TablePrinters:
    return TablePrinters(
        lambda report: pdf_proactive(report, manner),
        lambda report: pdf_requests(report, manner),
        lambda report: pdf_remedies(report, manner),
        lambda report: pdf_statistics(report, manner),
        wrap=rng.choice((0, 28, 40)),
    )


def pdf_proactive(report: Printed, manner: PdfManner) -> Lines:
    lines: Lines = []
    for block in report.proactive:
        lines += [block.item, " ".join((block.corner, *block.columns)), *manner.gap]
        for row in block.rows:
            lines += manner.row(row.label, row.values)
            lines += manner.page_break()
    return lines


def requests_heading(report: Printed, manner: PdfManner) -> Lines:
    table = report.requests
    assert table is not None
    names = [manner.broken_heading(name) for name in table.columns]
    note = wrapped(table.note, 23) if table.note else []
    if manner.rng.random() < 0.3:  # the heading of the last column beside that of the second
        names[1] = [f"{table.columns[6]}{names[1][0]}", *names[1][1:]]
        last: Lines = []
    else:
        last = names[6]
    middle = [line for name in names[1:6] for line in name]
    return [*note, table.kind_heading, *names[0], table.organisations, *last, *middle, *manner.gap]


def pdf_requests(report: Printed, manner: PdfManner) -> Lines:
    table = report.requests
    assert table is not None
    lines = requests_heading(report, manner)
    places = group_places(table.rows, manner)
    for index, row in enumerate(table.rows):
        for name in places.get(index, ()):
            lines += manner.group(name)
        lines += manner.row(row.label, row.values)
        lines += manner.page_break()
    return lines


def group_places(rows: tuple[RequestsRow, ...], manner: PdfManner) -> dict[int, list[str]]:
    """Before which row each group's heading is printed: its first, or one in its middle."""
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for index, row in enumerate(rows):
        for name in row.groups:
            first.setdefault(name, index)
            count[name] = count.get(name, 0) + 1
    places: dict[int, list[str]] = {}
    for name, index in first.items():
        inner = count[name] < 10 and manner.group_place == "middle"
        places.setdefault(index + (count[name] // 2 if inner else 0), []).append(name)
    return places


def pdf_remedies(report: Printed, manner: PdfManner) -> Lines:
    table = report.remedies
    assert table is not None
    columns = [line for name in table.columns for line in manner.broken_heading(name)]
    values = [value.strip() for group in table.values for value in group]
    heading = [f"{table.groups[0]} {table.litigation}", *columns, f"{table.groups[1]} {table.groups[2]}"]
    if manner.rng.random() < 0.3:
        heading = [table.groups[0], table.litigation, table.groups[1], table.groups[2], *columns]
    lines = [*heading, *columns, *columns, *manner.gap]
    style = manner.rng.choice(("line", "line", "groups", "each"))
    if style == "line":
        return [*lines, " ".join(values)]
    if style == "groups":
        return [*lines, *(" ".join(values[i : i + 5]) for i in (0, 5, 10))]
    return [*lines, *values]


def pdf_statistics(report: Printed, manner: PdfManner) -> Lines:
    lines = [*report.statistics_title, " ".join(report.statistics_head), *manner.gap]
    for row in report.statistics:
        figures = tuple(text for text in (row.unit, row.value) if text.strip())
        lines += manner.row(row.label, figures) if figures else [*wrapped(row.label, manner.label_width)]
        lines += manner.page_break()
    return lines


def values_first(report: Printed, rng: Random) -> str:
    """The values of a row before its label, one row after the other."""
    manner = PdfManner(report, rng)
    manner.page_numbers = False
    apart = rng.choice((" ", "\t"))
    lines_apart = rng.random() < 0.7

    def one(label: str, values: tuple[str, ...]) -> Lines:
        figures = apart.join(value.strip() for value in values)
        return [figures, label] if lines_apart else [f"{figures}{apart}{label}"]

    def requests(printed: Printed) -> Lines:
        assert printed.requests is not None
        lines = requests_heading(printed, manner)
        seen: set[str] = set()
        for row in printed.requests.rows:
            lines += [name for name in row.groups if name not in seen]
            seen |= set(row.groups)
            lines += one(row.label, row.values)
        return lines

    def proactive(printed: Printed) -> Lines:
        lines: Lines = []
        for block in printed.proactive:
            lines += [block.item, apart.join((block.corner, *block.columns))]
            for row in block.rows:
                lines += one(row.label, row.values)
        return lines

    tables = TablePrinters(
        proactive, requests, lambda p: pdf_remedies(p, manner), lambda p: pdf_statistics(p, manner)
    )
    return page_text(report, tables, rng)
