"""A field under each finding of the checks that asks for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.disclosure.answers import LEAST, LONGEST, field_of
from gongkai.web.disclosure.checks import Check
from gongkai.web.disclosure.forms.fields import Paragraphs

_MOST_WORDS = 30


def ask_for_answers(form: forms.Form, findings: Iterable[Check], kept: Mapping[str, str]) -> None:
    """Give the form the fields for the findings as they are now. `kept`: the answers given so far, by key."""
    asked = [one for one in findings if one.asks_an_answer and not one.must_be_mended]
    for one in asked:
        form.fields[field_of(one.key)] = _field(one, kept.get(one.key, ""))
    if form.is_bound:
        # What was sent from a page without the field has not taken an answer back.
        sent = {name: form.data[name] for name in form.data}
        form.data = {**{field_of(one.key): kept.get(one.key, "") for one in asked}, **sent}


def _field(one: Check, answer: str) -> Paragraphs:
    words = _("（%(words)s）") % {"words": one.words[:_MOST_WORDS]} if one.words else ""
    return Paragraphs(
        rows=2,
        label=_("不需要修改的理由%(words)s") % {"words": words},
        help_text=gettext_lazy("不少于 %(least)s 个字，审查人员会看到。") % {"least": LEAST},
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
        initial=answer,
    )
