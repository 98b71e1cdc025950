"""The steps of a case that are a dated fact: each on a page that tells what it does to the clock."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.statute.clock import Clock, Event, EventKind
from gongkai.statute.limits import limits_on
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.look.pieces import Fact
from gongkai.web.organs.acting import require
from gongkai.web.organs.models import Staff
from gongkai.web.requests import staging
from gongkai.web.requests.actions import stepping
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.stepping import Stepped
from gongkai.web.requests.forms.stepping import StepForm, VoidForm
from gongkai.web.requests.models import Case, FileKind, Stands
from gongkai.web.requests.permissions import may_approve_extension, may_void, may_work
from gongkai.web.requests.queries.case_page import parties_of_step
from gongkai.web.requests.settled import settled
from gongkai.web.requests.stands import calendar_of, clock_from, events_of
from gongkai.web.requests.steps import judged
from gongkai.web.requests.views import case_words
from gongkai.web.requests.views.working import (
    Question,
    ask,
    case_address,
    day_needed,
    reason_words,
    seen_case,
)

# What is recorded on a page here. The rest is done where letters are sent, opinions taken, fees reckoned.
HERE = frozenset(
    {
        EventKind.SUPPLEMENT_ASKED,
        EventKind.SUPPLEMENT_RECEIVED,
        EventKind.SUPPLEMENT_LAPSED,
        EventKind.THIRD_PARTY_REACHED,
        EventKind.CO_MAKER_REACHED,
        EventKind.ORGAN_REACHED,
        EventKind.EXTENSION_APPROVED,
        EventKind.EXTENSION_NOTIFIED,
        EventKind.LATER_DATE_AGREED,
        EventKind.FEE_REACHED,
        EventKind.FEE_LAPSED,
        EventKind.WITHDRAWN,
    }
)
# What is usually done by sending a letter: recorded by hand for one that went out another way.
BY_LETTER = frozenset({EventKind.SUPPLEMENT_ASKED, EventKind.EXTENSION_NOTIFIED, EventKind.LATER_DATE_AGREED})
_ENDS = frozenset({EventKind.SUPPLEMENT_LAPSED, EventKind.FEE_LAPSED, EventKind.WITHDRAWN})


def may_step(kind: EventKind) -> Any:
    """Who records a step."""
    return may_approve_extension if kind is EventKind.EXTENSION_APPROVED else may_work


@work_page("GET", "POST")
def step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One step: what it does to the clock, a form, one button."""
    case = seen_case(request, pk)
    try:
        wanted = EventKind(kind)
    except ValueError:
        raise Http404 from None
    if wanted not in HERE:
        raise Http404
    staff = staff_of(request)
    require(may_step(wanted), staff, case)
    events, today = events_of(case), clock.today()
    parties = parties_of_step(events, wanted)
    limits = limits_on(case.received_on or case.arrived_on)
    words = case_words.kind_words(wanted)
    question = Question(
        title=words,
        lead=_lead(wanted),
        confirm=_("记录：%(step)s") % {"step": words},
        done=_("已记录：%(step)s。") % {"step": words},
        form=partial(StepForm, kind=wanted, parties=parties, days=limits.extension),
        act=lambda form: _recorded(form, staff, case, wanted),
        consequences=_consequences(case, wanted, parties[0] if parties else "", events, today),
        initial={"on": today, "until": _usual_until(case, wanted, today)},
        is_danger=wanted in _ENDS,
    )
    return ask(request, case, question)


def _lead(kind: EventKind) -> str:
    if kind in BY_LETTER:
        return _("通知书由系统送达的，送出时自动记录，不用在这里记录。这里补记用其他方式发出的。")
    if kind is EventKind.WITHDRAWN:
        return _("申请人书面或者当面表示撤回的，记录在这里：附上凭证；没有书面凭证的，在说明里写明经过。")
    if kind is EventKind.SUPPLEMENT_RECEIVED:
        return _("收到补正后的申请，期限从次日起重新计算。")
    return ""


def _usual_until(case: Case, kind: EventKind, today: dt.date) -> dt.date | None:
    if kind is not EventKind.SUPPLEMENT_ASKED:
        return None
    return calendar_of(case).add_working_days(today, int(settled()["supplement"]["period"])).date


def _consequences(case: Case, kind: EventKind, party: str, events: list[Event], today: dt.date) -> list[str]:
    """What speaks against it today, or what the clock would say once it is done today."""
    until = today + dt.timedelta(days=30) if kind is EventKind.LATER_DATE_AGREED else None
    fact = Event(kind, today, party, until)
    before = clock_from(events, calendar_of(case), today)
    offer = judged(case, fact, events, before)
    if offer.against:
        against = [reason_words(one.zh, one.en, one.rule) for one in offer.against]
        return [_("按今天的日期，这一步现在不合法："), *against]
    told = [reason_words(one.zh, one.en, one.rule) for one in offer.cautions]
    after = clock_from([*events, fact], calendar_of(case), today)
    if after is not None and kind is not EventKind.LATER_DATE_AGREED:
        told.insert(0, _after_words(after))
    return told


def _after_words(after: Clock) -> str:
    facts = {"state": Stands(after.state.value).label, "day": after.due.date if after.due else ""}
    if after.closed is not None:
        return _("今天办理的，这件申请即告办结（%(state)s）。") % facts
    if after.due is None:
        return _("今天办理的，状态变为“%(state)s”，期限不再计算，待收到后重新起算。") % facts
    if after.state.value == Stands.CONSULTING:
        return _("今天办理的，状态变为“%(state)s”，期限暂停；意见今天收到的，答复期限为 %(day)s。") % facts
    return _("今天办理的，状态变为“%(state)s”，答复期限为 %(day)s。") % facts


def _recorded(form: StepForm, staff: Staff, case: Case, kind: EventKind) -> Stepped:
    """The step, and the files that came with it: both or neither."""
    given = form.cleaned_data
    taken = [staging.looked_at(one.name or "", one.read(), staging.ALL) for one in given.get("files") or ()]
    with transaction.atomic():
        told = stepping.step(
            by=staff,
            case=case,
            kind=kind.value,
            on=day_needed(form),
            party=str(given.get("party") or ""),
            until=given.get("until"),
            days=form.days_given() if "days" in form.fields else None,
            note=str(given.get("note") or ""),
            seen=given["seen"],
        )
        for one in taken:
            add_file(
                by=staff,
                case=told.case,
                name=one.name,
                content=one.content,
                media_type=one.media_type,
                kind=FileKind.REQUEST if kind is EventKind.WITHDRAWN else FileKind.SUPPLEMENT,
            )
    return told


@work_page("GET", "POST")
def void(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    """Say that a fact was written down wrongly: it stays, struck through, and counts no more."""
    case = seen_case(request, pk)
    row = case.events.filter(pk=event).first()
    if row is None:
        raise Http404
    staff = staff_of(request)
    require(may_void, staff, case)
    if row.voided_at is not None and request.method != "POST":
        messages.info(request, _("这条记录已经更正过。"))
        return HttpResponseRedirect(case_address(case))
    row.case = case
    question = Question(
        title=_("更正办理记录"),
        lead=_("写错的记录不删除、不修改：划去并写明理由，再重新记录一次。期限随即重新计算。"),
        confirm=_("划去这条记录"),
        done=_("已更正，期限已重新计算。"),
        form=VoidForm,
        act=lambda form: stepping.void(
            by=staff, event=row, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        ),
        facts=[
            Fact(_("要更正的记录"), case_words.kind_words(row.kind)),
            Fact(_("日期"), row.on),
            Fact(_("对象"), row.party),
        ],
        is_danger=True,
    )
    return ask(request, case, question)
