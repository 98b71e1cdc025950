"""Consultations and surveys for citizens: the list, a page with its form and its result."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.disclosure.once import once, token
from gongkai.web.look.pieces import Count, Tab
from gongkai.web.organs.errors import WorkError
from gongkai.web.participation import pacing, questionnaire
from gongkai.web.participation.actions.consulting import is_told
from gongkai.web.participation.actions.opining import send_opinion
from gongkai.web.participation.forms.citizens import OpinionForm, SurveyForm
from gongkai.web.participation.models import Consultation
from gongkai.web.participation.pacing import Standing as Pace
from gongkai.web.participation.queries.consultations import (
    Seen,
    Standing,
    public_consultation,
    public_consultations,
)
from gongkai.web.participation.strangers import StrangersForm, from_own_page
from gongkai.web.participation.views.answering import MOST_ID, fresh_page, organ_or_404, tell, too_many
from gongkai.web.portal import faces
from gongkai.web.portal.addresses import record_address
from gongkai.web.portal.answering import page
from gongkai.web.portal.bodies import public_body

_SALT = "participation.sent"


class Line(NamedTuple):
    """A consultation in the list."""

    title: str
    address: str
    seen: Seen
    result_address: str = ""

    @property
    def form_words(self) -> str:
        return _("网上调查") if self.seen.consultation.is_survey else _("意见征集")


@require_safe
def consultations(request: HttpRequest, code: str) -> HttpResponse:
    """Running, ended with a result, ended without one yet. 3 queries."""
    organ = organ_or_404(code)
    found = [_line(code, one) for one in public_consultations(organ)]
    groups = [
        (_("正在进行"), "running", (Standing.RUNNING, Standing.AHEAD)),
        (_("已经截止，结果待公布"), "over", (Standing.OVER, Standing.LATE)),
        (_("已公布结果"), "told", (Standing.TOLD,)),
    ]
    context = {
        **faces.face(organ, "consultations"),
        "crumbs": faces.crumbs(organ, Tab(_("意见征集和网上调查"), "", is_current=True)),
        "groups": [
            (words, name, [one for one in found if one.seen.standing in of]) for words, name, of in groups
        ],
        "is_empty": not found,
    }
    return page(request, "participation/consultations.html", context)


def _line(code: str, seen: Seen) -> Line:
    record, result = seen.consultation.announcement, seen.consultation.result
    told = seen.standing == Standing.TOLD and result is not None
    return Line(
        record.title,
        reverse("participation:consultation", args=[code, seen.consultation.pk]),
        seen,
        record_address(code, result.pk) if told and result is not None else "",
    )


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
@once
def consultation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A consultation: what it is about, the form while it runs, the result once it is public. 2 queries."""
    seen = public_consultation(code, pk) if pk <= MOST_ID else None
    if seen is None:
        raise Http404
    if request.method == "POST":
        return _sent(request, seen)
    if seen.standing != Standing.RUNNING:
        return page(request, "participation/consultation.html", _context(request, seen, None))
    form = None if _has_sent(request, seen.consultation) else _form(seen)
    return fresh_page(request, "participation/consultation.html", _context(request, seen, form))


@require_safe
def received(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Thanks, and what happens next."""
    seen = public_consultation(code, pk) if pk <= MOST_ID else None
    if seen is None:
        raise Http404
    return fresh_page(request, "participation/received.html", _frame(seen))


def _form(seen: Seen, data: Any = None) -> StrangersForm:
    if seen.consultation.is_survey:
        return SurveyForm(data, questions=questionnaire.kept(seen.terms.questions))
    return OpinionForm(data)


def _sent(request: HttpRequest, seen: Seen) -> HttpResponse:
    consultation = seen.consultation
    form = _form(seen, request.POST)
    if form.is_trapped:
        return _thanks(request, consultation)
    if _has_sent(request, consultation):
        return fresh_page(request, "participation/consultation.html", _context(request, seen, None), 409)
    how = pacing.standing(request, "opinion", consultation.organ)
    if how == Pace.REFUSED:
        return too_many(request)
    valid = form.is_valid()
    if how == Pace.ASKED and not form.has_answered():
        if "token" in request.POST:
            form.add_error("question", _("请回答这个问题。"))
        valid = False
    if valid:
        facts = form.cleaned_data
        answers = form.answers() if isinstance(form, SurveyForm) else {}
        said = {name: facts[name] for name in ("words", "name", "contact") if name in facts}
        try:
            send_opinion(consultation=consultation, answers=answers, **said)
        except WorkError as refused:
            tell(request, form, refused)
        else:
            pacing.count(request, "opinion", consultation.organ)
            return _thanks(request, consultation)
    if how == Pace.ASKED:
        form.ask()
    return fresh_page(request, "participation/consultation.html", _context(request, seen, form), 422)


def _thanks(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    address = reverse("participation:received", args=[consultation.organ.code, consultation.pk])
    response = HttpResponseRedirect(address)
    response.status_code = 303
    if consultation.is_survey:
        _remember(request, response, consultation)
    return response


def _cookie(consultation: Consultation) -> str:
    return f"survey{consultation.pk}"


def _remember(request: HttpRequest, response: HttpResponse, consultation: Consultation) -> None:
    """A mark in the browser that it has sent this survey: the number of the survey, and nothing of who."""
    response.set_cookie(
        _cookie(consultation),
        signing.dumps(consultation.pk, salt=_SALT),
        max_age=366 * 24 * 3600,
        path=reverse("participation:consultation", args=[consultation.organ.code, consultation.pk]),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _has_sent(request: HttpRequest, consultation: Consultation) -> bool:
    if not consultation.is_survey:
        return False
    try:
        found = signing.loads(request.COOKIES.get(_cookie(consultation), "")[:200], salt=_SALT)
    except signing.BadSignature:
        return False
    return bool(found == consultation.pk)


def _frame(seen: Seen) -> dict[str, Any]:
    consultation = seen.consultation
    organ, record = consultation.organ, consultation.announcement
    home = reverse("participation:consultations", args=[organ.code])
    address = reverse("participation:consultation", args=[organ.code, consultation.pk])
    return {
        **faces.face(organ, "consultations"),
        "crumbs": faces.crumbs(
            organ, Tab(_("意见征集和网上调查"), home), Tab(record.title, address, is_current=True)
        ),
        "seen": seen,
        "consultation": consultation,
        "title": record.title,
        "list_address": home,
        "consultation_address": address,
        "announcement_address": record_address(organ.code, record.pk),
    }


def _context(request: HttpRequest, seen: Seen, form: StrangersForm | None) -> dict[str, Any]:
    consultation = seen.consultation
    organ, record, version = (
        consultation.organ,
        consultation.announcement,
        consultation.announcement.published,
    )
    assert version is not None
    number = version.number

    def picture(place: int) -> str:
        return reverse("portal:picture", args=[organ.code, record.pk, number, place])

    body = version.body.replace(seen.terms.block, "", 1) if form is not None else version.body
    context = {
        **_frame(seen),
        "body": public_body(body, picture),
        "is_told": is_told(seen.terms, version.body),
        "has_sent": seen.standing == Standing.RUNNING and form is None,
        "form": form,
        "once": token(),
        "standing": str(seen.standing),
    }
    result = consultation.result
    if seen.standing == Standing.TOLD and result is not None and result.published is not None:
        context["result_address"] = record_address(organ.code, result.pk)
        context["result_title"] = result.title
        context["result_on"] = result.first_published_at
        # Only the figures that the published result says, as they were reviewed.
        if consultation.result_block and consultation.result_block in result.published.body:
            told = enumerate(consultation.result_figures, 1)
            context["figures"] = [_bars(place, one) for place, one in told]
    return context


def _bars(number: int, told: dict[str, Any]) -> dict[str, Any]:
    """A question's answers as a table with bars; shares are of those who answered it."""
    whole = told["answered"]
    counts = [
        Count(words, count, whole or None, note=questionnaire.share(count, whole))
        for words, count in told.get("options", ())
    ]
    return {
        "title": f"{number}. {told['words']}",
        "answered": whole,
        "counts": counts,
        "numbers": told.get("numbers"),
    }
