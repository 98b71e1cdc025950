"""Opening a channel, changing and closing it. A secret is written, never read back to a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.statute.catalogue import categories, record_kinds
from gongkai.web.audit.actions import Change, append
from gongkai.web.channels.accounts import checked_secret, checked_settings
from gongkai.web.channels.actions.sending import belonging
from gongkai.web.channels.kinds import opened_kinds
from gongkai.web.channels.models import Channel, Takes
from gongkai.web.channels.permissions import may_keep_channels
from gongkai.web.config import clock
from gongkai.web.config.sealing import seal
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff

MOST_CHANNELS = 40


@transaction.atomic
def open_channel(
    *,
    by: Staff,
    organ: Organ,
    kind: str,
    name: str,
    settings: Mapping[str, Any] | None = None,
    secret: str = "",
    takes: str = Takes.BY_HAND,
    kinds: Iterable[str] = (),
    categories: Iterable[str] = (),
) -> Channel:
    """A further channel of the organ. What it takes is what is first published from now on."""
    organ = locked(organ)
    require(may_keep_channels, by, organ)
    if kind not in {one.code for one in opened_kinds()}:
        raise WorkError("kind_unknown", "请选择渠道类别。", "No such kind of channel.", field="kind")
    if Channel.objects.filter(organ=organ, is_active=True).count() >= MOST_CHANNELS:
        raise WorkError("too_many_channels", f"渠道最多 {MOST_CHANNELS} 个。", "Too many channels.")
    checked_secret(kind, secret, has_one=False)
    now = clock.now()
    channel = Channel(organ=organ, kind=kind, opened_at=now, rule_since=now)
    _fill(channel, name, settings or {}, takes, kinds, categories)
    channel.secret = seal(secret, belonging(channel))
    _saved(channel)
    append(Change("channels.open", by, channel, after=_told(channel), touched=[channel]))
    return channel


@transaction.atomic
def change_channel(
    *,
    by: Staff,
    channel: Channel,
    name: str,
    settings: Mapping[str, Any],
    secret: str = "",
    takes: str,
    kinds: Iterable[str] = (),
    categories: Iterable[str] = (),
    seen: int | None = None,
) -> Channel:
    """Change a channel; without a secret the one there is stays. A wider rule holds from now on."""
    channel = locked(channel, "organ")
    require(may_keep_channels, by, channel)
    unchanged(seen, channel.revision, "这个渠道")
    checked_secret(channel.kind, secret, has_one=bool(channel.secret))
    before, rule = _told(channel), (channel.takes, channel.kinds, channel.categories)
    _fill(channel, name, settings, takes, kinds, categories)
    if rule != (channel.takes, channel.kinds, channel.categories):
        channel.rule_since = clock.now()
    if secret:
        channel.secret = seal(secret, belonging(channel))
    # Somebody has looked after it: it is tried at once.
    channel.rests_until, channel.failures, channel.trouble_zh, channel.trouble_en = None, 0, "", ""
    channel.revision += 1
    _saved(channel)
    after = {**_told(channel), "secret_changed": bool(secret)}
    append(Change("channels.change", by, channel, before=before, after=after, touched=[channel]))
    return channel


@transaction.atomic
def close_channel(*, by: Staff, channel: Channel, reason: str) -> Channel:
    """Close a channel. What is out there stays out; what still waits is handed to a person."""
    return _switch(by, channel, is_active=False, reason=reason)


@transaction.atomic
def reopen_channel(*, by: Staff, channel: Channel, reason: str = "") -> Channel:
    """Open it again, for what is published from now on."""
    return _switch(by, channel, is_active=True, reason=reason)


def _switch(by: Staff, channel: Channel, *, is_active: bool, reason: str) -> Channel:
    channel = locked(channel, "organ")
    require(may_keep_channels, by, channel)
    if channel.is_active == is_active:
        raise WorkError("nothing_to_do", "渠道已经是这个状态。", "It is so already.")
    if not is_active and not reason.strip():
        raise WorkError("reason_missing", "停用渠道须写明理由。", "Say why.", field="reason")
    channel.is_active = is_active
    if is_active:
        channel.rule_since = clock.now()
    channel.revision += 1
    _saved(channel)
    action = "channels.reopen" if is_active else "channels.close"
    append(Change(action, by, channel, after=_told(channel), why=reason.strip()[:300], touched=[channel]))
    return channel


def _fill(
    channel: Channel,
    name: str,
    settings: Mapping[str, Any],
    takes: str,
    kinds: Iterable[str],
    chosen: Iterable[str],
) -> None:
    channel.name = name.strip()[:80]
    if not channel.name:
        raise WorkError("name_missing", "请填写渠道名称。", "Give it a name.", field="name")
    channel.settings = checked_settings(channel.kind, settings)
    if takes not in Takes.values:
        raise WorkError("takes_unknown", "请选择发布范围。", "Choose what it takes.", field="takes")
    channel.takes = takes
    of_kinds, of_categories = {one.code for one in record_kinds()}, {one.code for one in categories()}
    channel.kinds = sorted(of_kinds & set(kinds)) if takes == Takes.CHOSEN else []
    channel.categories = sorted(of_categories & set(chosen)) if takes == Takes.CHOSEN else []
    if takes == Takes.CHOSEN and not channel.kinds and not channel.categories:
        zh = "请至少选择一个信息种类或公开类别。"
        raise WorkError("nothing_chosen", zh, "Choose a kind or a category.", field="kinds")


def _saved(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as clash:
        zh = f"已有名为“{channel.name}”的渠道，请换一个名称。"
        raise WorkError("name_taken", zh, "That name is taken.", field="name") from clash


def _told(channel: Channel) -> dict[str, Any]:
    """What the log says of a channel: not its secret."""
    names = ("kind", "name", "settings", "takes", "kinds", "categories", "is_active")
    return {name: getattr(channel, name) for name in names}
