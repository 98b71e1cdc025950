"""What a reader got wrong: the cells of a report that differ from the truth, in words."""

from __future__ import annotations

import re
from typing import Any

from tests.annual.printing.disturbances import Disturbances
from tests.annual.printing.wording import simplified

from gongkai.annual.report import Report

# Disturbances after which a printed label need not come back letter for letter.
_LABELS_CHANGED = frozenset({"misprints", "punctuation", "traditional_characters", "short_labels"})


def differences(truth: dict[str, Any], got: Report, disturbances: Disturbances = frozenset()) -> list[str]:
    """Each difference as `path: expected …, got …`; empty where all was read right."""
    read = got.to_json()
    result = []
    for name in ("form", "year"):
        if truth[name] != read.get(name):
            result.append(f"{name}: expected {truth[name]!r}, got {read.get(name)!r}")
    if simplified(truth["organ"]) != simplified(read.get("organ") or ""):
        result.append(f"organ: expected {truth['organ']!r}, got {read.get('organ')!r}")
    if "statistics" in truth:
        result += _statistics(truth["statistics"], read.get("statistics") or [], disturbances)
    for name in ("proactive", "requests", "remedies", "processing_fees"):
        if name in truth:
            result += _cells(name, truth[name], read.get(name))
    return result


def _cells(path: str, expected: Any, got: Any) -> list[str]:
    if not isinstance(expected, dict):
        same = expected == got and (expected is None) == (got is None)
        return [] if same else [f"{path}: expected {_plain(expected)}, got {_plain(got)}"]
    if not isinstance(got, dict):
        return [f"{path}: expected cells, got {_plain(got)}"]
    extra = [f"{path}.{key}: not in the report, got {_plain(got[key])}" for key in got if key not in expected]
    missing = [f"{path}.{key}: not found" for key in expected if key not in got]
    inner = [d for key in expected if key in got for d in _cells(f"{path}.{key}", expected[key], got[key])]
    return extra + missing + inner


def _statistics(
    expected: list[dict[str, Any]], got: list[dict[str, Any]], disturbances: Disturbances
) -> list[str]:
    if len(expected) != len(got):
        labels = [_squeezed(row["label"]) for row in got]
        lost = [row["label"] for row in expected if _squeezed(row["label"]) not in labels]
        return [f"statistics: expected {len(expected)} rows, got {len(got)}; not among them: {lost[:4]}"]
    result = []
    for index, (right, read) in enumerate(zip(expected, got, strict=True)):
        for name in ("unit", "value"):
            if name == "unit" and "traditional_characters" in disturbances:
                continue
            result += _cells(f"statistics.{index}.{name} ({right['label'][:14]})", right[name], read[name])
        if not disturbances & _LABELS_CHANGED and _squeezed(right["label"]) != _squeezed(read["label"]):
            result.append(f"statistics.{index}.label: expected {right['label']!r}, got {read['label']!r}")
    return result


def _squeezed(label: str) -> str:
    return re.sub(r"\s", "", label)


def _plain(value: Any) -> str:
    return "blank" if value is None else str(value)
