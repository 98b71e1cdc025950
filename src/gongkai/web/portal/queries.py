"""What the portal reads. Each says how many queries it makes; none looks at what is not public.

A list never loads a body and never counts: it goes on from the row last seen (cursors.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongkai.statute.catalogue import Validity
from gongkai.web.disclosure.models import (
    Attachment,
    Image,
    Link,
    LinkKind,
    PublicChange,
    Record,
    State,
    Version,
)
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.models import Organ
from gongkai.web.portal.cursors import Cursor, Listing, Row, page_of
from gongkai.web.portal.record_queries import LINKED_FROM, OF_ABOVE, OF_ORGAN, OF_VERSION
from gongkai.web.portal.record_queries import record_for_page as record_for_page

PAGE_SIZE = 20
# Words are looked for in titles and numbers of the newest records, this many of them.
SEARCHED = 20_000
_PUBLISHED = tuple(f"published__{name}" for name in OF_VERSION)
_ROW = (
    *("id", "title", "document_number", "made_on", "published_at", "effective_on", "expires_on"),
    *("repealed_on", "amended_on", "repeal_basis"),
)
_OF_FILE = (
    *("id", "index_number", "title", "document_number", "kind", "category", "theme", "genre", "made_on"),
    *("published_at", "first_published_at", "effective_on", "expires_on", "repealed_on", "amended_on"),
    *("repeal_basis", "summary", "published__mode", "published__keywords", "published__joint_organs"),
)
# Counted for the rows of a page alone: a join would count the whole list first.
_FILES = Coalesce(
    Subquery(
        Attachment.objects.filter(version=OuterRef("published"))
        .order_by()
        .values("version")
        .annotate(n=Count("pk"))
        .values("n")
    ),
    0,
)
_FILE = ("id", "name", "media_type", "size", "sha256", "version__record", "version__number")
_CHANGES_LOOKED_AT = 200
_NOT_IN_FORCE = tuple(one.value for one in Validity if one not in (Validity.IN_FORCE, Validity.AMENDED))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader has asked a list for. Empty: everything. `kinds`: only these; `without`: not these."""

    kinds: Collection[str] = ()
    without: Collection[str] = ()
    category: str = ""
    theme: str = ""
    genre: str = ""
    validity: str = ""
    year: int | None = None
    words: str = ""


def organ_for_page(code: str) -> Organ | None:
    """The organ of a code with the one above it. A closed organ's information stays public. 1 query."""
    found = Organ.objects.filter(code=code).select_related("parent")
    return found.only(*OF_ORGAN, *(f"parent__{name}" for name in OF_ABOVE)).first()


def listed(
    organ: Organ, asked: Asked, *, before: Cursor | None = None, after: Cursor | None = None
) -> Listing:
    """A page of an organ's public records, newest first. 1 query; 2 where words are looked for."""
    return page_of(asked_rows(organ, asked).values(*_ROW), before=before, after=after, size=PAGE_SIZE)


def asked_rows(organ: Organ, asked: Asked) -> QuerySet[Record]:
    """The public records that a reader asks for, in no order. No query; 1 where words are looked for."""
    rows = _public(organ)
    if asked.kinds:
        rows = rows.filter(kind__in=asked.kinds)
    if asked.without:
        rows = rows.exclude(kind__in=asked.without)
    for name in ("category", "theme", "genre"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.validity == Validity.IN_FORCE:
        # What has been amended holds as well. Nearly all do: a list without the few is read along its order.
        rows = rows.exclude(validity__in=_NOT_IN_FORCE)
    elif asked.validity:
        rows = rows.filter(validity=asked.validity)
    if asked.year is not None:
        begin, end = _year(asked.year)
        rows = rows.filter(published_at__gte=begin, published_at__lt=end)
    if asked.words:
        rows = _with_words(rows, organ, asked.words)
    return rows


def for_feed(organ: Organ, asked: Asked, most: int) -> list[Row]:
    """The newest records asked for, as a feed tells them. 1 query."""
    rows = asked_rows(organ, asked).order_by("-published_at", "-id")
    return list(
        rows.values("id", "title", "summary", "category", "published_at", "first_published_at")[:most]
    )


def for_file(
    organ: Organ, asked: Asked, after: Cursor | None, size: int
) -> tuple[Sequence[Row], Cursor | None]:
    """So many records as open data, and where to go on; None at the end. 1 query."""
    rows = asked_rows(organ, asked).values(*_OF_FILE).annotate(files=_FILES)
    found = page_of(rows, before=None, after=after, size=size)
    return found.rows, found.after


def documents_of(organ: Organ, kinds: Collection[str], *, ended: bool, most: int) -> list[Row]:
    """Normative documents that hold today, or those that no longer do (NOR.2, NOR.4). 1 query."""
    today = timezone.localdate()
    over = Q(repealed_on__lte=today) | Q(expires_on__lt=today)
    rows = _public(organ).filter(kind__in=kinds)
    rows = rows.filter(over) if ended else rows.exclude(over)
    return list(rows.order_by("-published_at", "-id").values("kind", "theme", *_ROW)[:most])


def newest_of_all(most: int) -> list[Row]:
    """The newest public records of all open organs, with their organ's code and name. 2 queries.

    Found by the newest changes: a list of every organ's records has no index of its own.
    """
    changed = PublicChange.objects.order_by("-number").values_list("record", flat=True)[:_CHANGES_LOOKED_AT]
    rows = Record.objects.filter(id__in=set(changed), state=State.PUBLISHED, organ__is_active=True)
    names = ("organ__code", "organ__name", "organ__short_name")
    return list(rows.order_by("-published_at", "-id").values(*_ROW, *names)[:most])


def newest_interpretations(organ: Organ, most: int) -> list[Row]:
    """The newest interpretations with the policy each speaks of (NOR.6): `target__…`, public too. 1 query."""
    rows = Link.objects.filter(
        kind=LinkKind.INTERPRETS,
        source__organ=organ,
        source__kind="interpretation",
        source__state=State.PUBLISHED,
        target__organ=organ,
        target__state=State.PUBLISHED,
    )
    names = [f"{end}__{name}" for end in ("source", "target") for name in LINKED_FROM]
    return list(rows.order_by("-source__published_at", "-id").values(*names)[:most])


def newest_record() -> int:
    """The highest number of a record, 0 where there is none. 1 query."""
    return Record.objects.order_by("-id").values_list("id", flat=True).first() or 0


def public_between(above: int, upto: int, organs: Sequence[int]) -> Iterator[Any]:
    """Number, organ and moment of the public records of a range of numbers. 1 query."""
    rows = Record.objects.filter(id__gt=above, id__lte=upto, state=State.PUBLISHED, organ__in=organs)
    return rows.order_by("id").values_list("id", "organ", "published_at").iterator(chunk_size=5000)


def oldest_year(organ: Organ) -> int | None:
    """The year of the organ's oldest publication that still shows. 1 query."""
    at = _public(organ).order_by("published_at", "id").values_list("published_at", flat=True).first()
    return None if at is None else timezone.localtime(at).year


def newest_of_kind(organ: Organ, kind: str) -> Record | None:
    """The organ's newest public record of a kind, with what it says: the guide in force. 1 query."""
    found = _public(organ).filter(kind=kind).select_related("published").order_by("-published_at", "-id")
    return found.only("id", "organ", "index_number", "published", *_PUBLISHED).first()


def report_record(organ: Organ, year: int) -> Record | None:
    """The public record that holds the organ's annual report of a year. 1 query."""
    found = _public(organ).filter(kind="annual_report", published__for_year=year)
    return found.only("id", "title", "published").order_by("-published_at", "-id").first()


def attachment_for_reader(code: str, pk: int, attachment: int) -> Attachment | None:
    """A file of a version that readers may see. 2 queries."""
    found = Attachment.objects.filter(pk=attachment, **_seen_at(code, pk)).select_related("version")
    row = found.only(*_FILE).first()
    return row if row is not None and _is_seen(row.version) else None


def picture_for_reader(code: str, pk: int, version: int, name: str) -> Image | None:
    """A picture in the body of a version that readers may see. 2 queries."""
    found = Image.objects.filter(name=name, version__number=version, **_seen_at(code, pk))
    row = found.select_related("version").only(*_FILE).first()
    return row if row is not None and _is_seen(row.version) else None


def is_public(code: str, pk: int) -> bool:
    """Whether there is such a public record. 1 query."""
    return bool(Record.objects.filter(pk=pk, organ__code=code, state=State.PUBLISHED).exists())


def _public(organ: Organ) -> QuerySet[Record]:
    return Record.objects.filter(organ=organ, state=State.PUBLISHED)


def _year(year: int) -> tuple[dt.datetime, dt.datetime]:
    """A calendar year of the site's time zone, as moments."""
    zone = timezone.get_default_timezone()
    return dt.datetime(year, 1, 1, tzinfo=zone), dt.datetime(year + 1, 1, 1, tzinfo=zone)


def _with_words(rows: QuerySet[Record], organ: Organ, words: str) -> QuerySet[Record]:
    """Each word in the title or the document number of the newest records, or the whole index number."""
    edge = _public(organ).order_by("-published_at", "-id").values_list("published_at", flat=True)
    oldest = list(edge[SEARCHED : SEARCHED + 1])
    if oldest:
        rows = rows.filter(published_at__gt=oldest[0])
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(document_number__icontains=word) | Q(index_number=word)
        )
    return rows


def _seen_at(code: str, pk: int) -> dict[str, Any]:
    return {
        "version__record__pk": pk,
        "version__record__organ__code": code,
        "version__record__state": State.PUBLISHED,
        "version__stage__in": (Stage.PUBLISHED, Stage.SUPERSEDED),
    }


def _is_seen(version: Version) -> bool:
    """Not where a later version was withdrawn (see `versions_of`)."""
    later = Version.objects.filter(record_id=version.record_id, number__gt=version.number)
    return not later.filter(stage=Stage.WITHDRAWN).exists()
