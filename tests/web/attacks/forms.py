"""Every form of every page, as browsers of each role see it, and what sending it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.apps import apps
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.web.isolation import Asker, Things, addresses

# Who is in the middle of a visit, and what is kept for minutes: no log tells of each page that is read.
PASSING = frozenset({"organs.session", "organs.keptvalue"})
# The log itself, which changes with every entry.
LOG = frozenset({"audit.entry", "audit.personaldatum", "audit.chainhead"})
_NOT_SENT = ("csrfmiddlewaretoken", "once")


@dataclass
class Form:
    """A form as it stands on a page: where it goes, what it would send, and what files it takes."""

    page: str
    action: str
    asker: Asker
    data: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        return [name for name in self.data if name not in _NOT_SENT]

    def __str__(self) -> str:
        return f"{self.action} as {self.asker.role}"


def forms_of(things: Things, people: list[tuple[Asker, Client]]) -> Iterator[tuple[Form, Client]]:
    """Every form that is sent by POST, once for each address, with the first who gets to see it."""
    known: set[tuple[str, tuple[str, ...]]] = set()
    for address in addresses():
        url = things.address(address)
        for asker, client in people:
            cache.clear()
            answer = client.get(url)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            for form in read_forms(answer, url, asker):
                key = (form.action, tuple(sorted(form.fields)))
                if key not in known:
                    known.add(key)
                    yield form, client


def read_forms(answer: HttpResponse, url: str, asker: Asker) -> Iterator[Form]:
    for node in LexborHTMLParser(answer.content.decode()).css("form"):
        if str(node.attributes.get("method", "")).lower() == "post":
            yield _read(node, url, asker)


def _read(node: LexborNode, url: str, asker: Asker) -> Form:
    form = Form(url, urljoin(url, str(node.attributes.get("action") or url)), asker)
    for one in node.css("input[name], textarea[name], select[name], button[name]"):
        name, kind = str(one.attributes["name"]), str(one.attributes.get("type", ""))
        value = one.attributes.get("value") or ""
        if one.tag == "button" or kind == "submit":
            form.buttons.append((name, value))
        elif kind == "file":
            form.files.append(name)
        elif one.tag == "select":
            chosen = one.css_first("option[selected]") or one.css_first("option")
            form.options[name] = [str(each.attributes.get("value") or "") for each in one.css("option")]
            form.data[name] = str(chosen.attributes.get("value") or "") if chosen is not None else ""
        elif one.tag == "textarea":
            form.data[name] = one.text().removeprefix("\n")
        elif kind not in ("checkbox", "radio") or "checked" in one.attributes:
            form.data[name] = value
        else:
            form.data.setdefault(name, "")
    return form


def rows_now() -> dict[str, str]:
    """A digest of each table that is neither the log nor passing."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label not in PASSING | LOG:
            rows = list(model._base_manager.order_by("pk").values_list())
            found[label] = hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()
    return found
