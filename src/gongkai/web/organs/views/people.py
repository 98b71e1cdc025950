"""The people of the organ: accounts and appointments."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs import actions
from gongkai.web.organs.forms import AccountForm, AppointForm, EndForm, ReasonForm, initial_of
from gongkai.web.organs.models import Appointment, Organ, Role, Staff
from gongkai.web.organs.permissions import may_manage_organ, may_see_staff
from gongkai.web.organs.queries import staff_of
from gongkai.web.organs.views.doing import (
    StaffRequest,
    done,
    done_at_once,
    for_those_who,
    person_or_404,
    shown,
)
from gongkai.web.organs.words import ROLE_WORDS, appointment_in_words


@require_GET
@for_those_who(may_see_staff)
def people(request: StaffRequest, organ: Organ) -> HttpResponse:
    """Everybody with an account at the organ, and what each holds."""
    manages = may_manage_organ(request.user, organ)
    columns = [
        Column("name", _("姓名"), "title"),
        Column("username", _("登录名")),
        Column("unit", _("科室")),
        Column("roles", _("任职")),
        Column("factor", _("第二重验证")),
        Column("seen", _("最近登录"), "date"),
        Column("standing", _("状态")),
    ]
    rows = [_row(one, manages) for one in staff_of(organ, closed=True)]
    table = Table(_("人员"), columns, rows, empty=_("还没有人员。"))
    add = [Action(_("开设账号"), reverse("organs:open_account"), style="main")] if manages else []
    return shown(request, "workspace/list.html", organ, "people", title=_("人员"), table=table, actions=add)


def _row(staff: Staff, manages: bool) -> Row:
    standing = _("启用") if staff.is_active else _("已停用")
    if staff.is_locked:
        standing = _("登录被锁定")
    cells = {
        "name": staff.name,
        "username": staff.username,
        "unit": staff.unit.name if staff.unit else "",
        "roles": "、".join(appointment_in_words(one) for one in staff.held),
        "factor": _("已设置") if staff.has_second_factor else "",
        "seen": staff.last_login,
        "standing": standing,
    }
    return Row(cells, reverse("organs:person", args=[staff.pk]) if manages else "")


@require_GET
@for_those_who(may_manage_organ)
def person(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    """One person: what he holds, and what can be done about the account."""
    staff = person_or_404(organ, pk)
    columns = [
        Column("role", _("角色"), "title"),
        Column("unit", _("科室")),
        Column("since", _("自"), "date"),
        Column("until", _("止"), "date"),
    ]
    rows = [
        Row(
            {
                "role": ROLE_WORDS[Role(one.role)],
                "unit": one.unit.name if one.unit else "",
                "since": one.since,
                "until": one.until,
            },
            reverse("organs:end_appointment", args=[pk, one.pk]),
        )
        for one in staff.held
    ]
    table = Table(_("任职"), columns, rows, empty=_("没有任职：可以登录，但不能办理任何事项。"))
    context = {
        "title": staff.name,
        "back": Tab(_("人员"), reverse("organs:people")),
        "facts": _facts(staff),
        "table": table,
        "buttons": _buttons(staff, request.user) if staff.is_active else [],
    }
    return shown(request, "organs/person.html", organ, "people", **context)


def _facts(staff: Staff) -> list[Fact]:
    standing = _("启用") if staff.is_active else _("已停用")
    return [
        Fact(_("登录名"), staff.username),
        Fact(_("科室"), staff.unit.name if staff.unit else ""),
        Fact(_("电子邮箱"), staff.email),
        Fact(_("状态"), _("登录被锁定") if staff.is_locked else standing),
        Fact(_("第二重验证"), _("已设置") if staff.has_second_factor else _("没有设置")),
        Fact(_("下次登录须改密码"), _("是") if staff.must_change_password else _("否")),
    ]


def _buttons(staff: Staff, by: Staff) -> list[Action]:
    def button(name: str, words: str, **more: Any) -> Action:
        return Action(words, reverse(f"organs:{name}", args=[staff.pk]), **more)

    found = [
        button("appoint", _("任命"), style="main"),
        button("change_account", _("修改资料")),
    ]
    if staff.is_locked:
        found.append(button("unlock_account", _("解除锁定"), method="post"))
    if staff.pk != by.pk:
        found += [button("reset_password", _("重置密码"))]
        if staff.has_second_factor:
            found.append(button("reset_second_factor", _("重置第二重验证")))
        found.append(button("close_account", _("停用账号"), style="danger"))
    return found


@never_cache
@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def open_account(request: StaffRequest, organ: Organ) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None, organ=organ)

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("username", "name", "unit", "email")}
        return actions.open_account(by=request.user, organ=organ, **facts)

    made = done(request, form, act)
    if made:
        staff, password = made
        return password_once(request, staff, password, reverse("organs:appoint", args=[staff.pk]))
    cancel = reverse("organs:people")
    lead = _("开设以后还要任命，才能办理事项。")
    context = {"title": _("开设账号"), "lead": lead, "form": form, "cancel_address": cancel}
    return shown(request, "workspace/form.html", organ, "people", submit_words=_("开设"), **context)


def password_once(request: StaffRequest, staff: Staff, password: str, onward: str) -> HttpResponse:
    """The temporary password, in the answer to the form itself: kept nowhere, shown once."""
    context = {
        "title": _("临时密码"),
        "person": staff,
        "password": password,
        "days": settings.TEMPORARY_PASSWORD_DAYS,
        "onward": onward,
        "place": "settings",
    }
    page = render(request, "organs/password_once.html", context)
    page.headers["Cache-Control"] = "no-store"
    return page


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def change_account(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    initial = initial_of(staff, ("name", "unit", "email"), actions.fingerprint(staff))
    form = AccountForm(
        request.POST if request.method == "POST" else None, initial=initial, organ=organ, is_new=False
    )
    if done(request, form, lambda data: actions.change_account(by=request.user, staff=staff, **data)):
        messages.success(request, _("资料已保存。"))
        return redirect("organs:person", pk)
    return _form(request, organ, staff, _("修改资料"), form)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def appoint(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    form = AppointForm(request.POST if request.method == "POST" else None, organ=organ)
    made = done(
        request, form, lambda data: actions.appoint(by=request.user, staff=staff, organ=organ, **data)
    )
    if made:
        words = {"name": staff.name, "role": ROLE_WORDS[Role(made.role)]}
        messages.success(request, _("已任命%(name)s为%(role)s。") % words)
        return redirect("organs:person", pk)
    return _form(
        request, organ, staff, _("任命%(name)s") % {"name": staff.name}, form, submit_words=_("任命")
    )


def _form(
    request: StaffRequest, organ: Organ, staff: Staff, title: str, form: Any, **more: Any
) -> HttpResponse:
    address = reverse("organs:person", args=[staff.pk])
    context = {"title": title, "form": form, "back": Tab(staff.name, address), "cancel_address": address}
    return shown(request, "workspace/form.html", organ, "people", **context, **more)


def _confirm(
    request: StaffRequest,
    organ: Organ,
    staff: Staff,
    title: str,
    words: str,
    consequences: list[str],
    form: Any = None,
) -> HttpResponse:
    context = {
        "title": title,
        "confirm_words": words,
        "consequences": consequences,
        "form": form,
        "is_danger": True,
        "cancel_address": reverse("organs:person", args=[staff.pk]),
    }
    return shown(request, "workspace/confirm.html", organ, "people", **context)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def end_appointment(request: StaffRequest, organ: Organ, pk: int, appointment: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    held = Appointment.objects.filter(pk=appointment, staff=staff, organ=organ).select_related("unit").first()
    if held is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if done(request, form, lambda data: actions.end_appointment(by=request.user, appointment=held, **data)):
        messages.success(request, _("任职已终止。"))
        return redirect("organs:person", pk)
    title = _("终止%(name)s的任职：%(role)s？") % {"name": staff.name, "role": appointment_in_words(held)}
    told = [_("正在等他办理的事项，要由担任同一角色的其他人办理。")]
    return _confirm(request, organ, staff, title, _("终止任职"), told, form)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def close_account(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if done(request, form, lambda data: actions.close_account(by=request.user, staff=staff, **data)):
        messages.success(request, _("账号已停用。"))
        return redirect("organs:people")
    told = [_("立即退出登录，全部任职终止。"), _("他办过的事项和操作记录都保留。")]
    title = _("停用%(name)s的账号？") % {"name": staff.name}
    return _confirm(request, organ, staff, title, _("停用账号"), told, form)


@never_cache
@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def reset_password(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    form = Form(request.POST if request.method == "POST" else None)
    password = done(request, form, lambda _data: actions.reset_password(by=request.user, staff=staff))
    if password:
        return password_once(request, staff, password, reverse("organs:person", args=[pk]))
    told = [_("原来的密码作废，立即退出登录。"), _("下次登录时须先改密码。")]
    title = _("重置%(name)s的密码？") % {"name": staff.name}
    return _confirm(request, organ, staff, title, _("重置密码"), told, form)


@require_http_methods(["GET", "POST"])
@for_those_who(may_manage_organ)
def reset_second_factor(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    removed = done(
        request, form, lambda data: str(actions.reset_second_factor(by=request.user, staff=staff, **data))
    )
    if removed:
        messages.success(request, _("第二重验证已重置。"))
        return redirect("organs:person", pk)
    told = [
        _("验证器、通行密钥和恢复码全部作废，立即退出登录。"),
        _("下次登录时须重新设置。"),
        _("须由本人当面或者电话提出，核实身份后再办。"),
    ]
    title = _("重置%(name)s的第二重验证？") % {"name": staff.name}
    return _confirm(request, organ, staff, title, _("重置"), told, form)


@require_POST
@for_those_who(may_manage_organ)
def unlock_account(request: StaffRequest, organ: Organ, pk: int) -> HttpResponse:
    staff = person_or_404(organ, pk)
    return done_at_once(
        request,
        lambda: actions.unlock_account(by=request.user, staff=staff),
        _("锁定已解除。"),
        "organs:person",
        pk=pk,
    )
