"""Letters: drafted from the record, held against the law, issued with a number, and fixed from then on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.documents.letters import (
    DEFAULT_PATTERN,
    LetterText,
    NumberPattern,
    Template,
    default_template,
    to_docx,
    to_pdf,
)
from gongkai.statute.errors import StatuteError
from gongkai.statute.findings import Finding
from gongkai.statute.letters import LetterFacts, Value, check_letter
from gongkai.statute.letters import kind as letter_kind
from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.requests.actions.entering import enter, held, moved, reason_of
from gongkai.web.requests.actions.filing import file_row
from gongkai.web.requests.given_out import OWN_WORDS, told_otherwise
from gongkai.web.requests.letter_facts import values_of
from gongkai.web.requests.models import (
    REPLIES,
    Case,
    CaseEvent,
    CaseFile,
    Decision,
    DecisionStage,
    FileKind,
    Letter,
    LetterTemplate,
    Party,
)
from gongkai.web.requests.numbering import take_letter_serial
from gongkai.web.requests.permissions import may_keep_templates, may_work
from gongkai.web.requests.remedies_of import office_of, remedy_of
from gongkai.web.requests.sealed import Opener, opener_of

_PDF, _DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def draft_letter(
    *,
    by: Staff,
    case: Case,
    kind: str,
    given: Mapping[str, Any] | None = None,
    decision: Decision | None = None,
    party: Party | None = None,
    online: bool = False,
    letter: Letter | None = None,
    paragraphs: Sequence[str] | None = None,
    seen: int | None = None,
) -> Letter:
    """Write a letter, or write one that is not issued yet anew. `given`: facts that the record does not hold
    (statute.letters); `paragraphs`: a body of the clerk's own words in place of the template's. What the law
    misses in it is told by `findings_of`, and holds it back when it is to be issued."""
    case = held(case, seen)
    require(may_work, by, case)
    opener = opener_of(case)
    row = letter or Letter(case=case, organ_id=case.organ_id, kind=kind)
    if row.issued_at is not None:
        raise WorkError("letter_issued", "文书已经签发，不能修改。", "It is issued.")
    row.decision, row.party = _decision(case, kind, decision), party
    try:
        template = template_of(case.organ, kind, row.decision)
        values = values_of(case, kind, opener, decision=row.decision, party=party, given=given, online=online)
        text = template.fill(values)
    except StatuteError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en) from wrong
    if paragraphs is not None:
        text = text.edited(tuple(paragraphs))
    row.template_digest = template.digest
    kept = _kept(text, values, online, own_words=paragraphs is not None)
    row.text = opener.seal(row, "text", kept)
    row.save()
    moved(case)
    after = {"kind": kind, **_differing(row, opener)}
    enter("letter_drafted", case, by=by, subject=row, touched=[case, row], after=after)
    return row


def differences_to_decision(letter: Letter, opener: Opener) -> tuple[str, ...]:
    """The facts (codes) in which a reply says something else than the decision that others approved, and
    `OWN_WORDS` where its body was written anew. No query with the decision brought along."""
    if letter.decision is None or letter.kind not in REPLIES:
        return ()
    kept = json.loads(opener.open(letter, "text"))
    found = told_otherwise(_read_back(kept["values"]), letter.decision, opener)
    return (*found, OWN_WORDS) if kept.get(OWN_WORDS) else found


def findings_of(
    letter: Letter, opener: Opener | None = None, *, dated: dt.date | None = None
) -> tuple[Finding, ...]:
    """What the law has against a letter (DOC, 7.1), dated today or as said. About 4 queries."""
    opener = opener or opener_of(letter.case)
    text, values, online = read_letter(letter, opener)
    # Number and date are given when it is issued: until then they are no fault.
    number, date = text.number or "〔2026〕1号", text.date or dated or clock.today()
    values = {**values, "number": number, "date": date}
    return check_letter(_numbered(text, number, date), _facts(letter, values, online))


@transaction.atomic
def issue_letter(
    *, by: Staff, letter: Letter, dated: dt.date | None = None, why: str = "", seen: int | None = None
) -> Letter:
    """Give it number and date, set it in type, and fix it. An error of the law holds it back (Invalid). A
    reply needs its decision made. `dated`: the day on which it was signed on paper, if not today; `why` is
    needed then, and stands in the log. The number is of that day's year."""
    case = held(letter.case, seen)
    require(may_work, by, case)
    letter = (
        Letter.objects.select_for_update(of=("self",)).select_related("decision", "party").get(pk=letter.pk)
    )
    if letter.issued_at is not None:
        raise WorkError("letter_issued", "文书已经签发。", "It is issued already.")
    if letter.kind in REPLIES and (letter.decision is None or letter.decision.stage != DecisionStage.MADE):
        raise WorkError("not_decided", "决定尚未审批完毕，不能签发答复。", "The decision is not made yet.")
    letter.case = case
    opener = opener_of(case)
    today = clock.today()
    signed_on = dated or today
    _check_dated(letter, signed_on)
    reason = reason_of(case, why, "成文日期早于今天的") if signed_on != today else ""
    against = [one for one in findings_of(letter, opener, dated=signed_on) if one.severity == "error"]
    if against:
        raise Invalid([WorkError(one.code, one.zh, one.en) for one in against])
    text, values, online = read_letter(letter, opener)
    differing = _differing(letter, opener)
    if not letter_kind(str(letter.kind)).by_hand:
        letter.number = _number(case.organ, signed_on.year)
        text = _numbered(text, str(letter.number), signed_on)
        values |= {"number": str(letter.number), "date": signed_on}
    own_words = OWN_WORDS in differing.get("differs", ())
    letter.text = opener.seal(letter, "text", _kept(text, values, online, own_words=own_words))
    letter.dated, letter.issued_at, letter.issued_by = signed_on, clock.now(), by
    pdf, docx = _set_in_type(case, letter, text, opener, by)
    letter.pdf, letter.docx = pdf, docx
    letter.save()
    moved(case)
    after = {"kind": letter.kind, "number": letter.number, "dated": signed_on, **differing}
    touched = [case, letter, pdf, docx]
    enter("letter_issued", case, by=by, subject=letter, touched=touched, after=after, why=reason)
    return letter


@transaction.atomic
def drop_letter(*, by: Staff, letter: Letter) -> None:
    """Put a draft aside: it is emptied. Issued letters stay."""
    case = held(letter.case)
    require(may_work, by, case)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.issued_at is not None:
        raise WorkError("letter_issued", "文书已经签发，不能撤销。", "It is issued.")
    letter.text, letter.is_dropped = "", True
    letter.save()
    moved(case)
    enter("letter_dropped", case, by=by, subject=letter, touched=[case, letter])


@transaction.atomic
def keep_template(
    *, by: Staff, organ: Organ, kind: str, text: str, outcome: str = "", basis: str = ""
) -> LetterTemplate:
    """An organ's own text for a kind of letter; "" goes back to the one shipped. Letters issued stay."""
    require(may_keep_templates, by, organ)
    key = ".".join(filter(None, (kind, outcome, basis)))
    LetterTemplate.objects.select_for_update().filter(organ=organ, kind=key).exists()
    before = LetterTemplate.objects.filter(organ=organ, kind=key, is_current=True).first()
    try:
        digest = Template.parse(text, kind=kind, outcome=outcome, basis=basis).digest if text else ""
    except StatuteError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en, field="text") from wrong
    touched: list[Any] = []
    if before is not None:
        before.is_current = False
        before.save()
        touched.append(before)
    made = LetterTemplate(organ=organ, kind=key, text=text, digest=digest, made_by=by, made_at=clock.now())
    made.is_current = bool(text)
    made.save()
    after = {"kind": key, "digest": digest}
    append(
        Change("requests.template_kept", by, made, organ_id=organ.pk, after=after, touched=[*touched, made])
    )
    return made


def template_of(organ: Organ, kind: str, decision: Decision | None = None) -> Template:
    """The organ's own template for a letter, or the one shipped. 1 query."""
    outcome, basis = (str(decision.outcome), str(decision.basis)) if decision else ("", "")
    if kind != "reply":
        outcome = basis = ""
    key = ".".join(filter(None, (kind, outcome, basis)))
    own = LetterTemplate.objects.filter(organ=organ, kind=key, is_current=True).first()
    if own is not None:
        return Template.parse(str(own.text), kind=kind, outcome=outcome, basis=basis)
    return default_template(kind, outcome, basis)


def read_letter(letter: Letter, opener: Opener) -> tuple[LetterText, dict[str, Value], bool]:
    """What a letter says, the facts it was made from, and whether it is to be served online."""
    kept = json.loads(opener.open(letter, "text"))
    told = dict(kept["letter"])
    told["date"] = dt.date.fromisoformat(told["date"]) if told["date"] else None
    for name in ("paragraphs", "attachments", "notes", "copies"):
        told[name] = tuple(told[name])
    return LetterText(**told), _read_back(kept["values"]), bool(kept["online"])


def _differing(letter: Letter, opener: Opener) -> dict[str, list[str]]:
    """For the log: in what the letter says something else than was approved; {} where it does not."""
    found = list(differences_to_decision(letter, opener))
    return {"differs": found} if found else {}


def _facts(letter: Letter, values: Mapping[str, Value], online: bool) -> LetterFacts:
    case, decision = letter.case, letter.decision
    notices = CaseEvent.objects.filter(case=case, kind="supplement-asked", voided_at=None).count()
    if letter.kind not in REPLIES or decision is None:
        return LetterFacts(kind=str(letter.kind), values=values, notices_before=notices)
    code, basis = str(decision.outcome), str(decision.basis)
    remedies = remedy_of(case.organ, code, clock.today(), basis=basis, online=online)
    return LetterFacts(
        kind=str(letter.kind),
        values=values,
        outcome=code if letter.kind == "reply" else "",
        basis=basis if letter.kind == "reply" else "",
        exemptions=tuple(decision.facts.get("exemptions", ())),
        authorities=tuple(one.name for one in remedies.authorities),
        court=remedies.court.name if remedies.court else "",
        served_online=online,
        online_channel=str(office_of(case.organ).online_channel),
        right_organ_known=bool(decision.facts.get("right_organ_known")),
        notices_before=notices,
    )


def _decision(case: Case, kind: str, decision: Decision | None) -> Decision | None:
    if kind not in REPLIES:
        return None
    found = decision or case.decisions.exclude(stage=DecisionStage.ABANDONED).order_by("-number").first()
    if found is None:
        raise WorkError("no_decision", "请先拟写决定，再拟写答复书。", "Draft the decision first.")
    return found


def _set_in_type(
    case: Case, letter: Letter, text: LetterText, opener: Opener, by: Staff
) -> tuple[CaseFile, CaseFile]:
    """The letter as PDF and as Word, kept among the files of its case."""
    assert letter.issued_at is not None
    here = timezone.localtime(letter.issued_at)
    written_at = here.astimezone(
        dt.timezone(here.utcoffset() or dt.timedelta())
    )  # a fixed offset, as PDF has
    name = f"{text.title}{letter.number}"
    pdf = file_row(
        case, opener, f"{name}.pdf", to_pdf([text], written_at=written_at), _PDF, FileKind.LETTER, by
    )
    docx = file_row(
        case, opener, f"{name}.docx", to_docx(text, written_at=written_at), _DOCX, FileKind.LETTER, by
    )
    pdf.save()
    docx.save()
    return pdf, docx


def _check_dated(letter: Letter, on: dt.date) -> None:
    """A letter is of no day to come, and of none before the request came and its decision was made."""
    earliest = letter.case.received_on or letter.case.arrived_on
    if letter.decision is not None and letter.decision.made_on is not None:
        earliest = max(earliest, letter.decision.made_on)
    if not earliest <= on <= clock.today():
        zh = f"成文日期应在 {earliest}（收到申请、作出决定之日）至今天之间，现为 {on}。"
        raise WorkError("letter_dated_wrong", zh, f"From {earliest} to today, not {on}.", field="on")


def _number(organ: Organ, year: int) -> str:
    office = office_of(organ)
    pattern = str(office.number_pattern) or DEFAULT_PATTERN
    code = str(office.letter_code) or str(organ.called)
    try:
        serial = take_letter_serial(organ, year, "letters")
        return NumberPattern.parse(pattern).format(year=year, n=serial, organ_code=code)
    except StatuteError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en) from wrong


def _numbered(text: LetterText, number: str, date: dt.date) -> LetterText:
    from dataclasses import replace

    return replace(text, number=number, date=date)


def _kept(text: LetterText, values: Mapping[str, Value], online: bool, *, own_words: bool) -> str:
    """What a letter is kept as, before it is sealed."""
    kept = {"letter": _as_json(text), "values": _plain(values), "online": online, OWN_WORDS: own_words}
    return json.dumps(kept, ensure_ascii=False)


def _as_json(text: LetterText) -> dict[str, Any]:
    return {**asdict(text), "date": text.date.isoformat() if text.date else None}


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values as JSON, each with its kind."""
    return {name: _one_plain(value) for name, value in values.items()}


def _one_plain(value: Value) -> Any:
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str | int) else {"money": str(value)}


def _read_back(kept: Mapping[str, Any]) -> dict[str, Value]:
    from decimal import Decimal

    told: dict[str, Value] = {}
    for name, value in kept.items():
        if isinstance(value, dict):
            told[name] = dt.date.fromisoformat(value["day"]) if "day" in value else Decimal(value["money"])
        else:
            told[name] = tuple(value) if isinstance(value, list) else value
    return told
