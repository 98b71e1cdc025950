"""Opening a channel, changing and closing it. A secret is written, never read back to a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff

MOST_CHANNELS = 40


@dataclass(slots=True)
class _Asked:
    """What a channel is to be, with every fault found in it. Read before anything is locked: to look up the
    name of another server takes a while."""

    kind: str
    name: str
    takes: str
    settings: dict[str, Any] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    faults: list[WorkError] = field(default_factory=list)

    @classmethod
    def read(
        cls,
        kind: str,
        name: str,
        settings: Mapping[str, Any],
        takes: str,
        kinds: Iterable[str],
        chosen: Iterable[str],
    ) -> _Asked:
        asked = cls(kind, name.strip()[:80], takes)
        if not asked.name:
            zh = "请填写渠道名称。"
            asked.faults.append(WorkError("name_missing", zh, "Give it a name.", field="name"))
        try:
            asked.settings = checked_settings(kind, settings)
        except Invalid as wrong:
            asked.faults += wrong.faults
        if takes not in Takes.values:
            zh = "请选择发布范围。"
            asked.faults.append(WorkError("takes_unknown", zh, "Choose what it takes.", field="takes"))
        if takes == Takes.CHOSEN:
            asked.kinds = sorted({one.code for one in record_kinds()} & set(kinds))
            asked.categories = sorted({one.code for one in categories()} & set(chosen))
            if not asked.kinds and not asked.categories:
                zh = "请至少选择一个信息种类或公开类别。"
                asked.faults.append(
                    WorkError("nothing_chosen", zh, "Choose a kind or a category.", field="kinds")
                )
        return asked

    def check_secret(self, secret: str, *, has_one: bool) -> None:
        try:
            checked_secret(self.kind, secret, has_one=has_one)
        except WorkError as wrong:
            self.faults.append(wrong)

    def fill(self, channel: Channel) -> None:
        """Invalid where there is any fault."""
        if self.faults:
            raise Invalid(self.faults)
        channel.name, channel.takes, channel.settings = self.name, self.takes, self.settings
        channel.kinds, channel.categories = self.kinds, self.categories


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
    """A further channel of the organ. What it takes is what is first published from now on.

    Invalid with every fault at once.
    """
    require(may_keep_channels, by, organ)
    asked = _Asked.read(kind, name, settings or {}, takes, kinds, categories)
    asked.check_secret(secret, has_one=False)
    return _opened(by, organ, asked, secret)


@transaction.atomic
def _opened(by: Staff, organ: Organ, asked: _Asked, secret: str) -> Channel:
    organ = locked(organ)
    require(may_keep_channels, by, organ)
    if asked.kind not in {one.code for one in opened_kinds()}:
        raise WorkError("kind_unknown", "请选择渠道类别。", "No such kind of channel.", field="kind")
    if Channel.objects.filter(organ=organ, is_active=True).count() >= MOST_CHANNELS:
        raise WorkError("too_many_channels", f"渠道最多 {MOST_CHANNELS} 个。", "Too many channels.")
    now = clock.now()
    channel = Channel(organ=organ, kind=asked.kind, opened_at=now, rule_since=now)
    asked.fill(channel)
    channel.secret = seal(secret, belonging(channel))
    _saved(channel)
    append(Change("channels.open", by, channel, after=_told(channel), touched=[channel]))
    return channel


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
    require(may_keep_channels, by, channel)
    asked = _Asked.read(channel.kind, name, settings, takes, kinds, categories)
    return _changed(by, channel, asked, secret, seen)


@transaction.atomic
def _changed(by: Staff, channel: Channel, asked: _Asked, secret: str, seen: int | None) -> Channel:
    channel = locked(channel, "organ")
    require(may_keep_channels, by, channel)
    unchanged(seen, channel.revision, "这个渠道")
    asked.check_secret(secret, has_one=bool(channel.secret))
    before, rule = _told(channel), (channel.takes, channel.kinds, channel.categories)
    asked.fill(channel)
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
