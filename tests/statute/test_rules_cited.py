"""Every rule of sections 1, 3, 4 and 7 of the law sheet is cited in the code, or left out for a reason."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEET = ROOT.parent / "shared" / "law" / "LAW.md"
LEFT_OUT = Path(__file__).with_name("rules_left_out.toml")
RULE = re.compile(r"\b(?:REG|FEE|CAL|ARL|APL)\.\d+(?:\.\d+)?[a-c]?")
_ROW = re.compile(r"(?:\| |- )((?:REG|FEE|CAL)\.[\d.a-c]+(?:[/-]\d+)?)")
OUTCOME = re.compile(r"\| ((?:OPEN|REF|NONE|NOP|OTH)-\d|PART) \|")

needs_sheet = pytest.mark.skipif(not SHEET.exists(), reason="the law sheet is not beside the repository")


@cache
def rules() -> frozenset[str]:
    """The ids of the rules: those that head a row or a point, in section 7 those it speaks of."""
    sections = {part[0]: part for part in re.split(r"(?m)^## ", SHEET.read_text("utf-8"))[1:]}
    found: set[str] = set()
    for number in "134":
        for match in _ROW.finditer(sections[number]):
            found.update(_apart(match[1]))
        found.update(OUTCOME.findall(sections[number]))
    for chain in re.finditer(r"\b(ARL|APL)\.?\s?(\d+(?:\.\d+)?(?:[-,]\s?\d+)*)", sections["7"]):
        found.update(_apart(f"{chain[1]}.{chain[2]}"))
    return frozenset(found)


def _apart(written: str) -> list[str]:
    """REG.5/6 as both; ARL.24-28 as the five."""
    law, _, numbers = written.partition(".")
    found: list[str] = []
    for part in re.split(r"[,/]\s?", numbers):
        first, dash, last = part.partition("-")
        found += [f"{law}.{n}" for n in range(int(first), int(last) + 1)] if dash else [f"{law}.{part}"]
    return found


@cache
def cited() -> frozenset[str]:
    """Every id that stands in the package's code or data, with those it is a part of."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*"):
        if path.suffix in (".py", ".toml", ".csv"):
            text = path.read_text("utf-8")
            found.update(RULE.findall(text))
            found.update(re.findall(r"\b(?:OPEN|REF|NONE|NOP|OTH)-\d\b|\bPART\b", text))
    return frozenset(found | {whole for rule in found for whole in _wholes(rule)})


def _wholes(rule: str) -> list[str]:
    """REG.33.2 is a part of REG.33; REG.14a of REG.14."""
    return [re.sub(r"(?:\.\d+[a-c]?|[a-c])$", "", rule)] if re.search(r"\d\.\d|[a-c]$", rule) else []


def left_out() -> dict[str, str]:
    return tomllib.loads(LEFT_OUT.read_text("utf-8"))


@needs_sheet
def test_every_rule_is_cited_or_left_out_for_a_reason() -> None:
    missing = sorted(rules() - cited() - left_out().keys())
    assert missing == []


@needs_sheet
def test_a_rule_left_out_is_one_of_the_sheet_and_not_cited() -> None:
    listed = left_out()
    assert sorted(listed.keys() - rules()) == []
    assert sorted(listed.keys() & cited()) == []


def test_every_reason_is_a_sentence() -> None:
    assert all(len(reason) > 20 and reason.endswith(".") for reason in left_out().values())
