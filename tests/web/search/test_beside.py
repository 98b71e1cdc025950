"""Work beside: what it answers, what it raises, and a process that was forked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai.web.search.engine import store
from gongkai.web.search.engine.beside import beside


def test_it_answers_and_raises_as_if_it_were_called() -> None:
    assert beside(pow, 2, 10).result() == 1024
    with pytest.raises(ZeroDivisionError):
        beside(divmod, 1, 0).result()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_that_was_forked_has_threads_of_its_own() -> None:
    assert beside(abs, -1).result() == 1
    child = os.fork()
    if child == 0:
        os._exit(0 if beside(abs, -2).result(timeout=20) == 2 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize(
    ("documents", "memory", "heap"),
    [
        (0, 8_000_000_000, 256 * 1024 * 1024),
        (400_000, 8_000_000_000, 1_200_000_000),
        (1_000_000, 8_000_000_000, 2_000_000_000),  # a quarter of what there is
        (5_000_000, 64_000_000_000, 3_900_000_000),
        (1_000_000, 0, 256 * 1024 * 1024),  # a system that does not tell
    ],
)
def test_what_builds_takes_what_its_documents_need_within_the_memory_there_is(
    documents: int, memory: int, heap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_memory", lambda: memory)
    assert store._heap_to_build(documents) == heap


def test_a_container_s_limit_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(store, "_LIMIT_OF_A_CONTAINER", limit)
    machine = store._memory()
    limit.write_text("512000000\n")
    assert store._memory() == min(machine, 512_000_000)
    limit.write_text("max\n")
    assert store._memory() == machine
