"""Today: what waits for whoever is signed in, by the days left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.web.channels.states import state_of, trouble_words
from gongkai.web.disclosure.holding_up import holding_gate, why_held, why_overdue
from gongkai.web.disclosure.models import Review, Version
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import may_draft
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.disclosure.words import role_words, stage_words, step_words
from gongkai.web.look.pieces import Action, Count, Task
from gongkai.web.participation.queries.today import tasks as participation_tasks
from gongkai.web.requests.queries.today import load as requests_load
from gongkai.web.requests.queries.today import today as requests_today
from gongkai.web.workspace.queries.today import Waiting, waiting
from gongkai.web.workspace.views.answering import staff_of, staff_page
from gongkai.web.workspace.views.first_steps import lines_for

_LATEST = dt.date.max  # what has no day stands behind all that has one


@staff_page("GET")
def today(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    found, of_requests = waiting(staff), requests_today(staff)
    tasks = sorted(
        [*_tasks(found), *participation_tasks(staff), *of_requests.waiting],
        key=lambda one: _LATEST if one.days_left is None or one.due is None else one.due,
    )
    context = {
        "place": "today",
        "today": timezone.localdate(),
        "waiting": tasks,
        "returned": [
            *(_draft(one, _("修改后重新提交")) for one in found.returned),
            *of_requests.returned,
        ],
        "load": [*_load(found), *requests_load(staff)],
        "load_title": _("正在办理（本科室）")
        if any(one.unit_id for one in staff.appointments_today())
        else _("正在办理（本机关）"),
        "actions": _actions(staff),
        "first_steps": lines_for(staff),
    }
    return render(request, "workspace/today.html", context)


def _actions(staff: Any) -> list[Action]:
    if any(may_draft(staff, one) for one in own_organs(staff)):
        return [Action(_("新建信息"), reverse("disclosure:new"), style="main")]
    return []


def _tasks(found: Waiting) -> Iterator[Task]:
    yield from (_review(one) for one in found.reviews)
    yield from (_draft(one, _("起草，提交审查")) for one in found.drafts)
    yield from (_passed(one) for one in found.approved)
    yield from (_overdue(one) for one in found.overdue)
    for gate in found.gates:
        address = reverse("disclosure:record", args=(gate.record_id,))
        yield Task(
            gate.record.title, address, _("会商或报批，等待答复"), gate.organ_name, unit=_unit(gate.record)
        )
    for item in found.items:
        step = _("公开事项到期")
        address = reverse("disclosure:checklist_item", args=(item.pk,))
        yield Task(
            str(item),
            address,
            step,
            days_left=_days(item.next_due_on),
            due=item.next_due_on,
            unit=_unit(item),
        )
    for release in found.releases:
        address = reverse("channels:release", args=(release.pk,))
        step = f"{release.channel.name}{_('：')}{state_of(release).words}"
        why = trouble_words(release)
        yield Task(release.record.title, address, step, reason=why, unit=_unit(release.record))
    for one in found.withheld:
        address = reverse("disclosure:withheld_item", args=(one.pk,))
        step = _("评估不予公开的事项")
        yield Task(
            one.title,
            address,
            step,
            days_left=_days(one.next_review_on),
            due=one.next_review_on,
            unit=_unit(one),
        )


def _review(review: Review) -> Task:
    record = review.version.record
    address = reverse("disclosure:review", args=(review.pk,))
    waits = str(review.assigned_to) if review.assigned_to else role_words(review.step)
    days = _days(review.due_on)
    return Task(
        review.version.title, address, step_words(review.step), waits, days, review.due_on, unit=_unit(record)
    )


def _passed(version: Version) -> Task:
    """What has passed: it waits to be made public, unless another organ has not agreed."""
    gates = sorted(version.record.gates.all(), key=lambda one: one.pk)
    gate = holding_gate(gates)
    if gate is None:
        return _draft(version, _("已通过审查，等待公开"))
    refused = gate.result == GateResult.REFUSED
    task = _draft(version, _("已通过审查，不能公开") if refused else _("已通过审查，会商或报批还没有结果"))
    return replace(task, reason=why_held(gates))


def _overdue(version: Version) -> Task:
    """What should be public by now: late by the days since its time."""
    gates = sorted(version.record.gates.all(), key=lambda one: one.pk)
    on = timezone.localdate(version.publish_at)
    task = _draft(version, _("定时公开的时间已过，没有公开"))
    return replace(task, days_left=_days(on), due=on, reason=why_overdue(version, gates))


def _draft(version: Version, step: str) -> Task:
    record = version.record
    name = "edit" if version.can_be_edited else "record"
    why = str(getattr(version, "returned_why", None) or "") if version.stage == Stage.RETURNED else ""
    return Task(
        version.title or _("（没有标题）"),
        reverse(f"disclosure:{name}", args=(record.pk,)),
        step,
        "",
        _days(record.due_on),
        record.due_on,
        why,
        _unit(record),
    )


def _unit(thing: Any) -> str:
    return thing.unit.name if thing.unit else ""


def _days(day: Any) -> int | None:
    return (day - timezone.localdate()).days if day else None


def _load(found: Waiting) -> list[Count]:
    most = max(found.load.values(), default=0)
    address = reverse("disclosure:records")
    return [
        Count(stage_words(stage), number, most, address=f"{address}?state={stage}")
        for stage, number in found.load.items()
    ]
