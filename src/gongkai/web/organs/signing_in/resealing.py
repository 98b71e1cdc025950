"""Second factors after a change of the installation's key: sealed anew, so that nobody sets one up again."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from gongkai.web.config.resealing import Resealed, register_other
from gongkai.web.organs.signing_in.adapters import SecondFactorAdapter, is_stale, opened


def reseal_factors() -> Resealed:
    """The secrets of second factors that the key of now does not open. The log follows the rows by itself."""
    told = Resealed()
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None or not _any(row.data):
                continue
            try:
                row.data = _anew(row.data)
            except ValueError:
                told.unreadable.append(f"mfa.authenticator:{pk}")
                continue
            row.save(update_fields=["data"])
            told.done += 1
    return told


def _any(value: Any) -> bool:
    """Whether something in a factor's facts is sealed by an older key."""
    if isinstance(value, dict):
        return any(_any(one) for one in value.values())
    if isinstance(value, list):
        return any(_any(one) for one in value)
    return isinstance(value, str) and is_stale(value)


def _anew(value: Any) -> Any:
    """The same facts under the key of now; ValueError where no key opens one of them."""
    if isinstance(value, dict):
        return {name: _anew(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_anew(one) for one in value]
    if not isinstance(value, str) or not is_stale(value):
        return value
    plain = opened(value)
    if plain is None:
        raise ValueError("no key opens it")
    return SecondFactorAdapter().encrypt(plain)


register_other("second factors", reseal_factors)
