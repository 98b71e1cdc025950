"""Addresses of the portal: below /o/<code>/, and at the root of an organ's own host name.

One set of names serves both: `reverse("portal:record", args=[code, pk])` gives `/o/beishan/records/7/`, and
`/records/7/` while a request to the host name of that organ is answered.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import validate_host
from django.urls import reverse

from gongkai.web.organs.models import Organ

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


def canonical_address(request: HttpRequest, organ: Organ, name: str, *more: Any) -> str:
    """The one whole address of a page of an organ, at whichever of its two places it was asked for.

    At the organ's own host name, where it has one that this installation answers to.
    """
    own = organ.hostname if organ.is_active and validate_host(organ.hostname, settings.ALLOWED_HOSTS) else ""
    token = own_organ.set(organ.code if own else "")
    try:
        path = reverse(f"portal:{name}", args=[organ.code, *more])
    finally:
        own_organ.reset(token)
    return f"{request.scheme}://{own}{path}" if own else request.build_absolute_uri(path)
