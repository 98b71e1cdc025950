"""Papers to print: issued letters as one pdf, addresses for envelopes, labels and ruled forms of the file.

What names somebody goes out of the program here: each paper is entered in the log of its case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pypdfium2
from django.db import transaction
from django.utils import timezone

from gongkai.documents.letters import (
    MOST_AT_ONCE,
    EnvelopeLabel,
    FileLabel,
    LabelSheet,
    envelope_labels,
    file_labels,
    form_text,
    to_pdf,
)
from gongkai.statute.errors import StatuteError
from gongkai.statute.letters import Value, can_tell, ground_words, grounds_of
from gongkai.statute.letters import kind as letter_kind
from gongkai.statute.outcomes import outcome
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Result
from gongkai.web.disclosure.models.reviews import Step
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter
from gongkai.web.requests.actions.filing import look_at_file
from gongkai.web.requests.letter_facts import typed, values_of
from gongkai.web.requests.models import Case, Decision, DecisionStage, Letter, NoteKind
from gongkai.web.requests.permissions import may_open_personal, may_read
from gongkai.web.requests.sealed import Opener, opener_of
from gongkai.web.requests.settled import settled
from gongkai.web.requests.stands import clock_of

FORMS = ("registration-form", "approval-form", "archive-cover", "transfer-list")
MOST_LETTERS = min(200, MOST_AT_ONCE)
MOST_OF_A_SUBJECT = 58  # characters: two lines of a label
_PRINTED = "打印"


@transaction.atomic
def letters_pdf(*, by: Staff, letters: Sequence[Letter], two_sided: bool = False) -> bytes:
    """Issued letters in one pdf, page for page as they were issued; `two_sided`: each on a front side."""
    _check_number(letters)
    together = pypdfium2.PdfDocument.new()
    try:
        for letter in letters:
            if letter.pdf is None:
                raise WorkError("not_issued", "选中的文书中有尚未签发的。", "One of them is not issued.")
            letter.pdf.case = letter.case
            _name, content = look_at_file(by=by, row=letter.pdf, reason=_PRINTED)
            one = pypdfium2.PdfDocument(content)
            try:
                together.import_pages(one)
                if two_sided and len(one) % 2:
                    together.new_page(*one.get_page_size(len(one) - 1))
            finally:
                one.close()
        made = BytesIO()
        together.save(made)
        return made.getvalue()
    finally:
        together.close()


@transaction.atomic
def envelopes_pdf(*, by: Staff, letters: Sequence[Letter], skipped: int = 0) -> bytes:
    """An address on a label for each letter: of the third party or the organ asked, else of the requester."""
    _check_number(letters)
    labels = []
    for letter in letters:
        case = letter.case
        require(may_open_personal, by, case)
        labels.append(_envelope(letter, opener_of(case)))
        enter("personal_seen", case, by=by, subject=letter, why="打印信封标签")
    return _sheet(lambda sheet: envelope_labels(labels, written_at=clock.now(), sheet=sheet), skipped)


def _envelope(letter: Letter, opener: Opener) -> EnvelopeLabel:
    case = letter.case
    who = letter.party or case.requester
    name, address, phone = (opener.open(who, field) for field in ("name", "address", "phone"))
    postcode = ""
    if letter.party is None:
        postcode = opener.open(who, "postcode")
        name = "，".join(filter(None, dict.fromkeys((name, opener.open(who, "contact_person")))))
    if not address.strip():
        named = letter_kind(str(letter.kind)).zh
        zh = f"申请{case.number}的“{named}”没有收件人的通信地址，不能打印标签。请从选择中去掉。"
        raise WorkError("letter_no_address", zh, f"No address for a letter of {case.number}.")
    return EnvelopeLabel(
        name=name,
        address=address,
        postcode=postcode if len(postcode) == 6 and postcode.isascii() and postcode.isdigit() else "",
        phone=phone,
        sender=str(case.organ.name),
        sender_address=str(case.organ.address),
        number=str(letter.number),
    )


@transaction.atomic
def file_labels_pdf(*, by: Staff, cases: Sequence[Case], skipped: int = 0) -> bytes:
    """A label with barcode for each paper file: number, subject, dates; nobody's name."""
    if not cases:
        raise WorkError("nothing_chosen", "请选择要打印的。", "Choose what to print.")
    for case in cases:
        require(may_read, by, case)
    return labels_sheet(cases, skipped)


def labels_sheet(cases: Sequence[Case], skipped: int = 0) -> bytes:
    """The labels of cases that the caller may see; `skipped`: how many of the sheet are used up."""
    labels = [label_of(case) for case in cases]
    return _sheet(lambda sheet: file_labels(labels, written_at=clock.now(), sheet=sheet), skipped)


def sheet_start(asked: str) -> int:
    """How many labels of a sheet are used up, as typed; 0 for what is no number."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0


def label_of(case: Case) -> FileLabel:
    """The label of a paper file. Its barcode says organ, year and number, and is found by the search."""
    subject = str(case.subject)
    received = (
        f"收到申请：{case.received_on}" if case.received_on else f"到达：{case.arrived_on}（待确认收到）"
    )
    due = f"答复期限：{case.due_on}" if case.due_on else ""
    return FileLabel(
        code=f"{case.organ.code}-{case.year}-{case.serial}".upper(),
        lines=(
            f"{case.organ.called}  {case.number}",
            subject if len(subject) <= MOST_OF_A_SUBJECT else f"{subject[:MOST_OF_A_SUBJECT]}…",
            "    ".join(filter(None, (received, due, str(case.unit.name) if case.unit else ""))),
        ),
    )


def _sheet(make: Any, skipped: int) -> bytes:
    try:
        made: bytes = make(LabelSheet(skipped=skipped))
    except StatuteError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en) from wrong
    return made


@transaction.atomic
def form_pdf(*, by: Staff, case: Case, kind: str, given: Mapping[str, Any] | None = None) -> bytes:
    """A ruled form of the file, filled with what is known; what is not stays an empty box."""
    if kind not in FORMS:
        raise WorkError("form_unknown", "没有这种表格。", "There is no such form.")
    require(may_open_personal, by, case)
    opener = opener_of(case)
    usable = can_tell(kind)
    values: dict[str, Value] = values_of(case, kind, opener)
    more = {name: value for name, value in _of_the_course(case, opener).items() if name in usable}
    values |= typed(more, usable)
    values |= typed(given or {}, usable)
    try:
        pdf = to_pdf([form_text(kind, values, number=case.number)], written_at=clock.now())
    except StatuteError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en) from wrong
    enter("personal_seen", case, by=by, subject=case.requester, why=f"打印{letter_kind(kind).zh}")
    return pdf


def _of_the_course(case: Case, opener: Opener) -> dict[str, Any]:
    """What the forms tell of the decision, its approval, and the service of the reply."""
    told: dict[str, Any] = {"requester_contact": opener.open(case.requester, "phone")}
    decision = case.decisions.exclude(stage=DecisionStage.ABANDONED).order_by("-number").first()
    code = str(decision.outcome) if decision is not None else str(case.outcome)
    if code:
        told["outcome"] = outcome(code).zh
    if decision is not None:
        decision.case = case
        told |= _of_the_decision(decision, opener)
    service = _last_service(case)
    if service is not None:
        told |= {"served_on": service.served_on, "served_by": service.get_way_display()}
    if case.closed_on is None:
        reckoned = clock_of(case)
        if reckoned is not None and reckoned.closed is not None:
            told["closed_on"] = reckoned.closed
    told["kept_for"] = f"{settled()['keeping']['years']}年"
    opinions = case.notes.filter(kind=NoteKind.LEGAL_OPINION).order_by("-written_at")
    told["legal_opinion"] = "\n".join(opener.open(one, "words") for one in opinions[:3])
    return told


def _of_the_decision(decision: Decision, opener: Opener) -> dict[str, Any]:
    exemptions = tuple(decision.facts.get("exemptions", ()))
    told: dict[str, Any] = {
        "articles": ground_words(grounds_of(str(decision.outcome), str(decision.basis), exemptions)),
        "reasons": opener.open(decision, "reasons"),
        "draft_opinion": opener.open(decision, "finding"),
        "drafter": str(decision.drafted_by),
    }
    passed = decision.approvals.filter(round=decision.round, result=Result.PASSED).select_related(
        "decided_by"
    )
    by_step: dict[str, str] = {
        Step.SECRECY.value: "secrecy_opinion",
        Step.LEADER.value: "decision_opinion",
    }
    for one in passed:
        name = by_step.get(str(one.step))
        if name:
            day = timezone.localtime(one.decided_at).date() if one.decided_at else ""
            told[name] = f"{one.reason or '同意'}（{one.decided_by}，{day}）"
    return told


def _last_service(case: Case) -> Any:
    replies = case.letters.filter(kind="reply").order_by("-pk")
    for letter in replies:
        found = letter.services.filter(returned_on=None).order_by("-pk").first()
        if found is not None:
            return found
    return None


def _check_number(letters: Sequence[Letter]) -> None:
    if not letters:
        raise WorkError("nothing_chosen", "请选择要打印的文书。", "Choose what to print.")
    if len(letters) > MOST_LETTERS:
        zh = f"一次最多打印 {MOST_LETTERS} 份，现为 {len(letters)} 份。请分批打印。"
        raise WorkError("too_many", zh, f"At most {MOST_LETTERS} at once.")
