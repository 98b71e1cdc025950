"""A finding: what a check says about a report, with the cells and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongkai.annual.report import Value
from gongkai.documents.intermediate import Place

SEVERITIES = ("error", "warning", "info")


@dataclass(slots=True)
class Finding:
    """One finding. `to_json` gives the contract's shape; the rest serves the page and the check sheet."""

    rule: str  # an id of LAW.md, or READ.1
    severity: str
    message: str  # Chinese: what is wrong and what to do
    message_en: str
    cells: list[str] = field(default_factory=list)
    expected: Value = None
    found: Value = None
    quote: str | None = None
    place: Place | None = None  # of the quoted words
    name: str = ""  # the check that found it, e.g. "row_sum": a rule may have several checks

    def to_json(self, source: str, organ: str | None, year: int | None) -> dict[str, Any]:
        result: dict[str, Any] = {
            "source": source,
            "rule": self.rule,
            "severity": self.severity,
            "organ": organ,
            "year": year,
            "cells": self.cells,
            "expected": self.expected,
            "found": self.found,
            "message": self.message,
        }
        if self.quote is not None:
            result["quote"] = self.quote
        return result
