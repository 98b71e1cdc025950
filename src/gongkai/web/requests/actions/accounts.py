"""An account of one's own: an address is proved by a link, once; requests are kept under it; it is closed.

No password, and nothing that tells whether an address has an account: a link is sent to whatever address is
asked for, and the account begins when it is used.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from typing import Any, NamedTuple

from django.db import transaction
from django.db.utils import IntegrityError

from gongkai.web.audit.actions import Change, append
from gongkai.web.audit.canonical import row_key
from gongkai.web.channels.actions.subscribing import checked_address
from gongkai.web.channels.models import Way
from gongkai.web.config import clock
from gongkai.web.config.sealing import Unreadable, blind_index, blind_indexes, seal, unseal
from gongkai.web.organs.errors import WorkError
from gongkai.web.participation.pacing import is_taken, taken_once
from gongkai.web.requests.actions.entering import enter, held
from gongkai.web.requests.models import Account, AccountSession, Attached, Case
from gongkai.web.requests.settled import settled

_LINK = "requests.account.link"
_LONGEST = 2000
_AT_ONCE = 500


class Link(NamedTuple):
    """What is sent to prove an address. `token`: stands in the link."""

    address: str
    token: str


class Entered(NamedTuple):
    """Somebody has proved an address. `token`: for the cookie, kept nowhere."""

    account: Account
    token: str


def settled_seconds(name: str) -> int:
    """`link` or `session`: how long it is good."""
    return int(settled()["account"][f"{name}_seconds"])


def link_for(*, address: str) -> Link | None:
    """A link for an address; None where its letter-box has got enough of them this hour: the page says the
    same either way. WorkError where it is no address."""
    to = checked_address(Way.EMAIL, address)
    if not _has_ticket(to):
        return None
    said = {"to": to, "once": secrets.token_hex(16), "until": _now() + settled_seconds("link")}
    sealed = seal(json.dumps(said, separators=(",", ":")), _LINK)
    return Link(to, sealed.removeprefix("v1.").rstrip("="))


def address_in(token: str) -> str:
    """Whose address a link proves; "" for one that is not ours, is too old, or was used. 1 query for a link
    that is good by its words."""
    said = _said(token)
    return "" if not said or is_taken(_use(said)) else str(said["to"])


@transaction.atomic
def enter_by_link(*, token: str, was: str = "") -> Entered | None:
    """The link is used: the account is entered, and begun where there was none. None for a link that is too
    old, was used, or is none. `was`: what the browser's cookie carried before, which ends."""
    said = _said(token)
    if not said or not taken_once(_use(said), settled_seconds("link")):
        return None
    account = _account(said["to"])
    if was:
        leave(token=was)
    made = secrets.token_urlsafe(32)
    until = clock.now() + dt.timedelta(seconds=settled_seconds("session"))
    AccountSession.objects.create(token=_digest(made), account=account, until=until)
    return Entered(account, made)


def account_of(token: str) -> Account | None:
    """Whose account a cookie opens now. 1 query; none without a cookie."""
    if not token or len(token) > _LONGEST:
        return None
    rows = AccountSession.objects.select_related("account")
    found = rows.filter(token=_digest(token), until__gt=clock.now(), account__closed_at=None).first()
    return found.account if found is not None else None


def leave(*, token: str) -> None:
    """The browser is signed out."""
    AccountSession.objects.filter(token=_digest(token)).delete()


@transaction.atomic
def close_account(*, account: Account) -> None:
    """The address is destroyed, the requests stay as they are and are opened by their codes alone."""
    now = Account.objects.select_for_update().get(pk=account.pk)
    if now.closed_at is not None:
        return
    gone = _let_go(list(now.attached.select_for_update()))
    now.sessions.all().delete()
    now.sealed_address = now.address_index = ""
    now.closed_at = clock.now()
    now.save()
    append(
        Change("requests.account_closed", None, now, after={"requests": len(gone)}, touched=[now], gone=gone)
    )


@transaction.atomic
def attach(*, account: Account, case: Case) -> bool:
    """The case is opened from the account from now on. False where it is already. Only for who has sent it
    just now, or has told its number and its code."""
    case = held(case)
    if case.destroyed_at is not None:
        raise WorkError(
            "case_destroyed", "这件申请的个人信息已按规定销毁，不能列入。", "Its data was destroyed."
        )
    open_ = Account.objects.select_for_update().filter(pk=account.pk, closed_at=None).first()
    if open_ is None or Attached.objects.filter(case=case, account=open_).exists():
        return False
    row = Attached.objects.create(account=open_, case=case, at=clock.now())
    enter("account_attached", case, by=None, touched=[row])
    return True


def let_go(case: Case) -> list[str]:
    """Inside the transaction that destroys who asked: no account names the case any more. Gives the rows'
    keys for the log."""
    return _let_go(list(Attached.objects.filter(case=case)))


def close_idle() -> int:
    """Close what nobody has entered for long, forget sign-ins that are over. Gives how many were closed."""
    AccountSession.objects.filter(until__lt=clock.now()).delete()
    before = clock.now() - dt.timedelta(days=int(settled()["account"]["idle_days"]))
    idle = Account.objects.filter(closed_at=None, entered_at__lt=before).order_by("pk")[:_AT_ONCE]
    for one in idle:
        close_account(account=one)
    return len(idle)


def address_of(account: Account) -> str:
    """The address; "" of a closed account. Unreadable."""
    return unseal(str(account.sealed_address), sealed_for(account))


def sealed_for(account: Account) -> str:
    """What an address is sealed for: it opens in the row of its own account alone."""
    return f"requests.account:{account.uid}"


def index_of(account: Account) -> str:
    """What an address is found again by."""
    return blind_index("requests.account", address_of(account))


def _account(address: str) -> Account:
    """The open account of an address, begun now if there is none."""
    found = _known(address)
    if found is not None:
        found.entered_at = clock.now()
        found.save(update_fields=["entered_at"])
        append(Change("requests.account_entered", None, found))
        return found
    now = clock.now()
    made = Account(opened_at=now, entered_at=now, address_index=blind_index("requests.account", address))
    made.sealed_address = seal(address, sealed_for(made))
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # two links of one address used at the same moment
        return _account(address)
    append(Change("requests.account_opened", None, made, touched=[made]))
    return made


def _known(address: str) -> Account | None:
    indexes = blind_indexes("requests.account", address)
    rows = Account.objects.select_for_update().filter(address_index__in=indexes, closed_at=None)
    return rows.order_by("pk").first()


def _let_go(rows: list[Attached]) -> list[str]:
    gone = [row_key(one) for one in rows]
    Attached.objects.filter(pk__in=[one.pk for one in rows]).delete()
    return gone


def _said(token: str) -> dict[str, Any]:
    """What a link says while it is good."""
    if not token or len(token) > _LONGEST:
        return {}
    try:
        said: dict[str, Any] = json.loads(unseal(f"v1.{token}{'=' * (-len(token) % 4)}", _LINK))
    except (Unreadable, ValueError):
        return {}
    return said if said["until"] > _now() else {}


def _use(said: dict[str, Any]) -> str:
    """What a link's use is known by."""
    return f"{_LINK}:{said['once']}"


def _has_ticket(address: str) -> bool:
    """Whether one more link may go to this letter-box this hour, whoever asks, and at how many places."""
    name, at, domain = address.rpartition("@")
    box = f"{name.partition('+')[0] or name}{at}{domain}"
    most, hour = int(settled()["account"]["letters_an_hour"]), _now() // 3600
    return any(taken_once(f"{_LINK}:{box}:{hour}:{number}", 3600) for number in range(most))


def _digest(token: str) -> str:
    """A cookie carries 32 random bytes: their digest needs no key."""
    return hashlib.sha256(f"gongkai account\x1f{token}".encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> int:
    return int(clock.now().timestamp())
