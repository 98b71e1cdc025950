"""Requests as an office looks for them: by number or barcode, by what is asked, by who asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from gongkai.web.organs.models import Organ, Staff
from gongkai.web.requests.key_ring import index_of
from gongkai.web.requests.models import Case, CaseCounter, Requester
from gongkai.web.requests.permissions import may_see

MOST_FOUND = 30
MOST_OF_PERSON = 200
_NUMBER = re.compile(r"(?:[〔\[(]?(?P<year>\d{4})[〕\])年\-/ ]\s*第?)?0*(?P<serial>\d{1,9})\s*号?", re.ASCII)
_MOST_SERIAL = 2**31 - 1
_LIKE_A_YEAR = 4  # digits
# What a requester is found by, each as a whole: of these a blind index is kept.
_OF_PERSON = {
    "name": "name_index",
    "phone": "phone_index",
    "identity_number": "identity_index",
    "email": "email_index",
}


def worded(words: str, organs: Sequence[Organ]) -> Q:
    """Cases with that number, or with those words in what they are about. No query."""
    number = _numbered(words, organs)
    # A digit or two stand in every subject that names a year: alone they are a case's number.
    if number and len(words.strip()) < _LIKE_A_YEAR:
        return number
    return number | Q(subject__contains=words)


def cases_of_person(organ: Organ, words: str) -> list[Case]:
    """The organ's cases of whose whole name, telephone, mail address or number was typed, the newest first,
    one more than `MOST_OF_PERSON` if there are more. 1 query."""
    rows = Case.objects.filter(pk__in=_of_person(words).values("case"), organ=organ)
    found = rows.select_related("unit", "handler").defer("words", "features")
    return list(found.order_by("-id")[: MOST_OF_PERSON + 1])


def _of_person(words: str) -> QuerySet[Requester]:
    """By the blind indexes. No query."""
    indexes = {column: index_of(field, words) for field, column in _OF_PERSON.items()}
    wanted = Q(pk__in=())
    for column, index in indexes.items():
        if index:
            wanted |= Q(**{column: index})
    return Requester.objects.filter(wanted)


def found_cases(staff: Staff, organs: Sequence[Organ], words: str) -> list[Case]:
    """Cases of those organs whose requests the person may see, by number or words of what they are about, the
    newest first. 1 query."""
    organs = [one for one in organs if may_see(staff, one)]
    if not organs:
        return []
    rows = Case.objects.filter(worded(words, organs), organ__in=[one.pk for one in organs])
    rows = rows.select_related("organ", "unit").defer("words", "features", "organ__emblem")
    return list(rows.order_by("-id")[:MOST_FOUND])


def years_of(organ: Organ) -> list[int]:
    """The years in which the organ has cases, the newest first. 1 query."""
    counters = CaseCounter.objects.filter(organ=organ, last__gt=0)
    return list(counters.order_by("-year").values_list("year", flat=True))


def _numbered(words: str, organs: Sequence[Organ]) -> Q:
    """Cases whose number was typed or read from a label: 〔2026〕12号, 2026-12, 12号, 12, QINGHE-2026-12; an
    empty Q for what is no number."""
    text, code = unicodedata.normalize("NFKC", words).strip(), ""
    for one in organs:
        if text.casefold().startswith(f"{one.code}-".casefold()):
            text, code = text[len(one.code) + 1 :], str(one.code)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Q()
    wanted = Q(serial=min(int(found["serial"]), _MOST_SERIAL))
    if found["year"]:
        wanted &= Q(year=int(found["year"]))
    return wanted & Q(organ__code=code) if code else wanted
