"""What crawlers ask for: the sitemap in parts (sitemaps.org), and what they may leave alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.annual_reports.archive import queries as archive
from gongkai.web.disclosure.models import State
from gongkai.web.organs.models import Organ
from gongkai.web.participation.models import Consultation
from gongkai.web.portal import queries
from gongkai.web.portal.addresses import canonical_address, own_organ
from gongkai.web.portal.answering import FILE_POLICY, shared
from gongkai.web.portal.filters import GUIDE, REPORTS, RULES, Place

# The format allows 50,000 addresses a part. A part is a range of numbers of records: nothing is counted.
PART = 50_000
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_FOR_CRAWLERS = ("/work/", "/admin/", "/check", "/compare")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309). No query."""
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in _NOT_FOR_CRAWLERS), "Disallow: /*?*q="]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}", ""]
    answer = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for where a page names no icon (a file, a feed). No query."""
    answer = HttpResponse(_icon(), content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@cache
def _icon() -> bytes:
    return (files("gongkai.web.annual_reports") / "static" / "gongkai" / "icon.svg").read_bytes()


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the parts: pages, then ranges of records. 1 query."""
    parts = queries.newest_record() // PART + 1
    names = [reverse("portal:sitemap_pages")]
    names += [reverse("portal:sitemap_part", args=[number]) for number in range(1, parts + 1)]
    told = "".join(
        f"<sitemap><loc>{escape(request.build_absolute_uri(one))}</loc></sitemap>\n" for one in names
    )
    content = f'{_HEAD}<sitemapindex xmlns="{_NAMES}">\n{told}</sitemapindex>\n'
    return _answer(request, HttpResponse(content, content_type=_XML))


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The directory, the columns of every organ, its consultations, the reports of every year. 4 queries."""
    organs, consultations = _organs(), _public_consultations()
    lines: list[str] = []
    if not own_organ.get():
        lines.append(request.build_absolute_uri(reverse("portal:organs")))
        lines += [
            request.build_absolute_uri(reverse("portal:reports_of_year", args=[year]))
            for year in archive.years()
        ]
    for organ in organs.values():
        home = canonical_address(request, organ, "organ")
        lines += [home, *(home + Place(column).query for column in (GUIDE, RULES, REPORTS))]
        lines += [canonical_address(request, organ, name) for name in ("documents", "open_data")]
        lines += _consultations(request, organ, consultations.get(organ.pk, ()))
    for organ_id, year in archive.public_years():
        if organ_id in organs:
            lines.append(canonical_address(request, organs[organ_id], "report", year))
    told = "".join(_url(one) for one in lines[:PART])
    content = f'{_HEAD}<urlset xmlns="{_NAMES}">\n{told}</urlset>\n'
    return _answer(request, HttpResponse(content, content_type=_XML))


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponseBase:
    """The public records of a range of numbers, at most 50,000. 3 queries."""
    if not 1 <= number <= queries.newest_record() // PART + 1:
        raise Http404
    organs = _organs()
    patterns = {pk: canonical_address(request, organ, "record", 0) for pk, organ in organs.items()}

    def lines() -> Iterator[str]:
        yield f'{_HEAD}<urlset xmlns="{_NAMES}">\n'
        for pk, organ, at in queries.public_between((number - 1) * PART, number * PART, list(organs)):
            yield _url(f"{patterns[organ][:-2]}{pk}/", timezone.localtime(at).isoformat(timespec="seconds"))
        yield "</urlset>\n"

    return _answer(request, StreamingHttpResponse(lines(), content_type=_XML))


def _consultations(request: HttpRequest, organ: Organ, numbers: Iterable[int]) -> list[str]:
    """The page of an organ's consultations, and each of them."""
    home = f"{canonical_address(request, organ, 'organ')}consultations/"
    return [home, *(f"{home}{number}/" for number in numbers)]


def _public_consultations() -> dict[int, list[int]]:
    """The numbers of what citizens may see, by organ. 1 query."""
    rows = Consultation.objects.filter(
        announcement__state=State.PUBLISHED, announcement__published__terms__isnull=False
    )
    found: dict[int, list[int]] = {}
    for organ, number in rows.order_by("id").values_list("organ", "id"):
        found.setdefault(organ, []).append(number)
    return found


def _organs() -> dict[int, Organ]:
    """Whose pages stand in the sitemap of this host: of an organ's own host its own. 1 query."""
    found = Organ.objects.only("id", "code", "hostname", "is_active")
    if code := own_organ.get():
        found = found.filter(code=code)
    return {one.pk: one for one in found.order_by("path")}


def _url(address: str, changed: str = "") -> str:
    at = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{at}</url>\n"


def _answer(request: HttpRequest, answer: Any) -> Any:
    answer.headers["Cache-Control"] = shared(request)
    return answer
