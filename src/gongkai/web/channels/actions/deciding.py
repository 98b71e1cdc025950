"""What people do about a release: try again, give up, say that it is out, enter what they did themselves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max

from gongkai.web.audit.actions import Change, append
from gongkai.web.channels.adapters.base import web_address
from gongkai.web.channels.kinds import kind, needs_place
from gongkai.web.channels.models import FOR_A_PERSON, Act, Channel, Release, ReleaseState
from gongkai.web.channels.permissions import may_handle
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff

_RELATED = ("record__organ", "record__unit", "channel")


@transaction.atomic
def send_again(*, by: Staff, release: Release) -> Release:
    """Put what did not come out among what waits again. Of what is unsure a person has looked that it is not
    there: by pressing this he says so."""
    release = _taken(by, release)
    if release.state not in (ReleaseState.DEAD, ReleaseState.UNSURE):
        raise WorkError("not_to_be_sent", "只有未发出或不确定的才能再发。", "It need not be sent again.")
    if kind(release.channel.kind).way != "sent" or not release.channel.is_active:
        raise WorkError("channel_closed", "渠道已停用，不能再发。", "The channel is closed.")
    before = release.state
    if before == ReleaseState.UNSURE:
        # A draft that was submitted without an answer is submitted again, not made again.
        release.progress = {
            name: value for name, value in release.progress.items() if name in ("pictures", "media_id")
        }
    release.state, release.next_try_at = ReleaseState.WAITING, clock.now()
    release.tries = release.looks = 0
    release.is_lost, release.lease, release.lease_until = False, "", None
    release.save()
    # Somebody has seen to it: the channel is asked at once.
    Channel.objects.filter(pk=release.channel_id).update(rests_until=None, failures=0)
    _enter("channels.again", by, release, before)
    return release


@transaction.atomic
def give_up(*, by: Staff, release: Release, reason: str) -> Release:
    """Leave it at that: it is not to be done on this channel."""
    release = _taken(by, release)
    is_waiting = release.state == ReleaseState.WAITING and not release.lease
    if release.state not in FOR_A_PERSON and not is_waiting:
        raise WorkError("nothing_to_give_up", "这一项已经办结，或者正在发送。", "It is settled already.")
    if not reason.strip():
        raise WorkError("reason_missing", "放弃须写明理由。", "Say why.", field="reason")
    before = release.state
    release.state, release.settled_at, release.by = ReleaseState.DROPPED, clock.now(), by
    release.note = reason.strip()[:300]
    release.save()
    _enter("channels.give_up", by, release, before, why=release.note)
    return release


@transaction.atomic
def record_done(
    *, by: Staff, release: Release, on: dt.date | None, place: str = "", address: str = "", note: str = ""
) -> Release:
    """Enter that it was done there: what a person did, or what is there although no answer came."""
    release = _taken(by, release)
    if release.state not in FOR_A_PERSON:
        raise WorkError("settled_already", "这一项已经办结，或者正在发送。", "It is settled already.")
    before = release.state
    _fill(release, on, place, address, note)
    release.state, release.by, release.settled_at = ReleaseState.RECORDED, by, clock.now()
    release.save()
    _enter("channels.record", by, release, before)
    return release


@transaction.atomic
def record_elsewhere(
    *,
    by: Staff,
    record: Record,
    channel: Channel,
    on: dt.date | None,
    place: str = "",
    address: str = "",
    note: str = "",
) -> Release:
    """Enter that a record was made public on a channel of which nothing was planned: a further place, a
    further issue."""
    record = locked(record, "organ", "unit", "published")
    require(may_handle, by, record)
    if record.state != State.PUBLISHED or record.published_id is None:
        raise WorkError("not_published", "只有已公开的信息才能登记。", "Only what is public.")
    if channel.organ_id != record.organ_id or not channel.is_active:
        zh = "所选渠道不存在或者已停用。"
        raise WorkError("channel_unknown", zh, "No such channel.", field="channel")
    there = Release.objects.filter(record=record, channel=channel)
    last = int(there.aggregate(last=Max("sequence"))["last"] or 0)
    shows = there.exclude(state=ReleaseState.DROPPED).order_by("-sequence").values_list("shows", flat=True)
    release = Release(
        record=record,
        channel=channel,
        version_id=record.published_id,
        sequence=last + 1,
        act=Act.PUBLISH,
        shows=shows.first() or str(record.published_id),
        state=ReleaseState.RECORDED,
        planned_at=clock.now(),
        settled_at=clock.now(),
        by=by,
    )
    _fill(release, on, place, address, note)
    release.save()
    _enter("channels.record", by, release, "")
    return release


def _taken(by: Staff, release: Release) -> Release:
    release = locked(release, *_RELATED)
    require(may_handle, by, release.record)
    return release


def _fill(release: Release, on: dt.date | None, place: str, address: str, note: str) -> None:
    if on is None:
        raise WorkError("day_missing", "请填写日期。", "Give the day.", field="on")
    if on > clock.today():
        raise WorkError("day_to_come", "日期不能晚于今天。", "The day is still to come.", field="on")
    made = release.version.made_on
    if made and on < made:
        zh = f"日期早于成文日期（{made}），请核对。"
        raise WorkError("day_too_early", zh, "Before the document was made.", field="on")
    if address.strip() and not web_address(address):
        zh = "网址须以 http:// 或 https:// 开头，最多 500 个字符。"
        raise WorkError("address_wrong", zh, "Not a web address.", field="address")
    if release.act == Act.PUBLISH and needs_place(release.channel.kind) and not place.strip():
        zh = "请填写张贴地点、公报期号或媒体名称。"
        raise WorkError("place_missing", zh, "Say where.", field="place")
    release.published_on, release.place = on, place.strip()[:200]
    release.address, release.note = web_address(address) or release.address, note.strip()[:300]


def _enter(action: str, by: Staff, release: Release, before: str, why: str = "") -> None:
    after = {
        "release": release.pk,
        "channel": release.channel_id,
        "act": release.act,
        "state": release.state,
        "on": release.published_on,
        "place": release.place,
        "address": release.address,
    }
    told = {"state": before} if before else {}
    append(Change(action, by, release.record, before=told, after=after, why=why, touched=[release]))
