"""A question about a deadline answered: the clock, how it came about, and its picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.statute.calendar import national
from gongkai.statute.clock import Clock, Receipt, clock, event, explanation, receipt
from gongkai.statute.errors import StatuteError
from gongkai.web.calculators.course import (
    MOST_ROWS,
    Course,
    events_of,
    known_day,
    unknown_choice,
)
from gongkai.web.calculators.timeline import Picture, picture
from gongkai.web.calculators.typed import Problem, plain, today


@dataclass(frozen=True, slots=True)
class Answer:
    """`clock` is None while the receipt is not confirmed: nothing runs yet (REG.31). `later`: how many
    events lie behind the day it is asked for. `rows`: (kind, day) of an event → the number of its row."""

    receipt: Receipt | None
    clock: Clock | None
    picture: Picture | None
    later: int
    rows: dict[tuple[str, dt.date], int]


def answer(course: Course, lang: str) -> tuple[Answer | None, list[Problem]]:
    """The answer, or why there is none: each problem at the field it stands at, all of them at once."""
    calendar, problems = national(), list[Problem]()
    arrived = known_day(course.received, "received", calendar, lang, problems)
    if not plain(course.received):
        problems.append(Problem("received", "received_missing", _("请填写收到申请的日期。")))
    confirmed = known_day(course.confirmed, "confirmed", calendar, lang, problems)
    if plain(course.confirmed) and not plain(course.channel):
        words = _("填了双方确认收到的日期，请选择申请是怎么提交的；不按提交方式确定的，请删去确认日期。")
        problems.append(Problem("channel", "channel_missing", words))
    events, wrong = events_of(course.rows[:MOST_ROWS], calendar, lang)
    problems += wrong
    as_of = known_day(course.as_of, "as_of", calendar, lang, problems)
    if len(course.rows) > MOST_ROWS:
        words = _("事项最多 %(most)s 项，请删去多余的。")
        problems.append(Problem("", "too_many_events", words % {"most": MOST_ROWS}))
    found, received = None, arrived
    if arrived is not None:
        found, received = _received(course, arrived, confirmed, lang, problems)
    if as_of is not None and received is not None and as_of < received:
        words = _("这一天早于收到申请之日（%(day)s），期限还没有开始。")
        problems.append(Problem("as_of", "as_of_before_receipt", words % {"day": received}))
    if problems or arrived is None:
        return None, problems
    rows = {(one.kind.value, one.on): number for number, one in reversed(events)}
    if received is None:
        return Answer(found, None, None, 0, rows), []
    known = [event("received", received), *(one for _number, one in events)]
    # Without a day the clock stands as of today, or of the last event that is known.
    day = as_of or max(today(), *(one.on for one in known))
    try:
        stands = clock(known, calendar, as_of=day)
        explanation(stands)  # it may count further than the clock itself did
        drawn = picture(stands)
    except StatuteError as error:
        return None, [Problem("received", error.code, error.message(lang))]
    later = sum(one.on > day for one in known)
    return Answer(found, stands, drawn, later, rows), []


def _received(
    course: Course, arrived: dt.date, confirmed: dt.date | None, lang: str, problems: list[Problem]
) -> tuple[Receipt | None, dt.date | None]:
    """The date of receipt by the way the request came (REG.31); the day given, if no way is."""
    if not course.channel:
        return None, arrived
    try:
        found = receipt(course.channel, arrived, confirmed)
    except StatuteError as error:
        if error.code == "clock_unknown_channel":
            problems.append(Problem("channel", error.code, unknown_choice(course.channel)))
        else:
            problems.append(Problem("confirmed", error.code, error.message(lang)))
        return None, None
    return found, found.on
