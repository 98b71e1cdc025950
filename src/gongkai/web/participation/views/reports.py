"""What readers report, and which pages did not help."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.statute.inspection import national_indicators
from gongkai.web.config import clock
from gongkai.web.disclosure.forms.fields import WorkForm
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.participation.actions.feedback import (
    answer_report,
    destroy_personal_data,
    look_at_contact,
)
from gongkai.web.participation.forms.staff import AnswerForm, ShredForm
from gongkai.web.participation.models import ErrorReport
from gongkai.web.participation.permissions import may_answer, may_destroy, may_see, may_see_contact
from gongkai.web.participation.queries import feedback
from gongkai.web.participation.settled import contact_days, report_kinds, report_results, words_of
from gongkai.web.participation.views.work import PLACE, act, address, address_of, room_tabs

MOST = 300
_FIRST_WORDS = 60


@work_page("GET")
def reports(request: HttpRequest) -> HttpResponse:
    """Reports to be answered, the next due first; or those answered."""
    organ = organ_to(request, may_see)
    is_open = request.GET.get("tab") != "done"
    rows = [_row(one, is_open) for one in feedback.reports(organ, is_open=is_open)[:MOST]]
    columns = [
        Column("title", _("信息"), "title"),
        Column("kind", _("问题")),
        Column("unit", _("责任科室")),
        Column("received", _("收到"), "date"),
        Column("days", _("期限"), "days") if is_open else Column("result", _("处理结果")),
    ]
    other = (_("已答复的"), "done") if is_open else (_("待答复的"), "open")
    context = {
        "title": _("网页纠错"),
        "lead": _lead(organ),
        "actions": [Action(other[0], address_of("reports", organ, tab=other[1]))],
        **room_tabs(request, organ, "reports"),
        "table": Table(
            _("网页纠错"),
            columns,
            rows,
            empty=_("没有待答复的纠错。") if is_open else _("还没有答复过的纠错。"),
        ),
    }
    return render(request, "workspace/list.html", context)


def _lead(organ: Any) -> str:
    """CHK.V5: a valid message unanswered for so many months fails the whole site."""
    months = national_indicators().veto["V5"]["unanswered_months"]
    oldest = feedback.oldest_unanswered(organ)
    if oldest is not None and (clock.today() - oldest).days > months * 30:
        return _("%(day)s 收到的留言至今没有答复。超过 %(n)s 个月不回应，检查时单项否决，请立即办理。") % {
            "day": oldest,
            "n": months,
        }
    return _("%(organ)s：读者在公开页面上报告的错误，由责任科室核实、更正、答复。") % {"organ": organ.name}


def _row(one: ErrorReport, is_open: bool) -> Row:
    cells = {
        "title": one.record.title,
        "kind": words_of(report_kinds(), one.kind, language()),
        "unit": one.unit.name if one.unit else "",
        "received": one.received_at,
        "days": (one.due_on - clock.today()).days if is_open else None,
        "result": words_of(report_results(), one.result, language()),
    }
    note = one.words if len(one.words) <= _FIRST_WORDS else f"{one.words[:_FIRST_WORDS]}…"
    return Row(cells, address("report", one.pk), note)


@work_page("GET")
def pages(request: HttpRequest) -> HttpResponse:
    """The pages of which most readers said that they did not help."""
    organ = organ_to(request, may_see)
    rows = [
        Row(
            {"title": one.record.title, "not": one.not_helped, "yes": one.helped},
            reverse("disclosure:record", args=(one.record_id,)),
        )
        for one in feedback.unhelpful_pages(organ)[:MOST]
    ]
    columns = [
        Column("title", _("信息"), "title"),
        Column("not", _("没有帮助"), "number"),
        Column("yes", _("有帮助"), "number"),
    ]
    context = {
        "title": _("页面评价"),
        "lead": _("读者点“有帮助”“没有帮助”的次数，不记录是谁点的。没有帮助最多的在前。"),
        **room_tabs(request, organ, "pages"),
        "table": Table(_("页面评价"), columns, rows, empty=_("还没有读者评价过。")),
    }
    return render(request, "workspace/list.html", context)


@work_page("GET", "POST")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: what is said of which page; the answer."""
    one = _seen(request, pk)
    staff = staff_of(request)
    form = AnswerForm(request.POST if request.method == "POST" else None, lang=language())
    if request.method == "POST" and not may_answer(staff, one):
        raise NotAllowed
    facts = form.data
    done = act(
        request,
        form,
        lambda: answer_report(
            by=staff, report=one, result=str(facts.get("result", "")), answer=form.cleaned_data["answer"]
        ),
        _("已答复，留言人凭查询码可以看到。"),
        address("report", pk),
    )
    if done is not None:
        return done
    can_answer = one.answered_at is None and may_answer(staff, one)
    context = {
        "title": one.record.title,
        "place": PLACE,
        "back": Tab(_("网页纠错"), address_of("reports", one.organ)),
        "days_left": (one.due_on - clock.today()).days if one.answered_at is None else None,
        "facts": _facts(one),
        "report": one,
        "form": form if can_answer else None,
        "actions": list(_actions(staff, one)),
    }
    return render(request, "participation/report.html", context, status=_status(request, form))


def _status(request: HttpRequest, form: Any) -> int:
    return 200 if request.method != "POST" or form.is_valid() else 422


def _actions(staff: Any, one: ErrorReport) -> Any:
    yield Action(_("打开这条信息"), reverse("disclosure:record", args=(one.record_id,)))
    if one.contact and may_see_contact(staff, one):
        yield Action(_("查看联系方式"), address("report_contact", one.pk))
    if (one.contact or one.words) and may_destroy(staff, one):
        yield Action(_("销毁个人信息"), address("report_shred", one.pk))


def _facts(one: ErrorReport) -> list[Fact]:
    told = [
        Fact(_("问题"), words_of(report_kinds(), one.kind, language())),
        Fact(_("索引号"), one.record.index_number),
        Fact(_("责任科室"), one.unit.name if one.unit else ""),
        Fact(_("收到日期"), timezone.localdate(one.received_at)),
        Fact(_("答复期限"), one.due_on),
        Fact(_("联系方式"), _("已留，加密保存") if one.contact else _("没有")),
    ]
    if one.answered_at is not None:
        told += [
            Fact(_("处理结果"), words_of(report_results(), one.result, language())),
            Fact(_("答复人"), str(one.answered_by)),
            Fact(_("答复"), one.answer, wide=True),
        ]
    return told


@work_page("GET", "POST")
def report_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact in the clear, once asked for by a press that the log remembers."""
    one, staff = _seen(request, pk), staff_of(request)
    if not may_see_contact(staff, one):
        raise NotAllowed
    contact = look_at_contact(by=staff, report=one) if request.method == "POST" else ""
    context = {
        "title": _("查看联系方式？"),
        "place": PLACE,
        "back": Tab(_("返回"), address("report", pk)),
        "contact": contact,
        "form": WorkForm(),
        "confirm_words": _("查看"),
        "consequences": [
            _("只用于核实和回复这条纠错。"),
            _("谁在什么时候看过，记入操作记录。"),
            _("答复 %(n)s 天以后自动销毁。") % {"n": contact_days()},
        ],
        "cancel_address": address("report", pk),
    }
    return render(request, "participation/contact.html", context)


@work_page("GET", "POST")
def report_shred(request: HttpRequest, pk: int) -> HttpResponse:
    one, staff = _seen(request, pk), staff_of(request)
    if not may_destroy(staff, one):
        raise NotAllowed
    form = ShredForm(request.POST if request.method == "POST" else None)

    def do() -> Any:
        facts = form.cleaned_data
        return destroy_personal_data(
            by=staff, report=one, reason=facts["reason"], words_too=facts["words_too"]
        )

    done = act(request, form, do, _("已销毁。"), address("report", pk))
    return done or render(request, "workspace/confirm.html", shred_context(form, address("report", pk)))


def shred_context(form: Any, back: str) -> dict[str, Any]:
    return {
        "title": _("销毁个人信息？"),
        "place": PLACE,
        "back": Tab(_("返回"), back),
        "form": form,
        "is_danger": True,
        "confirm_words": _("销毁"),
        "consequences": [_("销毁后不能恢复，备份中的旧数据除外。"), _("处理结果和统计数字不变。")],
        "cancel_address": back,
    }


def _seen(request: HttpRequest, pk: int) -> ErrorReport:
    rows = ErrorReport.objects.select_related("organ", "unit", "record", "answered_by")
    one = rows.defer("organ__emblem").filter(pk=pk).first()
    if one is None or not may_see(staff_of(request), one):
        raise Http404
    return one
