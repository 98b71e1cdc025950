"""Notes of changes that everything has read are thrown away; who has missed one knows it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.utils import timezone
from tests.web.platform import House, published

from gongkai.web.channels.models import Position
from gongkai.web.channels.positions import read_up_to
from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.models import PublicChange
from gongkai.web.disclosure.pruning import prune_changes
from gongkai.web.disclosure.queries.changes import Pruned, changes_after, newest_change
from gongkai.web.organs.models import Role
from gongkai.web.search import following
from gongkai.web.search.following import follow, rebuild, store


def _aged(upto: int, days: int = 40) -> None:
    PublicChange.objects.filter(number__lte=upto).update(at=timezone.now() - dt.timedelta(days=days))


def _numbers() -> list[int]:
    return list(PublicChange.objects.order_by("number").values_list("number", flat=True))


@pytest.fixture
def written(town: House, db: Any) -> int:
    for number in range(6):
        published(town, title=f"防汛通报第{number}期")
    return newest_change()


def test_old_changes_that_all_have_read_go(written: int) -> None:
    middle = _numbers()[len(_numbers()) // 2]
    _aged(middle)
    assert prune_changes(read_up_to=[written, written], kept=1) > 0
    assert _numbers()[0] == middle
    later = [one.number for one in changes_after(middle, 10_000)]
    assert later == [number for number in range(middle + 1, written + 1) if number in later]
    assert later[-1] == written


def test_what_one_follower_has_not_read_stays_and_so_does_what_is_young(written: int) -> None:
    every = _numbers()
    assert prune_changes(read_up_to=[written], kept=1) == 0
    _aged(written)
    assert prune_changes(read_up_to=[written, 0], kept=1) == 0
    assert prune_changes(read_up_to=[written]) == 0  # the newest thousand are shown on first pages
    assert _numbers() == every
    slow = every[2]
    prune_changes(read_up_to=[written, slow], kept=1)
    assert _numbers() == every[2:]
    assert [one.number for one in changes_after(slow, 10_000)] == every[3:]


def test_a_follower_before_the_edge_is_told_and_one_on_it_is_not(written: int) -> None:
    every = _numbers()
    _aged(every[3])
    prune_changes(read_up_to=[written], kept=1)
    for missed in (0, every[0], every[2]):
        with pytest.raises(Pruned):
            changes_after(missed, 5)
    assert changes_after(every[3], 1)[0].number == every[4]
    assert changes_after(written, 5) == []


def test_it_goes_on_from_the_edge_piece_by_piece(written: int) -> None:
    every = _numbers()
    _aged(written)
    for _ in range(len(every)):
        prune_changes(read_up_to=[written], most=2, kept=2)
    left = _numbers()
    assert left[-2:] == every[-2:]
    assert len(left) == 3
    assert prune_changes(read_up_to=[written], kept=2) == 0


def test_none_goes_where_the_setting_says_never(written: int, settings: Any) -> None:
    settings.CHANGES_DAYS = 0
    _aged(written)
    assert prune_changes(read_up_to=[written], kept=1) == 0


def test_a_follower_that_has_not_begun_holds_back(written: int) -> None:
    assert read_up_to() == [0, 0]
    Position.objects.create(follower="channels", number=written)
    assert sorted(read_up_to()) == [0, written]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_away_too_long_is_built_anew() -> None:
    from tests.web import platform

    town = platform.district().town
    kept = published(town, title="防汛通报甲期")
    rebuild()
    old = (store().folder / "current").read_text()
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=kept, reason="含有不应公开的个人信息")
    other = published(town, title="防汛通报乙期")
    _aged(newest_change())
    published(town, title="防汛通报丙期")
    prune_changes(read_up_to=[newest_change()], kept=1)
    assert follow() == 0
    builder = following._builder
    assert builder is not None
    builder.join(60)
    for _ in range(100):
        if (store().folder / "current").read_text() != old:
            break
        time.sleep(0.05)
    assert (store().folder / "current").read_text() != old
    assert store().reading().documents == 2
    follow()
    from gongkai.web.search.queries import search

    assert other.pk in [hit.row["id"] for hit in search("防汛通报").hits]


@pytest.mark.django_db(transaction=True)
def test_an_index_built_on_an_empty_database_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.web import platform

    PublicChange.objects.all().delete()
    rebuild()
    assert store().reading().mark.number == 0
    town = platform.district().town
    published(town, title="防汛通报甲期")
    _aged(newest_change())
    published(town, title="防汛通报乙期")
    prune_changes(read_up_to=[newest_change()], kept=1)
    follow()
    builder = following._builder
    assert builder is not None
    builder.join(60)
    assert store().reading().documents == 2
