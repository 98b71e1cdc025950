"""Documents, decisions and published items in the text, against table 2 and the statistics table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import plus, written, written_en
from gongkai.annual.checking.narrative.sentences import clauses_of
from gongkai.annual.checking.narrative.vocabulary import number_of, vocabulary
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.checking.statistics import Statistics
from gongkai.annual.findings import Finding
from gongkai.annual.forms.english import english_column, english_row
from gongkai.documents.intermediate import Place

_DIGIT = re.compile("[0-9]")
# Sentences worth reading closer.
_OF_DECISIONS = re.compile("主动公开|处罚|执法|许可|强制")
_OF_DOCUMENTS = re.compile("规范性文件")
_OF_CHANNELS = re.compile("网|微信|微博|公众号")
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+|[一二两三四五六七八九十百]{1,5})(?P<rough>余|多|几)?"
# 制定 or 制发 and nothing else: 公开, 发布, 清理, 解读 n 件规范性文件 are other figures.
_ISSUED = re.compile(
    rf"(?:制定|制发|新制定|新制发)(?:的)?(?:行政)?规范性文件(?:共|共计|共有|数为|为)?{_NUMBER}[件个份部]"
)
_REPEALED = re.compile(rf"废止(?:的)?(?:行政)?规范性文件(?:共|共计|为)?{_NUMBER}[件个份部]")
_IN_FORCE = re.compile(rf"现行有效(?:的)?(?:行政)?规范性文件(?:共|共计|共有|为)?{_NUMBER}[件个份部]")
_DOCUMENTS = (
    ("issued", "本年制发件数", _ISSUED, "narrative_mismatch"),
    ("repealed", "本年废止件数", _REPEALED, "narrative_doubtful"),
    ("in_force", "现行有效件数", _IN_FORCE, "narrative_doubtful"),
)
_ANOTHER_SCOPE = re.compile(
    "名义|各|全[省市县区]|审查|备案|起草|修改|修订|拟|计划|提请|报送|牵头|以上|解读|草案|涉及|部门|同比|较"
)
_DECISIONS = (
    ("penalties", "行政处罚", re.compile(rf"(?:处罚|执法(?!案卷))[^,，。;0-9]{{0,12}}{_NUMBER}[件条项宗起]")),
    ("licences", "行政许可", re.compile(rf"许可[^,，。;0-9]{{0,12}}{_NUMBER}[件条项宗起]")),
    ("compulsory_measures", "行政强制", re.compile(rf"强制[^,，。;0-9]{{0,12}}{_NUMBER}[件条项宗起]")),
)
_MADE_PUBLIC = re.compile("公开|公示|作出|做出")
_PUBLISHED = re.compile(rf"(?:主动公开)[^,，。;0-9]{{0,16}}(?:信息)?[^,，。;0-9]{{0,4}}?{_NUMBER}[条件]")


@serves("narrative_decisions", "proactive_equals_decisions")
def published_items_and_decisions(case: Examination) -> Iterator[Finding]:
    """Items published are not decisions made: table 2 counts every decision, published or not."""
    report = case.report
    if report.proactive is None or case.form.code != "2021":
        return
    yield from _documents(case)
    paths = [f"proactive.{code}" for code, _, _ in _DECISIONS]
    values = [case.number(path) for path in paths]
    if None in values:
        return
    decisions = sum(value or 0 for value in values)
    several = sum(1 for value in values if value) > 1
    for quote, text, place in _sentences(case, _OF_DECISIONS):
        match = _PUBLISHED.search(text)
        if match and several and number_of(match["number"]) == decisions:
            yield case.finding(
                "proactive_equals_decisions",
                f"正文写主动公开{written(decisions)}条，正好是表二处理决定数量之和"
                f"{plus(v for v in values if v)}＝{written(decisions)}。表二统计全部处理决定，"
                f"不论是否公开；主动公开条数应按实际公开的信息统计，请核对。",
                f"Items published, {written_en(decisions)}, equal the sum of decisions in table 2, which "
                f"counts all decisions, published or not.",
                cells=[path for path, value in zip(paths, values, strict=True) if value],
                expected=None,
                found=decisions,
                quote=quote,
                place=place,
            )
        yield from _decisions(case, quote, text, place)


def _decisions(case: Examination, quote: str, text: str, place: Place | None) -> Iterator[Finding]:
    for code, label, pattern in _DECISIONS:
        match = pattern.search(text)
        value = case.number(f"proactive.{code}")
        if match is None or match["rough"] or value is None or not _MADE_PUBLIC.search(text[: match.end()]):
            continue
        stated = number_of(match["number"])
        if stated is None or stated in (0, value) or (value == 0 and code != "penalties"):
            continue
        if not _is_this_year(case, text[: match.end()]):
            continue
        yield case.finding(
            "narrative_decisions",
            f"正文写“{match.group()}”，表二“{label}”处理决定为{written(value)}件。两者统计的对象可能不同，请确认口径。",
            f"The text says {stated}; table 2 has {written_en(value)} decisions "
            f"({english_row('proactive', code)}): another object?",
            cells=[f"proactive.{code}"],
            expected=value,
            found=stated,
            quote=quote,
            place=place,
        )


def _documents(case: Examination) -> Iterator[Finding]:
    for quote, text, place in _sentences(case, _OF_DOCUMENTS):
        for clause, _ in clauses_of(text):
            for code, label, pattern, check in _DOCUMENTS:
                match = pattern.search(clause)
                path = f"proactive.normative_documents.{code}"
                value = case.number(path)
                if match is None or match["rough"] or value is None:
                    continue
                stated = number_of(match["number"])
                if stated is None or stated == value or _ANOTHER_SCOPE.search(clause):
                    continue
                if not _is_this_year(case, text[: text.find(clause) + match.end()]):
                    continue
                yield case.finding(
                    check,
                    f"正文写“{match.group()}”，表二“行政规范性文件”的“{label}”为{written(value)}件，两者不一致。"
                    f"请核对（表二应与司法行政部门的备案数一致）。",
                    f"The text says {stated} normative documents {english_column('proactive', code)}; "
                    f"table 2 says {written_en(value)}.",
                    cells=[path],
                    expected=value,
                    found=stated,
                    quote=quote,
                    place=place,
                )


def _is_this_year(case: Examination, text: str) -> bool:
    words = vocabulary(case.report.year)
    years = set(re.findall(r"(20\d\d)(?=年|-|—|至)", text))
    return not (years - {str(case.report.year)}) and not words.other_period.search(text)


def _sentences(case: Examination, wanted: re.Pattern[str]) -> Iterator[tuple[str, str, Place | None]]:
    for line in case.plain_lines:
        if not wanted.search(line.plain) or not _DIGIT.search(line.plain):
            continue
        for quote, text in line.sentences():
            if wanted.search(text) and _DIGIT.search(text):
                yield quote, text, line.place


# Form 2014: channel of publication -> words of the text
_CHANNELS = (
    ("channels.website", "政府网站", re.compile("网(?!络|上|友|民|格)|专栏|门户")),
    ("channels.wechat", "政务微信", re.compile("微信|公众号")),
    ("channels.weibo", "政务微博", re.compile("微博")),
)
_ITEMS = re.compile(rf"(?:公开|发布|新增|更新|推送|刊发)[^,，。;0-9]{{0,14}}?(?:共|共计)?{_NUMBER}[条篇]")
_PARTIAL = re.compile("其中|类|方面|领域|栏目|重点|依申请|专题|解读|部门|各|累计|留言|回应")


@serves("narrative_channel", "narrative_channel_doubtful")
def channels_of_the_old_form(case: Examination) -> Iterator[Finding]:
    """Form 2014: items the text says were published on a channel, against the row of that channel."""
    if not case.report.statistics:
        return
    table = Statistics(case)
    for quote, text, place in _sentences(case, _OF_CHANNELS):
        for clause, _ in clauses_of(text):
            match = _ITEMS.search(clause)
            if match is None or match["rough"] or _PARTIAL.search(clause):
                continue
            channels = [entry for entry in _CHANNELS if entry[2].search(clause)]
            if len(channels) != 1:
                continue
            code, label, _ = channels[0]
            stated, value = number_of(match["number"]), table.number(code)
            if stated is None or value is None or stated == value or not _is_this_year(case, text):
                continue
            yield case.finding(
                "narrative_channel" if value == 0 else "narrative_channel_doubtful",
                f"正文写通过{label}发布{written(stated)}条，统计表{table.label(code)}为{written(value)}条，两者不一致。"
                f"请核对。",
                f"The text says {stated} {english_row('statistics', code)}; "
                f"the table says {written_en(value)}.",
                cells=[table.path(code)],
                expected=value,
                found=stated,
                quote=quote,
                place=place,
            )
