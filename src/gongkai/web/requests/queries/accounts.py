"""The requests of an account, as they stand today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongkai.web.requests.models import Account, Attached, Case, CaseEvent, Stands
from gongkai.web.requests.queries.citizens import answered_fee, nameless
from gongkai.web.requests.settled import settled
from gongkai.web.requests.stands import calendar_of, clock_from

WAITS = frozenset({Stands.AWAITING_SUPPLEMENT, Stands.AWAITING_PAYMENT})
OPEN = frozenset({Stands.RUNNING, Stands.CONSULTING, Stands.OVERDUE, Stands.DECIDED})


@dataclass(frozen=True, slots=True)
class Mine:
    """A request in the list. `due`: by when the organ replies; `until`: by when its requester has to act.
    `has_answered_fee`: a proof or a word of the requester is with the office."""

    case: Case
    stands: str
    due: dt.date | None = None
    until: dt.date | None = None
    has_answered_fee: bool = False


def cases_of(account: Account) -> list[Mine]:
    """The newest first, those split from one beside it. 2 queries."""
    stand = CaseEvent.objects.filter(voided_at=None).order_by("on", "id")
    rows = (
        _rows(account)
        .annotate(has_proofs=answered_fee())
        .select_related("organ")
        .defer("organ__emblem")
        .prefetch_related(Prefetch("events", queryset=stand))
    )
    most = int(settled()["account"]["most_shown"])
    return [_mine(one) for one in rows.order_by("-submitted_at", "-id")[:most]]


def case_of(account: Account, uid: str) -> Case | None:
    """A request of the account; None for any other. 1 query."""
    rows = _rows(account).select_related("organ", "key").defer("organ__emblem")
    return rows.filter(uid=uid).first()


def is_attached(account: Account, case: Case) -> bool:
    """1 query."""
    return bool(_rows(account).filter(pk=case.pk).exists())


def _rows(account: Account) -> QuerySet[Case]:
    own = Attached.objects.filter(account=account)
    direct = Exists(own.filter(case=OuterRef("pk")))
    split = Exists(own.filter(case=OuterRef("split_from")))
    return Case.objects.filter(Q(direct) | Q(split), destroyed_at=None)


def _mine(case: Case) -> Mine:
    told = clock_from(nameless(list(case.events.all())), calendar_of(case))
    if case.stands == Stands.MERGED or told is None:
        return Mine(case, str(case.stands))
    stands = told.state.value
    due = told.due.date if told.due is not None and stands in OPEN else None
    until = told.awaited_until if stands in WAITS else None
    has_proofs = bool(getattr(case, "has_proofs", False))
    return Mine(case, stands, due, until, has_proofs and stands == Stands.AWAITING_PAYMENT)
