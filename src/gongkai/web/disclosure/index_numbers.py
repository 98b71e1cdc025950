"""The next index number of an organ (META.1): unique, in order, never given twice."""

from __future__ import annotations

import datetime as dt

from django.db.models import CharField, F, Value

from gongkai.statute.errors import StatuteError
from gongkai.statute.identifiers import IndexForm, parse_index_number
from gongkai.web.disclosure.models import IndexCounter, Record
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ

_AT_ONCE = 400  # numbers in one question to the database


class FreeNumber(str):
    """An index number that this transaction holds: well formed, nobody's, and nobody else can take it."""

    __slots__ = ()


def take_index_number(organ: Organ, day: dt.date) -> str:
    """The next number of the organ's form. Inside a transaction: the counter stays locked until it ends."""
    return str(take_index_numbers(organ, day, 1)[0])


def take_index_numbers(organ: Organ, day: dt.date, count: int) -> list[FreeNumber]:
    """The next `count` numbers of the organ's form, as `take_index_number`. Four queries for every 400."""
    form = IndexForm("本机关", str(organ.index_template))
    # Made beside the lock: two first records of a year must not both find no counter.
    IndexCounter.objects.bulk_create([IndexCounter(organ=organ, year=day.year)], ignore_conflicts=True)
    counter = IndexCounter.objects.select_for_update().get(organ=organ, year=day.year)
    codes = organ_codes(organ, form)
    free: list[FreeNumber] = []
    try:
        while len(free) < count:
            wanted = min(count - len(free), _AT_ONCE)
            serials = range(counter.last + 1, counter.last + 1 + wanted)
            numbers = [form.format(codes, day.year, serial, day.month, day.day) for serial in serials]
            found = Record.objects.filter(index_number__in=numbers).values_list("index_number", flat=True)
            taken = set(found)
            free += [FreeNumber(number) for number in numbers if number not in taken]
            counter.last += wanted
    except StatuteError as problem:
        raise WorkError("index_number_impossible", problem.zh, problem.en) from problem
    counter.save(update_fields=["last"])
    return free


def given_index_number(organ: Organ, text: str) -> str:
    """A number that a record brings along from elsewhere: well formed, and nobody's yet.

    One that this transaction holds (`FreeNumber`) has been looked at.
    """
    if isinstance(text, FreeNumber):
        return str(text)
    read = parse_index_number(text, [IndexForm("本机关", str(organ.index_template))])
    if not read.ok:
        read = parse_index_number(text)
    if not read.ok:
        raise WorkError("index_number_wrong", read.zh, read.en, field="index_number")  # type: ignore[union-attr]
    if Record.objects.filter(index_number=str(read)).exists():
        zh = f"索引号 {read} 已被使用。索引号不得重复，请核对，或留空由系统编号。"
        raise WorkError("index_number_taken", zh, f"{read} is taken.", field="index_number")
    if _of_another(organ, str(read)):
        zh = f"索引号 {read} 是其他机关的编号。请核对，或留空由系统编号。"
        raise WorkError("index_number_of_another", zh, f"{read} is another organ's.", field="index_number")
    return str(read)


def _of_another(organ: Organ, number: str) -> bool:
    """Whether it names another organ that works here: nobody's record goes by another's name. 1 query.

    Numbers of an organ that was closed may have come with its work.
    """
    others = Organ.objects.filter(is_active=True).exclude(pk=organ.pk)
    named = others.annotate(number=Value(number, CharField())).filter(number__contains=F("credit_code"))
    return bool(named.exists())


def organ_codes(organ: Organ, form: IndexForm) -> tuple[str, ...]:
    """The organ's codes as the form names them. The organisation code is part of the credit code."""
    known = {
        "USCC": str(organ.credit_code),
        "ORG": str(organ.credit_code)[8:17],
        "SITE": str(organ.site_code),
        "code": str(organ.code).upper().replace("-", ""),
    }
    return tuple(known[name] for name in form.fields if name in known)
