"""Putting the sample into an empty database; or many records, for measuring (`gongkai sample`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.utils import timezone

from gongkai.web.annual_reports.archive.actions import read_published
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.ending import follow_the_calendar
from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.requests.stands import reckon_due
from gongkai.web.sample import keeping, stories, stories_citizens, stories_requests, stories_written
from gongkai.web.sample.bulk import Planned, Span, planned_at_random, write_many
from gongkai.web.sample.founding import House, found
from gongkai.web.sample.texts import Numbers
from gongkai.web.sample.timeline import Story, World, run

SEED = 20260501
_YEARS = 3
_STORIES = 150  # days before today from which on records go through the actions
_HISTORY = 200  # ordinary records before that
_MOST_REPORTS = 200
_ORDINARY = 30  # ordinary records through the actions
_REPORTED_ON = (1, 22)  # month and day
_AFFAIRS = 12  # topics of that family
_RULES = ("rules_disclosure", "rules_secrecy", "rules_requests", "rules_release")
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is now. `new`: it was made just now."""

    organs: int
    records: int
    new: bool


def load(*, now: dt.datetime | None = None, told: Told | None = None) -> Loaded:
    """The sample installation: the same on every day but for its dates. All of it, or nothing.

    WorkError `not_a_sample` where the database holds an organ that is not fictional. What is there already
    stays as it is.
    """
    if is_there():
        return Loaded(Organ.objects.count(), Record.objects.count(), new=False)
    with transaction.atomic():
        _make(now or timezone.now(), told or (lambda done, of: None))
    return Loaded(Organ.objects.count(), Record.objects.count(), new=True)


def scale(count: int, *, now: dt.datetime | None = None, told: Told | None = None) -> Loaded:
    """The sample's organs with `count` records, in bulk, into an empty database.

    WorkError `not_a_sample` as `load`, `scale_not_empty` where other fictional records are there.
    """
    if is_there():
        there = Record.objects.count()
        if there != count:
            zh = f"数据库里已有示例（{there} 条信息）。大量数据请写入空数据库，例如另设 GONGKAI_DATA。"
            raise WorkError(
                "scale_not_empty", zh, f"There is a sample of {there} records: use an empty database."
            )
        return Loaded(Organ.objects.count(), there, new=False)
    now = now or timezone.now()
    chance, numbers = Random(SEED), Numbers()  # noqa: S311 - a sample
    span = _span(now, 1)
    with transaction.atomic(), clock.set_to(_before(span)):
        houses = found(span.first - dt.timedelta(days=1))
    plan = planned_at_random(houses, count, span, chance)
    write_many(plan, count, span, numbers, chance, told or (lambda done, of: None), at_work=count // 200)
    return Loaded(Organ.objects.count(), count, new=True)


def is_there() -> bool:
    """Whether the sample, or part of it, is in the database; WorkError where real organs are."""
    if Organ.objects.filter(is_fictional=False).exists():
        zh = "数据库里有真实机关，不能装入示例。示例只能装入空数据库，例如另设 GONGKAI_DATA。"
        raise WorkError(
            "not_a_sample", zh, "There are real organs: a sample goes into an empty database alone."
        )
    return Organ.objects.exists()


def _make(now: dt.datetime, told: Told) -> None:
    chance, numbers = Random(SEED), Numbers()  # noqa: S311 - a sample
    span = _span(now, _STORIES + 5)
    with clock.set_to(_before(span)):
        houses = found(span.first - dt.timedelta(days=1))
        stories_requests.offices(houses)
    plan = [*_yearly(houses, span), *planned_at_random(houses, _HISTORY, span, chance, first=0.25)]
    plan.sort(key=lambda one: one.day)
    write_many(plan, len(plan), span, numbers, chance, told)
    world = World({house.plan.code: house for house in houses}, numbers, chance, now)
    run(_stories(world), now)
    follow_the_calendar(timezone.localdate(now))
    with clock.set_to(now):
        # The files are our own: no process of their own is needed to read them.
        read_published(most=_MOST_REPORTS, isolated=False)
        reckon_due(timezone.localdate(now))


def _span(now: dt.datetime, days: int) -> Span:
    """Three years up to so many days ago."""
    last = timezone.localdate(now) - dt.timedelta(days=days)
    return Span(last - dt.timedelta(days=_YEARS * 365), last)


def _before(span: Span) -> dt.datetime:
    return dt.datetime.combine(span.first, dt.time(8), timezone.get_default_timezone())


def _yearly(houses: list[House], span: Span) -> Iterator[Planned]:
    """What each organ publishes once a year, or once: reports, budgets, final accounts, guide, rules."""
    reported = _reported(span)
    for house in houses:
        if house.plan.shape == "district":
            for place, code in enumerate(("guide", *_RULES, "bus_trial")):
                yield Planned(house, span.first + dt.timedelta(days=20 + 4 * place), written=code)
            # One of each category that nothing else of the district's falls into: none is empty.
            for place in range(_AFFAIRS):
                yield Planned(house, span.first + dt.timedelta(days=120 + 70 * place), "affairs")
        else:
            yield Planned(house, span.first + dt.timedelta(days=20), "guide", title=0)
            yield Planned(house, span.first + dt.timedelta(days=25), "own_rules", title=0)
        for year in range(span.first.year, span.last.year + 1):
            for code, about, month, day in (
                ("annual_report", year - 1, *_REPORTED_ON),
                ("budget", year, 2, 24),
                ("final_accounts", year - 1, 9, 16),
            ):
                on = dt.date(year, month, day)
                if span.first <= on <= span.last:
                    years = reported if code == "annual_report" else None
                    yield Planned(house, on, code, year=about, years=years)


def _reported(span: Span) -> tuple[int, int]:
    """The first and last year of which annual reports are published within the span."""
    years = [year - 1 for year in range(span.first.year, span.last.year + 1)]
    found = [about for about in years if span.first <= dt.date(about + 1, *_REPORTED_ON) <= span.last]
    return found[0], found[-1]


def _stories(world: World) -> Iterator[Story]:
    houses = list(world.houses.values())
    yield keeping.checklists(world, world.ago(_STORIES + 2, 8))
    yield keeping.what_was_there(world, world.ago(_STORIES + 2, 11))
    yield keeping.figures(world, world.ago(_STORIES + 1, 8))
    yield keeping.withheld(world, world.ago(_STORIES, 8))
    yield from _written(world)
    yield from _with_citizens(world)
    yield from stories_requests.stories(world)
    yield stories.amended_by_another(world)
    yield stories.repealed_by_decision(world)
    yield stories.expired_of_itself(world)
    yield stories.not_yet_in_force(world)
    yield stories.corrected(world)
    yield stories.withdrawn(world, again=False)
    yield stories.withdrawn(world, again=True)
    yield stories.returned_then_passed(world)
    yield stories.abandoned(world)
    for result in (GateResult.AGREED, GateResult.REFUSED, None):
        yield stories.consulted(world, result)
    yield stories.scheduled(world, 3)
    yield stories.scheduled(world, 10)
    yield from _fulfilling(world)
    for number in range(_ORDINARY):
        house = houses[0] if number % 3 == 0 else houses[number % len(houses)]
        yield stories.ordinary(world, house, world.ago(world.chance.randint(10, _STORIES - 5)), number)
    yield from _at_present(world)


def _written(world: World) -> Iterator[Story]:
    """Policies written out in full, with interpretations; the guide as it is now."""
    yield stories_written.policy(world, "lift", 130, 2)
    yield stories_written.policy(world, "meals", 95)
    yield stories_written.policy(world, "rice_fish", 70)
    yield stories_written.replaced(world, "bus", "bus_trial", 40, 1)
    yield stories_written.guide(world, 35)


def _with_citizens(world: World) -> Iterator[Story]:
    """What citizens were asked, what they have said, and where else things were made public."""
    yield stories_citizens.responses_entered(world, world.ago(_STORIES + 1, 11))
    yield stories_citizens.channels(world, world.ago(60))
    yield stories_citizens.consultation_ended(world, 125)
    yield stories_citizens.survey_ended(world, 85)
    yield stories_citizens.consultation_running(world, 18)
    yield from stories_citizens.reports(world)
    yield stories_citizens.found_helpful(world)


def _fulfilling(world: World) -> Iterator[Story]:
    """Some items of the checklists are fulfilled in time, some late, some never."""
    houses = world.houses
    for code in ("xugou", "caizheng", "jiaoyu", "minzheng"):
        yield stories.of_family(world, houses[code], world.ago(25), "announcement", "重点工作进展")
    for days in (75, 45, 18):
        yield stories.of_family(
            world, houses["qinghe"], world.ago(days), "town_affairs", "村（社区）事项公示"
        )
        yield stories.of_family(world, houses["tongji"], world.ago(days + 1), "statistics", "月度统计数据")
    yield stories.of_family(world, houses["bailu"], world.ago(80), "town_affairs", "村（社区）事项公示")
    yield stories.of_family(world, houses["shichang"], world.ago(30), "penalty", "行政处罚决定")
    yield stories.of_family(world, houses["xugou"], world.ago(22), "clarification")
    yield stories.of_family(world, houses["xugou"], world.ago(28), "appointment")
    yield stories.of_family(world, houses["yingji"], world.ago(9), "emergency")


def _at_present(world: World) -> Iterator[Story]:
    """What is on somebody's desk today."""
    top, town = world.houses["xugou"], world.houses["qinghe"]
    for clerk, (step, days) in enumerate(((0, 1), (0, 7), (1, 2), (1, 9), (2, 3), (2, 1))):
        yield stories.waiting_at(world, top, step, days, clerk)
    yield stories.waiting_at(world, top, 1, 4, forward=True)
    yield stories.waiting_at(world, town, 0, 2)
    yield stories.waiting_at(world, town, 1, 3)
    yield stories.waiting_at(world, world.houses["shichang"], 2, 2)
    yield stories.returned_now(world, top, "请写明办理依据和咨询途径，并核对文中的日期。", 3)
    yield stories.returned_now(world, top, "标题与正文内容不一致，请改正。", 8, 1)
    yield stories.returned_now(world, town, "公示内容中的户数与附表不符，请核对。", 2)
    yield stories.draft_with_findings(world, top, 1)
    yield stories.draft_with_findings(world, town, 2)
    yield stories.late_draft(world, top, item="重点工作进展")
    yield stories.late_draft(world, top, 1)
    yield stories.draft_due_soon(world, top, "规范性文件")
    yield stories.draft_due_soon(world, town, "村（社区）事项公示")
    yield stories.late_draft(world, town)
