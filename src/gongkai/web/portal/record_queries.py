"""What the page of a record reads: its SQL is written once (prepared.py), for it is asked for most of all.

Each says how many queries it makes; none looks at what is not public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, Model, OuterRef, Q, QuerySet, Subquery, Value

from gongkai.web.disclosure.models import Attachment, Link, LinkKind, PublicChange, Record, State, Version
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.models import Organ
from gongkai.web.portal.cursors import Row
from gongkai.web.portal.prepared import Prepared

MOST_LINKS = 200
# The whole organ but its emblem, which is asked for by itself.
OF_ORGAN = (
    *("id", "code", "name", "short_name", "kind", "level", "parent", "path", "address", "postcode"),
    *("office_hours", "telephone", "fax", "email", "band_colour", "emblem_type"),
    *("complaint_telephone", "complaint_address", "site_code", "icp_number", "police_number"),
    *("emblem_version", "is_active", "is_fictional", "hostname"),
)
# Of the organ above: the place, and the site's facts where an organ has none of its own.
OF_ABOVE = (
    *("id", "code", "name", "short_name", "is_active", "complaint_telephone", "complaint_address"),
    *("site_code", "icp_number", "police_number"),
)
OF_VERSION = (
    *("number", "stage", "change", "change_note", "title", "document_number", "category", "theme", "genre"),
    *("made_on", "effective_on", "expires_on", "summary", "keywords", "joint_organs", "body"),
    *("published_at", "for_year"),
)
_OF_RECORD = (
    *("id", "organ", "kind", "index_number", "state", "published", "withdrawn_at", "withdrawal_reason"),
    *("repealed_on", "repealed_by", "repeal_basis", "amended_on", "effective_on", "expires_on"),
    *("first_published_at", "published_at"),
)
# Each model of the row with the way to it and its columns.
_MODELS: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
    ("", Record, _OF_RECORD),
    ("organ__", Organ, OF_ORGAN),
    ("organ__parent__", Organ, OF_ABOVE),
    ("published__", Version, ("id", "record", *OF_VERSION)),
    ("repealed_by__", Record, ("id", "organ", "title", "document_number", "state")),
)
_LINKED = ("id", "organ_id", "state", "title", "document_number", "made_on", "published_at", "effective_on")
LINKED_FROM = (*_LINKED, "expires_on", "repealed_on", "amended_on")
_ENDS = tuple(f"{end}__{name}" for end in ("source", "target") for name in LINKED_FROM)
_LINK_NAMES = ("link", "told", "by", *_ENDS)
_FILE_NAMES = ("id", "name", "media_type", "size")
_VERSION_NAMES = ("id", "number", "stage", "change", "change_note", "published_at")


class Read(NamedTuple):
    """A record. `newest`: number and moment of its organ's newest public change; `facts`: all columns."""

    record: Record
    newest: tuple[Any, Any]
    facts: Sequence[Any]


def _attnames(model: type[Model], names: Sequence[str]) -> tuple[tuple[int, ...], list[str]]:
    """In the order of the model's fields, as `from_db` wants them: places in `names`, and attribute names."""
    fields: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
    order = {name: at for at, name in enumerate(fields)}
    places = tuple(sorted(range(len(names)), key=lambda at: order[names[at]]))
    return places, [fields[names[at]].attname for at in places]


_ORDER = {way: _attnames(model, names) for way, model, names in _MODELS}


def _record(code: str, pk: int) -> QuerySet[Any, Any]:
    newest = PublicChange.objects.filter(organ=OuterRef("organ")).order_by("-number")
    rows = Record.objects.filter(pk=pk, organ__code=code, state__in=(State.PUBLISHED, State.WITHDRAWN))
    rows = rows.annotate(
        newest=Subquery(newest.values("number")[:1]), newest_at=Subquery(newest.values("at")[:1])
    )
    names = [f"{way}{name}" for way, _, columns in _MODELS for name in columns]
    return rows.order_by().values_list(*names, "newest", "newest_at")


_RECORD = Prepared(_record, str, int)


def read_record(code: str, pk: int) -> Read | None:
    """As `record_for_page`, with what the page is kept by. 1 query."""
    rows = _RECORD.rows(code, pk)
    if not rows:
        return None
    row, at = rows[0], 0
    made: dict[str, Any] = {}
    for way, model, names in _MODELS:
        places, attnames = _ORDER[way]
        values = [row[at + place] for place in places]
        # Where nothing is joined there is no id.
        made[way] = model.from_db("default", attnames, values) if row[at] is not None else None
        at += len(names)
    record, organ, version = made[""], made["organ__"], made["published__"]
    organ.parent, record.organ = made["organ__parent__"], organ
    record.published, record.repealed_by = version, made["repealed_by__"]
    if record.state == State.PUBLISHED and (version is None or version.stage != Stage.PUBLISHED):
        return None
    return Read(record, (row[at], row[at + 1]), row[:at])


def record_for_page(code: str, pk: int) -> Record | None:
    """A record that is public or was withdrawn, with organ, published version and what repealed it. 1 query.

    None for a draft and for one given up, exactly as for a number that nobody has been given.
    """
    found = read_record(code, pk)
    return found.record if found else None


def _files(version: int) -> QuerySet[Any, Any]:
    return Attachment.objects.filter(version=version).order_by("position", "id").values_list(*_FILE_NAMES)


_FILES = Prepared(_files, int)


def attachments_of(version: Version) -> list[Row]:
    """The files of a version: id, name, media_type, size. 1 query."""
    return attachments_of_version(version.pk)


def attachments_of_version(version: int) -> list[Row]:
    """The same, for the id of a version. 1 query."""
    return [dict(zip(_FILE_NAMES, row, strict=True)) for row in _FILES.rows(version)]


def _versions(record: int) -> QuerySet[Any, Any]:
    stages = (Stage.PUBLISHED, Stage.SUPERSEDED, Stage.WITHDRAWN)
    rows = Version.objects.filter(record=record, stage__in=stages).order_by("-number")
    return rows.values_list(*_VERSION_NAMES)


_VERSIONS = Prepared(_versions, int)


def versions_of(record: Record) -> list[Row]:
    """The versions readers may see, the newest first: what is public now and what it has replaced. 1 query.

    What was withdrawn takes everything before it along: it may say the same that had to go.
    """
    seen: list[Row] = []
    for values in _VERSIONS.rows(record.pk):
        row = dict(zip(_VERSION_NAMES, values, strict=True))
        if row["stage"] == Stage.WITHDRAWN:
            break
        seen.append(row)
    return seen


def version_texts(record: Record, numbers: Sequence[int]) -> dict[int, Version]:
    """The whole of these versions of a record, by number. Which may be seen, `versions_of` says. 1 query."""
    found = Version.objects.filter(record=record, number__in=numbers).only("record", *OF_VERSION)
    return {one.number: one for one in found}


def _links(source: int, target: int, repealing: int, by: int) -> QuerySet[Any, Any]:
    whole = BigIntegerField()
    links = Link.objects.filter(Q(source=source) | Q(target=target))
    rows = links.annotate(link=F("id"), told=F("kind"), by=F("source_id")).values_list(*_LINK_NAMES)
    # What was marked stands at both ends of its row: to be read as the target's columns.
    marked = Record.objects.filter(repealed_by=repealing, state=State.PUBLISHED).annotate(
        link=Value(None, output_field=whole),
        told=Value(LinkKind.REPEALS.value),
        by=Value(by, output_field=whole),
        **{name: F(name.partition("__")[2]) for name in _ENDS},
    )
    both = rows.order_by().union(marked.values_list(*_LINK_NAMES).order_by(), all=True)
    return both[:MOST_LINKS]


_LINKS = Prepared(_links, int, int, int, int)


def links_of(record: Record) -> list[Row]:
    """What is joined with a record and public too: `kind`, `is_source` (this record speaks of the other), and
    the other one's columns. With what was marked as repealed by this record, without a link. 1 query.

    What repeals or amends is no fact before its review: until it has taken effect it is not shown.
    """
    pk = record.pk
    every = [dict(zip(_LINK_NAMES, values, strict=True)) for values in _LINKS.rows(pk, pk, pk, pk)]
    found: dict[tuple[Any, ...], Row] = {}
    for row in sorted(every, key=_in_order):
        is_source = row["by"] == pk
        end = "target" if is_source else "source"
        other = {name: row[f"{end}__{name}"] for name in LINKED_FROM}
        seen = other["state"] == State.PUBLISHED and other["organ_id"] == record.organ_id
        if seen and not _is_yet_to_be(row):
            key = (row["told"], is_source, other["id"])
            found.setdefault(key, {**other, "kind": row["told"], "is_source": is_source})
    return list(found.values())


def _in_order(row: Mapping[str, Any]) -> tuple[bool, int]:
    return row["link"] is None, row["link"] or row["target__id"]


def _is_yet_to_be(row: Mapping[str, Any]) -> bool:
    if row["told"] == LinkKind.REPEALS:
        return row["target__repealed_on"] is None
    return bool(row["told"] == LinkKind.AMENDS and row["target__amended_on"] is None)
