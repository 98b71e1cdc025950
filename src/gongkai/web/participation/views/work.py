"""What the staff's pages here do alike: the organ, the tabs, a form that is sent to an action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.web.disclosure.queries.visible import areas
from gongkai.web.disclosure.views.answering import staff_of, tell
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ

PLACE = "participation"


def address(name: str, *args: Any) -> str:
    return reverse(f"participation_work:{name}", args=args)


def address_of(name: str, organ: Organ, **query: str) -> str:
    """A page about an organ, with its code."""
    return f"{address(name)}?{urlencode({'organ': organ.code, **query})}"


def room_tabs(request: HttpRequest, organ: Organ, here: str) -> dict[str, Any]:
    """The pages of this room. No query past the person's own appointments."""
    pages = [
        ("reports", _("网页纠错")),
        ("pages", _("页面评价")),
        ("consultations", _("意见征集")),
        ("responses", _("回应关注")),
    ]
    tabs = [Tab(words, address_of(name, organ), name == here) for name, words in pages]
    if areas(staff_of(request)):
        tabs.append(Tab(_("辖区"), address("area"), here == "area"))
    return {"tabs": tabs, "tabs_label": _("公众参与"), "place": PLACE}


def act(
    request: HttpRequest, form: Any, do: Callable[[], Any], words: str, to: str | Callable[[Any], str]
) -> HttpResponse | None:
    """Do it with a valid form, say so, and go on; None with the refusal told in the form.

    `to`: an address, or one made of what was done."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        done = do()
    except NotAllowed:
        raise
    except WorkError as refused:
        tell(form, refused)
        return None
    messages.success(request, words)
    return HttpResponseRedirect(to(done) if callable(to) else to)
