"""A case in plain words for its requester: the time line, the day of the reply and how it came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from gongkai.statute.clock import Event, EventKind
from gongkai.statute.letters import kind as letter_kind
from gongkai.web.config import clock
from gongkai.web.look.pieces import Step
from gongkai.web.look.templatetags.look import day, working_days_in_words
from gongkai.web.requests.models import Channel, Stands
from gongkai.web.requests.queries.citizens import OwnCase, reply_words
from gongkai.web.requests.remedies_of import office_of
from gongkai.web.requests.steps import judged
from gongkai.web.requests.views.citizens_words import read_back, remedies_explained

_OPEN = frozenset({Stands.RUNNING, Stands.CONSULTING, Stands.OVERDUE, Stands.DECIDED})
_WAITS = frozenset({Stands.AWAITING_SUPPLEMENT, Stands.AWAITING_PAYMENT})


def shown(own: OwnCase, lang: str) -> dict[str, Any]:
    """The context of status.html."""
    told = own.clock
    return {
        "own": own,
        "stands": own.stands,
        "state_words": state_words(own.stands, own.has_answered_fee),
        "lead": _lead(own),
        "due": told.due.date if told is not None and told.due and own.stands in _OPEN else None,
        "latest": _latest(own),
        "left_words": working_days_in_words(told.left)
        if told is not None and told.left is not None and own.stands in _OPEN
        else "",
        "is_provisional": bool(told is not None and told.provisional),
        "explanation": [one.en if lang == "en" else one.zh for one in told.explanation] if told else (),
        "steps": list(_steps(own)),
        "can_supplement": own.stands == Stands.AWAITING_SUPPLEMENT,
        "awaited_until": told.awaited_until if told is not None else None,
        "fee": own.fee if own.stands == Stands.AWAITING_PAYMENT else None,
        "payment": office_of(own.case.organ).payment if own.stands == Stands.AWAITING_PAYMENT else "",
        "can_withdraw": _can_withdraw(own),
        "letters": list(_letters(own, lang)),
        "reply": reply_words(own.decision, lang) if own.decision is not None else "",
        "last_days": own.last_days,
        "last_days_explained": remedies_explained(own.last_days, lang) if own.last_days else (),
        "parts": "、".join(one.number for one in own.parts),
        "today": clock.today(),
        **read_back(own),
    }


def state_words(stands: str, has_answered_fee: bool = False) -> str:
    """Where a request stands, in plain words. `has_answered_fee`: a proof is with the office already."""
    if has_answered_fee:
        return _("已收到您的缴费凭证或者说明，等待机关核对到账")
    return {
        Stands.UNCONFIRMED: _("已提交，等待机关确认收到"),
        Stands.RUNNING: _("正在办理"),
        Stands.CONSULTING: _("正在征求意见"),
        Stands.AWAITING_SUPPLEMENT: _("需要您补正"),
        Stands.AWAITING_PAYMENT: _("需要您缴费"),
        Stands.OVERDUE: _("已超过答复期限"),
        Stands.DECIDED: _("正在送达答复"),
        Stands.SERVED: _("已经答复"),
        Stands.ABANDONED: _("不再处理"),
        Stands.WITHDRAWN: _("已撤回"),
        Stands.MERGED: _("已与您的另一件申请合并办理"),
    }[Stands(stands)]


def _lead(own: OwnCase) -> str:
    """What it means, and what is to be done, if anything."""
    if own.has_answered_fee:
        return _(
            "机关核对到账后，答复期限重新计算。还没有缴清的，仍应在期限内缴清；逾期不缴的，视为放弃申请。"
        )
    return {
        Stands.UNCONFIRMED: _(
            "机关会用您留的电话等联系方式与您确认收到，请留意来电。双方确认之日为收到申请之日，"
            "答复期限从次日起算；确认以前期限不起算（条例第三十一条）。"
        ),
        Stands.CONSULTING: _("征求意见所需时间不计算在答复期限内（条例第三十三条）。"),
        Stands.AWAITING_SUPPLEMENT: _(
            "请按下面的要求补正。收到补正后，答复期限重新计算。"
            "没有正当理由逾期不补正的，视为放弃申请，机关不再处理（条例第三十条）。"
        ),
        Stands.AWAITING_PAYMENT: _(
            "请按收费通知书缴纳信息处理费。缴清后，答复期限重新计算。逾期不缴的，视为放弃申请。"
        ),
        Stands.OVERDUE: _(
            "机关没有在期限内答复。您可以依法申请行政复议、提起行政诉讼，或者向主管部门投诉举报。"
        ),
        Stands.ABANDONED: _("到期没有补正或者缴费，视为放弃申请。需要时可以重新申请。"),
    }.get(Stands(own.stands), "")


def _latest(own: OwnCase) -> Any:
    told = own.clock
    if told is None or told.due_at_latest is None or told.due is None or own.stands != Stands.CONSULTING:
        return None
    return told.due_at_latest.date if told.due_at_latest.date > told.due.date else None


def _can_withdraw(own: OwnCase) -> bool:
    if own.case.is_closed:
        return False
    return judged(own.case, Event(EventKind.WITHDRAWN, clock.today()), list(own.steps), own.clock).is_lawful


def _steps(own: OwnCase) -> Iterator[Step]:
    """What was done, what is being done, what is still to come. Of the others only that they were asked."""
    told_once: set[str] = set()
    case = own.case
    if not own.events or case.channel in (Channel.WEB, Channel.EMAIL, Channel.FAX, Channel.ORDINARY_POST):
        yield Step(_("您提交了申请"), at=case.submitted_at if case.taken_by_id is None else case.arrived_on)
    for event in own.steps:
        words, is_once = _step_words().get(event.kind, ("", False))
        if not words or (is_once and words in told_once):
            continue
        told_once.add(words)
        yield Step(words, at=event.on, reason=_step_reason(event))
    if own.stands == Stands.UNCONFIRMED:
        yield Step(_("机关确认收到"), "now", reason=_("机关用电话等方式与您确认。"))
        yield Step(_("答复"), "ahead")
    elif own.stands in _OPEN:
        yield Step(state_words(own.stands), "now")
        yield Step(_("答复"), "ahead", reason=_due_words(own))
    elif own.has_answered_fee:
        yield Step(_("您提交了缴费凭证或者说明"), at=own.sent[-1].added_at)
        yield Step(_("等待机关核对到账"), "now", reason=_until_words(own))
        yield Step(_("答复"), "ahead")
    elif own.stands in _WAITS:
        waits = _("等待您补正") if own.stands == Stands.AWAITING_SUPPLEMENT else _("等待您缴费")
        yield Step(waits, "now", reason=_until_words(own))
        yield Step(_("答复"), "ahead")


def _step_words() -> dict[EventKind, tuple[str, bool]]:
    """Words of an event, and whether several of them are told as one."""
    return {
        EventKind.RECEIVED: (_("机关收到申请"), False),
        EventKind.SUPPLEMENT_ASKED: (_("已通知您补正"), False),
        EventKind.SUPPLEMENT_RECEIVED: (_("收到您的补正"), False),
        EventKind.SUPPLEMENT_LAPSED: (_("到期没有补正，不再处理"), False),
        EventKind.THIRD_PARTY_ASKED: (_("书面征求第三方意见"), True),
        EventKind.CO_MAKER_ASKED: (_("征求其他机关意见"), True),
        EventKind.ORGAN_ASKED: (_("征求其他机关意见"), True),
        EventKind.EXTENSION_NOTIFIED: (_("告知延期答复"), False),
        EventKind.LATER_DATE_AGREED: (_("确定并告知合理期限"), False),
        EventKind.FEE_NOTIFIED: (_("已通知您缴纳信息处理费"), False),
        EventKind.FEE_PAID: (_("信息处理费已缴清"), False),
        EventKind.FEE_LAPSED: (_("到期没有缴费，不再处理"), False),
        EventKind.WITHDRAWN: (_("您撤回了申请"), False),
        EventKind.SERVED: (_("送达答复"), False),
    }


def _step_reason(event: Event) -> str:
    if event.kind in (EventKind.SUPPLEMENT_ASKED, EventKind.LATER_DATE_AGREED) and event.until:
        return _("期限至%(day)s") % {"day": _plain_day(event.until)}
    if event.kind in (EventKind.THIRD_PARTY_ASKED, EventKind.CO_MAKER_ASKED, EventKind.ORGAN_ASKED):
        return _("征求意见所需时间不计算在答复期限内。")
    return ""


def _due_words(own: OwnCase) -> str:
    told = own.clock
    if told is None or told.due is None:
        return ""
    return _("应当在%(day)s前答复") % {"day": _plain_day(told.due.date)}


def _until_words(own: OwnCase) -> str:
    told = own.clock
    if told is None or told.awaited_until is None:
        return ""
    return _("期限至%(day)s") % {"day": _plain_day(told.awaited_until)}


def _plain_day(value: Any) -> str:
    return strip_tags(str(day(value)))


def _letters(own: OwnCase, lang: str) -> Iterator[dict[str, Any]]:
    for one in own.letters:
        kind = letter_kind(one.kind)
        served = max((each.served_on for each in one.services.all() if each.served_on), default=None)
        yield {
            "uid": str(one.uid),
            "title": kind.en if lang == "en" else kind.title,
            "number": one.number,
            "served_on": served,
            "has_file": one.pdf_id is not None,
        }
