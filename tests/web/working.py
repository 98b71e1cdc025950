"""Browsers of the staff for tests of their pages: signed in, and sending forms as their pages show them."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from tests.web.conftest import page

from gongkai.web.disclosure.models import Record, Review
from gongkai.web.organs.models import Staff

BACKEND = "gongkai.web.organs.signing_in.backend.StaffBackend"


def browser(person: Staff) -> Client:
    """A browser in which the person is signed in."""
    cache.clear()
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend=BACKEND)
    return client


def shown(response: HttpResponse, form: str = "main form") -> dict[str, Any]:
    """What a form of a page would send as it stands: every field with what it shows."""
    found = page(response).css(form)
    data: dict[str, Any] = {}
    for one in found:
        for field in one.css("input[name], textarea[name], select[name]"):
            name, kind = str(field.attributes["name"]), field.attributes.get("type", "")
            if kind in ("file", "submit") or (
                kind in ("checkbox", "radio") and "checked" not in field.attributes
            ):
                continue
            if field.tag == "select":
                chosen = field.css_first("option[selected]") or field.css_first("option")
                data[name] = (chosen.attributes.get("value") or "") if chosen is not None else ""
            elif field.tag == "textarea":
                data[name] = field.text().removeprefix("\n")
            else:
                # A ticked box without a value sends "on", as browsers do.
                data[name] = field.attributes.get("value") or ("on" if kind == "checkbox" else "")
    return data


def fill(client: Client, address: str, form: str = "main form", **changed: Any) -> HttpResponse:
    """Open a page, change fields of its form, send it."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code, response.content.decode()[:2000])
    return client.post(address, {**shown(response, form), **changed})


def answer_fields(response: HttpResponse) -> list[str]:
    """The names of the fields for answers to findings, in the order in which they stand on the page."""
    return [str(one.attributes["name"]) for one in page(response).css(".card textarea[name^=answer-]")]


def now(record: Record) -> Record:
    return Record.objects.select_related("organ", "unit", "working", "published").get(pk=record.pk)


def waiting(record: Record) -> Review:
    return Review.objects.select_related("version__record__organ").get(version__record=record, result="")
