"""What a requester does himself: send a form once, supplement, answer a fee notice, withdraw, fetch what was
served."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import NamedTuple

from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from gongkai.statute.clock import Event, EventKind
from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.config.sealing import blind_index
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.participation.actions.entering import tidy
from gongkai.web.requests import key_ring, notices
from gongkai.web.requests.actions.accounts import attach
from gongkai.web.requests.actions.entering import enter, held, moved
from gongkai.web.requests.actions.filing import file_row
from gongkai.web.requests.actions.receiving import Sent, submit
from gongkai.web.requests.actions.stepping import Stepped, record, withdraw_by_requester
from gongkai.web.requests.asked import Asked
from gongkai.web.requests.models import Account, Case, CaseFile, FileKind, NoticeWay, SentForm, Service
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.settled import length, settled
from gongkai.web.requests.stands import clock_of

_WORDS_NAME, _FEE_WORDS_NAME = "补正说明.txt", "缴费说明.txt"
_TEXT = "text/plain; charset=utf-8"


class Receipt(NamedTuple):
    """What a sent form has become. `is_same`: what was sent now is what was taken then."""

    case: Case
    code: str
    is_same: bool = True


def send(
    *,
    organ: Organ,
    form: str,
    asked: Asked,
    notice_ways: Sequence[str] = (),
    files: Callable[[], Sequence[Sent]] = tuple,
    account: Account | None = None,
) -> Receipt:
    """Take a form, once however often it is sent, and at how many places at the same time. `form`: the number
    that only it carries. `files` are asked for where they are needed. `account`: what it is kept under, of
    whoever is signed in. Invalid as `receiving.submit`."""
    digest = _digest(organ, asked)
    known = receipt_of(form, digest)
    if known is not None:
        return known
    ways = [one for one in NoticeWay.values if one in notice_ways]
    try:
        with transaction.atomic():
            # Whoever sends the same form just now waits here for the end of this transaction.
            sent = SentForm.objects.create(token=_index(form), digest=digest, notice_ways=ways)
            case, code = submit(organ=organ, asked=asked, files=files())
            sent.case, sent.code = case, key_ring.seal_text(_key(form), code, _place(form))
            sent.save()
            notices.note_taken(case, ways)
            if account is not None:
                attach(account=account, case=case)
    except IntegrityError:
        known = receipt_of(form, digest)
        if known is None:
            raise
        return known
    return Receipt(case, code)


def receipt_of(form: str, digest: str = "") -> Receipt | None:
    """What this form has become already; None if it was not taken yet. 1 query."""
    sent = SentForm.objects.select_related("case").filter(token=_index(form)).first()
    if sent is None or sent.case is None:
        return None
    code = key_ring.open_text(_key(form), sent.code, _place(form))
    return Receipt(sent.case, code, not digest or sent.digest == digest)


@transaction.atomic
def supplement_by_requester(
    *, case: Case, words: str, files: Sequence[Sent] = (), seen: int | None = None
) -> Stepped | None:
    """The requester supplements the request (REG.30): the clock begins anew today. The words and files are
    sealed into the case. None where just these words were taken already (a second press). NotLawful where no
    supplement is asked for, Stale, Invalid."""
    now = held(case)
    told = tidy(words)
    if _has_supplement(now, told) and not _awaits(now, "awaiting-supplement"):
        return None
    case = held(case, seen)
    faults = _said_faults(told, files, "补正的内容", "补正材料")
    if faults:
        raise Invalid(faults)
    rows = _rows(case, told, files, FileKind.SUPPLEMENT, _WORDS_NAME)
    done = record(case, Event(EventKind.SUPPLEMENT_RECEIVED, clock.today()), by=None)
    for row in rows:
        row.save()
    enter("file_added", done.case, by=None, touched=rows, after={"kind": FileKind.SUPPLEMENT.value})
    return done


@transaction.atomic
def answer_fee_notice(*, case: Case, words: str, files: Sequence[Sent] = (), seen: int | None = None) -> Case:
    """The requester says that the fee is paid, or what there is to say of it, with a proof. The clock goes on
    when the office has found the money (FEE): nothing of it moves here. Stale (a second press), Invalid;
    WorkError where no fee is waited for."""
    case = held(case, seen)
    if not _awaits(case, "awaiting-payment"):
        raise WorkError("no_fee_awaited", "这件申请现在不用缴费。", "No fee is waited for.")
    told = tidy(words)
    faults = _said_faults(told, files, "缴费说明", "缴费凭证")
    if faults:
        raise Invalid(faults)
    rows = _rows(case, told, files, FileKind.PAYMENT, _FEE_WORDS_NAME)
    for row in rows:
        row.save()
    moved(case)
    after = {"kind": FileKind.PAYMENT.value, "by": "requester"}
    enter("file_added", case, by=None, touched=[case, *rows], after=after)
    return case


def withdraw(*, case: Case, seen: int | None = None) -> Stepped:
    """The requester takes the request back."""
    return withdraw_by_requester(case=case, seen=seen)


@transaction.atomic
def fetch(*, case: Case, row: CaseFile) -> tuple[str, bytes]:
    """Name and bytes of a file that its requester fetches, entered in the log. Of a letter the moment of the
    first time stands with its service: it shows that it arrived."""
    opener = opener_of(case)
    told = opener.open(row, "name"), opener.open_file(row)
    fetched = Service.objects.select_for_update(of=("self",)).filter(
        letter__pdf=row, letter__case=case, served_on__isnull=False, returned_on=None, fetched_at=None
    )
    services = list(fetched.order_by("pk"))
    for one in services:
        one.fetched_at = clock.now()
        one.save(update_fields=["fetched_at"])
    after = {"kind": row.kind, "by": "requester"}
    enter("file_seen", case, by=None, subject=row, touched=services, after=after)
    return told


@transaction.atomic
def note_guessing(*, organ: Organ, case: Case | None) -> None:
    """Codes are being tried out: entered in the log, with the number it concerns where there is one."""
    number = {"case": case.number} if case is not None else {}
    append(Change("requests.code_guessed", None, case or organ, organ_id=organ.pk, after=number))


def _digest(organ: Organ, asked: Asked) -> str:
    """A keyed digest of what was filled in: tells two forms apart and nothing of either."""
    told = json.dumps([organ.pk, asdict(asked)], ensure_ascii=False, sort_keys=True)
    return blind_index("requests.form.content", told)


def _index(form: str) -> str:
    return blind_index("requests.form", form)


def _key(form: str) -> bytes:
    return hashlib.sha256(f"gongkai sent form\x1f{form}".encode()).digest()


def _place(form: str) -> str:
    return f"requests.sentform:{_index(form)}"


def _rows(case: Case, words: str, files: Sequence[Sent], kind: FileKind, name: str) -> list[CaseFile]:
    """What was sent, as files of the case: the words first. Not saved."""
    opener = opener_of(case)
    rows = [file_row(case, opener, one.name, one.content, one.media_type, kind, None) for one in files]
    if words:
        rows.insert(0, file_row(case, opener, name, words.encode(), _TEXT, kind, None))
    return rows


def _awaits(case: Case, state: str) -> bool:
    told = clock_of(case)
    return told is not None and told.state.value == state


def _has_supplement(case: Case, words: str) -> bool:
    """Whether the newest supplement of today says the same."""
    begin = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = case.files.filter(kind=FileKind.SUPPLEMENT, added_by=None, added_at__gte=begin)
    opener = opener_of(case)
    last = [one for one in rows.order_by("id") if opener.open(one, "name") == _WORDS_NAME][-1:]
    return bool(last and words and opener.open_file(last[0]) == words.encode())


def _said_faults(words: str, files: Sequence[Sent], what: str, papers: str) -> list[WorkError]:
    faults = []
    most, many = length("words"), int(settled()["files"]["most_files"])
    if not words and not files:
        zh = f"请写明{what}，或者上传{papers}。"
        faults.append(WorkError("nothing_said", zh, "Write something, or send a file.", field="words"))
    if len(words) > most:
        zh = f"{what}最多 {most} 字，现有 {len(words)} 字。"
        faults.append(WorkError("words_too_long", zh, f"At most {most} characters.", field="words"))
    if len(files) > many:
        zh = f"最多可以附 {many} 个文件，现有 {len(files)} 个。"
        faults.append(WorkError("files_too_many", zh, f"At most {many} files.", field="files"))
    return faults
