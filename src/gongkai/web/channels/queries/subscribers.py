"""What subscribers were told of."""

from __future__ import annotations

from gongkai.web.channels.models import Subscription
from gongkai.web.disclosure.models import Record, State

MOST = 30


def told_lately(subscription: Subscription) -> list[Record]:
    """The records last told of that are public still, the newest first. 1 query."""
    rows = Record.objects.filter(
        pk__in=subscription.notices.filter(sent_at__isnull=False).order_by("-id").values("record")[:MOST],
        state=State.PUBLISHED,
    )
    return list(rows.select_related("organ").defer("organ__emblem").order_by("-published_at", "-id"))
