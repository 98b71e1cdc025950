"""Earlier requests like this one: of the same requester (REG.35, REG.36(6), FEE.4), on the same matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat

from gongkai.web.requests.models import Case, Requester
from gongkai.wording.normal import simplify

_CONTACTS = ("phone_index", "address_index", "email_index")
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
    who = case.requester
    same = Requester.objects.none()
    if who.identity_index:
        same = Requester.objects.filter(identity_index=who.identity_index)
    elif who.name_index and who.phone_index:
        same = _of_that_name(who).filter(_too("phone_index", who))
    return Case.objects.filter(pk__in=same.values("case"), organ=case.organ_id).exclude(pk=case.pk)


def maybe_same_requester(case: Case) -> QuerySet[Case]:
    """Cases of the organ that may be by the same requester, though the number differs or is missing: the same
    name with the same telephone, address or mail. Those of `of_same_requester` are left out. They count for
    nothing by themselves: somebody has to compare them and set the number right."""
    who = case.requester
    contacts = [_too(name, who) for name in _CONTACTS if getattr(who, name)]
    if not who.name_index or not contacts:
        return Case.objects.none()
    alike = _of_that_name(who).filter(reduce(or_, contacts))
    if who.identity_index:
        alike = alike.exclude(identity_index=who.identity_index)
    elif who.phone_index:
        alike = alike.exclude(phone_index=who.phone_index)
    return Case.objects.filter(pk__in=alike.values("case"), organ=case.organ_id).exclude(pk=case.pk)


def _of_that_name(who: Requester) -> QuerySet[Requester]:
    """With the contacts as expressions, `phone_index_too`: found by the index of names, whatever telephone is
    given by many (SQLite would take that of telephones)."""
    beside = {f"{name}_too": Concat(name, Value("")) for name in _CONTACTS}
    return Requester.objects.alias(**beside).filter(name_index=who.name_index)


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
    `items_before`: received before it, merged ones left out, which are no items of their own (FEE.4)."""

    volume: int
    items_before: int


ALONE = Month(1, 0)


def month_of(case: Case) -> Month:
    """What the organ had of the requester in the month of the case. 1 query."""
    return month_from(of_same_requester(case).aggregate(**counts_of_month(case)))


def month_from(counted: Mapping[str, int]) -> Month:
    """The month from what `counts_of_month` counted."""
    return Month(counted["others_of_month"] + 1, counted["items_before"])


def counts_of_month(case: Case) -> dict[str, Count]:
    """What is to be counted of the requester's other cases. No query."""
    on = case.received_on or case.arrived_on
    first = on.replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    earlier = Q(received_on__lt=on) | Q(received_on=on, pk__lt=case.pk)
    return {
        "others_of_month": Count("pk", filter=Q(arrived_on__gte=first, arrived_on__lt=after)),
        "items_before": Count("pk", filter=Q(earlier, merged_into=None, received_on__gte=first)),
    }


def likeness(one: str, other: str) -> float:
    """The share of pairs of characters two subjects have in common (Dice), without words of every request."""
    here, there = _pairs(one), _pairs(other)
    return 2 * len(here & there) / (len(here) + len(there)) if here and there else 0.0


# The subjects of an office's newest requests are compared again with each page.
@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    plain = _EVERYWHERE.sub("", simplify(text))
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
