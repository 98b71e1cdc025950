"""What comes out when files go in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import page, planted, words

Upload = Callable[..., SimpleUploadedFile]


def rules_found(response: Any, report: str = "article.report") -> set[str]:
    return {card.text() for card in page(response).css(f"{report} .card .rule")}


@pytest.mark.parametrize("entry", planted(), ids=lambda e: e["file"])
def test_each_planted_error_of_a_sample_is_found(client: Client, entry: dict[str, Any]) -> None:
    response = client.post("/check", {"sample": entry["file"]})
    assert response.status_code == 200
    missing = {error["rule"] for error in entry["planted"]} - rules_found(response)
    assert missing == set()


@pytest.mark.parametrize("entry", planted(), ids=lambda e: e["file"])
def test_a_planted_error_is_marked_in_its_cell(client: Client, entry: dict[str, Any]) -> None:
    tree = page(client.post("/check", {"sample": entry["file"]}))
    for error in entry["planted"]:
        for path in error["cells"]:
            cell = tree.css_first(f'td[id="r1-{path}"]')
            assert cell is not None, path
            assert "is-" in (cell.attributes["class"] or ""), path
            assert cell.css("a.marker"), path


def test_two_years_of_one_organ_are_checked_against_each_other(client: Client, sample: Upload) -> None:
    files = [sample("liuwan-2023.html"), sample("liuwan-2024.pdf")]
    response = client.post("/check", {"files": files})
    assert "已与“liuwan-2023.html”作跨年核对" in words(response)
    assert "FMT.T3.D" in rules_found(response, "#r2")


def test_the_previous_years_report_may_be_given_by_itself(client: Client, sample: Upload) -> None:
    response = client.post(
        "/check", {"files": sample("liuwan-2024.pdf"), "previous": sample("liuwan-2023.html")}
    )
    assert "FMT.T3.D" in rules_found(response)
    assert len(page(response).css("article.report")) == 1


def test_a_previous_report_that_cannot_be_read_is_said_at_the_report(client: Client, sample: Upload) -> None:
    broken = SimpleUploadedFile("去年.docx", b"PK\x03\x04 cut off")
    response = client.post("/check", {"files": sample("liuwan-2024.pdf"), "previous": broken})
    assert "上一年度报告“去年.docx”未能读取，没有作跨年核对" in words(response)
    assert "FMT.T4.A" in rules_found(response)


def test_every_link_inside_a_result_leads_somewhere(client: Client, sample: Upload) -> None:
    files = [sample(entry["file"]) for entry in planted()]
    tree = page(client.post("/check", {"files": files}))
    links = [a.attributes["href"] or "" for a in tree.css("main a")]
    inside = {link[1:] for link in links if link.startswith("#")}
    ids = [element.attributes["id"] for element in tree.css("[id]")]
    assert len(inside) > 30
    assert inside - set(ids) == set()
    assert len(ids) == len(set(ids))


def test_the_words_a_finding_rests_on_are_marked_in_the_text(client: Client) -> None:
    tree = page(client.post("/check", {"sample": "liuwan-2024.pdf"}))
    card = next(c for c in tree.css(".card") if c.css_first(".rule").text() == "NAR.3")
    name = card.attributes["id"]
    marked = "".join(m.text() for m in tree.css(f'mark[data-findings~="{name}"]'))
    assert "均已按时答复" in marked


def test_findings_come_in_order_of_severity(client: Client) -> None:
    tree = page(client.post("/check", {"sample": "qingshi-2024.docx"}))
    order = [("错误", "需要核对", "提示").index(s.text()) for s in tree.css(".card .severity")]
    assert order == sorted(order)
    assert len(set(order)) > 1


def test_the_verdict_counts_what_is_shown(client: Client) -> None:
    tree = page(client.post("/check", {"sample": "qingshi-2024.docx"}))
    errors = sum(s.text() == "错误" for s in tree.css(".card .severity"))
    assert f"发现 {errors} 处错误" in tree.css_first(".verdict").text()


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(client: Client, sample: Upload) -> None:
    files = [SimpleUploadedFile("空白.docx", b"\x00\x01 noise"), sample("yunxi-water-2022.txt")]
    response = client.post("/check", {"files": files})
    assert response.status_code == 200
    assert "未能读取：空白.docx" in words(response)
    assert "FMT.2.6" in rules_found(response, "#r2")


def test_several_files_begin_with_a_table_of_them(client: Client, sample: Upload) -> None:
    files = [sample(entry["file"]) for entry in planted()]
    rows = page(client.post("/check", {"files": files})).css(".summary tbody tr")
    assert [row.css_first("th").text() for row in rows] == [entry["file"] for entry in planted()]
    assert all(row.css_first("a").attributes["href"] == f"#r{n}" for n, row in enumerate(rows, start=1))


def test_a_report_without_any_finding_says_so(client: Client) -> None:
    zero = dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0)
    report = {
        "schema": "gongkai.annual-report/1",
        "organ": "虚构县某局",
        "year": None,
        "form": None,
        "title": None,
        "remedies": dict.fromkeys(
            ("reconsideration", "direct_litigation", "litigation_after_reconsideration"), zero
        ),
    }
    response = client.post("/check", {"files": SimpleUploadedFile("a.json", json.dumps(report).encode())})
    tree = page(response)
    assert tree.css_first(".verdict").text().startswith(("发现", "没有发现问题"))
    assert ("没有发现问题" in words(response)) == (not tree.css(".card"))


def test_no_file_chosen_is_said_in_words(client: Client) -> None:
    response = client.post("/check", {})
    assert response.status_code == 422
    assert "还没有选择文件" in words(response)


def test_a_sample_that_does_not_exist_is_said_in_words(client: Client) -> None:
    response = client.post("/check", {"sample": "../pyproject.toml"})
    assert response.status_code == 422
    assert "没有这份样本" in words(response)


@pytest.mark.parametrize("address", ["/check", "/check/again", "/check/again?lang=zh"])
def test_opening_a_results_address_says_that_results_are_not_kept_and_offers_the_form(
    client: Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "核对结果不保存，请重新上传" in words(response)
    assert page(response).css_first("form.upload input[name=files]") is not None


def test_each_finding_names_its_article_and_what_it_asks_for(client: Client) -> None:
    tree = page(client.post("/check", {"sample": "qingshi-2024.docx"}))
    for card in tree.css(".card"):
        assert "依据：《" in card.css_first(".basis").text(), card.text()
        assert len(card.css_first(".basis details p").text()) > 5
    supervision = next(c for c in tree.css(".card") if c.css_first(".rule").text() == "REG.50(4)")
    assert "《政府信息公开条例》第五十条第（四）项" in supervision.css_first(".basis").text()


def test_figures_are_named_for_what_they_are(client: Client) -> None:
    tree = page(client.post("/check", {"sample": "qingshi-2024.docx"}))
    named = {
        card.css_first(".rule").text(): [name.text() for name in card.css(".numbers dt")]
        for card in tree.css(".card")
        if card.css(".numbers")
    }
    assert named["FMT.T3.B"][:2] == ["各项相加", "合计填写"]
    assert named["NAR.1"] == ["表中", "正文"]
    assert not any("应为" in name for names in named.values() for name in names)


def test_a_report_of_the_same_year_is_not_said_to_be_compared(client: Client, sample: Upload) -> None:
    files = {"files": sample("liuwan-2024.pdf"), "previous": sample("liuwan-2024.pdf", "也是今年.pdf")}
    said = words(client.post("/check", files))
    assert "已与“也是今年.pdf”作跨年核对" not in said
    assert "“也是今年.pdf”不是本报告的上一年度报告（它也是2024年度的报告），没有用它作跨年核对" in said


def test_of_several_reports_each_says_what_it_was_compared_with_and_why_not(
    client: Client, sample: Upload
) -> None:
    files = [sample("liuwan-2024.pdf"), sample("yunxi-water-2022.txt")]
    tree = page(client.post("/check", {"files": files, "previous": sample("liuwan-2023.html")}))
    first, second = (report.text() for report in tree.css("article.report > header"))
    assert "已与“liuwan-2023.html”作跨年核对" in first
    assert "没有用它" not in first
    assert "作跨年核对。" in second
    assert "它是2023年度的报告，应为2021年度" in second


def test_a_minus_sign_is_one_sign_in_message_figures_and_table(client: Client) -> None:
    kinds = ("natural_person", "business", "research", "public_welfare", "legal_services", "other", "total")
    row = dict.fromkeys(kinds, 0) | {"natural_person": -5, "total": -5}
    report = {"organ": "虚构县某局", "year": 2024, "form": "2021", "requests": {"granted": row}}
    file = SimpleUploadedFile("a.json", json.dumps(report).encode())
    shown = page(client.post("/check", {"files": file})).css_first("article.report").text()
    assert shown.count("－5") >= 4  # in a message, its figures, and both cells
    assert "-5" not in shown


def test_markup_in_a_report_and_in_its_name_stays_text(client: Client) -> None:
    statistics = [{"label": "<script>alert(1)</script>", "unit": "件", "value": 1}]
    report = {
        "organ": "<img src=x onerror=alert(2)>",
        "year": 2017,
        "form": "2014",
        "sections": {"overview": "<b onclick=alert(3)>正文</b>"},
        "statistics": statistics,
    }
    file = SimpleUploadedFile("<i>名字</i>.json", json.dumps(report).encode())
    tree = page(client.post("/check", {"files": file}))
    assert tree.css("article script, article img, article b, article i") == []
    assert "<script>alert(1)</script>" in tree.css_first("table.sheet").text()


def test_the_tables_have_the_merged_heads_of_the_form(client: Client) -> None:
    table = page(client.post("/check", {"sample": "qingshi-2024.docx"})).css_first("table.sheet-requests")
    refused = next(th for th in table.css("th") if th.text() == "（三）不予公开")
    assert refused.attributes["rowspan"] == "8"
    legal_persons = next(th for th in table.css("th") if th.text() == "法人或其他组织")
    assert legal_persons.attributes["colspan"] == "5"
    assert len(table.css("td.figure")) == 25 * 7


def test_a_blank_cell_is_shown_as_blank_and_not_as_zero(client: Client) -> None:
    tree = page(client.post("/check", {"sample": "liuwan-2023.html"}))
    cell = tree.css_first('td[id="r1-requests.not_processed.duplicate.total"]')
    assert cell.css_first(".state").text() == "空"


def test_what_is_said_of_a_refused_change_does_not_send_people_round_in_a_circle(client: Client) -> None:
    """To load the answer to a form anew sends the form anew: it is said what helps instead."""
    head = page(client.post("/check", {"sample": planted()[0]["file"]})).css_first(".results-head")
    assert head is not None
    told = str(head.attributes["data-refused"])
    assert "刷新" not in told
    assert "再试一次" in told
    assert "再核对一份" in told
    assert "再核对一份" in head.text()
