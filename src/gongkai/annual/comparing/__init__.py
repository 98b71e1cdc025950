"""Two annual reports side by side: their figures, the sums that cross from one to the other, their texts.

    comparison = compare(last_year, this_year)

Two years of one organ, or two organs of one year. What is counted as the same sentence is
`gongkai.wording.similarity`; what must agree across years are the checks of `gongkai.annual.checking.years`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.annual.checking import check, check_together
from gongkai.annual.comparing.figures import FigurePair, figure_pairs
from gongkai.annual.comparing.texts import SectionPair, section_pairs
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two reports have in common and where they differ. Of two years, `before` is the earlier."""

    before: Report
    after: Report
    same_organ: bool
    figures: tuple[FigurePair, ...]  # every cell that either report has, in the order of the form
    sections: tuple[SectionPair, ...]
    findings: tuple[Finding, ...]  # across the two: identities between years, copied text

    @property
    def years(self) -> bool:
        """Whether these are two years that follow each other, so that sums must cross over."""
        return self.same_organ and _follows(self.before, self.after)

    @property
    def changed(self) -> tuple[FigurePair, ...]:
        return tuple(pair for pair in self.figures if pair.before != pair.after)

    def to_json(self) -> dict[str, Any]:
        """The comparison as one object: `before`, `after`, `figures`, `findings`, `sections`."""
        return {
            "before": _identity(self.before),
            "after": _identity(self.after),
            "kind": "years" if self.same_organ else "organs",
            "figures": [pair.to_json() for pair in self.figures],
            "findings": [
                f.to_json(self.after.source, self.after.organ, self.after.year) for f in self.findings
            ],
            "sections": [section.to_json() for section in self.sections],
        }


def compare(one: Report, other: Report) -> Comparison:
    """Compare two reports. Two years of one organ are put in their order, whichever is given first."""
    from gongkai.annual.checking.years import same_organ

    of_one = same_organ(one.organ, other.organ)
    before, after = one, other
    if of_one and one.year is not None and other.year is not None and one.year > other.year:
        before, after = other, one
    return Comparison(
        before,
        after,
        of_one,
        tuple(figure_pairs(before, after)),
        tuple(section_pairs(before, after)),
        tuple(_findings(before, after, of_one)),
    )


def _findings(before: Report, after: Report, of_one: bool) -> list[Finding]:
    """The findings that only the two together give."""
    if not of_one:
        return [finding for report, finding in check_together([before, after]) if report is after]
    alone = {_key(finding) for finding in check(after)}
    return [finding for finding in check(after, previous=before) if _key(finding) not in alone]


def _key(finding: Finding) -> tuple[str, str]:
    return finding.name, finding.message


def _follows(before: Report, after: Report) -> bool:
    return before.year is not None and after.year == before.year + 1


def _identity(report: Report) -> dict[str, Any]:
    return {"source": report.source, "organ": report.organ, "year": report.year, "form": report.form}
