"""Any Django field as an accessible form group: label, hint, error, control, joined by their ids."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms import BaseForm, BoundField, widgets
from django.utils.translation import gettext as _

from gongkai.web.look.pieces import Problem

# Widths of govuk-frontend, by the most characters a field takes.
_WIDTHS = ((5, "govuk-input--width-5"), (10, "govuk-input--width-10"), (20, "govuk-input--width-20"))


class Option(NamedTuple):
    """A radio button or a box to tick. `control` is the input alone."""

    control: str
    label: str
    id: str


class ShownField(NamedTuple):
    """What templates/look/field.html needs. `control` is the input's html; `options` stand instead of it."""

    kind: str  # hidden, checkbox, choices, file, select, textarea, input
    bound: BoundField
    id: str
    hint: str
    errors: list[str]
    control: str
    options: list[Option]

    @property
    def target(self) -> str:
        return target(self.bound)


def target(bound: BoundField) -> str:
    """The id that a link of the error summary goes to: of choices, the first one."""
    if _is_choices(bound.field.widget):
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)


def shown_field(bound: BoundField) -> ShownField:
    """The parts of a field. Its ids are `<id>`, `<id>-hint`, `<id>-error`."""
    widget = bound.field.widget
    kind = _kind(widget)
    errors = [str(one) for one in bound.errors]
    hint = str(bound.help_text or "")
    options: list[Option] = []
    control = ""
    if kind == "choices":
        options = list(_options(bound))
    else:
        control = bound.as_widget(widget=_adapted(bound), attrs=_attributes(bound, kind, hint, errors))
    return ShownField(kind, bound, str(bound.auto_id), hint, errors, control, options)


def problems(form: BaseForm) -> list[Problem]:
    """The errors of a form for the error summary, those of the whole form first."""
    found = [Problem(str(one)) for one in form.non_field_errors()]
    for bound in form:
        label = "" if bound.is_hidden else str(bound.label or "")
        found += [
            Problem(f"{_named(label)}{one}", "" if bound.is_hidden else target(bound)) for one in bound.errors
        ]
    return found


def _named(label: str) -> str:
    """What stands before an error: a label that is a sentence of its own takes no colon."""
    if not label or label[-1] in "。？！":
        return label
    return f"{label} " if label[-1] in ".?!" else f"{label}{_('：')}"


def _is_choices(widget: widgets.Widget) -> bool:
    # RadioSelect is a Select to Django's class tree only by way of ChoiceWidget: ask for it first.
    return isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple)


def _kind(widget: widgets.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if _is_choices(widget):
        return "choices"
    for kind, known in (
        ("checkbox", widgets.CheckboxInput),
        ("file", widgets.FileInput),
        ("select", widgets.Select),
        ("textarea", widgets.Textarea),
    ):
        if isinstance(widget, known):
            return kind
    return "input"


def _options(bound: BoundField) -> Iterator[Option]:
    css = (
        "govuk-radios__input"
        if bound.field.widget.input_type == "radio"  # Django's boxes to tick are a kind of its radio buttons
        else "govuk-checkboxes__input"
    )
    for one in bound.subwidgets:
        data = one.data
        data["attrs"] = {**data["attrs"], "class": css}
        # The label stands beside the control: Django would wrap it around.
        data["wrap_label"] = False
        yield Option(one.tag(wrap_label=False), str(one.choice_label), str(one.id_for_label))


def _adapted(bound: BoundField) -> widgets.Widget:
    """The widget as a browser knows it best: the calendar of a date, a file without Django's own words."""
    widget = bound.field.widget
    if isinstance(widget, widgets.FileInput):
        plain = copy.copy(widget)
        plain.template_name = "django/forms/widgets/file.html"
        return plain
    for known, kind, form in (
        (widgets.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
        (widgets.DateInput, "date", "%Y-%m-%d"),
    ):
        if isinstance(widget, known) and widget.input_type == "text" and _fits(bound.value(), form):
            dated = copy.copy(widget)
            dated.input_type, dated.format = kind, form
            return dated
    return widget


def _fits(value: Any, form: str) -> bool:
    """Whether a calendar can show it. What was typed otherwise stays in a text field, to be mended there."""
    if value in (None, "") or isinstance(value, dt.date):
        return True
    try:
        dt.datetime.strptime(str(value), form)
    except ValueError:
        return False
    return True


def _attributes(bound: BoundField, kind: str, hint: str, errors: list[str]) -> dict[str, str | bool]:
    described = [f"{bound.auto_id}-hint"] if hint else []
    described += [f"{bound.auto_id}-error"] if errors else []
    css = {
        "checkbox": "govuk-checkboxes__input",
        "file": "govuk-file-upload",
        "select": "govuk-select",
        "textarea": "govuk-textarea",
        "input": "govuk-input",
    }.get(kind, "")
    names = [css, str(bound.field.widget.attrs.get("class", ""))]
    if errors and kind not in ("hidden", "checkbox"):
        names.append(f"{css}--error")
    if kind == "input":
        names.append(_width(bound))
    attributes: dict[str, str | bool] = {"class": " ".join(name for name in names if name)}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return {name: value for name, value in attributes.items() if value}


def _width(bound: BoundField) -> str:
    most = getattr(bound.field, "max_length", None)
    if bound.field.widget.input_type == "number":
        most = 5
    return next((css for limit, css in _WIDTHS if most and most <= limit), "")
