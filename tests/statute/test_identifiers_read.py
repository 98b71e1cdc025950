"""Credit codes, resident identity numbers and website codes read. All people are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.errors import IdentifierError
from gongkai.statute.identifiers import (
    PROVINCE_CODES,
    CreditCode,
    Fault,
    ResidentNumber,
    SiteCode,
    credit_check_character,
    is_resident_number,
    parse_credit_code,
    parse_document_number,
    parse_index_number,
    parse_resident_number,
    parse_site_code,
    resident_check_character,
    resident_number_of_18,
)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11441700007280420Y", "12620600MB0523338C"])
def test_a_credit_code_is_read(code: str) -> None:
    assert parse_credit_code(f" {code}\n") == CreditCode(code)


def test_a_credit_code_says_what_it_is_and_where() -> None:
    code = parse_credit_code("12620600MB0523338C")
    assert isinstance(code, CreditCode)
    assert (code.registered_by, code.category, code.region) == ("1", "2", "620600")
    assert (code.organisation_code, str(code), code.ok) == ("MB0523338", "12620600MB0523338C", True)


@pytest.mark.parametrize(
    ("text", "fault", "suggestion"),
    [
        ("11441700007280420X", "credit_code_check", ""),
        ("11441700007280420", "credit_code_length", ""),
        ("", "credit_code_length", ""),
        ("11441700007280420y", "credit_code_characters", "11441700007280420Y"),
        ("I144170OOO728O420Y", "credit_code_characters", "11441700007280420Y"),  # I for 1, O for 0
        ("9135O1OOMOOO1OOY43", "credit_code_characters", "91350100M000100Y43"),
        ("913S0100M000100Y43", "credit_code_characters", "91350100M000100Y43"),  # S for 5
        ("1144170000728042VV", "credit_code_characters", ""),
        ("１1441700007280420Y", "credit_code_characters", "11441700007280420Y"),
    ],
)
def test_what_is_wrong_with_a_credit_code_is_told(text: str, fault: str, suggestion: str) -> None:
    found = parse_credit_code(text)
    assert isinstance(found, Fault)
    assert (found.code, found.suggestion) == (fault, suggestion)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ ", max_size=20))
def test_a_suggested_credit_code_passes(text: str) -> None:
    found = parse_credit_code(text)
    if isinstance(found, Fault) and found.suggestion:
        assert parse_credit_code(found.suggestion).ok
    if isinstance(found, CreditCode):
        assert credit_check_character(found.code[:17]) == found.code[17]


def test_a_resident_number_is_read_whichever_x() -> None:
    for text in ("11010519491231002X", "11010519491231002x", " 11010519491231002X "):
        found = parse_resident_number(text)
        assert isinstance(found, ResidentNumber)
        assert (found.province, found.born, found.ok) == ("11", dt.date(1949, 12, 31), True)


def test_an_old_number_becomes_one_of_18() -> None:
    found = parse_resident_number("110105491231002")
    assert isinstance(found, ResidentNumber)
    assert found.number == "11010519491231002X"


def test_a_resident_number_is_printed_masked() -> None:
    number = parse_resident_number("11010519491231002X")
    assert str(number) == "11*************02X"
    assert "1949" not in repr(number)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105194912310021", "resident_number_check"),
        ("11010519490230002X", "resident_number_birth"),
        ("110105491331002", "resident_number_birth"),
        ("99010519491231002X", "resident_number_province"),
        ("990105491231002", "resident_number_province"),
        ("1101051949123100", "resident_number_form"),
        ("X1010519491231002X", "resident_number_form"),
        ("１10105194912310021", "resident_number_check"),
        ("", "resident_number_form"),
    ],
)
def test_what_is_wrong_with_a_resident_number_is_told_without_repeating_it(text: str, code: str) -> None:
    fault = parse_resident_number(text)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert text == "" or (text not in fault.zh and text not in fault.en)


@given(
    st.sampled_from(sorted(PROVINCE_CODES)),
    st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)),
    st.integers(0, 999),
)
def test_every_old_number_gives_a_valid_new_one_of_the_same_person(
    province: str, born: dt.date, order: int
) -> None:
    new = resident_number_of_18(f"{province}0105{born:%y%m%d}{order:03}")
    assert is_resident_number(new)
    assert (new[:6], new[6:14], new[14:17]) == (f"{province}0105", f"{born:%Y%m%d}", f"{order:03}")
    assert new[17] == resident_check_character(new[:17])


def test_only_an_old_number_is_lengthened() -> None:
    with pytest.raises(IdentifierError) as refused:
        resident_number_of_18("11010519491231002X")
    assert refused.value.code == "resident_number_form"


def test_a_website_code_says_where_the_site_is() -> None:
    local, central = parse_site_code("4207000016"), parse_site_code("bm01000001")
    assert isinstance(local, SiteCode)
    assert isinstance(central, SiteCode)
    assert (local.region, local.central, str(local)) == ("420700", False, "4207000016")
    assert (central.region, central.central) == ("", True)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("420700001", "site_code_form", ""),
        ("42070000167", "site_code_form", ""),
        ("9907000016", "site_code_form", ""),
        ("BM01000001", "site_code_case", "bm01000001"),
        ("bm0100001", "site_code_form", ""),
        ("4２07000016", "site_code_not_plain", "4207000016"),
    ],
)
def test_what_is_wrong_with_a_website_code_is_told(text: str, code: str, suggestion: str) -> None:
    fault = parse_site_code(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.suggestion) == (code, suggestion)


@pytest.mark.parametrize("text", [None, 4207000016, b"4207000016", True])
def test_what_is_no_text_is_refused(text: object) -> None:
    parsers = (
        parse_credit_code,
        parse_resident_number,
        parse_site_code,
        parse_document_number,
        parse_index_number,
    )
    for parse in parsers:
        with pytest.raises(IdentifierError) as refused:
            parse(text)  # type: ignore[arg-type]
        assert refused.value.code == "not_text"


@pytest.mark.parametrize(
    "text", ["１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002x", "　11010519491231002X　"]
)
def test_a_resident_number_in_full_width_or_in_groups_is_read(text: str) -> None:
    found = parse_resident_number(text)
    assert isinstance(found, ResidentNumber)
    assert found.number == "11010519491231002X"


def test_nobody_is_born_after_the_day_the_number_was_given() -> None:
    body = "11010520990101002"
    number = body + resident_check_character(body)
    found = parse_resident_number(number, on=dt.date(2026, 11, 21))
    assert isinstance(found, Fault)
    assert found.code == "resident_number_future"
    assert number not in found.zh + found.en
    assert parse_resident_number(number).ok
    assert parse_resident_number("11010519491231002X", on=dt.date(1949, 12, 31)).ok
    assert not parse_resident_number("110105491231002", on=dt.date(1949, 12, 30)).ok
    with pytest.raises(IdentifierError):
        parse_resident_number(number, on="2026-11-21")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["９１３５０１００Ｍ０００１００Ｙ４３", "91350100 M000100Y43", "９1350100m000100y43"]
)
def test_a_credit_code_in_full_width_or_with_blanks_gets_a_suggestion(text: str) -> None:
    found = parse_credit_code(text)
    assert isinstance(found, Fault)
    assert found.suggestion == "91350100M000100Y43"


def test_a_website_code_in_full_width_gets_a_suggestion() -> None:
    found = parse_site_code("４２０７０００016")
    assert isinstance(found, Fault)
    assert (found.code, found.suggestion) == ("site_code_not_plain", "4207000016")
