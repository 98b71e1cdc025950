"""Finding one of an organ's records by what people type for it."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.queries.numbers import numbered
from gongkai.web.disclosure.queries.records import named
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ

MOST = 20
MOST_NAMED = 6


def alike(organ: Organ, text: str, most: int = MOST) -> list[Record]:
    """Records of an organ by number or words of the title, the newest first; none given up. 1 query."""
    found = Record.objects.filter(named(text[:200], [organ]), organ=organ).exclude(state=State.ABANDONED)
    return list(found.order_by("-id")[:most])


def one_named(organ: Organ, text: str, *, field: str, but: Record | None = None) -> Record:
    """The one record of that number or title. WorkError at the field for none, and for several, naming them.
    `but`: the record that asks, left out where another fits as well. 1 query."""
    text = text.strip()
    whole = Q(index_number=text) | Q(document_number=text) | Q(title=text)
    whole |= numbered(text, [organ]) or Q()
    found = list(Record.objects.filter(whole, organ=organ).exclude(state=State.ABANDONED)[:MOST_NAMED])
    if but is not None and len(found) > 1:
        found = [one for one in found if one.pk != but.pk]
    if not found:
        zh = f"本机关没有索引号、文号或标题为“{text[:80]}”的信息。请核对，或者留空。"
        raise WorkError("no_such_record", zh, "No record of that number or title.", field=field)
    if len(found) > 1:
        zh = f"有几条信息符合，请填其中一条的索引号：{'；'.join(_told(one) for one in found)}。"
        raise WorkError("several_records", zh, f"Several fit: use an index number. {zh}", field=field)
    return found[0]


def _told(record: Record) -> str:
    """By what people tell records of one number apart."""
    made = f"，成文日期 {record.made_on}" if record.made_on else ""
    return f"{record.index_number}（{record.title}{made}，{record.get_state_display()}）"
