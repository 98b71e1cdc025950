"""Before the form: how a request is made, to whom, and the form on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.organs.queries import tree
from gongkai.web.participation.views.answering import fresh_page, organ_or_404
from gongkai.web.portal import faces
from gongkai.web.requests.forms.citizens import WHO
from gongkai.web.requests.models import Kind
from gongkai.web.requests.remedies_of import office_of
from gongkai.web.requests.settled import length, reply_ways, wanted_forms
from gongkai.web.requests.views.signed_in import are_offered
from gongkai.web.requests.words_en import FORMS_EN, WAYS_EN

MOST_WORDS = 500
STAY = "stay"  # pressed where the language or the size of the type is changed midway


@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """Which organ a request is for, or was sent to. 1 query."""
    every = tree()
    typed = " ".join(request.GET.get("q", "").split())[:60]
    carried = words_carried(request)
    rows = [
        {
            "name": one.name,
            "start": address_of("start", one, words=carried),
            "lookup": address_of("lookup", one),
        }
        for one in every
        if all(word in f"{one.name} {one.short_name}" for word in typed.split())
    ]
    context = {
        "rows": rows,
        "name_words": typed,
        "carried": carried,
        "is_fictional": any(one.is_fictional for one in every),
        "crumbs": [Tab(_("各机关"), reverse("portal:organs")), Tab(_("依申请公开"), "", is_current=True)],
        "portal_place": "requests",
        "apply_address": reverse("requests:organs"),
    }
    return fresh_page(request, "requests/citizens/organs.html", context)


@require_safe
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What a request is, the other ways, and the button. 2 queries."""
    organ = organ_or_404(code)
    context = {
        **face(organ, _("依申请公开")),
        "form_address": address_of("form", organ, words=words_carried(request)),
        "correction_address": address_of("form", organ, kind=Kind.CORRECTION.value),
        "paper_address": address_of("paper", organ),
        "guide_address": f"{reverse('portal:organ', args=[organ.code])}?column=guide",
        "office": office_of(organ),
        "mine_address": reverse("requests:mine") if are_offered() else "",
    }
    return fresh_page(request, "requests/citizens/start.html", context)


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The form to print and fill in by hand (REG.28, REG.29). 2 queries."""
    organ = organ_or_404(code)
    is_english = short_language(request) == "en"
    context = {
        **face(organ, _("申请表")),
        "matters": Kind.choices,
        "kinds": WHO.items(),
        "forms": [FORMS_EN[code] if is_english else zh for code, zh in wanted_forms().items()],
        "ways": [WAYS_EN[code] if is_english else one.zh for code, one in reply_ways().items()],
        "office": office_of(organ),
    }
    return fresh_page(request, "requests/citizens/paper.html", context)


def face(organ: Organ, here: str, place: str = "requests") -> dict[str, Any]:
    """What stands around every page of this room."""
    home = Tab(_("依申请公开"), address_of("start", organ))
    below = [home, Tab(here, "", is_current=True)] if here != home.words else [Tab(here, "", is_current=True)]
    return {
        **faces.face(organ, place),
        "crumbs": faces.crumbs(organ, *below),
        "start_address": address_of("start", organ),
        "status_address": address_of("lookup", organ),
    }


def address_of(name: str, organ: Organ, **query: str) -> str:
    """An address of this room; what is empty is left out."""
    asked = urlencode({key: value for key, value in query.items() if value})
    return reverse(f"requests:{name}", args=[organ.code]) + (f"?{asked}" if asked else "")


def staying(address: str, name: str = "go", value: str = STAY, *, first: str = "") -> dict[str, str]:
    """What a page that answers a posted form tells of itself, so that it can be had in the other language or
    in large type with all that was typed: the form with the id `staying` is sent there with that button.
    `first`: what the Enter key presses, as those buttons come before the form's own."""
    return {"address": address, "name": name, "value": value, "first": first or value}


def words_carried(request: HttpRequest) -> str:
    """What was searched for, to stand in the form."""
    plain = request.GET.get("words", "").replace("\x00", "").encode("utf-8", "replace").decode()
    return plain.strip()[: min(MOST_WORDS, length("words"))]
