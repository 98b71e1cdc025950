"""Views that set two reports beside each other."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongkai.annual.checked import Checked
from gongkai.annual.comparing import Comparison
from gongkai.annual.comparing.page import comparison_html, render_comparison
from gongkai.annual.correcting import correct
from gongkai.annual.json_lines import dumps
from gongkai.web.annual_reports import reading, uploads
from gongkai.web.annual_reports.answers import (
    carried_work,
    file_answer,
    only_sent_back,
    refuses_what_was_not_carried,
    says_what_was_stopped,
)
from gongkai.web.annual_reports.carried import NotCarried, Work, pack
from gongkai.web.annual_reports.pages import carried_context
from gongkai.web.config.language import short_language

FIELDS = ("one", "other")


@never_cache
@says_what_was_stopped
def compare_files(request: HttpRequest) -> HttpResponse:
    """Two files, each with one report. GET shows the form."""
    if request.method != "POST":
        return _form(request)
    put_aside = dict(uploads.refused(request))
    items: list[Checked] = []
    problems: dict[str, str] = {}
    for field in FIELDS:
        files = uploads.uploaded(request, field)
        read = reading.read(files[:1])
        if len(read) == 1 and read[0].report is not None:
            items += read
        else:
            problems[field] = _why_not(read, request)
    if put_aside and problems:
        lang = short_language(request)
        said = "；".join(f"{name}：{error.message(lang)}" for name, error in put_aside.items())
        problems = dict.fromkeys(problems, said)
    return _form(request, problems) if problems else _page(request, Work(items))


def _why_not(read: list[Checked], request: HttpRequest) -> str:
    if not read:
        return _("请选择一份报告。")
    if len(read) > 1:
        return _("“%(name)s”里有 %(count)s 份报告，请分成单独的文件。") % {
            "name": read[0].source,
            "count": len(read),
        }
    error = read[0].error
    return f"{read[0].source}：{error.message(short_language(request))}" if error else ""


@never_cache
@refuses_what_was_not_carried
@says_what_was_stopped
def compare_results(request: HttpRequest) -> HttpResponse:
    """Two of the reports on a result page, with what was changed in them."""
    if request.method != "POST":
        return _form(request)
    work = carried_work(request)
    chosen = [request.POST.get(field, "") for field in FIELDS]
    return _page(request, Work([_corrected(work, number) for number in chosen]))


@never_cache
@refuses_what_was_not_carried
@says_what_was_stopped
def show_again(request: HttpRequest) -> HttpResponse:
    """The same comparison once more: in the other language, or when somebody comes back to it."""
    return _page(request, _two(request)) if request.method == "POST" else _form(request)


@only_sent_back
@never_cache
@refuses_what_was_not_carried
@says_what_was_stopped
def download_json(request: HttpRequest) -> HttpResponse:
    text = dumps(_comparison(_two(request)).to_json(), indent=1)
    return file_answer(text.encode(), "application/json", "年度报告对比.json")


@only_sent_back
@never_cache
@refuses_what_was_not_carried
@says_what_was_stopped
def download_html(request: HttpRequest) -> HttpResponse:
    text = render_comparison(_comparison(_two(request)), short_language(request))
    return file_answer(text.encode(), "text/html; charset=utf-8", "年度报告对比.html")


def _corrected(work: Work, number: str) -> Checked:
    if not (number.isascii() and number.isdigit() and len(number) < 6 and 0 < int(number) <= len(work.read)):
        raise NotCarried("number")
    item = work.read[int(number) - 1]
    if item.report is None:
        raise NotCarried("report")
    return replace(item, report=correct(item.report, work.changes.get(int(number), {})))


def _two(request: HttpRequest) -> Work:
    """What a comparison's page sent back. Raises `NotCarried`."""
    work = carried_work(request)
    if len(work.read) != len(FIELDS) or any(item.report is None for item in work.read):
        raise NotCarried("two reports")
    return work


def _comparison(work: Work) -> Comparison:
    one, other = (item.report for item in work.read)
    assert one is not None
    assert other is not None
    return reading.compare(one, other)


def _page(request: HttpRequest, work: Work) -> HttpResponse:
    lang = short_language(request)
    context = {
        **carried_context(pack(work), work),
        # Built by annual.markup, which escapes whatever is not markup.
        "comparison": mark_safe(comparison_html(_comparison(work), lang)),  # noqa: S308
    }
    return render(request, "annual_reports/comparison.html", context)


def _form(request: HttpRequest, problems: dict[str, str] | None = None) -> HttpResponse:
    get_token(request)
    named = {"one": _("第一份报告"), "other": _("第二份报告")}
    context = {
        "fields": [(field, named[field], (problems or {}).get(field, "")) for field in FIELDS],
        "problems": bool(problems),
        "most_megabytes_per_file": uploads.MOST_BYTES_PER_FILE // uploads.MIB,
    }
    return render(request, "annual_reports/compare.html", context, status=422 if problems else 200)
