"""The organ's review plan: its steps in order and their days. The secrecy review cannot be left out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.reviewing import set_review_plan
from gongkai.web.disclosure.forms.steps import PlanForm
from gongkai.web.disclosure.permissions import may_plan_review
from gongkai.web.disclosure.review_plan import plan_of
from gongkai.web.disclosure.views.answering import staff_of, tell, work_page
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Staff


@work_page("GET", "POST")
def plan(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    organ = _organ(request, staff)
    if request.method == "POST":
        form = PlanForm(request.POST)
        if form.is_valid():
            try:
                set_review_plan(
                    by=staff,
                    organ=organ,
                    steps=form.steps(),
                    publish_on_passing=form.cleaned_data["publish_on_passing"],
                )
            except NotAllowed:
                raise
            except WorkError as refused:
                tell(form, refused)
            else:
                messages.success(request, _("审查流程已保存。正在审查的信息按原流程办完。"))
                return HttpResponseRedirect(reverse("disclosure:plan"))
    else:
        form = PlanForm(initial=PlanForm.start(*plan_of(organ)))
    context = {
        "title": _("审查流程"),
        "lead": organ.name,
        "place": "settings",
        "back": Tab(_("设置"), reverse("organs:settings")),
        "form": form,
        "rows": [(words, form[order], form[days]) for _step, words, order, days in form.rows],
        "cancel_address": reverse("organs:settings"),
    }
    return render(request, "disclosure/plan.html", context)


def _organ(request: HttpRequest, staff: Staff) -> Organ:
    """The organ whose plan the person keeps: the one they work for now, if it is among them."""
    kept = [one.organ for one in staff.appointments_today() if may_plan_review(staff, one.organ)]
    if not kept:
        raise NotAllowed
    now = request.session.get("organ")
    return next((one for one in kept if one.code == now), kept[0])
