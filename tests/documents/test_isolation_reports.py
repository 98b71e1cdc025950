"""Reports read in processes of their own are as those read here, and one bad file spoils no other."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from tests.documents.bombs import report_text
from tests.documents.isolated_tasks import HANGS_ON, HANGS_WHEN_CHECKED
from tests.fuzz.seeds import every_kind, of_kind

from gongkai.annual.checked import check_files
from gongkai.annual.isolated import TASK, new_workers, read_and_check
from gongkai.documents.isolation import Limits, Workers

HANGS = (HANGS_ON, b"<html>")
FILES = [(f"{number}-{name}", content) for number, (name, content) in enumerate(map(of_kind, every_kind()))]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(TASK, Limits(workers=2, seconds=20))
    yield made
    made.close()


@pytest.mark.parametrize("file", FILES, ids=[name for name, _ in FILES])
def test_a_file_gives_the_same_reports_and_findings_as_in_this_process(
    workers: Workers, file: tuple[str, bytes]
) -> None:
    assert read_and_check([file], workers=workers) == check_files([file])


def test_many_files_and_last_years_report_give_the_same_as_in_this_process(workers: Workers) -> None:
    files, previous = [*FILES[:12], ("坏.docx", b"PK\3\4"), ("空.txt", b"")], FILES[13]
    done: list[str] = []
    found = read_and_check(files, previous, done.append, workers=workers)
    expected = check_files(files, previous)
    assert [item.source for item in found] == [item.source for item in expected]
    assert [item.findings for item in found] == [item.findings for item in expected]
    assert [item.error and item.error.code for item in found] == [
        item.error and item.error.code for item in expected
    ]
    assert done == [name for name, _ in files]


def test_two_years_of_one_organ_are_compared(workers: Workers) -> None:
    this_year = report_text()
    year = int(this_year[this_year.index("20") :][:4])
    last_year = this_year.replace(str(year), str(year - 1))
    files = [("今年.txt", this_year.encode()), ("去年.txt", last_year.encode())]
    assert [item.compared_with for item in read_and_check(files, workers=workers)] == ["去年.txt", None]


def test_a_file_that_hangs_is_named_and_the_others_are_done() -> None:
    workers = Workers("tests.documents.isolated_tasks:reports", Limits(workers=1, seconds=3))
    read_and_check(FILES[:1], workers=workers)  # the time to start is no part of a file's time
    found = read_and_check([FILES[0], HANGS, FILES[1]], workers=workers)
    workers.close()
    assert [item.error and item.error.code for item in found] == [None, "too_slow", None]
    assert found[1].source == HANGS_ON
    assert found[2].findings == check_files([FILES[1]])[0].findings


def test_files_for_which_no_time_is_left_are_told_to_come_alone() -> None:
    workers = Workers(TASK, Limits(workers=1, seconds=20, together=0))
    [first, second] = read_and_check(FILES[:2], workers=workers)
    workers.close()
    assert first.error is not None
    assert second.error is not None
    assert "请单独上传" in second.error.zh


def test_what_takes_too_long_to_check_is_named_and_the_others_are_checked() -> None:
    workers = Workers("tests.documents.isolated_tasks:reports", Limits(workers=1, seconds=3))
    files = [FILES[0], (HANGS_WHEN_CHECKED, report_text().encode()), FILES[1]]
    found = read_and_check(files, workers=workers)
    workers.close()
    assert [item.error and item.error.code for item in found] == [None, "too_slow", None]
    assert [item.source for item in found] == [name for name, _ in files]
    assert found[0].findings == check_files([FILES[0]])[0].findings


def test_without_workers_files_are_read_in_this_process() -> None:
    assert new_workers(Limits(workers=0)) is None
    assert read_and_check(FILES[:1], workers=None) == check_files(FILES[:1])


def test_a_started_worker_adds_little_to_the_time_of_a_file(workers: Workers) -> None:
    read_and_check(FILES[:1], workers=workers)
    began = time.monotonic()
    for _ in range(5):
        read_and_check(FILES[:1], workers=workers)
    assert (time.monotonic() - began) / 5 < 3
