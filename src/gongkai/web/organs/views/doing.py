"""How every page of the settings goes: who may see it, what was refused, where to go next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.web.look.pieces import Tab
from gongkai.web.organs.actions.grounds import Predicate
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.forms import add_faults
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.permissions import (
    is_administrator,
    is_disclosure_office,
    may_manage_organ,
    may_see_organs_below,
    may_see_staff,
)
from gongkai.web.organs.queries import person
from gongkai.web.organs.typed_words import fields_sent, typed_words

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request below /work/: the gate lets through only who is signed in."""

    user: Staff


def for_those_who(may: Predicate) -> Callable[[View], View]:
    """A page of the person's own organ, for those who may; it is called with that organ."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            organ = request.user.organ
            if organ is None or not may(request.user, organ):
                return refused(request)
            try:
                return view(request, organ, *args, **kwargs)
            except NotAllowed:
                return refused(request)

        return guarded

    return decorate


def refused(request: StaffRequest) -> HttpResponse:
    """The page for what a person may not see or do: no word about what is there, but what they have typed."""
    typed = typed_words(fields_sent(request)) if request.method == "POST" else []
    context = {"title": _("没有权限"), "place": "settings", "typed": typed}
    return render(request, "organs/refused.html", context, status=403)


def tabs(request: StaffRequest, organ: Organ, current: str) -> list[Tab]:
    """The places of the settings that this person may see."""
    staff = request.user
    places = [
        ("organs:organ", _("机关资料"), may_manage_organ),
        ("organs:units", _("科室"), may_manage_organ),
        ("organs:people", _("人员"), may_see_staff),
        # A page of the room above, known here by its address's name alone.
        ("disclosure:plan", _("审查流程"), is_administrator | is_disclosure_office),
        ("requests_work:office", _("依申请公开"), is_disclosure_office),
        ("requests_work:approval_plan", _("决定审批流程"), is_administrator | is_disclosure_office),
        ("organs:below", _("下级机关"), may_see_organs_below),
    ]
    return [
        Tab(words, reverse(name), name.partition(":")[2] == current)
        for name, words, may in places
        if may(staff, organ)
    ]


def shown(request: StaffRequest, template: str, organ: Organ, current: str, **context: Any) -> HttpResponse:
    """A page of the settings."""
    places = {"tabs": tabs(request, organ, current), "tabs_label": _("设置"), "place": "settings"}
    return render(request, template, {**places, **context})


def done(request: StaffRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What the action gave for a form that was filled in rightly; None if it was not, or was refused.

    An action that has nothing to give gives True.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = act(form.cleaned_data)
    except NotAllowed:
        raise
    except WorkError as error:
        add_faults(form, error)
        return None
    return True if result is None else result


def done_at_once(
    request: StaffRequest, act: Callable[[], Any], words: str, to: str, **where: Any
) -> HttpResponse:
    """An action of one button, then the page it belongs to, with what came of it."""
    try:
        act()
    except NotAllowed:
        raise
    except WorkError as error:
        messages.error(request, error.message("en" if get_language() == "en" else "zh"))
    else:
        messages.success(request, words)
    return redirect(to, **where)


def person_or_404(organ: Organ, pk: int) -> Staff:
    """A person of that organ; a person of another is not there."""
    found = person(organ, pk)
    if found is None:
        raise Http404
    return found
