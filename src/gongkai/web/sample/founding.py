"""The sample's organs, units, people and appointments.

Organs, units and appointments are made through the actions of `organs`. Accounts are written here: an action
gives each a password of its own, and these share one that is printed at every start.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from gongkai.web.audit.actions import Change, Personal, append
from gongkai.web.config import clock
from gongkai.web.organs import actions
from gongkai.web.organs.actions.appointments import added_appointment
from gongkai.web.organs.actions.opening import found_organ
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit
from gongkai.web.organs.models.appointments import UNIT_ROLES
from gongkai.web.sample.district import PASSWORD, OrganPlan, PersonPlan, organs


@dataclass(slots=True)
class House:
    """An organ as it stands in the database, with its units and who holds which role."""

    plan: OrganPlan
    organ: Organ
    units: list[Unit]
    people: dict[str, Staff] = field(default_factory=dict)  # by the last part of the user name

    def holding(self, role: Role) -> list[Staff]:
        """Its people of a role, in the order of the plan."""
        return [self.people[_called(one)] for one in self.plan.people if role.value in one.roles]

    def unit_of(self, person: Staff) -> Unit:
        return next(unit for unit in self.units if unit.pk == person.unit_id)


def found(since: dt.date) -> list[House]:
    """All organs with their people, the district's government first. Inside a transaction.

    Accounts and appointments date from `since`.
    """
    hashed = make_password(PASSWORD)
    first, *others = organs()
    top = found_organ(
        code=first.code,
        name=first.name,
        short_name=first.short_name,
        kind=first.kind,
        level=first.level,
        credit_code=first.credit_code,
        is_fictional=True,
    )
    houses = [_furnished(first, top, hashed, since)]
    keeper = houses[0].holding(Role.ADMINISTRATOR)[0]
    for position, plan in enumerate(others, 1):
        organ = actions.open_organ(
            by=keeper,
            parent=top,
            code=plan.code,
            name=plan.name,
            short_name=plan.short_name,
            kind=plan.kind,
            level=plan.level,
            credit_code=plan.credit_code,
            position=position,
        )
        houses.append(_furnished(plan, organ, hashed, since))
    return houses


def standing() -> list[House]:
    """The houses of a sample that is there already."""
    houses = []
    for plan in organs():
        organ = Organ.objects.get(code=plan.code)
        units = {unit.name: unit for unit in Unit.objects.filter(organ=organ)}
        house = House(plan, organ, [units[name] for name in plan.units])
        people = {one.username: one for one in Staff.objects.filter(organ=organ)}
        house.people = {_called(one): people[one.username] for one in plan.people}
        houses.append(house)
    return houses


def _furnished(plan: OrganPlan, organ: Organ, hashed: str, since: dt.date) -> House:
    """The administrator first, who then does what administrators do."""
    keeper_plan = next(one for one in plan.people if Role.ADMINISTRATOR in one.roles)
    keeper = _account(keeper_plan, organ, None, hashed, None)
    held = Appointment(staff=keeper, role=Role.ADMINISTRATOR, organ=organ, since=since)
    added_appointment(None, held)
    keeper.forget_appointments()
    units = [
        actions.add_unit(by=keeper, organ=organ, name=name, position=at) for at, name in enumerate(plan.units)
    ]
    units[0] = actions.name_disclosure_office(by=keeper, unit=units[0])
    organ = actions.change_organ(
        by=keeper,
        organ=organ,
        address=plan.address,
        postcode=plan.postcode,
        telephone=plan.telephone,
        fax=plan.fax,
        office_hours="工作日 8:30—12:00，14:00—17:30",
        email=f"xxgk@{plan.code}.example.cn",
        **plan.complaints,
    )
    if plan.site:
        organ = actions.settle_organ(by=keeper, organ=organ, why="网站备案（示例）", **plan.site)
    house = House(plan, organ, units)
    for one in plan.people:
        unit = units[one.unit]
        person = keeper if one is keeper_plan else _account(one, organ, unit, hashed, keeper)
        house.people[_called(one)] = person
        _appoint(one, person, organ, unit if plan.shape == "district" else None, keeper, since)
    actions.change_account(by=keeper, staff=keeper, name=keeper_plan.name, unit=units[keeper_plan.unit])
    keeper.refresh_from_db()
    return house


def _appoint(
    one: PersonPlan, person: Staff, organ: Organ, unit: Unit | None, keeper: Staff, since: dt.date
) -> None:
    for role in (Role(name) for name in one.roles if name != Role.ADMINISTRATOR):
        held = unit if role in UNIT_ROLES else None
        actions.appoint(by=keeper, staff=person, role=role, organ=organ, unit=held, since=since)
    person.forget_appointments()


def _account(one: PersonPlan, organ: Organ, unit: Unit | None, hashed: str, by: Staff | None) -> Staff:
    staff = Staff(
        username=one.username, name=one.name, organ=organ, unit=unit, password=hashed, joined_at=clock.now()
    )
    staff.save()
    after = {
        "username": Personal(one.username),
        "name": Personal(one.name),
        "unit": unit.pk if unit else None,
    }
    append(Change("organs.account_opened", by, staff, organ_id=organ.pk, after=after, touched=[staff]))
    return staff


def _called(one: PersonPlan) -> str:
    return one.username.rpartition(".")[2]
