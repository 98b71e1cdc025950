"""The day a request counts as received, by the way it came (REG.31)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from gongkai.statute.articles import article
from gongkai.statute.errors import ClockError, plain_day


class Channel(StrEnum):
    """How a request came. Handing in and post are never refused (REG.28, V-17/19)."""

    IN_PERSON = "in-person"  # handed in, or told and written down
    SIGNED_POST = "signed-post"  # post that is signed for
    ORDINARY_POST = "ordinary-post"
    ONLINE = "online"  # web form or e-mail
    FAX = "fax"

    @property
    def zh(self) -> str:
        return _WORDS[self]


_WORDS = {
    Channel.IN_PERSON: "当面提交",
    Channel.SIGNED_POST: "邮寄（需签收）",
    Channel.ORDINARY_POST: "平常信函（无需签收）",
    Channel.ONLINE: "互联网渠道",
    Channel.FAX: "传真",
}
# The way, its rule, and whether the day both sides confirm is the one that counts.
_RULES = {
    Channel.IN_PERSON: ("REG.31(1)", False),
    Channel.SIGNED_POST: ("REG.31(2)", False),
    Channel.ORDINARY_POST: ("REG.31(2)", True),
    Channel.ONLINE: ("REG.31(3)", True),
    Channel.FAX: ("REG.31(3)", True),
}


class Receipt(NamedTuple):
    """`on`: the date of receipt, None until it is confirmed. `faults`: (Chinese, English), what is amiss."""

    on: dt.date | None
    channel: Channel
    rule: str
    zh: str
    en: str
    faults: tuple[tuple[str, str], ...]


def receipt(channel: Channel | str, arrived: dt.date, confirmed: dt.date | None = None) -> Receipt:
    """The date of receipt (REG.31).

    `arrived`: the day it was handed in, signed for, or came in; `confirmed`: the day the organ and the
    requester confirmed it, which counts for ordinary letters, the internet and fax. ClockError for an unknown
    channel, for no dates, and for a confirmation before the arrival.

    >>> receipt("signed-post", dt.date(2025, 9, 26)).on
    datetime.date(2025, 9, 26)
    >>> receipt("online", dt.date(2025, 9, 26), dt.date(2025, 9, 28)).on
    datetime.date(2025, 9, 28)
    >>> receipt("online", dt.date(2025, 9, 26)).on is None
    True
    """
    try:
        way = Channel(channel)
    except ValueError:
        ways = "、".join(one.value for one in Channel)
        raise ClockError(
            "clock_unknown_channel",
            f"没有“{str(channel)[:40]}”这种提交渠道：可用 {ways}。",
            f"no channel {str(channel)[:40]!r}: use one of {ways}.",
        ) from None
    plain_day(arrived, "到达日期", code="clock_bad_day", error=ClockError)
    rule, by_confirmation = _RULES[way]
    cited = article(rule)
    if not by_confirmation:
        what = "提交之日" if way is Channel.IN_PERSON else "签收之日"
        zh = f"{way.zh}，以{what}为收到申请之日。〔{cited.zh}〕"
        en = f"{way.value}: the day it was handed in or signed for counts. [{cited.en}]"
        return Receipt(arrived, way, rule, zh, en, ())
    if confirmed is not None:
        plain_day(confirmed, "确认日期", code="clock_bad_day", error=ClockError)
        if confirmed < arrived:
            raise ClockError(
                "clock_confirmed_before_arrival",
                f"确认日期 {confirmed} 早于到达日期 {arrived}：请核对。",
                f"confirmed on {confirmed}, before it arrived on {arrived}: check the dates.",
            )
    zh = f"{way.zh}，以双方确认之日为收到申请之日。〔{cited.zh}〕"
    en = f"{way.value}: the day both sides confirmed it counts. [{cited.en}]"
    return Receipt(confirmed, way, rule, zh, en, tuple(_faults(way, arrived, confirmed)))


def _faults(way: Channel, arrived: dt.date, confirmed: dt.date | None) -> list[tuple[str, str]]:
    if confirmed is None:
        return [
            (
                f"尚未与申请人确认收到（{arrived} 到达）：请即联系确认，确认之日起计算期限。",
                f"arrived on {arrived}, not yet confirmed with the requester: the clock begins when it is.",
            )
        ]
    if way is Channel.ORDINARY_POST and confirmed > arrived:
        return [
            (
                f"平常信函应于收到当日（{arrived}）与申请人确认，实际 {confirmed} 才确认。",
                f"an ordinary letter is confirmed on the day it comes ({arrived}); it was on {confirmed}.",
            )
        ]
    return []
