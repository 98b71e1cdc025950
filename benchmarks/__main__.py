"""Print each measure as a line, then as JSON lines into benchmarks/results/; exit 1 if a limit is missed.

`python -m benchmarks [WORK …]`: all, or those named. Each runs in a process of its own: what one leaves in
memory (models that read scans, whole indexes) made the pages measured after it half as slow again.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "latest.jsonl"
WORKS = (
    "annual_reports",
    "writing",
    "scans",
    "statute",
    "wording",
    "search",
    "platform",
    "portal",
    "requests",
)
_HERE = "--here"  # before a work: in this process


def main(asked: list[str]) -> int:
    if asked[:1] == [_HERE]:
        return _measured(asked[1])
    unknown = [one for one in asked if one not in WORKS]
    if unknown:
        print(f"no such work: {', '.join(unknown)}; there are {', '.join(WORKS)}", file=sys.stderr)
        return 2
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("", "utf-8")
    ends = [
        subprocess.run([sys.executable, "-m", "benchmarks", _HERE, one], check=False).returncode
        for one in asked or WORKS
    ]
    print(f"JSON lines: {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")
    return max(ends)


def _measured(work: str) -> int:
    """One work, here; its measures are put behind those there are."""
    RESULTS.parent.mkdir(exist_ok=True)
    missed = False
    with RESULTS.open("a", encoding="utf-8") as results:
        for measure in import_module(f"benchmarks.{work}").measures():
            print(measure.line(), flush=True)
            results.write(measure.json() + "\n")
            results.flush()
            missed |= bool(measure.missed)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
