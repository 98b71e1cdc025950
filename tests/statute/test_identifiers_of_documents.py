"""Document numbers and index numbers: what is right, what is wrong and how it should be (META.1, META.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.errors import IdentifierError
from gongkai.statute.identifiers import (
    DocumentNumber,
    Fault,
    IndexForm,
    IndexNumber,
    OrderNumber,
    format_document_number,
    known_forms,
    parse_document_number,
    parse_index_number,
)


@pytest.mark.parametrize(
    ("text", "organ", "year", "number"),
    [
        ("国办函〔2020〕109号", "国办函", 2020, 109),
        ("国办公开办函〔2021〕30号", "国办公开办函", 2021, 30),
        (" 国办发〔1999〕1号\n", "国办发", 1999, 1),
    ],
)
def test_a_document_number_says_who_when_and_which(text: str, organ: str, year: int, number: int) -> None:
    assert parse_document_number(text) == DocumentNumber(organ, year, number)


@pytest.mark.parametrize(
    ("text", "organ", "word", "number", "year"),
    [
        ("国务院令第711号", "国务院", "令", "711", 0),
        ("某某省人民政府令第二十三号", "某某省人民政府", "令", "二十三", 0),
        ("某某部令2021年第3号", "某某部", "令", "3", 2021),
        ("某某总局公告2021年第5号", "某某总局", "公告", "5", 2021),
    ],
)
def test_an_order_has_a_form_of_its_own(text: str, organ: str, word: str, number: str, year: int) -> None:
    found = parse_document_number(text)
    assert found == OrderNumber(organ, word, number, year)
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("国办函[2020]109号", ["brackets"]),
        ("国办函［2020］109号", ["brackets"]),
        ("国办函(2020)109号", ["brackets"]),
        ("国办函（2020）109号", ["brackets"]),
        ("国办函【2020】109号", ["brackets"]),
        ("国办函〖2020〗109号", ["brackets"]),
        ("国办函〔2020]109号", ["brackets"]),
        ("国办函〔2020〕0109号", ["leading_zero"]),
        ("国办函〔2020〕第109号", ["di"]),
        ("国办函〔20〕109号", ["short_year"]),
        ("国办函〔2020年〕109号", ["year_word"]),
        ("国办函〔二〇二〇〕109号", ["chinese_year"]),
        ("国办函〔2020〕109", ["no_hao"]),
        ("国办函〔２０２０〕１０９号", ["full_width"]),
        ("国办函 〔2020〕 109 号", ["blank"]),
        ("国办函[20]第0109", ["brackets", "short_year", "di", "leading_zero", "no_hao"]),
    ],
)
def test_a_common_fault_is_named_and_mended(text: str, codes: list[str]) -> None:
    fault = parse_document_number(text)
    assert isinstance(fault, Fault)
    assert list(fault.codes) == [f"document_number_{code}" for code in codes]
    assert fault.suggestion == "国办函〔2020〕109号"
    assert "建议写作“国办函〔2020〕109号”" in fault.zh
    assert fault.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("国务院令711号", "order_form"),
        ("国务院第711号令", "order_form"),
        ("国务院令第0711号", "leading_zero"),
        ("国务院令第711", "no_hao"),
        ("国务院令 第711号", "blank"),
        ("国务院令第７１１号", "full_width"),
    ],
)
def test_a_fault_in_an_orders_number_is_named_and_mended(text: str, code: str) -> None:
    fault = parse_document_number(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.suggestion) == (f"document_number_{code}", "国务院令第711号")


def test_a_year_of_two_digits_from_the_last_century_is_understood() -> None:
    fault = parse_document_number("国办发〔98〕12号")
    assert isinstance(fault, Fault)
    assert fault.suggestion == "国办发〔1998〕12号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "国办函",
        "〔2020〕109号",
        "ABC〔2020〕109号",
        "国办函〔2120〕109号",
        "国办函〔1820〕109号",
        "国办函〔2020〕0号",
        "国办函〔2020〕一百号",
        "国办函〔2020〕109号和110号",
        "11441700007280420Y/2021-00050",
        "国" * 10_000,
        "国办函〔2020〕" + "9" * 500 + "号",
    ],
    ids=lambda text: text[:24],
)
def test_what_is_no_document_number_gets_no_suggestion(text: str) -> None:
    fault = parse_document_number(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.suggestion, fault.ok) == ("document_number_unreadable", "", False)
    assert len(fault.zh) < 200


organ_words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@given(organ_words, st.integers(1900, 2099), st.integers(1, 999_999))
def test_every_number_printed_is_read_back(organ: str, year: int, number: int) -> None:
    text = format_document_number(organ, year, number)
    assert parse_document_number(text) == DocumentNumber(organ, year, number)


@given(st.text("国办函令第〔〕[]（）【】0129二〇号 年公告", max_size=24))
def test_a_suggestion_is_always_right(text: str) -> None:
    found = parse_document_number(text)
    if isinstance(found, Fault) and found.suggestion:
        assert parse_document_number(found.suggestion).ok
        assert found.suggestion != text.strip()
    elif not isinstance(found, Fault):
        assert str(found) == text.strip()


@pytest.mark.parametrize(
    ("organ", "year", "number"),
    [("", 2020, 1), ("A", 2020, 1), ("国办", 20, 1), ("国办", 2020, 0), ("国办", 2020, True)],
)
def test_an_impossible_part_is_not_printed(organ: str, year: int, number: int) -> None:
    with pytest.raises(IdentifierError) as refused:
        format_document_number(organ, year, number)
    assert refused.value.code == "document_number_bad_part"


@pytest.mark.parametrize(
    ("text", "form", "organ", "date", "sequence"),
    [
        ("000013338/2023-00079", "机构代码/年-顺序号", ("000013338",), (2023, 0, 0), 79),
        ("0142768-8/2022-00185", "机构代码/年-顺序号", ("0142768-8",), (2022, 0, 0), 185),
        ("00835003X/2015-00018", "机构代码/年-顺序号", ("00835003X",), (2015, 0, 0), 18),
        ("035210000/2025-00016", "机构代码/年-顺序号", ("035210000",), (2025, 0, 0), 16),
        ("11441700007280420Y/2021-00050", "信用代码/年-顺序号", ("11441700007280420Y",), (2021, 0, 0), 50),
        ("12620600MB0523338C/2025-04735", "信用代码/年-顺序号", ("12620600MB0523338C",), (2025, 0, 0), 4735),
        (
            "11341702486344515H/202110-00013",
            "信用代码/年月-顺序号",
            ("11341702486344515H",),
            (2021, 10, 0),
            13,
        ),
        ("01527918X-2020-153077", "机构代码-年-顺序号", ("01527918X",), (2020, 0, 0), 153077),
        ("4311280016/2019-02310", "网站标识码/年-顺序号", ("4311280016",), (2019, 0, 0), 2310),
        (
            "330200-01-0102-01-20070101-12",
            "地区-部门-类别-分组-日期-顺序号",
            ("330200", "01", "0102", "01"),
            (2007, 1, 1),
            12,
        ),
        ("GA001-0201-2008-15", "地区及部门-类别-年-顺序号", ("GA001", "0201"), (2008, 0, 0), 15),
    ],
)
def test_the_forms_seen_in_public_are_read(
    text: str, form: str, organ: tuple[str, ...], date: tuple[int, int, int], sequence: int
) -> None:
    assert parse_index_number(f" {text} ") == IndexNumber(text, form, organ, *date, sequence)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("11441700007280420X/2021-00050", "index_bad_credit_code", ""),
        ("11441700007280420y/2021-00050", "index_not_plain", "11441700007280420Y/2021-00050"),
        ("000013338／2023－00079", "index_not_plain", "000013338/2023-00079"),
        ("000013338/2023 - 00079", "index_not_plain", "000013338/2023-00079"),
        ("000013338/2023—00079", "index_not_plain", "000013338/2023-00079"),
        ("000013338/2023-00000", "index_zero_sequence", ""),  # no record is the noughth
        ("000013338/2023-079", "index_short_sequence", "000013338/2023-00079"),  # five digits
        ("11341702486344515H/202113-00013", "index_bad_month", ""),  # no 13th month
        ("330200-01-0102-01-20070230-12", "index_bad_day", ""),  # no 30 February
        ("000013338/1823-00079", "index_bad_year", ""),
        ("国办函〔2020〕109号", "index_unreadable", ""),
        ("", "index_unreadable", ""),
        ("0" * 100_000, "index_unreadable", ""),
    ],
    ids=lambda text: str(text)[:30],
)
def test_what_is_wrong_with_an_index_number_is_told(text: str, code: str, suggestion: str) -> None:
    fault = parse_index_number(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.suggestion) == (code, suggestion)
    assert len(fault.zh) < 200


@pytest.mark.parametrize(
    ("template", "organ", "month", "day", "number"),
    [
        ("{USCC}/{YYYY}-{seq:05d}", "11441700007280420Y", 0, 0, "11441700007280420Y/2026-00008"),
        ("{USCC}/{YYYY}{MM}-{seq:05d}", "11441700007280420Y", 3, 0, "11441700007280420Y/202603-00008"),
        ("{ORG}/{YYYY}-{seq:05d}", "000013338", 0, 0, "000013338/2026-00008"),
        ("{SITE}/{YYYY}-{seq:04d}", "4311280016", 0, 0, "4311280016/2026-0008"),
        ("{code}-{code}-{YYYY}{MM}{DD}-{seq}", ("330200", "A12"), 3, 9, "330200-A12-20260309-8"),
    ],
)
def test_an_index_number_has_the_form_the_office_registered(
    template: str, organ: str | tuple[str, ...], month: int, day: int, number: str
) -> None:
    form = IndexForm("本机关", template)
    codes = (organ,) if isinstance(organ, str) else organ
    assert form.format(codes, 2026, 8, month, day) == number
    parsed = parse_index_number(number, [form])
    assert isinstance(parsed, IndexNumber)
    assert (parsed.year, parsed.sequence) == (2026, 8)


def test_a_form_with_a_month_needs_one() -> None:
    form = IndexForm("本机关", "{USCC}/{YYYY}{MM}-{seq:05d}")
    with pytest.raises(IdentifierError):
        form.format(("11441700007280420Y",), 2026, 1)


def test_an_office_may_have_a_form_of_its_own() -> None:
    form = IndexForm("本机关", "{code}-{YYYY}{MM}{DD}-{seq:03d}")
    text = form.format(("ZF01",), 2026, 7, month=3, day=9)
    assert text == "ZF01-20260309-007"
    found = parse_index_number(text, [form])
    assert isinstance(found, IndexNumber)
    assert (found.form, found.sequence, (found.year, found.month, found.day)) == ("本机关", 7, (2026, 3, 9))
    ministry = IndexForm("部委", "{ORG}/{YYYY}-{seq:05d}")
    assert ministry.format(("000013338",), 2026, 1) == "000013338/2026-00001"


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{USCC}",
        "{YYYY}-{seq}",
        "{USCC}/{YYYY}",
        "{USCC}/{YYYY}-{seq}-{seq}",
        "{USCC}/{YY}-{seq}",
        "{USCC} {YYYY}-{seq}",
        "{USCC}{YYYY}第{seq}号",
    ],
)
def test_a_template_that_cannot_be_taken_apart_again_is_refused(template: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        IndexForm("某", template)
    assert refused.value.code == "index_bad_template"


@pytest.mark.parametrize(
    ("organ", "year", "sequence"),
    [
        (("11441700007280420X",), 2026, 1),
        (("000013338",), 2026, 1),
        ((), 2026, 1),
        (("11441700007280420Y", "01"), 2026, 1),
        (("11441700007280420Y",), 26, 1),
        (("11441700007280420Y",), 2026, 0),
        (("11441700007280420Y",), 2026, 1.0),
    ],
)
def test_an_index_number_that_would_not_be_read_back_is_not_given_out(
    organ: tuple[str, ...], year: int, sequence: int
) -> None:
    with pytest.raises(IdentifierError) as refused:
        known_forms()[0].format(organ, year, sequence)
    assert refused.value.code == "index_bad_part"


@given(st.integers(1900, 2099), st.integers(1, 99_999_999))
def test_every_index_number_given_out_is_read_back(year: int, sequence: int) -> None:
    found = parse_index_number(known_forms()[0].format(("12620600MB0523338C",), year, sequence))
    assert isinstance(found, IndexNumber)
    assert (found.year, found.sequence) == (year, sequence)


@pytest.mark.parametrize(
    ("text", "codes", "suggestion"),
    [
        ("11341702486344515H/202113-00013", ("index_bad_month",), ""),
        ("11341702486344515H/202100-00013", ("index_bad_month",), ""),
        ("11441700007280420Y/2021-00000", ("index_zero_sequence",), ""),
        ("11441700007280420Y/2021-0050", ("index_short_sequence",), "11441700007280420Y/2021-00050"),
        ("000013338/2023-79", ("index_short_sequence",), "000013338/2023-00079"),
        ("000013338/1823-00079", ("index_bad_year",), ""),
        ("000013338/2023-000000079", ("index_long_sequence",), ""),
        ("A-B-C-D-20230230-1", ("index_bad_day",), ""),
    ],
)
def test_the_part_of_an_index_number_that_is_wrong_is_named(
    text: str, codes: tuple[str, ...], suggestion: str
) -> None:
    found = parse_index_number(text)
    assert isinstance(found, Fault)
    assert (found.codes, found.suggestion) == (codes, suggestion)
    if suggestion:
        assert parse_index_number(suggestion).ok


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("国办函〔2020〕109號", "国办函〔2020〕109号"),
        ("国办函[2020]109號", "国办函〔2020〕109号"),
        ("国务院令第711號", "国务院令第711号"),
        ("国务院令第七百一十一號", "国务院令第七百一十一号"),
    ],
)
def test_a_traditional_hao_is_a_fault_with_a_suggestion(text: str, suggestion: str) -> None:
    found = parse_document_number(text)
    assert isinstance(found, Fault)
    assert "document_number_traditional" in found.codes
    assert found.suggestion == suggestion
