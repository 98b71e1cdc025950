"""Destroying the words and the personal data of an entry of the log: asked once more, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.audit.actions import may_shred, shred
from gongkai.web.disclosure.views.log_lines import action_words
from gongkai.web.look.pieces import Fact
from gongkai.web.look.templatetags.look import moment
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.forms import ReasonForm, add_faults
from gongkai.web.workspace.queries.log import entry_of, may_be_shredded
from gongkai.web.workspace.views.answering import staff_of, staff_page
from gongkai.web.workspace.views.log import organ_of_log, why_in_words


@staff_page("GET", "POST")
def shred_entry(request: HttpRequest, number: int) -> HttpResponse:
    """The entry stays, and with it who did what and when."""
    organ, staff = organ_of_log(request), staff_of(request)
    found = entry_of(organ, number) if number < 2**63 else None
    if found is None:
        raise Http404
    if not may_shred(staff, found):
        raise NotAllowed(
            "自己办理的事项，文字和个人信息请由审计员或者另一位管理员销毁。",
            "What you did yourself is for an auditor or another administrator.",
        )
    address = reverse("workspace:entry", args=(number,))
    if not may_be_shredded(found):
        return redirect(address)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = shred(by=staff, entries=[found], why=form.cleaned_data["why"])
        except WorkError as error:
            add_faults(form, error)
        else:
            messages.success(request, _("已销毁 %(n)s 处文字和个人信息。") % {"n": count})
            return redirect(address)
    facts = [
        Fact(_("操作"), action_words(found.action)),
        Fact(_("时间"), moment(found.at)),
        Fact(_("理由"), why_in_words(found), wide=True),
    ]
    context = {
        "title": _("销毁第 %(n)s 条操作记录的文字和个人信息？") % {"n": number},
        "place": "log",
        "facts": facts,
        "consequences": [
            _("理由的文字和登记的个人信息从数据库中删除，不能恢复。"),
            _("同样的文字如果也写在信息本身（例如审查意见）中，那里的不受影响。"),
            _("何人、何时、办理何事仍然保留，记录链仍然完整。"),
            _("这次销毁本身记入操作记录，写明由您办理和下面的理由。"),
        ],
        "form": form,
        "confirm_words": _("销毁"),
        "is_danger": True,
        "cancel_address": address,
    }
    return render(request, "workspace/confirm.html", context)
