"""What `gongkai work` does for channels, round after round: plan for what has changed, send what is due, tell
those who have asked to be told.

Safe when several run at once and when killed at any moment. Nothing of it stands between a record and its
publication: it reads what is already public, and holds no lock while it waits for a server.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.db import close_old_connections, connections

from gongkai.web.channels.actions.planning import follow
from gongkai.web.channels.actions.sending import attempt, claim
from gongkai.web.channels.actions.telling import follow as follow_subscriptions
from gongkai.web.channels.actions.telling import tell

logger = logging.getLogger(__name__)


class Delivered(NamedTuple):
    """`read`: changes of the outbox; `states`: how many attempts led to which state."""

    read: int
    states: dict[str, int]


def deliver(seconds: float = 60.0, is_over: Callable[[], bool] = lambda: False) -> Delivered:
    """One round; no attempt is begun after so many seconds, or when it is over."""
    end = time.monotonic() + seconds
    read = follow()
    states: Counter[str] = Counter()
    while time.monotonic() < end and not is_over() and (release := claim()) is not None:
        states[attempt(release)] += 1
    follow_subscriptions()
    tell()
    return Delivered(read, dict(states))


def deliver_until(stopped: threading.Event, *, every: float = 5.0) -> None:
    """Rounds of their own, beside those of `gongkai work`: a server that is slow to answer holds up nothing
    but this. A round that fails is tried again with the next; the log says why."""
    while not stopped.is_set():
        close_old_connections()
        try:
            deliver(is_over=stopped.is_set)
            follow_subscriptions()
            tell()
        except Exception:
            logger.exception("a round of channels failed; the next is in %g seconds", every)
        stopped.wait(every)
    connections.close_all()
