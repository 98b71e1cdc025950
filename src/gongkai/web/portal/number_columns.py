"""Figures in the tables of a document stand on the right, below each other (PAGES: numbers right-aligned).

Documents come from Word and seldom say so. A column is one of figures where every cell beneath its head is
one, or empty; in a table with joined cells each cell is taken by itself. The first column names the rows.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[dh])((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_FIGURE = re.compile(r"[-+−–－]?\d{1,3}(?:(?:[,，]\d{3})+|\d*)(?:\.\d+)?\s*[%％‰]?")
_NOTHING = frozenset({"", "-", "—", "——", "–", "/", "／", "&nbsp;"})


def with_figures_aligned(html: str) -> str:
    """The html with class "number" at the cells of its innermost tables that hold figures.

    `html`: as the sanitiser has written it, every element closed. What has a class of its own keeps it.
    """
    pieces = html.split("</table>")
    for at, piece in enumerate(pieces[:-1]):
        start = piece.rfind("<table")
        if start >= 0:
            pieces[at] = piece[:start] + _aligned(piece[start:])
    return "</table>".join(pieces)


def _aligned(table: str) -> str:
    columns = None if "span=" in table else _columns(table)

    def row(found: re.Match[str]) -> str:
        place = -1

        def cell(one: re.Match[str]) -> str:
            nonlocal place
            place += 1
            name, attributes, inner = one.groups()
            fits = place in columns if columns is not None else place > 0 and _is_figure(inner)
            if not fits or "class=" in attributes:
                return one[0]
            return f'<{name}{attributes} class="number">{inner}</{name}>'

        return f"<tr>{_CELL.sub(cell, found[1])}</tr>"

    return _ROW.sub(row, table)


def _columns(table: str) -> frozenset[int]:
    """The places of the columns that hold figures alone."""
    figures, others = set(), {0}
    for found in _ROW.finditer(table):
        for place, one in enumerate(_CELL.finditer(found[1])):
            if one[1] == "th":
                continue
            if _is_figure(one[3]):
                figures.add(place)
            elif _words(one[3]) not in _NOTHING:
                others.add(place)
    return frozenset(figures - others)


def _is_figure(inner: str) -> bool:
    return _FIGURE.fullmatch(_words(inner)) is not None


def _words(inner: str) -> str:
    return _TAG.sub("", inner).strip()
