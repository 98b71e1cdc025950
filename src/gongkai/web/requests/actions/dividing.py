"""One letter, several requests (一事一申请, FEE.4); and several that are one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongkai.statute.clock import EventKind
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.participation.actions.entering import tidy
from gongkai.web.requests.actions.entering import enter, held, moved, reason_of
from gongkai.web.requests.asked import PERSONAL, subject_of
from gongkai.web.requests.models import Case, CaseEvent, DecisionStage, Requester
from gongkai.web.requests.numbering import code_index, new_query_code, take_case_serial
from gongkai.web.requests.permissions import may_register
from gongkai.web.requests.queries.alike import may_be_one
from gongkai.web.requests.sealed import Opener, fill, new_opener, opener_of
from gongkai.web.requests.settled import length

MOST_PARTS = 20
_KEPT = ("kind", "requester_kind", "unit", "handler", "channel", "arrived_on", "confirmed_on")
_ALSO_KEPT = ("received_on", "post_number", "wanted_form", "reply_ways", "needs_help")


@transaction.atomic
def split(*, by: Staff, case: Case, parts: Sequence[str], reason: str, seen: int | None = None) -> list[Case]:
    """Split a request that asks for several things. The first part stays with the case, each further one is a
    case of its own with the same requester, channel and date of receipt. Gives the new ones."""
    case = held(case, seen)
    require(may_register, by, case)
    why = reason_of(case, reason, "拆分申请")
    wanted = [tidy(one) for one in parts if tidy(one)]
    if not 2 <= len(wanted) <= MOST_PARTS:
        zh = f"请写出拆分后的各项内容，2 至 {MOST_PARTS} 项。"
        raise WorkError("parts_missing", zh, f"2 to {MOST_PARTS} parts.", field="parts")
    if any(len(one) > length("words") for one in wanted):
        raise WorkError("part_too_long", f"每项最多 {length('words')} 字。", "Too long.", field="parts")
    later = case.events.filter(voided_at=None).exclude(kind=EventKind.RECEIVED.value)
    if case.is_closed or later.exists() or case.decisions.exists():
        zh = "已有办理记录，不能再拆分。拆分应在登记之后、办理之前进行。"
        raise WorkError("split_too_late", zh, "Something was done on it already.")
    opener = opener_of(case)
    facts = {name: opener.open(case.requester, name) for name in PERSONAL}
    case.words = opener.seal(case, "words", wanted[0])
    case.subject = subject_of(wanted[0], facts)
    moved(case)
    made = [_part(case, words, facts, by) for words in wanted[1:]]
    after = {"parts": [one.number for one in (case, *made)]}
    enter("split", case, by=by, touched=[case], after=after, why=why)
    return made


@transaction.atomic
def merge(*, by: Staff, case: Case, into: Case, reason: str, seen: int | None = None) -> Case:
    """Say that a request is one with another of the same requester: it is dealt with there. It is counted
    with its outcome 三（六）3 in table 3 (LAW.md 1.5 OTH-3). That the requester is the same where the number
    differs or is missing, who merges has to know: the reason stands in the log."""
    first, second = sorted((case, into), key=lambda one: one.pk)
    held(first)
    held(second)
    case, into = held(case, seen), held(into)
    require(may_register, by, case)
    why = reason_of(case, reason, "合并申请")
    if case.pk == into.pk or case.organ_id != into.organ_id:
        raise WorkError("merge_with_itself", "请选择本机关的另一件申请。", "Choose another.", field="into")
    if case.is_closed or into.is_closed:
        raise WorkError("merge_closed", "已办结的申请不能合并。", "It is closed.", field="into")
    if not may_be_one(case.requester, into.requester):
        zh = "两件申请的申请人不同，不能合并。"
        raise WorkError("merge_of_others", zh, "Different requesters.", field="into")
    if case.decisions.exclude(stage=DecisionStage.ABANDONED).exists():
        raise WorkError("merge_decided", "已拟写决定，请先作废再合并。", "A decision is drafted.")
    case.merged_into, case.outcome, case.decided_on = into, "OTH-3", clock.today()
    case.closed_on = clock.today()
    moved(case)
    enter("merged", case, by=by, touched=[case], after={"into": into.number}, why=why)
    return case


def _part(case: Case, words: str, facts: dict[str, str], by: Staff) -> Case:
    """A case for a further part."""
    same = {name: getattr(case, name) for name in (*_KEPT, *_ALSO_KEPT)}
    made = Case(
        organ=case.organ,
        year=case.year,
        submitted_at=case.submitted_at,
        taken_by=by,
        split_from=case.split_from or case,  # one step alone: the code of the first opens them all
        subject=subject_of(words, facts),
        **same,
    )
    opener, key = new_opener(made)
    # Nobody is told this one: the requester looks the part up with the code of the request it was split from.
    made.query_code = code_index(opener.key, new_query_code())
    made.words = opener.seal(made, "words", words)
    requester = _requester(case, made, opener, facts)
    made.serial = take_case_serial(case.organ, case.year)
    made.save()
    key.case = requester.case = made
    key.save()
    requester.save()
    touched: list[Any] = [key, requester]
    if made.received_on is not None:
        touched.append(_received(made, made.received_on, by))
    moved(made)
    after = {"split_from": case.number, "received_on": made.received_on}
    enter("received", made, by=by, touched=[made, *touched], after=after)
    return made


def _requester(case: Case, made: Case, opener: Opener, facts: dict[str, str]) -> Requester:
    requester = Requester(case=made, identity_kind=case.requester.identity_kind)
    fill(requester, opener, facts)
    return requester


def _received(case: Case, on: dt.date, by: Staff) -> CaseEvent:
    event: CaseEvent = CaseEvent.objects.create(
        case=case,
        kind=EventKind.RECEIVED.value,
        on=on,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    return event
