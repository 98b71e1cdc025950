"""Text taken over from last year's report (FMT.S5) or from another organ's. Organs and texts are invented."""

from __future__ import annotations

from gongkai.annual.checking.copied import copied_between, copied_from
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place

PROBLEMS = [
    "一是政策解读的形式较为单一，图解和视频偏少",
    "二是公开队伍人员变动较大，业务能力有待提高",
    "三是个别栏目更新不够及时，群众意见较为集中",
    "下一步将举办业务培训3期，并把栏目更新列入日常检查",
]
FRESH = [
    "今年群众反映最多的是征地信息查找不便",
    "我们据此重排了征地专栏，并在十二个村设立了查询点",
    "仍有两个村的历史批文没有完成数字化",
]
OVERVIEW = [f"第{number}项重点工作由专人负责并已按时完成公开任务" for number in "一二三四五六七八九十"]


def report_of(
    year: int | None, problems: list[str], overview: list[str] | None = None, organ: str = "甲镇"
) -> Report:
    lines = [("problems", "；".join(problems) + "。", Place(line=9))]
    if overview:
        lines.insert(0, ("overview", "。".join(overview) + "。", Place(line=2)))
    return Report(f"{organ}{year}.txt", organ=f"虚构{organ}人民政府", year=year, lines=lines)


def test_problems_taken_over_from_last_year_are_a_warning_with_share_and_quotes() -> None:
    (finding,) = copied_from(report_of(2024, PROBLEMS), report_of(2023, PROBLEMS))
    assert (finding.rule, finding.severity) == ("FMT.S5", "warning")
    assert finding.name == "problems_copied_from_last_year"
    assert "2023年报告雷同" in finding.message
    assert "占100%" in finding.message
    assert finding.quote is not None
    assert PROBLEMS[0] in finding.quote
    assert finding.place == Place(line=9)


def test_new_figures_in_old_sentences_are_still_a_copy() -> None:
    changed = [sentence.replace("3期", "5期") for sentence in PROBLEMS]
    (finding,) = copied_from(report_of(2024, changed), report_of(2023, PROBLEMS))
    assert "占100%（其中一字不差的占69%）" in finding.message


def test_new_problems_are_no_copy() -> None:
    assert list(copied_from(report_of(2024, FRESH), report_of(2023, PROBLEMS))) == []


def test_one_old_sentence_among_new_ones_is_no_copy() -> None:
    assert list(copied_from(report_of(2024, [*FRESH, PROBLEMS[0]]), report_of(2023, PROBLEMS))) == []


def test_a_like_overview_is_a_finding_of_its_own() -> None:
    findings = list(copied_from(report_of(2024, FRESH, OVERVIEW), report_of(2023, PROBLEMS, OVERVIEW)))
    assert [finding.name for finding in findings] == ["overview_copied_from_last_year"]
    assert findings[0].place == Place(line=2)


def test_reports_without_text_give_nothing() -> None:
    assert list(copied_from(Report("甲.txt"), Report("乙.txt"))) == []
    assert copied_between([Report("甲.txt"), Report("乙.txt")]) == []


def test_two_organs_with_the_same_text_are_each_told_of_the_other() -> None:
    reports = [
        report_of(2024, PROBLEMS),
        report_of(2024, PROBLEMS, organ="乙镇"),
        report_of(2024, FRESH, organ="丙镇"),
    ]
    found = copied_between(reports)
    assert [report.organ for report, _ in found] == ["虚构甲镇人民政府", "虚构乙镇人民政府"]
    assert "虚构乙镇人民政府" in found[0][1].message
    assert found[0][1].name == "text_copied_from_other_organ"
    assert found[0][1].quote is not None
    assert PROBLEMS[0] in found[0][1].quote


def test_two_years_of_one_organ_are_not_two_organs() -> None:
    assert copied_between([report_of(2024, PROBLEMS), report_of(2023, PROBLEMS)]) == []


def test_many_copies_are_one_finding_each_that_names_three_and_counts_all() -> None:
    found = copied_between([report_of(2024, PROBLEMS, organ=f"{name}乡") for name in "甲乙丙丁戊己"])
    assert len(found) == 6
    assert "等5个机关" in found[0][1].message


def test_a_report_from_json_is_compared_by_its_sections() -> None:
    sections = {"problems": "。".join(PROBLEMS)}
    one, other = Report("甲.json", year=2024, sections=sections), Report("乙.json", sections=sections)
    (finding,) = copied_from(one, other)
    assert "与另一年报告雷同" in finding.message
