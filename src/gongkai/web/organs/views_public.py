"""What the portal shows of an organ's looks: its colour as a style sheet, its emblem."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.web.organs.models import Organ

# An address with a version never means anything else: a browser may keep it for a year.
_KEEP = "public, max-age=31536000, immutable"
_LOOK_AGAIN = "public, max-age=300"


def style_version(organ: Organ) -> str:
    """Stands in the style sheet's address: `portal:style` + `?v=b3261e`."""
    return str(organ.band_colour).removeprefix("#")


@require_safe
def organ_style(request: HttpRequest, code: str) -> HttpResponse:
    """`:root{--band-colour:#b3261e}`; 404 for a code nobody has. 1 query."""
    organ = Organ.objects.only("pk", "band_colour").filter(code=code).first()
    if organ is None:
        raise Http404
    answer = HttpResponse(
        f":root{{--band-colour:{organ.band_colour}}}\n", content_type="text/css; charset=utf-8"
    )
    return _kept(request, answer, style_version(organ))


@require_safe
def organ_emblem(request: HttpRequest, code: str) -> HttpResponse:
    """The emblem's bytes, checked when it was taken in; 404 without one. 1 query."""
    organ = Organ.objects.only("pk", "emblem", "emblem_type", "emblem_version").filter(code=code).first()
    if organ is None or not organ.emblem_type or organ.emblem is None:
        raise Http404
    answer = HttpResponse(bytes(organ.emblem), content_type=organ.emblem_type)
    return _kept(request, answer, organ.emblem_version)


def style_address(organ: Organ) -> str:
    """The address of the organ's style sheet, with its version."""
    return reverse("portal:style", args=[organ.code]) + f"?v={style_version(organ)}"


def emblem_address(organ: Organ) -> str:
    """The address of the organ's emblem, with its version; "" without one."""
    if not organ.emblem_type:
        return ""
    return reverse("portal:emblem", args=[organ.code]) + f"?v={organ.emblem_version}"


def _kept(request: HttpRequest, answer: HttpResponse, version: str) -> HttpResponse:
    answer.headers["Cache-Control"] = _KEEP if request.GET.get("v") == version else _LOOK_AGAIN
    answer.headers["ETag"] = f'"{version}"'
    if request.headers.get("if-none-match") == answer.headers["ETag"]:
        fresh = HttpResponse(status=304)
        fresh.headers["Cache-Control"] = answer.headers["Cache-Control"]
        fresh.headers["ETag"] = answer.headers["ETag"]
        return fresh
    return answer
