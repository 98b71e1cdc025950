"""Whether a site or an account passes, and with how many points (CHK; 国办秘函〔2019〕19号)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from gongkai.statute.errors import InspectionError, short
from gongkai.statute.inspection.facts import Points, SiteFacts, Subject
from gongkai.statute.inspection.indicators import Indicators, ScoredItem, national_indicators, points
from gongkai.statute.inspection.vetoes import Veto, vetoes


class Verdict(StrEnum):
    """`UNDETERMINED`: no veto was found, but not everything was looked at."""

    PASSED = "passed"
    FAILED = "failed"
    UNDETERMINED = "undetermined"

    @property
    def zh(self) -> str:
        return {"passed": "合格", "failed": "不合格", "undetermined": "尚不能判定"}[self.value]


class ItemScore(NamedTuple):
    """What was taken off for an item: `found` in all, `counted` up to its `ceiling` (None: no ceiling)."""

    item: str
    zh: str
    found: Fraction
    counted: Fraction
    ceiling: Fraction | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result. `part_two`: 100 less the deductions; None if a veto stops it or it is not scored.

    `bonus`: part 3, counted above 80 points of part 2 only. `score`: the final one, exact. `ignored`: service
    items of a department without services. `to_confirm`: for a legal officer.
    """

    verdict: Verdict
    vetoes: tuple[Veto, ...]
    items: tuple[ItemScore, ...]
    part_two: Fraction | None
    bonus: Fraction | None
    score: Fraction | None
    ignored: tuple[Points, ...]
    to_confirm: tuple[str, ...]

    @property
    def failed_by(self) -> tuple[Veto, ...]:
        """The vetoes that fail it."""
        return tuple(veto for veto in self.vetoes if veto.met)

    @property
    def not_looked_at(self) -> tuple[Veto, ...]:
        return tuple(veto for veto in self.vetoes if veto.met is None)

    @property
    def zh(self) -> str:
        """不合格（单项否决：CHK.V2）; 合格（92.5 分）."""
        if self.failed_by:
            return f"{self.verdict.zh}（单项否决：{'、'.join(veto.rule for veto in self.failed_by)}）"
        if self.score is not None:
            return f"{self.verdict.zh}（{_shown(self.score)} 分）"
        return self.verdict.zh


def judge(facts: SiteFacts, indicators: Indicators | None = None) -> Inspection:
    """Whether the site or the account passes (CHK).

    Any veto fails it, and nothing else is looked at. Portals are then scored: 100 points less the deductions,
    an item's never above its points; 75 points × 4/3 without public services; below 60 fails; above 80 the
    bonus is added. InspectionError for an item, a matter or a kind of column there is not.

    >>> import datetime as dt
    >>> judge(SiteFacts(subject=Subject.SITE, as_of=dt.date(2026, 3, 2), grave=frozenset({"forgery"}))).zh
    '不合格（单项否决：CHK.V1）'
    """
    if not isinstance(facts, SiteFacts):
        raise InspectionError(
            "inspection_bad_field",
            f"应为检查事实（SiteFacts），现为 {short(facts)}。",
            f"SiteFacts are wanted, not {short(facts)}.",
        )
    used = indicators or national_indicators()
    found = vetoes(facts, used)
    confirm = _to_confirm(found, used)
    failed = any(veto.met for veto in found)
    open_ = any(veto.met is None for veto in found)
    scored = facts.subject is Subject.PORTAL and facts.deductions is not None
    if failed or not scored:
        unknown = open_ or facts.subject is Subject.PORTAL
        verdict = Verdict.FAILED if failed else Verdict.UNDETERMINED if unknown else Verdict.PASSED
        return Inspection(verdict, found, (), None, None, None, (), confirm)
    return _scored(facts, used, found, open_)


def _scored(facts: SiteFacts, used: Indicators, found: tuple[Veto, ...], open_: bool) -> Inspection:
    assert facts.deductions is not None
    structure = used.structure
    counted: list[Points] = []
    ignored: list[Points] = []
    for one in facts.deductions:
        left_out = _item(one, used).service and not facts.has_services
        (ignored if left_out else counted).append(one)
    items = _items(counted, used)
    base = structure.base if facts.has_services else structure.base_without_services
    part_two = max(Fraction(0), base - sum((item.counted for item in items), Fraction(0)))
    if not facts.has_services:
        part_two *= structure.factor_without_services
    bonus = Fraction(0)
    if part_two > structure.bonus_above:
        added = sum((points(one.points, one.item) for one in facts.bonuses), Fraction(0))
        bonus = min(added, structure.bonus_most)
    if part_two < structure.fails_below:
        verdict = Verdict.FAILED
    else:
        verdict = Verdict.UNDETERMINED if open_ else Verdict.PASSED
    return Inspection(
        verdict, found, items, part_two, bonus, part_two + bonus, tuple(ignored), _to_confirm(found, used)
    )


def _to_confirm(found: tuple[Veto, ...], used: Indicators) -> tuple[str, ...]:
    """What the indicators leave open, and what a finding does: the words of each veto that says so."""
    known = {f"CHK.{code}" for code, row in used.veto.items() if row["mark"] != "V"}
    return (
        *used.to_confirm,
        *(f"{veto.rule}：{veto.zh}" for veto in found if veto.to_confirm and veto.rule not in known),
    )


def _items(deductions: list[Points], used: Indicators) -> tuple[ItemScore, ...]:
    found: dict[str, Fraction] = {}
    for one in deductions:
        found[one.item] = found.get(one.item, Fraction(0)) + points(one.points, one.item)
    scores = []
    for code, total in found.items():
        item = used.items[code]
        counted = total if item.points is None else min(total, item.points)
        scores.append(ItemScore(code, item.zh, total, counted, item.points))
    return tuple(scores)


def _item(one: Points, used: Indicators) -> ScoredItem:
    item = used.items.get(one.item)
    if item is None:
        raise InspectionError(
            "inspection_unknown_item",
            f"没有“{short(one.item)}”这个扣分指标。可用的有：{'、'.join(used.items)}。",
            f"no scored item {short(one.item)}. Use one of: {', '.join(used.items)}.",
        )
    return item


def _shown(score: Fraction) -> str:
    # Cut off, not rounded: 59.996 is not shown as the 60 that would pass.
    hundredths = score.numerator * 100 // score.denominator
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
