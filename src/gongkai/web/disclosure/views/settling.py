"""Consultations and approvals: opening one, entering its answer (REG.11)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.settling import answer_gate as enter_answer
from gongkai.web.disclosure.actions.settling import open_gate as open_gate_for
from gongkai.web.disclosure.forms.steps import GateAnswerForm, GateForm
from gongkai.web.disclosure.models import Gate, GateKind
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.next_steps import GATE_WORDS
from gongkai.web.disclosure.permissions import may_open_gate
from gongkai.web.disclosure.views.answering import seen_record, staff_of, tell, to_record, work_page
from gongkai.web.disclosure.views.asking import Question, ask
from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.queries import tree


@work_page("GET", "POST")
def open_gate(request: HttpRequest, pk: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)
    organs = [one for one in tree() if one.pk != record.organ_id]

    def act(form: Any) -> None:
        given = form.cleaned_data
        if not given["kind"]:
            raise WorkError("kind_missing", _("请选择事项。"), "Choose what it is.", field="kind")
        open_gate_for(
            by=staff,
            record=record,
            kind=GateKind(given["kind"]),
            organ_name=given["organ_name"],
            question=given["question"],
            organ=form.chosen(),
            seen=given["seen"],
        )

    def form(*data: Any, **options: Any) -> GateForm:
        return GateForm(*data, organs=organs, **options)

    told = [_("对方同意之前，这条信息不能公开（《条例》第十一条）。"), _("答复由您在这里登记。")]
    question = Question("open_gate", _("会商或报批"), _("登记"), _("已登记，等待答复。"), act, form, told)
    return ask(request, record, question)


@work_page("GET", "POST")
def answer_gate(request: HttpRequest, pk: int, gate: int) -> HttpResponse:
    staff, record = staff_of(request), seen_record(request, pk)
    found = Gate.objects.filter(record=record, pk=gate).first()
    if found is None:
        raise Http404
    if not may_open_gate(staff, record):
        raise NotAllowed
    form = GateAnswerForm(
        request.POST if request.method == "POST" else None, initial={"answered_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _enter(staff, found, form.cleaned_data)
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            return to_record(request, record, _("答复已登记。"))
    address = reverse("disclosure:record", args=(record.pk,))
    context = {
        "title": _("登记答复"),
        "back": Tab(_("返回信息页"), address),
        "place": "records",
        "facts": [
            Fact(_("标题"), record.title, wide=True),
            Fact(_("事项"), GATE_WORDS[GateKind(found.kind)]),
            Fact(_("对方机关"), found.organ_name),
            Fact(_("内容"), found.question, wide=True),
        ],
        "form": form,
        "confirm_words": _("登记答复"),
        "cancel_address": address,
    }
    return render(request, "workspace/confirm.html", context)


def _enter(staff: Any, gate: Gate, given: dict[str, Any]) -> None:
    if not given["result"]:
        raise WorkError("result_missing", _("请选择结果。"), "Choose the result.", field="result")
    if given["answered_on"] is None:
        raise WorkError("answered_on_missing", _("请填写答复日期。"), "Give the day.", field="answered_on")
    enter_answer(
        by=staff,
        gate=gate,
        result=GateResult(given["result"]),
        answered_on=given["answered_on"],
        answer=given["answer"],
        document=given["document"],
    )
