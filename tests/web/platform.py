"""A small invented district for tests: organs, people of each role, and records on their way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gongkai.statute.identifiers import credit_check_character
from gongkai.web.audit.actions import Change, append
from gongkai.web.disclosure.actions.drafting import draft_record
from gongkai.web.disclosure.actions.reviewing import pass_step, submit_for_review
from gongkai.web.disclosure.answers import Unanswered
from gongkai.web.disclosure.models import Record, Review, Version
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit

PASSWORD = "Zhuhai-2026-lake"
LONG_AGO = dt.date(2020, 1, 1)
MAKING = (Role.CLERK, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER, Role.DISCLOSURE_OFFICE)


@dataclass
class House:
    """An organ with its people: `people[Role.CLERK]`, units `office` (discloses) and `affairs`."""

    organ: Organ
    office: Unit
    affairs: Unit
    people: dict[Role, Staff] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> Staff:
        return self.people[role]


@dataclass
class District:
    """The government of 虚构区 with a town and a bureau below it."""

    government: House
    town: House
    bureau: House


def credit_code(serial: int) -> str:
    """A code that passes its check and belongs to nobody: region 999999."""
    body = f"11999999{serial:09d}"
    return body + credit_check_character(body)


def organ(code: str, name: str, serial: int, *, parent: Organ | None = None, **facts: Any) -> Organ:
    usual = {"kind": "township-government", "level": "township", "is_fictional": True}
    made = Organ.objects.create(
        code=code,
        name=name,
        parent=parent,
        credit_code=credit_code(serial),
        requires_second_factor=False,
        **{**usual, **facts},
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    entered(made)
    return made


def entered(*rows: Any) -> None:
    """The log knows of rows that a test sets up, as it knows of all others."""
    with transaction.atomic():
        append(Change("tests.set_up", None, touched=rows))


def staff(username: str, name: str, organ: Organ | None, unit: Unit | None = None, **facts: Any) -> Staff:
    return Staff.objects.create_user(username, PASSWORD, name=name, organ=organ, unit=unit, **facts)


def appoint(person: Staff, role: Role, organ: Organ, unit: Unit | None = None) -> Appointment:
    person.forget_appointments()
    made = Appointment.objects.create(staff=person, role=role, organ=organ, unit=unit, since=LONG_AGO)
    entered(made)
    return made


def house(code: str, name: str, serial: int, **facts: Any) -> House:
    made = organ(code, name, serial, **facts)
    office = Unit.objects.create(organ=made, name="党政办公室", is_disclosure_office=True)
    affairs = Unit.objects.create(organ=made, name="社会事务办公室")
    entered(office, affairs)
    built = House(made, office, affairs)
    for role in Role:
        unit = affairs if role in (Role.CLERK, Role.UNIT_HEAD) else office
        person = staff(f"{code}.{role.value}", f"虚构{role.label[:2]}{serial}", made, unit)
        appoint(person, role, made, unit if role in (Role.CLERK, Role.UNIT_HEAD) else None)
        built.people[role] = person
    return built


def district() -> District:
    government = house("xugou", "虚构区人民政府", 1, kind="government", level="county")
    town = house("beishan", "虚构区北山镇人民政府", 2, parent=government.organ)
    bureau = house("minzheng", "虚构区民政局", 3, parent=government.organ, kind="department", level="county")
    return District(government, town, bureau)


FACTS: dict[str, Any] = {
    "title": "关于印发《北山镇防汛抗旱工作方案》的通知",
    "summary": "印发北山镇防汛抗旱工作方案，明确职责分工和响应措施。",
    "category": "20.12",
    "theme": "06",
    "genre": "circular",
    "made_on": dt.date(2026, 3, 2),
    "body": "<p>各村（社区）：</p><p>现将《北山镇防汛抗旱工作方案》印发给你们，请认真贯彻执行。</p>",
}


def draft(house: House, *, kind: str = "document", by: Staff | None = None, **facts: Any) -> Record:
    return draft_record(
        by=by or house[Role.CLERK],
        organ=house.organ,
        unit=house.affairs,
        kind_code=kind,
        facts={**FACTS, **facts},
    )


def submitted(house: House, **facts: Any) -> Record:
    record = draft(house, **facts)
    submit_for_review(by=house[Role.CLERK], record=record)
    return Record.objects.get(pk=record.pk)


def open_review(record: Record) -> Review:
    return Review.objects.select_related("version__record__organ").get(version__record=record, result="")


def pass_once(house: House, record: Record) -> Version:
    review = open_review(record)
    seen = review.version.content_digest
    return pass_step(by=house[Role(review.step)], review=review, seen=seen)


def published(house: House, **facts: Any) -> Record:
    """A record that three people have passed."""
    record = submitted(house, **facts)
    for _ in range(3):
        pass_once(house, record)
    return Record.objects.get(pk=record.pk)


def submit_answered(by: Staff, record: Record, words: str = "已核对，可以公开。") -> None:
    """Submit, with the same words for each finding that must be answered."""
    try:
        submit_for_review(by=by, record=record)
    except Unanswered as found:
        submit_for_review(by=by, record=record, answers=dict.fromkeys(found.keys, words))
