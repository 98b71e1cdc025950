"""Lists as files to save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from gongkai.web.config import clock
from gongkai.web.disclosure.exporting import FORMATS, exported_records
from gongkai.web.disclosure.forms.records import FilterForm
from gongkai.web.disclosure.permissions import may_export
from gongkai.web.disclosure.queries.records import Asked, records
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.organs.models import Unit


@work_page("GET")
def export(request: HttpRequest) -> HttpResponse:
    """The list of records as a file, narrowed as the list is. `format`: csv, xlsx (the usual one) or json."""
    staff = staff_of(request)
    organ = organ_to(request, may_export)
    units = list(Unit.objects.filter(organ=organ))
    filters = FilterForm(request.GET, organs=[], units=units, lang=language())
    asked = Asked(
        filters.said("state"),
        filters.said("kind"),
        filters.said("category"),
        int(filters.said("unit") or 0) or None,
        int(filters.said("year") or 0) or None,
        filters.said("validity"),
        filters.said("q").strip()[:200],
    )
    found = records([organ], asked).order_by("-id")
    form = asked_format(request)
    return file_response(
        exported_records(found, by=staff, organ=organ, form=form), f"{organ.called}信息", form
    )


def asked_format(request: HttpRequest, *allowed: str) -> str:
    form = request.GET.get("format", "") or "xlsx"
    if form not in (allowed or FORMATS):
        raise Http404
    return form


def file_response(pieces: Iterator[bytes] | bytes, name: str, form: str) -> Any:
    """A file to save, sent piece by piece."""
    kind = FORMATS[form]
    whole = isinstance(pieces, bytes)
    response = (
        HttpResponse(pieces, content_type=kind) if whole else StreamingHttpResponse(pieces, content_type=kind)
    )
    told = f"{name}-{clock.today():%Y%m%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, told)
    response["X-Content-Type-Options"] = "nosniff"
    return response
