"""The invented district as data/organs.toml has it: organs, who works there, their names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from gongkai.statute.identifiers import credit_check_character

# One for all, printed at every start: these people are nobody, and their organs are marked as fictional.
PASSWORD = "Shili-2026-Gongkai"  # noqa: S105
# A region that is nobody's: codes made from it pass their check and belong to no organ.
_NO_REGION = "11999999"


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody who works at an organ. `unit`: the place among its units, 0 for the disclosure office."""

    username: str
    name: str
    roles: tuple[str, ...]
    unit: int


@dataclass(frozen=True, slots=True)
class OrganPlan:
    """An organ with its units (the disclosure office first) and people."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    credit_code: str
    short: str  # in document numbers
    area: str
    shape: str  # district, department, town
    telephone: str
    fax: str
    address: str
    postcode: str
    units: tuple[str, ...]
    places: tuple[str, ...]
    # Of the one that runs the site: where complaints go, its codes; the others' feet tell the same.
    complaints: dict[str, str] = field(default_factory=dict, hash=False)
    site: dict[str, str] = field(default_factory=dict, hash=False)
    people: tuple[PersonPlan, ...] = field(default=())

    def issues(self, who: tuple[str, ...]) -> bool:
        """Whether records of a family come from here: by its shape or its code."""
        return self.shape in who or self.code in who


@cache
def read(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads((files(__package__) / "data" / name).read_text("utf-8"))


@cache
def organs() -> tuple[OrganPlan, ...]:
    """The organs, the district's government first; the others stand below it."""
    told = read("organs.toml")
    villages = tuple(place for one in told["organ"] for place in one.get("villages", ())[:2])
    plans: list[OrganPlan] = []
    serials = count()
    for one in told["organ"]:
        shape = told["shape"][one["shape"]]
        people = tuple(
            PersonPlan(
                f"{one['code']}.{row['name']}",
                _person(told["people"], next(serials)),
                tuple(row["roles"]),
                row["unit"],
            )
            for row in shape
        )
        plans.append(
            OrganPlan(
                **{
                    name: one[name]
                    for name in ("code", "name", "short_name", "kind", "level", "short", "area")
                },
                credit_code=_credit_code(one["serial"]),
                shape=one["shape"],
                telephone=one["telephone"],
                fax=one["fax"],
                address=one["address"],
                postcode=told["postcode"],
                units=(one["office"], *one["units"]),
                places=tuple(one.get("villages", villages)),
                complaints=one.get("complaints", {}),
                site=one.get("site", {}),
                people=people,
            )
        )
    return tuple(plans)


def person_name(serial: int) -> str:
    """An invented person's name."""
    return _person(read("organs.toml")["people"], serial)


def _person(names: dict[str, list[str]], serial: int) -> str:
    family, given = names["family"], names["given"]
    return family[serial % len(family)] + given[(7 * serial + serial // len(family)) % len(given)]


def _credit_code(serial: int) -> str:
    body = f"{_NO_REGION}{serial:09d}"
    return body + credit_check_character(body)
