"""Views that correct reports and hand the corrected ones out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gongkai.annual.report import Report
from gongkai.annual.writing import FORMATS, Written
from gongkai.web.annual_reports import actions, reading
from gongkai.web.annual_reports.answers import (
    carried_work,
    file_answer,
    only_sent_back,
    refuses_what_was_not_carried,
    safe_name,
    says_what_was_stopped,
)
from gongkai.web.annual_reports.carried import NotCarried, Work, pack
from gongkai.web.annual_reports.pages import carried_context, changed_pieces, edit_page, results_page
from gongkai.web.annual_reports.views import gone
from gongkai.web.config.language import short_language

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@never_cache
@refuses_what_was_not_carried
def edit(request: HttpRequest) -> HttpResponse:
    """One report as a form. What was typed already is kept: the form sends it along to the other language."""
    if request.method != "POST":
        return gone(request)
    work, number = carried_work(request), _number(request.POST.get("report", ""))
    _known(work, number)
    return edit_page(request, work, number, _typed(request))


@never_cache
@refuses_what_was_not_carried
def change(request: HttpRequest) -> HttpResponse:
    """Takes over what was typed, or restores what was read, and checks again.

    With `pieces` in the form the answer is what changed on the page, for its script, and 422 with one line of
    text where what was typed cannot stand; otherwise a whole page.
    """
    if request.method != "POST":
        return gone(request)
    before, pieces = carried_work(request), "pieces" in request.POST
    if "restore" in request.POST:
        given, _colon, path = request.POST["restore"].partition(":")
        number = _known(before, _number(given))
        return _changed(request, actions.restore(before, number, path), before, number, pieces)
    if "report" not in request.POST:
        return changed_pieces(request, before, None, None)  # back at an earlier state of the page
    number = _known(before, _number(request.POST["report"]))
    try:
        work = actions.change(before, number, _typed(request))
    except actions.NotTyped as refused:
        if not pieces:
            return edit_page(request, before, number, _typed(request), refused.problems)
        words = "\n".join(p.message(short_language(request)) for p in refused.problems.values())
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    return _changed(request, work, before, number, pieces)


def _changed(request: HttpRequest, work: Work, before: Work, number: int, pieces: bool) -> HttpResponse:
    return changed_pieces(request, work, before, number) if pieces else results_page(request, work)


@only_sent_back
@never_cache
@refuses_what_was_not_carried
@says_what_was_stopped
def download_report(request: HttpRequest) -> HttpResponse:
    """The corrected report as a file: `file` is its number and format, `1.docx`.

    What the writer has to say about the file comes first, on a page of its own; `seen` says that it was read.
    """
    work = carried_work(request)
    given, _dot, kind = request.POST.get("file", "").partition(".")
    number = _known(work, _number(given))
    if kind not in FORMATS:
        raise NotCarried("format")
    report = actions.corrected_report(work, number)
    written = reading.write(report, kind)
    if written.notes and "seen" not in request.POST:
        return _notes_page(request, work, written, f"{number}.{kind}")
    return file_answer(written.content, CONTENT_TYPES[kind], _file_name(report, kind))


def _notes_page(request: HttpRequest, work: Work, written: Written, file: str) -> HttpResponse:
    lang = short_language(request)
    notes = [zh if lang == "zh" else en for zh, en in written.notes]
    context = {**carried_context(pack(work), work), "notes": notes, "file": file}
    return render(request, "annual_reports/notes.html", context)


def _file_name(report: Report, kind: str) -> str:
    """Organ and year, or the name of the file it was read from: `某县人民政府2024年度报告.docx`."""
    organ = safe_name(report.organ or "")
    year = str(report.year or "")
    if organ or year:
        return f"{organ}{year}年度报告.{kind}" if year else f"{organ}年度报告.{kind}"
    return f"{safe_name(report.source.rpartition('.')[0]) or '年度报告'}.{kind}"


def _typed(request: HttpRequest) -> dict[str, str]:
    """The fields of the form; those that are no field of the report are not looked at."""
    return {path: str(text) for path, text in request.POST.items() if path not in ("results", "changes")}


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise NotCarried("number")
    return int(given)


def _known(work: Work, number: int) -> int:
    try:
        actions.original_of(work, number)
    except actions.NoSuchReport as error:
        raise NotCarried("number") from error
    return number
