"""What a process keeps of a record's page is what a fresh one would show, whatever has happened meanwhile."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from tests.web.platform import House, published
from tests.web.portal import releasing

from gongkai.web.disclosure.actions.ending import repeal, undo_repeal, withdraw
from gongkai.web.disclosure.actions.linking import link, unlink
from gongkai.web.disclosure.models import Link, LinkKind, Record, State
from gongkai.web.organs.actions.organs import change_organ
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Role
from gongkai.web.portal import frames, record_queries
from gongkai.web.portal.keeping import Kept, Memory
from gongkai.web.portal.views import record as view

pytestmark = pytest.mark.django_db
READERS: tuple[dict[str, Any], ...] = (
    {},
    {"cookie": "language=en"},
    {"cookie": "large_type=on"},
)
STEPS = 12


def _renames(house: House, chance: Random) -> None:
    name = f"虚构区北山镇人民政府{chance.choice('甲乙丙丁')}"
    Organ.objects.filter(pk=house.organ.pk).update(name=name)


def _changes_its_telephone(house: House, chance: Random) -> None:
    number = f"000-{chance.randrange(10**7):07d}"
    organ = Organ.objects.get(pk=house.organ.pk)
    change_organ(by=house[Role.ADMINISTRATOR], organ=organ, telephone=number)


def _record(chance: Random, *states: str) -> Record:
    return chance.choice(list(Record.objects.filter(state__in=states or (State.PUBLISHED,)).order_by("pk")))


def _publishes(house: House, chance: Random) -> None:
    published(house, title=f"新的信息{chance.randrange(1000)}")


def _amends(house: House, chance: Random) -> None:
    from gongkai.web.disclosure.actions.drafting import revise_draft, start_version
    from gongkai.web.disclosure.models.versions import ChangeKind

    record, by = _record(chance), house[Role.CLERK]
    start_version(by=by, record=record, change=ChangeKind.AMENDMENT, note="调整数量")
    title = f"改过的标题{chance.randrange(1000)}"
    revise_draft(by=by, record=releasing.fresh(record), facts={"title": title})
    releasing.let_out(house, record)


def _withdraws(house: House, chance: Random) -> None:
    if Record.objects.filter(state=State.PUBLISHED).count() > 2:
        withdraw(by=house[Role.DISCLOSURE_OFFICE], record=_record(chance), reason="含有不应公开的个人信息")


def _repeals(house: House, chance: Random) -> None:
    day = timezone.localdate() - dt.timedelta(days=chance.randrange(3))
    repeal(by=house[Role.DISCLOSURE_OFFICE], record=_record(chance), on=day, basis="新的办法")


def _undoes(house: House, chance: Random) -> None:
    undo_repeal(by=house[Role.DISCLOSURE_OFFICE], record=_record(chance), reason="登记有误")


def _links(house: House, chance: Random) -> None:
    kind = chance.choice((LinkKind.RELATED, LinkKind.INTERPRETS))
    link(by=house[Role.CLERK], record=_record(chance), target=_record(chance), kind=kind)


def _unlinks(house: House, chance: Random) -> None:
    one = Link.objects.order_by("?").first()
    if one is not None:
        unlink(by=house[Role.CLERK], link=one, reason="不相关")


def _writes_past_every_door(house: House, chance: Random) -> None:
    Record.objects.filter(pk=_record(chance).pk).update(repeal_basis=f"依据{chance.randrange(1000)}")


THINGS: tuple[Callable[[House, Random], None], ...] = (
    *(_renames, _changes_its_telephone, _publishes, _amends, _withdraws, _repeals, _undoes, _links),
    *(_unlinks, _writes_past_every_door),
)


def _pages(client: Client, ids: list[int]) -> dict[tuple[int, int], tuple[int, bytes]]:
    told = {}
    for pk in ids:
        for at, headers in enumerate(READERS):
            answer = client.get(f"/o/beishan/records/{pk}/?from=list", headers=headers)
            told[pk, at] = answer.status_code, answer.content
    return told


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_a_fresh_process_would_show(client: Client, town: House, seed: int) -> None:
    chance = Random(seed)
    done = set()
    for number in range(3):
        published(town, title=f"第{number}件")
    releasing.amended(town)
    for _ in range(STEPS):
        thing = chance.choice(THINGS)
        try:
            thing(town, chance)
            done.add(thing)
        except WorkError:
            continue  # not lawful as things stand: nothing has changed
        ids = list(Record.objects.order_by("pk").values_list("pk", flat=True))
        kept = _pages(client, ids)
        caches["portal"].clear()
        fresh = _pages(client, ids)
        assert kept == fresh, thing
    assert len(done) > 4


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_over_many_changes_is_right_too(client: Client, town: House, seed: int) -> None:
    chance = Random(100 + seed)
    for number in range(3):
        published(town, title=f"第{number}件")
    for _ in range(STEPS):
        with contextlib.suppress(WorkError):
            chance.choice(THINGS)(town, chance)
        ids = list(Record.objects.order_by("pk").values_list("pk", flat=True))
        shown = _pages(client, chance.sample(ids, min(len(ids), 2)))
        for (pk, _reader), (status, _content) in shown.items():
            expected = 200 if Record.objects.get(pk=pk).state == State.PUBLISHED else 410
            assert status == expected
    kept = _pages(client, ids)
    caches["portal"].clear()
    assert kept == _pages(client, ids)


def test_a_page_read_again_takes_one_query_and_draws_nothing(
    client: Client, town: House, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = published(town)
    address = f"/o/beishan/records/{record.pk}/"
    first = client.get(address).content
    monkeypatch.setattr(view, "framed", None)
    with django_assert_num_queries(1):
        assert client.get(address).content == first
    published(town, title="另一件事")
    with django_assert_num_queries(3):  # what it says is looked at, and is the same
        assert client.get(address).content == first
    with django_assert_num_queries(1):
        assert client.get(address).content == first


def test_a_change_of_one_record_draws_its_page_and_no_frame(
    client: Client, town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = published(town)
    address = f"/o/beishan/records/{record.pk}/"
    client.get(address)
    monkeypatch.setattr(frames, "render_to_string", None)
    Record.objects.filter(pk=record.pk).update(repealed_on=timezone.localdate(), repeal_basis="新的办法")
    assert "新的办法" in client.get(address).content.decode()


def test_the_frame_holds_nothing_of_the_page_it_was_made_for(client: Client, town: House) -> None:
    one, other = published(town, title="甲件"), published(town, title="乙件")
    client.get(f"/o/beishan/records/{one.pk}/?a=1&lang=en&b=<x>", headers={"cookie": "language=zh-hans"})
    for address in (f"/o/beishan/records/{other.pk}/", f"/o/beishan/records/{other.pk}/?c=%22%3E%3Cb%3E"):
        answer = client.get(address).content.decode()
        assert "甲件" not in answer
        assert f"records/{one.pk}/" not in answer
        assert "<b>" not in answer
        assert 'href="?' in answer
        assert frames._SECRET not in answer
    answer = client.get(f"/o/beishan/records/{other.pk}/?c=1&amp=2").content.decode()
    assert "?c=1&amp;amp=2&amp;lang=zh" in answer


def test_a_number_that_no_column_holds_is_nobodys(client: Client, town: House) -> None:
    for pk in (0, 2**63 - 1, 2**63, 10**40):
        assert client.get(f"/o/beishan/records/{pk}/").status_code == 404


def test_a_record_of_another_organ_is_not_found_under_this_one(client: Client, town: House) -> None:
    record = published(town)
    assert record_queries.record_for_page("nowhere", record.pk) is None
    assert record_queries.record_for_page("beishan", record.pk) is not None


def test_memory_holds_no_more_than_it_may() -> None:
    memory = Memory("test", 100)
    assert memory.get("0") is None
    for number in range(20):
        memory.put(str(number), Kept("m", b"x" * 30))
    assert memory.get("0") is None
    assert memory.get("19") is not None
    memory.get("17")
    memory.put("20", Kept("m", b"x" * 30))
    assert memory.get("17") is not None
    assert memory.get("18") is None
    memory.put("17", Kept("n", b"y"))
    found = memory.get("17")
    assert found is not None
    assert found.mark == "n"
    memory.put("large", Kept("m", b"x" * 500_000))
    assert memory.get("large") is None
    assert memory.get("17") is not None
