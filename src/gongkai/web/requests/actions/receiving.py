"""A request comes in: from the portal, over the counter, by letter, fax or mail. Its receipt is settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction

from gongkai.statute.calendar import national
from gongkai.statute.clock import Channel as StatuteChannel
from gongkai.statute.clock import Event, EventKind, receipt
from gongkai.statute.errors import ClockError, StatuteError
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.requests.actions.entering import enter, held, moved
from gongkai.web.requests.actions.filing import file_row
from gongkai.web.requests.asked import Asked, check
from gongkai.web.requests.models import (
    Case,
    CaseEvent,
    CaseFile,
    Channel,
    FileKind,
    Requester,
)
from gongkai.web.requests.numbering import code_index, new_query_code, take_case_serial
from gongkai.web.requests.permissions import may_register, may_work
from gongkai.web.requests.sealed import Opener, fill, new_opener
from gongkai.web.requests.settled import settled
from gongkai.web.requests.stands import clock_from, reckon

STATUTE_CHANNELS = {
    Channel.WEB: StatuteChannel.ONLINE,
    Channel.EMAIL: StatuteChannel.ONLINE,
    Channel.IN_PERSON: StatuteChannel.IN_PERSON,
    Channel.SIGNED_POST: StatuteChannel.SIGNED_POST,
    Channel.ORDINARY_POST: StatuteChannel.ORDINARY_POST,
    Channel.FAX: StatuteChannel.FAX,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came with a request."""

    name: str
    content: bytes
    media_type: str
    kind: str = FileKind.REQUEST


class Acknowledged(NamedTuple):
    """What the requester is told: the case, and the code he looks it up with. The code is kept nowhere."""

    case: Case
    code: str


def submit(*, organ: Organ, asked: Asked, files: Sequence[Sent] = ()) -> Acknowledged:
    """Take a request from the portal (REG.28, REG.29). Acknowledged means stored: when this returns inside no
    other transaction, the request is in the database with its number, its key, its files and its entry.

    It is received when both sides confirm (REG.31(3)): the requester has confirmed by sending, the organ does
    by the receipt page it shows for what is complete.
    """
    today = clock.today()
    checked = check(asked, today=today)
    faults = [*checked.faults, *_file_faults(files)]
    if not organ.is_active:
        zh = "这个机关已停用，不能提交申请。请向承接其职能的机关提出。"
        faults.append(WorkError("organ_closed", zh, "This organ takes no requests any more."))
    if faults:
        raise Invalid(faults)
    return _take(
        organ,
        checked.asked,
        checked.subject,
        files,
        channel=Channel.WEB,
        arrived_on=today,
        confirmed_on=None,
        by=None,
        unit=None,
        post_number="",
    )


def register(
    *,
    by: Staff,
    organ: Organ,
    asked: Asked,
    channel: str,
    arrived_on: dt.date,
    confirmed_on: dt.date | None = None,
    files: Sequence[Sent] = (),
    unit: Unit | None = None,
    post_number: str = "",
) -> Acknowledged:
    """Write down a request that came another way (REG.28, REG.29.2, REG.31). Nothing that came is refused
    for what it lacks: that is asked for by a supplement notice. Who registers handles it where he may and
    no unit of others is named, until it is assigned otherwise."""
    require(may_register, by, organ)
    checked = check(asked, by_staff=True)
    faults = [*checked.faults, *_file_faults(files), *day_faults(channel, arrived_on, confirmed_on)]
    if unit is not None and unit.organ_id != organ.pk:
        faults.append(WorkError("unit_of_another", "请选择本机关的科室。", "Choose a unit.", field="unit"))
    if faults:
        raise Invalid(faults)
    return _take(
        organ,
        checked.asked,
        checked.subject,
        files,
        channel=channel,
        arrived_on=arrived_on,
        confirmed_on=confirmed_on,
        by=by,
        unit=unit,
        post_number=post_number.strip()[:40],
    )


@transaction.atomic
def confirm_receipt(*, by: Staff, case: Case, on: dt.date, seen: int | None = None) -> Case:
    """Both sides confirm that it was received: from here the clock runs (REG.31)."""
    case = held(case, seen)
    require(may_register, by, case)
    if case.received_on is not None:
        zh = f"收到申请之日已经确定为 {case.received_on}。"
        raise WorkError("received_already", zh, f"Received on {case.received_on}.")
    faults = day_faults(case.channel, case.arrived_on, on)
    if faults:
        raise Invalid(faults)
    before = {"stands": case.stands}
    receive(case, on, by)
    moved(case)
    event = case.events.get(kind=EventKind.RECEIVED.value, voided_at=None)
    after = {"received_on": case.received_on, "due_on": case.due_on}
    enter("receipt_confirmed", case, by=by, touched=[case, event], before=before, after=after)
    return case


@transaction.atomic
def assign(
    *, by: Staff, case: Case, unit: Unit | None, handler: Staff | None = None, seen: int | None = None
) -> Case:
    """Say which unit, and who, works on it."""
    case = held(case, seen)
    require(may_work, by, case)
    if unit is not None and (unit.organ_id != case.organ_id or not unit.is_active):
        raise WorkError("unit_of_another", "请选择本机关的科室。", "Choose a unit.", field="unit")
    if handler is not None and handler.organ_id != case.organ_id:
        raise WorkError("handler_of_another", "请选择本机关的人员。", "Choose a person.", field="handler")
    before = {"unit": case.unit_id, "handler": case.handler_id}
    case.unit, case.handler = unit, handler
    moved(case)
    after = {"unit": case.unit_id, "handler": case.handler_id}
    enter("assigned", case, by=by, touched=[case], before=before, after=after)
    return case


@transaction.atomic
def _take(
    organ: Organ,
    asked: Asked,
    subject: str,
    files: Sequence[Sent],
    *,
    channel: str,
    arrived_on: dt.date,
    confirmed_on: dt.date | None,
    by: Staff | None,
    unit: Unit | None,
    post_number: str,
) -> Acknowledged:
    code = new_query_code()
    now = clock.now()
    case = Case(
        organ=organ,
        year=clock.today().year,
        kind=asked.kind,
        requester_kind=asked.requester_kind,
        unit=unit,
        handler=by if by is not None and _handles(by, organ, unit) else None,
        channel=channel,
        submitted_at=now,
        arrived_on=arrived_on,
        taken_by=by,
        post_number=post_number,
        subject=subject,
        wanted_form=asked.wanted_form,
        reply_ways=list(asked.reply_ways),
        needs_help=asked.needs_help,
    )
    opener, key = new_opener(case)
    case.query_code = code_index(opener.key, code)
    requester, rows = _sealed(case, asked, opener), _files(case, files, opener, by)
    # The counter is locked as late as can be: everything before it happens side by side.
    case.serial = take_case_serial(organ, case.year)
    case.standing_events = []  # type: ignore[attr-defined]  # nothing has happened to it yet
    is_received = _is_received(channel, arrived_on, confirmed_on)
    if not is_received:  # the last that happens to it now: it is written once
        reckon(case)
        case.revision = 1
    case.save(force_insert=True)
    owned: list[Any] = [key, requester, *rows]
    for row in owned:
        row.case = case
        row.save(force_insert=True)
    touched = list(owned)
    if is_received:
        received = receive(case, confirmed_on, by)
        touched.append(received)
        case.standing_events = [received]  # type: ignore[attr-defined]
        moved(case)
    del case.standing_events  # type: ignore[attr-defined]  # what happens later is read
    after = {"channel": channel, "arrived_on": arrived_on, "received_on": case.received_on}
    enter("received", case, by=by, touched=[case, *touched], after=after)
    return Acknowledged(case, code)


def _handles(by: Staff, organ: Organ, unit: Unit | None) -> bool:
    """Whether who registers is one of those who may handle it: of its unit, or no unit was named."""
    if not may_work(by, organ):
        return False
    return unit is None or unit.pk in {
        one.unit_id for one in by.appointments_today() if one.organ_id == organ.pk
    }


def _sealed(case: Case, asked: Asked, opener: Opener) -> Requester:
    """The requester's row, and what was asked, sealed into the case."""
    case.words = opener.seal(case, "words", asked.words)
    case.features = opener.seal(case, "features", asked.features)
    requester = Requester(case=case, identity_kind=asked.identity_kind)
    fill(requester, opener, asked.personal())
    return requester


def _files(case: Case, files: Sequence[Sent], opener: Opener, by: Staff | None) -> list[CaseFile]:
    return [file_row(case, opener, one.name, one.content, one.media_type, one.kind, by) for one in files]


def _is_received(channel: str, arrived_on: dt.date, confirmed_on: dt.date | None) -> bool:
    return receipt(STATUTE_CHANNELS[Channel(channel)], arrived_on, confirmed_on).on is not None


def receive(case: Case, confirmed_on: dt.date | None, by: Staff | None) -> CaseEvent:
    """Write the date of receipt into a case, and its event."""
    told = receipt(STATUTE_CHANNELS[Channel(case.channel)], case.arrived_on, confirmed_on)
    if told.on is None:
        raise WorkError("not_confirmed", "请填写双方确认收到的日期。", "Give the day.", field="confirmed_on")
    case.confirmed_on, case.received_on = confirmed_on, told.on
    event: CaseEvent = CaseEvent.objects.create(
        case=case,
        kind=EventKind.RECEIVED.value,
        on=told.on,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    return event


def day_faults(channel: str, arrived_on: dt.date, confirmed_on: dt.date | None) -> list[WorkError]:
    """What is wrong with the days a request came and was confirmed on."""
    if channel not in STATUTE_CHANNELS:
        return [WorkError("channel_missing", "请选择提交渠道。", "Choose the channel.", field="channel")]
    today = clock.today()
    faults = []
    for name, label, day in (
        ("arrived_on", "到达日期", arrived_on),
        ("confirmed_on", "确认日期", confirmed_on),
    ):
        if day is not None and day > today:
            zh = f"{label} {day} 在今天（{today}）之后，请核对。"
            faults.append(WorkError(f"{name}_future", zh, f"{day} is in the future.", field=name))
    if faults:
        return faults
    try:
        told = receipt(STATUTE_CHANNELS[Channel(channel)], arrived_on, confirmed_on)
    except ClockError as wrong:
        return [WorkError(wrong.code, wrong.zh, wrong.en, field="confirmed_on")]
    try:
        # From a day before the law, or one that no calendar reaches, no period can be reckoned.
        clock_from([Event(EventKind.RECEIVED, told.on)] if told.on else [], national())
    except StatuteError as wrong:
        name = "confirmed_on" if told.on == confirmed_on else "arrived_on"
        faults.append(WorkError(wrong.code, wrong.zh, wrong.en, field=name))
    return faults


def _file_faults(files: Sequence[Sent]) -> list[WorkError]:
    most, size = int(settled()["files"]["most_files"]), int(settled()["files"]["most_bytes"])
    if len(files) > most:
        zh = f"最多可以附 {most} 个文件，现有 {len(files)} 个。"
        return [WorkError("files_too_many", zh, f"At most {most} files.", field="files")]
    too_big = [one for one in files if len(one.content) > size]
    if too_big:
        zh = f"单个文件最大 {size // 1_000_000} MB。"
        return [WorkError("file_too_big", zh, f"At most {size // 1_000_000} MB each.", field="files")]
    return []
