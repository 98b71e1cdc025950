"""What the catalogue refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gongkai.statute.errors import StatuteError, plain_day, unknown_choice


class CatalogueError(StatuteError):
    """A code of no list, or dates that contradict each other (REG.20 to REG.26, NOR)."""


def unknown(what: str, zh: str, value: object, known: Iterable[object]) -> CatalogueError:
    """The error for a code that is none: `catalogue_unknown_…`."""
    return unknown_choice(
        CatalogueError, f"catalogue_unknown_{what}", zh, what.replace("_", " "), value, known
    )


def day(value: object, what: str) -> dt.date:
    """`value` if it is a date; CatalogueError `catalogue_bad_day` otherwise."""
    return plain_day(value, what, code="catalogue_bad_day", error=CatalogueError)
