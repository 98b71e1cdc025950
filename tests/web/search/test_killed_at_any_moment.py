"""Records come and go while followers are killed without warning: nothing that is not public is ever found,
nothing is lost, nothing is there twice. Six kills in the usual run, `KILLS=200` in `make soak`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
import tantivy
from django.conf import settings
from django.db import connection
from tests.web import platform
from tests.web.platform import House, published

from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role
from gongkai.web.search import following
from gongkai.web.search.engine.store import Unusable
from gongkai.web.search.following import follow, rebuild, store
from gongkai.web.search.queries import search

pytestmark = pytest.mark.django_db(transaction=True)
TASK = Path(__file__).with_name("following_task.py")
SEED = 20261121
ROUNDS = int(os.environ.get("KILLS") or "6")


def _database() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    host, port = quote(str(told["HOST"]), safe=""), f":{told['PORT']}" if told["PORT"] else ""
    user = quote(str(told["USER"])) + (f":{quote(str(told['PASSWORD']))}" if told["PASSWORD"] else "")
    more = "&".join(f"{name}={value}" for name, value in told["OPTIONS"].items() if isinstance(value, str))
    return f"postgresql://{user}@{host}{port}/{told['NAME']}" + (f"?{more}" if more else "")


def _follower(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gongkai.web.config.settings",
        "GONGKAI_SECRET_KEY": "tests",
        "GONGKAI_DATA": str(settings.DATA),
        "GONGKAI_DATABASE": _database(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, str(TASK), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def followers() -> Iterator[list[subprocess.Popen[bytes]]]:
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for one in running:
        one.kill()
        one.wait(10)


def _indexed() -> Counter[int]:
    """How often each record is in the index."""
    reading = store().reading()
    hits = reading.searcher.search(tantivy.Query.all_query(), limit=10_000).hits
    ids = reading.searcher.fast_field_values("id", [address for _, address in hits])
    return Counter(pk for pk in ids if pk)


def _public() -> set[int]:
    return set(Record.objects.filter(state="published").values_list("pk", flat=True))


def _found() -> set[int]:
    return {hit.row["id"] for hit in search("防汛", limit=1_000).hits}


def _one_turn(town: House, chance: Random, number: int) -> None:
    """A record comes, or one goes."""
    out = sorted(_public())
    if out and chance.random() < 0.4:
        record = Record.objects.get(pk=chance.choice(out))
        withdraw(by=town[Role.DISCLOSURE_OFFICE], record=record, reason="内容有误")
    else:
        published(town, title=f"防汛通报第{number}期")


def test_nothing_unpublished_nothing_lost_nothing_doubled(followers: list[Any]) -> None:
    town, chance = platform.district().town, Random(SEED)
    for number in range(3):
        published(town, title=f"防汛通报甲{number}期")
    rebuild()
    for number in range(ROUNDS):
        kind = ("rebuild",) if number % 3 == 2 else ()
        follower = _follower(*kind)
        followers.append(follower)
        assert follower.stdout is not None
        assert follower.stdout.readline().strip() == b"ready"
        for turn in range(3):
            _one_turn(town, chance, 10 * number + turn)
            assert _found() <= _public()
            assert max(_indexed().values(), default=0) <= 1
        time.sleep(chance.random() * 0.25)
        follower.send_signal(signal.SIGKILL)
        follower.wait(10)
        assert _found() <= _public()
        assert max(_indexed().values(), default=0) <= 1
    while follow():
        pass
    assert _indexed() == Counter(_public())
    assert _found() == _public()


def test_two_followers_and_a_builder_at_once_are_one(followers: list[Any]) -> None:
    town, chance = platform.district().town, Random(SEED + 1)
    published(town, title="防汛通报甲期")
    for kind in ((), (), ("rebuild",)):
        followers.append(_follower(*kind))
    for number in range(12):
        _one_turn(town, chance, number)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if _indexed() == Counter(_public()) and _found() == _public():
                return
        except Unusable:
            pass
        time.sleep(0.05)
    assert _indexed() == Counter(_public())


def test_an_index_far_behind_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    town = platform.district().town
    published(town, title="防汛通报甲期")
    rebuild()
    old = (store().folder / "current").read_text()
    for number in range(3):
        published(town, title=f"防汛通报乙{number}期")
    monkeypatch.setattr(following, "_TOO_FAR", 2)
    assert follow() == 0
    deadline = time.monotonic() + 30
    while _found() != _public() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _indexed() == Counter(_public())
    assert (store().folder / "current").read_text() != old


def test_a_restored_older_database_is_noticed(followers: list[Any]) -> None:
    town = platform.district().town
    published(town, title="防汛通报甲期")
    rebuild()
    assert _found() == _public()
    from gongkai.web.disclosure.models import PublicChange

    with connection.cursor() as cursor:  # the changes since the copy was made are not there any more
        cursor.execute("DELETE FROM disclosure_publicchange")
    assert PublicChange.objects.count() == 0
    published(town, title="防汛通报乙期")
    follow()
    deadline = time.monotonic() + 30
    while _found() != _public() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _indexed() == Counter(_public())
