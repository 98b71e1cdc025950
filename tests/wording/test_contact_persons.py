"""A contact person of an organ is public, a private person is not: one rule for every way of writing it.

PII.L3: names and office telephones of officials stay; PII.MOB, PII.ADDR: mobile numbers and homes do not.
"""

from __future__ import annotations

import pytest

from gongkai.wording.scanning import ScanOptions, scan

OFFICE = "0557-3030303"
MOBILE = "13812345678"
# Ways in which notices name somebody on duty; {} is a telephone.
ON_DUTY = (
    "联系人：王明，电话：{}",
    "联系人：王明（{}）",
    "联系人：王明 {}",
    "联系人:王明{}",
    "联系人 王明 {}",
    "联 系 人：王明  {}",
    "联系人姓名：王明，{}",
    "联系人：王明，联系电话：{}",
    "联系人及电话：王明 {}",
    "联系人及联系方式：王明、{}",
    "联系人（电话）：王明（{}）",
    "项目联系人：王明 {}",
    "采购人联系人：王明，电话：{}",
    "业务联系人：王明 {}",
    "经办人：王明（{}）",
    "承办人：王明 {}",
    "咨询人：王明，{}",
    "受理人员：王明，电话：{}",
    "工作人员：王明 {}",
    "值班人员：王明 {}",
    "网格员：王明 {}",
    "科室负责人：王明 {}",
    "分管领导：王明 {}",
    "主任：王明 {}",
    "河长：王明，电话：{}",
    "联系人：王明先生，电话：{}",
    "如有疑问请联系王明同志，电话：{}",
    "请与王明先生联系，电话：{}",
)
# Private persons, though a word for a contact may stand beside them.
PRIVATE = (
    "王明 {}",
    "姓名：王明 电话：{}",
    "投诉人：王明，电话：{}",
    "当事人联系人：王明，{}",
    "家属联系人：王明，{}",
    "户主联系人：王明 {}",
    "联系人：患者家属王明 {}",
    "联系人：王明（申请人），{}",
)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in scan(text, options=ScanOptions())]


@pytest.mark.parametrize("text", ON_DUTY)
def test_who_is_on_duty_may_be_named_with_the_office_telephone(text: str) -> None:
    assert found(text.format(OFFICE)) == []


@pytest.mark.parametrize("text", ON_DUTY)
def test_of_who_is_on_duty_a_mobile_number_is_asked_about_and_the_name_is_not(text: str) -> None:
    assert found(text.format(MOBILE)) == [("PII.MOB", MOBILE)]


@pytest.mark.parametrize("text", PRIVATE)
def test_a_private_person_is_asked_about_with_the_mobile_number(text: str) -> None:
    assert found(text.format(MOBILE)) == sorted([("PII.NAME", "王明"), ("PII.MOB", MOBILE)], reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：王明，身份证号11010519491231002X",
        "联系人：王明，11010519491231002X",
        "责任人：王明，11010519491231002X",
    ],
)
def test_beside_an_identity_number_nobody_is_named(text: str) -> None:
    assert ("PII.NAME", "王明") in found(text)


def test_the_rule_stands_in_the_words_of_the_finding() -> None:
    name, _ = scan("王明 13812345678", options=ScanOptions())
    assert "机关联系人、经办人等的姓名和办公电话" in name.reason
    (mobile,) = scan("联系人：王明 13812345678", options=ScanOptions())
    assert "联系人姓名和办公电话可以公开" in mobile.reason
