"""What a draft's own words propose for its fields and links. A person confirms them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from gongkai.documents.publishing import text_of
from gongkai.documents.publishing.page_terms import Cited, terms_of
from gongkai.statute.catalogue import genre_of_title
from gongkai.web.disclosure.models import LinkKind, Record, State, Version

# What is issued by a notice or an order and bears a name of its own is none of the fifteen genres (META.5).
_OTHER_GENRES = (
    "办法",
    "规定",
    "细则",
    "规则",
    "规程",
    "制度",
    "方案",
    "预案",
    "规划",
    "计划",
    "章程",
    "指南",
    "清单",
    "目录",
)
_MOST_RECORDS = 50


class Proposal(NamedTuple):
    """A value for a field of the version, and the words it was read from. `reckoned`: from the date made."""

    value: dt.date | str
    words: str
    reckoned: bool = False


@dataclass(frozen=True, slots=True)
class Repealing:
    """A document that the text says is repealed; `record`: the organ's own that it seems to be."""

    cited: Cited
    record: Record | None
    is_linked: bool

    @property
    def can_be_linked(self) -> bool:
        found = self.record
        return (
            found is not None
            and not self.is_linked
            and found.state == State.PUBLISHED
            and found.repealed_on is None
        )


def proposals_of(version: Version) -> dict[str, Proposal]:
    """By the field's name, for fields that are empty or say something else. No query."""
    found: dict[str, Proposal] = {}
    terms = terms_of(text_of(version.body), version.made_on)
    for name, said in (("effective_on", terms.effective), ("expires_on", terms.expires)):
        now = getattr(version, name)
        # What was only counted, from a day that may not be that of publication, contradicts nobody.
        if said is not None and now != said.day and not (now and said.reckoned):
            found[name] = Proposal(said.day, said.words, said.reckoned)
    if not version.genre and (code := _genre(version.title)):
        found["genre"] = Proposal(code, version.title)
    return found


def repeals_told(record: Record, version: Version) -> list[Repealing]:
    """The documents that the text of a first draft repeals, each with the organ's record of it. 2 queries at
    most, none where the text repeals nothing."""
    if record.state != State.DRAFT:
        return []
    cited = terms_of(text_of(version.body), version.made_on).repeals
    if not cited:
        return []
    rows = _records(record, cited)
    linked = set(record.links.filter(kind=LinkKind.REPEALS).values_list("target_id", flat=True))
    return [_repealing(one, rows, linked) for one in cited]


def _genre(title: str) -> str:
    known = genre_of_title(title)
    if known is not None:
        return known.code
    bare = title.rstrip("）)").partition("（")[0] or title
    return "other" if bare.endswith(_OTHER_GENRES) else ""


def _records(record: Record, cited: tuple[Cited, ...]) -> list[Record]:
    numbers = [one.number for one in cited if one.number]
    fits: Any = Q(title__in=[one.title for one in cited])
    if numbers:
        fits |= Q(document_number__in=numbers)
    own = Record.objects.filter(fits, organ_id=record.organ_id).exclude(state=State.ABANDONED)
    return list(own.exclude(pk=record.pk).order_by("-id")[:_MOST_RECORDS])


def _repealing(cited: Cited, rows: list[Record], linked: set[int]) -> Repealing:
    """A number decides; without one the title. Of several the one that is public."""
    fits = [one for one in rows if cited.number and one.document_number == cited.number]
    if not cited.number:
        fits = [one for one in rows if one.title == cited.title]
    found = next((one for one in fits if one.state == State.PUBLISHED), fits[0] if fits else None)
    return Repealing(cited, found, found is not None and found.pk in linked)
