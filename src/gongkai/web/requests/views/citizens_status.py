"""Where a request stands, for whoever has its number and code; and what its requester can do there.

The code is sent once, in a form; from then on a sealed ticket travels with the pages, for an hour from each.
Nothing of it stands in an address, in a cookie or in a session.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.web.annual_reports.uploads import refused
from gongkai.web.config import clock
from gongkai.web.config.language import short_language
from gongkai.web.config.sealing import Unreadable, seal, unseal
from gongkai.web.organs.errors import Invalid, Stale, WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.participation import pacing
from gongkai.web.participation.pacing import Standing
from gongkai.web.participation.strangers import from_own_page
from gongkai.web.participation.views.answering import fresh_page, organ_or_404, tell, too_many
from gongkai.web.portal.answering import FILE_POLICY
from gongkai.web.requests import staging
from gongkai.web.requests.actions.accounts import attach
from gongkai.web.requests.actions.citizens import (
    answer_fee_notice,
    fetch,
    note_guessing,
    supplement_by_requester,
    withdraw,
)
from gongkai.web.requests.actions.receiving import Sent
from gongkai.web.requests.actions.stepping import NotLawful
from gongkai.web.requests.forms.citizens import FeeAnswerForm, StatusForm, SupplementForm
from gongkai.web.requests.models import Case, CaseFile, FileKind
from gongkai.web.requests.queries import citizens as queries
from gongkai.web.requests.queries.accounts import is_attached
from gongkai.web.requests.sealed import Destroyed
from gongkai.web.requests.settled import settled
from gongkai.web.requests.views.citizens import STAY, address_of, face, staying
from gongkai.web.requests.views.citizens_progress import shown
from gongkai.web.requests.views.signed_in import account_here, are_offered

_LONGEST = 2000


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest, code: str) -> HttpResponse:
    """Number and code. At most 15 queries."""
    organ = organ_or_404(code)
    if request.method != "POST":
        return _lookup_page(request, organ, StatusForm())
    if request.POST.get("do") == STAY:
        return _lookup_page(request, organ, StatusForm(initial=_typed(request, "number", "code")))
    form = StatusForm(request.POST)
    form.is_valid()
    number = queries.number_typed(str(form.cleaned_data.get("number", "")))
    ways = _ways(number)
    how = [pacing.standing(request, name, organ, *more) for name, more in ways]
    if Standing.REFUSED in how:
        return too_many(request)
    if Standing.ASKED in how and not form.has_answered():
        form.ask()
        form.is_valid()
        form.add_error("question", _("输错的次数较多，请先回答这个问题。"))
        return _lookup_page(request, organ, form, 422)
    typed = str(form.cleaned_data.get("code", ""))
    case, meant = queries.case_of_code(organ, number, typed)
    if case is not None and not form.is_trapped:
        return case_page(request, organ, case)
    _count_wrong(request, organ, ways, how, meant)
    form.add_error("code", _("编号和查询码不相符。请对照回执核对；回执丢失的，请带身份证件向机关查询。"))
    if Standing.ASKED in how:
        form.ask()
    return _lookup_page(request, organ, form, 422)


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, code: str) -> HttpResponse:
    """The case of a ticket: shown, supplemented, withdrawn. At most 15 queries to be shown."""
    organ = organ_or_404(code)
    found = _of_ticket(request, organ)
    if found is None:
        return _lapsed(request, organ)
    do = request.POST.get("do", "")
    if do == STAY:
        return _stayed(request, organ, found)
    if do == "supplement":
        return _supplement(request, organ, found)
    if do == "withdraw":
        context = {"title": _("撤回申请？"), "case": found, "ticket": ticket(found), "seen": found.revision}
        context["stay"] = staying(address_of("case", organ), "do", "withdraw")
        return fresh_page(
            request, "requests/citizens/withdraw.html", {**face(organ, _("撤回申请"), "status"), **context}
        )
    if do == "fee":
        return _fee(request, organ, found)
    if do == "attach":
        return _attach(request, organ, found)
    if do == "withdraw-now":
        return _withdraw(request, organ, found)
    return case_page(request, organ, found)


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, code: str) -> HttpResponse:
    """A letter that was served, or what was given out with the reply. At most 15 queries."""
    organ = organ_or_404(code)
    found = _of_ticket(request, organ)
    if found is None:
        return _lapsed(request, organ)
    row = _row_asked(request, found)
    if row is None:
        return case_page(request, organ, found, alert=_("没有这个文件，或者它还没有送达。"), status=404)
    try:
        name, content = fetch(case=found, row=row)
    except (WorkError, Unreadable) as problem:
        return case_page(request, organ, found, alert=problem.message(short_language(request)), status=409)
    response = HttpResponse(content, content_type=row.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def ticket(case: Case) -> str:
    """What opens this case's pages for a while."""
    until = int(clock.now().timestamp()) + int(settled()["status"]["seconds"])
    return seal(json.dumps([str(case.uid), until]), _place(case.organ_id))


def _of_ticket(request: HttpRequest, organ: Organ) -> Case | None:
    """The case that a form's ticket opens; None where it has lapsed or is none. 1 query."""
    told = request.POST.get("ticket", "") if request.method == "POST" else ""
    if not told or len(told) > _LONGEST:
        return None
    try:
        uid, until = json.loads(unseal(told, _place(organ.pk)))
    except (Unreadable, ValueError):
        return None
    if until < clock.now().timestamp():
        return None
    found: Case | None = Case.objects.select_related("key").filter(organ=organ, uid=uuid.UUID(uid)).first()
    return found


def _place(organ_pk: int) -> str:
    return f"requests.ticket:{organ_pk}"


def _ways(number: queries.Number | None) -> list[tuple[str, tuple[str, ...]]]:
    """By what wrong codes are counted: the network they come from, the number they are for."""
    return [("request_code", ()), ("request_number", (str(number.serial if number else 0),))]


def _count_wrong(
    request: HttpRequest, organ: Organ, ways: Sequence[Any], before: Sequence[Standing], meant: Case | None
) -> None:
    """Counted; and entered in the log at the moment when it becomes too much."""
    for name, more in ways:
        pacing.count(request, name, organ, *more)
    after = [pacing.standing(request, name, organ, *more) for name, more in ways]
    if any(was != now for was, now in zip(before, after, strict=True)):
        note_guessing(organ=organ, case=meant)


def _lookup_page(
    request: HttpRequest, organ: Organ, form: StatusForm, status: int = 200, alert: str = ""
) -> HttpResponse:
    context = {**face(organ, _("办理查询"), "status"), "form": form, "alert": alert}
    context["stay"] = staying(address_of("lookup", organ), "do", first="look")
    if are_offered():
        context["mine_address"] = reverse("requests:mine")
    return fresh_page(request, "requests/citizens/lookup.html", context, status)


def _lapsed(request: HttpRequest, organ: Organ) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(address_of("lookup", organ))
    alert = _("为了保护您的信息，页面打开一小时后要重新输入编号和查询码。")
    words = request.POST.get("words", "").replace("\x00", "")
    form = StatusForm()
    context = {
        **face(organ, _("办理查询"), "status"),
        "form": form,
        "alert": alert,
        # What was typed for a supplement is given back, to be copied.
        "typed": words[: 2 * 5000],
    }
    return fresh_page(request, "requests/citizens/lookup.html", context, 422)


def case_page(
    request: HttpRequest,
    organ: Organ,
    found: Case,
    *,
    form: SupplementForm | FeeAnswerForm | None = None,
    alert: str = "",
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    """The case as its requester sees it. At most 14 queries; 2 more where somebody is signed in."""
    found.organ = organ
    own = queries.own_case(found)
    account = account_here(request)
    context = {
        **face(organ, _("办理情况"), "status"),
        "title": _("办理情况"),
        "case": found,
        "form": form or SupplementForm(),
        "fee_form": form
        if isinstance(form, FeeAnswerForm)
        else FeeAnswerForm(initial={"seen": found.revision}),
        "alert": alert,
        "done": done,
        "ticket": ticket(found),
        "stay": staying(address_of("case", organ), "do"),
        "mine_address": reverse("requests:mine") if account is not None else "",
        "can_attach": account is not None and not is_attached(account, found),
        **shown(own, short_language(request)),
    }
    return fresh_page(request, "requests/citizens/status.html", context, status)


def _stayed(request: HttpRequest, organ: Organ, found: Case) -> HttpResponse:
    """The same page in the other language or size: what was typed stays; a chosen file cannot."""
    form = FeeAnswerForm if "seen" in request.POST else SupplementForm
    return case_page(request, organ, found, form=form(initial=_typed(request, "words", "seen")))


def _typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """Some of what a form holds, to be filled in again; of a text what there is room for."""
    return {name: request.POST.get(name, "").replace("\x00", "")[: 2 * 5000] for name in names}


def _supplement(request: HttpRequest, organ: Organ, found: Case) -> HttpResponse:
    form = SupplementForm(request.POST, request.FILES)
    form.is_valid()
    files, faults = _files(request, form, FileKind.SUPPLEMENT)
    if faults:
        tell(request, form, Invalid(faults))
        return case_page(request, organ, found, form=form, status=422)
    try:
        supplement_by_requester(case=found, words=str(form.cleaned_data.get("words", "")), files=files)
    except (NotLawful, Destroyed) as no:
        # What was written stays on the page: it can be sent another way.
        return case_page(
            request, organ, _anew(found), form=form, alert=no.message(short_language(request)), status=409
        )
    except WorkError as wrong:
        tell(request, form, wrong)
        return case_page(request, organ, found, form=form, status=422)
    done = _("已收到您的补正。答复期限重新计算：今天不计，从明天起算。")
    return case_page(request, organ, _anew(found), done=done)


def _files(
    request: HttpRequest, form: SupplementForm | FeeAnswerForm, kind: FileKind
) -> tuple[list[Sent], list[WorkError]]:
    files: list[Sent] = []
    faults = [staging.put_aside(name, one.code) for name, one in refused(request)]
    for sent in form.cleaned_data.get("files") or ():
        try:
            looked = staging.looked_at(sent.name or "", sent.read(), staging.ALL)
        except WorkError as problem:
            faults.append(problem)
        else:
            files.append(Sent(looked.name, looked.content, looked.media_type, kind))
    return files, faults


def _fee(request: HttpRequest, organ: Organ, found: Case) -> HttpResponse:
    form = FeeAnswerForm(request.POST, request.FILES)
    form.is_valid()
    files, faults = _files(request, form, FileKind.PAYMENT)
    if faults:
        tell(request, form, Invalid(faults))
        return case_page(request, organ, found, form=form, status=422)
    words, seen = str(form.cleaned_data.get("words", "")), form.cleaned_data.get("seen")
    try:
        answer_fee_notice(case=found, words=words, files=files, seen=-1 if seen is None else seen)
    except Stale:
        alert = _("这件申请刚刚有了新的进展，没有收下。请看过以后再提交。")
        return case_page(request, organ, _anew(found), alert=alert, status=409)
    except Invalid as wrong:
        tell(request, form, wrong)
        return case_page(request, organ, found, form=form, status=422)
    except WorkError as no:
        return case_page(request, organ, _anew(found), alert=no.message(short_language(request)), status=409)
    return case_page(request, organ, _anew(found), done=_("已收到您提交的内容，机关核对到账以后继续办理。"))


def _attach(request: HttpRequest, organ: Organ, found: Case) -> HttpResponse:
    """Whoever is signed in keeps it under the account: the ticket says that number and code were told."""
    account = account_here(request)
    if account is None:
        alert = _("登录已经过期，没有列入。请重新登录“我的申请”。")
        return case_page(request, organ, found, alert=alert, status=409)
    try:
        attach(account=account, case=found)
    except WorkError as no:
        return case_page(request, organ, found, alert=no.message(short_language(request)), status=409)
    return case_page(request, organ, _anew(found), done=_("已列入“我的申请”，以后登录就能查看。"))


def _withdraw(request: HttpRequest, organ: Organ, found: Case) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        withdraw(case=found, seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1)
    except Stale:
        alert = _("这件申请刚刚有了新的进展，没有撤回。请看过以后再决定。")
        return case_page(request, organ, _anew(found), alert=alert, status=409)
    except WorkError as no:
        return case_page(request, organ, _anew(found), alert=no.message(short_language(request)), status=409)
    return case_page(request, organ, _anew(found), done=_("申请已撤回。需要时可以重新申请。"))


def _anew(found: Case) -> Case:
    again: Case = Case.objects.select_related("key").get(pk=found.pk)
    return again


def _row_asked(request: HttpRequest, found: Case) -> CaseFile | None:
    letter, given = request.POST.get("letter", ""), request.POST.get("file", "")
    if letter:
        known = queries.letter_of(found, letter)
        return known.pdf if known is not None else None
    return queries.file_of(found, given) if given else None
