"""The time, as actions write it down. It is this machine's time, but for the sample installation, made as
if it had been worked in for three years: there, and nowhere else, `set_to` turns the clock back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_set_to: ContextVar[dt.datetime | None] = ContextVar("clock", default=None)


def now() -> dt.datetime:
    """The moment, aware."""
    return _set_to.get() or timezone.now()


def today() -> dt.date:
    """The day here."""
    return timezone.localdate(now())


@contextmanager
def set_to(moment: dt.datetime) -> Iterator[None]:
    """Within it, in this thread alone, it is that moment. Only the command `sample` calls this."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
