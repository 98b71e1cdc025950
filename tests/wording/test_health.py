"""Words of illness beside a name (PII.HEALTH): the whole of them goes, the name of a programme stays."""

from __future__ import annotations

import pytest

from gongkai.wording.scanning import ScanOptions, masked, scan

PERSONAL = ScanOptions(wording=False)

# (text, masked)
CONDITIONS = [
    ("申请人郑小满肺癌晚期，生活困难。", "申请人郑某（略），生活困难。"),
    ("申请人郑小满确诊乳腺癌。", "申请人郑某（略）。"),
    ("郑小满系艾滋病患者。", "郑某系（略）。"),
    ("申请人郑小满（精神病患者）", "申请人郑某（（略））"),
    ("申请人郑小满因癌症去世。", "申请人郑某因（略）去世。"),
    ("村民郑小满因白血病住院。", "村民郑某因（略）住院。"),
    ("郑小满系肢体残疾。", "郑某系（略）。"),
    ("申请人郑小满患抑郁症。", "申请人郑某（略）。"),
    ("申请人郑小满，精神残疾二级。", "申请人郑某，（略）。"),
    ("郑小满系二级智力残疾。", "郑某系（略）。"),
    ("残疾人郑小满来访。", "（略）郑某来访。"),
    ("低保户郑小满反映。", "（略）郑某反映。"),
    ("申请人郑小满患有系统性红斑狼疮，", "申请人郑某（略），"),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_a_persons_condition_goes_as_a_whole(text: str, expected: str) -> None:
    assert masked(text, options=PERSONAL) == expected


@pytest.mark.parametrize(
    "words",
    [
        "残疾人两项补贴",
        "重度残疾人护理补贴",
        "困难残疾人生活补贴",
        "低保户名单",
        "低保金",
        "低保政策",
        "残疾人联合会",
        "残疾证办理流程",
        "艾滋病防治方案",
        "精神障碍患者服务管理办法",
        "肿瘤医院规划",
    ],
)
def test_the_name_of_a_programme_stays(words: str) -> None:
    found = scan(f"申请人郑小满申请公开{words}。", options=PERSONAL)
    assert [one.text for one in found] == ["郑小满"]
