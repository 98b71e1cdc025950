"""Invented text for the sections of a report, with figures in it that belong to no table."""

from __future__ import annotations

from random import Random
from typing import Any

# {o} organ, {y} year, {p} the year before, {a} {b} {c} figures.
_FRONT = (
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条规定，编制本报告。",
    "本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。联系电话：0000-555{a:04d}，邮编：{b:06d}。",
    "如对本报告有疑问，请与{o}联系（地址：云栖路{a}号{c}室，电话：0000-5550{c:03d}）。",
)
_TEXT: dict[str, tuple[str, ...]] = {
    "overview": (
        "（一）主动公开。{y}年，我单位通过网站公开信息{a}条，政务新媒体{b}条，其中规章0件、规范性文件{c}件。",
        "（二）依申请公开。全年收到申请{a}件，上年结转{c}件，予以公开{b}件，部分公开{c}件，不予公开0件。",
        "（三）政府信息管理。修订制度{c}项，按照第20条、第21条规定清理文件{b}份，三审三校{a}次。",
        "（四）平台建设。网站访问量{a}万次，栏目{b}个，全年检查{c}次，可用率99.{c}%。",
        "（五）监督保障。召开会议{c}次，培训{c}期{b}人次，考核得分9{c}.5分，未发生责任追究情形。",
        "1.组织领导。调整领导小组，组长1名，成员{b}名。",
    ),
    "problems": (
        "存在的主要问题：一是{p}年反映的{c}个问题整改还不彻底；二是培训不够，全年仅{c}次。",
        "改进情况：1.加强学习，计划{n}年培训{c}次；2.完善制度，3月底前修订{c}项制度；3.压实责任。",
        "（一）主动公开的深度不够，{y}年政策解读仅{b}篇。（二）队伍力量薄弱，专职人员{c}名。",
    ),
    "other_matters": (
        "{y}年没有其他需要报告的事项。",
        "全年办理人大代表建议{b}件、政协提案{c}件，均已按期答复。",
    ),
    "plain": (
        "{y}年，我单位认真贯彻条例第9条至第12条规定，公开信息{a}条，比{p}年增加{b}条，增长{c}%。",
        "全年受理申请{c}件，其中当面申请1件、网络申请{b}件，按时办结{c}件，复议0件，诉讼0件。",
        "设置查阅点{c}个，接待群众{b}人次，热线12345转办{a}件，咨询电话0000-5550{c:03d}。",
    ),
    "figures": (
        "{y}年共收到申请{a}件，上年结转{c}件，办结{b}件，结转下年度{c}件。",
        "全年作出行政许可{a}件、行政处罚{b}件、行政强制{c}件，收费{b}.{c}万元，制发规范性文件{c}件。",
        "行政复议{c}件，行政诉讼{c}件，结果维持{c}件，尚未审结0件（截至{y}年12月31日）。",
        "以下数据统计截至{y}年12月31日24时，共{c}张表。",
    ),
}
_FEES = (
    "本单位依据《政府信息公开信息处理费管理办法》收取信息处理费，{y}年发出收费通知的件数为{notices}件，"
    "总金额为{charged_yuan}元，实际收取的总金额为{collected_yuan}元。",
    "{y}年发出信息处理费收费通知{notices}件，总金额{charged_yuan}元，实际收取总金额{collected_yuan}元。",
)


def narrative(
    report: dict[str, Any], rng: Random, figures_before_tables: bool = False
) -> dict[str, list[str]]:
    """Paragraphs by section code ("front" and the form's sections; "plain" for form 2014).

    `figures_before_tables` puts sentences full of figures right before the tables of sections 2 to 4.
    """
    text = {"front": _some(_FRONT, report, rng, 0, 2)}
    if report["form"] == "2014":
        return text | {"plain": [_fill(s, report, rng) for s in _TEXT["plain"]]}
    for code in ("overview", "problems", "other_matters"):
        text[code] = _some(_TEXT[code], report, rng, 1, len(_TEXT[code]))
    for code in ("proactive", "requests", "remedies"):
        text[code] = _some(_TEXT["figures"], report, rng, 1, 2) if figures_before_tables else []
    fees = report.get("processing_fees")
    if fees:
        text["other_matters"].insert(0, rng.choice(_FEES).format(y=report["year"], **fees))
    return text


def _some(
    sentences: tuple[str, ...], report: dict[str, Any], rng: Random, least: int, most: int
) -> list[str]:
    chosen = sorted(rng.sample(range(len(sentences)), rng.randint(least, most)))
    return [_fill(sentences[i], report, rng) for i in chosen]


def _fill(sentence: str, report: dict[str, Any], rng: Random) -> str:
    year = report["year"]
    return sentence.format(
        o=report["organ"], y=year, p=year - 1, n=year + 1,
        a=rng.randint(10, 4000), b=rng.randint(1, 300), c=rng.randint(1, 9),
    )  # fmt: skip
