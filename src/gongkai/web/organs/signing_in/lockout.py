"""After five failures a name is locked for a quarter of an hour at the address they came from [D]."""

from __future__ import annotations

import ipaddress
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from gongkai.web.organs.models import Staff


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The name that was typed, in the one spelling that failures are counted under."""
    given = (credentials or {}).get("username")
    if given is None and request is not None:
        given = request.POST.get("login", "")
    return Staff.normalize_username(str(given or "").replace("\0", ""))[:255]


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


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page for a name that is locked: when it ends. The same whether the name exists or not."""
    attempts = AccessAttempt.objects.filter(
        username=username(request, credentials), ip_address=client_address(request)
    )
    latest = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    ends = timezone.localtime((latest or timezone.now()) + settings.AXES_COOLOFF_TIME)
    context = {
        "ends": ends,
        "title": _("暂时不能登录"),
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
