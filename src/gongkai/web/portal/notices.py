"""The band across a record's head: that it no longer holds, or not as it stands, since when and by what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongkai.web.disclosure.models import LinkKind, Record, State
from gongkai.web.portal.addresses import record_address
from gongkai.web.portal.cursors import Row


class Notice(NamedTuple):
    """`state`: a code of states.py; `words`: a sentence; `address`: the record that did it, if public."""

    state: str
    words: str
    address: str = ""


def notice(record: Record, state: str, links: Sequence[Row]) -> Notice | None:
    """What a reader must know before reading; None where the document simply holds."""
    today = timezone.localdate()
    if record.repealed_on is not None and (state == "repealed" or record.repealed_on > today):
        return _repealed(record, record.repealed_on, state, today)
    if state == "expired" and record.expires_on:
        return Notice(state, _("本文件有效期至%(day)s，已经失效。") % {"day": _day(record.expires_on)})
    if state == "amended" and record.amended_on:
        return _amended(record, links)
    if state == "not_yet" and record.effective_on:
        return Notice(state, _("本文件自%(day)s起施行，现在尚未生效。") % {"day": _day(record.effective_on)})
    return None


def _repealed(record: Record, on: dt.date, state: str, today: dt.date) -> Notice:
    by, address = record.repealed_by, ""
    if by is not None and by.state == State.PUBLISHED and by.organ_id == record.organ_id:
        address = record_address(record.organ.code, by.pk)
    facts = {"basis": record.repeal_basis, "day": _day(on)}
    if on > today:
        words = _("本文件将被%(basis)s废止，自%(day)s起不再施行。") % facts
    else:
        words = _("本文件已被%(basis)s废止，自%(day)s起不再施行。") % facts
    return Notice(state, words, address)


def _amended(record: Record, links: Sequence[Row]) -> Notice:
    by = next((one for one in links if one["kind"] == LinkKind.AMENDS and not one["is_source"]), None)
    day = _day(record.amended_on)
    if by is None:
        return Notice("amended", _("本文件自%(day)s起已有修改。") % {"day": day})
    facts = {"day": day, "basis": by["document_number"] or by["title"]}
    words = _("本文件自%(day)s起已被%(basis)s修改。") % facts
    return Notice("amended", words, record_address(record.organ.code, by["id"]))


def _day(value: dt.date | None) -> str:
    return "" if value is None else str(date_format(value, _("Y年n月j日")))
