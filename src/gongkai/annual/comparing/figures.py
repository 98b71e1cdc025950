"""The figures of two reports cell by cell, with what changed and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.annual.report import Number, Report, Value
from gongkai.wording.normal import compact

_ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FigurePair:
    """One cell of both reports. A path is None where that report has no such cell; a blank is None too."""

    path_before: str | None
    path_after: str | None
    before: Value
    after: Value

    @property
    def path(self) -> str:
        return self.path_after or self.path_before or ""

    @property
    def change(self) -> Number | None:
        """What was added; None where either figure is blank or absent."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent of the earlier figure, to one place; None where that was 0 or nothing."""
        if self.change is None or not self.before:
            return None
        return (Decimal(self.change) * 100 / Decimal(self.before)).quantize(_ONE_PLACE)

    def to_json(self) -> dict[str, Any]:
        return {
            "cell": self.path,
            "before": self.before,
            "after": self.after,
            "change": self.change,
            "percent": self.percent,
        }


def figure_pairs(before: Report, after: Report) -> Iterator[FigurePair]:
    """Every cell of either report, in the order of the later one; what only the earlier has comes last.

    None where one report has the statistics of the years up to 2018 and the other the tables of today: their
    figures count other things.
    """
    if (before.statistics is None) is not (after.statistics is None):
        return
    earlier = dict(before.cells())
    pairs = _paired_statistics(before, after)
    for path, value in after.cells():
        there = pairs.get(path) if path.startswith("statistics.") else path
        found = there is not None and there in earlier
        yield FigurePair(
            there if found else None, path, earlier.pop(there or "", None) if found else None, value
        )
    for path, value in earlier.items():
        yield FigurePair(path, None, value, None)


def _paired_statistics(before: Report, after: Report) -> dict[str, str]:
    """For each row of the later table of form 2014 its row in the earlier: the same code, or the same words.

    Codes and words may stand twice; each row is paired once, in order.
    """
    waiting: dict[str, list[str]] = {}
    for key, path in _statistics_keys(before):
        waiting.setdefault(key, []).append(path)
    pairs: dict[str, str] = {}
    for key, path in _statistics_keys(after):
        if waiting.get(key):
            pairs[path] = waiting[key].pop(0)
    return pairs


def _statistics_keys(report: Report) -> Iterator[tuple[str, str]]:
    codes = report.statistics_codes
    for index, row in enumerate(report.statistics or ()):
        code = codes[index] if index < len(codes) else None
        yield code or compact(str(row["label"])), f"statistics.{index}.value"
