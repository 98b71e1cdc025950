"""Personal data found by its context. Every person, number, address and mail box here is invented."""

from __future__ import annotations

import datetime
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.identifiers import luhn_check_digit, resident_check_character
from gongkai.wording.personal import find_personal

# (sentence, [(kind, role, words, what may stand instead)])
NAMES = [
    ("郑小满申请公开本镇拆迁计划；", [("requester", "郑小满", "郑某")]),
    (
        "秦岚申请公开道路改造方案；苏桐申请公开环卫服务合同；于桐申请公开防汛预案等3件。",
        [("requester", "秦岚", "秦某"), ("requester", "苏桐", "苏某"), ("requester", "于桐", "于某")],
    ),
    ("其中：于海棠申请公开会议纪要。", [("requester", "于海棠", "于某")]),
    ("发生依申请公开1件，高子涵申请公开宅基地审批信息。", [("requester", "高子涵", "高某")]),
    ("2018年3月5日，方晓棠申请公开征地批文。", [("requester", "方晓棠", "方某")]),
    ("1.成春燕申请公开低压线路改造信息；", [("requester", "成春燕", "成某")]),
    (
        "一是向红梅申请公开预算，二是常玉兰申请公开决算。",
        [("requester", "向红梅", "向某"), ("requester", "常玉兰", "常某")],
    ),
    ("（1）欧阳晓燕申请公开补偿标准。", [("requester", "欧阳晓燕", "欧阳某")]),
    (
        "郑小满、秦岚和阿依古丽·买买提等3人申请公开分配方案。",
        [
            ("requester", "郑小满", "郑某"),
            ("requester", "秦岚", "秦某"),
            ("requester", "阿依古丽·买买提", "某某"),
        ],
    ),
    ("郑小满先生向我局提出政府信息公开申请。", [("requester", "郑小满", "郑某")]),
    ("村民郑大福通过邮寄方式申请公开账目。", [("requester", "郑大福", "郑某")]),
    ("收到郑大福提交的政府信息公开申请，已答复。", [("requester", "郑大福", "郑某")]),
    ("对郑大福的申请，我局依法予以公开。", [("requester", "郑大福", "郑某")]),
    ("申请人：郑大福，申请内容：征地批文。", [("requester", "郑大福", "郑某")]),
    (
        "申请人郑大福、秦岚等申请公开规划图。",
        [("requester", "郑大福", "郑某"), ("requester", "秦岚", "秦某")],
    ),
    ("郑　满申请公开预算。", [("requester", "郑　满", "郑某")]),
    ("鄭小滿申請公開預算。", [("requester", "鄭小滿", "郑某")]),
    ("原告郑大福诉某镇人民政府信息公开案。", [("party", "郑大福", "郑某")]),
    ("秦岚不服某局作出的答复，申请行政复议。", [("party", "秦岚", "秦某")]),
    ("第三人苏桐、秦岚均表示不同意公开。", [("party", "苏桐", "苏某"), ("party", "秦岚", "秦某")]),
    ("第三人苏桐里村民委员会不同意公开。", []),  # what follows must show that the name has ended
    ("受理郑小满、秦岚二人申请公开账目。", [("requester", "郑小满", "郑某"), ("requester", "秦岚", "秦某")]),
    ("郑小满要求公开村级账目。", [("requester", "郑小满", "郑某")]),
    (
        "其中郑小满申请公开账目、秦岚申请公开合同。",
        [("requester", "郑小满", "郑某"), ("requester", "秦岚", "秦某")],
    ),
    ("我镇答复了郑小满的信息公开申请。", [("requester", "郑小满", "郑某")]),
    ("郑小满与某镇政府信息公开纠纷一案已审结。", [("party", "郑小满", "郑某")]),
    ("郑小满女士来信反映路灯问题。", [("person", "郑小满", "郑某")]),
    ("村民郑大福（住清溪镇柳树村5组12号）反映宅基地问题。", [("party", "郑大福", "郑某")]),
    ("村民郑大福反映宅基地问题，已答复。", [("party", "郑大福", "郑某")]),
    ("居民郑小满、秦岚等3人多次信访。", [("party", "郑小满", "郑某"), ("party", "秦岚", "秦某")]),
    ("联系人郑大福（申请人）。", [("requester", "郑大福", "郑某")]),
    ("电话13800138000，联系人：苏桐（投诉人）。", [("party", "苏桐", "苏某")]),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMES)
def test_a_named_requester_or_party_is_found(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    found = [data for data in find_personal(sentence) if data.kind == "PII.NAME"]
    assert [(data.role, sentence[data.start : data.end], data.masked) for data in found] == expected
    assert all(data.severity == "error" for data in found)


def test_a_name_that_a_pdf_breaks_over_two_lines_is_found() -> None:
    text = "本年度共收到依申请公开三件，均已在规定的时限内予以答复；于\n桐申请公开年度预算"
    assert [data.masked for data in find_personal(text)] == ["于某"]


# (sentence, [(kind, role, masked)])
NUMBERS = [
    ("身份证号11010519491231002X。", [("PII.ID18", "private", "11*************02X")]),
    ("持110105 19491231 002X的居民", [("PII.ID18", "private", "11*************02X")]),
    ("身份证号：１１０１０５１９４９１２３１００２Ｘ", [("PII.ID18", "private", "11*************02X")]),
    ("身份证号110105194912310021（抄错一位）", [("PII.ID18", "private", "11*************021")]),
    ("编号110105194912310021", []),
    ("身份证号110105491231002", [("PII.ID15", "private", "11**********002")]),
    ("流水110105491231002", []),
    ("手机13800138000。", [("PII.MOB", "private", "138****8000")]),
    ("手机：+86-13800138000", [("PII.MOB", "private", "138****8000")]),
    ("手机138 0013 8000", [("PII.MOB", "private", "138****8000")]),
    ("138 0013 8000", []),  # three figures of a table
    ("办公室联系电话：13800138000", [("PII.MOB", "contact", "138****8000")]),
    ("申请人电话0571-88880000", [("PII.TEL", "private", "057****0000")]),
    ("我局电话0571-88880000", []),
    ("卡号6222020000000000000", [("PII.BANK", "private", "****0000")]),
    ("卡号6222 0200 0000 0000 000", [("PII.BANK", "private", "****0000")]),
    ("卡号6222020000000000005", []),  # fails the Luhn check
    ("统一社会信用代码11441700007280420Y", []),
    ("联系邮箱someone@163.com", [("PII.L3", "contact", "****@163.com")]),
    ("联系邮箱：someone＠QQ.com", [("PII.L3", "contact", "****@QQ.com")]),
    ("联系邮箱someone@example.gov.cn", []),
    ("申请人邮箱someone@163.com", [("PII.MAIL", "private", "****@163.com")]),
    ("车牌京A·12345的车辆", [("PII.CAR", "private", "京A*****")]),
    ("家住清溪镇柳树村3组12号的村民", [("PII.ADDR", "private", "清溪镇")]),
    ("住址：某市某区幸福路12号3单元501室。", [("PII.ADDR", "private", "某市某区")]),
]


@pytest.mark.parametrize(("sentence", "expected"), NUMBERS)
def test_a_number_or_address_that_leads_to_a_person_is_found(
    sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(data.kind, data.role, data.masked) for data in find_personal(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("郑大福患有尿毒症，申请救助。", ["PII.NAME", "PII.HEALTH"]),
        ("残疾人郑大福，已享受补贴。", ["PII.HEALTH", "PII.NAME"]),
        ("秦岚系二级智力残疾。", ["PII.NAME", "PII.HEALTH"]),
        ("秦岚系低保对象。", ["PII.NAME", "PII.HEALTH"]),
        ("尿毒症患者救助标准已经公开。", []),
    ],
)
def test_health_counts_only_beside_a_name(sentence: str, expected: list[str]) -> None:
    assert [data.kind for data in find_personal(sentence)] == expected


def test_only_official_contacts_are_warnings() -> None:
    severity = {
        data.kind: data.severity for data in find_personal("办公室邮箱a@163.com，郑大福申请公开账目。")
    }
    assert severity == {"PII.L3": "warning", "PII.NAME": "error"}


def test_places_are_those_of_the_text_as_given() -> None:
    text = "（一）　鄭小滿 申請公開預算，手機：１３８００１３８０００。"
    assert [text[data.start : data.end] for data in find_personal(text)] == [
        "鄭小滿",
        "１３８００１３８０００",
    ]


def test_what_was_found_does_not_show_in_its_repr_or_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        found = find_personal("郑小满（身份证11010519491231002X）申请公开预算。")
        logging.getLogger("gongkai").warning("found %s", found)
    assert len(found) == 2
    assert "小满" not in caplog.text
    assert "19491231" not in caplog.text


_BIRTHDAYS = st.dates(datetime.date(1930, 1, 1), datetime.date(2015, 1, 1))


@given(day=_BIRTHDAYS, order=st.integers(0, 999))
def test_any_identity_number_in_a_sentence_is_found_and_masked(day: datetime.date, order: int) -> None:
    body = f"330102{day:%Y%m%d}{order:03}"
    number = body + resident_check_character(body)
    (data,) = find_personal(f"证件为{number}，已核对。")
    assert (data.kind, data.text) == ("PII.ID18", number)
    assert number[6:14] not in data.masked


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True))
def test_any_card_number_in_a_sentence_is_found_and_masked(body: str) -> None:
    number = body + luhn_check_digit(body)
    (data,) = find_personal(f"卡号为{number}，已核对。")
    assert data.text == number
    assert data.kind in ("PII.BANK", "PII.ID18")
    assert number[:8] not in data.masked


def test_an_endless_list_of_names_is_read_without_fail() -> None:
    assert len(find_personal("申请人：" + "、".join(["郑小满"] * 3000) + "。")) > 20
