"""Consultations bent, results told too soon, citizens' words and names where nobody may read them."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.db.utils import DatabaseError
from django.test import Client
from tests.web.attacks.test_public_subscriptions import _every_value
from tests.web.conftest import words
from tests.web.participation.consulting import fresh, let_out, reported, running
from tests.web.platform import District, House, published
from tests.web.portal.releasing import withdrawn

from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.config.sealing import Unreadable, unseal
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import close_due, draft_result, handle_opinion
from gongkai.web.participation.actions.feedback import look_at_contact
from gongkai.web.participation.actions.opining import contact_of, look_at_sender, name_of, send_opinion
from gongkai.web.participation.models import Consultation, ErrorReport, Opinion, Terms
from gongkai.web.participation.pacing import taken_once
from gongkai.web.participation.strangers import new_question

pytestmark = pytest.mark.django_db
OWN = {"sec-fetch-site": "same-origin"}
WORDS, PERSON, PHONE = "早班车应当提前到五点半", "虚构来信人", "13800001111"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def _address(one: Consultation) -> str:
    return f"/o/{one.organ.code}/consultations/{one.pk}/"


def _sent(client: Client, one: Consultation, sender: str = "203.0.113.5", **facts: str) -> Any:
    data = {"words": WORDS, "name": PERSON, "contact": PHONE, **facts}
    return client.post(_address(one), data, headers=OWN, REMOTE_ADDR=sender)


def _closed(one: Consultation) -> Consultation:
    with clock.set_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=30)):
        close_due()
    return fresh(one)


# ---- ballots ----


def test_a_sender_cannot_fill_a_consultation(client: Client, town: House) -> None:
    """A handful, then a question each, whatever heads and addresses of one home are sent along."""
    one = running(town)
    for number in range(40):
        said = {**OWN, "x-forwarded-for": f"198.51.100.{number}", "user-agent": f"u{number}"}
        client.post(
            _address(one), {"words": f"意见{number}"}, headers=said, REMOTE_ADDR=f"2001:db8::{number:x}"
        )
    assert Opinion.objects.count() <= 5


def test_a_survey_is_sent_once_from_a_browser_and_a_mark_serves_one_survey(
    client: Client, town: House
) -> None:
    one, other = running(town, "survey"), running(town, "survey", title="另一项调查")
    answers = {"q0": "0"}
    assert client.post(_address(one), answers, headers=OWN).status_code == 303
    assert client.post(_address(one), answers, headers=OWN).status_code == 409
    mark = client.cookies[f"survey{one.pk}"]
    assert mark["httponly"]
    assert mark["path"] == _address(one)
    client.cookies[f"survey{other.pk}"] = mark.value
    assert client.post(_address(other), answers, headers=OWN).status_code == 303
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize(
    "answers",
    [{"q0": "7"}, {"q0": "-1"}, {"q0": "0x1"}, {"q0": "٣"}, {"q0": "0", "q1": ["0", "9"]}, {"q0": "0",
    "q2": "NaN"},
     {"q0": "0", "q2": "1e999999"}, {"q0": "0", "q2": "Infinity"}, {"q0": "0", "q3": "长" * 1001},
     {"q9": "0"}],
)  # fmt: skip
def test_no_answer_is_counted_that_was_not_offered(
    answers: dict[str, Any], client: Client, town: House
) -> None:
    one = running(town, "survey")
    assert client.post(_address(one), answers, headers=OWN).status_code == 422
    assert Opinion.objects.count() == 0


def test_a_choice_sent_many_times_counts_once(client: Client, town: House) -> None:
    one = running(town, "survey")
    client.post(_address(one), {"q0": ["0", "0", "1"], "q1": ["1"] * 50}, headers=OWN)
    for opinion in Opinion.objects.all():
        assert opinion.answers.get("q1") == [1]
        assert isinstance(opinion.answers.get("q0"), int)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"referer": "http://localhost.evil.example/"},
        {"origin": "http://localhost@evil.example"},
    ],
)
def test_no_other_site_sends_in_a_readers_name(said: dict[str, str], client: Client, town: House) -> None:
    one = running(town)
    assert client.post(_address(one), {"words": WORDS}, headers=said).status_code == 403
    assert Opinion.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_answered_question_serves_once_even_at_the_same_moment() -> None:
    asked, taken, barrier = new_question(), [], threading.Barrier(6)

    def take() -> None:
        try:
            barrier.wait(10)
            taken.append(taken_once(asked.token, 60))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(taken) == [False] * 5 + [True]


# ---- too late, too soon ----


def test_nothing_is_taken_past_the_last_day_by_any_way(client: Client, town: House) -> None:
    one = running(town)
    with clock.set_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=30)):
        _sent(client, one)
        with pytest.raises(WorkError):
            send_opinion(consultation=one, words=WORDS)
    one = _closed(one)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.create(
            consultation=one, terms=Terms.objects.get(consultation=one), received_at=clock.now(), words=WORDS
        )
    assert Opinion.objects.count() == 0


def test_no_figure_is_told_before_the_result_is_public(client: Client, town: House) -> None:
    one = running(town, "survey")
    before = words(client.get(_address(one)))
    for number in range(3):
        Client(headers={"host": "localhost"}).post(
            _address(one), {"q0": "0"}, headers=OWN, REMOTE_ADDR=f"203.0.113.{number}"
        )
    assert words(client.get(_address(one))) == before
    with pytest.raises(WorkError) as refused:
        draft_result(by=town[Role.CLERK], consultation=one)
    assert refused.value.code == "not_closed"
    one = _closed(one)
    draft_result(by=town[Role.CLERK], consultation=fresh(one))
    assert "100.0%" not in words(client.get(_address(one)))
    assert "100" not in words(client.get(f"/o/{town.organ.code}/consultations/"))


def _told(town: House, one: Consultation, **facts: Any) -> Consultation:
    for opinion in Opinion.objects.filter(consultation=one, adoption=""):
        if opinion.words:
            usual = {"adoption": "adopted", "gist": "提前首班车时间", "reason": ""}
            handle_opinion(by=town[Role.CLERK], opinion=opinion, **{**usual, **facts})
    record = draft_result(by=town[Role.CLERK], consultation=fresh(one))
    let_out(town, record)
    return fresh(one)


def test_a_result_that_was_withdrawn_takes_its_figures_along(client: Client, town: House) -> None:
    one = running(town, "survey")
    client.post(_address(one), {"q0": "0"}, headers=OWN)
    one = _told(town, _closed(one))
    reader = Client(headers={"host": "localhost"})
    assert "100.0%" in words(reader.get(_address(one)))
    withdrawn(town, Record.objects.get(pk=one.result_id))
    assert "100.0%" not in words(reader.get(_address(one)))
    assert "结果反馈" not in words(reader.get(f"/o/{town.organ.code}/consultations/"))


def test_an_announcement_that_was_withdrawn_takes_everything_along(client: Client, town: House) -> None:
    one = running(town)
    _sent(client, one)
    withdrawn(town, one.announcement)
    for where in (
        _address(one),
        f"{_address(one)}received/",
        f"/o/{town.organ.code}/feedback/{one.announcement_id}/",
    ):
        assert client.get(where).status_code == 404
    assert "公交线路" not in words(client.get(f"/o/{town.organ.code}/consultations/"))
    assert _sent(client, one, sender="203.0.113.6").status_code == 404
    assert Opinion.objects.count() == 1


def test_a_consultation_answers_at_its_own_organ_alone(client: Client, district: District) -> None:
    one = running(district.town)
    there = f"/o/minzheng/consultations/{one.pk}/"
    assert (
        client.get(there).status_code == client.post(there, {"words": WORDS}, headers=OWN).status_code == 404
    )


# ---- words and names ----


def test_nobodys_words_name_or_number_stand_on_a_public_page(client: Client, town: House) -> None:
    one = running(town)
    assert _sent(client, one).status_code == 303
    one = _told(town, _closed(one))
    own = f"/o/{town.organ.code}"
    result = f"{own}/records/{one.result_id}/"
    assert "提前首班车时间" in words(client.get(result))
    for where in (_address(one), f"{_address(one)}received/", result, f"{own}/", f"{own}/consultations/",
                  f"{own}/catalogue.json", f"{own}/feed.atom",
                  f"{own}/records/{one.announcement_id}/"):  # fmt: skip
        answer = client.get(where)
        content = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for hidden in (WORDS, PERSON, PHONE):
            assert hidden not in content, where


def test_the_database_holds_nobodys_name_number_or_network_in_clear(client: Client, town: House) -> None:
    one = running(town)
    _sent(client, one, sender="203.0.113.123")
    record = published(town)
    reported(record, contact="13900002222")
    client.post(
        f"/o/{town.organ.code}/feedback/{record.pk}/",
        {"helped": "yes"},
        headers=OWN,
        REMOTE_ADDR="203.0.113.124",
    )
    dump = _every_value()
    assert WORDS in dump  # the words themselves are what is asked for
    for hidden in (PERSON, PHONE, "13900002222", "203.0.113.123", "203.0.113.124"):
        assert hidden not in dump, hidden


def test_a_sealed_name_opens_for_nothing_else(client: Client, town: House) -> None:
    one = running(town)
    _sent(client, one)
    opinion = Opinion.objects.get()
    assert unseal(opinion.name, name_of(opinion)) == PERSON
    with pytest.raises(Unreadable):
        unseal(opinion.name, contact_of(opinion))
    with pytest.raises(Unreadable):
        unseal(opinion.name[:-4] + "AAAA", name_of(opinion))


@pytest.mark.parametrize("column", ["name", "contact", "words"])
def test_what_was_sent_is_not_carried_over_to_another_opinion(
    column: str, client: Client, town: House
) -> None:
    one = running(town)
    _sent(client, one)
    _sent(client, one, name="虚构另一人", contact="13800003333", words="另一条意见")
    first, second = Opinion.objects.order_by("pk")
    _is_refused_or_noticed(first, **{column: getattr(second, column)})


def test_a_name_carried_over_to_another_opinion_opens_for_nobody(client: Client, town: House) -> None:
    one = running(town)
    _sent(client, one)
    _sent(client, one, name="虚构另一人", contact="13800003333", words="另一条意见")
    first, second = Opinion.objects.order_by("pk")
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=first.pk).update(nonce=second.nonce)
    Opinion.objects.filter(pk=first.pk).update(name=second.name, contact=second.contact)
    with pytest.raises(Unreadable):
        look_at_sender(by=town[Role.CLERK], opinion=first)
    assert look_at_sender(by=town[Role.CLERK], opinion=second) == ("虚构另一人", "13800003333")


def test_a_contact_carried_over_to_another_report_opens_for_nobody(town: House) -> None:
    record = published(town)
    mine, _ = reported(record, contact="13900002222")
    theirs, _ = reported(record, contact="13900003333")
    ErrorReport.objects.filter(pk=mine.pk).update(contact=theirs.contact)
    with pytest.raises(Unreadable):
        look_at_contact(by=town[Role.CLERK], report=mine)
    assert look_at_contact(by=town[Role.CLERK], report=theirs) == "13900003333"


def _is_refused_or_noticed(row: Any, **values: Any) -> None:
    """By the database as it is written, or by the log as it is verified."""
    assert verify().faults == []
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
    except DatabaseError:
        return
    assert verify().faults != []


def test_a_contact_carried_over_to_another_report_is_noticed(town: House) -> None:
    record = published(town)
    mine, _ = reported(record, contact="13900002222")
    theirs, _ = reported(record, contact="13900003333")
    _is_refused_or_noticed(mine, contact=theirs.contact)


# ---- questions as weapons ----


def test_hostile_questions_stay_words(client: Client, town: House) -> None:
    evil = "<script>alert(1)</script>{{7*7}}\"'"
    asked = f"【单选*】{evil}？\n{evil}甲\n{evil}乙\n\n【文字】{evil}"
    one = running(town, "survey", title=f"调查{evil}", questions=asked, words=evil)
    for where in (
        _address(one),
        f"/o/{town.organ.code}/consultations/",
        f"/o/{town.organ.code}/records/{one.announcement_id}/",
    ):
        assert b"<script>alert(1)" not in client.get(where).content, where
    client.post(_address(one), {"q0": "0", "q1": evil}, headers=OWN)
    one = _told(town, _closed(one))
    reader = Client(headers={"host": "localhost"})
    for where in (_address(one), f"/o/{town.organ.code}/records/{one.result_id}/"):
        assert b"<script>alert(1)" not in reader.get(where).content, where


def test_codes_are_not_guessed_quickly(client: Client, town: House) -> None:
    where = f"/o/{town.organ.code}/feedback/"
    statuses = [
        client.post(
            where, {"code": f"ABCDE2345{one:x}"}, headers=OWN, REMOTE_ADDR=f"2001:db8::{one:x}"
        ).status_code
        for one in range(40)
    ]
    assert statuses.count(422) <= 30
    assert statuses[-1] == 429
