"""The archive of annual reports: a year's report as figures, charts, tables and text; files; two years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai import __version__
from gongkai.annual.comparing.figures import figure_pairs
from gongkai.annual.report import Report
from gongkai.annual.sheet import printed_number
from gongkai.annual.writing import FORMATS
from gongkai.documents import DocumentError
from gongkai.web.annual_reports import reading
from gongkai.web.annual_reports.archive import queries as archive
from gongkai.web.annual_reports.archive.parts import cell_words, parts
from gongkai.web.annual_reports.archive.queries import Archived
from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Attachment, Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import errors, faces, queries, record_queries
from gongkai.web.portal.addresses import organ_address, own_organ, record_address
from gongkai.web.portal.answering import CACHE_CONTROL, FILE_POLICY, page
from gongkai.web.portal.filters import REPORTS, Place, column_name
from gongkai.web.portal.report_figures import four_figures, outcome_names, three_charts

_FEW = 20  # cases
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
OFFERED = ("docx", "pdf", "xlsx", "csv", "json")
_CALLED = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}
_A_DAY = 24 * 3600
_MOST_KEPT = 2_000_000  # bytes of a written file that are kept in memory


@require_safe
def report_page(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """An organ's report of a year. 3 queries; 4 where it could not be read."""
    organ = _organ(code)
    found = archive.report_of(organ.pk, year)
    every = archive.reports_of(organ.pk)
    if found is None or not found.is_read:
        return _unread(request, organ, year, every, found)
    report, lang = found.report(), short_language(request)
    before = _of(every, year - 1)
    context = {
        **_face(organ, year, every),
        "title": _title(organ, year),
        "report_title": report.title or "",
        "figures": four_figures(found, before),
        "charts": three_charts(found, every),
        "parts": parts(report, lang),
        "form_year": found.row.form,
        "source": found.row.source,
        "files": _files(organ, year),
        "record_address": record_address(organ.code, found.row.record_id),
        "published_on": found.row.record.published_at,
        "compare_address": _address("report_compare", organ, year) if before and before.is_read else "",
        "year_before": year - 1,
        "others_address": "" if own_organ.get() else reverse("portal:reports_of_year", args=[year]),
        "year": year,
    }
    return page(request, "portal/report.html", context)


@require_safe
def report_file(request: HttpRequest, code: str, year: int, ending: str) -> HttpResponse:
    """The report written as a file, in the layout of its form. 2 queries."""
    if ending not in OFFERED or ending not in FORMATS:
        raise Http404
    organ = _organ(code)
    found = archive.report_of(organ.pk, year)
    if found is None or not found.is_read:
        raise Http404
    etag = f'"{found.row.version_id}-{found.row.pk}-{ending}-{__version__}"'
    name = f"{organ.name}{year}年政府信息公开工作年度报告.{ending}"

    def described(response: HttpResponse) -> HttpResponse:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = CACHE_CONTROL
        response.headers["Content-Security-Policy"] = FILE_POLICY
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        return response

    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return described(unchanged)
    try:
        content = _written(found, ending)
    except DocumentError as stopped:
        return errors.problem(request, 503, _("没有完成"), stopped.message(short_language(request)))
    return described(HttpResponse(content, content_type=_MEDIA_TYPES[ending]))


@require_safe
def compare_page(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A year's figures beside those of the year before. 4 queries."""
    organ, lang = _organ(code), short_language(request)
    every = archive.reports_of(organ.pk)
    after, before = archive.report_of(organ.pk, year), archive.report_of(organ.pk, year - 1)
    if after is None or before is None or not (after.is_read and before.is_read):
        raise Http404
    pairs = list(figure_pairs(before.report(), after.report()))
    changed = [one for one in pairs if one.before != one.after]
    said = after.report()
    below = Tab(_("与上年对比"), "", is_current=True)
    context = {
        **_face(organ, year, every, below),
        "title": _("%(year)s年与%(before)s年年度报告对比") % {"year": year, "before": year - 1},
        "year": year,
        "year_before": year - 1,
        "rows": [_pair(one, said, before.report(), lang) for one in changed],
        "same": len(pairs) - len(changed),
        "other_form": not pairs,
        "report_address": _address("report", organ, year),
        "before_address": _address("report", organ, year - 1),
    }
    return page(request, "portal/report_compare.html", context)


@require_safe
def reports_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """What all organs of the installation reported for a year. 3 queries."""
    from gongkai.web.organs.queries import tree

    known = archive.years()
    if year not in known:
        raise Http404
    found = {one.row.organ_id: one for one in archive.reports_in(year)}
    organs = tree(closed=True)
    rows = [_line(organ, found[organ.pk]) for organ in organs if organ.pk in found]
    names = ("received", "concluded", *outcome_names())
    context = {
        "title": _("%(year)s年政府信息公开工作年度报告") % {"year": year},
        "year": year,
        "rows": rows,
        "heads": [_("收到申请"), _("办结"), *outcome_names().values(), _("复议诉讼")],
        "sums": _sums([one for one in found.values() if one.is_read], names),
        "missing": [one for one in organs if one.pk not in found and one.is_active],
        "tabs": [
            Tab(str(one), reverse("portal:reports_of_year", args=[one]), is_current=one == year)
            for one in known
        ],
        "tabs_label": _("年度"),
        "crumbs": [Tab(_("各机关"), reverse("portal:organs")), Tab(_("年度报告"), "", is_current=True)],
        "portal_place": "reports",
        "reports_address": reverse("portal:reports_of_year", args=[year]),
        "is_fictional": any(one.is_fictional for one in organs),
    }
    return page(request, "portal/reports_of_year.html", context)


def year_tabs(organ: Organ, every: Sequence[Archived], year: int = 0) -> list[Tab]:
    """The years of an organ's archive, the newest first."""
    return [Tab(str(one.year), _address("report", organ, one.year), one.year == year) for one in every]


def _organ(code: str) -> Organ:
    organ = queries.organ_for_page(code)
    if organ is None:
        raise Http404
    return organ


def _of(every: Sequence[Archived], year: int) -> Archived | None:
    return next((one for one in every if one.year == year), None)


def _title(organ: Organ, year: int) -> str:
    facts = {"organ": organ.name, "year": year}
    return _("%(organ)s%(year)s年政府信息公开工作年度报告") % facts


def _face(organ: Organ, year: int, every: Sequence[Archived], *below: Tab) -> dict[str, Any]:
    column = Tab(column_name(REPORTS), f"{organ_address(organ.code)}{Place(REPORTS).query}")
    own = Tab(_("%(year)s年") % {"year": year}, _address("report", organ, year), is_current=not below)
    return {
        **faces.face(organ, "reports"),
        "crumbs": faces.crumbs(organ, column, own, *below),
        "tabs": year_tabs(organ, every, year),
        "tabs_label": _("年度"),
    }


def _address(name: str, organ: Organ, year: int) -> str:
    return reverse(f"portal:{name}", args=[organ.code, year])


def _files(organ: Organ, year: int) -> list[Tab]:
    return [
        Tab(_CALLED[ending], reverse("portal:report_file", args=[organ.code, year, ending]))
        for ending in OFFERED
    ]


def _written(found: Archived, ending: str) -> bytes:
    """The file, written once a day in each process."""
    key = f"report-{found.row.pk}-{ending}-{__version__}"
    kept: bytes | None = caches["portal"].get(key)
    if kept is None:
        kept = reading.write(found.report(), ending).content
        if len(kept) <= _MOST_KEPT:
            caches["portal"].set(key, kept, _A_DAY)
    return kept


def _unread(
    request: HttpRequest, organ: Organ, year: int, every: Sequence[Archived], found: Archived | None
) -> HttpResponse:
    """That there is a report of the year, with its record; why its figures are not shown here."""
    record = queries.report_record(organ, year) if found is None else found.row.record
    if record is None or record.published_id is None:
        raise Http404
    why = _("系统正在读取这份报告，稍后再来可以看到图表和表格。")
    if found is not None:
        why = found.row.problem_en if short_language(request) == "en" else found.row.problem_zh
    context = {
        **_face(organ, year, every),
        "title": _title(organ, year),
        "why": why,
        "is_waiting": found is None,
        "record_address": record_address(organ.code, record.pk),
        "record_title": record.title,
        "attachments": _attachments(organ, record.pk, record.published_id),
    }
    return page(request, "portal/report_unread.html", context)


def _attachments(organ: Organ, pk: int, version: int) -> list[Attachment]:
    from gongkai.web.portal import shown

    return shown.attachments(organ, pk, record_queries.attachments_of_version(version))


def _pair(one: Any, after: Report, before: Report, lang: str) -> dict[str, str]:
    """A line of the comparison: the cell's name, both figures, what changed."""
    said = after if one.path_after else before
    change = one.change
    signed = "" if change is None else f"+{printed_number(change)}" if change > 0 else printed_number(change)
    # Of a few cases a share tells nothing: from 1 to 10 is no rise of 900 per cent to anybody.
    is_told = one.percent is not None and (one.before or 0) >= _FEW
    percent = f"{one.percent:+}%" if is_told else ""
    return {
        "words": cell_words(one.path, said, lang),
        "before": printed_number(one.before) or "—",
        "after": printed_number(one.after) or "—",
        "change": signed.replace("-", "−"),
        "percent": percent.replace("-", "−"),
    }


def _line(organ: Organ, found: Archived) -> dict[str, Any]:
    figures = found.figures
    names = ("received", "concluded", *outcome_names())
    numbers = [figures.number(name) for name in names] + [figures.challenges]
    return {
        "name": organ.name,
        "depth": getattr(organ, "depth", 0),
        "address": reverse("portal:report", args=[organ.code, found.year]),
        "numbers": ["—" if value is None else f"{value:,}" for value in numbers],
        "is_read": found.is_read,
    }


def _sums(found: Sequence[Archived], names: Sequence[str]) -> list[str]:
    columns = [[one.figures.number(name) for one in found] for name in names]
    columns.append([one.figures.challenges for one in found])
    return [f"{sum(value for value in column if value is not None):,}" for column in columns]
