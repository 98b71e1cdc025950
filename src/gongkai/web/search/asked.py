"""What an address asks of the search page. Anything that is not known is not heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from gongkai.statute.catalogue import Entry, RecordKind, Validity, categories, genres, record_kinds, themes
from gongkai.web.search.engine.asking import cleaned
from gongkai.web.search.engine.finding import DATE, MOST, RELEVANCE

PAGE = 10
_LONGEST_CODE = 40
_YEARS = range(1949, 2200)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, the filters by name (`organ`: a code), the order, the page from 1. `back`: the organ (its
    code) in which it was asked before."""

    words: str
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1
    back: str = ""

    def address(self, base: str, **other: str) -> str:
        """The same with something else; "" leaves out. The page is the first unless it is given."""
        said = {"q": self.words, **self.filters, "sort": self.sort if self.sort != RELEVANCE else ""}
        said |= {"from": self.back, "page": "", **other}
        return f"{base}?{urlencode({name: value for name, value in said.items() if value})}"

    def narrowing(self, base: str, name: str) -> Callable[[str], str]:
        """The addresses of the same with one filter set, by its values."""
        others = self.address(base, **{name: ""})
        return lambda value: f"{others}{'&' if '?' in others else '?'}{name}={quote_plus(value)}"


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
    organ = _code(query.get("organ"))
    if organ and not in_an_organ:
        filters = {"organ": organ, **filters}
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    sort = DATE if query.get("sort") == DATE else RELEVANCE
    words, page_asked = cleaned(query.get("q", "")), min(max(number, 1), MOST // PAGE)
    return Asked(words, filters, sort, page_asked, "" if in_an_organ else _code(query.get("from")))


def _code(written: object) -> str:
    """What may be the code of an organ, or ""."""
    code = str(written or "")
    return code if len(code) <= _LONGEST_CODE and code.isprintable() else ""


def _codes(entries: Iterable[Entry | RecordKind]) -> Iterable[str]:
    return (one.code for one in entries)
