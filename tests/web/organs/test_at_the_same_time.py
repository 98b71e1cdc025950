"""Two administrators at once, and two sign-ins: nothing lost, nothing doubled, nobody left over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from tests.web.organs.conftest import sign_in
from tests.web.platform import District, appoint, credit_code, district, organ, staff

from gongkai.web.audit.verifying import verify
from gongkai.web.organs import actions
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Organ, Role, Session, Staff
from gongkai.web.organs.queries import administrators, holders
from gongkai.web.organs.signing_in.sessions import SessionStore

pytestmark = pytest.mark.django_db(transaction=True)
ADMIN = Role.ADMINISTRATOR


@pytest.fixture
def place(transactional_db: None) -> Any:
    cache.clear()
    land = district()
    other = staff("beishan.second", "虚构二号", land.town.organ)
    appoint(other, ADMIN, land.town.organ)
    yield land, other
    assert [fault.zh for fault in verify().faults] == []


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of these in threads of their own, together; gives what came of each, or why it was refused."""
    start = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            found[number] = act()
        except WorkError as refused:
            found[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not any(one.is_alive() for one in threads)
    return found


def refusals(found: list[Any]) -> list[str]:
    return [one.code for one in found if isinstance(one, WorkError)]


def test_two_administrators_who_end_each_other_leave_one(place: tuple[District, Staff]) -> None:
    land, other = place
    first = land.town[ADMIN]
    held = {one.staff_id: one for one in holders(ADMIN, land.town.organ)}
    found = at_once(
        lambda: actions.end_appointment(by=first, appointment=held[other.pk]),
        lambda: actions.end_appointment(by=other, appointment=held[first.pk]),
    )
    assert len(refusals(found)) == 1
    assert administrators(land.town.organ).count() == 1


def test_a_name_taken_by_two_at_once_is_one_account(place: tuple[District, Staff]) -> None:
    land, other = place
    found = at_once(
        *(
            lambda by=by: actions.open_account(by=by, organ=by.organ, username="xinren", name="虚构新人")
            for by in (land.town[ADMIN], other, land.bureau[ADMIN])
        )
    )
    assert len(refusals(found)) == 2
    assert Staff.objects.filter(username="xinren").count() == 1


def test_one_appointment_made_twice_at_once_is_made_once(place: tuple[District, Staff]) -> None:
    land, other = place
    person = staff("xinren", "虚构新人", land.town.organ)
    found = at_once(
        *(
            lambda by=by: actions.appoint(by=by, staff=person, role="leader", organ=land.town.organ)
            for by in (land.town[ADMIN], other)
        )
    )
    assert len(refusals(found)) == 1
    assert Appointment.objects.filter(staff=person).count() == 1


def test_administrator_and_leader_given_at_once_do_not_meet_in_one_person(
    place: tuple[District, Staff],
) -> None:
    land, other = place
    person = staff("xinren", "虚构新人", land.town.organ)
    found = at_once(
        lambda: actions.appoint(by=land.town[ADMIN], staff=person, role=ADMIN, organ=land.town.organ),
        lambda: actions.appoint(by=other, staff=person, role=Role.LEADER, organ=land.town.organ),
    )
    assert refusals(found) == ["duties_apart"]


def test_two_organs_moved_under_each_other_at_once_make_no_circle(place: tuple[District, Staff]) -> None:
    land, _ = place
    by = land.government[ADMIN]
    found = at_once(
        lambda: actions.move_organ(by=by, organ=land.town.organ, parent=land.bureau.organ, why="甲"),
        lambda: actions.move_organ(by=by, organ=land.bureau.organ, parent=land.town.organ, why="乙"),
    )
    assert refusals(found) == ["tree_cycle"]
    for one in Organ.objects.all():
        above = one.parent.path if one.parent else "/"
        assert one.path == f"{above}{one.pk}/"


def test_an_organ_opened_below_one_that_is_being_moved_lies_where_it_went(
    place: tuple[District, Staff],
) -> None:
    land, _ = place
    by = land.government[ADMIN]
    facts: dict[str, Any] = {"kind": "branch", "level": "township", "credit_code": credit_code(99)}
    found = at_once(
        lambda: actions.move_organ(by=by, organ=land.town.organ, parent=land.bureau.organ, why="机构改革"),
        lambda: actions.open_organ(by=by, parent=land.town.organ, code="xinji", name="虚构派出机构", **facts),
    )
    assert refusals(found) == []
    town = Organ.objects.get(pk=land.town.organ.pk)
    assert Organ.objects.get(code="xinji").path.startswith(town.path)


def test_the_same_contacts_saved_by_two_at_once_are_saved_by_one(place: tuple[District, Staff]) -> None:
    land, other = place
    seen = actions.fingerprint(Organ.objects.get(pk=land.town.organ.pk))
    found = at_once(
        *(
            lambda by=by, number=number: actions.change_organ(
                by=by, organ=land.town.organ, seen=seen, telephone=number
            )
            for by, number in ((land.town[ADMIN], "0000-1"), (other, "0000-2"))
        )
    )
    assert refusals(found) == ["stale"]


def test_five_sign_ins_at_once_leave_three_sessions(place: tuple[District, Staff], browser: Any) -> None:
    clients = [browser() for _ in range(5)]
    found = at_once(
        *(lambda client=client: sign_in(client, "beishan.clerk").status_code for client in clients)
    )
    assert found == [302] * 5
    assert Session.objects.filter(staff__username="beishan.clerk").count() == 3


def test_who_is_signed_out_elsewhere_while_a_page_is_made_is_led_to_signing_in(
    place: tuple[District, Staff], browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser()
    sign_in(client, "beishan.clerk")
    _end_before_save(monkeypatch)
    found = client.get("/work/me/")
    assert (found.status_code, found.headers["Location"]) == (302, "/work/sign-in/")
    assert client.cookies["session"].value == ""


def _end_before_save(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every session is ended by somebody else just before it is written, as a use of it must be."""
    save = SessionStore.save

    def ended(self: SessionStore, must_create: bool = False) -> None:
        Session.objects.all().delete()
        save(self, must_create)

    monkeypatch.setattr(SessionStore, "save", ended)
    monkeypatch.setattr("gongkai.web.organs.signing_in.sessions.SEEN_EVERY", 0)


def test_first_administrators_named_by_two_at_once_are_one(place: tuple[District, Staff]) -> None:
    land, _ = place
    made = organ("xinji", "虚构派出机构", 98, parent=land.town.organ)
    found = at_once(
        *(
            lambda by=by: actions.first_administrator(
                by=by, organ=made, username=f"xinji.{by.pk}", name="虚构管理员"
            )
            for by in (land.town[ADMIN], land.government[ADMIN])
        )
    )
    assert refusals(found) == ["has_administrator"]
    assert administrators(made).count() == 1
