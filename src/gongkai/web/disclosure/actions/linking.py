"""Joining records: an interpretation with its policy, a document with those it amends or repeals (NOR.6)."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.canonical import row_key
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.links_in_vain import ACTING, in_vain
from gongkai.web.disclosure.models import Link, LinkKind, Record, State
from gongkai.web.disclosure.permissions import may_link
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff


@transaction.atomic
def link(*, by: Staff, record: Record, target: Record, kind: LinkKind, seen: int | None = None) -> Link:
    """Join two records of one organ; shown on both pages as soon as both are public."""
    record = locked(record, "organ", "unit")
    require(may_link, by, record)
    unchanged(seen, record.revision, "这条信息")
    if target.organ_id != record.organ_id or target.state == State.ABANDONED:
        raise WorkError("target_unknown", "找不到要关联的信息。", "No such record.", field="target")
    if target.pk == record.pk:
        raise WorkError("link_to_itself", "不能与自己关联。", "Not to itself.", field="target")
    kind = LinkKind(kind)
    if kind in ACTING:
        _still_a_draft(record)
        if problem := in_vain(kind, target):
            raise problem
    made, is_new = Link.objects.get_or_create(source=record, target=target, kind=kind)
    if is_new:
        enter("link", by=by, record=record, touched=[made], after={"target": target.pk, "kind": kind})
    return made


@transaction.atomic
def unlink(*, by: Staff, link: Link, seen: int | None = None) -> Record:
    """Undo a link."""
    record = locked(link.source, "organ", "unit")
    require(may_link, by, record)
    unchanged(seen, record.revision, "这条信息")
    link = locked(link)
    if link.kind in ACTING and record.state == State.DRAFT:
        _still_a_draft(record)
    key, before = row_key(link), {"target": link.target_id, "kind": link.kind}
    link.delete()
    enter("unlink", by=by, record=record, touched=[], before=before, gone=[key])
    return record


def _still_a_draft(record: Record) -> None:
    """Not added to what is public already, and not behind the backs of those who review it."""
    if record.state != State.DRAFT:
        zh = (
            "“修改”“废止”关系在文件公开时生效，只能在公开前建立。已公开的，请在被废止的文件上办理“标注废止”。"
        )
        raise WorkError("link_too_late", zh, "Only before publication.", field="kind")
    if record.working is None or not record.working.can_be_edited:
        zh = "“修改”“废止”关系随文件一同送审。请先收回这份文件，改好后重新提交审查。"
        raise WorkError("link_in_review", zh, "Not while it is in review. Take it back first.", field="kind")
