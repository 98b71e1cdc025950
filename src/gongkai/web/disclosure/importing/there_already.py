"""Rows whose records are there already: left alone and told, never made a second time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from gongkai.web.disclosure.content import FIELDS
from gongkai.web.disclosure.importing.outcomes import Row, RowProblem, Trial
from gongkai.web.disclosure.importing.record_rows import NAMES
from gongkai.web.disclosure.models import Attachment, ImportRun, Purpose, Record, State, Version
from gongkai.web.organs.models import Organ

_AT_ONCE = 400  # values in one question to the database
_RUNS = 50  # imports of the organ that are looked through for who brought a record in
_COMPARED = tuple(name for name in FIELDS if name in NAMES)
_FACTS = ("pk", "index_number", "document_number", "title", "made_on")


class Earlier:
    """What an organ has, and which import brought it. One query for the imports, when first asked."""

    def __init__(self, organ: Organ) -> None:
        self.organ = organ
        runs = ImportRun.objects.filter(organ=organ, purpose__in=(Purpose.RECORDS, Purpose.WORD))
        self.runs = list(runs.select_related("by").order_by("-id")[:_RUNS])
        self._by_record = {pk: run for run in reversed(self.runs) for pk in run.results}

    def same_file(self, trial: Trial, digest: str) -> None:
        """Rows that this very file has brought in before. One query where it has been imported at all."""
        found = ImportRun.objects.filter(organ=self.organ, key__startswith=f"{digest}#")
        runs = list(found.select_related("by").order_by("-id")) if digest else []
        known = {
            (str(sheet), number): pk
            for run in runs
            for (sheet, number), pk in zip(run.rows, run.results, strict=False)
        }
        there: dict[int, Record] = {}
        for some in _parts(sorted(set(known.values()))):
            there |= self._there().filter(pk__in=some).in_bulk()
        if not any(note.code == "imported_already" for note in trial.notes):
            trial.notes[:0] = [
                RowProblem("", "imported_already", f"{_told(run)}。", f"{_told_en(run)}.", is_error=False)
                for run in runs
            ]
        for row in trial.rows:
            record = there.get(known.get((row.sheet, row.number), 0))
            if record is not None:
                self._leave(row, record.pk, record.index_number)

    def same_records(self, rows: Sequence[Row]) -> None:
        """Rows of records that are there, by number, or by title and date. Five queries for every 400 rows.

        What says the same is left alone; what says something else is an error: an import changes no record.
        """
        asked = [row for row in rows if row.existing is None and "content" in row.facts]
        by_index = self._found("index_number", (row.facts["index_number"] for row in asked))
        by_number = self._found(
            "document_number", (row.facts["content"].get("document_number") for row in asked)
        )
        titles = self._found("title", (row.facts["content"].get("title") for row in asked))
        meant = []
        for row in asked:
            found = _meant(row, by_index, by_number, titles)
            if found is not None:
                meant.append((row, *found))
            elif "index_taken" in row.facts:
                taken = row.facts["index_taken"]
                row.fault(NAMES["index_number"], taken.code, taken.zh, taken.en)
        versions = _versions(found[0] for _row, _column, found in meant)
        files = _files(versions) if any(row.facts["files"] for row, *_rest in meant) else {}
        for row, column, found in meant:
            differing = _differing(row, versions.get(found[0], []), files)
            if differing == [] and row.standing != "error":
                self._leave(row, found[0], found[1])
            else:
                self._differs(row, column, found, differing or [])

    def _there(self) -> Any:
        return Record.objects.filter(organ=self.organ).exclude(state=State.ABANDONED)

    def _found(self, column: str, values: Iterable[Any]) -> dict[Any, list[Any]]:
        """Facts of the organ's records by the value of a column. One query for every 400 values."""
        found: dict[Any, list[Any]] = {}
        at = _FACTS.index(column)
        for some in _parts(sorted({str(one) for one in values if one})):
            for one in self._there().filter(**{f"{column}__in": some}).values_list(*_FACTS):
                found.setdefault(one[at], []).append(one)
        return found

    def _leave(self, row: Row, pk: int, index_number: str) -> None:
        run = self._by_record.get(pk)
        zh = f"{_told(run)}" if run else "已有这条信息，内容相同"
        en = _told_en(run) if run else "There is such a record, saying the same"
        row.left_alone(pk, f"{zh}（{index_number}），不再导入。", f"{en} ({index_number}); left alone.")

    def _differs(self, row: Row, column: str, found: Any, names: list[str]) -> None:
        what = f"的{found[2]}" if column == "document_number" else ""
        shown = "、".join(names)
        zh = (
            f"{NAMES[column]}相同{what}的信息已有（{found[1]}）"
            + (f"，但“{shown}”与表中不同" if names else "")
            + "，没有改动。要修改的，请在已有的信息上修改，并删去这一行。"
        )
        en = f"There is a record of the same (index number {found[1]}). Change that one; take this row out."
        row.fault(NAMES[column], "there_already", zh, en)


def _meant(row: Row, by_index: Any, by_number: Any, titles: Any) -> tuple[str, Any] | None:
    """The column by which a row names a record that is there, and that record's facts."""
    content = row.facts["content"]
    for column, value, known in (
        ("index_number", row.facts["index_number"], by_index),
        ("document_number", content.get("document_number"), by_number),
    ):
        if value and value in known:
            return column, known[value][0]
    number = content.get("document_number") or ""
    for one in titles.get(content.get("title"), ()):
        # Decisions of one day may bear one title: their numbers tell them apart.
        if one[4] == content.get("made_on") and not (number and one[2]) and not row.facts["index_number"]:
            return "title", one
    return None


def _differing(row: Row, versions: Sequence[Version], files: dict[int, set[str]]) -> list[str] | None:
    """Labels of what a row says otherwise than every version of its record; [] where one says the same."""
    content = row.facts["content"]
    said = [name for name in _COMPARED if content.get(name) and (not row.cells or row.cells.get(NAMES[name]))]
    nearest: list[str] | None = None
    for version in versions:
        differing = [NAMES[name] for name in said if getattr(version, name) != content[name]]
        sent = {hashlib.sha256(one).hexdigest() for _name, one in row.facts.get("attachments", ())}
        if sent - files.get(version.pk, set()):
            differing.append(NAMES["files"])
        if nearest is None or len(differing) < len(nearest):
            nearest = differing
    return nearest


def _versions(records: Iterable[int]) -> dict[int, list[Version]]:
    found: dict[int, list[Version]] = {}
    for some in _parts(sorted(set(records))):
        for one in Version.objects.filter(record__in=some).defer("findings", "findings_answer"):
            found.setdefault(one.record_id, []).append(one)
    return found


def _files(versions: dict[int, list[Version]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for some in _parts([one.pk for several in versions.values() for one in several]):
        for version, digest in Attachment.objects.filter(version__in=some).values_list("version", "sha256"):
            found.setdefault(version, set()).add(digest)
    return found


def _told(run: ImportRun) -> str:
    at = timezone.localtime(run.at)
    return f"已导入过：{at:%Y-%m-%d %H:%M}，由{run.by}导入，共 {run.made} 条"


def _told_en(run: ImportRun) -> str:
    return f"Imported on {timezone.localtime(run.at):%Y-%m-%d %H:%M} by {run.by}, {run.made} records"


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
