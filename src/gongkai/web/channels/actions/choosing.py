"""Where a record goes besides the portal, said for this record: before it is public, or afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.web.audit.actions import Change, append
from gongkai.web.channels.actions.planning import plan, rule_takes
from gongkai.web.channels.models import Channel, Choice
from gongkai.web.channels.permissions import may_choose
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff


@transaction.atomic
def choose_channels(*, by: Staff, record: Record, wanted: Iterable[int]) -> list[Choice]:
    """The channels (ids) wanted for a record, of those that are open; gives the choices that changed.

    What the rule says already is no choice: a rule that changes later holds for this record too. A
    record that is public goes to a channel newly wanted at once; what is out on one no longer wanted stays.
    """
    record = locked(record, "organ", "unit", "published")
    require(may_choose, by, record)
    if record.state == State.ABANDONED:
        raise WorkError("abandoned", "这条信息已作废。", "It was given up.")
    chosen = set(wanted)
    channels = {one.pk: one for one in Channel.objects.filter(organ=record.organ_id, is_active=True)}
    if chosen - set(channels):
        zh = "所选渠道不存在或者已停用，请刷新页面后重新选择。"
        raise WorkError("channel_unknown", zh, "No such channel.", field="wanted")
    known = {one.channel_id: one for one in Choice.objects.filter(record=record)}
    changed: list[Choice] = []
    for pk, channel in channels.items():
        choice = known.get(pk)
        is_wanted = pk in chosen
        if (choice.is_wanted if choice else rule_takes(channel, record)) == is_wanted:
            continue
        choice = choice or Choice(record=record, channel=channel)
        choice.is_wanted = is_wanted
        choice.save()
        changed.append(choice)
    if changed:
        told = {one.channel.name: one.is_wanted for one in changed}
        append(Change("channels.choose", by, record, after={"channels": told}, touched=changed))
        if record.first_published_at is not None:
            plan(record, by=by)
    return changed
