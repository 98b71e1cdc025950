"""Block two of form 2014 (回应解读情况, LAW.md 2.7), counted from the responses: each figure with its facts.

| row | counted |
|---|---|
| (一) concerns answered | topics, each once, in the year of its first response [D] |
| (二)1, 2 conferences, interviews | each; those with the principal head apart |
| (二)3 interpretations | articles: public records of that kind first out in the year, and others entered |
| (二)4, 5 Weibo and WeChat, other | topics, each once a channel |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.models.records import State
from gongkai.web.organs.models import Organ
from gongkai.web.participation.models import Concern, Response
from gongkai.web.participation.settled import response_channels

CONCERNS, INTERPRETATION = "concerns", "interpretation"


class Fact(NamedTuple):
    """One thing that is counted: what it is called, when, and the record it can be read in."""

    words: str
    on: dt.date
    record: int | None = None
    response: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: `value` is how many facts. `code`: `concerns`, a channel, a channel with `.head`."""

    code: str
    zh: str
    unit: str
    facts: tuple[Fact, ...]

    @property
    def value(self) -> int:
        return len(self.facts)


def responses_of(organ: Organ) -> QuerySet[Response]:
    """All responses entered, the newest first, withdrawn ones too. 1 query."""
    return Response.objects.filter(organ=organ).select_related("concern", "record").order_by("-on", "-id")


def concerns_of(organ: Organ) -> QuerySet[Concern]:
    """The topics of an organ, the newest first. 1 query."""
    return Concern.objects.filter(organ=organ).order_by("-id")


def response_years(organ: Organ) -> list[int]:
    """The years with responses, the newest first. 1 query."""
    rows = Response.objects.filter(organ=organ).dates("on", "year", order="DESC")
    return [day.year for day in rows]


def block_two(organ: Organ, year: int) -> dict[str, Cell]:
    """Block two of a year, cell by cell in the form's order. 3 queries."""
    responses = list(
        Response.objects.filter(organ=organ, withdrawn_at__isnull=True, on__year=year)
        .select_related("concern")
        .order_by("on", "id")
    )
    cells = {CONCERNS: Cell(CONCERNS, "回应公众关注热点或重大舆情数", "次", tuple(_concerns(organ, year)))}
    for channel in response_channels():
        of_it = [one for one in responses if one.channel == channel.code]
        facts = _by_topic(of_it) if channel.more["counts"] == "topics" else [_fact(one) for one in of_it]
        if channel.code == INTERPRETATION:
            facts = _articles(organ, year, of_it)
        code, unit = channel.code, channel.more["unit"]
        cells[code] = Cell(code, channel.more["row"], unit, tuple(facts))
        if channel.more.get("head"):
            heads = tuple(_fact(one) for one in of_it if one.head_took_part)
            cells[f"{code}.head"] = Cell(f"{code}.head", "其中：主要负责同志参加", unit, heads)
    return cells


def _concerns(organ: Organ, year: int) -> Iterable[Fact]:
    """Topics whose first response lies in the year: answered again through other channels they count once."""
    counted = Q(responses__withdrawn_at__isnull=True)
    rows = Concern.objects.filter(organ=organ).annotate(first_on=Min("responses__on", filter=counted))
    found = rows.order_by("first_on", "id").values_list("topic", "first_on")
    for topic, on in found.filter(first_on__year=year):
        yield Fact(topic, on)


def _by_topic(responses: Iterable[Response]) -> list[Fact]:
    first: dict[int, Fact] = {}
    for one in responses:
        if one.concern is not None:
            first.setdefault(one.concern.pk, Fact(str(one.concern.topic), one.on, one.record_id, one.pk))
    return list(first.values())


def _articles(organ: Organ, year: int, entered: Iterable[Response]) -> list[Fact]:
    """Each article once: a record that was entered as a response too is the same article."""
    zone = timezone.get_default_timezone()
    begin, end = dt.datetime(year, 1, 1, tzinfo=zone), dt.datetime(year + 1, 1, 1, tzinfo=zone)
    records = Record.objects.filter(organ=organ, kind=INTERPRETATION, state=State.PUBLISHED)
    records = records.filter(first_published_at__gte=begin, first_published_at__lt=end)
    rows = records.order_by("first_published_at", "id").values_list("pk", "title", "first_published_at")
    facts = {pk: Fact(title, timezone.localdate(at), pk) for pk, title, at in rows}
    others = [_fact(one) for one in entered if one.record_id not in facts]
    return sorted([*facts.values(), *others], key=lambda one: one.on)


def _fact(one: Response) -> Fact:
    return Fact(str(one.title), one.on, one.record_id, one.pk)
