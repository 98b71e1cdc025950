"""What is wrong with the course of a request: a finding with its article, never a crash."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from gongkai.statute.clock.events import Event
from gongkai.statute.data_files import data
from gongkai.statute.findings import Severity, worded


class Finding(NamedTuple):
    """`code` for machines; `rule`: the id of the rule broken; `on`, `event`: the fact that breaks it.
    `ahead_zh`, `ahead_en`: the same said of a step that is thought of and not taken."""

    code: str
    severity: Severity
    rule: str
    on: dt.date
    event: str
    zh: str
    en: str
    ahead_zh: str
    ahead_en: str


def finding(code: str, one: Event, *, rule: str | None = None, **facts: object) -> Finding:
    """The finding of that code (data/clock_findings.toml) on an event, its words filled in with the facts."""
    facts = {"on": one.on, "what": one.kind.zh, "event": one.kind.value, **facts}
    kind = data("clock_findings.toml")[code]
    found = worded(code, kind, rule, facts)
    ahead = {**kind, "zh": kind.get("ahead_zh", kind["zh"]), "en": kind.get("ahead_en", kind["en"])}
    told = worded(code, ahead, rule, facts)
    return Finding(
        code, found.severity, found.rule, one.on, one.kind.value, found.zh, found.en, told.zh, told.en
    )
