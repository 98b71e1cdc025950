"""The log entry of a change here; and texts as citizens send them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from gongkai.web.audit.actions import Change, append
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff

# Characters that show nothing and can hide something, or turn the line round.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def enter(
    action: str,
    *,
    by: Staff | None,
    subject: models.Model,
    touched: Sequence[models.Model],
    organ_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """What was done. What a citizen wrote, and who, is never told here: the digest of the row covers it."""
    append(
        Change(
            f"participation.{action}",
            by,
            subject,
            organ_id=organ_id,
            before=before or {},
            after=after or {},
            why=why,
            touched=touched,
        )
    )


def tidy(text: Any) -> str:
    """A text of several lines as it is kept: no sign that shows nothing, no blank ends."""
    plain = unicodedata.normalize("NFC", _UNSEEN.sub("", str(text or "").replace("\r\n", "\n")))
    return re.sub(r"[ \t]+\n", "\n", plain.replace("\r", "\n")).strip()


def one_line(text: Any) -> str:
    return re.sub(r"\s+", " ", tidy(text)).strip()


def too_long(field: str, label: str, text: str, most: int) -> list[WorkError]:
    if len(text) <= most:
        return []
    zh = f"“{label}”最多 {most} 字，现有 {len(text)} 字。"
    return [WorkError(f"{field}_too_long", zh, f"At most {most} characters.", field=field)]


def reason_given(text: str, what: str, field: str = "reason") -> str:
    """The reason, or WorkError: what is done needs one."""
    given = one_line(text)
    if not given:
        raise WorkError("reason_missing", f"{what}须写明理由。", "A reason is needed.", field=field)
    if len(given) > 300:
        raise WorkError("reason_too_long", "理由最多 300 字。", "Too long.", field=field)
    return given
