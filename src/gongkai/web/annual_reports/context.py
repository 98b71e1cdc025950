"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai import __version__


def page(request: HttpRequest) -> dict[str, Any]:
    """The version in the foot, and whether the page may be asked for again in the other language."""
    return {"version": __version__, "can_reload": request.method in ("GET", "HEAD")}
