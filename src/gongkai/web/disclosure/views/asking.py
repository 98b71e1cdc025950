"""A step on a page of its own: what will happen, a form, one button; then action, message, the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.forms.fields import SeenForm, send_anew
from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.next_steps import find, standing_of
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import staff_of, tell, to_record
from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.signing_in.lost_words import given_back


@dataclass(frozen=True, slots=True)
class Question:
    """A step asked about. `code`: of next_steps; `consequences`: what happens to the page and the figures.

    `act` does it with the valid form; `done`: what is said then. `form`: made from data and initial.
    """

    code: str
    title: str
    confirm: str
    done: str
    act: Callable[[Any], Any]
    form: Callable[..., Form] = SeenForm
    consequences: Sequence[str] = ()
    initial: dict[str, Any] = field(default_factory=dict)
    is_danger: bool = False
    template: str = "workspace/confirm.html"
    more: dict[str, Any] = field(default_factory=dict)
    # Where it leads then, by the address's name: what comes next is on that page.
    then: str = "disclosure:record"


def ask(request: HttpRequest, record: Record, question: Question) -> HttpResponse:
    """The page of a step, or its doing. A step that the state does not allow leads back with the reason."""
    stopped = _why_not(request, record, question.code)
    if stopped is not None:
        return stopped
    form = _form(request, record, question)
    if request.method == "POST" and form.is_valid():
        try:
            question.act(form)
        except NotAllowed:
            raise
        except Stale as stale:
            # What was typed stays; the page shows the record as it is now, and the next press knows of it.
            send_anew(form, record.revision)
            tell(form, stale)
        except WorkError as refused:
            tell(form, refused)
        else:
            to_record(request, record, question.done)
            return HttpResponseRedirect(reverse(question.then, args=(record.pk,)))
    return render(request, question.template, _context(record, question, form))


def _form(request: HttpRequest, record: Record, question: Question) -> Form:
    if request.method == "POST":
        return question.form(request.POST, request.FILES)
    return question.form(initial={"seen": record.revision, **question.initial, **given_back(request)})


def _why_not(request: HttpRequest, record: Record, code: str) -> HttpResponse | None:
    offer = find(code, standing_of(record), staff_of(request))
    if offer is not None and not offer.is_for_them:
        raise NotAllowed
    # What is sent is for the action to judge, which tells why it refuses over what was typed.
    if request.method == "POST" or (offer is not None and offer.can_be_taken):
        return None
    reason = offer.reason if offer else _("这条信息现在的状态不能办理这一事项。")
    messages.error(request, reason)
    return HttpResponseRedirect(reverse("disclosure:record", args=(record.pk,)))


def _context(record: Record, question: Question, form: Form) -> dict[str, Any]:
    address = reverse("disclosure:record", args=(record.pk,))
    facts = [
        Fact(_("标题"), record.title, wide=True),
        Fact(_("索引号"), record.index_number),
        Fact(_("状态"), showing.state_of(record).words),
    ]
    return {
        "title": question.title,
        "back": Tab(_("返回信息页"), address),
        "place": "records",
        "facts": facts,
        "consequences": question.consequences,
        "form": form,
        "confirm_words": question.confirm,
        "is_danger": question.is_danger,
        "cancel_address": address,
        "record": record,
        **question.more,
    }
