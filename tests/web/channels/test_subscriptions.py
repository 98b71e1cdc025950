"""Whoever has asked and confirmed it is told of what is new, once; nobody else reads their address."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import etree
from tests.web.conftest import page, words
from tests.web.platform import District, House, published
from tests.web.portal.releasing import withdrawn

from gongkai.statute.catalogue import categories
from gongkai.web.channels.actions.subscribing import END, address_of, link_token
from gongkai.web.channels.actions.telling import follow, tell
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Notice, Standing, Subscription
from gongkai.web.channels.subscribing.filters import audiences
from gongkai.web.config import clock
from gongkai.web.config.sealing import Unreadable, blind_index, seal, unseal
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import LinkKind, Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.cn"


@pytest.fixture(autouse=True)
def _nothing_counted(settings: Any) -> None:
    cache.clear()
    settings.PUBLIC_ADDRESS = "http://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def asked(client: Client, **facts: str) -> Any:
    data = {"way": "email", "address": ADDRESS, "frequency": "at_once", **facts}
    return client.post("/subscribe/", data)


def subscribed(client: Client, **facts: str) -> Subscription:
    """Asked, and confirmed by the link in the letter."""
    assert asked(client, **facts).status_code == 200
    (address,) = re.findall(r"http://localhost(/subscribe/confirm/\S+)", mail.outbox[-1].body)
    assert "确认订阅" in words(client.get(address))
    assert Subscription.objects.latest("pk").standing == Standing.PENDING, (
        "to look at the link confirms nothing"
    )
    assert "已确认" in words(client.post(address))
    mail.outbox.clear()
    return Subscription.objects.latest("pk")


def test_nothing_is_sent_before_it_is_confirmed(client: Client, town: House) -> None:
    asked(client)
    mail.outbox.clear()
    published(town)
    deliver()
    assert mail.outbox == []


def test_a_new_record_is_told_once_with_a_way_out(client: Client, town: House) -> None:
    subscribed(client, organ="beishan")
    record = published(town)
    for _ in range(3):
        deliver()
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert letter.subject == record.title
    assert f"http://localhost/o/beishan/records/{record.pk}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    out = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")
    assert out in letter.body
    assert Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post(out).status_code == 200
    ended = Subscription.objects.get()
    assert (ended.standing, ended.sealed_address, ended.address_index) == ("ended", "", "")
    published(town, title="退订以后的通知")
    deliver()
    assert len(mail.outbox) == 1


def test_only_what_fits_is_told(client: Client, district: District) -> None:
    subscribed(client, organ="minzheng")
    subscribed(client, organ="xugou", with_below="on", category="20.12")
    subscribed(client, audience="parents")
    subscribed(client, words="防汛 工作方案", address="another@example.cn")
    published(district.town)
    deliver()
    told = set(Notice.objects.values_list("subscription__organ__code", "subscription__words"))
    assert told == {("xugou", ""), (None, "防汛 工作方案")}
    Notice.objects.all().delete()
    published(
        district.bureau, title="关于做好义务教育学校入学工作的通知", summary="入学安排。", category="20.11"
    )
    deliver()
    told = set(Notice.objects.values_list("subscription__organ__code", "subscription__audience"))
    assert told == {("minzheng", ""), (None, "parents")}


def test_a_daily_digest_goes_out_once_a_day_in_the_morning(client: Client, town: House) -> None:
    subscribed(client, frequency="daily")
    for number in range(3):
        published(town, title=f"关于第{number}号事项的通知")
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    Subscription.objects.update(told_at=timezone.now())
    with clock.set_to(tomorrow.replace(hour=7, minute=59)):
        deliver()
        assert mail.outbox == []
    with clock.set_to(tomorrow.replace(hour=8, minute=1)):
        deliver()
        deliver()
    (letter,) = mail.outbox
    assert letter.body.count("/o/beishan/records/") == 3


def test_an_interpretation_is_told_with_its_policy(client: Client, town: House) -> None:
    subscribed(client, words="防汛抗旱工作方案")
    policy = published(town)
    deliver()
    mail.outbox.clear()
    from tests.web.platform import draft
    from tests.web.portal.releasing import let_out

    facts = {"title": "一图读懂：汛期怎么办", "summary": "说明汛期安排。"}
    told = draft(town, kind="interpretation", **facts)
    link(by=town[Role.CLERK], record=told, target=policy, kind=LinkKind.INTERPRETS)
    let_out(town, Record.objects.get(pk=told.pk))
    deliver()
    (letter,) = mail.outbox
    assert f"解读的文件：{policy.title}" in letter.body


def test_what_is_withdrawn_before_it_is_told_is_never_told(client: Client, town: House) -> None:
    subscribed(client)
    record = published(town)
    follow()
    withdrawn(town, record)
    tell()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("fault", "letters"),
    [(ConnectionRefusedError(ADDRESS), 1), (smtplib.SMTPServerDisconnected(ADDRESS), 0)],
)
def test_a_mail_server_in_trouble_is_tried_again_only_where_nothing_was_taken(
    client: Client,
    town: House,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    letters: int,
) -> None:
    subscribed(client)
    published(town)

    def fails(*_: Any) -> int:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
        deliver()
    assert ADDRESS not in caplog.text
    with clock.set_to(timezone.now() + dt.timedelta(hours=1)):
        deliver()
    assert len(mail.outbox) == letters


def test_the_page_says_the_same_to_everybody_and_sends_three_questions_a_day(client: Client) -> None:
    answers = [words(asked(client)) for _ in range(5)]
    assert len(set(answers)) == 1
    assert len(mail.outbox) == 3


def test_one_place_cannot_ask_without_end(client: Client) -> None:
    for number in range(10):
        assert asked(client, address=f"reader{number}@example.cn").status_code == 200
    refused = asked(client, address="reader99@example.cn")
    assert (refused.status_code, len(mail.outbox)) == (422, 10)
    assert "一小时后再试" in words(refused)


@pytest.mark.parametrize(
    "address", ["", "reader", "reader@", "a@b.cn\nBcc: x@y.cn", "a" * 300 + "@example.cn"]
)
def test_what_is_no_address_is_refused_at_its_field(client: Client, address: str) -> None:
    refused = asked(client, address=address)
    assert refused.status_code == 422
    assert page(refused).css_first("#id_address-error") is not None
    assert mail.outbox == []


def test_links_that_are_not_ours_do_nothing(client: Client, town: House) -> None:
    found = subscribed(client)
    for path in ("confirm", "end"):
        assert client.post(f"/subscribe/{path}/abc/").status_code == 404
    # A link made for one purpose serves no other.
    assert client.post(f"/subscribe/confirm/{link_token(found, END)}/").status_code == 404


def test_an_address_is_read_by_nobody_in_the_database(client: Client) -> None:
    found = subscribed(client)
    assert ADDRESS not in f"{found.sealed_address}{found.address_index}"
    assert address_of(found) == ADDRESS
    with pytest.raises(Unreadable):
        unseal(found.sealed_address, "something else")
    assert seal("a", "b") != seal("a", "b")
    assert blind_index("a") == blind_index("a") != blind_index("b")


def test_a_wish_is_a_feed_without_an_account(client: Client, district: District) -> None:
    record = published(district.town)
    published(district.bureau, title="关于另一事项的通知", category="20.11")
    shown = client.get("/subscribe/?organ=beishan")
    address = page(shown).css_first("main a[href*='feed.atom']").attributes["href"]
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    titles = [one.text for one in etree.fromstring(answer.content).findall("{*}entry/{*}title")]
    assert titles == [record.title]
    assert len(etree.fromstring(client.get("/subscribe/feed.atom").content).findall("{*}entry")) == 2
    odd = client.get("/subscribe/feed.atom?organ=x&category=<a>&audience=nobody&words=%00")
    assert odd.status_code == 200


def test_a_text_message_goes_through_the_gateway(
    client: Client, town: House, settings: Any, receiver: Any
) -> None:
    settings.SMS_GATEWAY, settings.SMS_SECRET = f"{receiver.address}/sms", "shared-secret-of-a-test"
    receiver.fails_with = (
        202  # the receiver of tests wants a webhook's fields: it is enough that it was asked
    )
    asked(client, way="sms", address="138 0000 0000")
    assert receiver.asked == [("POST", "/sms")]
    assert Subscription.objects.get().way == "sms"


def test_an_address_that_nobody_confirms_is_forgotten_after_two_days(client: Client) -> None:
    asked(client)
    with clock.set_to(timezone.now() + dt.timedelta(hours=47)):
        deliver()
        assert Subscription.objects.count() == 1
    with clock.set_to(timezone.now() + dt.timedelta(hours=49)):
        deliver()
    assert Subscription.objects.count() == 0


def test_a_mail_server_that_is_down_is_asked_once_a_round(
    client: Client, town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        subscribed(client, address=f"reader{number}@example.cn")
    published(town)
    tries: list[int] = []

    def fails(*_: Any) -> int:
        tries.append(1)
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
        deliver()
    assert len(tries) == 1
    with clock.set_to(timezone.now() + dt.timedelta(hours=1)):
        deliver()
    assert len(mail.outbox) == 4


def test_every_category_that_an_audience_names_is_there() -> None:
    known = {one.code for one in categories()}
    assert {code for one in audiences() for code in one.categories} <= known


def test_without_a_mail_server_nobody_is_asked_for_an_address(
    client: Client, district: District, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
    shown = page(client.get("/subscribe/"))
    assert shown.css_first("input[name=way], input[name=address], input[name=frequency]") is None
    assert "暂不发送邮件和短信" in shown.body.text()
    # Sent without the button of the feed: there is nothing else to be had.
    answer = client.post("/subscribe/", {"organ": "minzheng"})
    assert (answer.status_code, Subscription.objects.count()) == (303, 0)
    settings.SMS_GATEWAY = "https://sms.example.cn/"
    (way,) = page(client.get("/subscribe/")).css("input[name=way]")
    assert way.attributes["value"] == "sms"
    assert "checked" in way.attributes


def test_what_was_chosen_is_a_whole_address_to_copy_into_a_reader(client: Client, district: District) -> None:
    record = published(district.town)
    published(district.bureau, title="关于另一事项的通知", category="20.11")
    chosen = {"organ": "xugou", "with_below": "on", "category": "20.12", "words": "防汛 抗旱", "by": "atom"}
    answer = client.post("/subscribe/", {**chosen, "way": "email", "address": ADDRESS})
    assert answer.status_code == 303
    assert ADDRESS not in answer["Location"]
    shown = page(client.get(answer["Location"]))
    whole = shown.css_first("#feed textarea[readonly]").text(strip=True)
    assert whole.startswith("http://localhost/subscribe/feed.atom?")
    feed = etree.fromstring(client.get(whole.removeprefix("http://localhost")).content)
    assert [one.text for one in feed.findall("{*}entry/{*}title")] == [record.title]
    assert "防汛 抗旱" in shown.css_first("#feed").text()
    assert shown.css_first("input[name=words]").attributes["value"] == "防汛 抗旱"
    assert mail.outbox == []


def test_the_letter_that_asks_says_what_was_subscribed_to(client: Client, district: District) -> None:
    asked(client, organ="xugou", with_below="on", category="20.12", audience="parents", words="入学")
    body = mail.outbox[-1].body
    for told in (district.government.organ.name, "和下级机关", "入学", "家长"):
        assert told in body, told
    (address,) = re.findall(r"http://localhost(/subscribe/confirm/\S+)", body)
    assert "和下级机关" in words(client.get(address))


def test_an_empty_address_is_asked_for_and_not_called_wrong(client: Client) -> None:
    refused = asked(client, address=" ")
    assert "请填写电子邮箱" in page(refused).css_first("#id_address-error").text()


def test_no_two_categories_are_called_the_same(client: Client) -> None:
    for address in ("/subscribe/", "/subscribe/?lang=en"):
        options = page(client.get(address, follow=True)).css("select[name=category] option")
        names = [one.text(strip=True) for one in options]
        assert len(set(names)) == len(names) > 20


def test_text_messages_have_a_limit_for_the_whole_installation(
    client: Client, settings: Any, receiver: Any
) -> None:
    settings.SMS_GATEWAY, settings.SMS_SECRET = f"{receiver.address}/sms", "shared-secret-of-a-test"
    settings.SMS_A_DAY = 3
    for number in range(5):
        answer = asked(client, way="sms", address=f"1380000000{number}")
    assert len(receiver.asked) == 3
    assert answer.status_code == 422
    assert "短信" in page(answer).css_first(".govuk-error-summary").text()
    with clock.set_to(timezone.now() + dt.timedelta(hours=25)):
        asked(client, way="sms", address="13800000009")
    assert len(receiver.asked) == 4
