"""Followers of the official account are told of what is new: they come by a code, leave when they like."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.channels.conftest import SECRET
from tests.web.channels.going_out import later
from tests.web.channels.servers import Wire
from tests.web.conftest import page, words
from tests.web.platform import House, published
from tests.web.portal.releasing import withdrawn

from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Notice, Standing, Subscription
from gongkai.web.channels.subscribing import wechat_pushes
from gongkai.web.config.resealing import reseal

pytestmark = pytest.mark.django_db
ADDRESS, TOKEN = "/subscribe/wechat/", "push-token"
OPENID = "oFictional_Follower-1"


@pytest.fixture(autouse=True)
def account(settings: Any, wechat: Wire) -> Iterator[Wire]:
    cache.clear()
    settings.WECHAT_APP_ID, settings.WECHAT_SECRET = "wx0000000000000000", SECRET
    settings.WECHAT_TOKEN, settings.WECHAT_NAME = TOKEN, "虚构北山发布"
    settings.WECHAT_TEMPLATE = "tpl-1 thing1=title thing2=organ time3=date"
    settings.WECHAT_AES_KEY = ""
    return wechat


def signed(at: int | None = None, token: str = TOKEN, **more: str) -> dict[str, str]:
    moment, nonce = str(at or int(time.time())), "n1"
    digest = hashlib.sha1("".join(sorted((token, moment, nonce))).encode()).hexdigest()
    return {"signature": digest, "timestamp": moment, "nonce": nonce, **more}


def pushed(client: Client, query: dict[str, str] | None = None, **facts: str) -> Any:
    told = {"ToUserName": "gh_fictional", "FromUserName": OPENID, "CreateTime": "123456789", **facts}
    body = "".join(f"<{name}><![CDATA[{text}]]></{name}>" for name, text in told.items())
    return sent(client, f"<xml>{body}</xml>".encode(), query)


def sent(client: Client, body: bytes, query: dict[str, str] | None = None) -> Any:
    asked = "&".join(f"{name}={value}" for name, value in (query or signed()).items())
    return client.post(f"{ADDRESS}?{asked}", body, content_type="text/xml")


def event(client: Client, name: str, key: str = "", **facts: str) -> Any:
    return pushed(client, MsgType="event", Event=name, EventKey=key, **facts)


def code_for(client: Client, **facts: str) -> str:
    answer = client.post("/subscribe/", {"way": "wechat", "frequency": "at_once", **facts})
    assert answer.status_code == 200
    (code,) = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", words(answer))
    return code.replace("-", "")


def follower(client: Client, **facts: str) -> Subscription:
    code = code_for(client, **facts)
    assert "订阅成功" in event(client, "subscribe", f"qrscene_{code}").content.decode()
    return Subscription.objects.latest("pk")


def test_the_platform_finds_the_address_by_its_signature(client: Client) -> None:
    answer = client.get(ADDRESS, signed(echostr="4711"))
    assert (answer.status_code, answer.content) == (200, b"4711")
    for wrong in (
        {},
        signed(token="another", echostr="4711"),
        signed(int(time.time()) - 3600, echostr="4711"),
        {**signed(echostr="4711"), "nonce": "n2"},
        {**signed(echostr="4711"), "signature": "签"},
    ):
        assert client.get(ADDRESS, wrong).status_code == 403


def test_who_scans_the_code_is_told_once_with_a_way_out(client: Client, town: House, account: Wire) -> None:
    shown = client.post("/subscribe/", {"way": "wechat", "frequency": "at_once", "organ": "beishan"})
    assert page(shown).css_first("svg path") is not None
    assert "虚构北山发布" in words(shown)
    waiting = Subscription.objects.get()
    assert (waiting.standing, waiting.sealed_address) == (Standing.PENDING, "")
    made = follower(client, organ="beishan")
    assert OPENID not in f"{made.sealed_address}{made.address_index}"
    record = published(town)
    for _ in range(3):
        deliver()
    (message,) = account.taken[OPENID]
    assert message["template_id"] == "tpl-1"
    assert message["data"]["thing1"]["value"] == record.title
    assert message["data"]["thing2"]["value"] == town.organ.name
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", message["data"]["time3"]["value"])
    path = message["url"].removeprefix("https://www.xugou.example.cn")
    told = client.get(path)
    assert record.title in words(told)
    out = page(told).css_first("main form").attributes["action"]
    assert client.post(out).status_code == 200
    assert Subscription.objects.get(pk=made.pk).sealed_address == ""
    assert client.get(path).status_code == 404


def test_the_code_may_be_sent_by_hand_in_any_spelling_and_once(client: Client) -> None:
    code = code_for(client)
    for text in ("你好", code[:7], f"{code}9", "退订"):
        pushed(client, MsgType="text", Content=text)
        assert Subscription.objects.get().standing == Standing.PENDING
    told = pushed(client, MsgType="text", Content=f" {code[:4].lower()} - {code[4:]}")
    root = ElementTree.fromstring(told.content)
    assert (root.findtext("ToUserName"), root.findtext("FromUserName")) == (OPENID, "gh_fictional")
    assert "订阅成功" in (root.findtext("Content") or "")
    other = pushed(client, MsgType="text", Content=code, FromUserName="oSomebodyElse")
    assert "无效或已过期" in other.content.decode()
    assert Subscription.objects.filter(standing=Standing.ACTIVE).count() == 1


def test_whoever_follows_already_scans_too(client: Client) -> None:
    assert "订阅成功" in event(client, "SCAN", code_for(client)).content.decode()


def test_nothing_is_told_before_the_code_comes_and_a_code_ends_after_two_days(
    client: Client, town: House, account: Wire
) -> None:
    code = code_for(client)
    published(town)
    deliver()
    assert account.taken == {}
    later(49)
    assert Subscription.objects.count() == 0
    assert "无效或已过期" in event(client, "SCAN", code).content.decode()


@pytest.mark.parametrize("how", ["leaves", "writes"])
def test_to_leave_ends_everything_and_destroys_who_it_was(
    client: Client, town: House, account: Wire, how: str
) -> None:
    follower(client)
    follower(client, words="防汛")
    published(town)
    other = Subscription.objects.filter(pk=follower(client).pk)
    event(client, "unsubscribe", FromUserName="oSomebodyElse")
    assert other.get().standing == Standing.ACTIVE
    if how == "leaves":
        assert event(client, "unsubscribe").content == b"success"
    else:
        assert "已退订" in pushed(client, MsgType="text", Content="退订").content.decode()
    assert set(Subscription.objects.values_list("standing", "sealed_address", "address_index")) == {
        ("ended", "", "")
    }
    deliver()
    assert account.taken == {}


def test_a_follower_whom_the_platform_no_longer_knows_is_ended(
    client: Client, town: House, account: Wire
) -> None:
    made = follower(client)
    published(town)
    account.fails_with = 43004
    deliver()
    made.refresh_from_db()
    assert (made.standing, made.sealed_address) == ("ended", "")


@pytest.mark.parametrize(("fault", "messages"), [(40037, 1), (45009, 1), (47003, 0), (-1, 0)])
def test_a_fault_of_the_account_is_tried_again_and_a_doubtful_one_is_not(
    client: Client, town: House, account: Wire, fault: int, messages: int
) -> None:
    follower(client)
    published(town)
    account.fails_with = fault
    deliver()
    account.fails_with = 0
    later(1)
    assert len(account.taken.get(OPENID, ())) == messages


def test_a_lost_answer_is_not_sent_again(client: Client, town: House, account: Wire) -> None:
    follower(client)
    published(town)
    account.moods.append(("/template/send", "cut"))
    deliver()
    later(1)
    assert len(account.taken[OPENID]) == 1


def test_without_a_picture_the_code_is_still_there(client: Client, account: Wire) -> None:
    account.fails_with = 48001
    assert len(code_for(client)) == 8


def test_what_is_withdrawn_is_not_on_the_page_of_what_was_told(
    client: Client, town: House, account: Wire
) -> None:
    follower(client)
    record = published(town)
    deliver()
    withdrawn(town, record)
    path = account.taken[OPENID][0]["url"].removeprefix("https://www.xugou.example.cn")
    assert record.title not in words(client.get(path))
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml>",
        b"\xff\xfe",
        b"<xml><FromUserName></FromUserName></xml>",
        b"<xml><FromUserName>a b</FromUserName></xml>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml><FromUserName>o1</FromUserName></xml>',
        b"<xml>" + b"x" * 70_000 + b"</xml>",
    ],
)
def test_what_is_no_push_is_refused(client: Client, body: bytes) -> None:
    assert sent(client, body).status_code == 403


def test_what_is_not_signed_does_nothing(client: Client) -> None:
    code = code_for(client)
    for query in (signed(token="another"), signed(int(time.time()) - 900), {"timestamp": "x"}):
        refused = pushed(client, query, MsgType="event", Event="SCAN", EventKey=code)
        assert refused.status_code == 403
    assert Subscription.objects.get().standing == Standing.PENDING


def test_with_a_key_only_what_is_encrypted_and_signed_whole_is_taken(client: Client, settings: Any) -> None:
    settings.WECHAT_AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
    code = code_for(client)
    assert event(client, "SCAN", code).status_code == 403
    plain = (
        f"<xml><ToUserName>gh_fictional</ToUserName><FromUserName>{OPENID}</FromUserName>"
        f"<MsgType>event</MsgType><Event>SCAN</Event><EventKey>{code}</EventKey></xml>"
    )
    sealed = wechat_pushes._sealed(plain.encode())
    query = signed(encrypt_type="aes")
    parts = sorted((TOKEN, query["timestamp"], query["nonce"], sealed))
    query["msg_signature"] = hashlib.sha1("".join(parts).encode()).hexdigest()
    body = f"<xml><ToUserName>gh_fictional</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
    assert sent(client, body.encode(), {**query, "msg_signature": "0" * 40}).status_code == 403
    settings.WECHAT_APP_ID = "wx1111111111111111"
    assert sent(client, body.encode(), query).status_code == 403, "made for another account"
    settings.WECHAT_APP_ID = "wx0000000000000000"
    answer = ElementTree.fromstring(sent(client, body.encode(), query).content)
    assert Subscription.objects.get().standing == Standing.ACTIVE
    told = wechat_pushes._opened(answer.findtext("Encrypt") or "").decode()
    assert "订阅成功" in told


def test_a_follower_is_still_one_after_the_key_was_changed(client: Client, settings: Any) -> None:
    made = follower(client)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert reseal().unreadable == []
    settings.SECRET_KEY_FALLBACKS = []
    event(client, "unsubscribe")
    made.refresh_from_db()
    assert made.standing == Standing.ENDED


def test_without_an_account_wechat_is_not_offered(client: Client, settings: Any) -> None:
    settings.WECHAT_TEMPLATE = ""
    assert page(client.get("/subscribe/")).css_first("input[value=wechat]") is None
    assert client.post("/subscribe/", {"way": "wechat", "frequency": "daily"}).status_code == 422
    assert client.get(ADDRESS, signed(echostr="1")).status_code == 404


def test_an_address_is_still_needed_for_a_letter(client: Client) -> None:
    refused = client.post("/subscribe/", {"way": "email", "frequency": "daily", "address": ""})
    assert refused.status_code == 422
    assert page(refused).css_first("#id_address-error") is not None
