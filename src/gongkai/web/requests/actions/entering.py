"""The log entry of a change here. What names somebody never stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from gongkai.web.audit.actions import Change, append
from gongkai.web.config.sealing import Unreadable
from gongkai.web.organs.acting import locked
from gongkai.web.organs.errors import Stale, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.asked import PERSONAL, masked, stand_ins
from gongkai.web.requests.models import Case, PartyKind
from gongkai.web.requests.sealed import Destroyed, opener_of
from gongkai.web.requests.stands import reckon

MOST_REASON = 200


def enter(
    action: str,
    case: Case,
    *,
    by: Staff | None,
    subject: models.Model | None = None,
    touched: Sequence[models.Model] = (),
    gone: Sequence[str] = (),
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """What was done to a case, at the end of the transaction that did it."""
    append(
        Change(
            f"requests.{action}",
            by,
            subject or case,
            organ_id=case.organ_id,
            before=before or {},
            after={"case": case.number, **(after or {})},
            why=why,
            touched=touched,
            gone=gone,
        )
    )


def held(case: Case, seen: int | None = None) -> Case:
    """The case as it is now, held to the transaction's end; Stale if it has moved on since it was shown."""
    now = locked(case, "organ", "key", "unit")
    if seen is not None and seen != now.revision:
        raise Stale(f"申请{now.number}")
    return now


def moved(case: Case) -> None:
    """Reckon the case anew, count the change, and save it."""
    reckon(case)
    case.revision += 1
    case.save()


def nameless(case: Case, text: str) -> str:
    """What staff write beside a step, without what names the requester or anybody asked: it is kept open, in
    the case and in the log. 2 queries where there is a text."""
    if not text:
        return ""
    try:
        opener = opener_of(case)
        known: dict[str, str] = {}
        for party in case.parties.all():
            # An organ is nobody's personal data; who answers for it there is somebody.
            names = ("name",) if party.kind == PartyKind.THIRD_PARTY else ()
            facts = {name: opener.open(party, name) for name in (*names, "phone", "address")}
            known |= stand_ins(facts, "（第三方）")
        known |= stand_ins({name: opener.open(case.requester, name) for name in PERSONAL})
    except (Destroyed, Unreadable):
        known = {}
    return masked(text, known)


def reason_of(case: Case, text: str, what: str) -> str:
    """A reason that is needed, in one line, `nameless`."""
    given = nameless(case, " ".join(text.split()))
    if not given:
        raise WorkError("reason_missing", f"{what}须写明理由。", "A reason is needed.", field="reason")
    if len(given) > MOST_REASON:
        zh = f"理由最多 {MOST_REASON} 字，现有 {len(given)} 字。"
        raise WorkError("reason_too_long", zh, f"At most {MOST_REASON} characters.", field="reason")
    return given
