"""What an address asks of the search page. Anything that is not known is not heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.statute.catalogue import Entry, RecordKind, Validity, categories, genres, record_kinds, themes
from gongkai.web.search.engine.asking import cleaned
from gongkai.web.search.engine.finding import DATE, MOST, RELEVANCE

PAGE = 10
_YEARS = range(1949, 2200)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, the filters by name (`organ`: a code), the order, the page from 1."""

    words: str
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1

    def address(self, base: str, **other: str) -> str:
        """The same with something else; "" leaves out. The page is the first unless it is given."""
        said = {"q": self.words, **self.filters, "sort": self.sort if self.sort != RELEVANCE else ""}
        said |= {"page": "", **other}
        return f"{base}?{urlencode({name: value for name, value in said.items() if value})}"


def asked(query: QueryDict, *, in_an_organ: bool) -> Asked:
    """What an address asks; within an organ not for another."""
    known: dict[str, Iterable[str]] = {
        "category": (one.code for one in categories()),
        "theme": _codes(themes()),
        "genre": _codes(genres()),
        "kind": _codes(record_kinds()),
        "validity": (one.value for one in Validity),
        "year": map(str, _YEARS),
    }
    said = {name: str(query.get(name, "")) for name in known}
    filters = {name: said[name] for name, codes in known.items() if said[name] in set(codes)}
    organ = str(query.get("organ", ""))
    if organ and len(organ) <= 40 and not in_an_organ:
        filters = {"organ": organ, **filters}
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    sort = DATE if query.get("sort") == DATE else RELEVANCE
    return Asked(cleaned(query.get("q", "")), filters, sort, min(max(number, 1), MOST // PAGE))


def _codes(entries: Iterable[Entry | RecordKind]) -> Iterable[str]:
    return (one.code for one in entries)
