"""Asking to be told, confirming it, ending it. Nobody signs in: a signed link says who it is, or, over
WeChat, the platform that vouches for a follower."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import unicodedata
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.encoding import punycode

from gongkai.web.channels.models import Frequency, Standing, Subscription, Way
from gongkai.web.channels.subscribing.filters import MOST_WORDS, Wish
from gongkai.web.config import clock
from gongkai.web.config.sealing import blind_index, blind_indexes, seal, unseal
from gongkai.web.organs.errors import WorkError

CONFIRM, END = "channels.subscription.confirm", "channels.subscription.end"
CONFIRM_SECONDS = 2 * 86_400
MOST_A_DAY = 3  # questions sent to one address: nobody's letter-box is filled by somebody else
MOST_ACTIVE = 20
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another
_CODE_LENGTH = 8
_MOBILE = re.compile(r"1[3-9]\d{9}")


@transaction.atomic
def ask_to_be_told(
    *, way: str, address: str, wish: Wish, frequency: str, language: str = "zh-hans"
) -> Subscription | None:
    """A subscription that waits to be confirmed; None where this address has been asked too often today: the
    page says the same either way, so that nobody learns who has subscribed."""
    address = checked_address(way, address)
    if frequency not in Frequency.values:
        raise WorkError("frequency", "请选择发送频率。", "Choose how often.", field="frequency")
    box = f"{way}:{_letter_box(address)}"
    known = Subscription.objects.filter(address_index__in=blind_indexes(box))
    since = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if known.filter(asked_at__gte=since).count() >= MOST_A_DAY:
        return None
    if known.filter(standing=Standing.ACTIVE).count() >= MOST_ACTIVE:
        return None
    if not _has_ticket(blind_index(box), since.date()):
        return None
    if way == Way.SMS:
        _not_too_many_texts()
    nonce = secrets.token_hex(16)
    return Subscription.objects.create(
        way=way,
        sealed_address=seal(address, _sealed_for(nonce)),
        address_index=blind_index(box),
        nonce=nonce,
        **_wished(wish, frequency, language),
    )


def _wished(wish: Wish, frequency: str, language: str) -> dict[str, Any]:
    """The columns that say what is wanted, how often and in which language."""
    return {
        "organ": wish.organ,
        "with_below": wish.with_below,
        "category": wish.category,
        "audience": wish.audience,
        "words": wish.words[:MOST_WORDS],
        "frequency": frequency,
        "language": language,
        "asked_at": clock.now(),
    }


def _not_too_many_texts() -> None:
    """WorkError past so many questions by text in a day, whoever asked: each costs the installation money."""
    since = clock.now() - dt.timedelta(days=1)
    asked = Subscription.objects.filter(way=Way.SMS, asked_at__gte=since)
    if asked.count() >= settings.SMS_A_DAY:
        zh = "今天申请短信订阅的太多了，请明天再试，或者选用其他方式。"
        raise WorkError("too_many_texts", zh, "Too many texts today. Try tomorrow, or choose another way.")


def _has_ticket(index: str, day: dt.date) -> bool:
    """Whether a question more may be sent there today. To take a ticket is one step of the database: of those
    who ask at the same moment, and see none of each other's rows, no more come through."""
    return any(cache.add(f"asked:{index}:{day}:{one}", 1, 86_400) for one in range(MOST_A_DAY))


def checked_address(way: str, address: str) -> str:
    """The address in one spelling; WorkError where it is none."""
    text = unicodedata.normalize("NFKC", address).strip().lower()
    if not text and way in (Way.EMAIL, Way.SMS):
        zh = "请填写电子邮箱地址。" if way == Way.EMAIL else "请填写手机号码。"
        raise WorkError("address_missing", zh, "Fill in where to.", field="address")
    if way == Way.EMAIL:
        try:
            validate_email(text)
            name, _, domain = text.rpartition("@")
            text = f"{name}@{punycode(domain)}".lower()
        except (ValidationError, UnicodeError):
            zh = "电子邮箱地址不对，请核对，例如 name@example.cn。"
            raise WorkError("address_wrong", zh, "Not an e-mail address.", field="address") from None
        if len(text) <= 200:
            return text
    if way == Way.SMS and _MOBILE.fullmatch(text.replace(" ", "")):
        return text.replace(" ", "")
    zh = "手机号码应为 11 位数字。" if way == Way.SMS else "请选择接收方式。"
    raise WorkError("address_wrong", zh, "Not a mobile number.", field="address")


def _letter_box(address: str) -> str:
    """What addresses of one letter-box have in common: most servers deliver `name+tag@…` to `name@…`."""
    name, at, domain = address.rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def _sealed_for(nonce: str) -> str:
    return f"subscription:{nonce}"


def sealed_for(subscription: Subscription) -> str:
    """What an address is sealed for: it opens in the row of its own subscription alone."""
    return _sealed_for(subscription.nonce)


def link_token(subscription: Subscription, purpose: str) -> str:
    """What a link carries: made for one subscription and one purpose."""
    return signing.dumps([subscription.pk, subscription.nonce], salt=purpose)


def subscription_of(token: str, purpose: str) -> Subscription | None:
    """The subscription of a link; None for a link that is not ours, or too old to confirm with. 1 query."""
    try:
        age = CONFIRM_SECONDS if purpose == CONFIRM else None
        pk, nonce = signing.loads(token, salt=purpose, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Subscription.objects.select_related("organ").filter(pk=pk, nonce=nonce).first()


@transaction.atomic
def confirm(*, token: str) -> Subscription | None:
    """It was they themselves who asked. Confirmed twice it stays as it is."""
    found = subscription_of(token, CONFIRM)
    if found is None or found.standing == Standing.ENDED:
        return None
    if found.standing == Standing.PENDING:
        found.standing, found.confirmed_at = Standing.ACTIVE, clock.now()
        found.save()
    return found


@transaction.atomic
def end(*, token: str) -> Subscription | None:
    """No more messages; the address is destroyed at once."""
    found = subscription_of(token, END)
    if found is None:
        return None
    if found.standing != Standing.ENDED:
        _end(found)
    return found


def address_of(subscription: Subscription) -> str:
    """Where to write; only for who sends."""
    return unseal(subscription.sealed_address, sealed_for(subscription))


def index_of(subscription: Subscription) -> str:
    """What an address is found again by."""
    return blind_index(f"{subscription.way}:{_letter_box(address_of(subscription))}")


@transaction.atomic
def ask_over_wechat(*, wish: Wish, frequency: str, language: str = "zh-hans") -> tuple[Subscription, str]:
    """A subscription that waits for its follower, with the code that the follower sends or scans."""
    if frequency not in Frequency.values:
        raise WorkError("frequency", "请选择发送频率。", "Choose how often.", field="frequency")
    code = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
    made = Subscription.objects.create(
        way=Way.WECHAT,
        address_index=blind_index(f"wechat-code:{code}"),
        nonce=secrets.token_hex(16),
        **_wished(wish, frequency, language),
    )
    return made, code


def code_in(text: str) -> str:
    """The code that somebody has sent, in one spelling; "" where it is none."""
    signs = "".join(text.upper().split()).replace("-", "")
    return signs if len(signs) == _CODE_LENGTH and set(signs) <= set(_SIGNS) else ""


@transaction.atomic
def confirm_over_wechat(*, code: str, openid: str) -> Subscription | None:
    """The follower has sent or scanned the code: told from now on. None for a code that is none, is used or
    too old, or where the follower has enough."""
    since = clock.now() - dt.timedelta(seconds=CONFIRM_SECONDS)
    waiting = Subscription.objects.select_for_update().filter(
        way=Way.WECHAT,
        standing=Standing.PENDING,
        address_index__in=blind_indexes(f"wechat-code:{code}"),
        asked_at__gte=since,
    )
    found = waiting.first()
    if found is None or subscriptions_of_follower(openid).count() >= MOST_ACTIVE:
        return None
    found.sealed_address = seal(openid, sealed_for(found))
    found.address_index = index_of(found)
    found.standing, found.confirmed_at = Standing.ACTIVE, clock.now()
    found.save()
    return found


@transaction.atomic
def end_follower(*, openid: str) -> int:
    """The follower has left, or wants no more: every subscription ends, the OpenID is destroyed. How many."""
    rows = list(subscriptions_of_follower(openid).select_for_update())
    for one in rows:
        _end(one)
    return len(rows)


def subscriptions_of_follower(openid: str) -> QuerySet[Subscription]:
    """Those that hold. 1 query."""
    return Subscription.objects.filter(
        address_index__in=blind_indexes(f"wechat:{openid}"), standing=Standing.ACTIVE
    )


@transaction.atomic
def end_unreachable(*, subscription: Subscription) -> None:
    """Whoever it was sent to is no longer there: nothing is kept of them."""
    found = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
    if found is not None and found.standing != Standing.ENDED:
        _end(found)


def _end(found: Subscription) -> None:
    found.standing, found.ended_at = Standing.ENDED, clock.now()
    found.sealed_address = found.address_index = ""
    found.save()
    found.notices.filter(sent_at=None).update(is_given_up=True)
