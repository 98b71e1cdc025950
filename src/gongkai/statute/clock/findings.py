"""What is wrong with the course of a request: a finding with its article, never a crash."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from gongkai.statute.clock.events import Event

Severity = Literal["error", "warning", "info"]


class Finding(NamedTuple):
    """`code` for machines; `rule`: the id of the rule broken; `on`, `event`: the fact that breaks it."""

    code: str
    severity: Severity
    rule: str
    on: dt.date
    event: str
    zh: str
    en: str


def finding(code: str, one: Event, *, rule: str | None = None, **facts: object) -> Finding:
    """The finding of that code (data/clock_findings.toml) on an event, its words filled in with the facts."""
    kind = _kinds()[code]
    words = {"on": one.on, "what": one.kind.zh, "event": one.kind.value, **facts}
    return Finding(
        code,
        kind["severity"],  # type: ignore[arg-type]
        rule or kind["rule"],
        one.on,
        one.kind.value,
        kind["zh"].format(**words),
        kind["en"].format(**words),
    )


@cache
def _kinds() -> dict[str, dict[str, str]]:
    text = resources.files("gongkai.statute").joinpath("data", "clock_findings.toml").read_text("utf-8")
    return tomllib.loads(text)
