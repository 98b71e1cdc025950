"""What the law's arithmetic refuses, in words for people and a code for machines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar


class StatuteError(ValueError):
    """Something no rule can be applied to. `code` for machines; `zh`, `en`: what, where, why, what to do.

    Codes are words in lower case, the field first: `calendar_…`, `notice_…`, `fee_…`, `document_number_…`;
    `decision_…`, `remedy_…`, `letter_…`, `template_…`, `duty_…`, `inspection_…`; `not_a_day` and `not_text`
    for what is not even that.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en

    def message(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en

    def __reduce__(self) -> tuple[type[StatuteError], tuple[str, str, str]]:
        return type(self), (self.code, self.zh, self.en)


class CalendarError(StatuteError):
    """A day or a number of days the working-day calendar cannot answer for (CAL.2, CAL.5)."""


class CalendarNotPublished(CalendarError):
    """A day so far past the last published year that even a provisional answer would be a guess (CAL.5)."""


class NoticeError(StatuteError):
    """A holiday notice that cannot be taken as it stands (CAL.5)."""


class FeeError(StatuteError):
    """Items, pages or dates no information processing fee can be reckoned from (FEE)."""


class ClockError(StatuteError):
    """Events no clock can be made of: no receipt, no such day, no such event (REG.30 to REG.35)."""


class IdentifierError(StatuteError):
    """A number that is none of its kind (META.1, META.3, PII)."""


class DecisionError(StatuteError):
    """A decision or an answer that names no code, exemption or part there is (REG.14 to REG.16, REG.36)."""


class RemedyError(StatuteError):
    """A respondent, a day or an event no remedy can be told from (ARL, APL)."""


class DutyError(StatuteError):
    """A duty that is not known, or a year or an organ without a date (REG.26, REG.49)."""


class LetterError(StatuteError):
    """A kind of letter, a fact or a value there is not, or a template that cannot be taken (DOC)."""


class InspectionError(StatuteError):
    """Facts or indicators no site can be judged by (CHK)."""


def plain_day(
    value: object, what: str, *, code: str = "not_a_day", error: type[StatuteError] = StatuteError
) -> dt.date:
    """`value` if it is a date without a time. `error` otherwise: a moment is no day of the calendar.

    >>> plain_day(dt.date(2026, 11, 21), "收到日期")
    datetime.date(2026, 11, 21)
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    kind = "时刻" if isinstance(value, dt.datetime) else type(value).__name__
    raise error(
        code,
        f"{what}应为日期（如 2026-11-21），不应为{kind}：{short(value)}。请先换算成北京时间的日期。",
        f"{what} must be a date such as 2026-11-21, not {type(value).__name__}: {short(value)}. "
        "Convert it to the date in Beijing first.",
    )


def whole_number(
    value: object,
    what: str,
    *,
    code: str,
    most: int,
    least: int = 0,
    error: type[StatuteError] = StatuteError,
) -> int:
    """`value` if it is an int from `least` to `most`. `error` for bool, float, text and the rest.

    >>> whole_number(20, "天数", code="calendar_bad_count", most=100)
    20
    """
    if type(value) is int and least <= value <= most:
        return value
    shown = short(value)
    raise error(
        code,
        f"{what}应为 {least} 至 {most} 的整数，现为 {shown}。请核对。",
        f"{what} must be a whole number from {least} to {most}, not {shown}. Check it.",
    )


def plain_text(value: object, what: str, *, error: type[StatuteError]) -> str:
    """`value` if it is text. `error` with the code not_text otherwise.

    >>> plain_text("国办函〔2020〕109号", "发文字号", error=IdentifierError)
    '国办函〔2020〕109号'
    """
    if isinstance(value, str):
        return value
    raise error(
        "not_text",
        f"{what}应为文字，现为 {short(value)}。请核对。",
        f"{what} must be text, not {short(value)}. Check it.",
    )


_E = TypeVar("_E", bound=StatuteError)


def unknown_choice(
    error: type[_E], code: str, zh: str, en: str, value: object, known: Iterable[object]
) -> _E:
    """The error for a value that is none of those known: what it is not, and what can be used instead."""
    names = "、".join(str(one) for one in known)
    return error(
        code,
        f"没有“{short(value)}”这个{zh}。可用的有：{names}。",
        f"no {en} {short(value)}. Use one of: {names}.",
    )


def short(value: object) -> str:
    """The value as it can stand in a message: at most 40 characters, whatever came in."""
    # Python refuses to print an int of thousands of digits: the message must not fail in its turn.
    if type(value) is int and value.bit_length() > 128:
        return f"一个约 {value.bit_length() * 3 // 10} 位的整数"
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
