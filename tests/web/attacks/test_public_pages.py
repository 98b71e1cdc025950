"""Every page for citizens under everything an address, a form, a head or a cookie may hold: no error of ours,
no other site, nothing kept that somebody else will see, nothing shown a moment after it was withdrawn."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core import signing
from django.core.cache import cache, caches
from django.test import Client
from lxml import etree
from tests.web.conftest import page, words
from tests.web.participation.consulting import reported, running
from tests.web.platform import House
from tests.web.portal.releasing import (
    SECRET,
    amended,
    approved,
    drafted,
    in_review,
    public,
    scheduled,
    withdrawn,
)

from gongkai.web.disclosure.models import Attachment, Record
from gongkai.web.participation.models import Consultation
from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db
NAMES = tuple(
    """
    q organ category column year genre theme validity kind before after page sort lang large_type state
    thanks receipt code with_below audience words way address frequency website token format next helped
    name contact q0 q1 q2 q3 once question version state at go ticket do seen letter file
    """.split()  # noqa: SIM905
)
HOSTILE = {
    "nothing": "",
    "nul": "a\0b",
    "half-a-character": "\ud800",
    "no-utf8": None,
    "long": "长" * 3000,
    "number": "9" * 400,
    "less-than-nothing": "-1",
    "other-digits": "²３٣",
    "markup": '"><script>alert(1)</script>',
    "template": "{{7*7}}{%25 now %25}${7*7}",
    "sql": "' OR 1=1 --",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\n<b>",
    "site": "//evil.example/",
    "script": "javascript:alert(1)",
    "cursor": "99999999999999999-999999999999999999",
    "path": "../../../../etc/passwd",
    "format": "%s%n%d{0}{x!r}",
    "true": "on",
    "turned": "\u202e\u2066\ufeff\u200b",
}


@pytest.fixture(autouse=True)
def _nothing_kept(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()
    caches["portal"].clear()
    yield
    caches["portal"].clear()


@pytest.fixture
def places(town: House) -> list[str]:
    """The address of one of each page."""
    record = amended(town)
    survey, opinions = running(town, "survey", title="北山镇公交满意度调查"), running(town)
    files = Attachment.objects.filter(version__record=record).order_by("-pk")
    own = f"/o/{town.organ.code}"
    rebuild()
    return [
        "/", "/o/", "/search/", "/subscribe/", "/subscribe/feed.atom", "/robots.txt", "/sitemap.xml",
        "/sitemap-pages.xml", "/sitemap-1.xml", "/reports/2025/", "/subscribe/confirm/x/",
        "/subscribe/end/x/",
        f"{own}/", f"{own}/search/", f"{own}/documents/", f"{own}/open-data/", f"{own}/catalogue.csv",
        f"{own}/catalogue.json", f"{own}/feed.atom", f"{own}/style.css", f"{own}/emblem",
        f"{own}/reports/2025/",
        f"{own}/reports/2025/compare/", f"{own}/reports/2025/report.csv", f"{own}/records/{record.pk}/",
        f"{own}/records/{record.pk}/qr.svg", f"{own}/records/{record.pk}/versions/1/",
        f"{own}/records/{record.pk}/files/{files[0].pk}/{quote(files[0].name)}",
        f"{own}/records/{record.pk}/images/2/1", *_participation(town, record, survey, opinions),
        "/request/", f"{own}/request/", f"{own}/request/form/", f"{own}/request/paper/",
        f"{own}/request/status/", f"{own}/request/status/case/", f"{own}/request/status/file/",
        "/request/mine/", "/request/mine/none/",
    ]  # fmt: skip


def _participation(town: House, record: Record, *consultations: Consultation) -> list[str]:
    from django.urls import reverse

    code = town.organ.code
    found = [reverse(f"participation:{name}", args=[code]) for name in ("consultations", "lookup")]
    found.append(reverse("participation:feedback", args=[code, record.pk]))
    for one in consultations:
        found += [
            reverse(f"participation:{name}", args=[code, one.pk]) for name in ("consultation", "received")
        ]
    return found


def _written(value: str | None) -> str:
    if value is None:
        return "%ff%fe%c0%80%"
    return quote(value.encode("utf-8", "surrogatepass"))


def _content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _is_sound(answer: Any, where: str, value: str | None) -> None:
    content = _content(answer)
    assert answer.status_code < 500, where
    assert "evil.example" not in urlsplit(answer.get("Location", "")).netloc, where
    assert not answer.get("Location", "").lower().startswith(("javascript:", "//", "/\\")), where
    assert b"<script>alert(1)" not in content, where
    assert b'href="javascript:' not in content, where
    assert b"49" not in content or "7*7" not in (value or "") or b"{{7*7}}" in content or b"7*7" in content, (
        where
    )
    assert all("\n" not in f"{name}{said}" for name, said in answer.items()), where


def test_a_form_without_a_field_is_no_error(client: Client, places: list[str]) -> None:
    for where in places:
        _is_sound(client.post(where, headers={"sec-fetch-site": "same-origin"}), where, "")


ODD_PARTS = ("-1", "9" * 19, "9" * 400, "１", "%00", "%ff", "%2e%2e", "%0d%0a")


def test_no_path_is_an_error(client: Client, places: list[str]) -> None:
    for value in ODD_PARTS:
        for where in places:
            parts = where.split("/")
            for at, part in enumerate(parts):
                if part:
                    _is_sound(client.get("/".join([*parts[:at], value, *parts[at + 1 :]])), where, value)
            _is_sound(client.get(where + value), where, value)


HEADS = (
    ("if-none-match", '"' + "x" * 5000),
    ("if-none-match", "*"),
    ("if-none-match", 'W/"\x00"'),
    ("if-modified-since", "Mon, 99 Xyz 99999 99:99:99 GMT"),
    ("range", "bytes=0-,-1,5-2,99999999999999999999-"),
    ("accept-language", "x" * 5000),
    ("cookie", 'sessionid="\\000aaaaaaaaa"; csrftoken="\\000"'),
    ("cookie", "django_language=../../x; large_type=%00; messages=x"),
    ("cookie", "; ;=;a==;" * 200),
    ("x-forwarded-for", "x" * 5000),
    ("x-forwarded-for", "1.2.3.4, ::1%eth0, \x00"),
    ("referer", "http://[::1"),
    ("origin", "http://[::1"),
    ("x-forwarded-proto", "javascript"),
)


def test_no_head_is_an_error(client: Client, places: list[str]) -> None:
    for head, value in HEADS:
        for where in places:
            _is_sound(client.get(where, headers={head: value}), f"{where} {head}", value)
            _is_sound(client.post(where, {"helped": "yes"}, headers={head: value}), f"{where} {head}", value)


# ---- somebody else's name in what is kept and passed on ----


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "evil.example:80"]
)
def test_a_host_that_is_not_ours_is_not_answered(host: str, client: Client, places: list[str]) -> None:
    for where in places:
        answer = client.get(where, headers={"host": host})
        assert answer.status_code == 400, where
        assert b"evil.example" not in _content(answer)


# What a page carries that is made anew each time it is shown.
OF_ONE_PAGE = (b'name="once"', b'name="state"', b"csrfmiddlewaretoken")


def test_no_head_of_a_stranger_gets_into_a_page(client: Client, places: list[str]) -> None:
    """Where pages may be kept in front of the platform, a page made for one is read by many."""
    said = {
        "x-forwarded-host": "evil.example", "x-forwarded-server": "evil.example", "x-forwarded-port": "666",
        "x-forwarded-prefix": "/evil.example", "x-original-url": "/evil.example",
        "x-rewrite-url": "/evil.example",
        "forwarded": "host=evil.example;proto=evil", "x-host": "evil.example",
        "x-forwarded-proto": "evil.example",
        "x-http-method-override": "POST", "x-script-name": "/evil.example",
    }  # fmt: skip
    for where in places:
        caches["portal"].clear()
        content = _content(client.get(where, headers=said))
        assert b"evil.example" not in content, where
        if not any(one in content for one in OF_ONE_PAGE):
            assert content == _content(client.get(where)), where


def test_what_many_may_keep_gives_nobody_a_mark(client: Client, places: list[str]) -> None:
    for where in places:
        answer = client.get(where)
        kept = answer.get("Cache-Control", "")
        if "s-maxage" in kept or ("public" in kept and "no-cache" not in kept):
            assert not answer.cookies, where
            assert "Cookie" in answer.get("Vary", "") or answer["Content-Type"].startswith(
                ("image", "text/plain")
            ), where


def test_a_reader_with_a_cookie_puts_nothing_into_a_shared_cache(client: Client, places: list[str]) -> None:
    client.cookies["large_type"] = "on"
    for where in places:
        assert "s-maxage" not in client.get(where).get("Cache-Control", ""), where


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "/\\evil.example/", "/%5cevil.example/", "/%09/evil.example/", "///evil.example"],
)
@pytest.mark.parametrize("query", ["large_type=on", "lang=en", "large_type=off&next=//evil.example/"])
def test_no_choice_leads_to_another_site(path: str, query: str, client: Client) -> None:
    answer = client.get(f"{path}?{query}")
    target = answer.get("Location", "/")
    assert not target.startswith(("//", "/\\", "http://evil", "https://evil")), target
    assert not re.match(r"/[\t\r\n\\ ]*/", target), target


# ---- what is not public, by every way ----

HIDDEN = (drafted, in_review, approved, scheduled, withdrawn)


@pytest.mark.parametrize("state", HIDDEN, ids=lambda one: one.__name__)
def test_nothing_of_what_is_not_public_stands_anywhere(
    state: Any, client: Client, places: list[str], town: House
) -> None:
    before = {where: client.get(where).get("ETag") for where in places}
    record = state(town, public(town, title=f"{SECRET}之二")) if state is withdrawn else state(town)
    title = _title(record)
    rebuild()
    own = f"/o/{town.organ.code}/records/{record.pk}"
    files = Attachment.objects.filter(version__record=record)
    more = [f"{own}/", f"{own}/qr.svg", f"{own}/versions/1/", f"{own}/images/1/1", f"{own}/feedback/"]
    more += [f"{own}/files/{one.pk}/{quote(one.name)}" for one in files]
    for where in [
        *places,
        *more,
        f"/search/?q={title}",
        f"/o/?q={title}",
        f"/subscribe/feed.atom?words={title}",
    ]:
        for heads in ({}, {"if-none-match": before.get(where) or "*"}):
            answer = client.get(where, headers=heads)
            content = _content(answer).decode("utf-8", "replace").replace(f"“{title}”", "")
            if where in more:
                assert answer.status_code in (404, 410), where
            if state is withdrawn:
                assert f"{SECRET}之二" not in _without_the_question(content, title), where
            assert f"records/{record.pk}/" not in content or where in more, where


def _title(record: Record) -> str:
    return str(record.versions.order_by("-number").values_list("title", flat=True).first())


def _without_the_question(content: str, asked: str) -> str:
    """The page without what it repeats of the question itself."""
    without = re.sub(r'value="[^"]*"', "", content)
    without = re.sub(r"<title>.*?</title>", "", without, flags=re.S)
    return without.replace(f"“{asked}”", "").replace(f"“{asked}", "")


def test_a_mark_from_before_a_withdrawal_brings_nothing_back(client: Client, town: House) -> None:
    record = public(town)
    own, row = f"/o/{town.organ.code}", Attachment.objects.get(version__record=record)
    of_it = [
        f"{own}/records/{record.pk}/", f"{own}/records/{record.pk}/qr.svg",
        f"{own}/records/{record.pk}/images/1/1",
        f"{own}/records/{record.pk}/files/{row.pk}/{quote(row.name)}",
    ]  # fmt: skip
    lists = [f"{own}/", f"{own}/catalogue.csv", f"{own}/catalogue.json", f"{own}/feed.atom", "/o/"]
    marks = {where: client.get(where).get("ETag", "") for where in [*of_it, *lists]}
    withdrawn(town, record)
    for where in [*of_it, *lists]:
        answer = client.get(where, headers={"if-none-match": marks[where] or "*"})
        assert answer.status_code in ((404, 410) if where in of_it else (200,)), where
        assert SECRET.encode() not in _content(answer), where


def test_who_reported_an_error_does_not_learn_the_title_of_what_was_withdrawn(
    client: Client, town: House
) -> None:
    record = public(town)
    _, code = reported(record)
    withdrawn(town, record)
    address = _participation(town, record)[1]
    answer = client.post(address, {"code": code}, headers={"sec-fetch-site": "same-origin"})
    assert "正在办理" in words(answer)
    assert SECRET not in words(answer)


# ---- words that somebody else wrote ----

EVIL = '=HYPERLINK("http://evil.example","x")</script><script>alert(1)</script>\'"&amp;{{7*7}}]]>'


def test_hostile_words_stay_words_in_every_format(client: Client, town: House) -> None:
    """In the page, its data for machines, csv, json, Atom and feeds of wishes."""
    record = public(town, title=EVIL, summary=EVIL, keywords=EVIL[:60])
    own = f"/o/{town.organ.code}"
    shown = client.get(f"{own}/records/{record.pk}/")
    for script in page(shown).css("script"):
        assert script.attributes.get("src") or json.loads(script.text())["name"] == EVIL
    for where in (f"{own}/", "/o/", "/search/?q=HYPERLINK", f"{own}/records/{record.pk}/feedback/"):
        content = _content(client.get(where))
        assert b"<script>alert(1)" not in content, where
    for where in (f"{own}/feed.atom", "/subscribe/feed.atom"):
        entries = etree.fromstring(_content(client.get(where))).findall("{*}entry/{*}title")
        assert [one.text for one in entries] == [EVIL]
    assert json.loads(_content(client.get(f"{own}/catalogue.json")))["records"][0]["title"] == EVIL
    sheet = _content(client.get(f"{own}/catalogue.csv")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(sheet, newline="")) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)] == []


def test_a_receipt_is_nobodys_invention(client: Client, places: list[str], town: House) -> None:
    """What an address says stands on the page only if we have signed it."""
    feedback = next(where for where in places if "feedback" in where)
    for receipt in (
        "ABCDEFGHJK",
        signing.dumps("ABCDEFGHJK"),
        signing.dumps("x", salt="participation.receipt"),
    ):
        assert "ABCDEFGHJK" not in words(client.get(feedback, {"receipt": receipt, "thanks": "ABCDEFGHJK"}))
