"""One report under examination: what several checks need of it is worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.annual.checking.personal import PersonalWords, personal_words
from gongkai.annual.checking.plain_lines import PlainLine, plain_lines
from gongkai.annual.checking.rule_table import RuleTable, Threshold
from gongkai.annual.findings import Finding
from gongkai.annual.forms import Form, form
from gongkai.annual.report import Number, Report, Value
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import compact


@dataclass
class Examination:
    """A report, the last year's report if there is one, and the table of rules in use."""

    report: Report
    previous: Report | None
    rules: RuleTable

    def finding(
        self,
        name: str,
        zh: str,
        en: str,
        *,
        cells: Iterable[str] = (),
        expected: Value = None,
        found: Value = None,
        quote: str | None = None,
        place: Place | None = None,
    ) -> Finding:
        """A finding of the check with that name: rule and severity come from the table."""
        rule = self.rules.rules[name]
        return Finding(
            rule=rule.rule,
            severity=rule.severity,
            message=zh,
            message_en=en,
            cells=list(cells),
            expected=expected,
            found=found,
            quote=quote,
            place=place,
            name=name,
        )

    def threshold(self, name: str) -> Threshold:
        return self.rules.thresholds[name]

    @cached_property
    def form(self) -> Form:
        """The form the report is in; where it is not known, the one its parts speak for."""
        code = self.report.form
        if code is None or (code == "2014" and self.report.requests is not None):
            code = "2014" if self.report.requests is None and self.report.statistics else "2021"
        return form(code)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Cells the report has and nobody could read: no check may rest on them."""
        return frozenset(cell for gap in self.report.unread for cell in gap.cells)

    @cached_property
    def plain_lines(self) -> list[PlainLine]:
        """The narrative's paragraphs in one spelling, beside the words as printed."""
        return plain_lines(self.report)

    @cached_property
    def personal(self) -> PersonalWords:
        """The personal data in the report's words."""
        return personal_words(self.report, self.plain_lines)

    @cached_property
    def text(self) -> str:
        """The whole narrative in one spelling, without white space inside its lines."""
        return "\n".join(line.plain for line in self.plain_lines)

    def section_text(self, code: str) -> str:
        """The narrative of one section in one spelling; "" where there is none."""
        return self._sections.get(code, "")

    @cached_property
    def _sections(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for line in self.plain_lines:
            found.setdefault(line.section, []).append(line.plain)
        return {section: "".join(lines) for section, lines in found.items()}

    @cached_property
    def title(self) -> str:
        """The title in one spelling, without spaces; "" where there is none."""
        return compact(self.report.title or "")

    def number(self, path: str) -> Number | None:
        """The figure at a cell path, None where it is blank, absent or unread."""
        if self.unread and path in self.unread:
            return None
        part, _, rest = path.partition(".")
        if part == "requests":
            row, _, column = rest.rpartition(".")
            return self.request(row, column)
        if part == "statistics":
            return self.report.value(path)
        found = (getattr(self.report, part, None) or {}).get(rest)
        if found is None:
            row, _, column = rest.partition(".")
            cells = (getattr(self.report, part, None) or {}).get(row)
            found = cells.get(column) if isinstance(cells, dict) else None
        return found if isinstance(found, int | Decimal) else None

    def request(self, row: str, column: str = "total") -> Number | None:
        """A cell of table 3, None where it is blank, absent or unread."""
        if self.unread and f"requests.{row}.{column}" in self.unread:
            return None
        cells = (self.report.requests or {}).get(row)
        return cells.get(column) if cells else None
