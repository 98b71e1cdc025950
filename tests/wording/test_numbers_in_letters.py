"""Numbers with something before, behind or inside them that hid them, and what only looks like one."""

from __future__ import annotations

import pytest

from gongkai.wording.scanning import ScanOptions, masked, scan

PERSONAL = ScanOptions(wording=False)
RIGHT, WRONG = "339999198503120015", "339999198503120016"

# (text, masked)
NUMBERS = [
    (f"残疾证号{RIGHT}43", "残疾证号33*************015**"),
    (f"残疾人证：{RIGHT}21，已核", "残疾人证：33*************015**，已核"),
    (f"残疾人证号码 {RIGHT}43B1", "残疾人证号码 33*************015****"),
    ("残疾证号11010519491231002X44", "残疾证号11*************02X**"),
    (f"苏桐，{RIGHT}43，二级", "苏某，33*************015**，二级"),
    ("手机0086-138-0013-8000。", "手机0086-138****8000。"),
    ("手机0086 138 0013 8000。", "手机0086 138****8000。"),
    ("手机+86-138-0013-8000。", "手机+86-138****8000。"),
    ("申请人电话0571-8888-0000。", "申请人电话057****0000。"),
    ("手机号13805971234号主来电", "手机号138****1234号主来电"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_no_digit_of_a_number_is_left_behind_its_mask(text: str, expected: str) -> None:
    assert masked(text, options=PERSONAL) == expected


def test_a_wrong_number_behind_a_right_one_is_mistyped_too() -> None:
    for sign in ("、", "，", "和", " ", "；"):
        found = scan(f"身份证号{RIGHT}{sign}{WRONG}{sign}{WRONG}。", options=PERSONAL)
        assert [(one.kind, one.variant) for one in found] == [
            ("PII.ID18", ""),
            ("PII.ID18", "mistyped"),
            ("PII.ID18", "mistyped"),
        ]


@pytest.mark.parametrize(
    "text",
    [
        "第13805971234号令",
        "云A12345号公告",
        "信息公开专线：0598-3600000",
        f"编号{WRONG}、{WRONG}",
        f"流水号{RIGHT}43",
        f"{WRONG}43",
        f"{RIGHT}1",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert masked(text, options=PERSONAL) == text


def test_a_plate_with_the_word_for_a_vehicle_behind_it_is_found() -> None:
    assert masked("云A12345号小型轿车", options=PERSONAL) == "云A*****号小型轿车"
