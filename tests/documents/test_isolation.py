"""Work on files of strangers goes on in processes of its own: what becomes of them touches nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongkai.documents import DocumentError
from gongkai.documents.isolation import Limits, Workers

TASK = "tests.documents.isolated_tasks:answer"
MIB = 1024 * 1024
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes in /proc")
WITH_LIMITS = pytest.mark.skipif(sys.platform != "linux", reason="the system has no such limit")


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(TASK, Limits(workers=1, seconds=20, memory=400 * MIB))
    yield made
    made.close()


def refusal(workers: Workers, what: str, seconds: float | None = None, **more: object) -> DocumentError:
    with pytest.raises(DocumentError) as error:
        workers.run({"what": what, **more}, b"", seconds)
    return error.value


def process_of(workers: Workers) -> int:
    return int(workers.run({"what": "process"}))


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def ends(process: int) -> bool:
    """Whether a process is gone within some seconds."""
    end = time.monotonic() + 15
    while is_running(process) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_running(process)


def test_what_is_asked_is_answered_byte_for_byte(workers: Workers) -> None:
    content = bytes(range(256)) * 50_000
    assert workers.run({"what": "give back"}, content) == content


def test_one_process_answers_several_questions(workers: Workers) -> None:
    assert process_of(workers) == process_of(workers) != os.getpid()


def test_a_file_that_hangs_is_ended_in_time_and_the_next_is_served(workers: Workers) -> None:
    process_of(workers)
    began = time.monotonic()
    assert refusal(workers, "sleep", 0.3).code == "too_slow"
    assert time.monotonic() - began < 15
    assert workers.run({"what": "give back"}, b"next") == b"next"


def test_a_file_that_never_ends_to_compute_is_ended_in_time(workers: Workers) -> None:
    assert refusal(workers, "compute", 0.3).code == "too_slow"


def test_scanned_pages_get_more_time_but_not_without_end() -> None:
    workers = Workers(TASK, Limits(workers=1, seconds=0.5, scanning=1.5))
    assert workers.run({"what": "scan", "seconds": 1}, b"words") == b"words"
    with pytest.raises(DocumentError) as error:
        workers.run({"what": "scan", "seconds": 60})
    assert error.value.code == "too_slow"
    workers.close()


@pytest.mark.parametrize("how", ["crash", "abort", "leave"])
def test_a_file_on_which_a_parser_crashes_is_refused_in_words_and_the_next_is_served(
    workers: Workers, how: str
) -> None:
    error = refusal(workers, how)
    assert error.code == "too_complex"
    assert "另存为 docx" in error.zh
    assert workers.run({"what": "give back"}, b"next") == b"next"


@WITH_LIMITS
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_served(workers: Workers) -> None:
    assert refusal(workers, "grow").code == "too_complex"
    assert workers.run({"what": "give back"}, b"next") == b"next"


@WITH_LIMITS
def test_no_large_file_can_be_written(workers: Workers, tmp_path: Path) -> None:
    refusal(workers, "write", path=str(tmp_path / "large"))
    assert (tmp_path / "large").stat().st_size <= 128 * MIB


def test_a_file_that_is_refused_is_refused_with_the_readers_own_words(workers: Workers) -> None:
    before = process_of(workers)
    error = refusal(workers, "refuse")
    assert (error.code, error.zh, error.en) == ("damaged", "文件已损坏。", "The file is damaged.")
    assert process_of(workers) == before


def test_a_slip_of_our_own_is_told_in_words_and_ends_nothing(workers: Workers) -> None:
    before = process_of(workers)
    assert "程序出错" in refusal(workers, "fail").zh
    assert refusal(workers, "recurse").code == "too_complex"
    assert process_of(workers) == before


def test_what_a_library_prints_does_not_get_into_the_answer(workers: Workers) -> None:
    assert workers.run({"what": "print"}, b"answer") == b"answer"


def test_secrets_of_the_server_are_not_passed_on(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "kept to ourselves")
    assert b"kept to ourselves" not in workers.run({"what": "environment"})


def test_a_process_is_replaced_after_its_number_of_tasks() -> None:
    workers = Workers(TASK, Limits(workers=1, seconds=20, tasks=3))
    seen = [process_of(workers) for _ in range(7)]
    workers.close()
    assert [seen.count(process) for process in dict.fromkeys(seen)] == [3, 3, 1]


def test_there_are_never_more_processes_than_allowed() -> None:
    workers = Workers(TASK, Limits(workers=2, seconds=20))
    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda _: process_of(workers), range(40)))
    workers.close()
    assert len(set(seen)) <= 2


@ON_LINUX
def test_closing_ends_the_processes(workers: Workers) -> None:
    process = process_of(workers)
    workers.close()
    assert not is_running(process)


@ON_LINUX
def test_a_process_that_was_ended_from_outside_while_idle_is_no_files_fault(workers: Workers) -> None:
    os.kill(process_of(workers), 9)
    time.sleep(0.05)
    assert workers.run({"what": "give back"}, b"next") == b"next"


@ON_LINUX
def test_what_a_process_has_started_ends_with_it(workers: Workers) -> None:
    mark = f"isolation-{os.getpid()}-{time.monotonic_ns()}"
    refusal(workers, "start another", 1.5, mark=mark)
    assert all(ends(process) for process in started_with(mark))


def started_with(mark: str) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended meanwhile
    return found


@ON_LINUX
@pytest.mark.parametrize("busy", [False, True])
def test_processes_end_with_the_server_even_if_it_is_killed(busy: bool) -> None:
    server = f"""
import sys, threading, time
from gongkai.documents.isolation import Limits, Workers
workers = Workers("{TASK}", Limits(workers=1, seconds=1))
print(workers.run({{"what": "process"}}).decode(), flush=True)
if {busy}:
    threading.Thread(target=workers.run, args=({{"what": "compute"}},), daemon=True).start()
time.sleep(60)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, "-c", server], stdout=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None
        process = int(running.stdout.readline())
        time.sleep(0.2)
        running.kill()
    assert ends(process)


@ON_LINUX
def test_a_process_whose_server_stops_while_it_starts_ends_without_a_word() -> None:
    command = [sys.executable, "-m", "gongkai.documents.isolated_worker", TASK, "0", "0"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, env=environment, **pipes) as starting:  # type: ignore[call-overload]
        starting.stdout.close()
        starting.stdin.close()
        assert starting.stderr.read() == b""
    assert starting.returncode == 0


def test_a_process_that_cannot_start_is_told_in_words() -> None:
    workers = Workers("no.such.module:answer", Limits(workers=1))
    assert "程序出错" in refusal(workers, "give back").zh
    workers.close()
