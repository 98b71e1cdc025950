"""How a figure comes out on paper, and what a reader may then truly know of it."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.annual.printing.disturbances import Disturbances

Value = int | Decimal | None

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class Figures:
    """The manner of one report's figures. `printed` gives the text of a cell and its true value."""

    def __init__(self, rng: Random, disturbances: Disturbances) -> None:
        self._rng = rng
        self._disturbances = disturbances
        self._dash = rng.choice(("/", "-", "－", "—", "／"))
        self._comma = rng.choice((",", ",", ",", "，"))
        self._padding = rng.choice((" ", "\u3000", "  ", "\u00a0"))

    def printed(self, value: Value, unit: str = "件") -> tuple[str, Value]:
        """The words in the cell and the value they truly state: None where a zero is blank or a dash."""
        if value is None:
            return "", None
        has = self._disturbances.__contains__
        if value == 0:
            if has("blank_zeros") or (has("some_blank_zeros") and self._rng.random() < 0.5):
                return "", None
            if has("dashes_for_zeros") or (has("some_dashes_for_zeros") and self._rng.random() < 0.5):
                return self._dash, None
        text = f"{value:,}".replace(",", self._comma) if has("thousands_separators") else str(value)
        if has("full_width_digits"):
            text = text.translate(_FULL_WIDTH)
        if has("units_in_cells") and self._rng.random() < 0.3:
            text += unit
        elif has("notes_in_cells") and value > 2 and self._rng.random() < 0.4:
            text += self._note(int(value) - 1, unit)
        if has("padded_cells") and self._rng.random() < 0.3:
            text += self._padding
        return text, value

    def _note(self, most: int, unit: str) -> str:
        part = self._rng.randint(1, most)
        notes = ("（含自然失效 {} {}）", "（其中{}{}为重复）", "(含上年{}{})", "（注：{}{}已更正）")
        return self._rng.choice(notes).format(part, unit)
