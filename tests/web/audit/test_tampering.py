"""Whatever is altered behind the program's back is found, to the byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.platform import House, draft, open_review, published, submitted

from gongkai.web.audit import guards
from gongkai.web.audit.actions import Change, Personal, append, shred
from gongkai.web.audit.models import ChainHead, Entry, PersonalDatum
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.reviewing import return_step
from gongkai.web.organs.actions import close_account
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _codes() -> set[str]:
    return {fault.code for fault in verify().faults}


@pytest.fixture
def history(town: House) -> House:
    published(town)
    draft(town, title="又一份草稿")
    assert verify().faults == []
    guards.lift()  # somebody who can do that is who this is about
    return town


def test_lifted_guards_are_told(history: House) -> None:
    assert "guard_missing" in _codes()


ALTERED = [
    ("UPDATE audit_entry SET why_digest = 'x' WHERE number = 5", {"edited"}),
    ("UPDATE audit_entry SET action = 'disclosure.nothing' WHERE number = 5", {"edited"}),
    ("UPDATE audit_entry SET actor_id = 1 WHERE number = 40", {"edited"}),
    ("UPDATE audit_entry SET organ_id = 99 WHERE number = 40", {"edited"}),
    ("UPDATE audit_entry SET hash = '0' WHERE number = 7", {"edited", "broken_link"}),
    ("UPDATE audit_entry SET previous_hash = '0' WHERE number = 7", {"edited", "broken_link"}),
    ("UPDATE audit_chainhead SET number = number - 1", {"end_differs"}),
    ("UPDATE disclosure_record SET title = title || '。'", {"row_edited"}),
    ("UPDATE disclosure_record SET index_number = 'x' WHERE state = 'draft'", {"row_edited"}),
    ("UPDATE disclosure_version SET body = body || ' '", {"row_edited"}),
    ("UPDATE disclosure_review SET reason = '同意' WHERE step = 'leader'", {"row_edited"}),
    (
        "UPDATE organs_staff SET is_superuser = NOT is_superuser WHERE username = 'beishan.clerk'",
        {"row_edited"},
    ),
    ("UPDATE organs_appointment SET role = 'auditor' WHERE role = 'clerk'", {"row_edited"}),
    ("UPDATE organs_organ SET telephone = '1' WHERE code = 'beishan'", {"row_edited"}),
]


@pytest.mark.parametrize(("statement", "codes"), ALTERED, ids=[one[0] for one in ALTERED])
def test_an_altered_row_is_found(history: House, statement: str, codes: set[str]) -> None:
    _sql(statement)
    assert codes <= _codes()


def test_a_deleted_entry_is_found(history: House) -> None:
    _sql("DELETE FROM audit_entry WHERE number = 9")
    assert {"gap"} <= _codes()


def test_the_last_entry_deleted_with_the_end_set_back_is_found_by_the_rows(history: House) -> None:
    last = Entry.objects.order_by("-number")[0]
    before = Entry.objects.get(number=last.number - 1)
    _sql("DELETE FROM audit_entry WHERE number = %s", last.number)
    ChainHead.objects.update(number=before.number, hash=before.hash)
    assert {"row_edited"} <= _codes() or {"row_unknown"} <= _codes()


def test_a_chain_made_anew_is_found_by_its_seal(history: House) -> None:
    head = ChainHead.objects.get()
    seal = json.dumps({"number": head.number, "hash": head.hash})
    assert not verify(seals=[seal]).faults or _codes() == {"guard_missing"}
    _sql("DELETE FROM audit_entry WHERE number = %s", head.number)
    before = Entry.objects.order_by("-number")[0]
    ChainHead.objects.update(number=before.number, hash=before.hash)
    assert "seal_missing" in {fault.code for fault in verify(rows=False, seals=[seal]).faults}


def test_two_entries_exchanged_are_found(history: House) -> None:
    _sql("UPDATE audit_entry SET number = 100000 WHERE number = 6")
    _sql("UPDATE audit_entry SET number = 6 WHERE number = 7")
    _sql("UPDATE audit_entry SET number = 7 WHERE number = 100000")
    assert {"edited", "broken_link"} <= _codes()


def test_a_row_added_behind_the_back_is_found(history: House) -> None:
    _sql(
        "INSERT INTO organs_unit (organ_id, name, is_disclosure_office, is_active, position) "
        "VALUES (%s, %s, %s, %s, 0)",
        history.organ.pk,
        "暗室",
        False,
        True,
    )
    assert "row_unknown" in _codes()


def test_a_row_gone_is_found(history: House) -> None:
    _sql("UPDATE organs_staff SET unit_id = NULL")
    _sql("DELETE FROM organs_appointment WHERE role = 'auditor'")
    assert "row_missing" in _codes()


def test_the_database_refuses_to_change_an_entry(town: House) -> None:
    draft(town)
    for statement in ("UPDATE audit_entry SET why_digest = 'x' WHERE number = 5", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError), transaction.atomic():
            _sql(statement)
    entry = Entry.objects.order_by("number")[0]
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(why="x"),
    ):
        with pytest.raises(WorkError):
            attempt()


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(WorkError, match="事务"):
        append(Change("tests.nothing", None))


def test_personal_data_can_be_destroyed_and_the_chain_holds(town: House) -> None:
    with transaction.atomic():
        entry = append(
            Change(
                "tests.told",
                None,
                town.organ,
                organ_id=town.organ.pk,
                after={"name": Personal("虚构某"), "n": 3},
            )
        )
    assert "虚构某" not in json.dumps(entry.after, ensure_ascii=False)
    assert verify().faults == []
    with pytest.raises(NotAllowed):
        shred(by=town[Role.CLERK], entries=[entry], why="到期")
    with pytest.raises(WorkError):
        shred(by=town[Role.AUDITOR], entries=[entry], why=" ")
    assert shred(by=town[Role.AUDITOR], entries=[entry], why="保存期限届满") == 1
    assert PersonalDatum.objects.get(entry=entry).value == ""
    assert Entry.objects.filter(pk=entry.pk).exists()
    assert verify().faults == []


def test_personal_data_edited_or_destroyed_without_an_entry_is_found(town: House) -> None:
    with transaction.atomic():
        append(
            Change("tests.told", None, town.organ, organ_id=town.organ.pk, after={"name": Personal("虚构某")})
        )
    guards.lift()
    _sql("UPDATE audit_personaldatum SET value = '虚构人'")
    assert "personal_edited" in _codes()
    _sql("UPDATE audit_personaldatum SET value = '', salt = '', destroyed_by_id = 1")
    assert "personal_edited" in _codes()
    _sql("DELETE FROM audit_personaldatum")
    assert "personal_missing" in _codes()


def _reason_of_the_return(house: House) -> Entry:
    record = submitted(house)
    review = open_review(record)
    return_step(by=house[Role(review.step)], review=review, reason="请删去虚构某的住址")
    return Entry.objects.get(action="disclosure.return")


def test_a_reason_stands_beside_the_chain_and_can_be_destroyed(town: House) -> None:
    entry = _reason_of_the_return(town)
    assert entry.why == "请删去虚构某的住址"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_entry")
        assert "住址" not in str(cursor.fetchall())
    assert shred(by=town[Role.AUDITOR], entries=[entry], why="含有个人信息") == 1
    assert Entry.objects.get(pk=entry.pk).why == ""
    told = Entry.objects.get(action="audit.shred")
    assert (told.why, told.after) == ("含有个人信息", {"destroyed": [f"{entry.pk}:why"]})
    assert verify().faults == []


def test_a_reason_edited_is_found(town: House) -> None:
    entry = _reason_of_the_return(town)
    guards.lift()
    _sql("UPDATE audit_personaldatum SET value = '同意' WHERE entry_id = %s", entry.pk)
    assert "personal_edited" in _codes()


def test_an_administrator_destroys_no_words_of_his_own_doing(town: House) -> None:
    by, returned = town[Role.ADMINISTRATOR], _reason_of_the_return(town)
    close_account(by=by, staff=town[Role.CLERK], why="调离")
    own = Entry.objects.get(action="organs.account_closed")
    with pytest.raises(NotAllowed):
        shred(by=by, entries=[own], why="不要了")
    assert shred(by=by, entries=[returned], why="含有个人信息") == 1
    assert shred(by=town[Role.AUDITOR], entries=[own], why="含有个人信息") == 1
