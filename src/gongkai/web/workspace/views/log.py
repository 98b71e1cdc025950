"""The log of an organ for its auditors and administrators, one entry, and the chain made sure of.

Personal data in an entry is shown to auditors alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.audit.actions import may_shred
from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.forms.fields import Choice, Day, offer
from gongkai.web.disclosure.permissions import may_keep_withheld, may_see
from gongkai.web.disclosure.queries.visible import areas
from gongkai.web.disclosure.views.log_lines import ACTION_WORDS, action_words
from gongkai.web.look.pieces import Action, Column, Fact, Pages, Row, Tab, Table
from gongkai.web.look.templatetags.look import moment
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.permissions import is_auditor, may_manage_organ, may_read_audit
from gongkai.web.workspace.queries.log import (
    LogAsked,
    LogPage,
    entry_of,
    log_page,
    may_be_shredded,
    names_of,
    names_of_subjects,
    personal_of,
    verify_newest,
)
from gongkai.web.workspace.views.answering import staff_of, staff_page
from gongkai.web.workspace.views.log_facts import Names, in_words, label, referred

_ROOMS = {
    "disclosure.": gettext_lazy("主动公开（全部）"),
    "organs.": gettext_lazy("机关与人员（全部）"),
    "audit.": gettext_lazy("操作记录（全部）"),
}


# What entries are about; what is not here is named by its table.
_SUBJECTS = {
    "disclosure.record": gettext_lazy("信息"),
    "disclosure.checklistitem": gettext_lazy("公开事项"),
    "disclosure.figure": gettext_lazy("统计数据"),
    "disclosure.reviewplan": gettext_lazy("审查流程"),
    "organs.organ": gettext_lazy("机关"),
    "organs.unit": gettext_lazy("科室"),
    "organs.staff": gettext_lazy("人员"),
    "organs.appointment": gettext_lazy("任职"),
    "disclosure.withhelditem": gettext_lazy("不予公开事项"),
    "disclosure.importrun": gettext_lazy("导入"),
}


class LogFilters(forms.Form):
    """What of the log is shown."""

    action = Choice(label=gettext_lazy("操作"), none=gettext_lazy("全部"))
    actor = Choice(label=gettext_lazy("人员"), none=gettext_lazy("全部"))
    since = Day(label=gettext_lazy("自"))
    until = Day(label=gettext_lazy("至"))

    def __init__(self, *args: Any, people: list[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        every = gettext_lazy("全部")
        offer(self, "action", [("", every), *_ROOMS.items(), *ACTION_WORDS.items()])
        offer(self, "actor", [("", every), *((str(one.pk), one.name) for one in people)])


def organ_of_log(request: HttpRequest) -> Organ:
    """The organ whose log is read: of those one may, the one asked for or worked for now."""
    staff = staff_of(request)
    able = {
        one.organ.code: one.organ for one in staff.appointments_today() if may_read_audit(staff, one.organ)
    }
    if not able:
        raise NotAllowed
    for code in (request.GET.get("organ"), request.session.get("organ")):
        if code in able:
            return able[code]
    return next(iter(able.values()))


@staff_page("GET")
def log(request: HttpRequest) -> HttpResponse:
    """The log of the organ; who only supervises an area has that of its appointments."""
    staff = staff_of(request)
    try:
        organ = organ_of_log(request)
    except NotAllowed:
        if areas(staff):
            return redirect("workspace:log_appointments")
        raise
    filters = LogFilters(request.GET, people=list(Staff.objects.filter(organ=organ).order_by("id")[:500]))
    filters.is_valid()
    said = filters.cleaned_data
    asked = LogAsked(
        said.get("action") or "",
        int(said.get("actor") or 0) or None,
        said.get("since"),
        said.get("until"),
        number_asked(request, "record"),
        number_asked(request, "before"),
        number_asked(request, "after"),
    )
    page = log_page(organ, asked)
    names = names_of_subjects(page.entries)
    columns = [
        Column("action", _("操作"), "title"),
        Column("at", _("时间")),
        Column("who", _("人员")),
        Column("subject", _("对象")),
        Column("why", _("理由")),
        Column("number", _("序号"), "number"),
    ]
    rows = [row_of(one, names, address_of_subject(one, staff, organ)) for one in page.entries]
    context = {
        "title": _("操作记录"),
        "lead": organ.name,
        "place": "log",
        "actions": _actions(staff),
        "filters": filters,
        "filters_set": sum(bool(said.get(name)) for name in filters.fields),
        "table": Table(_("操作记录"), columns, rows, empty=_("没有符合条件的操作记录。")),
        "pages": pages_of(page),
    }
    return render(request, "workspace/list.html", context)


def _actions(staff: Staff) -> list[Action]:
    found = [Action(_("核验"), reverse("workspace:verify"))]
    if areas(staff):
        found.insert(0, Action(_("下级机关的任命"), reverse("workspace:log_appointments")))
    return found


def number_asked(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def pages_of(page: LogPage) -> Pages:
    newer, older = (None if one is None else str(one) for one in (page.newer, page.older))
    return Pages(newer, older)


def row_of(one: Entry, names: Names, address: str = "") -> Row:
    """An entry in a list. `address`: of what it is about."""
    subject = names.get((one.subject_type, one.subject_id or 0)) or subject_words(one)
    cells = {
        "action": action_words(one.action),
        "at": moment(one.at),
        "who": _who(one),
        "subject": format_html('<a href="{}">{}</a>', address, subject) if address and subject else subject,
        "why": why_in_words(one)[:80],
        "number": one.number,
    }
    return Row(cells, reverse("workspace:entry", args=(one.number,)))


def subject_words(one: Entry) -> str:
    """What an entry is about: `信息 17`."""
    if not one.subject_id:
        return ""
    name = _SUBJECTS.get(one.subject_type, one.subject_type)
    return f"{name} {one.subject_id}"


def why_in_words(one: Entry) -> str:
    """The reason; that it was destroyed, where it was."""
    return one.why or (_("（文字已销毁）") if one.why_digest else "")


def address_of_subject(one: Entry, staff: Staff, organ: Organ) -> str:
    """The page of what an entry is about, where this person may open it; else "". Within one organ, so that
    nothing is asked of the database."""
    kind, pk = one.subject_type, one.subject_id
    if not pk:
        return ""
    if kind == "organs.appointment":
        kind, pk = "organs.staff", one.after.get("staff_id")
    name, may = _PAGES.get(kind, ("", is_nobody))
    own = organ == staff.organ or kind.startswith("disclosure.")
    if not (own and pk and may(staff, organ)):
        return ""
    return reverse(name) if kind == "organs.organ" else reverse(name, args=(pk,))


def is_nobody(_staff: Staff, _thing: object) -> bool:
    return False


# The page of each kind of thing, and who may open it.
_PAGES: dict[str, tuple[str, Any]] = {
    "disclosure.record": ("disclosure:record", may_see),
    "disclosure.checklistitem": ("disclosure:checklist_item", may_see),
    "disclosure.withhelditem": ("disclosure:withheld_item", may_keep_withheld),
    "organs.staff": ("organs:person", may_manage_organ),
    "organs.unit": ("organs:unit", may_manage_organ),
    "organs.organ": ("organs:organ", may_manage_organ),
}


def _who(one: Entry) -> str:
    if one.actor_id is None:
        return _("系统")
    return str(getattr(one, "actor_name", None) or f"#{one.actor_id}")


@staff_page("GET")
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """An entry with what was before and after; personal data is shown to an auditor of the organ alone."""
    organ = organ_of_log(request)
    found = entry_of(organ, number) if number < 2**63 else None
    if found is None:
        raise Http404
    staff = staff_of(request)
    personal = personal_of(found) if is_auditor(staff, organ) else None
    names = names_of_subjects([found]) | names_of(referred(found))
    subject = names.get((found.subject_type, found.subject_id or 0)) or subject_words(found)
    context = {
        "title": action_words(found.action),
        "lead": _("第 %(n)s 条操作记录") % {"n": found.number},
        "back": Tab(_("操作记录"), reverse("workspace:log")),
        "place": "log",
        "facts": _facts(found, subject, address_of_subject(found, staff, organ), keeps=staff.is_superuser),
        "changes": _changes(found, personal, names),
        "actions": _of_entry(found, staff),
    }
    return render(request, "workspace/entry.html", context)


def _of_entry(found: Entry, staff: Staff) -> list[Action]:
    if not (may_shred(staff, found) and may_be_shredded(found)):
        return []
    address = reverse("workspace:shred", args=(found.number,))
    return [Action(_("销毁文字和个人信息"), address, style="danger")]


def _facts(found: Entry, subject: str, address: str, *, keeps: bool) -> list[Fact]:
    """`keeps`: who keeps the system is told what the program calls the action."""
    facts = [
        Fact(_("时间"), moment(found.at)),
        Fact(_("人员"), _who(found)),
        Fact(_("操作代码"), found.action if keeps else ""),
        Fact(_("对象"), subject, address=address),
        Fact(_("理由"), why_in_words(found), wide=True),
        Fact(_("关联标识"), str(found.correlation_id), wide=True),
        Fact(_("校验值"), found.hash, wide=True),
        Fact(_("前一条校验值"), found.previous_hash, wide=True),
    ]
    return [one for one in facts if one.value not in (None, "")]


def _changes(found: Entry, personal: Any, names: Names) -> list[dict[str, str]]:
    """Each fact with its value before and after."""
    return [
        {
            "label": label(found, name),
            "before": _value("before", name, found, personal, names),
            "after": _value("after", name, found, personal, names),
        }
        for name in dict.fromkeys((*found.before, *found.after))
    ]


def _value(side: str, name: str, found: Entry, personal: Any, names: Names) -> str:
    value = getattr(found, side).get(name)
    if isinstance(value, dict) and set(value) == {"personal"}:
        if personal is None:
            return _("个人信息（只有审计员可以查看）")
        datum = personal.get(f"{side}.{name}")
        if datum is None or datum.destroyed_by_id is not None:
            return _("个人信息已销毁")
        return str(datum.value)
    return in_words(found, name, value, names)


@staff_page("GET")
def verify_chain(request: HttpRequest) -> HttpResponse:
    """The newest entries of the chain made anew. The whole, with every row, is for `gongkai audit verify`."""
    organ = organ_of_log(request)
    verdict = verify_newest()
    context = {
        "title": _("核验操作记录"),
        "lead": organ.name,
        "back": Tab(_("操作记录"), reverse("workspace:log")),
        "place": "log",
        "verdict": verdict,
    }
    return render(request, "workspace/verify.html", context)
