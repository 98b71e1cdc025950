"""A reader found a page helpful or not; a reader reports an error; the organ answers."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.utils import IntegrityError

from gongkai.statute.calendar import national
from gongkai.web.config import clock
from gongkai.web.config.sealing import blind_index, blind_indexes, seal, unseal
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.participation.actions.entering import enter, one_line, reason_given, tidy, too_long
from gongkai.web.participation.models import ErrorReport, Helpfulness
from gongkai.web.participation.permissions import may_answer, may_destroy, may_see_contact
from gongkai.web.participation.settled import contact_days, find, length, report_kinds, report_results

# Without letters and digits that are taken for one another.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10


def mark(*, record: Record, helped: bool) -> None:
    """Count a reader who found the page helpful, or not. Nothing of the reader is kept. 1 query, 2 at first.

    A count is no fact that rests with anybody: it is not entered in the log.
    """
    _public(record)
    column = "helped" if helped else "not_helped"
    rows = Helpfulness.objects.filter(record=record)
    if rows.update(**{column: F(column) + 1}):
        return
    try:
        with transaction.atomic():
            Helpfulness.objects.create(record=record, organ_id=record.organ_id, **{column: 1})
    except IntegrityError:
        rows.update(**{column: F(column) + 1})


@transaction.atomic
def report_error(*, record: Record, kind: str, words: str, contact: str = "") -> tuple[ErrorReport, str]:
    """A reader's report: a task of the record's unit. Gives it with the code for looking the answer up.

    Personal data that is shown goes to the secrecy officer and the office as well, due within a working day.
    """
    _public(record)
    words, contact = tidy(words), one_line(contact)
    known = find(report_kinds(), kind)
    faults = [*too_long("words", "说明", words, length("report"))]
    faults += too_long("contact", "联系方式", contact, length("contact"))
    if known is None:
        faults.append(WorkError("kind_missing", "请选择是什么问题。", "Choose what is wrong.", field="kind"))
    elif kind == "other" and not words:
        zh = "请写明是什么问题。"
        faults.append(WorkError("words_missing", zh, "Say what is wrong.", field="words"))
    if faults or known is None:
        raise Invalid(faults)
    now, code = clock.now(), new_code()
    report = ErrorReport(
        organ_id=record.organ_id,
        unit_id=record.unit_id,
        record=record,
        kind=kind,
        is_urgent=bool(known.more.get("urgent")),
        words=words,
        code=digest_of(code),
        received_at=now,
        due_on=national().add_working_days(clock.today(), int(known.more["working_days"])).date,
    )
    report.contact = seal(contact, contact_of(report))
    report.save()
    after = {"record": record.pk, "kind": kind, "due_on": report.due_on}
    enter(
        "report_received",
        by=None,
        subject=report,
        touched=[report],
        organ_id=record.organ_id,
        after=after,
    )
    return report, code


@transaction.atomic
def answer_report(*, by: Staff, report: ErrorReport, result: str, answer: str) -> ErrorReport:
    """What came of it, and what its sender reads under the code. Closes it."""
    report = locked(report, "organ", "unit")
    require(may_answer, by, report)
    if report.answered_at is not None:
        zh = "这条留言已经答复过了。请刷新页面查看。"
        raise WorkError("answered_already", zh, "It has been answered already.")
    answer = tidy(answer)
    faults = [*too_long("answer", "答复", answer, length("answer"))]
    if find(report_results(), result) is None:
        faults.append(
            WorkError("result_missing", "请选择处理结果。", "Choose what came of it.", field="result")
        )
    if not answer and result != "void":
        zh = "请写明答复，留言人凭查询码可以看到。"
        faults.append(WorkError("answer_missing", zh, "Write the answer.", field="answer"))
    if faults:
        raise Invalid(faults)
    report.result, report.answer = result, answer
    report.answered_by, report.answered_at = by, clock.now()
    report.save()
    enter(
        "report_answered",
        by=by,
        subject=report,
        touched=[report],
        after={"result": result, "days_late": max(0, (clock.today() - report.due_on).days)},
    )
    return report


def contact_of(report: ErrorReport) -> str:
    """What a contact is sealed for: it opens in the row of its own report alone."""
    return f"report.contact:{report.nonce}"


@transaction.atomic
def look_at_contact(*, by: Staff, report: ErrorReport) -> str:
    """The contact in the clear, for who answers. That it was looked at is in the log."""
    report = locked(report, "organ", "unit")
    require(may_see_contact, by, report)
    if not report.contact:
        raise WorkError("no_contact", "留言人没有留联系方式，或者已经销毁。", "There is no contact.")
    contact = unseal(report.contact, contact_of(report))
    enter("contact_seen", by=by, subject=report, touched=[])
    return contact


@transaction.atomic
def destroy_personal_data(*, by: Staff, report: ErrorReport, reason: str, words_too: bool) -> ErrorReport:
    """Destroy the contact, and the words where they hold personal data. The report and its answer stay."""
    report = locked(report, "organ", "unit")
    require(may_destroy, by, report)
    why = reason_given(reason, "销毁个人信息")
    report.contact, report.destroyed_at = "", clock.now()
    if words_too:
        report.words = ""
    report.save()
    enter("report_shredded", by=by, subject=report, touched=[report], after={"words": words_too}, why=why)
    return report


def forget_contacts(now: dt.datetime | None = None) -> int:
    """Contacts of reports answered long enough ago are destroyed (data: keeping). Gives how many."""
    now = now or clock.now()
    before = now - dt.timedelta(days=contact_days())
    done = 0
    for pk in _with_contact().filter(answered_at__lt=before).values_list("pk", flat=True)[:200]:
        with transaction.atomic():
            report = locked(ErrorReport(pk=pk), "organ", "unit")
            if not report.contact:
                continue
            report.contact, report.destroyed_at = "", now
            report.save()
            enter("report_shredded", by=None, subject=report, touched=[report], after={"words": False})
            done += 1
    return done


def _with_contact() -> QuerySet[ErrorReport]:
    return ErrorReport.objects.exclude(contact="").order_by("pk")


def digest_of(code: str) -> str:
    """A code as it is kept."""
    return blind_index("report", _signs(code))


def digests_of(code: str) -> list[str]:
    """A code as it is kept now, and as it was under the keys before: nobody can make those anew."""
    return blind_indexes("report", _signs(code))


def _signs(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign in _SIGNS)


def new_code() -> str:
    """A code to be written down: `ABCDE-23456`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"


def _public(record: Record) -> None:
    if record.state != State.PUBLISHED:
        raise WorkError("not_public", "这条信息现在没有公开。", "It is not public.")
