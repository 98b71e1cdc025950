"""One letter, several requests; several that are one (一事一申请)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.look.pieces import Fact
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests.actions import dividing
from gongkai.web.requests.actions.dividing import MOST_PARTS
from gongkai.web.requests.forms.inside import MergeForm, SplitForm
from gongkai.web.requests.models import OPEN, Case
from gongkai.web.requests.permissions import may_register
from gongkai.web.requests.queries.alike import maybe_same_requester, of_same_requester
from gongkai.web.requests.queries.case_page import masked_of
from gongkai.web.requests.sealed import Destroyed, opener_of
from gongkai.web.requests.views.working import Question, ask, ask_anew, case_for

_BOXES = 2
_MOST_OTHERS = 100


@work_page("GET", "POST")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """A text box a part; the first part stays with the case, and begins with the words of the letter. Two
    boxes, and two more with each press: what was typed stays."""
    case = case_for(request, pk, may_register)
    sent = sum(1 for name in request.POST if name.startswith("part_"))
    # A closed case is not split: that is told at once, not after the boxes are filled.
    wants_more = request.method == "POST" and request.POST.get("do") == "more" and not case.is_closed
    boxes = min(max(sent + (_BOXES if wants_more else 0), _BOXES), MOST_PARTS)
    words = _asked(case)
    question = Question(
        title=_("拆分申请"),
        lead=_(
            "一件来信要几项不相关信息的，一项一件分别办理（一事一申请）。第一项留在本件，其余各得一个编号，收到日期不变。"
        ),
        confirm=_("拆分"),
        done=_("已拆分。新的申请列在本页“拆分和合并”一栏。"),
        form=partial(SplitForm, boxes=boxes),
        act=lambda form: dividing.split(
            by=staff_of(request),
            case=case,
            parts=form.parts(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        ),
        facts=[Fact(_("所需政府信息"), words, wide=True)],
        template="requests/work/split.html",
        initial={"part_1": words},
        more={"may_have_more": boxes < MOST_PARTS},
    )
    if wants_more:
        return ask_anew(request, case, question)
    return ask(request, case, question)


@work_page("GET", "POST")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another case of the same requester."""
    case = case_for(request, pk, may_register)
    certain, maybe = _open(of_same_requester(case)), _open(maybe_same_requester(case))
    others = {str(one.pk): one for one in (*certain, *maybe)}
    choices = [(str(one.pk), f"{one.number} {one.subject}") for one in certain]
    choices += [
        (
            str(one.pk),
            _("%(number)s %(subject)s（可能是同一申请人）") % {"number": one.number, "subject": one.subject},
        )
        for one in maybe
    ]
    question = Question(
        title=_("合并申请"),
        lead=_("同一申请人重复提出的，并入先收到的一件办理。并入的一件仍计入收到数，办理结果为“其他处理”。"),
        confirm=_("并入"),
        done=_("已并入。"),
        form=partial(MergeForm, others=choices),
        act=lambda form: dividing.merge(
            by=staff_of(request),
            case=case,
            into=_chosen(others, form),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        ),
        consequences=_of_merging(others, maybe),
        is_danger=True,
    )
    return ask(request, case, question)


def _open(rows: QuerySet[Case]) -> list[Case]:
    """The open ones, the earliest first. 1 query."""
    rows = rows.filter(OPEN).select_related("organ").defer("words", "features", "organ__emblem")
    return list(rows.order_by("pk")[:_MOST_OTHERS])


def _of_merging(others: dict[str, Case], maybe: list[Case]) -> list[str]:
    if not others:
        return [_("同一申请人没有其他正在办理的申请。")]
    if not maybe:
        return []
    return [
        _(
            "标明“可能是同一申请人”的，姓名和联系方式相同，证件号码不同或者没有登记："
            "请先核对确是同一人，号码写错的作更正登记，再合并。"
        )
    ]


def _chosen(others: dict[str, Case], form: Any) -> Case:
    found = others.get(str(form.cleaned_data.get("into") or ""))
    if found is None:
        raise WorkError("into_missing", "请选择并入哪一件。", "Choose the other one.", field="into")
    return found


def _asked(case: Case) -> str:
    try:
        return masked_of(case, opener_of(case)).words
    except Destroyed:
        return ""
