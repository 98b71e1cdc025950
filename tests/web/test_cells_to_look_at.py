"""Cells that hold words, figures that a scan left in doubt, and masked words: each shown with its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cli.test_command_line import report_text
from tests.documents.bombs import report_with
from tests.web.conftest import carried, page, words

from gongkai.annual import Report
from gongkai.annual.checked import Checked
from gongkai.web.annual_reports import reading

ISSUED = "proactive.rules.issued"
DOUBTED = "requests.granted.total"


def checked(client: Client, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post("/check", {"files": [SimpleUploadedFile("report.txt", content)]})


@pytest.mark.parametrize("said", ["十", "一件", "1O", "无"])
def test_a_cell_that_holds_words_shows_them_as_the_file_has_them(client: Client, said: str) -> None:
    rules = report_text().replace("规章\t0\t0\t0", f"规章\t{said}\t0\t0")
    response = checked(client, rules)
    cell = page(response).css_first(f'td[data-path="{ISSUED}"]')
    assert cell is not None
    assert cell.css_first(".value").text() == said
    [card] = [card for card in page(response).css("li.card") if f"“{said}”" in card.text()]
    assert [link.attributes["href"] for link in card.css(".cells a")] == [f"#r1-{ISSUED}"]
    assert "文件中：第7行" in cell.css_first(".cell-line").text()


def test_words_of_a_cell_stay_when_another_cell_is_changed(client: Client) -> None:
    response = checked(client, report_text().replace("规章\t0\t0\t0", "规章\t十\t0\t0"))
    sent = {"results": carried(response), "report": "1", "requests.granted.total": "7"}
    again = client.post("/check/change", sent)
    cell = page(again).css_first(f'td[data-path="{ISSUED}"] .value')
    assert cell is not None
    assert cell.text() == "十"


@pytest.fixture
def scanned(client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The page of a report of which one figure was hardly to be read."""
    read = reading.read

    def doubted(files: Any) -> list[Checked]:
        items = read(files)
        for item in items:
            assert isinstance(item.report, Report)
            item.report.confidence = {path: 0.99 for path, _ in item.report.cells()} | {DOUBTED: 0.4}
        return items

    monkeypatch.setattr(reading, "read", doubted)
    return checked(client, report_text())


def test_a_doubtful_figure_of_a_scan_is_marked_and_named(scanned: Any) -> None:
    cell = page(scanned).css_first(f'td[data-path="{DOUBTED}"]')
    assert cell is not None
    assert "is-warning" in (cell.attributes["class"] or "")
    assert "扫描件中有1格识别把握不大（识别为“5”）" in words(scanned)


def test_a_doubtful_figure_stays_marked_until_a_person_has_typed_it(client: Client, scanned: Any) -> None:
    results = carried(scanned)
    again = client.post("/check/again", {"results": results, "changes": "{}"})
    assert "识别把握不大" in words(again)
    sent = {"results": results, "report": "1"}
    other = client.post("/check/change", {**sent, "requests.received.new.total": "6"})
    assert "识别把握不大" in words(other)
    mended = client.post("/check/change", {**sent, DOUBTED: "6"})
    assert "识别把握不大" not in words(mended)


def test_masked_personal_data_lead_to_the_words_they_stand_for(client: Client) -> None:
    said = "申请人李晓燕（手机13800138000）申请公开某项信息。"  # an invented person
    response = checked(client, report_with(said))
    cards = [card for card in page(response).css("li.card") if "138****8000" in card.text()]
    assert cards
    for card in cards:
        link = card.css_first("a[href*='-q']")
        assert link is not None
        number = (link.attributes["href"] or "").removeprefix("#")
        anchor = page(response).css_first(f"[id='{number}']")
        assert anchor is not None
        assert anchor.parent is not None
        assert "13800138000" in anchor.parent.text()
