"""From what becomes public to who has asked to be told: noted once a version, sent at once or once a day."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gongkai.web.channels.actions.subscribing import CONFIRM_SECONDS, end_unreachable
from gongkai.web.channels.models import Frequency, Notice, Position, Standing, Subscription
from gongkai.web.channels.subscribing.filters import fits, policies_of, wish_of
from gongkai.web.channels.subscribing.messages import message_of
from gongkai.web.channels.subscribing.messengers import Undelivered, messenger
from gongkai.web.channels.subscribing.words import held_by, indexed_up_to
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.queries.changes import Change, changes_after
from gongkai.web.organs.errors import WorkError

logger = logging.getLogger(__name__)
FOLLOWER = "subscriptions"
DIGEST_HOUR = 8  # of the day here
MOST_IN_A_MESSAGE = 30
MOST_TRIES = 5
MOST_WAIT = 600  # seconds that a change waits for the search index
_AT_ONCE = 200


def follow() -> int:
    """Note whom each change concerns; gives how many changes were read. Killed at any moment nothing is noted
    twice: a version is told once, and the position moves with the notes."""
    Position.objects.get_or_create(follower=FOLLOWER)
    done = 0
    while read := _some():
        done += read
    return done


def _some() -> int:
    begun = Position.objects.filter(follower=FOLLOWER).values_list("number", flat=True).first()
    changes = _searchable(changes_after(begun or 0, _AT_ONCE))
    if not changes:
        return 0
    ids = {one.record_id for one in changes}
    records = Record.objects.filter(pk__in=ids, state=State.PUBLISHED).select_related("organ", "published")
    found = list(records.defer("organ__emblem", "published__body").order_by("pk"))
    # Thousands of saved words take a while, during which nobody waits for the database.
    notes = _notes([one for one in found if one.published_id is not None])
    with transaction.atomic():
        position = Position.objects.select_for_update(skip_locked=True).filter(follower=FOLLOWER).first()
        if position is None or position.number != begun:
            return 0  # another worker has done it
        Notice.objects.bulk_create(notes, ignore_conflicts=True, batch_size=500)
        position.number = changes[-1].number
        position.save(update_fields=["number"])
    return len(changes)


def _searchable(changes: list[Change]) -> list[Change]:
    """Those that the index has read already: saved words are asked of it. One that stands still for long is
    not waited for, and without an index nobody waits."""
    reached = indexed_up_to() if changes else None
    if reached is None or changes[-1].number <= reached or not _saved_words():
        return changes
    late = clock.now() - dt.timedelta(seconds=MOST_WAIT)
    ready = [one for one in changes if one.number <= reached or one.at < late]
    return changes[: len(ready)]


def _saved_words() -> list[str]:
    """The words of those who are told, each once. 1 query."""
    rows = Subscription.objects.filter(standing=Standing.ACTIVE).exclude(words="").order_by()
    return list(rows.values_list("words", flat=True).distinct())


def _notes(records: list[Record]) -> list[Notice]:
    """Whom each record concerns. 2 queries, and 1 a record."""
    if not records:
        return []
    concerned = {one.pk: [one, *policies_of(one)] for one in records}
    every = {each.pk for some in concerned.values() for each in some}
    held = held_by(_saved_words(), every)
    notes: list[Notice] = []
    for subscription in _perhaps([each for some in concerned.values() for each in some]):
        wish = wish_of(subscription)
        confirmed = subscription.confirmed_at
        notes += [
            Notice(subscription=subscription, record=one, version_id=one.published_id, made_at=clock.now())
            for one in records
            if one.published_id is not None
            and confirmed is not None
            and one.published_at is not None
            and confirmed <= one.published_at
            and any(fits(wish, each, held) for each in concerned[one.pk])
        ]
    return notes


def _perhaps(records: list[Record]) -> Iterator[Subscription]:
    """Those who wish for something of these organs and categories. 1 query."""
    organs = {one.organ_id for one in records}
    above = {int(pk) for one in records for pk in str(one.organ.path).strip("/").split("/") if pk}
    area = Q(organ=None) | Q(organ__in=organs) | Q(organ__in=above, with_below=True)
    kinds = Q(category="") | Q(category__in={one.category for one in records})
    found = Subscription.objects.filter(area, kinds, standing=Standing.ACTIVE)
    yield from found.select_related("organ").defer("organ__emblem").iterator(chunk_size=500)


def tell(most: int = 200) -> int:
    """Send what is due; gives how many messages went out."""
    now = clock.now()
    sent = 0
    local = timezone.localtime(now)
    begin = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    due = Q(frequency=Frequency.AT_ONCE)
    if local >= begin:
        due |= Q(frequency=Frequency.DAILY) & (Q(told_at=None) | Q(told_at__lt=begin))
    waiting = Subscription.objects.filter(
        due,
        Q(rests_until=None) | Q(rests_until__lte=now),
        standing=Standing.ACTIVE,
        notices__sent_at=None,
        notices__is_given_up=False,
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True).distinct()[:most])
    for pk in ids:
        told = _told(pk)
        if told is None:
            break  # the server is down: the others wait, instead of each being tried in turn
        sent += told
    _forget_the_unconfirmed(now)
    return sent


def _forget_the_unconfirmed(now: dt.datetime) -> None:
    """Who has not answered the question is no subscriber: nothing of theirs is kept."""
    late = now - dt.timedelta(seconds=CONFIRM_SECONDS)
    Subscription.objects.filter(standing=Standing.PENDING, asked_at__lt=late).delete()


def _told(pk: int) -> bool | None:
    """One message to one subscriber: whether one went out; None where the server is down."""
    taken = _taken(pk)
    if taken is None:
        return False
    subscription, notices = taken
    ids = [one.pk for one in notices]
    records = [one.record for one in notices if _is_still_public(one)]
    if not records:
        Notice.objects.filter(pk__in=ids).update(is_given_up=True)
        return False
    try:
        message = message_of(subscription, records)
    except WorkError as damaged:  # the address cannot be opened: nobody else waits for that
        logger.error("subscription %s: not delivered (%s)", pk, damaged.code)
        Notice.objects.filter(pk__in=ids).update(is_given_up=True)
        return False
    try:
        messenger(subscription.way).send(message)
    except Undelivered as trouble:
        # The type alone: what a mail server says often holds the address.
        logger.warning("subscription %s: not delivered (%s)", pk, trouble.code)
        again = {"sent_at": None} if trouble.may_be_tried else {"is_given_up": True}
        Notice.objects.filter(pk__in=ids).update(tries=F("tries") + 1, **again)
        if trouble.is_gone:
            end_unreachable(subscription=subscription)
            return False
        Notice.objects.filter(pk__in=ids, tries__gte=MOST_TRIES).update(is_given_up=True)
        rest = clock.now() + dt.timedelta(minutes=15)
        Subscription.objects.filter(pk=pk).update(rests_until=rest)
        return None if trouble.may_be_tried else False
    return True


@transaction.atomic
def _taken(pk: int) -> tuple[Subscription, list[Notice]] | None:
    """The subscriber and what to tell, marked as sent: whoever comes next finds nothing to send."""
    found = Subscription.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    subscription = found.select_related("organ").defer("organ__emblem").first()
    if subscription is None or subscription.standing != Standing.ACTIVE:
        return None
    related = ("record__organ", "record__published")
    waiting = subscription.notices.filter(sent_at=None, is_given_up=False).select_related(*related)
    rows = list(waiting.defer("record__organ__emblem", "record__published__body").order_by("pk"))[
        :MOST_IN_A_MESSAGE
    ]
    if not rows:
        return None
    now = clock.now()
    Notice.objects.filter(pk__in=[one.pk for one in rows]).update(sent_at=now)
    subscription.told_at = now
    subscription.save(update_fields=["told_at"])
    return subscription, rows


def _is_still_public(notice: Notice) -> bool:
    record = notice.record
    return bool(record.state == State.PUBLISHED and record.published_id == notice.version_id)
