"""What of signing in is entered in the log: by whom, and the address it came from (personal data)."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from gongkai.web.audit.actions import Change, Personal, append
from gongkai.web.organs.models import Staff
from gongkai.web.organs.signing_in import lockout, sessions
from gongkai.web.organs.signing_in.gate import factor_gone
from gongkai.web.organs.signing_in.keeping import clear_old_sessions, end_sessions, leave_at_most
from gongkai.web.organs.signing_in.lockout import client_address

_KINDS = {"totp": "验证器", "webauthn": "通行密钥", "recovery_codes": "恢复码"}


def enter(
    action: str, staff: Staff | None, request: HttpRequest | None, actor: Staff | None = None, **after: Any
) -> None:
    """One entry about a person's sign-in. `actor`: the person, where it is certain who it was."""
    if request is not None:
        after["address"] = Personal(client_address(request))
    with transaction.atomic():
        organ_id = staff.organ_id if staff is not None else None
        append(Change(f"organs.{action}", actor, staff, organ_id=organ_id, after=after))


@receiver(auth.user_logged_in, dispatch_uid="organs.signed_in")
def signed_in(request: HttpRequest, user: Staff, **_: Any) -> None:
    browser = request.headers.get("user-agent", "")
    sessions.begin(request.session, client_address(request), browser)
    request.session.save()  # the session's row tells whose it is
    with transaction.atomic():
        Staff.objects.select_for_update(of=("self",)).get(
            pk=user.pk
        )  # two sign-ins at once count one another
        clear_old_sessions()
        ended = leave_at_most(user, request.session.session_key)
        enter("signed_in", user, request, user, sessions_ended=ended)


@receiver(auth.user_logged_out, dispatch_uid="organs.signed_out")
def signed_out(request: HttpRequest, user: Staff | None, **_: Any) -> None:
    if user is not None:
        enter("signed_out", user, request, user, why=getattr(request, "why_signed_out", "asked"))


@receiver(auth.user_login_failed, dispatch_uid="organs.sign_in_failed")
def sign_in_failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    """A name that nobody has is not written down: now and then it is a password typed in the wrong place."""
    if request is None or getattr(request, "axes_locked_out", False):
        return
    staff = Staff.objects.filter(username=lockout.username(request, credentials)).first()
    enter("sign_in_failed", staff, request)


@receiver(user_locked_out, dispatch_uid="organs.locked_out")
def locked(request: HttpRequest, username: str, **_: Any) -> None:
    # Told once, when it begins: whoever goes on trying does not fill the log.
    if getattr(request, "axes_failures_since_start", None) is not None:
        staff = Staff.objects.filter(username=Staff.normalize_username(username or "")).first()
        enter("locked_out", staff, request, failures=request.axes_failures_since_start)  # type: ignore[attr-defined]


@receiver(second_factor.authentication_failed, dispatch_uid="organs.second_factor_failed")
def code_failed(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: Any) -> None:
    enter("second_factor_failed", user, request, kind=_KINDS[authenticator.type])


@receiver(second_factor.authenticator_used, dispatch_uid="organs.second_factor_used")
def code_used(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        enter("recovery_code_used", user, request, user)


@receiver(second_factor.authenticator_added, dispatch_uid="organs.second_factor_added")
def factor_added(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: Any) -> None:
    enter("second_factor_added", user, request, user, kind=_KINDS[authenticator.type])


@receiver(second_factor.authenticator_reset, dispatch_uid="organs.recovery_codes_made")
def codes_made(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: Any) -> None:
    enter("recovery_codes_made", user, request, user)


@receiver(second_factor.authenticator_removed, dispatch_uid="organs.second_factor_removed")
def factor_removed(request: HttpRequest, user: Staff, authenticator: Authenticator, **_: Any) -> None:
    """Whoever signed in with it elsewhere signs in anew."""
    factor_gone(request.session)
    with transaction.atomic():
        ended = end_sessions(user, but=request.session.session_key)
        kind = _KINDS[authenticator.type]
        enter("second_factor_removed", user, request, user, kind=kind, sessions_ended=ended)
