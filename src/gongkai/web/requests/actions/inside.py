"""Work inside the organ: tasks to units, notes, legal opinions."""

from __future__ import annotations

import uuid

from django.db import transaction

from gongkai.statute.calendar import national
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff, Unit
from gongkai.web.participation.actions.entering import tidy
from gongkai.web.requests.actions.entering import enter, held, moved
from gongkai.web.requests.models import Case, Note, NoteKind, Task
from gongkai.web.requests.permissions import may_answer_task, may_see, may_work
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.settled import settled

MOST_WORDS = 5000
MOST_DAYS = 20


@transaction.atomic
def write_note(*, by: Staff, case: Case, words: str, kind: str = NoteKind.NOTE) -> Note:
    """A note or a legal opinion. It is seen inside the organ alone and never changed."""
    case = held(case)
    require(may_see, by, case)
    if kind not in NoteKind.values:
        raise WorkError("note_kind", "请选择备注类别。", "Choose the kind.", field="kind")
    note = Note(case=case, kind=kind, uid=uuid.uuid4(), written_by=by, written_at=clock.now())
    note.words = opener_of(case).seal(note, "words", _said(words, "备注"))
    note.save()
    moved(case)
    enter("noted", case, by=by, subject=note, touched=[case, note], after={"kind": kind})
    return note


@transaction.atomic
def give_task(*, by: Staff, case: Case, unit: Unit, question: str, days: int | None = None) -> Task:
    """Ask a unit for what it has, or for its opinion, by a day."""
    case = held(case)
    require(may_work, by, case)
    if unit.organ_id != case.organ_id or not unit.is_active:
        raise WorkError("unit_of_another", "请选择本机关的科室。", "Choose a unit.", field="unit")
    if case.is_closed:
        raise WorkError("closed", "申请已办结，不能再交办。", "It is closed.")
    given = int(settled()["task"]["days"]) if days is None else days
    if not 1 <= given <= MOST_DAYS:
        zh = f"期限为 1 至 {MOST_DAYS} 个工作日。"
        raise WorkError("task_days", zh, f"1 to {MOST_DAYS} working days.", field="days")
    due = national().add_working_days(clock.today(), given).date
    task = Task(case=case, organ=case.organ, unit=unit, uid=uuid.uuid4(), due_on=due, asked_by=by)
    task.asked_at = clock.now()
    task.question = opener_of(case).seal(task, "question", _said(question, "要求"))
    task.save()
    moved(case)
    after = {"unit": unit.pk, "due_on": due}
    enter("task_given", case, by=by, subject=task, touched=[case, task], after=after)
    return task


@transaction.atomic
def answer_task(*, by: Staff, task: Task, answer: str) -> Task:
    """The unit answers. Once: what is to be added is a note."""
    case = held(task.case)
    task = Task.objects.select_for_update(of=("self",)).select_related("organ", "unit").get(pk=task.pk)
    require(may_answer_task, by, task)
    if task.answered_at is not None or task.cancelled_at is not None:
        raise WorkError("task_over", "这项交办已经答复或者取消。", "It is answered or cancelled.")
    task.answer = opener_of(case).seal(task, "answer", _said(answer, "答复", "answer"))
    task.answered_by, task.answered_at = by, clock.now()
    task.save()
    moved(case)
    enter("task_answered", case, by=by, subject=task, touched=[case, task])
    return task


@transaction.atomic
def cancel_task(*, by: Staff, task: Task) -> Task:
    """It is no longer needed."""
    case = held(task.case)
    require(may_work, by, case)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.answered_at is not None or task.cancelled_at is not None:
        raise WorkError("task_over", "这项交办已经答复或者取消。", "It is answered or cancelled.")
    task.cancelled_at = clock.now()
    task.save()
    moved(case)
    enter("task_cancelled", case, by=by, subject=task, touched=[case, task])
    return task


def _said(text: str, what: str, field: str = "words") -> str:
    said = tidy(text)
    if not said or len(said) > MOST_WORDS:
        zh = f"请填写{what}，最多 {MOST_WORDS} 字。"
        raise WorkError("words_missing", zh, f"1 to {MOST_WORDS} characters.", field=field)
    return said
