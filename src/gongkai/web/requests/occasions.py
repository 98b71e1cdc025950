"""Steps for which there is no occasion now, and why, said as plainly as a colleague would say it.

The clock speaks of what was written down, and is silent on a fact that has no effect. What is over, done
already, or lacks what comes before it is told here; the rest the clock is asked (`steps.py`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple

from gongkai.statute.clock import Clock, Event, EventKind
from gongkai.web.requests.models import Stands


class Reason(NamedTuple):
    """Why a step is not lawful, or what is to be known of it. `rule`: the article."""

    code: str
    rule: str
    zh: str
    en: str


CONSULTING = {
    EventKind.THIRD_PARTY_ASKED: "third-party",
    EventKind.CO_MAKER_ASKED: "co-maker",
    EventKind.ORGAN_ASKED: "organ",
}
# Each begins something that is open until one of the others ends it.
REACHED = {
    EventKind.THIRD_PARTY_REACHED: EventKind.THIRD_PARTY_ASKED,
    EventKind.CO_MAKER_REACHED: EventKind.CO_MAKER_ASKED,
    EventKind.ORGAN_REACHED: EventKind.ORGAN_ASKED,
}
ANSWERED = {
    EventKind.THIRD_PARTY_ANSWERED: EventKind.THIRD_PARTY_ASKED,
    EventKind.THIRD_PARTY_LAPSED: EventKind.THIRD_PARTY_ASKED,
    EventKind.CO_MAKER_ANSWERED: EventKind.CO_MAKER_ASKED,
    EventKind.CO_MAKER_SILENT: EventKind.CO_MAKER_ASKED,
    EventKind.ORGAN_ANSWERED: EventKind.ORGAN_ASKED,
}
# Whose opinion it is, with the article.
_WHOSE = {
    EventKind.THIRD_PARTY_ASKED: ("REG.32", "第三方", "third party"),
    EventKind.CO_MAKER_ASKED: ("REG.34", "共同制作机关", "co-making organ"),
    EventKind.ORGAN_ASKED: ("REG.33.3", "其他机关", "other organ"),
}
# What has no occasion without another before it: told as what is lacking, not as a slip in the record.
_NEEDS = {
    **{
        kind: (
            EventKind.SUPPLEMENT_ASKED,
            Reason(code, "REG.30", "还没有发出补正通知。", "No notice to supplement was sent."),
        )
        for kind, code in (
            (EventKind.SUPPLEMENT_RECEIVED, "supplement_unasked"),
            (EventKind.SUPPLEMENT_LAPSED, "lapse_without_notice"),
        )
    },
    EventKind.EXTENSION_NOTIFIED: (
        EventKind.EXTENSION_APPROVED,
        Reason(
            "extension_unapproved",
            "REG.33.2",
            "公开工作机构负责人还没有同意延期，告知了也不生效。",
            "The head of the disclosure office has not approved an extension: telling has no effect.",
        ),
    ),
    **{
        kind: (
            EventKind.FEE_NOTIFIED,
            Reason(code, "FEE.6", "还没有发出收费通知。", "No fee notice was sent."),
        )
        for kind, code in (
            (EventKind.FEE_REACHED, "fee_reached_without_notice"),
            (EventKind.FEE_PAID, "paid_without_notice"),
            (EventKind.FEE_LAPSED, "lapse_without_fee_notice"),
        )
    },
}
# What belongs before the decision. An extension approved by then is still told: the reply has not gone out.
_BEFORE_THE_DECISION = frozenset(
    {
        EventKind.SUPPLEMENT_ASKED,
        *CONSULTING,
        EventKind.EXTENSION_APPROVED,
        EventKind.LATER_DATE_AGREED,
        EventKind.FEE_NOTIFIED,
    }
)


class _Once(NamedTuple):
    """What has taken effect once ends the occasion for a step. `effect`: of `Clock.steps`; "": any."""

    kind: EventKind
    effect: str
    code: str
    rule: str
    zh: str
    en: str


_ASKED_TO_SUPPLEMENT = _Once(
    EventKind.SUPPLEMENT_ASKED,
    "",
    "supplement_asked_twice",
    "REG.30",
    "已于 {on} 要求补正：需要补正的内容应一次性告知，不能再次要求补正。",
    "A supplement was asked for on {on}: there may be one notice only.",
)
_SUPPLEMENTED = _Once(
    EventKind.SUPPLEMENT_RECEIVED,
    "restarted",
    "supplemented_already",
    "REG.30",
    "补正后的申请已于 {on} 收到，期限已经重新计算。",
    "The supplemented request came on {on}, and the period began again.",
)
_EXTENDED = _Once(
    EventKind.EXTENSION_NOTIFIED,
    "extended",
    "extended_twice",
    "REG.33.2",
    "已于 {on} 告知延期：答复期限只能延长一次。",
    "The requester was told of an extension on {on}: there is one only.",
)
_APPROVED = _Once(
    EventKind.EXTENSION_APPROVED,
    "noted",
    "extended_twice",
    "REG.33.2",
    "已于 {on} 批准延期：答复期限只能延长一次。",
    "An extension was approved on {on}: there is one only.",
)
_FEE_TOLD = _Once(
    EventKind.FEE_NOTIFIED,
    "waiting",
    "fee_notified_twice",
    "FEE.6",
    "已于 {on} 发出收费通知，同一申请只通知一次。",
    "A fee notice was sent on {on}: there is one for a request.",
)
_FEE_HAD = _Once(
    EventKind.FEE_REACHED,
    "noted",
    "reached_already",
    "FEE.6",
    "申请人已于 {on} 收到收费通知。",
    "The requester had the fee notice on {on}.",
)
_PAID = _Once(
    EventKind.FEE_PAID, "", "paid_already", "FEE.6", "信息处理费已于 {on} 缴清。", "The fee was paid on {on}."
)
_ONCE = {
    EventKind.SUPPLEMENT_ASKED: (_ASKED_TO_SUPPLEMENT,),
    EventKind.SUPPLEMENT_RECEIVED: (_SUPPLEMENTED,),
    EventKind.SUPPLEMENT_LAPSED: (_SUPPLEMENTED,),
    EventKind.EXTENSION_APPROVED: (_EXTENDED, _APPROVED),
    EventKind.EXTENSION_NOTIFIED: (_EXTENDED,),
    EventKind.FEE_NOTIFIED: (_FEE_TOLD,),
    EventKind.FEE_REACHED: (_PAID, _FEE_HAD),
    EventKind.FEE_PAID: (_PAID,),
    EventKind.FEE_LAPSED: (_PAID,),
}


def why_not(step: Event, before: Clock, events: list[Event]) -> Reason | None:
    """Why there is no occasion for a step, as things stand `before` it; None where there is one."""
    if before.closed is not None:
        zh = f"已于 {before.closed} 办结（{before.state.zh}），不能再办理这一步。"
        return Reason("closed", "", zh, f"It was closed on {before.closed}.")
    if step.kind is EventKind.RECEIVED:
        return Reason("received_twice", "REG.31", "收到申请之日已经确定。", "The date of receipt is settled.")
    return (
        _waits(step, before)
        or _lacking(step, events)
        or _opinion(step, events)
        or _done(step, before, events)
        or _decided(step, events)
        or _too_late(step, before)
    )


def open_parties(events: list[Event], asked: EventKind) -> list[str]:
    """Whose opinion was asked for and has not come, nor lapsed."""
    asks = Counter(one.party for one in events if one.kind is asked)
    ends = Counter(one.party for one in events if ANSWERED.get(one.kind) is asked)
    return [party for party, often in asks.items() if often > ends[party]]


def unreached_parties(events: list[Event], reached: EventKind) -> list[str]:
    """Whose opinion is asked for and whose letter is not said to have reached them."""
    known = {one.party for one in events if one.kind is reached}
    return [one for one in open_parties(events, REACHED[reached]) if one not in known]


def _waits(step: Event, before: Clock) -> Reason | None:
    """While a supplement or a payment is waited for nothing is decided."""
    waits = before.state.value
    if step.kind not in (EventKind.DECIDED, EventKind.SERVED):
        return None
    if waits == Stands.AWAITING_SUPPLEMENT:
        zh = "已要求补正，收到补正前不作答复决定；逾期不补正的，办理“逾期不补正”。"
        return Reason("awaiting_supplement", "REG.30", zh, "A supplement is waited for.")
    if waits == Stands.AWAITING_PAYMENT:
        zh = "已通知收费，缴清前不作答复决定；逾期不缴的，办理“逾期不缴费”。"
        return Reason("awaiting_payment", "FEE.6", zh, "The fee is waited for.")
    return None


def _lacking(step: Event, events: list[Event]) -> Reason | None:
    """What has to be there before the step, and is not."""
    needed = _NEEDS.get(step.kind)
    if needed is not None and not any(one.kind is needed[0] for one in events):
        return needed[1]
    return None


def _opinion(step: Event, events: list[Event]) -> Reason | None:
    """An opinion comes from who was asked for it, and once; so does the day on which the letter was had."""
    began = REACHED.get(step.kind) or ANSWERED.get(step.kind)
    if began is None:
        return None
    rule, who, who_en = _WHOSE[began]
    asked, waiting = {one.party for one in events if one.kind is began}, open_parties(events, began)
    if step.party in waiting:
        if step.kind not in REACHED or step.party in unreached_parties(events, step.kind):
            return None
        return Reason("reached_already", rule, "收到日期已经记录。", "That it was reached is recorded.")
    if not asked or (step.party not in asked and (step.party or waiting)):
        return Reason("not_asked", rule, f"没有正在征求{who}的意见。", f"No {who_en} is being asked.")
    ends = [one for one in events if ANSWERED.get(one.kind) is began and step.party in ("", one.party)]
    last = max(ends, key=lambda one: one.on)
    if step.kind in REACHED and step.party in asked and not any(_is_like(step, one) for one in events):
        # The post tells the day of receipt when the opinion is there already.
        if step.on <= last.on:
            return None
        zh = f"{who}已于 {last.on} 有结果，收到征求意见书的日期不能在它以后。"
        return Reason(
            "reached_after_answer", rule, zh, f"The opinion was in on {last.on}, the letter before it."
        )
    zh = f"{who}的意见已有结果（{last.on}，{last.kind.zh}）。"
    return Reason("answered_already", rule, zh, f"The {who_en} is done with: {last.kind.en}, {last.on}.")


def _is_like(step: Event, one: Event) -> bool:
    return one.kind is step.kind and one.party == step.party


def _done(step: Event, before: Clock, events: list[Event]) -> Reason | None:
    """What was done already and is done once."""
    for once in _ONCE.get(step.kind, ()):
        on = _took_effect(once, before)
        if on is not None:
            return Reason(once.code, once.rule, once.zh.format(on=on), once.en.format(on=on))
    if step in events:  # to the clock it is the same fact, and would be written down twice
        zh, en = f"{step.on} 的“{step.kind.zh}”已经记录。", f"It is recorded of {step.on} already."
        return Reason("recorded_already", "", zh, en)
    return None


def _took_effect(once: _Once, before: Clock) -> dt.date | None:
    """The day of the fact, if there is one that took effect."""
    days = [
        one.event.on
        for one in before.steps
        if one.event.kind is once.kind and once.effect in ("", one.effect)
    ]
    return days[0] if days else None


def _decided(step: Event, events: list[Event]) -> Reason | None:
    """After the decision only what brings it to the requester is left."""
    made = min((one.on for one in events if one.kind is EventKind.DECIDED), default=None)
    if made is None or step.on < made or step.kind not in _BEFORE_THE_DECISION:
        return None
    zh = f"已于 {made} 作出决定，接下来签发、送达答复书，不再办理这一步。"
    return Reason("decided_already", "", zh, f"It was decided on {made}: the reply is to be served.")


def _too_late(step: Event, before: Clock) -> Reason | None:
    """The clock itself tells of an extension when it is told, not when it is approved."""
    if step.kind is not EventKind.EXTENSION_APPROVED or before.due is None or step.on <= before.due.date:
        return None
    zh = f"答复期限已于 {before.due.date} 届满，不能再延期。"
    return Reason("extension_after_limit", "REG.33.2", zh, "The period is over: it cannot be extended.")
