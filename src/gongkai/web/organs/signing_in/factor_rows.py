"""The rows of second factors in the log: the library's, whoever changes them.

What a person does with a factor is entered in words (`signing_in.records`), after the library has written its
row; this enters what the row looks like, in the transaction that writes it. The row's secret is sealed or
random, so its digest tells nothing of it.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from gongkai.web.audit.actions import Change, append
from gongkai.web.audit.canonical import TRACKED_OF_OTHERS, row_key
from gongkai.web.organs.models import Staff

# Written at each sign-in, which is an entry already.
_PASSING = frozenset({"last_used_at"})
TRACKED_OF_OTHERS[Authenticator] = _PASSING
# Nobody is given anything through these: a row in them came past the program (rights are appointments).
TRACKED_OF_OTHERS[Staff.groups.through] = frozenset()
TRACKED_OF_OTHERS[Staff.user_permissions.through] = frozenset()


@receiver(post_save, sender=Authenticator, dispatch_uid="organs.factor_row_written")
def written(instance: Authenticator, update_fields: Any = None, **_: Any) -> None:
    if update_fields is None or not set(update_fields) <= _PASSING:
        with transaction.atomic():
            row = Authenticator.objects.get(pk=instance.pk)
            append(_change(row, "organs.factor_row_written", touched=[row]))


@receiver(post_delete, sender=Authenticator, dispatch_uid="organs.factor_row_removed")
def removed(instance: Authenticator, **_: Any) -> None:
    with transaction.atomic():
        append(_change(instance, "organs.factor_row_removed", gone=[row_key(instance)]))


def _change(row: Authenticator, action: str, **rows: Any) -> Change:
    staff = Staff.objects.get(pk=row.user_id)
    return Change(action, None, staff, organ_id=staff.organ_id, after={"kind": row.type}, **rows)
