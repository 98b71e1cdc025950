"""The working-day calendar (CAL): limits, kinds of days, notices to import.

`national()` is the calendar of the State Council's notices from 2008; `read_notice` reads the text of a new
one, `parse_notice` its file.
"""

from gongkai.statute.calendar.days import Day, DayKind, DueDay
from gongkai.statute.calendar.notices import Arrangement, YearNotice, format_notice, parse_notice
from gongkai.statute.calendar.reading import read_notice
from gongkai.statute.calendar.working_days import Calendar, LocalDays, national

__all__ = [
    "Arrangement",
    "Calendar",
    "Day",
    "DayKind",
    "DueDay",
    "LocalDays",
    "YearNotice",
    "format_notice",
    "national",
    "parse_notice",
    "read_notice",
]
