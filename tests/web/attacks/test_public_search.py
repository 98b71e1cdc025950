"""An index that lags behind the database, and questions that nobody would type: nothing that is not public is
told, not even by a count, a part at the side, or a word that is offered instead."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import page, words
from tests.web.platform import District, House, published

from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role
from gongkai.web.search.engine.guessing import _kept
from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db
SECRET = "翡翠水库点位"


@pytest.fixture(autouse=True)
def _no_vocabulary_of_another_test() -> None:
    _kept.clear()


def _withdrawn_behind_the_index(town: House, **facts: Any) -> Record:
    """A record that the index still holds and readers may not see any more."""
    gone = published(town, title=f"关于{SECRET}调整的通知", keywords=SECRET, **facts)
    rebuild()
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=gone.pk), reason="内容有误")
    return gone


def _said(client: Client, question: str, where: str = "/search/", **more: str) -> str:
    return words(client.get(where, {"q": question, **more}))


def test_a_lagging_index_counts_nothing_that_is_gone(client: Client, town: House) -> None:
    published(town, title="一般通知")
    _withdrawn_behind_the_index(town)
    held = _said(client, "翡翠水库")
    assert "找到 1 条" not in held
    assert held.replace("翡翠水库", "") == _said(client, "琥珀矿山").replace("琥珀矿山", "")


def test_a_lagging_index_divides_nothing_that_is_gone(client: Client, district: District) -> None:
    published(district.bureau, title="一般通知")
    _withdrawn_behind_the_index(district.town)
    response = client.get("/search/", {"q": "翡翠水库"})
    assert page(response).css(".facet a, .facets a, [class*=facet] a") == []
    assert "北山镇" not in words(client.get("/o/minzheng/search/", {"q": "翡翠水库"}))


def test_a_lagging_index_offers_no_word_of_what_is_gone(client: Client, town: House) -> None:
    """One character wrong leads to the right word, unless only what is gone has it."""
    published(town, title="一般通知")
    _withdrawn_behind_the_index(town)
    for question in ("翡翠水厍点位", "翡翠水裤点位", "非翠水库"):
        assert "水库" not in _said(client, question).replace(question, ""), question
    assert "翡翠" not in _said(client, "翡")
    assert "翡翠" not in _said(client, "翡", "/o/minzheng/search/")


def test_a_lagging_index_still_tells_of_what_stayed(client: Client, town: House) -> None:
    stays = published(town, title="关于翡翠水库供水的公告")
    _withdrawn_behind_the_index(town)
    response = client.get("/search/", {"q": "翡翠水库"})
    assert [one.text(strip=True) for one in page(response).css(".hit-title a")] == [stays.title]
    assert "找到 1 条" in words(response)
    again = page(client.get("/search/", {"q": "翡翠水厍"}))
    assert [one.text(strip=True) for one in again.css(".hit-title a")] == [stays.title]


ODD = (
    "\0", "a\0b", "\ud800", "\U000e0001", "\u202e" * 50, "ﷺ" * 60, "İ" * 90, "ﬃ㈱㍿" * 30, "e\u0301" * 90,
    "*", "%", "_" * 200, "'; DROP TABLE x;--", "\\", "(" * 200, "[" * 200, "“" * 100, "“”" * 50, "a_" * 100,
    "title:防汛 OR *:*", "防汛^9999", '"防汛"~5', "/.*/", "-" * 200, "〔2024〕" * 30, "第" * 200, "1" * 200,
    "防" * 10_000, "防汛 " * 3_000, "2024年第" * 40, "关于的" * 60, "\u3000" * 200, "a/1" * 60, "𠮷" * 100,
)  # fmt: skip


@pytest.mark.parametrize("asked", ODD, ids=range(len(ODD)))
def test_no_question_is_an_error(asked: str, client: Client, town: House) -> None:
    published(town)
    rebuild()
    written = quote(asked.encode("utf-8", "surrogatepass"))
    for where in ("/search/", "/o/beishan/search/", "/o/beishan/", "/o/beishan/catalogue.json", "/o/"):
        answer = client.get(f"{where}?q={written}")
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, where
        if where.endswith("search/"):
            assert len(content) < 200_000, where


@pytest.mark.parametrize(
    "name", ["organ", "category", "theme", "genre", "kind", "validity", "year", "page", "sort"]
)
@pytest.mark.parametrize(
    "value", ["\0", "\0" * 40, "9" * 39, "-1", "²", "１", "' OR 1=1 --", "\ud800", "1e9", "x" * 9999]
)
def test_no_filter_is_an_error(name: str, value: str, client: Client, town: House) -> None:
    published(town)
    rebuild()
    written = quote(value.encode("utf-8", "surrogatepass"))
    for where in ("/search/", "/o/beishan/search/"):
        assert client.get(f"{where}?q=防汛&{name}={written}").status_code == 200, where


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=60))
def test_whatever_is_asked_comes_back_escaped_property(asked: str, client: Client, town: House) -> None:
    hostile = f"<script>{asked}</script><img src=x onerror=y>"
    answer = client.get(f"/search/?q={quote(hostile.encode('utf-8', 'surrogatepass'))}")
    assert answer.status_code == 200
    assert b"<img src=x" not in answer.content
    assert b"<script>" not in answer.content
