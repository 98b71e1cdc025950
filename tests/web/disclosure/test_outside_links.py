"""Links to other sites: what is dead is told, what is inside is never knocked at, nobody waits for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.web.disclosure import outside_links
from gongkai.web.disclosure.outside_links import dead_links

ASKED: list[str] = []


class Site(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        ASKED.append(self.path)
        statuses = {"/there": 200, "/gone": 410, "/shy": 403, "/broken": 500, "/no-head": 405}
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header(
                "Location", {"/away": "/there", "/away-inside": "http://10.0.0.1/"}.get(self.path, self.path)
            )
        elif self.path == "/slow":
            time.sleep(3)
            self.send_response(200)
        else:
            self.send_response(statuses.get(self.path, 404))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path in ("/no-head", "/%E4%B8%AD%E6%96%87?q=%E7%94%B2") else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def site() -> Iterator[str]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _dead(*hrefs: str) -> list[str]:
    return [one.href for one in dead_links(hrefs, is_allowed=lambda address: address.is_loopback)]


def test_dead_links_are_told_and_living_ones_not(site: str) -> None:
    living = [f"{site}/{name}" for name in ("there", "shy", "no-head", "away", "中文?q=甲")]
    dead = [f"{site}/{name}" for name in ("gone", "missing", "broken", "away-for-ever")]
    assert _dead(*living, *dead) == dead


def test_a_site_inside_is_never_knocked_at(site: str) -> None:
    told = dead_links(
        [f"{site}/there", "http://localhost/x", "http://[::1]/", "http://169.254.169.254/latest"]
    )
    assert len(told) == 4
    assert all("内部网络" in one.zh for one in told)
    assert ASKED == []


def test_a_redirect_to_the_inside_is_not_followed(site: str) -> None:
    assert _dead(f"{site}/away-inside") == [f"{site}/away-inside"]


def test_nobody_waits_for_a_slow_site(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside_links, "TOGETHER", 0.3)
    began = time.monotonic()
    assert _dead(f"{site}/slow") == []
    assert time.monotonic() - began < 2


def test_an_unknown_name_and_a_closed_door_are_told() -> None:
    told = dead_links(
        ["http://no-such-site.invalid/", "http://127.0.0.1:9/"],
        is_allowed=lambda address: address.is_loopback,
    )
    assert [one.is_certain for one in told] == [True, False]
