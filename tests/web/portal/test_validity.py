"""有效: what has been amended holds as well, is found among what is in force, and is shown as amended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from benchmarks import serving
from django.test import Client
from django.utils import timezone
from tests.web.conftest import page, words
from tests.web.platform import House, published

from gongkai.web.disclosure.models import Record
from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(town: House) -> House:
    """One that holds, one that holds with changes, one that does not."""
    day = timezone.localdate() - dt.timedelta(days=1)
    published(town, title="防汛值守安排甲")
    amended, repealed = (published(town, title=f"防汛值守安排{one}") for one in "乙丙")
    Record.objects.filter(pk=amended.pk).update(amended_on=day, validity="amended")
    Record.objects.filter(pk=repealed.pk).update(repealed_on=day, validity="repealed")
    return town


def _listed(client: Client, validity: str) -> dict[str, str]:
    rows = page(client.get(f"/o/beishan/?validity={validity}")).css(".entries tbody tr")
    found = {}
    for row in rows:
        for title in ("甲", "乙", "丙"):
            if f"防汛值守安排{title}" in row.text():
                found[title] = row.text()
    return found


def test_what_was_amended_is_listed_among_what_is_in_force_and_shown_as_amended(
    client: Client, three: House
) -> None:
    found = _listed(client, "in_force")
    assert sorted(found) == sorted("甲乙")
    assert "已修改" in found["乙"]
    assert "已修改" not in found["甲"]
    assert list(_listed(client, "amended")) == ["乙"]
    assert list(_listed(client, "repealed")) == ["丙"]
    assert "有效（含已修改）" in words(client.get("/o/beishan/"))


def test_open_data_agree_with_the_list(client: Client, three: House) -> None:
    rows = client.get("/o/beishan/catalogue.json?validity=in_force")
    told = b"".join(rows.streaming_content).decode()  # type: ignore[attr-defined]
    assert told.count('"validity": "amended"') == 1
    assert told.count('"validity": "in_force"') == 1
    assert "validity=in_force 也含 amended" in words(client.get("/o/beishan/open-data/"))


@pytest.mark.parametrize(
    ("validity", "expected"), [("in_force", "甲乙"), ("amended", "乙"), ("repealed", "丙")]
)
def test_each_part_of_a_search_holds_as_many_as_it_says(
    client: Client, three: House, validity: str, expected: str
) -> None:
    rebuild()
    every: Any = page(client.get("/o/beishan/search/?q=防汛值守"))
    links = [
        one for one in every.css(".facets a") if f"validity={validity}" in (one.attributes["href"] or "")
    ]
    assert [one.css_first(".facet-count").text() for one in links] == [str(len(expected))]
    narrowed = page(client.get("/o/beishan/search/", {"q": "防汛值守", "validity": validity}))
    titles = [one.text(strip=True) for one in narrowed.css(".hit-title a")]
    assert sorted(one[-1] for one in titles) == sorted(expected)
    shown = narrowed.css_first(".hits").text()
    assert ("已修改" in shown) == ("乙" in expected)


def test_data_for_measuring_of_another_schema_are_not_trusted(tmp_path: Path) -> None:
    note = tmp_path / "made-on-sqlite"
    note.write_text("3.0 s\n", "utf-8")
    assert not serving.is_of_this_schema(note)
    note.write_text(f"3.0 s\n{serving.schema()}\n", "utf-8")
    assert serving.is_of_this_schema(note)
    note.write_text(f"3.0 s\n{'0' * 32}\n", "utf-8")
    assert not serving.is_of_this_schema(note)
