"""The table of checks: what each is called, which rule it serves, how grave its findings are.

The table is data (`rules.toml` beside this file). An office lays its own severities and thresholds over it
with a toml file of the same shape; `severity = "off"` silences a check.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.annual.findings import SEVERITIES, Finding

if TYPE_CHECKING:
    from gongkai.annual.checking.examination import Examination

Check = Callable[["Examination"], Iterator[Finding]]
Threshold = int | Decimal

# name of a check -> the function that makes its findings; one function may serve several names
_FUNCTIONS: dict[str, Check] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `rule` is an id of LAW.md, `article` the article or section it rests on."""

    name: str
    rule: str
    severity: str  # error, warning, info, or off
    title_zh: str
    title_en: str
    article: str
    explanation_zh: str
    explanation_en: str = ""
    # What `expected` and `found` are, where not one cell's value; perhaps a third: how the two are related.
    sides_zh: Sequence[str] = ()
    sides_en: Sequence[str] = ()
    function: Check | None = None


@dataclass(frozen=True, slots=True)
class RuleTable:
    """All checks by name, in the order of the form, with the thresholds some of them use."""

    rules: dict[str, Rule]
    thresholds: dict[str, Threshold]


class RulesError(ValueError):
    """A rules file that cannot be used; the message says which entry and why, in Chinese."""


def serves(*names: str) -> Callable[[Check], Check]:
    """Marks a function as the maker of the findings with these names."""

    def register(function: Check) -> Check:
        for name in names:
            assert name not in _FUNCTIONS, name
            _FUNCTIONS[name] = function
        return function

    return register


@cache
def default_rules() -> RuleTable:
    """The table as shipped. Call it after the modules with the checks are imported."""
    data = tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text("utf-8"))
    rules = {}
    for entry in data["checks"]:
        rules[entry["name"]] = Rule(**entry, function=_FUNCTIONS.get(entry["name"]))
    if forgotten := sorted(set(_FUNCTIONS) - set(rules)):  # such a check would never run
        raise RulesError(f"rules.toml没有检查项“{'”“'.join(forgotten)}”，但有为它写的函数。")
    return RuleTable(rules, _thresholds(data))


def load_rules(path: str | Path) -> RuleTable:
    """The shipped table with an office's own severities and thresholds laid over it.

    The file has `[[checks]]` entries with `name` and `severity`, and a table `[thresholds]`.
    Raises `RulesError`, which says in Chinese what is wrong with which entry; `OSError` where the file
    cannot be opened.
    """
    try:
        data = tomllib.loads(Path(path).read_text("utf-8-sig"))  # Windows' Notepad puts a mark before utf-8
        return _laid_over(default_rules(), data)
    except UnicodeDecodeError as error:
        raise RulesError(f"规则文件{path}不是UTF-8编码，请另存为UTF-8后再用。") from error
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"规则文件{path}不是有效的TOML文件：{error}") from error
    except RulesError as error:
        raise RulesError(f"规则文件{path}：{error}") from error


def _laid_over(base: RuleTable, data: dict[str, Any]) -> RuleTable:
    """The table with the entries of an office's file put in place of its own."""
    if unknown := sorted(set(data) - {"checks", "thresholds"}):
        raise RulesError(f"没有“{unknown[0]}”这一部分，只能写[[checks]]和[thresholds]。")
    rules, changed = dict(base.rules), set()
    entries = data.get("checks", [])
    if not isinstance(entries, list):
        raise RulesError("检查项要写在[[checks]]下（两层方括号），每项一段。")
    for entry in entries:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            raise RulesError(f"有一段[[checks]]没有写name（{entry}）。")
        if name not in rules:
            near = get_close_matches(name, rules, n=1)
            raise RulesError(f"没有名为“{name}”的检查项{f'，是不是“{near[0]}”' if near else ''}。")
        severity = entry.get("severity")
        if severity not in (*SEVERITIES, "off"):
            raise RulesError(f"“{name}”的级别“{severity}”应为error、warning、info或off。")
        if more := sorted(set(entry) - {"name", "severity"}):
            raise RulesError(f"“{name}”的“{more[0]}”不能改，只能改severity。")
        if name in changed:
            raise RulesError(f"“{name}”写了两次。")
        changed.add(name)
        rules[name] = replace(rules[name], severity=severity)
    own = _thresholds(data)
    if unknown := sorted(set(own) - set(base.thresholds)):
        raise RulesError(f"没有名为“{unknown[0]}”的阈值，只有{'、'.join(base.thresholds)}。")
    return RuleTable(rules, {**base.thresholds, **own})


def _thresholds(data: dict[str, Any]) -> dict[str, Threshold]:
    table = data.get("thresholds", {})
    if not isinstance(table, dict):
        raise RulesError("阈值要写在[thresholds]下，每行一个。")
    found: dict[str, Threshold] = {}
    for name, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise RulesError(f"阈值“{name}”应为数字，现为“{value}”。")
        if value < 0:
            raise RulesError(f"阈值“{name}”不能小于0，现为{value}。")
        found[name] = Decimal(str(value)) if isinstance(value, float) else value
    return found
