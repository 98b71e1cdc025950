"""What of this room waits for a person: three queries at most, and none for who has nothing to do with it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.statute.calendar import national
from gongkai.web.config import clock
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.disclosure.words import step_words
from gongkai.web.look.pieces import Count as Bar
from gongkai.web.look.pieces import Task as Waiting
from gongkai.web.organs.models import Role, Staff
from gongkai.web.requests.models import OPEN, Approval, Case, Stands, Task
from gongkai.web.requests.queries.citizens import answered_fee
from gongkai.web.requests.queries.come_back import come_back
from gongkai.web.requests.queries.returned import returned_to, why_returned
from gongkai.web.requests.stands import reckon_due
from gongkai.web.requests.views.letter_words import kind_words

MOST = 50
_WORKING = frozenset({Role.CLERK, Role.UNIT_HEAD, Role.DISCLOSURE_OFFICE})
_PAUSED = (Stands.CONSULTING, Stands.AWAITING_SUPPLEMENT, Stands.AWAITING_PAYMENT)
_ORDER = (F("due_on").asc(nulls_last=True), "id")


# What is asked of somebody beside the cases in his hands.
_TASK, _APPROVAL, _COME_BACK, _RETURNED = "task", "approval", "come-back", "returned"


class Asked(NamedTuple):
    """A question to a unit, a decision to be approved at `step`, a letter (its kind is `step`) that came back
    on `due_on` and is to be served again, a draft of the person's own that was returned (why is `step`)."""

    pk: int
    due_on: dt.date | None
    what: str
    step: str
    case: int
    year: int
    serial: int
    subject: str
    unit: str | None


class Today(NamedTuple):
    """Lines for 今日: what waits for the person, and what was returned to him."""

    waiting: list[Waiting]
    returned: list[Waiting]


def today(staff: Staff) -> Today:
    """Cases by days left, questions to units, approvals, letters to be served again, drafts returned. A case
    that waits for the person's approval, or with such a letter or draft, stands there once, with what is to
    be done. 2 queries at most; on the first call of a day the reckoning of the open cases beside."""
    if not own_organs(staff):
        return Today([], [])
    cases, asked = {one.pk: one for one in cases_of(staff)}, asked_of(staff)
    told = {one.case for one in asked if one.what != _TASK}
    lines = [(one.what == _RETURNED, _asked(one, cases.get(one.case))) for one in asked]
    return Today(
        [
            *(_case(one) for one in cases.values() if one.pk not in told),
            *(line for is_returned, line in lines if not is_returned),
        ],
        [line for is_returned, line in lines if is_returned],
    )


def load(staff: Staff) -> list[Bar]:
    """The open cases of the person's units, or of the organs without one, by state. 1 query."""
    reach = _reach(staff)
    if reach is None:
        return []
    rows = Case.objects.filter(OPEN, reach)
    counted = dict(rows.order_by().values_list("stands").annotate(n=Count("pk")))
    most = max(counted.values(), default=0)
    address = reverse("requests_work:cases")
    return [
        Bar(str(one.label), counted[one.value], most, address=f"{address}?stands={one.value}")
        for one in Stands
        if one.value in counted
    ]


def cases_of(staff: Staff) -> list[Case]:
    """Open cases in the person's hands: of their units, or given to them; an office sees all of its
    organ. The nearest limit first. 1 query; where they were not reckoned today, the reckoning and 1 more."""
    reach = _reach(staff)
    if reach is None:
        return []
    rows = Case.objects.filter(OPEN, reach).select_related("unit", "handler")
    rows = rows.defer("words", "features", "reply_ways").order_by(*_ORDER)
    told: Any = rows.annotate(says_paid=answered_fee())[:MOST]
    found: list[Case] = list(told)
    stale = {one.organ_id for one in found if one.reckoned_on != clock.today()}
    for organ in stale:
        reckon_due(organ_id=organ)
    return list(told.all()) if stale else found


def asked_of(staff: Staff) -> list[Asked]:
    """Questions that wait for the person's units, decisions that wait for the person's approval, letters of
    the person's cases that came back, the person's own decisions that were returned. 1 query."""
    each = (_questions(staff), _approvals(staff), _come_back(staff), _returned(staff))
    found = [one for one in each if one is not None]
    if not found:
        return []
    rows = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    return [Asked(*one) for one in rows.order_by("due_on", "pk")[:MOST]]


def _questions(staff: Staff) -> Any:
    reach = None
    for one in staff.appointments_today():
        if one.role in (Role.CLERK, Role.UNIT_HEAD):
            here = Q(organ=one.organ_id, unit=one.unit_id) if one.unit_id else Q(organ=one.organ_id)
            reach = here if reach is None else reach | here
    if reach is None:
        return None
    rows = Task.objects.filter(reach, answered_at=None, cancelled_at=None).order_by()
    return _as_asked(rows, _TASK, "due_on", Value(""), "case", "unit")


def _approvals(staff: Staff) -> Any:
    reach = None
    for one in staff.appointments_today():
        if one.role in (Role.SUPERVISING_AUTHORITY, Role.ADMINISTRATOR, Role.AUDITOR):
            continue
        here = Q(organ=one.organ_id, step=one.role)
        if _has_unit(one):
            here &= Q(decision__case__unit=one.unit_id) | Q(decision__case__unit=None)
        reach = here if reach is None else reach | here
    if reach is None:
        return None
    rows = Approval.objects.filter(reach, result="").exclude(decision__drafted_by=staff).order_by()
    return _as_asked(rows, _APPROVAL, "due_on", "step", "decision__case", "decision__case__unit")


def _come_back(staff: Staff) -> Any:
    reach = _reach(staff, "case__")
    if reach is None:
        return None
    rows = come_back().filter(reach).order_by()
    return _as_asked(rows, _COME_BACK, "came_back_on", "kind", "case", "case__unit")


def _returned(staff: Staff) -> Any:
    if _reach(staff) is None:
        return None
    rows = returned_to(staff).order_by()
    return _as_asked(rows, _RETURNED, "case__due_on", why_returned(), "case", "case__unit")


def _as_asked(rows: Any, what: str, on: str, step: Any, case: str, unit: str) -> Any:
    """The columns of `Asked`."""
    of_case = (f"{case}__{name}" for name in ("year", "serial", "subject"))
    return rows.values_list("pk", on, Value(what), step, case, *of_case, f"{unit}__name")


def _has_unit(appointment: object) -> bool:
    return bool(appointment.role == Role.UNIT_HEAD and appointment.unit_id)  # type: ignore[attr-defined]


def _reach(staff: Staff, of: str = "") -> Q | None:
    """Which cases are in the person's hands; None: none are. `of`: the way to the case
    from rows with an organ of their own. No query."""
    reach = None
    for one in staff.appointments_today():
        if one.role not in _WORKING:
            continue
        here = Q(organ=one.organ_id)
        if one.role != Role.DISCLOSURE_OFFICE and one.unit_id:
            here &= Q(**{f"{of}unit": one.unit_id}) | Q(**{f"{of}handler": staff.pk})
        reach = here if reach is None else reach | here
    return reach


def _case(case: Case) -> Waiting:
    paused = case.stands in _PAUSED
    return Waiting(
        f"{case.number} {case.subject}",
        reverse("requests_work:case", args=(case.pk,)),
        _step_of(case),
        case.handler.name if case.handler else "",
        None if paused else working_days_left(case.due_on),
        case.waits_until if paused else case.due_on,
        unit=case.unit.name if case.unit else "",
        in_working_days=True,
    )


def _step_of(case: Case) -> str:
    if case.stands == Stands.UNCONFIRMED:
        return _("确认收到申请")
    if case.stands == Stands.AWAITING_PAYMENT and getattr(case, "says_paid", False):
        return _("申请人已答复收费通知，核对是否到账")
    if case.stands == Stands.DECIDED:
        return _("已作决定，签发并送达答复")
    return _("依申请公开：%(state)s") % {"state": Stands(case.stands).label}


def _asked(one: Asked, case: Case | None) -> Waiting:
    """`case`: where it is in the person's hands as well; the nearer of the two days counts then."""
    title, unit = f"〔{one.year}〕{one.serial}号 {one.subject}", one.unit or ""
    of_case = None if case is None or case.stands in _PAUSED else case.due_on
    if one.what == _COME_BACK:
        words = _("再次送达：%(letter)s") % {"letter": kind_words(one.step)}
        return Waiting(
            title,
            reverse("requests_work:case", args=(one.case,)),
            words,
            days_left=working_days_left(of_case),
            due=of_case,
            reason=_("%(on)s 退回，待再送达。") % {"on": one.due_on},
            unit=unit,
            in_working_days=True,
        )
    if one.what == _RETURNED:
        return Waiting(
            title,
            reverse("requests_work:decision", args=(one.case,)),
            _("修改决定，再送审"),
            days_left=working_days_left(of_case),
            due=of_case,
            reason=one.step,
            unit=unit,
            in_working_days=True,
        )
    is_approval = one.what == _APPROVAL
    due = min(one.due_on, of_case) if is_approval and of_case and one.due_on else one.due_on
    return Waiting(
        title,
        reverse(f"requests_work:{one.what}", args=(one.pk,)),
        _("审批决定：%(step)s") % {"step": step_words(one.step)} if is_approval else _("答复交办"),
        days_left=working_days_left(due),
        due=due,
        unit=unit,
        in_working_days=True,
    )


def working_days_left(day: dt.date | None) -> int | None:
    """Working days left until a day, negative when late; None without one."""
    return None if day is None else national().working_days_between(clock.today(), day)
