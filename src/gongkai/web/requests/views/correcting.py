"""更正登记: what was registered wrongly, opened with a reason, set right on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.web.disclosure.forms.fields import send_anew
from gongkai.web.disclosure.views.answering import staff_of, tell, work_page
from gongkai.web.look.pieces import Fact
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests.actions.correcting import as_registered, correct_registration, fixed_fields
from gongkai.web.requests.actions.knowing import open_personal
from gongkai.web.requests.forms.inside import ReasonForm
from gongkai.web.requests.forms.registering import CorrectForm
from gongkai.web.requests.models import Case, Channel
from gongkai.web.requests.permissions import may_register
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.views.request_form import REQUEST_GROUPS, grouped, warn_of_number
from gongkai.web.requests.views.working import (
    PLACE,
    REFUSED,
    back_to,
    case_address,
    case_for,
    fresh,
    now_at,
    tell_lawfully,
)


@work_page("GET", "POST")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """First why: what names somebody is opened with a reason. Then what was registered, to be set right."""
    case = case_for(request, pk, may_register)
    if request.method == "POST" and request.POST.get("do") == "save":
        return _corrected(request, case)
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm(initial=given_back(request))
    if request.method == "POST" and form.is_valid():
        try:
            open_personal(by=staff_of(request), case=case, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except WorkError as refused:
            tell_lawfully(form, refused)
        else:
            reason = form.cleaned_data["reason"]
            return _form_page(
                request, case, CorrectForm(initial=_now(case, reason), fixed=fixed_fields(case))
            )
    context = {
        **_about(case),
        "lead": _("登记时写错的，在这里更正。打开登记的内容须写明理由，打开和更正都记入操作记录。"),
        "facts": [Fact(_("编号"), case.number), Fact(_("申请事项"), case.subject, wide=True)],
        "form": form,
        "confirm_words": _("打开登记的内容"),
    }
    return fresh(request, "requests/work/confirm.html", context, REFUSED if form.errors else 200)


def _corrected(request: HttpRequest, case: Case) -> HttpResponse:
    form = CorrectForm(request.POST, fixed=fixed_fields(case))
    if form.is_valid() and not warn_of_number(form, form.cleaned_data):
        try:
            correct_registration(
                by=staff_of(request),
                case=case,
                changes=form.changes(),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )
        except NotAllowed:
            raise
        except Stale as stale:
            send_anew(form, now_at(case))
            tell(form, stale)
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("已更正登记。已经签发的文书不变，需要时另行更正。"))
            return HttpResponseRedirect(case_address(case))
    return _form_page(request, case, form, REFUSED)


def _form_page(request: HttpRequest, case: Case, form: CorrectForm, status: int = 200) -> HttpResponse:
    if not form.is_bound:
        warn_of_number(form, form.initial)
    groups: dict[Any, Sequence[str]] = {**REQUEST_GROUPS, _("更正"): ("number_seen", "reason")}
    lead = _("写错的改正，其余不动。申请人的信息重新加密，已经签发的文书不变。")
    if case.channel == Channel.WEB:
        lead += _("网上提交的内容、渠道和日期不能更正。")
    context = {
        **_about(case),
        "lead": lead,
        "form": form,
        "field_groups": grouped(form, groups),
    }
    return fresh(request, "requests/work/correct.html", context, status)


def _about(case: Case) -> dict[str, Any]:
    return {
        "title": _("更正登记：%(number)s") % {"number": case.number},
        "back": back_to(case),
        "place": PLACE,
        "cancel_address": case_address(case),
    }


def _now(case: Case, reason: str) -> dict[str, Any]:
    """What is registered, as the form shows it."""
    asked = as_registered(case, opener_of(case))
    told = {name: getattr(asked, name) for name in CorrectForm.base_fields if hasattr(asked, name)}
    days = {"channel": case.channel, "arrived_on": case.arrived_on, "confirmed_on": case.confirmed_on}
    return {**told, **days, "post_number": case.post_number, "reason": reason, "seen": case.revision}
