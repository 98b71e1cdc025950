"""Many records at once (`gongkai sample --scale N`), with all reviews, versions and log entries.

Weeks are written one after another, each in a transaction: a record's whole course lies within its week, so
the log stays in the order of time. The database's guards stay on: versions go in as drafts, their reviews
after them, and only then what has passed becomes public.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from gongkai.statute.calendar import national
from gongkai.statute.identifiers import IndexForm
from gongkai.web.audit.models import ChainHead
from gongkai.web.disclosure.index_numbers import organ_codes
from gongkai.web.disclosure.models import Attachment, IndexCounter, Record, Review, Version
from gongkai.web.sample.bulk_records import Course, Made
from gongkai.web.sample.chain import enter
from gongkai.web.sample.files import ready_files
from gongkai.web.sample.founding import House
from gongkai.web.sample.reports import as_published
from gongkai.web.sample.rows import Row, insert, set_sequences, table
from gongkai.web.sample.texts import Numbers, Text, families, some_text, text_of
from gongkai.web.sample.written import text_written

_WORK = (8 * 3600 + 1800, 17 * 3600)  # seconds of a day at work
_AT_ONCE = 500  # ids in one statement
_MOMENTS = 14  # of one record's course
_SHARE_OF_THE_FIRST = 0.6
_TABLES = (Record, Version, Review, Attachment)
Told = Callable[[int, int], None]


class Span(NamedTuple):
    """The days over which records are spread."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Planned:
    """A record to be written: whose, about when, and of which family ("": what the organ issues every day),
    with `text_of`'s year and title. `written`: the code of a text that is written out in full, as it was
    before it was amended; `years`: of an annual report, the first and last of all the organ's reports."""

    house: House
    day: dt.date
    family: str = ""
    year: int | None = None
    title: int | None = None
    written: str = ""
    years: tuple[int, int] | None = None

    def text(self, day: dt.date, numbers: Numbers, chance: Random) -> Text:
        if self.written:
            return text_written(self.written, self.house.plan, day, numbers, before=True)
        if not self.family:
            return some_text(self.house.plan, day, numbers, chance)
        family = families()[self.family]
        text = text_of(family, self.house.plan, day, numbers, chance, year=self.year, title=self.title)
        if self.years and self.year:
            as_published(text, self.house.plan, self.year, self.years)
        return text


def planned_at_random(
    houses: list[House], count: int, span: Span, chance: Random, first: float = _SHARE_OF_THE_FIRST
) -> Iterator[Planned]:
    """`count` ordinary records spread evenly over a span, in the order of days.

    `first`: the share of the district's government; more than half, so that one office's lists are long.
    """
    days = (span.last - span.first).days + 1
    for number in range(count):
        house = houses[0] if chance.random() < first else chance.choice(houses[1:])
        yield Planned(house, span.first + dt.timedelta(days=number * days // count))


def write_many(
    plan: Iterable[Planned],
    total: int,
    span: Span,
    numbers: Numbers,
    chance: Random,
    told: Told,
    at_work: int = 0,
) -> None:
    """Write what is planned, in the order of days, week by week; the last `at_work` are not public yet.

    `told` is called after each week with the number written and `total`. Memory holds a week's records alone.
    """
    done = 0
    waiting: list[Planned] = []
    days = [span.first]
    for monday, planned in groupby(plan, key=lambda one: one.day - dt.timedelta(days=one.day.weekday())):
        waiting += planned
        # In a week of holidays alone nobody works: what was planned waits for the next.
        if week := _working_days(monday, span):
            days = week
            _write_week(waiting, days, total - done - at_work, numbers, chance)
            done += len(waiting)
            waiting = []
            told(done, total)
    if waiting:
        _write_week(waiting, days, total - done - at_work, numbers, chance)
        told(total, total)
    set_sequences(_TABLES)


def _working_days(monday: dt.date, span: Span) -> list[dt.date]:
    week = (monday + dt.timedelta(days=number) for number in range(7))
    return [day for day in week if span.first <= day <= span.last and national().is_working_day(day)]


@transaction.atomic
def _write_week(
    planned: list[Planned], days: list[dt.date], public: int, numbers: Numbers, chance: Random
) -> None:
    """The week's records; those after the first `public` stay at work."""
    ChainHead.objects.select_for_update().get_or_create(pk=1)  # whoever else writes waits
    for model in _TABLES:
        table(model).count_on()
    index = _Index()
    begun = sorted((_moments(days, chance) for _ in planned), key=lambda one: one[0])
    made = []
    for number, (one, moments) in enumerate(zip(planned, begun, strict=True)):
        text = one.text(timezone.localdate(moments[0]), numbers, chance)
        course = Course(one.house, text, iter(moments), chance)
        _run(course, text, index.next(one.house, moments[0]), number >= public, chance)
        made.append(course.made)
    index.keep()
    _insert(made)
    events = sorted((one for record in made for one in record.events), key=lambda one: one.at)
    enter(events, chance)


def _run(course: Course, text: Text, index_number: str, stays_at_work: bool, chance: Random) -> None:
    """What happens to one record: nearly all go the straight way."""
    draw = chance.random()
    if not stays_at_work and draw < 0.03 and text.family.kind == "normative_document":
        _make_old(text, expired=True)
    elif not stays_at_work and draw < 0.08 and text.family.kind == "normative_document":
        _make_old(text, expired=False)
    course.draft(index_number)
    for file in text.files:
        course.attach(file)
    if text.attachment and chance.random() < 0.5:
        course.attach(ready_files()[text.attachment])
    if stays_at_work:
        _stay(course, chance)
        return
    _pass_all(course)
    if draw < 0.005:
        course.withdraw("内容有误，正在核对，更正后重新公开。")
    elif draw < 0.02 and not course.made.attachments:
        course.correct("更正正文中的文字差错。")
        _pass_all(course)
    elif 0.03 <= draw < 0.08 and text.family.kind == "normative_document":
        on = course.made.record.values["made_on"] + dt.timedelta(days=900)
        course.repeal(on, "清理行政规范性文件的决定")


def _pass_all(course: Course) -> None:
    course.submit()
    for _ in range(3):
        course.pass_step()


def _stay(course: Course, chance: Random) -> None:
    """Drafts, reviews at each step, and some that came back."""
    if chance.random() < 0.3:
        return
    course.submit()
    for _ in range(chance.randrange(3)):
        course.pass_step()
    if chance.random() < 0.2:
        course.return_step("请补充办理依据，并核对文中的日期。")


def _make_old(text: Text, *, expired: bool) -> None:
    """From before the platform, entered later: ceased to hold by its term, or to be marked as repealed."""
    facts = text.facts
    new: dt.date = facts["made_on"]
    old = new - dt.timedelta(days=365 * 7)
    facts["made_on"] = facts["effective_on"] = old
    facts["expires_on"] = old + dt.timedelta(days=365 * 5) if expired else None
    facts["document_number"] = facts["document_number"].replace(f"〔{new.year}〕", f"〔{old.year}〕")
    signed, then = (f"{day.year}年{day.month}月{day.day}日" for day in (new, old))
    facts["body"] = facts["body"].replace(signed, then)


def _moments(days: list[dt.date], chance: Random) -> list[dt.datetime]:
    """Moments at work within the week, in order: as many as the longest course needs."""
    opens, closes = _WORK
    length = closes - opens
    zone = timezone.get_default_timezone()
    moments = []
    for second in sorted(chance.sample(range(length * len(days)), _MOMENTS)):
        day, rest = divmod(second, length)
        moments.append(
            dt.datetime.combine(days[day], dt.time(), zone)
            + dt.timedelta(seconds=opens + rest, milliseconds=chance.randrange(1000))
        )
    return moments


def _insert(made: list[Made]) -> None:
    """In the order in which the guards let it in: files into drafts, reviews, then what they have passed."""
    records = [one.record for one in made]
    first = [one.versions[0] for one in made]
    further = [row for one in made for row in one.versions[1:]]
    insert(records, state=lambda row: "draft" if row.values["state"] == "published" else row.values["state"])
    insert(first, stage=_as_draft, review_round=_before_review)
    insert([row for one in made for row in one.attachments])
    insert([row for one in made for row in one.reviews])
    _set_stages(first)
    insert(further, stage=_as_draft, review_round=_before_review)
    _set_stages(further)
    public = [row for row in records if row.values["state"] == "published"]
    _set("disclosure_record", {"state": "published"}, public)


def _as_draft(_: Row) -> str:
    return "draft"


def _before_review(row: Row) -> int:
    """The round a version has been through counts from when it is handed in."""
    return int(row.values["review_round"]) if row.values["stage"] == "draft" else 0


def _set_stages(versions: list[Row]) -> None:
    """Each version into its last round of review, and out of it to where it is now."""
    by_round: dict[int, list[Row]] = {}
    by_stage: dict[str, list[Row]] = {}
    for row in versions:
        if row.values["stage"] != "draft":
            by_round.setdefault(row.values["review_round"], []).append(row)
            by_stage.setdefault(row.values["stage"], []).append(row)
    for count, rows in by_round.items():
        _set("disclosure_version", {"stage": "in_review", "review_round": count}, rows)
    for stage, rows in by_stage.items():
        if stage != "in_review":
            _set("disclosure_version", {"stage": stage}, rows)


def _set(name: str, values: dict[str, str | int], rows: list[Row]) -> None:
    numbers = [row.pk for row in rows]
    columns = ", ".join(f"{column} = %s" for column in values)
    with connection.cursor() as cursor:
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            statement = f"UPDATE {name} SET {columns} WHERE id IN ({marks})"  # noqa: S608
            cursor.execute(statement, [*values.values(), *some])


class _Index:
    """Index numbers of one transaction: the counters are read once and kept at its end."""

    def __init__(self) -> None:
        self._last: Counter[tuple[int, int]] = Counter()
        self._houses: dict[int, tuple[IndexForm, tuple[str, ...]]] = {}

    def next(self, house: House, moment: dt.datetime) -> str:
        organ, day = house.organ, timezone.localdate(moment)
        if organ.pk not in self._houses:
            form = IndexForm("本机关", organ.index_template)
            self._houses[organ.pk] = (form, organ_codes(organ, form))
        form, codes = self._houses[organ.pk]
        key = (organ.pk, day.year)
        if key not in self._last:
            counter = IndexCounter.objects.filter(organ=organ, year=day.year).first()
            self._last[key] = counter.last if counter else 0
        self._last[key] += 1
        return str(form.format(codes, day.year, self._last[key], day.month, day.day))

    def keep(self) -> None:
        for (organ, year), last in self._last.items():
            IndexCounter.objects.update_or_create(organ_id=organ, year=year, defaults={"last": last})
