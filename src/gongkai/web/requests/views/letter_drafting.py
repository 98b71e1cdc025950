"""The facts of a letter: from the record, from a person where the record lacks them; then it is a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.statute.calendar import national
from gongkai.statute.clock import Event, EventKind
from gongkai.statute.errors import StatuteError
from gongkai.statute.letters import kind as letter_kind
from gongkai.web.config import clock
from gongkai.web.disclosure.forms.fields import send_anew
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests.actions.lettering import draft_letter, read_letter
from gongkai.web.requests.forms.lettering import LetterForm
from gongkai.web.requests.letter_choice import TO_PARTIES
from gongkai.web.requests.models import REPLIES, Case, Decision, DecisionStage, Letter, Party
from gongkai.web.requests.permissions import may_keep_templates, may_work
from gongkai.web.requests.remedies_of import office_of
from gongkai.web.requests.sealed import Opener, opener_of
from gongkai.web.requests.settled import settled, ways_chosen
from gongkai.web.requests.stands import clock_of
from gongkai.web.requests.views.letter_facts_shown import (
    LetterFactsShown,
    facts_shown,
    given_of,
    is_own_words,
)
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.working import PLACE, REFUSED, address, case_for, fresh, now_at


@work_page("GET", "POST")
def letter_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    case = case_for(request, pk, may_work)
    try:
        if letter_kind(kind).form != "letter":
            raise Http404
    except StatuteError as wrong:
        raise Http404 from wrong
    decision = _decision(case, kind, request.GET.get("decision", ""))
    party = _one_party(case, kind, request.GET.get("party", ""))
    return _facts_page(request, case, kind, decision, party, None)


@work_page("GET", "POST")
def letter_edit(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    row = draft_of(case, letter)
    if row.decision is not None:
        row.decision.case = case
    return _facts_page(request, case, str(row.kind), row.decision, row.party, row)


def _facts_page(
    request: HttpRequest,
    case: Case,
    kind: str,
    decision: Decision | None,
    party: Party | None,
    row: Letter | None,
) -> HttpResponse:
    opener = opener_of(case)
    kept_online = read_letter(row, opener)[2] if row is not None else _is_wanted_online(case)
    online = request.POST.get("online") == "on" if request.method == "POST" else kept_online
    try:
        found = facts_shown(case, kind, opener, decision=decision, party=party, online=online)
    except WorkError as lacking:
        if request.method != "POST" or lacking.field != "remedies":
            return _lacking(request, case, kind, lacking)
        found = facts_shown(case, kind, opener, decision=decision, party=party)
    form = _facts_form(request, case, kind, found, opener, party, row, kept_online)
    if request.method == "POST" and form.is_valid():
        answer = _drafted(request, case, kind, decision, party, row, form, found)
        if answer is not None:
            return answer
    context = {
        "title": kind_words(kind),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": Tab(_("文书"), address("letters", case.pk)),
        "form": form,
        "facts": found.box(),
        "submit_words": _("保存并预览"),
        "cancel_address": address("letter", case.pk, row.pk) if row else address("letters", case.pk),
        "own_words": row is not None and is_own_words(row, opener, found),
        "template": address("template", _key(kind, decision))
        if may_keep_templates(staff_of(request), case)
        else "",
    }
    status = REFUSED if form.errors else 200
    return fresh(request, "requests/decisions/letter_facts.html", context, status)


def _is_wanted_online(case: Case) -> bool:
    """Whether the requester chose a way over the net, and the office has what such a letter must tell."""
    chosen = any(one.online for one in ways_chosen(case.reply_ways))
    return chosen and bool(office_of(case.organ).online_channel)


def _key(kind: str, decision: Decision | None) -> str:
    if kind != "reply" or decision is None:
        return kind
    return ".".join(filter(None, (kind, str(decision.outcome), str(decision.basis))))


def _facts_form(
    request: HttpRequest,
    case: Case,
    kind: str,
    found: LetterFactsShown,
    opener: Opener,
    party: Party | None,
    row: Letter | None,
    online: bool,
) -> LetterForm:
    parties = []
    if kind in TO_PARTIES and party is None:
        rows = case.parties.filter(kind=TO_PARTIES[kind])
        parties = [(one, opener.open(one, "name")) for one in rows]
    options: dict[str, Any] = {
        "asked": found.asked,
        "needed": found.needed,
        "parties": parties,
        "may_be_online": found.may_be_online,
        "lang": language(),
    }
    if request.method == "POST":
        return LetterForm(request.POST, **options)
    given = given_of(row, opener, found) if row is not None else suggested(case, kind)
    initial = {"seen": case.revision, "online": online, **found.initial(given), **given_back(request)}
    return LetterForm(initial=initial, **options)


def suggested(case: Case, kind: str) -> dict[str, Any]:
    """What follows from the law, from what the office has settled and from what was done before, for a person
    to confirm."""
    today = clock.today()
    if kind == "supplement-notice":
        return {"until": national().add_working_days(today, int(settled()["supplement"]["period"])).date}
    if kind == "extension-notice":
        told = clock_of(case, today, Event(EventKind.EXTENSION_NOTIFIED, today))
        until = {"until": told.due.date} if told is not None and told.due is not None else {}
        return {**until, "reasons": _why_extended(case)}
    return {}


def _why_extended(case: Case) -> str:
    """The reason given when the extension was approved. 1 query."""
    approved = case.events.filter(kind=EventKind.EXTENSION_APPROVED, voided_at=None)
    return str(approved.order_by("-pk").values_list("note", flat=True).first() or "")


def _drafted(
    request: HttpRequest,
    case: Case,
    kind: str,
    decision: Decision | None,
    party: Party | None,
    row: Letter | None,
    form: LetterForm,
    found: LetterFactsShown,
) -> HttpResponse | None:
    try:
        made = draft_letter(
            by=staff_of(request),
            case=case,
            kind=kind,
            given=form.given(found.known),
            decision=decision,
            party=party or form.chosen_party(),
            online=bool(form.cleaned_data.get("online")),
            letter=row,
            seen=form.cleaned_data.get("seen"),
        )
    except NotAllowed:
        raise
    except Stale as stale:
        send_anew(form, now_at(case))
        tell(form, stale)
        return None
    except WorkError as refused:
        tell(form, WorkError(refused.code, refused.zh, refused.en, field=f"f_{refused.field}"))
        return None
    messages.success(request, _("已保存草稿。"))
    return HttpResponseRedirect(address("letter", case.pk, made.pk))


def _lacking(request: HttpRequest, case: Case, kind: str, lacking: WorkError) -> HttpResponse:
    """The settings lack what the letter needs: said plainly, with the way there."""
    to = Tab(_("依申请公开设置"), address("office")) if may_keep_templates(staff_of(request), case) else None
    context = {
        "title": kind_words(kind),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": Tab(_("文书"), address("letters", case.pk)),
        "words": lacking.message(language()),
        "to": to,
    }
    return fresh(request, "requests/decisions/lacking.html", context, 409)


def _decision(case: Case, kind: str, asked: str) -> Decision | None:
    """The decision a reply is of: the one asked for, else the newest."""
    if kind not in REPLIES:
        return None
    rows = case.decisions.exclude(stage=DecisionStage.ABANDONED).order_by("-number")
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        rows = rows.filter(pk=int(asked))
    found: Decision | None = rows.first()
    if found is None:
        raise WorkError("no_decision", _("请先拟写决定，再拟写答复书。"), "Draft the decision first.")
    found.case = case
    return found


def _one_party(case: Case, kind: str, asked: str) -> Party | None:
    """Who it goes to: the one asked for, else the only one there is."""
    if kind not in TO_PARTIES:
        return None
    rows = list(case.parties.filter(kind=TO_PARTIES[kind]))
    if not rows:
        words = _("请先登记%(who)s。") % {"who": TO_PARTIES[kind].label}
        raise WorkError("no_party", words, "Add the party first.")
    if asked:
        return next((one for one in rows if str(one.pk) == asked), None) or _no_such()
    return rows[0] if len(rows) == 1 else None


def _no_such() -> Party:
    raise Http404


def letter_of(case: Case, pk: int) -> Letter:
    """A letter of the case, or 404. 1 query."""
    rows = case.letters.select_related("decision", "party", "pdf", "docx", "issued_by")
    found: Letter | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def draft_of(case: Case, pk: int) -> Letter:
    found = letter_of(case, pk)
    if found.is_dropped:
        raise WorkError("letter_dropped", _("这份草稿已经作废。"), "The draft was put aside.")
    if found.issued_at is not None:
        raise WorkError("letter_issued", _("文书已经签发，不能修改。"), "It is issued.")
    return found
