"""After five failures a name is locked for a quarter of an hour at the address they came from; after many
more at every address, and an address for every name [D]. What nobody is called is kept as a keyed hash."""

from __future__ import annotations

import ipaddress
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from gongkai.web.organs.models import Staff

_UNKNOWN = "?"  # stands in no name that somebody can have


class Failures(AxesDatabaseHandler):
    """Counts failures as the library does, and in two wider circles: whatever is full first, locks."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        found = int(super().get_failures(request, credentials))
        if found >= settings.AXES_FAILURE_LIMIT or not _is_full(request, credentials):
            return found
        return int(settings.AXES_FAILURE_LIMIT)


def _is_full(request: Any, credentials: dict[str, Any] | None) -> bool:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(attempt_time__gte=since)
    circles = (
        (settings.NAME_FAILURE_LIMIT, {"username": username(request, credentials)}),
        (settings.ADDRESS_FAILURE_LIMIT, {"ip_address": client_address(request)}),
    )
    for limit, circle in circles:
        if limit and (recent.filter(**circle).aggregate(n=Sum("failures_since_start"))["n"] or 0) >= limit:
            return True
    return False


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """What failures are counted under: the name in its one spelling if somebody has it, else a keyed hash of
    what was typed, which now and then is a password. One query, the first time that a request asks."""
    given = (credentials or {}).get("username")
    if given is None and request is not None:
        given = request.POST.get("login", "")
    typed = Staff.normalize_username(str(given or "").replace("\0", ""))[:255]
    known: dict[str, str] = getattr(request, "names_counted", {})
    if typed not in known:
        is_known = Staff.objects.filter(username=typed).exists()
        known = {**known, typed: typed if is_known else _UNKNOWN + salted_hmac(_UNKNOWN, typed).hexdigest()}
        if request is not None:
            request.names_counted = known  # type: ignore[attr-defined]
    return known[typed]


def client_address(request: HttpRequest) -> str:
    """The sender's address: of the connection, or behind our own proxies the one they wrote down."""
    sender = str(request.META.get("REMOTE_ADDR") or "")
    forwarded = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    if 0 < settings.PROXIES <= len(forwarded):
        sender = forwarded[-settings.PROXIES]
    try:
        return str(ipaddress.ip_address(sender.partition("%")[0]))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - no address is known (a socket file): all share one count


def client_network(request: HttpRequest) -> str:
    """What is counted as one sender where nobody signs in: the address; of IPv6 the network of a home (/64),
    in which anybody has addresses without end."""
    address = ipaddress.ip_address(client_address(request))
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page for a name that is locked: when it ends. The same whether the name exists or not."""
    name, address = username(request, credentials), client_address(request)
    own = AccessAttempt.objects.filter(username=name, ip_address=address)
    is_own = own.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()
    wider = AccessAttempt.objects.filter(Q(username=name) | Q(ip_address=address))
    attempts = own if is_own else wider
    latest = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    ends = timezone.localtime((latest or timezone.now()) + settings.AXES_COOLOFF_TIME)
    context = {
        "ends": ends,
        "title": _("暂时不能登录"),
        "is_own": is_own,
        "failures": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }
    page = render(request, "account/locked.html", context, status=429)
    page.headers["Retry-After"] = str(max(1, int((ends - timezone.now()).total_seconds())))
    add_never_cache_headers(page)
    return page


def unlock(name: str) -> int:
    """Forget the failures counted under a name, at every address. Gives how many rows there were."""
    return int(AccessAttempt.objects.filter(username=Staff.normalize_username(name)).delete()[0])
