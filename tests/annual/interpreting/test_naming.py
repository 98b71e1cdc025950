"""Whose report, of which year: titles and first lines as organs write them. All names are invented."""

import pytest

from gongkai.annual import read_reports
from gongkai.documents import read_document

TABLE = "\n".join(
    f"{label}\t0\t0\t0\t0\t0\t0\t0"
    for label in (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
    )
)


def named(head: str, text: str = "本年度工作平稳。") -> tuple[str | None, int | None]:
    content = f"{head}\n一、总体情况\n{text}\n三、收到和处理政府信息公开申请情况\n{TABLE}\n"
    [report] = read_reports(read_document(content.encode(), "report.txt"))
    return report.organ, report.year


@pytest.mark.parametrize(
    ("head", "organ", "year"),
    [
        ("云岭县溪口镇人民政府2024年政府信息公开工作年度报告", "云岭县溪口镇人民政府", 2024),
        ("云岭县溪口镇人民政府\n2024年政府信息公开工作年度报告", "云岭县溪口镇人民政府", 2024),
        ("云岭县溪口镇人民政府2024年\n政府信息公开工作年度报告", "云岭县溪口镇人民政府", 2024),
        ("云岭县溪口镇人民政府 2024 年政府信息公开\n工作年度报告", "云岭县溪口镇人民政府", 2024),
        ("2024年云岭县教育局政府信息公开工作年度报告", "云岭县教育局", 2024),
        ("云岭县教育局2024年度政府信息公开年度报告", "云岭县教育局", 2024),
        ("云岭县教育局二〇二四年政府信息公开工作年度报告", "云岭县教育局", 2024),
        ("关于云岭县教育局2023年政府信息公开工作的年度报告", "云岭县教育局", 2023),
        ("溪口镇2022年政府信息公开工作年度报告", "溪口镇人民政府", 2022),
        ("石桥街道2022年政府信息公开工作年度报告", "石桥街道办事处", 2022),
        ("首页 > 政府信息公开年报\n云岭县水利局2021年政府信息公开工作年度报告", "云岭县水利局", 2021),
        ("雲嶺縣教育局2020年政府信息公開工作年度報告", "云岭县教育局", 2020),
        ("# 云岭县教育局2024年政府信息公开工作年度报告", "云岭县教育局", 2024),
    ],
)
def test_the_title_names_organ_and_year(head: str, organ: str, year: int) -> None:
    assert named(head) == (organ, year)


def test_a_damaged_title_leaves_it_to_the_text() -> None:
    text = "2024年，溪口镇人民政府积极推进公开工作，2023年结转1件。2024年新收2件。"
    assert named("政府信息公开工作年度报告", text) == ("溪口镇人民政府", 2024)


def test_the_first_lines_give_the_place_above() -> None:
    head = "溪口区人民政府\n2023年政府信息公开工作年度报告\n本报告由云岭市溪口区人民政府办公室编制。"
    assert named(head) == ("云岭市溪口区人民政府", 2023)


def test_the_period_gives_the_year_where_no_title_does() -> None:
    head = "所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    assert named(head)[1] == 2022
