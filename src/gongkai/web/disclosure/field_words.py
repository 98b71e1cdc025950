"""What a model's column is called by people, and how much it holds: for messages about what was filled in."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.db import models


def label_of(model: type[models.Model], name: str) -> str:
    """The column's label; "" for what is no column."""
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", "")) if name else ""
    except FieldDoesNotExist:
        return ""


def most_of(model: type[models.Model], name: str) -> int | None:
    """How many characters the column holds; None where it sets no limit."""
    most: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return most
