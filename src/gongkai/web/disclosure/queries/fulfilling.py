"""What of the public records could fulfil an item of the checklist, and which item a record could fulfil.

How well they fit is reckoned from category, kind and the words they share (our own weights, D): it puts what
is likely first and decides nothing.
"""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from gongkai.web.config import clock
from gongkai.web.disclosure.models import ChecklistItem, Record, State
from gongkai.web.disclosure.queries.records import named

MOST_PROPOSED = 8
MOST_FOUND = 20
# So many of the newest of a kind, of a category and of all are looked at: no item needs older ones proposed.
_LOOKED_AT = 60
_SAME_CATEGORY, _SAME_KIND, _WORDS = 3.0, 3.0, 4.0
# Words that stand in the titles of everything and tell nothing.
_IDLE = re.compile(
    "关于|印发|转发|通知|公告|公示|通告|意见|方案|办法|决定|政府信息公开|人民政府|年度|季度|情况|工作|事项|有关|以及"
)
_ENDED = ("repealed", "expired")


def proposals(item: ChecklistItem, most: int = MOST_PROPOSED) -> list[Record]:
    """Public records in force that are under no item and could fulfil this one, the likeliest first.

    At most three queries, each along an index and of few rows.
    """
    free = _public(item).filter(checklist_item__isnull=True).exclude(validity__in=_ENDED)
    looked_at: dict[int, Record] = {}
    for name in ("kind", "category"):
        value = getattr(item, name)
        if value:
            looked_at |= {one.pk: one for one in free.filter(**{name: value})[:_LOOKED_AT]}
    looked_at |= {one.pk: one for one in free[:_LOOKED_AT]}
    said = _pairs(f"{item.level1} {item.level2} {item.level3} {item.content}")
    # Category and kind alone say nothing of what it is about: notices of appointments stand under the same.
    alike = [one for one in looked_at.values() if _still_holds(one) and _shared(said, one)]
    scored = [(_fit(item, said, one), one) for one in alike]
    scored.sort(key=lambda pair: (pair[0], pair[1].published_at), reverse=True)
    return [one for _fits, one in scored[:most]]


def found_for(item: ChecklistItem, text: str) -> list[Record]:
    """Public records of the item's organ by title, index number or document number. One query."""
    text = text.strip()[:200]
    return list(_public(item).filter(named(text, [item.organ]))[:MOST_FOUND]) if text else []


def joined_to(item: ChecklistItem, most: int = 50) -> list[Record]:
    """What is under the item, the newest first. One query."""
    found = Record.objects.filter(checklist_item=item, organ=item.organ_id).exclude(state=State.ABANDONED)
    return list(
        found.select_related("working").defer("working__body", "working__findings").order_by("-pk")[:most]
    )


def items_for(record: Record) -> list[ChecklistItem]:
    """The items in use of the record's organ that are published proactively, the likeliest first. One query.

    Those that fit alike stand in the order of the checklist.
    """
    found = ChecklistItem.objects.filter(
        Q(mode__contains="proactive"), organ=record.organ_id, is_active=True
    ).select_related("organ", "unit")
    fits = {
        one.pk: _fit(one, _pairs(f"{one.level1} {one.level2} {one.level3} {one.content}"), record)
        for one in found
    }
    return sorted(found, key=lambda one: -fits[one.pk])


def _public(item: ChecklistItem) -> QuerySet[Record]:
    found = Record.objects.filter(organ=item.organ_id, state=State.PUBLISHED)
    return found.select_related("checklist_item").order_by("-published_at", "-id")


def _still_holds(record: Record) -> bool:
    """The mark of a document repealed or lapsed today may be set only tonight."""
    today = clock.today()
    ended = record.repealed_on is not None and record.repealed_on <= today
    return not ended and (record.expires_on is None or record.expires_on >= today)


def _fit(item: ChecklistItem, said: frozenset[str], record: Record) -> float:
    """How well a record fits an item: 0 for not at all."""
    fit = _SAME_CATEGORY * bool(item.category and item.category == record.category)
    fit += _SAME_KIND * bool(item.kind and item.kind == record.kind)
    return fit + _WORDS * min(1.0, len(_shared(said, record)) / 4)


def _shared(said: frozenset[str], record: Record) -> frozenset[str]:
    """What an item says of what the record's title says. One pair of characters alone is chance, unless the
    item says no more.
    """
    shared = said & _pairs(record.title)
    return shared if len(shared) > 1 or shared == said else frozenset()


def _pairs(text: str) -> frozenset[str]:
    """Every two Chinese characters in a row that tell something."""
    runs: list[str] = re.findall(r"[\u4e00-\u9fff]+", _IDLE.sub(" ", text))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
