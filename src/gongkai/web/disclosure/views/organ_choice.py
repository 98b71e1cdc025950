"""Which organ a page is about: the one the address names, else the person's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.web.disclosure.queries.visible import organs_seen, own_organs
from gongkai.web.disclosure.views.answering import staff_of
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Organ, Staff


def organs_of(staff: Staff, may: Callable[[Staff, Any], bool]) -> list[Organ]:
    """The organs for which the person may do something, their own first. One query with an area."""
    return [one for one in organs_seen(staff) if may(staff, one)]


def chosen_organ(request: HttpRequest, organs: list[Organ]) -> Organ:
    """The organ asked for. 404 for one that is none of the person's; NotAllowed where they have none."""
    if not organs:
        raise NotAllowed
    asked = request.GET.get("organ", "")
    if asked:
        found = next((one for one in organs if one.code == asked), None)
        if found is None:
            raise Http404
        return found
    own = [one for one in own_organs(staff_of(request)) if one in organs]
    kept = request.session.get("organ")
    return next((one for one in own if one.code == kept), (own or organs)[0])


def organ_to(request: HttpRequest, may: Callable[[Staff, Any], bool]) -> Organ:
    """The organ of a page that does something. NotAllowed where the person may do it nowhere."""
    return chosen_organ(request, organs_of(staff_of(request), may))


def address(name: str, organ: Organ, *args: Any, **query: Any) -> str:
    """A page's address with its organ."""
    told = {"organ": organ.code, **{key: value for key, value in query.items() if value not in (None, "")}}
    return f"{reverse(f'disclosure:{name}', args=args)}?{urlencode(told)}"
