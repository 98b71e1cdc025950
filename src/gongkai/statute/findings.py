"""What is wrong with a decision, a remedy clause or the course of a challenge: a finding, never a crash.

The words stand in data files (`…_findings.toml`): one table a code, with its rule, severity and words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from gongkai.statute.articles import Article, article
from gongkai.statute.data_files import data

Severity = Literal["error", "warning", "info"]
Mark = Literal["V", "M", "D"]  # read in the law; to be confirmed by a legal officer; our own choice


class Finding(NamedTuple):
    """`code` for machines; `rule`: the id of the rule broken; the words name the article and what to do."""

    code: str
    severity: Severity
    rule: str
    zh: str
    en: str

    @property
    def article(self) -> Article:
        """The article broken, as a letter or a court calls it."""
        return article(self.rule)

    def message(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en


def finding(file: str, code: str, *, rule: str | None = None, **facts: object) -> Finding:
    """The finding of that code in data/`file`, its words filled in with the facts and the article."""
    return worded(code, data(file)[code], rule, facts)


def worded(code: str, kind: Mapping[str, Any], rule: str | None, facts: Mapping[str, object]) -> Finding:
    """A finding from its entry in a data file; `rule`: if another than the entry's is broken."""
    rule = rule or kind["rule"]
    called = article(rule)
    return Finding(
        code,
        kind["severity"],
        rule,
        kind["zh"].format(article=called.zh, **facts),
        kind["en"].format(article=called.en, **facts),
    )
