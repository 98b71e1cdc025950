"""Names in context, and words that look like names: what share is found, and what share of it is right.

The figures stand here so that a change shows. They say how the finder does on these lines, which were written
before it was run on them and then used to better it; on text nobody has looked at it does worse.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from gongkai.wording.scanning import ScanOptions, scan

_FOLDER = Path(__file__).parent / "labelled"
PERSONAL = ScanOptions(wording=False)


def names_in(text: str) -> list[str]:
    return [found.text for found in scan(text, options=PERSONAL) if found.kind == "PII.NAME"]


def measured(name: str) -> tuple[float, float, list[str]]:
    """Recall, precision, and what went wrong."""
    lines = tomllib.loads((_FOLDER / name).read_text("utf-8"))
    right = missed = 0
    mistakes = []
    wrong = 0
    for text, *expected in lines["positives"]:
        found = names_in(text)
        right += len(set(expected) & set(found))
        missed += len(set(expected) - set(found))
        wrong += len(set(found) - set(expected))
        mistakes += [text] if set(found) != set(expected) else []
    for text in lines["negatives"]:
        wrong += len(names_in(text))
        mistakes += [text] if names_in(text) else []
    return right / (right + missed), right / (right + wrong), mistakes


def test_names_of_the_set_they_were_bettered_on() -> None:
    recall, precision, mistakes = measured("names.toml")
    assert recall >= 0.90, mistakes
    assert precision >= 0.98, mistakes


def test_names_of_lines_nobody_bettered_it_on() -> None:
    recall, precision, mistakes = measured("names_unseen.toml")
    assert recall >= 0.70, mistakes
    assert precision >= 0.95, mistakes
