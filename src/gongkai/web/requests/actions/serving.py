"""A letter goes out and arrives: by hand, by post, by mail, on the web. The day that counts is V-235's.

What a letter does to the clock is recorded here, on the day it is sent: a notice to supplement, a
consultation, an extension, a fee notice, the reply itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model

from gongkai.statute.clock import Event, EventKind, Way
from gongkai.statute.letters import kind as letter_kind
from gongkai.statute.remedies import ClauseKind
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held, moved, nameless
from gongkai.web.requests.actions.lettering import read_letter
from gongkai.web.requests.actions.stepping import record
from gongkai.web.requests.models import (
    Case,
    CaseFile,
    DecisionKind,
    FeeNotice,
    FileKind,
    Letter,
    Service,
)
from gongkai.web.requests.occasions import Reason
from gongkai.web.requests.permissions import may_work
from gongkai.web.requests.sealed import opener_of

# The kind of letter → the fact that its sending is.
SENDING = {
    "supplement-notice": EventKind.SUPPLEMENT_ASKED,
    "extension-notice": EventKind.EXTENSION_NOTIFIED,
    "later-date-notice": EventKind.LATER_DATE_AGREED,
    "third-party-consultation": EventKind.THIRD_PARTY_ASKED,
    "co-maker-consultation": EventKind.CO_MAKER_ASKED,
    "organ-consultation": EventKind.ORGAN_ASKED,
    "fee-notice": EventKind.FEE_NOTIFIED,
    "reply": EventKind.SERVED,
    "correction-reply": EventKind.SERVED,
}
# The kind of letter → the fact that its arrival is.
ARRIVING = {
    "third-party-consultation": EventKind.THIRD_PARTY_REACHED,
    "co-maker-consultation": EventKind.CO_MAKER_REACHED,
    "organ-consultation": EventKind.ORGAN_REACHED,
    "fee-notice": EventKind.FEE_REACHED,
}
_WITH_PERIOD = frozenset({EventKind.SUPPLEMENT_ASKED, EventKind.LATER_DATE_AGREED})
# Handed over or sent by wire it is served that day; by post on the day it was posted (V-235 items 2, 4).
_AT_ONCE = frozenset({Way.DIRECT, Way.OTHER_ORGAN, Way.ONLINE})


class Sent(NamedTuple):
    """The service, the case, and what the law has to say of it beside."""

    service: Service
    case: Case
    cautions: tuple[Reason, ...]


@transaction.atomic
def send_letter(
    *,
    by: Staff,
    letter: Letter,
    way: str,
    on: dt.date,
    tracking_number: str = "",
    seen: int | None = None,
    sent_at: dt.datetime | None = None,
) -> Sent:
    """Record that an issued letter was handed over, posted, or sent on a day. NotLawful where the law does
    not allow the step that the letter is. `sent_at`: the moment, of what the program itself sent."""
    case = held(letter.case, seen)
    require(may_work, by, case)
    letter = _issued(letter)
    wanted = _way(way)
    _check_day(on, letter)
    if wanted is Way.MAIL and not tracking_number.strip():
        zh = "邮政寄送的，请填写邮件号：交寄日期以邮件回执为准。"
        raise WorkError("tracking_missing", zh, "Give the tracking number.", field="tracking_number")
    open_ = letter.services.filter(returned_on=None)
    if open_.exists():
        zh = "这份文书已经送出，没有退回，不用再送。"
        raise WorkError("sent_already", zh, "It is on its way or served.")
    service = Service(letter=letter, way=wanted.value, sent_on=on, recorded_by=by, recorded_at=clock.now())
    service.tracking_number, service.sent_at = tracking_number.strip()[:40], sent_at
    service.served_on = on
    service.reached_on = on if wanted in _AT_ONCE else None
    service.save()
    touched: list[Model] = [case, service]
    again = letter.came_back_on is not None
    if again:
        letter.came_back_on = None
        letter.save(update_fields=["came_back_on"])
        touched.append(letter)
    cautions: tuple[Reason, ...] = ()
    _check_online(letter, wanted)
    fact = _sending(letter, on, wanted)
    # Sent once more after it came back: the fact of its first sending stands (V-235 item 4).
    if fact is not None and not again:
        told = record(case, fact, by=by)
        case, cautions = told.case, told.cautions
    _note_beside(letter, on, by)
    if service.reached_on is not None:
        _arrived(case, letter, on, by)
    moved(case)
    after = {"letter": letter.number, "way": wanted.value, "on": on}
    enter("service_recorded", case, by=by, subject=service, touched=touched, after=after)
    return Sent(service, case, cautions)


@transaction.atomic
def letter_arrived(*, by: Staff, service: Service, on: dt.date) -> Service:
    """The addressee has it: from here his own periods run."""
    case = held(service.letter.case)
    require(may_work, by, case)
    service = (
        Service.objects.select_for_update(of=("self",)).select_related("letter__party").get(pk=service.pk)
    )
    if service.reached_on is not None or service.returned_on is not None:
        raise WorkError("service_over", "收件或者退回已经记录。", "It is recorded already.")
    if on < service.sent_on or on > clock.today():
        zh = f"收件日期应在送出（{service.sent_on}）之后，不晚于今天。"
        raise WorkError("reached_day", zh, "Check the day.", field="on")
    service.reached_on = on
    service.save()
    _arrived(case, service.letter, on, by)
    moved(case)
    after = {"letter": service.letter.number, "reached_on": on}
    enter("service_recorded", case, by=by, subject=service, touched=[case, service], after=after)
    return service


@transaction.atomic
def letter_returned(*, by: Staff, service: Service, on: dt.date, reason: str) -> Service:
    """It came back: it is to be served again, another way or to another address."""
    case = held(service.letter.case)
    require(may_work, by, case)
    service = Service.objects.select_for_update(of=("self",)).select_related("letter").get(pk=service.pk)
    if service.reached_on is not None or service.returned_on is not None:
        raise WorkError("service_over", "收件或者退回已经记录。", "It is recorded already.")
    if on < service.sent_on or on > clock.today():
        zh = f"退回日期应在送出（{service.sent_on}）之后，不晚于今天。"
        raise WorkError("returned_day", zh, "Check the day.", field="on")
    if not reason.strip():
        raise WorkError("reason_missing", "请填写退回原因。", "Give the reason.", field="reason")
    service.returned_on, service.return_reason = on, nameless(case, " ".join(reason.split()))[:200]
    service.save()
    letter = service.letter
    letter.came_back_on = on
    letter.save(update_fields=["came_back_on"])
    moved(case)
    after = {"letter": letter.number, "returned_on": on}
    enter("service_recorded", case, by=by, subject=service, touched=[case, letter, service], after=after)
    return service


@transaction.atomic
def keep_evidence(*, by: Staff, service: Service, files: Sequence[CaseFile]) -> Service:
    """The papers that prove a service: a receipt of the post, a signature, a picture of the screen. They are
    put beside those there are; none of them is moved to another service."""
    case = held(service.letter.case)
    require(may_work, by, case)
    service = Service.objects.select_for_update(of=("self",)).select_related("letter").get(pk=service.pk)
    rows = list(CaseFile.objects.select_for_update().filter(pk__in=[one.pk for one in files]).order_by("pk"))
    if any(one.case_id != case.pk for one in rows):
        raise WorkError("file_of_another", "这个文件不属于这件申请。", "The file is of another case.")
    if any(one.kind != FileKind.SERVICE or one.service_id is not None for one in rows):
        zh = "这个文件不是送达凭证，或者已经列为另一次送达的凭证。"
        raise WorkError("not_evidence", zh, "It proves no service, or another one.")
    for one in rows:
        one.service = service
        one.save(update_fields=["service"])
    moved(case)
    after = {"letter": service.letter.number, "evidence": [one.pk for one in rows]}
    enter("service_recorded", case, by=by, subject=service, touched=[case, service, *rows], after=after)
    return service


def _issued(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("decision", "party", "case__key")
    found: Letter = rows.get(pk=letter.pk)
    if found.issued_at is None:
        raise WorkError("not_issued", "文书尚未签发，不能送达。", "It is not issued.")
    return found


def _way(way: str) -> Way:
    try:
        return Way(way)
    except ValueError:
        raise WorkError("way_missing", "请选择送达方式。", "Choose the way.", field="way") from None


def _check_day(on: dt.date, letter: Letter) -> None:
    today = clock.today()
    if on > today or (letter.dated is not None and on < letter.dated):
        zh = f"送出日期应在成文日期（{letter.dated}）之后，不晚于今天（{today}）。"
        raise WorkError("sent_day", zh, "Check the day.", field="on")


def _check_online(letter: Letter, way: Way) -> None:
    """What is served online tells the online way to reconsideration (ARL.22.2)."""
    if way is not Way.ONLINE or letter_kind(str(letter.kind)).clause(*_of(letter)) is ClauseKind.NONE:
        return
    _text, _values, online = read_letter(letter, opener_of(letter.case))
    if not online:
        zh = (
            "这份文书没有写明网上申请行政复议的渠道，不能网络送达（行政复议法第二十二条第二款）。"
            "请改用其他方式，或者另拟一份注明网络送达的文书。"
        )
        raise WorkError("online_channel_untold", zh, "It does not tell the online channel.", field="way")


def _of(letter: Letter) -> tuple[str, str]:
    """Outcome and basis of a reply."""
    if letter.kind != "reply" or letter.decision is None:
        return "", ""
    return str(letter.decision.outcome), str(letter.decision.basis)


def _note_beside(letter: Letter, on: dt.date, by: Staff) -> None:
    """What the sending of a letter settles beside the clock: the fee's day, that a third party was told."""
    if letter.kind == "fee-notice":
        row = FeeNotice.objects.select_for_update().filter(case=letter.case, notified_on=None).first()
        if row is not None:
            row.notified_on = on
            row.save()
            enter("fee_noted", letter.case, by=by, subject=row, touched=[row], after={"notified_on": on})
    if letter.kind == "third-party-told" and letter.party is not None and not letter.party.is_told:
        party = letter.party
        party.is_told = True
        party.save()
        enter("opinion_recorded", letter.case, by=by, subject=party, touched=[party], after={"told": on})


def _sending(letter: Letter, on: dt.date, way: Way) -> Event | None:
    """The fact that sending this letter is; None for one that does not move the clock."""
    kind = SENDING.get(str(letter.kind))
    if kind is None:
        return None
    if kind is EventKind.SERVED:
        later = letter.decision is not None and letter.decision.kind != DecisionKind.FIRST
        return None if later else Event(kind, on, "", None, None, way)
    party = str(letter.party.label) if letter.party is not None else ""
    until: Any = None
    if kind in _WITH_PERIOD:
        _text, values, _online = read_letter(letter, opener_of(letter.case))
        until = values.get("until")
    return Event(kind, on, party, until)


def _arrived(case: Case, letter: Letter, on: dt.date, by: Staff) -> None:
    """The fact that the clock knows. Of a closed case nothing is reckoned any more: the service says it."""
    if case.is_closed:
        return
    kind = ARRIVING.get(str(letter.kind))
    if kind is not None:
        party = str(letter.party.label) if letter.party is not None else ""
        record(case, Event(kind, on, party), by=by)
