"""The indicators for sites and accounts as data (CHK; data/inspection.toml), and an office's own file."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from gongkai.statute.data_files import text_of
from gongkai.statute.errors import InspectionError, short
from gongkai.statute.findings import Mark


class Seen(NamedTuple):
    """A deduction seen in a real self-check."""

    zh: str
    en: str
    points: Fraction
    mark: Mark


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """An indicator of part 2. `points`: its ceiling, None while nobody has filled it in (M).

    `service`: left out for departments without public services.
    """

    code: str
    zh: str
    en: str
    points: Fraction | None
    service: bool
    seen: tuple[Seen, ...]


class Freshness(NamedTuple):
    """How old the newest entry of a column may be: `days`, or `months`. `news_and_notices`: for CHK.V4(1)."""

    kind: str
    zh: str
    en: str
    days: int | None
    months: int | None
    news_and_notices: bool


class Structure(NamedTuple):
    """Points of part 2, of part 3, and the two marks between which a site passes."""

    base: Fraction
    base_without_services: Fraction
    factor_without_services: Fraction
    fails_below: Fraction
    bonus_above: Fraction
    bonus_most: Fraction


@dataclass(frozen=True, slots=True)
class Indicators:
    """One set of indicators with the date it holds from. `veto`: thresholds of V1 … V6, N1 … N3 by name."""

    number: str
    holds_from: dt.date
    source: str
    structure: Structure
    veto: dict[str, dict[str, Any]]
    freshness: dict[str, Freshness]
    items: dict[str, ScoredItem]

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """What a legal officer has to confirm or an office to fill in."""
        found = [f"CHK.{code}：{row['zh']}" for code, row in self.veto.items() if row["mark"] != "V"]
        open_items = [item.zh for item in self.items.values() if item.points is None]
        if open_items:
            found.append(f"未填分值的扣分指标：{'、'.join(open_items)}")
        return tuple(found)


@cache
def national_indicators() -> Indicators:
    """The indicators of 国办秘函〔2019〕19号 as far as they were read (CHK)."""
    return read_indicators(text_of("inspection.toml"))


def read_indicators(text: str) -> Indicators:
    """A file of indicators, in the shape of data/inspection.toml: an office fills in points or thresholds.

    InspectionError `inspection_bad_indicators` says what is missing or wrong: no source, points that are no
    numbers, items that together exceed the points there are.
    """
    try:
        row = tomllib.loads(text)
        found = _read(row)
    except InspectionError:
        raise  # it says already what is wrong
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _bad(f"{type(error).__name__}: {error}") from error
    _check(found)
    return found


def points(value: object, what: str) -> Fraction:
    """Points as an exact number, from 0 to 1000. InspectionError for bool, negative numbers, NaN, text."""
    exact: Fraction | None = None
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        exact = Fraction(value)
    elif isinstance(value, float) and value == value and abs(value) <= _MOST_POINTS:
        exact = Fraction(str(value))  # 0.1 as it is written, not as the machine keeps it
    if exact is None or not 0 <= exact <= _MOST_POINTS:
        raise InspectionError(
            "inspection_bad_points",
            f"{what}的分值应为 0 至 {_MOST_POINTS} 的数，现为 {short(value)}。请核对。",
            f"points of {what} must be a number from 0 to {_MOST_POINTS}, not {short(value)}. Check them.",
        )
    return exact


_MOST_POINTS = 1_000
_NEEDED = ("V1", "V2", "V3", "V4", "V5", "V6", "N1", "N2", "N3")


def _read(row: dict[str, Any]) -> Indicators:
    items = {one["code"]: _item(one) for one in row["item"]}
    if len(items) != len(row["item"]):
        raise _bad("an item stands twice")
    structure = row["structure"]
    numerator, denominator = structure["factor_without_services"]
    return Indicators(
        number=row["number"],
        holds_from=row["holds_from"],
        source=row["source"],
        structure=Structure(
            points(structure["base"], "base"),
            points(structure["base_without_services"], "base_without_services"),
            points(numerator, "factor") / points(denominator, "factor"),
            points(structure["fails_below"], "fails_below"),
            points(structure["bonus_above"], "bonus_above"),
            points(structure["bonus_most"], "bonus_most"),
        ),
        veto={code: dict(row["veto"][code]) for code in _NEEDED},
        freshness={one["kind"]: _freshness(one) for one in row["freshness"]},
        items=items,
    )


def _item(row: dict[str, Any]) -> ScoredItem:
    return ScoredItem(
        row["code"],
        row["zh"],
        row["en"],
        points(row["points"], row["zh"]) if "points" in row else None,
        row.get("service", False),
        tuple(
            Seen(one["zh"], one["en"], points(one["points"], row["zh"]), one["mark"])
            for one in row.get("seen", ())
        ),
    )


def _freshness(row: dict[str, Any]) -> Freshness:
    return Freshness(
        row["kind"],
        row["zh"],
        row["en"],
        row.get("days"),
        row.get("months"),
        row.get("counts") == "news-and-notices",
    )


def _check(found: Indicators) -> None:
    if not (isinstance(found.source, str) and found.source.strip()):
        raise _bad("no source")
    for one in found.freshness.values():
        limit = one.days if one.months is None else one.months
        if (one.days is None) == (one.months is None) or type(limit) is not int or limit < 1:
            raise _bad(f"freshness of {one.kind}: days or months, a whole number")
    for code, row in found.veto.items():
        for name, value in row.items():
            if name not in ("zh", "en", "mark", "matters", "elements") and (
                type(value) is not int or value < 1
            ):
                raise _bad(f"{code}.{name}: a whole number from 1")
    known = [item.points for item in found.items.values() if item.points is not None]
    if sum(known, Fraction(0)) > found.structure.base:
        raise _bad(f"the items have more than the {found.structure.base} points there are")


def _bad(what: str) -> InspectionError:
    return InspectionError(
        "inspection_bad_indicators",
        f"检查指标文件不可用：{what[:200]}。请对照 data/inspection.toml 核对。",
        f"the file of indicators cannot be used: {what[:200]}. Compare it with data/inspection.toml.",
    )
