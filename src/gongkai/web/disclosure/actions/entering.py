"""The log entry of a change to a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from gongkai.web.audit.actions import Change, append
from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Staff


def enter(
    action: str,
    *,
    by: Staff | None,
    record: Record,
    touched: Sequence[models.Model],
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    gone: Sequence[str] = (),
) -> Entry:
    """Count the record's revision up, save it, and enter the change. The last step of every action."""
    record.revision += 1
    record.save()
    return append(
        Change(
            f"disclosure.{action}",
            by,
            record,
            before=before or {},
            after=after or {},
            why=why,
            touched=[record, *touched],
            gone=gone,
        )
    )
