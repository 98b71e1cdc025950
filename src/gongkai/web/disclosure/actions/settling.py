"""Consulting other organs and waiting for approval (REG.11)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.models import Gate, GateKind, Record, State
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.permissions import may_open_gate
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff


@transaction.atomic
def open_gate(
    *,
    by: Staff,
    record: Record,
    kind: GateKind,
    organ_name: str,
    question: str,
    organ: Organ | None = None,
    seen: int | None = None,
) -> Gate:
    """Note that another organ is asked, or an approval is needed. Until it has agreed nothing goes out."""
    record = locked(record, "organ", "unit")
    require(may_open_gate, by, record)
    unchanged(seen, record.revision, "这条信息")
    if record.state == State.ABANDONED:
        raise WorkError("abandoned", "这条信息已作废。", "It was given up.")
    name = (organ.name if organ else organ_name).strip()
    if not name:
        raise WorkError("organ_name_missing", "请写明征求意见或者报批准的机关。", field="organ_name")
    if not question.strip():
        raise WorkError("question_missing", "请写明征求意见或者报批准的内容。", field="question")
    gate = Gate.objects.create(
        record=record,
        kind=GateKind(kind),
        organ=organ,
        organ_name=name[:120],
        question=question.strip()[:2000],
        opened_by=by,
        opened_on=clock.today(),
    )
    enter(
        "open_gate", by=by, record=record, touched=[gate], after={"kind": gate.kind, "organ": gate.organ_name}
    )
    return gate


@transaction.atomic
def answer_gate(
    *,
    by: Staff,
    gate: Gate,
    result: GateResult,
    answered_on: dt.date,
    answer: str,
    document: str = "",
) -> Gate:
    """Enter what the other organ has answered, with its letter's number and date."""
    record = locked(gate.record, "organ", "unit")
    gate = locked(gate)
    require(may_open_gate, by, record)
    if gate.result:
        raise WorkError("answered_already", "这一事项已有结果，不能重复登记。", "It is answered already.")
    if not answer.strip():
        raise WorkError("answer_missing", "请写明答复内容或者理由。", field="answer")
    if not gate.opened_on <= answered_on <= clock.today():
        zh = f"答复日期应在发出日期 {gate.opened_on} 至今天之间。"
        raise WorkError("answered_on_impossible", zh, field="answered_on")
    gate.result, gate.answered_on, gate.answered_by = GateResult(result), answered_on, by
    gate.answer, gate.document = answer.strip()[:2000], document.strip()[:80]
    gate.save()
    enter("answer_gate", by=by, record=record, touched=[gate], after={"result": gate.result}, why=gate.answer)
    return gate
