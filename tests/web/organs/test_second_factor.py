"""Codes, recovery codes and passkeys: set up before anything else, asked for at each sign-in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, TestCase
from tests.web.conftest import words
from tests.web.organs.conftest import sign_in
from tests.web.platform import PASSWORD, District, entered, staff

from gongkai.web.audit.models import Entry
from gongkai.web.organs.models import Organ, Role, Session
from gongkai.web.organs.signing_in.adapters import SecondFactorAdapter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]
Browser = Callable[..., Client]
CODES = "/work/me/second-factor/codes-of-phone/"


@pytest.fixture
def strict(land: District) -> District:
    """The town asks for a second factor, as every organ does that is not invented."""
    organ = Organ.objects.get(pk=land.town.organ.pk)
    organ.requires_second_factor = True
    organ.save()
    entered(organ)
    return land


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Half a minute on, as the code generator sees it: a code is good once."""
    moved = [0.0]
    now = time.time
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now() + moved[0])

    def move() -> None:
        moved[0] += 30

    return move


def code(secret: str, moved: float = 0) -> str:
    import allauth.mfa.totp.internal.auth as totp

    return format_hotp_value(hotp_value(secret, int(totp.time.time() + moved) // 30))


def set_up(client: Client) -> str:
    """Set up a code generator as a person would; gives its secret."""
    page = client.get(CODES).content.decode()
    found = re.search(r'<code class="totp-secret"[^>]*>([A-Z2-7]+)</code>', page)
    assert found, page
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(CODES, {"code": code(found[1])})
    assert answer.status_code == 302, words(answer)
    return found[1]


CREDENTIALS = [
    "",
    "x",
    "{}",
    "[]",
    "null",
    "7",
    '{"id": 1}',
    '{"id": "a", "rawId": "b", "response": {}}',
    '{"response": {"userHandle": "MQ"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ",'
    '"attestationObject":"YQ","signature":"YQ","userHandle":"enp6enp6enp6enp6eg"}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"",'
    '"attestationObject":"oA","signature":7,"userHandle":null}}',
]


def actions_entered() -> list[str]:
    return [entry.action.removeprefix("organs.") for entry in Entry.objects.order_by("number")]


def test_without_a_second_factor_nothing_opens_but_its_setting_up(strict: District, browser: Browser) -> None:
    client = browser(strict.town[Role.CLERK])
    for address in ("/work/me/", "/work/start/", "/work/settings/", "/work/"):
        assert client.get(address)["Location"] == "/work/me/second-factor/set-up/"
    assert client.get("/").wsgi_request.user.is_anonymous
    assert "手机验证器" in words(client.get("/work/me/second-factor/set-up/"))
    set_up(client)
    assert client.get("/work/me/").status_code == 200
    assert "second_factor_added" in actions_entered()


def test_the_picture_of_the_secret_stands_in_the_page_and_needs_no_style(
    strict: District, browser: Browser
) -> None:
    page = browser(strict.town[Role.CLERK]).get(CODES).content.decode()
    drawn = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawn
    assert "style" not in drawn[0]
    assert ElementTree.fromstring(drawn[0]).tag.endswith("svg")
    assert "data:" not in page


def test_the_secret_is_not_in_the_database_in_plain(
    strict: District, browser: Browser, settings: Any
) -> None:
    settings.SECRET_KEY_IS_RANDOM = False
    secret = set_up(browser(strict.town[Role.CLERK]))
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert SecondFactorAdapter().decrypt(kept) == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert SecondFactorAdapter().decrypt(kept) == secret


def test_the_code_is_asked_for_after_the_password_and_is_good_once(
    strict: District, browser: Browser, later: Callable[[], None]
) -> None:
    secret = set_up(browser(strict.town[Role.CLERK]))
    later()
    later()
    now = code(secret)
    client = browser()
    answer = sign_in(client, "beishan.clerk")
    assert answer["Location"] == "/work/sign-in/code/"
    assert client.get("/work/me/")["Location"].startswith("/work/sign-in/")
    assert client.post("/work/sign-in/code/", {"code": "000000"}).status_code == 200
    assert client.post("/work/sign-in/code/", {"code": now})["Location"] == "/work/start/"
    assert client.get("/work/me/").status_code == 200
    again = browser()
    sign_in(again, "beishan.clerk")
    assert again.post("/work/sign-in/code/", {"code": now}).status_code == 200
    assert "second_factor_failed" in actions_entered()


def test_codes_cannot_be_guessed_one_after_the_other(strict: District, browser: Browser) -> None:
    set_up(browser(strict.town[Role.CLERK]))
    cache.clear()
    client = browser()
    sign_in(client, "beishan.clerk")
    told = [words(client.post("/work/sign-in/code/", {"code": f"{number:06d}"})) for number in range(7)]
    assert "尝试次数太多" in told[-1]


def test_a_recovery_code_is_printed_and_opens_once(strict: District, browser: Browser) -> None:
    client = browser(strict.town[Role.CLERK])
    set_up(client)
    page = client.get("/work/me/second-factor/recovery/").content.decode()
    codes = re.findall(r"<li><code>(\d{10})</code></li>", page)
    assert len(codes) == 10
    first = browser()
    sign_in(first, "beishan.clerk")
    assert first.post("/work/sign-in/code/", {"code": codes[0]}).status_code == 302
    assert "recovery_code_used" in actions_entered()
    second = browser()
    sign_in(second, "beishan.clerk")
    assert second.post("/work/sign-in/code/", {"code": codes[0]}).status_code == 200


def test_changing_the_second_factor_asks_for_it_again_after_some_minutes(
    strict: District, browser: Browser
) -> None:
    client = browser(strict.town[Role.CLERK])
    set_up(client)
    session = client.session
    session["signed_in_at"] -= 301
    session.save()
    answer = client.get(f"{CODES}remove/")
    assert answer["Location"].startswith("/work/me/confirm/code/")
    by_password = client.post("/work/me/confirm/", {"password": PASSWORD, "next": f"{CODES}remove/"})
    assert by_password["Location"].startswith("/work/me/confirm/code/")
    assert client.post(f"{CODES}remove/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_factor_taken_away_ends_other_sessions_and_must_be_set_up_anew(
    strict: District, browser: Browser, later: Callable[[], None]
) -> None:
    here = browser(strict.town[Role.CLERK])
    secret = set_up(here)
    later()
    later()
    there = browser()
    sign_in(there, "beishan.clerk")
    there.post("/work/sign-in/code/", {"code": code(secret)})
    assert Session.objects.filter(staff=strict.town[Role.CLERK]).count() == 2
    assert here.post(f"{CODES}remove/").status_code == 302
    assert "second_factor_removed" in actions_entered()
    assert here.get("/work/me/")["Location"] == "/work/me/second-factor/set-up/"
    assert there.get("/work/me/").status_code == 302
    assert not Authenticator.objects.filter(user=strict.town[Role.CLERK]).exists()


def test_an_organ_that_begins_to_ask_catches_those_already_signed_in(
    land: District, browser: Browser
) -> None:
    client = browser(land.town[Role.CLERK])
    assert client.get("/work/me/").status_code == 200
    Organ.objects.filter(pk=land.town.organ.pk).update(requires_second_factor=True)
    assert client.get("/work/me/")["Location"] == "/work/me/second-factor/set-up/"
    Organ.objects.filter(pk=land.town.organ.pk).update(requires_second_factor=False)


def test_a_keeper_sees_the_admin_with_a_second_factor_alone_and_no_record_is_there(
    land: District, browser: Browser
) -> None:
    keeper = staff("weihu", "虚构维护", None, is_staff=True, is_superuser=True)
    client = browser(keeper)
    assert client.get("/admin/")["Location"] == "/work/me/second-factor/set-up/"
    set_up(client)
    page = words(client.get("/admin/"))
    assert "机关" in page
    for address in ("/admin/disclosure/record/", "/admin/audit/entry/", "/admin/disclosure/"):
        assert client.get(address).status_code == 404
    organ = land.town.organ
    assert client.get(f"/admin/organs/organ/{organ.pk}/change/").status_code == 200
    answer = client.post(f"/admin/organs/organ/{organ.pk}/change/", {"name": "别的名字"})
    assert answer.status_code == 403
    assert client.post(f"/admin/organs/staff/{keeper.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Organ.objects.get(pk=organ.pk).name == organ.name


def test_people_who_are_no_keepers_do_not_see_the_admin(land: District, browser: Browser) -> None:
    for role in Role:
        assert browser(land.town[role]).get("/admin/").status_code in (302, 403)
        answer = browser(land.town[role]).get("/admin/", follow=True)
        assert answer.status_code == 403


def test_a_keeper_lifts_a_lock_and_the_log_says_so(land: District, browser: Browser) -> None:
    from axes.models import AccessAttempt

    keeper = staff("weihu", "虚构维护", None, is_staff=True, is_superuser=True)
    client = browser(keeper)
    set_up(client)
    for _ in range(5):
        sign_in(browser(), "beishan.clerk", "wrong")
    attempt = AccessAttempt.objects.get()
    assert client.post(f"/admin/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"}).status_code == 302
    assert sign_in(browser(), "beishan.clerk").status_code == 302
    assert Entry.objects.get(action="organs.account_unlocked").actor_id == keeper.pk


def test_pages_of_passkeys_carry_their_data_and_no_inline_script(strict: District, browser: Browser) -> None:
    client = browser(strict.town[Role.CLERK])
    page = client.get("/work/me/second-factor/passkeys/add/").content.decode()
    assert '"creation_options"' in page
    for script in re.findall(r"<script[^>]*>", page):
        assert "src=" in script or 'type="application/json"' in script
    options = client.get("/work/sign-in/passkey/", headers={"accept": "application/json"})
    assert options.status_code == 302
    fresh = browser().get("/work/sign-in/passkey/", headers={"accept": "application/json"})
    assert "challenge" in fresh.content.decode()


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_passkey_that_is_none_opens_nothing(land: District, browser: Browser, credential: str) -> None:
    client = browser()
    client.get("/work/sign-in/passkey/", headers={"accept": "application/json"})
    answer = client.post("/work/sign-in/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert client.get("/work/me/").status_code == 302


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_passkey_that_is_none_is_not_added(strict: District, browser: Browser, credential: str) -> None:
    client = browser(strict.town[Role.CLERK])
    address = "/work/me/second-factor/passkeys/add/"
    client.get(address)
    assert client.post(address, {"name": "办公室电脑", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()
