"""The form, a question a page. What was filled in travels with it: going back, a reload, a second press are
safe, and no page of it is kept by anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongkai.web.annual_reports.uploads import refused
from gongkai.web.config.language import short_language
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.participation import pacing
from gongkai.web.participation.pacing import Standing
from gongkai.web.participation.strangers import from_own_page
from gongkai.web.participation.views.answering import fresh_page, organ_or_404, tell, too_many
from gongkai.web.portal.addresses import record_address
from gongkai.web.requests import staging, suggesting
from gongkai.web.requests.actions.citizens import Receipt, receipt_of, send
from gongkai.web.requests.actions.receiving import Sent
from gongkai.web.requests.asked import LABELS
from gongkai.web.requests.challenge import is_met, new_challenge
from gongkai.web.requests.forms.citizens import (
    BY_CODE,
    FIRST,
    Step,
    StepForm,
    asked_steps,
    faults_of,
    initial_of,
    notice_ways_of,
)
from gongkai.web.requests.forms.citizens_state import Filled, Lapsed, new_filled, opened, sealed
from gongkai.web.requests.models import Account, Kind, RequesterKind
from gongkai.web.requests.queries.accounts import is_attached
from gongkai.web.requests.settled import length, settled
from gongkai.web.requests.views.citizens import STAY, address_of, face, staying, words_carried
from gongkai.web.requests.views.citizens_summary import rows_of
from gongkai.web.requests.views.signed_in import account_here, shown_address

_FOUND, _SUMMARY = "found", "summary"
_COUNTED_ONCE = 86400  # seconds
_LAPSED = gettext_lazy("之前填写的内容已超过一天或者不完整，请从头核对一遍。刚才这一页填写的内容还在。")


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The form. At most 15 queries with what is public already, 3 for any other page, 12 more to send it."""
    organ = organ_or_404(code)
    if not organ.is_active:
        return HttpResponseRedirect(reverse("requests:start", args=[organ.code]))
    if request.method != "POST":
        return _question(request, organ, _begun(request), FIRST)
    try:
        filled = opened(request.POST.get("state", ""), organ)
    except Lapsed:
        return _begun_anew(request, organ)
    go, at = request.POST.get("go", "next"), request.POST.get("at", "")
    if go == "send" and at == _SUMMARY:
        return _sent(request, organ, filled)
    if go == STAY and at == _SUMMARY:
        is_sent = receipt_of(filled.form) is not None
        return _sent(request, organ, filled) if is_sent else _summary(request, organ, filled)
    if at == _FOUND:
        return _after_found(request, organ, filled, go)
    if at in BY_CODE:
        return _answered(request, organ, filled, BY_CODE[at], go)
    return _led_to(request, organ, filled, go)


def _begun(request: HttpRequest) -> Filled:
    """An empty form, with what the address says to begin with."""
    words = words_carried(request)
    kind = request.GET.get("kind", "")
    values = {"words": words} if words else {}
    values["kind"] = kind if kind in Kind.values else Kind.INFORMATION.value
    return new_filled().filled(**values)


def _begun_anew(request: HttpRequest, organ: Organ) -> HttpResponse:
    """The state has lapsed: what this page brings is kept, the rest is asked again."""
    filled = new_filled()
    step = BY_CODE.get(request.POST.get("at", ""))
    if step is not None:
        filled = filled.filled(**_typed(step, _bound(request, step, filled), filled))
    return _question(request, organ, filled, FIRST, status=422, alert=str(_LAPSED))


def _answered(request: HttpRequest, organ: Organ, filled: Filled, step: Step, go: str) -> HttpResponse:
    """A page comes in: what it brings is kept in any case, and checked on the way forward."""
    bound = _bound(request, step, filled)
    filled = filled.filled(**_typed(step, bound, filled))
    sent = _stage(request, organ, step, bound) if step.file_kind else []
    filled = filled.with_files(*(one for one in sent if isinstance(one, staging.Kept)))
    refusals = [one for one in sent if isinstance(one, WorkError)]
    if go == "agent":
        filled, go = filled.filled(by_agent=True), "step:agent"
    if go.startswith("remove:"):
        return _without(request, organ, filled, step, go.partition(":")[2])
    if go == STAY:
        if refusals:
            tell(request, bound, Invalid(refusals))
        return _question(request, organ, filled, step, bound)
    if go != "next":
        return _led_to(request, organ, filled, go, step)
    # Who sent a file that was not taken is told why, and not also that there is none.
    lacking = [one for one in faults_of(step, filled) if not (refusals and one.field == "files")]
    faults = [*refusals, *lacking]
    # A file that was taken stays, and the others are told: with one the question itself is answered.
    if bound.errors or faults:
        bound = _bound(request, step, filled)
        if faults:
            tell(request, bound, Invalid(faults))
        return _question(request, organ, filled, step, bound, 422)
    return _onward(request, organ, filled, step)


def _bound(request: HttpRequest, step: Step, filled: Filled) -> StepForm:
    made = step.form(request.POST, request.FILES, filled=filled, lang=short_language(request))
    made.is_valid()
    return made


def _typed(step: Step, bound: StepForm, filled: Filled) -> dict[str, Any]:
    """What was typed and may be carried on; what is far too long stays on its own page alone."""
    typed = {
        name: value
        for name, value in bound.taken().items()
        if not (isinstance(value, str) and name in LABELS and len(value) > length(name))
    }
    was, now = filled.text("requester_kind"), typed.get("requester_kind", filled.text("requester_kind"))
    person = RequesterKind.NATURAL_PERSON
    if step.code == "who" and was and (was == person) != (now == person):
        typed |= {"identity_kind": "", "identity_number": ""}
    return typed


def _stage(request: HttpRequest, organ: Organ, step: Step, bound: StepForm) -> list[staging.Kept | WorkError]:
    """The files of a page: those kept, and why others are not."""
    told: list[staging.Kept | WorkError] = [
        staging.put_aside(name, one.code) for name, one in refused(request)
    ]
    types = staging.PROOFS if step.code == "proof" else staging.ALL
    room = int(settled()["files"]["most_files"]) - len(bound.filled.files)
    for file in bound.cleaned_data.get("files") or ():
        if room <= 0:
            most = settled()["files"]["most_files"]
            zh = f"最多可以附 {most} 个文件，其余的没有收下。"
            told.append(WorkError("files_too_many", zh, f"At most {most} files.", field="files"))
            break
        if pacing.standing(request, "request_file", organ) == Standing.REFUSED:
            zh = "从您的网络上传得太多了，请过一会儿再传，或者选择以后提供。"
            told.append(WorkError("files_too_often", zh, "Too many files. Try again later.", field="files"))
            break
        try:
            told.append(staging.stage(step.file_kind, staging.looked_at(file.name or "", file.read(), types)))
        except WorkError as problem:
            told.append(problem)
            continue
        pacing.count(request, "request_file", organ)
        room -= 1
    return told


def _without(request: HttpRequest, organ: Organ, filled: Filled, step: Step, token: str) -> HttpResponse:
    for one in filled.files:
        if one.token == token:
            staging.drop(one)
    return _question(request, organ, filled.without_file(token), step)


def _onward(request: HttpRequest, organ: Organ, filled: Filled, step: Step) -> HttpResponse:
    """The next question; from the summary back to it."""
    if step.code == "words" and not filled.is_correction:
        found = _found(organ, filled)
        if found:
            return _found_page(request, organ, filled.filled(has_looked=filled.text("words")), found)
    return _after(request, organ, filled, step)


def _after(request: HttpRequest, organ: Organ, filled: Filled, step: Step) -> HttpResponse:
    if filled.is_set("at_summary"):
        return _summary(request, organ, filled)
    steps = asked_steps(filled)
    place = [one.code for one in steps].index(step.code)
    if place + 1 < len(steps):
        return _question(request, organ, filled, steps[place + 1])
    return _summary(request, organ, filled)


def _led_to(
    request: HttpRequest, organ: Organ, filled: Filled, go: str, step: Step | None = None
) -> HttpResponse:
    """Back, or to the page that is named; the first where neither says anything."""
    steps = asked_steps(filled)
    codes = [one.code for one in steps]
    name = go.partition(":")[2] if go.startswith("step:") else ""
    if go == "back" and step is not None and step.code in codes:
        return _question(request, organ, filled, steps[max(codes.index(step.code) - 1, 0)])
    if go == "back":
        return _question(request, organ, filled, steps[-1])
    if name == _SUMMARY:
        return _summary(request, organ, filled)
    return _question(request, organ, filled, BY_CODE[name] if name in codes else FIRST)


def _question(
    request: HttpRequest,
    organ: Organ,
    filled: Filled,
    step: Step,
    bound: StepForm | None = None,
    status: int = 200,
    alert: str = "",
) -> HttpResponse:
    steps = asked_steps(filled)
    place = [one.code for one in steps].index(step.code) if step in steps else 0
    shown = bound or step.form(initial=initial_of(step, filled), filled=filled, lang=short_language(request))
    context = {
        **face(organ, _("填写申请")),
        "title": step.title_for(filled),
        "at": step.code,
        "form": shown,
        "files": filled.of_kind(step.file_kind) if step.file_kind else (),
        "is_first": place == 0,
        "place": place + 1,
        "places": len(steps) + 1,
        "to_summary": filled.is_set("at_summary"),
        "alert": alert,
        "state": sealed(filled, organ),
        "stay": staying(address_of("form", organ), first="next"),
    }
    return fresh_page(request, "requests/citizens/step.html", context, status)


# ---- what is public already ----
def _found(organ: Organ, filled: Filled) -> Sequence[suggesting.Suggestion]:
    """What fits and was not shown for these very words."""
    words = filled.text("words")
    return () if words == filled.text("has_looked") else suggesting.fitting(words, organ)


def _found_page(
    request: HttpRequest, organ: Organ, filled: Filled, found: Sequence[suggesting.Suggestion]
) -> HttpResponse:
    _count(organ, filled, "shown")
    context = {
        **face(organ, _("填写申请")),
        "title": _("这些信息已经公开"),
        "found": [{"address": record_address(one.code, one.pk), "one": one} for one in found],
        "state": sealed(filled, organ),
        "at": _FOUND,
        "stay": staying(address_of("form", organ), first="next"),
    }
    return fresh_page(request, "requests/citizens/found.html", context)


def _after_found(request: HttpRequest, organ: Organ, filled: Filled, go: str) -> HttpResponse:
    if go == "enough":
        _count(organ, filled, "answered")
        return fresh_page(request, "requests/citizens/answered.html", face(organ, _("不再申请")))
    if go.startswith("open:"):
        _count(organ, filled, "opened")
        code, _colon, pk = go[5:].partition(":")
        known = code.isascii() and code.replace("-", "").isalnum() and pk.isascii() and pk.isdigit()
        where = record_address(code, int(pk)) if known and len(pk) < 19 else address_of("start", organ)
        return HttpResponseRedirect(where, status=303)
    if go == "back":
        return _question(request, organ, filled, BY_CODE["words"])
    found = suggesting.fitting(filled.text("words"), organ) if go == STAY else ()
    if found:
        return _found_page(request, organ, filled, found)
    return _after(request, organ, filled, BY_CODE["words"])


def _count(organ: Organ, filled: Filled, what: str) -> None:
    """Once a form, however often its pages are loaded."""
    if pacing.taken_once(f"{filled.form}:{what}", _COUNTED_ONCE):
        suggesting.count(organ, what)


# ---- the summary, and sending ----
def _summary(
    request: HttpRequest,
    organ: Organ,
    filled: Filled,
    status: int = 200,
    faults: Sequence[WorkError] = (),
    challenge: Any = None,
) -> HttpResponse:
    filled = filled.filled(at_summary=True)
    account = account_here(request)
    lang = short_language(request)
    steps = asked_steps(filled)
    rows = [(step, rows_of(step, filled, lang), faults_of(step, filled)) for step in steps]
    context = {
        **face(organ, _("填写申请")),
        "title": _("提交前请核对"),
        "rows": [
            {"step": step, "facts": facts, "faults": [one.message(lang) for one in wrong]}
            for step, facts, wrong in rows
        ],
        "is_complete": not any(wrong for _step, _facts, wrong in rows),
        "faults": [one.message(lang) for one in faults],
        "challenge": challenge,
        "places": len(steps) + 1,
        "at": _SUMMARY,
        "state": sealed(filled, organ),
        "stay": staying(address_of("form", organ), first="send"),
        "address": shown_address(account) if account is not None else "",
        "apart": "apart" in request.POST,
    }
    return fresh_page(request, "requests/citizens/summary.html", context, status)


def _sent(request: HttpRequest, organ: Organ, filled: Filled) -> HttpResponse:
    """Take it, once. Shown is the receipt, again and again if need be."""
    is_new = receipt_of(filled.form) is None
    if is_new:
        how = pacing.standing(request, "request", organ)
        if how == Standing.REFUSED:
            return too_many(request)
        if any(faults_of(step, filled) for step in asked_steps(filled)):
            return _summary(request, organ, filled, 422)
        if how == Standing.ASKED and not is_met(request.POST):
            return _summary(request, organ, filled, 422, challenge=new_challenge())
    account = account_here(request) if "apart" not in request.POST else None
    kinds = {
        step.file_kind for step in asked_steps(filled)
    }  # of a question that is put no more nothing is sent
    try:
        receipt = send(
            organ=organ,
            form=filled.form,
            asked=filled.asked(),
            notice_ways=notice_ways_of(filled),
            files=lambda: [
                Sent(one.name, staging.take(one), one.media_type, one.kind)
                for one in filled.files
                if one.kind in kinds
            ],
            account=account,
        )
    except Invalid as wrong:
        return _summary(request, organ, filled, 422, wrong.faults)
    except WorkError as wrong:
        return _summary(request, organ, filled, 422, [wrong])
    if is_new:
        pacing.count(request, "request", organ)
    return _receipt(request, organ, filled, receipt, account)


def _receipt(
    request: HttpRequest, organ: Organ, filled: Filled, receipt: Receipt, account: Account | None
) -> HttpResponse:
    lang = short_language(request)
    context = {
        **face(organ, _("回执")),
        "title": _("申请已提交"),
        "case": receipt.case,
        "code": receipt.code,
        "is_same": receipt.is_same,
        "facts": [
            fact for step in asked_steps(filled) for fact in rows_of(step, filled, lang, for_paper=True)
        ]
        if receipt.is_same
        else (),
        "proof_later": filled.is_set("proof_later"),
        # Sent again it is the same receipt.
        "state": sealed(filled, organ),
        "at": _SUMMARY,
        "apart": "apart" in request.POST,
        "stay": staying(address_of("form", organ)),
        "mine_address": reverse("requests:mine") if account is not None else "",
        "is_attached": account is not None and is_attached(account, receipt.case),
    }
    return fresh_page(request, "requests/citizens/receipt.html", context)
