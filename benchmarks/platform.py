"""The staff's pages over HTTP at 100,000 records (BENCH_LARGE=1: 1,000,000 too), beside Django's admin.

A million records take half an hour and 10 GB to make, so they are not part of every run. The peer is Django's
own admin over the same rows, on the same server, without sign-in. Citizens' pages: `portal.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from benchmarks.measure import Measure
from benchmarks.serving import (
    COUNTS,
    LIST_LIMIT,
    asked,
    data,
    late,
    middle,
    server,
    signed_in,
    times,
)

SCALE_LIMIT = 180.0 / 100_000 * 1000  # milliseconds a record: 100,000 in three minutes
_SMALL = 1000


def measures() -> Iterator[Measure]:
    """Measures at each number of records, then those of writing."""
    for count in COUNTS:
        yield from _at(count)
    yield from _writing()


def _at(count: int) -> Iterator[Measure]:
    folder, seconds = data(count)
    size = f"{count:,} records"
    if seconds is not None:
        told = seconds / count * 1000
        limit = None if os.environ.get("GONGKAI_DATABASE") else SCALE_LIMIT
        yield Measure(f"sample --scale, a record ({size})", told, "ms", limit)
    records = asked(folder, "facts")["records"]
    with server(folder, "benchmarks.peer_admin") as site:
        lists = ["/admin/disclosure/record/"]
        peer_list = middle(times(site, lists, count=20, warm=lists[0]))
        pages = [f"/admin/disclosure/record/{one}/change/" for one in records]
        peer_record = middle(times(site, pages, warm=pages[0]))
    with server(folder) as site:
        clerk = signed_in(site, "xugou.clerk")
        for name, addresses, peer in (
            ("staff: records", ["/work/records/"], peer_list),
            ("staff: record", [f"/work/records/{one}/" for one in records], peer_record),
            ("staff: today", ["/work/"], peer_list),
        ):
            rising = times(site, addresses, count=150, warm=addresses[0], headers=clerk)
            yield Measure(
                f"{name}, p50 ({size})", middle(rising), "ms", LIST_LIMIT, False, "Django admin", peer
            )
            yield Measure(f"{name}, p95 ({size})", late(rising), "ms")
    if count <= COUNTS[0]:
        yield Measure(f"audit verify ({size})", asked(folder, "verify")["a_second"], "rows/s")


def _writing() -> Iterator[Measure]:
    """In a small database: what it costs is the same in a large one, and the large one stays as it is."""
    folder, _ = data(_SMALL)
    yield Measure("draft, submit, three reviews, publish", asked(folder, "publish")["a_second"], "records/s")
