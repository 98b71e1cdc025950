"""What is public of records, as the index takes it: what the portal itself shows, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils import timezone

from gongkai.web.disclosure.models import Attachment, Link, LinkKind, Record, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.models import Organ
from gongkai.web.search.engine.schema import MOST_OF_A_TEXT, Document, File
from gongkai.web.search.texts import words_of

AT_ONCE = 500
_ENDED = frozenset({"repealed", "expired"})
_COLUMNS = (
    *("id", "organ_id", "kind", "index_number", "title", "document_number", "category", "theme", "genre"),
    *("summary", "validity", "published_at", "published_id", "organ__name", "organ__short_name"),
    *("published__keywords", "published__joint_organs", "published__body"),
)


def public_records() -> QuerySet[Record]:
    """Records whose published version readers see."""
    return Record.objects.filter(state=State.PUBLISHED, published__stage=Stage.PUBLISHED)


def documents_of(ids: Collection[int]) -> list[Document]:
    """The documents of those records that are public; of the others nothing. 3 queries."""
    rows = list(public_records().filter(pk__in=ids).order_by("pk").values(*_COLUMNS))
    files, readings = _files(rows), _readings(rows)
    return [_document(row, files[row["published_id"]], readings[row["id"]]) for row in rows]


def every_id(after: int = 0) -> Iterator[list[int]]:
    """The ids of all that is public, in pieces. A query a piece."""
    while True:
        rows = public_records().filter(pk__gt=after).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return
        yield ids
        after = ids[-1]


def ids_of_organ(organ: int, after: int, limit: int) -> list[int]:
    """Ids of an organ's public records above one, in order. 1 query."""
    rows = public_records().filter(organ=organ, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def names_of_organs() -> dict[str, str]:
    """What each organ is called, as a digest, by its id. 1 query."""
    rows = Organ.objects.order_by("pk").values_list("pk", "name", "short_name")
    return {str(pk): blake2b(repr(names).encode(), digest_size=6).hexdigest() for pk, *names in rows}


def with_those_they_interpret(ids: Iterable[int]) -> set[int]:
    """The records, and those whose documents name them as their interpretation. 1 query."""
    known = set(ids)
    links = Link.objects.filter(source__in=known, kind=LinkKind.INTERPRETS)
    return known | set(links.values_list("target_id", flat=True))


def _files(rows: Iterable[dict[str, Any]]) -> dict[int, tuple[File, ...]]:
    versions = [row["published_id"] for row in rows]
    found: dict[int, tuple[File, ...]] = defaultdict(tuple)
    files = Attachment.objects.filter(version__in=versions).order_by("position", "id")
    cut = files.annotate(start=Substr("text", 1, MOST_OF_A_TEXT))
    for version, name, text in cut.values_list("version_id", "name", "start"):
        found[version] += (File(name, text),)
    return found


def _readings(rows: Iterable[dict[str, Any]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    links = Link.objects.filter(
        target__in=[row["id"] for row in rows],
        kind=LinkKind.INTERPRETS,
        source__state=State.PUBLISHED,
    ).order_by("id")
    for target, title in links.values_list("target_id", "source__title"):
        found[target] += (title,)
    return found


def _document(row: dict[str, Any], files: tuple[File, ...], readings: tuple[str, ...]) -> Document:
    names = (row["organ__name"], row["organ__short_name"], row["published__joint_organs"])
    published = row["published_at"]
    return Document(
        id=row["id"],
        organ=row["organ_id"],
        title=row["title"],
        number=row["document_number"],
        index_number=row["index_number"],
        keywords=row["published__keywords"],
        summary=row["summary"],
        organ_names=" ".join(filter(None, names)),
        body=words_of(row["published__body"]),
        files=files,
        readings=readings,
        category=row["category"],
        theme=row["theme"],
        genre=row["genre"],
        kind=row["kind"],
        year=timezone.localtime(published).year,
        validity=row["validity"],
        published=round(published.timestamp() * 1_000_000),
        in_force=row["validity"] not in _ENDED,
    )
