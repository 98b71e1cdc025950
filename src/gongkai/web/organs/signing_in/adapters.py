"""What of the sign-in library is done our way: words, addresses, where to go, how secrets are kept."""

from __future__ import annotations

import base64
import re
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from gongkai.web.organs.signing_in import lockout
from gongkai.web.organs.signing_in.sessions import STARTED

_SEALED = "aesgcm:"
_PLAIN = "plain:"


class AccountAdapter(DefaultAccountAdapter):
    """Names and passwords of staff; nobody signs up, no mail is sent."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("登录名或者密码不对。请核对后再输入，注意大小写。"),
        "incorrect_password": _("密码不对。"),
        "incorrect_code": _("验证码不对，或者已经用过。请输入验证器现在显示的 6 位数字。"),
        "too_many_login_attempts": _("尝试次数太多。请过五分钟再试。"),
        "rate_limited": _("尝试次数太多。请过几分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Failures are counted once, by the lock-out that tells when it ends; the library's own count of them
        would answer before it. Its limits of sign-ins by address and of codes stay."""
        return authenticate(request, **credentials)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        from django.shortcuts import redirect

        return redirect("account_login")

    def is_safe_url(self, url: str) -> bool:
        request = context.request
        # No other host of this installation either: its session is another.
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        return lockout.client_address(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("signed_out")

    def is_reauthentication_required(self, app: str) -> bool:
        """Who has signed in within the last minutes need not give the password again."""
        started = context.request.session.get(STARTED, 0)
        recent = timezone.now().timestamp() - started < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and bool(super().is_reauthentication_required(app=app))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor is asked for that: a password alone changes nothing about it."""
        words = {
            "reauthenticate": _("用密码确认"),
            "mfa_reauthenticate": _("用验证码或者恢复码确认"),
            "mfa_reauthenticate:webauthn": _("用通行密钥确认"),
        }
        methods = super().get_reauthentication_methods(user)
        second = [one for one in methods if one["id"] != "reauthenticate"]
        return [{**one, "description": words[one["id"]]} for one in second or methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and passkeys: their secrets are sealed with a key made from the installation's own."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "验证码不对，或者已经用过。请输入验证器现在显示的 6 位数字，或者一个没有用过的恢复码。"
        ),
        "cannot_generate_recovery_codes": _("请先设置验证器或者通行密钥，再生成恢复码。"),
    }

    def encrypt(self, text: str) -> str:
        # A key that is new at each start would lock everybody out at the next one.
        if settings.SECRET_KEY_IS_RANDOM:
            return _PLAIN + text
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), None)
        return _SEALED + base64.b64encode(nonce + sealed).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        if encrypted_text.startswith(_PLAIN):
            return encrypted_text.removeprefix(_PLAIN)
        if (plain := opened(encrypted_text)) is not None:
            return plain
        # The installation's key was changed without keeping the old one: the factor must be reset.
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")

    def build_totp_svg(self, url: str) -> str:
        """The picture as it may stand inside a page: no prolog, no size of its own, no style."""
        drawn = super().build_totp_svg(url)
        drawn = drawn[drawn.index("<svg") :]
        return re.sub(
            r'(<svg[^>]*?)\swidth="[^"]*"\sheight="[^"]*"', r'\1 class="totp-picture"', drawn, count=1
        )

    def get_totp_issuer(self) -> str:
        return "公开 Gongkai"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        from allauth.mfa.models import Authenticator
        from django.utils.translation import gettext

        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("通行密钥 %(n)s") % {"n": number}


def opened(sealed: str) -> str | None:
    """What a sealed secret is, by the key of now or one that it has followed; None where none opens it."""
    raw = base64.b64decode(sealed.removeprefix(_SEALED))
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(str(secret))).decrypt(raw[:12], raw[12:], None).decode()
        except InvalidTag:
            continue
    return None


def is_stale(text: str) -> bool:
    """Whether a text is a sealed secret that the key of now does not open."""
    if not text.startswith(_SEALED):
        return False
    raw = base64.b64decode(text.removeprefix(_SEALED))
    try:
        AESGCM(_key(settings.SECRET_KEY)).decrypt(raw[:12], raw[12:], None)
    except InvalidTag:
        return True
    return False


def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gongkai second factor").derive(
        secret.encode()
    )
