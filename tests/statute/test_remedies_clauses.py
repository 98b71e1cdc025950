"""The remedy paragraph of a letter: which it gets, how it is read, what is wrong with it (ARL.20 to ARL.23).

All organs are invented.
"""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.statute.articles import article
from gongkai.statute.calendar import national
from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError
from gongkai.statute.remedies import (
    ClauseKind,
    Courts,
    Level,
    OrganKind,
    Respondent,
    check_clause,
    clause_for,
    read_clause,
    remedy,
    subjects,
)

D = dt.date.fromisoformat
CALENDAR = national()
COURTS = Courts(basic="甲县人民法院", intermediate="甲市中级人民法院")
BUREAU = Respondent(
    name="甲县示例局", kind=OrganKind.DEPARTMENT, level=Level.COUNTY, government="甲县人民政府", courts=COURTS
)


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        *[(f"REF-{n}", "A") for n in range(1, 8)],
        ("PART", "A"),
        *[(code, "B") for code in ("OPEN-1", "OPEN-2", "REF-8", "NONE-1", "NONE-2", "NONE-3")],
        *[(f"NOP-{n}", "B") for n in range(1, 6)],
        *[(f"OTH-{n}", "B") for n in range(1, 4)],
        ("third-party-told", "B"),
        *[
            (code, "none")
            for code in (
                "supplement-notice",
                "extension-notice",
                "third-party-consultation",
                "co-maker-consultation",
                "fee-notice",
                "receipt",
            )
        ],
    ],
)
def test_which_clause_a_letter_gets(code: str, clause: str) -> None:
    assert clause_for(code) == clause


@pytest.mark.parametrize("code", [one for one, kind in subjects().items() if kind.clause != "none"])
@pytest.mark.parametrize("online", ["", "https://example.org/复议"])
def test_the_words_of_every_clause_pass_their_own_check(code: str, online: str) -> None:
    found = remedy(code, BUREAU, D("2026-03-02"), served_online=bool(online), online_channel=online)
    assert read_clause(found.zh) == found.clause
    named = {"authorities": ("甲县人民政府",), "court": "甲县人民法院"}
    assert (
        check_clause(found.zh, code, served_online=bool(online), online_channel=online, **named)  # type: ignore[arg-type]
        == ()
    )
    assert found.en
    assert "{" not in found.zh + found.en


def test_the_clause_for_a_partly_granted_request_speaks_of_the_refused_part() -> None:
    assert "不予公开的部分" in remedy("PART", BUREAU, D("2026-03-02")).zh
    assert "不予公开的部分" not in remedy("REF-1", BUREAU, D("2026-03-02")).zh


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", "none"),
        ("特此告知。", "none"),
        (
            "应当先向甲县人民政府申请行政复议，对复议决定不服的，自收到决定书之日起15日内向甲县人民法院起诉。",
            "A",
        ),
        ("须首先于六十日内向甲市人民政府申请行政复议，不服复议决定的十五日内提起行政诉讼。", "A"),
        ("依法实行行政复议前置；对复议决定不服的，可在15日内提起诉讼。", "A"),
        ("可以在60日内向甲市人民政府申请行政复议，或者在6个月内向甲县人民法院提起行政诉讼。", "B"),
        ("可于６０日内申请行政复议，也可于六个月内直接向人民法院起诉。", "B"),
        ("可以依法申请行政复议或者提起行政诉讼。", "B"),
        ("无需先申请行政复议，可在6个月内提起行政诉讼。", "B"),
        ("可以申请行政复议。", None),
        ("可在6个月内提起行政诉讼。", None),
        ("应当先申请行政复议，也可以在6个月内直接提起行政诉讼。", None),
    ],
)
def test_reading_a_paragraph(text: str, clause: str | None) -> None:
    assert read_clause(text) == clause


A_TEXT = (
    "应当自收到之日起60日内先向甲县人民政府申请行政复议；"
    "对复议决定不服的，可以自收到决定书之日起15日内向甲县人民法院提起行政诉讼。"
)
B_TEXT = "可以自收到之日起60日内向甲县人民政府申请行政复议，或者在6个月内向甲县人民法院提起行政诉讼。"


@pytest.mark.parametrize(
    ("text", "subject", "code", "rule"),
    [
        (A_TEXT, "NONE-1", "clause_a_for_b", "SPC.1"),
        (A_TEXT, "REF-8", "clause_a_for_b", "SPC.1"),
        (B_TEXT, "REF-5", "clause_b_for_a", "ARL.23.1(4)"),
        (B_TEXT, "PART", "clause_b_for_a", "ARL.23.1(4)"),
        (B_TEXT, "extension-notice", "clause_on_procedural", "ARL.20.1"),
        (A_TEXT, "fee-notice", "clause_on_procedural", "ARL.20.1"),
        ("可以申请行政复议。", "supplement-notice", "clause_on_procedural", "ARL.20.1"),
        ("", "REF-1", "clause_missing", "ARL.20.3"),
        ("可以申请行政复议。", "NONE-2", "clause_unclear", "ARL.20.3"),
        (
            B_TEXT.replace("6个月", "6个月（不是3个月）").replace("60日", "三十日"),
            "NONE-1",
            "period_wrong",
            "ARL.20.1",
        ),
        (B_TEXT.replace("自收到之日起60日内", ""), "NONE-1", "period_missing", "ARL.20.3"),
        (B_TEXT.replace("甲县人民政府", "乙县人民政府"), "NONE-1", "authority_not_named", "ARL.20.3"),
        (B_TEXT.replace("甲县人民法院", "有管辖权的人民法院"), "NONE-1", "court_not_named", "APL.18.1"),
    ],
)
def test_what_is_wrong_with_a_remedy_paragraph(text: str, subject: str, code: str, rule: str) -> None:
    found = check_clause(text, subject, authorities=("甲县人民政府",), court="甲县人民法院")
    assert code in [one.code for one in found]
    one = next(one for one in found if one.code == code)
    assert (one.rule, one.severity) == (rule, "error")
    assert article(rule).zh in one.zh
    assert article(rule).en in one.en


def test_a_letter_served_online_names_the_online_channel() -> None:
    assert check_clause(B_TEXT, "NONE-1", served_online=False) == ()
    assert [one.code for one in check_clause(B_TEXT, "NONE-1", served_online=True)] == ["online_missing"]
    assert check_clause(B_TEXT + "也可以登录网上复议平台提交。", "NONE-1", served_online=True) == ()


def test_every_finding_on_clauses_is_in_these_tables() -> None:
    table = next(mark for mark in test_what_is_wrong_with_a_remedy_paragraph.pytestmark)  # type: ignore[attr-defined]
    assert {row[2] for row in table.args[1]} | {"online_missing"} == set(data("remedies_findings.toml"))


# SPC.1: reconsideration comes first for refusals under REG.14 to REG.16 alone.
@pytest.mark.parametrize(
    ("basis", "clause"), [("", "A"), ("exempt", "A"), ("not_government_information", "B")]
)
def test_a_partly_granted_request_gets_the_clause_of_its_basis(basis: str, clause: str) -> None:
    assert clause_for("PART", basis) == clause
    found = remedy("PART", BUREAU, D("2026-03-02"), basis=basis)
    assert found.clause == clause
    assert (found.sue_by is None) == (clause == "A")
    assert check_clause(found.zh, "PART", basis=basis) == ()
    assert found.to_confirm


def test_the_letter_on_what_is_no_government_information_does_not_send_to_reconsideration_first() -> None:
    found = remedy("PART", BUREAU, D("2026-03-02"), basis="not_government_information")
    assert "不予公开的部分" not in found.zh
    assert "第一条第二项" in found.to_confirm[0]
    wrong = check_clause(ClauseKind.A, "PART", basis="not_government_information")
    assert [one.code for one in wrong] == ["clause_a_for_b"]


@pytest.mark.parametrize(
    ("code", "basis"), [("PART", "given"), ("REF-1", "exempt"), ("fee-notice", "exempt")]
)
def test_a_basis_that_is_none_is_refused(code: str, basis: str) -> None:
    with pytest.raises(RemedyError) as error:
        clause_for(code, basis)
    assert error.value.code == "remedy_unknown_basis"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("可以在三个月内起诉，或60日内复议。", "B"),
        ("可以在6个月内起诉，也可以在60日内申请行政复议。", "B"),
        ("应当向甲县人民政府或者甲市司法局申请行政复议，对行政复议决定不服的再起诉。", None),
    ],
)
def test_a_paragraph_that_names_the_suit_before_reconsideration_is_read(
    text: str, clause: str | None
) -> None:
    assert read_clause(text) == clause


def test_a_wrong_period_is_found_in_a_paragraph_that_names_the_suit_first() -> None:
    found = check_clause("可以自收到之日起三个月内起诉，或60日内复议。", "NONE-1")
    assert [one.code for one in found] == ["period_wrong", "period_missing"]
