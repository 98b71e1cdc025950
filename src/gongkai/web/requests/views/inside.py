"""Work inside: who works on a case, tasks to units, notes, legal opinions, a look at who asked."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests.actions import inside, receiving
from gongkai.web.requests.actions.knowing import open_personal
from gongkai.web.requests.forms.inside import AnswerForm, AssignForm, NoteForm, ReasonForm, TaskForm
from gongkai.web.requests.models import NoteKind, Task
from gongkai.web.requests.permissions import (
    may_answer_task,
    may_open_personal,
    may_read,
    may_see,
    may_work,
)
from gongkai.web.requests.queries import lists
from gongkai.web.requests.queries.case_page import people_of, units_of, words_for_unit
from gongkai.web.requests.queries.today import working_days_left
from gongkai.web.requests.sealed import Destroyed, opener_of
from gongkai.web.requests.settled import settled
from gongkai.web.requests.views.lists import room_tabs
from gongkai.web.requests.views.working import (
    PLACE,
    REFUSED,
    Question,
    address,
    address_of,
    ask,
    back_to,
    case_address,
    case_for,
    fresh,
    tell_lawfully,
)

# In the order in which the form that a letter goes by has them (REG.29).
_SHOWN = {
    "name": gettext_lazy("姓名或者名称"),
    "identity_number": gettext_lazy("证件号码"),
    "representative": gettext_lazy("法定代表人"),
    "contact_person": gettext_lazy("联系人"),
    "agent": gettext_lazy("代理人"),
    "phone": gettext_lazy("联系电话"),
    "email": gettext_lazy("电子邮箱"),
    "address": gettext_lazy("通信地址"),
    "postcode": gettext_lazy("邮政编码"),
    "bank_account": gettext_lazy("银行账户"),
    "words": gettext_lazy("所需政府信息"),
    "features": gettext_lazy("文号或者其他特征"),
}
_WIDE = frozenset({"address", "words", "features"})


@work_page("GET", "POST")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Which unit, and who."""
    case = case_for(request, pk, may_work)
    question = Question(
        title=_("分办"),
        confirm=_("确定"),
        done=_("已分办。"),
        form=partial(AssignForm, units=units_of(case.organ), people=people_of(case.organ)),
        act=lambda form: receiving.assign(
            by=staff_of(request),
            case=case,
            unit=form.chosen_unit(),
            handler=form.chosen_person(),
            seen=form.cleaned_data["seen"],
        ),
        initial={"unit": case.unit_id or "", "handler": case.handler_id or ""},
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def task_give(request: HttpRequest, pk: int) -> HttpResponse:
    """A question to a unit."""
    case = case_for(request, pk, may_work)
    question = Question(
        title=_("交办科室"),
        confirm=_("交办"),
        done=_("已交办。"),
        form=partial(TaskForm, units=units_of(case.organ)),
        act=lambda form: inside.give_task(
            by=staff_of(request),
            case=case,
            unit=form.chosen(),
            question=form.cleaned_data["question"],
            days=form.days_given(),
        ),
        initial={"days": str(settled()["task"]["days"]), "unit": case.unit_id or ""},
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A note or a legal opinion."""
    case = case_for(request, pk, may_see)
    asked = request.GET.get("kind", "")
    is_opinion = asked == NoteKind.LEGAL_OPINION
    question = Question(
        title=_("写法律意见") if is_opinion else _("写备注"),
        confirm=_("保存"),
        done=_("已保存。"),
        form=NoteForm,
        act=lambda form: inside.write_note(
            by=staff_of(request),
            case=case,
            words=form.cleaned_data["words"],
            kind=form.cleaned_data["kind"],
        ),
        initial={"kind": asked if asked in NoteKind.values else NoteKind.NOTE.value},
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asked, in the clear, once: with a reason, entered in the log, kept by no browser."""
    case = case_for(request, pk, may_open_personal)
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm(initial=given_back(request))
    told: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            try:
                told = open_personal(by=staff_of(request), case=case, reason=form.cleaned_data["reason"])
                status = 200
            except NotAllowed:
                raise
            except WorkError as refused:
                tell_lawfully(form, refused)
    facts = [
        Fact(str(label), told[name], wide=name in _WIDE) for name, label in _SHOWN.items() if told.get(name)
    ]
    context = {
        "title": _("申请人信息"),
        "lead": _("只在办理需要时查看。查看人、时间和理由记入操作记录。"),
        "back": back_to(case),
        "place": PLACE,
        "facts": facts or [Fact(_("编号"), case.number), Fact(_("申请事项"), case.subject, wide=True)],
        "shown": bool(told),
        "form": form,
        "confirm_words": _("查看"),
        "cancel_address": case_address(case),
    }
    return fresh(request, "requests/work/person.html", context, status)


@work_page("GET")
def tasks(request: HttpRequest) -> HttpResponse:
    """What units are asked: of this person's units, or of the organ; the next due first."""
    staff = staff_of(request)
    organ = organ_to(request, may_see)
    found = lists.tasks_waiting(staff, organ)
    columns = [
        Column("title", _("申请"), "title"),
        Column("subject", _("申请事项")),
        Column("unit", _("科室")),
        Column("asked", _("交办"), "date"),
        Column("due", _("应答复日期"), "date"),
        Column("days", _("剩余"), "working_days"),
    ]
    rows = [
        Row(
            {
                "title": one.case.number,
                "subject": one.case.subject,
                "unit": one.unit.name,
                "asked": one.asked_at,
                "due": one.due_on,
                "days": working_days_left(one.due_on),
            },
            address("task", one.pk),
        )
        for one in found
    ]
    context = {
        "title": _("科室交办"),
        "lead": _("%(organ)s：等待科室答复的事项。科室看到的是申请的内容，看不到申请人是谁。")
        % {"organ": organ.name},
        "place": PLACE,
        "tabs": room_tabs(organ, "tasks"),
        "tabs_label": _("依申请公开"),
        "table": Table(_("科室交办"), columns, rows, empty=_("没有等待答复的交办。")),
    }
    return render(request, "requests/work/list.html", context)


@work_page("GET", "POST")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task as its unit sees it: what is asked for and what is to be answered, not who asks."""
    staff = staff_of(request)
    one = _seen_task(request, pk)
    is_open = one.answered_at is None and one.cancelled_at is None
    may_answer = may_answer_task(staff, one)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm(initial=given_back(request))
    status = 200
    if request.method == "POST":
        require(may_answer_task, staff, one)
        status = REFUSED
        if form.is_valid():
            try:
                inside.answer_task(by=staff, task=one, answer=form.cleaned_data["answer"])
            except NotAllowed:
                raise
            except WorkError as refused:
                tell_lawfully(form, refused)
            else:
                messages.success(request, _("已答复。"))
                return HttpResponseRedirect(address("task", pk))
    is_case = may_work(staff, one.case) or may_read(staff, one.case)
    actions = [Action(_("打开申请"), case_address(one.case))] if is_case else []
    if is_open and may_work(staff, one.case):
        actions.append(Action(_("取消交办"), address("task_cancel", pk), style="danger"))
    context = {
        "title": _("科室交办：%(number)s") % {"number": one.case.number},
        "back": Tab(_("科室交办"), address_of("tasks", one.organ)),
        "place": PLACE,
        "actions": actions,
        "days_left": working_days_left(one.due_on) if is_open else None,
        "in_working_days": True,
        "task": one,
        **_told_of(one),
        # What was typed too late stays, to be copied.
        "form": form if may_answer and (is_open or request.method == "POST") else None,
        "submit_words": _("答复"),
    }
    return fresh(request, "requests/work/task.html", context, status)


@work_page("GET", "POST")
def task_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer needed."""
    one = _seen_task(request, pk)
    require(may_work, staff_of(request), one.case)
    question = Question(
        title=_("取消交办"),
        confirm=_("取消交办"),
        done=_("已取消交办。"),
        act=lambda form: inside.cancel_task(by=staff_of(request), task=one),
        facts=[Fact(_("科室"), one.unit.name), Fact(_("应答复日期"), one.due_on)],
        is_danger=True,
    )
    return ask(request, one.case, question)


def _seen_task(request: HttpRequest, pk: int) -> Task:
    """The task with its case, or 404. 1 query."""
    related = ("organ", "unit", "asked_by", "answered_by")
    of_case = ("case__organ", "case__key", "case__requester", "case__unit")
    rows = Task.objects.select_related(*related, *of_case).defer("organ__emblem", "case__organ__emblem")
    found = rows.filter(pk=pk).first()
    if found is None or not may_see(staff_of(request), found):
        raise Http404
    return found


def _told_of(one: Task) -> dict[str, Any]:
    """What the unit reads: all of it opened with the case's key, none of it naming the requester."""
    try:
        opener = opener_of(one.case)
    except Destroyed as gone:
        return {"destroyed": gone.zh, "question": "", "answer": "", "words": ""}
    return {
        "question": opener.open(one, "question"),
        "answer": opener.open(one, "answer") if one.answered_at else "",
        "words": words_for_unit(one.case),
    }
