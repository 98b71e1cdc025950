"""What is withheld, entering it, and looking at it again (REG.18)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.withholding import disclose_withheld, stay_withheld, withhold
from gongkai.web.disclosure.forms.withheld import (
    DISCLOSE,
    STAY,
    WithheldForm,
    WithheldReviewForm,
    basis_words,
)
from gongkai.web.disclosure.models import State, WithheldItem
from gongkai.web.disclosure.permissions import may_draft, may_keep_withheld
from gongkai.web.disclosure.queries.withheld import once_withheld, withheld
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.disclosure.views.organ_choice import address, organ_to
from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ

PLACE = "checklist"
MOST_SHOWN = 500


@work_page("GET")
def withheld_list(request: HttpRequest) -> HttpResponse:
    """What the organ withholds, the next due first; or what was withheld once."""
    organ = organ_to(request, may_keep_withheld)
    past = request.GET.get("tab") == "past"
    found = (once_withheld(organ) if past else withheld(organ))[:MOST_SHOWN]
    columns = [
        Column("title", _("信息名称"), "title"),
        Column("basis", _("依据")),
        Column("unit", _("科室")),
        Column("reviewed", _("最近评估"), "date"),
        Column("days", _("距评估"), "days"),
        *([Column("disclosed", _("已转为公开"))] if past else []),
    ]
    rows = [_row(one, past) for one in found]
    empty = _("没有转为公开的事项。") if past else _("没有登记不予公开的信息。")
    context = {
        "title": _("不予公开事项"),
        "lead": _(
            "%(organ)s：不予公开的信息应当定期评估，情形变化后可以公开的，应当公开（《条例》第十八条）。"
        )
        % {"organ": organ.name},
        "place": PLACE,
        "actions": [Action(_("登记"), address("withheld_add", organ), style="main")],
        "tabs": [
            Tab(_("仍不予公开"), address("withheld", organ), not past),
            Tab(_("已转为公开"), address("withheld", organ, tab="past"), past),
        ],
        "tabs_label": _("不予公开事项"),
        "table": Table(_("不予公开事项"), columns, rows, empty=empty),
    }
    return render(request, "workspace/list.html", context)


def _row(one: WithheldItem, past: bool) -> Row:
    link = address("withheld_item", one.organ, one.pk)
    if past and one.disclosed_as_id:
        link = reverse("disclosure:record", args=(one.disclosed_as_id,))
    given_up = not past and one.disclosed_as is not None and one.disclosed_as.state == State.ABANDONED
    return Row(
        {
            "title": one.title,
            "basis": basis_words(one.basis, language()),
            "unit": one.unit.name if one.unit else "",
            "reviewed": one.reviewed_on,
            "days": None if past else showing.days_until(one.next_review_on),
            "disclosed": one.disclosed_as.index_number if one.disclosed_as else "",
        },
        link,
        _("曾开始公开，草稿已作废") if given_up else "",
    )


@work_page("GET", "POST")
def withheld_add(request: HttpRequest) -> HttpResponse:
    organ = organ_to(request, may_keep_withheld)
    form = WithheldForm(request.POST if request.method == "POST" else None, organ=organ, lang=language())
    if request.method == "POST" and form.is_valid():
        facts = form.facts("title", "basis", "reason", "decided_on", "next_review_on")
        try:
            item = withhold(by=staff_of(request), organ=organ, unit=form.chosen_unit(), **facts)
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            day = item.next_review_on
            messages.success(request, _("已登记，下次评估日期 %(day)s。") % {"day": day})
            return HttpResponseRedirect(address("withheld", organ))
    return render(request, "workspace/form.html", _context(organ, form, _("登记不予公开的信息")))


@work_page("GET", "POST")
def withheld_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it again: it stays withheld, or a draft is begun for it."""
    staff = staff_of(request)
    item = WithheldItem.objects.select_related("organ", "unit", "disclosed_as").filter(pk=pk).first()
    if item is None or not may_keep_withheld(staff, item):
        raise Http404
    form = WithheldReviewForm(request.POST if request.method == "POST" else None, lang=language())
    if request.method == "POST" and form.is_valid():
        done = _reviewed(request, item, form)
        if done is not None:
            return done
    context = _context(item.organ, form, _("评估：%(title)s") % {"title": item.title})
    context["facts"] = [
        Fact(_("信息名称"), item.title, wide=True),
        Fact(_("依据"), basis_words(item.basis, language()), wide=True),
        Fact(_("理由"), item.reason, wide=True),
        Fact(_("科室"), item.unit.name if item.unit else ""),
        Fact(_("决定日期"), item.decided_on),
        Fact(_("应评估日期"), item.next_review_on),
        Fact(_("上次评估意见"), item.review_note, wide=True),
    ]
    context["confirm_words"] = _("保存评估结果")
    if not may_draft(staff, item):
        context["consequences"] = [_("您不起草信息：可以公开的，请由经办人或者公开工作机构办理。")]
    return render(request, "workspace/confirm.html", context)


def _reviewed(request: HttpRequest, item: WithheldItem, form: WithheldReviewForm) -> HttpResponse | None:
    staff, facts = staff_of(request), form.cleaned_data
    try:
        if facts["result"] == DISCLOSE:
            record = disclose_withheld(by=staff, item=item, note=facts["note"], kind_code=facts["kind"])
            messages.success(request, _("已开始起草，审查通过后公开。"))
            return HttpResponseRedirect(reverse("disclosure:record", args=(record.pk,)))
        assert facts["result"] == STAY
        stay_withheld(by=staff, item=item, note=facts["note"], next_review_on=facts["next_review_on"])
    except NotAllowed:
        raise
    except WorkError as refused:
        tell(form, refused)
        return None
    messages.success(request, _("已保存评估结果。"))
    return HttpResponseRedirect(address("withheld", item.organ))


def _context(organ: Organ, form: Any, title: str) -> dict[str, Any]:
    back = address("withheld", organ)
    return {
        "title": title,
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("不予公开事项"), back),
        "form": form,
        "cancel_address": back,
    }
