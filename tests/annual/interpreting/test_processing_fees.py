import pytest

from gongkai.annual.interpreting.fees import processing_fees


@pytest.mark.parametrize(
    ("text", "notices", "charged", "collected"),
    [
        ("发出收费通知的件数5件，总金额1200元。实际收取的总金额1100元。", 5, 1200, 1100),
        ("本年度发出收费通知2件，总金额为０.５万元，实际收取总金额0.3万元。", 2, 5000, 3000),
        ("本年度发出收费通知的件数和总金额以及实际收取的总金额均为0。", 0, 0, 0),
        ("全年收取政府信息公开信息处理费120元。", None, None, 120),
        ("本年度未发出收费通知。", 0, None, None),
        ("本机关2023年未发出政府信息公开信息处理费收费通知。", 0, None, None),
        ("本年度没有向申请人出具过信息处理费缴费通知。", 0, None, None),
        ("发出收费通知2件，申请人未按收费通知要求缴费。", 2, None, None),
    ],
)
def test_the_three_figures_of_section_six(
    text: str, notices: int | None, charged: int | None, collected: int | None
) -> None:
    assert processing_fees(text) == {"notices": notices, "charged_yuan": charged, "collected_yuan": collected}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无其他需要报告的事项。",
        "本年度未收取信息处理费。",
        "开展培训3次。",
        "1名申请人未按收费通知要求缴费。",
    ],
)
def test_a_text_without_figures_gives_none(text: str) -> None:
    assert processing_fees(text) is None
