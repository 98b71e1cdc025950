"""An annual report as the contract states it, with the place of each cell kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai.documents.intermediate import Place

SCHEMA = "gongkai.annual-report/1"

Number = int | Decimal
# A cell: a number as written, or None where the report leaves it blank or fills it with `/` or `-`.
Value = Number | None
# `requests`, `remedies`: row code -> column code -> value. `proactive`: as the contract states for the form.
Block = dict[str, Any]


@dataclass(slots=True)
class Unread:
    """Cells the form has and the interpreter could not read; `why` in Chinese and English."""

    cells: list[str]
    why: str
    why_en: str
    place: Place | None = None


@dataclass(slots=True)
class Report:
    """One annual report. Attributes named as in the contract's JSON hold exactly its values.

    `places` maps a cell path (`requests.received.new.total`, `proactive.rules.issued`,
    `statistics.12.value` with a 0-based row number) to where it stands in the file.
    `confidence` holds, for cells recognised in a scan, how sure the reading is, 0 to 1.
    `written` holds, for cells whose text is more than a number, the text as written.
    `lines` is the narrative outside the tables: (section code, text, place) for each paragraph; section
    codes are front, overview, proactive, requests, remedies, problems, other_matters, and for form 2014
    other_section too.
    """

    source: str
    organ: str | None = None
    year: int | None = None
    form: str | None = None  # "2014", "2019", "2021"
    title: str | None = None
    sections: dict[str, str] = field(default_factory=dict)
    proactive: Block | None = None
    requests: Block | None = None
    remedies: Block | None = None
    processing_fees: Block | None = None
    statistics: list[dict[str, Any]] | None = None
    # form 2014: the code of each row of `statistics` in forms/2014.toml, None for a row it does not know
    statistics_codes: list[str | None] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    lines: list[tuple[str, str, Place]] = field(default_factory=list)
    headings: list[tuple[str, str, Place]] = field(default_factory=list)  # (section code, heading as printed)
    remarks: list[tuple[str, str, Place | None]] = field(default_factory=list)
    # remarks: things met while reading: (kind, words, place); kinds are listed in interpreting/__init__.py

    def to_json(self) -> dict[str, Any]:
        """The contract's object. Absent parts are left out; money stays an exact Decimal."""
        result: dict[str, Any] = {"schema": SCHEMA, "organ": self.organ, "year": self.year, "form": self.form}
        result["title"] = self.title
        result["sections"] = self.sections
        for name in ("proactive", "requests", "remedies", "processing_fees", "statistics"):
            value = getattr(self, name)
            if value is not None:
                result[name] = value
        return result

    def cells(self) -> Iterator[tuple[str, Value]]:
        """Every figure of the report as (path, value), in the order of the form."""
        for name in ("proactive", "requests", "remedies", "processing_fees"):
            yield from _walk(name, getattr(self, name))
        for index, row in enumerate(self.statistics or ()):
            if row["unit"] is not None or row["value"] is not None:
                yield f"statistics.{index}.value", row["value"]

    def value(self, path: str) -> Value:
        """The figure at a cell path, None if the cell is blank or absent."""
        found: Any = {
            "proactive": self.proactive,
            "requests": self.requests,
            "remedies": self.remedies,
            "processing_fees": self.processing_fees,
        }
        if path.startswith("statistics."):
            return self.statistics[int(path.split(".")[1])]["value"] if self.statistics else None
        parts = path.split(".")
        if parts[0] == "requests":  # row codes contain dots themselves
            row = (self.requests or {}).get(".".join(parts[1:-1]))
            return row.get(parts[-1]) if row else None
        for part in parts:
            if not isinstance(found, dict):
                return None
            found = found.get(part)
        return found if isinstance(found, int | Decimal) else None


def _walk(path: str, value: Any) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(f"{path}.{key}", inner)
    elif path.count(".") > 0:
        yield path, value
