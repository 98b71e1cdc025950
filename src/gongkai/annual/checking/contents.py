"""What the narrative must contain: five topics, supervision results, what is said of remedies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding

_REGULATION_SINCE = 2019  # REG.50(4) came with the Regulation of 2019

# FMT.S1: a topic is there if its heading or one of its words is.
_TOPICS = (
    ("主动公开", re.compile("主动公开|公开[^。]{0,20}信息[^。]{0,12}条|发布[^。]{0,20}信息")),
    ("依申请公开", re.compile("依申请|公开申请|申请公开|依法申请")),
    (
        "政府信息管理",
        re.compile(
            "信息管理|(?:保密|发布|公开|内容|信息|属性)审[查核]|三审|先审后|动态调整|档案|规范性文件[^。]{0,8}(?:清理|管理)"
        ),
    ),
    (
        "政府信息公开平台建设",
        re.compile(
            "平台建设|(?:网站|平台|专栏|栏目|新媒体|公众号|微信)[^。]{0,24}(?:建设|管理|维护|优化|升级|改版|改造|运维|整合|完善)|(?:建设|维护|优化|完善|整合|规范|加强|强化)[^。]{0,24}(?:网站|平台|专栏|栏目|新媒体|公众号)|公开平台|渠道建设"
        ),
    ),
    (
        "监督保障",
        re.compile(
            "监督保障|监督检查|监督考核|监督机制|监督工作|监督管理|接受[^。]{0,10}监督|考核|评议|培训|督查|督促|检查|追究|问责|自查"
        ),
    ),
)

_TOPICS_EN = {
    "主动公开": "proactive disclosure",
    "依申请公开": "disclosure on request",
    "政府信息管理": "management of government information",
    "政府信息公开平台建设": "the disclosure platform",
    "监督保障": "supervision",
}

# REG.50(4): assessment, appraisal, accountability. Assessing a training is not assessing the work.
_ASSESSMENT = re.compile("考核|考评|绩效(?:评估|评价|管理)|目标管理")
_APPRAISAL = re.compile("评议|满意度(?:测评|调查|评价)|社会评价|第三方(?:评估|测评|评价)")
_ACCOUNTABILITY = re.compile("责任追究|追究[^，。;]{0,8}责任|追责|问责|追究")
_RESULTS_EN = {"工作考核": "assessment", "社会评议": "public appraisal", "责任追究": "accountability"}
_TRAINING = re.compile("培训|学习|业务水平|业务能力|考试")
_LONGEST_CLAUSE = 80  # characters on either side
_CLAUSE = re.compile("[，,。;:!?\n]")


@serves("overview_topics_missing", "overview_too_long")
def overview_has_its_topics(case: Examination) -> Iterator[Finding]:
    """FMT.S1: the five topics of section 1, in about a thousand characters."""
    if case.form.code == "2014":
        return
    text = case.section_text("overview")
    if not text:
        return
    missing = [name for name, words in _TOPICS if name not in text and not words.search(text)]
    if missing:
        yield case.finding(
            "overview_topics_missing",
            f"第一部分“总体情况”没有写到：{'、'.join(missing)}。格式要求写主动公开、依申请公开、政府信息管理、"
            f"政府信息公开平台建设、监督保障五个方面，请补写。",
            f"Section 1 does not speak of: {', '.join(_TOPICS_EN[name] for name in missing)}.",
        )
    limit = case.threshold("overview_characters")
    if len(text) > limit:
        yield case.finding(
            "overview_too_long",
            f"第一部分“总体情况”约{len(text)}字，原则上不超过{written(limit)}字，可作精简。",
            f"Section 1 has about {len(text)} characters; {written_en(limit)} are meant to be enough.",
            expected=limit,
            found=len(text),
        )


@serves("supervision_results_missing", "supervision_results_partial", "supervision_results_office")
def government_reports_supervision_results(case: Examination) -> Iterator[Finding]:
    """REG.50(4): a government's report gives the results of assessment, appraisal and accountability."""
    organ = "".join((case.report.organ or "").split())
    year = case.report.year
    office = re.search("(?:人民)?政府办公?[室厅]$", organ)
    if not (office or organ.endswith("人民政府")) or not case.text.strip():
        return
    if case.form.code == "2014" or (year is not None and year < _REGULATION_SINCE):
        return
    missing = []
    if not _speaks_of_assessment(case.text):
        missing.append("工作考核")
    if not _APPRAISAL.search(case.text):
        missing.append("社会评议")
    if not _ACCOUNTABILITY.search(case.text):
        missing.append("责任追究")
    if not missing:
        return
    names = "、".join(missing)
    names_en = ", ".join(_RESULTS_EN[name] for name in missing)
    if office:
        yield case.finding(
            "supervision_results_office",
            f"报告由{organ}编制，正文没有{names}结果。如果代表本级政府，按《条例》第五十条第（四）项应当补写；"
            f"只报告本办公室情况的不需要。",
            "If this report stands for the government, the results of supervision are missing (REG.50(4)).",
        )
        return
    check = "supervision_results_missing" if len(missing) == 3 else "supervision_results_partial"
    yield case.finding(
        check,
        f"{organ}的报告没有{names}结果情况。按《条例》第五十条第（四）项，各级政府的年报应当写明，请补写"
        f"（对业务培训的考核不算工作考核）。",
        f"A government's report must give the results of supervision; not found: {names_en}.",
    )


def _speaks_of_assessment(text: str) -> bool:
    for match in _ASSESSMENT.finditer(text):
        before = _CLAUSE.split(text[max(0, match.start() - _LONGEST_CLAUSE) : match.start()])[-1]
        clause = before + _CLAUSE.split(text[match.start() : match.start() + _LONGEST_CLAUSE])[0]
        if "纳入" in clause or not _TRAINING.search(clause):
            return True
    return False


_RELATED = re.compile("复议|诉讼|败诉|纠正|纠错|撤销|依申请|答复")


@serves("corrected_without_problem", "remedies_not_in_text")
def remedies_are_spoken_of(case: Examination) -> Iterator[Finding]:
    """FMT.T4.C: a corrected case has its problem in section 5; cases of table 4 are mentioned in the text."""
    rows = (case.report.remedies or {}).values()
    if not any(row.get("corrected") or row.get("total") for row in rows) or not case.text.strip():
        return
    groups = [group.code for group in case.form.remedy_groups]
    corrected = [f"remedies.{group}.corrected" for group in groups]
    count = sum(case.number(cell) or 0 for cell in corrected)
    problems = case.section_text("problems")
    if count > 0 and problems and not _RELATED.search(problems):
        yield case.finding(
            "corrected_without_problem",
            f"表四有结果纠正{written(count)}件，第五部分“存在的主要问题及改进情况”没有写到依申请公开答复、复议或诉讼"
            f"方面的问题。请补写原因和改进措施。",
            f"Table 4 has {written_en(count)} corrected, but section 5 names no related problem.",
            cells=[cell for cell in corrected if case.number(cell)],
            found=count,
        )
    yield from _unmentioned(case, groups)


_HEADINGS_OF_REMEDIES = ("行政复议、行政诉讼情况", "行政复议、提起行政诉讼情况")
_LITIGATION = re.compile(
    "诉讼|应诉|被诉|起诉|[^投申上胜败控]诉(?:我|本|.{0,16}(?:政府|局|委|办))|败诉|胜诉|判决|法院"
)


def _unmentioned(case: Examination, groups: list[str]) -> Iterator[Finding]:
    totals: dict[str, int | Decimal] = {"reconsideration": 0}
    totals |= {group: case.number(f"remedies.{group}.total") or 0 for group in groups}
    if not any(totals.values()):
        return
    text = case.text
    for heading in _HEADINGS_OF_REMEDIES:
        text = text.replace(heading, "")
    silent = []
    if totals["reconsideration"] > 0 and "复议" not in text:
        silent.append(("行政复议", ["reconsideration"]))
    if sum(totals.values()) - totals["reconsideration"] > 0 and not _LITIGATION.search(text):
        silent.append(
            ("行政诉讼", [group for group in groups if group != "reconsideration" and totals[group]])
        )
    if not silent:
        return
    words = "、".join(f"{name}{written(sum(totals[g] for g in codes))}件" for name, codes in silent)
    yield case.finding(
        "remedies_not_in_text",
        f"表四有{words}，正文没有提到。建议在第一部分或第五部分说明案件情况。",
        "Cases of table 4 are not mentioned in the text.",
        cells=[f"remedies.{group}.total" for _, codes in silent for group in codes],
    )
