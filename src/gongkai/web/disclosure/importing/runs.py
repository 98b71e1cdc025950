"""The record of an import that is carried out: begun under the organ's lock, counted at its end."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from gongkai.web.audit.actions import Change, append, correlation
from gongkai.web.config import clock
from gongkai.web.disclosure.importing.masking import masked
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.models import ImportRun, Purpose
from gongkai.web.organs.acting import locked
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff

_MOST_TITLE = 120  # characters of a row's title that are kept with what was wrong


@dataclass(slots=True)
class Running:
    """An import on its way. `results`: ids of what was made, in the order of the file."""

    by: Staff
    organ: Organ
    purpose: Purpose
    file_name: str
    key: str = ""
    changed: int = 0
    results: list[int] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)  # of a file of records: whence each result

    def lock(self) -> None:
        """From here on no other import of this organ begins: of two at once, one comes second."""
        self.organ = locked(self.organ)

    def only_once(self, digest: str, *, again: bool) -> None:
        """WorkError `imported_already` for a file that has been imported, unless it is asked for again."""
        earlier = ImportRun.objects.filter(organ=self.organ, purpose=self.purpose, key__startswith=digest)
        last = earlier.select_related("by").order_by("-id").first()
        if last is not None and not again:
            at = timezone.localtime(last.at)
            zh = (
                f"这个文件已由{last.by}于 {at:%Y-%m-%d %H:%M} 导入（{last.made} 条），没有再次导入。"
                "确需再导入一次的，请选择“仍要再次导入”。"
            )
            raise WorkError("imported_already", zh, "This file has been imported already.", field="again")
        self.key = f"{digest}#{earlier.count() + 1}"


@contextmanager
def read_from(by: Staff, organ: Organ, purpose: Purpose, file_name: str) -> Iterator[Running]:
    """One id in the log for all that an import does."""
    token = correlation.set(correlation.get() or uuid.uuid4())
    try:
        yield Running(by, organ, purpose, file_name[:300])
    finally:
        correlation.reset(token)


def left_out_row(row: Row) -> dict[str, Any]:
    """A row that was left out as it is kept: `sheet`, `row`, `title`, and what was wrong, `zh` and `en`."""
    errors = [one for one in row.problems if one.is_error]
    return {
        "sheet": row.sheet,
        "row": row.number,
        "title": masked(row.title)[:_MOST_TITLE],
        "zh": [one.message("zh") for one in errors],
        "en": [one.message("en") for one in errors],
    }


def counted(run: Running, trial: Trial, content: bytes = b"") -> ImportRun:
    """Enter the import in the log. Belongs at the end of its transaction."""
    if not run.key:
        earlier = ImportRun.objects.filter(organ=run.organ, purpose=run.purpose)
        digest = hashlib.sha256(content).hexdigest()
        run.key = f"{digest}#{earlier.filter(key__startswith=digest).count() + 1}"
    made = ImportRun.objects.create(
        organ=run.organ,
        purpose=run.purpose,
        key=run.key,
        file_name=run.file_name,
        by=run.by,
        at=clock.now(),
        made=len(run.results),
        changed=run.changed,
        same=trial.counts["same"],
        left_out=len(trial.bad),
        results=run.results,
        rows=[list(one) for one in run.rows],
        problems=[left_out_row(row) for row in trial.bad],
    )
    after = {"file": made.file_name} | {
        name: getattr(made, name) for name in ("made", "changed", "same", "left_out")
    }
    append(
        Change("disclosure.import", run.by, made, after={**after, "purpose": made.purpose}, touched=[made])
    )
    return made
