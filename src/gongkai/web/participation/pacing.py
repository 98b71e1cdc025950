"""How much is taken from one sender: counted by a digest that names nobody, for all servers."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.db.utils import IntegrityError
from django.http import HttpRequest
from django.utils import timezone

from gongkai.web.config.sealing import blind_index
from gongkai.web.organs.models import Organ
from gongkai.web.organs.signing_in.lockout import client_network
from gongkai.web.participation.models import Pace
from gongkai.web.participation.settled import pace


class Standing(StrEnum):
    """What is done with what a sender sends now."""

    TAKEN = "taken"
    ASKED = "asked"  # a plain question first
    REFUSED = "refused"


def standing(request: HttpRequest, what: str, organ: Organ | None, *more: object) -> Standing:
    """How it stands with a sender, without counting. 1 query. `what`: of the data; `more`: what else it is
    counted by, as a page; `organ`: None for what is asked of no organ."""
    known = pace(what)
    own, every = _keys(request, what, organ, more)
    rows = dict(Pace.objects.filter(key__in=(own, every)).values_list("key", "count"))
    return _judged(known.ask, known.refuse, known.all_ask, rows.get(own, 0), rows.get(every, 0))


def count(request: HttpRequest, what: str, organ: Organ | None, *more: object) -> None:
    """Something was taken from this sender."""
    until = timezone.now() + dt.timedelta(seconds=pace(what).seconds)
    with transaction.atomic():
        for key in _keys(request, what, organ, more):
            _one_more(key, until)


def taken_once(key: str, seconds: int) -> bool:
    """Whether this is the first time of a thing that may be used once, as the answer to a question."""
    return _one_more(_once(key), timezone.now() + dt.timedelta(seconds=seconds)) == 1


def is_taken(key: str) -> bool:
    """Whether it was used by now. To be told alone: it may be used the next moment. 1 query."""
    return bool(Pace.objects.filter(key=_once(key)).exists())


def forget() -> int:
    """Counts of windows that are over. Gives how many."""
    return int(Pace.objects.filter(until__lt=timezone.now()).delete()[0])


def _judged(ask: int, refuse: int, all_ask: int, own: int, every: int) -> Standing:
    if refuse and own >= refuse:
        return Standing.REFUSED
    if (ask and own >= ask) or (all_ask and every >= all_ask):
        return Standing.ASKED
    return Standing.TAKEN


def _once(key: str) -> str:
    return blind_index("once", key)


def _keys(request: HttpRequest, what: str, organ: Organ | None, more: tuple[object, ...]) -> tuple[str, str]:
    """The window is in the key: a count of the last one is none of this one's."""
    window = int(timezone.now().timestamp()) // pace(what).seconds
    common = (what, str(organ.pk) if organ is not None else "", str(window), *map(str, more))
    return blind_index("one", client_network(request), *common), blind_index("all", *common)


def _one_more(key: str, until: dt.datetime) -> int:
    """Counts one up, whoever counts at the same time. Gives the count."""
    if not Pace.objects.filter(key=key).update(count=F("count") + 1):
        try:
            with transaction.atomic():
                Pace.objects.create(key=key, count=1, until=until)
                return 1
        except IntegrityError:
            Pace.objects.filter(key=key).update(count=F("count") + 1)
    return int(Pace.objects.values_list("count", flat=True).get(key=key))
