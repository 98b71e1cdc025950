"""Finding one of an organ's records by what people type for it."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.queries.numbers import numbered
from gongkai.web.disclosure.queries.records import named
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ

MOST = 20


def alike(organ: Organ, text: str, most: int = MOST) -> list[Record]:
    """Records of an organ by number or words of the title, the newest first; none given up. 1 query."""
    found = Record.objects.filter(named(text[:200], [organ]), organ=organ).exclude(state=State.ABANDONED)
    return list(found.order_by("-id")[:most])


def one_named(organ: Organ, text: str, *, field: str) -> Record:
    """The one record of that number or title. WorkError at the field for none, and for several. 1 query."""
    text = text.strip()
    whole = Q(index_number=text) | Q(document_number=text) | Q(title=text)
    whole |= numbered(text, [organ]) or Q()
    found = list(Record.objects.filter(whole, organ=organ).exclude(state=State.ABANDONED)[:2])
    if not found:
        zh = f"本机关没有索引号、文号或标题为“{text[:80]}”的信息。请核对，或者留空。"
        raise WorkError("no_such_record", zh, "No record of that number or title.", field=field)
    if len(found) > 1:
        raise WorkError(
            "several_records",
            "有几条信息符合，请填索引号。",
            "Several fit: use the index number.",
            field=field,
        )
    return found[0]
