"""Where something stands in a Word file, in the words in which people count: paragraphs, tables, cells."""

from __future__ import annotations

from gongkai.documents.intermediate import Place
from gongkai.documents.publishing.hidden_findings import WHOLE, Where
from gongkai.documents.xml_part import Element, local

_TEXTS = frozenset(("t", "delText", "drawing", "pict", "object"))


class Places:
    """The places of one part. Paragraphs outside tables are counted where they hold anything, from 1."""

    def __init__(self, root: Element, prefix: Where = WHOLE) -> None:
        self._prefix = prefix
        self._paragraphs: dict[Element, int] = {}
        self._tables: dict[Element, int] = {}
        self._rows: dict[Element, int] = {}
        count = 0
        inside = 0  # depth of tables and text boxes around
        waiting: list[tuple[Element, bool]] = [(root, False)]
        while waiting:
            element, leaving = waiting.pop()
            name = local(element)
            if leaving:
                inside -= 1
                continue
            if name == "tbl" and not inside:
                self._tables[element] = len(self._tables) + 1
            if name in ("tbl", "txbxContent"):
                inside += 1
                waiting.append((element, True))
            elif name == "p":
                if not inside:
                    count += any(local(piece) in _TEXTS for piece in element.iter())
                    self._paragraphs[element] = max(1, count)
                continue
            waiting.extend((piece, False) for piece in reversed(element) if isinstance(piece.tag, str))

    def of(self, element: Element) -> Where:
        """The place of an element in words."""
        cell = row = table = paragraph = None
        above: Element | None = element
        while above is not None:
            name = local(above)
            if name == "tc":
                cell = above
            elif name == "tr":
                row = above
            elif name == "tbl" and above in self._tables:
                table = above
            elif name == "p" and above in self._paragraphs:
                paragraph = above
            above = above.getparent()
        if table is not None:
            return self._said(Where.of(self._cell(table, row, cell)))
        if paragraph is not None:
            number = self._paragraphs[paragraph]
            return self._said(Where(f"第 {number} 段", f"paragraph {number}"))
        return self._prefix

    def _cell(self, table: Element, row: Element | None, cell: Element | None) -> Place:
        return Place(table=self._tables[table], row=self._number(row), column=self._number(cell))

    def _number(self, element: Element | None) -> int | None:
        """The number of a row or cell among those of its kind beside it."""
        if element is None:
            return None
        if element not in self._rows:
            beside = element.getparent()
            kind = local(element)
            for number, other in enumerate(
                [other for other in (beside if beside is not None else ()) if local(other) == kind], 1
            ):
                self._rows[other] = number
        return self._rows.get(element)

    def _said(self, where: Where) -> Where:
        zh = f"{self._prefix.zh}{where.zh}"
        return Where(zh, ", ".join(filter(None, (self._prefix.en, where.en))))
