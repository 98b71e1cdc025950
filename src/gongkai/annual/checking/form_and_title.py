"""The report's outer form: title, form of the year, the six sections, numbering (FMT.2.1, 2.6, S1 to S6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.forms import form, form_for_year
from gongkai.annual.forms.english import english_section
from gongkai.annual.interpreting.organ_names import HAN
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import compact

_YEAR = re.compile(r"20\d\d年?度?|二[〇○零]..年?度?")
_SUBJECT = re.compile(r"(?:政府|政务)?信息公开.*|政务公开.*")
_ORGAN_WORDS = re.compile(rf"[{HAN}]{{2,}}")
_FULL_NAME_END = re.compile(
    "(?:人民政府|办事处|委员会|办公[室厅]|局|厅|委|中心|队|署|院|所|站|会|办|处|公司|银行|社|馆|部|校|学)$"
)
_NUMERALS = " 一二三四五六"
_LENGTHS_APART = 2  # a slip of the pen adds or drops a character or two
_LIKE = 0.6  # share of a label's characters that a misprint keeps, at least
_FRAGMENT = 3  # sections missing: rather a piece of a report than a report with gaps
Heading = tuple[str, str, Place]
_HAN, _PAREN_HAN, _ARABIC, _PAREN_ARABIC = "一、", "（一）", "1.", "（1）"
_NUMBER_STYLES = (
    (_HAN, re.compile(r"第?[一二三四五六七八九十]{1,3}[、.:]")),
    (_PAREN_HAN, re.compile(r"\([一二三四五六七八九十]{1,3}\)")),
    (_PAREN_ARABIC, re.compile(r"\(\d{1,2}\)")),
    (_ARABIC, re.compile(r"\d{1,2}[、.:](?!\d)")),
)


@serves("title_incomplete", "title_organ_short")
def title_names_organ_and_year(case: Examination) -> Iterator[Finding]:
    """Title pattern: organ + year + 政府信息公开工作年度报告 (LAW.md 2.1)."""
    report = case.report
    if report.title is None and not report.lines and not report.sections:
        return  # tables alone, from json: nothing was printed
    title = case.title
    missing = []
    name = _SUBJECT.sub("", _YEAR.sub("", title))
    name = re.sub(r"^(?:关于|现将|附件\d*:?)|[《》()]|年度?$|关于$", "", name)
    if not _ORGAN_WORDS.search(name):
        missing.append("机关名称")
    if not _YEAR.search(title):
        missing.append("年份")
    if not title:
        zh, en = "没有找到报告标题", "The report has no title"
    else:
        zh, en = f"标题“{report.title}”缺少{'和'.join(missing)}", f"The title “{report.title}” is incomplete"
    if missing:
        wanted = f"{report.organ or '机关全称'}{report.year or '××××'}年政府信息公开工作年度报告"
        yield case.finding(
            "title_incomplete",
            f"{zh}。标题应为“机关名称＋年份＋政府信息公开工作年度报告”，如“{wanted}”。",
            f"{en}: it should name the organ and the year.",
            quote=report.title,
        )
        return
    organ = report.organ or ""
    if organ.endswith(("人民政府", "办事处")) and not _FULL_NAME_END.search(name):
        yield case.finding(
            "title_organ_short",
            f"标题“{report.title}”中的机关名称不是全称，建议写作“{organ}”。",
            f"The title shortens the organ's name, “{organ}”.",
            quote=report.title,
        )


@serves("wrong_form", "single_other_row")
def form_is_that_of_the_year(case: Examination) -> Iterator[Finding]:
    """LAW.md 2.6: 2021 on the form of 2021; 2019 and 2020 that of 2019; before that the statistics table."""
    report = case.report
    if report.year is None or report.form is None:
        return
    wanted = form_for_year(report.year)
    if report.form != wanted:
        yield case.finding(
            "wrong_form",
            f"{report.year}年度的报告应使用{form(wanted).name}（{form(wanted).source}），本报告使用的是"
            f"{form(report.form).name}。请换用当年的格式。",
            f"A report for {report.year} uses form {wanted}; this one is in form {report.form}.",
        )
    elif report.form == "2021" and "other" in (report.requests or {}):
        yield case.finding(
            "single_other_row",
            "表三“（六）其他处理”只有一行。2021年格式分为“1.申请人无正当理由逾期不补正”“2.逾期未按收费通知要求缴纳费用”"
            "“3.其他”三行，请分项填报。",
            "Table 3 has one row for other outcomes; form 2021 has three.",
            cells=["requests.other.total"],
        )


@serves("label_misprinted")
def labels_are_those_of_the_form(case: Examination) -> Iterator[Finding]:
    """Labels of rows and columns printed otherwise than in the form, as met while reading."""
    met = [(words, place) for kind, words, place in case.report.remarks if kind == "misprint"]
    if not met:
        return
    printed = dict.fromkeys("".join(label.split()) for label, _ in met)
    words = "、".join(
        f"“{label}”（格式为“{right}”）" if (right := _label_of_the_form(case, label)) else f"“{label}”"
        for label in printed
    )
    yield case.finding(
        "label_misprinted",
        f"表格中有与格式不同的行名或列名：{words}。格式中的文字不得改动，请照格式更正。",
        f"Labels of the tables differ from the form: {words}.".replace("、", ", ")
        .replace("（格式为", " (in the form ")
        .replace("）", ")"),
        quote=met[0][0],
        place=met[0][1],
    )


def _label_of_the_form(case: Examination, printed: str) -> str:
    """The label of the form that is most like a misprinted one; "" where none is like it."""
    plain = compact(printed)
    best, share = "", _LIKE
    for label, characters in _labels(case.form.code):
        if abs(len(label) - len(plain)) > _LENGTHS_APART:
            continue
        kept = len(characters.intersection(plain)) / len(characters)
        if kept >= share and (kept > share or not best):
            best, share = label, kept
    return best


@cache
def _labels(code: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Every label that a form prints, with its characters."""
    the_form = form(code)
    labels = [column.label for block in the_form.proactive for column in block.columns]
    labels += [row.label for block in the_form.proactive for row in block.rows]
    labels += [row.printed for row in the_form.rows] + [row.label for row in the_form.rows]
    labels += [one.label for one in (*the_form.columns, *the_form.remedy_columns, *the_form.remedy_groups)]
    labels += [row.label for row in the_form.statistics]
    return tuple((label, frozenset(label)) for label in dict.fromkeys(labels))


@serves(
    "sections_missing_many",
    "section_missing_overview",
    "section_missing_proactive",
    "section_missing_requests",
    "section_missing_remedies",
    "section_missing_problems",
    "section_missing_other_matters",
    "section_heading_unclear",
    "sections_out_of_order",
)
def six_sections_in_order(case: Examination) -> Iterator[Finding]:
    """FMT.S1 to S6: the six sections of the form, none missing, in their order."""
    report = case.report
    if not report.headings or case.form.code == "2014":
        return
    codes = [code for code, _, _ in _first_level(report.headings)]
    present = set(codes) | {code for code, text in report.sections.items() if text.strip()}
    present |= {name for name in ("proactive", "requests", "remedies") if getattr(report, name)}
    unclear = {code: words for code in _TRACES if code not in present and (words := _trace(case, code))}
    present |= set(unclear)
    missing = [label for code, label in case.form.sections if code not in present]
    if len(missing) >= _FRAGMENT:
        yield case.finding(
            "sections_missing_many",
            f"没有找到{'、'.join(f'“{label}”' for label in missing)}{len(missing)}个部分，文件可能不完整。"
            f"请提供报告全文；确实没有的请补写。",
            f"{len(missing)} of the six sections are missing: the file may be a fragment.",
        )
    for number, (code, label) in enumerate(case.form.sections, 1):
        if code not in present and len(missing) < _FRAGMENT:
            yield case.finding(
                f"section_missing_{code}",
                f"没有找到第{_NUMERALS[number]}部分“{label}”。六个部分由《条例》第五十条和格式规定，缺一不可，请补写。",
                f"Section {number} ({english_section(code)}) is missing: it is required.",
            )
        elif code in unclear:
            yield case.finding(
                "section_heading_unclear",
                f"没有找到第{_NUMERALS[number]}部分“{label}”的标题，但正文有这方面的文字（“{unclear[code]}”）。"
                f"请按格式单列标题。",
                f"Section {number} ({english_section(code)}) has no heading of its own, though the text "
                f"speaks of its matter.",
            )
    yield from _out_of_order(case, codes)


def _out_of_order(case: Examination, codes: list[str]) -> Iterator[Finding]:
    order = [code for code, _ in case.form.sections]
    ranks = [order.index(code) for code in codes if code in order]
    if ranks != sorted(ranks):
        words = "、".join(heading.strip() for _, heading, _ in case.report.headings)
        yield case.finding(
            "sections_out_of_order",
            f"各部分的顺序与格式不同：{words}。"
            f"请按“{'、'.join(label for _, label in case.form.sections)}”排列。",
            "The sections do not stand in the order of the form.",
        )


@serves("numbering_mixed")
def numbering_is_of_one_style(case: Examination) -> Iterator[Finding]:
    """Section headings are numbered 一、二、…; inside a section one style a level."""
    report = case.report
    headings = _first_level(report.headings)
    styles = {style for _, heading, _ in headings if (style := _style(heading))}
    if len(styles) > 1 and case.form.code != "2014":
        words = "、".join(heading.strip() for _, heading, _ in headings)
        yield case.finding(
            "numbering_mixed",
            f"各部分标题的序号不统一（{words}）。一级标题统一用“一、二、三、”。",
            "The section headings are numbered in different styles.",
            quote=headings[0][1],
            place=headings[0][2],
        )
    within: dict[str, dict[str, str]] = {}
    for line in case.plain_lines:
        if line.section == "front" or not line.plain.startswith("("):
            continue
        if (style := _style(line.plain[:_NUMBER_LENGTH])) in (_PAREN_HAN, _PAREN_ARABIC):
            within.setdefault(line.section, {}).setdefault(style, line.text[:20])
    for section, seen in within.items():
        first_arabic = seen.get(_PAREN_ARABIC, "")
        if len(seen) == 2 and not re.match(r"[(（]\s*[1１]", first_arabic):
            yield _mixed_within(case, section, list(seen.values()))


# Words that tell that a section is there without its heading.
_TRACES = {
    "overview": re.compile("主动公开[^。]{0,20}"),
    "problems": re.compile(
        "(?:存在|主要)(?:的)?(?:主要)?(?:问题|不足)|问题(?:和|及|与|、)(?:不足|改进)|不足之处"
    ),
    "other_matters": re.compile("其他需要报告|收费通知|信息处理费"),
}


def _trace(case: Examination, code: str) -> str:
    """Words of a section whose heading was not found; "" where there are none."""
    text = case.section_text("front") if code == "overview" else case.text
    found = _TRACES[code].search(text)
    return found.group() if found else ""


def _mixed_within(case: Examination, section: str, examples: list[str]) -> Finding:
    label = dict(case.form.sections).get(section, section)
    words = "、".join(f"“{example.strip()}…”" for example in examples)
    return case.finding(
        "numbering_mixed",
        f"“{label}”中“（一）”与“（2）”两种序号混用（{words}）。同一层次统一用“（一）（二）（三）”。",
        "Two styles of numbering are mixed inside a section.",
        quote=examples[-1],
    )


def _first_level(headings: list[Heading]) -> list[Heading]:
    """Headings of the sections: （三） among 一、二、 is a heading inside a section."""
    first = [heading for heading in headings if _style(heading[1]) not in (_PAREN_HAN, _PAREN_ARABIC)]
    return first if len(first) >= len(headings) - len(first) else headings


_NUMBER_LENGTH = 12  # characters, spaces among them, in which the number of a heading stands


@lru_cache(maxsize=256)  # the headings of most reports are those of the form
def _style(text: str) -> str:
    plain = compact(text[:_NUMBER_LENGTH])
    return next((name for name, pattern in _NUMBER_STYLES if pattern.match(plain)), "")
