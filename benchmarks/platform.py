"""The platform's pages over HTTP at 100,000 records (BENCH_LARGE=1: 1,000,000 too), beside Django's admin.

A real server (granian, two workers) on this machine; one reader at a time for the times, four for requests a
second. The data is made by `gongkai sample --scale` into var/bench-N and used again; at a million records
that takes half an hour and 10 GB, so it is not part of every run. The peer is Django's own admin over the
same rows, on the same server, without sign-in.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.measure import Measure

VAR = Path(__file__).resolve().parents[1] / "var"
COUNTS = (100_000, 1_000_000) if os.environ.get("BENCH_LARGE") == "1" else (100_000,)
LIST_LIMIT, RECORD_LIMIT = 40.0, 10.0  # milliseconds, the median
SCALE_LIMIT = 180.0 / 100_000 * 1000  # milliseconds a record: 100,000 in three minutes
_REQUESTS = 150
_READERS = 4
_SECONDS = 5.0
_SMALL = 1000
_SIGN_IN = "/work/sign-in/"
Headers = dict[str, str]


def measures() -> Iterator[Measure]:
    """Measures at each number of records, then those of writing."""
    for count in COUNTS:
        yield from _at(count)
    yield from _writing()


def _at(count: int) -> Iterator[Measure]:
    folder, seconds = _data(count)
    size = f"{count:,} records"
    if seconds is not None:
        told = seconds / count * 1000
        limit = None if os.environ.get("GONGKAI_DATABASE") else SCALE_LIMIT
        yield Measure(f"sample --scale, a record ({size})", told, "ms", limit)
    records = _asked(folder, "facts")["records"]
    with _server(folder, "benchmarks.peer_admin.settings") as port:
        peer_list = _times(port, cycle(["/admin/disclosure/record/"]), {}, least=20)[0]
        peer_record = _times(port, _addresses("/admin/disclosure/record/{}/change/", records), {})[0]
    with _server(folder, "gongkai.web.config.settings") as port:
        clerk = _signed_in(port, "xugou.clerk")
        pages: tuple[tuple[str, Iterator[str], Headers, float, float], ...] = (
            ("organ page", cycle(["/o/xugou/"]), {}, LIST_LIMIT, peer_list),
            ("filtered list", _filtered(), {}, LIST_LIMIT, peer_list),
            ("record page", _addresses("/o/xugou/records/{}/", records), {}, RECORD_LIMIT, peer_record),
            ("staff: records", cycle(["/work/records/"]), clerk, LIST_LIMIT, peer_list),
            ("staff: record", _addresses("/work/records/{}/", records), clerk, LIST_LIMIT, peer_record),
            ("staff: today", cycle(["/work/"]), clerk, LIST_LIMIT, peer_list),
        )
        for name, addresses, headers, limit, peer in pages:
            middle, late = _times(port, addresses, headers)
            yield Measure(f"{name}, p50 ({size})", middle, "ms", limit, peer="Django admin", peer_value=peer)
            yield Measure(f"{name}, p95 ({size})", late, "ms")
        for name, addresses, headers, _, _ in pages[:3]:
            yield Measure(f"{name} ({size})", _throughput(port, addresses, headers), "requests/s")
    if count <= COUNTS[0]:
        yield Measure(f"audit verify ({size})", _asked(folder, "verify")["a_second"], "rows/s")


def _writing() -> Iterator[Measure]:
    """In a small database: what it costs is the same in a large one, and the large one stays as it is."""
    folder, _ = _data(_SMALL)
    yield Measure("draft, submit, three reviews, publish", _asked(folder, "publish")["a_second"], "records/s")


# ---- data ----


def _data(count: int) -> tuple[Path, float | None]:
    """The folder with so many records, and the seconds it took if they were made now."""
    on = "postgresql" if os.environ.get("GONGKAI_DATABASE") else "sqlite"
    folder = VAR / f"bench-{count}"
    done = folder / f"made-on-{on}"
    if done.exists():
        _command(folder, "-c", _MIGRATE)
        return folder, None
    for left in folder.glob("gongkai.sqlite3*"):
        left.unlink()  # of a run that was stopped half way
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    _command(folder, "-m", "gongkai.cli", "sample", "--scale", str(count))
    seconds = time.perf_counter() - begun
    done.write_text(f"{seconds:.1f} s\n", "utf-8")
    return folder, seconds


_MIGRATE = (
    "from gongkai.cli_platform import start; start(); from django.core.management import call_command; "
    "call_command('migrate', verbosity=0)"
)


def _asked(folder: Path, what: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_command(folder, "-m", "benchmarks.platform_data", what))
    return answer


def _command(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=_environment(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _environment(folder: Path, settings: str = "gongkai.web.config.settings") -> dict[str, str]:
    key = "a key for measuring, of no use elsewhere: " + "0" * 20
    own = {"GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": settings, "GONGKAI_SECRET_KEY": key}
    return {**os.environ, **own}


# ---- a server and its readers ----


@contextmanager
def _server(folder: Path, settings: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "2", "--no-ws", "--log-level", "error"]
    command += ["gongkai.web.config.wsgi:application"]
    with subprocess.Popen(command, env=_environment(folder, settings)) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _get(line: http.client.HTTPConnection, address: str, headers: Headers) -> bytes:
    line.request("GET", address, headers=headers)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return body


def _times(
    port: int, addresses: Iterator[str], headers: Headers, least: int = _REQUESTS
) -> tuple[float, float]:
    """Median and 95th percentile of one reader's waiting, in milliseconds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for number in range(least + 10):
        address = next(addresses)
        begun = time.perf_counter()
        _get(line, address, headers)
        if number >= 10:  # both workers have begun, their caches are warm
            times.append((time.perf_counter() - begun) * 1000)
    line.close()
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _throughput(port: int, addresses: Iterator[str], headers: Headers) -> float:
    """Requests answered in a second to several readers, who take their share of the same machine."""
    some = [next(addresses) for _ in range(200)]
    counts = [0] * _READERS
    end = time.perf_counter() + _SECONDS

    def read(reader: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.perf_counter() < end:
            _get(line, some[(counts[reader] * _READERS + reader) % len(some)], headers)
            counts[reader] += 1
        line.close()

    readers = [threading.Thread(target=read, args=(number,)) for number in range(_READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return sum(counts) / _SECONDS


def _signed_in(port: int, username: str) -> Headers:
    """The cookie of somebody who has signed in at the page for it."""
    from gongkai.web.sample.district import PASSWORD

    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", _SIGN_IN)
    answer = line.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the sign-in page has no form")
    cookies = _cookies(answer)
    form = urlencode({"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]})
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    line.request("POST", _SIGN_IN, form, sent)
    answer = line.getresponse()
    answer.read()
    session = _cookies(answer)
    if answer.status != 302 or "session=" not in session:
        raise RuntimeError(f"{username} could not sign in: {answer.status}")
    return {"Cookie": session}


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or ())


def _addresses(form: str, records: list[int]) -> Iterator[str]:
    return cycle([form.format(number) for number in records])


def _filtered() -> Iterator[str]:
    chosen = ("category=20.11", "year=2025", "validity=repealed", "category=20.01&year=2024", "theme=06")
    return cycle([f"/o/xugou/?{one}" for one in chosen])
