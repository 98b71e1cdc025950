"""What of this room waits for a person: a query each, and none for who has nothing to do with it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.models import State
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.look.pieces import Task
from gongkai.web.organs.models import Staff
from gongkai.web.participation.models import Consultation
from gongkai.web.participation.permissions import may_run_consultation
from gongkai.web.participation.queries.consultations import MOST, result_due
from gongkai.web.participation.queries.feedback import waiting_for
from gongkai.web.participation.settled import report_kinds, words_of


def tasks(staff: Staff) -> Iterator[Task]:
    """Lines for 今日: reports to be answered, consultations whose result is to be told. 2 queries at most."""
    today = clock.today()
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    for one in waiting_for(staff):
        title = _("网页纠错：%(title)s") % {"title": one.record.title}
        yield Task(
            title,
            reverse("participation_work:report", args=(one.pk,)),
            words_of(report_kinds(), one.kind, lang),
            days_left=(one.due_on - today).days,
            due=one.due_on,
            unit=one.unit.name if one.unit else "",
        )
    for closed in results_wanted(staff):
        due = result_due(closed.last_day or today)
        yield Task(
            closed.announcement.title,
            reverse("participation_work:consultation", args=(closed.pk,)),
            _("公布征集结果"),
            days_left=(due - today).days,
            due=due,
            unit=closed.unit.name if closed.unit else "",
        )


def results_wanted(staff: Staff) -> list[Consultation]:
    """Closed consultations whose result is not public, that the person may deal with. 1 query."""
    own = own_organs(staff)
    organs = [one.pk for one in own if may_run_consultation(staff, one)]
    if not organs:
        return []
    rows = Consultation.objects.filter(organ__in=organs, closed_at__isnull=False)
    rows = rows.filter(announcement__state=State.PUBLISHED)
    rows = rows.filter(Q(result__isnull=True) | ~Q(result__state=State.PUBLISHED))
    found = rows.select_related("organ", "announcement", "unit").defer("organ__emblem").order_by("last_day")
    return [one for one in found[:MOST] if may_run_consultation(staff, one)]
