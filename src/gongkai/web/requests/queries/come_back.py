"""Letters that came back from their addressee and are to be served again.

To the clock nothing changes: the day of the first posting counts (V-235 item 4). But nobody has the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import REPLIES, Case, Letter, Service, Stands

# These ask for something: once it has come, or nothing is waited for any more, nobody needs the letter.
_WHILE = {
    "supplement-notice": Stands.AWAITING_SUPPLEMENT,
    "fee-notice": Stands.AWAITING_PAYMENT,
}


def come_back() -> QuerySet[Letter]:
    """The letters that came back and are still needed; few of an organ, asked for by `organ`. No query."""
    return Letter.objects.filter(_needed(), came_back_on__isnull=False)


def to_serve_again(
    case: Case, letters: Iterable[Letter], opinions: Mapping[int, str]
) -> list[tuple[Letter, Service]]:
    """The same of one case, each with the try that came back. `opinions`: of its parties. No query where the
    services were brought along."""
    found = []
    for letter in letters:
        if letter.came_back_on is not None and _is_needed(case, letter, opinions):
            found.append((letter, max(letter.services.all(), key=lambda one: one.pk)))
    return found


def mark_come_back(organ: Organ, cases: Iterable[Case]) -> list[Case]:
    """The cases, those with such a letter marked `has_come_back`. 1 query."""
    found = list(cases)
    rows = come_back().filter(organ=organ, case__in=[one.pk for one in found])
    marked = set(rows.values_list("case", flat=True))
    for one in found:
        one.has_come_back = one.pk in marked  # type: ignore[attr-defined]
    return found


def _needed() -> Q:
    wanted = Q(kind__in=REPLIES)
    for kind, stands in _WHILE.items():
        wanted |= Q(kind=kind, case__stands=stands)
    of_open = Q(case__is_open=True) & ~Q(kind__in=[*REPLIES, *_WHILE])
    return wanted | of_open & (Q(party=None) | Q(party__opinion=""))


def _is_needed(case: Case, letter: Letter, opinions: Mapping[int, str]) -> bool:
    if letter.kind in REPLIES:
        return True
    if letter.kind in _WHILE:
        return bool(case.stands == _WHILE[letter.kind])
    return not case.is_closed and (letter.party_id is None or not opinions.get(letter.party_id))
