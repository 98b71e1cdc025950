"""What the staff's pages here do alike: the case, a step asked about on a page of its own, a form sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from gongkai.statute.articles import article
from gongkai.web.disclosure.forms.fields import SeenForm, send_anew
from gongkai.web.disclosure.views.answering import language, staff_of, tell
from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import Invalid, NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests.actions.stepping import NotLawful
from gongkai.web.requests.models import Case
from gongkai.web.requests.permissions import may_see
from gongkai.web.requests.views import case_words

PLACE = "requests"
_NAMES = ("id", "name", "username")
REFUSED = 422
FILE_POLICY = "default-src 'none'; sandbox"
# Of those who handle and registered it only what they are called is told.
_NOT_READ = tuple(
    f"{who}__{one.name}"
    for who in ("handler", "taken_by")
    for one in Staff._meta.concrete_fields
    if one.name not in _NAMES
)
_RELATED = ("organ", "key", "unit", "handler", "requester", "taken_by", "fee")


def address(name: str, *args: Any, **query: Any) -> str:
    """A page of this room."""
    told = {key: value for key, value in query.items() if value not in (None, "")}
    found = reverse(f"requests_work:{name}", args=args)
    return f"{found}?{urlencode(told)}" if told else found


def address_of(name: str, organ: Organ, **query: Any) -> str:
    """A page about an organ, with its code."""
    return address(name, organ=organ.code, **query)


def case_address(case: Case) -> str:
    return address("case", case.pk)


def seen_case(request: HttpRequest, pk: int) -> Case:
    """The case, or 404: for what is not there and for another organ's alike. 1 query."""
    rows = Case.objects.select_related(*_RELATED).defer("organ__emblem", *_NOT_READ)
    found = rows.filter(pk=pk).first()
    if found is None or not may_see(staff_of(request), found):
        raise Http404
    return found


def case_for(request: HttpRequest, pk: int, may: Any) -> Case:
    """The case for something that the person may do: 404 as above, NotAllowed where they may not. 1 query."""
    case = seen_case(request, pk)
    require(may, staff_of(request), case)
    return case


@dataclass(frozen=True, slots=True)
class Question:
    """A step asked about. `act` does it with the valid form; `done`: what is said then; `then`: where it
    leads, the case by default. `cautions`: what the law has to say beside, made of what was done."""

    title: str
    confirm: str
    done: str
    act: Callable[[Any], Any]
    form: Callable[..., Form] = SeenForm
    lead: str = ""
    facts: Sequence[Fact] = ()
    consequences: Sequence[str] = ()
    initial: dict[str, Any] = field(default_factory=dict)
    is_danger: bool = False
    template: str = "requests/work/confirm.html"
    more: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Any], str] | None = None


def ask(request: HttpRequest, case: Case, question: Question) -> HttpResponse:
    """The page of a step, or its doing. What was typed stays when it is refused."""
    form = _form(request, case, question)
    if request.method == "POST" and form.is_valid():
        try:
            made = question.act(form)
        except NotAllowed:
            raise
        except Stale as stale:
            send_anew(form, now_at(case))
            tell(form, stale)
        except WorkError as refused:
            tell_lawfully(form, refused)
        else:
            messages.success(request, question.done)
            for one in getattr(made, "cautions", ()):
                messages.warning(request, reason_words(one.zh, one.en, one.rule))
            to = question.then(made) if question.then else case_address(case)
            return HttpResponseRedirect(to)
    status = REFUSED if request.method == "POST" else 200
    return fresh(request, question.template, _context(case, question, form), status)


def ask_anew(request: HttpRequest, case: Case, question: Question) -> HttpResponse:
    """The page of a step again with what was typed, nothing done and nothing told to be wrong."""
    form = question.form(initial=request.POST.dict())
    return fresh(request, question.template, _context(case, question, form))


def now_at(case: Case) -> int:
    """How often the case has changed by now. 1 query."""
    return int(Case.objects.values_list("revision", flat=True).get(pk=case.pk))


def tell_lawfully(form: Any, refused: WorkError) -> None:
    """A refusal as errors of a form, with the article where the law stands against it."""
    if isinstance(refused, NotLawful):
        form.add_error(None, reason_words(refused.zh, refused.en, refused.rule))
    else:
        tell(form, refused)


def reason_words(zh: str, en: str, rule: str) -> str:
    """A reason with its article, in the reader's language."""
    told = en if language() == "en" else zh
    cited = article_words(rule)
    if not cited or cited in told:
        return told
    return f"{told} [{cited}]" if language() == "en" else f"{told}〔{cited}〕"


def article_words(rule: str) -> str:
    """The article as it is cited; "" for what rests on none."""
    try:
        found = article(rule)
    except KeyError:
        return ""
    return found.en if language() == "en" else found.zh


def fresh(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that nobody keeps: it may tell of somebody."""
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def to_save(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be saved, never opened in our own pages, kept by nobody on the way."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def back_to(case: Case) -> Tab:
    return Tab(_("返回申请%(number)s") % {"number": case.number}, case_address(case))


def day_needed(form: Any, zh: str = "请填写日期。") -> dt.date:
    """The day of a form (`on`), which cannot be left out."""
    day: dt.date | None = form.cleaned_data.get("on")
    if day is None:
        raise WorkError("day_missing", zh, "Give the day.", field="on")
    return day


def faults_of(refused: WorkError) -> list[WorkError]:
    return refused.faults if isinstance(refused, Invalid) else [refused]


def _form(request: HttpRequest, case: Case, question: Question) -> Form:
    if request.method == "POST":
        return question.form(request.POST, request.FILES)
    return question.form(initial={"seen": case.revision, **question.initial, **given_back(request)})


def _context(case: Case, question: Question, form: Form) -> dict[str, Any]:
    facts = [
        Fact(_("编号"), case.number),
        Fact(_("申请事项"), case.subject, wide=True),
        Fact(_("状态"), case_words.state_of(case).words),
        *question.facts,
    ]
    return {
        "title": question.title,
        "lead": question.lead,
        "back": back_to(case),
        "place": PLACE,
        "facts": [one for one in facts if one.value not in (None, "")],
        "consequences": question.consequences,
        "form": form,
        "confirm_words": question.confirm,
        "is_danger": question.is_danger,
        "cancel_address": case_address(case),
        "case": case,
        **question.more,
    }
