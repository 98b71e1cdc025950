"""The log of an organ for its auditors and administrators, one entry, and the chain made sure of.

Personal data in an entry is shown to auditors alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.forms.fields import Choice, Day, offer
from gongkai.web.disclosure.views.log_lines import ACTION_WORDS, action_words
from gongkai.web.look.pieces import Action, Column, Fact, Pages, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.permissions import is_auditor, may_read_audit
from gongkai.web.workspace.queries.log import (
    LogAsked,
    entry_of,
    log_page,
    names_of_subjects,
    personal_of,
    verify_newest,
)
from gongkai.web.workspace.views.answering import staff_of, staff_page

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


def _organ(request: HttpRequest) -> Organ:
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
    organ = _organ(request)
    filters = LogFilters(request.GET, people=list(Staff.objects.filter(organ=organ).order_by("id")[:500]))
    filters.is_valid()
    said = filters.cleaned_data
    asked = LogAsked(
        said.get("action") or "",
        int(said.get("actor") or 0) or None,
        said.get("since"),
        said.get("until"),
        _number(request, "record"),
        _number(request, "before"),
        _number(request, "after"),
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
    rows = [_row(one, names) for one in page.entries]
    context = {
        "title": _("操作记录"),
        "lead": organ.name,
        "place": "log",
        "actions": [Action(_("核验"), reverse("workspace:verify"))],
        "filters": filters,
        "filters_set": sum(bool(said.get(name)) for name in filters.fields),
        "table": Table(_("操作记录"), columns, rows, empty=_("没有符合条件的操作记录。")),
        "pages": Pages(_cursor(page.newer), _cursor(page.older)),
    }
    return render(request, "workspace/list.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _cursor(number: int | None) -> str | None:
    return None if number is None else str(number)


def _row(one: Entry, names: Mapping[tuple[str, int], str]) -> Row:
    from gongkai.web.look.templatetags.look import moment

    cells = {
        "action": action_words(one.action),
        "at": moment(one.at),
        "who": _who(one),
        "subject": names.get((one.subject_type, one.subject_id or 0)) or subject_words(one),
        "why": one.why[:80],
        "number": one.number,
    }
    return Row(cells, reverse("workspace:entry", args=(one.number,)))


def subject_words(one: Entry) -> str:
    """What an entry is about: `信息 17`."""
    if not one.subject_id:
        return ""
    name = _SUBJECTS.get(one.subject_type, one.subject_type)
    return f"{name} {one.subject_id}"


def _who(one: Entry) -> str:
    if one.actor_id is None:
        return _("系统")
    return str(getattr(one, "actor_name", None) or f"#{one.actor_id}")


@staff_page("GET")
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """An entry with what was before and after; personal data is shown to an auditor of the organ alone."""
    organ = _organ(request)
    found = entry_of(organ, number) if number < 2**63 else None
    if found is None:
        raise Http404
    personal = personal_of(found) if is_auditor(staff_of(request), organ) else None
    subject = ""
    if found.subject_type == "disclosure.record" and found.subject_id:
        subject = reverse("disclosure:record", args=(found.subject_id,))
    context = {
        "title": action_words(found.action),
        "lead": _("第 %(n)s 条操作记录") % {"n": found.number},
        "back": Tab(_("操作记录"), reverse("workspace:log")),
        "place": "log",
        "facts": _facts(found, subject),
        "changes": _changes(found, personal),
    }
    return render(request, "workspace/entry.html", context)


def _facts(found: Entry, subject: str) -> list[Fact]:
    from gongkai.web.look.templatetags.look import moment

    facts = [
        Fact(_("时间"), moment(found.at)),
        Fact(_("人员"), _who(found)),
        Fact(_("操作代码"), found.action),
        Fact(_("对象"), subject_words(found), address=subject),
        Fact(_("理由"), found.why, wide=True),
        Fact(_("关联标识"), str(found.correlation_id), wide=True),
        Fact(_("校验值"), found.hash, wide=True),
        Fact(_("前一条校验值"), found.previous_hash, wide=True),
    ]
    return [one for one in facts if one.value not in (None, "")]


def _changes(found: Entry, personal: Any) -> list[dict[str, str]]:
    """Each fact with its value before and after."""
    names = dict.fromkeys((*found.before, *found.after))
    return [
        {
            "label": name,
            "before": _value("before", name, found.before, personal),
            "after": _value("after", name, found.after, personal),
        }
        for name in names
    ]


def _value(side: str, name: str, facts: dict[str, Any], personal: Any) -> str:
    if name not in facts:
        return ""
    value = facts[name]
    if isinstance(value, dict) and set(value) == {"personal"}:
        if personal is None:
            return _("个人信息（只有审计员可以查看）")
        datum = personal.get(f"{side}.{name}")
        if datum is None or datum.destroyed_by_id is not None:
            return _("个人信息已销毁")
        return str(datum.value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@staff_page("GET")
def verify_chain(request: HttpRequest) -> HttpResponse:
    """The newest entries of the chain made anew. The whole, with every row, is for `gongkai audit verify`."""
    organ = _organ(request)
    verdict = verify_newest()
    context = {
        "title": _("核验操作记录"),
        "lead": organ.name,
        "back": Tab(_("操作记录"), reverse("workspace:log")),
        "place": "log",
        "verdict": verdict,
    }
    return render(request, "workspace/verify.html", context)
