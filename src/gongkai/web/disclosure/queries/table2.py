"""Table 2 of the annual report, counted: each cell can say what it is made of (LAW.md section 2.2).

| cell | counted from |
|---|---|
| issued (本年制发件数) | public documents made in the year; figures of those not in the store |
| repealed (本年废止件数) | public documents repealed in the year; told apart, those that lapsed (M) |
| in force (现行有效件数) | public documents that hold on 31 December, or today in the current year |
| decisions, fees | the figures that units have reported; without any the cell is blank, which is no 0 |

A document that takes effect later than the day counted to is issued but not yet in force. The last day of its
term it still holds (D): what ends on 31 December lapses in the next year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from gongkai.statute.catalogue import record_kinds
from gongkai.web.config import clock
from gongkai.web.disclosure.models import STOCKS, Figure, FigureKind, Record, State
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ

RULES, DOCUMENTS = "rules", "normative_documents"
BLOCKS = {RULES: "规章", DOCUMENTS: "行政规范性文件"}
COLUMNS = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
DECISIONS = (FigureKind.LICENCES, FigureKind.PENALTIES, FigureKind.COMPULSORY)
CODES = (
    *(f"{block}.{column}" for block in BLOCKS for column in COLUMNS),
    *(kind.value for kind in DECISIONS),
    FigureKind.FEES.value,
)
YUAN_IN_TEN_THOUSAND = Decimal(10_000)
_ONE_DAY = dt.timedelta(days=1)
PARTS = ("issued", "unpublished", "repealed", "lapsed", "in_force")
_COUNTS = (*PARTS, "before", "not_yet", "begun", "gone", "never_held")


class Target(NamedTuple):
    """Where a fact can be looked at: what is listed there (`documents`, `figures`), and what narrows it."""

    place: str
    query: Mapping[str, str]


class Fact(NamedTuple):
    """A part of a cell: its words, where to look, how much. `counted`: False for what is only told."""

    zh: str
    en: str
    target: Target | None
    amount: int | Decimal
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of table 2. Its counted facts add up to `value`; of fees `value` is in 万元, facts in yuan.

    `value` None: nobody has reported anything, not even a 0. What is counted from the records is never blank.
    """

    code: str
    value: int | Decimal | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """FMT.T2.C1 for one block: in force = that of the year before + issued − repealed, or why not.

    `difference`: by how much it does not hold; `reasons` add up to it: none is left unexplained.
    """

    block: str
    before: int
    issued: int
    repealed: int
    in_force: int
    reasons: tuple[Fact, ...]

    @property
    def difference(self) -> int:
        return self.in_force - (self.before + self.issued - self.repealed)


@dataclass(frozen=True, slots=True)
class Table2:
    """Table 2 of an organ and a year. `until`: the day it is counted to."""

    year: int
    until: dt.date
    cells: Mapping[str, Cell]
    explained: tuple[Explained, ...]

    def __getitem__(self, code: str) -> Cell:
        return self.cells[code]

    def as_contract(self) -> dict[str, Any]:
        """`proactive` of the annual report's contract, form 2021; what is blank is None."""
        blocks = {
            block: {column: self.cells[f"{block}.{column}"].value for column in COLUMNS} for block in BLOCKS
        }
        return {**blocks, **{code: cell.value for code, cell in self.cells.items() if "." not in code}}


def table2(organ: Organ, year: int, today: dt.date | None = None) -> Table2:
    """Table 2 of one organ. Two queries. WorkError `year_to_come` for a year that has not begun."""
    return tables2([organ.pk], year, today)[organ.pk]


def tables2(organs: Iterable[int], year: int, today: dt.date | None = None) -> dict[int, Table2]:
    """Table 2 of each of many organs (ids). Two queries, however many."""
    until = counted_until(year, today)
    wanted = list(organs)
    documents = _documents(Q(organ_id__in=wanted), year, until)
    figures = _figures(Q(organ_id__in=wanted), year)
    return {pk: _table(year, until, documents.get(pk, {}), figures.get(pk, {})) for pk in wanted}


def table2_of_area(authority: Organ, year: int, today: dt.date | None = None) -> dict[int, Table2]:
    """Table 2 of each organ of an area, by id: what a supervising authority puts together. Three queries."""
    area = Organ.objects.filter(path__startswith=authority.path, is_active=True)
    until = counted_until(year, today)
    inside = Q(organ__path__startswith=authority.path)
    documents, figures = _documents(inside, year, until), _figures(inside, year)
    ids = area.values_list("pk", flat=True)
    return {pk: _table(year, until, documents.get(pk, {}), figures.get(pk, {})) for pk in ids}


def added_up(tables: Iterable[Table2]) -> dict[str, int | Decimal | None]:
    """The sums of several organs' tables, cell by cell; None where every one of them is blank."""
    sums: dict[str, int | Decimal | None] = dict.fromkeys(CODES)
    for one in tables:
        for code in CODES:
            value = one.cells[code].value
            if value is not None:
                sums[code] = (sums[code] or 0) + value
    return sums


def not_filled_in(tables: Iterable[Table2]) -> dict[str, int]:
    """Of how many of several organs a cell is blank, cell by cell."""
    counts = dict.fromkeys(CODES, 0)
    for one in tables:
        for code in CODES:
            counts[code] += one.cells[code].value is None
    return counts


def counted_until(year: int, today: dt.date | None = None) -> dt.date:
    """The day a year is counted to: its last, or today while it runs."""
    now = today or clock.today()
    if year > now.year:
        zh = f"{year} 年还没有开始，没有可以统计的数据。"
        raise WorkError("year_to_come", zh, f"{year} has not begun.", field="year")
    return now if year == now.year else dt.date(year, 12, 31)


def documents_of(
    organ: Organ, year: int, block: str, part: str, today: dt.date | None = None
) -> QuerySet[Record]:
    """The documents that a part of a cell counts, the newest first. One query. KeyError for no such part."""
    until, first = counted_until(year, today), dt.date(year, 1, 1)
    repealed, lapsed = _ended(first, until)
    made = Q(made_on__gte=first, made_on__lte=until)
    public, before = Q(state=State.PUBLISHED), Q(made_on__lte=until)
    which = {
        "issued": public & made,
        "unpublished": Q(state=State.DRAFT) & made,
        "repealed": public & before & repealed,
        "lapsed": public & before & lapsed,
        "in_force": public & in_force_on(until),
    }[part]
    kinds = [kind.code for kind in record_kinds() if kind.counted == block]
    found = Record.objects.filter(which, organ=organ, kind__in=kinds).select_related("unit")
    return found.order_by("-made_on", "-pk")


def in_force_on(day: dt.date) -> Q:
    """Documents that hold on a day (NOR.3), as `statute.catalogue.validity` tells it."""
    return (
        Q(made_on__lte=day)
        & (Q(effective_on__isnull=True) | Q(effective_on__lte=day))
        & (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day))
        & (Q(expires_on__isnull=True) | Q(expires_on__gte=day))
    )


def _ended(since: dt.date, until: dt.date) -> tuple[Q, Q]:
    """Repealed, and lapsed, between two days: whichever came first; what has lapsed cannot be repealed."""
    repealed = Q(repealed_on__gte=since, repealed_on__lte=until) & (
        Q(expires_on__isnull=True) | Q(repealed_on__lte=F("expires_on"))
    )
    # It lapses on the day after its last.
    lapsed = Q(expires_on__gte=since - _ONE_DAY, expires_on__lte=until - _ONE_DAY) & (
        Q(repealed_on__isnull=True) | Q(repealed_on__gt=F("expires_on"))
    )
    return repealed, lapsed


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _documents(where: Q, year: int, until: dt.date) -> dict[int, dict[str, dict[str, int]]]:
    """Organ -> block -> how many documents are what. One query."""
    first = dt.date(year, 1, 1)
    blocks = {kind.code: kind.counted for kind in record_kinds() if kind.counted}
    repealed, lapsed = _ended(first, until)
    rows = (
        Record.objects.filter(where, kind__in=blocks)
        .exclude(state__in=(State.WITHDRAWN, State.ABANDONED))
        .order_by()
        .annotate(
            public=_flag(Q(state=State.PUBLISHED)),
            new=_flag(Q(made_on__gte=first, made_on__lte=until)),
            before=_flag(in_force_on(first - _ONE_DAY)),
            now=_flag(in_force_on(until)),
            repealed_in=_flag(repealed & Q(made_on__lte=until)),
            lapsed_in=_flag(lapsed & Q(made_on__lte=until)),
        )
        .values("organ_id", "kind", "public", "new", "before", "now", "repealed_in", "lapsed_in")
        .annotate(number=Count("pk"))
    )
    found: dict[int, dict[str, dict[str, int]]] = {}
    for row in rows:
        counts = found.setdefault(row["organ_id"], {}).setdefault(
            blocks[row["kind"]], dict.fromkeys(_COUNTS, 0)
        )
        _count(counts, dict(row))
    return found


def _count(counts: dict[str, int], row: Mapping[str, Any]) -> None:
    """Add a group of documents that are all alike to what it counts in."""
    number = row["number"]
    if not row["public"]:
        counts["unpublished"] += number * row["new"]
        return
    ended = row["repealed_in"] or (row["lapsed_in"] and lapsed_counts())
    counts["issued"] += number * row["new"]
    counts["repealed"] += number * row["repealed_in"]
    counts["lapsed"] += number * row["lapsed_in"]
    counts["in_force"] += number * row["now"]
    counts["before"] += number * row["before"]
    # What makes in force differ from before + issued − repealed: each document adds to one of these at most.
    if row["new"] and not row["now"] and not ended:
        counts["not_yet"] += number
    if not row["new"] and not row["before"] and row["now"]:
        counts["begun"] += number
    if row["before"] and not row["now"] and not ended:
        counts["gone"] += number
    if ended and not row["before"] and not row["new"]:
        counts["never_held"] += number


def lapsed_counts() -> bool:
    """Whether documents whose term has ended count among those repealed (M): a legal officer decides."""
    return bool(getattr(settings, "LAPSED_COUNT_AS_REPEALED", True))


def _figures(where: Q, year: int) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """Organ -> kind -> what each unit has reported, of the year; of stocks the year before too. One query."""
    current = Figure.objects.filter(where, replaced_by__isnull=True, is_withdrawn=False)
    of_years = Q(year=year) | Q(year=year - 1, kind__in=list(STOCKS))
    rows = (
        current.filter(of_years)
        .order_by("unit__position", "unit_id")
        .values("organ_id", "kind", "year", "unit_id", "unit__name", "unit__position")
        .annotate(
            total=Sum("value"),
            yearly=Count("pk", filter=Q(month__isnull=True)),
            monthly=Count("pk", filter=Q(month__isnull=False)),
        )
    )
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        key = row["kind"] if row["year"] == year else f"{row['kind']} before"
        found.setdefault(row["organ_id"], {}).setdefault(key, []).append(dict(row))
    return found


def _table(
    year: int,
    until: dt.date,
    documents: Mapping[str, Mapping[str, int]],
    figures: Mapping[str, list[dict[str, Any]]],
) -> Table2:
    cells: dict[str, Cell] = {}
    explained = []
    nothing = dict.fromkeys(_COUNTS, 0)
    for block in BLOCKS:
        counts = documents.get(block, nothing)
        for column in COLUMNS:
            code = f"{block}.{column}"
            facts = (*_document_facts(block, column, counts, year, until), *_reported(code, figures, year))
            cells[code] = Cell(code, int(_total(facts)), facts)
        explained.append(_explain(block, counts, cells, figures))
    for kind in DECISIONS:
        facts = tuple(_reported(kind.value, figures, year))
        cells[kind.value] = Cell(kind.value, int(_total(facts)) if facts else None, facts)
    fees = tuple(_reported(FigureKind.FEES.value, figures, year))
    charged = in_ten_thousands(_total(fees)) if fees else None
    cells[FigureKind.FEES.value] = Cell(FigureKind.FEES.value, charged, fees)
    return Table2(year, until, cells, tuple(explained))


def in_ten_thousands(yuan: int | Decimal) -> int | Decimal:
    """Yuan as 万元, exactly; a whole number where it is one.

    >>> in_ten_thousands(Decimal("930.00")), in_ten_thousands(20000)
    (Decimal('0.093'), 2)
    """
    value = (Decimal(yuan) / YUAN_IN_TEN_THOUSAND).normalize()
    return int(value) if value == value.to_integral_value() else value


def _document_facts(
    block: str, column: str, counts: Mapping[str, int], year: int, until: dt.date
) -> list[Fact]:
    def fact(zh: str, en: str, part: str, counted: bool = True) -> Fact:
        target = Target("documents", {"year": str(year), "block": block, "part": part})
        return Fact(zh, en, target, counts[part], counted)

    if column == "issued":
        facts = [fact(f"{year} 年成文、已公开", f"Made in {year} and public", "issued")]
        if counts["unpublished"]:
            zh = f"{year} 年成文、尚未公开（未计入）"
            facts.append(fact(zh, "Made but not public yet (not counted)", "unpublished", False))
        return facts
    if column == "repealed":
        is_counted = lapsed_counts()
        zh = "有效期届满失效" + ("" if is_counted else "（未计入）")
        en = "Term ended" + ("" if is_counted else " (not counted)")
        return [
            fact(f"{year} 年废止", f"Repealed in {year}", "repealed"),
            fact(zh, en, "lapsed", is_counted),
        ]
    zh, en = f"截至 {until} 有效", f"In force on {until}"
    return [fact(zh, en, "in_force")]


def _reported(code: str, figures: Mapping[str, list[dict[str, Any]]], year: int) -> list[Fact]:
    """What units have reported for a cell, unit by unit."""
    facts = []
    for row in figures.get(code, ()):
        unit = row["unit__name"] or "全机关"
        zh, en = f"{unit}填报", f"Reported by {row['unit__name'] or 'the organ'}"
        if row["yearly"] and row["monthly"]:
            zh += "（同时有全年数和分月数，来源不同，请核对是否重复）"
            en += " (months and the whole year from different sources: look for doubles)"
        query = {"year": str(year), "kind": code, **({"unit": str(row["unit_id"])} if row["unit_id"] else {})}
        facts.append(Fact(zh, en, Target("figures", query), row["total"]))
    return facts


def _total(facts: Iterable[Fact]) -> Decimal:
    return sum((Decimal(fact.amount) for fact in facts if fact.counted), Decimal(0))


def _explain(
    block: str,
    counts: Mapping[str, int],
    cells: Mapping[str, Cell],
    figures: Mapping[str, list[dict[str, Any]]],
) -> Explained:
    """Why FMT.T2.C1 does not hold, where it does not."""

    def reported(column: str) -> int:
        return int(sum(row["total"] for row in figures.get(f"{block}.{column}", ())))

    stock_before = reported("in_force before")
    flow = stock_before + reported("issued") - reported("repealed")
    reasons = (
        Fact("本年成文，尚未生效", "Made this year, not in force yet", None, -counts["not_yet"]),
        Fact("以前成文，本年生效", "Made earlier, in force since this year", None, counts["begun"]),
        Fact("有效期届满，未计入废止", "Term ended, not counted as repealed", None, -counts["gone"]),
        Fact("未生效即废止或者失效", "Ended before it was in force", None, counts["never_held"]),
        Fact(
            "填报的未入库部分前后不符，请核对",
            "The reported part does not add up: check it",
            None,
            reported("in_force") - flow,
        ),
    )
    before, told = counts["before"] + stock_before, tuple(one for one in reasons if one.amount)
    issued, repealed, in_force = (int(cells[f"{block}.{column}"].value or 0) for column in COLUMNS)
    return Explained(block, before, issued, repealed, in_force, told)
