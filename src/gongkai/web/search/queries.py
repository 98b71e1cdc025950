"""Searching: the index says what may be found, the database what of it is public now."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Substr

from gongkai.web.disclosure.models import Attachment, PublicChange, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.models import Organ
from gongkai.web.portal.prepared import Prepared
from gongkai.web.search.documents import public_records
from gongkai.web.search.engine.asking import cleaned, plan_of
from gongkai.web.search.engine.finding import RELEVANCE, Wanted, count_by
from gongkai.web.search.engine.guessing import answer, near_words
from gongkai.web.search.engine.passages import Passage, marked, parts_of, passage, pattern_of
from gongkai.web.search.engine.recall import WITHOUT, holds_whole
from gongkai.web.search.engine.store import Unusable
from gongkai.web.search.following import store
from gongkai.web.search.texts import words_of
from gongkai.web.search.words import words_here

logger = logging.getLogger(__name__)
_READ = 200_000  # characters of a text in which a passage is looked for
_MOST_FILES = 40
_MOST_GONE = 1_000  # a follower that is further behind than that builds anew soon
# Without an index: words in titles and numbers of so many of the newest records.
_NEWEST, _MOST_BY_TITLE = 20_000, 20
_OTHERS = 6
_NEW, _EXAMPLES = 6, 6
_MOST_ORGANS = 20  # in the facet
Row = Mapping[str, Any]
_COLUMNS = (
    *("id", "organ_id", "organ__code", "organ__name", "title", "document_number", "index_number", "made_on"),
    *("published_at", "effective_on", "expires_on", "repealed_on", "amended_on", "repeal_basis"),
    "published_id",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A public record that was found. `title`, `number`, `passage`: html with the words marked; `file`: the
    attachment that the passage is of."""

    row: Row
    title: str
    number: str
    passage: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """`is_ready`: there is an index; without one titles alone were looked through. `guess`, `is_instead`:
    what was perhaps meant, and whether the hits are those of the guess. `also`: equal words that were looked
    for besides; `only`: the one word that was looked for, since nothing holds all. `organs`: by id, for the
    facet."""

    hits: Sequence[Hit] = ()
    count: int = 0
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    is_about: bool = False
    guess: str = ""
    is_instead: bool = False
    also: Sequence[str] = ()
    only: str = ""
    near: Sequence[str] = ()
    elsewhere: Sequence[tuple[Organ, int]] = ()
    organs: Mapping[str, Organ] = field(default_factory=dict)
    is_ready: bool = True


def search(
    words: str,
    *,
    organ: Organ | None = None,
    filters: Mapping[str, str | int] | None = None,
    sort: str = RELEVANCE,
    offset: int = 0,
    limit: int = 10,
) -> Results:
    """What is found for words, in an organ or everywhere. At most 5 queries, and one for each short name of
    an organ in the question. `Unusable` without an index.

    What the index has and the database no longer shows to readers is left out, however late the index is.
    """
    reading = store().reading()
    gone = _gone_since(reading.mark.number)
    narrowed = {**(filters or {}), **({"organ": organ.pk} if organ else {}), **gone}
    try:
        found = answer(reading, words, Wanted(narrowed, sort, offset, limit), words_here())
    except (ValueError, OSError) as problem:  # its files have come to harm since they were opened
        logger.exception("the search index cannot be read")
        raise Unusable(f"索引不能读（{problem}）", f"it cannot be read ({problem})") from problem
    hits = _hits(found.found.ids, found.plan.needles)
    elsewhere: list[tuple[str, int]] = []
    if organ is not None and not found.found.whole:
        elsewhere = [
            one for one in count_by(reading.searcher, found.plan, "organ", gone) if one[0] != str(organ.pk)
        ]
    told = [key for key, _ in (*found.found.facets.get("organ", ())[:_MOST_ORGANS], *elsewhere[:_OTHERS])]
    organs = _organs(told) if organ is None or elsewhere else {}
    return Results(
        hits=hits,
        count=found.found.count,
        facets=found.found.facets,
        is_about=found.found.facets_are_about,
        guess=found.guess,
        is_instead=found.is_instead,
        also=found.plan.also,
        only=found.found.only,
        near=near_words(reading, words, gone) if not found.found.count else (),
        elsewhere=[(organs[key], count) for key, count in elsewhere[:_OTHERS] if key in organs],
        organs=organs,
    )


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the page shows before anything is asked: questions that find something, the newest records, the
    document number of one of them."""

    examples: Sequence[str] = ()
    newest: Sequence[Row] = ()
    number: str = ""


def beginning(organ: Organ | None = None) -> Beginning:
    """What there is to begin with. 2 queries, or 1 without an index, with those for names of organs."""
    rows = public_records().order_by("-published_at", "-pk")
    if organ is not None:
        rows = rows.filter(organ=organ)
    newest = list(
        rows.values("id", "organ__code", "organ__name", "title", "document_number", "published_at")[:_NEW]
    )
    number = next((row["document_number"] for row in newest if row["document_number"]), "")
    try:
        return Beginning(_examples(organ), newest, number)
    except Unusable:
        return Beginning((), newest, number)


def _examples(organ: Organ | None) -> list[str]:
    """The first examples that find something here."""
    reading, known = store().reading(), words_here()
    filters = _gone_since(reading.mark.number) | ({"organ": organ.pk} if organ else {})
    found: list[str] = []
    for one in known.examples:
        if holds_whole(reading.searcher, plan_of(one, reading.has_pair, known), filters):
            found.append(one)
        if len(found) == _EXAMPLES:
            break
    return found


def _gone_since(number: int) -> dict[str, str | int]:
    """What the index still holds and must not tell of, not even by a count or a word it offers instead: of
    the records changed since it was followed, those that are withdrawn, or of which something was. As a
    filter of the engine; nothing where nothing is gone. 1 query."""
    ids = sorted(pk for (pk,) in _GONE.rows(number))
    return {WITHOUT: ",".join(map(str, ids))} if ids else {}


def _gone(number: int) -> QuerySet[Any, Any]:
    gone = Q(record__state=State.WITHDRAWN) | Q(record__versions__stage=Stage.WITHDRAWN)
    rows = PublicChange.objects.filter(gone, number__gt=number).order_by().values_list("record")
    return rows.distinct()[:_MOST_GONE]


_GONE = Prepared(_gone, int)


def by_title(words: str, organ: Organ | None = None) -> Results:
    """Words in titles and numbers of the newest records, for a node without an index. 2 queries."""
    rows = public_records()
    if organ is not None:
        rows = rows.filter(organ=organ)
    newest = rows.aggregate(last=Max("pk"))["last"] or 0
    rows = rows.filter(pk__gt=newest - _NEWEST)
    parts = cleaned(words).split()[:5]
    for word in parts:
        rows = rows.filter(
            Q(title__icontains=word) | Q(document_number__icontains=word) | Q(index_number=word)
        )
    found = list(rows.order_by("-pk").values(*_COLUMNS)[:_MOST_BY_TITLE]) if parts else []
    pattern = pattern_of(parts)
    hits = [
        Hit(row, marked(row["title"], pattern), marked(row["document_number"], pattern), "") for row in found
    ]
    return Results(hits, len(hits), is_ready=False)


def _hits(ids: Sequence[int], needles: Sequence[str]) -> list[Hit]:
    """The records of these ids that are public, in the same order. 2 queries; 1 if every body holds words."""
    rows = {}
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        for values in _TEXTS.rows(*some, *[some[-1]] * (_AT_ONCE - len(some))):
            row = dict(zip(_NAMES, values, strict=True))
            rows[row["id"]] = row
    pattern = pattern_of(parts_of(needles))
    passages = {pk: passage(words_of(row["start"]), pattern) for pk, row in rows.items()}
    from_files = _from_files([rows[pk] for pk, one in passages.items() if not one.held], pattern)
    hits = []
    for pk in ids:
        if pk in rows:
            row = rows[pk]
            file, text = from_files.get(pk, ("", passages[pk]))
            number = marked(row["document_number"], pattern)
            hits.append(Hit(row, marked(row["title"], pattern), number, text.html, file))
    return hits


def _texts(*ids: int) -> QuerySet[Any, Any]:
    rows = public_records().filter(pk__in=ids).annotate(start=Substr("published__body", 1, _READ))
    return rows.values_list(*_NAMES)


# As many as a page shows.
_AT_ONCE = 10
_NAMES = (*_COLUMNS, "start")
_TEXTS = Prepared(_texts, *[int] * _AT_ONCE)


def _from_files(rows: Sequence[Row], pattern: Any) -> dict[int, tuple[str, Passage]]:
    """The first attachment of each record that holds a word, with its passage. 1 query, or none."""
    if not rows or pattern is None:
        return {}
    record = {row["published_id"]: row["id"] for row in rows}
    files = Attachment.objects.filter(version__in=list(record)).order_by("position", "id")
    found: dict[int, tuple[str, Passage]] = {}
    texts = files.annotate(start=Substr("text", 1, _READ)).values_list("version_id", "name", "start")
    for version, name, text in texts[:_MOST_FILES]:
        one = passage(text, pattern)
        if record[version] not in found and one.held:
            found[record[version]] = (name, one)
    return found


def _organs(ids: Sequence[str]) -> dict[str, Organ]:
    """Organs by id, with what they are called. 1 query; none without ids."""
    some = [int(one) for one in dict.fromkeys(ids)]
    if not some:
        return {}
    rows = _CALLED.rows(*some, *[some[-1]] * (_MOST_CALLED - len(some)))
    return {str(pk): Organ(pk=pk, code=code, name=name, short_name=short) for pk, code, name, short in rows}


def _called(*ids: int) -> QuerySet[Any, Any]:
    return Organ.objects.filter(pk__in=ids).order_by().values_list("pk", "code", "name", "short_name")


_MOST_CALLED = _MOST_ORGANS + _OTHERS
_CALLED = Prepared(_called, *[int] * _MOST_CALLED)
