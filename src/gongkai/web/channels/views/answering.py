"""What the pages of channels do alike: who asks, for which organ, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.web.channels.models import Release
from gongkai.web.channels.permissions import may_handle, may_keep_channels
from gongkai.web.channels.queries.releases import release_seen
from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.once import once
from gongkai.web.disclosure.queries.visible import own_organs, record_seen, sees_organ
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Staff

View = Callable[..., HttpResponse]
_MOST_ID = 2**63 - 1


def channels_page(*methods: str) -> Callable[[View], View]:
    """Decorator: signed in, these methods alone, a form sent twice is worked once; refusals are pages."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(isinstance(value, int) and value > _MOST_ID for value in kwargs.values()):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refused:
                return _refusal(request, 403, _("不能办理"), refused)
            except WorkError as refused:
                return _refusal(request, 409, _("没有办成"), refused)

        return login_required(require_http_methods([*methods, "HEAD"])(once(answer)))

    return decorate


def _refusal(request: HttpRequest, status: int, title: str, refused: WorkError) -> HttpResponse:
    context = {"title": title, "words": refused.message(language()), "place": "channels"}
    return render(request, "disclosure/refusal.html", context, status=status)


def language() -> str:
    """`en` for readers of English, else `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def staff_of(request: HttpRequest) -> Staff:
    """The person who is signed in."""
    return request.user  # type: ignore[return-value]


def organ_worked_for(request: HttpRequest) -> Organ:
    """The organ whose records the person works on now; NotAllowed for who works on none."""
    return _current(request, own_organs(staff_of(request)))


def organ_kept(request: HttpRequest) -> Organ:
    """The organ whose channels the person keeps."""
    staff = staff_of(request)
    kept = {one.organ_id: one.organ for one in staff.appointments_today()}
    return _current(request, [one for one in kept.values() if may_keep_channels(staff, one)])


def _current(request: HttpRequest, organs: list[Organ]) -> Organ:
    if not organs:
        raise NotAllowed
    now = request.session.get("organ")
    return next((one for one in organs if one.code == now), organs[0])


def record_of(request: HttpRequest, pk: int) -> Record:
    """The record, or 404: for what is not there and what the person may not see alike."""
    record = record_seen(staff_of(request), pk)
    if record is None:
        raise Http404
    return record


def release_of(request: HttpRequest, pk: int) -> Release:
    """The release, or 404."""
    release = release_seen(pk)
    if release is None or not sees_organ(staff_of(request), release.record.organ):
        raise Http404
    return release


def handled(request: HttpRequest, pk: int) -> Release:
    """The release, for who may do something about it; NotAllowed for others who see it."""
    release = release_of(request, pk)
    if not may_handle(staff_of(request), release.record):
        raise NotAllowed
    return release


def tell(form: BaseForm, problem: WorkError) -> None:
    """A refusal as errors of a form: at its field if it is there, else above the form."""
    for one in problem.faults if isinstance(problem, Invalid) else [problem]:
        form.add_error(one.field if one.field in form.fields else None, one.message(language()))


def tried(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Whether the action was done; a refusal is told in the form."""
    try:
        act()
    except NotAllowed:
        raise
    except WorkError as refused:
        tell(form, refused)
        return False
    return True


def to(request: HttpRequest, words: str, name: str, *args: Any) -> HttpResponseRedirect:
    """What was done in a sentence, and on to the page that shows it."""
    messages.success(request, words)
    return HttpResponseRedirect(reverse(name, args=args))
