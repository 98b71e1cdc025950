"""Letters in words: what a kind is called, where a letter stands."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongkai.statute.letters import kind as letter_kind
from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.states import State
from gongkai.web.requests.models import Letter, Service


def kind_words(code: str) -> str:
    """What a kind of letter is called."""
    known = letter_kind(code)
    return known.en if language() == "en" else known.zh


def letter_state(letter: Letter) -> State:
    """Draft, issued, on its way, arrived, come back. No query where the services were brought along."""
    if letter.is_dropped:
        return State(_("已作废"), "cross", "plain")
    if letter.issued_at is None:
        return State(_("草稿"), "hollow", "plain")
    services = sorted(letter.services.all(), key=lambda one: one.pk)
    if not services:
        return State(_("已签发，未送出"), "half", "warn")
    if services[-1].returned_on is not None:
        return State(_("退回待再送达"), "cross", "bad")
    return service_state(services[-1])


def service_state(service: Service) -> State:
    """Where one try to serve a letter stands."""
    if service.returned_on is not None:
        return State(_("已退回"), "cross", "bad")
    if service.reached_on is not None:
        return State(_("已送达"), "full", "good")
    return State(_("已送出，未签收"), "ring", "busy")
