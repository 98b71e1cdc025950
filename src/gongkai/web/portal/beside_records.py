"""What a catalogue as data tells beside its rows: the files of records and what they are joined with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F, Q, Value

from gongkai.web.disclosure.models import Attachment, Link, LinkKind, Record, State
from gongkai.web.organs.models import Organ

# How the other record of a link speaks of this one.
_REVERSED = {
    LinkKind.INTERPRETS.value: "interpreted_by",
    LinkKind.AMENDS.value: "amended_by",
    LinkKind.REPEALS.value: "repealed_by",
    LinkKind.RELATED.value: "related",
}
RELATIONS = ("interprets", "interpreted_by", "amends", "amended_by", "repeals", "repealed_by", "related")
_ENDS = (
    *("source_id", "target_id", "source__organ_id", "target__organ_id", "source__state", "target__state"),
    *("target__repealed_on", "target__amended_on"),
)


def files_of(records: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """Number and name of the files of what is public of each record, in their order. 1 query."""
    rows = Attachment.objects.filter(version__record__in=records, version=F("version__record__published"))
    rows = rows.order_by("position", "id")
    found: dict[int, list[tuple[int, str]]] = {}
    for record, pk, name in rows.values_list("version__record", "id", "name"):
        found.setdefault(record, []).append((pk, name))
    return found


def relations_of(organ: Organ, records: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """What is joined with each record and public too: how, and the other's number. 2 queries.

    As `record_queries.links_of`: what repeals or amends is not told before it has taken effect.
    """
    links = Link.objects.filter(Q(source__in=records) | Q(target__in=records)).order_by("id")
    marked = Record.objects.filter(Q(id__in=records) | Q(repealed_by__in=records), repealed_by__isnull=False)
    rows = [*links.values_list("kind", *_ENDS), *_as_links(marked)]
    wanted, found = set(records), dict[int, list[tuple[str, int]]]()
    for kind, source, target, *facts in rows:
        if not _is_told(organ, kind, *facts):
            continue
        for own, how, other in ((source, kind, target), (target, _REVERSED[kind], source)):
            told = found.setdefault(own, [])
            if own in wanted and (how, other) not in told:
                told.append((how, other))
    return found


def _as_links(marked: Iterable[Record]) -> list[tuple[object, ...]]:
    rows = marked.order_by("id").annotate(told=Value(LinkKind.REPEALS.value))  # type: ignore[attr-defined]
    rows = rows.annotate(by=F("repealed_by"))
    names = ("told", "by", "id", "repealed_by__organ_id", "organ_id", "repealed_by__state", "state")
    return list(rows.values_list(*names, "repealed_on", "amended_on"))


def _is_told(
    organ: Organ, kind: str, own: int, other: int, here: str, there: str, repealed: object, amended: object
) -> bool:
    if (own, other, here, there) != (organ.pk, organ.pk, State.PUBLISHED, State.PUBLISHED):
        return False
    if kind == LinkKind.REPEALS:
        return repealed is not None
    return not (kind == LinkKind.AMENDS and amended is None)
