"""The long mode: `python -m tests.fuzz.coverage_guided` lets atheris look for files that break the readers.

The corpus begins with the reports that the tests print, in every layout and form. What breaks is written to a
folder that is named at the end; such a file becomes a test before its fault is mended.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import sys
import time
import traceback
from pathlib import Path
from random import Random
from typing import NoReturn

import atheris

# The readers are else imported when a file of theirs comes: too late to be watched.
_WATCHED = ("docx", "html", "pdf", "richer_text", "separated_values", "xlsx", "json_value")

with atheris.instrument_imports(include=["gongkai"]):
    for _module in _WATCHED:
        importlib.import_module(f"gongkai.documents.{_module}")
    from tests.fuzz.outcome import TooSlow, outcome


from tests.fuzz.mutations import mutated  # noqa: E402 -- the readers first
from tests.fuzz.seeds import all_seeds  # noqa: E402

# The first byte of an input says under which name the rest is read.
NAMES = ("report.txt", "report.md", "report.csv", "report.html", "report.docx", "report.xlsx", "report.pdf")
NAMES = (*NAMES, "report.json")
LONGEST = 80_000
_DEFAULT_FOLDER = Path("var/fuzz")


def main() -> NoReturn:
    given = _arguments()
    corpus, crashes = given.folder / "corpus", given.folder / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in all_seeds():
        entry = bytes([NAMES.index(name)]) + content
        (corpus / hashlib.sha256(entry).hexdigest()[:16]).write_bytes(entry)
    search = Search(crashes, time.monotonic() + given.seconds)
    options = [f"-max_len={LONGEST}", "-timeout=30", "-rss_limit_mb=3000", f"-artifact_prefix={crashes}/"]
    atheris.Setup(
        [sys.argv[0], *options, "-print_final_stats=0", "-len_control=0", str(corpus)],
        search.one,
        custom_mutator=mutate,
    )
    atheris.Fuzz()
    raise AssertionError("atheris returned")


def mutate(data: bytes, largest: int, number: int) -> bytes:
    """Half of the time by the kind of the file, else as libFuzzer does."""
    rng = Random(number)
    if len(data) > 1 and rng.random() < 0.6:
        name = NAMES[data[0] % len(NAMES)]
        return (data[:1] + mutated(name, data[1:], rng))[:largest]
    return bytes(atheris.Mutate(data, largest))


class Search:
    """Reads one input after the other until its time is over; each new kind of fault is kept once."""

    def __init__(self, crashes: Path, end: float) -> None:
        self._crashes = crashes
        self._end = end
        self._files = 0
        self._kinds: set[str] = set()

    def one(self, data: bytes) -> None:
        """Read one input. Faults are kept and counted, so that one does not hide the next."""
        if time.monotonic() > self._end:
            self._finish()
        if len(data) < 2:
            return
        self._files += 1
        name = NAMES[data[0] % len(NAMES)]
        try:
            outcome(name, data[1:])
        except Exception as fault:  # noqa: BLE001 -- any is what is looked for
            self._keep(name, data[1:], fault)

    def _keep(self, name: str, content: bytes, fault: Exception) -> None:
        frames = traceback.extract_tb(fault.__traceback__)
        where = "slow" if isinstance(fault, TooSlow) else f"{frames[-1].name}:{frames[-1].lineno}"
        kind = f"{type(fault).__name__}:{where}:{name}"
        if kind in self._kinds:
            return
        self._kinds.add(kind)
        digest = hashlib.sha256(content).hexdigest()[:12]
        (self._crashes / f"{digest}.{name}").write_bytes(content)
        told = "".join(traceback.format_exception(fault))
        (self._crashes / f"{digest}.{name}.why.txt").write_text(told, "utf-8")
        print(f"\nfault {kind}: {fault}", file=sys.stderr, flush=True)

    def _finish(self) -> NoReturn:
        found = f"{len(self._kinds)} kinds of fault"
        print(f"\n{self._files} files read, {found}; they are in {self._crashes}", flush=True)
        # libFuzzer has no other door out of its loop that leaves an exit status.
        os._exit(1 if self._kinds else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--folder", type=Path, default=_DEFAULT_FOLDER, help="corpus and crashes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
