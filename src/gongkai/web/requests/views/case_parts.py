"""The parts of a case's page: time line, people, decisions, letters, files, tasks, notes, fee, like cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongkai.statute.clock import EventKind
from gongkai.statute.fees import FeeBasis
from gongkai.statute.outcomes import Opinion
from gongkai.web.disclosure.words import step_words
from gongkai.web.look.pieces import Fact
from gongkai.web.look.states import State as LookState
from gongkai.web.look.states import state as look_state
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.filing import PERSONAL_KINDS
from gongkai.web.requests.forms.parties import OPINIONS
from gongkai.web.requests.models import (
    Case,
    CaseEvent,
    DecisionKind,
    DecisionStage,
    FileKind,
    IdentityKind,
    Letter,
    NoteKind,
    PartyKind,
)
from gongkai.web.requests.permissions import may_open_personal, may_read, may_void
from gongkai.web.requests.queries.case_page import CasePage, mask_party
from gongkai.web.requests.views import case_words, day_order
from gongkai.web.requests.views.letter_words import kind_words, letter_state
from gongkai.web.requests.views.working import address, case_address
from gongkai.web.requests.words_en import served_words

_NEVER_VOIDED = frozenset({EventKind.DECIDED, EventKind.SERVED})
_PERSON = (
    ("name", gettext_lazy("姓名或者名称")),
    ("identity_number", gettext_lazy("证件号码")),
    ("representative", gettext_lazy("法定代表人")),
    ("contact_person", gettext_lazy("联系人")),
    ("agent", gettext_lazy("代理人")),
    ("phone", gettext_lazy("联系电话")),
    ("email", gettext_lazy("电子邮箱")),
    ("address", gettext_lazy("通信地址")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the time line. `documents`: (words, address); `undo`: where it is struck through."""

    on: dt.date
    words: str
    rank: day_order.Rank
    more: str = ""
    note: str = ""
    who: str = ""
    recorded_at: dt.datetime | None = None
    is_voided: bool = False
    void_words: str = ""
    documents: list[tuple[str, str]] = field(default_factory=list)
    undo: str = ""


def time_line(page: CasePage, staff: Staff) -> list[Line]:
    """Facts, letters and their service in the order of their days; what was voided stays, struck through."""
    reads = bool(may_read(staff, page.case))
    voids = bool(may_void(staff, page.case))
    lines = [Line(page.case.arrived_on, _("申请到达"), day_order.ARRIVED)]
    lines += [_fact(page, one, voids) for one in page.events]
    for letter in page.letters:
        lines += _letter_lines(page, letter, reads)
    return sorted(lines, key=lambda one: (one.on, one.rank))


def _fact(page: CasePage, row: CaseEvent, voids: bool) -> Line:
    more = [row.party] if row.party else []
    if row.until:
        more.append(_("期限 %(day)s") % {"day": row.until})
    if row.days:
        more.append(_("%(n)s 个工作日") % {"n": row.days})
    if row.way:
        more.append(served_words(row.way))
    voided = ""
    if row.voided_at is not None:
        facts = {"who": getattr(row, "voider", ""), "reason": row.void_reason}
        voided = _("%(who)s 更正：%(reason)s") % facts
    can = voids and row.voided_at is None and EventKind(row.kind) not in _NEVER_VOIDED
    return Line(
        row.on,
        case_words.kind_words(row.kind),
        day_order.of_fact(row.kind),
        "，".join(more),
        row.note,
        getattr(row, "who", "") or _("申请人"),
        row.recorded_at,
        row.voided_at is not None,
        voided,
        undo=address("void", page.case.pk, row.pk) if can else "",
    )


def _letter_lines(page: CasePage, letter: Letter, reads: bool) -> list[Line]:
    if letter.issued_at is None or letter.dated is None:
        return []
    where = address("letter", page.case.pk, letter.pk) if reads else ""
    named = f"{kind_words(letter.kind)} {letter.number}".strip()
    kind, document = str(letter.kind), [(named, where)]
    lines = [Line(letter.dated, _("签发文书"), day_order.of_issuing(kind), documents=document)]
    for one in letter.services.all():
        way = served_words(one.way)
        if one.served_on:
            rank, number = day_order.of_sending(kind), one.tracking_number
            lines.append(Line(one.served_on, _("送出文书"), rank, way, number, documents=document))
        if one.reached_on:
            rank = day_order.of_reaching(kind)
            lines.append(Line(one.reached_on, _("文书送达"), rank, documents=document))
        if one.returned_on:
            rank, why = day_order.of_returning(kind), one.return_reason
            lines.append(Line(one.returned_on, _("文书退回"), rank, why, documents=document))
    return lines


def person_facts(page: CasePage) -> list[Fact]:
    """The requester, masked."""
    told = page.masked.person
    if page.masked.is_doubtful:
        told = {
            **told,
            "identity_number": _("%(number)s（不符合编码规则，请核对）")
            % {"number": told["identity_number"]},
        }
    facts = [Fact(str(label), told[name]) for name, label in _PERSON if name in told]
    kind = page.case.requester.identity_kind
    if kind in IdentityKind.values and "identity_number" in told:
        facts.insert(1, Fact(_("证件类型"), IdentityKind(kind).label))
    return facts


def parties(page: CasePage) -> list[dict[str, Any]]:
    """Those whose opinion is asked: by their label, the name masked."""
    found = []
    for one in page.parties:
        name = mask_party(page.opener.open(one, "name")) if page.opener else ""
        if one.kind != PartyKind.THIRD_PARTY and page.opener:
            name = page.opener.open(one, "name")  # an organ is nobody's personal data
        found.append(
            {
                "label": one.label,
                "name": name,
                "opinion": OPINIONS.get(Opinion(one.opinion), "") if one.opinion else _("尚未答复"),
                "address": address("party", page.case.pk, one.pk),
            }
        )
    return found


_STAGES = {
    DecisionStage.DRAFT: "draft",
    DecisionStage.IN_APPROVAL: "in_review",
    DecisionStage.RETURNED: "returned",
    DecisionStage.MADE: "approved",
    DecisionStage.ABANDONED: "withheld",
}


def decisions(page: CasePage, *, reads: bool) -> list[dict[str, Any]]:
    """Each decision with where it stands and who is asked now."""
    found = []
    for one in page.decisions:
        stage = DecisionStage(one.stage)
        step = getattr(one, "open_step", None)
        waits = _("等待：%(step)s") % {"step": step_words(step)} if step else ""
        found.append(
            {
                "kind": DecisionKind(one.kind).label,
                "state": look_state(_STAGES[stage], str(stage.label)),
                "outcome": case_words.outcome_words(one.outcome)
                if reads or stage is DecisionStage.MADE
                else "",
                "made_on": one.made_on,
                "who": getattr(one, "who", ""),
                "waits": waits,
                "address": address("decision_seen", page.case.pk, one.pk) if reads else "",
            }
        )
    return found


def letters(page: CasePage, *, reads: bool) -> list[dict[str, Any]]:
    labels = {one.pk: one.label for one in page.parties}
    return [
        {
            "words": kind_words(one.kind),
            "number": one.number,
            "party": labels.get(one.party_id or 0, ""),
            "dated": one.dated,
            "state": letter_state(one),
            "address": address("letter", page.case.pk, one.pk) if reads else "",
        }
        for one in page.letters
        if not one.is_dropped
    ]


def files(page: CasePage, staff: Staff) -> list[dict[str, Any]]:
    """The files; of what shows who asked the ending alone."""
    reads, opens = bool(may_read(staff, page.case)), bool(may_open_personal(staff, page.case))
    found = []
    for one in page.files:
        if one.kind == FileKind.LETTER:
            continue  # they stand with the letters
        is_personal = one.kind in PERSONAL_KINDS
        name = page.opener.open(one, "name") if page.opener else ""
        may = opens if is_personal else reads
        found.append(
            {
                "name": f"*.{name.rpartition('.')[2]}" if is_personal and name else name,
                "kind": FileKind(one.kind).label,
                "size": one.size,
                "who": getattr(one, "who", "") or _("申请人"),
                "at": one.added_at,
                "is_personal": is_personal,
                "address": address("file", page.case.pk, one.pk) if may and page.opener else "",
            }
        )
    return found


def tasks(page: CasePage) -> list[dict[str, Any]]:
    found = []
    for one in page.tasks:
        state = look_state("due", _("待答复"))
        if one.cancelled_at is not None:
            state = LookState(_("已取消"), "cross", "plain")
        elif one.answered_at is not None:
            state = look_state("done", _("已答复"))
        opener = page.opener
        found.append(
            {
                "unit": getattr(one, "asked", ""),
                "due": one.due_on,
                "state": state,
                "question": opener.open(one, "question") if opener else "",
                "answer": opener.open(one, "answer") if opener and one.answered_at else "",
                "who": getattr(one, "who", "") or "",
                "at": one.answered_at,
                "address": address("task", one.pk),
            }
        )
    return found


def notes(page: CasePage) -> list[dict[str, Any]]:
    return [
        {
            "kind": NoteKind(one.kind).label,
            "is_opinion": one.kind == NoteKind.LEGAL_OPINION,
            "words": page.opener.open(one, "words") if page.opener else "",
            "who": getattr(one, "who", ""),
            "at": one.written_at,
        }
        for one in page.notes
    ]


def fee(page: CasePage) -> list[Fact]:
    """The fee asked for and what was paid; nothing where none was asked for."""
    row = getattr(page.case, "fee", None)
    if row is None:
        return []
    basis = FeeBasis(row.basis)
    facts = [
        Fact(_("计收方式"), f"{basis.zh}，{row.count}{basis.unit_zh}"),
        Fact(_("应缴"), _("%(amount)s 元") % {"amount": row.amount}),
        Fact(_("已缴"), _("%(amount)s 元") % {"amount": row.paid}),
        Fact(_("通知日期"), row.notified_on),
        Fact(_("缴清日期"), row.paid_on),
        Fact(_("财政票据号"), row.receipt_number),
    ]
    return [one for one in facts if one.value not in (None, "")]


def same(page: CasePage) -> list[dict[str, Any]]:
    return [_like(one) for one in page.same.cases[:10]]


def maybe_same(page: CasePage) -> list[dict[str, Any]]:
    return [_like(one) for one in page.same.maybe[:10]]


def same_words(page: CasePage) -> str:
    """The volume of the month, for REG.35 and for the fee; and how many may be of the same requester, which
    are not in it."""
    facts = {
        "n": page.same.month.others,
        "month": page.same.month.volume,
        "before": page.same.month.items_before,
    }
    more = ngettext("同一申请人另有 %(n)s 件申请", "同一申请人另有 %(n)s 件申请", facts["n"]) % facts
    month = _("本月（含本件）共 %(month)s 件，本件之前已收到 %(before)s 件（用于计收信息处理费）") % facts
    told = _("%(more)s；%(month)s。") % {"more": more, "month": month}
    maybe = len(page.same.maybe)
    if not maybe:
        return told
    words = ngettext(
        "另有 %(n)s 件可能是同一人的申请，没有计入。",
        "另有 %(n)s 件可能是同一人的申请，没有计入。",
        maybe,
    )
    return _("%(told)s%(maybe)s") % {"told": told, "maybe": words % {"n": maybe}}


def alike(page: CasePage) -> list[dict[str, Any]]:
    return [
        {
            **_like(one.case),
            "share": round(one.share * 100),
            "same": one.same_requester,
            "maybe": one.maybe_same,
        }
        for one in page.alike
    ]


def divided(page: CasePage) -> list[dict[str, Any]]:
    case = page.case
    found = []
    for one in page.divided:
        if one.pk == case.split_from_id:
            words = _("拆分自")
        elif one.pk == case.merged_into_id:
            words = _("并入")
        else:
            words = _("由本件拆出") if one.split_from_id == case.pk else _("并入本件")
        found.append({"words": words, **_like(one)})
    return found


def _like(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "subject": case.subject,
        "state": case_words.state_of(case),
        "outcome": case_words.outcome_words(case.outcome),
        "address": case_address(case),
    }
