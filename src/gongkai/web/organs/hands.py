"""Through whose hands a person came to sign in and to a role: two people in name may be one in fact.

Whoever opens an account or resets its password knows that password for a while, and whoever appoints chose
the reviewer. For a review by "another" (REG.17) such a reviewer is no other than who has let them in [D].
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.organs.models import Appointment, Role, Staff

_OPENED = "organs.account_opened"
_RESET = frozenset({"organs.password_reset", "organs.account_reset"})


def hands_of(staff: Staff, role: Role) -> frozenset[int]:
    """Who opened the person's account, last reset the password, made the appointment to the role that is held
    today. 1 query, once for each person loaded."""
    known: dict[Role, frozenset[int]] = staff.__dict__.setdefault("_hands", {})
    if role not in known:
        known[role] = frozenset(_hands([staff.pk], role).get(staff.pk, ()))
    return known[role]


def let_in(people: Iterable[int], role: Role, by: Iterable[int | None]) -> set[int]:
    """Those of `people` for whom one of `by` did any of what `hands_of` tells. 1 query."""
    asked, hands = list(people), {one for one in by if one is not None}
    return {pk for pk, known in _hands(asked, role).items() if known & hands} if asked and hands else set()


def _hands(people: list[int], role: Role) -> dict[int, set[int]]:
    """Who has let each of the people in."""
    today = timezone.localdate()
    held = Appointment.objects.filter(staff__in=people, role=role, since__lte=today)
    held = held.filter(Q(until__isnull=True) | Q(until__gt=today))
    accounts = Q(subject_type="organs.staff", subject_id__in=people, action__in=(_OPENED, *_RESET))
    roles = Q(subject_type="organs.appointment", subject_id__in=held.values("pk"), action="organs.appointed")
    told = Entry.objects.filter(accounts | roles).order_by("number")
    found: dict[int, set[int]] = {}
    reset: dict[int, int | None] = {}
    rows: Iterable[tuple[str, int, int | None, dict[str, Any]]]
    rows = told.values_list("action", "subject_id", "actor_id", "after")
    for action, subject, actor, after in rows:
        if action in _RESET:
            reset[subject] = actor
        elif actor is not None:
            found.setdefault(subject if action == _OPENED else int(after["staff_id"]), set()).add(actor)
    for person, actor in reset.items():
        if actor is not None:
            found.setdefault(person, set()).add(actor)
    return found
