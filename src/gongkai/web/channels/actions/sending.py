"""An attempt: taken by one worker at a time, made without a lock or a transaction, and then written down.

What an attempt was about to do is in the row before it does it (`lease`, `progress`). A worker that is killed
leaves a lease that ends: the next one asks the channel what came of it before it sends anything.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from gongkai.web.audit.actions import Change, append
from gongkai.web.channels.adapters import adapter_of
from gongkai.web.channels.adapters.base import (
    Account,
    Course,
    LeftToPerson,
    Outcome,
    Refused,
    Sent,
    Trouble,
    Unavailable,
    UnderWay,
    Unsure,
)
from gongkai.web.channels.items import item_of, out_before
from gongkai.web.channels.kinds import patience
from gongkai.web.channels.models import Act, Channel, Release, ReleaseState
from gongkai.web.config import clock
from gongkai.web.config.sealing import unseal
from gongkai.web.disclosure.models import State
from gongkai.web.organs.errors import WorkError

logger = logging.getLogger(__name__)
_RELATED = ("record__organ", "version", "channel__organ")


def claim() -> Release | None:
    """The next release that is due, leased to the caller; None where nothing is.

    Acts of a record on a channel follow one another; a channel that rests is left alone.
    """
    while True:
        found = _claim()
        if found is None or found.lease:
            return found


@transaction.atomic
def _claim() -> Release | None:
    """The next one; without a lease where it turned out to need nothing."""
    now = clock.now()
    earlier = Release.objects.filter(
        record=OuterRef("record"), channel=OuterRef("channel"), sequence__lt=OuterRef("sequence")
    )
    held = Exists(earlier.filter(state=ReleaseState.WAITING)) | (
        Exists(earlier.filter(state=ReleaseState.UNSURE)) & ~Q(act=Act.WITHDRAW)
    )
    due = Release.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        Q(lease_until=None) | Q(lease_until__lt=now),
        Q(channel__rests_until=None) | Q(channel__rests_until__lte=now),
        ~held,
        state=ReleaseState.WAITING,
        next_try_at__lte=now,
    )
    release = (
        due.select_related(*_RELATED).defer("record__organ__emblem").order_by("next_try_at", "id").first()
    )
    if release is None:
        return None
    if _needs_nothing(release):
        return release
    # A lease that nobody has given back: what came of that attempt is not known.
    release.is_lost = release.is_lost or bool(release.lease)
    release.lease = uuid.uuid4().hex
    release.lease_until = now + dt.timedelta(seconds=patience().lease_seconds)
    release.save(update_fields=["is_lost", "lease", "lease_until"])
    return release


def _needs_nothing(release: Release) -> bool:
    """Settles what the record, or an earlier act, has made needless since it was planned."""
    record = release.record
    touched = bool(release.lease or release.is_lost or release.progress)
    if not release.channel.is_active:
        _close(release, ReleaseState.TASK, zh="渠道已停用，请人工核对、办理。", en="The channel is closed.")
        return True
    if release.act == Act.WITHDRAW:
        earlier = Release.objects.filter(
            record=record, channel=release.channel_id, sequence__lt=release.sequence
        )
        if earlier.filter(state=ReleaseState.UNSURE).exists():
            zh = "不能确定之前是否已经发出。请到该渠道核对，已发出的请删除。"
            _close(release, ReleaseState.TASK, zh=zh, en="Look on the channel, and delete what is there.")
            return True
        if out_before(release) is None and not touched:
            _close(release, ReleaseState.DROPPED, zh="之前没有发出，不需要撤回。", en="Nothing was out.")
            return True
        return False
    is_now = record.state == State.PUBLISHED and record.published_id == release.version_id
    if is_now:
        return False
    if touched:
        # Begun, and no longer what may be public: nothing more is sent, a person clears up.
        zh = "发送过程中信息已撤回或更新。请到该渠道核对，草稿和已发出的内容请删除。"
        _close(release, ReleaseState.UNSURE, zh=zh, en="Withdrawn or changed meanwhile: look on the channel.")
    else:
        _close(release, ReleaseState.DROPPED, zh="发出之前信息有变化。", en="The record has changed.")
    return True


def attempt(release: Release) -> str:
    """Make the attempt whose lease the caller has; gives the state it led to. No transaction is open."""
    course = Course(dict(release.progress), lambda facts: _keep(release, facts))
    try:
        outcome = _tried(release, course)
    except Trouble as trouble:
        return _troubled(release, trouble)
    except WorkError as refused:  # its secret, or a picture, cannot be read
        return _troubled(release, Refused(refused.code, refused.zh, refused.en))
    except Exception:
        # A mistake of ours must not send anything twice: asked about first, then shown to a person.
        logger.exception("release %s: the attempt has failed", release.pk)
        zh = "发送时程序出错，不能确定是否发出。请联系系统管理员查看运行日志。"
        return _troubled(release, Unsure("internal", zh, "An internal error; see the log."))
    if isinstance(outcome, UnderWay):
        return _look_again(release)
    return _done(release, outcome)


def _tried(release: Release, course: Course) -> Outcome:
    channel = release.channel
    account = Account(channel.settings, unseal(channel.secret, belonging(channel)))
    adapter = adapter_of(channel.kind, account)
    item = item_of(release)
    if release.is_lost:
        found = adapter.find(item, course)
        if found is not None:
            return found
        # It certainly came to nothing: what happens from here on is a new attempt.
        release.is_lost = False
        Release.objects.filter(pk=release.pk, lease=release.lease).update(is_lost=False)
    return adapter.send(item, course)


def belonging(channel: Channel) -> str:
    """What a channel's secret is sealed for: nobody can carry it over to another organ's channel."""
    return f"channel:{channel.organ_id}:{channel.kind}"


def _keep(release: Release, facts: dict[str, Any]) -> None:
    """Between two questions: how far it has come, and that somebody is still at it."""
    until = clock.now() + dt.timedelta(seconds=patience().lease_seconds)
    Release.objects.filter(pk=release.pk, lease=release.lease).update(progress=facts, lease_until=until)
    release.progress = facts


@transaction.atomic
def _done(release: Release, outcome: Sent | LeftToPerson) -> str:
    row = _ours(release)
    if row is None:
        return ""
    row.remote_id = outcome.remote_id or row.remote_id
    row.by, row.lease, row.lease_until, row.is_lost = None, "", None, False
    row.trouble_code = row.trouble_zh = row.trouble_en = ""
    if isinstance(outcome, LeftToPerson):
        row.trouble_zh, row.trouble_en = outcome.zh, outcome.en
        row.state = ReleaseState.TASK
    else:
        row.state, row.address = ReleaseState.SENT, outcome.address
        row.settled_at, row.published_on = clock.now(), clock.today()
    row.save()
    # The log's lock comes last, here as everywhere: whoever has it waits for nobody.
    Channel.objects.filter(pk=row.channel_id).update(
        rests_until=None, failures=0, trouble_zh="", trouble_en=""
    )
    _enter(row, "done")
    return str(row.state)


@transaction.atomic
def _troubled(release: Release, trouble: Trouble) -> str:
    row = _ours(release)
    if row is None:
        return ""
    row.lease, row.lease_until = "", None
    row.trouble_code, row.trouble_zh, row.trouble_en = trouble.code[:60], trouble.zh[:300], trouble.en[:300]
    if isinstance(trouble, Refused):
        # Refused it is also after an answer that was lost: what came of that nobody has said.
        state = ReleaseState.UNSURE if row.is_lost else ReleaseState.DEAD
        return _give_to_person(row, state)
    if isinstance(trouble, Unsure):
        row.is_lost, row.looks = True, row.looks + 1
        if not trouble.can_be_asked or row.looks > patience().looks:
            return _give_to_person(row, ReleaseState.UNSURE)
        wait = patience().wait(row.looks) or patience().waits[-1]
    else:
        row.tries += 1
        after = trouble.after if isinstance(trouble, Unavailable) else 0.0
        later = patience().wait(row.tries)
        if later is None:
            return _give_to_person(row, ReleaseState.UNSURE if row.is_lost else ReleaseState.DEAD)
        wait = max(later, int(after))
    row.next_try_at = clock.now() + dt.timedelta(seconds=wait)
    row.save()
    _rest(row.channel_id, trouble)
    return str(row.state)


@transaction.atomic
def _look_again(release: Release) -> str:
    """The channel has it and is at it: looked at again soon, not for ever."""
    row = _ours(release)
    if row is None:
        return ""
    row.lease, row.lease_until, row.is_lost, row.looks = "", None, False, row.looks + 1
    row.trouble_code, row.trouble_zh, row.trouble_en = "under_way", "渠道正在处理。", "The channel is at it."
    if row.looks > patience().most_looks:
        row.trouble_zh = "渠道一直没有处理完。请到该渠道核对。"
        return _give_to_person(row, ReleaseState.UNSURE)
    row.next_try_at = clock.now() + dt.timedelta(seconds=patience().look_every)
    row.save()
    return str(row.state)


def _ours(release: Release) -> Release | None:
    """The row, locked, if it is still the caller's; None where somebody has taken it over or decided."""
    row = Release.objects.select_for_update(of=("self",)).select_related(*_RELATED).get(pk=release.pk)
    return row if row.state == ReleaseState.WAITING and row.lease == release.lease else None


def _give_to_person(row: Release, state: ReleaseState) -> str:
    row.state = state
    row.save()
    _enter(row, "held")
    return str(state)


def _close(row: Release, state: ReleaseState, *, zh: str, en: str) -> None:
    row.state, row.lease, row.lease_until = state, "", None
    row.trouble_zh, row.trouble_en = zh, en
    if state == ReleaseState.DROPPED:
        row.settled_at, row.note = clock.now(), zh
    row.save()
    _enter(row, "held" if state != ReleaseState.DROPPED else "dropped")


def _rest(channel_id: int, trouble: Trouble) -> None:
    """A server that is down is not asked for every record in turn."""
    channel = Channel.objects.select_for_update(of=("self",)).get(pk=channel_id)
    failures = min(channel.failures + 1, len(patience().waits))
    wait = patience().waits[0] * failures
    Channel.objects.filter(pk=channel_id).update(
        failures=F("failures") + 1 if channel.failures < 1000 else 1000,
        rests_until=clock.now() + dt.timedelta(seconds=wait),
        trouble_zh=trouble.zh[:300],
        trouble_en=trouble.en[:300],
    )


def _enter(row: Release, what: str) -> None:
    after = {"release": row.pk, "act": row.act, "state": row.state, "address": row.address}
    append(Change(f"channels.{what}", None, row.record, after=after, why=row.trouble_zh, touched=[row]))
