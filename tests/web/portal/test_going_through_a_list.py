"""Keyset paging: whoever reads a list down or up sees each record once, whatever is published meanwhile."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import page
from tests.web.platform import House, draft, published

from gongkai.web.disclosure.models import Record
from gongkai.web.portal.cursors import Cursor, page_of, read_cursor

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@given(st.datetimes(dt.datetime(1971, 1, 1), dt.datetime(5000, 12, 31)), st.integers(0, 10**18 - 1))
def test_a_place_is_read_as_it_was_written(at: dt.datetime, pk: int) -> None:
    cursor = Cursor(at.replace(tzinfo=dt.UTC), pk)
    assert read_cursor(str(cursor)) == cursor


@given(st.text())
def test_any_other_text_names_no_place_and_breaks_nothing(text: str) -> None:
    found = read_cursor(text)
    assert found is None or read_cursor(str(found)) == found


class Publisher:
    """Rows with moments of publication, many of them the same; the newest come last."""

    def __init__(self, house: House, seed: int) -> None:
        self.random = random.Random(seed)
        self.pattern = draft(house)
        self.minute = 0
        self.made = 0

    def publish(self, count: int) -> None:
        for _ in range(count):
            self.minute += self.random.choice((0, 0, 0, 1))
            row = Record.objects.get(pk=self.pattern.pk)
            row.pk = None
            row._state.adding = True
            self.made += 1
            row.index_number = f"test/{self.made}"
            row.working = None
            row.published_at = START + dt.timedelta(minutes=self.minute)
            row.save()

    def rows(self) -> Any:
        return Record.objects.filter(published_at__isnull=False)

    def in_order(self) -> list[int]:
        return list(self.rows().order_by("-published_at", "-id").values_list("id", flat=True))

    def page(self, **place: Cursor | None) -> Any:
        both = {"before": None, "after": None, **place}
        return page_of(self.rows().values("id", "published_at"), size=self.size, **both)

    size = 7


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_each_record_comes_once_on_the_way_down_and_up(town: House, seed: int) -> None:
    house = Publisher(town, seed)
    house.publish(house.random.choice((8, 9, 13, 14, 15, 30)))
    at_the_start = house.in_order()
    seen: list[int] = []
    place = house.page()
    while True:
        seen += [row["id"] for row in place.rows]
        house.publish(house.random.choice((0, 1, 3)))
        if place.after is None:
            break
        place = house.page(after=place.after)
    assert seen == at_the_start
    # And back up, to those that have come meanwhile.
    upward = [row["id"] for row in place.rows]
    while place.before is not None:
        place = house.page(before=place.before)
        upward = [row["id"] for row in place.rows] + upward
    assert upward == house.in_order()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_a_record_that_goes_takes_no_other_with_it(town: House, seed: int) -> None:
    house = Publisher(town, seed)
    house.publish(25)
    first = house.page()
    gone = house.random.sample(house.in_order(), 8)
    Record.objects.filter(pk__in=gone).update(published_at=None)
    rest = []
    place = first
    while place.after is not None:
        place = house.page(after=place.after)
        rest += [row["id"] for row in place.rows]
    seen_first = [row["id"] for row in first.rows]
    assert rest == [pk for pk in house.in_order() if pk not in seen_first]


@pytest.mark.django_db
def test_a_reader_goes_through_the_list_by_its_links(client: Client, town: House) -> None:
    titles = [f"关于第{n}次检查情况的通报" for n in range(23)]
    for title in titles:
        published(town, title=title)
    first = page(client.get("/o/beishan/?category=20.12&genre=circular"))
    assert first.css_first("a[rel=prev]") is None
    on = first.css_first("a[rel=next]")
    assert on is not None
    second = page(client.get("/o/beishan/" + (on.attributes["href"] or "")))
    assert second.css_first("a[rel=next]") is None

    def shown(tree: Any) -> list[str]:
        return [one.text(strip=True) for one in tree.css(".entries tbody th a")]

    assert shown(first) + shown(second) == titles[::-1]
    back = second.css_first("a[rel=prev]")
    assert back is not None
    assert "genre=circular" in (back.attributes["href"] or "")
    assert shown(page(client.get("/o/beishan/" + (back.attributes["href"] or "")))) == shown(first)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "after=",
        "after=1",
        "after=-1",
        "after=99999999999999999-1",
        "after=1772000000000000-999999999999999999",
        "before=1772000000000000-0&after=x",
        "before=0-0",
        "before='--",
        "after=%00",
        "after=１-１",
        "year=99999",
        "year=-1",
        "year=2026'",
        "genre=nothing",
        "theme=99",
        "validity=secret",
        "kind=guide",
        "kind=%F0%9F%92%A9",
        "category=99.99",
        "category=20.07&category=20.08",
        "column=nothing",
        "column=guide&category=20.07",
        "q=%00%00",
        "q=" + "长" * 5_000,
        "q=%25_%5C'",
        "q=%ED%A0%80",
        "lang=xx",
    ],
)
def test_an_odd_question_is_answered_with_a_page(client: Client, town: House, query: str) -> None:
    published(town)
    assert client.get(f"/o/beishan/?{query}").status_code == 200
