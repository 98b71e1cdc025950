"""Records written in bulk are what the actions would have made of them, and no guard is lifted for them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gongkai.web.audit.guards import missing
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.actions.drafting import draft_record, start_version
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.reviewing import pass_step, return_step, submit_for_review
from gongkai.web.disclosure.content import content_digest
from gongkai.web.disclosure.models import Attachment, Record, Review, Version
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role, Staff
from gongkai.web.sample import bulk, loading
from gongkai.web.sample.bulk_records import BASIS, Course
from gongkai.web.sample.chain import enter
from gongkai.web.sample.files import ready_files
from gongkai.web.sample.founding import House, found, standing
from gongkai.web.sample.rows import set_sequences, table
from gongkai.web.sample.texts import Numbers, families, text_of

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
NOW = dt.datetime(2026, 11, 20, 16, 0, tzinfo=ZONE)
DAY = dt.date(2026, 3, 2)
NOTE = "更正正文中的文字差错。"


@pytest.fixture
def houses(db: None) -> list[House]:
    ready_files.cache_clear()
    with transaction.atomic(), clock.set_to(dt.datetime(2026, 2, 1, 9, tzinfo=ZONE)):
        return found(dt.date(2026, 2, 1))


def moments() -> list[dt.datetime]:
    start = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    return [start + dt.timedelta(minutes=17 * number) for number in range(14)]


def in_bulk(house: House, steps: str) -> Record:
    for model in (Record, Version, Review, Attachment):
        table(model).count_on()
    text = text_of(families()["town_affairs"], house.plan, DAY, Numbers(), Random(7))
    course = Course(house, text, iter(moments()), Random(7))
    course.draft(f"{house.plan.credit_code}/2026-90001")
    for step in steps:
        {
            "a": lambda: course.attach(ready_files()["xlsx"]),
            "s": course.submit,
            "p": course.pass_step,
            "r": lambda: course.return_step("请核对。"),
            "c": lambda: course.correct(NOTE),
            "w": lambda: course.withdraw("内容有误。"),
            "x": lambda: course.repeal(DAY, "清理决定"),
        }[step]()
    with transaction.atomic():
        bulk._insert([course.made])
        enter(course.made.events, Random(7))
    set_sequences((Record, Version, Review, Attachment))
    return Record.objects.get(pk=course.made.record.pk)


def by_actions(house: House, steps: str) -> Record:
    """The same record by the same people at the same moments."""
    text = text_of(families()["town_affairs"], house.plan, DAY, Numbers(), Random(7))
    clerk = Random(7).choice(house.holding(Role.CLERK))
    times = iter(moments())

    def at(do: Any, **told: Any) -> Any:
        with clock.set_to(next(times)):
            return do(**told)

    record = at(
        draft_record,
        by=clerk,
        organ=house.organ,
        unit=house.unit_of(clerk),
        kind_code=text.family.kind,
        facts=text.facts,
        index_number=f"{house.plan.credit_code}/2026-90002",
    )
    office = house.holding(Role.DISCLOSURE_OFFICE)[0]
    for step in steps:
        record = Record.objects.get(pk=record.pk)
        if step == "a":
            file = ready_files()["xlsx"]
            at(attach_file, by=clerk, record=record, content=file.content, name=file.name)
        elif step == "s":
            at(submit_for_review, by=clerk, record=record)
        elif step in "pr":
            review = Review.objects.select_related("version__record__organ").get(
                version__record=record, result=""
            )
            by: Staff = house.holding(Role(review.step))[0]
            if step == "p":
                basis = BASIS if review.step == Role.SECRECY_OFFICER else ""
                at(pass_step, by=by, review=review, seen=review.version.content_digest, basis=basis)
            else:
                at(return_step, by=by, review=review, reason="请核对。")
        elif step == "c":
            at(start_version, by=clerk, record=record, change=ChangeKind.CORRECTION, note=NOTE)
        elif step == "w":
            at(withdraw, by=office, record=record, reason="内容有误。")
        elif step == "x":
            at(repeal, by=office, record=record, on=DAY, basis="清理决定")
    return Record.objects.get(pk=record.pk)


def told(record: Record) -> dict[str, list[dict[str, Any]]]:
    """All that the database holds of a record, without the ids that differ."""
    parts = {
        "record": Record.objects.filter(pk=record.pk),
        "versions": Version.objects.filter(record=record).order_by("number"),
        "reviews": Review.objects.filter(version__record=record).order_by("version__number", "position"),
        "attachments": Attachment.objects.filter(version__record=record),
    }
    own = {"id", "record_id", "version_id", "published_id", "working_id", "secrecy_review_id", "index_number"}
    rows = {
        name: [{key: value for key, value in row.items() if key not in own} for row in found.values()]
        for name, found in parts.items()
    }
    entries = Entry.objects.filter(subject_type="disclosure.record", subject_id=record.pk).order_by("number")
    rows["entries"] = [
        {
            "action": one.action,
            "actor": one.actor_id,
            "organ": one.organ_id,
            "before": one.before,
            "after": {name: value for name, value in one.after.items() if name != "secrecy_review"},
            "why": one.why,
            "at": one.at,
            "touched": sorted(key.partition(":")[0] for key in one.states),
        }
        for one in entries
    ]
    return rows


@pytest.mark.parametrize(
    "steps", ["", "a", "s", "sp", "spp", "sr", "asppp", "spppc", "spppcsppp", "spppw", "spppx"]
)
def test_a_record_in_bulk_is_the_one_the_actions_make(steps: str, houses: list[House]) -> None:
    house = next(one for one in houses if one.plan.code == "qinghe")
    written, acted = told(in_bulk(house, steps)), told(by_actions(house, steps))
    for part, rows in acted.items():
        assert written[part] == rows, part
    assert verify().faults == []


def test_the_digest_of_content_is_that_of_the_version_saved(houses: list[House]) -> None:
    version = in_bulk(houses[1], "asppp").published
    assert version is not None
    assert version.content_digest == content_digest(version)


@pytest.mark.parametrize("count", [1, 7, 400])
def test_many_records_verify_and_are_as_many_as_asked_for(count: int, db: None) -> None:
    ready_files.cache_clear()
    seen: list[tuple[int, int]] = []
    loaded = loading.scale(count, now=NOW, told=lambda done, of: seen.append((done, of)))
    assert loaded.new
    assert Record.objects.count() == loaded.records == count
    assert seen[-1] == (count, count)
    verdict = verify()
    assert verdict.faults == []
    assert missing() == []
    moments = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_among_many_records_some_are_at_work_repealed_corrected_and_withdrawn(db: None) -> None:
    ready_files.cache_clear()
    loading.scale(1200, now=NOW)
    assert set(Version.objects.values_list("stage", flat=True)) >= {
        "published",
        "in_review",
        "superseded",
        "withdrawn",
    }
    organs = Counter(Record.objects.values_list("organ__code", flat=True))
    assert organs.most_common(1)[0][0] == "xugou"
    assert organs["xugou"] > 600
    assert len(organs) == 15
    assert {"in_force", "repealed", "expired"} <= set(Record.objects.values_list("validity", flat=True))


def test_writing_as_many_again_changes_nothing_and_another_number_is_refused(db: None) -> None:
    ready_files.cache_clear()
    loading.scale(20, now=NOW)
    entries = Entry.objects.count()
    assert not loading.scale(20, now=NOW).new
    assert Entry.objects.count() == entries
    with pytest.raises(WorkError) as refused:
        loading.scale(30, now=NOW)
    assert refused.value.code == "scale_not_empty"


def test_work_goes_on_after_many_records(db: None) -> None:
    ready_files.cache_clear()
    loading.scale(60, now=NOW)
    house = standing()[0]
    last = Record.objects.order_by("-pk")[0]
    text = text_of(families()["work_notice"], house.plan, NOW.date(), Numbers(), Random(3))
    clerk = house.holding(Role.CLERK)[0]
    with clock.set_to(NOW):
        record = draft_record(
            by=clerk, organ=house.organ, unit=house.unit_of(clerk), kind_code="document", facts=text.facts
        )
    assert record.pk > last.pk
    assert not Record.objects.exclude(pk=record.pk).filter(index_number=record.index_number).exists()
    assert verify().faults == []


def test_a_guard_refuses_what_was_not_reviewed_also_after_bulk(houses: list[House]) -> None:
    record = in_bulk(houses[1], "sp")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE disclosure_version SET stage = 'published', content_digest = 'x' WHERE record_id = %s",
            [record.pk],
        )


def test_the_clock_is_turned_back_only_within_its_block() -> None:
    then = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
    with clock.set_to(then):
        assert clock.now() == then
        assert clock.today() == dt.date(2020, 1, 2)
    assert clock.now().year >= 2025
