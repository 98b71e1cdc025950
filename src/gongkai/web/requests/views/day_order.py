"""The order in which what happened on one day stands in the time line: that in which the clock takes it.

When on its day something was done nobody writes down, and much is written down later; so the order of
recording tells less than that of the facts themselves (`EventKind`). A letter stands beside the fact that
its sending or its arrival is.
"""

from __future__ import annotations

from gongkai.statute.clock import EventKind
from gongkai.web.requests.actions.serving import ARRIVING, SENDING

_AT = {kind: place for place, kind in enumerate(EventKind)}
# Letters that move no clock, by the fact that they follow.
_FOLLOWING = {
    "receipt": EventKind.RECEIVED,
    "reasons-notice": EventKind.RECEIVED,
    "consultation-confirmation": EventKind.THIRD_PARTY_ANSWERED,
    "consultation-told": EventKind.THIRD_PARTY_ASKED,
    "third-party-told": EventKind.DECIDED,
}
Rank = tuple[int, int]
ARRIVED: Rank = (-1, 0)  # the request itself


def of_fact(kind: EventKind | str) -> Rank:
    return _AT[EventKind(kind)], 3


def of_issuing(letter: str) -> Rank:
    return _beside(letter, 1)


def of_sending(letter: str) -> Rank:
    return _beside(letter, 2)


def of_reaching(letter: str) -> Rank:
    """Just before the fact that its arrival is; without one behind its sending."""
    arriving = ARRIVING.get(letter)
    return _beside(letter, 4) if arriving is None else (_AT[arriving], 2)


def of_returning(letter: str) -> Rank:
    return _beside(letter, 5)


def _beside(letter: str, place: int) -> Rank:
    """By the fact that its sending is (which has place 3), or behind that which it follows."""
    sending = SENDING.get(letter)
    if sending is not None:
        return _AT[sending], place
    return _AT[_FOLLOWING.get(letter, EventKind.RECEIVED)], 5 + place
