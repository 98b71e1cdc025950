"""The organ's own facts, its emblem, its units."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs import actions
from gongkai.web.organs.forms import EmblemForm, OwnFactsForm, UnitForm, initial_of
from gongkai.web.organs.models import Organ, Unit
from gongkai.web.organs.permissions import may_manage_organ, may_see_organs_below, may_see_staff
from gongkai.web.organs.queries import units_of
from gongkai.web.organs.views.doing import StaffRequest, done, done_at_once, for_those_who, shown
from gongkai.web.organs.views_public import organ_emblem
from gongkai.web.organs.words import kind_in_words, level_in_words

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@require_GET
def settings(request: StaffRequest) -> HttpResponse:
    """The first of the settings that a person may see."""
    organ = request.user.organ
    if organ is not None and may_manage_organ(request.user, organ):
        return redirect("organs:people")
    if organ is not None and may_see_staff(request.user, organ):
        return redirect("organs:people")
    if organ is not None and may_see_organs_below(request.user, organ):
        return redirect("organs:below")
    return redirect("organs:me")


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def organ(request: StaffRequest, organ: Organ) -> HttpResponse:
    names = OwnFactsForm.NAMES
    initial = initial_of(organ, names, actions.fingerprint(organ))
    form = OwnFactsForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in names}
        return actions.change_organ(by=request.user, organ=organ, seen=data["seen"], **facts)

    if done(request, form, act):
        messages.success(request, _("机关资料已保存。"))
        return redirect("organs:organ")
    typed = str(form["band_colour"].value() or "")
    context = {
        "title": _("机关资料"),
        "form": form,
        "field_groups": _groups(form),
        "facts": _settled(organ),
        "preview_colour": typed if _COLOUR.fullmatch(typed) else organ.band_colour,
        "has_emblem": bool(organ.emblem_type),
        "emblem_address": reverse("organs:emblem_picture") + f"?v={organ.emblem_version}",
        "actions": [Action(_("更换徽标"), reverse("organs:emblem"))],
    }
    return shown(request, "organs/organ.html", organ, "organ", **context)


def _groups(form: OwnFactsForm) -> list[tuple[str, list[Any]]]:
    contacts = ("address", "postcode", "office_hours", "telephone", "fax", "email")
    return [
        (_("公开指南中的联系方式"), [form[name] for name in contacts]),
        (_("监督投诉"), [form["complaint_telephone"], form["complaint_address"]]),
        (_("名称和编号"), [form["short_name"], form["index_template"]]),
        (_("版头"), [form["band_colour"]]),
    ]


def _settled(organ: Organ) -> list[Fact]:
    """What a higher organ settles."""
    return [
        Fact(_("机关名称"), organ.name),
        Fact(_("代码"), organ.code),
        Fact(_("机关类别"), kind_in_words(organ.kind)),
        Fact(_("层级"), level_in_words(organ)),
        Fact(_("统一社会信用代码"), organ.credit_code),
        Fact(_("网站标识码"), organ.site_code),
        Fact(_("ICP备案号"), organ.icp_number),
        Fact(_("公安联网备案号"), organ.police_number),
        Fact(_("本机关域名"), organ.hostname),
        Fact(_("登录须有第二重验证"), _("是") if organ.requires_second_factor else _("否")),
    ]


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def emblem(request: StaffRequest, organ: Organ) -> HttpResponse:
    """A new emblem; `remove` takes it away."""
    if request.method == "POST" and "remove" in request.POST:
        taken_away = _("徽标已去掉。")
        return done_at_once(
            request,
            lambda: actions.set_emblem(by=request.user, organ=organ, content=None),
            taken_away,
            "organs:organ",
        )
    form = EmblemForm(request.POST, request.FILES) if request.method == "POST" else EmblemForm()

    def act(data: dict[str, Any]) -> Any:
        return actions.set_emblem(by=request.user, organ=organ, content=data["emblem"].read())

    if done(request, form, act):
        messages.success(request, _("徽标已更换。"))
        return redirect("organs:organ")
    context = {"title": _("更换徽标"), "form": form, "cancel_address": reverse("organs:organ")}
    if organ.emblem_type:
        context["actions"] = [
            Action(_("去掉徽标"), reverse("organs:emblem"), "post", "danger", fields={"remove": "1"})
        ]
    return shown(request, "workspace/form.html", organ, "organ", **context)


@require_GET
@for_those_who(may_manage_organ)
def units(request: StaffRequest, organ: Organ) -> HttpResponse:
    columns = [
        Column("name", _("名称"), "title"),
        Column("people", _("人数"), "number"),
        Column("office", _("政府信息公开工作机构")),
        Column("standing", _("状态")),
    ]
    rows = [
        Row(
            {
                "name": unit.name,
                "people": unit.people,
                "office": _("是") if unit.is_disclosure_office else "",
                "standing": _("启用") if unit.is_active else _("已停用"),
            },
            reverse("organs:unit", args=[unit.pk]) if unit.is_active else "",
        )
        for unit in units_of(organ, closed=True)
    ]
    table = Table(
        _("科室"), columns, rows, empty=_("还没有科室。请先添加，并指定一个为政府信息公开工作机构。")
    )
    add = [Action(_("添加科室"), reverse("organs:add_unit"), style="main")]
    return shown(request, "workspace/list.html", organ, "units", title=_("科室"), table=table, actions=add)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def add_unit(request: StaffRequest, organ: Organ) -> HttpResponse:
    form = UnitForm(request.POST if request.method == "POST" else None)
    unit = done(request, form, lambda data: actions.add_unit(by=request.user, organ=organ, **data))
    if unit:
        messages.success(request, _("已添加科室：%(name)s。") % {"name": unit.name})
        return redirect("organs:units")
    cancel = reverse("organs:units")
    context = {"title": _("添加科室"), "form": form, "submit_words": _("添加"), "cancel_address": cancel}
    return shown(request, "workspace/form.html", organ, "units", **context)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def unit(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    found = _unit_or_404(organ, pk)
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "position": found.position},
    )
    if done(request, form, lambda data: actions.rename_unit(by=request.user, unit=found, **data)):
        messages.success(request, _("科室已保存。"))
        return redirect("organs:units")
    buttons = []
    if not found.is_disclosure_office:
        address = reverse("organs:name_disclosure_office", args=[pk])
        buttons.append(Action(_("指定为政府信息公开工作机构"), address, "post"))
    buttons.append(Action(_("停用"), reverse("organs:close_unit", args=[pk]), "post", "danger"))
    back = Tab(_("科室"), reverse("organs:units"))
    context = {"title": found.name, "form": form, "actions": buttons, "back": back}
    return shown(request, "workspace/form.html", organ, "units", **context)


@require_POST
@for_those_who(may_manage_organ)
def name_disclosure_office(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    found = _unit_or_404(organ, pk)
    words = _("%(unit)s现在是政府信息公开工作机构。") % {"unit": found.name}
    return done_at_once(
        request, lambda: actions.name_disclosure_office(by=request.user, unit=found), words, "organs:units"
    )


@require_POST
@for_those_who(may_manage_organ)
def close_unit(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    found = _unit_or_404(organ, pk)
    words = _("%(unit)s已停用。") % {"unit": found.name}
    return done_at_once(
        request, lambda: actions.close_unit(by=request.user, unit=found), words, "organs:units"
    )


def _unit_or_404(organ: Organ, pk: int) -> Unit:
    found = Unit.objects.filter(organ=organ, pk=pk, is_active=True).first()
    if found is None:
        raise Http404
    return found


@require_GET
@for_those_who(may_manage_organ)
def emblem_picture(request: StaffRequest, organ: Organ) -> HttpResponse:
    """The organ's own emblem, as the portal shows it."""
    return organ_emblem(request, organ.code)
