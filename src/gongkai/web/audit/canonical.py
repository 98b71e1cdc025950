"""One way of writing facts as text, so that a digest made today can be made again in ten years."""

from __future__ import annotations

import datetime as dt
import decimal
import hashlib
import json
import uuid
from typing import Any

from django.db import models

_SHORT = 32  # hex digits of a row's digest: 128 bits
# Models of libraries whose rows the log follows as it does our own, with the columns a digest leaves out.
TRACKED_OF_OTHERS: dict[type[models.Model], frozenset[str]] = {}


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks; characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON has it: days and times in ISO form (times in UTC), decimals without needless zeros."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview | bytearray):
        return hashlib.sha256(bytes(value)).hexdigest()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value


def tracked_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns whose values a row's digest covers: all, but those the model names as `untracked`."""
    own: frozenset[str] = getattr(model, "untracked", frozenset())
    left_out = TRACKED_OF_OTHERS.get(model, own)
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def row_digest(row: models.Model, but: frozenset[str] = frozenset()) -> str:
    """The digest of a row as it stands in the database after it was saved, without the columns in `but`."""
    fields = [field for field in tracked_fields(type(row)) if field.name not in but]
    return values_digest(
        [field.attname for field in fields],
        [field.to_python(getattr(row, field.attname)) for field in fields],
    )


def values_digest(names: list[str], values: list[Any] | tuple[Any, ...]) -> str:
    return sha256(canonical({name: plain(value) for name, value in zip(names, values, strict=True)}))[:_SHORT]


def row_key(row: models.Model) -> str:
    """`disclosure.record:17`."""
    return f"{row._meta.label_lower}:{row.pk}"
