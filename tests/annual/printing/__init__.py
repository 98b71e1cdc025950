"""Prints random valid annual reports in the layouts real publishers produce, and knows the true figures.

`random_report` makes a report in the contract's shape, `print_report` prints it in a layout under
disturbances, `printed_case` does both from a seed. `python -m tests.annual.printing --layout tab_rows
--form 2021 --seed 7` shows one.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.annual.printing.disturbances import Disturbances, some_disturbances
from tests.annual.printing.layouts import LAYOUTS, Layout
from tests.annual.printing.narration import narrative
from tests.annual.printing.printed import printed
from tests.annual.printing.reports import random_report

__all__ = [
    "LAYOUTS",
    "Case",
    "Disturbances",
    "Layout",
    "narrative",
    "print_report",
    "printed_case",
    "random_report",
]


@dataclass(frozen=True)
class Case:
    """A file and what a careful reader must find in it."""

    layout: str
    form: str
    seed: int
    disturbances: Disturbances
    content: bytes
    name: str
    truth: dict[str, Any]

    def __str__(self) -> str:
        disturbed = ", ".join(sorted(self.disturbances)) or "undisturbed"
        return f"--layout {self.layout} --form {self.form} --seed {self.seed} ({disturbed})"


def print_report(
    report: dict[str, Any], layout: str, rng: Random, disturbances: Disturbances = frozenset()
) -> tuple[bytes, str, dict[str, Any]]:
    """The file's bytes, its name, and the truth: the report with None where no figure was printed."""
    words = printed(report, rng, disturbances)
    content = LAYOUTS[layout].print(words, rng)
    name = f"report.{LAYOUTS[layout].suffix}"
    return (_encoded(content, disturbances) if isinstance(content, str) else content), name, words.truth


def printed_case(layout: str, form: str, seed: int) -> Case:
    """The case of that seed: the same report, disturbances and bytes every time."""
    rng = Random(f"{layout}/{form}/{seed}")
    kind = LAYOUTS[layout]
    disturbances = some_disturbances(
        rng, form, blanks=kind.blanks, notes=kind.notes, encodings=kind.is_text, some_dashes=kind.some_dashes
    )
    content, name, truth = print_report(random_report(rng, form), layout, rng, disturbances)
    return Case(layout, form, seed, disturbances, content, name, truth)


def _encoded(text: str, disturbances: Disturbances) -> bytes:
    if "crlf" in disturbances:
        text = text.replace("\n", "\r\n")
    if "gb18030" in disturbances:
        return text.encode("gb18030")
    return text.encode("utf-8-sig" if "utf8_with_mark" in disturbances else "utf-8")
