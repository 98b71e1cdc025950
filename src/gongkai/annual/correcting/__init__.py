"""A report corrected by a person: what was changed, kept apart from the report as it was read.

    changes = with_changes(report, {}, {"requests.granted.total": 3})
    corrected = correct(report, changes)

Changes are cell paths, `title`, `organ`, `year` and `sections.CODE` (a text, each paragraph on a line) with
what stands there now. Nothing here changes what it is given.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from gongkai.annual.correcting.cells import put_figure
from gongkai.annual.correcting.fees import fees_are_told, reread_fees, text_with_fee
from gongkai.annual.correcting.fields import Field, fields
from gongkai.annual.correcting.texts import paragraphs_of, put_text, put_title, section_text
from gongkai.annual.correcting.typed import NotAccepted, read_typed, shown_value
from gongkai.annual.report import Report, Value

__all__ = [
    "Change",
    "Changes",
    "Field",
    "NotAccepted",
    "correct",
    "fields",
    "present",
    "read_typed",
    "shown_value",
    "with_changes",
]

Change = Value | str
Changes = Mapping[str, Change]

FEES = "processing_fees."
OTHER_MATTERS = "sections.other_matters"


def correct(report: Report, changes: Changes) -> Report:
    """The report with the changes and nothing else changed.

    Its places stay those of the file it was read from. Paths are those of `fields`. Fees that section six
    tells in words are read from its text anew.
    """
    if not changes:
        return report
    result = copy.deepcopy(report)
    for path, value in changes.items():
        if path.startswith("sections."):
            put_text(result, path.removeprefix("sections."), str(value or ""))
        elif path == "title":
            put_title(result, value if isinstance(value, str) else None)
        elif path == "organ":
            result.organ = value if isinstance(value, str) else None
        elif path == "year":
            result.year = value if isinstance(value, int) else None
        elif not isinstance(value, str):
            put_figure(result, path, value)
    if OTHER_MATTERS in changes:
        reread_fees(result, told_before=fees_are_told(report))
    return result


def with_changes(report: Report, changes: Changes, asked: Changes) -> dict[str, Change]:
    """The changes with those `asked` for added; what is again as it was read is no change any more.

    A fee that section six tells in words is changed there. Raises `NotAccepted` where the words cannot
    follow.
    """
    merged = dict(changes)
    for path, value in asked.items():
        if not path.startswith(FEES):
            merged[path] = value
            continue
        now = correct(report, merged)
        if not fees_are_told(now):
            merged[path] = value
        elif now.value(path) != value:
            assert not isinstance(value, str)
            merged[OTHER_MATTERS] = text_with_fee(now, path, value)
    return {path: value for path, value in merged.items() if not _as_read(report, path, value)}


def present(report: Report, path: str) -> Change:
    """What stands at a path of `fields`."""
    if path in ("title", "organ", "year"):
        found: Change = getattr(report, path)
        return found
    if path.startswith("sections."):
        return section_text(report, path.removeprefix("sections."))
    return report.value(path)


def _as_read(report: Report, path: str, value: Change) -> bool:
    before = present(report, path)
    if path.startswith("sections."):
        return paragraphs_of(str(before or "")) == paragraphs_of(str(value or ""))
    return (before or None) == (value or None) if isinstance(before, str) else before == value
