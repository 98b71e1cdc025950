"""Acknowledged means stored: the server is killed without warning while citizens send their forms.

Twenty times in the usual run; `KILLS=200` for as long as one likes (`make soak`).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from tests.web.platform import organ
from tests.web.requests.killed_clients import Crowd, Form
from tests.web.search.test_killed_at_any_moment import _database

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import Case, CaseCounter, CaseKey, Requester, SentForm
from gongkai.web.requests.numbering import code_index
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db(transaction=True)
SERVER = Path(__file__).with_name("killed_server.py")
KILLS = int(os.environ.get("KILLS") or "20")
CLIENTS = 5
SEED = 20261122
_LONGEST_LIFE = 10  # seconds


class Lives:
    """A server that lives again after each death. `log`: what it complained of."""

    def __init__(self, port: int, log: Path, address: str) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gongkai.web.config.settings",
            "GONGKAI_SECRET_KEY": str(settings.SECRET_KEY),
            "GONGKAI_DATA": str(settings.DATA),
            "GONGKAI_DATABASE": _database(),
            "GONGKAI_PROXIES": "1",
            "GONGKAI_READERS": "0",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.port, self.life = port, 0
        command = [sys.executable, str(SERVER), str(port), address]
        pipe = subprocess.PIPE
        with log.open("wb") as told:
            self.mother = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=told)
        assert self._line() == b"ready", log.read_text()

    def begin(self) -> None:
        assert self.mother.stdin is not None
        self.mother.stdin.write(b"\n")
        self.mother.stdin.flush()
        self.life = int(self._line())
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        raise AssertionError("the server did not come up")

    def kill(self) -> None:
        """Every process of the server, at once, as a machine that loses its power."""
        if self.life:
            os.killpg(self.life, signal.SIGKILL)
            self.life = 0

    def end(self) -> None:
        self.kill()
        self.mother.kill()
        self.mother.communicate(timeout=10)

    def _line(self) -> bytes:
        assert self.mother.stdout is not None
        return self.mother.stdout.readline().strip()


@pytest.fixture
def organs() -> list[Organ]:
    named = (("beishan", "北山镇"), ("nanhe", "南河镇"), ("xihu", "西湖镇"))
    return [organ(code, f"虚构区{name}人民政府", 11 + at) for at, (code, name) in enumerate(named)]


@pytest.fixture
def lives(tmp_path: Path, organs: list[Organ]) -> Iterator[Lives]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Lives(port, tmp_path / "server.log", f"/o/{organs[0].code}/request/form/")
    yield made
    made.end()


def test_what_was_acknowledged_is_there_once_whenever_the_server_is_killed(
    lives: Lives, organs: list[Organ], tmp_path: Path
) -> None:
    crowd, chance = Crowd(lives.port, organs), Random(SEED)
    clients = [threading.Thread(target=crowd.work, args=(one,), daemon=True) for one in range(CLIENTS)]
    for one in clients:
        one.start()
    known = 0
    try:
        for _ in range(KILLS):
            lives.begin()
            crowd.up.set()
            _some_work(crowd, chance)
            lives.kill()
            crowd.up.clear()
            assert crowd.complaints == [], (tmp_path / "server.log").read_text()[-4000:]
            known = _still_there(crowd.forms, known)
    finally:
        crowd.over.set()
        crowd.up.set()
        for one in clients:
            one.join(90)
    assert crowd.complaints == [], (tmp_path / "server.log").read_text()[-4000:]
    lives.begin()
    _found_by_their_codes(crowd)
    lives.kill()
    unanswered = _all_in_order(crowd.forms)
    told = f"{KILLS} kills, {len(crowd.forms)} forms, {known} acknowledged, {unanswered} stored unanswered"
    print(told)
    assert known >= KILLS, told  # else nothing was tried
    assert any(form.tries > 1 for form in crowd.forms), told


def _some_work(crowd: Crowd, chance: Random) -> None:
    """Until a few more receipts were seen, none now and then, and a moment longer: however slow the machine
    is, kills fall everywhere between two receipts."""
    wanted = _receipts(crowd) + chance.randrange(5)
    deadline = time.monotonic() + _LONGEST_LIFE
    while _receipts(crowd) < wanted and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(chance.uniform(0.0, 0.3))


def _receipts(crowd: Crowd) -> int:
    return sum(bool(form.receipts) for form in list(crowd.forms))


def _still_there(forms: list[Form], known: int) -> int:
    """Every receipt that somebody holds, right after the kill. Gives how many."""
    held = [form.receipts[0] for form in list(forms) if form.receipts]
    kept: dict[str, list[Callable[[str], bool]]] = defaultdict(list)
    for case in Case.objects.select_related("key"):
        kept[case.number].append(_keeps(case))
    found = sum(any(keeps(one.code) for keeps in kept[one.number]) for one in held)
    assert found == len(held) == len({one.code for one in held})
    assert found >= known
    return found


def _keeps(case: Case) -> Callable[[str], bool]:
    """Whether a code is the case's."""
    key, kept = opener_of(case).key, case.query_code
    return lambda code: code_index(key, code) == kept


def _found_by_their_codes(crowd: Crowd) -> None:
    """Who holds a receipt finds the request with it on the site that came back."""
    held = [form for form in crowd.forms if form.receipts]
    for form in held[:: max(1, len(held) // 5)]:
        assert form.receipts[0].number in crowd.look_up(form)


def _all_in_order(forms: list[Form]) -> int:
    """All that there is, held against what was sent; gives how many were stored without an answer."""
    stored: dict[str, list[Any]] = defaultdict(list)
    for case in Case.objects.select_related("organ", "key", "requester", "sent_form"):
        opener = opener_of(case)
        stored[opener.open(case, "words")].append(case)
        assert opener.open(case.requester, "name")
        assert case.sent_form.case_id == case.pk
        for row in case.files.all():
            assert opener.open_file(row)
    unanswered = 0
    for form in forms:
        cases = stored.pop(form.words, [])
        assert len(cases) <= 1, (form.words, cases)
        for receipt in form.receipts:
            assert [one.number for one in cases] == [receipt.number]
            assert _keeps(cases[0])(receipt.code)
        unanswered += bool(cases) and not form.receipts
    assert not stored
    _numbers_without_a_gap()
    for model in (CaseKey, Requester, SentForm):
        assert model.objects.count() == Case.objects.count(), model
    verdict = verify()
    assert verdict.faults == []
    return unanswered


def _numbers_without_a_gap() -> None:
    for counter in CaseCounter.objects.all():
        rows = Case.objects.filter(organ=counter.organ_id, year=counter.year).order_by("serial")
        assert list(rows.values_list("serial", flat=True)) == list(range(1, counter.last + 1))
