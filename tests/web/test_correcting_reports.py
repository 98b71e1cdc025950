"""A report is corrected on the page without scripts, and handed out corrected."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.web.conftest import SAMPLES, carried, page, words
from tests.web.test_results_page import Upload, rules_found

from gongkai.annual import read_reports
from gongkai.annual.writing import FORMATS
from gongkai.documents import read_document

WRONG = "requests.refused.process_information.total"  # says 4, adds up to 3
GRANTED = "requests.granted.total"


class Clerk:
    """Fills in forms as a browser does: every field of the form is sent, changed or not."""

    def __init__(self, client: Client, *files: SimpleUploadedFile, sample: str = "qingshi-2024.docx") -> None:
        self.client = client
        data: dict[str, Any] = {"files": list(files)} if files else {"sample": sample}
        self.response = client.post("/check", data)
        self.results = carried(self.response)

    @property
    def tree(self) -> LexborHTMLParser:
        return page(self.response)

    @property
    def changes(self) -> dict[str, Any]:
        field = self.tree.css_first("main .changes-field")
        assert field is not None
        return json.loads(field.attributes["value"] or "{}")

    def send(self, address: str, **fields: str) -> Any:
        data = {"results": self.results, "changes": json.dumps(self.changes), **fields}
        return self.client.post(address, data)

    def edit(self, number: int = 1) -> None:
        self.response = self.send("/check/edit", report=str(number))

    def fill(self, fields: dict[str, str]) -> None:
        form = self.tree.css_first("#edit-form")
        assert form is not None
        sent = {
            str(field.attributes["name"]): field.text()
            if field.tag == "textarea"
            else field.attributes.get("value") or ""
            for field in form.css("input[name], textarea[name]")
        }
        unknown = set(fields) - set(sent)
        assert unknown == set()
        self.response = self.client.post(form.attributes["action"], sent | fields)

    def restore(self, what: str) -> None:
        self.response = self.send("/check/change", restore=what)

    def cell(self, path: str, number: int = 1) -> str:
        cell = self.tree.css_first(f'td[id="r{number}-{path}"]')
        assert cell is not None, path
        return " ".join(cell.text(separator=" ").split())

    def verdict(self) -> str:
        return self.tree.css_first(".verdict").text()


@pytest.fixture
def clerk(client: Client) -> Clerk:
    return Clerk(client)


def test_a_corrected_cell_changes_findings_marks_and_verdict(clerk: Clerk) -> None:
    assert "发现 3 处错误" in clerk.verdict()
    clerk.edit()
    clerk.fill({WRONG: "3"})
    assert "发现 1 处错误" in clerk.verdict()
    assert "FMT.T3.A" not in rules_found(clerk.response)
    assert clerk.cell(WRONG).startswith("3 原为 4 恢复")
    assert "is-error" not in clerk.tree.css_first(f'td[id="r1-{WRONG}"]').attributes["class"]
    assert clerk.changes == {"1": {WRONG: 3}}


def test_sending_the_form_as_it_is_changes_nothing(client: Client, sample: Upload) -> None:
    for name in ("qingshi-2024.docx", "liuwan-2023.html", "liuwan-2024.pdf", "yunxi-water-2022.txt"):
        clerk = Clerk(client, sample=name)
        before = [card.text() for card in clerk.tree.css(".card")]
        clerk.edit()
        clerk.fill({})
        assert clerk.changes == {}, name
        assert [card.text() for card in clerk.tree.css(".card")] == before


def test_a_figure_that_nobody_could_type_does_not_stand_in_the_way_of_another(client: Client) -> None:
    kinds = ("natural_person", "business", "research", "public_welfare", "legal_services", "other", "total")
    row = dict.fromkeys(kinds, 0) | {"total": -5}
    report = {"organ": "虚构县某局", "year": 2024, "form": "2021", "requests": {"granted": row}}
    clerk = Clerk(client, SimpleUploadedFile("a.json", json.dumps(report).encode()))
    clerk.edit()
    clerk.fill({"requests.granted.other": "1"})
    assert clerk.changes == {"1": {"requests.granted.other": 1}}


def test_one_change_is_restored_and_then_all(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({WRONG: "3", GRANTED: "", "organ": "虚构省云溪市甲县人民政府"})
    assert clerk.cell(GRANTED).startswith("空")
    assert "已改动 3 处" in words(clerk.response)
    clerk.restore(f"1:{GRANTED}")
    assert set(clerk.changes["1"]) == {WRONG, "organ"}
    assert "原为" not in clerk.cell(GRANTED)
    clerk.restore("1:")
    assert clerk.changes == {}
    assert "发现 3 处错误" in clerk.verdict()
    assert "原为" not in words(clerk.response)


def test_every_change_is_named_with_what_it_was(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({WRONG: "", "year": "2023", "sections.problems": "改写。"})
    made = clerk.tree.css_first(".changes-made").text()
    assert "6.属于四类过程性信息 · 总计：原为 4，改为 空" in made
    assert "年度：原为 2024，改为 2023" in made
    assert "存在的主要问题及改进情况：文字有改动" in made


@pytest.mark.parametrize(
    ("typed", "why"),
    [("abc", "不是数字"), ("-", "没有数字就留空"), ("1.5", "应为整数"), ("-2", "不能是负数")],
)
def test_bad_input_is_said_at_its_cell_and_nothing_is_lost(clerk: Clerk, typed: str, why: str) -> None:
    clerk.edit()
    clerk.fill({WRONG: typed, GRANTED: "22", "sections.overview": "新写的一段。"})
    assert clerk.response.status_code == 422
    field = clerk.tree.css_first(f'input[name="{WRONG}"]')
    assert field.attributes["value"] == typed
    assert field.attributes["aria-invalid"] == "true"
    error = clerk.tree.css_first(f'[id="{field.attributes["aria-describedby"]}"]')
    assert why in error.text()
    link = clerk.tree.css_first(".govuk-error-summary a")
    assert why in link.text()
    assert link.attributes["href"] == f"#{field.attributes['id']}"
    assert clerk.tree.css_first(f'input[name="{GRANTED}"]').attributes["value"] == "22"
    assert "新写的一段。" in clerk.tree.css_first('textarea[name="sections.overview"]').text()
    clerk.fill({WRONG: "3"})
    assert set(clerk.changes["1"]) == {WRONG, GRANTED, "sections.overview"}


def test_a_corrected_text_takes_its_finding_away(clerk: Clerk) -> None:
    assert "NAR.1" in rules_found(clerk.response)
    clerk.edit()
    text = clerk.tree.css_first('textarea[name="sections.overview"]').text()
    clerk.fill({"sections.overview": text.replace("办结45件", "办结52件")})
    assert "NAR.1" not in rules_found(clerk.response)
    assert "办结52件" in clerk.tree.css_first(".narrative").text()


def test_findings_across_files_follow_a_change_in_one(client: Client, sample: Upload) -> None:
    clerk = Clerk(client, sample("liuwan-2023.html"), sample("liuwan-2024.pdf"))
    assert "FMT.T3.D" in rules_found(clerk.response, "#r2")
    clerk.edit(2)
    clerk.fill(
        {
            "requests.received.carried_in.total": "3",
            "requests.received.carried_in.natural_person": "3",
        }
    )
    assert "FMT.T3.D" not in rules_found(clerk.response, "#r2")


def test_the_year_before_that_was_given_apart_is_still_set_against_a_corrected_report(
    client: Client, sample: Upload
) -> None:
    response = client.post(
        "/check", {"files": sample("liuwan-2024.pdf"), "previous": sample("liuwan-2023.html")}
    )
    before = rules_found(response)
    again = client.post("/check/again", {"results": carried(response)})
    assert rules_found(again) == before
    assert "FMT.T3.D" in before


def test_the_report_is_found_alike_each_time_the_page_is_drawn(client: Client, sample: Upload) -> None:
    files = [sample(p.name) for p in sorted(SAMPLES.glob("*-20*"))]
    first = client.post("/check", {"files": files})
    again = client.post("/check/again", {"results": carried(first)})
    assert [a.html for a in page(again).css("article")] == [a.html for a in page(first).css("article")]


def test_a_change_to_a_report_that_is_not_there_is_refused(clerk: Clerk) -> None:
    for fields in ({"report": "2"}, {"report": "x"}, {"restore": "9:"}, {"restore": ""}):
        response = clerk.send("/check/change", **fields)
        assert response.status_code == 400
        assert "送回的核对结果不完整或被改动过" in words(response)


def test_the_language_is_switched_while_a_form_is_filled_in(clerk: Clerk) -> None:
    response = clerk.send("/check/edit?lang=en", **{"report": "1", WRONG: "abc"})
    assert page(response).css_first("html").attributes["lang"] == "en"
    assert page(response).css_first(f'input[name="{WRONG}"]').attributes["value"] == "abc"


def test_a_changed_page_in_english_says_what_was_changed_in_english(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({WRONG: "3"})
    response = clerk.send("/check/again?lang=en")
    assert "was 4" in page(response).css_first(f'td[id="r1-{WRONG}"]').text()
    assert page(response).css_first(".changes-made").text().startswith("1 changed")


def test_addresses_of_changes_opened_by_themselves_offer_the_form(client: Client) -> None:
    for address in ("/check/edit", "/check/change"):
        response = client.get(address)
        assert response.status_code == 200
        assert "核对结果不保存，请重新上传" in words(response)


# ---- what the page's script asks for ----


def test_the_script_gets_the_pieces_that_have_become_other(client: Client, sample: Upload) -> None:
    clerk = Clerk(client, sample("qingshi-2024.docx"), sample("yunxi-water-2022.txt"))
    response = clerk.send("/check/change", **{"pieces": "1", "report": "1", WRONG: "3"})
    tree = page(response)
    assert [a.attributes["id"] for a in tree.css("article")] == ["r1"]
    assert json.loads(tree.css_first(".changes-field").attributes["value"]) == {"1": {WRONG: 3}}
    assert "发现 1 处错误" in tree.css_first("#said").text()
    assert tree.css_first("#summary .summary") is not None
    assert "<html" not in response.content.decode()


def test_the_script_gets_both_years_where_a_change_in_one_changes_the_other(
    client: Client, sample: Upload
) -> None:
    clerk = Clerk(client, sample("liuwan-2023.html"), sample("liuwan-2024.pdf"))
    fields = {"pieces": "1", "report": "1", "requests.carried_forward.natural_person": "9"}
    assert len(page(clerk.send("/check/change", **fields)).css("article")) == 2


def test_the_script_gets_one_line_on_what_is_wrong(clerk: Clerk) -> None:
    response = clerk.send("/check/change", **{"pieces": "1", "report": "1", WRONG: "abc"})
    assert response.status_code == 422
    assert response.content.decode() == "“abc”不是数字。请填阿拉伯数字，没有数字就留空。"
    assert response.headers["Content-Type"].startswith("text/plain")


def test_typed_markup_stays_text(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({"organ": "<img src=x onerror=alert(1)>", "sections.problems": "<script>alert(2)</script>"})
    assert clerk.tree.css("article script, article img") == []
    clerk.edit()
    clerk.fill({WRONG: '"><b>'})
    assert clerk.tree.css_first(f'input[name="{WRONG}"]').attributes["value"] == '"><b>'


# ---- downloads ----

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_corrected_report_is_downloaded_and_read_again(clerk: Clerk, kind: str) -> None:
    clerk.edit()
    clerk.fill({WRONG: "3"})
    response = clerk.send("/check/report", file=f"1.{kind}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[kind]
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%E8%99%9A")
    assert disposition.endswith(f"2024%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A.{kind}")
    (report,) = read_reports(read_document(response.content, f"x.{kind}"))
    assert report.value(WRONG) == 3
    assert report.organ == "虚构省云溪市青石区人民政府"


def test_a_name_is_made_safe_for_every_file_system(client: Client) -> None:
    report = {"organ": '../..\\a:b*?"<>|\n甲局', "year": 2024, "form": "2021", "proactive": {"licences": 1}}
    clerk = Clerk(client, SimpleUploadedFile("a.json", json.dumps(report).encode()))
    disposition = clerk.send("/check/report", file="1.json").headers["Content-Disposition"]
    assert disposition.rpartition("''")[2].startswith("ab%E7%94%B2%E5%B1%80")
    assert "%2F" not in disposition
    assert "%5C" not in disposition


def test_what_the_writer_has_to_say_is_shown_before_the_file(client: Client) -> None:
    report = {
        "organ": "虚构县某局",
        "year": 2024,
        "form": "2021",
        "title": "虚构县某局2024年政府信息公开工作年度报告",
        "sections": {"other_matters": "发出收费通知1件，总金额10元，实际收取10元。"},
        "processing_fees": {"notices": 9, "charged_yuan": 10, "collected_yuan": 10},
        "proactive": {"licences": 1},
    }
    clerk = Clerk(client, SimpleUploadedFile("a.json", json.dumps(report).encode()))
    response = clerk.send("/check/report", file="1.docx")
    assert "下载之前请看" in words(response)
    assert "信息处理费与报告的数字不同" in words(response)
    assert "Content-Disposition" not in response.headers
    seen = clerk.send("/check/report", file="1.docx", seen="1")
    assert seen.headers["Content-Type"] == TYPES["docx"]


@pytest.mark.parametrize("file", ["1.exe", "2.docx", "docx", "", "1.docx.pdf", "x.docx", "1"])
def test_a_file_that_there_is_none_of_is_refused(clerk: Clerk, file: str) -> None:
    assert clerk.send("/check/report", file=file).status_code == 400


def test_the_check_sheet_says_what_was_changed_and_that_of_the_original_stays(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({WRONG: "3"})
    sheet = clerk.send("/check/sheet.html").content.decode()
    assert "原为 4" in sheet
    assert "<button" not in sheet
    original = clerk.send("/check/sheet.html", original="1")
    assert "原为" not in original.content.decode()
    assert "发现 3 处错误" in original.content.decode()
    assert "%E5%8E%9F%E6%8A%A5%E5%91%8A" in original.headers["Content-Disposition"]  # 原报告


def test_the_json_of_findings_is_of_the_corrected_report(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({WRONG: "3"})
    value = json.loads(clerk.send("/check/reports.json").content)
    assert value["reports"][0]["requests"]["refused.process_information"]["total"] == 3
    assert "FMT.T3.A" not in {finding["rule"] for finding in value["findings"]}


def test_a_table_of_more_cells_than_a_form_takes_is_shown_and_not_changed(client: Client) -> None:
    rows = [{"label": f"虚构指标{n}", "unit": "件", "value": n} for n in range(1500)]
    report = {"organ": "虚构县某局", "year": 2016, "form": "2014", "statistics": rows}
    clerk = Clerk(client, SimpleUploadedFile("a.json", json.dumps(report).encode()))
    assert "修改数字" not in words(clerk.response)
    assert len(clerk.tree.css("td.figure")) == 1500


def test_a_text_without_end_is_checked_once_and_not_carried(client: Client) -> None:
    report = {
        "organ": "虚构县某局",
        "year": 2024,
        "form": "2021",
        "proactive": {"licences": 1},
        "sections": {"overview": "虚" * 300_000},
    }
    response = client.post("/check", {"files": SimpleUploadedFile("a.json", json.dumps(report).encode())})
    assert "结果太大，不能修改和下载" in words(response)
    assert page(response).css_first("input[name=results]") is None
    assert "修改数字" not in words(response)


def test_more_changed_text_than_a_page_carries_is_refused_and_kept(clerk: Clerk) -> None:
    clerk.edit()
    clerk.fill({"sections.overview": "虚" * 60_000})
    assert clerk.response.status_code == 422
    assert "文字太长" in words(clerk.response)
    assert len(clerk.tree.css_first('textarea[name="sections.overview"]').text()) == 60_000
