"""Who may take a step of a version's review."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.config import clock
from gongkai.web.disclosure.models import Step, Version
from gongkai.web.organs.hands import let_in
from gongkai.web.organs.models import Role, Staff


def who_may_take(version: Version, step: Step) -> list[Staff]:
    """Active people who hold the step's role where the record belongs and have not written in the version.

    One query; at the secrecy review two: nobody is another who was let in by a writer (permissions).
    """
    record, today = version.record, clock.today()
    unit = Q(appointments__unit__isnull=True)
    if step == Step.UNIT_HEAD and record.unit_id is not None:
        unit |= Q(appointments__unit_id=record.unit_id)
    elif step == Step.UNIT_HEAD:
        unit = Q()
    in_office = Q(appointments__until__isnull=True) | Q(appointments__until__gt=today)
    people = Staff.objects.filter(
        in_office & unit,
        is_active=True,
        appointments__role=step.value,
        appointments__organ_id=record.organ_id,
        appointments__since__lte=today,
    ).exclude(pk__in={version.drafted_by_id, *version.written_by})
    able = list(people.distinct().order_by("id"))
    if step != Step.SECRECY:
        return able
    writers = (version.drafted_by_id, *version.written_by)
    mine = let_in([one.pk for one in able], Role.SECRECY_OFFICER, writers)
    return [one for one in able if one.pk not in mine]
