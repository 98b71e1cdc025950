"""Entering how public concern was answered (form 2014, block two). A mistake is withdrawn, not deleted."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.participation.actions.entering import enter, one_line, reason_given, tidy, too_long
from gongkai.web.participation.models import Concern, Response
from gongkai.web.participation.permissions import may_enter_response
from gongkai.web.participation.settled import find, response_channels

_EARLIEST = dt.date(2000, 1, 1)


@transaction.atomic
def enter_response(
    *,
    by: Staff,
    organ: Organ,
    channel: str,
    on: dt.date | None,
    title: str,
    topic: str = "",
    concern: Concern | None = None,
    head_took_part: bool = False,
    record: Record | None = None,
    place: str = "",
) -> Response:
    """One answer on one day, to a concern that is there, to a new one of that topic, or to none: a press
    conference or interview of its own. A topic already there by the same words is that topic."""
    made = Response(organ=organ, channel=channel, title=one_line(title), place=one_line(place))
    if on is not None:
        made.on = on
    require(may_enter_response, by, made)
    topic = one_line(topic)
    made.concern, made.record, made.head_took_part = concern, record, head_took_part
    faults = [*_lacking(made, on, topic), *_not_its_own(organ, concern, record)]
    if faults:
        raise Invalid(faults)
    touched: list[Concern | Response] = [made]
    if concern is None and topic:
        concern = Concern.objects.filter(organ=organ, topic=topic).first()
        if concern is None:
            concern = Concern(organ=organ, topic=topic, entered_by=by, entered_at=clock.now())
            concern.save()
            touched.append(concern)
    made.concern = concern
    made.entered_by, made.entered_at = by, clock.now()
    made.save()
    after = {"channel": channel, "on": on, "title": made.title, "concern": concern.pk if concern else None}
    enter("response_entered", by=by, subject=made, touched=touched, after=after)
    return made


@transaction.atomic
def withdraw_response(*, by: Staff, response: Response, reason: str) -> Response:
    """It was entered by mistake: it stays to be seen, and counts no longer."""
    response = locked(response, "organ")
    require(may_enter_response, by, response)
    if response.withdrawn_at is not None:
        raise WorkError("withdrawn_already", "这条记录已经撤销。", "It has been withdrawn already.")
    response.withdrawn_why = reason_given(tidy(reason), "撤销")
    response.withdrawn_at = clock.now()
    response.save()
    why = response.withdrawn_why
    enter("response_withdrawn", by=by, subject=response, touched=[response], why=why)
    return response


def _lacking(made: Response, on: dt.date | None, topic: str) -> list[WorkError]:
    """What is missing, too long, or not counted by the form."""
    known = find(response_channels(), made.channel)
    faults = [*too_long("title", "名称", made.title, 200), *too_long("topic", "热点或舆情", topic, 200)]
    faults += too_long("place", "地点或网址", made.place, 300)
    if on is None or not _EARLIEST <= on <= clock.today():
        zh = "请填写日期，不晚于今天。"
        faults.append(WorkError("on_impossible", zh, "Give the day, not later than today.", field="on"))
    if not made.title:
        faults.append(WorkError("title_missing", "请填写名称。", "Name it.", field="title"))
    if known is None:
        faults.append(WorkError("channel_missing", "请选择方式。", "Choose the channel.", field="channel"))
        return faults
    if known.more["counts"] == "topics" and made.concern is None and not topic:
        zh = "这一方式按事件统计，请写明回应的热点或者舆情。"
        faults.append(WorkError("topic_missing", zh, "Say which topic it answers.", field="topic"))
    if made.head_took_part and not known.more.get("head"):
        zh = "只有新闻发布会和在线访谈统计主要负责同志参加的次数。"
        faults.append(WorkError("head_not_counted", zh, "Not counted here.", field="head_took_part"))
    return faults


def _not_its_own(organ: Organ, concern: Concern | None, record: Record | None) -> list[WorkError]:
    """Nothing of another organ is tied to it, whatever a form sends."""
    faults = []
    if concern is not None and concern.organ_id != organ.pk:
        faults.append(WorkError("concern_unknown", "找不到这个热点。", "No such topic.", field="concern"))
    if record is not None and (record.organ_id != organ.pk or record.state == State.ABANDONED):
        faults.append(WorkError("record_unknown", "找不到这条信息。", "No such record.", field="record"))
    return faults
