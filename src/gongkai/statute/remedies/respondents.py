"""Who reconsiders an act, and which court hears the suit (ARL.24 to ARL.28, APL.14, APL.15, APL.18)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError, short


class OrganKind(StrEnum):
    """What kind of organ somebody complains of. Names: `kind_name`."""

    TOWNSHIP_GOVERNMENT = "township-government"
    GOVERNMENT = "government"  # county or above, below the province
    PROVINCIAL_GOVERNMENT = "provincial-government"
    DISPATCHED_OFFICE = "dispatched-office"  # 派出机关: a government's own, as a subdistrict office
    DEPARTMENT = "department"
    JUSTICE_DEPARTMENT = "justice-department"  # that handles reconsideration (ARL.28)
    STATE_COUNCIL_DEPARTMENT = "state-council-department"
    CUSTOMS = "customs"  # from here: vertically led (ARL.27)
    FINANCE = "finance"
    FOREIGN_EXCHANGE = "foreign-exchange"
    TAX = "tax"
    STATE_SECURITY = "state-security"
    BRANCH = "branch"  # 派出机构 acting in its own name; `parent_kind` says whose
    AUTHORISED = "authorised-organisation"  # by law; `parent_kind` says who manages it


class Level(StrEnum):
    """The level of government an organ belongs to."""

    TOWNSHIP = "township"
    COUNTY = "county"
    PREFECTURE = "prefecture"  # a city with districts, a prefecture
    PROVINCE = "province"  # or a municipality under the central government
    NATION = "nation"


class CourtLevel(StrEnum):
    BASIC = "basic"
    INTERMEDIATE = "intermediate"

    @property
    def zh(self) -> str:
        return "基层人民法院" if self is CourtLevel.BASIC else "中级人民法院"

    @property
    def en(self) -> str:
        return "basic people's court" if self is CourtLevel.BASIC else "intermediate people's court"


@dataclass(frozen=True, slots=True, kw_only=True)
class Courts:
    """The courts of an organ's place, by name (APL.18.1).

    `source`: the decision that gave a region's cases to certain courts (集中管辖, APL.18.2); "" where the
    courts of the place themselves hear them.
    """

    basic: str = ""
    intermediate: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        _texts(self)

    def name(self, level: CourtLevel) -> str:
        return self.basic if level is CourtLevel.BASIC else self.intermediate


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """The organ that made the act, with the names its route needs.

    `government`: the people's government of its level, or the one that set it up. `superior`: the next higher
    government; for a justice department or a vertically led organ the next higher department. `parent`,
    `parent_kind`: whose branch it is, or who manages it. `local_government`: where a branch set up by area
    sits (ARL.24.4).
    """

    name: str
    kind: OrganKind
    level: Level
    courts: Courts = field(default_factory=Courts)
    government: str = ""
    superior: str = ""
    parent: str = ""
    parent_kind: OrganKind | None = None
    local_government: str = ""

    def __post_init__(self) -> None:
        _texts(self)
        for name, kind in (("kind", OrganKind), ("level", Level), ("courts", Courts)):
            if not isinstance(getattr(self, name), kind):
                raise _bad_field(name, getattr(self, name))
        if self.parent_kind is not None and not isinstance(self.parent_kind, OrganKind):
            raise _bad_field("parent_kind", self.parent_kind)
        if not self.name.strip():
            raise _missing("name", "被申请机关的名称", "the respondent's name")


class Authority(NamedTuple):
    """An organ that reconsiders. `rule`: why it. `kind`: what it is, for the court if it changes the act."""

    name: str
    kind: OrganKind
    rule: str


class Court(NamedTuple):
    """A court of first instance. `source`: of 集中管辖, if a decision moved the case there (APL.18.2)."""

    level: CourtLevel
    name: str
    rule: str
    source: str = ""


def kind_name(kind: OrganKind) -> tuple[str, str]:
    """What a kind of organ is called in Chinese and English."""
    row = next(row for row in _routes() if row["kind"] == kind.value)
    return row["zh"], row["en"]


def authorities(respondent: Respondent) -> tuple[Authority, ...]:
    """The organs that can reconsider an act of the respondent (ARL.24 to ARL.28); the applicant chooses one.

    RemedyError `remedy_name_missing` if the record lacks a name that is needed, `remedy_level_wrong` for a
    level such an organ does not have, `remedy_parent_missing` for a branch of nobody.
    """
    route = _route(respondent)
    found = []
    for row in route["organs"]:
        name = _name(respondent, row["from"])
        if row.get("optional") and (not name or respondent.level.value not in row["levels"]):
            continue
        if not name:
            raise _missing(row["from"], *_FIELDS[row["from"]])
        acts_as = respondent.parent_kind if row["acts_as"] == "@parent" else OrganKind(row["acts_as"])
        assert acts_as is not None  # `_route` found a parent
        found.append(Authority(name, acts_as, row["rule"]))
    return tuple(found)


def court(respondent: Respondent) -> Court:
    """The court of first instance for a suit against the respondent (APL.14, APL.15, APL.18)."""
    route = _route(respondent)
    if respondent.parent_kind is OrganKind.CUSTOMS and "customs_court" in route:
        route = route["customs_court"]
    level = CourtLevel(route["court"])
    name = respondent.courts.name(level)
    if not name:
        raise _missing(f"courts.{level.value}", f"{level.zh}的名称", f"the name of the {level.en}")
    return Court(level, name, route["court_rule"], respondent.courts.source)


def court_of_authority(respondent: Respondent, authority: Authority) -> Court:
    """The court for a suit against the reconsidering organ, which is the defendant if it changed the act.

    APL.26.2, APL.15, APL.18.1. If it upheld the act, both are defendants and the organ that acted decides
    the court's level (SPCA.134.3): `court`. The name is "" if the respondent's record does not hold it.
    """
    row = next(row for row in _routes() if row["kind"] == authority.kind.value)
    level = CourtLevel(row["court"])
    return Court(level, respondent.courts.name(level), row["court_rule"], respondent.courts.source)


def may_ask_state_council(respondent: Respondent) -> bool:
    """Whether the decision can also be taken to the State Council, which rules finally (ARL.26)."""
    return bool(_route(respondent).get("final_ruling"))


_FIELDS = {
    "self": ("被申请机关的名称", "the respondent's name"),
    "government": ("本级人民政府的名称", "the name of the government of its level"),
    "superior": ("上一级机关的名称", "the name of the next higher organ"),
    "parent": ("所属（管理）部门的名称", "the name of the department it belongs to"),
    "local_government": ("所在地人民政府的名称", "the name of the government where it sits"),
}


def _name(respondent: Respondent, field: str) -> str:
    value: str = respondent.name if field == "self" else getattr(respondent, field)
    return value.strip()


def _route(respondent: Respondent) -> dict[str, Any]:
    rows = [row for row in _routes() if row["kind"] == respondent.kind.value]
    if "parent" in rows[0]:
        parent = respondent.parent_kind
        rows = [row for row in rows if parent is not None and parent.value in row["parent"]]
        if not rows:
            raise _missing(
                "parent_kind",
                "所属（管理）机关的类别",
                "the kind of organ it belongs to, one that can have it",
            )
    route = rows[0]
    if respondent.level.value not in route["levels"]:
        raise RemedyError(
            "remedy_level_wrong",
            f"“{respondent.name}”登记为{route['zh']}，层级却是“{respondent.level.value}”，"
            f"应为 {'、'.join(route['levels'])} 之一。请核对机关类别和层级。",
            f"{respondent.name}: a {route['en']} cannot be of the level {respondent.level.value}; "
            f"use one of {', '.join(route['levels'])}. Check kind and level.",
        )
    return route


@cache
def _routes() -> tuple[dict[str, Any], ...]:
    return tuple(data("remedies.toml")["route"])


def _missing(field: str, zh: str, en: str) -> RemedyError:
    return RemedyError(
        "remedy_name_missing" if field != "parent_kind" else "remedy_parent_missing",
        f"确定救济途径缺少{zh}（{field}）。请在机关资料中补充。",
        f"The remedy needs {en} ({field}). Add it to the organ's record.",
    )


def _texts(facts: object) -> None:
    for one in fields(facts):  # type: ignore[arg-type]
        value = getattr(facts, one.name)
        if str(one.type) == "str" and not isinstance(value, str):
            raise _bad_field(one.name, value)


def _bad_field(name: str, value: object) -> RemedyError:
    return RemedyError(
        "remedy_bad_field",
        f"机关资料“{name}”的值不可用：{short(value)}。请核对。",
        f"the organ's {name!r} has a value of the wrong kind: {short(value)}. Check it.",
    )
