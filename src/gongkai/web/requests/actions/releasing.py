"""What is given out with a reply: looked at for what a file hides, and only then released (REG.37)."""

from __future__ import annotations

from django.db import transaction

from gongkai.documents import DocumentError
from gongkai.web.disclosure.looking_at_files import LookedAt, cleaned_file, looked_at
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held, moved, reason_of
from gongkai.web.requests.actions.filing import PERSONAL_KINDS, add_file, file_row
from gongkai.web.requests.given_out import is_beyond_approval
from gongkai.web.requests.models import Case, CaseFile, DecisionStage, FileKind, Stands
from gongkai.web.requests.permissions import may_work
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.staging import clean_name

# What may become a released file: papers of the organ's own, never what the requester or a party sent.
RELEASABLE = frozenset({FileKind.OTHER, FileKind.ANSWER, FileKind.DISCLOSED})
_LATER = "决定送审以后改动提供的文件，"


def look_again(row: CaseFile) -> LookedAt:
    """What a file of the case is, says and hides. WorkError for one that is not given out in this form."""
    opener = opener_of(row.case)
    return _vetted(opener.open_file(row), opener.open(row, "name"))


def add_paper(*, by: Staff, case: Case, name: str, content: bytes) -> CaseFile:
    """Put into the case what may be given out: any form that is published, tables and plain text as well.
    WorkError says which file is refused, and why."""
    found = _vetted(content, name)
    return add_file(by=by, case=case, name=found.name, content=content, media_type=found.media_type)


@transaction.atomic
def release_file(*, by: Staff, row: CaseFile, reason: str = "", seen: int | None = None) -> CaseFile:
    """Name a file as one that is given out. What it hides stands in the way, unless somebody says why it may
    stay; and once the decision is with those who approve it, or made, so does that they did not see it. It
    reaches the requester with the served reply, not before."""
    case = held(row.case, seen)
    require(may_work, by, case)
    row = case.files.select_for_update().get(pk=row.pk)
    row.case = case
    _may_be_released(case, row)
    hidden = look_again(row).findings
    is_later = is_beyond_approval(case)
    why = ""
    if hidden and not reason.strip():
        zh = f"文件里还有 {len(hidden)} 处隐藏内容，没有公开。请先清除，或者写明保留的理由。"
        raise WorkError("hidden_content", zh, "It hides something: clean it, or say why it may stay.")
    if hidden or is_later:
        why = reason_of(case, reason, _LATER if is_later else "保留隐藏内容")
    row.kind = FileKind.DISCLOSED
    row.save()
    moved(case)
    after = {"kind": row.kind, "hidden": len(hidden), "after_approval": is_later}
    enter("file_released", case, by=by, subject=row, touched=[case, row], after=after, why=why)
    return row


@transaction.atomic
def clean_file(*, by: Staff, row: CaseFile, seen: int | None = None) -> CaseFile:
    """A further file without the properties and comments of this one, which stays as it is."""
    case = held(row.case, seen)
    require(may_work, by, case)
    row.case = case
    _may_be_released(case, row)
    opener = opener_of(case)
    name = opener.open(row, "name")
    try:
        content = cleaned_file(opener.open_file(row), name)
    except DocumentError as problem:
        raise WorkError(problem.code, problem.zh, problem.en) from problem
    made = file_row(case, opener, name, content, str(row.media_type), FileKind.OTHER, by)
    made.save()
    moved(case)
    enter("file_added", case, by=by, subject=made, touched=[case, made], after={"cleaned_from": row.pk})
    return made


@transaction.atomic
def unrelease_file(*, by: Staff, row: CaseFile, reason: str = "", seen: int | None = None) -> CaseFile:
    """It is not given out after all: with a reason where those who approve saw that it is. Not once the reply
    is served."""
    case = held(row.case, seen)
    require(may_work, by, case)
    row = case.files.select_for_update().get(pk=row.pk)
    if row.kind != FileKind.DISCLOSED:
        raise WorkError("not_released", "这个文件没有列入公开。", "It is not released.")
    if case.stands == Stands.SERVED:
        raise WorkError("served", "答复已经送达，文件已经提供给申请人。", "It was given out already.")
    is_later = is_beyond_approval(case)
    why = reason_of(case, reason, _LATER) if is_later else ""
    row.kind = FileKind.OTHER
    row.save()
    moved(case)
    after = {"kind": row.kind, "after_approval": is_later}
    enter("file_released", case, by=by, subject=row, touched=[case, row], after=after, why=why)
    return row


def _vetted(content: bytes, name: str) -> LookedAt:
    try:
        return looked_at(content, name)
    except DocumentError as problem:
        shown = clean_name(name)
        raise WorkError(
            problem.code, f"“{shown}”：{problem.zh}", f"{shown}: {problem.en}", field="file"
        ) from problem


def _may_be_released(case: Case, row: CaseFile) -> None:
    if row.kind in PERSONAL_KINDS or row.kind not in RELEASABLE:
        zh = "申请人、第三方提交的材料和文书不能作为公开的文件。请另外加入要公开的文件。"
        raise WorkError("not_releasable", zh, "This kind of file is not given out.")
    later = case.decisions.exclude(kind="first").exclude(stage=DecisionStage.ABANDONED)
    if case.stands == Stands.SERVED and not later.exists():
        zh = "答复已经送达。还要提供文件的，请先拟写补充答复。"
        raise WorkError("served", zh, "It is served: draft a supplement first.")
