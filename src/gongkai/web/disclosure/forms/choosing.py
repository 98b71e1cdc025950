"""Setting what a field of choices offers, once the form knows whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm


def offer(form: BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """The field's choices, as code and words."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]
