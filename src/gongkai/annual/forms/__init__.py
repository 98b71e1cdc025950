"""The statutory forms of 2014, 2019 and 2021 as data: rows, columns, labels with their variants, identities.

The data stand in `2014.toml`, `2019.toml` and `2021.toml` beside this file; nothing about a form's labels is
written anywhere else.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

FORM_CODES = ("2014", "2019", "2021")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table 3: `id` is its FMT.T3 number, `group` the headings it stands under."""

    id: str
    code: str
    number: str
    label: str
    group: tuple[str, ...]
    anchors: tuple[str, ...]

    @property
    def printed(self) -> str:
        return self.number + self.label


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    label: str
    group: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProactiveRow:
    code: str
    label: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProactiveBlock:
    """One block of table 2. A column with the code "" is the row's only figure: `proactive.licences`."""

    item: str
    columns: tuple[Column, ...]
    rows: tuple[ProactiveRow, ...]

    def paths(self, row: ProactiveRow) -> list[str]:
        return [f"proactive.{row.code}.{c.code}" if c.code else f"proactive.{row.code}" for c in self.columns]


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """A row of the 2014 form. `kind`: "" a national row, "local" a province's, "heading" without figure."""

    code: str
    label: str
    unit: str | None
    level: int
    kind: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    code: str
    name: str
    first_year: int
    source: str
    sections: tuple[tuple[str, str], ...]  # (code, label) in order
    proactive: tuple[ProactiveBlock, ...]
    rows: tuple[Row, ...]  # of table 3
    single_other: Row | None  # （六）其他处理 as one row
    columns: tuple[Column, ...]
    identity_note: str
    remedy_columns: tuple[Column, ...]
    remedy_groups: tuple[Column, ...]
    statistics: tuple[StatisticsRow, ...]
    units: tuple[str, ...]

    def rows_with(self, single_other: bool) -> tuple[Row, ...]:
        """The rows of table 3 as printed, with （六）其他处理 as one row or as three."""
        if not single_other or self.single_other is None:
            return self.rows
        kept = [row for row in self.rows if not row.code.startswith("other.")]
        kept.insert(next(i for i, row in enumerate(kept) if row.code == "concluded"), self.single_other)
        return tuple(kept)


@cache
def form(code: str) -> Form:
    """The form with that code ("2014", "2019", "2021"); KeyError for another."""
    if code not in FORM_CODES:
        raise KeyError(code)
    data = _load(code)
    base = _load(data["extends"]) if "extends" in data else {}
    requests = data.get("requests") or base.get("requests") or {}
    remedies = data.get("remedies") or base.get("remedies") or {}
    return Form(
        code=code,
        name=data["name"],
        first_year=data["first_year"],
        source=data["source"],
        sections=tuple((s["code"], s["label"]) for s in data.get("sections") or base.get("sections", ())),
        proactive=tuple(map(_proactive_block, data.get("proactive", {}).get("blocks", ()))),
        rows=tuple(map(_row, requests.get("rows", ()))),
        single_other=_row(requests["single_other"]) if requests else None,
        columns=tuple(map(_column, requests.get("columns", ()))),
        identity_note=requests.get("identity_note", ""),
        remedy_columns=tuple(map(_column, remedies.get("columns", ()))),
        remedy_groups=tuple(map(_column, remedies.get("groups", ()))),
        statistics=tuple(map(_statistics_row, data.get("statistics", ()))),
        units=tuple(data.get("units", ())),
    )


def form_for_year(year: int) -> str:
    """The form a report of that year must use (FMT: 2021 on; 2019 and 2020; up to 2018)."""
    return next(code for code in reversed(FORM_CODES) if year >= form(code).first_year or code == "2014")


def _load(code: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"{code}.toml").read_text("utf-8"))


def _row(data: dict[str, Any]) -> Row:
    return Row(
        data["id"],
        data["code"],
        data["number"],
        data["label"],
        tuple(data.get("group", ())),
        tuple(data["anchors"]),
    )


def _column(data: dict[str, Any]) -> Column:
    return Column(data["code"], data["label"], tuple(data.get("group", ())), tuple(data.get("anchors", ())))


def _proactive_block(data: dict[str, Any]) -> ProactiveBlock:
    rows = tuple(ProactiveRow(r["code"], r["label"], tuple(r["anchors"])) for r in data["rows"])
    return ProactiveBlock(data["item"], tuple(map(_column, data["columns"])), rows)


def _statistics_row(data: dict[str, Any]) -> StatisticsRow:
    return StatisticsRow(
        data["code"],
        data["label"],
        data.get("unit"),
        data["level"],
        data.get("kind", ""),
        tuple(data["anchors"]),
    )
