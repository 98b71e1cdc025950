"""A request comes in: numbered, sealed, in the log; received by REG.31."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from tests.web.platform import District, House
from tests.web.requests.asking import IDENTITY, SECRETS, asked, at, received, sent

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.receiving import Sent, confirm_receipt, register, submit
from gongkai.web.requests.key_ring import index_of
from gongkai.web.requests.models import Case, CaseFile, Requester, Stands
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)


def test_a_request_from_the_portal_has_a_number_and_waits_for_its_confirmation(town: House) -> None:
    case, code = sent(town, DAY)
    assert case.number == "〔2025〕1号"
    assert len(code) == 14
    assert case.stands == Stands.UNCONFIRMED
    assert case.due_on is None
    with at(dt.date(2025, 9, 28)):  # a make-up working day
        confirm_receipt(by=town[Role.DISCLOSURE_OFFICE], case=case, on=dt.date(2025, 9, 28))
    case.refresh_from_db()
    assert (case.received_on, case.due_on) == (dt.date(2025, 9, 28), dt.date(2025, 10, 31))
    assert verify().faults == []


def test_handed_in_it_is_received_that_day_and_due_on_the_law_s_last_day(town: House) -> None:
    case = received(town, DAY)
    assert (case.stands, case.received_on, case.due_on) == (Stands.RUNNING, DAY, dt.date(2025, 10, 30))


@pytest.mark.parametrize(
    ("channel", "confirmed", "received_on"),
    [
        ("in-person", None, dt.date(2025, 9, 24)),
        ("signed-post", None, dt.date(2025, 9, 24)),
        ("ordinary-post", None, None),
        ("ordinary-post", dt.date(2025, 9, 25), dt.date(2025, 9, 25)),
        ("fax", None, None),
        ("email", dt.date(2025, 9, 26), dt.date(2025, 9, 26)),
    ],
)
def test_the_day_of_receipt_follows_from_the_channel(
    town: House, channel: str, confirmed: dt.date | None, received_on: dt.date | None
) -> None:
    with at(DAY):
        case = register(
            by=town[Role.CLERK],
            organ=town.organ,
            asked=asked(),
            channel=channel,
            arrived_on=dt.date(2025, 9, 24),
            confirmed_on=confirmed,
        ).case
    assert case.received_on == received_on


def test_numbers_follow_without_a_gap_and_what_fails_gives_its_number_back(town: House) -> None:
    assert received(town, DAY).serial == 1
    with pytest.raises(Invalid):
        received(town, DAY, words="")
    assert [received(town, DAY).serial, sent(town, DAY)[0].serial] == [2, 3]
    assert received(town, dt.date(2026, 1, 5)).number == "〔2026〕1号"


def test_two_organs_count_for_themselves(district: District) -> None:
    assert received(district.town, DAY).serial == received(district.bureau, DAY).serial == 1


def test_neither_the_database_nor_the_files_tell_who_asked(town: House, tmp_path: object) -> None:
    with at(DAY):
        scan = Sent("虚构申请人身份证.jpg", "证件".encode() + IDENTITY.encode(), "image/jpeg", "identity")
        submit(
            organ=town.organ,
            asked=asked(words=f"本人{SECRETS[3]}，电话{SECRETS[1]}，申请公开分配方案"),
            files=[scan],
        )
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            told = repr(cursor.fetchall())
            for secret in SECRETS:
                assert secret not in told, (table, secret)
    row = CaseFile.objects.get()
    from gongkai.web.disclosure import file_store

    assert IDENTITY.encode() not in file_store.load(row.sha256)


def test_what_was_sealed_opens_for_its_own_case_and_place_alone(district: District) -> None:
    one, other = received(district.town, DAY), received(district.bureau, DAY)
    opener = opener_of(one)
    assert opener.open(one.requester, "phone") == "13800001234"
    moved = Requester.objects.get(case=other)
    moved.phone = one.requester.phone
    with pytest.raises(WorkError):
        opener.open(moved, "phone")
    with pytest.raises(WorkError):
        opener_of(other).open(one.requester, "phone")
    one.requester.phone, one.requester.address = one.requester.address, one.requester.phone
    with pytest.raises(WorkError):
        opener.open(one.requester, "phone")


def test_the_same_person_is_found_again_by_what_was_sealed(district: District) -> None:
    received(district.town, DAY)
    received(district.town, DAY, identity_number="1101 0519 4912 31002x")
    assert Requester.objects.filter(identity_index=index_of("identity_number", IDENTITY)).count() == 2
    assert not Requester.objects.filter(identity_index=index_of("phone", IDENTITY)).exists()


def test_the_log_names_nobody(town: House) -> None:
    received(town, DAY)
    entry = Entry.objects.get(action="requests.received")
    assert not any(secret in f"{entry.before}{entry.after}" for secret in SECRETS)
    assert entry.after["case"] == "〔2025〕1号"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"words": "\u200b"}, "words"),
        ({"identity_number": "110105194912310021"}, "identity_number"),
        ({"identity_number": ""}, "identity_number"),
        ({"phone": "call me"}, "phone"),
        ({"phone": "", "address": "", "email": ""}, "phone"),
        ({"reply_ways": ()}, "reply_ways"),
        ({"reply_ways": ("pigeon",)}, "reply_ways"),
        ({"reply_ways": ("email",)}, "email"),
        ({"email": "a@b"}, "email"),
        ({"requester_kind": "robot"}, "requester_kind"),
        ({"name": "名" * 61}, "name"),
        ({"words": "字" * 5001}, "words"),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_nothing_is_kept(
    town: House, facts: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        sent(town, DAY, **facts)
    assert field in {one.field for one in refused.value.faults}
    assert IDENTITY not in refused.value.zh
    assert not Case.objects.exists()


def test_what_came_by_letter_is_taken_with_all_that_it_lacks(town: House) -> None:
    case = received(town, DAY, identity_kind="other", identity_number="", phone="", address="", reply_ways=())
    assert case.stands == Stands.RUNNING


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECRECY_OFFICER, Role.ADMINISTRATOR])
def test_nobody_else_registers(town: House, role: Role) -> None:
    with pytest.raises(NotAllowed), at(DAY):
        register(by=town[role], organ=town.organ, asked=asked(), channel="fax", arrived_on=DAY)


def test_days_to_come_and_days_before_the_arrival_are_refused(town: House) -> None:
    with at(DAY):
        for arrived, confirmed in ((dt.date(2025, 9, 27), None), (DAY, dt.date(2025, 9, 25))):
            with pytest.raises(Invalid):
                register(
                    by=town[Role.CLERK],
                    organ=town.organ,
                    asked=asked(),
                    channel="fax",
                    arrived_on=arrived,
                    confirmed_on=confirmed,
                )
