"""The picture of a period in words: what stands in each cell, for eyes and for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.statute.calendar import DayKind
from gongkai.statute.clock import Clock
from gongkai.web.calculators.timeline import Cell, Gap, Mark, Month, Picture
from gongkai.web.calculators.typed import today
from gongkai.web.calculators.words import holiday_words, is_english, listed, month_name, weekday

_LONGEST_LABEL = 4  # characters of a holiday's name that a cell has room for
# Of each kind of uncounted day: the sign in the cell, and what it means.
_SIGNS: Mapping[Mark, tuple[Promise, Promise]] = {
    Mark.EXCLUDED: (gettext_lazy("停"), gettext_lazy("等待意见，不计入期限")),
    Mark.WAITING: (gettext_lazy("等"), gettext_lazy("等待补正或者缴费，不计入期限")),
    Mark.VOID: (gettext_lazy("－"), gettext_lazy("期限后来重新起算，此前的不计")),
}
_OFF_WORDS: Mapping[DayKind, Promise] = {
    DayKind.WEEKEND: gettext_lazy("周末"),
    DayKind.HOLIDAY: gettext_lazy("节假日"),
    DayKind.LOCAL_OFF: gettext_lazy("地方放假"),
}


def sheets(picture: Picture, clock: Clock) -> list[dict[str, Any]]:
    """The months and the gaps between them, ready to be drawn."""
    return [_gap(one) if isinstance(one, Gap) else _month(one, clock) for one in picture.sheets]


def text_list(picture: Picture) -> list[dict[str, Any]]:
    """The same days as rows of a table, for whoever prefers words to a picture."""
    return [
        {
            "date": str(cell.day.date),
            "weekday": weekday(cell.day.date),
            "words": _words(cell, with_events=False),
        }
        for cell in picture.cells
    ]


def _month(month: Month, clock: Clock) -> dict[str, Any]:
    weeks = [[cell and _drawn(cell, clock) for cell in week] for week in month.weeks]
    return {"name": month_name(month.first), "weeks": weeks}


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "gap": True,
        "first": month_name(gap.first),
        "last": month_name(gap.last),
        "working": gap.working,
    }


def _drawn(cell: Cell, clock: Clock) -> dict[str, Any]:
    """A cell: its classes, the day of the month, its number or sign, a label, and all of it in words."""
    classes = [f"day-{cell.mark}"]
    classes += ["day-due"] if cell.is_due else []
    classes += ["day-far"] if cell.mark is Mark.OVER and (cell.number or 0) >= 100 else []
    classes += ["day-as-of"] if cell.is_as_of else []
    classes += ["day-guessed"] if cell.day.provisional and cell.mark is not Mark.OUTSIDE else []
    sign, _meaning = _SIGNS.get(cell.mark, ("", ""))
    number = f"+{cell.number}" if cell.mark is Mark.OVER else cell.number
    return {
        "classes": " ".join(classes),
        "day": cell.day.date.day,
        "sign": number or sign,
        "make_up": cell.is_make_up and cell.mark is not Mark.OUTSIDE,
        "label": _label(cell),
        "lines": cell.lines,
        "words": "" if cell.mark is Mark.OUTSIDE and not cell.lines else _words(cell),
    }


def _label(cell: Cell) -> str:
    if cell.is_due:
        return _("届满")
    if cell.mark is Mark.RECEIVED:
        return _("收到")
    if cell.is_as_of:
        return _("今天") if cell.day.date == today() else _("截至")
    if cell.mark is Mark.OFF and cell.day.kind is not DayKind.WEEKEND:
        name = holiday_words(cell.day.name.split("、")[0])
        return name if len(name) <= _LONGEST_LABEL and not is_english() else _("放假")
    return ""


def _words(cell: Cell, *, with_events: bool = True) -> str:
    words = [_meaning(cell)]
    if cell.is_make_up:
        words.append(_("调休上班（%(holiday)s）") % {"holiday": holiday_words(cell.day.name)})
    if cell.is_due:
        words.append(_("期限届满日"))
    if cell.is_as_of:
        words.append(_("今天") if cell.day.date == today() else _("截至这一天"))
    if with_events and cell.lines:
        words.append(_("见说明第 %(lines)s 条") % {"lines": listed(cell.lines)})
    return (", " if is_english() else "，").join(word for word in words if word)


def _meaning(cell: Cell) -> str:
    if cell.mark is Mark.RECEIVED:
        return _("收到申请，当日不计")
    if cell.mark in (Mark.USED, Mark.LEFT):
        return _("第 %(n)s 个工作日") % {"n": cell.number}
    if cell.mark is Mark.OVER:
        return _("逾期第 %(n)s 个工作日") % {"n": cell.number}
    if cell.mark is Mark.OFF:
        return holiday_words(cell.day.name) or str(_OFF_WORDS.get(cell.day.kind, ""))
    if cell.mark in _SIGNS:
        return str(_SIGNS[cell.mark][1])
    return ""
