"""What every page here does alike: who asks, what they may see, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.once import once
from gongkai.web.disclosure.queries.visible import record_seen
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.organs.typed_words import fields_sent, typed_words

View = Callable[..., HttpResponse]
# Numbers past this are no row's: a database would refuse to look.
MOST_ID = 2**63 - 1


def work_page(*methods: str) -> Callable[[View], View]:
    """Decorator of every page: signed in, these methods alone, a form sent twice is worked once.

    An action that refuses the person becomes a page with status 403, another refusal that no form has told
    one with 409.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(isinstance(value, int) and value > MOST_ID for value in kwargs.values()):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refused:
                return refusal_page(request, 403, _("不能办理"), words_of(refused))
            except WorkError as refused:
                return refusal_page(request, 409, _("没有办成"), words_of(refused))

        return login_required(require_http_methods([*methods, "HEAD"])(once(answer)))

    return decorate


def refusal_page(
    request: HttpRequest, status: int, title: str, words: str, *, back: Tab | None = None
) -> HttpResponse:
    """Why it was refused, and whatever was typed, to be copied."""
    typed = typed_words(fields_sent(request)) if request.method == "POST" else []
    context = {"title": title, "words": words, "place": "records", "typed": typed, "back": back}
    return render(request, "disclosure/refusal.html", context, status=status)


def staff_of(request: HttpRequest) -> Staff:
    """The person who is signed in; never anybody else."""
    staff = request.user
    if not isinstance(staff._wrapped if hasattr(staff, "_wrapped") else staff, Staff):
        raise NotAllowed
    return staff  # type: ignore[return-value]


def seen_record(request: HttpRequest, pk: int) -> Record:
    """The record, or 404: for what is not there and what the person may not see alike."""
    record = record_seen(staff_of(request), pk)
    if record is None:
        raise Http404
    return record


def language() -> str:
    """`en` for readers of English, else `zh`: as the law's data have it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def words_of(problem: WorkError) -> str:
    return problem.message(language())


def tell(form: BaseForm, problem: WorkError) -> None:
    """A refusal as errors of a form: at its field if it is there, else above the form."""
    for one in problem.faults if isinstance(problem, Invalid) else [problem]:
        form.add_error(one.field if one.field in form.fields else None, words_of(one))


def done(request: HttpRequest, words: str, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """What was done in a sentence, and on to the page that shows it."""
    messages.success(request, words)
    return HttpResponseRedirect(reverse(f"disclosure:{name}", kwargs=kwargs))


def to_record(request: HttpRequest, record: Record, words: str) -> HttpResponseRedirect:
    return done(request, words, "record", pk=record.pk)
