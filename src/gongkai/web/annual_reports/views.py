"""The page that checks reports: files come in, findings go out, nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from gongkai.annual.check_sheet import render_check_sheet
from gongkai.annual.checked import Checked
from gongkai.annual.json_lines import dumps
from gongkai.annual.sheet_editing import Correction
from gongkai.annual.workbook import write_workbook
from gongkai.web.annual_reports import reading, uploads
from gongkai.web.annual_reports.actions import check_work
from gongkai.web.annual_reports.answers import (
    carried_work,
    file_answer,
    only_sent_back,
    refuses_what_was_not_carried,
)
from gongkai.web.annual_reports.carried import Work, download
from gongkai.web.annual_reports.check_groups import check_groups
from gongkai.web.annual_reports.pages import results_page
from gongkai.web.annual_reports.samples import samples
from gongkai.web.config.language import short_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
@ensure_csrf_cookie
def start(request: HttpRequest) -> HttpResponse:
    """The drop zone, the samples, and what is checked."""
    reading.warm()  # the file that comes next need not wait for a process to start
    return _start(request)


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Reads and checks what was sent: files, or the name of a sample."""
    if request.method != "POST":
        return gone(request)
    if "sample" in request.POST:
        sample = samples().get(request.POST["sample"])
        if sample is None:
            return _start(request, _("没有这份样本。"))
        return results_page(request, Work(reading.read([(sample.name, sample.content())])))
    files = uploads.uploaded(request, "files")
    refused = [Checked(name, error=error) for name, error in uploads.refused(request)]
    if not files and not refused:
        return _start(request, _("还没有选择文件。请先选择年度报告，再点“开始核对”。"))
    earlier = reading.read(uploads.uploaded(request, "previous")[:1])
    return results_page(request, Work(_read(files) + refused, earlier))


@never_cache
@refuses_what_was_not_carried
def show_again(request: HttpRequest) -> HttpResponse:
    """The same results once more: in the other language (`?lang=`), or when somebody comes back to them."""
    return results_page(request, carried_work(request)) if request.method == "POST" else gone(request)


@only_sent_back
@never_cache
@refuses_what_was_not_carried
def download_json(request: HttpRequest) -> HttpResponse:
    """Reports and findings in the contract's shape."""
    text = dumps(download(_items(carried_work(request))), indent=1)
    return file_answer(text.encode(), "application/json", "年度报告核对.json")


@only_sent_back
@never_cache
@refuses_what_was_not_carried
def download_xlsx(request: HttpRequest) -> HttpResponse:
    """The workbook: overview, findings, and each report's tables."""
    content = write_workbook(_items(carried_work(request)), short_language(request))
    return file_answer(content, XLSX, "年度报告核对.xlsx")


@only_sent_back
@never_cache
@refuses_what_was_not_carried
def download_sheet(request: HttpRequest) -> HttpResponse:
    """The check sheet as one html file: of the reports as they stand, with `original` as they were read."""
    work = carried_work(request)
    name = "年度报告核对单.html"
    if "original" in request.POST:
        work, name = Work(work.read, work.earlier), "年度报告核对单（原报告）.html"
    found = check_work(work)
    corrections = {
        one.number: Correction(one.original, one.changes, one.number)
        for one in found
        if one.original is not None and one.changes
    }
    text = render_check_sheet([one.item for one in found], short_language(request), corrections)
    return file_answer(text.encode(), "text/html; charset=utf-8", name)


def _items(work: Work) -> list[Checked]:
    return [one.item for one in check_work(work)]


def _read(files: Sequence[tuple[str, bytes]]) -> list[Checked]:
    taken, over = files[: uploads.MOST_FILES], files[uploads.MOST_FILES :]
    return reading.read(taken) + [Checked(name, error=uploads.too_many_files()) for name, _content in over]


def gone(request: HttpRequest) -> HttpResponse:
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
