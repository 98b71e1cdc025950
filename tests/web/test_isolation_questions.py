"""Looking at a question in any way is noticed: nothing stays unasked that could be answered otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from tests.web.isolation_questions import EVERYTHING, matters, noticed


class Search(forms.Form):
    q = forms.CharField(required=False)


READINGS: list[tuple[str, Callable[[HttpRequest], Any], set[str]]] = [
    ("nothing", lambda request: request.path, set()),
    ("the headers", lambda request: request.headers["Cookie"], set()),
    ("one of the environment", lambda request: request.META.get("REMOTE_ADDR"), set()),
    ("a value", lambda request: request.GET.get("q"), {"q"}),
    ("a value by its name", lambda request: request.GET["q"], {"q"}),
    ("whether it is there", lambda request: "q" in request.GET, {"q"}),
    ("each value of a name", lambda request: request.GET.getlist("q"), {"q"}),
    ("a form", lambda request: Search(request.GET).is_valid(), {"q"}),
    ("whether anything is asked", lambda request: bool(request.GET), {EVERYTHING}),
    ("the names", lambda request: list(request.GET), {EVERYTHING}),
    ("names without some", lambda request: request.GET.keys() - {"a"}, {EVERYTHING}),
    ("the values", lambda request: list(request.GET.values()), {EVERYTHING}),
    ("the pairs", lambda request: list(request.GET.items()), {EVERYTHING}),
    ("the lists", lambda request: list(request.GET.lists()), {EVERYTHING}),
    ("a copy", lambda request: request.GET.copy(), {EVERYTHING}),
    ("a plain copy", lambda request: dict(request.GET), {EVERYTHING}),
    ("spread out", lambda request: {**request.GET}, {EVERYTHING}),
    ("its plain form", lambda request: request.GET.dict(), {EVERYTHING}),
    ("as an address", lambda request: request.GET.urlencode(), {EVERYTHING}),
    ("the whole address", lambda request: request.get_full_path(), {EVERYTHING}),
    ("the whole address with its host", lambda request: request.build_absolute_uri(), {EVERYTHING}),
    ("as it was sent", lambda request: request.META["QUERY_STRING"], {EVERYTHING}),
    ("perhaps as it was sent", lambda request: request.META.get("QUERY_STRING"), {EVERYTHING}),
    ("all that was sent", lambda request: request.META.items(), {EVERYTHING}),
    ("as its server has it", lambda request: request.environ["QUERY_STRING"], {EVERYTHING}),
]


@pytest.mark.parametrize(("read", "wanted"), [one[1:] for one in READINGS], ids=[one[0] for one in READINGS])
def test_reading_a_question_is_noticed(
    read: Callable[[HttpRequest], Any], wanted: set[str], settings: Any
) -> None:
    settings.MIDDLEWARE = []

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(repr(read(request)))

    settings.ROOT_URLCONF = type("Addresses", (), {"urlpatterns": [path("", view)]})
    with noticed() as reading:
        assert Client().get("/?q=北山镇&b=2").status_code == 200
        assert reading.names == wanted or EVERYTHING in reading.names & wanted
        reading.begin()
        assert reading.names == frozenset()


def test_a_question_is_asked_where_it_could_make_another_answer() -> None:
    assert matters("?q=1", frozenset({"q", "lang"}))
    assert matters("?q=1", frozenset({EVERYTHING}))
    assert not matters("?q=1", frozenset({"organ"}))
    assert not matters("?q=1", frozenset())
