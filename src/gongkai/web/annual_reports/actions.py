"""What a person does to the reports of a page. Each gives new work and changes nothing it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gongkai.annual.checked import Checked
from gongkai.annual.correcting import (
    FEES,
    OTHER_MATTERS,
    Change,
    Changes,
    NotAccepted,
    correct,
    fields,
    present,
    read_typed,
    shown_value,
    with_changes,
)
from gongkai.annual.report import Report
from gongkai.web.annual_reports import reading
from gongkai.web.annual_reports.carried import MOST_CHANGED, Work, pack_changes


class NotTyped(ValueError):
    """Some of what was typed cannot stand: `problems` by path. Nothing was changed."""

    def __init__(self, problems: Mapping[str, NotAccepted]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class NoSuchReport(LookupError):
    """The page has no report of that number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the page as it stands now: corrected, with its findings; `original` as it was read."""

    number: int
    item: Checked
    original: Report | None
    changes: Changes


def check_work(work: Work) -> list[Found]:
    """Every file of the page, corrected and checked; an unreadable report of the year before comes last."""
    corrected = [_corrected(work, number) for number in range(1, len(work.read) + 1)]
    items = reading.check(corrected, work.earlier)
    found = []
    for number, item in enumerate(items, start=1):
        original = work.read[number - 1].report if number <= len(work.read) else None
        found.append(Found(number, item, original, work.changes.get(number, {})))
    return found


def change(work: Work, number: int, typed: Mapping[str, str]) -> Work:
    """What was typed into fields of one report, by their paths, taken over.

    Fields that say what stands there already change nothing. Raises `NotTyped` where something cannot stand:
    then nothing is taken over; `NoSuchReport`.
    """
    original = original_of(work, number)
    changes = work.changes.get(number, {})
    now = correct(original, changes)
    known = fields(now)
    problems: dict[str, NotAccepted] = {}
    asked: dict[str, Change] = {}
    for path in (path for path in known if path in typed):
        if _same(typed[path], shown_value(present(now, path))):
            continue  # what the file says itself may be nothing that a person could type
        try:
            asked[path] = read_typed(path, known[path].kind, typed[path])
        except NotAccepted as problem:
            problems[path] = problem
    # Texts first: figures that a text tells are then changed in its new words.
    in_order = sorted(asked, key=lambda path: not path.startswith("sections."))
    for path in in_order:
        try:
            changes = with_changes(original, changes, {path: asked[path]})
        except NotAccepted as problem:
            problems[path] = problem
    result = _with(work, number, changes)
    if not problems and len(pack_changes(result)) > MOST_CHANGED:
        path = max(asked, key=lambda path: len(typed[path]))
        problems[path] = NotAccepted(
            path, "改动的文字太多，请缩短。", "The changed texts are too long: shorten them."
        )
    if problems:
        raise NotTyped(problems)
    return result


def restore(work: Work, number: int, path: str = "") -> Work:
    """One field as it was read, or with no path the whole report. Raises `NoSuchReport`."""
    original = original_of(work, number)
    if not path:
        return _with(work, number, {})
    changes = work.changes.get(number, {})
    if path in fields(original):
        try:
            return _with(work, number, with_changes(original, changes, {path: present(original, path)}))
        except NotAccepted:
            pass  # a fee whose words cannot follow: its text as a whole
    kept = {OTHER_MATTERS} if path.startswith(FEES) else {path}
    return _with(work, number, {p: value for p, value in changes.items() if p not in kept})


def original_of(work: Work, number: int) -> Report:
    """The report of that number as it was read. Raises `NoSuchReport`."""
    report = work.read[number - 1].report if 0 < number <= len(work.read) else None
    if report is None:
        raise NoSuchReport(number)
    return report


def corrected_report(work: Work, number: int) -> Report:
    """The report of that number with its changes. Raises `NoSuchReport`."""
    return correct(original_of(work, number), work.changes.get(number, {}))


def _corrected(work: Work, number: int) -> Checked:
    item = work.read[number - 1]
    if item.report is None:
        return item
    return replace(item, report=correct(item.report, work.changes.get(number, {})))


def _same(typed: str, shown: str) -> bool:
    return typed.split() == shown.split()


def _with(work: Work, number: int, changes: Changes) -> Work:
    kept = {n: given for n, given in {**work.changes, number: changes}.items() if given}
    return replace(work, changes=kept)
