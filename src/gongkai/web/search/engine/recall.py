"""What a document must hold to be found, decided by pairs of characters.

All words of a question are asked for first. Where nothing holds them all, or a question of several ordinary
words finds little, most of them are asked for, then half. A name that is found, or what stands in a text word
for word, is not watered down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tantivy
from tantivy import Occur, Query

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.asking import Group, Plan
from gongkai.web.search.engine.schema import COUNTED, NUMERIC, SAMPLE, SAMPLES, schema

# From here on documents are counted on one sample of them: nobody needs so many to the last one.
COUNT_ALL = 4_000
# A word that so many documents hold decides nothing where most of the words are enough.
_COMMON = 0.1
_LEAST_RARE = 2
SHARES = (1.0, 0.7, 0.5)  # of the words of a question that a document must hold, tried in turn
_LITTLE, _SEVERAL, _LONG = 20, 3, 5
# A single pair in more documents than this is not counted one by one.
_COUNTED = 5_000
TEXTS, TITLES, SAMPLED = "pairs", "title_pairs", "sampled"
# Among the filters: ids, with commas between them, of documents that are to be left out of everything.
WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Recall:
    """The query that decides, the same over the sample, how many documents it finds, how many hold every
    word, the plan's words that decide and the share asked for of them. `is_about`: counted on the sample."""

    query: Query
    sampled: Query
    count: int
    whole: int
    deciding: Plan
    share: float
    is_about: bool = False


def recall_of(
    searcher: tantivy.Searcher,
    plan: Plan,
    filters: Mapping[str, str | int],
    shares: Sequence[float] = SHARES,
) -> Recall:
    """The strictest query that finds enough."""
    whole = 0
    recall = Recall(Query.empty_query(), Query.empty_query(), 0, 0, plan, 1.0)
    asked: tuple[int, int] | None = None
    for share in shares:
        deciding = plan if share == SHARES[0] else _rarer(searcher, plan)
        least = least_of(deciding, share)
        if asked == (least, len(deciding.groups)):
            continue
        asked = least, len(deciding.groups)
        query = narrowed(holding(deciding, least), filters)
        sampled = narrowed(holding(deciding, least, SAMPLED), filters)
        about = SAMPLES * count_of(searcher, sampled)
        is_about = about > COUNT_ALL
        count = _frequency(searcher, plan, filters) or (about if is_about else count_of(searcher, query))
        whole = count if share == SHARES[0] else whole
        recall = Recall(query, sampled, count, whole, deciding, share, is_about)
        if count >= _LITTLE or (whole and (not _is_loose(plan) or _stands_somewhere(searcher, plan))):
            break
    return recall


def holds_whole(searcher: tantivy.Searcher, plan: Plan, filters: Mapping[str, str | int]) -> bool:
    """Whether any document holds every word."""
    if plan.is_empty:
        return False
    least = least_of(plan, 1.0)
    # Where many do, one of the sample does, which is soon known.
    return any(count_of(searcher, narrowed(holding(plan, least, name), filters)) for name in (SAMPLED, TEXTS))


def least_of(plan: Plan, share: float) -> int:
    """How many groups a document must hold; numbers count as one each."""
    total = len(plan.groups) + len(plan.numbers)
    if total <= 2 and share > 0.5:
        return total
    return max(1, int(total * share + 0.5))


def holding(plan: Plan, least: int, field: str = TEXTS, among: Query | None = None) -> Query:
    """At least so many of the groups and numbers, and all that is quoted, in a field of pairs.

    `among`: some documents, to which each group by itself is held: so that no list is read to its end.
    """
    musts = [(Occur.Must, _holds(one, field)) for one in plan.quoted]
    if field == SAMPLED and (plan.numbers or any(one.character for one in (*plan.groups, *plan.quoted))):
        musts.append((Occur.Must, term("sample", SAMPLE)))  # these have no field of the sample alone
    shoulds = [
        *((Occur.Should, _holds(one, field)) for one in plan.groups),
        *((Occur.Should, _number(one.terms, plan.typed)) for one in plan.numbers),
    ]
    if among is not None and least >= len(shoulds):
        musts.append((Occur.Must, among))
    elif among is not None:
        both = [Query.boolean_query([(Occur.Must, among), (Occur.Must, query)]) for _, query in shoulds]
        shoulds = [(Occur.Should, query) for query in both]
    if shoulds and least >= len(shoulds):
        musts += [(Occur.Must, query) for _, query in shoulds]
    elif shoulds:
        musts.append((Occur.Must, Query.boolean_query(shoulds, minimum_number_should_match=least)))
    return Query.boolean_query(musts)


def narrowed(query: Query, filters: Mapping[str, str | int]) -> Query:
    """The same, with these values of facets alone, and none of what is to be left out."""
    if not filters:
        return query
    parts = [(Occur.Must, query)]
    for name, value in filters.items():
        if name == WITHOUT:
            parts += [(Occur.MustNot, term("id", int(pk))) for pk in str(value).split(",")]
        else:
            parts.append((Occur.Must, term(name, int(value) if name in NUMERIC else value)))
    return Query.boolean_query(parts)


def count_of(searcher: tantivy.Searcher, query: Query) -> int:
    """How many documents a query finds."""
    result: Any = searcher.search(Query.const_score_query(query, 0.0), limit=1, count=True)
    return int(result.count or 0)  # `count` is missing in the types


def term(name: str, value: str | int) -> Query:
    return Query.term_query(schema(), name, value, "freq" if name in COUNTED else "basic")


def phrase(name: str, pairs: Sequence[str]) -> Query:
    if len(pairs) == 1:
        return Query.term_query(schema(), name, pairs[0], "freq")
    return Query.phrase_query(schema(), name, list(pairs))


def only_word(plan: Plan) -> str:
    """The one word that is the whole plan, or ""."""
    is_one = len(plan.groups) == 1 and not (plan.numbers or plan.quoted or plan.run)
    return plan.groups[0].word if is_one else ""


def _is_loose(plan: Plan) -> bool:
    """Whether a question is long, or of several ordinary words: one of them may as well be left out."""
    count = len(plan.groups)
    return count >= _LONG or (count >= _SEVERAL and all(one.word for one in plan.groups))


def _rarer(searcher: tantivy.Searcher, plan: Plan) -> Plan:
    """The plan without words that very many documents hold, if enough others are left."""
    most = int(searcher.num_docs) * _COMMON
    rare = tuple(one for one in plan.groups if one.character or documents_of(searcher, one) <= most)
    return replace(plan, groups=rare) if len(rare) >= _LEAST_RARE else plan


def documents_of(searcher: tantivy.Searcher, group: Group) -> int:
    """How many documents hold the rarest pair of a group."""
    if group.character:
        return int(searcher.doc_freq("characters", group.character))
    return min(int(searcher.doc_freq(TEXTS, pair)) for pair in group.pairs)


def _stands_somewhere(searcher: tantivy.Searcher, plan: Plan) -> bool:
    """Whether a text holds the whole question as typed: a name, however many words it is made of."""
    return bool(plan.run) and bool(count_of(searcher, phrase(TEXTS, plan.run)))


def _frequency(searcher: tantivy.Searcher, plan: Plan, filters: Mapping[str, str | int]) -> int:
    """How many documents hold the one pair that is the whole plan, if very many; else 0."""
    if filters or not only_word(plan) or len(plan.groups[0].pairs) > 1:
        return 0
    frequency = int(searcher.doc_freq(TEXTS, plan.groups[0].pairs[0]))
    # With the few that have gone since segments were joined.
    return frequency if frequency > _COUNTED else 0


def _holds(group: Group, field: str) -> Query:
    if group.character and field != TITLES:
        return term("characters", group.character)
    return phrase(field, group.pairs or (group.character,))


def _number(numbers: Sequence[str], typed: str) -> Query:
    """The number itself, or a text that cites it."""
    best = numbers[0]
    either = [(Occur.Should, term("numbers", best))]
    cited: list[str] = []
    if best.startswith("i"):
        cited = terms.tokens(terms.folded(typed))
    elif "." in best[1:]:
        before, _, number = best.partition(".")
        word, year = before[:-4], before[-4:]
        cited = [*(terms.grams(word) if len(word) > 1 else []), year, number]
    if len(cited) > 1:
        either.append((Occur.Should, phrase(TEXTS, cited)))
    return Query.boolean_query(either)
