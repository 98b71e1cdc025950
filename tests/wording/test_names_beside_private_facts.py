"""A name beside a person's number or home is that person's; officials, heroes and places are left alone."""

from __future__ import annotations

import pytest

from gongkai.wording.personal import find_personal


def names(text: str) -> list[str]:
    return [one.text for one in find_personal(text) if one.kind == "PII.NAME"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李晓燕（手机13800138000）反映路灯不亮。", ["李晓燕"]),
        ("李晓燕，联系电话：13800138000。", ["李晓燕"]),
        ("王建国，男，汉族，住北山镇东街12号。", ["王建国"]),
        ("王建国（住北山镇东街12号）", ["王建国"]),
        ("王建国，男，1963年5月生，身份证号11010519491231002X。", ["王建国"]),
        ("贫困户张桂兰领取补助500元。", ["张桂兰"]),
        ("户主：张桂兰，家庭人口4人。", ["张桂兰"]),
        ("受助学生名单：刘思雨、陈浩然。", ["刘思雨", "陈浩然"]),
        ("当事人王建国于2025年3月被处罚。", ["王建国"]),
    ],
)
def test_a_private_person_is_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "签发人：李卫东",
        "镇长李建国（手机13800138000）",
        "镇党委书记王海涛，电话0539-2334567。",
        "联系人：张晓明，手机13800138000",
        "责任人：王海涛，联系电话：13800138000",
        "局长王海涛（电话0539-2334567）",
        "王成烈士纪念馆，电话0539-2334567。",
        "革命烈士王成的事迹在全镇学习。",
        "刘家庄、王家村、张店区各住户：",
        "李家沟，住户12户。",
        "北山镇，现住人口3000人。",
        "政务大厅（联系电话：0539-2334567）",
        "老年人享受优待。",
        "学生享受国家助学金。",
        "困难群众获得救助的，按规定办理。",
        "村民领取证件后，及时核对。",
    ],
)
def test_what_is_no_private_person_is_left_alone(text: str) -> None:
    assert names(text) == []
