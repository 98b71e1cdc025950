"""What is wrong with a number as it is written."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A number that is none of its kind: `code` for machines, `zh` and `en` for people.

    `codes`: every fault found, the first is `code`. `suggestion`: the number as it probably should be, or "".
    A fault never repeats a resident identity number.
    """

    codes: tuple[str, ...]
    zh: str
    en: str
    suggestion: str = ""

    @property
    def code(self) -> str:
        return self.codes[0]

    @property
    def ok(self) -> bool:
        return False
