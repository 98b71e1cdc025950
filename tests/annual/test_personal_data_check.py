"""Personal data in a report (PII.*). Every person, number and mail box here is invented."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checking import check
from gongkai.annual.checking.personal import personal_data
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place
from gongkai.wording.personal import find_personal

SHARED = Path(__file__).parents[2].parent / "shared" / "reports"


def report_of(*paragraphs: str, written: dict[str, str] | None = None) -> Report:
    lines = [("requests", text, Place(line=number)) for number, text in enumerate(paragraphs, 1)]
    return Report("虚构.txt", organ="虚构镇人民政府", year=2018, lines=lines, written=written or {})


def test_requesters_of_one_sentence_make_one_error_that_quotes_it_with_their_names_masked() -> None:
    sentence = "郑小满申请公开道路改造方案；秦岚申请公开环卫服务合同；于桐申请公开防汛预案等3件。"
    (finding,) = personal_data(report_of("一、概述。", "申请情况：共3件。" + sentence + "均已答复。"))
    assert (finding.rule, finding.severity, finding.name) == ("PII.L2", "error", "applicant_named")
    assert finding.quote == sentence.replace("郑小满", "郑某").replace("秦岚", "秦某").replace("于桐", "于某")
    assert finding.place == Place(line=2)
    assert "郑某、秦某、于某" in finding.message


def test_two_sentences_make_two_findings() -> None:
    findings = list(personal_data(report_of("郑小满申请公开预算。秦岚申请公开决算。")))
    assert [finding.quote for finding in findings] == ["郑某申请公开预算。", "秦某申请公开决算。"]


def test_a_commercial_mail_box_is_warned_of_once_and_the_office_telephone_kept() -> None:
    contact = "电话：0571-88880000，邮箱：someone@126.com"
    (finding,) = personal_data(report_of(f"请与本机关联系，{contact}。", f"（{contact}）"))
    assert (finding.rule, finding.severity, finding.name) == ("PII.L3", "warning", "commercial_mail_box")
    assert "0571" not in finding.message


def test_a_cell_with_more_than_a_number_is_read_too() -> None:
    path = "statistics.3.value"
    report = report_of("一、概述。", written={path: "2（郑小满申请公开2件）"})
    report.places[path] = Place(table=1, row=4, column=3)
    (finding,) = personal_data(report)
    assert finding.cells == [path]
    assert finding.place == Place(table=1, row=4, column=3)


def test_a_report_from_json_is_read_by_its_sections() -> None:
    report = Report("虚构.json", sections={"overview": "郑小满申请公开预算。"})
    assert [finding.rule for finding in personal_data(report)] == ["PII.L2"]


def test_a_report_without_words_gives_nothing() -> None:
    assert list(personal_data(Report("虚构.txt", processing_fees={"charged_yuan": Decimal(0)}))) == []


def test_each_kind_has_its_rule_and_its_name() -> None:
    text = (
        "原告郑大福诉某镇人民政府信息公开案。秦岚女士来信反映问题。持身份证11010519491231002X办理。"
        "持身份证110105491231002办理。手机13800138000。办公室联系电话13900139000。申请人电话0571-88880000。"
        "卡号6222020000000000000。申请人邮箱someone@163.com。车牌京A12345。家住清溪镇柳树村3组12号。"
        "郑大福患有尿毒症。"
    )
    found = Counter(
        (finding.rule, finding.name, finding.severity) for finding in personal_data(report_of(text))
    )
    assert found == {
        ("PII.NAME", "party_named", "error"): 1,
        ("PII.NAME", "person_named", "error"): 2,
        ("PII.ID18", "identity_number", "error"): 1,
        ("PII.ID15", "old_identity_number", "error"): 1,
        ("PII.MOB", "mobile_number", "error"): 1,
        ("PII.MOB", "mobile_as_contact", "warning"): 1,
        ("PII.TEL", "home_telephone", "error"): 1,
        ("PII.BANK", "bank_card", "error"): 1,
        ("PII.MAIL", "private_mail_box", "error"): 1,
        ("PII.CAR", "number_plate", "warning"): 1,
        ("PII.ADDR", "home_address", "error"): 1,
        ("PII.HEALTH", "health_beside_name", "error"): 1,
    }


_GIVEN = st.sampled_from(["小满", "岚", "桐", "大福", "子涵", "玉兰", "海棠", "晓燕"])
_PERSON = st.builds(str.__add__, st.sampled_from(["郑", "秦", "于", "高", "欧阳", "方", "王"]), _GIVEN)
_SENTENCE = st.one_of(
    _PERSON.map(lambda name: f"{name}申请公开预算；"),
    _PERSON.map(lambda name: f"原告{name}诉某县人民政府一案。"),
    _PERSON.map(lambda name: f"{name}（身份证11010519491231002X）申请公开预算，手机13800138000。"),
    _PERSON.map(lambda name: f"申请人：{name}，邮箱someone@163.com，家住清溪镇柳树村3组12号。"),
    _PERSON.map(lambda name: f"{name}患有尿毒症，卡号6222020000000000000。"),
    st.just("全年共收到政府信息公开申请12件。"),
)


@given(st.lists(_SENTENCE, min_size=1, max_size=6))
def test_no_message_holds_what_it_warns_of(sentences: list[str]) -> None:
    text = "".join(sentences)
    hidden = {data.text for data in find_personal(text)}
    for finding in personal_data(report_of(text)):
        assert finding.quote
        for words in hidden:
            assert words not in finding.message
            assert words not in finding.message_en
            assert words not in finding.quote


def test_words_that_a_pdf_breaks_over_lines_are_quoted_as_one_sentence() -> None:
    (finding,) = personal_data(
        report_of(
            "一、概述",
            "如对本报告有疑问，请与虚构镇人民政府办公室联系（邮编：",
            "000000，邮箱：someone@126.com）。",
        )
    )
    assert (
        finding.quote
        == "如对本报告有疑问，请与虚构镇人民政府办公室联系（邮编：000000，邮箱：****@126.com）。"
    )


def test_other_findings_on_the_same_sentence_hide_the_name_too() -> None:
    report = report_of("2018年收到政府信息公开申请9件：郑小满申请公开预算等。")
    report.form, report.organ = "2021", "虚构县教育局"
    report.requests = {"received.new": {"total": 3}}
    findings = [finding for finding in check(report) if finding.quote]
    assert {finding.rule for finding in findings} >= {"NAR.1", "PII.L2"}
    for finding in findings:
        assert "郑小满" not in f"{finding.quote}{finding.message}{finding.message_en}"


def _expected_of(name: str) -> Counter[str]:
    """The PII rules that a careful reader names for a report, from EXPECTED.md."""
    rows = re.findall(
        rf"^\| {re.escape(name)}#\d+ \|.*$", (SHARED / "EXPECTED.md").read_text("utf-8"), re.MULTILINE
    )
    return Counter(rule for row in rows for rule in re.findall(r"\((PII\.\w+)\)", row))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports (../shared/reports) are not here")
def test_the_real_reports_give_what_a_careful_reader_finds_and_no_more() -> None:
    texts = sorted(SHARED.glob("*.txt"))
    assert texts
    for path in texts:
        text = path.read_text("utf-8")
        findings = list(personal_data(report_of(*text.splitlines())))
        assert Counter(finding.rule for finding in findings) == _expected_of(path.stem), path.name


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports (../shared/reports) are not here")
def test_every_requester_named_in_the_list_of_findings_is_found() -> None:
    expected = (SHARED / "EXPECTED.md").read_text("utf-8")
    for row in re.findall(r"^\| (\S+)#\d+ \|.*\(PII\.L2\)(.*)$", expected, re.MULTILINE):
        text = (SHARED / f"{row[0]}.txt").read_text("utf-8")
        named = {data.text for data in find_personal(text) if data.role == "requester"}
        assert named == set(re.findall(r"\*\*([一-龥]{2,4})\*\*", row[1]))
