"""The dated facts of a request that the clock runs on."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from gongkai.statute.errors import ClockError, plain_day, whole_number


class EventKind(StrEnum):
    """What happened. The order is the one in which events of the same day take effect."""

    RECEIVED = "received"  # the date of receipt (REG.31)
    SUPPLEMENT_ASKED = "supplement-asked"  # the notice was sent (REG.30); `until`: the period it gives
    SUPPLEMENT_RECEIVED = "supplement-received"
    SUPPLEMENT_LAPSED = "supplement-lapsed"  # no longer processed
    THIRD_PARTY_ASKED = "third-party-asked"  # the letter was sent (REG.32); `party` tells several apart
    THIRD_PARTY_REACHED = "third-party-reached"  # the addressee received it
    CO_MAKER_ASKED = "co-maker-asked"  # another organ that made the information (REG.34)
    CO_MAKER_REACHED = "co-maker-reached"
    ORGAN_ASKED = "organ-asked"  # any other organ (REG.33.3)
    ORGAN_REACHED = "organ-reached"
    THIRD_PARTY_ANSWERED = "third-party-answered"
    THIRD_PARTY_LAPSED = "third-party-lapsed"  # silence: the organ decides
    CO_MAKER_ANSWERED = "co-maker-answered"
    CO_MAKER_SILENT = "co-maker-silent"  # silence: consent
    ORGAN_ANSWERED = "organ-answered"
    EXTENSION_APPROVED = "extension-approved"  # by the head of the disclosure office (REG.33.2); `days`
    EXTENSION_NOTIFIED = "extension-notified"
    LATER_DATE_AGREED = "later-date-agreed"  # REG.35; `until`: the date told to the requester
    FEE_NOTIFIED = "fee-notified"  # the notice was sent (FEE.6)
    FEE_REACHED = "fee-reached"  # the requester received it
    FEE_PAID = "fee-paid"  # in full
    FEE_LAPSED = "fee-lapsed"  # no longer processed
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"  # until the reply is served, of what was decided that day as well
    SERVED = "served"  # signed for, posted, or sent (V-235); `way`

    __hash__ = str.__hash__  # an enum's own is written in Python, and each event is looked up a dozen times

    @property
    def zh(self) -> str:
        return _WORDS[self][0]

    @property
    def en(self) -> str:
        return _WORDS[self][1]


_WORDS = {
    EventKind.RECEIVED: ("收到申请", "request received"),
    EventKind.SUPPLEMENT_ASKED: ("发出补正通知", "notice to supplement sent"),
    EventKind.SUPPLEMENT_RECEIVED: ("收到补正后的申请", "supplemented request received"),
    EventKind.SUPPLEMENT_LAPSED: ("逾期不补正，不再处理", "not supplemented in time, no longer processed"),
    EventKind.THIRD_PARTY_ASKED: ("书面征求第三方意见", "third party asked in writing"),
    EventKind.THIRD_PARTY_REACHED: ("第三方收到征求意见书", "letter reached the third party"),
    EventKind.THIRD_PARTY_ANSWERED: ("第三方答复", "third party answered"),
    EventKind.THIRD_PARTY_LAPSED: ("第三方逾期未答复", "third party silent"),
    EventKind.CO_MAKER_ASKED: ("征求共同制作机关意见", "co-making organ asked"),
    EventKind.CO_MAKER_REACHED: ("共同制作机关收到征求意见书", "letter reached the co-making organ"),
    EventKind.CO_MAKER_ANSWERED: ("共同制作机关答复", "co-making organ answered"),
    EventKind.CO_MAKER_SILENT: ("共同制作机关逾期未答复，视为同意", "co-making organ silent: consent"),
    EventKind.ORGAN_ASKED: ("征求其他机关意见", "other organ asked"),
    EventKind.ORGAN_REACHED: ("其他机关收到征求意见函", "letter reached the other organ"),
    EventKind.ORGAN_ANSWERED: ("其他机关答复", "other organ answered"),
    EventKind.EXTENSION_APPROVED: ("批准延期答复", "extension approved"),
    EventKind.EXTENSION_NOTIFIED: ("告知申请人延期答复", "requester told of the extension"),
    EventKind.LATER_DATE_AGREED: ("确定并告知合理期限", "later date set and told"),
    EventKind.FEE_NOTIFIED: ("发出收费通知", "fee notice sent"),
    EventKind.FEE_REACHED: ("申请人收到收费通知", "fee notice received"),
    EventKind.FEE_PAID: ("缴清信息处理费", "fee paid in full"),
    EventKind.FEE_LAPSED: ("逾期不缴费，不再处理", "not paid in time, no longer processed"),
    EventKind.WITHDRAWN: ("申请人撤回申请", "request withdrawn"),
    EventKind.DECIDED: ("作出答复决定", "decision made"),
    EventKind.SERVED: ("送达答复", "reply served"),
}
_RANK = {kind: rank for rank, kind in enumerate(EventKind)}
_MOST_TEXT = 200


class Way(StrEnum):
    """How a letter is served; the day that counts is its signature, its posting or its sending (V-235)."""

    DIRECT = "direct"
    OTHER_ORGAN = "other-organ"
    MAIL = "mail"  # the postal enterprise's
    COURIER = "courier"  # any other: not a lawful way (V-235 item 2)
    ONLINE = "online"

    @property
    def zh(self) -> str:
        return {
            "direct": "直接送达",
            "other-organ": "委托其他机关送达",
            "mail": "邮政寄送",
            "courier": "快递企业寄送",
            "online": "网络送达",
        }[self.value]


class Event(NamedTuple):
    """A fact with its day. `party` names the addressee, where several are asked; `days`: of an extension."""

    kind: EventKind
    on: dt.date
    party: str = ""
    until: dt.date | None = None
    days: int | None = None
    way: Way | None = None


def checked(one: Event) -> Event:
    """The event itself, if it is one. ClockError for a tuple or a kind that nobody checked."""
    if isinstance(one, Event) and type(one.kind) is EventKind and type(one.on) is dt.date:
        return one
    raise ClockError(
        "clock_bad_event",
        f"不是可用的事项：{repr(one)[:80]}。请用 event(…) 建立，类别和日期会被核对。",
        f"not an event: {repr(one)[:80]}. Make it with event(…), which checks kind and day.",
    )


NEEDS_UNTIL = frozenset({EventKind.LATER_DATE_AGREED})
MAY_HAVE_UNTIL = NEEDS_UNTIL | {EventKind.SUPPLEMENT_ASKED, EventKind.FEE_NOTIFIED}


def rank(event: Event) -> tuple[object, ...]:
    """The order of events, however they were recorded."""
    return event.on, _RANK[event.kind], event.party, event.until or event.on, event.days or 0, event.way or ""


# Other names people give them, beside the Chinese ones.
_ALSO = {
    "co-making-organ-asked": EventKind.CO_MAKER_ASKED,
    "co-making-organ-reached": EventKind.CO_MAKER_REACHED,
    "co-making-organ-answered": EventKind.CO_MAKER_ANSWERED,
    "co-making-organ-silent": EventKind.CO_MAKER_SILENT,
    "co-maker-lapsed": EventKind.CO_MAKER_SILENT,
    "third-party-silent": EventKind.THIRD_PARTY_LAPSED,
    "fee-notice": EventKind.FEE_NOTIFIED,
    "later-date": EventKind.LATER_DATE_AGREED,
    **{kind.zh: kind for kind in EventKind},
}


def _kind(name: str) -> EventKind:
    plain = name.strip().lower().replace("_", "-")
    try:
        return _ALSO.get(plain) or EventKind(plain)
    except ValueError:
        raise _unknown(name) from None


def event(
    kind: EventKind | str,
    on: dt.date,
    *,
    party: str = "",
    until: dt.date | None = None,
    days: int | None = None,
    way: Way | str | None = None,
) -> Event:
    """An event, checked. ClockError for an unknown kind, a moment in place of a day, or a missing `until`.

    >>> event("third-party-asked", dt.date(2025, 10, 10), party="某公司").kind.zh
    '书面征求第三方意见'
    """
    known = _kind(str(kind))
    plain_day(on, f"“{known.zh}”的日期", code="clock_bad_day", error=ClockError)
    if until is not None:
        plain_day(until, f"“{known.zh}”的期限", code="clock_bad_day", error=ClockError)
        if until < on:
            raise ClockError(
                "clock_until_before_event",
                f"“{known.zh}”（{on}）给出的期限 {until} 早于该日。请核对。",
                f"{known.value} on {on}: the period ends before it begins ({until}). Check it.",
            )
    elif known in NEEDS_UNTIL:
        raise ClockError(
            "clock_until_missing",
            f"“{known.zh}”须写明期限，例如 {on}:{known.value}:{on}。",
            f"{known.value} needs the date it sets, as in {on}:{known.value}:{on}.",
        )
    if days is not None:
        whole_number(days, "延长的工作日数", code="clock_bad_days", least=1, most=1_000, error=ClockError)
    if not isinstance(party, str) or len(party) > _MOST_TEXT:
        raise ClockError(
            "clock_bad_party",
            "征求意见对象应为不超过200字的文字。",
            "party: a text of at most 200 characters.",
        )
    try:
        by = Way(way) if way is not None else None
    except ValueError:
        ways = "、".join(one.value for one in Way)
        raise ClockError(
            "clock_unknown_way",
            f"没有“{way}”这种送达方式：可用 {ways}。",
            f"no way of service {way!r}: use one of {ways}.",
        ) from None
    return Event(known, on, party, until, days, by)


def _unknown(kind: str) -> ClockError:
    kinds = "、".join(one.value for one in EventKind)
    return ClockError(
        "clock_unknown_event",
        f"没有“{kind[:40]}”这种事项。可用的有：{kinds}。",
        f"no event {kind[:40]!r}. Use one of: {kinds}.",
    )


def parse_event(text: str) -> Event:
    """An event as written on the command line: `2025-10-10:third-party-asked`, further parts by colons.

    A part that is a date is `until`, a number `days`, a way of service `way`, any other the `party`.
    ClockError tells which part is wrong.

    >>> parse_event("2025-10-10:supplement-asked:2025-10-24").until
    datetime.date(2025, 10, 24)
    """
    day, _, rest = text.strip().replace("：", ":").partition(":")
    kind, *parts = rest.split(":")
    on = _day(day, text)
    until: dt.date | None = None
    days: int | None = None
    way: Way | None = None
    party = ""
    for part in (part.strip() for part in parts):
        if len(part) == 10 and part[4] == part[7] == "-":
            until = _day(part, text)
        elif part.isascii() and part.isdigit():
            days = int(part[:9])
        elif part in set(Way):
            way = Way(part)
        elif part:
            party = part
    return event(kind.strip(), on, party=party, until=until, days=days, way=way)


def _day(text: str, whole: str) -> dt.date:
    try:
        if len(text) != 10 or not text.isascii():
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ClockError(
            "clock_bad_day",
            f"“{whole[:60]}”中的“{text[:20]}”不是日期：请写成 2025-10-10 的样子，并确认有这一天。",
            f"{text[:20]!r} in {whole[:60]!r} is no date: write it as 2025-10-10, a day that exists.",
        ) from None
