"""Records from sheets and from Word files: tried first, then each row through `draft_record`.

Nothing that is imported is public: every row becomes a draft and goes through the review like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from gongkai.statute.catalogue import record_kind
from gongkai.web.audit.actions import held_together
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.attaching import attach_file, keep_images
from gongkai.web.disclosure.actions.drafting import draft_record
from gongkai.web.disclosure.importing.matching import complete, look_again
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.record_rows import record_rows
from gongkai.web.disclosure.importing.runs import counted, read_from
from gongkai.web.disclosure.importing.tables import read_file_of_rows
from gongkai.web.disclosure.importing.word_files import word_rows
from gongkai.web.disclosure.index_numbers import take_index_numbers
from gongkai.web.disclosure.models import ImportRun, Purpose
from gongkai.web.disclosure.permissions import may_import
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

NamedFile = tuple[str, bytes]


def dry_run(
    *,
    by: Staff,
    organ: Organ,
    content: bytes,
    name: str,
    files: Sequence[NamedFile] = (),
    kind_code: str = "document",
    unit: Unit | None = None,
) -> Trial:
    """What importing a sheet of records would do: every error by row and column, and what is doubled.

    `files`: the attachments that rows name; `kind_code`, `unit`: for rows that name none. Writes nothing.
    WorkError for a file that is no table, has no header or more than 2,000 rows.
    """
    require(may_import, by, organ, "您不能为这个机关导入信息。")
    _own(unit, organ)
    sheets, kind = read_file_of_rows(content, name), record_kind(kind_code)
    trial = record_rows(sheets, name, organ=organ, default_kind=kind.code)
    digest = digest_of_files([(name, content), *files])
    complete(trial, by=by, organ=organ, unit=unit, files=dict(files), digest=digest)
    return trial


def dry_run_word(
    *,
    by: Staff,
    organ: Organ,
    files: Sequence[NamedFile],
    kind_code: str = "document",
    unit: Unit | None = None,
) -> Trial:
    """What importing Word files (or a zip of them) would do: each becomes one record. Writes nothing."""
    require(may_import, by, organ, "您不能为这个机关导入信息。")
    _own(unit, organ)
    trial = word_rows(files, kind=record_kind(kind_code))
    complete(trial, by=by, organ=organ, unit=unit, files={}, digest=digest_of_files(files))
    return trial


def run_import(
    *,
    by: Staff,
    organ: Organ,
    content: bytes,
    name: str,
    files: Sequence[NamedFile] = (),
    kind_code: str = "document",
    unit: Unit | None = None,
    leave_out_bad: bool = False,
    again: bool = False,
) -> ImportRun:
    """Import a sheet of records: all rows or none, or with `leave_out_bad` the good ones.

    WorkError `imported_already` for the same file a second time, unless `again`; `rows_with_errors`.
    """
    trial = dry_run(
        by=by, organ=organ, content=content, name=name, files=files, kind_code=kind_code, unit=unit
    )
    digest = digest_of_files([(name, content), *files])
    return _run(by, organ, Purpose.RECORDS, name, trial, digest, leave_out_bad=leave_out_bad, again=again)


def run_import_word(
    *,
    by: Staff,
    organ: Organ,
    files: Sequence[NamedFile],
    kind_code: str = "document",
    unit: Unit | None = None,
    leave_out_bad: bool = False,
    again: bool = False,
) -> ImportRun:
    """Import Word files, each as a draft with its pictures: all or none; `leave_out_bad`: the good ones."""
    digest = digest_of_files(files)
    name = files[0][0] if len(files) == 1 else f"{files[0][0] if files else ''} 等 {len(files)} 个文件"
    trial = dry_run_word(by=by, organ=organ, files=files, kind_code=kind_code, unit=unit)
    return _run(by, organ, Purpose.WORD, name, trial, digest, leave_out_bad=leave_out_bad, again=again)


def _run(
    by: Staff,
    organ: Organ,
    purpose: Purpose,
    name: str,
    trial: Trial,
    digest: str,
    *,
    leave_out_bad: bool,
    again: bool,
) -> ImportRun:
    """Write what was tried. Files are read before the transaction: nobody waits for a parser.

    What others may have made meanwhile is looked for again under the organ's lock.
    """
    with transaction.atomic(), read_from(by, organ, purpose, name) as run:
        run.lock()
        run.only_once(digest, again=again)
        look_again(trial, run.organ, digest)
        trial.ready(leave_out_bad=leave_out_bad)
        if not trial.to_write:
            earlier = [one.zh for one in trial.notes if one.code == "imported_already"]
            zh = f"没有要导入的行：各行的信息都已有。{''.join(earlier[:1])}"
            raise WorkError("nothing_new", zh, "Nothing to import: every row is there already.")
        _number(trial.to_write, run.organ)
        with held_together():
            for row in trial.to_write:
                run.results.append(_draft(by, run.organ, row))
                run.rows.append((row.sheet, row.number))
            return counted(run, trial)


def _number(rows: Sequence[Row], organ: Organ) -> None:
    """Index numbers for the rows that bring none, taken together: the counter is asked once, not for each."""
    lacking = [row for row in rows if not row.facts["index_number"]]
    for row, number in zip(lacking, take_index_numbers(organ, clock.today(), len(lacking)), strict=True):
        row.facts["index_number"] = number


def _draft(by: Staff, organ: Organ, row: Row) -> int:
    """One row through the same actions as a draft by hand. Gives the record's id."""
    facts: dict[str, Any] = row.facts
    try:
        record = draft_record(
            by=by,
            organ=organ,
            kind_code=facts["kind"],
            facts=facts["content"],
            unit=facts["unit"],
            checklist_item=facts["item"],
            index_number=facts["index_number"],
        )
        if facts.get("images"):
            keep_images(by=by, record=record, images=facts["images"])
        for name, content in facts["attachments"]:
            attach_file(by=by, record=record, content=content, name=name)
    except WorkError as refused:
        zh = f"第 {row.number} 行“{row.title}”没有导入，全部撤回：{refused.zh}"
        raise WorkError(refused.code, zh, f"Row {row.number}: {refused.en}") from refused
    return int(record.pk)


def digest_of_files(files: Iterable[NamedFile]) -> str:
    """Of the bytes alone: the same file under another name is the same file."""
    each = sorted(hashlib.sha256(content).hexdigest() for _, content in files)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def _own(unit: Unit | None, organ: Organ) -> None:
    if unit is not None and unit.organ_id != organ.pk:
        raise WorkError(
            "unit_of_another_organ", "所选科室不属于本机关。", "No unit of this organ.", field="unit"
        )
