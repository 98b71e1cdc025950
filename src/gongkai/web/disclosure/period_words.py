"""Which period an item of the checklist is due for, in words."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.statute.catalogue import LimitForm, period_due, time_limit
from gongkai.web.disclosure.models import ChecklistItem


def due_words(item: ChecklistItem, due: dt.date | None, days_left: int | None) -> str:
    """What is due by when, and how late it is; "" for an item without a day.

    `due`: of the item's own limit or, where it is earlier, of a draft under it.
    """
    if due is None or days_left is None:
        return ""
    facts = {"on": due, "what": _what(item, due), "n": -days_left}
    if days_left >= 0:
        return _("%(what)s应于 %(on)s 前公开。") % facts
    # Apart from the days, so that each language can count them in its own way.
    late = ngettext("已逾期%(n)s天", "已逾期%(n)s天", -days_left) % facts
    return _("%(what)s应于 %(on)s 前公开，%(late)s。") % {**facts, "late": late}


def _what(item: ChecklistItem, due: dt.date) -> str:
    if due != item.next_due_on:
        return _("这个事项下的草稿")
    limit = time_limit(item.time_limit)
    period = period_due(limit, due)
    if period is None or limit.form is None:
        return _("这个事项")
    return _("%(period)s的信息") % {"period": period_words(limit.form, *period)}


def period_words(form: LimitForm, first: dt.date, last: dt.date) -> str:
    """A period as people call it."""
    facts = {"year": first.year, "month": first.month, "first": first, "last": last}
    if form is LimitForm.YEARLY:
        return _("%(year)s年") % facts
    if form is LimitForm.HALF_YEARLY:
        return (_("%(year)s年上半年") if first.month == 1 else _("%(year)s年下半年")) % facts
    if form is LimitForm.QUARTERLY:
        quarter = (first.month - 1) // 3
        names = (
            _("%(year)s年第一季度"),
            _("%(year)s年第二季度"),
            _("%(year)s年第三季度"),
            _("%(year)s年第四季度"),
        )
        return names[quarter] % facts
    if form is LimitForm.MONTHLY:
        return _("%(year)s年%(month)s月") % facts
    return _("%(first)s 至 %(last)s 这一周") % facts
