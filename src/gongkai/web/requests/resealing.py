"""After a change of the installation's key: the keys of the cases lie under that of now, and with them the
indexes that requesters are found by. What the keys have sealed stays as it is."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.actions import Change, append
from gongkai.web.config.resealing import Resealed
from gongkai.web.config.sealing import Unreadable
from gongkai.web.requests.key_ring import newest
from gongkai.web.requests.models import CaseKey
from gongkai.web.requests.sealed import INDEXES, rewrap

_AT_ONCE = 200


def renew() -> Resealed:
    """Every key that lies under an older one. May be stopped and begun again at any time."""
    whole, after = Resealed(), 0
    while True:
        stale = CaseKey.objects.exclude(wrapped="").exclude(wrapped__startswith=f"{newest()}.")
        found = list(stale.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
        if not found:
            return whole
        after = found[-1]
        _some(found, whole)


@transaction.atomic
def _some(found: list[int], told: Resealed) -> None:
    rows = CaseKey.objects.exclude(wrapped="").filter(pk__in=found).select_related("case__requester")
    done = []
    for key in rows.select_for_update(of=("self",)).order_by("pk"):
        try:
            rewrap(key, key.case.requester)
        except Unreadable:
            told.unreadable.append(f"requests.casekey:{key.pk}")
            continue
        key.save(update_fields=["wrapped"])
        key.case.requester.save(update_fields=INDEXES)
        done.append(key.case.requester)
    if done:
        after = {"rows": len(done), "of": "requests.casekey"}
        append(Change("sealing.renewed", None, after=after, touched=done))
    told.done += len(done)
