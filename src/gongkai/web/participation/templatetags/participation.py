"""The boxes on a public page: did this help; on an announcement, the way to the form. No script or cookie."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Q
from django.urls import reverse

from gongkai.web.disclosure.models import Record, State
from gongkai.web.participation.actions.consulting import ANNOUNCEMENT_KIND, RESULT_KIND
from gongkai.web.participation.models import Consultation

register = template.Library()


@register.inclusion_tag("participation/box.html")
def feedback_box(record: Any) -> dict[str, Any]:
    """`{% feedback_box record %}`: of a public record with its organ; of nothing, nothing. No query, and no
    token: the page it stands on may be kept by caches."""
    if not isinstance(record, Record):
        return {}
    code = record.organ.code
    return {
        "feedback_address": reverse("participation:feedback", args=[code, record.pk]),
        "lookup_address": reverse("participation:lookup", args=[code]),
    }


@register.inclusion_tag("participation/consultation_box.html")
def consultation_box(record: Any) -> dict[str, Any]:
    """`{% consultation_box record %}`: on an announcement, and on a result, the way to the consultation.

    1 query on records of those two kinds; none on others."""
    if not isinstance(record, Record) or record.kind not in (ANNOUNCEMENT_KIND, RESULT_KIND):
        return {}
    found = Consultation.objects.filter(Q(announcement=record.pk) | Q(result=record.pk))
    one = found.filter(announcement__state=State.PUBLISHED).values("pk", "form").first()
    if one is None:
        return {}
    return {
        "consultation_address": reverse("participation:consultation", args=[record.organ.code, one["pk"]]),
        "is_survey": one["form"] == "survey",
        "is_announcement": record.kind == ANNOUNCEMENT_KIND,
    }
