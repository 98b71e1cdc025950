"""A few figures of a report that mean the same in every form, for charts over many years.

Of the forms since 2019 they are cells of tables 2 to 4; of the statistics up to 2018 the rows that count the
same thing. What a form does not count is left out: nothing is made up to fill a chart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.report import Number, Report

# Outcomes in the order of table 3, each the sum of its rows. The 2014 form has other kinds.
OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")
RESULTS = ("upheld", "corrected", "other", "pending")
WAYS = ("reconsideration", "litigation")
_OF_LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
# The one code of the 2014 form for each figure (forms/2014.toml).
_STATISTICS = {
    "received": ("requests.received",),
    "concluded": ("requests.concluded",),
    "normative_documents_issued": ("disclosed.normative_documents_issued",),
    "granted": ("requests.answered.granted",),
    "partly_granted": ("requests.answered.partly_granted",),
    "refused": ("requests.answered.refused",),
    **{
        f"{way}.{result}": (f"{way}.{result}",) for way in WAYS for result in ("upheld", "corrected", "other")
    },
}

Figures = dict[str, int | str]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """What is kept of a report, with None for what it does not say."""

    kept: Figures

    def number(self, name: str) -> Number | None:
        """A count, or an amount of money as an exact decimal."""
        found = self.kept.get(name)
        return Decimal(found) if isinstance(found, str) else found

    @property
    def challenges(self) -> int | None:
        """Reconsiderations and lawsuits together."""
        found = [self.kept.get(way) for way in WAYS]
        known = [one for one in found if isinstance(one, int)]
        return sum(known) if known else None

    @property
    def public(self) -> int | None:
        """Requests granted, wholly or in part."""
        found = [self.kept.get(name) for name in ("granted", "partly_granted")]
        known = [one for one in found if isinstance(one, int)]
        return sum(known) if known else None


def key_figures(report: Report) -> Figures:
    """The figures that a report states. Counts are integers; amounts are written out as text."""
    found = _of_statistics(report) if report.statistics is not None else _of_tables(report)
    return {name: value for name, value in found.items() if value is not None}


def _of_tables(report: Report) -> dict[str, int | str | None]:
    rows = list(report.requests or {})
    found: dict[str, int | str | None] = {
        "received": _count(report, ["requests.received.new.total"]),
        "carried_in": _count(report, ["requests.received.carried_in.total"]),
        "concluded": _count(report, ["requests.concluded.total"]),
        "carried_forward": _count(report, ["requests.carried_forward.total"]),
        "normative_documents_issued": _count(report, ["proactive.normative_documents.issued"]),
        "normative_documents_in_force": _count(report, ["proactive.normative_documents.in_force"]),
        "licences": _count(report, ["proactive.licences"]),
        "penalties": _count(report, ["proactive.penalties"]),
    }
    for outcome in OUTCOMES:
        of_outcome = [code for code in rows if code.partition(".")[0] == outcome]
        found[outcome] = _count(report, [f"requests.{code}.total" for code in of_outcome])
    for result in RESULTS:
        found[f"reconsideration.{result}"] = _count(report, [f"remedies.reconsideration.{result}"])
        found[f"litigation.{result}"] = _count(report, [f"remedies.{one}.{result}" for one in _OF_LITIGATION])
    found["reconsideration"] = _count(report, ["remedies.reconsideration.total"])
    found["litigation"] = _count(report, [f"remedies.{one}.total" for one in _OF_LITIGATION])
    return found


def _of_statistics(report: Report) -> dict[str, int | str | None]:
    at = {code: index for index, code in enumerate(report.statistics_codes) if code}
    found: dict[str, int | str | None] = {}
    for name, codes in _STATISTICS.items():
        found[name] = _count(report, [f"statistics.{at[code]}.value" for code in codes if code in at])
    for way in WAYS:
        whole = _count(report, [f"statistics.{at[way]}.value"] if way in at else [])
        parts = [value for name in RESULTS if isinstance(value := found.get(f"{way}.{name}"), int)]
        found[way] = whole if whole is not None else sum(parts) if parts else None
    return found


def _count(report: Report, paths: Iterable[str]) -> int | None:
    """The sum of the cells that say something; None where none of them does, or one is no count."""
    values = [value for path in paths if (value := report.value(path)) is not None]
    if not values or any(value != int(value) or value < 0 for value in values):
        return None
    return int(sum(values))
