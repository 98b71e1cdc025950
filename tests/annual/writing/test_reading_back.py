"""What is written is read back to the same report, in every form and every format."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annual.writing.random_texts import odd_report, report_with_text
from tests.examples import examples

from gongkai.annual import read_reports
from gongkai.annual.contract import report_from_json
from gongkai.annual.forms import FORM_CODES
from gongkai.annual.json_lines import dumps
from gongkai.annual.report import Report
from gongkai.annual.writing import FORMATS, write_report, write_reports
from gongkai.annual.writing.reading_back import expected_back, unlike
from gongkai.documents import read_document

QUICK = tuple(to for to in FORMATS if to not in ("pdf", "json"))


def misread(report: Report, to: str) -> list[str]:
    return unlike(report, write_report(report, to).content, f"report.{to}")


def read_back(report: Report, to: str) -> Report:
    [found] = read_reports(read_document(write_report(report, to).content, f"report.{to}"))
    return found


@pytest.mark.parametrize("form", FORM_CODES)
@pytest.mark.parametrize("to", [to for to in FORMATS if to != "json"])
def test_an_ordinary_report_is_read_back_whole(form: str, to: str) -> None:
    wrong = {seed: paths for seed in range(12) if (paths := misread(report_with_text(form, seed), to))}
    assert wrong == {}


@pytest.mark.parametrize("form", FORM_CODES)
@pytest.mark.parametrize("to", [to for to in FORMATS if to != "json"])
def test_text_before_the_sections_and_beside_the_tables_is_read_back(form: str, to: str) -> None:
    report = report_with_text(form, 21)
    report.sections |= {
        "front": "根据《中华人民共和国政府信息公开条例》规定，编制本报告。\n报告电子版可在门户网站查阅。",
        "proactive": "全年更新公开目录，规范栏目设置。",
        "requests": "申请主要集中在征地补偿和房屋征收领域。\n全部在法定期限内办理。",
        "remedies": "行政复议机关的意见均已落实。",
    }
    if form == "2014":
        report.sections["other_section"] = "组织领导有力，制度健全。"
    [found] = read_reports(read_document(write_report(report, to).content, f"report.{to}"))
    assert found.sections == {**report.sections, **found.sections}
    assert set(found.sections) == set(report.sections)


@settings(max_examples=examples(80))
@given(
    form=st.sampled_from(FORM_CODES),
    to=st.sampled_from(QUICK),
    seed=st.integers(min_value=0, max_value=10**6),
)
def test_property_an_odd_report_is_read_back_whole(form: str, to: str, seed: int) -> None:
    assert misread(odd_report(form, seed), to) == [], f"odd_report({form!r}, {seed}) as {to}"


@settings(max_examples=examples(60))
@given(form=st.sampled_from(FORM_CODES), seed=st.integers(min_value=0, max_value=10**6))
def test_property_an_odd_report_is_read_back_whole_from_a_pdf(form: str, seed: int) -> None:
    assert misread(odd_report(form, seed, "pdf"), "pdf") == [], f"odd_report({form!r}, {seed}) as pdf"


@pytest.mark.parametrize("form", FORM_CODES)
def test_json_gives_back_exactly_the_report(form: str) -> None:
    report = odd_report(form, 3)
    [found] = read_reports(read_document(write_report(report, "json").content, "report.json"))
    assert found.to_json() == report.to_json()


@pytest.mark.parametrize("to", FORMATS)
def test_blank_cells_stay_blank_and_decimals_exact(to: str) -> None:
    report = report_with_text("2021", 1)
    assert report.proactive is not None
    assert report.requests is not None
    report.proactive["administrative_fees"] = Decimal("7730.28")
    report.requests["granted"]["research"] = None
    found = read_back(report, to)
    assert found.value("proactive.administrative_fees") == Decimal("7730.28")
    assert found.value("requests.granted.research") is None
    assert found.value("requests.granted.business") is not None


@pytest.mark.parametrize("to", FORMATS)
def test_a_wrong_sum_is_written_as_it_stands(to: str) -> None:
    report = report_with_text("2021", 2)
    assert report.remedies is not None
    report.remedies["reconsideration"] = {"upheld": 4, "corrected": 1, "other": 0, "pending": 0, "total": 0}
    assert read_back(report, to).remedies == report.remedies


@pytest.mark.parametrize("to", ["docx", "pdf", "html", "xlsx", "csv"])
def test_a_report_whose_title_names_neither_organ_nor_year_still_tells_both(to: str) -> None:
    report = report_with_text("2021", 4)
    report.title = "政府信息公开工作年度报告"
    found = read_back(report, to)
    assert (found.organ, found.year, found.title) == (report.organ, report.year, report.title)


@pytest.mark.parametrize("to", ["docx", "pdf", "html", "xlsx", "csv"])
def test_the_form_of_2019_in_a_later_year_is_written_as_it_is(to: str) -> None:
    report = report_with_text("2019", 5)
    report.year = 2023
    assert misread(report, to) == []


@pytest.mark.parametrize("to", ["docx", "pdf", "html", "xlsx", "csv"])
def test_figures_of_twelve_digits_keep_every_digit(to: str) -> None:
    report = report_with_text("2021", 6)
    assert report.proactive is not None
    assert report.requests is not None
    report.proactive["penalties"] = 123456789012
    for code in ("received.new", "concluded", "granted"):
        report.requests[code]["natural_person"] = 987654321098
    found = read_back(report, to)
    assert found.value("proactive.penalties") == 123456789012
    assert found.value("requests.granted.natural_person") == 987654321098


@pytest.mark.parametrize("to", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("forms", [("2014", "2021"), ("2021", "2014"), ("2021", "2019"), ("2014", "2014")])
def test_reports_of_several_forms_in_one_file_come_back_each_by_itself(
    forms: tuple[str, ...], to: str
) -> None:
    reports = [report_with_text(form, seed) for seed, form in enumerate(forms)]
    back = read_reports(read_document(write_reports(reports, to).content, f"reports.{to}"))
    assert [(r.organ, r.year, r.form) for r in back] == [(r.organ, r.year, r.form) for r in reports]
    for one, again in zip(reports, back, strict=True):
        assert (again.proactive, again.requests, again.remedies) == (
            one.proactive,
            one.requests,
            one.remedies,
        )
        assert again.statistics == one.statistics


@given(st.integers(0, 10_000))
@settings(max_examples=examples(60))
def test_property_blank_cells_of_table_3_stay_where_they_are(seed: int) -> None:
    rng = Random(seed)
    report = report_with_text("2021", seed % 7)
    assert report.requests is not None
    for cells in report.requests.values():
        for column in rng.sample(list(cells), rng.choice((0, 0, 1, 3, 5))):
            cells[column] = None
    for to in ("csv", "xlsx", "html", "docx"):
        assert read_back(report, to).requests == report.requests, to


@pytest.mark.parametrize("to", FORMATS)
def test_an_organ_named_with_a_rare_character_keeps_its_name(to: str) -> None:
    report = report_with_text("2021", 5)
    report.organ = "𬇕县𫓧镇人民政府"
    report.title = f"{report.organ}{report.year}年政府信息公开工作年度报告"
    again = read_back(report, to)
    assert (again.organ, again.title) == (report.organ, report.title)


def test_a_workbook_of_several_reports_gives_them_all_back_in_order() -> None:
    reports = [report_with_text(form, 7) for form in ("2021", "2019")]
    found = read_reports(read_document(write_reports(reports, "xlsx").content, "reports.xlsx"))
    assert [report.organ for report in found] == [report.organ for report in reports]
    for report, back in zip(reports, found, strict=True):
        assert back.to_json()["requests"] == report.to_json()["requests"]


def test_json_lines_of_several_reports_give_them_all_back() -> None:
    reports = [odd_report(form, 8) for form in FORM_CODES]
    content = write_reports(reports, "json").content
    found = read_reports(read_document(content, "reports.json"))
    assert [report.to_json() for report in found] == [report.to_json() for report in reports]


@pytest.mark.parametrize("to", ["docx", "pdf", "html", "xlsx", "csv"])
def test_markup_and_formulas_in_a_text_are_only_text(to: str) -> None:
    hostile = "#panic(1) <script>alert(1)</script>；"
    data = report_with_text("2021", 9).to_json()
    data["sections"]["overview"] = f"=HYPERLINK(1)与公式无关。\n{hostile}"
    report = report_from_json(json.loads(dumps(data)), "x.json")
    assert misread(report, to) == []


def test_a_difference_is_found_when_a_file_says_something_else() -> None:
    report, other = report_with_text("2021", 10), report_with_text("2021", 10)
    assert other.requests is not None
    other.requests["received.new"]["total"] = 99_999
    written = write_report(other, "docx").content
    assert "requests.received.new.total" in unlike(report, written, "report.docx")


def test_what_is_expected_back_has_the_title_and_the_fees_that_the_writer_adds() -> None:
    report = report_with_text("2021", 11)
    report.title = None
    report.sections["other_matters"] = "没有其他需要报告的事项。"
    report.processing_fees = {"notices": 2, "charged_yuan": 300, "collected_yuan": Decimal("299.5")}
    expected = expected_back(report)
    assert expected["title"] == f"{report.organ}{report.year}年政府信息公开工作年度报告"
    assert expected["sections"]["other_matters"].endswith("收费通知2件，总金额300元，实际收取299.5元。")
    assert read_back(report, "docx").processing_fees == report.processing_fees
