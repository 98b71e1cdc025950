"""Subscriptions turned against people: a letter-box filled by somebody else, addresses guessed, copied out of
the database or carried from one row to another, links followed by programs."""

from __future__ import annotations

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from tests.web.conftest import words
from tests.web.platform import House, published

from gongkai.web.channels.actions.subscribing import CONFIRM, END, address_of, link_token
from gongkai.web.channels.actions.telling import tell
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Notice, Standing, Subscription
from gongkai.web.channels.subscribing.messages import message_of
from gongkai.web.channels.subscribing.messengers import messenger
from gongkai.web.config import clock
from gongkai.web.config.sealing import Unreadable
from gongkai.web.organs.errors import WorkError

pytestmark = pytest.mark.django_db
ADDRESS = "someone.else@example.cn"


@pytest.fixture(autouse=True)
def _letters(settings: Any) -> None:
    cache.clear()
    settings.PUBLIC_ADDRESS = "http://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _ask(client: Client, address: str = ADDRESS, sender: str = "203.0.113.9", **facts: str) -> Any:
    data = {"way": "email", "address": address, "frequency": "at_once", **facts}
    return client.post("/subscribe/", data, REMOTE_ADDR=sender)


def _subscribed(client: Client, address: str = ADDRESS, **facts: str) -> Subscription:
    _ask(client, address, **facts)
    (found,) = re.findall(r"http://localhost(/subscribe/confirm/\S+)", mail.outbox[-1].body)
    client.post(found)
    mail.outbox.clear()
    return Subscription.objects.latest("pk")


# ---- filling somebody's letter-box ----


@pytest.mark.parametrize(
    "spelling",
    [
        "SOMEONE.ELSE@EXAMPLE.CN",
        "someone.else@ｅｘａｍｐｌｅ.cn",
        "someone.else@example。cn",
        "ſomeone.else@example.cn",
        "someone.else@examplE.cn",
    ],
)
def test_another_spelling_of_an_address_is_no_other_address(spelling: str, client: Client) -> None:
    for number in range(3):
        _ask(client, sender=f"203.0.113.{number}")
    _ask(client, spelling, sender="203.0.113.99")
    assert len(mail.outbox) == 3


def test_tags_behind_a_name_make_no_further_letter_boxes(client: Client) -> None:
    for number in range(9):
        _ask(client, f"someone.else+{number}@example.cn", sender=f"203.0.113.{number}")
    assert len(mail.outbox) == 3


def test_the_limit_of_an_hour_lasts_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only some minutes from the last question on."""
    from django.core.cache.backends import db

    for number in range(10):
        _ask(client, f"reader{number}@example.cn")
    real = db.tz_now()
    for minutes, allowed in ((7, 10), (50, 10), (61, 11)):
        monkeypatch.setattr(db, "tz_now", lambda later=real + dt.timedelta(minutes=minutes): later)
        _ask(client, f"late{minutes}@example.cn")
        assert len(mail.outbox) == allowed, minutes


def test_all_addresses_of_a_home_are_one_sender(client: Client) -> None:
    """Somebody with IPv6 has 2^64 addresses."""
    for number in range(12):
        _ask(client, f"reader{number}@example.cn", sender=f"2001:db8:1:2::{number + 1:x}")
    assert len(mail.outbox) == 10
    _ask(client, "neighbour@example.cn", sender="2001:db8:1:3::1")
    assert len(mail.outbox) == 11


def test_a_sender_names_no_other_sender(client: Client) -> None:
    """Without a proxy of ours nobody's word is believed."""
    for number in range(12):
        data = {"way": "email", "address": f"reader{number}@example.cn", "frequency": "daily"}
        client.post("/subscribe/", data, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert len(mail.outbox) == 10


def test_behind_a_proxy_only_what_it_wrote_down_is_believed(client: Client, settings: Any) -> None:
    settings.PROXIES = 1
    for number in range(12):
        data = {"way": "email", "address": f"reader{number}@example.cn", "frequency": "daily"}
        told = f"198.51.100.{number}, 10.0.0.{number}, 203.0.113.50"
        client.post("/subscribe/", data, headers={"x-forwarded-for": told})
    assert len(mail.outbox) == 10


@pytest.mark.django_db(transaction=True)
def test_questions_sent_at_the_same_moment_are_counted_too() -> None:
    barrier = threading.Barrier(8)

    def send(number: int) -> None:
        try:
            barrier.wait(10)
            _ask(Client(headers={"host": "localhost"}), sender=f"203.0.113.{number}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Subscription.objects.count() <= 3
    assert len(mail.outbox) <= 3


@pytest.mark.parametrize(
    "address",
    [
        "a@b.cn\r\nBcc: x@y.cn", "a@b.cn%0aBcc:x@y.cn", "a@b.cn, c@d.cn", "a@b.cn;c@d.cn", "<a@b.cn>",
        "a@b.cn\0",
        '"a b"@c.cn>', "a@[127.0.0.1]", "a@localhost", "a@b.cn\u2028Bcc: x@y.cn", "a@b..cn", "\ud800@b.cn",
    ],
)  # fmt: skip
def test_a_letter_goes_to_one_address_or_to_none(address: str, client: Client) -> None:
    assert _ask(client, address.encode("utf-8", "replace").decode()).status_code in (200, 422)
    for letter in mail.outbox:
        assert len(letter.to) == 1
        assert letter.message().get_all("Bcc") is None
        assert str(letter.message()).count("\nTo: ") == 1


# ---- who subscribes ----


def test_the_answer_is_the_same_for_who_has_subscribed_and_who_has_not(client: Client) -> None:
    first = words(_ask(client))
    for _ in range(4):
        assert words(_ask(client)) == first
    _subscribed(client, "known@example.cn")
    assert words(_ask(client, "known@example.cn")) == first == words(_ask(client, "unknown@example.cn"))


# ---- links ----


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_program_that_looks_at_links_confirms_and_ends_nothing(method: str, client: Client) -> None:
    _ask(client)
    waiting = Subscription.objects.get()
    getattr(client, method)(f"/subscribe/confirm/{link_token(waiting, CONFIRM)}/")
    assert Subscription.objects.get().standing == Standing.PENDING
    found = _subscribed(client, "other@example.cn")
    getattr(client, method)(f"/subscribe/end/{link_token(found, END)}/")
    assert Subscription.objects.get(pk=found.pk).standing == Standing.ACTIVE


def test_a_link_to_confirm_brings_nobody_back_who_has_ended(client: Client) -> None:
    found = _subscribed(client)
    link = link_token(found, CONFIRM)
    client.post(f"/subscribe/end/{link_token(found, END)}/")
    assert client.post(f"/subscribe/confirm/{link}/").status_code == 404
    assert Subscription.objects.get().standing == Standing.ENDED


def test_links_are_nobodys_guess(client: Client) -> None:
    one, other = _subscribed(client), _subscribed(client, "other@example.cn")
    forged = link_token(other, END)
    swapped = link_token(one, END).partition(":")[0] + ":" + forged.partition(":")[2]
    for token in (
        swapped,
        forged[:-1],
        forged + "A",
        forged.replace(":", "."),
        ".eJw" + forged,
        "\0",
        "%00",
        "é",
    ):
        assert client.post(f"/subscribe/end/{token}/").status_code == 404, token
    assert set(Subscription.objects.values_list("standing", flat=True)) == {"active"}


def test_a_link_too_old_to_confirm_confirms_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    _ask(client)
    link, now = link_token(Subscription.objects.get(), CONFIRM), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3 * 86_400)
    assert client.post(f"/subscribe/confirm/{link}/").status_code == 404


# ---- what lies in the database ----


def test_the_database_holds_nobodys_address_in_clear(client: Client, town: House) -> None:
    _subscribed(client)
    _ask(client, "waiting.one@example.cn", sender="203.0.113.77")
    published(town)
    deliver()
    dump = _every_value()
    for hidden in (ADDRESS, ADDRESS.partition("@")[0], "waiting.one", "203.0.113.77", "203.0.113.9"):
        assert hidden not in dump, hidden


def _every_value() -> str:
    said: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    plain = (
                        bytes(value)
                        if isinstance(value, bytes | memoryview)
                        else str(value).encode("utf-8", "replace")
                    )
                    said.append(plain.decode("utf-8", "replace"))
    return "\n".join(said)


def test_a_sealed_address_opens_in_its_own_row_alone(client: Client) -> None:
    mine, theirs = _subscribed(client, "mine@example.cn"), _subscribed(client)
    Subscription.objects.filter(pk=mine.pk).update(sealed_address=theirs.sealed_address)
    with pytest.raises(Unreadable):
        address_of(Subscription.objects.get(pk=mine.pk))


def test_no_two_rows_seal_an_address_alike(client: Client) -> None:
    for number in range(3):
        _ask(client, sender=f"203.0.113.{number}")
    assert len(set(Subscription.objects.values_list("sealed_address", flat=True))) == 3


def test_one_row_that_cannot_be_opened_keeps_nothing_from_the_others(client: Client, town: House) -> None:
    damaged = _subscribed(client, "damaged@example.cn")
    _subscribed(client)
    Subscription.objects.filter(pk=damaged.pk).update(sealed_address="v1.AAAA")
    published(town)
    deliver()
    assert [one.to for one in mail.outbox] == [[ADDRESS]]
    assert Notice.objects.get(subscription=damaged).is_given_up


# ---- what a letter says ----


@pytest.mark.parametrize("sign", "\r\n\x0b\x0c\x1c\x85\u2028\u2029", ids=ascii)
def test_a_title_puts_nothing_into_the_head_of_a_letter(sign: str, client: Client, town: House) -> None:
    """It is refused when it is written; a line that came past every door does no harm either."""
    with pytest.raises((WorkError, ValueError)):
        published(town, title=f"通知{sign}Bcc: x@y.cn")
    found, record = _subscribed(client), published(town)
    record.title = f"通知{sign}Bcc: x@y.cn"
    messenger("email").send(message_of(found, [record]))
    (letter,) = mail.outbox
    assert not re.search(r"(?m)^Bcc:", str(letter.message()).partition("\n\n")[0])


def test_nothing_is_told_of_what_was_withdrawn_or_replaced_before_it_went_out(
    client: Client, town: House
) -> None:
    from tests.web.portal.releasing import SECRET, public, withdrawn

    _subscribed(client, frequency="daily")
    record = public(town)
    from gongkai.web.channels.actions.telling import follow

    follow()
    withdrawn(town, record)
    with clock.set_to(timezone.now() + dt.timedelta(days=1)):
        tell()
    assert not any(SECRET in f"{one.subject}{one.body}" for one in mail.outbox)
