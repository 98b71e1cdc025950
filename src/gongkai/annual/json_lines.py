"""JSON out: exact decimals as JSON numbers, Chinese as it is."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


def dumps(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON text, on one line unless `indent` is given. Decimals are printed digit for digit.

    >>> dumps({"元": Decimal("7730.28")})
    '{"元": 7730.28}'
    """
    marks: dict[str, str] = {}

    def exact(given: Any) -> Any:
        if isinstance(given, Decimal):
            mark = f"\u0000{len(marks)}\u0000"
            marks[mark] = format(given, "f")
            return mark
        raise TypeError(f"{type(given).__name__} has no JSON form")

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=exact)
    for mark, number in marks.items():
        text = text.replace(json.dumps(mark), number)
    return text
