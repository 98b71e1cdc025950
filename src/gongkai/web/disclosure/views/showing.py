"""Records as the pieces of pages: facts, attachments, versions, steps of reviews, findings, log entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import PublicationDue, category, genre, record_due, record_kind, theme
from gongkai.statute.errors import StatuteError
from gongkai.web.disclosure.answers import field_of
from gongkai.web.disclosure.body_view import Place, body_view
from gongkai.web.disclosure.models import Attachment as AttachmentRow
from gongkai.web.disclosure.models import Link, LinkKind, Record, Result, Review, State, Version
from gongkai.web.disclosure.models.versions import ChangeKind, Stage
from gongkai.web.disclosure.next_steps import role_words, step_words
from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.pieces import Attachment, Fact, Finding, Severity, Step
from gongkai.web.look.pieces import Version as VersionLine
from gongkai.web.look.states import State as LookState
from gongkai.web.look.states import state as look_state
from gongkai.web.look.templatetags.look import moment

_STEP_STATES = {
    "unit_head": "unit_review",
    "secrecy_officer": "secrecy_review",
    "leader": "leader_review",
}


def state_of(record: Record, step: str = "") -> LookState:
    """Where a record stands, as people call it; `step`: the step its version waits for, if it is known."""
    if record.state == State.ABANDONED:
        return LookState(_("已作废"), "cross", "plain")
    if record.state == State.DRAFT and record.working is not None:
        return stage_state(record.working.stage, step)
    return look_state(record.state)


def stage_state(stage: str, step: str = "") -> LookState:
    """Where a version stands."""
    if stage == Stage.IN_REVIEW and step:
        known = look_state(_STEP_STATES.get(step, "in_review"))
        return (
            known
            if step in _STEP_STATES
            else known._replace(words=_("待%(step)s") % {"step": step_words(step)})
        )
    if stage == Stage.SUPERSEDED:
        return LookState(_("历史版本"), "hollow", "plain")
    if stage == Stage.ABANDONED:
        return LookState(_("已作废"), "cross", "plain")
    return look_state(stage)


def kind_words(code: str) -> str:
    return _named(record_kind, code)


def category_words(code: str) -> str:
    try:
        return f"{code} {category(code).short(language())}" if code else ""
    except StatuteError:
        return code


def facts_of(record: Record, version: Version) -> list[Fact]:
    """The metadata box (META.2); what is empty and not asked for is left out."""
    shown = [
        Fact(_("索引号"), record.index_number),
        Fact(_("信息种类"), kind_words(record.kind)),
        Fact(_("发文字号"), version.document_number),
        Fact(_("公开类别"), category_words(version.category)),
        Fact(_("主题分类"), _named(theme, version.theme)),
        Fact(_("体裁"), _named(genre, version.genre)),
        Fact(_("成文日期"), version.made_on),
        Fact(_("批准或决定日期"), version.decided_on),
        Fact(_("所属年度"), version.for_year),
        Fact(_("实施日期"), version.effective_on),
        Fact(_("有效期至"), version.expires_on),
        Fact(_("有效性"), state=record.validity if record.state == State.PUBLISHED else ""),
        Fact(_("公开时间"), timezone.localdate(record.published_at) if record.published_at else None),
        Fact(_("定时公开"), moment(version.publish_at) if _is_set(version) else ""),
        Fact(_("责任科室"), record.unit.name if record.unit else ""),
        Fact(
            _("起草人"),
            str(version.drafted_by if version.drafted_by_id != record.created_by_id else record.created_by),
        ),
        Fact(_("联合发文"), version.joint_organs),
        Fact(_("关键词"), version.keywords),
        Fact(_("公开事项"), str(record.checklist_item) if record.checklist_item else "", wide=True),
        Fact(_("内容概述"), version.summary, wide=True),
    ]
    return [one for one in shown if one.value not in (None, "") or one.state]


def _is_set(version: Version) -> bool:
    """Whether a time is set at which it is still to become public."""
    return version.publish_at is not None and version.published_at is None


def _named(find: Any, code: str) -> str:
    try:
        return str(find(code).name(language())) if code else ""
    except StatuteError:
        return code


def body_of(version: Version, places: Sequence[Place] = ()) -> SafeString | str:
    """The body as readers will see it, its pictures from our own address."""
    if not version.body:
        return ""

    def picture(number: int) -> str:
        return reverse("disclosure:picture", args=(version.record_id, version.number, number))

    return body_view(version.body, picture, places)


def attachments_of(rows: Iterable[AttachmentRow], record: Record) -> list[Attachment]:
    return [
        Attachment(
            row.name,
            row.name.rpartition(".")[2].upper()[:8],
            row.size,
            reverse("disclosure:attachment", args=(record.pk, row.pk)),
            _("检查发现 %(n)s 处问题") % {"n": len(row.findings)} if row.findings else "",
        )
        for row in rows
    ]


def version_lines(versions: Sequence[Version], record: Record) -> list[VersionLine]:
    """The versions, newest first, each with the way to what it changed."""
    lines = []
    for at, one in enumerate(versions):
        words = " · ".join(
            filter(None, [str(stage_state(one.stage).words), _change_words(one), one.change_note])
        )
        older = versions[at + 1 :]
        lines.append(
            VersionLine(
                one.number,
                one.published_at or one.changed_at,
                words,
                str(one.drafted_by),
                reverse("disclosure:version", args=(record.pk, one.number)),
                reverse("disclosure:changes", args=(record.pk, one.number)) if older else "",
                record.published_id == one.pk,
            )
        )
    return lines


def _change_words(version: Version) -> str:
    return {
        ChangeKind.AMENDMENT.value: _("内容修改"),
        ChangeKind.CORRECTION.value: _("更正差错"),
    }.get(str(version.change), "")


_RESULTS = {
    Result.PASSED: "done",
    Result.RETURNED: "returned",
    Result.FORWARDED: "done",
    Result.CANCELLED: "returned",
}


def result_words(result: str) -> str:
    return {
        Result.PASSED.value: _("通过"),
        Result.RETURNED.value: _("退回"),
        Result.FORWARDED.value: _("转交"),
        Result.CANCELLED.value: _("撤销"),
    }.get(result, result)


def review_steps(version: Version, reviews: Sequence[Review]) -> list[Step]:
    """What was decided, what waits, and the steps still ahead of this round."""
    found = [_review_step(one, several=version.review_round > 1) for one in reviews]
    waiting = next((one for one in reviews if not one.result), None)
    if waiting is not None:
        for planned in version.planned_steps[waiting.position + 1 :]:
            found.append(Step(step_words(planned["step"]), "ahead", role_words(planned["step"])))
    return found


def _review_step(review: Review, *, several: bool) -> Step:
    words = step_words(review.step)
    if several:
        words = _("第%(n)s轮 %(step)s") % {"n": review.round, "step": words}
    if not review.result:
        who = str(review.assigned_to) if review.assigned_to else role_words(review.step)
        return Step(words, "now", who, review.due_on, days_left=days_until(review.due_on))
    reason = f"{review.reason} {_('依据：')}{review.basis}" if review.basis else review.reason
    return Step(
        f"{words}{_('：')}{result_words(review.result)}",
        _RESULTS[Result(review.result)],  # type: ignore[arg-type]
        str(review.decided_by),
        review.decided_at,
        reason,
    )


def days_until(day: dt.date | None) -> int | None:
    """Days of the calendar from today: below 0 it is late by so many."""
    return (day - timezone.localdate()).days if day else None


def due_of(record: Record, version: Version, links: Sequence[Link] = ()) -> PublicationDue | None:
    """The record's last day with the words how it was found (REG.26); None where none can be reckoned."""
    made = version.made_on or version.decided_on
    if made is None or record.due_on is None:
        return None
    since = version.decided_on or _document_published(record, links)
    try:
        due = record_due(record.kind, made, version.changed_on, since=since, organ=record.organ.organ_kind)
    except StatuteError:
        return None
    # The column is what counts; other words than its own day are not told.
    return due if due.date == record.due_on else None


def _document_published(record: Record, links: Sequence[Link]) -> dt.date | None:
    """The day the document interpreted was published."""
    days = [
        timezone.localdate(one.target.published_at)
        for one in links
        if one.kind == LinkKind.INTERPRETS and one.source_id == record.pk and one.target.published_at
    ]
    return min(days, default=None)


def finding_pieces(
    found: Iterable[Any],
    *,
    in_body: bool = True,
    attachments_at: str = "#attachments-title",
    answers: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> list[Finding]:
    """Checks as cards, the gravest first. `found`: `checks.Check`, or their facts as kept with a version.

    `answers`: by key, of what is still a draft; `form`: with the fields that they are written in.
    """
    facts = [
        one if isinstance(one, dict) else {name: getattr(one, name) for name in one.__slots__}
        for one in found
    ]
    english = language() == "en"
    pieces = []
    for number, one in enumerate(facts):
        address = ""
        if in_body and one.get("start", -1) >= 0:
            address = f"#finding-{number}"
        elif one.get("group") == "files":
            address = attachments_at
        words = one.get("en") if english else one.get("zh")
        severity: Severity = "error" if one.get("refuses") else "warning"
        key = str(one.get("key") or "")
        pieces.append(
            Finding(
                severity,
                str(words),
                str(one.get("where") or ""),
                str(one.get("words") or ""),
                address=address,
                answer=str(one.get("answer") or (answers or {}).get(key, "")),
                answer_field=form[field_of(key)] if form and field_of(key) in form.fields else None,
            )
        )
    return sorted(pieces, key=lambda one: one.severity != "error")


def places_of(found: Iterable[Any]) -> list[Place]:
    """Where the body's findings stand; their names are those that `finding_pieces` links to."""
    places = []
    for number, one in enumerate(found):
        start, end = (one["start"], one["end"]) if isinstance(one, dict) else (one.start, one.end)
        if start >= 0:
            places.append(Place(f"finding-{number}", start, end))
    return places
