"""Table 3 of the annual report, counted from the cases (FMT.T3.I, contracts/annual-report.md)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from gongkai.statute.outcomes import outcome, outcomes
from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import Case, FeeNotice, FoundInstead, RequesterKind

COLUMNS = {
    RequesterKind.NATURAL_PERSON: "natural_person",
    RequesterKind.BUSINESS: "business",
    RequesterKind.RESEARCH: "research",
    RequesterKind.PUBLIC_WELFARE: "public_welfare",
    RequesterKind.LEGAL_SERVICES: "legal_services",
    RequesterKind.OTHER: "other",
}
_ROWS = tuple(dict.fromkeys(one.row for one in outcomes()))
Row = dict[str, int]


def table3(organ: Organ, year: int) -> dict[str, Row]:
    """The rows of `requests` of the contract, all with their six columns and the total. 4 queries.

    New: received in the year. Carried in: received before it, not concluded before it. Results: by the day
    of the decision, of the lapse or the withdrawal. Carried forward: received by its end, not concluded then;
    what waits for a supplement or a payment on 31 December is open (LAW.md 2.3). What was never confirmed as
    received is none.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    cases = Case.objects.filter(organ=organ, received_on__lte=last)
    open_at = Q(decided_on__isnull=True)
    told = {"received.new": _row(cases.filter(received_on__gte=first))}
    carried_in = cases.filter(received_on__lt=first).filter(open_at | Q(decided_on__gte=first))
    told["received.carried_in"] = _row(carried_in)
    results = cases.filter(decided_on__gte=first, decided_on__lte=last)
    by_code = results.values_list("outcome", "requester_kind").annotate(n=Count("pk")).order_by()
    told |= _results(by_code)
    told["carried_forward"] = _row(cases.filter(open_at | Q(decided_on__gt=last)))
    return told


def cases_of_cell(organ: Organ, year: int, row: str, column: str) -> QuerySet[Case]:
    """The cases a cell counts: so that it can say why it is what it is. `column`: of the contract, or
    `total`. 1 query."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    cases = Case.objects.filter(organ=organ, received_on__lte=last)
    open_at = Q(decided_on__isnull=True)
    if row == "received.new":
        cases = cases.filter(received_on__gte=first)
    elif row == "received.carried_in":
        cases = cases.filter(received_on__lt=first).filter(open_at | Q(decided_on__gte=first))
    elif row == "carried_forward":
        cases = cases.filter(open_at | Q(decided_on__gt=last))
    else:
        cases = cases.filter(decided_on__gte=first, decided_on__lte=last)
        if row != "concluded":
            cases = cases.filter(outcome__in=[one.code for one in outcomes() if one.row == row])
    kinds = [kind for kind, name in COLUMNS.items() if column in ("total", name)]
    return cases.filter(requester_kind__in=kinds).order_by("received_on", "pk")


class Helped(NamedTuple):
    """How often what is public already was shown to somebody about to ask, was opened, made asking
    needless. `month`: its first day; None for a sum."""

    month: dt.date | None
    shown: int
    opened: int
    answered: int


def found_instead(organ: Organ, year: int) -> list[Helped]:
    """Month by month of a year, the newest first; months without a count are left out. 1 query."""
    rows = FoundInstead.objects.filter(organ=organ, on__year=year).annotate(month=TruncMonth("on"))
    by_month = rows.values("month").annotate(a=Sum("shown"), b=Sum("opened"), c=Sum("answered"))
    found = by_month.order_by("-month").values_list("month", "a", "b", "c")
    return [Helped(month, shown, opened, answered) for month, shown, opened, answered in found]


def processing_fees(organ: Organ, year: int) -> dict[str, int | str]:
    """Notices of the year, what they asked for, and what came in (FEE.11). Yuan as texts. 1 query."""
    rows = FeeNotice.objects.filter(case__organ=organ, notified_on__year=year)
    amounts = list(rows.values_list("amount", "paid"))
    return {
        "notices": len(amounts),
        "charged_yuan": str(sum(one for one, _ in amounts)),
        "collected_yuan": str(sum(two for _, two in amounts)),
    }


def _row(cases: QuerySet[Case]) -> Row:
    counted = cases.values_list("requester_kind").annotate(n=Count("pk")).order_by()
    return _filled({str(kind): count for kind, count in counted})


def _filled(counted: Mapping[str, int]) -> Row:
    row = {name: int(counted.get(kind, 0)) for kind, name in COLUMNS.items()}
    return {**row, "total": sum(row.values())}


def _results(by_code: Iterable[tuple[str, str, int]]) -> dict[str, Row]:
    cells: Counter[tuple[str, str]] = Counter()
    for code, kind, count in by_code:
        cells[outcome(code or "OTH-3").row, kind] += count
    told = {}
    for row in _ROWS:
        told[row] = _filled({str(kind): cells[row, kind] for kind in COLUMNS})
    sums = {kind: sum(cells[row, kind] for row in _ROWS) for kind in COLUMNS}
    return {**told, "concluded": _filled({str(kind): count for kind, count in sums.items()})}
