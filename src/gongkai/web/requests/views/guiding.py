"""The guided choice of an outcome: one question at a time, in the order of the law's gates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.statute.errors import StatuteError
from gongkai.statute.outcomes import Question, Suggestion, questions, suggest
from gongkai.web.disclosure.views.answering import language, work_page
from gongkai.web.requests.forms.deciding import choice_of
from gongkai.web.requests.models import Case
from gongkai.web.requests.permissions import may_work
from gongkai.web.requests.views.case_words import outcome_words
from gongkai.web.requests.views.working import (
    PLACE,
    address,
    article_words,
    back_to,
    case_for,
    fresh,
    reason_words,
)


@work_page("GET")
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """One question at a time, in the order of the law's gates; the answers stand in the address. 1 query."""
    case = case_for(request, pk, may_work)
    answers = {name: str(value) for name, value in request.GET.items() if name in questions() and value}
    try:
        found = suggest(answers)
    except StatuteError:
        return HttpResponseRedirect(address("guide", case.pk))
    used = {one.question.id: one.answer.answer for one in found.reasons}
    context = {
        "title": _("办理结果的引导选择"),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "case": case,
        "question": _asked(found.asked) if found.asked else None,
        "answers": used,
        "answered": [_answered(case, used, number, one) for number, one in enumerate(found.reasons)],
        "suggested": _suggested(case, found),
        "action": _action(found),
        "again": address("guide", case.pk),
        "direct": address("decision", case.pk),
    }
    return fresh(request, "requests/decisions/guide.html", context)


def _asked(question: Question) -> dict[str, Any]:
    english = language() == "en"
    return {
        "id": question.id,
        "words": question.en if english else question.zh,
        "article": article_words(question.rule),
        "answers": [(one.answer, one.en if english else one.zh) for one in question.answers],
    }


def _answered(case: Case, used: dict[str, str], number: int, one: Any) -> dict[str, str]:
    """A question answered, with the address at which it is answered otherwise."""
    before = dict(list(used.items())[:number])
    return {
        "words": one.en if language() == "en" else one.zh,
        "address": f"{address('guide', case.pk)}?{urlencode(before)}",
    }


def _suggested(case: Case, found: Suggestion) -> dict[str, Any] | None:
    if found.outcome is None:
        return None
    chosen = choice_of(found.outcome.code, found.basis)
    english = language() == "en"
    return {
        "words": outcome_words(found.outcome.code),
        "when": found.outcome.when_en if english else found.outcome.when_zh,
        "to_confirm": found.outcome.to_confirm,
        "address": address("decision", case.pk, outcome=chosen, exemption=",".join(found.exemptions)),
    }


def _action(found: Suggestion) -> str:
    if found.action is None:
        return ""
    return reason_words(found.action.zh, found.action.en, found.action.rule)
