"""Clocks and fees for machines: one shape for the command line, the page and the api."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.statute.clock import Clock
from gongkai.statute.fees import Fee


def clock_to_json(stands: Clock) -> dict[str, Any]:
    """The clock as JSON: days as ISO dates, the explanation in both languages (`gongkai deadline --json`)."""
    due = stands.due
    return {
        "state": stands.state.value,
        "as_of": str(stands.as_of),
        "received": str(stands.received),
        "due": str(due.date) if due else None,
        "due_at_latest": str(stands.due_at_latest.date) if stands.due_at_latest else None,
        "provisional": stands.provisional,
        "limit": stands.limit,
        "used": stands.used,
        "left": stands.left,
        "in_time": stands.in_time,
        "closed": str(stands.closed) if stands.closed else None,
        "intervals": [
            {"kind": i.kind, "after": str(i.after), "until": str(i.until), "days": i.days, "rule": i.rule}
            for i in stands.intervals
        ],
        "explanation": [
            {"on": str(line.on), "rule": line.rule, "zh": line.zh, "en": line.en}
            for line in stands.explanation
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "rule": f.rule,
                "on": str(f.on),
                "event": f.event,
                "message": f.zh,
                "message_en": f.en,
            }
            for f in stands.findings
        ],
    }


def fee_to_json(found: Fee) -> dict[str, Any]:
    """The fee as JSON: yuan, and its slices (`gongkai fee --json`)."""
    return {
        "basis": found.basis.value,
        "yuan": _plain(found.amount),
        "measure": found.measure,
        "slices": [
            {
                "from": part.first,
                "through": part.last,
                "count": part.count,
                "unit_price": _plain(part.unit_price),
                "amount": _plain(part.amount),
            }
            for part in found.slices
        ],
        "explanation": found.zh,
        "explanation_en": found.en,
    }


def _plain(amount: Decimal) -> int | float:
    """As json has numbers: whole where it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
