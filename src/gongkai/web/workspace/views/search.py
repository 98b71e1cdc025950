"""One search box over what the person may see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gongkai.web.disclosure.models import ChecklistItem, Record
from gongkai.web.disclosure.queries.visible import organs_seen
from gongkai.web.disclosure.words import stage_words
from gongkai.web.look.pieces import Entry, Pages, Tab
from gongkai.web.organs.models import Staff
from gongkai.web.requests.models import Case
from gongkai.web.requests.queries.finding import found_cases
from gongkai.web.workspace.queries.searching import PAGE, found_items, found_people, found_records
from gongkai.web.workspace.views.answering import staff_of, staff_page

MOST_WORDS = 100


@staff_page("GET")
def search(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_WORDS]
    context: dict[str, Any] = {"search_words": text, "place": "search"}
    if text:
        context |= _found(request, staff, text)
    return render(request, "workspace/search.html", context)


def _found(request: HttpRequest, staff: Staff, text: str) -> dict[str, Any]:
    organs = organs_seen(staff)
    after = request.GET.get("after", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    records = found_records(organs, text, before) if organs else []
    more, records = len(records) > PAGE, records[:PAGE]
    items = found_items(organs, text) if organs else []
    cases = found_cases(staff, organs, text) if organs else []
    people = found_people(staff, text)
    groups = (
        ("records", _("信息"), [_record(one, text, several=len(organs) > 1) for one in records], more),
        ("requests", _("依申请"), [_case(one, several=len(organs) > 1) for one in cases], False),
        ("items", _("公开事项"), [_item(one, text) for one in items], False),
        ("people", _("人员"), [_person(one) for one in people], False),
    )
    asked = request.GET.get("kind", "")
    first = next((code for code, _words, found, _more in groups if found), "records")
    chosen = asked if asked in {code for code, *_rest in groups} else first
    shown = {code: (found, more) for code, _words, found, more in groups}[chosen]
    return {
        "tabs": [
            _tab(code, words, len(found), chosen, text)
            for code, words, found, _m in groups
            if found or code == "records"
        ],
        "results": shown[0],
        "pages": Pages(after=str(records[-1].pk)) if shown[1] and records else None,
        "found_words": "",
    }


def _tab(code: str, words: str, count: int, chosen: str, text: str) -> Tab:
    return Tab(words, f"?{urlencode({'q': text, 'kind': code})}", code == chosen, count)


def _record(record: Record, text: str, *, several: bool) -> Entry:
    words = " · ".join(filter(None, [record.index_number, record.organ.called if several else ""]))
    return Entry(
        record.title,
        reverse("disclosure:record", args=(record.pk,)),
        record.document_number,
        record.made_on,
        localdate(record.published_at) if record.published_at else None,
        _state(record),
        marked(words, text),
        record.unit.name if record.unit else "",
    )


def _state(record: Record) -> str:
    if record.state == "draft" and record.working is not None:
        return str(record.working.stage)
    return stage_words("abandoned") if record.state == "abandoned" else str(record.state)


def _case(case: Case, *, several: bool) -> Entry:
    """A request by its number and what it is about: nobody's name."""
    return Entry(
        f"{case.number} {case.subject}",
        reverse("requests_work:case", args=(case.pk,)),
        state=str(case.get_stands_display()),
        words=escape(case.organ.called if several else ""),
        unit=case.unit.name if case.unit else "",
    )


def _item(item: ChecklistItem, text: str) -> Entry:
    words = marked(" ".join(item.content.split())[:160], text)
    address = reverse("disclosure:checklist_item", args=(item.pk,))
    return Entry(str(item), address, words=words, unit=item.unit.name if item.unit else item.responsible)


def _person(person: Staff) -> Entry:
    return Entry(
        person.name,
        reverse("organs:person", args=(person.pk,)),
        words=escape(person.username),
        unit=str(person.unit or ""),
    )


def marked(words: str, text: str) -> SafeString:
    """The words as safe html with `mark` around what was searched for."""
    parts: Sequence[str] = re.split(f"({re.escape(text)})", words, flags=re.IGNORECASE)
    pieces = [
        f"<mark>{escape(one)}</mark>" if number % 2 else escape(one) for number, one in enumerate(parts)
    ]
    return mark_safe("".join(pieces))  # noqa: S308 - every part is escaped
