"""The organs below: the tree, opening, settling, moving, closing, a first administrator."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs import actions
from gongkai.web.organs.forms import (
    AdministratorForm,
    MoveForm,
    NewOrganForm,
    ReasonForm,
    SettleForm,
    initial_of,
)
from gongkai.web.organs.models import Organ
from gongkai.web.organs.permissions import (
    is_administrator_above,
    may_manage_organ,
    may_see_organs_below,
    may_settle_organ,
)
from gongkai.web.organs.queries import area, has_administrator, organ_by_code
from gongkai.web.organs.views.doing import StaffRequest, done, for_those_who, refused, shown
from gongkai.web.organs.views.people import password_once
from gongkai.web.organs.words import kind_in_words, level_in_words


@require_GET
@for_those_who(may_see_organs_below)
def below(request: StaffRequest, organ: Organ) -> HttpResponse:
    """The organs of the area as a tree; who administers may open one."""
    columns = [
        Column("name", _("机关名称"), "title"),
        Column("code", _("代码")),
        Column("parent", _("上级")),
        Column("kind", _("机关类别")),
        Column("standing", _("状态")),
    ]
    organs = area(organ, closed=True)
    names: dict[int | None, str] = {one.pk: one.called for one in organs}
    rows = [
        Row(
            {
                "name": one.name,
                "code": one.code,
                "parent": names.get(one.parent_id, ""),
                "kind": kind_in_words(one.kind),
                "standing": _("启用") if one.is_active else _("已停用"),
            },
            reverse("organs:organ_below", args=[one.code]),
        )
        for one in organs
    ]
    manages = may_manage_organ(request.user, organ)
    add = [Action(_("开设下级机关"), _address_to_open(organ), style="main")] if manages else []
    table = Table(_("下级机关"), columns, rows)
    return shown(
        request, "workspace/list.html", organ, "below", title=_("下级机关"), table=table, actions=add
    )


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def open_organ(request: StaffRequest, organ: Organ) -> HttpResponse:
    asked = request.GET.get("parent", organ.code)
    form = NewOrganForm(
        request.POST if request.method == "POST" else None, parents=area(organ), initial={"parent": asked}
    )
    made = done(request, form, lambda data: actions.open_organ(by=request.user, **data))
    if made:
        messages.success(request, _("已开设%(name)s。请为它开设管理员账号。") % {"name": made.name})
        return redirect("organs:organ_below", made.code)
    cancel = reverse("organs:below")
    context = {"title": _("开设下级机关"), "form": form, "cancel_address": cancel, "submit_words": _("开设")}
    return shown(request, "workspace/form.html", organ, "below", **context)


@require_GET
@for_those_who(may_see_organs_below)
def organ_below(request: StaffRequest, organ: Organ, code: str) -> HttpResponse:
    """One organ of the area: what it is, not what goes on in it."""
    one = _organ_or_404(organ, code)
    facts = [
        Fact(_("代码"), one.code),
        Fact(_("上级"), one.parent.name if one.parent else ""),
        Fact(_("机关类别"), kind_in_words(one.kind)),
        Fact(_("层级"), level_in_words(one)),
        Fact(_("统一社会信用代码"), one.credit_code),
        Fact(_("本机关域名"), one.hostname),
        Fact(_("状态"), _("启用") if one.is_active else _("已停用")),
        Fact(_("管理员"), _("有") if has_administrator(one) else _("没有")),
    ]
    context = {
        "title": one.name,
        "back": Tab(_("下级机关"), reverse("organs:below")),
        "facts": facts,
        "buttons": _buttons(request, one),
    }
    return shown(request, "organs/organ_below.html", organ, "below", **context)


def _address_to_open(parent: Organ) -> str:
    """The page that opens an organ, with the one above it chosen already."""
    return f"{reverse('organs:open_organ')}?{urlencode({'parent': parent.code})}"


def _buttons(request: StaffRequest, one: Organ) -> list[Action]:
    if not one.is_active or not may_settle_organ(request.user, one):
        return []

    def button(name: str, words: str, **more: Any) -> Action:
        return Action(words, reverse(f"organs:{name}", args=[one.code]), **more)

    found = [button("settle_organ", _("修改"))]
    if is_administrator_above(request.user, one):
        if not has_administrator(one):
            found.insert(0, button("first_administrator", _("开设管理员账号"), style="main"))
        found.append(Action(_("在其下开设机关"), _address_to_open(one)))
        found += [button("move_organ", _("调整上级")), button("close_organ", _("停用"), style="danger")]
    return found


@require_http_methods(["GET", "POST"])
@for_those_who(may_see_organs_below)
def settle_organ(request: StaffRequest, organ: Organ, code: str) -> HttpResponse:
    one = _organ_or_404(organ, code)
    if not may_settle_organ(request.user, one):
        return refused(request)
    names = SettleForm.NAMES
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(one, names, actions.fingerprint(one)),
    )

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in names}
        return actions.settle_organ(by=request.user, organ=one, why=data["why"], seen=data["seen"], **facts)

    if done(request, form, act):
        messages.success(request, _("机关资料已保存。"))
        return redirect("organs:organ_below", code)
    return _form(request, organ, one, _("修改%(name)s") % {"name": one.name}, form)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def move_organ(request: StaffRequest, organ: Organ, code: str) -> HttpResponse:
    one = _organ_or_404(organ, code)
    parents = [other for other in area(organ) if not other.path.startswith(one.path)]
    form = MoveForm(request.POST if request.method == "POST" else None, parents=parents)
    if done(request, form, lambda data: actions.move_organ(by=request.user, organ=one, **data)):
        messages.success(request, _("上级已调整，下级机关随同移动。"))
        return redirect("organs:organ_below", code)
    return _form(request, organ, one, _("调整%(name)s的上级") % {"name": one.name}, form)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def close_organ(request: StaffRequest, organ: Organ, code: str) -> HttpResponse:
    one = _organ_or_404(organ, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if done(request, form, lambda data: actions.close_organ(by=request.user, organ=one, **data)):
        messages.success(request, _("机关已停用。"))
        return redirect("organs:below")
    context = {
        "title": _("停用%(name)s？") % {"name": one.name},
        "consequences": [_("它的全部账号停用，全部任职终止。"), _("它公开过的信息和操作记录都保留。")],
        "form": form,
        "confirm_words": _("停用"),
        "is_danger": True,
        "cancel_address": reverse("organs:organ_below", args=[code]),
    }
    return shown(request, "workspace/confirm.html", organ, "below", **context)


@never_cache
@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def first_administrator(request: StaffRequest, organ: Organ, code: str) -> HttpResponse:
    one = _organ_or_404(organ, code)
    form = AdministratorForm(request.POST if request.method == "POST" else None)
    made = done(request, form, lambda data: actions.first_administrator(by=request.user, organ=one, **data))
    if made:
        staff, password = made
        return password_once(request, staff, password, reverse("organs:organ_below", args=[code]))
    title = _("为%(name)s开设管理员账号") % {"name": one.name}
    return _form(request, organ, one, title, form, submit_words=_("开设"))


def _form(
    request: StaffRequest, organ: Organ, one: Organ, title: str, form: Any, **more: Any
) -> HttpResponse:
    address = reverse("organs:organ_below", args=[one.code])
    context = {"title": title, "form": form, "back": Tab(one.name, address), "cancel_address": address}
    return shown(request, "workspace/form.html", organ, "below", **context, **more)


def _organ_or_404(organ: Organ, code: str) -> Organ:
    """An organ of the area; one of another is not there."""
    found = organ_by_code(code)
    if found is None or not organ.covers(found):
        raise Http404
    return found
