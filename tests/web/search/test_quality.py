"""How well search finds, at small scale; `make bench` measures it at full scale beside its peers."""

from __future__ import annotations

import pytest
from benchmarks.search import Score, built, judged, ours, sqlite_trigram, table
from benchmarks.search_corpus import Corpus, corpus
from benchmarks.search_questions import KINDS

from gongkai.web.search.engine import finding, recall
from gongkai.web.search.engine.finding import Wanted
from gongkai.web.search.engine.guessing import answer
from gongkai.web.search.engine.store import Reading

# Below what was measured, by a little.
_LEAST_NDCG = dict.fromkeys(KINDS, 0.97) | {"misspellings": 0.85, "sentences": 0.9}


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus(1_000, 30)


@pytest.fixture(scope="module")
def reading(made: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return built(tmp_path_factory.mktemp("index"), iter(made.documents))


@pytest.fixture(scope="module")
def scores(made: Corpus, reading: Reading) -> dict[str, Score]:
    return judged(made, ours(reading))


@pytest.fixture
def very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done where a question finds very many documents is done for twenty already."""
    monkeypatch.setattr(finding, "_MANY", 20)
    monkeypatch.setattr(finding, "_LIKELY", 20)
    monkeypatch.setattr(finding, "_LARGE", 0)
    for module in (finding, recall):
        monkeypatch.setattr(module, "COUNT_ALL", 100)


def test_there_are_two_hundred_questions_of_eight_kinds(made: Corpus) -> None:
    assert len(made.questions) >= 200
    assert {one.kind for one in made.questions} == set(KINDS)
    assert len({one.text for one in made.questions if one.kind == "numbers"}) == 30
    assert len({one.text for one in made.questions if one.kind == "everyday"}) == 60


@pytest.mark.parametrize("kind", KINDS)
def test_questions_of_each_kind_are_answered(kind: str, scores: dict[str, Score]) -> None:
    assert scores[kind].ndcg10 >= _LEAST_NDCG[kind], table({"ours": scores})
    assert scores[kind].recall10 >= _LEAST_NDCG[kind] - 0.05, table({"ours": scores})


def test_what_sqlite_brings_along_finds_far_less(made: Corpus, scores: dict[str, Score]) -> None:
    peer = judged(made, sqlite_trigram(made.documents))
    assert peer["all"].ndcg10 < scores["all"].ndcg10 - 0.2
    assert peer["sentences"].recall10 < 0.1


@pytest.mark.usefixtures("very_many")
def test_short_cuts_among_very_many_documents_lose_no_quality(
    made: Corpus, reading: Reading, scores: dict[str, Score]
) -> None:
    cut = judged(made, ours(reading))
    for kind in KINDS:
        assert cut[kind].ndcg10 >= scores[kind].ndcg10 - 0.005, table({"all": scores, "cut short": cut})
        assert cut[kind].recall20 >= scores[kind].recall20 - 0.005


@pytest.mark.usefixtures("very_many")
@pytest.mark.parametrize("filters", [{}, {"year": 2020}])
def test_pages_among_very_many_documents_follow_each_other(
    filters: dict[str, str | int], made: Corpus, reading: Reading
) -> None:
    for one in made.questions[::5]:
        seen: list[int] = []
        for offset in range(0, 300, 10):
            seen += answer(reading, one.text, Wanted(filters, offset=offset, with_facets=False)).found.ids
        assert len(seen) == len(set(seen)), one.text
        at_once = answer(reading, one.text, Wanted(filters, limit=300, with_facets=False)).found
        assert list(at_once.ids) == seen, one.text
        if at_once.count < 100:  # those are counted one by one
            assert len(seen) == at_once.count, one.text
