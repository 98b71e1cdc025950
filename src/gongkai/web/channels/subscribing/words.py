"""Saved words, asked as the search page asks them: what the page finds for them is what they bring.

A question is taken as it was typed: what the page offers as “perhaps you meant”, or for one word of it alone,
is no answer to it. Where a node has no index, titles and numbers are looked through, as the page does then.

Of thousands of saved words few are about what has just come out. So they are asked of an index of those few
records alone, made for the moment by the same analyser and the same schema; the whole index is asked only for
what holds some of the words, how many of them are enough.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Any

import tantivy
from tantivy import Occur, Query

from gongkai.web.disclosure.models import Record
from gongkai.web.search.documents import documents_of
from gongkai.web.search.engine.asking import Plan, cleaned, plan_of
from gongkai.web.search.engine.recall import holding, least_of, recall_of, term
from gongkai.web.search.engine.schema import as_indexed, schema
from gongkai.web.search.engine.store import Reading, Unusable
from gongkai.web.search.following import store
from gongkai.web.search.words import words_here

logger = logging.getLogger(__name__)
Held = Callable[[Record, str], bool]
_MOST_BY_TITLE = 5  # words, as in search.queries.by_title
# To enter a record into an index of the moment costs about as much as so many questions of the whole one.
QUESTIONS_A_RECORD = 3
_HEAP = 15_000_000  # bytes: the least that a writer takes


def indexed_up_to() -> int | None:
    """The number of the change that this node's index has read last; None where there is no index to ask."""
    try:
        return store().reading().mark.number
    except Unusable:
        return None


def held_by(words: Collection[str], ids: Collection[int]) -> Held:
    """Whether a record, one of `ids`, is found for words, one of `words`. 3 queries where there are many
    words for few records, else none; and one for each short name of an organ among the words."""
    asked = {one for one in words if one}
    if not asked:
        return in_a_title
    try:
        reading = store().reading()
        aside = len(asked) > QUESTIONS_A_RECORD * len(ids)
        few = _searcher_of(ids) if aside else reading.searcher
        known = words_here()
        found = {one: _found(reading, few, plan_of(one, reading.has_pair, known), ids) for one in asked}
    except Unusable:
        return in_a_title
    except (ValueError, OSError):  # its files have come to harm; the follower builds it anew
        logger.exception("the search index cannot be read: titles are looked through for subscribers")
        return in_a_title
    return lambda record, one: record.pk in found.get(one, ())


def in_a_title(record: Record, words: str) -> bool:
    """Whether each word stands in the title or the number."""
    said = f"{record.title}\n{record.document_number}".casefold()
    parts = cleaned(words).split()[:_MOST_BY_TITLE]
    return bool(parts) and all(one.casefold() in said or one == record.index_number for one in parts)


def _searcher_of(ids: Collection[int]) -> tantivy.Searcher:
    """An index in memory of what is public of these records. 3 queries."""
    index = tantivy.Index(schema())
    writer = index.writer(_HEAP, 1)
    for one in documents_of(ids):
        writer.add_document(as_indexed(one))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def _found(reading: Reading, few: tantivy.Searcher, plan: Plan, ids: Collection[int]) -> frozenset[int]:
    """Which of the documents a question finds. `few`: an index that holds these, and perhaps others.

    What holds none of the words is not found, what holds every one is. Only for what holds some the whole
    index is asked, how many of the words are enough.
    """
    if plan.is_empty or not ids:
        return frozenset()
    some = _among(few, holding(plan, 1), ids)
    if not some:
        return some
    every = _among(few, holding(plan, least_of(plan, 1.0)), some)
    if some == every:
        return every
    recall = recall_of(reading.searcher, plan, {})
    # One word of them, since nothing holds the others too: the page says so, to a reader who can ask again.
    return every if recall.only else every | _among(few, recall.query, some - every)


def _among(few: tantivy.Searcher, query: Query, ids: Collection[int]) -> frozenset[int]:
    these = Query.boolean_query([(Occur.Should, term("id", pk)) for pk in ids])
    both = Query.boolean_query([(Occur.Must, these), (Occur.Must, query)])
    hits = few.search(Query.const_score_query(both, 0.0), limit=len(ids), count=False).hits
    values: list[Any] = few.fast_field_values("id", [address for _, address in hits])
    return frozenset(int(pk) for pk in values if pk)
