"""The page of a case: everything about it in one place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.statute.clock import Clock
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.look.templatetags.look import working_days_in_words
from gongkai.web.organs.models import Staff
from gongkai.web.organs.permissions import may_read_audit
from gongkai.web.requests.models import Case, Channel, DecisionStage, Kind, RequesterKind
from gongkai.web.requests.permissions import may_open_personal, may_read, may_register
from gongkai.web.requests.queries.case_page import CasePage, case_page, entries_of, letters_to_serve_again
from gongkai.web.requests.views import case_parts, case_words
from gongkai.web.requests.views.case_steps import next_steps, tools
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.log_words import entry_words
from gongkai.web.requests.views.working import (
    PLACE,
    address,
    address_of,
    back_to,
    fresh,
    reason_words,
    seen_case,
)
from gongkai.web.requests.words_en import reply_words, wanted_words


@work_page("GET")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case. At most 15 queries."""
    found = seen_case(request, pk)
    staff = staff_of(request)
    page = case_page(found)
    reads = bool(may_read(staff, found))
    context = {
        "title": f"{found.number} {found.subject}",
        "back": Tab(_("依申请公开"), address_of("cases", found.organ)),
        "place": PLACE,
        "case": found,
        "state": case_words.state_of(found),
        "notice": _notice(page),
        "square": case_words.square(found, page.clock.left if page.clock else None),
        **_clock_told(page.clock, found),
        "next_steps": next_steps(page, staff),
        "tools": tools(page, staff),
        "lines": case_parts.time_line(page, staff),
        "facts": _facts(found, page),
        "person": case_parts.person_facts(page),
        "words": page.masked.words,
        "features": page.masked.features,
        "parties": case_parts.parties(page),
        "parties_address": address("parties", found.pk) if reads else "",
        "decisions": case_parts.decisions(page, reads=reads),
        "letters": case_parts.letters(page, reads=reads),
        "files": case_parts.files(page, staff),
        "tasks": case_parts.tasks(page),
        "notes": case_parts.notes(page) if reads else [],
        "fee": case_parts.fee(page),
        "fee_address": address("fee", found.pk) if reads else "",
        "same": case_parts.same(page),
        "maybe_same": case_parts.maybe_same(page),
        "same_words": case_parts.same_words(page),
        "alike": case_parts.alike(page),
        "divided": case_parts.divided(page),
        "person_address": _person_address(found, staff, page),
        "correct_address": _correct_address(found, staff, page),
        "log_address": address("log", found.pk),
    }
    return fresh(request, "requests/work/case.html", context)


@work_page("GET")
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of a case. At most 15 queries."""
    found = seen_case(request, pk)
    staff = staff_of(request)
    lines = [
        {
            "words": entry_words(one),
            "who": getattr(one, "actor_name", None) or _("申请人或者系统"),
            "at": one.at,
            "why": one.why,
            "number": one.number,
            "address": reverse("workspace:entry", args=(one.number,))
            if may_read_audit(staff, found.organ)
            else "",
        }
        for one in entries_of(found)
    ]
    context = {
        "title": _("操作记录：%(number)s") % {"number": found.number},
        "back": back_to(found),
        "place": PLACE,
        "lines": lines,
    }
    return fresh(request, "requests/work/log.html", context)


def _notice(page: CasePage) -> str:
    case = page.case
    into = next((one for one in page.divided if one.pk == case.merged_into_id), None)
    if into is not None:
        return _("已并入 %(number)s 办理。") % {"number": into.number}
    if page.masked.is_destroyed:
        return _("这件申请的个人信息已按规定销毁。编号、日期、办理结果仍然保留。")
    returned = next((one for one in page.decisions if one.stage == DecisionStage.RETURNED), None)
    if returned is not None:
        why = getattr(returned, "why_returned", None) or ""
        return _("拟写的决定已退回，请修改后再送审。退回理由：%(why)s") % {"why": why}
    again = _("、").join(kind_words(letter.kind) for letter, _try in letters_to_serve_again(page))
    if again:
        zh = _("%(letters)s退回待再送达。首次交邮之日仍然有效，期限不变；请核对地址，再次送达。")
        return zh % {"letters": again}
    if case.needs_help:
        return _("申请人需要协助（《条例》第四十三条）。")
    return ""


def _clock_told(told: Clock | None, case: Case) -> dict[str, Any]:
    """The due date with how it came about; what the law finds in the course of the case."""
    if told is None:
        return {"due": None, "explanation": (), "findings": ()}
    english = language() == "en"
    due = told.due.date if told.due else None
    lines = [{"on": one.on, "words": one.en if english else one.zh} for one in told.explanation]
    findings = [
        {"is_error": one.severity == "error", "words": reason_words(one.zh, one.en, one.rule)}
        for one in told.findings
    ]
    return {
        "due": None if case.is_closed else due,
        "due_at_latest": told.due_at_latest.date if told.due_at_latest and not case.is_closed else None,
        "provisional": told.provisional and not case.is_closed,
        "used": told.used,
        "limit": told.limit,
        "left": None if case.is_closed else told.left,
        "left_words": working_days_in_words(told.left)
        if told.left is not None and not case.is_closed
        else "",
        "in_time": told.in_time,
        "waits_until": told.awaited_until,
        "explanation": lines,
        "findings": findings,
    }


def _facts(case: Case, page: CasePage) -> list[Fact]:
    shown = [
        Fact(_("申请类别"), Kind(case.kind).label),
        Fact(_("申请人类别"), RequesterKind(case.requester_kind).label),
        Fact(_("提交渠道"), Channel(case.channel).label),
        Fact(_("邮件号"), case.post_number),
        Fact(_("到达日期"), case.arrived_on),
        Fact(_("收到申请之日"), case.received_on or _("待确认")),
        Fact(_("提供形式"), wanted_words(case.wanted_form)),
        Fact(_("获取途径"), reply_words(case.reply_ways)),
        Fact(_("承办科室"), case.unit.name if case.unit else _("未定")),
        Fact(_("承办人"), case.handler.name if case.handler else _("未定")),
        Fact(_("登记人"), case.taken_by.name if case.taken_by else _("申请人网上提交")),
        Fact(_("办理结果"), case_words.outcome_words(case.outcome), wide=True),
    ]
    return [one for one in shown if one.value not in (None, "")]


def _person_address(case: Case, staff: Staff, page: CasePage) -> str:
    if page.masked.is_destroyed or not may_open_personal(staff, case):
        return ""
    return address("person", case.pk)


def _correct_address(case: Case, staff: Staff, page: CasePage) -> str:
    if page.masked.is_destroyed or not may_register(staff, case):
        return ""
    return address("correct", case.pk)
