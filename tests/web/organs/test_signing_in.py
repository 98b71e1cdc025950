"""The sign-in page, lock-out, sessions, passwords that must be changed; what is entered in the log."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.web.conftest import words
from tests.web.organs.conftest import sign_in
from tests.web.platform import PASSWORD, District, entered

from gongkai.web.audit.models import Entry, PersonalDatum
from gongkai.web.organs import actions
from gongkai.web.organs.models import Organ, Role, Session, Staff
from gongkai.web.organs.queries import staff_of
from gongkai.web.organs.signing_in.lockout import client_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]
Browser = Callable[..., Client]


def entries(action: str) -> list[Entry]:
    return list(Entry.objects.filter(action=f"organs.{action}"))


def test_a_person_signs_in_and_out_and_both_are_in_the_log(land: District, browser: Browser) -> None:
    client = browser(land.town[Role.CLERK])
    assert client.get("/work/me/").status_code == 200
    signed_in = entries("signed_in")[0]
    assert signed_in.actor_id == land.town[Role.CLERK].pk
    assert "127.0.0.1" not in str(signed_in.after)
    assert PersonalDatum.objects.get(entry=signed_in, place="after.address").value == "127.0.0.1"
    answer = client.post("/work/sign-out/")
    assert answer["Location"] == "/work/signed-out/"
    assert "已退出登录" in words(client.get(answer["Location"]))
    assert len(entries("signed_out")) == 1
    assert client.get("/work/me/").status_code == 302


def test_the_key_of_the_session_is_new_after_signing_in(land: District, browser: Browser) -> None:
    client = browser()
    client.get("/work/sign-in/")
    planted = client.session
    planted["planted"] = 1
    planted.save()
    client.cookies["session"] = planted.session_key
    sign_in(client, "beishan.clerk")
    assert client.cookies["session"].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_the_sessions_cookie_is_for_this_site_alone(land: District, browser: Browser, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = browser(land.town[Role.CLERK])
    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


def test_a_user_name_is_found_however_it_is_typed(land: District, browser: Browser) -> None:
    for typed in ("BEISHAN.CLERK", " beishan.clerk ", "ｂｅｉｓｈａｎ.clerk"):
        assert sign_in(browser(), typed).status_code == 302


def test_the_page_says_the_same_whether_a_name_exists_is_closed_or_is_nobodys(
    land: District, browser: Browser
) -> None:
    actions.close_account(by=land.town[Role.ADMINISTRATOR], staff=land.town[Role.LEADER], why="调离")
    told = set()
    for name, password in (
        ("beishan.clerk", "wrong"),
        ("beishan.leader", PASSWORD),
        ("beishan.leader", "wrong"),
        ("nobody", "wrong"),
        ("<b>", "wrong"),
    ):
        answer = sign_in(browser(), name, password)
        assert answer.status_code == 200
        told.add(re.sub(r"[A-Za-z0-9]{40,}|value=\"[^\"]*\"", "", answer.content.decode()))
    assert len(told) == 1
    assert "登录名或者密码不对" in told.pop()


def test_five_failures_lock_the_name_at_that_address_and_say_until_when(
    land: District, browser: Browser
) -> None:
    for _ in range(4):
        assert sign_in(browser(), "beishan.clerk", "wrong").status_code == 200
    answer = sign_in(browser(), "BEISHAN.clerk", "wrong")
    assert answer.status_code == 429
    until = timezone.localtime() + dt.timedelta(minutes=15)
    assert re.search(rf"到 {until:%Y-%m-%d} \d\d:\d\d 以后可以再试", words(answer))
    assert 0 < int(answer["Retry-After"]) <= 900
    assert sign_in(browser(), "beishan.clerk").status_code == 429
    elsewhere = sign_in(browser(), "beishan.clerk", REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302
    assert sign_in(browser(), "beishan.leader").status_code == 302
    assert [entry.subject_id for entry in entries("locked_out")] == [land.town[Role.CLERK].pk]


def test_a_name_tried_from_many_addresses_is_locked_at_all_of_them(
    land: District, browser: Browser, settings: Any
) -> None:
    settings.NAME_FAILURE_LIMIT = 8
    for address in ("10.0.0.1", "10.0.0.2"):
        for _ in range(4):
            answer = sign_in(browser(), "beishan.clerk", "wrong", REMOTE_ADDR=address)
    assert answer.status_code == 429
    locked = sign_in(browser(), "beishan.clerk", REMOTE_ADDR="10.0.0.3")
    assert locked.status_code == 429
    assert "登录失败的次数太多" in words(locked)
    assert sign_in(browser(), "beishan.leader", REMOTE_ADDR="10.0.0.1").status_code == 302
    assert next(one for one in staff_of(land.town.organ) if one.username == "beishan.clerk").is_locked
    actions.unlock_account(by=land.town[Role.ADMINISTRATOR], staff=land.town[Role.CLERK])
    assert sign_in(browser(), "beishan.clerk", REMOTE_ADDR="10.0.0.3").status_code == 302


def test_an_address_that_tries_many_names_is_locked_for_all_of_them(
    land: District, browser: Browser, settings: Any
) -> None:
    settings.ADDRESS_FAILURE_LIMIT = 6
    for number in range(6):
        sign_in(browser(), f"name{number}", "wrong", REMOTE_ADDR="10.0.0.1")
    assert sign_in(browser(), "beishan.clerk", REMOTE_ADDR="10.0.0.1").status_code == 429
    assert sign_in(browser(), "beishan.clerk", REMOTE_ADDR="10.0.0.2").status_code == 302
    settings.ADDRESS_FAILURE_LIMIT = 0
    assert sign_in(browser(), "beishan.clerk", REMOTE_ADDR="10.0.0.1").status_code == 302


def test_what_was_typed_as_a_name_and_is_none_is_kept_nowhere(land: District, browser: Browser) -> None:
    sign_in(browser(), "My-Secret-Passw0rd", "x")
    rows = [str(row) for row in AccessAttempt.objects.values()]
    assert len(rows) == 1
    assert "secret" not in rows[0].lower()


def test_a_name_that_nobody_has_is_locked_in_the_same_way(land: District, browser: Browser) -> None:
    answers = {
        name: [sign_in(browser(), name, "wrong") for _ in range(6)] for name in ("beishan.clerk", "nobody")
    }
    known, unknown = ([one.status_code for one in found] for found in answers.values())
    assert known == unknown == [200] * 4 + [429] * 2
    # The page tells the minute from which one may try again: both locks began at one moment here, so that
    # the pages are the same also where the minute changed between the two.
    AccessAttempt.objects.update(attempt_time=timezone.now())
    told = {name: words(sign_in(browser(), name, "wrong")) for name in answers}
    assert told["nobody"] == told["beishan.clerk"]
    assert "以后可以再试" in told["nobody"]


def test_the_name_a_stranger_typed_is_not_written_down(land: District, browser: Browser) -> None:
    sign_in(browser(), "My-Secret-Passw0rd", "x")
    assert len(entries("sign_in_failed")) == 1
    assert not PersonalDatum.objects.filter(value__icontains="secret").exists()


def test_a_lock_ends_by_itself_and_trying_on_does_not_prolong_it(land: District, browser: Browser) -> None:
    for _ in range(7):
        sign_in(browser(), "beishan.clerk", "wrong")
    attempt = AccessAttempt.objects.get()
    began = attempt.attempt_time
    sign_in(browser(), "beishan.clerk", "wrong")
    attempt.refresh_from_db()
    assert attempt.attempt_time == began
    AccessAttempt.objects.update(attempt_time=began - dt.timedelta(minutes=15, seconds=1))
    cache.clear()
    assert sign_in(browser(), "beishan.clerk").status_code == 302


def test_an_administrator_lifts_a_lock(land: District, browser: Browser) -> None:
    for _ in range(5):
        sign_in(browser(), "beishan.clerk", "wrong")
    actions.unlock_account(by=land.town[Role.ADMINISTRATOR], staff=land.town[Role.CLERK])
    assert sign_in(browser(), "beishan.clerk").status_code == 302
    assert len(entries("account_unlocked")) == 1


def test_many_names_from_one_address_are_slowed_down(land: District, browser: Browser) -> None:
    answers = [sign_in(browser(), f"name{number}", "wrong").status_code for number in range(31)]
    assert answers[:30] == [200] * 30
    assert answers[30] == 429


def test_an_address_behind_a_proxy_is_the_one_the_proxy_wrote(rf: Any, settings: Any) -> None:
    spoofed = rf.get("/", headers={"x-forwarded-for": "1.1.1.1, 2.2.2.2"}, REMOTE_ADDR="10.0.0.1")
    assert client_address(spoofed) == "10.0.0.1"
    settings.PROXIES = 1
    assert client_address(spoofed) == "2.2.2.2"
    settings.PROXIES = 3
    assert client_address(spoofed) == "10.0.0.1"
    settings.PROXIES = 1
    assert client_address(rf.get("/", headers={"x-forwarded-for": "<script>"})) == "0.0.0.0"


@pytest.mark.parametrize(
    ("next_", "leads_to"),
    [
        ("/work/me/", "/work/me/"),
        ("https://evil.example/", "/work/start/"),
        ("//evil.example/", "/work/start/"),
        ("/\\evil.example/", "/work/start/"),
        ("javascript:alert(1)", "/work/start/"),
        ("http://127.0.0.1/work/me/", "/work/start/"),
        ("http://localhost/work/me/", "http://localhost/work/me/"),
    ],
)
def test_after_signing_in_the_way_leads_to_this_site_alone(
    land: District, browser: Browser, next_: str, leads_to: str
) -> None:
    client = browser()
    answer = client.post("/work/sign-in/", {"login": "beishan.clerk", "password": PASSWORD, "next": next_})
    assert answer["Location"] == leads_to


def test_a_sign_in_without_the_forms_token_is_refused(land: District, browser: Browser) -> None:
    assert sign_in(browser(enforce_csrf_checks=True), "beishan.clerk").status_code == 403


def test_there_is_no_address_to_sign_up_or_to_ask_for_a_password_by_mail() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if "signup" in name or "email" in name or "reset_password" in name}


def test_nobody_has_more_than_three_sessions_and_the_oldest_ends(land: District, browser: Browser) -> None:
    clients = [browser(land.town[Role.CLERK]) for _ in range(4)]
    assert [client.get("/work/me/").status_code for client in clients] == [302, 200, 200, 200]
    assert Session.objects.filter(staff=land.town[Role.CLERK]).count() == 3


def test_a_person_sees_his_sessions_and_ends_one_elsewhere(land: District, browser: Browser) -> None:
    here, there = browser(land.town[Role.CLERK]), browser(land.town[Role.CLERK])
    page = here.get("/work/me/").content.decode()
    assert here.cookies["session"].value not in page
    assert there.cookies["session"].value not in page
    assert "Edge · Windows" in page
    (address,) = re.findall(r'action="(/work/me/sessions/[^"]+)"', page)
    stranger = browser(land.town[Role.LEADER])
    assert stranger.post(address).status_code == 404
    assert here.post(address).status_code == 302
    assert there.get("/work/me/").status_code == 302
    assert here.get("/work/me/").status_code == 200


def move_session(client: Client, **back: dt.timedelta) -> None:
    session = client.session
    for name, by in back.items():
        session[name] -= by.total_seconds()
    session.save()


def test_a_session_ends_after_its_hours_however_busy(land: District, browser: Browser, settings: Any) -> None:
    client = browser(land.town[Role.CLERK])
    move_session(client, signed_in_at=dt.timedelta(seconds=settings.SESSION_COOKIE_AGE - 60))
    assert client.get("/work/me/").status_code == 200
    move_session(client, signed_in_at=dt.timedelta(seconds=61))
    answer = client.get("/work/me/", follow=True)
    assert "登录已过期" in words(answer)
    assert entries("signed_out")[0].after["why"] == "time_over"


def test_a_session_ends_when_nobody_has_used_it(land: District, browser: Browser, settings: Any) -> None:
    client = browser(land.town[Role.CLERK])
    move_session(client, seen_at=dt.timedelta(minutes=settings.IDLE_MINUTES - 1))
    assert client.get("/work/me/").status_code == 200
    move_session(client, seen_at=dt.timedelta(minutes=settings.IDLE_MINUTES, seconds=1))
    assert client.get("/work/me/").status_code == 302


def test_an_account_closed_is_signed_out_everywhere_at_once(land: District, browser: Browser) -> None:
    client = browser(land.town[Role.CLERK])
    actions.close_account(by=land.town[Role.ADMINISTRATOR], staff=land.town[Role.CLERK], why="调离")
    assert client.get("/work/me/").status_code == 302
    assert sign_in(browser(), "beishan.clerk").status_code == 200


def test_a_role_ended_is_gone_with_the_next_page(land: District, browser: Browser) -> None:
    from tests.web.platform import appoint, staff

    from gongkai.web.organs.queries import holders

    other = staff("beishan.second", "虚构二号", land.town.organ)
    appoint(other, Role.ADMINISTRATOR, land.town.organ)
    client = browser(land.town[Role.ADMINISTRATOR])
    assert client.get("/work/settings/units/").status_code == 200
    held = next(
        one
        for one in holders(Role.ADMINISTRATOR, land.town.organ)
        if one.staff_id == land.town[Role.ADMINISTRATOR].pk
    )
    actions.end_appointment(by=other, appointment=held)
    assert client.get("/work/settings/units/").status_code == 403


def test_a_temporary_password_leads_to_a_new_one_before_anything_else(
    land: District, browser: Browser
) -> None:
    person, password = actions.open_account(
        by=land.town[Role.ADMINISTRATOR], organ=land.town.organ, username="xinren", name="虚构新人"
    )
    client = browser(person, password)
    for address in ("/work/me/", "/work/settings/", "/work/start/", "/work/me/second-factor/"):
        assert client.get(address)["Location"] == "/work/me/password/"
    assert client.get("/").wsgi_request.user.is_anonymous
    new = "Lantern-37-ox"
    fields = {"old": password, "new": new, "again": new}
    assert client.post("/work/me/password/", fields)["Location"] == "/work/start/"
    assert client.get("/work/me/").status_code == 200
    assert len(entries("password_changed")) == 1
    assert sign_in(browser(), "xinren", password).status_code == 200
    assert sign_in(browser(), "xinren", new).status_code == 302


def _password_of(person: Staff, at: dt.datetime) -> None:
    """The person's password as old as that; the log knows."""
    Staff.objects.filter(pk=person.pk).update(password_changed_at=at)
    entered(Staff.objects.get(pk=person.pk))


def test_a_temporary_password_is_good_for_a_week(land: District, browser: Browser) -> None:
    person, password = actions.open_account(
        by=land.town[Role.ADMINISTRATOR], organ=land.town.organ, username="xinren", name="虚构新人"
    )
    week_ago = timezone.now() - dt.timedelta(days=7, minutes=1)
    _password_of(person, week_ago)
    assert "登录名或者密码不对" in words(sign_in(browser(), "xinren", password))


def test_a_password_past_its_days_must_be_changed(land: District, browser: Browser, settings: Any) -> None:
    settings.PASSWORD_DAYS = 90
    old = timezone.now() - dt.timedelta(days=90)
    _password_of(land.town[Role.CLERK], old)
    client = browser(land.town[Role.CLERK])
    assert client.get("/work/me/")["Location"] == "/work/me/password/"


def test_a_new_password_ends_every_other_session(land: District, browser: Browser) -> None:
    here, there = browser(land.town[Role.CLERK]), browser(land.town[Role.CLERK])
    new = "Lantern-37-ox"
    here.post("/work/me/password/", {"old": PASSWORD, "new": new, "again": new})
    assert here.get("/work/me/").status_code == 200
    assert there.get("/work/me/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("wrong", "Lantern-37-ox", "Lantern-37-ox", "现在的密码不对"),
        (PASSWORD, "Lantern-37-ox", "Lantern-38-ox", "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "密码至少 10 位"),
        (PASSWORD, PASSWORD, PASSWORD, "最近用过"),
    ],
)
def test_a_new_password_is_refused_in_words(
    land: District, browser: Browser, old: str, new: str, again: str, told: str
) -> None:
    client = browser(land.town[Role.CLERK])
    answer = client.post("/work/me/password/", {"old": old, "new": new, "again": again})
    assert told in words(answer)
    assert sign_in(browser(), "beishan.clerk").status_code == 302
    assert len(entries("password_change_failed")) == (old == "wrong")


def test_nobody_sees_a_page_of_the_staff_without_signing_in(land: District, client: Client) -> None:
    for address in ("/work/me/", "/work/settings/people/", "/work/nothing/here/", "/admin/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/work/sign-in/?next=")


def test_pages_of_the_staff_are_kept_by_no_cache(land: District, browser: Browser) -> None:
    answer = browser(land.town[Role.CLERK]).get("/work/me/")
    assert "no-store" in answer["Cache-Control"]


def test_the_sign_in_page_speaks_english_and_has_no_inline_script_or_style(
    land: District, client: Client
) -> None:
    page = client.get("/work/sign-in/?lang=zh").content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    for script in re.findall(r"<script[^>]*>", page):
        assert "src=" in script or 'type="application/json"' in script


def test_a_page_without_a_session_asks_the_database_nothing(
    land: District, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/").status_code == 200


def test_hostile_fields_are_answered_and_not_kept(land: District, browser: Browser) -> None:
    for name in ("\0", "a\0b", "x" * 100_000, "' OR 1=1 --", "\ud83d", "%00"):
        answer = sign_in(browser(), name.encode("utf-8", "replace").decode(), "y" * 100_000)
        assert answer.status_code == 200
    assert Organ.objects.count() == 3
