"""One measure: what was timed, its limit, and the peer timed in the same run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Measure:
    """`ratio` is ours to the peer's. `at_least`: the limit is a floor (reports a second), else a ceiling.

    `ratio_limit`: the highest ratio allowed.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    peer: str | None = None
    peer_value: float | None = None
    ratio_limit: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.peer_value if self.peer_value else None

    @property
    def missed(self) -> bool:
        if self.ratio_limit is not None and self.ratio is not None and self.ratio > self.ratio_limit:
            return True
        if self.limit is None:
            return False
        return self.value < self.limit if self.at_least else self.value > self.limit

    def line(self) -> str:
        limit = "-" if self.limit is None else f"{'≥' if self.at_least else '≤'} {self.limit:g}"
        peer = "-" if self.peer is None else f"{self.peer} {self.peer_value:.4g}"
        ratio = "-" if self.ratio is None else f"× {self.ratio:.2f}"
        if self.ratio_limit is not None:
            ratio += f" (≤ {self.ratio_limit:.3g})"
        mark = "  MISSED" if self.missed else ""
        return f"{self.name:<44} {self.value:>9.4g} {self.unit:<10} {limit:<8} {peer:<34} {ratio}{mark}"

    def json(self) -> str:
        return json.dumps({**asdict(self), "ratio": self.ratio, "missed": self.missed}, ensure_ascii=False)


def milliseconds(work: Callable[[], object], *, seconds: float = 1.0, least: int = 3) -> float:
    """The median time of one call on one core, over as many calls as fit in `seconds`.

    Processor time, so that what else the machine does is not measured.
    """
    times: list[float] = []
    work()  # warm: imports and caches are not what is measured
    end = time.process_time() + seconds
    while len(times) < least or time.process_time() < end:
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    times.sort()
    return times[len(times) // 2] * 1000
