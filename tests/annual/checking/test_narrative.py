"""Sentences and what they must give: the invented report of 2024 has 24 new requests (20 by natural persons),
3 carried in, 25 concluded, 2 carried forward; 11 granted, 4 partly, 3 refused, 5 unavailable, 1 not
processed, 1 other; 2 reconsiderations (1 upheld, 1 pending) and 1 lawsuit without reconsideration."""

from __future__ import annotations

import pytest
from tests.annual.checking.reports import report_2014, report_2019, report_2021, set_cell, with_overview

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding

Case = tuple[str, int | None, int | None]  # sentence, expected, found

AGREE = [
    "2024年，我镇共收到政府信息公开申请24件，均已登记。",
    "全年新收依申请公开24件，上年结转3件，办结25件，结转下年度办理2件。",
    "２０２４年度，本机关共收到政府信息公开申请 ２４ 件，答复 25 件。",
    "全年共受理政府信息公开申请二十四件。",
    "全年共受理依申请公开政府信息27件（含上年结转3件）。",
    "2024年共办理政府信息公开申请27件，办结25件，转2025年办理2件。",
    "2023年结转3件，2024年新收24件。",
    "2024年收到24件政府信息公开申请，25件已办结。",
    "其中，予以公开11件、部分公开4件、不予公开3件、无法提供5件、不予处理1件、其他处理1件。",
    "依申请公开方面，11件予以公开、4件部分公开、3件不予公开、5件无法提供、1件不予处理、1件其他处理。",
    "办结依申请公开25件，其中予以公开及部分公开15件。",
    "2024年，乙镇人民政府收到政府信息公开申请24件，其中自然人20件，法人或其他组织4件。",
    "全年收到依申请公开24件，其中自然人申请20件。",
    "因政府信息公开引发行政复议2件，行政诉讼1件。",
    "全年发生涉及政府信息公开的行政复议和行政诉讼3件。",
    "政府信息公开行政复议2件，其中维持1件，尚未审结1件；行政诉讼1件，维持。",
    "未经复议直接起诉的政府信息公开行政诉讼1件，没有复议后起诉的案件。",
]
# Parts of a whole, whose sum is told; those carried in told apart; what stands in brackets.
AGREE += [
    "全年收到书面申请10件、网络申请14件，合计24件；去年结转3件。",
    "收到书面申请10件，网络申请14件，共24件。",
    "新收政府信息公开申请24件，上年结转3件，共27件。",
    "2024年收到政府信息公开申请24件。已按期答复22件，另有2件正在办理中，上年结转3件已答复。",
    "本年度共处理政府信息公开申请27件（含上年结转3件），予以公开11件、部分公开4件、不予公开3件、无法提供5件、"
    "不予处理1件、其他1件，结转2件。",
    "收到政府信息公开申请24件，答复率为100%（除正在办理的外）。",
    "收到政府信息公开申请24件，均已按期答复（正在办理的除外）。",
    "全年办理行政复议应诉案件15件（含非信息公开类），其中信息公开类复议2件、诉讼1件。",
    "因信息公开被复议2件，被诉1件。",
    "共有24件依申请公开。",
    "依申请公开件24件。",
]
OF_SOMETHING_ELSE = [
    # another year, a part of the year, several years
    "2023年共收到政府信息公开申请18件，办结15件。",
    "上年共收到政府信息公开申请18件。",
    "去年受理依申请公开31件，2024年收到24件。",
    "上半年收到政府信息公开申请9件。",
    "2024年6月收到政府信息公开申请5件。",
    "截至2024年9月底，收到政府信息公开申请17件。",
    "2020年至2024年共受理政府信息公开申请130件。",
    "自2019年以来，累计受理政府信息公开申请130件。",
    "“十四五”以来共收到政府信息公开申请95件。",
    "近三年受理政府信息公开申请70件。",
    "累计收到政府信息公开申请130件。",
    # comparisons and rounded figures
    "收到政府信息公开申请24件，较上年增加6件。",
    "收到政府信息公开申请24件，同比增加6件，增长33%。",
    "收到政府信息公开申请24件，比2023年的18件多6件。",
    "全年收到政府信息公开申请20余件。",
    "全年收到政府信息公开申请近30件。",
    # other organs
    "指导各部门办理政府信息公开申请156件。",
    "各村（居）、各站所共收到政府信息公开申请8件。",
    "全县各乡镇收到政府信息公开申请800件，办结790件。",
    "协助县政府办公室办理政府信息公开申请6件。",
    "转办政府信息公开申请7件。",
    "丙县教育局收到政府信息公开申请9件，办结8件。",
    "下属单位共受理信息公开申请12件。",
    # a part: a channel, a subject, a stage
    "其中通过网络收到申请10件，信函8件，当面6件。",
    "收到政府信息公开申请24件（其中网上申请10件，邮寄14件）。",
    "其中涉及征地补偿类申请9件。",
    "通过依申请公开平台收到申请13件。",
    "补正后办结申请2件，延期答复1件。",
    "征求第三方意见后答复申请2件。",
    "收到政府信息公开申请24件，当场答复5件，书面答复20件。",
    "申请人主动撤回申请2件。",
    # other business
    "全年办理12345热线工单320件，办结率100%。",
    "受理信访事项45件，答复45件。",
    "办理人大代表建议12件、政协提案8件。",
    "收到网民留言33件，全部答复。",
    "受理行政许可申请300件，办结300件。",
    "收到低保申请19件，办理完毕15件。",
    "全年未收到行政许可申请。",
    "收到投诉举报17件，全部办结。",
    "县司法局受理行政复议案件120件，审结110件。",
    "全年办理行政复议案件15件，行政应诉案件6件。",
    "民生实事十件全部办结。",
    "组织依申请公开培训3次，培训60人次。",
    "收到涉及行政复议的政府信息公开申请6件。",
    "自行受理政府信息公开申请18件，不予受理政府信息公开申请1件。",
    "依申请公开政府信息30件。",
    "全年公开政府信息344件，其中主动公开320件，依申请公开24件。",
    "申请公开土地征收信息的12件、拆迁补偿的6件。",
    "认真办理每一件政府信息公开申请，做到一件不漏。",
    "依申请公开办理做到一件也不拖延。",
    "民生诉求共办结95件，办结率98%。",
    "受理不动产登记申请1500件，办结1490件。",
    "县政府办公室转来政府信息公开申请4件。",
    "办理政务服务事项1.2万件，其中行政许可3000件。",
    "共审查政府信息公开答复文书30件。",
    "开展依申请公开案例评查10件。",
    "对5件政府信息公开申请进行了集体会商。",
    "自然人申请20件，其中予以公开9件，部分公开4件。",
    "人均办理政府信息公开申请4件。",
    "2024年度新收申请24件，2025年1月办结2件。",
    "申请内容主要涉及征地拆迁（10件）、财政资金（8件）。",
    # the law and the forms of work
    "申请人自收到补正通知之日起15日内补正。",
    "自收到申请之日起20个工作日内答复。",
    "按照《条例》第三十三条，对收到的申请20个工作日内答复。",
    "修订依申请公开答复文书12份。",
    "公开行政规范性文件9件。",
    "清理规范性文件18件。",
    "因征地引发的政府信息公开申请9件。",
    "因征地拆迁引发行政复议5件。",
    "未办结的政府信息公开申请结转下年度办理。",
    "没有未按规定结转下年度的申请。",
    "无需结转下年度。",
    # nothing of a kind
    "未收到通过传真提交的政府信息公开申请。",
    "未发生因信息公开被纠正、被投诉的情况。",
    "未收取任何费用。",
    "没有无法答复的申请。",
    "县依申请公开平台未收到政府信息公开申请。",
    "没有发生政府信息公开行政复议后提起诉讼的案件。",
    "2023年未收到政府信息公开申请。",
    "政府信息公开行政复议、行政诉讼未发生被纠正情形。",
    "未发生逾期答复申请的情形。",
]

DIFFER: list[Case] = [
    ("2024年，我镇共收到政府信息公开申请26件。", 24, 26),
    ("全年新收依申请公开23件。", 24, 23),
    ("本年度共受理公民、法人和其他组织提出的政府信息公开申请30件。", 24, 30),
    ("全年收到政府信息公开申请三十件。", 24, 30),
    ("2024年1月1日至12月31日，我镇共收到政府信息公开申请30件。", 24, 30),
    ("截至2024年底，本机关共受理政府信息公开申请30件。", 24, 30),
    ("全年收到一件政府信息公开申请。", 24, 1),
    ("２０２４年收到政府信息公开申请 ３０ 件。", 24, 30),
    ("2024年收到30件政府信息公开申请。", 24, 30),
    ("乙镇人民政府全年共收到依申请公开30件。", 24, 30),
    ("通过网站、邮寄等渠道共收到政府信息公开申请30件。", 24, 30),
    ("收到政府信息公开申请24件，办结19件。", 25, 19),
    ("收到政府信息公开申请24件，上年结转5件。", 3, 5),
    ("2023年结转政府信息公开申请5件，2024年新收24件。", 3, 5),
    ("收到政府信息公开申请24件，结转下年度继续办理4件。", 2, 4),
    ("收到政府信息公开申请24件，转2025年办理4件。", 2, 4),
    ("办结政府信息公开申请25件，其中予以公开13件。", 11, 13),
    ("办结政府信息公开申请25件，其中部分公开7件。", 4, 7),
    ("办结政府信息公开申请25件，其中不予公开9件。", 3, 9),
    ("办结政府信息公开申请25件，无法提供8件。", 5, 8),
    ("办结政府信息公开申请25件，不予处理4件。", 1, 4),
    ("办结政府信息公开申请25件，其他处理6件。", 1, 6),
    ("全年因政府信息公开引发行政复议4件。", 2, 4),
    ("本机关政府信息公开行政复议案件4件。", 2, 4),
    ("全年因政府信息公开被申请行政复议案件4件。", 2, 4),
    ("涉及政府信息公开的行政诉讼案件3件。", 1, 3),
    ("全年有3件涉及政府信息公开的诉讼案件。", 1, 3),
    ("全年政府信息公开行政复议0件。", 2, 0),
    ("全年政府信息公开行政诉讼0件。", 1, 0),
    ("2024年，我镇未收到政府信息公开申请。", 24, 0),
    ("全年没有收到依申请公开政府信息申请。", 24, 0),
    ("本年度未发生因政府信息公开引起的行政复议。", 2, 0),
    ("全年未发生针对本机关政府信息公开的行政诉讼。", 1, 0),
    ("2024年制发行政规范性文件5件。", 2, 5),
    ("新收政府信息公开申请24件，无结转下年度申请。", 2, 0),
    ("新收政府信息公开申请24件，无上年结转。", 3, 0),
    ("新收政府信息公开申请24件，没有从2023年结转的申请。", 3, 0),
    ("不存在结转下年度办理的政府信息公开申请。", 2, 0),
    ("政府信息公开申请中，收到书面申请10件、网络申请19件，合计29件。", 24, 29),
]


def narrative(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.name.startswith("narrative")]


@pytest.mark.parametrize("sentence", AGREE)
def test_a_sentence_that_agrees_with_the_tables_gives_nothing(sentence: str) -> None:
    assert [f.message for f in narrative(check(with_overview(sentence)))] == []


@pytest.mark.parametrize("sentence", OF_SOMETHING_ELSE)
@pytest.mark.parametrize(
    "before", ["", "（二）依申请公开情况。我镇规范办理依申请公开。"], ids=["alone", "under依申请"]
)
def test_a_sentence_about_something_else_gives_nothing(before: str, sentence: str) -> None:
    assert [f.message for f in narrative(check(with_overview(before + sentence)))] == []


@pytest.mark.parametrize(("sentence", "expected", "found"), DIFFER)
def test_a_figure_that_differs_is_an_error_with_its_words(sentence: str, expected: int, found: int) -> None:
    findings = narrative(check(with_overview("严格规范办理。" + sentence)))
    assert [(f.rule, f.severity, f.expected, f.found) for f in findings] == [
        ("NAR.1", "error", expected, found)
    ]
    assert findings[0].quote == sentence
    assert findings[0].cells
    assert findings[0].place is not None


DOUBTFUL = [
    # scope: the cases carried in left out, or counted in
    ("收到政府信息公开申请24件，办结22件。", "narrative_scope", 25, 22),
    ("全年新收政府信息公开申请27件。", "narrative_scope", 24, 27),
    ("办结政府信息公开申请25件，其中予以公开10件。", "narrative_doubtful", 11, 10),
    # another figure of the same thing agrees
    ("全年收到政府信息公开申请24件。2024年共受理政府信息公开申请21件。", "narrative_doubtful", 24, 21),
    # a narrower scope explains it
    ("全年收到政府信息公开申请20件。", "narrative_doubtful", 24, 20),
    ("办结政府信息公开申请25件，结转7件。", "narrative_doubtful", 2, 7),
    ("收到政府信息公开申请24件，其中自然人申请17件。", "narrative_doubtful", 20, 17),
    # nobody knows what is counted, or of which year
    ("依申请公开件29件。", "narrative_doubtful", 24, 29),
    ("共有29件依申请公开。", "narrative_doubtful", 24, 29),
    ("2024年依申请公开0件。", "narrative_doubtful", 24, 0),
    ("收到政府信息公开申请24件，无结转。", "narrative_doubtful", 2, 0),
    # a part that is more than the whole
    ("因征地引发政府信息公开申请29件。", "narrative_doubtful", 27, 29),
]


@pytest.mark.parametrize(("sentence", "name", "expected", "found"), DOUBTFUL)
def test_a_figure_another_scope_may_explain_is_a_warning(
    sentence: str, name: str, expected: int, found: int
) -> None:
    findings = narrative(check(with_overview(sentence)))
    assert [(f.name, f.severity, f.expected, f.found) for f in findings] == [
        (name, "warning", expected, found)
    ]


def test_a_whole_area_is_a_government_s_doubt_and_never_its_error() -> None:
    report = with_overview("2024年，全县共收到政府信息公开申请300件。", organ="甲县人民政府")
    assert [(f.name, f.severity) for f in narrative(check(report))] == [("narrative_doubtful", "warning")]


def test_a_government_s_office_speaks_of_the_government() -> None:
    report = with_overview("本办共办理县政府（含本办）的政府信息公开申请 40 件。", organ="甲县人民政府办公室")
    assert [(f.expected, f.found) for f in narrative(check(report))] == [(25, 40)]


def test_broken_spacing_and_full_width_signs_change_nothing() -> None:
    report = with_overview("2024 年 ， 我镇共收到政府信息公开申请 26 件 ；办结２５件。")
    assert [(f.expected, f.found) for f in narrative(check(report))] == [(24, 26)]


def test_traditional_characters_are_read_too() -> None:
    report = with_overview("2024年，本機關共收到政府信息公開申請26件。")
    assert [(f.expected, f.found) for f in narrative(check(report))] == [(24, 26)]


def test_an_unread_cell_is_not_compared() -> None:
    report = with_overview("全年新收政府信息公开申请26件。")
    set_cell(report, "requests.received.new.total", None)
    assert narrative(check(report)) == []


def test_the_2019_form_is_compared_with_its_own_rows() -> None:
    report = report_2019()
    report.lines = [
        ("overview", "2020年收到政府信息公开申请24件，办结25件，其他处理2件。", report.lines[0][2])
    ]
    assert [(f.expected, f.found) for f in narrative(check(report))] == [(1, 2)]


@pytest.mark.parametrize("sentence", ["无上年结转，无结转下年。", "2024年依申请公开0件。", "无结转申请。"])
def test_none_is_true_where_the_table_has_none(sentence: str) -> None:
    table = {row: dict.fromkeys(cells, 0) for row, cells in (report_2021().requests or {}).items()}
    report = with_overview("（二）依申请公开情况。我镇规范办理依申请公开。" + sentence, requests=table)
    assert [f.message for f in narrative(check(report))] == []


LISTINGS = [
    (
        "予以公开11件，部分公开4件，无法提供5件，不予处理1件，其他处理1件，结转下年度2件。",
        27,
        24,
        "不予公开3件",
    ),
    (
        "办结25件，其中予以公开11件，部分公开4件，不予公开3件。",
        25,
        18,
        "无法提供5件、不予处理1件、其他处理1件",
    ),
]


@pytest.mark.parametrize(("words", "expected", "found", "missing"), LISTINGS)
def test_a_listing_that_leaves_out_a_group_names_it(
    words: str, expected: int, found: int, missing: str
) -> None:
    findings = narrative(check(with_overview("全年新收政府信息公开申请24件，" + words)))
    assert [(f.rule, f.severity, f.expected, f.found) for f in findings] == [
        ("NAR.2", "warning", expected, found)
    ]
    assert missing in findings[0].message


@pytest.mark.parametrize(
    "words",
    [
        "予以公开11件，其余按规定告知。",
        "予以公开11件，部分公开4件，其余10件分别作了告知。",
        "予以公开11件，占44%，部分公开4件，占16%。",
        "予以公开11件、部分公开4件、本机关不掌握5件、属于内部事务信息1件、信访类申请1件。",
        "予以公开11件。",
    ],
)
def test_a_listing_that_does_not_claim_to_be_whole_gives_nothing(words: str) -> None:
    assert narrative(check(with_overview("全年办结政府信息公开申请25件，" + words))) == []


ALL_ANSWERED = [
    ("2024年收到政府信息公开申请24件，均已按规定答复。", "narrative_all_answered", "error"),
    ("全年受理政府信息公开申请24件，已全部办结。", "narrative_all_answered", "error"),
    ("收到的政府信息公开申请均已办理完毕。", "narrative_all_answered", "error"),
    ("2024年收到政府信息公开申请24件，均在法定期限内予以答复。", "narrative_all_in_time", "warning"),
    ("2024年收到政府信息公开申请24件，答复率达到100%。", "narrative_all_in_time", "warning"),
]


@pytest.mark.parametrize(("sentence", "name", "severity"), ALL_ANSWERED)
def test_all_answered_contradicts_cases_carried_forward(sentence: str, name: str, severity: str) -> None:
    findings = narrative(check(with_overview(sentence)))
    assert [(f.rule, f.name, f.severity, f.found) for f in findings] == [("NAR.3", name, severity, 2)]
    assert findings[0].cells == ["requests.carried_forward.total"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年答复政府信息公开申请25件，均在法定期限内答复。",
        "办结25件，均已依法答复。",
        "收到政府信息公开申请24件，除2件结转下年外，均已答复。",
        "收到政府信息公开申请24件，按时办结率100%。",
        "收到政府信息公开申请24件，均按规定登记、受理。",
        "上年结转的政府信息公开申请3件，均已办结。",
        "确保收到的政府信息公开申请全部按时答复。",
        "人大代表建议和政协提案均已办结，答复率100%。",
        "12345热线工单已全部办结，答复率100%。",
        "政府信息公开行政复议2件，均已办结。",
        "要求各单位对政府信息公开申请全部答复。",
    ],
)
def test_all_answered_of_other_things_gives_nothing(sentence: str) -> None:
    assert [f.message for f in narrative(check(with_overview(sentence)))] == []


def test_all_answered_is_true_where_nothing_is_carried_forward() -> None:
    table = report_2021().requests
    assert table is not None
    for column in ("natural_person", "total"):
        table["carried_forward"][column] = 0
        table["concluded"][column] += 2
        table["granted"][column] += 2
    report = with_overview("收到政府信息公开申请24件，均已答复，答复率100%。", requests=table)
    assert narrative(check(report)) == []
    report = with_overview("收到政府信息公开申请24件，部分申请结转下年度继续办理。", requests=table)
    assert [(f.rule, f.severity) for f in narrative(check(report))] == [("FMT.T3.H", "warning")]


OLD = [
    ("截至2017年12月31日，收到依申请公开12件。", "error", 9, 12),
    ("2017年，通过政府网站公开信息300条。", "warning", 280, 300),
    ("通过政务微信公开信息60条，政府信息公开行政复议5件。", "error", 2, 5),
    ("全年政府信息公开行政诉讼0件。", "error", 1, 0),
    ("所有依申请公开均按时办结。", "error", 0, 1),
    ("收到依申请公开9件，办结9件，行政复议2件。", None, None, None),
    ("通过微博、微信、网站公开信息350条。", None, None, None),
    ("2016年通过政府网站公开信息200条。", None, None, None),
]


@pytest.mark.parametrize(("sentence", "severity", "expected", "found"), OLD)
def test_the_old_form_is_compared_with_its_rows(
    sentence: str, severity: str | None, expected: int | None, found: int | None
) -> None:
    findings = narrative(check(report_2014([sentence])))
    wanted = [] if severity is None else [(severity, expected, found)]
    assert [(f.severity, f.expected, f.found) for f in findings] == wanted


def test_a_channel_the_old_table_puts_at_zero_is_an_error() -> None:
    report = report_2014(["通过政府网站发布信息310条。"], channels__website=0)
    assert [f.severity for f in check(report) if f.name == "narrative_channel"] == ["error"]


def test_published_items_equal_to_the_sum_of_decisions_are_asked_about() -> None:
    findings = check(with_overview("2024年，我镇主动公开政府信息43条。"))
    assert [f.severity for f in findings if f.name == "proactive_equals_decisions"] == ["warning"]


def test_decisions_in_the_text_that_differ_are_only_an_information() -> None:
    findings = check(with_overview("主动公开行政处罚信息10件。"))
    assert [(f.severity, f.expected, f.found) for f in narrative(findings)] == [("info", 12, 10)]
