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
from gongkai.web.search.engine.asking import Group, Other, Plan
from gongkai.web.search.engine.schema import COUNTED, NUMERIC, SAMPLE, SAMPLES, schema

# From here on documents are counted on one sample of them: nobody needs so many to the last one.
COUNT_ALL = 4_000
# A word that so many documents hold decides nothing where most of the words are enough.
_COMMON = 0.1
_LEAST_RARE = 2
# A word that no more documents than this hold may decide alone; or no more than so many.
_ALONE, _FEW = 0.05, 20
SHARES = (1.0, 0.7, 0.5)  # of the words of a question that a document must hold, tried in turn
_LITTLE, _TWO, _SEVERAL, _LONG = 20, 2, 3, 5
# A single pair in more documents than this is not counted one by one.
_COUNTED = 5_000
TEXTS, TITLES, SAMPLED = "pairs", "title_pairs", "sampled"
# Among the filters: ids, with commas between them, of documents that are to be left out of everything.
WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Recall:
    """The query that decides, the same over the sample, how many documents it finds, how many hold every
    word, the plan's words that decide and the share asked for of them. `is_about`: counted on the sample.
    `only`: the one word that decides, where nothing holds the others too."""

    query: Query
    sampled: Query
    count: int
    whole: int
    deciding: Plan
    share: float
    is_about: bool = False
    only: str = ""


def recall_of(
    searcher: tantivy.Searcher,
    plan: Plan,
    filters: Mapping[str, str | int],
    shares: Sequence[float] = SHARES,
) -> Recall:
    """The strictest query that finds enough.

    Half of a question of two words is one word, and finds what has nothing to do with it: there the rarest
    word decides, if it is rare, and that is told.
    """
    whole = 0
    recall = Recall(Query.empty_query(), Query.empty_query(), 0, 0, plan, 1.0)
    asked: set[tuple[int, tuple[Group, ...]]] = set()
    for share in shares:
        deciding = plan if share == SHARES[0] else _rarer(searcher, plan)
        least = least_of(deciding, share)
        if share != SHARES[0] and len(plan.groups) < _LONG:
            if whole or (share > SHARES[-1] and len(deciding.groups) == _TWO):
                continue
            if len(deciding.groups) + len(deciding.numbers) <= _TWO or not deciding.groups:
                deciding, least = _rarest(searcher, deciding, filters), 1
        if deciding.is_empty or (least, deciding.groups) in asked:
            continue
        asked.add((least, deciding.groups))
        query = narrowed(holding(deciding, least), filters)
        sampled = narrowed(holding(deciding, least, SAMPLED), filters)
        about = SAMPLES * count_of(searcher, sampled)
        is_about = about > COUNT_ALL
        count = _frequency(searcher, plan, filters) or (about if is_about else count_of(searcher, query))
        whole = count if share == SHARES[0] else whole
        only = deciding.groups[0].text if not whole and _is_one(deciding) and not _is_one(plan) else ""
        recall = Recall(query, sampled, count, whole, deciding, share, is_about, only)
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
    return plan.groups[0].word if is_one and not plan.groups[0].others else ""


def _is_loose(plan: Plan) -> bool:
    """Whether a question is long, or of several ordinary words: one of them may as well be left out."""
    count = len(plan.groups)
    return count >= _LONG or (count >= _SEVERAL and all(one.word for one in plan.groups))


def _is_one(plan: Plan) -> bool:
    return len(plan.groups) == 1 and not plan.numbers


def _rarer(searcher: tantivy.Searcher, plan: Plan) -> Plan:
    """The plan without single characters, which say little, and without words that very many documents hold:
    of a long question if enough others are left, of a short one in any case."""
    named = tuple(one for one in plan.groups if not one.character)
    if named or plan.numbers:
        plan = replace(plan, groups=named)
    most = most_of_telling(searcher)
    rare = tuple(one for one in plan.groups if one.character or documents_of(searcher, one) <= most)
    return replace(plan, groups=rare) if len(rare) >= _LEAST_RARE or len(plan.groups) < _LONG else plan


def _rarest(searcher: tantivy.Searcher, plan: Plan, filters: Mapping[str, str | int]) -> Plan:
    """Of a plan of few words the rarest that is found at all, or its numbers; nothing if it is common."""
    if plan.numbers:
        return replace(plan, groups=())
    most = most_of_rare(searcher)
    by_number = sorted((documents_of(searcher, one), at) for at, one in enumerate(plan.groups))
    for count, at in by_number:
        alone = replace(plan, groups=(plan.groups[at],))
        if (
            is_telling(plan.groups[at])
            and 0 < count <= most
            and count_of(searcher, narrowed(holding(alone, 1), filters))
        ):
            return alone
    return replace(plan, groups=())


def without_common(searcher: tantivy.Searcher, plan: Plan) -> Plan:
    """The plan without words whose equals very many documents hold (区政府: 区人民政府), if others are left.

    They tell no document from another, and to follow them through every text is dear.
    """
    most = most_of_telling(searcher)
    telling = tuple(
        one
        for one in plan.groups
        if not one.others or one.character or max(others_in(searcher, TEXTS, one), default=0) <= most
    )
    return replace(plan, groups=telling) if telling and len(telling) < len(plan.groups) else plan


def is_telling(group: Group) -> bool:
    """Whether a word says something by itself: a figure does not."""
    return not group.text.isdigit()


def most_of_telling(searcher: tantivy.Searcher) -> float:
    """In how many documents a word may be that decides beside others."""
    return max(int(searcher.num_docs) * _COMMON, _FEW)


def most_of_rare(searcher: tantivy.Searcher) -> float:
    """In how many documents a word may be that decides alone."""
    return max(int(searcher.num_docs) * _ALONE, _FEW)


def documents_of(searcher: tantivy.Searcher, group: Group) -> int:
    """How many documents hold the rarest pair of a group, or of the most frequent of what will do as well."""
    if group.character:
        count = int(searcher.doc_freq("characters", group.character))
    else:
        count = rarest_pair(searcher, TEXTS, group.pairs)
    return max([count, *others_in(searcher, TEXTS, group)])


def others_in(searcher: tantivy.Searcher, name: str, group: Group) -> list[int]:
    """In how many documents each of the others of a group can be, at most, in a field of pairs."""
    return [
        min((rarest_pair(searcher, name, phrase_) for phrase_ in other.phrases), default=0)
        for other in group.others
    ]


def rarest_pair(searcher: tantivy.Searcher, name: str, pairs: Sequence[str]) -> int:
    """How many documents hold the rarest of some pairs in a field."""
    return min((int(searcher.doc_freq(name, pair)) for pair in pairs), default=0)


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
        itself = term("characters", group.character)
    else:
        itself = phrase(field, group.pairs or (group.character,))
    if not group.others:
        return itself
    either = [(Occur.Should, itself), *((Occur.Should, holds_other(one, field)) for one in group.others)]
    return Query.boolean_query(either)


def holds_other(other: Other, field: str) -> Query:
    """All that an equal word is made of."""
    if len(other.phrases) == 1:
        return phrase(field, other.phrases[0])
    return Query.boolean_query([(Occur.Must, phrase(field, pairs)) for pairs in other.phrases])


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
