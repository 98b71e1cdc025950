"""The pages of a result: reports with their findings, to be read, corrected, downloaded and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from gongkai.annual.check_sheet import summary_html
from gongkai.annual.correcting import NotAccepted, fields, present, shown_value
from gongkai.annual.correcting.words import field_name
from gongkai.annual.markup import Html
from gongkai.annual.report import Report
from gongkai.annual.report_html import report_html, report_title
from gongkai.annual.sheet_editing import Controls, Correction
from gongkai.annual.sheet_words import verdict
from gongkai.web.annual_reports.actions import Found, check_work
from gongkai.web.annual_reports.carried import Work, name_of, pack, pack_changes
from gongkai.web.config.language import short_language

# A report has some two hundred cells; past this many fields it is shown and not changed on the page.
MOST_FIELDS = 1000
FORM = "results-form"
# In the order in which a clerk wants them.
FILE_KINDS = (
    ("docx", "Word"),
    ("pdf", "PDF"),
    ("xlsx", "Excel"),
    ("html", "HTML"),
    ("csv", "CSV"),
    ("json", "JSON"),
)


def results_page(request: HttpRequest, work: Work) -> HttpResponse:
    """All files with their findings, and the forms to go on from there."""
    lang = short_language(request)
    found = check_work(work)
    packed = pack(work)
    read = [one for one in found if one.item.report is not None]
    context = {
        **carried_context(packed, work),
        "summary": summary(found, lang),
        "reports": [article(request, one, can_change=packed is not None) for one in found],
        "any_read": bool(read),
        "any_changed": bool(work.changes),
        "pairs": [(one.number, title_of(one, lang)) for one in read if one.original is not None],
    }
    return render(request, "annual_reports/results.html", context)


def carried_context(packed: str | None, work: Work) -> dict[str, Any]:
    """What the page carries, for its forms."""
    return {
        "carried": packed,
        "carried_name": "" if packed is None else name_of(packed),
        "changes": pack_changes(work),
    }


def changed_pieces(request: HttpRequest, work: Work, before: Work | None, number: int | None) -> HttpResponse:
    """The pieces of a result page that a change has made others: what the page's own script puts in place.

    Without `before` all of them.
    """
    lang = short_language(request)
    found = check_work(work)
    old = {one.number: one for one in check_work(before)} if before is not None else {}
    shown = [one for one in found if one.number == number or not _alike(one, old.get(one.number))]
    edited = next((one for one in found if one.number == number), None)
    context = {
        "changes": pack_changes(work),
        "any_changed": bool(work.changes),
        "summary": summary(found, lang),
        "reports": [article(request, one, can_change=True) for one in shown],
        "said": verdict(edited.item, lang) if edited is not None else "",
    }
    return render(request, "annual_reports/pieces.html", context)


def _alike(one: Found, other: Found | None) -> bool:
    return other is not None and one.item == other.item and one.changes == other.changes


def summary(found: Sequence[Found], lang: str) -> str:
    # Built by annual.markup, which escapes whatever is not markup.
    return mark_safe(summary_html([one.item for one in found], lang)) if len(found) > 1 else ""  # noqa: S308


def article(request: HttpRequest, found: Found, *, can_change: bool) -> str:
    """One file of the page."""
    lang = short_language(request)
    report = found.item.report
    if report is None or found.original is None or not can_change:
        return mark_safe(report_html(found.item, found.number, lang))  # noqa: S308
    known = fields(report)
    context = {
        "number": found.number,
        "form": FORM,
        "title": title_of(found, lang),
        "can_change": len(known) <= MOST_FIELDS,
        "changed": bool(found.changes),
        "kinds": FILE_KINDS,
    }
    controls = Controls(FORM, reverse("change"), known) if len(known) <= MOST_FIELDS else None
    html = report_html(
        found.item,
        found.number,
        lang,
        correction=Correction(found.original, found.changes, found.number, controls),
        tools=Html(render_to_string("annual_reports/report_tools.html", context, request)),
        hint=Html(render_to_string("annual_reports/editing_hint.html", context, request))
        if controls
        else None,
    )
    return mark_safe(html)  # noqa: S308


def title_of(found: Found, lang: str) -> str:
    return found.item.source if found.item.report is None else report_title(found.item.report, lang)


# ---- one report as a form ----


def edit_page(
    request: HttpRequest,
    work: Work,
    number: int,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, NotAccepted] | None = None,
) -> HttpResponse:
    """One report with every cell and text as a field. `typed` is kept; `problems` stand at their fields."""
    lang, typed, problems = short_language(request), typed or {}, problems or {}
    found = next(one for one in check_work(work) if one.number == number)
    report = found.item.report or found.original
    assert report is not None
    known = fields(report)
    controls = Controls("edit-form", reverse("change"), known, True, typed, problems)
    correction = Correction(found.original or report, found.changes, number, controls)
    lines = [_field(path, report, lang, typed, problems) for path in ("title", "organ", "year")]
    sections = [path for path in known if path.startswith("sections.")]
    context = {
        **carried_context(pack(work), work),
        "number": number,
        "title": title_of(found, lang),
        "report": mark_safe(report_html(found.item, number, lang, correction=correction)),  # noqa: S308
        "lines": lines,
        "sections": [_field(path, report, lang, typed, problems) for path in sections],
        "problems": [_problem(path, report, lang, problems, number) for path in problems],
    }
    status = 422 if problems else 200
    return render(request, "annual_reports/edit.html", context, status=status)


def _field(
    path: str, report: Report, lang: str, typed: Mapping[str, str], problems: Mapping[str, NotAccepted]
) -> dict[str, Any]:
    problem = problems.get(path)
    value = typed.get(path, shown_value(present(report, path)))
    return {
        "path": path,
        "name": field_name(path, report, lang),
        "value": value,
        "rows": min(24, 3 + len(value) // 45 + value.count("\n")),
        "problem": problem.message(lang) if problem else "",
    }


def _problem(
    path: str, report: Report, lang: str, problems: Mapping[str, NotAccepted], number: int
) -> dict[str, str]:
    is_cell = path not in ("title", "organ", "year") and not path.startswith("sections.")
    return {
        "href": f"#r{number}-{path}-input" if is_cell else f"#field-{path}",
        "name": field_name(path, report, lang),
        "message": problems[path].message(lang),
    }
