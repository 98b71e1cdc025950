"""What an organ sets for its letters: who reconsiders, which court, how to pay, how letters are numbered."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.documents.letters import NumberPattern
from gongkai.statute.errors import StatuteError
from gongkai.web.audit.actions import Change, append
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.participation.actions.entering import one_line, too_long
from gongkai.web.requests.models import Office
from gongkai.web.requests.permissions import may_keep_templates

TEXTS = (
    "letter_code",
    "number_pattern",
    "government",
    "superior",
    "local_government",
    "basic_court",
    "intermediate_court",
    "court_source",
    "online_channel",
    "payment",
)
FLAGS = ("takes_fax", "takes_email")


@transaction.atomic
def keep_office(*, by: Staff, organ: Organ, **facts: Any) -> Office:
    """Set some of it; what is not named stays. Invalid by field."""
    require(may_keep_templates, by, organ)
    Organ.objects.select_for_update().get(pk=organ.pk)
    office = Office.objects.filter(organ=organ).first() or Office(organ=organ)
    before = {name: getattr(office, name) for name in (*TEXTS, *FLAGS)}
    strange = sorted(set(facts) - {*TEXTS, *FLAGS})
    if strange:
        raise WorkError("setting_unknown", f"没有“{strange[0]}”这一项设置。", f"No setting {strange[0]!r}.")
    faults = []
    for name, value in facts.items():
        if name in FLAGS:
            setattr(office, name, bool(value))
            continue
        text = one_line(value)
        field: Any = Office._meta.get_field(name)
        faults += too_long(name, str(field.verbose_name), text, int(field.max_length))
        setattr(office, name, text)
    faults += _pattern_faults(str(office.number_pattern))
    if faults:
        raise Invalid(faults)
    office.save()
    after = {name: getattr(office, name) for name in facts}
    told = {name: before[name] for name in facts}
    append(
        Change(
            "requests.office_kept", by, office, organ_id=organ.pk, before=told, after=after, touched=[office]
        )
    )
    return office


def _pattern_faults(pattern: str) -> list[WorkError]:
    if not pattern:
        return []
    try:
        NumberPattern.parse(pattern)
    except StatuteError as wrong:
        return [WorkError(wrong.code, wrong.zh, wrong.en, field="number_pattern")]
    return []
