"""When something is due by a time limit: once after an event, or again and again (STD, CAT)."""

from __future__ import annotations

import calendar as months
import datetime as dt

from gongkai.statute.calendar import Calendar, national
from gongkai.statute.catalogue.errors import CatalogueError, day
from gongkai.statute.catalogue.time_limits import FROM_EVENT, PERIODIC, Limit, LimitForm

_ONE_DAY = dt.timedelta(days=1)
_WEEK = 7
_MONTHS = {
    LimitForm.MONTHLY: 1,
    LimitForm.QUARTERLY: 3,
    LimitForm.HALF_YEARLY: 6,
    LimitForm.YEARLY: 12,
}
_LAST_YEAR = 9990
_LOOKED_BACK = 60  # periods: days after the end of one may lead far into others


def due_after(limit: Limit, since: dt.date, calendar: Calendar | None = None) -> dt.date | None:
    """The last day of a limit that runs from an event on the day `since`; None for limits of another form.

    The day of the event does not count (CAL.1). Days of the calendar are not moved off days off: it is the
    organ's own limit, no period of procedure (D).

    >>> from gongkai.statute.catalogue.time_limits import time_limit
    >>> due_after(time_limit("批准后20日内"), dt.date(2026, 2, 10))
    datetime.date(2026, 3, 2)
    """
    start = day(since, "起算日期")
    if limit.form not in FROM_EVENT:
        return None
    return _later(start, limit.amount, limit.form, calendar or national())


def next_due(
    limit: Limit, last_done: dt.date | None, today: dt.date, calendar: Calendar | None = None
) -> dt.date | None:
    """The next day by which something periodic is due; None for limits that are not periodic.

    What was done on a day stands for the period that day lies in: the next is due in the period after it, and
    is late if that day is before `today`. Never done: the first due day from `today` on. Days off do not move
    it (D).

    >>> from gongkai.statute.catalogue.time_limits import time_limit
    >>> next_due(time_limit("每季度"), dt.date(2026, 2, 10), dt.date(2026, 11, 21))
    datetime.date(2026, 6, 30)
    >>> next_due(time_limit("每年1月31日前"), None, dt.date(2026, 11, 21))
    datetime.date(2027, 1, 31)
    """
    now = day(today, "日期")
    done = None if last_done is None else day(last_done, "上次公开日期")
    if limit.form not in PERIODIC:
        return None
    if max(now, done or now).year > _LAST_YEAR:
        raise CatalogueError("catalogue_bad_day", f"日期超出范围：{now}。请核对。", f"out of range: {now}.")
    counts = calendar or national()
    if done is not None:
        return _due_in(limit, _following(limit.form, _begin(limit.form, done)), counts)
    begin = _begin(limit.form, now)
    due = _due_in(limit, begin, counts)
    return due if due >= now else _due_in(limit, _following(limit.form, begin), counts)


def period_due(
    limit: Limit, due: dt.date, calendar: Calendar | None = None
) -> tuple[dt.date, dt.date] | None:
    """First and last day of the period that a due day belongs to; None where the limit gives no such day.

    Of a limit that runs from a period's end it is that period, not the one the day lies in.

    >>> from gongkai.statute.catalogue.time_limits import time_limit
    >>> period_due(time_limit("每季度"), dt.date(2026, 9, 30))
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    >>> period_due(time_limit("每季度结束后15日内"), dt.date(2026, 10, 15))
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    if limit.form not in PERIODIC:
        return None
    counts = calendar or national()
    begin = _begin(limit.form, day(due, "日期"))
    for _earlier in range(_LOOKED_BACK):
        if _due_in(limit, begin, counts) == due:
            first = _begin(limit.form, begin - _ONE_DAY) if limit.unit is not None else begin
            return first, _following(limit.form, first) - _ONE_DAY
        begin = _begin(limit.form, begin - _ONE_DAY)
    return None


def _begin(form: LimitForm, on: dt.date) -> dt.date:
    """The first day of the period a day lies in; weeks begin on Monday."""
    if form is LimitForm.WEEKLY:
        return on - dt.timedelta(days=on.weekday())
    length = _MONTHS[form]
    return dt.date(on.year, (on.month - 1) // length * length + 1, 1)


def _following(form: LimitForm, begin: dt.date) -> dt.date:
    """The first day of the next period."""
    if form is LimitForm.WEEKLY:
        return begin + dt.timedelta(days=_WEEK)
    return _months_later(begin, _MONTHS[form])


def _due_in(limit: Limit, begin: dt.date, counts: Calendar) -> dt.date:
    """The last day in the period that begins then."""
    assert limit.form is not None
    if limit.unit is not None:
        return _later(begin - _ONE_DAY, limit.amount, limit.unit, counts)
    if not limit.month and not limit.day:
        return _following(limit.form, begin) - _ONE_DAY
    length = _MONTHS[limit.form]
    month = _months_later(begin, (limit.month or length) - 1)
    last = months.monthrange(month.year, month.month)[1]
    return month.replace(day=min(limit.day or last, last))


def _later(start: dt.date, amount: int, form: LimitForm, counts: Calendar) -> dt.date:
    if form is LimitForm.WORKING_DAYS:
        return counts.add_working_days(start, amount).date
    if form is LimitForm.DAYS:
        return start + dt.timedelta(days=amount)
    return _months_later(start, amount)


def _months_later(start: dt.date, amount: int) -> dt.date:
    """The same day of a later month, or its last day where it has no such day."""
    index = start.year * 12 + start.month - 1 + amount
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))
