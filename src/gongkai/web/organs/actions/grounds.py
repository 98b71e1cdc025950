"""What every action stands on: the lock, who acts, whether what is written holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import translation

from gongkai.web.audit.actions import Personal
from gongkai.web.audit.canonical import row_digest
from gongkai.web.organs.errors import Invalid, NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Organ, Staff

Predicate = Callable[[Staff, Any], bool]


def fingerprint(row: models.Model) -> str:
    """What a row looks like, to be sent along with a form and compared when it comes back.

    Without what the model names as `unseen`: no form shows it.
    """
    return row_digest(row, getattr(row, "unseen", frozenset()))


def locked_organ(organ: Organ | int) -> Organ:
    """The organ as it stands, locked till the transaction ends: one change to an organ at a time."""
    pk = organ if isinstance(organ, int) else organ.pk
    return Organ.objects.select_for_update().get(pk=pk)


def locked_tree(organ: Organ) -> Organ:
    """The organ as it stands, with the top of its tree locked first: one change to a tree at a time."""
    top = int(str(organ.path).strip("/").split("/", 1)[0])
    Organ.objects.select_for_update().get(pk=top)
    return locked_organ(organ)


def acting(by: Staff) -> Staff:
    """The acting person as they stand now: an account closed or a role ended a moment ago counts."""
    found = Staff.objects.filter(pk=by.pk, is_active=True).first()
    if found is None:
        raise NotAllowed
    return found


def allowed(by: Staff, may: Predicate, thing: Any) -> Staff:
    """The acting person, or NotAllowed. Call it after the lock."""
    person = acting(by)
    if not may(person, thing):
        raise NotAllowed
    return person


def not_stale(row: models.Model, seen: str, what: str) -> None:
    """Stale if the row is no longer what the person saw; an empty `seen` was not shown anything."""
    if seen and seen != fingerprint(row):
        raise Stale(what)


def checked(row: models.Model, *, leave_out: Iterable[str] = ()) -> None:
    """Invalid with a fault for each field that does not hold."""
    try:
        row.full_clean(exclude=set(leave_out))
    except ValidationError as found:
        raise Invalid(list(_faults(found))) from found


def _faults(found: ValidationError) -> Iterable[WorkError]:
    for field, errors in found.error_dict.items():
        for error in errors:
            words = []
            for language in ("zh-hans", "en"):
                with translation.override(language):
                    words.append("；".join(error.messages))
            yield WorkError(
                str(error.code or "invalid"),
                words[0],
                words[1],
                field="" if field == NON_FIELD_ERRORS else field,
            )


def saved(row: models.Model, taken: WorkError, fields: Iterable[str] | None = None) -> None:
    """Save a row; `taken` if somebody else has just taken what must be its own."""
    try:
        with transaction.atomic():
            row.save(update_fields=list(fields) if fields is not None else None)
    except IntegrityError as clash:
        raise taken from clash


def differences(
    row: models.Model, facts: dict[str, Any], personal: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set `facts` on the row; gives what changed, before and after, as the log writes it."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in facts.items():
        old = getattr(row, name)
        if old == value:
            continue
        setattr(row, name, value)
        before[name], after[name] = (_told(one, name in personal) for one in (old, value))
    return before, after


def _told(value: Any, is_personal: bool) -> Any:
    if isinstance(value, models.Model):
        value = value.pk
    return Personal(str(value)) if is_personal and value else value


def needs_reason(why: str) -> str:
    """The reason given, or a fault of the field `why`."""
    if not why.strip():
        raise WorkError("reason_needed", "请写明理由。", "Give a reason.", field="why")
    return why.strip()
