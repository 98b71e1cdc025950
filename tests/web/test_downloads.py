"""Downloads: the contract's json, the workbook, the check sheet; and what is refused."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import SAMPLES, carried, page, words


@pytest.fixture
def results(client: Client) -> str:
    return carried(client.post("/check", {"sample": "qingshi-2024.docx"}))


def test_the_json_has_reports_and_findings_in_the_contracts_shape(client: Client, results: str) -> None:
    response = client.post("/check/reports.json", {"results": results})
    value = json.loads(response.content)
    (report,) = value["reports"]
    assert report["schema"] == "gongkai.annual-report/1"
    assert report["source"] == "qingshi-2024.docx"
    assert report["requests"]["refused.process_information"]["total"] == 4
    row_sum = next(f for f in value["findings"] if f["rule"] == "FMT.T3.A")
    assert (row_sum["expected"], row_sum["found"], row_sum["severity"]) == (3, 4, "error")
    assert set(row_sum) <= {
        "source", "rule", "severity", "organ", "year", "cells", "expected", "found", "message", "quote",
    }  # fmt: skip


def test_the_json_can_be_checked_again(client: Client, results: str) -> None:
    first = client.post("/check/reports.json", {"results": results})
    again = client.post("/check", {"files": SimpleUploadedFile("again.json", first.content)})
    assert "FMT.T3.A" in {rule.text() for rule in page(again).css(".card .rule")}


def test_downloads_are_named_in_chinese(client: Client, results: str) -> None:
    response = client.post("/check/reports.xlsx", {"results": results})
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A" in disposition  # 年度报告


def test_the_workbook_has_overview_findings_and_the_tables(client: Client, results: str) -> None:
    response = client.post("/check/reports.xlsx", {"results": results})
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    assert book.sheet_names[:2] == ["概览", "核对结果"]
    overview = book.get_sheet_by_name("概览").to_python()
    assert overview[1][0] == "qingshi-2024.docx"
    assert overview[1][2] == 2024
    rules = [row[4] for row in book.get_sheet_by_name("核对结果").to_python()[1:]]
    assert "FMT.T3.A" in rules
    cells = [c for row in book.get_sheet_by_index(2).to_python() for c in row]
    assert "6.属于四类过程性信息" in cells
    assert 1268 in cells


def test_the_check_sheet_is_one_file_without_script(client: Client, results: str) -> None:
    response = client.post("/check/sheet.html", {"results": results})
    text = response.content.decode()
    assert text.startswith("<!DOCTYPE html>")
    assert "<script" not in text
    assert "src=" not in text
    assert "<link" not in text
    assert "发现 " in text


def test_downloads_follow_the_pages_language(client: Client, results: str) -> None:
    client.get("/?lang=en")
    response = client.post("/check/reports.xlsx", {"results": results})
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    assert book.sheet_names[:2] == ["Overview", "Findings"]


def _edited(edit: Callable[[dict[str, Any]], None]) -> Callable[[str], str]:
    def make(text: str) -> str:
        value = json.loads(text)
        edit(value)
        return json.dumps(value)

    return make


def _set(*path: Any) -> Callable[[str], str]:
    *way, last, new = path

    def edit(value: Any) -> None:
        for step in way:
            value = value[step]
        value[last] = new

    return _edited(edit)


UNREAD = {"source": "a.txt", "error": {"code": "empty", "zh": "空", "en": "empty"}}
READING = ("files", 0, "reading")
TAMPERED: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: "",
    "no json": lambda text: text[:-2],
    "deep nesting": lambda text: "[" * 100_000,
    "a list": lambda text: "[]",
    "another schema": _set("schema", "other"),
    "no files": _set("files", []),
    "a thousand files": _edited(lambda value: value.update(files=[UNREAD] * 1000)),
    "a report that is none": _set("files", 0, "report", {"organ": 1}),
    "a cell that is text": _set("files", 0, "report", "requests", "granted", "total", "=1+1"),
    "a cell path with markup": _set(*READING, "written", {'x" onclick="y': "1"}),
    "a place that is none": _set(*READING, "places", {"requests.granted.total": [1]}),
    "a gap that is none": _set(*READING, "unread", [["x"]]),
    "a remark that is none": _set(*READING, "remarks", [["misprint", 1, None]]),
    "a report of the year before that is none": _set("earlier", [{"source": 1}]),
    "lines that are none": _set("files", 0, "reading", "lines", [["overview", "x"]]),
    "notes that are none": _set("files", 0, "notes", [["one"]]),
}


@pytest.mark.parametrize(
    "address", ["/check/reports.json", "/check/reports.xlsx", "/check/sheet.html", "/check/again"]
)
@pytest.mark.parametrize("how", TAMPERED)
def test_results_that_were_changed_are_refused(client: Client, results: str, address: str, how: str) -> None:
    response = client.post(address, {"results": TAMPERED[how](results)})
    assert response.status_code == 400
    assert "送回的核对结果不完整或被改动过" in words(response)


WRONG_CHANGES = {
    "no json": "{",
    "a report that is not there": {"7": {"requests.granted.total": 1}},
    "a number that is none": {"x": {}},
    "a cell that is not there": {"1": {"requests.granted.everybody": 1}},
    "a cell that is text": {"1": {"requests.granted.total": "many"}},
    "half a case": {"1": {"requests.granted.total": 1.5}},
    "a cell that is true": {"1": {"requests.granted.total": True}},
    "a list": {"1": ["requests"]},
    "a year long past": {"1": {"year": 12}},
    "a title that is no text": {"1": {"title": ["x"]}},
}


@pytest.mark.parametrize("address", ["/check/reports.json", "/check/change", "/check/edit", "/check/report"])
@pytest.mark.parametrize("how", WRONG_CHANGES)
def test_changes_that_nobody_could_have_typed_are_refused(
    client: Client, results: str, address: str, how: str
) -> None:
    changes = WRONG_CHANGES[how]
    text = changes if isinstance(changes, str) else json.dumps(changes)
    response = client.post(address, {"results": results, "changes": text, "report": "1", "file": "1.docx"})
    assert response.status_code == 400
    assert "送回的核对结果不完整或被改动过" in words(response)


def test_a_download_typed_as_an_address_is_answered_in_words(client: Client) -> None:
    response = client.get("/check/reports.json")
    assert response.status_code == 405
    assert "下载要从核对结果页上点按钮" in words(response)


def test_the_json_begins_with_the_findings_and_names_files_that_were_not_read(client: Client) -> None:
    files = [SimpleUploadedFile("空.txt", b""), SimpleUploadedFile("x.docx", b"\x00noise")]
    sample = (SAMPLES / "yunxi-water-2022.txt").read_bytes()
    response = client.post("/check", {"files": [*files, SimpleUploadedFile("c.txt", sample)]})
    value = json.loads(client.post("/check/reports.json", {"results": carried(response)}).content)
    assert list(value) == ["findings", "unreadable", "reports"]
    assert [entry["source"] for entry in value["unreadable"]] == ["空.txt", "x.docx"]
    assert value["unreadable"][0]["code"] == "empty"
    assert "空" in value["unreadable"][0]["message"]


def test_a_page_with_nothing_read_offers_no_download(client: Client) -> None:
    response = client.post("/check", {"files": SimpleUploadedFile("a.txt", b"hello")})
    assert "下载" not in words(response)
    assert "未能读取：a.txt" in words(response)
