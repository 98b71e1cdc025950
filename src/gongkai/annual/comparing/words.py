"""The words of a comparison in Chinese and English: the terminal and the page say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.forms import form
from gongkai.annual.report import Value
from gongkai.annual.sheet import printed_number
from gongkai.annual.sheet_words import word as sheet_word
from gongkai.wording.similarity import SHORTEST

if TYPE_CHECKING:
    from gongkai.annual.comparing import Comparison
    from gongkai.annual.comparing.figures import FigurePair
    from gongkai.annual.comparing.texts import SectionPair
    from gongkai.annual.report import Report

_WORDS = {
    "title": ("年度报告对比", "Two annual reports compared"),
    "counts": (
        "两份报告共有 {all} 个数字，{changed} 个不同。",
        "{all} figures in the two reports, {changed} of them differ.",
    ),
    "other_forms": (
        "两份报告的格式不同（2018年及以前是统计表），数字不能逐格对比。",
        "The two reports have other forms (up to 2018 a table of statistics): figures cannot be compared.",
    ),
    "across_none": (
        "跨年勾稽没有发现问题：上年结转、现行有效件数、未审结案件与上年报告衔接。",
        "Across the years nothing is wrong: carried in, in force and pending agree with last year's report.",
    ),
    "not_consecutive": (
        "两份报告的年份不相连，没有作跨年勾稽核对。",
        "The two years do not follow each other: sums across years were not checked.",
    ),
    "across": ("跨年核对和雷同", "Across the two reports"),
    "figures": ("不同的数字", "Figures that differ"),
    "no_figures": ("两份报告的数字完全相同。", "All figures are the same."),
    "cell": ("项目", "Cell"),
    "change": ("增减", "Change"),
    "percent": ("增减幅度", "Per cent"),
    "tables": ("统计表", "Tables"),
    "texts": ("文字", "Texts"),
    "section_counts": (
        "相同 {same} 句，改动 {changed} 句，删去 {left_out} 句，新增 {added} 句{copied}。",
        "{same} sentences kept, {changed} changed, {left_out} left out, {added} added{copied}.",
    ),
    "copied": (
        "；与前一份雷同{percent}（只有数字不同的也算，不足 {shortest} 字的短句不算）",
        "; {percent} of the text stands in the other report too (figures aside, sentences under {shortest} "
        "characters left out)",
    ),
    "percent_of": (" {percent}%", "{percent} %"),
    "under_one": ("不到 1%", "under 1 %"),
    "letters": ("甲乙", "AB"),
    "colon": ("：", ": "),
    "from_to": ("（{before} → {after}）", " ({before} → {after})"),
    "of_change": ("（{change}）", " ({change})"),
    "comma": ("，", ", "),
    "no_texts": ("两份报告都没有读到文字部分。", "Neither report has a text."),
    "same": ("相同", "Same"),
    "changed": ("改动", "Changed"),
    "left_out": ("删去", "Left out"),
    "added": ("新增", "Added"),
    "blank": ("空白", "blank"),
    "no_table": ("没有这张表", "no such table"),
    "absent": ("没有这一格", "no such cell"),
}
_SECTIONS_OF_OLD_REPORTS = {"other_section": ("其他部分", "Other sections")}


def word(key: str, lang: str, **values: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)


def counts(comparison: Comparison, lang: str) -> str:
    """How many figures there are and how many differ."""
    if not comparison.figures:
        return word("other_forms", lang)
    return word("counts", lang, all=len(comparison.figures), changed=len(comparison.changed))


def names(comparison: Comparison, lang: str) -> tuple[str, str]:
    """What each report is called beside the other: its year, or its organ, or its file."""
    before, after = comparison.before, comparison.after
    if comparison.same_organ and before.year != after.year:
        return _year(before, lang), _year(after, lang)
    if before.organ != after.organ:
        return before.organ or before.source, after.organ or after.source
    return before.source, after.source


def _year(report: Report, lang: str) -> str:
    if report.year is None:
        return report.source
    return f"{report.year}年" if lang == "zh" else str(report.year)


def heading(report: Report, lang: str) -> str:
    """`青石区人民政府 2024 年度报告`."""
    organ = report.organ or sheet_word("no_organ", lang)
    return sheet_word("report_of", lang, organ=organ, year=report.year or sheet_word("no_year", lang))


def figure(value: Value, path: str | None, lang: str) -> str:
    """A figure as printed; in words where there is none."""
    if path is None:
        return word("absent", lang)
    return word("blank", lang) if value is None else printed_number(value)


def change(pair: FigurePair) -> tuple[str, str]:
    """The change and its percentage, each with its sign; "" where there is none."""
    if pair.change is None:
        return "", ""
    sign = "+" if pair.change > 0 else ""
    percent = "" if pair.percent is None else f"{sign}{pair.percent}%"
    return f"{sign}{printed_number(pair.change)}", percent


def section_name(code: str, lang: str) -> str:
    if code in _SECTIONS_OF_OLD_REPORTS:
        return _SECTIONS_OF_OLD_REPORTS[code][0 if lang == "zh" else 1]
    labels = dict(form("2021").sections)
    return labels.get(code, code) if lang == "zh" else code.replace("_", " ").capitalize()


def section_counts(section: SectionPair, lang: str) -> str:
    """How many sentences stayed, changed, went and came; headings are none."""
    counts = dict.fromkeys(("same", "changed", "left_out", "added"), 0)
    for sentence in section.sentences:
        if not sentence.heading:
            counts[sentence.kind.value] += 1
    return word("section_counts", lang, copied=_copied(section, lang), **counts)


def _copied(section: SectionPair, lang: str) -> str:
    """The share that was copied; nothing where no sentence is long enough to tell."""
    if not section.comparable:
        return ""
    percent = word("percent_of", lang, percent=round(section.copied * 100))
    if 0 < section.copied < 0.01:
        percent = word("under_one", lang)
    return word("copied", lang, percent=percent, shortest=SHORTEST)


def across(comparison: Comparison, lang: str) -> str | None:
    """What to say where nothing across the two reports was found; None where something was."""
    if not comparison.same_organ or comparison.findings:
        return None
    return word("across_none" if comparison.years else "not_consecutive", lang)
