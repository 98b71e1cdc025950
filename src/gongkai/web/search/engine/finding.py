"""Running a plan: what is found, in order, and how it divides.

What comes first is decided by words: in a title more than in keywords, there more than in a text, there more
than in an attachment. Where very many documents are found, those come first whose titles hold the words: the
others need not be weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import tantivy
from tantivy import Occur, Query

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.asking import Group, Plan
from gongkai.web.search.engine.beside import beside
from gongkai.web.search.engine.recall import (
    COUNT_ALL,
    SHARES,
    TEXTS,
    TITLES,
    Recall,
    holding,
    holds_other,
    least_of,
    narrowed,
    only_word,
    others_in,
    phrase,
    rarest_pair,
    recall_of,
    term,
    without_common,
)
from gongkai.web.search.engine.schema import FACETS, NUMERIC, SAMPLES

MOST = 1_000  # hits that can be paged through
RELEVANCE, DATE = "relevance", "date"
_WINDOW = 200  # hits put in order by weight at a time
_WEIGHTS = {"title": 4.0, "head": 1.5, "body": 1.0, "files": 0.5}
_TITLE_PAIRS, _PAIRS = 2.0, 1.5
_RUN_IN_TITLE, _RUN = 3.0, 1.0
_EXACT, _PARTLY = 400.0, 100.0
_ALL, _MOST_OF_THEM = 60.0, 20.0  # what holds every word comes before what holds some
# What is equal to what was typed weighs less than that; what holds the very word, so much more.
_EQUAL, _VERY_WORD_IN_TITLE, _VERY_WORD = 0.5, 40.0, 6.0
# Annual reports speak of everything; a question that asks for none means something else.
_REPORT = "report"  # the field
_LESS_FOR_A_REPORT = 0.5
_ASKS_FOR_A_REPORT = ("报告", "年报")
_MANY = 1_000  # from here on the most likely come first, then titles alone if enough hold the words
_LIKELY = 200
# In an index of so many documents most questions find very many: what is likely is asked for beside.
_LARGE = 200_000
_MANY_WORDS = 4
_MANY_PAIRS = 8
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the hits of a plan are wanted: narrowed by facets, in which order, which of them."""

    filters: Mapping[str, str | int] = field(default_factory=dict)
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 10
    with_facets: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """`ids` of the hits wanted; `count` of all; `facets`: values with their counts, the most frequent first;
    `facets_are_about`: they are counted on a sample. `whole`: how many hold every word of the question.
    `only`: the one word of it that was looked for, since nothing holds all."""

    ids: tuple[int, ...] = ()
    count: int = 0
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    facets_are_about: bool = False
    whole: int = 0
    only: str = ""


def find(searcher: tantivy.Searcher, plan: Plan, wanted: Wanted) -> Found:
    """The hits of a plan. Nothing for an empty one."""
    if plan.is_empty or wanted.offset >= MOST:
        return Found()
    plan = without_common(searcher, plan)
    is_large = searcher.num_docs > _LARGE and wanted.sort != DATE and not only_word(plan) and not plan.numbers
    likely = beside(_likely, searcher, plan) if is_large else None
    recall = recall_of(searcher, plan, wanted.filters)
    if not recall.count:
        return Found()
    dividing = beside(_facets, searcher, recall) if wanted.with_facets else None
    ids = (
        _by_date(searcher, recall, wanted)
        if wanted.sort == DATE
        else _best(searcher, plan, recall, wanted, likely)
    )
    facets, about = dividing.result() if dividing else ({}, False)
    return Found(ids, recall.count, facets, about, recall.whole, recall.only)


def count_by(
    searcher: tantivy.Searcher, plan: Plan, facet: str, filters: Mapping[str, str | int]
) -> list[tuple[str, int]]:
    """How the hits of the whole question, narrowed by others, divide by one facet."""
    if plan.is_empty:
        return []
    recall = recall_of(searcher, plan, filters, (1.0,))
    told = searcher.aggregate(recall.sampled if recall.is_about else recall.query, _division((facet,)))
    return _values(told, facet, SAMPLES if recall.is_about else 1)


def _by_date(searcher: tantivy.Searcher, recall: Recall, wanted: Wanted) -> tuple[int, ...]:
    limit = min(wanted.limit, MOST - wanted.offset)
    hits = searcher.search(
        recall.query, limit=limit, offset=wanted.offset, count=False, order_by_field="published"
    ).hits
    return _ids(searcher, [address for _, address in hits])


def _best(
    searcher: tantivy.Searcher, plan: Plan, recall: Recall, wanted: Wanted, likely: Future[Query] | None
) -> tuple[int, ...]:
    """The ids wanted, tier after tier: no page asks for more tiers than it needs. `likely`: what `_likely`
    tells of the plan, where it was asked beside."""
    last = min(wanted.offset + wanted.limit, MOST)
    less = 1.0 if any(word in plan.typed for word in _ASKS_FOR_A_REPORT) else _LESS_FOR_A_REPORT
    ordered: list[int] = []
    for query in _tiers(searcher, plan, recall, wanted.filters, likely):
        if ordered:
            query = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, _of_ids(ordered))])
        wanting = -(-(last - len(ordered)) // _WINDOW) * _WINDOW
        hits = searcher.search(query, limit=wanting, count=False).hits
        for at in range(0, len(hits), _WINDOW):
            ordered += _weighed(searcher, hits[at : at + _WINDOW], less)
        if len(ordered) >= last:
            break
    return tuple(ordered[wanted.offset : last])


def _tiers(
    searcher: tantivy.Searcher,
    plan: Plan,
    recall: Recall,
    filters: Mapping[str, str | int],
    asked: Future[Query] | None,
) -> Iterator[Query]:
    """What is weighed; where very many are found, first those that come first in any case."""

    def weighing(candidates: Query) -> Query:
        return _weighing(plan, recall, narrowed(candidates, filters))

    if recall.count > _MANY and not plan.numbers:
        if (word := only_word(plan)) and not filters:
            # A plain union is cut short by the index itself: most of what it holds is never looked at.
            yield Query.boolean_query([(Occur.Should, part) for part in _of_word(word)])
        if recall.share < SHARES[0] and 0 < recall.whole <= _MANY:
            yield weighing(holding(plan, least_of(plan, SHARES[0])))
        likely = asked.result() if asked else _likely(searcher, plan)
        if _most_in_titles(searcher, recall) > _MANY:
            yield weighing(_titled(recall, likely))
        yield weighing(_titled(recall))
        yield weighing(holding(recall.deciding, least_of(recall.deciding, recall.share), among=likely))
    yield weighing(recall.query)


def _titled(recall: Recall, among: Query | None = None) -> Query:
    """Where titles hold what is asked for, or the whole question as typed."""
    plan = recall.deciding
    groups = holding(plan, least_of(plan, recall.share), TITLES, among)
    if not plan.run or plan.quoted:
        return groups
    run = phrase(TITLES, plan.run)
    if among is not None:
        run = Query.boolean_query([(Occur.Must, among), (Occur.Must, run)])
    return Query.boolean_query([(Occur.Should, groups), (Occur.Should, run)])


def _likely(searcher: tantivy.Searcher, plan: Plan) -> Query:
    """Some that hold the single words and pairs of a plan most often.

    A plain union is cut short by the index itself: most of what it holds is never looked at.
    """
    groups = (*plan.groups, *plan.quoted)
    # Of many words each says little, and lists of the words of texts are long: titles and keywords will do.
    names = _WEIGHTS if len(groups) < _MANY_WORDS else ("title", "head")
    union = [part for group in groups for part in _apart(group, names)]
    if any(not group.word for group in plan.groups):
        pairs = _telling(searcher, plan.run)
        union += [Query.boost_query(phrase(TITLES, (pair,)), _TITLE_PAIRS) for pair in pairs]
    query = Query.boolean_query([(Occur.Should, part) for part in union])
    hits = searcher.search(query, limit=_LIKELY, count=False).hits
    return _of_ids(_ids(searcher, [address for _, address in hits]))


def _telling(searcher: tantivy.Searcher, pairs: Sequence[str]) -> Sequence[str]:
    """Of many pairs those that fewest titles hold: the lists of the others are long and tell little."""
    if len(pairs) <= _MANY_PAIRS:
        return pairs
    counted = sorted((int(searcher.doc_freq(TITLES, pair)), pair) for pair in dict.fromkeys(pairs))
    return [pair for count, pair in counted if count][:_MANY_PAIRS]


def _of_ids(ids: Sequence[int]) -> Query:
    """Documents by their ids. For hundreds, a union is several times as fast as a set of terms."""
    return Query.boolean_query([(Occur.Should, term("id", pk)) for pk in ids])


def _apart(group: Group, names: Iterable[str]) -> list[Query]:
    """What a group is made of, each by itself, in these fields of words."""
    if group.word:
        return _of_word(group.word, names) + _others_apart(group)
    parts = [part for word in dict.fromkeys(terms.words(group.text)) for part in _of_word(word, names)]
    pairs = group.pairs or (group.character,)
    parts += [Query.boost_query(phrase(TITLES, (pair,)), _TITLE_PAIRS) for pair in pairs]
    return parts + _others_apart(group)


def _others_apart(group: Group) -> list[Query]:
    pairs = dict.fromkeys(pair for other in group.others for phrase_ in other.phrases for pair in phrase_)
    return [Query.boost_query(phrase(TITLES, (pair,)), _EQUAL) for pair in pairs]


def _most_in_titles(searcher: tantivy.Searcher, recall: Recall) -> int:
    """In how many titles there can be what `_titled` asks for, at most: of groups of which so many are asked
    for, each title holds one of the rarest; and all pairs of the question as typed."""
    plan = recall.deciding

    def rarest(group: Group) -> int:
        itself = rarest_pair(searcher, TITLES, group.pairs or (group.character,))
        return itself + sum(others_in(searcher, TITLES, group))

    counts = sorted(map(rarest, plan.groups))
    spare = max(len(counts) - least_of(plan, recall.share), 0)
    quoted = list(map(rarest, plan.quoted))
    run = rarest_pair(searcher, TITLES, plan.run)
    return min([sum(counts[: spare + 1]), *quoted] if counts else quoted, default=0) + run


def _weighing(plan: Plan, recall: Recall, candidates: Query) -> Query:
    groups = (*plan.groups, *plan.quoted)
    parts = [part for group in groups for part in _of_group(group, is_alone=len(groups) == 1)]
    if plan.run:
        parts.append(Query.boost_query(phrase("title_pairs", plan.run), _RUN_IN_TITLE))
        if recall.count <= COUNT_ALL:
            parts.append(Query.boost_query(phrase("pairs", plan.run), _RUN))
    for asked in plan.numbers:
        for place, number in enumerate(asked.terms):
            bonus = _PARTLY if place else _EXACT
            parts.append(Query.const_score_query(term("numbers", number), bonus))
    for higher, bonus in zip(SHARES, (_ALL, _MOST_OF_THEM), strict=False):
        if higher > recall.share and (higher < SHARES[0] or recall.whole):
            parts.append(Query.const_score_query(holding(plan, least_of(plan, higher)), bonus))
    # One within the other: what weighs is looked up for each candidate. Beside each other the lists of all
    # that weighs would be joined from end to end, however few the candidates.
    # Each step copies what it is put around: the candidates, which may be hundreds of ids, come last.
    weighed = Query.const_score_query(Query.all_query(), 0.0)
    for part in parts:
        weighed = Query.boolean_query([(Occur.Must, weighed), (Occur.Should, part)])
    return Query.boolean_query(
        [(Occur.Must, Query.const_score_query(candidates, 0.0)), (Occur.Must, weighed)]
    )


def _of_group(group: Group, *, is_alone: bool) -> list[Query]:
    """What weighs for a group; what every candidate holds anyway need not be weighed."""
    others = _of_others(group)
    if group.character:
        return [phrase("title_pairs", (group.character,)), *others]
    words = [group.word] if group.word else list(dict.fromkeys(terms.words(group.text)))
    parts = [part for word in words for part in _of_word(word)]
    parts.append(Query.boost_query(phrase("title_pairs", group.pairs), _TITLE_PAIRS))
    if not group.word and not is_alone:
        parts.append(Query.boost_query(phrase("pairs", group.pairs), _PAIRS))
    return parts + others


def _of_others(group: Group) -> list[Query]:
    """What weighs for words equal to what was typed, and for the very word beside them."""
    if not group.others:
        return []
    itself = group.pairs or (group.character,)
    parts = [
        Query.const_score_query(phrase(TITLES, itself), _VERY_WORD_IN_TITLE),
        Query.const_score_query(phrase(TEXTS, itself), _VERY_WORD),
    ]
    for other in group.others:
        words = dict.fromkeys(word for part in other.text.split() for word in terms.words(terms.folded(part)))
        parts += [Query.boost_query(part, _EQUAL) for word in words for part in _of_word(word)]
        parts.append(Query.boost_query(holds_other(other, TITLES), _TITLE_PAIRS))
    return parts


def _of_word(word: str, names: Iterable[str] = tuple(_WEIGHTS)) -> list[Query]:
    return [Query.boost_query(term(name, word), _WEIGHTS[name]) for name in names]


def _weighed(searcher: tantivy.Searcher, hits: Sequence[Any], less: float) -> list[int]:
    """Hits by score and weight; of equals the record entered later comes first. `less`: what the score of an
    annual report is multiplied by."""
    addresses = [address for _, address in hits]
    weights = searcher.fast_field_values("weight", addresses)
    reports = searcher.fast_field_values(_REPORT, addresses)
    ids = _ids(searcher, addresses)
    rows = [
        (score * float(by or 1) * (less if is_report else 1.0), pk)
        for (score, _), by, is_report, pk in zip(hits, weights, reports, ids, strict=True)
    ]
    return [pk for _, pk in sorted(rows, reverse=True)]


def _ids(searcher: tantivy.Searcher, addresses: Sequence[Any]) -> tuple[int, ...]:
    return tuple(int(pk or 0) for pk in searcher.fast_field_values("id", list(addresses)))


def _facets(searcher: tantivy.Searcher, recall: Recall) -> tuple[dict[str, list[tuple[str, int]]], bool]:
    about = recall.is_about
    told = searcher.aggregate(recall.sampled if about else recall.query, _division(FACETS))
    return {name: _values(told, name, SAMPLES if about else 1) for name in FACETS}, about


def _division(names: Sequence[str]) -> dict[str, Any]:
    return {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}


def _values(told: dict[str, Any], name: str, times: int) -> list[tuple[str, int]]:
    found = []
    for one in told[name]["buckets"]:
        key = str(int(one["key"])) if name in NUMERIC else str(one["key"])
        if key not in ("", "0"):
            found.append((key, int(one["doc_count"]) * times))
    return found
