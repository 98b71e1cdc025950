"""What is wrong with the course of a request: a finding with its article, never a crash."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from gongkai.statute.clock.events import Event
from gongkai.statute.data_files import data
from gongkai.statute.findings import Severity, worded


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
    facts = {"on": one.on, "what": one.kind.zh, "event": one.kind.value, **facts}
    found = worded(code, data("clock_findings.toml")[code], rule, facts)
    return Finding(code, found.severity, found.rule, one.on, one.kind.value, found.zh, found.en)
