"""What the pages of the staff know about who is working."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.web.organs.models import Role
from gongkai.web.organs.signing_in.gate import WORKING_PATHS
from gongkai.web.organs.words import ROLE_WORDS

_BETWEEN = "、"
# Past these a line of roles no longer fits beside a name.
_MOST_ROLES = 2


def working(request: HttpRequest) -> dict[str, Any]:
    """`organ`, `staff`, `staff_role`, `staff_address` of workspace/base.html, below /work/ alone. 1 query."""
    staff = getattr(request, "user", None)
    if not request.path_info.startswith(WORKING_PATHS):
        return {}
    if staff is None or not staff.is_authenticated:
        return {"organ": getattr(request, "organ", None)}
    held = dict.fromkeys(Role(one.role) for one in staff.appointments_today())
    roles = [str(ROLE_WORDS[one]) for one in held]
    shown = _BETWEEN.join(roles[:_MOST_ROLES]) + ("…" if len(roles) > _MOST_ROLES else "")
    return {"organ": staff.organ, "staff": staff, "staff_role": shown, "staff_address": reverse("organs:me")}
