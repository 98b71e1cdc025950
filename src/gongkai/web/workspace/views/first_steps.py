"""The first steps of an organ as a list on the page of today: how each stands and where it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.organs.models import Staff
from gongkai.web.organs.words import ROLE_WORDS
from gongkai.web.workspace.queries.first_steps import FirstSteps, first_steps


@dataclass(frozen=True, slots=True)
class Line:
    """A step: `state` as states.py has it, `words` beside it, `note` what is lacking."""

    words: str
    address: str
    state: str
    state_words: str
    note: str = ""


def lines_for(staff: Staff) -> list[Line]:
    """The steps, for who administers an organ that is not ready yet; else none. 2 queries at most."""
    found = first_steps(staff)
    return list(_lines(found)) if found is not None else []


def _line(words: str, name: str, done: bool, note: str = "") -> Line:
    """`name`: of the page where it is done; "" where another person's work does it."""
    address = reverse(name) if name else ""
    if done:
        return Line(words, address, "done", _("已完成"))
    return Line(words, address, "not_due", _("待办"), note)


def _lines(found: FirstSteps) -> Iterator[Line]:
    if found.organs_below is not None:
        if found.organs_below:
            yield _line(_("开设下级机关"), "organs:below", True)
        else:
            address = reverse("organs:below")
            yield Line(_("开设下级机关"), address, "not_due", _("可选"), _("没有下级机关的，不必办理。"))
    units = _("还没有科室。") if not found.has_units else _("还没有指定哪个科室是政府信息公开工作机构。")
    yield _line(_("设置科室"), "organs:units", found.has_units and found.has_office, units)
    roles = "、".join(str(ROLE_WORDS[role]) for role in found.missing)
    people = _("还没有人担任：%(roles)s。") % {"roles": roles}
    yield _line(_("开设人员账号并任命"), "organs:people", not found.missing, people)
    plan = _("现在按默认的三个环节办理，请确认或者修改后保存。")
    yield _line(_("确认审查流程"), "disclosure:plan", found.has_plan, plan)
    facts = _("办公地址、办公时间、联系电话还没有填全。")
    yield _line(_("填写机关资料"), "organs:organ", found.has_facts, facts)
    guide = _("还没有公开。由经办人在“新建信息”中选“政府信息公开指南”起草。")
    yield _line(_("公开政府信息公开指南"), "", found.has_guide, guide)
    checklist = _("还没有公开事项。由公开工作机构在“公开清单”中添加或者导入。")
    yield _line(_("建立公开清单"), "", found.has_checklist, checklist)
