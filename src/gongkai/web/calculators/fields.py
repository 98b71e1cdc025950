"""Fields of a form that give back what was typed into them, whatever it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.web.calculators.typed import NotTyped, plain, read_day


def day_field(name: str, typed: str, said: Mapping[str, str]) -> dict[str, Any]:
    """A field for a day. What is no day is given back as it was typed: a date field would drop it."""
    try:
        value, is_day = (str(read_day(typed)), True) if plain(typed) else ("", True)
    except NotTyped:
        value, is_day = typed[:200], False
    return {"name": name, "value": value, "type": "date" if is_day else "text", "problem": said.get(name, "")}
