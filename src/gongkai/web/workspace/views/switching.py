"""Choosing the organ one works for now, of those one has a role in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.workspace.views.answering import staff_of, staff_page


@staff_page("POST")
def switch(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("organ", "")
    if asked in {one.code for one in own_organs(staff_of(request))}:
        request.session["organ"] = asked
    return HttpResponseRedirect(reverse("workspace:today"))
