"""Citizens who send their forms to a server that may be gone the next moment, as browsers do."""

from __future__ import annotations

import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser
from tests.web.requests.citizen_asking import ANSWERS, PNG

from gongkai.web.organs.models import Organ
from gongkai.web.requests.forms.citizens_state import new_filled, sealed

_NUMERALS = "零一二三四五六七八九"
_BOUNDARY = "----gongkai-killed"


class Receipt(NamedTuple):
    number: str
    code: str


@dataclass
class Form:
    """A form of a citizen: `words` are its own, so that it can be told from all others. `state` is what its
    page carries. Every receipt that was seen is kept."""

    organ: Organ
    words: str
    state: str
    with_scan: bool
    receipts: list[Receipt] = field(default_factory=list)
    tries: int = 0


@dataclass
class Crowd:
    """Clients at work until `over`. `up`: whether a server should be there; `complaints`: answers that nobody
    should get."""

    port: int
    organs: list[Organ]
    forms: list[Form] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    up: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def work(self, seed: int) -> None:
        """One client: fills in form after form; half of those whose answer never came are sent again."""
        chance, number = Random(seed), 0
        while not self.over.is_set():
            if not self.up.wait(0.05):
                continue
            number += 1
            form = self._new_form(chance, f"{seed}-{number}")
            self.forms.append(form)
            while not form.receipts and not self.over.is_set():
                try:
                    self._sent(form)
                except ConnectionRefusedError:
                    time.sleep(0.02)  # nobody is there, and nothing was sent
                except (OSError, HTTPException):
                    if chance.random() < 0.5:
                        break  # the browser was closed
                    time.sleep(0.02)

    def _new_form(self, chance: Random, mark: str) -> Form:
        said: dict[str, object] = {}
        for one in ANSWERS.values():
            said |= one
        with_scan = chance.random() < 0.3
        words = f"申请公开虚构道路养护方案，编号{mark}"
        said |= {"words": words, "proof_later": not with_scan}
        filled = new_filled().filled(**said)
        organ = chance.choice(self.organs)
        return Form(organ, words, sealed(filled, organ), with_scan)

    def _sent(self, form: Form) -> None:
        form.tries += 1
        if form.with_scan:
            page = self._posted(form.organ, {"at": "proof", "go": "next"}, form.state, PNG)
            form.state, form.with_scan = _hidden(page, "state"), False
        page = self._posted(form.organ, {"at": "summary", "go": "send"}, form.state)
        if page.css_first("#challenge") is not None:
            answer = {"token": _hidden(page, "token"), "question": _sum(page)}
            page = self._posted(form.organ, {"at": "summary", "go": "send", **answer}, form.state)
        number, code = page.css_first(".receipt-number"), page.css_first(".receipt-code")
        if number is None or code is None:
            self.complaints.append(page.body.text(separator=" ")[:2000] if page.body else "")
            form.receipts.append(Receipt("", ""))
            return
        form.receipts.append(Receipt(number.text().strip(), code.text().strip()))

    def look_up(self, form: Form) -> str:
        """What the status page says to who has the receipt."""
        number, code = form.receipts[0]
        address = f"/o/{form.organ.code}/request/status/"
        body = urlencode({"number": number, "code": code}).encode()
        page = self._asked(address, body, "application/x-www-form-urlencoded")
        return page.body.text(separator=" ") if page.body else ""

    def _posted(self, organ: Organ, said: dict[str, str], state: str, scan: bytes = b"") -> LexborHTMLParser:
        address, said = f"/o/{organ.code}/request/form/", {"state": state, **said}
        if not scan:
            return self._asked(address, urlencode(said).encode(), "application/x-www-form-urlencoded")
        begin = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; name="
        parts = [f'{begin}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in said.items()]
        parts.append(f'{begin}"files"; filename="scan.png"\r\nContent-Type: image/png\r\n\r\n'.encode())
        body = b"".join([*parts, scan, f"\r\n--{_BOUNDARY}--\r\n".encode()])
        return self._asked(address, body, f"multipart/form-data; boundary={_BOUNDARY}")

    def _asked(self, address: str, body: bytes, kind: str) -> LexborHTMLParser:
        """The whole answer, or an error: half an answer is none. Each time from another network."""
        sender = ".".join(str(secrets.randbelow(250) + 1) for _ in range(4))
        headers = {"content-type": kind, "sec-fetch-site": "same-origin", "x-forwarded-for": sender}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            told = answer.read()
            if answer.status >= 500:
                self.complaints.append(f"{answer.status} {address}")
        finally:
            connection.close()
        return LexborHTMLParser(told.decode())


def _hidden(page: LexborHTMLParser, name: str) -> str:
    found = page.css_first(f"main input[name={name}]")
    return (found.attributes.get("value") or "") if found is not None else ""


def _sum(page: LexborHTMLParser) -> str:
    label = page.css_first("#challenge-question label")
    assert label is not None
    told = re.search(rf"([{_NUMERALS}])加([{_NUMERALS}])", label.text())
    assert told is not None, label.text()
    return str(sum(_NUMERALS.index(one) for one in told.groups()))
