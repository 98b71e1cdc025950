"""A page left open while something else happens: roles end, plans change, files change, others decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.conftest import page
from tests.web.platform import (
    District,
    House,
    appoint,
    draft,
    open_review,
    pass_once,
    published,
    staff,
    submitted,
)
from tests.web.working import browser, now, shown, waiting

from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.actions.drafting import revise_draft, take_back
from gongkai.web.disclosure.actions.publishing import publish_due, schedule
from gongkai.web.disclosure.actions.reviewing import set_review_plan, submit_for_review
from gongkai.web.disclosure.actions.settling import open_gate
from gongkai.web.disclosure.models import GateKind, Record, Result, State
from gongkai.web.organs.actions.accounts import close_account
from gongkai.web.organs.actions.appointments import appoint as appoint_properly
from gongkai.web.organs.actions.appointments import end_appointment
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Role

pytestmark = pytest.mark.django_db
PANEL = ".review-panel form"


def _at_secrecy(town: House) -> Record:
    record = submitted(town)
    pass_once(town, record)
    return record


def _opened(
    town: House, record: Record, role: Role = Role.SECRECY_OFFICER
) -> tuple[Client, str, dict[str, Any]]:
    client = browser(town[role])
    address = f"/work/reviews/{waiting(record).pk}/"
    return client, address, {**shown(client.get(address), PANEL), "decision": "pass"}


def test_an_officer_whose_role_ended_passes_nothing_from_an_open_page(town: House) -> None:
    record = _at_secrecy(town)
    client, address, data = _opened(town, record)
    held = Appointment.objects.get(staff=town[Role.SECRECY_OFFICER], role=Role.SECRECY_OFFICER)
    end_appointment(by=town[Role.ADMINISTRATOR], appointment=held)
    assert client.post(address, data).status_code in (403, 404)
    assert waiting(record).step == "secrecy_officer"


def test_an_officer_whose_account_was_closed_passes_nothing(town: House) -> None:
    record = _at_secrecy(town)
    client, address, data = _opened(town, record)
    close_account(by=town[Role.ADMINISTRATOR], staff=town[Role.SECRECY_OFFICER], why="离职")
    assert "sign-in" in client.post(address, data)["Location"]
    assert waiting(record).step == "secrecy_officer"


def test_an_appointment_still_to_come_counts_for_nothing_today(town: House) -> None:
    record = _at_secrecy(town)
    other = staff("beishan.later", "虚构后任", town.organ, town.office)
    tomorrow = clock.today() + dt.timedelta(days=1)
    appoint_properly(
        by=town[Role.ADMINISTRATOR], staff=other, role=Role.SECRECY_OFFICER, organ=town.organ, since=tomorrow
    )
    address = f"/work/reviews/{waiting(record).pk}/"
    data = {"decision": "pass", "seen": waiting(record).version.content_digest}
    assert browser(other).post(address, data).status_code in (403, 404)
    assert waiting(record).step == "secrecy_officer"


def test_a_content_changed_since_the_page_was_opened_is_not_passed(town: House) -> None:
    record = _at_secrecy(town)
    client, address, data = _opened(town, record)
    take_back(by=town[Role.CLERK], record=now(record), reason="改一处")
    revise_draft(by=town[Role.CLERK], record=now(record), facts={"title": "另一个标题"})
    submit_for_review(by=town[Role.CLERK], record=now(record))
    pass_once(town, record)
    client.post(address, data)  # the step of the round before
    fresh = f"/work/reviews/{waiting(record).pk}/"
    assert client.post(fresh, data).status_code == 200  # the page tells that the content is another
    assert waiting(record).step == "secrecy_officer"
    assert now(record).state == State.DRAFT


def test_a_review_of_another_organ_serves_nobody(district: District) -> None:
    theirs, own = _at_secrecy(district.town), _at_secrecy(district.bureau)
    client, _, data = _opened(district.bureau, own)
    answer = client.post(
        f"/work/reviews/{waiting(theirs).pk}/", {**data, "seen": waiting(theirs).version.content_digest}
    )
    assert answer.status_code == 404
    assert waiting(theirs).step == waiting(own).step == "secrecy_officer"


def test_an_opinion_sent_again_passes_no_second_step(town: House) -> None:
    """One person who holds every role presses once; the same form sent to the next step is another form."""
    officer = town[Role.SECRECY_OFFICER]
    appoint(officer, Role.LEADER, town.organ)
    record = _at_secrecy(town)
    client, address, data = _opened(town, record)
    assert client.post(address, data).status_code == 302
    cache.clear()
    client.post(address, data)
    client.post(address, {**data, "once": "A" * 22})
    assert waiting(record).step == "leader"
    assert record.versions.get().reviews.filter(result=Result.PASSED).count() == 2


def test_a_plan_changed_on_the_way_shortens_no_round(town: House) -> None:
    record = submitted(town)
    steps = [{"step": "secrecy_officer", "days": 1}]
    set_review_plan(by=town[Role.ADMINISTRATOR], organ=town.organ, steps=steps, publish_on_passing=True)
    pass_once(town, record)
    pass_once(town, record)
    assert now(record).state == State.DRAFT
    assert waiting(record).step == "leader"


def test_a_file_changed_in_the_store_does_not_go_out(town: House) -> None:
    record = draft(town)
    row = attach_file(by=town[Role.CLERK], record=record, content="审查过的附表".encode(), name="附表.txt")
    submit_for_review(by=town[Role.CLERK], record=now(record))
    pass_once(town, record)
    pass_once(town, record)
    file_store.path_of(row.sha256).write_bytes("没有审查过的附表".encode())
    with pytest.raises(WorkError) as refused:
        pass_once(town, record)
    assert refused.value.code == "file_damaged"
    assert now(record).state == State.DRAFT


def test_a_file_changed_in_the_store_after_publication_is_not_sent(town: House, client: Client) -> None:
    record = draft(town)
    row = attach_file(by=town[Role.CLERK], record=record, content="审查过的附表".encode(), name="附表.txt")
    submit_for_review(by=town[Role.CLERK], record=now(record))
    for _ in range(3):
        pass_once(town, record)
    file_store.path_of(row.sha256).write_bytes("没有审查过的附表".encode())
    links = page(client.get(f"/o/{town.organ.code}/records/{record.pk}/")).css(
        ".attachment-list a, a[href*='/files/']"
    )
    answer = client.get(str(links[0].attributes["href"]))
    assert answer.status_code == 503
    assert "没有审查过".encode() not in answer.content


def test_a_set_time_waits_for_a_consultation_opened_since(town: House) -> None:
    record = submitted(town)
    at = clock.now() + dt.timedelta(hours=1)
    schedule(by=town[Role.CLERK], record=now(record), at=at)
    for _ in range(3):
        pass_once(town, record)
    open_gate(
        by=town[Role.SECRECY_OFFICER],
        record=now(record),
        kind=GateKind.CONSULT_ORGAN,
        organ_name="虚构区水务局",
        question="是否同意公开",
    )
    done, held = publish_due(at + dt.timedelta(minutes=1))
    assert done == []
    assert [problem.code for _, problem in held] == ["gate_open"]
    assert now(record).state == State.DRAFT


def test_a_set_time_moved_after_the_review_publishes_only_what_was_reviewed(town: House) -> None:
    record = submitted(town)
    at = clock.now() + dt.timedelta(days=9)
    schedule(by=town[Role.CLERK], record=now(record), at=at)
    for _ in range(3):
        pass_once(town, record)
    take_back(by=town[Role.CLERK], record=now(record), reason="再改")
    revise_draft(by=town[Role.CLERK], record=now(record), facts={"body": "<p>没有审查过的话</p>"})
    with pytest.raises(WorkError):
        schedule(by=town[Role.CLERK], record=now(record), at=clock.now() - dt.timedelta(days=1))
    assert publish_due(at + dt.timedelta(days=1)) == ([], [])
    assert now(record).state == State.DRAFT
    assert verify().faults == []


def test_a_staff_page_is_kept_by_no_cache_and_framed_by_nobody(town: House) -> None:
    record = published(town)
    row = attach_file(by=town[Role.CLERK], record=draft(town), content=b"1,2\n", name="a.csv")
    client = browser(town[Role.CLERK])
    for address in (
        "/work/",
        "/work/records/",
        f"/work/records/{record.pk}/",
        f"/work/records/{row.version.record_id}/files/{row.pk}/",
        "/work/export/?format=csv",
        "/work/records/999999/",
        "/work/search?q=x",
    ):
        answer = client.get(address)
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", ")), address
        assert answer["X-Frame-Options"] == "DENY", address
        assert "ETag" not in answer, address


def test_the_portal_shows_nothing_more_to_who_is_signed_in(town: House, client: Client) -> None:
    record = published(town)
    clerk = browser(town[Role.CLERK])
    for address in (f"/o/{town.organ.code}/", f"/o/{town.organ.code}/records/{record.pk}/", "/o/"):
        assert clerk.get(address).content == client.get(address).content, address


def test_who_may_not_see_a_review_learns_nothing_by_posting(district: District) -> None:
    review = open_review(submitted(district.town, title="只在北山镇"))
    for role in Role:
        if role == Role.SUPERVISING_AUTHORITY:
            continue
        client = browser(district.bureau[role])
        there, nowhere = (
            client.post(f"/work/reviews/{pk}/", {"decision": "pass"}) for pk in (review.pk, 999_999)
        )
        assert there.status_code == nowhere.status_code == 404
