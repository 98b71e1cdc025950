"""Files with a version: each is looked at before it is kept, and what it hides is told."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.documents import DocumentError
from gongkai.web.audit.canonical import row_key
from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.drafting import draft_of
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.looking_at_files import cleaned_file, looked_at
from gongkai.web.disclosure.models import Attachment, Image, Record, Version
from gongkai.web.disclosure.permissions import may_edit
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff

MOST_ATTACHMENTS = 50


def attach_file(
    *, by: Staff, record: Record, content: bytes, name: str, seen: int | None = None
) -> Attachment:
    """Add a file to the draft. WorkError for what is no document, is disguised, or carries macros.

    The file is read and stored before the transaction begins: nobody waits for a parser.
    """
    require(may_edit, by, record)
    try:
        file = looked_at(content, name)
    except DocumentError as refused:
        raise WorkError(refused.code, refused.zh, refused.en, field="file") from refused
    digest = file_store.store(content)
    with transaction.atomic():
        record = locked(record, "organ", "unit")
        require(may_edit, by, record)
        unchanged(seen, record.revision, "这条信息")
        version = draft_of(record)
        there = list(version.attachments.all())
        if len(there) >= MOST_ATTACHMENTS:
            raise WorkError("too_many_attachments", f"附件最多 {MOST_ATTACHMENTS} 个。", field="file")
        if any(one.sha256 == digest for one in there):
            raise WorkError("attached_already", f"“{file.name}”已经在附件中（内容相同）。", field="file")
        row = Attachment.objects.create(
            version=version,
            name=_free_name(file.name, there),
            media_type=file.media_type,
            size=len(content),
            sha256=digest,
            text=file.text,
            findings=file.findings,
            position=max((one.position for one in there), default=0) + 1,
        )
        _written(version, by)
        enter("attach", by=by, record=record, touched=[version, row], after=_told(row))
        return row


@transaction.atomic
def remove_attachment(*, by: Staff, attachment: Attachment, seen: int | None = None) -> Record:
    """Take a file off the draft. Its bytes stay in the store: another version may show them."""
    record = locked(attachment.version.record, "organ", "unit")
    require(may_edit, by, record)
    unchanged(seen, record.revision, "这条信息")
    version = draft_of(record)
    row = locked(attachment)
    if row.version_id != version.pk:
        raise WorkError("not_of_the_draft", "这个附件不属于在办的草稿。", "Not of the draft.")
    key, before = row_key(row), _told(row)
    row.delete()
    _written(version, by)
    enter("remove_attachment", by=by, record=record, touched=[version], before=before, gone=[key])
    return record


def clean_attachment(*, by: Staff, attachment: Attachment, seen: int | None = None) -> Attachment:
    """Take properties (authors, organisation …) and comments out of a file of the draft.

    Tracked changes stay: whether they are accepted is for a person to decide, in the file itself.
    """
    require(may_edit, by, attachment.version.record)
    try:
        content = cleaned_file(file_store.load(attachment.sha256), attachment.name)
        file = looked_at(content, attachment.name)
    except DocumentError as refused:
        zh = f"“{attachment.name}”：{refused.zh}"
        raise WorkError(refused.code, zh, refused.en, field="file") from refused
    digest = file_store.store(content)
    with transaction.atomic():
        record = locked(attachment.version.record, "organ", "unit")
        require(may_edit, by, record)
        unchanged(seen, record.revision, "这条信息")
        version = draft_of(record)
        row = locked(attachment)
        if row.version_id != version.pk:
            raise WorkError("not_of_the_draft", "这个附件不属于在办的草稿。", "Not of the draft.")
        before = _told(row)
        row.sha256, row.size = digest, len(content)
        row.text, row.findings = file.text, file.findings
        row.save()
        _written(version, by)
        enter(
            "clean_attachment", by=by, record=record, touched=[version, row], before=before, after=_told(row)
        )
        return row


def keep_images(*, by: Staff, record: Record, images: list[Any], seen: int | None = None) -> list[Image]:
    """The pictures of a body that came from a Word file, under the names the body gives them."""
    require(may_edit, by, record)
    kept = [(one, file_store.store(one.content)) for one in images]
    with transaction.atomic():
        record = locked(record, "organ", "unit")
        require(may_edit, by, record)
        unchanged(seen, record.revision, "这条信息")
        version = draft_of(record)
        gone = [row_key(one) for one in version.images.all()]
        version.images.all().delete()
        rows = [
            Image.objects.create(
                version=version,
                name=one.name,
                media_type=one.media_type,
                size=len(one.content),
                sha256=digest,
            )
            for one, digest in kept
        ]
        _written(version, by)
        enter("keep_images", by=by, record=record, touched=[version, *rows], gone=gone)
        return rows


def _written(version: Version, by: Staff) -> None:
    version.written_by = sorted({*version.written_by, by.pk})
    version.changed_at = clock.now()
    version.save()


def _told(row: Attachment) -> dict[str, Any]:
    return {"name": row.name, "size": row.size, "sha256": row.sha256}


def _free_name(name: str, there: list[Attachment]) -> str:
    """A name of its own among the version's files: `表.xlsx`, `表（2）.xlsx`."""
    taken = {one.name for one in there}
    stem, dot, suffix = name.rpartition(".")
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{stem}（{count}）{dot}{suffix}" if dot else f"{name}（{count}）"
    return free
