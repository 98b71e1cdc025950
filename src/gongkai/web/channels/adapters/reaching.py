"""What became of a question to another server, as the queue of releases understands it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.web.channels.adapters.base import Refused, Unavailable, Unsure
from gongkai.web.channels.outgoing import Lost, NotSent


@contextmanager
def reaching(lost_is: type[Unsure] | type[Unavailable] | None = Unsure) -> Iterator[None]:
    """Within it, what could not be sent is Refused or Unavailable; a question without an answer is `lost_is`,
    or stays Lost where that is None: the caller can find out more."""
    try:
        yield
    except NotSent as stopped:
        kind = Refused if stopped.is_final else Unavailable
        raise kind(stopped.code, stopped.zh, stopped.en) from stopped
    except Lost as lost:
        if lost_is is None:
            raise
        raise lost_is(lost.code, lost.zh, lost.en) from lost
