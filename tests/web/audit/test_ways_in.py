"""What opens an account (password, factors, flags, appointments) is found when it was changed behind the
program's back; what people do on the pages is no false alarm."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.web.platform import PASSWORD, House

from gongkai.web.audit import guards
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs import actions
from gongkai.web.organs.models import Role, Staff

pytestmark = pytest.mark.django_db


def _faults() -> set[tuple[str, str]]:
    return {(fault.code, fault.where.partition(":")[0]) for fault in verify().faults}


@pytest.fixture
def officer(town: House) -> Staff:
    """Has a code generator, recovery codes and a password of its own."""
    person = town[Role.SECRECY_OFFICER]
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    assert _faults() == set()
    return person


_STAFF, _APPOINTMENT, _FACTOR = "organs.staff", "organs.appointment", "mfa.authenticator"
_ONE = "WHERE %s <> '' AND id = %s"
BEHIND = [
    ("UPDATE organs_staff SET password = %s WHERE id = %s", _STAFF, "row_edited"),
    (
        f"UPDATE organs_staff SET must_change_password = NOT must_change_password {_ONE}",
        _STAFF,
        "row_edited",
    ),
    (f"UPDATE organs_staff SET is_active = NOT is_active {_ONE}", _STAFF, "row_edited"),
    (f"UPDATE organs_staff SET is_superuser = NOT is_superuser {_ONE}", _STAFF, "row_edited"),
    (
        "UPDATE organs_appointment SET role = 'leader' WHERE %s <> '' AND staff_id = %s",
        _APPOINTMENT,
        "row_edited",
    ),
    (
        "UPDATE mfa_authenticator SET data = json_object('secret', %s) WHERE user_id = %s AND type = 'totp'",
        _FACTOR,
        "row_edited",
    ),
    ("DELETE FROM mfa_authenticator WHERE %s <> '' AND user_id = %s", _FACTOR, "row_missing"),
    (
        "INSERT INTO mfa_authenticator (type, data, created_at, user_id) "
        "VALUES ('webauthn', json_object('name', %s), '2026-01-01', %s)",
        _FACTOR,
        "row_unknown",
    ),
]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the statements are SQLite's")
@pytest.mark.parametrize(("statement", "table", "code"), BEHIND, ids=[one[0] for one in BEHIND])
def test_a_way_in_opened_with_sql_is_found(officer: Staff, statement: str, table: str, code: str) -> None:
    guards.lift()
    with connection.cursor() as cursor:
        cursor.execute(statement, [make_password("Secretly-2026"), officer.pk])
    assert (code, table) in _faults()


def test_a_right_of_django_given_with_sql_is_found(officer: Staff) -> None:
    officer.user_permissions.add(1)
    assert _faults() == {("row_unknown", "organs.staff_user_permissions")}


def test_no_hash_and_no_secret_stands_in_the_log(officer: Staff) -> None:
    told = " ".join(f"{one.before} {one.after} {one.why} {one.states}" for one in Entry.objects.all())
    secrets = [str(value) for row in Authenticator.objects.all() for value in row.data.values()]
    for secret in (officer.password, *(one for one in secrets if len(one) > 5)):
        assert secret not in told


def _signed_in(person: Staff, code: str = "") -> Client:
    cache.clear()
    client = Client(headers={"host": "localhost"})
    answer = client.post("/work/sign-in/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    if code:
        assert client.post("/work/sign-in/code/", {"code": code}).status_code == 302
    assert client.get("/work/me/").status_code == 200
    return client


def test_signing_in_is_no_false_alarm(town: House) -> None:
    _signed_in(town[Role.CLERK])
    assert _faults() == set()


def test_a_hash_made_anew_at_a_sign_in_is_no_false_alarm(town: House, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    person = town[Role.CLERK]
    _signed_in(person)
    assert Staff.objects.get(pk=person.pk).password.startswith("pbkdf2_sha1")
    assert Entry.objects.filter(action="organs.password_rehashed").count() == 1
    assert _faults() == set()


def test_a_recovery_code_used_is_no_false_alarm(officer: Staff) -> None:
    row = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES)
    code = RecoveryCodes(row).get_unused_codes()[0]
    client = _signed_in(officer, code)
    assert code not in RecoveryCodes(Authenticator.objects.get(pk=row.pk)).get_unused_codes()
    client.get("/work/me/second-factor/recovery/")  # seen for the first time: the library notes it
    assert _faults() == set()


def test_new_recovery_codes_and_a_factor_removed_are_no_false_alarm(officer: Staff) -> None:
    row = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES)
    client = _signed_in(officer, RecoveryCodes(row).get_unused_codes()[0])
    assert client.post("/work/me/second-factor/recovery/new/").status_code == 302
    assert not Authenticator.objects.filter(pk=row.pk).exists()
    assert _faults() == set()
    assert client.post("/work/me/second-factor/codes-of-phone/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=officer).exists()
    assert _faults() == set()


def test_password_and_factor_reset_by_an_administrator_are_no_false_alarm(
    town: House, officer: Staff
) -> None:
    actions.reset_second_factor(by=town[Role.ADMINISTRATOR], staff=officer, why="手机丢失")
    actions.reset_password(by=town[Role.ADMINISTRATOR], staff=town[Role.CLERK])
    assert _faults() == set()


def test_a_form_of_an_account_is_not_stale_because_its_person_changed_the_password(town: House) -> None:
    person = town[Role.CLERK]
    seen = actions.fingerprint(person)
    actions.change_own_password(by=person, old=PASSWORD, new="Another-word-2026")
    person.refresh_from_db()
    assert actions.fingerprint(person) == seen
