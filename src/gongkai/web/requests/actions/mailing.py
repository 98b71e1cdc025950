"""A letter is served by e-mail: sent by the program itself, and recorded as served when the server took it.

Nothing is held in the database while a server is spoken to. What the law or another person's step has
against it is asked before anything leaves; what could not be sent is told, and entered in the log as a
failure: never as service.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from email.utils import make_msgid

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.statute.clock import Way
from gongkai.statute.letters import kind as letter_kind
from gongkai.web.channels.subscribing.messengers import Message, Undelivered, key_of, messenger
from gongkai.web.channels.subscribing.no_mail import is_there_mail
from gongkai.web.config import clock
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held
from gongkai.web.requests.actions.filing import file_row
from gongkai.web.requests.actions.serving import Sent, keep_evidence, send_letter
from gongkai.web.requests.models import REPLIES, Case, CaseFile, FileKind, Letter
from gongkai.web.requests.sealed import Destroyed, Unreadable, opener_of
from gongkai.web.requests.settled import settled

# The reply's own files go with it.
_LEASE = 120  # seconds: longer than a server is listened to
_REFUSED = frozenset({"SMTPRecipientsRefused", "SMTPSenderRefused"})
_EVIDENCE, _TEXT = "电子邮件发送记录.txt", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What would be sent. `files`: name, bytes, media type."""

    to: str
    files: tuple[tuple[str, bytes, str], ...]

    @property
    def size(self) -> int:
        return sum(len(content) for _name, content, _type in self.files)


class _Undone(Exception):
    """What was done to see whether it can be done is taken back."""


def address_for(case: Case, letter: Letter) -> str:
    """The e-mail address that a letter may be served at: its requester's, who chose this way (REG.29(3)). ""
    where there is none, or where letters cannot be sent from here. 2 queries."""
    to_requester = letter.party_id is None and letter_kind(str(letter.kind)).to == "requester"
    if not (is_there_mail() and to_requester and "email" in case.reply_ways):
        return ""
    try:
        return opener_of(case).open(case.requester, "email")
    except (Destroyed, Unreadable):
        return ""


def parcel_of(case: Case, letter: Letter) -> Parcel:
    """The letter as PDF, and with a reply what is given out. WorkError where nothing may be sent so, or where
    it is more than mail servers take."""
    to = address_for(case, letter)
    if not to:
        zh = "申请人没有选择电子邮件，或者没有留下邮箱，不能用电子邮件发送。请用其他方式送达后记录。"
        raise WorkError("no_mail_address", zh, "The requester did not choose e-mail or gave no address.")
    if letter.pdf is None:
        raise WorkError("not_issued", "文书尚未签发，不能送达。", "It is not issued.")
    rows = [letter.pdf]
    if letter.kind in REPLIES:
        rows += list(CaseFile.objects.filter(case=case, kind=FileKind.DISCLOSED).order_by("pk"))
    opener = opener_of(case)
    parcel = Parcel(
        to, tuple((opener.open(one, "name"), opener.open_file(one), one.media_type) for one in rows)
    )
    most = int(settled()["mail"]["most_bytes"])
    if parcel.size > most:
        zh = (
            f"附件合计 {parcel.size / 1_000_000:.1f} MB，超过 {most // 1_000_000} MB，多数邮箱不收。"
            "请改用其他方式送达，或者在本网站提供下载。"
        )
        raise WorkError("mail_too_large", zh, f"More than {most // 1_000_000} MB. Serve it another way.")
    return parcel


def mail_letter(*, by: Staff, letter: Letter, seen: int | None = None) -> Sent:
    """Send an issued letter to its requester by e-mail, and record it as served online at that moment.
    WorkError or NotLawful where it may not be, or did not go out: then nothing is recorded as served."""
    parcel = _asked_beforehand(by, letter, seen)
    lease = f"requests.mail:{letter.pk}"
    if not cache.add(lease, 1, _LEASE):
        zh = "这份文书正在发送，请稍候片刻，看过结果再决定。"
        raise WorkError("mail_under_way", zh, "It is being sent just now. Look again in a moment.")
    try:
        message = _message(letter, parcel)
        try:
            messenger("email").send(message)
        except Undelivered as trouble:
            _failed(by, letter, trouble)
            raise _words_of(trouble) from trouble
        return _recorded(by, letter, parcel, message, clock.now())
    finally:
        cache.delete(lease)


def _asked_beforehand(by: Staff, letter: Letter, seen: int | None) -> Parcel:
    """Everything but the sending, undone again: what stands against it is told before anything leaves."""
    try:
        with transaction.atomic():
            send_letter(by=by, letter=_anew(letter), way=Way.ONLINE.value, on=clock.today(), seen=seen)
            raise _Undone
    except _Undone:
        pass
    row = _anew(letter)
    return parcel_of(row.case, row)


@transaction.atomic
def _recorded(by: Staff, letter: Letter, parcel: Parcel, message: Message, moment: dt.datetime) -> Sent:
    """Served, with the record of the sending as its evidence. What has changed meanwhile is told with the
    moment: the letter is out."""
    row = _anew(letter)
    try:
        sent = send_letter(
            by=by, letter=row, way=Way.ONLINE.value, on=timezone.localdate(moment), sent_at=moment
        )
    except WorkError as problem:
        zh = f"邮件已于 {_local(moment)} 发出，但没有记为送达：{problem.zh}请核对后按“网络送达”手工记录。"
        en = f"The letter went out at {_local(moment)} but is not recorded: {problem.en} Record it by hand."
        raise WorkError("mailed_unrecorded", zh, en) from problem
    case = sent.case
    content = _evidence(row, parcel, message, moment).encode()
    paper = file_row(case, opener_of(case), _EVIDENCE, content, _TEXT, FileKind.SERVICE, None)
    paper.save()
    enter("file_added", case, by=by, subject=paper, touched=[paper], after={"kind": FileKind.SERVICE.value})
    keep_evidence(by=by, service=sent.service, files=[paper])
    return sent


@transaction.atomic
def _failed(by: Staff, letter: Letter, trouble: Undelivered) -> None:
    """The type of the trouble alone: what a mail server says often holds the address."""
    case = held(letter.case)
    after = {"letter": letter.number, "trouble": trouble.code}
    enter("mail_failed", case, by=by, subject=letter, after=after)


def _words_of(trouble: Undelivered) -> WorkError:
    if trouble.code in _REFUSED:
        zh = "邮件服务器拒收：邮箱可能不存在或者已满。没有记为送达，请与申请人核对邮箱，或者改用其他方式。"
        return WorkError("mail_refused", zh, "The mail server refused the address. Nothing is recorded.")
    if trouble.may_be_tried:
        zh = "邮件没有发出：邮件服务器现在连不上或者没有接受。没有记为送达，请稍后再试，或者改用其他方式。"
        return WorkError("mail_down", zh, "The mail server cannot be reached. Nothing is recorded.")
    zh = (
        "没有得到邮件服务器的确认，邮件可能已经发出，也可能没有。没有记为送达："
        "请先与申请人核实，已收到的，按“网络送达”手工记录；没有收到的再发一次。"
    )
    return WorkError("mail_unsure", zh, "Nobody can say whether it went out. Ask the requester first.")


def _message(letter: Letter, parcel: Parcel) -> Message:
    """Number and kind of the letter, where to look: never who asked, or what for."""
    case = letter.case
    kind = letter_kind(str(letter.kind)).zh
    link = f"{settings.PUBLIC_ADDRESS}{reverse('requests:lookup', args=[case.organ.code])}"
    telephone = f"，电话 {case.organ.telephone}" if case.organ.telephone else ""
    text = "\n\n".join(
        (
            f"您向{case.organ.name}提出的政府信息公开申请{case.number}，现送达{kind}"
            f"{f'（{letter.number}）' if letter.number else ''}，见附件。",
            f"凭编号和查询码也可以在网上查看：{link}",
            f"请勿直接回复本邮件。有疑问的，请联系{case.organ.name}{telephone}。",
        )
    )
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": make_msgid(domain=domain)}
    subject = f"政府信息公开申请{case.number}：{kind}"
    return Message(parcel.to, subject, text, key_of("letter", letter.pk), headers, files=parcel.files)


def _evidence(letter: Letter, parcel: Parcel, message: Message, moment: dt.datetime) -> str:
    """The record of a sending, without the address itself: it stands, sealed, with the requester."""
    name, _at, domain = parcel.to.rpartition("@")
    files = (
        f"  {title}（{len(content)} 字节，SHA-256 {hashlib.sha256(content).hexdigest()}）"
        for title, content, _type in parcel.files
    )
    lines = (
        "电子邮件发送记录",
        f"申请编号：{letter.case.number}",
        f"文书：{letter_kind(str(letter.kind)).zh} {letter.number}",
        f"发送时间：{_local(moment)}（邮件服务器接收之时）",
        f"发件邮箱：{settings.DEFAULT_FROM_EMAIL}",
        f"收件邮箱：{name[:1]}***@{domain}（申请人在申请中填写的电子邮箱）",
        f"邮件标识：{message.headers['Message-ID']}",
        f"主题：{message.subject}",
        "附件：",
        *files,
    )
    return "\n".join(lines) + "\n"


def _anew(letter: Letter) -> Letter:
    rows = Letter.objects.select_related("case__organ", "case__key", "case__requester", "pdf", "decision")
    found: Letter = rows.get(pk=letter.pk)
    return found


def _local(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
