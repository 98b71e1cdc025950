"""Two people do the same thing at the same moment: one comes second, is told so, nothing is doubled."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.web import platform
from tests.web.platform import FACTS, House, appoint, open_review, pass_once, published, staff, submitted

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.drafting import draft_record, revise_draft
from gongkai.web.disclosure.actions.fulfilling import join_record
from gongkai.web.disclosure.actions.publishing import publish, publish_due, schedule
from gongkai.web.disclosure.actions.reviewing import (
    pass_step,
    return_step,
    set_review_plan,
    submit_for_review,
)
from gongkai.web.disclosure.content import content_digest
from gongkai.web.disclosure.models import Record, Result, Review, State, Version
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None) -> House:
    return platform.district().town


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """What each task gives, or the error it ends with; all begin together, each on its own connection."""
    barrier = threading.Barrier(len(tasks))
    results: list[Any] = [None] * len(tasks)

    def run(place: int, task: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            results[place] = task()
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def refused(results: list[Any]) -> list[WorkError]:
    errors = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, WorkError) for one in errors), errors
    return errors


def test_index_numbers_are_unique_and_without_gap(town: House) -> None:
    def make() -> Record:
        return draft_record(
            by=town[Role.CLERK], organ=town.organ, unit=town.affairs, kind_code="document", facts=FACTS
        )

    made = [one for _ in range(5) for one in at_once(*[make] * 6)]
    assert refused(made) == []
    numbers = sorted(one.index_number for one in made)
    year = timezone.localdate().year
    assert numbers == [f"{town.organ.credit_code}/{year}-{count:05d}" for count in range(1, 31)]
    assert verify().faults == []


def test_two_heads_decide_at_once_and_one_decision_stands(town: House) -> None:
    second = staff("beishan.head2", "虚构副职", town.organ, town.affairs)
    appoint(second, Role.UNIT_HEAD, town.organ)
    for other in ("pass", "return"):
        record = submitted(town, title=f"同时办理（{other}）")
        review = open_review(record)
        seen = review.version.content_digest

        def first(review: Review = review, seen: str = seen) -> Any:
            return pass_step(by=town[Role.UNIT_HEAD], review=review, seen=seen)

        def other_head(review: Review = review, seen: str = seen, other: str = other) -> Any:
            if other == "pass":
                return pass_step(by=second, review=review, seen=seen)
            return return_step(by=second, review=review, reason="请补充附件")

        errors = refused(at_once(first, other_head))
        assert len(errors) == 1
        assert errors[0].code == "already_decided"
        assert "虚构" in errors[0].zh
        decided = Review.objects.filter(version__record=record, position=0).exclude(result="")
        assert decided.count() == 1
    assert verify().faults == []


def test_the_same_button_pressed_twice_decides_once(town: House) -> None:
    record = submitted(town)
    review = open_review(record)
    seen = review.version.content_digest
    results = at_once(*[lambda: pass_step(by=town[Role.UNIT_HEAD], review=review, seen=seen)] * 4)
    assert len(refused(results)) == 3
    assert Review.objects.filter(version__record=record, result=Result.PASSED).count() == 1
    assert Review.objects.filter(version__record=record, result="").count() == 1


def test_two_save_the_same_draft_and_neither_loses_the_others_words(town: House) -> None:
    record = platform.draft(town)

    def save(title: str) -> Version:
        return revise_draft(by=town[Role.CLERK], record=record, facts={"title": title}, seen=record.revision)

    results = at_once(lambda: save("甲的标题"), lambda: save("乙的标题"))
    errors = refused(results)
    assert [one.code for one in errors] == ["stale"]
    kept = next(one for one in results if isinstance(one, Version))
    assert Record.objects.get(pk=record.pk).title == kept.title


def test_one_saves_while_another_hands_in(town: House) -> None:
    for count in range(5):
        record = platform.draft(town, title=f"同时保存与提交 {count}")
        results = at_once(
            lambda record=record: revise_draft(
                by=town[Role.CLERK], record=record, facts={"title": "改过的标题"}
            ),
            lambda record=record: submit_for_review(by=town[Role.CLERK], record=record),
        )
        refused(results)
        version = Version.objects.get(record=record)
        if version.stage == "in_review":
            assert content_digest(version) == version.content_digest


def test_a_set_time_and_a_button_publish_once(town: House) -> None:
    set_review_plan(
        by=town[Role.ADMINISTRATOR],
        organ=town.organ,
        steps=[{"step": "secrecy_officer", "days": 2}],
        publish_on_passing=False,
    )
    record = submitted(town)
    pass_once(town, record)
    record.refresh_from_db()
    soon = timezone.now() + dt.timedelta(seconds=1)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=record, at=soon)
    later = soon + dt.timedelta(minutes=1)
    results = at_once(
        lambda: publish_due(later),
        lambda: publish_due(later),
        lambda: publish(by=town[Role.DISCLOSURE_OFFICE], record=record),
    )
    refused(results)
    assert Record.objects.get(pk=record.pk).state == State.PUBLISHED
    assert Entry.objects.filter(action="disclosure.publish", subject_id=record.pk).count() == 1
    assert verify().faults == []


def test_two_people_join_a_record_to_two_items_and_it_is_under_one(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    items = [
        add_item(by=by, organ=town.organ, facts={"level1": name, "time_limit": "每季度"}, unit=town.affairs)
        for name in ("防汛抗旱", "应急管理")
    ]
    record = published(town)
    people = (by, town[Role.CLERK])
    done = at_once(
        *(
            lambda person=person, item=item: join_record(by=person, item=item, record=record)
            for person, item in zip(people, items, strict=True)
        )
    )
    assert [one.code for one in refused(done)] == ["joined_elsewhere"]
    published_on = [type(item).objects.get(pk=item.pk).last_published_on for item in items]
    assert sorted(day is None for day in published_on) == [False, True]
    assert verify().faults == []
