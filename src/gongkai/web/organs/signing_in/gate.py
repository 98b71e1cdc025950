"""What stands between a sign-in and the work: a session in time, a password of one's own, a second factor.

Until all three are there the person is nobody: `request.user` is anonymous for every page but those that lead
on, so that no page has to remember to ask.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _

from gongkai.web.config.headers import GetResponse
from gongkai.web.organs.models import Staff
from gongkai.web.organs.signing_in import lost_words, sessions
from gongkai.web.organs.signing_in.backend import password_is_over

# What lies below these is for staff; everything else anybody may ask for.
WORKING_PATHS = ("/work/", "/admin/")
_READY = "second_factor_seen"
# Pages that everybody reaches: to sign in, to leave.
_DOORS = frozenset(
    {"account_login", "account_logout", "signed_out", "mfa_authenticate", "mfa_login_webauthn"}
)
_PASSWORD_PAGES = frozenset({"account_change_password"})
_FACTOR_PAGES = frozenset(
    {
        "second_factor",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


def needs_second_factor(staff: Staff) -> bool:
    """Whether the person signs in with two factors: at every organ that has not been released from it."""
    return bool(staff.organ is None or staff.organ.requires_second_factor)


def has_second_factor(staff: Staff) -> bool:
    """A code generator or a passkey; recovery codes are no factor of their own. One query."""
    factors = Authenticator.objects.filter(user_id=staff.pk)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def gate(get_response: GetResponse) -> GetResponse:
    """Middleware, after authentication and messages. Without a session cookie it asks no database."""

    def answer(request: HttpRequest) -> HttpResponse:
        is_work = request.path_info.startswith(WORKING_PATHS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            stopped = _checked(request, is_work)
            if stopped is not None:
                return stopped
        if is_work and not request.user.is_authenticated and _name(request) not in _DOORS:
            return _to_sign_in(request)
        response = get_response(request)
        if is_work:
            lost_words.remember_who(request, response)
            add_never_cache_headers(response)
        return response

    return answer


def _checked(request: HttpRequest, is_work: bool) -> HttpResponse | None:
    """Leaves the request as it is, makes its person anonymous, or gives the answer that leads on."""
    staff: Any = request.user
    if not staff.is_authenticated:
        return None
    if sessions.is_over(request.session):
        request.why_signed_out = "time_over"  # type: ignore[attr-defined]
        logout(request)
        if is_work and request.method != "POST":
            messages.info(request, _("登录已过期，请重新登录。"))
        return None
    sessions.seen(request.session)
    step = _next_step(request, staff)
    if step is None:
        return None
    page, allowed = step
    name = _name(request)
    if name in allowed or name == "account_logout":
        return None
    if is_work:
        return HttpResponseRedirect(reverse(page))
    request.user = AnonymousUser()
    return None


def _next_step(request: HttpRequest, staff: Staff) -> tuple[str, frozenset[str]] | None:
    """The page the person must go to, and those open until it is done."""
    if password_is_over(staff):
        return "account_change_password", _PASSWORD_PAGES
    if not needs_second_factor(staff) or request.session.get(_READY) == staff.pk:
        return None
    if has_second_factor(staff):
        # A session in which a factor was set up or given has its mark; it goes with the session.
        request.session[_READY] = staff.pk
        return None
    return "second_factor", _FACTOR_PAGES


def factor_gone(session: Any) -> None:
    """After a factor was removed: look again whether one is left."""
    session.pop(_READY, None)


def _name(request: HttpRequest) -> str:
    try:
        return str(resolve(request.path_info).url_name)
    except Resolver404:
        return ""


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and lost_words.was_here(request):
        return _to_sign_in_with_words(request)
    address = reverse("account_login")
    if request.method == "GET":
        address += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(address)


def _to_sign_in_with_words(request: HttpRequest) -> HttpResponse:
    """What was sent was not done: the sign-in page says so, and afterwards the words are there again."""
    if request.headers.get("hx-request"):
        told = _("登录已过期。请按页面上的保存按钮：系统会请您登录，登录后可以取回输入的内容。")
        return HttpResponse(format_html('<p class="cannot" role="alert">{}</p>', told))
    token = lost_words.keep(request)
    address = reverse("account_login")
    if token:
        told = _("登录已过期，刚才输入的内容没有保存到系统。请用原来的账号重新登录，一小时之内可以取回。")
        address += "?" + urlencode({"next": reverse("lost_words")})
    else:
        told = _("登录已过期，刚才输入的内容没有保存到系统。请重新登录后再办理。")
    messages.error(request, told)
    answer = HttpResponseRedirect(address)
    if token:
        lost_words.carry(answer, token)
    return answer
