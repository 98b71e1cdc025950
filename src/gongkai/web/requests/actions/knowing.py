"""Who asked, in the clear: opened with a reason, and entered in the log. Destroyed when its time is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.accounts import let_go
from gongkai.web.requests.actions.entering import enter, held, reason_of
from gongkai.web.requests.asked import PERSONAL
from gongkai.web.requests.models import Case, CaseKey
from gongkai.web.requests.permissions import may_destroy, may_open_personal
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.settled import settled


@transaction.atomic
def open_personal(*, by: Staff, case: Case, reason: str) -> dict[str, str]:
    """Everything the requester gave, in the clear. That it was opened, and why, is in the log."""
    case = held(case)
    require(may_open_personal, by, case)
    why = reason_of(case, reason, "查看申请人信息")
    opener = opener_of(case)
    told = {name: opener.open(case.requester, name) for name in PERSONAL}
    told |= {"words": opener.open(case, "words"), "features": opener.open(case, "features")}
    enter("personal_seen", case, by=by, subject=case.requester, why=why)
    return told


@transaction.atomic
def destroy_personal(*, by: Staff, case: Case, reason: str) -> Case:
    """Destroy the key of a closed case whose keeping period is over: requester, words, letters and files open
    no more. Number, dates, outcome and figures stay."""
    case = held(case)
    require(may_destroy, by, case)
    why = reason_of(case, reason, "销毁个人信息")
    if not case.is_closed or case.closed_on is None:
        raise WorkError("not_closed", "申请尚未办结，不能销毁。", "It is not closed.")
    years = int(settled()["keeping"]["years"])
    until = _years_later(case.closed_on, years)
    if clock.today() < until:
        zh = f"保管期限（办结后 {years} 年）到 {until} 届满，届满前不能销毁。"
        raise WorkError("kept_until", zh, f"It is kept until {until}.")
    key = CaseKey.objects.select_for_update().get(pk=case.pk)
    if not key.wrapped:
        raise WorkError("destroyed_already", "个人信息已经销毁。", "Destroyed already.")
    key.wrapped, key.destroyed_at = "", clock.now()
    key.save()
    requester = case.requester
    for name in ("name", "identity", "phone", "email", "address"):
        setattr(requester, f"{name}_index", "")
    requester.save()
    case.destroyed_at = key.destroyed_at
    case.save()
    gone = let_go(case)
    enter("personal_destroyed", case, by=by, touched=[case, key, requester], gone=gone, why=why)
    return case


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
