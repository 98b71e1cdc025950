"""The forms that citizens fill in. They take what people write; the actions say what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Paragraphs, Words
from gongkai.web.participation import questionnaire
from gongkai.web.participation.settled import length, report_kinds
from gongkai.web.participation.strangers import StrangersForm
from gongkai.wording.personal import find_personal


class ReportForm(StrangersForm):
    """What is wrong with a page."""

    is_warned = False
    kind = Choice(label=_("是什么问题"), widget=forms.RadioSelect, required=True)
    words = Paragraphs(
        rows=5,
        label=_("说明"),
        help_text=_("在哪里、错在什么地方、应当是什么。最多 1000 字。请勿写入他人的身份证号等个人信息。"),
        max_length=length("report"),
    )
    as_it_is = forms.BooleanField(label=_("说明就这样提交"), required=False)
    contact = Words(
        label=_("您的联系方式"),
        help_text=_("电话或者邮箱，只用于核实和回复：加密保存，不公开，办结 180 天后销毁。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", [(one.code, one.words(lang)) for one in report_kinds()])

    def clean(self) -> dict[str, Any]:
        """A number in the words is asked about once: the contact is sealed, the words are not."""
        given: dict[str, Any] = super().clean() or {}
        if _has_number(str(given.get("words") or "")) and not given.get("as_it_is"):
            self.is_warned = True
            words = _(
                "说明里好像有电话号码、邮箱或者证件号码，办理人员都能看到。是您的联系方式的，请移到“您的联系方式”一栏"
                "（加密保存）；确实要写在说明里的，请勾选“说明就这样提交”。"
            )
            self.add_error("words", words)
        return given

    def fields_shown(self) -> list[Any]:
        asked = self.is_warned or bool(self.data.get("as_it_is"))
        return [bound for bound in super().fields_shown() if asked or bound.name != "as_it_is"]


def _has_number(text: str) -> bool:
    """Whether a text holds a number or a mail box of somebody, not of an office."""
    return any(one.kind in _NUMBERS and one.role != "contact" for one in find_personal(text))


_NUMBERS = frozenset({"PII.MOB", "PII.TEL", "PII.MAIL", "PII.ID18", "PII.ID15", "PII.BANK"})


class OpinionForm(StrangersForm):
    """An opinion. Name and contact may stay empty."""

    words = Paragraphs(
        rows=8,
        label=_("您的意见"),
        help_text=_("针对哪一条、建议怎样修改、理由是什么。最多 5000 字。"),
        required=True,
    )
    name = Words(label=_("姓名或者单位"), help_text=_("加密保存，不公开。"))
    contact = Words(
        label=_("联系方式"),
        help_text=_("只用于核实意见：加密保存，不公开，结果公布 180 天后销毁。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SurveyForm(StrangersForm):
    """The questions of a survey as fields `q0`, `q1`, …"""

    def __init__(self, *args: Any, questions: Sequence[questionnaire.Question], **options: Any) -> None:
        super().__init__(*args, **options)
        for place, one in enumerate(questions):
            self.fields[f"q{place}"] = _field(place, one)
        self.questions = questions

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in self.fields if name.startswith("q")}


def _field(place: int, question: questionnaire.Question) -> forms.Field:
    label = f"{place + 1}. {question.words}"
    choices = [(str(number), words) for number, words in enumerate(question.options)]
    if question.kind == questionnaire.SINGLE:
        return Choice(label=label, widget=forms.RadioSelect, required=question.is_needed, choices=choices)
    if question.kind == questionnaire.SEVERAL:
        return _Several(
            label=label,
            required=question.is_needed,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("可以选多项。"),
        )
    if question.kind == questionnaire.NUMBER:
        return Words(
            label=label,
            required=question.is_needed,
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            help_text=_("填写数字。"),
        )
    return Paragraphs(rows=3, label=label, required=question.is_needed)


class _Several(forms.MultipleChoiceField):
    """That one is needed the action tells, in its own words."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class LookupForm(StrangersForm):
    """The code that stands on a receipt."""

    code = Words(
        label=_("查询码"),
        max_length=20,
        required=True,
        help_text=_("提交后显示的十位字母和数字，例如 ABCDE-23456。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
