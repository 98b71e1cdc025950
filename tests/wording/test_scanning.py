"""One scan for personal data and wording, and masks that change nothing else. Everybody here is invented."""

from __future__ import annotations

import datetime as dt
import logging
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wording.labelled.negatives import negatives
from tests.wording.labelled.positives import positives

from gongkai.wording.findings import Known
from gongkai.wording.lists import read_list
from gongkai.wording.scanning import MaskError, ScanOptions, mask, masked, scan

SENTENCES = [sample.text for sample in positives()] + list(negatives())
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=6).map("\n".join)
ANYTHING = st.text(
    st.sampled_from("李晓燕申请公开，。：（）身份证手机138011051949X6222@qq.com-— \n\u200b某*家住路12号1")
)


def test_a_finding_says_what_where_why_and_what_to_do() -> None:
    text = "一、概况\n二、当事人李晓燕（身份证11010519491231002X）按装了电梯。"
    name, number, word = scan(text)
    assert [(found.line, found.column) for found in (name, number, word)] == [(2, 6), (2, 13), (2, 32)]
    assert [text[found.start : found.end] for found in (name, number, word)] == [
        "李晓燕",
        "11010519491231002X",
        "按装",
    ]
    assert [found.suggestion for found in (name, number, word)] == ["李某", "11*************02X", "安装"]
    assert [found.group for found in (name, number, word)] == ["personal", "personal", "wording"]
    assert word.source == "咬文嚼字2005"
    assert all(found.reason and found.reason_en for found in (name, number, word))


def test_what_was_found_does_not_show_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("gongkai").warning("%s", scan("李晓燕（身份证11010519491231002X）申请公开。"))
    assert "晓燕" not in caplog.text
    assert "19491231" not in caplog.text


@given(TEXTS | ANYTHING)
def test_findings_lie_in_order_within_the_text_and_hold_its_words(text: str) -> None:
    findings = scan(text)
    assert [found.start for found in findings] == sorted(found.start for found in findings)
    for found in findings:
        assert text[found.start : found.end] == found.text
        lines = text.split("\n")
        assert lines[found.line - 1][found.column - 1 : found.column] == found.text[0]
        assert found.severity in ("error", "warning", "info")


@given(TEXTS | ANYTHING)
def test_masking_changes_nothing_but_what_was_found(text: str) -> None:
    findings = [found for found in scan(text) if found.maskable]
    result = mask(text, findings)
    at = shift = 0
    for found in findings:
        assert result[at + shift : found.start + shift] == text[at : found.start]
        suggestion = found.suggestion or ""
        assert result.startswith(suggestion, found.start + shift)
        shift += len(suggestion) - len(found.text)
        at = found.end
    assert result[at + shift :] == text[at:]


@given(TEXTS | ANYTHING)
def test_masking_twice_is_masking_once(text: str) -> None:
    findings = scan(text)
    once = mask(text, findings)
    assert mask(once, findings) == once


@given(TEXTS | ANYTHING)
def test_nothing_is_left_to_mask_in_a_masked_text(text: str) -> None:
    result = masked(text)
    assert not [found for found in scan(result) if found.maskable]
    assert masked(result) == result


def test_a_mask_for_another_text_is_refused() -> None:
    findings = scan("手机13800138000。")
    with pytest.raises(MaskError) as error:
        mask("电话13900139000。", findings)
    assert "重新扫描" in error.value.zh
    assert error.value.code == "text_changed"


def test_the_masks_are_those_of_the_rules() -> None:
    text = (
        "当事人李晓燕，身份证339999198503120015，手机13800138000，卡号6222023300000012345，"
        "住址：某县清溪镇柳树村3组12号。"
    )
    assert masked(text) == (
        "当事人李某，身份证33*************015，手机138****8000，卡号****2345，住址：某县清溪镇。"
    )


@pytest.mark.parametrize("wrong", [None, 1, 1.5, b"13800138000", True, ["手机"]])
def test_only_a_text_is_scanned(wrong: object) -> None:
    with pytest.raises(TypeError, match="应为文本"):
        scan(wrong)  # type: ignore[arg-type]


# (text, what the office has declared its own, kinds found without, kinds found with)
OWN = [
    ("值守人13800138000。", Known(telephones=frozenset(["138-0013-8000"])), ["PII.MOB"], []),
    ("拨（0571）88880000。", Known(telephones=frozenset(["0571-88880000"])), ["PII.TEL"], []),
    ("某公馆0571-88880000。", Known(names=frozenset(["某公馆"])), ["PII.TEL"], []),
    ("a@agency.example", Known(mail_domains=frozenset(["agency.example"])), ["PII.MAIL"], []),
    ("联系邮箱：a@163.com", Known(mail_domains=frozenset(["@163.com"])), ["PII.L3"], []),
    ("当事人李晓燕，", Known(names=frozenset(["李晓燕"])), ["PII.NAME"], []),
    ("当事人手机13800138000", Known(names=frozenset(["某公馆"])), ["PII.MOB"], ["PII.MOB"]),
]


@pytest.mark.parametrize(("text", "known", "without", "with_it"), OWN)
def test_what_the_office_has_declared_its_own_is_left_alone(
    text: str, known: Known, without: list[str], with_it: list[str]
) -> None:
    assert [found.kind for found in scan(text)] == without
    assert [found.kind for found in scan(text, options=ScanOptions(known=known))] == with_it


def test_the_offices_contact_is_reported_and_not_masked() -> None:
    text = "办公室联系电话：13800138000，邮箱someone@163.com"
    findings = scan(text)
    assert [(found.kind, found.severity, found.role) for found in findings] == [
        ("PII.MOB", "warning", "contact"),
        ("PII.L3", "warning", "contact"),
    ]
    assert mask(text, findings) == text


def test_either_half_can_be_left_out() -> None:
    text = "手机13800138000，按装。"
    assert [found.group for found in scan(text, options=ScanOptions(wording=False))] == ["personal"]
    assert [found.group for found in scan(text, options=ScanOptions(personal=False))] == ["wording"]


def test_an_entry_can_be_switched_off_by_id_or_word() -> None:
    for off in ("按装", "common_wrong_words:按装"):
        options = ScanOptions(switched_off=frozenset([off]))
        assert [found.text for found in scan("按装、松驰", options=options)] == ["松驰"]


def test_a_grave_entry_is_an_error_under_the_veto() -> None:
    own = read_list(
        "wrong,right,grave\n".replace("grave", "grade,kind,source")
        + "错称,正称,严重表述错误,名称表述错误,本单位\n",
        "own",
    )
    (found,) = scan("此处错称。", options=ScanOptions(lists=(own,)))
    assert (found.severity, found.rule, found.suggestion) == ("error", "CHK.V1", "正称")


def test_the_day_of_the_text_decides_whether_a_name_is_outdated() -> None:
    text = "报国土资源部备案。"
    assert not scan(text, options=ScanOptions(on=dt.date(2018, 3, 16)))
    assert [found.kind for found in scan(text, options=ScanOptions(on=dt.date(2018, 3, 17)))] == [
        "outdated_organ"
    ]


def test_scanning_is_the_same_every_time_and_in_pieces_of_lines() -> None:
    lines = random.Random(7).sample(SENTENCES, 40)
    whole = [(found.kind, found.text) for found in scan("\n\n\n".join(lines))]
    assert whole == [(found.kind, found.text) for found in scan("\n\n\n".join(lines))]
