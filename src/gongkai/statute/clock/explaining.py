"""How a due date came about, line by line with the article: for a clerk to print and a court to follow."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import NamedTuple

from gongkai.statute.articles import article
from gongkai.statute.calendar import DayKind
from gongkai.statute.calendar.days import WEEKDAYS
from gongkai.statute.clock.consultations import CONSULTED, Consultation, Consulted, letter_of
from gongkai.statute.clock.events import EventKind
from gongkai.statute.clock.standing import Clock, State, Step
from gongkai.statute.data_files import data

_WHO = {kind: who for who in CONSULTED for kind in (who.asked, who.reached, who.answered, who.silent) if kind}
_REACHED = {who.reached for who in CONSULTED}
_ANSWERED = {who.answered for who in CONSULTED}
_LINES = "clock_lines.toml"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_OFF = {DayKind.HOLIDAY, DayKind.LOCAL_OFF}
_ON = {DayKind.MAKE_UP, DayKind.LOCAL_WORKING}


class Line(NamedTuple):
    """One step: its day, the rule's id, and the words in Chinese and English, each with the article."""

    on: dt.date
    rule: str
    zh: str
    en: str


def explanation(clock: Clock) -> tuple[Line, ...]:
    """The steps in order, then the days off and made good within the period, then where it ends."""
    lines = [_line(step, clock) for step in clock.steps]
    if clock.due is not None:
        lines += _days_off(clock)
    lines += _end(clock)
    return tuple(lines)


def day_zh(day: dt.date) -> str:
    """2025年9月26日（周五）"""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def day_en(day: dt.date) -> str:
    """2025-09-26 (Fri)"""
    return f"{day} ({_WEEKDAYS_EN[day.weekday()]})"


def _say(key: str, on: dt.date, rule: str, days: dict[str, dt.date], words: dict[str, object]) -> Line:
    """A line from its template. `days` are written as each language does; `…_en` words are English."""
    template = data(_LINES)[key]
    english = {name[:-3]: word for name, word in words.items() if name.endswith("_en")}
    zh = {**words, **{name: day_zh(day) for name, day in days.items()}}
    en = {**words, **english, **{name: day_en(day) for name, day in days.items()}}
    cited = article(rule)
    return Line(
        on,
        rule,
        f"{template['zh'].format(**zh)}〔{cited.zh}〕",
        f"{template['en'].format(**en)} [{cited.en}]",
    )


def _line(step: Step, clock: Clock) -> Line:
    one = step.event
    days = {"on": one.on, "first": clock.calendar.add_working_days(one.on, 1).date}
    if one.until is not None:
        days["until"] = one.until
    words: dict[str, object] = {
        "what": one.kind.zh,
        "event": one.kind.value,
        "limit": clock.limits.reply if step.effect == "began" else clock.limit,
        "days": one.days,
        "payment": clock.limits.payment,
    }
    if one.kind is EventKind.SUPPLEMENT_ASKED:
        notice = clock.calendar.add_working_days(clock.received, clock.limits.supplement_notice)
        days["notice_limit"] = notice.date
    who = _WHO.get(one.kind)
    if who is not None:
        _add_letter(days, words, who, letter_of(one, clock.consultations), clock)
    if step.effect == "resumed":
        words["excluded"] = sum(i.days for i in clock.intervals if i.kind == "excluded")
    return _say(_key(step), one.on, step.rule, days, words)


def _key(step: Step) -> str:
    kind, effect = step.event.kind, step.effect
    templates = data(_LINES)
    if f"{effect}.{kind.value}" in templates:
        return f"{effect}.{kind.value}"
    if effect == "noted" and kind in _REACHED:
        return "noted.reached"
    if effect == "noted" and kind in _ANSWERED:
        return "noted.answered"
    return effect if effect in templates else "none"


def _add_letter(
    days: dict[str, dt.date],
    words: dict[str, object],
    who: Consulted,
    letter: Consultation | None,
    clock: Clock,
) -> None:
    words["who"] = f"{who.zh}{f'（{letter.party}）' if letter and letter.party else ''}"
    words["who_en"] = f"{who.en}{f' ({letter.party})' if letter and letter.party else ''}"
    words["limit_words"] = words["limit_words_en"] = ""
    if letter is None:
        words["excluded"] = 0
        days.setdefault("after", days["on"])
        days.setdefault("until", days["on"])
        return
    if who.limit:
        words["days"] = getattr(clock.limits, who.limit)
        words["limit_words"] = f"（{who.zh}自收到之日起{words['days']}个工作日内答复）"
        words["limit_words_en"] = f" (the {who.en} has {words['days']} working days from receipt to answer)"
    if letter.limit is not None:
        days["letter_limit"] = letter.limit
    after, until = max(letter.asked, clock.began), letter.until(clock.as_of)
    days["after"], days["until"] = after, max(until, after)
    words["excluded"] = clock.calendar.working_days_between(after, until) if until > after else 0


def _days_off(clock: Clock) -> list[Line]:
    """The holidays and make-up days between the beginning and the due date, in stretches."""
    assert clock.due is not None
    day = clock.began + dt.timedelta(days=1)
    marked = []
    while day <= clock.due.date:
        kind = clock.calendar.kind(day)
        # A make-up Sunday before a holiday is no part of the holiday's stretch.
        if kind.kind in _OFF or kind.kind in _ON:
            marked.append(kind)
        day += dt.timedelta(days=1)
    if not marked:
        return []
    zh, en = [], []
    for (name, off), found in groupby(marked, key=lambda one: (one.name, one.kind in _OFF)):
        stretch = [one.date for one in found]
        first, last = stretch[0], stretch[-1]
        span = f"{first.month}月{first.day}日" + (f"至{last.month}月{last.day}日" if last != first else "")
        span_en = f"{first}" + (f" to {last}" if last != first else "")
        zh.append(f"{name}{span}放假不计" if off else f"{span}{name}调休上班计入")
        en.append(f"{span_en} off" if off else f"{span_en} a working day in exchange")
    return [
        _say("days", clock.due.date, "CAL.2", {}, {"stretches": "；".join(zh), "stretches_en": "; ".join(en)})
    ]


def _waiting(clock: Clock) -> list[Line]:
    if clock.state not in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT):
        return []
    fee = clock.state is State.AWAITING_PAYMENT
    until = clock.awaited_until
    what, what_en = ("缴费", "payable") if fee else ("补正", "to be supplemented")
    words: dict[str, object] = {"until_words": "", "until_words_en": ""}
    if until is not None:
        words = {
            "until_words": f"；{what}期限至{day_zh(until)}",
            "until_words_en": f"; {what_en} by {day_en(until)}",
        }
    return [_say("waiting", clock.as_of, "FEE.6" if fee else "REG.30", {}, words)]


def _end(clock: Clock) -> list[Line]:
    """Where the period ends, or what is waited for."""
    if clock.due is None:
        return _waiting(clock)
    due = clock.due.date
    rule = "REG.35" if any(step.effect == "moved" for step in clock.steps) else "REG.33.2"
    left = clock.left or 0
    words: dict[str, object] = {
        "used": clock.used,
        "left_words": f"剩余{left}个工作日" if left >= 0 else f"已逾期{-left}个工作日",
        "left_words_en": f"{left} are left" if left >= 0 else f"{-left} overdue",
        "in_time": "按期答复" if clock.in_time else "逾期答复",
        "in_time_en": "in time" if clock.in_time else "late",
    }
    key = {State.SERVED: "due_closed", State.CONSULTING: "due_if_answered"}.get(clock.state, "due")
    lines = [_say(key, due, rule, {"due": due, "as_of": clock.as_of}, words)]
    latest = clock.due_at_latest
    if clock.state is State.CONSULTING and latest is None:
        lines.append(_say("no_latest", due, "REG.33.3", {}, {}))
    elif clock.state is State.CONSULTING and latest is not None and latest.date > due:
        lines.append(_say("latest", due, "REG.33.3", {"latest": latest.date}, {}))
    if clock.due.why:
        lines.append(
            _say("provisional", due, "CAL.2", {}, {"why": clock.due.why, "why_en": clock.due.why_en})
        )
    return lines
