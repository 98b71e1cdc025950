"""Telling requesters that something has happened: a row beside the event, then a letter or a text.

What is told is that there is news of a number, by when something is to be done and what follows if it is not,
and where to look: never who asked, or what for.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from gongkai.statute.clock import EventKind
from gongkai.web.channels.subscribing.messengers import Message, Undelivered, key_of, messenger
from gongkai.web.channels.subscribing.no_mail import is_there_mail
from gongkai.web.config import clock
from gongkai.web.requests.models import Attached, Case, CaseEvent, CaseNotice, NoticeWay, SentForm, Stands
from gongkai.web.requests.sealed import Destroyed, Unreadable, opener_of

logger = logging.getLogger(__name__)
MOST_TRIES = 5
_REST = dt.timedelta(minutes=15)
TOLD = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.SUPPLEMENT_ASKED,
        EventKind.EXTENSION_NOTIFIED,
        EventKind.FEE_NOTIFIED,
        EventKind.SERVED,
    }
)
_CONTACT = {NoticeWay.EMAIL: "email", NoticeWay.SMS: "phone"}


def offered_ways() -> list[NoticeWay]:
    """By which ways this installation can tell anybody: no other is offered."""
    can_text = bool(settings.SMS_GATEWAY and settings.SMS_SECRET)
    is_there = {NoticeWay.EMAIL: is_there_mail(), NoticeWay.SMS: can_text}
    return [way for way, there in is_there.items() if there]


def note(sender: Any, instance: CaseEvent, created: bool, raw: bool = False, **_options: Any) -> None:
    """After an event was written, in the same transaction: a row for each way its requester wished for."""
    if raw or not created or instance.kind not in TOLD:
        return
    sent = SentForm.objects.filter(case=instance.case_id).first()
    for way in sent.notice_ways if sent is not None else ():
        CaseNotice.objects.create(case_id=instance.case_id, event=instance, way=way, made_at=clock.now())


def note_taken(case: Case, ways: Iterable[str]) -> None:
    """In the transaction that makes the case of a form: a row for each way its requester wished for."""
    for way in ways:
        CaseNotice.objects.create(case=case, way=way, made_at=clock.now())


def send_due(most: int = 200, seconds: float = 15.0) -> int:
    """Send what waits; gives how many went out. A way whose server is down waits for the next round; a slow
    one holds up the round's other work for so many seconds at most, and a message."""
    end = time.monotonic() + seconds
    waiting = CaseNotice.objects.filter(
        Q(rests_until=None) | Q(rests_until__lte=clock.now()), sent_at=None, is_given_up=False
    )
    down: set[str] = set()
    done = 0
    for pk, way in list(waiting.order_by("pk").values_list("pk", "way")[:most]):
        if way in down:
            continue
        if time.monotonic() > end:
            break
        sent = _send(pk)
        if sent is None:
            down.add(way)
        else:
            done += sent
    return done


def _send(pk: int) -> bool | None:
    """One notice: whether it went out; None where it may be tried again."""
    notice = _taken(pk)
    message = _message(notice) if notice is not None else None
    if notice is None:
        return False
    if message is None:
        CaseNotice.objects.filter(pk=pk).update(is_given_up=True, sent_at=None)
        return False
    try:
        messenger(notice.way).send(message)
    except Undelivered as trouble:
        # The type alone: what a mail server says often holds the address.
        logger.warning("notice %s: not delivered (%s)", pk, trouble.code)
        is_last = not trouble.may_be_tried or notice.tries + 1 >= MOST_TRIES
        CaseNotice.objects.filter(pk=pk).update(
            sent_at=None, tries=F("tries") + 1, is_given_up=is_last, rests_until=clock.now() + _REST
        )
        return None if trouble.may_be_tried else False
    return True


@transaction.atomic
def _taken(pk: int) -> CaseNotice | None:
    """The notice, marked as sent: whoever comes next finds nothing to send."""
    rows = CaseNotice.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk=pk, sent_at=None, is_given_up=False
    )
    notice = rows.select_related("event", "case__organ", "case__key", "case__requester").first()
    if notice is not None:
        notice.sent_at = clock.now()
        notice.save(update_fields=["sent_at"])
    return notice


def _message(notice: CaseNotice) -> Message | None:
    """What is sent; None where there is nothing to tell any more, or nobody to tell it to."""
    case = notice.case
    if notice.event is not None and notice.event.voided_at is not None:
        return None
    try:
        to = opener_of(case).open(case.requester, _CONTACT[NoticeWay(notice.way)])
    except (Destroyed, Unreadable):
        return None
    if not to:
        return None
    news, *further = _told(notice)
    said = {"organ": case.organ.name, "number": case.number, "news": news}
    first = _("您向%(organ)s提出的政府信息公开申请%(number)s：%(news)s。") % said
    between = "" if notice.way == NoticeWay.SMS else "\n\n"
    text = between.join((first, *further, *_where(notice)))
    return Message(to, _("政府信息公开申请%(number)s：%(news)s") % said, text, key_of("case", notice.pk))


def _told(notice: CaseNotice) -> list[str]:
    """What has happened, then what follows from it as the case stands now."""
    case, event = notice.case, notice.event
    kind, until = (EventKind(event.kind), event.until) if event is not None else (None, None)
    told = [_news(kind)]
    if kind is None:
        told.append(_("机关会与您联系确认收到，请留意来电；确认之日为收到申请之日，答复期限从次日起算。"))
        if case.organ.telephone:
            told.append(_("一直没有接到联系的，请打电话%(number)s询问。") % {"number": case.organ.telephone})
    elif kind in (EventKind.RECEIVED, EventKind.EXTENSION_NOTIFIED) and case.due_on is not None:
        told.append(_("答复期限至%(day)s。") % {"day": _day(case.due_on)})
    elif kind is EventKind.SUPPLEMENT_ASKED:
        if until is not None:
            told.append(_("请在%(day)s前（含当日）补正。") % {"day": _day(until)})
        told.append(_("没有正当理由逾期不补正的，视为放弃申请，机关不再处理。"))
    elif kind is EventKind.FEE_NOTIFIED:
        if case.stands == Stands.AWAITING_PAYMENT and case.waits_until is not None:
            told.append(_("请在%(day)s前（含当日）缴清。") % {"day": _day(case.waits_until)})
        told.append(_("逾期不缴的，视为放弃申请，机关不再处理。"))
    elif kind is EventKind.SERVED:
        told.append(_("对答复不服的，救济途径和期限见答复书。"))
    return told


def _where(notice: CaseNotice) -> Iterator[str]:
    """Where to look: in the account that keeps the request, as a letter tells, and with number and code."""
    case = notice.case
    link = f"{settings.PUBLIC_ADDRESS}{reverse('requests:lookup', args=[case.organ.code])}"
    kept = Attached.objects.filter(case__in=[case.pk, case.split_from_id or case.pk])
    if notice.way != NoticeWay.EMAIL or not kept.exists():
        yield _("请凭编号和查询码查看：%(link)s") % {"link": link}
        return
    mine = f"{settings.PUBLIC_ADDRESS}{reverse('requests:mine')}"
    yield _("请登录“我的申请”查看：%(link)s") % {"link": mine}
    yield _("也可以凭编号和查询码查看：%(link)s") % {"link": link}


def _day(value: dt.date) -> str:
    return formats.date_format(value, _("Y年n月j日"))


def _news(kind: EventKind | None) -> str:
    """`None`: of the request's being taken."""
    return {
        None: _("已经提交，等待机关与您确认收到"),
        EventKind.RECEIVED: _("机关已确认收到，开始计算答复期限"),
        EventKind.SUPPLEMENT_ASKED: _("需要您补正"),
        EventKind.EXTENSION_NOTIFIED: _("延期答复"),
        EventKind.FEE_NOTIFIED: _("需要缴纳信息处理费"),
        EventKind.SERVED: _("已经答复"),
    }[kind]
