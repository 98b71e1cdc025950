"""Files of rows are read in processes of their own: what a file does there stays there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.disclosure.sheets import csv, workbook

from gongkai.documents.isolation import Limits, Workers
from gongkai.web.disclosure.importing import table_task, tables
from gongkai.web.organs.errors import WorkError


@pytest.fixture(scope="module")
def _own_workers() -> Iterator[Workers]:
    made = Workers(table_task.TASK, Limits(workers=1, seconds=15.0))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def workers(_own_workers: Workers, monkeypatch: pytest.MonkeyPatch) -> Workers:
    monkeypatch.setattr(tables, "workers", lambda: _own_workers)
    return _own_workers


def test_a_table_comes_back_as_it_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(("标题", "日期"), ("一则公告", "2026-03-01"), merged=[(2, 0, 3, 0, "合并")])
    there = tables.read_file_of_rows(content, "表.xlsx")
    monkeypatch.setattr(tables, "workers", lambda: None)
    assert there == tables.read_file_of_rows(content, "表.xlsx")


def test_five_thousand_rows_are_read_well_within_their_time() -> None:
    rows = [("标题", "内容"), *((f"第{n}号公告", "全文" * 500) for n in range(5000))]
    (sheet,) = tables.read_file_of_rows(csv(*rows), "表.csv")
    assert len(sheet.rows) == 5001


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"\xff" * 2000,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000,
        b"a,b\n" * 3_000_000,
        ('"' + "x" * 300_000 + '",b\n').encode(),
    ],
    ids=["torn xlsx", "torn xls", "endless csv", "endless cell"],
)
def test_a_hostile_file_is_refused_and_the_next_one_is_read(content: bytes) -> None:
    name = "表.csv" if content[:1] in (b"a", b'"') else "表.xlsx"
    with pytest.raises(WorkError) as refused:
        tables.read_file_of_rows(content, name)
    assert refused.value.field == "file"
    assert "年度报告" not in refused.value.zh
    assert tables.read_file_of_rows(workbook(("标题", "文"), ("一", "二")), "好.xlsx")


def test_a_file_that_hangs_is_ended_in_its_time(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Workers("tests.web.disclosure.hanging_task:answer", Limits(workers=1, seconds=1.0))
    monkeypatch.setattr(tables, "workers", lambda: slow)
    with pytest.raises(WorkError) as refused:
        tables.read_file_of_rows(b"x", "表.csv")
    assert refused.value.code == "too_slow"
    slow.close()


def test_a_zip_is_taken_apart_there_too() -> None:
    from tests.web.disclosure.test_import_word import zipped

    files: dict[str, Any] = {"甲.docx": b"1" * 10, "乙/丙.docx": b""}
    assert [tuple(one) for one in tables.unpack(zipped(files))] == [("丙.docx", b""), ("甲.docx", b"1" * 10)]
