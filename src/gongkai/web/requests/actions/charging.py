"""The information processing fee (FEE.3 to FEE.6): reckoned, asked for, paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from gongkai.statute.clock import Event, EventKind
from gongkai.statute.errors import FeeError
from gongkai.statute.fees import Fee, FeeBasis, item_fee, page_fee
from gongkai.statute.outcomes import outcome
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held, moved
from gongkai.web.requests.actions.stepping import Stepped, record
from gongkai.web.requests.models import Case, FeeNotice
from gongkai.web.requests.permissions import may_work
from gongkai.web.requests.queries.alike import month_of


def fee_of(case: Case, basis: str, count: int) -> Fee:
    """What the law lets the organ ask for this case: by item, counted with the requester's other requests of
    the month, or by page (FEE.3: one of them). WorkError for a count that is none."""
    return _counted(case, basis, count)[0]


def _counted(case: Case, basis: str, count: int) -> tuple[Fee, int]:
    """`fee_of`, and how many requests of the month were counted before this one: 0 by page."""
    on = case.received_on or case.arrived_on
    try:
        if FeeBasis(basis) is FeeBasis.ITEM:
            after = month_of(case).items_before
            return item_fee(count, after=after, on=on), after
        return page_fee(count, on=on), 0
    except FeeError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en, field="count") from wrong
    except ValueError:
        raise WorkError("fee_basis", "请选择计收方式。", "Choose the basis.", field="basis") from None


@transaction.atomic
def reckon_fee(*, by: Staff, case: Case, basis: str, count: int, seen: int | None = None) -> FeeNotice:
    """Settle what is to be asked for, before its notice is drafted. The clock runs on until that is sent."""
    case = held(case, seen)
    require(may_work, by, case)
    row = FeeNotice.objects.select_for_update().filter(case=case).first()
    if row is not None and row.notified_on is not None:
        zh = f"收费通知已于 {row.notified_on} 发出，金额不能再改。"
        raise WorkError("fee_notified", zh, f"The notice was sent on {row.notified_on}.")
    if case.is_closed:
        raise WorkError("closed", "申请已办结，不能再收费。", "It is closed.")
    fee, after = _lawful_fee(case, basis, count)
    facts = {"basis": basis, "count": count, "after": after, "amount": fee.amount}
    row, _ = FeeNotice.objects.update_or_create(case=case, defaults=facts)
    moved(case)
    told = {"basis": basis, "count": count, "amount": str(fee.amount)}
    enter("fee_noted", case, by=by, subject=row, touched=[case, row], after=told)
    return row


def _lawful_fee(case: Case, basis: str, count: int) -> tuple[Fee, int]:
    """As `_counted`, refused where the law asks for nothing, or not so."""
    fee, after = _counted(case, basis, count)
    if not fee.amount:
        zh = "按标准不应收费，不能发出收费通知。"
        raise WorkError("no_fee", zh, "Nothing is to be paid.", field="count")
    if case.outcome and basis not in outcome(case.outcome).fee_bases:
        zh = "这一办理结果不能按这种方式收费。"
        raise WorkError("fee_basis_wrong", zh, "Not on this basis.", field="basis")
    return fee, after


@transaction.atomic
def notify_fee(
    *, by: Staff, case: Case, basis: str, count: int, on: dt.date, seen: int | None = None
) -> Stepped:
    """The fee notice was sent: the requester has 20 working days (FEE.6)."""
    case = held(case, seen)
    require(may_work, by, case)
    fee, after = _lawful_fee(case, basis, count)
    told = record(case, Event(EventKind.FEE_NOTIFIED, on), by=by)
    row, _ = FeeNotice.objects.update_or_create(
        case=case,
        defaults={"basis": basis, "count": count, "after": after, "amount": fee.amount, "notified_on": on},
    )
    facts = {"basis": basis, "count": count, "amount": str(fee.amount)}
    enter("fee_noted", case, by=by, subject=row, touched=[row], after=facts)
    return told


@transaction.atomic
def take_payment(
    *,
    by: Staff,
    case: Case,
    amount: Decimal,
    on: dt.date,
    receipt_number: str = "",
    seen: int | None = None,
) -> Case:
    """Money came. When all is paid the period begins again (FEE.6); a part of it does not move the clock."""
    case = held(case, seen)
    require(may_work, by, case)
    row = FeeNotice.objects.select_for_update().filter(case=case).first()
    if row is None or row.notified_on is None:
        raise WorkError("paid_without_notice", "没有发出过收费通知。", "No fee was asked for.")
    left = row.amount - row.paid
    if amount <= 0 or amount > left:
        zh = f"缴费金额应大于 0，不超过未缴的 {left} 元。"
        raise WorkError("amount_wrong", zh, f"More than 0, at most {left} yuan.", field="amount")
    row.paid += amount
    row.receipt_number = receipt_number.strip()[:60]
    if row.paid == row.amount:
        row.paid_on = on
        case = record(case, Event(EventKind.FEE_PAID, on), by=by).case
    row.save()
    facts = {"paid": str(row.paid), "of": str(row.amount), "on": on}
    enter("fee_noted", case, by=by, subject=row, touched=[row], after=facts)
    return case
