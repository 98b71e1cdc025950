"""Fields of the staff's forms: they take what people type, and leave it to the actions what is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.once import token

DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
MOMENT_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
_SELECTED = SafeString(" selected")
MOST_WORDS = 2000  # of reasons and questions, as the actions keep them


class NotEnforced:
    """A required field says so on its page; that it is empty the action tells, in its own words."""

    empty_values: Any

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)  # type: ignore[misc]


class Words(NotEnforced, forms.CharField):
    """Text in one line. What cannot be stored is left out; how long it may be the action tells."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\x00", "")
        return str(super().to_python(text.encode("utf-8", "replace").decode("utf-8")))


class Paragraphs(Words):
    """Text of several lines: a reason, a question, an answer."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": rows}), **options})

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class Day(NotEnforced, forms.DateField):
    """A day, as a calendar gives it or as people write it."""

    widget = forms.DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("日期写作 2026-03-01，或从日历中选择。")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "input_formats": DAY_FORMS, **options})

    def to_python(self, value: Any) -> dt.date | None:
        return super().to_python(value.strip() if isinstance(value, str) else value)


class Moment(NotEnforced, forms.DateTimeField):
    """A day and time of here."""

    widget = forms.DateTimeInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("时间写作 2026-03-01 09:00，或从日历中选择。")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "input_formats": MOMENT_FORMS, **options})


class PlainSelect(forms.Select):
    """A list to choose from, written at once: a template for each of many options costs a page a third of
    its time. The options stand in no groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, _SELECTED if str(code) in chosen else "", words) for code, words in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs({"name": name}, attrs)), options)


class Choice(NotEnforced, forms.ChoiceField):
    """One of a list. `none`: what it is called to choose nothing."""

    widget = PlainSelect
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid_choice": _("选项无效，请重新选择。")}

    def __init__(self, *, none: Any = None, choices: Any = (), **options: Any) -> None:
        first = [] if none is None else [("", none)]
        super().__init__(**{"required": False, "choices": [*first, *choices], **options})


class Files(forms.FileField):
    """Any number of files. Gives a list, empty where none was chosen; what each is worth the action says."""

    widget = type("SeveralFiles", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            return []
        return list(data) if isinstance(data, list | tuple) else [data]


class WorkForm(forms.Form):
    """A form that does something: carries the token that keeps a double click from doing it twice."""

    use_required_attribute = False
    once = forms.CharField(required=False, widget=forms.HiddenInput, initial=token)

    def facts(self, *names: str) -> dict[str, Any]:
        """What was filled in, of those names that the form has and could read."""
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """What there is to choose from in a field of a form."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def send_anew(form: forms.BaseForm, seen: object) -> None:
    """After a refusal as stale: what was typed stays, and the next press names what is there now."""
    form.data = {**{name: form.data[name] for name in form.data}, "seen": str(seen)}


class SeenForm(WorkForm):
    """A form about a record: `seen` is the count of its changes when the page was shown."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
