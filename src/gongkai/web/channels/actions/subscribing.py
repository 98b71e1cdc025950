"""Asking to be told, confirming it, ending it. Nobody signs in: a signed link says who it is."""

from __future__ import annotations

import re
import secrets

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.web.channels.models import Frequency, Standing, Subscription, Way
from gongkai.web.channels.subscribing.filters import MOST_WORDS, Wish
from gongkai.web.config import clock
from gongkai.web.config.sealing import blind_index, seal, unseal
from gongkai.web.organs.errors import WorkError

CONFIRM, END = "channels.subscription.confirm", "channels.subscription.end"
CONFIRM_SECONDS = 2 * 86_400
MOST_A_DAY = 3  # questions sent to one address: nobody's letter-box is filled by somebody else
MOST_ACTIVE = 20
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
    index = blind_index(f"{way}:{address}")
    known = Subscription.objects.filter(address_index=index)
    since = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if known.filter(asked_at__gte=since).count() >= MOST_A_DAY:
        return None
    if known.filter(standing=Standing.ACTIVE).count() >= MOST_ACTIVE:
        return None
    return Subscription.objects.create(
        way=way,
        sealed_address=seal(address, "subscription"),
        address_index=index,
        organ=wish.organ,
        with_below=wish.with_below,
        category=wish.category,
        audience=wish.audience,
        words=wish.words[:MOST_WORDS],
        frequency=frequency,
        language=language,
        nonce=secrets.token_hex(16),
        asked_at=clock.now(),
    )


def checked_address(way: str, address: str) -> str:
    """The address in one spelling; WorkError where it is none."""
    text = address.strip().lower()
    if way == Way.EMAIL:
        try:
            validate_email(text)
        except ValidationError:
            zh = "电子邮箱地址不对，请核对，例如 name@example.cn。"
            raise WorkError("address_wrong", zh, "Not an e-mail address.", field="address") from None
        if len(text) <= 200:
            return text
    if way == Way.SMS and _MOBILE.fullmatch(text.replace(" ", "")):
        return text.replace(" ", "")
    zh = "手机号码应为 11 位数字。" if way == Way.SMS else "请选择接收方式。"
    raise WorkError("address_wrong", zh, "Not a mobile number.", field="address")


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
        found.standing, found.ended_at = Standing.ENDED, clock.now()
        found.sealed_address = found.address_index = ""
        found.save()
        found.notices.filter(sent_at=None).update(is_given_up=True)
    return found


def address_of(subscription: Subscription) -> str:
    """Where to write; only for who sends."""
    return unseal(subscription.sealed_address, "subscription")
