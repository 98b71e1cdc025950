"""Print each measure as a line, then as JSON lines into benchmarks/results/; exit 1 if a limit is missed."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from benchmarks import annual_reports, platform, portal, requests, scans, search, statute, wording, writing

RESULTS = Path(__file__).parent / "results" / "latest.jsonl"


def main() -> int:
    measured = []
    works = (annual_reports, writing, scans, statute, wording, search, platform, portal, requests)
    for measure in chain.from_iterable(work.measures() for work in works):
        print(measure.line(), flush=True)
        measured.append(measure)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(m.json() + "\n" for m in measured), "utf-8")
    print(f"JSON lines: {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")
    return int(any(measure.missed for measure in measured))


if __name__ == "__main__":
    sys.exit(main())
