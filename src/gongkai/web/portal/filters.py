"""The one line of filters above a list, and what an address may ask for. Anything else is not heard."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.cache import caches
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import Category, Validity, categories, genres, record_kinds, themes
from gongkai.web.config.language import short_language
from gongkai.web.look.states import STATES
from gongkai.web.portal.queries import Asked

GUIDE, RULES, CONTENT, REPORTS = "guide", "rules", "statutory_content", "annual_reports"
# PLT.3: the four, in this order.
COLUMNS = (GUIDE, RULES, CONTENT, REPORTS)
_FILTERS_OF_CONTENT = ("year", "genre", "theme", "validity", "kind")
_LONGEST_WORDS, _MOST_WORDS = 100, 5
_OLDEST_YEARS = 40
_KEPT = 3600  # seconds

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the catalogue a reader is: a column, and a category beneath the third."""

    column: str = CONTENT
    category: Category | None = None

    @property
    def is_list(self) -> bool:
        return self.column != GUIDE

    @property
    def query(self) -> str:
        """The place as the address says it."""
        if self.category is not None:
            return f"?category={self.category.code}"
        return "" if self.column == CONTENT else f"?column={self.column}"


def column_name(column: str) -> str:
    return {
        GUIDE: _("政府信息公开指南"),
        RULES: _("政府信息公开制度"),
        CONTENT: _("法定主动公开内容"),
        REPORTS: _("政府信息公开年报"),
    }[column]


def place_asked(query: QueryDict) -> Place:
    """The place an address names; the third column where it names none that is known."""
    code = query.get("category", "")
    for one in categories():
        if one.code == code:
            return Place(CONTENT, one)
    column = query.get("column", "")
    return Place(column if column in COLUMNS else CONTENT)


def kinds_in(column: str) -> tuple[str, ...]:
    """The kinds of record that stand in a column."""
    return tuple(one.code for one in record_kinds() if one.column == column)


class CatalogueFilters(forms.Form):
    """A GET form. Its fields are those that can narrow the list it stands above."""

    def __init__(self, choices: dict[str, tuple[str, Choices]], chosen: dict[str, str]) -> None:
        super().__init__(initial=chosen)
        for name, (label, values) in choices.items():
            every = [("", _("全部"))]
            self.fields[name] = forms.ChoiceField(label=label, choices=[*every, *values], required=False)


@dataclass(frozen=True, slots=True)
class Filters:
    """The form as it is shown, how many filters are set, and what that asks for."""

    form: CatalogueFilters
    chosen: dict[str, str]
    asked: Asked


def filters_asked(request: HttpRequest, place: Place, oldest: int | None) -> Filters:
    """The filters that an address sets, among those that there are at this place."""
    names = _FILTERS_OF_CONTENT if place.column == CONTENT else ("year",)
    known = _choices(short_language(request), oldest)
    choices = {name: known[name] for name in names}
    chosen = {}
    for name, (_label, values) in choices.items():
        value = request.GET.get(name, "")
        if any(value == code for code, _words in values):
            chosen[name] = value
    return Filters(CatalogueFilters(choices, chosen), chosen, _asked(request, place, chosen))


def _asked(request: HttpRequest, place: Place, chosen: dict[str, str]) -> Asked:
    everything_else = [column for column in COLUMNS if column != CONTENT]
    kinds: tuple[str, ...] = (chosen["kind"],) if "kind" in chosen else ()
    without: tuple[str, ...] = ()
    if place.column != CONTENT:
        kinds = kinds_in(place.column)
    elif not kinds and place.category is None:
        without = tuple(kind for column in everything_else for kind in kinds_in(column))
    return Asked(
        kinds=kinds,
        without=without,
        category=place.category.code if place.category else "",
        theme=chosen.get("theme", ""),
        genre=chosen.get("genre", ""),
        validity=chosen.get("validity", ""),
        year=int(chosen["year"]) if "year" in chosen else None,
        words=words_asked(request.GET),
    )


def words_asked(query: QueryDict) -> str:
    """What is looked for: a few words, without what no title holds."""
    text = "".join(one for one in query.get("q", "") if one.isprintable())
    return " ".join(text[:_LONGEST_WORDS].split()[:_MOST_WORDS])


def _choices(lang: str, oldest: int | None) -> dict[str, tuple[str, Choices]]:
    this_year = timezone.localdate().year
    first = max(oldest or this_year, this_year - _OLDEST_YEARS)
    return {
        "year": (_("年份"), [(str(year), str(year)) for year in range(this_year, first - 1, -1)]),
        "genre": (_("体裁"), [(one.code, one.name(lang)) for one in genres()]),
        "theme": (_("主题"), [(one.code, one.name(lang)) for one in themes()]),
        "validity": (_("有效性"), [(one.value, validity_name(one.value)) for one in Validity]),
        "kind": (_("种类"), [(one.code, one.name(lang)) for one in record_kinds() if one.column == CONTENT]),
    }


def validity_name(code: str) -> str:
    """What a reader narrows a list by; a code that is none stands for itself."""
    if code == Validity.IN_FORCE:
        return _("有效（含已修改）")
    return str(STATES[code].words) if code in STATES else code


def filter_bar(request: HttpRequest, filters: Filters, address: str) -> SafeString:
    """The line of filters as html. To draw its five lists of choices takes longer than all else on the page:
    kept by all that it shows. `address`: where the filters are sent."""
    own = {"before", "after", "lang", *filters.form.fields}
    kept = [(name, values) for name, values in request.GET.lists() if name not in own]
    fields: list[Any] = list(filters.form.fields.values())
    lengths = [len(list(one.choices)) for one in fields]
    said = repr((get_language(), address, sorted(filters.chosen.items()), kept, lengths))
    year = timezone.localdate().year
    key = f"filters-{hashlib.blake2b(f'{said} {year}'.encode(), digest_size=16).hexdigest()}"
    drawn: str | None = caches["portal"].get(key)
    if drawn is None:
        context = {"filters": filters.form, "filters_set": len(filters.chosen), "filter_address": address}
        drawn = render_to_string("look/filter_bar.html", context, request)
        caches["portal"].set(key, drawn, _KEPT)
    return SafeString(drawn)
