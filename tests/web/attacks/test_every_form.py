"""Every form of every page: hostile values break nothing, and what changes is in the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from tests.web.attacks.forms import Form, forms_of, rows_now
from tests.web.isolation import askers, things_of
from tests.web.platform import District

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify

pytestmark = pytest.mark.django_db
SCRIPT = '"><script>alert(1)</script>'
HOSTILE: dict[str, Any] = {
    "nul": "a\x00b",
    "turned round": "\u202e\u2066x",
    "html": SCRIPT,
    "many digits": "9" * 400,
    "past every id": str(2**63),
    "negative": "-1",
    "other digits": "²",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "last moment": "9999-12-31T23:59",
    "no number": "NaN",
    "endless": "1e999",
    "two for one": ["a", "b"],
    "format": "%(who)s {0} %s",
    "long": "长" * 5_000,
}
# Rows that tell of attempts and not of changes: their own entries stand beside them.
_OF_SIGNING_IN = ("axes.", "admin.", "mfa.")


@pytest.fixture
def forms(district: District) -> Any:
    cache.clear()
    things = things_of(district.town)
    above = ("administrator", "supervising_authority")
    people = [
        (one, one.client())
        for one in askers(district)
        if one.place == "own" or (one.place == "above" and one.role in above)
    ]
    for _, client in people:
        client.raise_request_exception = False
    return forms_of(things, people)


def _sent(client: Any, form: Form, data: dict[str, Any]) -> HttpResponse:
    cache.clear()
    answer: HttpResponse = client.post(form.action, data)
    return answer


def _pressed(form: Form) -> list[dict[str, str]]:
    return [{name: value} for name, value in form.buttons] or [{}]


def _crafted(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    button = _pressed(form)[0]
    for what, value in HOSTILE.items():
        yield what, {**form.data, **button, **dict.fromkeys(form.fields, value)}
        if what == "last day":
            for name in form.fields:
                yield f"{what} in {name}", {**form.data, **button, name: value}
    for name in (*form.files, *form.buttons):
        yield f"text for {name}", {**form.data, name if isinstance(name, str) else name[0]: "x"}


def test_hostile_values_in_any_field_break_no_page(forms: Any) -> None:
    wrong: list[str] = []
    sent = 0
    for form, client in forms:
        for what, data in _crafted(form):
            sent += 1
            with transaction.atomic():
                answer = _sent(client, form, data)
                if answer.status_code >= 500 or b"<script>alert(1)" in answer.getvalue():
                    wrong.append(f"{form}: {what}: {answer.status_code}")
                transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)
    assert sent > 500


def test_no_form_is_taken_without_its_token(forms: Any) -> None:
    taken: list[str] = []
    sent = 0
    for form, client in forms:
        before = rows_now()
        client.handler.enforce_csrf_checks = True
        for token in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            sent += 1
            data = {**form.data, **_pressed(form)[0], "csrfmiddlewaretoken": "", **token}
            if _sent(client, form, data).status_code != 403:
                taken.append(str(form))
        client.handler.enforce_csrf_checks = False
        if rows_now() != before:
            taken.append(f"{form}: changed something")
    assert taken == [], "\n".join(taken)
    assert sent > 80


def _likely(form: Form, button: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The form as a person would fill it in: as it stands, and with words and choices where it is empty."""
    yield {**form.data, **button}
    filled = dict(form.data)
    for name in form.fields:
        if not filled[name] and name in form.options:
            filled[name] = next((one for one in form.options[name] if one), "")
        elif not filled[name]:
            filled[name] = "2026-03-01" if name in _DAYS or name.endswith("_on") else "攻击测试的文字"
    yield {**filled, **button}
    if "reason" in form.data:
        yield {**form.data, **button, "reason": "写明的理由"}


_DAYS = frozenset({"on", "since", "until", "last_day"})


def test_what_a_form_changes_is_in_the_log_and_the_log_holds(forms: Any) -> None:
    """A changed row without an entry, or with an entry that does not tell of it, is found here."""
    wrong: list[str] = []
    entered: set[str] = set()
    for form, client in forms:
        for button in _pressed(form):
            for data in _likely(form, button):
                with transaction.atomic():
                    before, last = rows_now(), Entry.objects.order_by("-number")[0].number
                    answer = _sent(client, form, data)
                    assert answer.status_code < 500, form
                    actions = list(Entry.objects.filter(number__gt=last).values_list("action", flat=True))
                    after = rows_now()
                    changed = [name for name in after if after[name] != before[name]]
                    silent = [name for name in changed if not name.startswith(_OF_SIGNING_IN)]
                    if silent and not actions:
                        wrong.append(f"{form}: {silent} changed, no entry")
                    wrong += [f"{form}: {one.code} {one.where}" for one in verify().faults]
                    entered.update(actions)
                    transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)
    assert len(entered) > 20, sorted(entered)
