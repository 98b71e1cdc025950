"""NAR.3 and FMT.T3.H: words of totality (均已答复) and of nothing at all (未收到申请) against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written, written_en
from gongkai.annual.checking.narrative.claims import Clause, Narrative
from gongkai.annual.checking.narrative.table_figures import Figure, TableFigures
from gongkai.annual.findings import Finding

_DONE = "(?:答复|办结|办复|回复|办理完[毕成]|处理完[毕成])"
_ALL_DONE = re.compile(
    rf"(?:均|全部|全都|所有|都|一律|悉数)[^,，]{{0,26}}?{_DONE}(?!率|时限|期限|工作|流程|书)"
)
_DONE_ALREADY = re.compile(rf"(?:均|都|全部|全)已|已(?:经)?(?:全部|均|全)|全部(?:予以|得到)?{_DONE}")
_IN_TIME = re.compile("按时|按期|如期|准时|及时|时限|期限|时间内|规定内")
_ON_TIME_AS_THE_FORM_SAYS = re.compile("按时|按期|如期|准时")
_RATE = re.compile(
    r"(?<!按时)(?<!按期)(?<!及时)(?:答复|办结|办理|回复)率[^,，0-9]{0,6}(?:100(?:\.0+)?%|百分之百)"
)
_EXCEPT = re.compile("除|其余|到期|应答复|应办|确保|要求(?:各|全|均)|做到|力争|保证|必须|争取")
_NOTHING = re.compile(
    r"(?:未|没有|无|尚未|从未|均未)(?:接收|接到|收到|收悉|受理|发生|产生|出现|引发|有|存在|涉及|新增)?(?:过|到)?"
    r"(?P<what>[^,，]{0,46})"
)
_NOTHING_AT_ALL = re.compile(r"^(?:接收|接到|收到|收悉|受理|发生|产生|出现|引发|有|存在|涉及|过|到)*")
_STRONG_NOTHING = re.compile(
    r"(?:未|没有|尚未|从未|均未)(?:接收|接到|收到|受理|发生|产生|出现|引发|有|存在)|无(?!法|关|障|效|正|须|需|效|故|理|论|偿|误|权|人|纸)"
)
_IS_ZERO = re.compile(r"(?P<what>[^,，]{2,40}?)(?:总数|数量?|件数)?(?:均|都|皆)?(?:为|是)(?:0|零)$")
_NOT_A_CASE = re.compile(
    "撤销|纠正|纠错|败诉|违法|变更|投诉|举报|收费|收取|信访|异议|不予|逾期|超期|超时|未按|延期|补正|结转|遗漏|泄密|失误|许可|传真|当面|信函|网络|邮寄"
    "|因[^,，]{0,12}不|答复|办结|公开不|督办|问题|被诉|平台|邮箱|信箱|渠道|窗口|系统|网站|重大|负面|舆情|事故"
)
_CARRIED = re.compile(r"(?:结转|转|延|顺延)(?:至|到|入)?(?:下一?个?年度?|次年|明年)")
_NOT_CARRIED = re.compile(r"无|未|没有|不存在|零|0|不需|不再|避免|减少")


# 答复率100%(除正在办理的外): what stands in brackets without a figure is no clause of its own.
_EXCEPT_IN_BRACKETS = re.compile(
    r"\([^()]*(?:除|不含|不包括|未到期|未到|尚在|正在|其余)[^()]*\)|除[^。;]{1,24}外[,，]?$"
)
# 无上年结转, 没有结转下年度的申请; not so 未办结的结转下年.
_NONE_CARRIED = re.compile(
    r"(?:无|没有|未有|不存在|未)(?!须|需)(?P<of>[^,，。;、]{0,8}?)(?:结转|转结)(?P<to>[^,，。;、]{0,12})"
)
_OPEN_ONES = re.compile("办结|答复|办理|处理|到期|完|按|逾")
_LAST_YEAR = re.compile("上一?年|去年|以前年|往年")
_NEXT_YEAR = re.compile("下一?个?年|次年|明年|来年|下一?年度")
_NO_DISCLOSURE = re.compile(r"依申请公开(?:政府信息|信息)?(?:数量?|件)?(?:共|为|是|计)?(?:0|零)[件条]")


def all_are_answered(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    """NAR.3: “all answered” with cases carried forward; in form 2014 “all on time” with extended ones."""
    if tables.old is not None:
        yield from _extended(case, narrative, tables)
        return
    forward = tables.of("carried_forward")
    if not forward or forward[0].value <= 0:
        return
    seen: set[str] = set()
    for clause in narrative.clauses:
        if clause.topic != "requests" or not clause.own or clause.wide or clause.sentence.quote in seen:
            continue
        check = _claims_all(clause, tables)
        if check is None:
            continue
        seen.add(clause.sentence.quote)
        yield _not_all(case, clause, forward[0], check)


def _claims_all(clause: Clause, tables: TableFigures) -> str | None:
    """Which check a clause that says “all answered” falls under; None where it does not say so."""
    text = clause.text
    if _EXCEPT.search(text) or _EXCEPT_IN_BRACKETS.search(clause.sentence.text):
        return None
    if _RATE.search(text):
        return None if _of_the_concluded(clause, tables) else "narrative_all_in_time"
    match = _ALL_DONE.search(text)
    if match is None or _of_the_concluded(clause, tables):
        return None
    if not _speaks_of_all(clause):
        return None
    done = _DONE_ALREADY.search(text) is not None
    return "narrative_all_answered" if done else "narrative_all_in_time"


def _of_the_concluded(clause: Clause, tables: TableFigures) -> bool:
    """“答复12件，均…”: all of those answered, which is no contradiction."""
    last = clause.antecedent
    if last is None:
        return False
    if last.part or not set(last.counts) & {"received", "received_new", "requests", "object", "handled"}:
        return True
    concluded = tables.of("concluded")
    return (
        bool(concluded) and last.value == concluded[0].value and tables.of("received")[0].value != last.value
    )


def _speaks_of_all(clause: Clause) -> bool:
    """A figure of what was received stands before, or the clause itself names the requests."""
    return clause.antecedent is not None or "申请" in clause.text


def _not_all(case: Examination, clause: Clause, forward: Figure, check: str) -> Finding:
    return case.finding(
        check,
        f"正文称全部答复或办结（“{clause.text}”），表三“四、结转下年度继续办理”为{written(forward.value)}件。"
        f"尚未办结的不能写全部办结，请改正正文，或核对结转数。",
        f"The text says that all were answered, but the table carries {written_en(forward.value)} forward.",
        cells=forward.cells,
        expected=0,
        found=forward.value,
        quote=clause.sentence.quote,
        place=clause.sentence.place,
    )


def _extended(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    assert tables.old is not None
    code = "requests.concluded.extended"
    extended = tables.old.number(code)
    if not extended:
        return
    seen: set[str] = set()
    for clause in narrative.clauses:
        if clause.topic != "requests" or not clause.own or clause.sentence.quote in seen:
            continue
        on_time = _ON_TIME_AS_THE_FORM_SAYS.search(clause.text)
        if not on_time or not _ALL_DONE.search(clause.text) or _EXCEPT.search(clause.text):
            continue
        seen.add(clause.sentence.quote)
        yield case.finding(
            "narrative_extended",
            f"正文称全部按时办结，统计表{tables.old.label(code)}为{written(extended)}件。请改正正文，或核对延期数。",
            f"The text says that all were concluded on time, but {written_en(extended)} were extended.",
            cells=[tables.old.path(code)],
            expected=0,
            found=extended,
            quote=clause.sentence.quote,
            place=clause.sentence.place,
        )


def nothing_means_zero(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    """未收到申请, 未发生行政复议: the table has 0 there (NAR.1)."""
    seen: set[str] = set()
    for clause in narrative.clauses:
        if not clause.own or clause.wide or clause.has_figure:
            continue
        match = _IS_ZERO.fullmatch(clause.text)
        if match is None and _STRONG_NOTHING.search(clause.text):
            match = _NOTHING.search(clause.text)
        if match is None or _NOT_A_CASE.search(clause.text):
            continue
        what = _NOTHING_AT_ALL.sub("", match["what"])
        for name in _denied(clause, what):
            figures = tables.of(name)
            if figures and figures[0].value > 0 and name not in seen:
                seen.add(name)
                check = "narrative_mismatch"
                if clause.topic == "remedies" and not clause.linked:  # perhaps of cases of any kind
                    check = "narrative_doubtful"
                yield _denial(case, clause, figures[0], check)


def nothing_carried_means_zero(
    case: Examination, narrative: Narrative, tables: TableFigures
) -> Iterator[Finding]:
    """无上年结转, 无结转下年度申请: the table has 0 there (NAR.1)."""
    if tables.old is not None:
        return
    seen: set[str] = set()
    for clause in narrative.clauses:
        if "转" not in clause.text or not clause.own or clause.wide or clause.topic != "requests":
            continue
        match = _NONE_CARRIED.search(clause.text)
        if match is None or _OPEN_ONES.search(match["of"]):
            continue
        named = clause.text[: match.end()]
        name = "carried"
        if _NEXT_YEAR.search(named) or f"{(case.report.year or 0) + 1}年" in named:
            name = "carried_forward"
        elif _LAST_YEAR.search(named) or f"{(case.report.year or 0) - 1}年" in named:
            name = "carried_in"
        figures = tables.of(name)
        if name in seen or not figures or any(figure.value == 0 for figure in figures):
            continue
        seen.add(name)
        yield _denial(
            case, clause, figures[0], "narrative_doubtful" if name == "carried" else "narrative_mismatch"
        )


def nothing_disclosed_on_request(
    case: Examination, narrative: Narrative, tables: TableFigures
) -> Iterator[Finding]:
    """依申请公开0件: none received, or nothing given; with requests received and granted it is neither."""
    for clause in narrative.clauses:
        if "依申请公开" not in clause.text or not clause.own or clause.wide:
            continue
        if not _NO_DISCLOSURE.search(clause.text):
            continue
        figures = [tables.of(name) for name in ("received_new", "concluded", "granted")]
        if all(found and found[0].value > 0 for found in figures):
            yield _denial(case, clause, figures[0][0], "narrative_doubtful")
            return


def _denied(clause: Clause, what: str) -> list[str]:
    """What a clause says there was none of: the last thing it names; words before tell its cause."""
    found = []
    if clause.linked_near and re.search("复议(?:之)?后", what):
        return ["after_reconsideration"]
    if clause.linked_near and "未经复议" in what:
        return ["direct_litigation"]
    if "复议" in what and clause.linked_near:
        found.append("reconsideration")
    if "诉讼" in what and clause.linked_near:
        found.append("litigation")
    if found or "复议" in clause.text or "诉讼" in clause.text:
        return found
    if (
        re.search("(?:信息公开|公开信息|公开)(?:的)?申请|依申请公开|申请公开|^(?:书面)?申请", what)
        and clause.topic == "requests"
    ):
        return ["received_new"]
    return []


def _denial(case: Examination, clause: Clause, figure: Figure, check: str) -> Finding:
    return case.finding(
        check,
        f"正文写“{clause.text}”，{figure.label}为{written(figure.value)}件，两者不一致。请核对台账，改正正文或表格。",
        f"The text says there were none; the table says {written_en(figure.value)}.",
        cells=figure.cells,
        expected=figure.value,
        found=0,
        quote=clause.sentence.quote,
        place=clause.sentence.place,
    )


def carried_over_is_in_the_table(
    case: Examination, narrative: Narrative, tables: TableFigures
) -> Iterator[Finding]:
    """FMT.T3.H: the text says that cases were carried over, the table has none."""
    forward = tables.of("carried_forward")
    if tables.old is not None or not forward or forward[0].value != 0:
        return
    for clause in narrative.clauses:
        if clause.topic != "requests" or not clause.own or clause.wide or clause.has_figure:
            continue
        if not _CARRIED.search(clause.text) or _NOT_CARRIED.search(clause.text):
            continue
        yield case.finding(
            "narrative_carried_over",
            f"正文称有申请结转下年度（“{clause.text}”），表三“四、结转下年度继续办理”为0。请核对。",
            "The text says that cases were carried over; the table has none.",
            cells=forward[0].cells,
            expected=None,
            found=0,
            quote=clause.sentence.quote,
            place=clause.sentence.place,
        )
        return
