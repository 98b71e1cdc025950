"""That a list of cases was taken away as a file, or somebody looked for in it: who, by what, how many."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from gongkai.web.audit.actions import Change, Personal, append
from gongkai.web.organs.acting import require
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.requests.asked import masked
from gongkai.web.requests.permissions import may_open_personal, may_see
from gongkai.web.requests.queries.lists import Wanted


@transaction.atomic
def note_listing(*, by: Staff, organ: Organ, wanted: Wanted, rows: int, form: str) -> None:
    """Entered before the file goes out. `form`: of the file, as `csv`. Words that were looked for may name
    somebody: they can be destroyed."""
    require(may_see, by, organ)
    asked: dict[str, Any] = {name: value for name, value in asdict(wanted).items() if value}
    if "words" in asked:
        asked["words"] = Personal(masked(str(asked["words"])))
    after = {"rows": rows, "format": form, **asked}
    append(Change("requests.listed", by, organ, organ_id=organ.pk, after=after))


@transaction.atomic
def note_search(*, by: Staff, organ: Organ, rows: int) -> None:
    """That the cases of somebody were looked for by name, telephone or number: who, and how many there were.
    Never for whom."""
    require(may_open_personal, by, organ)
    append(Change("requests.person_sought", by, organ, organ_id=organ.pk, after={"rows": rows}))
