"""Files of a case: put in, and looked at. Every look at them by staff is in the log."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held, moved, nameless
from gongkai.web.requests.models import Case, CaseFile, FileKind
from gongkai.web.requests.permissions import may_open_personal, may_see, may_work
from gongkai.web.requests.sealed import Opener, opener_of
from gongkai.web.requests.settled import settled

# What shows who asked, or who else is concerned: opened with a reason.
PERSONAL_KINDS = frozenset(
    {FileKind.IDENTITY, FileKind.AUTHORITY, FileKind.REQUEST, FileKind.SUPPLEMENT, FileKind.PAYMENT}
)


def file_row(
    case: Case, opener: Opener, name: str, content: bytes, media_type: str, kind: str, by: Staff | None
) -> CaseFile:
    """A row for a file whose sealed bytes lie in the store; not saved."""
    row = CaseFile(case=case, kind=kind, media_type=media_type[:100], added_at=clock.now(), added_by=by)
    row.name = opener.seal(row, "name", name[:200])
    opener.seal_file(row, content)
    return row


@transaction.atomic
def add_file(
    *, by: Staff, case: Case, name: str, content: bytes, media_type: str, kind: str = FileKind.OTHER
) -> CaseFile:
    """Put a file into a case."""
    case = held(case)
    require(may_work, by, case)
    if kind not in FileKind.values:
        raise WorkError("file_kind_missing", "请选择文件类别。", "Choose the kind.", field="kind")
    if len(content) > int(settled()["files"]["most_bytes"]):
        zh = f"单个文件最大 {settled()['files']['most_bytes'] // 1_000_000} MB。"
        raise WorkError("file_too_big", zh, "Too big.", field="file")
    row = file_row(case, opener_of(case), name, content, media_type, kind, by)
    row.save()
    moved(case)
    enter("file_added", case, by=by, subject=row, touched=[case, row], after={"kind": kind})
    return row


@transaction.atomic
def look_at_file(*, by: Staff, row: CaseFile, reason: str = "") -> tuple[str, bytes]:
    """Name and bytes of a file, entered in the log. Those that show who asked need a role and a reason."""
    case = held(row.case)
    require(may_see, by, case)
    if row.kind in PERSONAL_KINDS:
        require(may_open_personal, by, case)
        if not reason.strip():
            raise WorkError(
                "reason_missing", "查看身份材料须写明理由。", "A reason is needed.", field="reason"
            )
    opener = opener_of(case)
    told = opener.open(row, "name"), opener.open_file(row)
    why = nameless(case, reason.strip())[:200]
    enter("file_seen", case, by=by, subject=row, after={"kind": row.kind}, why=why)
    return told
