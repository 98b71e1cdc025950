"""Figures as the checks write and judge them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from gongkai.annual.report import Number, Value


def written(value: Value) -> str:
    """A figure as people write it: 12, 0.093, －3; a blank cell as 空白."""
    if value is None:
        return "空白"
    text = format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
    return text.replace("-", "－")


def written_en(value: Value) -> str:
    """The same for English readers: 12, 0.093, -3; a blank cell as blank."""
    return "blank" if value is None else written(value).replace("－", "-")


def plus(values: Iterable[Value]) -> str:
    """A sum written out: 12＋3＋0; blank cells are left out, as they add nothing."""
    return "＋".join(written(value) for value in values if value is not None) or "0"


def plus_en(values: Iterable[Value]) -> str:
    """The same for English readers: 12 + 3 + 0."""
    return " + ".join(written_en(value) for value in values if value is not None) or "0"


def is_count(value: Any) -> bool:
    """Whether a figure is a whole number of zero or more."""
    return bool(value >= 0 and value == int(value))


def blanks_could_mend(parts: Sequence[Value], totals: Sequence[Value]) -> bool:
    """Whether a figure of zero or more in a blank cell could make `parts` and `totals` add up alike."""
    gap: Number = sum(v or 0 for v in totals) - sum(v or 0 for v in parts)
    blank_side = parts if gap > 0 else totals
    return any(value is None for value in blank_side)
