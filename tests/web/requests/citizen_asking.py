"""A citizen at the form: goes from page to page as a browser does, by what the pages hold."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from tests.web.platform import House
from tests.web.requests.asking import ADDRESS, IDENTITY, NAME, PHONE

WANTED = "申请公开北山镇2025年农村公路养护资金的分配方案"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
OWN_PAGE = {"host": "localhost", "sec-fetch-site": "same-origin"}
ANSWERS: dict[str, dict[str, Any]] = {
    "kind": {"kind": "information"},
    "words": {"words": WANTED, "features": ""},
    "found": {},
    "wanted": {"wanted_form": "electronic"},
    "who": {"requester_kind": "natural_person"},
    "name": {"name": NAME},
    "identity": {"identity_kind": "resident", "identity_number": IDENTITY},
    "proof": {"proof_later": "on"},
    "ways": {"reply_ways": ["post", "web"]},
    "contact": {"phone": PHONE, "address": ADDRESS},
    "evidence": {},
}


def browser() -> Client:
    return Client(headers=OWN_PAGE)


def scan(name: str = "身份证.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class Citizen:
    """Somebody filling in the form of an organ. `response`: the page in sight."""

    def __init__(self, house: House, query: str = "", client: Client | None = None) -> None:
        self.client, self.place = client or browser(), f"/o/{house.organ.code}/request/"
        self.response: HttpResponse = self.client.get(f"{self.place}form/{query}")

    @property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.response.content.decode())

    @property
    def at(self) -> str:
        return hidden(self.response, "at")

    @property
    def state(self) -> str:
        return hidden(self.response, "state")

    @property
    def words(self) -> str:
        main = self.page.css_first("main")
        assert main is not None
        return " ".join(main.text(separator=" ").split())

    def press(self, go: str = "next", **typed: Any) -> HttpResponse:
        said = {"state": self.state, "at": self.at, "go": go, **typed}
        self.response = self.client.post(f"{self.place}form/", said)
        return self.response

    def go_to(self, place: str, **answers: dict[str, Any]) -> Citizen:
        """On until the page of that name is in sight."""
        for _ in range(14):
            if self.at == place:
                return self
            self.press("next", **{**ANSWERS[self.at], **answers.get(self.at, {})})
            assert self.response.status_code == 200, self.words
        raise AssertionError(f"never came to {place}, but to {self.at}")

    def go_to_next(self) -> None:
        self.press("next", **ANSWERS[self.at])

    def send(self) -> HttpResponse:
        return self.press("send")

    @property
    def code(self) -> str:
        found = self.page.css_first(".receipt-code")
        assert found is not None, self.words
        return found.text().strip()

    @property
    def number(self) -> str:
        found = self.page.css_first(".receipt-number")
        assert found is not None, self.words
        return found.text().strip()


def hidden(response: HttpResponse, name: str) -> str:
    found = LexborHTMLParser(response.content.decode()).css_first(f"main input[name={name}]")
    return (found.attributes.get("value") or "") if found is not None else ""


def looked_up(house: House, number: str, code: str, client: Client | None = None) -> HttpResponse:
    return (client or browser()).post(
        f"/o/{house.organ.code}/request/status/", {"number": number, "code": code}
    )
