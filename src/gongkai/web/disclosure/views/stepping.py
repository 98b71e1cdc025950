"""A record's steps, each asked about on its page: hand in, take back, publish, withdraw, repeal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import record_kind
from gongkai.web.disclosure.actions.aftermath import affected
from gongkai.web.disclosure.actions.drafting import abandon as abandon_draft
from gongkai.web.disclosure.actions.drafting import start_version
from gongkai.web.disclosure.actions.drafting import take_back as take_back_version
from gongkai.web.disclosure.actions.ending import repeal as repeal_record
from gongkai.web.disclosure.actions.ending import undo_repeal as undo_repeal_of
from gongkai.web.disclosure.actions.ending import withdraw as withdraw_record
from gongkai.web.disclosure.actions.publishing import publish as publish_record
from gongkai.web.disclosure.actions.publishing import schedule as schedule_version
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.answers import answers_in, kept_answers
from gongkai.web.disclosure.checks import Check, check_version
from gongkai.web.disclosure.forms.steps import (
    ChangeForm,
    ReasonForm,
    RepealForm,
    ScheduleForm,
    SubmitForm,
    WithdrawForm,
)
from gongkai.web.disclosure.holding_up import why_held
from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.disclosure.queries.finding import one_named
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import seen_record, staff_of, work_page
from gongkai.web.disclosure.views.asking import Question, ask
from gongkai.web.organs.errors import WorkError


@work_page("GET", "POST")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the draft in as it is, with an answer to each thing that the checks found."""
    staff, record = staff_of(request), seen_record(request, pk)
    version = record.working
    found: list[Check] = []
    kept: dict[str, str] = {}
    if version is not None and version.can_be_edited:
        version.record = record
        found, kept = check_version(version), kept_answers(version)
    findings: list[Any] = []  # for the page, as soon as the form has its fields

    def made(*data: Any, **options: Any) -> SubmitForm:
        form = SubmitForm(*data, findings=found, kept=kept, **options)
        findings[:] = showing.finding_pieces(found, in_body=False, attachments_at="", form=form)
        return form

    def act(form: Any) -> None:
        submit_for_review(
            by=staff, record=record, answers=answers_in(request.POST), seen=form.cleaned_data["seen"]
        )

    question = Question(
        "submit",
        _("提交审查？"),
        _("提交审查"),
        _("已提交审查。"),
        act,
        made,
        [_("提交后不能修改，要修改须先收回。"), _("每个环节由起草人以外的人员审查，全部通过后才能公开。")],
        template="disclosure/submit.html",
        more={"findings": findings},
    )
    return ask(request, record, question)


@work_page("GET", "POST")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        take_back_version(
            by=staff, record=record, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        )

    told = [_("正在办理的审查环节随即撤销，已经通过的环节须重新审查。"), _("页面上已公开的版本不受影响。")]
    question = Question(
        "take_back", _("收回这个版本？"), _("收回"), _("已收回，可以修改了。"), act, ReasonForm, told
    )
    return ask(request, record, question)


@work_page("GET", "POST")
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        abandon_draft(
            by=staff, record=record, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        )

    told = [_("草稿不再显示在待办中，不能恢复。")]
    if record.state == State.DRAFT:
        told.append(_("索引号 %(number)s 保留，不给其他信息使用。") % {"number": record.index_number})
    else:
        told.append(_("页面上已公开的版本不受影响。"))
    question = Question(
        "abandon", _("作废这份草稿？"), _("作废"), _("草稿已作废。"), act, ReasonForm, told, is_danger=True
    )
    return ask(request, record, question)


@work_page("GET", "POST")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    return _further_version(request, pk, "amend", ChangeKind.AMENDMENT, _("修改已公开的内容？"))


@work_page("GET", "POST")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _further_version(request, pk, "correct", ChangeKind.CORRECTION, _("更正已公开内容中的差错？"))


def _further_version(
    request: HttpRequest, pk: int, code: str, change: ChangeKind, title: str
) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        given = form.cleaned_data
        start_version(by=staff, record=record, change=change, note=given["change_note"], seen=given["seen"])

    told = [
        _("另起一个新版本，从现在的内容和附件开始修改。"),
        _("新版本同样须经过全部审查环节；通过之前，页面仍显示现在的版本。"),
        _("公开后，旧版本保留在“版本”中，改动可以对照。"),
    ]
    done = _("新版本已建立，请修改后提交审查。")
    question = Question(code, title, _("建立新版本"), done, act, ChangeForm, told, then="disclosure:edit")
    return ask(request, record, question)


@work_page("GET", "POST")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        publish_record(by=staff, record=record, seen=form.cleaned_data["seen"])

    told = [
        _("立即显示在本机关的公开页面上。"),
        *_counted(record, _("公开后计入年度报告中规章、规范性文件的制发数。")),
    ]
    if record.working is not None and record.state == State.PUBLISHED:
        told.append(_("页面上现在的版本成为历史版本。"))
    return ask(
        request,
        record,
        Question("publish", _("现在公开？"), _("公开"), _("已公开。"), act, consequences=told),
    )


@work_page("GET", "POST")
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        given = form.cleaned_data
        schedule_version(by=staff, record=record, at=given["publish_at"], seen=given["seen"])

    at = record.working.publish_at if record.working else None
    question = Question(
        "schedule",
        _("定时公开"),
        _("保存"),
        _("公开时间已保存。"),
        act,
        ScheduleForm,
        _of_the_time(record),
        {"publish_at": timezone.localtime(at) if at else None},
    )
    return ask(request, record, question)


def _of_the_time(record: Record) -> list[str]:
    """What setting a time brings about, and what would still stand in its way then."""
    told = [_("到了时间自动公开；那时审查还没有全部通过的，通过后再公开。")]
    held = why_held(list(record.gates.order_by("id")))
    if held:
        told.append(_("注意：现在还不能公开，到时仍是这样的，不会公开。%(why)s") % {"why": held})
    return told


@work_page("GET", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        given = form.cleaned_data
        withdraw_record(
            by=staff,
            record=record,
            reason=given["reason"],
            decisions=form.decisions(),
            seen=given["seen"],
        )

    others = affected(record)

    def made(*data: Any, **options: Any) -> WithdrawForm:
        return WithdrawForm(*data, others=others, by=record.pk, **options)

    told = [
        _("内容和附件立即从公开页面撤下，原地址只显示索引号、撤回日期和您写的理由。"),
        _("理由公众看得到：请勿写个人信息或者涉密内容。"),
        *_counted(record, _("年度报告中规章、规范性文件的数字随之减少。")),
        _("要重新公开，须另起新版本，经过全部审查环节。"),
    ]
    question = Question(
        "withdraw", _("撤回这条信息？"), _("撤回"), _("已撤回。"), act, made, told, is_danger=True
    )
    return ask(request, record, question)


@work_page("GET", "POST")
def repeal(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        given = form.cleaned_data
        if given["on"] is None:
            raise WorkError("on_missing", _("请填写废止日期。"), "Give the day.", field="on")
        typed, source = given["source"].strip(), None
        if typed:
            source = one_named(record.organ, typed, field="source", but=record)
        repeal_record(
            by=staff, record=record, on=given["on"], basis=given["basis"], source=source, seen=given["seen"]
        )

    told = [
        _("页面上立即显示废止标志，注明依据和日期；内容仍可查阅。"),
        *_counted(record, _("年度报告：废止数加一，现行有效数减一（按废止日期所在年度）。")),
    ]
    initial = {"on": timezone.localdate()}
    question = Question(
        "repeal",
        _("标注废止？"),
        _("标注废止"),
        _("已标注废止，页面和统计数据已更新。"),
        act,
        RepealForm,
        told,
        initial,
    )
    return ask(request, record, question)


@work_page("GET", "POST")
def undo_repeal(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)

    def act(form: Any) -> None:
        undo_repeal_of(
            by=staff, record=record, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        )

    told = [
        _("页面上的废止标志取消，恢复为废止之前的有效性。"),
        *_counted(record, _("年度报告中的废止数和现行有效数随之更正。")),
        _("标注和更正都保留在操作记录中。"),
    ]
    done = _("废止标注已更正。")
    return ask(
        request, record, Question("undo_repeal", _("更正废止标注？"), _("更正"), done, act, ReasonForm, told)
    )


def _counted(record: Record, words: str) -> list[str]:
    """What is said of the figures, of the kinds that table 2 counts."""
    return [words] if record_kind(record.kind).counted else []
