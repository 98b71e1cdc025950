"""Disclosure on request over HTTP at 100,000 cases (BENCH_LARGE=1: 1,000,000 too): staff's pages, and forms
that many citizens send at once.

Beside the page of a case stands froide's page of a request, as measured before on such a machine with a small
database: 193 ms, 10 queries. It is not run here.
"""

from __future__ import annotations

import http.client
import json
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from benchmarks.measure import Measure
from benchmarks.serving import (
    COUNTS,
    LIST_LIMIT,
    VAR,
    Running,
    command,
    is_of_this_schema,
    late,
    middle,
    schema,
    server,
    signed_in,
    times,
)

CASE_LIMIT, CASE_QUERIES, SUBMIT_LIMIT = 25.0, 15, 50.0  # milliseconds, queries, milliseconds (p95)
_FROIDE = 193.0
_CLIENTS, _EACH = 20, 12
_PAUSE = (0.5, 1.5)  # seconds between two forms of a client
_RECORDS = 1000


def measures() -> Iterator[Measure]:
    """Measures at each number of cases, then those of sending."""
    for count in COUNTS:
        yield from _at(count)
    yield from _sending()


def _at(count: int) -> Iterator[Measure]:
    folder, size = _data(count), f"{count:,} cases"
    facts = json.loads(_asked(folder, "facts"))
    most = json.loads(_asked(folder, "queries"))["case"]
    with server(folder) as site:
        clerk = signed_in(site, "xugou.clerk")
        pages = [f"/work/requests/{one}/" for one in facts["cases"]]
        rising = times(site, pages, count=2 * len(pages), warm=pages[0], headers=clerk)
        yield Measure(
            f"case page, p50 ({size})", middle(rising), "ms", CASE_LIMIT, False, "froide (earlier)", _FROIDE
        )
        yield Measure(f"case page, p95 ({size})", late(rising), "ms")
        yield Measure(f"case page ({size})", most, "queries", CASE_QUERIES, False, "froide (earlier)", 10)
        for name, address in (
            (f"to-do of {facts['open']:,} open cases", "/work/requests/"),
            ("all open cases, newest first", "/work/requests/?stands=open"),
            ("all cases", "/work/requests/?tab=all"),
            ("today", "/work/"),
        ):
            rising = times(site, [address], count=60, warm=address, headers=clerk)
            yield Measure(f"{name}, p50 ({size})", middle(rising), "ms", LIST_LIMIT)
            yield Measure(f"{name}, p95 ({size})", late(rising), "ms")


def _sending() -> Iterator[Measure]:
    """Twenty citizens, each sending form after form: with a second's pause, then without any."""
    folder = _data(_RECORDS)
    for name, pause, limit in (("a second's pause", _PAUSE, SUBMIT_LIMIT), ("no pause", (0.0, 0.0), None)):
        forms = json.loads(_asked(folder, "forms", str(_CLIENTS * (_EACH + 1))))
        with server(folder, GONGKAI_PROXIES="1") as site:  # each form comes from another network
            begun = time.perf_counter()
            rising = _sent(site, forms, pause)
            rate = len(rising) / (time.perf_counter() - begun)
            yield Measure(f"send a request, {_CLIENTS} clients, {name}, p95", late(rising), "ms", limit)
            yield Measure(f"send a request, {_CLIENTS} clients, {name}, p50", middle(rising), "ms")
            yield Measure(f"send a request, {_CLIENTS} clients, {name}", rate, "requests/s")


def _sent(site: Running, forms: Sequence[dict[str, str]], pause: tuple[float, float]) -> list[float]:
    """Waiting in milliseconds of all clients, in rising order. The first form of each is not counted: both
    workers begin with it."""
    found: list[list[float]] = [[] for _ in range(_CLIENTS)]
    failed: list[str] = []

    def send(client: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        chance = Random(client)
        for number, form in enumerate(forms[client::_CLIENTS]):
            time.sleep(chance.uniform(*pause))
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Sec-Fetch-Site": "same-origin",
                "X-Forwarded-For": f"10.{client}.{number}.7",
            }
            body = urlencode({"state": form["state"], "at": "summary", "go": "send"})
            begun = time.perf_counter()
            line.request("POST", f"/o/{form['organ']}/request/form/", body, headers)
            answer = line.getresponse()
            told = answer.read()
            took = (time.perf_counter() - begun) * 1000
            if b"receipt-code" not in told:
                failed.append(f"{answer.status} {told[:200]!r}")
            if number:
                found[client].append(took)

    clients = [threading.Thread(target=send, args=(number,)) for number in range(_CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    if failed:
        raise RuntimeError(f"{len(failed)} forms were not taken: {failed[0]}")
    return sorted(one for every in found for one in every)


def _data(count: int) -> Path:
    """A small sample with so many cases, made once."""
    folder = VAR / f"bench-requests-{count}"
    done = folder / "made-on-sqlite"
    if done.exists() and is_of_this_schema(done):
        return folder
    shutil.rmtree(folder, ignore_errors=True)  # of another schema, or of a run that was stopped half way
    folder.mkdir(parents=True)
    command(folder, "-m", "gongkai.cli", "sample", "--scale", str(_RECORDS))
    seconds = json.loads(_asked(folder, "fill", str(count)))["seconds"]
    done.write_text(f"{seconds:.1f} s\n{schema()}\n", "utf-8")
    return folder


def _asked(folder: Path, what: str, *more: str) -> str:
    return command(folder, "-m", "benchmarks.requests_data", what, *more)
