"""Intake by staff: writing down, the day that counts (REG.31) as a step of its own, the receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongkai.statute.calendar import national
from gongkai.statute.clock import Event, EventKind, Receipt
from gongkai.statute.clock import receipt as receipt_by_law
from gongkai.statute.errors import StatuteError
from gongkai.web.annual_reports.uploads import refused as put_aside
from gongkai.web.config import clock
from gongkai.web.config.sealing import Unreadable, seal, unseal
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Action, Fact, Tab
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests import staging
from gongkai.web.requests.actions.inside import write_note
from gongkai.web.requests.actions.receiving import (
    STATUTE_CHANNELS,
    Acknowledged,
    Sent,
    confirm_receipt,
)
from gongkai.web.requests.actions.receiving import register as register_case
from gongkai.web.requests.asked import check
from gongkai.web.requests.forms.registering import (
    ConfirmForm,
    ReceiptForm,
    RegisterForm,
    Written,
    opened,
    sealed,
    values_in,
)
from gongkai.web.requests.models import Case, Channel, FileKind
from gongkai.web.requests.permissions import may_register
from gongkai.web.requests.printing import labels_sheet, sheet_start
from gongkai.web.requests.settled import settled
from gongkai.web.requests.stands import clock_from
from gongkai.web.requests.views.request_form import REQUEST_GROUPS, grouped, number_caution, warn_of_number
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
    day_needed,
    faults_of,
    fresh,
    seen_case,
    to_save,
)

_HANDED = "handed_over"  # in the session, sealed: the codes of the cases registered last
_MOST_HANDED = 20


@work_page("GET", "POST")
def register(request: HttpRequest) -> HttpResponse:
    """Writing down, then the day that counts, then the number."""
    staff = staff_of(request)
    organ = organ_to(request, may_register)
    units = list(Unit.objects.filter(organ=organ, is_active=True))
    do = request.POST.get("do", "")
    if request.method == "POST" and do in ("save", "count", "back"):
        written = opened(request.POST.get("state", ""), staff, organ)
        if written is None:
            form = RegisterForm(initial={"arrived_on": clock.today()}, units=units)
            messages.error(request, _("填写的内容已失效，请重新填写。"))
            return _form_page(request, organ, form, (), REFUSED)
        if do == "back":
            return _form_page(request, organ, _again(written, units, staff, organ), written.files)
        return _confirmed(request, staff, organ, units, written)
    if request.method == "POST":
        return _written_down(request, staff, organ, units)
    initial = {
        "arrived_on": clock.today(),
        "kind": "information",
        "wanted_form": "any",
        **given_back(request),
    }
    return _form_page(request, organ, RegisterForm(initial=initial, units=units), ())


def _written_down(request: HttpRequest, staff: Staff, organ: Organ, units: Sequence[Unit]) -> HttpResponse:
    """The first step: what is wrong is told, what was uploaded stays."""
    form = RegisterForm(request.POST, request.FILES, units=units)
    _is_right(form)
    before = opened(request.POST.get("state", ""), staff, organ)
    dropped = set(request.POST.getlist("drop"))
    files = [one for one in (before.files if before else ()) if one.token not in dropped]
    files += _staged(request, form, len(files))
    written = Written(values_in(form), tuple(files))
    if form.errors:
        form.data = {**_data(form), "state": sealed(written, staff, organ)}
        return _form_page(request, organ, form, written.files, REFUSED)
    return _receipt_page(
        request, organ, written, ReceiptForm(initial={"state": sealed(written, staff, organ)})
    )


def _data(form: RegisterForm) -> dict[str, Any]:
    """What was sent, to be shown again: boxes ticked keep all their values."""
    sent: Any = form.data
    return {name: sent.getlist(name) if name == "reply_ways" else sent.get(name) for name in sent}


def _staged(request: HttpRequest, form: RegisterForm, there: int) -> list[staging.Kept]:
    """The files just uploaded that may be taken; of the others the form says which and why not. `there`: how
    many were taken before."""
    told: list[staging.Kept] = []
    most = int(settled()["files"]["most_files"])
    kinds = {"files": (FileKind.REQUEST, staging.ALL), "proofs": (FileKind.IDENTITY, staging.PROOFS)}
    for name, (kind, types) in kinds.items():
        for file in form.cleaned_data.get(name) or ():
            if there + len(told) >= most:
                shown = staging.clean_name(file.name or "")
                zh = f"“{shown}”没有收下：一件申请最多附 {most} 个文件，其余的登记后再加入。"
                en = f"{shown} was not taken: at most {most} files. Add the others afterwards."
                form.add_error(name, en if language() == "en" else zh)
                continue
            try:
                told.append(staging.stage(kind.value, staging.looked_at(file.name or "", file.read(), types)))
            except WorkError as refused:
                form.add_error(name, refused.message(language()))
    for sent, problem in put_aside(request):  # last: an error takes the field from what was read
        form.add_error("files", staging.put_aside(sent, problem.code).message(language()))
    return told


def _is_right(form: RegisterForm) -> bool:
    """Whether what is written down can be taken; if not, the form tells why."""
    if form.is_valid():
        for fault in _faults(form):
            tell(form, fault)
    return not form.errors


def _faults(form: RegisterForm) -> list[WorkError]:
    faults = list(check(form.asked(), by_staff=True, today=clock.today()).faults)
    day = form.cleaned_data.get("arrived_on")
    if day is None:
        faults.append(
            WorkError("arrived_on_missing", "请填写到达日期。", "Give the day.", field="arrived_on")
        )
    elif day > clock.today():
        zh = f"到达日期 {day} 在今天（{clock.today()}）之后，请核对。"
        faults.append(WorkError("arrived_on_future", zh, f"{day} is in the future.", field="arrived_on"))
    if not form.cleaned_data.get("channel"):
        faults.append(
            WorkError("channel_missing", "请选择提交渠道。", "Choose the channel.", field="channel")
        )
    if form.cleaned_data.get("is_oral") and form.cleaned_data.get("channel") != Channel.IN_PERSON:
        zh = "口头提出的，提交渠道选“当面提交”。"
        faults.append(WorkError("oral_in_person", zh, "An oral request is made in person.", field="channel"))
    return faults


def _again(written: Written, units: Sequence[Unit], staff: Staff, organ: Organ) -> RegisterForm:
    return RegisterForm(initial={**written.values, "state": sealed(written, staff, organ)}, units=units)


def _form_page(
    request: HttpRequest, organ: Organ, form: RegisterForm, files: Sequence[staging.Kept], status: int = 200
) -> HttpResponse:
    warn_of_number(form, form.data if form.is_bound else form.initial)
    groups = {**REQUEST_GROUPS, gettext_lazy("材料和分办"): ("files", "proofs", "unit")}
    context = {
        "title": _("登记申请"),
        "lead": _("%(organ)s：对收到的申请不能以缺少某项为由不收，缺什么以后用补正通知书一次告知。")
        % {"organ": organ.name},
        "back": Tab(_("依申请公开"), address_of("cases", organ)),
        "place": PLACE,
        "form": form,
        "field_groups": grouped(form, groups),
        "files": files,
        "submit_words": _("下一步：确认收到申请之日"),
        "cancel_address": address_of("cases", organ),
    }
    return fresh(request, "requests/work/register.html", context, status)


def _confirmed(
    request: HttpRequest, staff: Staff, organ: Organ, units: Sequence[Unit], written: Written
) -> HttpResponse:
    """The second step: reckoned again with the day given, or saved."""
    filled = RegisterForm({**written.values}, units=units)
    if not _is_right(filled):  # a state that a refused page carried, or a day since which the clock went back
        filled.data = {**filled.data, "state": sealed(written, staff, organ)}
        return _form_page(request, organ, filled, written.files, REFUSED)
    form = ReceiptForm(request.POST)
    confirmed = form.cleaned_data.get("confirmed_on") if form.is_valid() else None
    if not form.is_valid() or request.POST.get("do") != "save":
        return _receipt_page(request, organ, written, form, REFUSED if form.errors else 200)
    if warn_of_number(form, {**written.values, "number_seen": form.cleaned_data.get("number_seen")}):
        return _receipt_page(request, organ, written, form, REFUSED)
    try:
        made = _registered(staff, organ, filled, written, confirmed)
    except NotAllowed:
        raise
    except WorkError as refused:
        if all(one.field in form.fields for one in faults_of(refused)):
            tell(form, refused)
            return _receipt_page(request, organ, written, form, REFUSED)
        tell(filled, refused)
        filled.data = {**filled.data, "state": sealed(written, staff, organ)}
        return _form_page(request, organ, filled, written.files, REFUSED)
    _hand_over(request, made)
    for one in written.files:
        staging.drop(one)
    messages.success(request, _("已登记，编号 %(number)s。") % {"number": made.case.number})
    return HttpResponseRedirect(address("receipt", made.case.pk))


@transaction.atomic
def _registered(
    staff: Staff, organ: Organ, form: RegisterForm, written: Written, confirmed: dt.date | None
) -> Acknowledged:
    """Number, request, files; and of an oral one that it was written down (REG.29.1)."""
    given = form.cleaned_data
    made = register_case(
        by=staff,
        organ=organ,
        asked=form.asked(),
        channel=str(given.get("channel") or ""),
        arrived_on=given["arrived_on"],
        confirmed_on=confirmed,
        files=[Sent(one.name, staging.take(one), one.media_type, one.kind) for one in written.files],
        unit=next((one for one in form.units if str(one.pk) == given.get("unit")), None),
        post_number=str(given.get("post_number") or ""),
    )
    if given.get("is_oral"):
        words = f"申请人口头提出，由{staff.name}代为填写，并向申请人宣读、由其确认。"
        write_note(by=staff, case=made.case, words=words)
    return made


def _receipt_page(
    request: HttpRequest, organ: Organ, written: Written, form: ReceiptForm, status: int = 200
) -> HttpResponse:
    """Which day counts and why, and the last day that follows from it."""
    given = written.values
    arrived = dt.date.fromisoformat(str(given["arrived_on"]))
    confirmed = form.cleaned_data.get("confirmed_on") if form.is_bound and form.is_valid() else None
    channel = Channel(str(given["channel"]))
    if channel in (Channel.IN_PERSON, Channel.SIGNED_POST):
        del form.fields["confirmed_on"]
        confirmed = None
    caution = number_caution(given)
    if not caution:
        form.fields.pop("number_seen", None)
    told: dict[str, Any] = {}
    wrong = ""
    try:
        told = _told_receipt(receipt_by_law(STATUTE_CHANNELS[channel], arrived, confirmed))
    except StatuteError as refused:
        wrong = refused.en if language() == "en" else refused.zh
    context = {
        "title": _("确认收到申请之日"),
        "place": PLACE,
        "form": form,
        "wrong": wrong,
        "caution": caution,
        "facts": [
            Fact(_("提交渠道"), channel.label),
            Fact(_("到达日期"), arrived),
            Fact(_("附件"), ngettext("%(n)s 个", "%(n)s 个", len(written.files)) % {"n": len(written.files)}),
            Fact(_("所需政府信息"), given.get("words", ""), wide=True),
        ],
        "needs_day": "confirmed_on" in form.fields,
        **told,
    }
    return fresh(request, "requests/work/receipt_day.html", context, status)


def _told_receipt(told: Receipt) -> dict[str, Any]:
    """The day of receipt in words, what is amiss with it, and the last day for the reply."""
    english = language() == "en"
    due = None
    if told.on is not None:
        reckoned = clock_from([Event(EventKind.RECEIVED, told.on)], national())
        due = reckoned.due.date if reckoned and reckoned.due else None
    return {
        "received_on": told.on,
        "why": told.en if english else told.zh,
        "cautions": [en if english else zh for zh, en in told.faults],
        "due_on": due,
    }


def _hand_over(request: HttpRequest, made: Acknowledged) -> None:
    """Keep the code for the receipt's page in this sign-in alone, sealed: the database has its index only."""
    kept = dict(request.session.get(_HANDED, {}))
    kept[str(made.case.pk)] = seal(made.code, _code_place(made.case, staff_of(request)))
    request.session[_HANDED] = dict(list(kept.items())[-_MOST_HANDED:])


def _code_place(case: Case, staff: Staff) -> str:
    return f"requests.code:{case.pk}:{staff.pk}"


@work_page("GET")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and code to hand over, to be printed. The code is shown to who registered, in that sign-in."""
    case = seen_case(request, pk)
    staff = staff_of(request)
    try:
        code = unseal(request.session.get(_HANDED, {}).get(str(case.pk), ""), _code_place(case, staff))
    except Unreadable:
        code = ""
    facts = [
        Fact(_("编号"), case.number),
        Fact(_("查询码"), code) if code else None,
        Fact(_("受理机关"), case.organ.name),
        Fact(_("申请事项"), case.subject, wide=True),
        Fact(_("提交渠道"), Channel(case.channel).label),
        Fact(_("到达日期"), case.arrived_on),
        Fact(_("收到申请之日"), case.received_on or _("待确认")),
        Fact(_("答复期限"), case.due_on) if case.due_on else None,
    ]
    context = {
        "title": _("登记回执"),
        "back": back_to(case),
        "place": PLACE,
        "facts": [one for one in facts if one is not None],
        "code": code,
        "case": case,
        "registrar": staff.name,
        "printed_on": clock.today(),
        "actions": [Action(_("打印案卷标签"), address("label", case.pk))],
        "next": address_of("register", case.organ) if may_register(staff, case.organ) else "",
    }
    return fresh(request, "requests/work/receipt.html", context)


@work_page("GET")
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """A label with a barcode for the paper file: number, subject, dates; nobody's name. `skipped`: how many
    labels of the sheet are used up."""
    case = seen_case(request, pk)
    content = labels_sheet([case], sheet_start(request.GET.get("skipped", "")))
    return to_save(content, f"案卷标签{case.number}.pdf", "application/pdf")


@work_page("GET", "POST")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for it is confirmed as received: from then its period runs (REG.31)."""
    case = case_for(request, pk, may_register)
    if case.received_on is not None and request.method != "POST":
        messages.info(request, _("收到申请之日已经确定为 %(day)s。") % {"day": case.received_on})
        return HttpResponseRedirect(case_address(case))
    today = clock.today()
    told = receipt_by_law(
        STATUTE_CHANNELS[Channel(case.channel)], case.arrived_on, max(today, case.arrived_on)
    )
    shown = _told_receipt(told)
    consequences = [str(shown["why"])]
    if shown["due_on"]:
        due = {"day": told.on, "due": shown["due_on"]}
        consequences.append(_("%(day)s 确认的，答复期限到 %(due)s 届满。") % due)
    consequences += shown["cautions"]
    question = Question(
        title=_("确认收到申请"),
        lead=_("确认之日起计算答复期限（二十个工作日，从次日起算）。"),
        confirm=_("确认收到"),
        done=_("已确认收到，期限开始计算。"),
        form=ConfirmForm,
        act=lambda form: confirm_receipt(
            by=staff_of(request), case=case, on=day_needed(form), seen=form.cleaned_data["seen"]
        ),
        facts=[Fact(_("提交渠道"), Channel(case.channel).label), Fact(_("到达日期"), case.arrived_on)],
        consequences=consequences,
        initial={"on": today},
    )
    return ask(request, case, question)
