"""Joining records: an interpretation with its policy, a document with those it amends or repeals (NOR.6)."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.canonical import row_key
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.links_in_vain import ACTING, acting_kept, acting_stands, in_vain
from gongkai.web.disclosure.models import Link, LinkKind, Record, State
from gongkai.web.disclosure.permissions import may_link
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff


@transaction.atomic
def link(*, by: Staff, record: Record, target: Record, kind: LinkKind, seen: int | None = None) -> Link:
    """Join two records of one organ; shown on both pages as soon as both are public."""
    record = locked(record, "organ", "unit", "working")
    require(may_link, by, record)
    unchanged(seen, record.revision, "这条信息")
    if target.organ_id != record.organ_id or target.state == State.ABANDONED:
        raise WorkError("target_unknown", "找不到要关联的信息。", "No such record.", field="target")
    if target.pk == record.pk:
        raise WorkError("link_to_itself", "不能与自己关联。", "Not to itself.", field="target")
    kind = LinkKind(kind)
    if kind in ACTING:
        _can_act(kind, record, target)
    made, is_new = Link.objects.get_or_create(source=record, target=target, kind=kind)
    if is_new:
        enter("link", by=by, record=record, touched=[made], after={"target": target.pk, "kind": kind})
    return made


@transaction.atomic
def unlink(*, by: Staff, link: Link, reason: str = "", seen: int | None = None) -> Record:
    """Undo a link. Of what readers have seen with a reason; what repeals or amends only in a draft."""
    record = locked(link.source, "organ", "unit", "working")
    require(may_link, by, record)
    unchanged(seen, record.revision, "这条信息")
    link = locked(link, "target")
    if link.kind in ACTING and (problem := acting_kept(link.kind, record, link.target)):
        raise problem
    if record.state != State.DRAFT and not reason.strip():
        raise WorkError("reason_missing", "请写明取消关联的理由。", "Say why.", field="reason")
    key, before = row_key(link), {"target": link.target_id, "kind": link.kind}
    link.delete()
    enter("unlink", by=by, record=record, touched=[], before=before, gone=[key], why=reason.strip())
    return record


def _can_act(kind: LinkKind, record: Record, target: Record) -> None:
    for problem in (
        acting_stands(record),
        in_vain(kind, target),
        _amended_already(kind, record, target),
    ):
        if problem is not None:
            raise problem


def _amended_already(kind: LinkKind, record: Record, target: Record) -> WorkError | None:
    """The other record keeps one day of amendment: what is added to a public one would count as its cause."""
    if kind != LinkKind.AMENDS or record.state == State.DRAFT or target.amended_on is None:
        return None
    if Link.objects.filter(source=record, target=target, kind=kind).exists():
        return None
    zh = f"“{target.title}”已有修改（{target.amended_on}），不能在新版本中再关联“修改”。请另行起草一份文件。"
    return WorkError(
        "target_amended", zh, "It is amended already: draft a document of its own.", field="target"
    )
