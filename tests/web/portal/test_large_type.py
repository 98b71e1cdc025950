"""The accessible mode: chosen by a link, kept in a cookie, without a script."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.conftest import page
from tests.web.platform import House, published

pytestmark = pytest.mark.django_db


def is_large(client: Client, address: str) -> bool:
    html = page(client.get(address)).css_first("html")
    assert html is not None
    return "easy" in (html.attributes["class"] or "").split()


def test_a_link_turns_it_on_and_off_and_leads_back(client: Client, town: House) -> None:
    record = published(town)
    address = "/o/beishan/?category=20.12"
    assert not is_large(client, address)
    link = page(client.get(address)).css_first(".easy-link")
    assert link is not None
    answer = client.get(f"/o/beishan/{link.attributes['href']}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == address
    assert "no-store" in answer.headers["Cache-Control"]
    for one in (address, "/o/", f"/o/beishan/records/{record.pk}/", "/o/nowhere/"):
        assert is_large(client, one), one
    back = page(client.get(address)).css_first(".easy-link")
    assert back is not None
    client.get(f"/o/beishan/{back.attributes['href']}")
    assert not is_large(client, address)


def test_who_reads_large_and_who_does_not_share_no_page(client: Client, town: House) -> None:
    plain, large = client.get("/o/beishan/"), client.get("/o/beishan/", headers={"cookie": "large_type=on"})
    assert plain.headers["ETag"] != large.headers["ETag"]
    assert "s-maxage" in plain.headers["Cache-Control"]
    assert "s-maxage" not in large.headers["Cache-Control"]
    assert "Cookie" in plain.headers["Vary"]


@pytest.mark.parametrize("path", ["//evil.example/", "/%5Cevil.example/", "/o/%0d%0aX-Evil:1/"])
def test_it_leads_to_no_other_site(client: Client, path: str) -> None:
    answer = client.get(f"{path}?large_type=on")
    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "X-Evil" not in answer.headers


def test_nothing_else_is_taken_for_the_choice(client: Client, town: House) -> None:
    for value in ("", "1", "ON", "on "):
        answer = client.get("/o/beishan/", {"large_type": value})
        assert answer.status_code == 200
        assert not answer.cookies
