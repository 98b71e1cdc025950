"""Saved words, asked as the search page asks them: what the page finds for them is what they bring.

A question is taken as it was typed: what the page offers as “perhaps you meant” is no answer to it. Where a
node has no index, titles and numbers are looked through, as the page does then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Any

from tantivy import Occur, Query

from gongkai.web.disclosure.models import Record
from gongkai.web.search.engine.asking import cleaned, plan_of
from gongkai.web.search.engine.recall import holding, least_of, recall_of, term
from gongkai.web.search.engine.store import Reading, Unusable
from gongkai.web.search.following import store

logger = logging.getLogger(__name__)
Held = Callable[[Record, str], bool]
_MOST_BY_TITLE = 5  # words, as in search.queries.by_title


def indexed_up_to() -> int | None:
    """The number of the change that this node's index has read last; None where there is no index to ask."""
    try:
        return store().reading().mark.number
    except Unusable:
        return None


def held_by(words: Collection[str], ids: Collection[int]) -> Held:
    """Whether a record, one of `ids`, is found for words, one of `words`. No query: the index is asked, once
    for each words."""
    asked = {one for one in words if one}
    if not asked:
        return in_a_title
    try:
        reading = store().reading()
        found = {one: _found(reading, one, ids) for one in asked}
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


def _found(reading: Reading, words: str, ids: Collection[int]) -> frozenset[int]:
    """Which of the documents a question finds.

    First among these few alone: what holds every word is found, what holds none is not. Only for what holds
    some the whole index is asked, how many of the words are enough.
    """
    plan = plan_of(words, reading.has_pair)
    if plan.is_empty or not ids:
        return frozenset()
    every = _among(reading, holding(plan, least_of(plan, 1.0)), ids)
    others = frozenset(ids) - every
    if not others or len(plan.groups) + len(plan.numbers) <= 1:
        return every
    some = _among(reading, holding(plan, 1), others)
    if not some:
        return every
    return every | _among(reading, recall_of(reading.searcher, plan, {}).query, some)


def _among(reading: Reading, query: Query, ids: Collection[int]) -> frozenset[int]:
    these = Query.boolean_query([(Occur.Should, term("id", pk)) for pk in ids])
    both = Query.boolean_query([(Occur.Must, these), (Occur.Must, query)])
    hits = reading.searcher.search(Query.const_score_query(both, 0.0), limit=len(ids), count=False).hits
    values: list[Any] = reading.searcher.fast_field_values("id", [address for _, address in hits])
    return frozenset(int(pk) for pk in values if pk)
