"""What the frame of every staff page shows: the places open to this person, the organs they work for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.web.disclosure.permissions import may_import
from gongkai.web.disclosure.queries.visible import areas, own_organs
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.organs.permissions import may_read_audit
from gongkai.web.sample.accounts import accounts
from gongkai.web.sample.district import PASSWORD

_WORK = "/work/"


def sample_people() -> list[tuple[str, str, str]]:
    """Name, password and roles of the sample's accounts, for the sign-in page of an installation in which
    every organ is fictional; none otherwise. 2 queries."""
    if Organ.objects.filter(is_fictional=False).exists():
        return []
    return [(one.username, PASSWORD, one.roles) for one in accounts()]


def places(request: HttpRequest) -> dict[str, Any]:
    """`organs`, `switch_address`, `hidden_places`, and `organ` as the one worked for now. No query past the
    person's own appointments (1), which every page asks for."""
    staff = getattr(request, "user", None)
    if request.path_info == reverse("account_login"):
        return {"sample_people": sample_people()}
    if not request.path_info.startswith(_WORK) or staff is None or not staff.is_authenticated:
        return {}
    own = own_organs(staff)
    now = next(
        (one for one in own if one.code == request.session.get("organ")), own[0] if own else staff.organ
    )
    hidden = (
        set()
        if own or areas(staff)
        else {"records", "reviews", "checklist", "figures", "import", "participation"}
    )
    if not any(may_import(staff, one) for one in own):
        hidden.add("import")
    if not own:
        hidden |= {"channels", "requests"}
    if not areas(staff):
        hidden.add("area")
    if not areas(staff) and not any(may_read_audit(staff, one.organ) for one in staff.appointments_today()):
        hidden.add("log")
    shown: dict[str, Any] = {"organ": now, "hidden_places": hidden}
    if len(own) > 1:
        shown["organs"] = [Tab(one.name, one.code, one == now) for one in own]
        shown["switch_address"] = reverse("workspace:switch")
    return shown
