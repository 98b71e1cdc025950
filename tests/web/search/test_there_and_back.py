"""From an organ's search to that of all organs, and back, with the words kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import House, published

from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db


def _wider(client: Client, address: str) -> Any:
    return page(client.get(address)).css_first(".search-wider a")


@pytest.mark.parametrize("question", ["防汛", "“防汛”&q=x#<b>", "没有的词语"])
def test_the_words_go_along_both_ways(client: Client, town: House, question: str) -> None:
    published(town)
    rebuild()
    there = page(client.get("/o/beishan/search/", {"q": question})).css_first(".search-wider a")
    assert there.text() == "在各机关中检索"
    address = there.attributes["href"]
    assert address.startswith("/search/?")
    everywhere = page(client.get(address))
    assert everywhere.css_first("#search").attributes["value"] == question
    back = everywhere.css_first(".search-wider a")
    assert back.text() == f"回到{town.organ.called}的检索"
    again = page(client.get(back.attributes["href"]))
    assert back.attributes["href"].startswith("/o/beishan/search/?")
    assert again.css_first("#search").attributes["value"] == question


def test_the_way_back_stays_while_the_results_are_narrowed(client: Client, town: House) -> None:
    for number in range(12):
        published(town, title=f"防汛通报第{number}期")
    rebuild()
    tree = page(client.get("/search/?q=防汛通报&from=beishan"))
    links = [one.attributes["href"] or "" for one in tree.css(".facets a, .search-sorts a, .hit-pages a")]
    assert links
    assert all("from=beishan" in one for one in links)


@pytest.mark.parametrize("code", ["nowhere", "", "x" * 50, "\0", "<b>", "beishan\n"])
def test_there_is_no_way_back_to_nowhere(client: Client, town: House, code: str) -> None:
    published(town)
    rebuild()
    answer = client.get("/search/", {"q": "防汛", "from": code})
    assert answer.status_code == 200
    assert page(answer).css_first(".search-wider a") is None
    assert "回到" not in words(answer)
