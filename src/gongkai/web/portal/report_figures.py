"""The figures and charts above an annual report, each with the sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.annual.markup import Html
from gongkai.web.annual_reports.archive import charts
from gongkai.web.annual_reports.archive.charts import Named
from gongkai.web.annual_reports.archive.figures import OUTCOMES, RESULTS, KeyFigures
from gongkai.web.annual_reports.archive.queries import Archived

MOST_YEARS = 8  # columns that a small chart has room for


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in large type; `change`: what became of it since the year before, in words."""

    words: str
    number: str
    unit: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, its sentence, and the same in a table: heads and rows, each with its own head first."""

    key: str
    title: str
    words: str
    drawing: Html
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def four_figures(shown: Archived, before: Archived | None) -> list[Figure]:
    """What a reader wants to know first: received, concluded, granted, challenged."""
    now, then = shown.figures, before.figures if before else KeyFigures({})
    found = [
        (_("收到申请"), now.number("received"), then.number("received")),
        (_("本年办结"), now.number("concluded"), then.number("concluded")),
        (_("予以公开（含部分公开）"), now.public, then.public),
        (_("行政复议和行政诉讼"), now.challenges, then.challenges),
    ]
    return [
        Figure(words, _written(number), _("件") if number is not None else "", _changed(number, earlier))
        for words, number, earlier in found
    ]


def sums(reports: Sequence[Archived]) -> list[Figure]:
    """The same of several organs together, and how many of them have reported."""
    read = [one.figures for one in reports if one.is_read]
    granted = [one.public for one in read]
    challenged = [one.challenges for one in read]
    found = (
        (_("已公布报告的机关"), [1 for _one in reports], _("个")),
        (_("收到申请"), [_whole(one, "received") for one in read], _("件")),
        (_("予以公开（含部分公开）"), granted, _("件")),
        (_("行政复议和行政诉讼"), challenged, _("件")),
    )
    return [Figure(words, f"{sum(n for n in some if n is not None):,}", unit) for words, some, unit in found]


def three_charts(shown: Archived, archive: Sequence[Archived]) -> list[Chart]:
    """Received by year, outcomes, reconsideration and litigation; one with nothing to show is left out."""
    made = [_received(shown, archive), _outcomes(shown), _challenges(shown)]
    return [one for one in made if one is not None]


def _received(shown: Archived, archive: Sequence[Archived]) -> Chart | None:
    years = sorted((one for one in archive if one.is_read), key=lambda one: one.year)
    upto = [one for one in years if one.year <= shown.year][-MOST_YEARS:]
    later = [one for one in years if one.year > shown.year][: MOST_YEARS - len(upto)]
    points = [(str(one.year), _whole(one.figures, "received")) for one in (*upto, *later)]
    known = [(year, value) for year, value in points if value is not None]
    if not known:
        return None
    title = _("历年收到的申请")
    facts = {
        "first": known[0][0],
        "last": known[-1][0],
        "from": f"{known[0][1]:,}",
        "to": f"{known[-1][1]:,}",
    }
    if len(known) == 1:
        words = _("%(last)s年收到申请%(to)s件。") % facts
    else:
        words = _("%(first)s年收到申请%(from)s件，%(last)s年收到%(to)s件。") % facts
    drawing = charts.columns(Named("chart-received", title, words), points, str(shown.year))
    return Chart("received", title, words, drawing, (_("年度"), _("收到申请（件）")), _rows(points))


def _outcomes(shown: Archived) -> Chart | None:
    points = [(words, _whole(shown.figures, code)) for code, words in outcome_names().items()]
    known = [(words, value) for words, value in points if value is not None]
    total = sum(value for _, value in known)
    if not known:
        return None
    title = _("办理结果")
    if total:
        words, most = max(known, key=lambda one: one[1])
        facts = {
            "total": f"{total:,}",
            "outcome": words,
            "n": f"{most:,}",
            "share": round(100 * most / total),
        }
        said = _("答复申请%(total)s件，最多的是“%(outcome)s”，%(n)s件，占%(share)s%%。") % facts
    else:
        said = _("这一年没有答复申请。")
    drawing = charts.bars(Named("chart-outcomes", title, said), known)
    return Chart("outcomes", title, said, drawing, (_("结果"), _("件数")), _rows(known))


def _challenges(shown: Archived) -> Chart | None:
    rows: list[tuple[str, int | None, int | None]] = []
    for code, words in result_names().items():
        reviewed = _whole(shown.figures, f"reconsideration.{code}")
        sued = _whole(shown.figures, f"litigation.{code}")
        if reviewed is not None or sued is not None:
            rows.append((words, reviewed, sued))
    if not rows:
        return None
    title = _("行政复议和行政诉讼")
    names = (_("行政复议"), _("行政诉讼"))
    both = [sum(row[1] or 0 for row in rows), sum(row[2] or 0 for row in rows)]
    facts = {"reviewed": f"{both[0]:,}", "sued": f"{both[1]:,}"}
    corrected = sum(
        _whole(shown.figures, f"{way}.corrected") or 0 for way in ("reconsideration", "litigation")
    )
    if sum(both):
        said = _("因政府信息公开被申请行政复议%(reviewed)s件、被提起行政诉讼%(sued)s件，") % facts
        said += _("其中被纠正%(n)s件。") % {"n": f"{corrected:,}"}
    else:
        said = _("没有因政府信息公开被申请行政复议或者被提起行政诉讼。")
    drawing = charts.paired_bars(Named("chart-challenges", title, said), rows, names)
    table = [(words, _written(reviewed), _written(sued)) for words, reviewed, sued in rows]
    return Chart("challenges", title, said, drawing, (_("结果"), *names), table)


def outcome_names() -> dict[str, str]:
    """Codes of outcomes with their words, in the order of table 3."""
    words = (_("予以公开"), _("部分公开"), _("不予公开"), _("无法提供"), _("不予处理"), _("其他处理"))
    return dict(zip(OUTCOMES, words, strict=True))


def result_names() -> dict[str, str]:
    """Codes of results with their words, in the order of table 4."""
    words = (_("结果维持"), _("结果纠正"), _("其他结果"), _("尚未审结"))
    return dict(zip(RESULTS, words, strict=True))


def _whole(figures: KeyFigures, name: str) -> int | None:
    found = figures.number(name)
    return None if found is None else int(found)


def _rows(points: Sequence[tuple[str, int | None]]) -> list[tuple[str, str]]:
    return [(words, _written(value)) for words, value in points]


def _written(number: object) -> str:
    return "—" if number is None else f"{number:,}"


def _changed(now: object, then: object) -> str:
    """`比上年增加 3`; nothing where either is not known."""
    if not isinstance(now, int) or not isinstance(then, int):
        return ""
    if now == then:
        return _("与上年持平")
    facts = {"n": f"{abs(now - then):,}"}
    return _("比上年增加%(n)s件") % facts if now > then else _("比上年减少%(n)s件") % facts
