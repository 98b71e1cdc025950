"""Numbers of cases and letters: unique, in order, without a gap (decision 0015)."""

from __future__ import annotations

import secrets

from gongkai.web.organs.models import Organ
from gongkai.web.requests.key_ring import index_within
from gongkai.web.requests.models import CaseCounter, LetterCounter

# No letters and digits that are taken for each other when read aloud or typed from paper.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 12


def take_case_serial(organ: Organ, year: int) -> int:
    """The next number. Inside a transaction: the counter stays locked until it ends, and what is rolled back
    gives its number back."""
    CaseCounter.objects.bulk_create([CaseCounter(organ=organ, year=year)], ignore_conflicts=True)
    counter = CaseCounter.objects.select_for_update().get(organ=organ, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def take_letter_serial(organ: Organ, year: int, series: str) -> int:
    """As `take_case_serial`, for letters of a series."""
    made = LetterCounter(organ=organ, year=year, series=series)
    LetterCounter.objects.bulk_create([made], ignore_conflicts=True)
    counter = LetterCounter.objects.select_for_update().get(organ=organ, year=year, series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def new_query_code() -> str:
    """A code that only the requester is told: 31^12, about 59 bits. `XXXX-XXXX-XXXX`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, _LENGTH, 4))


def code_index(key: bytes, code: str) -> str:
    """What is kept of a code, under its case's key: nobody learns codes from a copy of the database."""
    return index_within(key, "query-code", code)
