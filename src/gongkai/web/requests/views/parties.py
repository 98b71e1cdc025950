"""Those whose opinion is asked: who they are, their letters, what they said (REG.32, REG.33.3, REG.34)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.statute.clock import Event, EventKind
from gongkai.statute.outcomes import Opinion
from gongkai.web.annual_reports.uploads import refused, uploaded
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.look.pieces import Action, Column, Fact, Row, Table
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests import staging
from gongkai.web.requests.actions.consulting import add_party, party_reached, take_opinion
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.forms.parties import OPINIONS, OpinionForm, PartyForm, ReachedForm
from gongkai.web.requests.models import Case, Letter, Party, PartyKind
from gongkai.web.requests.models.files import CaseFile, FileKind
from gongkai.web.requests.permissions import may_read, may_work
from gongkai.web.requests.sealed import Opener, opener_of
from gongkai.web.requests.stands import calendar_of, clock_from, events_of
from gongkai.web.requests.steps import judged
from gongkai.web.requests.views.letter_words import kind_words, letter_state
from gongkai.web.requests.views.working import (
    PLACE,
    Question,
    address,
    ask,
    back_to,
    case_for,
    day_needed,
    fresh,
    reason_words,
)

_SILENCE = {
    PartyKind.THIRD_PARTY: EventKind.THIRD_PARTY_LAPSED,
    PartyKind.CO_MAKER: EventKind.CO_MAKER_SILENT,
}
ASKING = {
    PartyKind.THIRD_PARTY: "third-party-consultation",
    PartyKind.CO_MAKER: "co-maker-consultation",
    PartyKind.ORGAN: "organ-consultation",
}


@work_page("GET")
def parties(request: HttpRequest, pk: int) -> HttpResponse:
    """All whose opinion is asked on a case. 6 queries."""
    case = case_for(request, pk, may_read)
    opener = opener_of(case)
    rows = [_row(one, opener) for one in case.parties.prefetch_related("letters")]
    columns = [
        Column("label", _("代称"), "title"),
        Column("name", _("姓名或者名称")),
        Column("asked", _("征求意见书")),
        Column("opinion", _("意见")),
    ]
    add = Action(_("登记一方"), address("party_add", case.pk), style="main")
    context = {
        "title": _("征求意见"),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "actions": [add] if may_work(staff_of(request), case) and not case.is_closed else [],
        "table": Table(
            _("被征求意见方"),
            columns,
            rows,
            empty=_("没有登记被征求意见方。涉及第三方权益的，先登记再征求意见。"),
        ),
    }
    return fresh(request, "workspace/list.html", context)


def _row(party: Party, opener: Opener) -> Row:
    letters = sorted(party.letters.all(), key=lambda one: one.pk)
    asked = [one for one in letters if one.kind == ASKING[PartyKind(party.kind)] and not one.is_dropped]
    cells = {
        "label": party.label,
        "name": opener.open(party, "name"),
        "asked": letter_state(asked[-1]).words if asked else _("尚未拟写"),
        "opinion": opinion_words(party),
    }
    return Row(cells, address("party", party.case_id, party.pk))


def opinion_words(party: Party) -> str:
    """What it said, in words; "" where it said nothing yet."""
    return str(OPINIONS[Opinion(party.opinion)]) if party.opinion else ""


@work_page("GET", "POST")
def party_add(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    kind = request.GET.get("kind", "")

    def act(form: Any) -> Party:
        facts = form.facts("kind", "name", "address", "phone", "rights", "seen")
        return add_party(by=staff_of(request), case=case, **facts)

    question = Question(
        title=_("登记被征求意见方"),
        confirm=_("登记"),
        done=_("已登记。下一步：拟写征求意见书。"),
        act=act,
        form=PartyForm,
        consequences=[
            _("登记本身不停止计算期限，征求意见书送出之日起才停止计算（《条例》第三十三条第三款）。"),
            _("给对方的文书不写申请人是谁。"),
        ],
        initial={"kind": kind if kind in PartyKind.values else ""},
        then=lambda made: address("party", case.pk, made.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


@work_page("GET")
def party(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """One of them. 9 queries."""
    case = case_for(request, pk, may_read)
    one = _party(case, party)
    opener = opener_of(case)
    letters = list(one.letters.filter(is_dropped=False).prefetch_related("services").order_by("pk"))
    for letter in letters:
        letter.case = case
    context = {
        "title": one.label,
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "facts": _facts(one, opener),
        "table": Table(
            _("文书"),
            [
                Column("kind", _("文书"), "title"),
                Column("number", _("文号")),
                Column("state", _("状态"), "state"),
            ],
            [
                Row(
                    {"kind": kind_words(letter.kind), "number": letter.number, "state": letter_state(letter)},
                    address("letter", case.pk, letter.pk),
                )
                for letter in letters
            ],
            empty=_("还没有给这一方的文书。"),
        ),
        "next_steps": _next(case, one, letters, staff_of(request)),
    }
    return fresh(request, "requests/decisions/party.html", context)


def _facts(one: Party, opener: Opener) -> list[Fact]:
    told = [
        Fact(_("类别"), one.get_kind_display()),
        Fact(_("姓名或者名称"), opener.open(one, "name")),
        Fact(_("联系电话"), opener.open(one, "phone")),
        Fact(_("通信地址"), opener.open(one, "address"), wide=True),
        Fact(_("涉及的权益"), opener.open(one, "rights"), wide=True),
        Fact(_("意见"), opinion_words(one) or _("尚未收到")),
        Fact(_("意见内容"), opener.open(one, "opinion_words"), wide=True),
    ]
    if one.kind == PartyKind.THIRD_PARTY and one.is_told:
        told.append(Fact(_("书面告知"), _("已告知决定公开的内容和理由")))
    return told


def _next(case: Case, one: Party, letters: list[Letter], staff: Staff) -> list[Action]:
    """Write to it, say that it has the letter, write down its opinion; told after an override."""
    if not may_work(staff, case):
        return []
    asking = ASKING[PartyKind(one.kind)]
    asked = [letter for letter in letters if letter.kind == asking]
    closed = _("申请已经办结。") if case.is_closed else ""
    steps = [
        Action(
            _("拟写征求意见书") if one.kind != PartyKind.ORGAN else _("拟写协办函"),
            "" if closed else address("letter_new", case.pk, asking, party=one.pk),
            style="second" if asked else "main",
            reason=closed,
        )
    ]
    awaited = any(letter.issued_at is not None and letter.services.all() for letter in asked)
    steps.append(_or_why(_("记录对方收到"), address("reached", case.pk, one.pk), _why_not_reached(case, one)))
    why = "" if awaited or _was_asked(case, one) else _("征求意见书还没有送出。")
    steps.append(_or_why(_("记录意见"), address("opinion", case.pk, one.pk), closed or why))
    if one.kind == PartyKind.THIRD_PARTY:
        objected = one.opinion and one.opinion != Opinion.CONSENTED.value
        why = "" if objected else _("第三方没有同意而机关决定公开的，才另行书面告知（《条例》第三十二条）。")
        steps.append(
            _or_why(
                _("告知第三方决定公开"),
                address("letter_new", case.pk, "third-party-told", party=one.pk),
                why,
            )
        )
    return steps


def _or_why(words: str, to: str, why: str) -> Action:
    return Action(words, "" if why else to, reason=why)


def _was_asked(case: Case, one: Party) -> bool:
    kind = EventKind(f"{one.kind}-asked")
    return any(event.kind is kind and event.party == one.label for event in events_of(case))


def _judged(case: Case, kind: EventKind, one: Party) -> str:
    """Why a step for this party cannot be taken today; "" if it can."""
    events = events_of(case)
    step = Event(kind, clock.today(), str(one.label))
    offer = judged(case, step, events, clock_from(events, calendar_of(case)))
    return (
        ""
        if offer.is_lawful
        else reason_words(offer.against[0].zh, offer.against[0].en, offer.against[0].rule)
    )


def _why_not_reached(case: Case, one: Party) -> str:
    return _judged(case, EventKind(f"{one.kind}-reached"), one)


def why_not_silent(case: Case, one: Party) -> str:
    """Why its silence cannot be written down today (REG.32, REG.34); "" if it can."""
    kind = _SILENCE.get(PartyKind(one.kind))
    if kind is None:
        return _("法律没有规定其他机关的答复期限，不能记录逾期。")
    return _judged(case, kind, one)


@work_page("GET", "POST")
def reached(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    one = _party(case, party)

    def act(form: Any) -> Any:
        on = day_needed(form)
        return party_reached(by=staff_of(request), party=one, on=on, seen=form.cleaned_data.get("seen"))

    question = Question(
        title=_("%(who)s收到征求意见书") % {"who": one.label},
        confirm=_("记录"),
        done=_("已记录。"),
        act=act,
        form=ReachedForm,
        consequences=[
            _("第三方、共同制作机关从收到之日起有十五个工作日（《条例》第三十二条、第三十四条）。")
        ],
        then=lambda _made: address("party", case.pk, one.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def opinion(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """What it said. Silence is offered only where its time is over."""
    case = case_for(request, pk, may_work)
    one = _party(case, party)
    why = why_not_silent(case, one)
    silence = {
        PartyKind.THIRD_PARTY: _("第三方逾期没有答复的，由机关决定是否公开：既不是同意，也不是不同意。"),
        PartyKind.CO_MAKER: _("共同制作机关逾期没有答复的，视为同意公开。"),
    }.get(PartyKind(one.kind), "")
    told = [silence] if silence else []
    if why:
        told.append(_("现在不能记录“逾期没有答复”：%(why)s") % {"why": why})
    question = Question(
        title=_("%(who)s的意见") % {"who": one.label},
        confirm=_("记录意见"),
        done=_("已记录。"),
        act=lambda form: _take(request, case, one, form),
        form=lambda *args, **options: OpinionForm(*args, kind=one.kind, silent=not why, **options),
        consequences=told,
        then=lambda _made: address("party", case.pk, one.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


def _take(request: HttpRequest, case: Case, one: Party, form: Any) -> Any:
    facts = form.cleaned_data
    staff = staff_of(request)
    with transaction.atomic():
        told = take_opinion(
            by=staff,
            party=one,
            on=day_needed(form),
            opinion=facts.get("opinion") or "",
            words=facts.get("words") or "",
            seen=facts.get("seen"),
        )
        add_scans(request, case, "scan", FileKind.OPINION, staff)
    return told


def add_scans(request: HttpRequest, case: Case, field: str, kind: str, staff: Staff) -> list[CaseFile]:
    """Put what was sent in a field into the case. WorkError at the field for one that cannot be taken."""

    def add(name: str, content: bytes) -> CaseFile:
        one = staging.looked_at(name, content, staging.ALL)
        return add_file(
            by=staff, case=case, name=one.name, content=one.content, media_type=one.media_type, kind=kind
        )

    return add_each(request, field, add)


def add_each(request: HttpRequest, field: str, add: Callable[[str, bytes], CaseFile]) -> list[CaseFile]:
    """`add`: takes one of the files sent in a field, by its name and bytes. WorkError at the field for one
    that cannot be taken."""
    for name, problem in refused(request):
        told = staging.put_aside(name, problem.code)
        raise WorkError(told.code, told.zh, told.en, field=field)
    try:
        return [add(name, content) for name, content in uploaded(request, field)]
    except WorkError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en, field=field) from wrong


def _party(case: Case, pk: int) -> Party:
    found: Party | None = case.parties.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.case = case
    return found
