"""The information processing fee of a case: reckoned, asked for, paid, lapsed (FEE.3 to FEE.6)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.statute.clock import Event, EventKind
from gongkai.statute.fees import Fee, FeeBasis
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.look.pieces import Action, Fact
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests.actions.charging import fee_of, reckon_fee, take_payment
from gongkai.web.requests.forms.charging import FeeForm, PaymentForm
from gongkai.web.requests.models import Case, FeeNotice
from gongkai.web.requests.permissions import may_read, may_work
from gongkai.web.requests.queries.alike import month_of
from gongkai.web.requests.stands import calendar_of, clock_from, events_of
from gongkai.web.requests.steps import judged
from gongkai.web.requests.views.letter_words import letter_state
from gongkai.web.requests.views.working import (
    PLACE,
    Question,
    address,
    ask,
    back_to,
    case_for,
    day_needed,
    fresh,
    reason_words,
)


@work_page("GET")
def fee(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked for and what was paid. At most 10 queries."""
    case = case_for(request, pk, may_read)
    row = FeeNotice.objects.filter(case=case).first()
    works = may_work(staff_of(request), case)
    letter = case.letters.filter(kind="fee-notice", is_dropped=False).order_by("-pk").first()
    context = {
        "title": _("信息处理费"),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "facts": [*_volume(case), *(_asked_for(case, row) if row is not None else [])],
        "words": ""
        if row is not None
        else _(
            "没有核算信息处理费。申请公开政府信息不收费；数量、频次明显超过合理范围的，才可以收取（《条例》第四十二条）。"
        ),
        "next_steps": _next(case, row, letter) if works else [],
        "notice": f"{letter_state(letter).words}" if letter is not None else "",
    }
    return fresh(request, "requests/decisions/fee.html", context)


def _volume(case: Case) -> list[Fact]:
    month = month_of(case)
    return [
        Fact(_("该申请人本月此前的申请"), _("%(n)s 件") % {"n": month.items_before}),
        Fact(_("该申请人本月全部申请"), _("%(n)s 件") % {"n": month.volume}),
    ]


def _asked_for(case: Case, row: FeeNotice) -> list[Fact]:
    basis = FeeBasis(row.basis)
    left = row.amount - row.paid
    return [
        Fact(_("计收方式"), _("按件") if basis is FeeBasis.ITEM else _("按量（页）")),
        Fact(_("件数或者页数"), row.count),
        Fact(_("金额"), _("%(n)s 元") % {"n": row.amount}),
        Fact(_("计算过程"), fee_words(case, str(row.basis), int(row.count)), wide=True),
        Fact(_("通知日期"), row.notified_on),
        Fact(_("已缴"), _("%(n)s 元") % {"n": row.paid}),
        Fact(_("未缴"), _("%(n)s 元") % {"n": left}),
        Fact(_("缴清日期"), row.paid_on),
        Fact(_("财政票据号"), row.receipt_number),
    ]


def fee_words(case: Case, basis: str, count: int) -> str:
    """How an amount comes about; "" where it cannot be reckoned any more."""
    try:
        found: Fee = fee_of(case, basis, count)
    except WorkError:
        return ""
    return found.en if language() == "en" else found.zh


def _next(case: Case, row: FeeNotice | None, letter: Any) -> list[Action]:
    closed = _("申请已经办结。") if case.is_closed else ""
    told = row is not None and row.notified_on is not None
    why = closed or (_("收费通知已经发出，金额不能再改。") if told else "")
    steps = [_or_why(_("核算费用"), address("fee_reckon", case.pk), why, row is None)]
    if row is None:
        return steps
    to = address("letter", case.pk, letter.pk) if letter else address("letter_new", case.pk, "fee-notice")
    steps.append(_or_why(_("收费通知书"), to, "", not told))
    why = "" if told else _("没有发出过收费通知。")
    if told and row.paid >= row.amount:
        why = _("已经缴清。")
    steps.append(_or_why(_("记录缴费"), address("fee_paid", case.pk), why or closed, told))
    events = events_of(case)
    lapse = judged(
        case, Event(EventKind.FEE_LAPSED, clock.today()), events, clock_from(events, calendar_of(case))
    )
    why = (
        ""
        if lapse.is_lawful
        else reason_words(lapse.against[0].zh, lapse.against[0].en, lapse.against[0].rule)
    )
    steps.append(
        _or_why(_("逾期不缴费，不再处理"), address("step", case.pk, EventKind.FEE_LAPSED.value), why)
    )
    return steps


def _or_why(words: str, to: str, why: str, is_main: bool = False) -> Action:
    return Action(words, "" if why else to, reason=why, style="main" if is_main and not why else "second")


@work_page("GET", "POST")
def fee_reckon(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    before = month_of(case).items_before

    def act(form: Any) -> FeeNotice:
        return reckon_fee(
            by=staff_of(request),
            case=case,
            basis=form.cleaned_data.get("basis") or "",
            count=form.number(),
            seen=form.cleaned_data.get("seen"),
        )

    question = Question(
        title=_("核算信息处理费"),
        confirm=_("核算"),
        done=_("已核算。下一步：拟写收费通知书。"),
        act=act,
        form=FeeForm,
        facts=_volume(case),
        consequences=[
            _("一件申请只能按件或者按量一种方式计收。"),
            _("按件：同一申请人同一自然月内累计，本件从第 %(n)s 件算起。") % {"n": before + 1},
            _("按量：只计算本件申请提供的页数，不与其他申请累计。"),
            _("收费通知送出前期限照常计算；送出后停止计算，缴清次日重新计算。"),
        ],
        then=lambda _made: address("fee", case.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def fee_paid(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    row = FeeNotice.objects.filter(case=case).first()
    left = row.amount - row.paid if row is not None else 0

    def act(form: Any) -> Case:
        return take_payment(
            by=staff_of(request),
            case=case,
            amount=form.yuan(),
            on=day_needed(form),
            receipt_number=form.cleaned_data.get("receipt_number") or "",
            seen=form.cleaned_data.get("seen"),
        )

    question = Question(
        title=_("记录缴费"),
        confirm=_("记录"),
        done=_("已记录缴费。"),
        act=act,
        form=PaymentForm,
        facts=[Fact(_("未缴"), _("%(n)s 元") % {"n": left})],
        consequences=[_("缴清以后，答复期限从次日起重新计算；只缴一部分的，期限不变。")],
        initial={"amount": str(left) if left else ""},
        then=lambda _made: address("fee", case.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)
