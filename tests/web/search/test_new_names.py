"""An organ is found by what it is called now, without the index being built anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page
from tests.web.platform import District, published

from gongkai.web.organs.models import Organ, Role
from gongkai.web.search import following
from gongkai.web.search.following import follow, rebuild, store

pytestmark = pytest.mark.django_db


def _titles(client: Client, question: str) -> list[str]:
    response = client.get("/search/", {"q": f"“{question}”"})
    return [one.text(strip=True) for one in page(response).css(".hit-title a")]


def _renamed(organ: Organ, name: str) -> None:
    """By whatever way: an action, an import, a line of SQL."""
    Organ.objects.filter(pk=organ.pk).update(name=name)


def test_a_new_name_is_found_and_the_old_one_is_not(client: Client, district: District) -> None:
    kept = published(district.town, title="防汛值守安排")
    rebuild()
    before = (store().folder / "current").read_text()
    old = district.town.organ.name
    assert _titles(client, old) == [kept.title]
    _renamed(district.town.organ, "虚构区栖霞街道办事处")
    follow()
    assert _titles(client, "栖霞街道办事处") == [kept.title]
    assert _titles(client, old) == []
    assert (store().folder / "current").read_text() == before


def test_an_organ_named_by_its_administrator_is_found_by_its_short_name(
    client: Client, district: District
) -> None:
    from gongkai.web.organs.actions.organs import change_organ

    kept = published(district.town, title="防汛值守安排")
    rebuild()
    change_organ(by=district.town[Role.ADMINISTRATOR], organ=district.town.organ, short_name="栖霞街道")
    follow()
    assert _titles(client, "栖霞街道") == [kept.title]


def test_many_records_get_their_new_name_over_several_rounds_and_over_a_kill(
    client: Client, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [published(district.town, title=f"防汛通报第{number}期").title for number in range(3)]
    rebuild()
    _renamed(district.town.organ, "虚构区栖霞街道办事处")
    monkeypatch.setattr(following, "AT_ONCE", 1)
    seen = []
    for _ in range(4):  # each round has time for one record
        follow(seconds=-1)
        seen.append(len(_titles(client, "栖霞街道办事处")))
    assert seen[:3] == [1, 2, 3]
    assert sorted(_titles(client, "栖霞街道办事处")) == sorted(titles)
    assert store().reading().documents == 3


def test_a_name_that_changes_again_meanwhile_is_the_one_found(
    client: Client, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        published(district.town, title=f"防汛通报第{number}期")
    rebuild()
    monkeypatch.setattr(following, "AT_ONCE", 1)
    _renamed(district.town.organ, "虚构区栖霞街道办事处")
    follow(seconds=-1)
    _renamed(district.town.organ, "虚构区望江街道办事处")
    follow(seconds=30)
    assert _titles(client, "栖霞街道") == []
    assert len(_titles(client, "望江街道")) == 3


def test_records_that_pass_to_another_organ_are_found_by_its_name(client: Client, district: District) -> None:
    """A merger: the records of the one become the other's."""
    from gongkai.web.disclosure.models import Record

    kept = published(district.town, title="防汛值守安排")
    rebuild()
    other = Organ.objects.exclude(pk=district.town.organ.pk).order_by("pk")[0]
    Record.objects.filter(pk=kept.pk).update(organ=other)
    follow()
    assert _titles(client, other.name) == [kept.title]


def test_nothing_to_do_takes_few_queries(district: District, django_assert_max_num_queries: Any) -> None:
    published(district.town)
    rebuild()
    _renamed(district.town.organ, "虚构区栖霞街道办事处")
    follow()
    with django_assert_max_num_queries(2):
        assert follow() == 0
