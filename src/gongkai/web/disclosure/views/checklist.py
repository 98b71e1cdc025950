"""The checklist: what is due, late, missing per unit; an item; an authority's area."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import time_limit
from gongkai.web.disclosure.actions.checklist import add_item, change_item, close_item
from gongkai.web.disclosure.forms.checklist import FilterForm, ItemForm, ReasonForm
from gongkai.web.disclosure.models import ChecklistItem
from gongkai.web.disclosure.period_words import due_words
from gongkai.web.disclosure.permissions import may_draft, may_keep_checklist, may_keep_withheld
from gongkai.web.disclosure.queries.checklist import Standing, by_organ, by_unit, items
from gongkai.web.disclosure.queries.fulfilling import joined_to
from gongkai.web.disclosure.queries.visible import areas, organs_seen
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.disclosure.views.fulfilling import item_actions, item_seen
from gongkai.web.disclosure.views.organ_choice import address, chosen_organ, organ_to
from gongkai.web.disclosure.views.standing import standing_state
from gongkai.web.look.pieces import Action, Column, Count, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

MOST_SHOWN = 500
PLACE = "checklist"


@work_page("GET")
def checklist(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    organs = organs_seen(staff)
    organ = chosen_organ(request, organs)
    units = list(Unit.objects.filter(organ=organ))
    filters = FilterForm(request.GET, organs=organs, units=units)
    found = _narrowed(organ, filters)
    shown = list(found[: MOST_SHOWN + 1])
    counts = by_unit(organ)
    context = {
        "title": _("公开清单"),
        "lead": _lead(organ, counts, len(shown)),
        "place": PLACE,
        "actions": _actions(staff, organ),
        "filters": filters,
        "filters_set": filters.count_set,
        "unit_counts": _unit_counts(organ, units, counts),
        "counts_title": _("各科室逾期、将到期和缺少的事项"),
        "groups": _groups(shown[:MOST_SHOWN]),
    }
    return render(request, "workspace/checklist.html", context)


def _narrowed(organ: Organ, filters: FilterForm) -> Any:
    standing, unit = filters.said("standing"), filters.said("unit")
    found = items(organ, closed=standing == "closed")
    if standing and standing != "closed":
        found = found.filter(standing=standing)
    if unit:
        found = found.filter(unit=None if unit == "none" else int(unit))
    return found.order_by("unit__position", "unit", "source", "position", "pk")


def _lead(organ: Organ, counts: dict[int | None, Standing], shown: int) -> str:
    total = sum(one.total for one in counts.values())
    late = sum(one.late for one in counts.values())
    missing = sum(one.missing for one in counts.values())
    told = _("%(organ)s：在用的主动公开事项 %(total)s 项，逾期 %(late)s 项，缺少 %(missing)s 项。") % {
        "organ": organ.name,
        "total": total,
        "late": late,
        "missing": missing,
    }
    if shown > MOST_SHOWN:
        told += _("这里只列前 %(n)s 项，请用筛选缩小范围。") % {"n": MOST_SHOWN}
    return str(told)


def _unit_counts(organ: Organ, units: list[Unit], counts: dict[int | None, Standing]) -> list[Count]:
    named: list[tuple[int | None, str]] = [*((one.pk, one.name) for one in units), (None, _("未指定科室"))]
    told = []
    for pk, name in named:
        one = counts.get(pk)
        if one is None:
            continue
        note = _("逾期 %(late)s，将到期 %(due)s，缺少 %(missing)s") % one._asdict()
        link = address("checklist", organ, unit=pk or "none")
        told.append(
            Count(name, one.late + one.due + one.missing, one.total, note, link, is_late=one.late > 0)
        )
    return told


def _groups(found: list[ChecklistItem]) -> list[tuple[str, Table]]:
    groups: dict[str, list[Row]] = {}
    for one in found:
        groups.setdefault(one.unit.name if one.unit else _("未指定科室"), []).append(_row(one))
    columns = [
        Column("title", _("事项"), "title"),
        Column("source", _("目录")),
        Column("limit", _("公开时限")),
        Column("last", _("最近公开"), "date"),
        Column("days", _("距到期"), "days"),
        Column("standing", _("情况"), "state"),
    ]
    return [(name, Table(name, columns, rows)) for name, rows in groups.items()]


def _row(one: Any) -> Row:
    limit = time_limit(one.time_limit)
    asked = one.time_limit or "proactive" in one.mode.split(",")
    note = (limit.reason_en if language() == "en" else limit.reason_zh) if asked and not limit.ok else ""
    return Row(
        {
            "title": str(one),
            "source": one.source,
            "limit": one.time_limit,
            "last": one.last_published_on,
            "days": showing.days_until(one.due_on),
            "standing": standing_state(one.standing),
        },
        address("checklist_item", one.organ, one.pk) if isinstance(one.organ, Organ) else "",
        note,
    )


def _actions(staff: Staff, organ: Organ) -> list[Action]:
    actions = []
    if may_keep_checklist(staff, organ):
        actions.append(Action(_("添加事项"), address("checklist_add", organ), style="main"))
        actions.append(Action(_("导入清单"), address("checklist_import", organ)))
    actions.append(Action(_("导出清单"), address("checklist_export", organ)))
    if may_keep_withheld(staff, organ):
        actions.append(Action(_("不予公开事项"), address("withheld", organ)))
    if areas(staff):
        actions.append(Action(_("各机关情况"), address("checklist_area", areas(staff)[0])))
    return actions


@work_page("GET")
def checklist_area(request: HttpRequest) -> HttpResponse:
    """How the checklists of an authority's area stand, organ by organ."""
    tops = areas(staff_of(request))
    top = chosen_organ(request, tops)
    counts = by_organ(top)
    organs = [one for one in organs_seen(staff_of(request)) if top.covers(one)]
    columns = [
        Column("title", _("机关"), "title"),
        Column("total", _("事项"), "number"),
        Column("late", _("逾期"), "number"),
        Column("due", _("将到期"), "number"),
        Column("missing", _("缺少"), "number"),
    ]
    rows = [
        Row({"title": one.name, **_linked(one, counts.get(one.pk, Standing()))}, address("checklist", one))
        for one in organs
    ]
    context = {
        "title": _("各机关公开清单情况"),
        "lead": top.name,
        "place": PLACE,
        "back": Tab(_("公开清单"), address("checklist", top)),
        "table": Table(_("各机关公开清单情况"), columns, rows, empty=_("没有下级机关。")),
    }
    return render(request, "workspace/list.html", context)


def _linked(organ: Organ, counts: Standing) -> dict[str, Any]:
    """The counts of an organ, each leading to the items it counts."""
    told: dict[str, Any] = counts._asdict()
    for name in ("late", "due", "missing"):
        if told[name]:
            told[name] = Action(str(told[name]), address("checklist", organ, standing=name))
    return told


@work_page("GET")
def checklist_item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item with what was published under it."""
    staff = staff_of(request)
    item = item_seen(staff, pk)
    # One more query: how it stands is reckoned by the database, for one item as for all.
    stands = items(item.organ, closed=not item.is_active).get(pk=item.pk)
    records = joined_to(item)
    columns = [
        Column("title", _("标题"), "title"),
        Column("number", _("发文字号")),
        Column("state", _("状态"), "state"),
        Column("published", _("公开时间"), "date"),
    ]
    rows = [
        Row(
            {
                "title": one.title,
                "number": one.document_number,
                "state": showing.state_of(one),
                "published": one.published_at,
            },
            address("record", item.organ, one.pk).partition("?")[0],
        )
        for one in records
    ]
    context = {
        "title": str(item),
        "place": PLACE,
        "back": Tab(_("公开清单"), address("checklist", item.organ)),
        "state": standing_state(stands.standing),
        "days_left": showing.days_until(stands.due_on),
        "lead": due_words(item, stands.due_on, showing.days_until(stands.due_on)),
        "facts": _facts(item),
        "facts_label": _("事项"),
        "actions": [
            *_item_actions(staff, item),
            *item_actions(staff, item, has_records=bool(records)),
            *_keeping(staff, item),
        ],
        "table": Table(_("这个事项下的信息"), columns, rows, empty=_("这个事项下还没有信息。")),
    }
    return render(request, "disclosure/item.html", context)


def _facts(item: ChecklistItem) -> list[Fact]:
    field = ChecklistItem._meta.get_field
    wide = ("content", "basis", "note")
    names = ("source", "number", "time_limit", "responsible", "channel", "audience", *wide)
    words = {
        "source": _("目录"),
        "number": _("序号"),
        "time_limit": _("公开时限"),
        "responsible": _("公开主体"),
        "channel": _("公开渠道和载体"),
        "audience": _("公开对象"),
        "content": _("公开内容（要素）"),
        "basis": _("公开依据"),
        "note": _("备注"),
    }
    facts = [
        Fact(_("责任科室"), item.unit.name if item.unit else ""),
        Fact(_("最近公开"), item.last_published_on),
        Fact(_("下次应公开"), item.next_due_on),
        *(Fact(words[name], getattr(item, field(name).name), wide=name in wide) for name in names),
    ]
    return [one for one in facts if one.value not in (None, "")]


def _item_actions(staff: Staff, item: ChecklistItem) -> list[Action]:
    """A record for the item, by those who write."""
    if not item.is_active or not may_draft(staff, item.organ):
        return []
    return [Action(_("新建信息"), address("new", item.organ, item=item.pk, kind=item.kind), style="main")]


def _keeping(staff: Staff, item: ChecklistItem) -> list[Action]:
    """Keeping the item, by the disclosure office."""
    if not may_keep_checklist(staff, item):
        return []
    change = _("修改") if item.is_active else _("修改并重新启用")
    actions = [Action(change, address("checklist_change", item.organ, item.pk))]
    if item.is_active:
        actions.append(Action(_("停用"), address("checklist_close", item.organ, item.pk)))
    return actions


@work_page("GET", "POST")
def checklist_add(request: HttpRequest) -> HttpResponse:
    organ = organ_to(request, may_keep_checklist)
    form = ItemForm(request.POST if request.method == "POST" else None, organ=organ, lang=language())
    if request.method == "POST" and form.is_valid():
        try:
            item = add_item(
                by=staff_of(request), organ=organ, facts=form.item_facts(), unit=form.chosen_unit()
            )
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            return _to_item(request, item, _("已添加事项。"))
    return render(request, "workspace/form.html", _form_context(form, _("添加公开事项"), organ))


@work_page("GET", "POST")
def checklist_change(request: HttpRequest, pk: int) -> HttpResponse:
    item = _kept(request, pk)
    form = ItemForm(
        request.POST if request.method == "POST" else None, organ=item.organ, lang=language(), item=item
    )
    if request.method == "POST" and form.is_valid():
        try:
            facts = form.item_facts()
            change_item(by=staff_of(request), item=item, facts=facts, unit=form.chosen_unit())
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            return _to_item(request, item, _("已保存事项。"))
    return render(request, "workspace/form.html", _form_context(form, _("修改公开事项"), item.organ, item))


@work_page("GET", "POST")
def checklist_close(request: HttpRequest, pk: int) -> HttpResponse:
    item = _kept(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_item(by=staff_of(request), item=item, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            return _to_item(request, item, _("已停用事项。"))
    context = _form_context(form, _("停用这个事项？"), item.organ, item)
    context |= {
        "facts": [Fact(_("事项"), str(item), wide=True)],
        "consequences": [_("清单不再提醒这个事项；已公开的信息不受影响，以后可以重新启用。")],
        "confirm_words": _("停用"),
        "is_danger": True,
    }
    return render(request, "workspace/confirm.html", context)


def _form_context(form: Any, title: str, organ: Organ, item: ChecklistItem | None = None) -> dict[str, Any]:
    back = address("checklist_item", organ, item.pk) if item else address("checklist", organ)
    return {
        "title": title,
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(str(item) if item else _("公开清单"), back),
        "form": form,
        "cancel_address": back,
    }


def _kept(request: HttpRequest, pk: int) -> ChecklistItem:
    staff = staff_of(request)
    item = item_seen(staff, pk)
    if not may_keep_checklist(staff, item):
        raise NotAllowed
    return item


def _to_item(request: HttpRequest, item: ChecklistItem, words: str) -> HttpResponseRedirect:
    messages.success(request, words)
    return HttpResponseRedirect(address("checklist_item", item.organ, item.pk))
