"""Citizens' pages and search over HTTP at 100,000 records (BENCH_LARGE=1: 1,000,000 too), beside Wagtail.

Two states. "cold": the server has just begun, and the database and the index have left the system's memory;
each address is asked for once. "warm": the same addresses again. Pages of lists and of records are kept by
the server (portal/freshness.py); their measures say "new" where an address is one that it cannot have kept.
Nothing that search answers is kept.

The peer is a record's page in Wagtail (peer_wagtail), of the same facts and body, as many pages as there are
public records, on the same server with as many workers and readers, in the same two states. Wagtail has an
environment of its own (`make peers`: requirements/peers.txt); without it the peer is left out.
BENCH_WAGTAIL_PYTHON names another interpreter that has it, and granian.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.measure import Measure
from benchmarks.serving import (
    COUNTS,
    LIST_LIMIT,
    RECORD_LIMIT,
    SEARCH_LIMIT,
    asked,
    command,
    data,
    forget,
    late,
    middle,
    processor,
    server,
    throughput,
    times,
)

_PEER = "benchmarks.peer_wagtail"
_PEERS = Path(__file__).parents[1] / ".venv-peers"
_WARM_UP = "/o/"
_NEW = 60


class Peer(NamedTuple):
    """The peer's page: medians and processor time in milliseconds, and requests answered in a second."""

    cold: float
    warm: float
    work: float | None
    a_second: float


def measures() -> Iterator[Measure]:
    """Measures at each number of records."""
    for count in COUNTS:
        folder, _ = data(count)
        size = f"{count:,} records"
        facts = asked(folder, "facts")
        yield from _index(folder, size)
        peer = _peer(folder, facts["records"])
        yield from _records(folder, facts["records"], peer, size)
        yield from _lists(folder, size)
        yield from _search(folder, [text for _, text in asked(folder, "questions")], size)


def _records(folder: Path, records: Sequence[int], peer: Peer | None, size: str) -> Iterator[Measure]:
    pages = [f"/o/xugou/records/{one}/" for one in records]
    others = {number: [f"{page}?n={number}" for page in pages] for number in range(20)}
    forget(folder)
    with server(folder) as site:
        for state, addresses in (("cold, new", pages), ("warm, new", others[0]), ("warm, kept", pages)):
            if state == "warm, kept":
                times(site, pages, count=4 * len(pages))  # each worker has its own
            rising = times(site, addresses, warm=_WARM_UP if state == "cold, new" else "")
            beside = ("Wagtail page", getattr(peer, state.partition(",")[0])) if peer else (None, None)
            name = f"record page, {state}"
            yield Measure(f"{name}, p50 ({size})", middle(rising), "ms", RECORD_LIMIT, False, *beside)
            yield Measure(f"{name}, p95 ({size})", late(rising), "ms")
        for state, addresses in (("new", others[1]), ("kept", pages)):
            if (work := processor(site, addresses)) is not None:
                beside = ("Wagtail page", peer.work) if peer else (None, None)
                yield Measure(f"record page, {state}, processor ({size})", work, "ms", None, False, *beside)
            beside = ("Wagtail page", peer.a_second) if peer else (None, None)
            every = pages if state == "kept" else [one for number in range(2, 20) for one in others[number]]
            rate = throughput(site, every)
            yield Measure(f"record page, {state} ({size})", rate, "requests/s", None, True, *beside)


def _lists(folder: Path, size: str) -> Iterator[Measure]:
    """Pages that no worker has kept, since nobody has asked for these very addresses; then kept ones."""
    years, categories = range(2024, 2027), ("20.01", "20.03", "20.05", "20.08", "20.11", "20.12", "20.13")
    chosen = [f"category={one}&year={year}" for one, year in product(categories, years)]
    chosen += [
        f"year={year}&validity={one}" for year, one in product(years, ("in_force", "repealed", "expired"))
    ]
    chosen += [f"theme={one:02d}" for one in range(1, 21)]
    lists = {
        "organ page": [f"/o/xugou/?n={number}" for number in range(_NEW)],
        "filtered list": [f"/o/xugou/?{one}" for one in chosen],
    }
    for name, addresses in lists.items():
        forget(folder)
        with server(folder) as site:
            cold = times(site, addresses, warm=_WARM_UP)
            new = times(site, [f"{address}&again=1" for address in addresses])
            kept = addresses[:4]
            times(site, kept, count=4 * len(kept))
            warm = times(site, kept, count=len(addresses))
            for state, rising in (("cold, new", cold), ("warm, new", new), ("warm, kept", warm)):
                yield Measure(f"{name}, {state}, p50 ({size})", middle(rising), "ms", LIST_LIMIT)
                yield Measure(f"{name}, {state}, p95 ({size})", late(rising), "ms")
            if (work := processor(site, [f"{address}&again=2" for address in addresses])) is not None:
                yield Measure(f"{name}, new, processor ({size})", work, "ms")
            yield Measure(f"{name}, kept ({size})", throughput(site, kept), "requests/s")
            some = [f"{address}&n={number}" for number in range(40) for address in addresses]
            yield Measure(f"{name}, new ({size})", throughput(site, some), "requests/s")


def _search(folder: Path, questions: Sequence[str], size: str) -> Iterator[Measure]:
    pages = [f"/search/?q={quote(one)}" for one in questions]
    forget(folder)
    with server(folder) as site:
        for state, limit in (("cold", None), ("warm", SEARCH_LIMIT)):
            rising = times(site, pages, warm=_WARM_UP if state == "cold" else "")
            yield Measure(f"search page, {state}, p50 ({size})", middle(rising), "ms")
            yield Measure(f"search page, {state}, p95 ({size})", late(rising), "ms", limit)
        if (work := processor(site, pages)) is not None:
            yield Measure(f"search page, processor ({size})", work, "ms")
        yield Measure(f"search page ({size})", throughput(site, pages), "requests/s")


def _index(folder: Path, size: str) -> Iterator[Measure]:
    index = asked(folder, "index")
    if index["seconds"] is not None:
        yield Measure(f"search rebuild ({size})", index["seconds"], "s")
        yield Measure(f"search rebuild ({size})", index["documents"] / index["seconds"], "records/s")
    yield Measure(f"search index ({size})", index["megabytes"], "MB")


def _why_no_peer(python: str) -> str:
    """Why nothing is measured beside Wagtail; "" where it is."""
    if os.environ.get("GONGKAI_DATABASE"):
        return "its texts come from SQLite"
    if not Path(python).is_file():
        return f"there is no {python}; `make peers` sets it up"
    has = subprocess.run([python, "-c", "import wagtail, granian"], capture_output=True, check=False)
    return f"{python} has no wagtail or no granian; `make peers` installs them" if has.returncode else ""


def _peer(folder: Path, records: Sequence[int]) -> Peer | None:
    python = os.environ.get("BENCH_WAGTAIL_PYTHON") or str(_PEERS / "bin" / "python")
    if why := _why_no_peer(python):
        print(f"the Wagtail peer is left out: {why}", flush=True)
        return None
    told = json.loads(command(folder, "-m", f"{_PEER}.load", python=python, site=_PEER))
    made = "" if told["seconds"] is None else f", written in {told['seconds']:.0f} s"
    print(f"the Wagtail peer has {told['pages']:,} pages{made}", flush=True)
    pages = [f"/content/r{one}/" for one in records]
    forget(folder)
    with server(folder, _PEER, python=python) as site:
        cold, warm = times(site, pages, warm=pages[0]), times(site, pages)
        return Peer(middle(cold), middle(warm), processor(site, pages), throughput(site, pages))
