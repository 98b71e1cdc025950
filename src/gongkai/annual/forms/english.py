"""English names of the forms' rows and columns, from `english.toml`: people read no code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

# Part of a cell path -> the lists that name its rows and its columns.
_LISTS = {
    "requests": ("requests", "requesters"),
    "proactive": ("proactive", "proactive_columns"),
    "remedies": ("remedies", "remedy_columns"),
    "processing_fees": ("processing_fees", ""),
    "statistics": ("statistics", ""),
}


def english_row(part: str, code: str) -> str:
    """The name of a row (of table 4: of a group) of "requests", "proactive", "remedies", "processing_fees",
    "statistics" (by its code in forms/2014.toml).

    A code that is none of the forms' is given in plain words.

    >>> english_row("requests", "refused.internal_affairs")
    'refused: internal affairs'
    """
    return _name(_LISTS[part][0], code)


def english_column(part: str, code: str) -> str:
    """The name of a column; "" for the only one of its row.

    >>> english_column("requests", "natural_person"), english_column("proactive", "")
    ('natural persons', '')
    """
    return _name(_LISTS[part][1], code) if code else ""


def english_section(code: str) -> str:
    """The name of a section of the report.

    >>> english_section("problems")
    'Main problems and improvement'
    """
    return _name("sections", code)


def english_cell(path: str) -> tuple[str, str]:
    """The names of the row and the column of a cell path, the column "" where the row has one figure.

    >>> english_cell("requests.granted.total"), english_cell("proactive.licences")
    (('granted', 'total'), ('licences', ''))
    """
    part, *names = path.split(".")
    if part not in _LISTS:
        return _plain(path), ""
    if part == "processing_fees" or len(names) == 1:
        return english_row(part, ".".join(names)), ""
    return english_row(part, ".".join(names[:-1])), english_column(part, names[-1])


def _name(table: str, code: str) -> str:
    return _names().get(table, {}).get(code) or _plain(code)


def _plain(code: str) -> str:
    return code.replace(".", ": ").replace("_", " ")


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("english.toml").read_text("utf-8"))
