"""One organ's people send another's numbers in every field: nothing is shown, nothing is tied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from tests.web import isolation
from tests.web.attacks.forms import Form, forms_of
from tests.web.isolation import askers, things_of
from tests.web.platform import FACTS, District, draft

from gongkai.web.disclosure.actions.drafting import draft_record
from gongkai.web.disclosure.models import (
    ChecklistItem,
    Figure,
    Link,
    Record,
    Review,
    WithheldItem,
)
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Role, Staff, Unit
from gongkai.web.requests.models import Case, CaseFile, Letter, Party, Task

pytestmark = pytest.mark.django_db
TOWNS = ("只在北山镇的草稿丁", "只在北山镇的事项戊", "只在北山镇的不予公开事项己")
_NUMBERED = ("unit", "item", "staff", "record", "organ", "case", "party")
# Forms of nobody's organ in particular.
_PUBLIC = ("/compare", "/check", "/correct", "/calculators", "/fee", "/deadline", "/language", "/text")


@pytest.fixture
def both(district: District, monkeypatch: Any) -> Any:
    """The town's things, and the forms of the bureau's people on things of their own."""
    cache.clear()
    with monkeypatch.context() as patch:
        for name, words in zip(("SECRET_TITLE", "SECRET_ITEM", "SECRET_WITHHELD"), TOWNS, strict=True):
            patch.setattr(isolation, name, words)
        theirs = things_of(district.town)
    own = things_of(district.bureau)
    people = [(one, one.client()) for one in askers(district) if one.place == "other"]
    return theirs, forms_of(own, people)


def _foreign(town: Any) -> dict[str, set[str]]:
    """What names the town's things: ids, numbers, titles."""
    organ = town.house.organ
    return {
        "unit": {str(one.pk) for one in Unit.objects.filter(organ=organ)},
        "item": {str(one.pk) for one in ChecklistItem.objects.filter(organ=organ)},
        "staff": {str(one.pk) for one in Staff.objects.filter(organ=organ)},
        "record": {str(one.pk) for one in Record.objects.filter(organ=organ)},
        "organ": {organ.code, str(organ.pk)},
        "case": {str(one.pk) for one in Case.objects.filter(organ=organ)},
        "party": {str(one.pk) for one in Party.objects.filter(case__organ=organ)},
        "words": {TOWNS[0]},
    }


def _crafted(form: Form, foreign: dict[str, set[str]]) -> Iterator[dict[str, Any]]:
    """The form as it stands, one field of it saying something of the town's."""
    pressed = dict(form.buttons[:1])
    for name in form.fields:
        typed = name not in form.options and not form.data[name].isdecimal()
        for kind in ("words",) if typed else _NUMBERED:
            for value in sorted(foreign[kind])[-1:]:
                yield {**form.data, **pressed, name: value}


def _crossing() -> list[str]:
    """Rows that tie one organ's thing to another organ's."""
    found: list[str] = []

    def look(rows: Any, *pairs: tuple[str, str]) -> None:
        for one, other in pairs:
            wrong = rows.exclude(**{f"{one}__isnull": True}).exclude(**{f"{other}__isnull": True})
            for row in wrong.values_list("pk", one, other):
                if row[1] != row[2]:
                    found.append(f"{rows.model.__name__} {row}")

    look(Record.objects, ("organ_id", "unit__organ_id"), ("organ_id", "checklist_item__organ_id"),
         ("organ_id", "repealed_by__organ_id"), ("organ_id", "created_by__organ_id"))  # fmt: skip
    look(Link.objects, ("source__organ_id", "target__organ_id"))
    look(Review.objects, ("organ_id", "assigned_to__organ_id"), ("organ_id", "decided_by__organ_id"))
    look(ChecklistItem.objects, ("organ_id", "unit__organ_id"))
    look(WithheldItem.objects, ("organ_id", "unit__organ_id"), ("organ_id", "disclosed_as__organ_id"))
    look(Figure.objects, ("organ_id", "unit__organ_id"))
    look(Staff.objects, ("organ_id", "unit__organ_id"))
    look(Case.objects, ("organ_id", "unit__organ_id"), ("organ_id", "handler__organ_id"),
         ("organ_id", "split_from__organ_id"), ("organ_id", "merged_into__organ_id"))  # fmt: skip
    look(Task.objects, ("organ_id", "unit__organ_id"), ("organ_id", "case__organ_id"))
    look(Letter.objects, ("case_id", "party__case_id"), ("case_id", "decision__case_id"))
    look(CaseFile.objects, ("case_id", "service__letter__case_id"))
    look(Appointment.objects, ("organ_id", "staff__organ_id"), ("organ_id", "unit__organ_id"))
    return found


def test_no_field_takes_what_belongs_to_another_organ(both: Any) -> None:
    theirs, forms = both
    foreign = _foreign(theirs)
    wrong: list[str] = []
    sent = 0
    for form, client in forms:
        if form.action.startswith(_PUBLIC) or form.action.startswith("/work/sign-"):
            continue
        for data in _crafted(form, foreign):
            sent += 1
            cache.clear()
            client.cookies.pop("messages", None)  # what was said of the form before
            typed = [str(value) for value in data.values()]
            with transaction.atomic():
                answer = client.post(form.action, data)
                body = answer.getvalue().decode("utf-8", "replace")
                wrong += [f"{form}: shows {one}" for one in TOWNS if one in body and one not in typed]
                wrong += [f"{form}: {one}" for one in _crossing()]
                transaction.set_rollback(True)
    assert wrong == [], "\n".join(sorted(set(wrong)))
    assert sent > 200


def test_no_organ_takes_a_number_that_names_another(district: District) -> None:
    """A number brought along by an import says whose the record is."""
    town, bureau = district.town, district.bureau
    number = draft(town).index_number
    with pytest.raises(WorkError) as refused:
        draft_record(
            by=bureau[Role.CLERK],
            organ=bureau.organ,
            unit=bureau.affairs,
            kind_code="document",
            facts=FACTS,
            index_number=f"{number[:-5]}00077",
        )
    assert refused.value.code == "index_number_of_another"
    brought = draft_record(
        by=town[Role.CLERK],
        organ=town.organ,
        unit=town.affairs,
        kind_code="document",
        facts=FACTS,
        index_number=f"{number[:-5]}00077",
    )
    assert brought.index_number.endswith("00077")
