"""What the page of one record shows besides the record: each a query of its own, at most eight in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.models import Attachment, Gate, Link, LinkKind, Record, Review, State, Version
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.next_steps import Standing, joined
from gongkai.web.organs.models import Staff

MOST_ENTRIES = 30


@dataclass(frozen=True, slots=True)
class RecordParts:
    """A record and what belongs to it. `shown`: the version at work, else the public one, else the last"""

    record: Record
    shown: Version
    versions: Sequence[Version]  # the newest first, without bodies
    reviews: Sequence[Review]  # of the version shown
    attachments: Sequence[Attachment]
    gates: Sequence[Gate]
    links: Sequence[Link]
    repealed: Sequence[Record]  # marked as repealed by this one, without a link

    @property
    def standing(self) -> Standing:
        waiting = next((one for one in self.reviews if not one.result), None)
        is_at_work = self.record.working is not None and self.record.working.stage == Stage.IN_REVIEW
        return Standing(self.record, joined(waiting, self.record) if is_at_work else None, self.gates)


def record_parts(record: Record) -> RecordParts:
    """All of a record's page but the log. At most 7 queries: one less each where nothing
    was ever in review, and where nothing is marked as repealed by it."""
    versions = versions_of(record)
    shown = shown_version(record, versions)
    shown.record = record
    reviews: Sequence[Review] = ()
    if shown.review_round:
        found = Review.objects.filter(version=shown).select_related("decided_by", "assigned_to")
        reviews = list(found.order_by("round", "position", "id"))
    links = links_of(record)
    return RecordParts(
        record,
        shown,
        versions,
        reviews,
        attachments_of(shown),
        list(Gate.objects.filter(record=record).select_related("opened_by").order_by("id")),
        links,
        marked_by(record, links) if getattr(versions[0], "has_repealed", False) else [],
    )


def versions_of(record: Record) -> list[Version]:
    """Every version, the newest first, without body and findings. 1 query.

    Each with `has_repealed`: whether anything is marked as repealed by the record.
    """
    marked = Exists(Record.objects.filter(repealed_by=record))
    found = Version.objects.filter(record=record).select_related("drafted_by").order_by("-number")
    return list(found.defer("body", "findings").annotate(has_repealed=marked))


def shown_version(record: Record, versions: Sequence[Version]) -> Version:
    """The version at work, else the public one, else the newest (its body is then one query more)."""
    known = record.working or record.published or versions[0]
    told = next((one for one in versions if one.pk == known.pk), None)
    if told is not None:
        known.drafted_by = told.drafted_by
    return known


def attachments_of(version: Version) -> list[Attachment]:
    """The files of a version, without their words. 1 query."""
    return list(Attachment.objects.filter(version=version).defer("text").order_by("position", "id"))


def links_of(record: Record) -> list[Link]:
    """Links both ways, but to what was given up. 1 query."""
    either = Q(source=record) | Q(target=record)
    found = Link.objects.filter(either).select_related("source", "target").order_by("id")
    return [one for one in found if State.ABANDONED not in (one.source.state, one.target.state)]


def marked_by(record: Record, links: Sequence[Link]) -> list[Record]:
    """What was marked as repealed by a record, but for what it is linked with already. 1 query."""
    linked = {one.target_id for one in links if one.kind == LinkKind.REPEALS and one.source_id == record.pk}
    return [one for one in Record.objects.filter(repealed_by=record).order_by("id") if one.pk not in linked]


def entries_of(record: Record) -> list[Entry]:
    """The log of one record, the newest first, with `actor_name`. 1 query."""
    found = Entry.objects.filter(subject_type="disclosure.record", subject_id=record.pk)
    return list(with_names(found).order_by("-number").defer("states")[:MOST_ENTRIES])


def with_names(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with the name of who acted in `actor_name`, and the reason; the log itself has numbers."""
    name = Staff.objects.filter(pk=OuterRef("actor_id")).values("name")[:1]
    told: QuerySet[Entry] = entries.with_reasons()  # type: ignore[attr-defined]
    return told.annotate(actor_name=Subquery(name))
