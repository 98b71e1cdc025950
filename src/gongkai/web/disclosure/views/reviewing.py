"""The reviews that wait, and the page of one: what changed, what the checks found, three buttons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.reviewing import forward_step, pass_step, return_step
from gongkai.web.disclosure.forms.fields import send_anew
from gongkai.web.disclosure.forms.steps import ReviewForm
from gongkai.web.disclosure.links_in_vain import has_effect
from gongkai.web.disclosure.models import LinkKind, Record, Review, Step, Version
from gongkai.web.disclosure.next_steps import role_words, step_words
from gongkai.web.disclosure.permissions import (
    LET_IN,
    has_written_in_it,
    may_decide,
    may_see,
    was_let_in_by_a_writer,
)
from gongkai.web.disclosure.queries.differences import content_facts, content_seen, contents, difference
from gongkai.web.disclosure.queries.record_page import attachments_of, links_of
from gongkai.web.disclosure.queries.reviewers import who_may_take
from gongkai.web.disclosure.queries.reviews import (
    decided_by,
    open_in,
    review_with_record,
    reviews_of,
    waiting_for,
)
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import (
    language,
    refusal_page,
    staff_of,
    tell,
    words_of,
    work_page,
)
from gongkai.web.look.pieces import Column, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.organs.signing_in.lost_words import given_back

MINE, EVERY, DECIDED = "", "all", "decided"
_MOST = 100


@work_page("GET")
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for me; what waits in my organs at all; what I have decided."""
    staff = staff_of(request)
    which = request.GET.get("which", MINE)
    if which == EVERY:
        rows = list(open_in(own_organs(staff))[:_MOST])
    elif which == DECIDED:
        rows = list(decided_by(staff)[:_MOST])
    else:
        which, rows = MINE, waiting_for(staff)
    address = reverse("disclosure:reviews")
    names = ((MINE, _("等我办理")), (EVERY, _("本机关全部")), (DECIDED, _("我办理过的")))
    context = {
        "title": _("审查"),
        "place": "reviews",
        "tabs": [
            Tab(words, f"{address}?which={code}" if code else address, code == which) for code, words in names
        ],
        "tabs_label": _("审查的范围"),
        "table": _table(rows, which),
    }
    return render(request, "workspace/list.html", context)


def _table(rows: list[Review], which: str) -> Table:
    decided = [Column("result", _("结果")), Column("decided", _("办结时间"), "date")]
    waits = [Column("days", _("剩余"), "days"), Column("who", _("等待"))]
    columns = [
        Column("title", _("标题"), "title"),
        Column("step", _("环节")),
        Column("unit", _("科室")),
        Column("drafter", _("起草人")),
        *(decided if which == DECIDED else waits),
    ]
    empty = {
        MINE: _("现在没有等您审查的信息。"),
        EVERY: _("本机关没有正在审查的信息。"),
        DECIDED: _("您还没有办理过审查。"),
    }
    return Table(_("审查"), columns, [_row(one) for one in rows], empty=empty[which])


def _row(review: Review) -> Row:
    version, record = review.version, review.version.record
    cells = {
        "title": version.title,
        "step": step_words(review.step),
        "unit": record.unit.name if record.unit else "",
        "drafter": str(version.drafted_by),
        "days": showing.days_until(review.due_on),
        "who": str(review.assigned_to) if review.assigned_to else role_words(review.step),
        "result": showing.result_words(review.result),
        "decided": review.decided_at,
    }
    return Row(cells, reverse("disclosure:review", args=(review.pk,)), record.document_number)


@work_page("GET", "POST")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    staff = staff_of(request)
    found = review_with_record(pk)
    if found is None or not may_see(staff, found.version.record):
        raise Http404
    is_open = not found.result and found.round == found.version.review_round
    takers = _takers(found, staff) if is_open and may_decide(staff, found) else []
    form = None
    if request.method == "POST":
        form = ReviewForm(request.POST, step=found.step, takers=takers)
        if form.is_valid():
            answer = _decided(request, staff, found, form)
            if answer is not None:
                return answer
    elif is_open and may_decide(staff, found):
        shown = {"seen": found.version.content_digest, **given_back(request)}
        form = ReviewForm(initial=shown, step=found.step, takers=takers)
    return render(request, "disclosure/review.html", _context(found, staff, form, takers, is_open=is_open))


def _takers(found: Review, staff: Staff) -> list[Staff]:
    return [one for one in who_may_take(found.version, Step(found.step)) if one.pk != staff.pk]


def _decided(request: HttpRequest, staff: Staff, found: Review, form: ReviewForm) -> HttpResponse | None:
    """The decision as pressed; None where the page has to tell why not."""
    pressed = request.POST.get("decision", "")
    try:
        words = _decide(staff, found, form, pressed)
    except NotAllowed:
        raise
    except Stale as stale:
        send_anew(form, found.version.content_digest)
        tell(form, stale)
        return None
    except WorkError as refused:
        if refused.code != "already_decided":
            tell(form, refused)
            return None
        back = Tab(_("看这个版本的审查情况"), reverse("disclosure:review", args=(found.pk,)))
        return refusal_page(request, 409, _("没有办成"), words_of(refused), back=back)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("disclosure:reviews"))


def _decide(staff: Staff, found: Review, form: ReviewForm, pressed: str) -> str:
    given = form.cleaned_data
    if pressed == "pass":
        pass_step(
            by=staff, review=found, seen=given["seen"], reason=given["reason"], basis=given.get("basis") or ""
        )
        return _("已通过：%(title)s") % {"title": found.version.title}
    if pressed == "return":
        return_step(by=staff, review=found, reason=given["reason"])
        return _("已退回：%(title)s") % {"title": found.version.title}
    if pressed == "pass-on":
        to = form.chosen()
        if to is None:
            raise WorkError("to_missing", _("请选择转交给谁。"), "Choose to whom.", field="to")
        forward_step(by=staff, review=found, to=to, reason=given["reason"])
        return _("已转交%(who)s。") % {"who": to}
    raise WorkError("decision_missing", _("请按“通过”“退回”或“转交”。"), "Choose what to do.")


def _context(
    found: Review, staff: Staff, form: ReviewForm | None, takers: list[Staff], *, is_open: bool
) -> dict[str, Any]:
    version, record = found.version, found.version.record
    version.record = record
    steps = reviews_of(version)
    compared = _compared(version, steps)
    kept = version.findings if is_open else []
    may = is_open and may_decide(staff, found)
    return {
        "title": version.title,
        "state": showing.stage_state(version.stage, found.step if is_open else ""),
        "days_left": showing.days_until(found.due_on) if is_open else None,
        "back": Tab(_("审查"), reverse("disclosure:reviews")),
        "place": "reviews",
        "record_address": reverse("disclosure:record", args=(record.pk,)),
        "facts": [*showing.facts_of(record, version), *_taking_effect(record)],
        "body": showing.body_of(version, showing.places_of(kept)),
        "attachments": showing.attachments_of(attachments_of(version), record),
        "findings": showing.finding_pieces(kept),
        "findings_answer": version.findings_answer,
        "steps": showing.review_steps(version, steps),
        "review_form": form if may or (form is not None and form.errors) else None,
        "review_address": reverse("disclosure:review", args=(found.pk,)),
        "review_step": step_words(found.step),
        "may_pass_on": bool(takers),
        "why_not_review": "" if may else _why_not(found, staff, is_open=is_open),
        **compared,
    }


def _taking_effect(record: Record) -> list[Fact]:
    """What publication does to other documents: reviewers decide on that as well (NOR.3, NOR.5)."""
    words = {LinkKind.REPEALS.value: _("公开时废止"), LinkKind.AMENDS.value: _("公开时修改")}
    return [
        Fact(words[one.kind], f"{one.target.title} {one.target.document_number}".strip(), wide=True)
        for one in links_of(record)
        if one.source_id == record.pk and one.kind in words and not has_effect(one.kind, record, one.target)
    ]


def _compared(version: Version, steps: list[Review]) -> dict[str, Any]:
    """The change against what the round before saw, else against what is public; of a first one none."""
    earlier = [one for one in steps if one.round < version.review_round and one.content_digest]
    seen = content_seen(earlier[-1].content_digest) if earlier else None
    if seen is not None:
        words = _("第%(n)s轮审查时") % {"n": earlier[-1].round}
        return _difference(seen, content_facts(version), words)
    public = version.record.published
    if public is None or public.pk == version.pk:
        return {}
    before, after = contents(public, version)
    return _difference(before, after, _("现在公开的第 %(n)s 版") % {"n": public.number})


def _difference(before: dict[str, Any], after: dict[str, Any], words: str) -> dict[str, Any]:
    told = difference(before, after, language())
    return {
        "changes": told.changes,
        "pieces": told.pieces,
        "before_words": words,
        "after_words": _("这次送审的内容"),
    }


def _why_not(found: Review, staff: Staff, *, is_open: bool) -> str:
    if found.result:
        return _("这个环节已由%(who)s办理：%(result)s。") % {
            "who": found.decided_by,
            "result": showing.result_words(found.result),
        }
    if not is_open:
        return _("这一轮审查已经结束。")
    if has_written_in_it(staff, found):
        return _("您参与了起草，须由其他人员审查。")
    if was_let_in_by_a_writer(staff, found):
        return _(LET_IN)
    if found.assigned_to_id:
        return _("已转交%(who)s办理。") % {"who": found.assigned_to}
    return _("由%(who)s办理。") % {"who": role_words(found.step)}
