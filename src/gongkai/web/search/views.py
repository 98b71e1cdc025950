"""The search page: over the installation, and within an organ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.statute.catalogue import Validity, categories, genres, record_kinds, themes
from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import faces, shown
from gongkai.web.portal.addresses import own_organ, record_address
from gongkai.web.portal.answering import answered
from gongkai.web.portal.filters import validity_name
from gongkai.web.portal.frames import framed
from gongkai.web.portal.prepared import Prepared
from gongkai.web.portal.queries import organ_for_page
from gongkai.web.search.asked import PAGE, Asked, asked
from gongkai.web.search.engine.finding import DATE, MOST, RELEVANCE
from gongkai.web.search.engine.store import Unusable
from gongkai.web.search.queries import Hit, Results, beginning, by_title, search

_SHOWN_AT_FIRST = 8
_MOST_YEARS = 20
_MOST_ALSO = 6
_TEMPLATE, _PLACE = "search/search.html", "search"


_FICTIONAL = Prepared(lambda: Organ.objects.filter(is_fictional=True).order_by().values_list("pk")[:1])


class Shown(NamedTuple):
    """A hit on the page; `title`, `number` and `passage` are html."""

    title: SafeString
    address: str
    organ: str
    number: SafeString
    made_on: Any
    published_at: Any
    state: str
    passage: SafeString
    file: str


class Facet(NamedTuple):
    """A list at the side: `chosen`: the value that is set, with the address without it; `values`: others."""

    words: str
    chosen: Tab | None
    values: list[Tab]


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    """Over all organs of the installation. At most 6 queries; 7 for those who come from an organ's search."""
    question = asked(request.GET, in_an_organ=False)
    organ = None
    if question.back:
        organ = Organ.objects.filter(code=question.back).only("code", "name", "short_name").first()
        question = question if organ else replace(question, back="")
    context = {
        "crumbs": [Tab(_("各机关"), reverse("portal:organs")), Tab(_("检索"), "", is_current=True)],
        "search_title": _("检索全部机关的政府信息"),
        "apply_address": _apply_address(reverse("requests:organs"), question),
        "back_words": _("回到%(organ)s的检索") % {"organ": organ.called} if organ else "",
        "back_address": Asked(question.words).address(reverse("search:organ", args=[organ.code]))
        if organ
        else "",
    }
    return _answer(request, question, None, reverse("search:site"), context)


@require_safe
def organ_search(request: HttpRequest, code: str) -> HttpResponse:
    """Within an organ. At most 5 queries."""
    organ = organ_for_page(code)
    if organ is None:
        raise Http404
    context = {
        "crumbs": faces.crumbs(organ, Tab(_("检索"), "", is_current=True)),
        "search_title": _("检索本机关的政府信息"),
    }
    question = asked(request.GET, in_an_organ=True)
    context["apply_address"] = _apply_address(reverse("requests:start", args=[organ.code]), question)
    if not own_organ.get():  # at an organ's own host name there is no other
        context["everywhere"] = Asked(question.words, back=code).address(reverse("search:site"))
    return _answer(request, question, organ, reverse("search:organ", args=[code]), context)


def _apply_address(address: str, question: Asked) -> str:
    """Where to ask for it instead; what was looked for stands in the form then."""
    return f"{address}?{urlencode({'words': question.words})}" if question.words else address


def _answer(
    request: HttpRequest, question: Asked, organ: Organ | None, base: str, context: dict[str, Any]
) -> HttpResponse:
    if not question.words:
        context |= _to_begin(question, organ, base)
    results = _results(question, organ)
    pages = min(-(-results.count // PAGE), MOST // PAGE)
    context |= {
        "search_words": question.words,
        "question": question,
        "results": results,
        "hits": [_shown(hit, organ) for hit in results.hits],
        "found_words": _found_words(question, results),
        "also": "、".join(results.also[:_MOST_ALSO]),
        "facets": _facets(question, results, base, short_language(request)),
        "sorts": _sorts(question, base),
        "guess_address": question.address(base, q=results.guess) if results.guess else "",
        "near": [Tab(word, question.address(base, q=word)) for word in results.near],
        "elsewhere": [
            Tab(one.name, f"{reverse('search:organ', args=[one.code])}?{_q(question)}", count=count)
            for one, count in results.elsewhere
        ],
        "page_words": _("第 %(page)s 页，共 %(pages)s 页") % {"page": question.page, "pages": pages},
        "earlier": question.address(base, page=str(question.page - 1)) if question.page > 1 else "",
        "later": question.address(base, page=str(question.page + 1)) if question.page < pages else "",
        "has_filters": bool(question.filters),
        "without_filters": Asked(question.words, back=question.back).address(base),
    }
    response = answered(request, _page(request, organ, context))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _to_begin(question: Asked, organ: Organ | None, base: str) -> dict[str, Any]:
    begun = beginning(organ)
    examples = [*begun.examples, *([begun.number] if begun.number else [])]
    return {
        "examples": [Tab(word, question.address(base, q=word)) for word in examples],
        "newest": [
            (
                row["title"],
                record_address(row["organ__code"], row["id"]),
                "" if organ else row["organ__name"],
                row,
            )
            for row in begun.newest
        ],
    }


def _page(request: HttpRequest, organ: Organ | None, context: dict[str, Any]) -> bytes:
    if organ is not None:
        return framed(request, _TEMPLATE, context, lambda: faces.face(organ, _PLACE), organ, kind=_PLACE)
    is_fictional = bool(_FICTIONAL.rows())
    around = {
        "portal_place": _PLACE,
        "is_fictional": is_fictional,
        "apply_address": reverse("requests:organs"),
    }
    return framed(request, _TEMPLATE, context, lambda: around, kind=f"{_PLACE} {is_fictional}")


def _results(question: Asked, organ: Organ | None) -> Results:
    if not question.words:
        return Results()
    filters: dict[str, str | int] = dict(question.filters)
    if "organ" in filters:
        pk = Organ.objects.filter(code=filters["organ"]).values_list("pk", flat=True).first()
        filters["organ"] = pk or 0
    if "year" in filters:
        filters["year"] = int(filters["year"])
    try:
        return search(
            question.words,
            organ=organ,
            filters=filters,
            sort=question.sort,
            offset=(question.page - 1) * PAGE,
            limit=PAGE,
        )
    except Unusable:
        return by_title(question.words, organ)


def _shown(hit: Hit, organ: Organ | None) -> Shown:
    row = hit.row
    state = shown.state_of(row)
    return Shown(
        SafeString(hit.title),  # escaped by search.engine.passages, as the two below
        record_address(row["organ__code"], row["id"]),
        "" if organ else row["organ__name"],
        SafeString(hit.number),
        row["made_on"],
        row["published_at"],
        "" if state == "in_force" else state,
        SafeString(hit.passage),
        hit.file,
    )


def _found_words(question: Asked, results: Results) -> str:
    if not question.words or not results.is_ready or not results.count:
        return ""
    if results.count > MOST:
        return _("找到 %(count)s 条以上，显示前 %(most)s 条") % {"count": f"{MOST:,}", "most": f"{MOST:,}"}
    return _("找到 %(count)s 条") % {"count": results.count}


def _sorts(question: Asked, base: str) -> list[Tab]:
    names = ((RELEVANCE, _("按相关程度")), (DATE, _("按发布日期")))
    return [
        Tab(words, question.address(base, sort="" if code == RELEVANCE else code), question.sort == code)
        for code, words in names
    ]


def _facets(question: Asked, results: Results, base: str, lang: str) -> list[Facet]:
    names = {
        "organ": (_("机关"), {key: one.called for key, one in results.organs.items()}),
        "year": (_("年份"), None),
        "category": (_("公开类别"), {one.code: one.short(lang) for one in categories()}),
        "theme": (_("主题"), _names(themes(), lang)),
        "genre": (_("体裁"), _names(genres(), lang)),
        "kind": (_("种类"), _names(record_kinds(), lang)),
        "validity": (_("有效性"), {one.value: validity_name(one.value) for one in Validity}),
    }
    found = []
    for name, (words, called) in names.items():
        counts = list(results.facets.get(name, ()))
        if name == "organ" and not results.organs:
            continue
        if name == "year":
            counts = sorted(counts, reverse=True)[:_MOST_YEARS]
        if name == "organ":
            counts = [(key, count) for key, count in counts if key in results.organs]
        values = []
        chosen = None
        narrowing = question.narrowing(base, name)
        for key, count in counts:
            label = key if called is None else called.get(key, key)
            code = results.organs[key].code if name == "organ" else key
            if question.filters.get(name) == code:
                chosen = Tab(label, question.address(base, **{name: ""}), is_current=True)
            else:
                values.append(Tab(label, narrowing(code), count=count))
        if chosen or len(values) > 1:
            found.append(Facet(words, chosen, [] if chosen else values[:_MOST_YEARS]))
    return found


def _names(entries: Iterable[Any], lang: str) -> dict[str, str]:
    return {one.code: one.name(lang) for one in entries}


def _q(question: Asked) -> str:
    return Asked(question.words).address("").lstrip("?")
