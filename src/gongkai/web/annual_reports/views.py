"""The page that checks reports: files come in, findings go out, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from gongkai.annual.check_sheet import render_check_sheet, summary_html
from gongkai.annual.checked import Checked, check_files
from gongkai.annual.json_lines import dumps
from gongkai.annual.report_html import report_html
from gongkai.annual.workbook import write_workbook
from gongkai.web.annual_reports import uploads
from gongkai.web.annual_reports.carried import NotCarried, download, pack, unpack
from gongkai.web.annual_reports.check_groups import check_groups
from gongkai.web.annual_reports.errors import problem
from gongkai.web.annual_reports.samples import samples
from gongkai.web.config.language import short_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def only_sent_back(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A download is made of the results that its form sends: for a bare address there is nothing to make."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return view(request)
        text = _("下载要从核对结果页上点按钮。请回到首页，核对后再下载。")
        response = problem(request, 405, _("这里没有可下载的文件"), text)
        response.headers["Allow"] = "POST"
        return response

    return answer


@require_safe
@never_cache
@ensure_csrf_cookie
def start(request: HttpRequest) -> HttpResponse:
    """The drop zone, the samples, and what is checked."""
    return _start(request)


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Reads and checks what was sent: files, or the name of a sample."""
    if request.method != "POST":
        return _gone(request)
    if "sample" in request.POST:
        sample = samples().get(request.POST["sample"])
        if sample is None:
            return _start(request, _("没有这份样本。"))
        return _results(request, check_files([(sample.name, sample.content())]))
    files = uploads.uploaded(request, "files")
    refused = [Checked(name, error=error) for name, error in uploads.refused(request)]
    if not files and not refused:
        return _start(request, _("还没有选择文件。请先选择年度报告，再点“开始核对”。"))
    return _results(request, _checked(request, files) + refused)


@never_cache
def show_again(request: HttpRequest) -> HttpResponse:
    """The same results once more: in the other language (`?lang=`), or when somebody comes back to them."""
    if request.method != "POST":
        return _gone(request)
    try:
        return _results(request, unpack(request.POST.get("results", "")))
    except NotCarried:
        return _not_carried(request)


@only_sent_back
@never_cache
def download_json(request: HttpRequest) -> HttpResponse:
    """Reports and findings in the contract's shape."""
    try:
        text = dumps(download(unpack(request.POST.get("results", ""))), indent=1)
    except NotCarried:
        return _not_carried(request)
    return _file(text.encode(), "application/json", "年度报告核对.json")


@only_sent_back
@never_cache
def download_xlsx(request: HttpRequest) -> HttpResponse:
    """The workbook: overview, findings, and each report's tables."""
    try:
        content = write_workbook(unpack(request.POST.get("results", "")), short_language(request))
    except NotCarried:
        return _not_carried(request)
    return _file(content, XLSX, "年度报告核对.xlsx")


@only_sent_back
@never_cache
def download_sheet(request: HttpRequest) -> HttpResponse:
    """The check sheet as one html file."""
    try:
        text = render_check_sheet(unpack(request.POST.get("results", "")), short_language(request))
    except NotCarried:
        return _not_carried(request)
    return _file(text.encode(), "text/html; charset=utf-8", "年度报告核对单.html")


def _checked(request: HttpRequest, files: Sequence[tuple[str, bytes]]) -> list[Checked]:
    taken, over = files[: uploads.MOST_FILES], files[uploads.MOST_FILES :]
    previous = uploads.uploaded(request, "previous")
    results = check_files(taken, previous=previous[0] if previous else None)
    return results + [Checked(name, error=uploads.too_many_files()) for name, _content in over]


def _gone(request: HttpRequest) -> HttpResponse:
    """Somebody reloads, comes back or types the address: no result is kept here to be shown."""
    get_token(request)  # for the form that a browser sends its own copy of the result with
    return _start(request, gone=True)


def _start(request: HttpRequest, error: str = "", *, gone: bool = False) -> HttpResponse:
    lang = short_language(request)
    context = {
        "error": error,
        "gone": gone,
        "samples": [(s.name, *s.titled(lang)) for s in samples().values()],
        "groups": check_groups(),
        "rules_count": sum(len(group.rules) for group in check_groups()),
        "most_files": uploads.MOST_FILES,
        "most_megabytes_per_file": uploads.MOST_BYTES_PER_FILE // uploads.MIB,
        "most_megabytes": uploads.MOST_BYTES // uploads.MIB,
    }
    return render(request, "annual_reports/start.html", context, status=422 if error else 200)


def _results(request: HttpRequest, results: Sequence[Checked]) -> HttpResponse:
    lang = short_language(request)
    # Both pieces are built by annual.markup, which escapes whatever is not markup.
    reports = [mark_safe(report_html(item, n, lang)) for n, item in enumerate(results, start=1)]  # noqa: S308
    context = {
        "summary": mark_safe(summary_html(results, lang)) if len(results) > 1 else "",  # noqa: S308
        "reports": reports,
        "any_read": any(item.report is not None for item in results),
        "carried": pack(results),
    }
    return render(request, "annual_reports/results.html", context)


def _not_carried(request: HttpRequest) -> HttpResponse:
    text = _("送回的核对结果不完整或被改动过，不能据此下载。请回到首页重新核对。")
    return problem(request, 400, _("不能下载"), text)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response
