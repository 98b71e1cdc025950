"""Who is signed in to an account of their own: a cookie of its own, which no page for staff reads, and which
says nothing but a random number. It ends with the browser, or when its time is over."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.web.channels.subscribing.no_mail import is_there_mail
from gongkai.web.config.sealing import Unreadable
from gongkai.web.requests.actions.accounts import account_of, address_of
from gongkai.web.requests.models import Account

COOKIE = "citizen"


def account_here(request: HttpRequest) -> Account | None:
    """Whose account this browser is signed in to. 1 query; none without the cookie."""
    return account_of(token_of(request))


def token_of(request: HttpRequest) -> str:
    return str(request.COOKIES.get(COOKIE, ""))


def keep(response: HttpResponse, token: str) -> HttpResponse:
    """The browser is signed in from now on."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def are_offered() -> bool:
    """Accounts are offered where letters can be sent."""
    return is_there_mail()


def shown_address(account: Account) -> str:
    """The address as its owner knows it, and nobody who looks over a shoulder."""
    try:
        return masked_address(address_of(account))
    except Unreadable:
        return _("（邮箱打不开）")


def masked_address(address: str) -> str:
    """
    >>> masked_address("zhang@example.cn"), masked_address("z@example.cn")
    ('z***@example.cn', '***@example.cn')
    """
    name, _at, domain = address.rpartition("@")
    return f"{name[:1] if len(name) > 1 else ''}***@{domain}"
