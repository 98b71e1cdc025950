"""The categories of what is disclosed proactively (REG.20, REG.21), as data (data/catalogue_categories.toml).

Codes: `20.01` to `20.15` the items of article 20; `21.01` to `21.07` what article 21 adds for cities with
districts, counties and their departments; `21.11` to `21.18` what it adds for townships.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from gongkai.statute.catalogue.errors import day, unknown
from gongkai.statute.data_files import data
from gongkai.statute.duties import Duty, duties
from gongkai.statute.duties.catalogue import stands_for
from gongkai.statute.findings import Mark
from gongkai.statute.remedies import Level, OrganKind

# REG.21 speaks of cities with districts and counties: their departments, not those of province or nation.
_LOCAL_LEVELS = frozenset({Level.COUNTY, Level.PREFECTURE})
_LOCAL = "local-content"


@dataclass(frozen=True, slots=True)
class Category:
    """A category: full names and short ones. `rule`: the article and item; `who`: as duties.toml has it."""

    code: str
    zh: str
    en: str
    short_zh: str
    short_en: str
    rule: str
    who: str
    duty: str
    mark: Mark
    holds_from: dt.date

    def name(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en

    def short(self, lang: str = "zh") -> str:
        return self.short_zh if lang == "zh" else self.short_en

    def binds(self, kind: OrganKind, level: Level | None = None) -> bool:
        """Whether an organ of that kind must disclose it. `level`: of a department; without it any level's.

        >>> category("21.01").binds(OrganKind.DEPARTMENT, Level.PROVINCE)
        False
        """
        if not isinstance(kind, OrganKind):
            raise unknown("organ_kind", "机关类别", kind, list(OrganKind))
        if self.duty == _LOCAL and level is not None and level not in _LOCAL_LEVELS:
            return False
        return stands_for(self.who, kind)


def categories(
    kind: OrganKind | None = None, on: dt.date | None = None, *, level: Level | None = None
) -> tuple[Category, ...]:
    """Every category in the order of the articles, or those that bind a kind of organ, or held on a day.

    `level`: the level of government of a department: REG.21 does not bind those of a province. A day before
    the Regulation of 2019 has none.

    >>> [one.code for one in categories(OrganKind.TOWNSHIP_GOVERNMENT)][-2:]
    ['21.17', '21.18']
    """
    when = None if on is None else day(on, "日期")
    return tuple(
        one
        for one in _categories().values()
        if (when is None or one.holds_from <= when) and (kind is None or one.binds(kind, level))
    )


def category(code: str) -> Category:
    """The category of that code; CatalogueError `catalogue_unknown_category` for any other value.

    >>> category("20.07").short_zh
    '财政预决算'
    """
    found = _categories().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown("category", "公开目录类别", code, _categories())
    return found


@cache
def _categories() -> dict[str, Category]:
    owed = {one.id: one for one in duties()}
    return {
        row["code"]: _category(row, owed[row["duty"]])
        for row in data("catalogue_categories.toml")["category"]
    }


def _category(row: dict[str, str], owed: Duty) -> Category:
    item = next(item for item in owed.items if item.code == row["item"])
    return Category(
        code=row["code"],
        zh=item.zh,
        en=item.en,
        short_zh=row["short_zh"],
        short_en=row["short_en"],
        rule=row["rule"],
        who=owed.who,
        duty=owed.id,
        mark=owed.mark,
        holds_from=owed.holds_from,
    )
