"""What every action does first: ask whether the person may, and take the row that is to change."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models, transaction

from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Staff

Row = TypeVar("Row", bound=models.Model)


def require(may: Any, by: Staff, thing: Any, zh: str = "") -> None:
    """NotAllowed unless the predicate holds."""
    if not may(by, thing):
        raise NotAllowed(zh) if zh else NotAllowed()


def locked(row: Row, *related: str) -> Row:
    """The row as it is now, held until the transaction ends: two people act one after another."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a row is locked inside a transaction")
    rows = type(row)._base_manager.filter(pk=row.pk)
    # First the lock alone: what is joined in the same query PostgreSQL reads as it stood before the wait.
    held = rows.select_for_update().values_list("pk").first()
    found = rows.select_related(*related).first() if held else None
    if found is None:
        raise WorkError(
            "gone", "要办理的事项已不存在，这次没有保存。", "It is no longer there. Nothing was saved."
        )
    return found


def unchanged(seen: int | None, now: int, what: str) -> None:
    """Stale if somebody has changed the thing since it was shown. None: the caller has just read it."""
    if seen is not None and seen != now:
        raise Stale(what)
