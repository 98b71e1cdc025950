"""Earlier requests like this one: of the same requester (REG.35, REG.36(6), FEE.4), on the same matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case as If
from django.db.models import Count, Q, QuerySet, Value, When, Window
from django.db.models.functions import Concat

from gongkai.web.requests.models import Case, Requester
from gongkai.web.requests.queries.written import Written
from gongkai.wording.normal import simplify

_CONTACTS = ("phone_index", "address_index", "email_index")
_INDEXES = ("identity_index", "name_index", *_CONTACTS)
_ALWAYS = ("case", "organ", "on", "first", "after")
# What a line about another case shows of it.
OF_A_LINE = ("id", "organ_id", "year", "serial", "subject", "outcome", "stands", "received_on", "arrived_on")
_EVERYWHERE = re.compile("申请|公开|获取|提供|请求|政府信息|有关|关于|相关|的|[^\\w]")


class Alike(NamedTuple):
    """An earlier case. `share`: how much of the subjects is in common, 0 to 1; `same_requester`, or perhaps:
    `maybe_same`."""

    case: Case
    share: float
    same_requester: bool
    maybe_same: bool = False


def of_same_requester(case: Case) -> QuerySet[Case]:
    """Cases of the organ by the same requester, this one left out. By proof of identity, else by name and
    telephone: a name alone is shared by many."""
    return _others_of(case, _certain(case.requester))


def maybe_same_requester(case: Case) -> QuerySet[Case]:
    """Cases of the organ that may be by the same requester, though the number differs or is missing: the same
    name with the same telephone, address or mail. Those of `of_same_requester` are left out. They count for
    nothing by themselves: somebody has to compare them and set the number right."""
    who = case.requester
    found = _others_of(case, _perhaps(who))
    if who.identity_index:
        return found.exclude(requester__identity_index=who.identity_index)
    return found.exclude(requester__phone_index=who.phone_index) if who.phone_index else found


def same_or_maybe(case: Case, most: int) -> list[Case]:
    """The newest of both, those of `of_same_requester` first with `is_certain` 1, the others with 0; on each
    what `counts_of_month` counts of the certain ones. 1 query at most."""
    values = _asked_with(case)
    if len(values) == len(_ALWAYS):
        return []
    who = case.requester
    shape = tuple(bool(getattr(who, name)) for name in _INDEXES)
    return _same_or_maybe(shape, most).rows(*values)


@lru_cache(maxsize=64)
def _same_or_maybe(shape: tuple[bool, ...], most: int) -> Written[Case]:
    """The query of `same_or_maybe` for requesters of whom the same is known."""
    known = {name: f"the {name}" for name, is_there in zip(_INDEXES, shape, strict=True) if is_there}
    case = Case(pk=-1, organ_id=-2, received_on=dt.date(1000, 2, 3))
    case.requester = Requester(case=case, **known)
    return Written(lambda: _certain_or_maybe(case)[:most], *_asked_with(case))


def _asked_with(case: Case) -> tuple[Any, ...]:
    """All that `same_or_maybe` asks with; the number, the organ and the days alone where nobody could be."""
    who = case.requester
    contacts = [getattr(who, name) for name in _CONTACTS if getattr(who, name)]
    by_name = (who.name_index, *contacts) if who.name_index and contacts else ()
    return case.pk, case.organ_id, *_days(case), *filter(None, (who.identity_index,)), *by_name


def _certain_or_maybe(case: Case) -> QuerySet[Case]:
    who = case.requester
    certain, perhaps = _certain(who), _perhaps(who)
    either = [one for one in (certain, perhaps) if one is not None]
    # Of those found, the certain ones: found by the number, or all are of one name and it is by telephone.
    index = "identity_index" if who.identity_index else "phone_index"
    theirs = Q(**{f"requester__{index}": getattr(who, index)})
    mark = Value(0) if certain is None else If(When(theirs, then=1), default=0)
    counts = {name: Window(one) for name, one in counts_of_month(case, theirs).items()}
    rows = _others_of(case, reduce(or_, either) if either else None).only(*OF_A_LINE)
    return rows.annotate(is_certain=mark, **counts).order_by("-is_certain", "-id")


def _others_of(case: Case, who: Q | None) -> QuerySet[Case]:
    """`who`: of the requesters as `_found_by_name` shows them; None: nobody."""
    if who is None:
        return Case.objects.none()
    same = _found_by_name().filter(who).values("case")
    return Case.objects.filter(pk__in=same, organ=case.organ_id).exclude(pk=case.pk)


def _certain(who: Requester) -> Q | None:
    if who.identity_index:
        return Q(identity_index=who.identity_index)
    if who.name_index and who.phone_index:
        return Q(name_index=who.name_index) & _too("phone_index", who)
    return None


def _perhaps(who: Requester) -> Q | None:
    contacts = [_too(name, who) for name in _CONTACTS if getattr(who, name)]
    if not who.name_index or not contacts:
        return None
    return Q(name_index=who.name_index) & reduce(or_, contacts)


def _found_by_name() -> QuerySet[Requester]:
    """With the contacts as expressions, `phone_index_too`: found by the index of names, whatever telephone is
    given by many (SQLite would take that of telephones)."""
    return Requester.objects.alias(**{f"{name}_too": Concat(name, Value("")) for name in _CONTACTS})


def _too(name: str, who: Requester) -> Q:
    return Q(**{f"{name}_too": getattr(who, name)})


def may_be_one(one: Requester, other: Requester) -> bool:
    """Whether two requesters are the same, or may be: the same number, else the same name and not every
    contact another. Without any contact a name is all there is."""
    if one.identity_index and one.identity_index == other.identity_index:
        return True
    if not one.name_index or one.name_index != other.name_index:
        return False
    given = [(getattr(one, name), getattr(other, name)) for name in _CONTACTS]
    both = [(here, there) for here, there in given if here and there]
    if any(here == there for here, there in both):
        return True
    return not both and not (one.identity_index and other.identity_index)


class Month(NamedTuple):
    """The requests of a requester in the month of one of them. `volume`: all, that one included (REG.35);
    `items_before`: received before it, merged ones left out, which are no items of their own (FEE.4).
    `others`: beside that one, of whatever month."""

    volume: int
    items_before: int
    others: int = 0


ALONE = Month(1, 0)
COUNTED = ("others", "others_of_month", "items_before")  # what `counts_of_month` counts


def month_of(case: Case) -> Month:
    """What the organ had of the requester in the month of the case. 1 query."""
    return month_from(of_same_requester(case).aggregate(**counts_of_month(case)))


def month_from(counted: Mapping[str, int]) -> Month:
    """The month from what `counts_of_month` counted. No query."""
    return Month(counted["others_of_month"] + 1, counted["items_before"], counted["others"])


def counts_of_month(case: Case, theirs: Q | None = None) -> dict[str, Count]:
    """What is to be counted of the requester's other cases. `theirs`: which rows they are. No query."""
    on, first, after = _days(case)
    theirs = Q() if theirs is None else theirs
    earlier = Q(received_on__lt=on) | Q(received_on=on, pk__lt=case.pk)
    others = Count("pk", filter=Q(theirs, arrived_on__gte=first, arrived_on__lt=after))
    before = Count("pk", filter=Q(theirs, earlier, merged_into=None, received_on__gte=first))
    counts = (Count("pk", filter=theirs) if theirs else Count("pk"), others, before)
    return dict(zip(COUNTED, counts, strict=True))


def _days(case: Case) -> tuple[dt.date, dt.date, dt.date]:
    """When it was received, the first day of that month and of the next."""
    on: dt.date = case.received_on or case.arrived_on
    first = on.replace(day=1)
    return on, first, (first + dt.timedelta(days=32)).replace(day=1)


def likeness(one: str, other: str) -> float:
    """The share of pairs of characters two subjects have in common (Dice), without words of every request."""
    here, there = _pairs(one), _pairs(other)
    return 2 * len(here & there) / (len(here) + len(there)) if here and there else 0.0


# The subjects of an office's newest requests are compared again with each page.
@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    plain = _EVERYWHERE.sub("", simplify(text))
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
