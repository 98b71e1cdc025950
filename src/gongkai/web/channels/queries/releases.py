"""Reading channels and what went out on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongkai.web.channels.actions.planning import rule_takes
from gongkai.web.channels.models import FOR_A_PERSON, Channel, Choice, Release, ReleaseState
from gongkai.web.channels.permissions import may_handle
from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.organs.models import Organ, Staff

PAGE = 50
TO_DO, WAITING, ALL = "to_do", "waiting", "all"


def channels_of(organ: Organ, *, closed: bool = False) -> list[Channel]:
    """The organ's channels. 1 query."""
    found = Channel.objects.filter(organ=organ)
    return list(found.order_by("-is_active", "id") if closed else found.filter(is_active=True).order_by("id"))


def channel_of(organ: Organ, pk: int) -> Channel | None:
    """A channel of that organ; one of another is not there. 1 query."""
    return Channel.objects.select_related("organ").defer("organ__emblem").filter(organ=organ, pk=pk).first()


def releases_page(organ: Organ, which: str, before: int | None) -> tuple[list[Release], int | None]:
    """A page of what went, or is to go, out; the cursor of the next one. 1 query."""
    found = _narrowed(Release.objects.filter(channel__organ=organ), which)
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("record__unit", "channel").order_by("-id")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def _narrowed(found: QuerySet[Release], which: str) -> QuerySet[Release]:
    if which == TO_DO:
        return found.filter(state__in=FOR_A_PERSON)
    if which == WAITING:
        return found.filter(state=ReleaseState.WAITING)
    return found


def release_seen(pk: int) -> Release | None:
    """A release with all that its page shows; who may see its record may see it. 1 query."""
    related = ("record__organ", "record__unit", "channel__organ", "version", "by")
    found = Release.objects.select_related(*related).defer("record__organ__emblem", "channel__organ__emblem")
    return found.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel as a record's page shows it. `by_rule`: what its rule says; `is_wanted`: what holds."""

    channel: Channel
    by_rule: bool
    is_wanted: bool


def wanted_of(record: Record) -> list[Wanted]:
    """The open channels, and whether the record goes there. 2 queries."""
    chosen = dict(Choice.objects.filter(record=record).values_list("channel_id", "is_wanted"))
    found = []
    for channel in Channel.objects.filter(organ=record.organ_id, is_active=True).order_by("id"):
        by_rule = rule_takes(channel, record)
        found.append(Wanted(channel, by_rule, chosen.get(channel.pk, by_rule)))
    return found


def releases_of(record: Record) -> list[Release]:
    """What was done for a record on its channels, the newest last. 1 query."""
    found = Release.objects.filter(record=record).select_related("channel", "by", "version")
    return list(found.order_by("id"))


def troubles_of(staff: Staff, most: int = 20) -> list[Release]:
    """What on the channels waits for this person: of their units, of a whole organ for its office. 1 query
    past the person's own appointments, none for those who handle nothing."""
    reach = Q()
    for organ in own_organs(staff):
        if may_handle(staff, organ):
            reach |= Q(channel__organ=organ.pk)
    if not reach:
        return []
    found = Release.objects.filter(reach, state__in=FOR_A_PERSON).select_related("record__unit", "channel")
    rows = found.order_by("-id")[: most * 5]
    return [one for one in rows if may_handle(staff, _with_organ(staff, one))][:most]


def _with_organ(staff: Staff, release: Release) -> Record:
    """The record with the organ that the person's appointments hold already: nothing is read again."""
    record = release.record
    for organ in own_organs(staff):
        if organ.pk == record.organ_id:
            record.organ = organ
    return record
