"""Which sessions of a person go on."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from gongkai.web.organs.models import Session, Staff


def end_sessions(staff: Staff, but: str | None = None) -> int:
    """End a person's sessions, `but` the one of that key. Gives how many were ended."""
    ended = Session.objects.filter(staff_id=staff.pk).exclude(session_key=but or "")
    return int(ended.delete()[0])


def clear_old_sessions() -> None:
    """Remove what is left of sessions past their time, anybody's."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def leave_at_most(staff: Staff, newest: str | None) -> int:
    """End the oldest sessions past the number one person may have at once [D], never the newest."""
    running = Session.objects.filter(staff_id=staff.pk, expire_date__gt=timezone.now())
    others = running.exclude(session_key=newest or "").order_by("-started_at", "session_key")
    over = list(others.values_list("pk", flat=True)[settings.SESSIONS_AT_ONCE - 1 :])
    return int(Session.objects.filter(pk__in=over).delete()[0]) if over else 0
