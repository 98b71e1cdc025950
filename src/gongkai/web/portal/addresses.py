"""Addresses of the portal: below /o/<code>/, and at the root of an organ's own host name.

One set of names serves both: `reverse("portal:record", args=[code, pk])` gives `/o/beishan/records/7/`, and
`/records/7/` while a request to the host name of that organ is answered.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.urls import reverse

# The code of the organ whose own host name is being answered; "" at every other host.
own_organ: ContextVar[str] = ContextVar("own_organ", default="")


class OwnOrgan:
    """The part of an address that names the organ where the host name does: nothing at all."""

    regex = ""

    def to_python(self, value: str) -> str:
        return _at_its_own(own_organ.get())

    def to_url(self, value: Any) -> str:
        _at_its_own(own_organ.get() if value == own_organ.get() else "")
        return ""


def _at_its_own(code: str) -> str:
    """ValueError says to Django's resolver: not this pattern, try the next."""
    if not code:
        raise ValueError("not at an organ's own host name")
    return code


def organ_address(code: str) -> str:
    return reverse("portal:organ", args=[code])


def record_address(code: str, pk: int) -> str:
    return reverse("portal:record", args=[code, pk])


def version_address(code: str, pk: int, number: int) -> str:
    return reverse("portal:version", args=[code, pk, number])


def file_address(code: str, pk: int, attachment: int, name: str) -> str:
    return reverse("portal:file", args=[code, pk, attachment, name])
