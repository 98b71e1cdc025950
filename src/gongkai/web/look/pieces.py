"""What the pieces are given: one small value for each, so that a view cannot forget a part of one.

Templates read attributes alone: a model's row or a dict with the same names serves as well. `address` is
always a path of this site, `words` are always what a reader reads, in the reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

ColumnKind = Literal["title", "text", "number", "date", "state", "days", "working_days"]
Severity = Literal["error", "warning", "info"]
Standing = Literal["done", "returned", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class Action:
    """A thing that can be done: a link (`get`) or a button that posts (`post`), or why it cannot be done now.

    `reason`: why it is not lawful now; an action with a reason is shown in grey and cannot be pressed.
    `fields`: hidden fields posted with it. `style`: `main` once a page, `second`, `danger` for what cannot
    be taken back.
    """

    words: str
    address: str = ""
    method: Literal["get", "post"] = "get"
    style: Literal["main", "second", "danger"] = "second"
    reason: str = ""
    hint: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `title` is the row's name and link; without such a column the first is it.

    A cell that is an Action is a link of its own, with its `hint` for who hears the page.
    """

    key: str
    words: str
    kind: ColumnKind = "text"
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells by the keys of the columns; `note` stands small beneath its name."""

    cells: Mapping[str, Any]
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as shown: `next_sort` is what a press on it sorts by; `aria_sort` how it is sorted."""

    column: Column
    aria_sort: str
    next_sort: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows. `sort`: key of the column it is sorted by, with `-` before it when falling.

    `empty`: what is said when there are no rows, and what to do then.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    sort: str = ""
    empty: str = ""

    def heads(self) -> Iterator[Head]:
        """The heads in order.

        >>> [head.next_sort for head in Table("", [Column("due", "到期", sortable=True)], [], "due").heads()]
        ['-due']
        """
        for column in self.columns:
            key = column.key
            direction = {key: "ascending", f"-{key}": "descending"}.get(self.sort, "")
            yield Head(column, direction, f"-{key}" if direction == "ascending" else key)

    def lines(self) -> Iterator[tuple[Row, list[tuple[Column, Any, str]]]]:
        """Each row with its cells: column, value, and how it is shown: as the row's "name", "blank", as a
        "link", by the column's kind, else as "plain". Told here, for a template asks a hundred times as
        long."""
        named = next((c.key for c in self.columns if c.kind == "title"), None)
        if named is None and self.columns:
            named = self.columns[0].key
        for row in self.rows:
            cells = [(column, row.cells.get(column.key)) for column in self.columns]
            yield row, [(c, value, "name" if c.key == named else _shape(c.kind, value)) for c, value in cells]


def _shape(kind: str, value: Any) -> str:
    if value is None or value == "":
        return "blank"
    if kind in ("state", "days", "working_days"):
        return kind
    if getattr(value, "address", ""):
        return "link"
    return kind if kind == "date" else "plain"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list goes on: the cursors before its first and after its last row, None where there is no more.

    They are put into the address as `before` and `after`. `words`: how much there is, if it is known.
    """

    before: str | None = None
    after: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary. `target`: the id of the field it is about."""

    words: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: what is wrong, where, why, what to do.

    `address`: where its words are (`#id_body`, or a page). `start` and `end`: the characters of the words in
    the field whose id is `field_id`: a script selects them. `article`: the article or rule it rests on.
    `answer`: what the drafter says to it; `answer_field` (a bound field): where that is written.
    """

    severity: Severity
    words: str
    where: str = ""
    quote: str = ""
    why: str = ""
    advice: str = ""
    address: str = ""
    article: str = ""
    field_id: str = ""
    start: int | None = None
    end: int | None = None
    answer: str = ""
    answer_field: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a time line: what was done or awaits, by whom, when, why."""

    words: str
    standing: Standing = "done"
    who: str = ""
    at: dt.datetime | dt.date | None = None
    reason: str = ""
    days_left: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record. `compare_address`: what changed against the one before it."""

    number: int
    at: dt.datetime | dt.date
    words: str = ""
    who: str = ""
    address: str = ""
    compare_address: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file. `kind`: its type as people call it (PDF, Word); `size` in bytes."""

    name: str
    kind: str
    size: int
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the metadata box. `wide`: takes the whole row. `state`: a code of states.py. `lang`: that of
    a value which stays in its language whatever the page's."""

    label: str
    value: Any = ""
    wide: bool = False
    state: str = ""
    address: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab, a column of the portal, a place in a menu: a plain link. `items`: what opens beneath it. `lang`:
    that of words which stay in their language."""

    words: str
    address: str
    is_current: bool = False
    count: int | None = None
    items: Sequence[Tab] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with a bar. `of`: what a full bar is worth; None draws no bar. `note`: a word behind it."""

    words: str
    number: int
    of: int | None = None
    note: str = ""
    address: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What waits for somebody. `step`: what is to be done; `waits_for`: who or what it waits for."""

    title: str
    address: str
    step: str = ""
    waits_for: str = ""
    days_left: int | None = None
    due: dt.date | None = None
    reason: str = ""
    unit: str = ""
    in_working_days: bool = False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of an import as tried. `number`: as in the sheet. `standing`: what would be done with it."""

    number: int
    title: str
    standing: Literal["new", "changed", "same", "error"]
    problems: Sequence[str] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a list for citizens, an organ in the directory, a hit of a search."""

    title: str
    address: str
    document_number: str = ""
    formed_on: dt.date | None = None
    published_on: dt.date | None = None
    state: str = ""
    words: str = ""
    unit: str = ""
