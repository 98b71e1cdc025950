"""Files that hang, eat memory or crash are refused in words, and the page goes on answering others."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.documents.bomb_list import TEXTS
from tests.documents.bombs import report_text, report_with
from tests.web.conftest import carried, page, words
from tests.web.hostile_tasks import GROWS, HANGS, HANGS_WHEN_CHECKED

from gongkai.annual.isolated import TASK
from gongkai.documents.isolation import Limits, Workers
from gongkai.web.annual_reports import reading

Upload = Callable[..., SimpleUploadedFile]
MIB = 1024 * 1024
WITH_LIMITS = pytest.mark.skipif(sys.platform != "linux", reason="the system has no such limit")


def with_workers(monkeypatch: pytest.MonkeyPatch, task: str, **limits: Any) -> Workers:
    workers = Workers(task, Limits(workers=1, **limits))
    monkeypatch.setattr(reading, "workers", lambda: workers)
    return workers


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """The page with its files read and checked in a process of their own."""
    workers = with_workers(monkeypatch, TASK, seconds=20)
    yield workers
    workers.close()


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """The same with little time and memory, and files that break what interprets them."""
    workers = with_workers(
        monkeypatch, "tests.web.hostile_tasks:answer", seconds=2, together=20, memory=400 * MIB
    )
    workers.warm()
    yield workers
    workers.close()


def a_file(name: str, content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def unreadable(response: Any) -> list[str]:
    """The words for each file that was refused."""
    return [" ".join(one.text(separator=" ").split()) for one in page(response).css("article.unreadable")]


def is_well(client: Client, sample: Upload) -> bool:
    """Whether the next visitor is served."""
    response = client.post("/check", {"files": [sample("qingshi-2024.docx")]})
    return response.status_code == 200 and not unreadable(response)


def articles(response: Any) -> list[str | None]:
    return [article.html for article in page(response).css("article")]


def test_a_page_that_reads_files_in_processes_of_their_own_shows_the_same(
    client: Client, sample: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = client.post("/check", {"files": [sample("qingshi-2024.docx")]})
    workers = with_workers(monkeypatch, TASK, seconds=20)
    broken = a_file("broken.docx", b"PK\x03\x04 cut off")
    apart = client.post("/check", {"files": [sample("qingshi-2024.docx"), broken]})
    workers.close()
    assert articles(apart)[:1] == articles(here)
    assert "未能读取：broken.docx" in unreadable(apart)[0]


def test_a_file_that_hangs_while_it_is_interpreted_is_refused_and_the_others_are_done(
    client: Client, sample: Upload, hostile: Workers
) -> None:
    assert is_well(client, sample)  # the time to start a process is no part of a file's
    began = time.monotonic()
    response = client.post(
        "/check", {"files": [a_file("停.txt", report_with(HANGS)), a_file("好.txt", report_text())]}
    )
    assert time.monotonic() - began < 20
    assert len(unreadable(response)) == 1
    assert "未能读取：停.txt 文件过于复杂，未能在规定时间内读完" in unreadable(response)[0]
    assert len(page(response).css("article.report:not(.unreadable)")) == 1
    assert is_well(client, sample)


@WITH_LIMITS
def test_a_file_that_eats_memory_while_it_is_interpreted_is_refused_in_words(
    client: Client, sample: Upload, hostile: Workers
) -> None:
    response = client.post("/check", {"files": [a_file("大.txt", report_with(GROWS))]})
    assert "未能读取：大.txt" in unreadable(response)[0]
    assert "内存过多" in unreadable(response)[0]
    assert is_well(client, sample)


def test_a_report_that_hangs_while_it_is_checked_is_refused_in_words(
    client: Client, sample: Upload, hostile: Workers
) -> None:
    response = client.post("/check", {"files": [a_file("久.txt", report_with(HANGS_WHEN_CHECKED))]})
    assert "未能读取：久.txt 文件过于复杂" in unreadable(response)[0]
    assert is_well(client, sample)


def test_what_hangs_while_two_reports_are_compared_is_told_on_a_page_of_its_own(
    client: Client, sample: Upload, hostile: Workers
) -> None:
    assert is_well(client, sample)
    files = {"one": a_file("1.txt", report_with(HANGS_WHEN_CHECKED)), "other": sample("liuwan-2023.html")}
    response = client.post("/compare", files)
    assert response.status_code == 422
    assert "对比这两份报告所需的时间或内存过多，已停止" in words(response)
    assert is_well(client, sample)


def test_what_hangs_while_a_report_is_written_is_told_on_a_page_of_its_own(
    client: Client, sample: Upload, hostile: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.annual.isolated.SECONDS_TO_WRITE", 2)
    response = client.post("/check", {"files": [a_file("久.txt", report_with(HANGS_WHEN_CHECKED))]})
    assert unreadable(response)
    response = client.post("/check/report", {"results": carried(response), "changes": "{}", "file": "1.docx"})
    assert response.status_code == 422
    assert "写出这份文件所需的时间或内存过多，已停止" in words(response)
    assert is_well(client, sample)


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "html", "csv", "json"])
def test_files_are_written_in_the_process_apart_as_they_are_here(
    client: Client, sample: Upload, apart: Workers, kind: str
) -> None:
    response = client.post("/check", {"files": [sample("qingshi-2024.docx")]})
    sent = {"results": carried(response), "changes": "{}", "file": f"1.{kind}", "seen": "1"}
    written = client.post("/check/report", sent)
    assert written.status_code == 200
    again = client.post("/check", {"files": [a_file(f"again.{kind}", written.content)]})
    assert not unreadable(again)
    assert figures(page(again)) == figures(page(response))


def figures(tree: LexborHTMLParser) -> list[str]:
    return [cell.attributes["data-value"] or "" for cell in tree.css("td[data-path]")]


def test_two_reports_are_compared_in_the_process_apart(
    client: Client, sample: Upload, apart: Workers
) -> None:
    files = {"one": sample("liuwan-2023.html"), "other": sample("liuwan-2024.pdf")}
    response = client.post("/compare", files)
    assert response.status_code == 200
    assert page(response).css_first("table") is not None


def test_the_start_page_has_a_process_ready_before_a_file_comes(client: Client, apart: Workers) -> None:
    started: list[bool] = []
    apart.warm = lambda: started.append(True)  # type: ignore[method-assign]
    client.get("/")
    assert started == [True]


def test_a_file_of_very_many_reports_is_read_up_to_what_a_page_can_hold(client: Client) -> None:
    one = {"schema": "gongkai.annual-report/1", "organ": "虚构镇人民政府", "year": 2024, "form": "2021"}
    response = client.post("/check", {"files": [a_file("many.json", json.dumps([one] * 500))]})
    assert len(page(response).css("article.report")) == 200
    assert "一次最多核对 199 份" in unreadable(response)[0]
    assert client.post("/check/again", {"results": carried(response), "changes": "{}"}).status_code == 200


def test_a_report_with_thousands_of_findings_shows_the_first_and_says_how_many_are_left(
    client: Client,
) -> None:
    many = "".join(f"联系电话138{number:08}的申请人李晓燕申请公开。\n" for number in range(1500))
    response = client.post("/check", {"files": [a_file("many.txt", report_with(many))]})
    assert len(page(response).css("li.card")) == 500
    assert "项没有列出，请下载 Excel 或 JSON 查看全部" in words(response)


def test_a_number_of_a_billion_digits_sent_back_is_refused(client: Client, sample: Upload) -> None:
    results = json.loads(carried(client.post("/check", {"files": [sample("qingshi-2024.docx")]})))
    results["files"][0]["report"]["requests"]["granted"]["total"] = "HERE"
    sent = json.dumps(results).replace('"HERE"', "1E-999999999")
    assert client.post("/check/again", {"results": sent, "changes": "{}"}).status_code == 400


def test_a_text_of_very_many_paragraphs_is_corrected_in_little_time(client: Client, sample: Upload) -> None:
    results = carried(client.post("/check", {"files": [sample("qingshi-2024.docx")]}))
    began = time.process_time()
    for number in range(2):
        typed = ("甲\n" * 20_000) + "\n".join(map(str, range(number, 1500)))
        response = client.post(
            "/check/change", {"results": results, "report": "1", "sections.problems": typed}
        )
        assert response.status_code == 200
    assert time.process_time() - began < 20


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_scan_is_read_in_a_process_that_never_read_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    pytest.importorskip("rapidocr", reason="text recognition is not installed: no scan is read")
    from tests.documents.scanning import a_scan, as_pdf, as_picture

    pages = a_scan("2021", 3, 150).pages
    content = as_picture(pages[1], "PNG") if kind == "png" else as_pdf(pages, 150)
    workers = with_workers(monkeypatch, TASK)
    response = client.post("/check", {"files": [a_file(f"scan.{kind}", content)]})
    workers.close()
    assert unreadable(response) == []
    assert "由程序识别，请对照原件核对数字" in words(response)


@WITH_LIMITS
def test_a_file_that_leaves_much_memory_behind_takes_none_from_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers = with_workers(monkeypatch, TASK, seconds=20)
    [large] = reading.read([("large.json", TEXTS["a million values.json"]())])
    assert large.error is not None
    [process] = workers._idle
    kept = int(Path(f"/proc/{process._process.pid}/statm").read_text().split()[0]) * 4096
    workers.close()
    assert kept < workers.limits.memory * 0.6
