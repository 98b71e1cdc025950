"""What the pages for citizens do alike."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from gongkai.web.config.language import short_language
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.portal import queries
from gongkai.web.portal.errors import problem

MOST_ID = 2**63 - 1
TOO_MANY = 429


def organ_or_404(code: str) -> Organ:
    """The organ with the one above it. 1 query."""
    organ = queries.organ_for_page(code)
    if organ is None:
        raise Http404
    return organ


def fresh_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page that nobody keeps: it holds a form, or what one person has sent."""
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    text = _("从您的网络提交得太多了，请过一会儿再试，或者打电话、写信给机关。")
    response = problem(request, TOO_MANY, _("提交太频繁"), text)
    response.headers["Retry-After"] = "600"
    return response


def tell(request: HttpRequest, form: BaseForm, problem_: WorkError) -> None:
    """A refusal at the field of the form it is about, else above the form."""
    lang = short_language(request)
    for one in problem_.faults if isinstance(problem_, Invalid) else [problem_]:
        form.add_error(one.field if one.field in form.fields else None, one.message(lang))
