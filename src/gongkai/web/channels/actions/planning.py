"""From what the public may see to what must be done on each channel.

A plan compares what is shown on a channel when everything planned is done (`Release.shows`) with what should
be: called twice, or for changes that were noted twice, it adds nothing. What was planned and has not left is
overtaken, not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongkai.web.audit.actions import Change, append
from gongkai.web.channels.adapters import acts_of
from gongkai.web.channels.kinds import kind
from gongkai.web.channels.models import (
    Act,
    Channel,
    Choice,
    Position,
    Release,
    ReleaseState,
    Takes,
)
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.queries.changes import changes_after
from gongkai.web.organs.models import Staff

FOLLOWER = "channels"
_AT_ONCE = 200


def follow(limit: int = 10_000) -> int:
    """Plan for every change of the outbox not read yet; gives how many changes were read.

    Each change is a transaction of its own, and the position moves with it: killed at any moment, the next
    one goes on where this one was. Of several at once one reads, the others have nothing to do.
    """
    Position.objects.get_or_create(follower=FOLLOWER)
    done = 0
    while done < limit and (read := _some()):
        done += read
    return done


def _some() -> int:
    """A handful of changes; 0 where there are none or another one is reading."""
    here = Position.objects.filter(follower=FOLLOWER).values_list("number", flat=True).first() or 0
    changes = changes_after(here, _AT_ONCE)
    if not changes:
        return 0
    active = set(
        Channel.objects.filter(organ_id__in={one.organ_id for one in changes}).values_list(
            "organ_id", flat=True
        )
    )
    read = 0
    for change in changes:
        if change.organ_id not in active:
            # Nothing can follow from it: the position moves past it with the next one that matters.
            read += 1
            continue
        if not _step(change.number, change.record_id):
            return read
        read += 1
    _move(changes[-1].number)
    return read


@transaction.atomic
def _step(number: int, record_id: int) -> bool:
    """One change; False where another follower is at it."""
    position = Position.objects.select_for_update(skip_locked=True).filter(follower=FOLLOWER).first()
    if position is None:
        return False
    if position.number >= number:
        return True
    record = (
        Record.objects.select_for_update(of=("self",))
        .select_related("organ", "published")
        .filter(pk=record_id)
        .first()
    )
    if record is not None:
        plan(record, by=None)
    position.number = number
    position.save(update_fields=["number"])
    return True


@transaction.atomic
def _move(number: int) -> None:
    position = Position.objects.select_for_update(skip_locked=True).filter(follower=FOLLOWER).first()
    if position is not None and position.number < number:
        position.number = number
        position.save(update_fields=["number"])


def plan(record: Record, *, by: Staff | None) -> list[Release]:
    """Bring the planned acts of a record, locked by the caller, up to what it is now. Gives what changed."""
    releases: dict[int, list[Release]] = {}
    for one in Release.objects.select_for_update().filter(record=record).order_by("sequence"):
        releases.setdefault(one.channel_id, []).append(one)
    channels = Channel.objects.filter(organ=record.organ_id).filter(
        Q(is_active=True) | Q(pk__in=list(releases))
    )
    choices = dict(Choice.objects.filter(record=record).values_list("channel_id", "is_wanted"))
    changed: list[Release] = []
    for channel in channels.order_by("id"):
        changed += _plan_one(record, channel, releases.get(channel.pk, []), choices.get(channel.pk))
    if changed:
        told = [{"channel": one.channel_id, "act": one.act, "state": one.state} for one in changed]
        append(Change("channels.plan", by, record, after={"releases": told}, touched=changed))
    return changed


def _plan_one(record: Record, channel: Channel, before: list[Release], choice: bool | None) -> list[Release]:
    live = [one for one in before if one.state != ReleaseState.DROPPED]
    wanted = choice if choice is not None else rule_takes(channel, record)
    changed: list[Release] = []
    while live and live[-1].shows != _target(record, channel, live, wanted) and _has_not_left(live[-1]):
        overtaken = live.pop()
        overtaken.state, overtaken.settled_at = ReleaseState.DROPPED, clock.now()
        overtaken.note = "发出之前信息或者渠道选择有变化"
        overtaken.save()
        changed.append(overtaken)
    target = _target(record, channel, live, wanted)
    shown = live[-1].shows if live else ""
    if target != shown:
        changed.append(_planned(record, channel, live, target, len(before) + 1))
    return changed


def rule_takes(channel: Channel, record: Record) -> bool:
    """Whether a channel takes a record where nobody has said anything about that record."""
    first = record.first_published_at
    if not channel.is_active or channel.takes == Takes.BY_HAND or (first and first < channel.rule_since):
        return False
    if channel.takes == Takes.ALL:
        return True
    return record.kind in channel.kinds or record.category in channel.categories


def _target(record: Record, channel: Channel, live: Sequence[Release], wanted: bool) -> str:
    """What should be shown there: "" for nothing, else the version and whether it is repealed."""
    if record.state != State.PUBLISHED or record.published_id is None:
        return ""
    is_there = any(not _has_not_left(one) for one in live) and live[-1].act != Act.WITHDRAW
    if not (wanted and channel.is_active) and not is_there:
        return ""
    return f"{record.published_id}{':repealed' if record.validity == 'repealed' else ''}"


def _has_not_left(release: Release) -> bool:
    """Nothing of it can have been seen, and nothing lies half done on the channel."""
    if release.state == ReleaseState.DEAD:
        return True
    if release.state == ReleaseState.TASK:
        return not release.progress and not release.remote_id
    untouched = release.state == ReleaseState.WAITING and not release.lease and not release.is_lost
    return untouched and not release.progress


def _planned(record: Record, channel: Channel, live: list[Release], target: str, sequence: int) -> Release:
    act = _act(live, target)
    version_id = int(target.partition(":")[0]) if target else live[-1].version_id
    by_program = channel.is_active and kind(channel.kind).way == "sent" and act in acts_of(channel.kind)
    facts: dict[str, Any] = {"state": ReleaseState.TASK}
    if by_program:
        facts = {"state": ReleaseState.WAITING, "next_try_at": clock.now()}
    return Release.objects.create(
        record=record,
        channel=channel,
        version_id=version_id,
        sequence=sequence,
        act=act,
        shows=target,
        planned_at=clock.now(),
        **facts,
    )


def _act(live: Sequence[Release], target: str) -> Act:
    if not target:
        return Act.WITHDRAW
    if not live or live[-1].act == Act.WITHDRAW:
        return Act.PUBLISH
    version, _, mark = target.partition(":")
    shown, _, shown_mark = live[-1].shows.partition(":")
    return Act.REPEAL if version == shown and mark and not shown_mark else Act.UPDATE
