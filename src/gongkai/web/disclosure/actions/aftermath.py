"""What a withdrawn document has done to others: taken back, or kept on a ground of its own (NOR.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.checks import fit_for_readers
from gongkai.web.disclosure.dates import validity_today
from gongkai.web.disclosure.models import Link, LinkKind, Record, State
from gongkai.web.organs.acting import locked
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Staff


class Choice(models.TextChoices):
    """What becomes of a document that the withdrawn one has repealed or amended."""

    RESTORE = "restore", "恢复为有效"
    KEEP = "keep", "保持废止或修改"


@dataclass(frozen=True, slots=True)
class Decision:
    """For one document. `basis`: by what else it is repealed or amended, when that is kept."""

    choice: str
    basis: str = ""


def affected(record: Record) -> list[Record]:
    """Public documents that stand as repealed (or to be repealed) or amended by a record. 1 query."""
    amended = Link.objects.filter(source=record, kind=LinkKind.AMENDS).values("target")
    done = Q(repealed_by=record) | Q(pk__in=amended, amended_on__isnull=False)
    return list(Record.objects.filter(done, organ=record.organ_id, state=State.PUBLISHED).order_by("pk"))


def is_repealed_by(other: Record, record: Record) -> bool:
    return other.repealed_by_id == record.pk


def decided_for(others: Sequence[Record], decisions: Mapping[int, Decision]) -> None:
    """Invalid, at the fields `after_PK` and `basis_PK`, unless each has a decision, with a ground if kept."""
    faults = []
    for one in others:
        decision = decisions.get(one.pk)
        if decision is None or decision.choice not in Choice.values:
            zh = f"请选择“{one.title}”是恢复为有效，还是保持废止或修改。"
            faults.append(
                WorkError("aftermath_open", zh, "Choose what becomes of it.", field=f"after_{one.pk}")
            )
        elif decision.choice == Choice.KEEP and not decision.basis.strip():
            zh = f"“{one.title}”保持废止或修改的，请写明另外的依据，例如文号和名称。"
            faults.append(WorkError("basis_missing", zh, "Say on what ground.", field=f"basis_{one.pk}"))
        elif decision.choice == Choice.KEEP:
            fit_for_readers(decision.basis, one.organ, field=f"basis_{one.pk}")
    if faults:
        raise Invalid(faults)


def settle(record: Record, decisions: Mapping[int, Decision], *, by: Staff, reason: str) -> None:
    """Carry the decisions out, after the withdrawal. Whoever may withdraw a document may end what it did."""
    for one in affected(record):
        other, decision = locked(one, "organ", "unit"), decisions[one.pk]
        if is_repealed_by(other, record):
            if decision.choice == Choice.RESTORE:
                take_repeal_back(other, by=by, reason=reason)
            else:
                _on_its_own_ground(other, decision.basis, by=by)
        elif decision.choice == Choice.RESTORE:
            _take_amendment_back(other, record, by=by, reason=reason)
        else:
            on = {"amended_on": other.amended_on}
            enter("amended", by=by, record=other, touched=[], before=on, after=on, why=decision.basis.strip())


def take_repeal_back(record: Record, *, by: Staff, reason: str) -> None:
    """The fact itself: no repeal, past or to come. Validity follows the other days."""
    before = {"repealed_on": record.repealed_on, "basis": record.repeal_basis}
    record.repealed_on, record.repealed_by, record.repeal_basis = None, None, ""
    record.validity = validity_today(record)
    enter("undo_repeal", by=by, record=record, touched=[], before=before, why=reason.strip())


def _on_its_own_ground(record: Record, basis: str, *, by: Staff) -> None:
    before = {"basis": record.repeal_basis, "by": record.repealed_by_id}
    record.repealed_by, record.repeal_basis = None, basis.strip()[:200]
    after = {"repealed_on": record.repealed_on, "basis": record.repeal_basis, "by": None}
    enter("repeal", by=by, record=record, touched=[], before=before, after=after, why=record.repeal_basis)


def _take_amendment_back(record: Record, source: Record, *, by: Staff, reason: str) -> None:
    """What another public document has amended as well stays amended, from that one's day."""
    links = Link.objects.filter(target=record, kind=LinkKind.AMENDS, source__state=State.PUBLISHED)
    others = [one.source for one in links.exclude(source=source).select_related("source")]
    days: list[dt.date] = [day for one in others if (day := one.effective_on or one.made_on)]
    before = {"amended_on": record.amended_on}
    record.amended_on = min(days, default=None)
    record.validity = validity_today(record)
    after = {"validity": record.validity, "amended_on": record.amended_on}
    enter("amended", by=by, record=record, touched=[], before=before, after=after, why=reason.strip())
