"""The states a record can be in, as people see them: words, a shape, a tone. Never a tone alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tone = Literal["plain", "busy", "warn", "good", "bad"]
Shape = Literal["hollow", "half", "full", "square", "cross", "ring"]


class State(NamedTuple):
    words: str | Promise
    shape: Shape
    tone: Tone


STATES: dict[str, State] = {
    # the review (REG.17 and the three signatures of practice)
    "draft": State(_("草稿"), "hollow", "plain"),
    "unit_review": State(_("待科室负责人审核"), "half", "busy"),
    "secrecy_review": State(_("待保密审查"), "half", "busy"),
    "leader_review": State(_("待分管领导审批"), "half", "busy"),
    "in_review": State(_("审查中"), "half", "busy"),
    "returned": State(_("已退回"), "square", "warn"),
    "approved": State(_("已通过审查"), "ring", "good"),
    "scheduled": State(_("定时公开"), "ring", "busy"),
    "published": State(_("已公开"), "full", "good"),
    "withdrawn": State(_("已撤回"), "cross", "bad"),
    "withheld": State(_("不予公开"), "cross", "plain"),
    # validity (NOR.3)
    "in_force": State(_("有效"), "full", "good"),
    "amended": State(_("已修改"), "half", "warn"),
    "repealed": State(_("废止"), "cross", "bad"),
    "expired": State(_("失效"), "cross", "plain"),
    "not_yet": State(_("尚未生效"), "hollow", "busy"),
    # a checklist's items and an import's rows
    "late": State(_("逾期"), "cross", "bad"),
    "missing": State(_("缺少"), "cross", "bad"),
    "due": State(_("将到期"), "square", "warn"),
    "done": State(_("已完成"), "full", "good"),
    "not_due": State(_("未到期"), "hollow", "plain"),
    "new": State(_("将新增"), "full", "good"),
    "changed": State(_("将更新"), "half", "busy"),
    "same": State(_("无变化"), "hollow", "plain"),
    "error": State(_("有错误"), "cross", "bad"),
}


def state(code: str, words: str = "") -> State:
    """The state of that code; `words` replaces its words. A code not known here is plain, in its own words.

    >>> state("fiscal_review", "待财政科会签").shape
    'half'
    """
    known = STATES.get(code)
    if known is None:
        known = State(code, "half", "busy") if code.endswith("_review") else State(code, "hollow", "plain")
    return known._replace(words=words) if words else known
