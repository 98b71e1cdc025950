"""Table 3, requests received and handled: its sums and identities (FMT.T3.A to C), counts and blanks (E)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import blanks_could_mend, is_count, plus, plus_en, written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.forms import Row, form
from gongkai.annual.forms.english import english_column, english_row
from gongkai.annual.report import Number

Spot = tuple[int, int]  # row and column in the grid, counted from 0
_MOST_QUOTED = 3  # sums written out in one message
_NOT_OUTCOMES = ("received.new", "received.carried_in", "concluded", "carried_forward")


class _Unknown:
    """A cell that was not read, or whose row the report does not have: nothing is said of its sums."""


UNKNOWN = _Unknown()


@dataclass(frozen=True, slots=True)
class Identity:
    """Two groups of cells whose sums must be equal. `line` is the row (FMT.T3.A) or the column (B, C)."""

    name: str  # row_sum, column_sum, balance
    line: int
    left: tuple[Spot, ...]
    right: tuple[Spot, ...]


@dataclass(slots=True)
class Failure:
    identity: Identity
    left: Number
    right: Number
    mendable: bool  # a blank cell, once filled in, could make it hold


class Grid:
    """The cells of table 3 as the report has them, row by row."""

    def __init__(self, case: Examination) -> None:
        requests: dict[str, Any] = case.report.requests or {}
        single = "other" in requests and not any(code.startswith("other.") for code in requests)
        self.rows: tuple[Row, ...] = case.form.rows_with(single)
        self.columns = case.form.columns
        self.identities = _identities(case.form.code, single)
        unread, every_column = case.unread, itemgetter(*(column.code for column in self.columns))
        self.values: list[list[Any]] = []
        for row in self.rows:
            cells = requests.get(row.code)
            if cells is None:
                self.values.append([UNKNOWN] * len(self.columns))
                continue
            try:
                values = [*every_column(cells)]
            except KeyError:
                values = [cells.get(column.code, UNKNOWN) for column in self.columns]
            if unread:
                for number, column in enumerate(self.columns):
                    if f"requests.{row.code}.{column.code}" in unread:
                        values[number] = UNKNOWN
            self.values.append(values)

    def path(self, spot: Spot) -> str:
        return f"requests.{self.rows[spot[0]].code}.{self.columns[spot[1]].code}"

    def label(self, spot: Spot) -> str:
        return f"“{row_label(self.rows[spot[0]])}”的“{self.columns[spot[1]].label}”"

    def label_en(self, spot: Spot) -> str:
        return (
            f"“{english_row('requests', self.rows[spot[0]].code)}” / {column_en(self.columns[spot[1]].code)}"
        )

    def adds_up(self) -> bool:
        """Whether all identities hold with every cell known: a quick look that most tables pass."""
        try:
            if any(sum(row[:-1]) != row[-1] for row in self.values):
                return False
            new, carried_in, *outcomes, concluded, forward = self.values
            done = [sum(column) for column in zip(*outcomes, strict=True)]
            received = map(sum, zip(new, carried_in, strict=True))
            return done == concluded and [*received] == [*map(sum, zip(done, forward, strict=True))]
        except TypeError:  # a blank or an unknown cell
            return False

    def test(self, identity: Identity) -> Failure | None:
        """How the identity fails; None where it holds, or cannot be tested for an unknown cell."""
        values = self.values
        left = [values[row][column] for row, column in identity.left]
        right = [values[row][column] for row, column in identity.right]
        try:
            sums = sum(left), sum(right)
        except TypeError:  # a blank or an unknown cell among them
            if UNKNOWN in left or UNKNOWN in right:
                return None
            sums = sum(v or 0 for v in left), sum(v or 0 for v in right)
        if sums[0] == sums[1]:
            return None
        return Failure(identity, *sums, blanks_could_mend(left, right))


@cache
def _identities(form_code: str, single_other: bool) -> tuple[Identity, ...]:
    """Every identity of the table, in its order: rows (A), columns (B), balance of columns (C)."""
    the_form = form(form_code)
    index = {row.code: number for number, row in enumerate(the_form.rows_with(single_other))}
    last = len(the_form.columns) - 1
    found = [
        Identity("row_sum", row, tuple((row, column) for column in range(last)), ((row, last),))
        for row in index.values()
    ]
    new, carried_in, concluded, forward = (index[code] for code in _NOT_OUTCOMES)
    outcomes = [number for code, number in index.items() if code not in _NOT_OUTCOMES]
    for column in range(last + 1):
        parts = tuple((row, column) for row in outcomes)
        found.append(Identity("column_sum", column, parts, ((concluded, column),)))
    for column in range(last + 1):
        left = ((new, column), (carried_in, column))
        found.append(Identity("balance", column, left, ((concluded, column), (forward, column))))
    return tuple(found)


def row_label(row: Row) -> str:
    """A row as a clerk finds it: with the heading it stands under, `（三）不予公开 1.属于国家秘密`."""
    if row.group and row.group[-1].startswith("（"):
        return f"{row.group[-1]} {row.printed}"
    return row.printed


def column_en(code: str) -> str:
    return english_column("requests", code)


@serves("row_sum", "row_sum_blank", "column_sum", "column_sum_blank", "balance", "balance_blank")
def table_three_adds_up(case: Examination) -> Iterator[Finding]:
    """FMT.T3.A, B, C: rows and columns add up; received equals concluded plus carried forward."""
    if not case.report.requests:
        return
    grid = Grid(case)
    if grid.adds_up():
        return
    failures = [failure for identity in grid.identities if (failure := grid.test(identity))]
    if not failures:
        return
    suspects = _suspects(grid, failures)
    blank: dict[str, list[Failure]] = defaultdict(list)
    for failure in failures:
        if failure.mendable:
            blank[failure.identity.name].append(failure)
        else:
            yield _describe(case, grid, failure, suspects)
    for group in blank.values():
        yield _describe_blank(case, grid, group)


def _suspects(grid: Grid, failures: Sequence[Failure]) -> dict[Spot, Number]:
    """Cells that alone explain all identities they stand in, with the value that would mend them.

    A cell is suspect where every identity it belongs to (that can be tested) fails, at least two of them,
    and all by the same amount.
    """
    failing = {id(failure.identity): failure for failure in failures if not failure.mendable}
    changes: dict[Spot, set[Number]] = defaultdict(set)
    counts: dict[Spot, int] = defaultdict(int)
    sound: set[Spot] = set()
    for identity in grid.identities:
        failure = failing.get(id(identity))
        for spots, sign in ((identity.left, 1), (identity.right, -1)):
            for spot in spots:
                if failure:
                    changes[spot].add(sign * (failure.right - failure.left))
                    counts[spot] += 1
                elif not any(grid.values[r][c] is UNKNOWN for r, c in identity.left + identity.right):
                    sound.add(spot)
    found = {}
    for spot, amounts in changes.items():
        if spot in sound or counts[spot] < 2 or len(amounts) > 1:
            continue
        value = (grid.values[spot[0]][spot[1]] or 0) + next(iter(amounts))
        if value >= 0:
            found[spot] = value
    return found


def _describe(case: Examination, grid: Grid, failure: Failure, suspects: dict[Spot, Number]) -> Finding:
    identity = failure.identity
    spots = identity.left + identity.right
    zh, en = _words(grid, failure)
    covering = [spot for spot in spots if spot in suspects]
    if len(covering) == 1:
        value = written(suspects[covering[0]])
        zh += f"很可能是{grid.label(covering[0])}一格有误，改为{value}即可使有关行、列平衡，请对照台账核实。"
        en += f" Most likely {grid.label_en(covering[0])} is wrong: {value} would mend every sum it is in."
    else:
        zh += "请对照台账核对后更正。"
        en += " Check against the register and correct."
    return case.finding(
        identity.name,
        zh,
        en,
        cells=map(grid.path, spots),
        expected=failure.left,
        found=failure.right,
    )


def _describe_blank(case: Examination, grid: Grid, failures: Sequence[Failure]) -> Finding:
    """One finding for all rows, or columns, that a blank cell keeps from adding up."""
    words = [_words(grid, failure) for failure in failures]
    more = f"（共{len(failures)}处，以下略）" if len(failures) > _MOST_QUOTED else ""
    spots = [spot for failure in failures for spot in failure.identity.left + failure.identity.right]
    return case.finding(
        failures[0].identity.name + "_blank",
        "".join(zh for zh, _ in words[:_MOST_QUOTED]) + more + "其中有空白格，请补填数字（没有的填0）。",
        " ".join(en for _, en in words[:_MOST_QUOTED]) + " Blank cells are involved: fill them in.",
        cells=map(grid.path, dict.fromkeys(spots)),
        expected=failures[0].left if len(failures) == 1 else None,
        found=None,
    )


def _words(grid: Grid, failure: Failure) -> tuple[str, str]:
    """What does not agree, the sum written out, in Chinese and English."""
    identity, left, right = failure.identity, written(failure.left), written(failure.right)
    left_en, right_en = written_en(failure.left), written_en(failure.right)
    values = [grid.values[row][column] for row, column in identity.left]
    ends = [grid.values[row][column] for row, column in identity.right]
    if ends == [None]:
        right, right_en = written(None), written_en(None)
    if identity.name == "row_sum":
        row = grid.rows[identity.line]
        return (
            f"表三“{row_label(row)}”一行：各类申请人相加{plus(values)}＝{left}，“总计”填{right}，两者不等。",
            f"Table 3, row “{english_row('requests', row.code)}”: {plus_en(values)} = {left_en}, "
            f"but the total says {right_en}.",
        )
    column = grid.columns[identity.line]
    if identity.name == "column_sum":
        zeros_left_out = [value for value in values if value] or [0]
        return (
            f"表三“{column.label}”一列：第三项各办理结果相加{plus(zeros_left_out)}＝{left}，"
            f"“（七）总计”填{right}，两者不等。",
            f"Table 3, column “{column_en(column.code)}”: the outcomes add up to {left_en}, but their total "
            f"says {right_en}.",
        )
    return (
        f"表三“{column.label}”一列：第一项加第二项{plus(values)}＝{left}，"
        f"第三项总计加第四项{plus(ends)}＝{right}，勾稽关系不成立。",
        f"Table 3, column “{column_en(column.code)}”: received {plus_en(values)} = {left_en}, "
        f"concluded and carried forward {plus_en(ends)} = {right_en}.",
    )


@serves("requests_not_a_count")
def requests_are_counts(case: Examination) -> Iterator[Finding]:
    """FMT.T3.E: every figure of table 3 is a whole number of zero or more."""
    rows: dict[str, dict[str, Any]] = case.report.requests or {}
    figures = [*chain.from_iterable(map(dict.values, rows.values()))]
    if {*map(type, figures)} == {int} and min(figures) >= 0:  # a quick look that most tables pass
        return
    for code, row in rows.items():
        for column, value in row.items():
            if value is None or is_count(value):
                continue
            path = f"requests.{code}.{column}"
            if path in case.unread:
                continue
            where = _where(case, code, column)
            yield case.finding(
                "requests_not_a_count",
                f"表三{where}填{written(value)}：件数应为不小于0的整数，请更正。",
                f"Table 3, “{english_row('requests', code)}” / {column_en(column)} says {written_en(value)}: "
                f"a number of cases is a whole number.",
                cells=[path],
                found=value,
            )


def _where(case: Examination, code: str, column: str) -> str:
    row = next((r for r in (*case.form.rows, case.form.single_other) if r and r.code == code), None)
    head = next((c.label for c in case.form.columns if c.code == column), column)
    return f"“{row_label(row) if row else code}”的“{head}”"
