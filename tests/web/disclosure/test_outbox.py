"""Every change to what readers may see is noted, by whatever way it was made, in the order it came about."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction
from tests.web.platform import District, House, district, draft, pass_once, published, submitted

from gongkai.web.audit import guards
from gongkai.web.audit.models import ChainHead
from gongkai.web.disclosure.actions.drafting import start_version
from gongkai.web.disclosure.actions.ending import follow_the_calendar, repeal, withdraw
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import LinkKind, PublicChange, Record, Version
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.disclosure.queries.changes import changes_after, newest_change
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def _noted(action: Callable[[], Any], organ: int | None = None) -> set[int]:
    """The records noted while something was done."""
    before = newest_change(organ)
    action()
    return {change.record_id for change in changes_after(before, 1_000)}


def test_a_draft_on_its_way_through_review_is_nothing_to_readers(town: House) -> None:
    record: list[Record] = []
    assert _noted(lambda: record.append(submitted(town))) == set()
    assert _noted(lambda: pass_once(town, record[0])) == set()


def test_publication_correction_repeal_and_withdrawal_are_noted(town: House) -> None:
    record: list[Record] = []
    assert _noted(lambda: record.append(published(town))) == {record[0].pk}
    one = record[0]
    clerk, office = town[Role.CLERK], town[Role.DISCLOSURE_OFFICE]
    kind = ChangeKind.CORRECTION
    # What is at work beneath a public record is not seen.
    assert _noted(lambda: start_version(by=clerk, record=one, change=kind, note="更正日期")) == set()
    one = Record.objects.get(pk=one.pk)
    day = dt.date(2026, 6, 1)
    assert _noted(lambda: repeal(by=office, record=one, on=day, basis="虚构区决定")) == {one.pk}
    one = Record.objects.get(pk=one.pk)
    assert _noted(lambda: withdraw(by=office, record=one, reason="内容有误")) == {one.pk}


def test_a_link_changes_what_is_seen_of_both_ends_if_they_are_public(town: House) -> None:
    policy, hidden = published(town), draft(town)
    reading = published(town, title="《北山镇防汛抗旱工作方案》解读")
    clerk = town[Role.CLERK]
    kind = LinkKind.INTERPRETS
    assert _noted(lambda: link(by=clerk, record=hidden, target=policy, kind=LinkKind.RELATED)) == {policy.pk}
    both = {reading.pk, policy.pk}
    assert _noted(lambda: link(by=clerk, record=reading, target=policy, kind=kind)) == both


def test_a_change_in_bulk_or_past_the_program_is_noted_too(town: House) -> None:
    first, second = published(town), published(town)
    hidden = draft(town)
    both = {first.pk, second.pk}
    assert _noted(lambda: Record.objects.update(validity="expired")) == both
    assert hidden.pk not in both

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE disclosure_record SET repeal_basis = 'x' WHERE id = %s", [first.pk])

    assert _noted(by_hand) == {first.pk}
    assert _noted(lambda: Version.objects.filter(record=first).update(findings=[])) == {first.pk}


def test_what_no_reader_sees_of_a_public_record_is_not_noted(town: House) -> None:
    record = published(town)
    seen = _noted(lambda: Record.objects.filter(pk=record.pk).update(revision=99, unit=town.office))
    assert seen == set()


def test_a_record_given_to_another_organ_is_noted_for_both(district: District) -> None:
    record = published(district.town)
    other = district.bureau.organ
    before = newest_change(other.pk)
    Record.objects.filter(pk=record.pk).update(organ=other)
    assert newest_change(other.pk) > before
    moved = {change.organ_id for change in changes_after(0, 1_000) if change.number > before}
    assert {district.town.organ.pk, other.pk} <= moved


def test_a_change_that_is_taken_back_is_not_noted(town: House) -> None:
    record = published(town)
    before = newest_change()
    with transaction.atomic():
        Record.objects.filter(pk=record.pk).update(validity="expired")
        assert newest_change() > before
        transaction.set_rollback(True)
    assert newest_change() == before


def test_the_calendar_notes_what_it_changes(town: House) -> None:
    record = published(town, effective_on=dt.date(2026, 4, 1), expires_on=dt.date(2030, 1, 1))
    Record.objects.filter(pk=record.pk).update(validity="not_yet")
    assert _noted(follow_the_calendar) == {record.pk}


def test_changes_come_in_order_and_in_pieces(town: House) -> None:
    for _ in range(3):
        published(town)
    whole = changes_after(0, 1_000)
    assert [one.number for one in whole] == sorted({one.number for one in whole})
    pieces, number = [], 0
    while piece := changes_after(number, 2):
        assert len(piece) <= 2
        pieces += piece
        number = piece[-1].number
    assert pieces == whole
    assert newest_change() == newest_change(town.organ.pk) == whole[-1].number
    assert newest_change(10**9) == 0
    assert all(abs(dt.datetime.now(dt.UTC) - one.at) < dt.timedelta(minutes=5) for one in whole)


def test_reading_changes_takes_one_query(town: House, django_assert_num_queries: Any) -> None:
    published(town)
    with django_assert_num_queries(2):
        changes_after(0, 100)
        newest_change()


def test_the_triggers_are_among_those_whose_absence_is_told() -> None:
    assert guards.missing() == []
    with connection.cursor() as cursor:
        for statement in next(one for one in guards._GUARDS if one.name == "noted_record").removal(
            connection.vendor
        ):
            cursor.execute(statement)
    assert guards.missing() == ["noted_record"]


@pytest.mark.django_db(transaction=True)
def test_no_change_ever_appears_below_one_already_read() -> None:
    """Ten writers at once, each holding its transaction open for a while, and a reader that never rests."""
    houses = district()
    records = [published(houses.town, title=f"方案{number}") for number in range(4)]
    assert ChainHead.objects.exists()
    begun = newest_change()
    stop = threading.Event()
    read: list[int] = []
    failed: list[BaseException] = []

    def write(which: int) -> None:
        try:
            for turn in range(6):
                with transaction.atomic():
                    pk = records[(which + turn) % len(records)].pk
                    Record.objects.filter(pk=pk).update(repeal_basis=f"{which}.{turn}")
                    if (which + turn) % 2:
                        stop.wait(0.01)
        except BaseException as problem:
            failed.append(problem)
            raise
        finally:
            connections.close_all()

    def follow() -> None:
        number = begun
        try:
            while True:
                last = stop.is_set()
                for change in changes_after(number, 3):
                    read.append(change.number)
                    number = change.number
                if last and newest_change() == number:
                    return
        finally:
            connections.close_all()

    reader = threading.Thread(target=follow)
    writers = [threading.Thread(target=write, args=(which,)) for which in range(4)]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    stop.set()
    reader.join(60)
    assert not failed
    every = list(PublicChange.objects.filter(number__gt=begun).values_list("number", flat=True))
    assert len(every) == 24
    assert read == sorted(every)
