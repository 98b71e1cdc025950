"""One's own account: password, second factor, sessions."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.organs import actions
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Session, Staff
from gongkai.web.organs.permissions import is_administrator, works_on_disclosure
from gongkai.web.organs.queries import sessions_of
from gongkai.web.organs.signing_in.browsers import browser_in_words
from gongkai.web.organs.signing_in.forms import PasswordChangeForm
from gongkai.web.organs.signing_in.gate import needs_second_factor
from gongkai.web.organs.signing_in.lockout import client_address
from gongkai.web.organs.signing_in.records import enter
from gongkai.web.organs.views.doing import StaffRequest, done, done_at_once
from gongkai.web.organs.words import appointment_in_words


@require_GET
def start(request: StaffRequest) -> HttpResponse:
    """Where a sign-in leads: to the work; who only administers, to the people, once the organ is ready."""
    staff = request.user
    if staff.is_superuser and staff.organ is None:
        return redirect("admin:index")
    if is_administrator(staff, staff.organ) and not works_on_disclosure(staff, staff.organ):
        # The room above, which knows what an organ must have.
        from gongkai.web.workspace.queries.first_steps import first_steps

        return redirect("organs:people" if first_steps(staff) is None else "workspace:today")
    return redirect("workspace:today")


@require_GET
def me(request: StaffRequest) -> HttpResponse:
    staff = request.user
    factors = list(Authenticator.objects.filter(user_id=staff.pk))
    context = {
        "title": _("我的账号"),
        "facts": _facts(staff),
        "sessions": [_shown(request, one) for one in sessions_of(staff)],
        "has_totp": any(one.type == Authenticator.Type.TOTP for one in factors),
        "passkeys": sum(one.type == Authenticator.Type.WEBAUTHN for one in factors),
        "has_codes": any(one.type == Authenticator.Type.RECOVERY_CODES for one in factors),
        "needs_factor": needs_second_factor(staff),
    }
    return render(request, "organs/me.html", context)


def _facts(staff: Staff) -> list[Fact]:
    roles = [appointment_in_words(one) for one in staff.appointments_today()]
    return [
        Fact(_("姓名"), staff.name),
        Fact(_("登录名"), staff.username),
        Fact(_("机关"), staff.organ.name if staff.organ else ""),
        Fact(_("科室"), staff.unit.name if staff.unit else ""),
        Fact(_("任职"), "、".join(roles), wide=True),
        Fact(_("密码更改时间"), staff.password_changed_at and staff.password_changed_at.date()),
    ]


def _shown(request: StaffRequest, session: Session) -> dict[str, Any]:
    return {
        "id": _public_id(session),
        "is_this": session.session_key == request.session.session_key,
        "browser": browser_in_words(session.browser),
        "address": session.address,
        "started_at": session.started_at,
        "seen_at": session.seen_at,
    }


def _public_id(session: Session) -> str:
    """What names a session on a page: the key itself would be enough to be that person."""
    return hashlib.sha256(f"session:{session.session_key}".encode()).hexdigest()[:24]


@require_POST
def end_session(request: StaffRequest, session: str) -> HttpResponse:
    found = next((one for one in sessions_of(request.user) if _public_id(one) == session), None)
    if found is None:
        raise Http404
    if found.session_key == request.session.session_key:
        return redirect("account_logout")

    def act() -> None:
        actions.end_own_session(by=request.user, session=found, address=client_address(request))

    return done_at_once(request, act, _("那个会话已结束。"), "organs:me")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: StaffRequest) -> HttpResponse:
    """A new password; the first thing after a sign-in with a temporary one."""
    staff = request.user
    if not ratelimit.consume(request, action="change_password", user=staff):
        return ratelimit.respond_429(request)
    was_forced = staff.must_change_password
    form = PasswordChangeForm(request.POST if request.method == "POST" else None, staff=staff)
    if done(request, form, lambda data: _changed(request, data)):
        messages.success(request, _("密码已更改。"))
        return redirect("organs:start" if was_forced else "organs:me")
    context = {
        "title": _("更改密码"),
        "form": form,
        "is_forced": was_forced,
        "rules": password_validators_help_texts(),
        "links": [] if was_forced else [Tab(_("返回我的账号"), reverse("organs:me"))],
    }
    return render(request, "account/password_change.html", context)


def _changed(request: StaffRequest, data: dict[str, Any]) -> Staff:
    """The action, then the session that goes on: it is told of the new password."""
    session, address = str(request.session.session_key), client_address(request)
    try:
        staff = actions.change_own_password(
            by=request.user, old=data["old"], new=data["new"], session=session, address=address
        )
    except WorkError as error:
        if error.code == "old_password_wrong":
            enter("password_change_failed", request.user, request)
        raise
    update_session_auth_hash(request, staff)
    reauthenticate_by_password(request)
    return staff
