"""The kinds of record, with what each must hold (data/record_kinds.toml; our own list, D)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from gongkai.statute.catalogue.errors import unknown
from gongkai.statute.data_files import data
from gongkai.statute.duties import duty
from gongkai.statute.findings import Mark
from gongkai.statute.remedies.respondents import Level, OrganKind

KINDS = "record_kinds.toml"
RunsFrom = Literal["formed", "changed", "document_published", "approved", "decided"]
Unit = Literal["working-days", "days"]


class Field(NamedTuple):
    """A field of a record (META.2)."""

    code: str
    zh: str
    en: str
    source: str


class KindLimit(NamedTuple):
    """A limit of its own: `amount` of `unit` from a day. `name`: the law or document that sets it.

    `mark`: V, M or D; `note`: what a legal officer should confirm; `holds_from`: the first day it holds.
    """

    amount: int
    unit: Unit
    runs_from: RunsFrom
    rule: str
    name: str
    name_en: str
    mark: Mark
    holds_from: dt.date
    source: str
    note: str


class Maker(NamedTuple):
    """Organs that can make a kind of record: of these kinds, at these levels; an empty one means any."""

    kinds: tuple[OrganKind, ...]
    levels: tuple[Level, ...]

    def is_it(self, kind: OrganKind, level: Level | None) -> bool:
        at_level = level is None or not self.levels or level in self.levels
        return at_level and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record. `category`: proposed, "" where it must be chosen; `column`: of the four (PLT.3).

    `requires`: the codes of the fields it must hold, with those of every record (REG.12). `shows_validity`:
    NOR.3. `counted`: its block of table 2, "" for none. `limit`: None where REG.26 alone holds. `prompt`: to
    be published at once. `annual`: due by REG.49. `rule`: of the duty to publish it. `made_by`: the organs
    that can make it; empty: every organ.
    """

    code: str
    zh: str
    en: str
    category: str
    column: str
    requires: tuple[str, ...]
    shows_validity: bool
    counted: str
    limit: KindLimit | None
    prompt: bool
    annual: bool
    rule: str
    mark: Mark
    holds_from: dt.date
    note: str
    made_by: tuple[Maker, ...] = ()

    def name(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en

    def can_be_made_by(self, kind: OrganKind, level: Level | None = None) -> bool:
        """Whether an organ of that kind can make it. `level`: of government; without it any level's.

        >>> rule = record_kind("rule")
        >>> rule.can_be_made_by(OrganKind.TOWNSHIP_GOVERNMENT, Level.TOWNSHIP)
        False
        >>> [rule.can_be_made_by(OrganKind.GOVERNMENT, level) for level in (Level.COUNTY, Level.PREFECTURE)]
        [False, True]
        """
        if not isinstance(kind, OrganKind):
            raise unknown("organ_kind", "机关类别", kind, list(OrganKind))
        return not self.made_by or any(one.is_it(kind, level) for one in self.made_by)


def record_kinds(kind: OrganKind | None = None, *, level: Level | None = None) -> tuple[RecordKind, ...]:
    """Every kind of record, in the order of the categories, or those that a kind of organ can make."""
    return tuple(one for one in _kinds().values() if kind is None or one.can_be_made_by(kind, level))


def record_kind(code: str) -> RecordKind:
    """The kind of that code. CatalogueError `catalogue_unknown_kind` for any other value.

    >>> record_kind("normative_document").requires[-3:]
    ('document_number', 'effective_on', 'theme')
    """
    found = _kinds().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown("kind", "信息类型", code, _kinds())
    return found


def fields() -> tuple[Field, ...]:
    """Every field of a record (META.2), with those of single kinds."""
    return tuple(_fields().values())


def missing_fields(kind: str, present: Collection[str]) -> tuple[Field, ...]:
    """The fields a record of that kind lacks. `present`: the codes of those that are not empty.

    CatalogueError for a kind there is none of. Codes of fields not asked for do no harm.

    >>> [one.zh for one in missing_fields("interpretation", ["index_number", "title", "summary", "made_on"])]
    ['所解读的文件']
    """
    return tuple(_fields()[code] for code in record_kind(kind).requires if code not in present)


@cache
def _fields() -> dict[str, Field]:
    return {row["code"]: Field(**row) for row in data(KINDS)["field"]}


@cache
def _kinds() -> dict[str, RecordKind]:
    return {row["code"]: _kind(row) for row in data(KINDS)["kind"]}


def _kind(row: dict[str, Any]) -> RecordKind:
    file = data(KINDS)
    return RecordKind(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        category=row["category"],
        column=row["column"],
        requires=(*file["always"], *row["requires"]),
        shows_validity=row.get("validity", False),
        counted=row.get("counted", ""),
        limit=_limit(row["limit"]) if "limit" in row else None,
        prompt=row.get("prompt", False),
        annual=row.get("annual", False),
        rule=row.get("rule", "REG.26"),
        mark=file["mark"],
        holds_from=file["holds_from"],
        note=row.get("note", ""),
        made_by=tuple(_maker(one) for one in row.get("made_by", ())),
    )


def _maker(row: dict[str, list[str]]) -> Maker:
    return Maker(
        tuple(OrganKind(one) for one in row.get("kinds", ())),
        tuple(Level(one) for one in row.get("levels", ())),
    )


def _limit(row: dict[str, Any]) -> KindLimit:
    """The limit as written, or that of the duty it names."""
    named = {"name": row["name"], "name_en": row["name_en"], "runs_from": row["from"]}
    if "duty" not in row:
        rest = {key: row[key] for key in ("amount", "unit", "rule", "mark", "holds_from", "source", "note")}
        return KindLimit(**named, **rest)
    owed = duty(row["duty"])
    assert owed.limit is not None
    assert owed.limit.working_days is not None
    return KindLimit(
        amount=owed.limit.working_days,
        unit="working-days",
        rule=owed.source,
        mark=owed.mark,
        holds_from=owed.holds_from,
        source=owed.source,
        note=owed.note,
        **named,
    )
