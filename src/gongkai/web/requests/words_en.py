"""The choices that stand in data/requests.toml, and how a letter is served, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.statute.clock import Way
from gongkai.web.requests.settled import reply_ways, wanted_forms

FORMS_EN = {
    "paper": "On paper",
    "electronic": "Electronic document",
    "on-site": "Reading and copying on the spot",
    "any": "Any",
}
WAYS_EN = {
    "post": "By post",
    "email": "By e-mail",
    "web": "Download on this site",
    "in-person": "Collect in person",
    "fax": "By fax",
}
SERVED_EN = {
    "direct": "Handed over",
    "other-organ": "Handed over by another organ",
    "mail": "By post",
    "courier": "By courier",
    "online": "Online",
}


def wanted_words(code: str) -> str:
    """The form in which the information is wanted."""
    return (FORMS_EN if _is_english() else wanted_forms()).get(code, "")


def reply_words(codes: Iterable[str]) -> str:
    """The ways on which the reply shall reach the requester."""
    known = WAYS_EN if _is_english() else {one.code: one.zh for one in reply_ways().values()}
    return _("、").join(known[one] for one in codes if one in known)


def served_words(way: str) -> str:
    """How a letter is served."""
    return SERVED_EN[way] if _is_english() else Way(way).zh


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
