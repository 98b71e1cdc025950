"""docx: paragraphs and tables of the body in order, read from the XML itself (an order of magnitude faster
than python-docx). Headers, footers, footnotes, deleted and hidden text are left out."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.documents.archive import Archive
from gongkai.documents.intermediate import Block, Cell, Document, Line, Table
from gongkai.documents.limits import MAX_PART_BYTES, Budget, check_marks, damaged, too_complex, too_large
from gongkai.documents.sniffing import picture
from gongkai.documents.table_grid import only_arranges
from gongkai.documents.xml_part import Element, child, local, parse_part

_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_STRICT_VALUE = "{http://purl.oclc.org/ooxml/wordprocessingml/main}val"
_VALUE_2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}val"
_MAIN_PART = "word/document.xml"
MAX_NESTED_TABLES = 12  # tables in tables; Word itself shows no more
# Elements whose content is the text of what stands around them.
_TRANSPARENT = frozenset(
    (
        *("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "dir", "bdo"),
        *("sect", "sub-section"),  # around the paragraphs of Word 2003
    )
)
# Elements whose content is not shown: deleted or moved away, properties, the reading aid above a word.
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "pPr", "rPr", "rt", "sdtPr", "sdtEndPr", "instrText", "delText", "tcPr", "trPr")
)
_BREAKS = frozenset(("br", "cr"))
_TABS = frozenset(("tab", "ptab"))
_OFF = frozenset(("0", "false", "off"))


def read_docx(content: bytes, source: str, budget: Budget) -> Document:
    """A docx as `Line`s (one a line of a paragraph) and `Table`s in the order of its body."""
    archive = Archive(content, "docx", budget)
    root = parse_part(archive.part(_main_part(archive)), "docx", budget)
    body = child(root, "body")
    if body is None:
        raise damaged("docx", "no body")
    document = _Reader(source, budget).read(body)
    if not document.blocks and any(name.startswith("word/media/") for name in archive.names):
        raise picture()
    return document


def read_word_xml(content: bytes, source: str, budget: Budget) -> Document:
    """A document that Word saved as one xml file: of 2003 (wordDocument) or of today (pkg:package)."""
    if len(content) > MAX_PART_BYTES:
        raise too_large(MAX_PART_BYTES)
    check_marks(content)
    root = parse_part(content, "xml", budget)
    body = next((element for element in root.iter() if local(element) == "body"), None)
    if body is None:
        raise damaged("xml", "no body")
    return _Reader(source, budget).read(body)


def _main_part(archive: Archive) -> str:
    if _MAIN_PART in archive.names:
        return _MAIN_PART
    # Some programs number the part: word/document2.xml.
    named = sorted(n for n in archive.names if n.startswith("word/document") and n.endswith(".xml"))
    if not named:
        raise damaged("docx", "no word/document.xml")
    return named[0]


def _value(element: Element, name: str) -> str | None:
    """The w:val of a child element: None without the child, "" for a child without the attribute."""
    found = child(element, name)
    if found is None:
        return None
    return found.get(_VALUE) or found.get(_STRICT_VALUE) or found.get(_VALUE_2003) or ""


def _merge(properties: Element | None) -> str | None:
    """How a cell is merged downwards: "restart" where that begins, anything else where it goes on."""
    if properties is None:
        return None
    merge = _value(properties, "vMerge")
    return _value(properties, "vmerge") if merge is None else merge  # Word 2003 wrote it so


def _number(element: Element | None, name: str, default: int) -> int:
    value = _value(element, name) if element is not None else None
    return int(value) if value is not None and value.isdecimal() and len(value) < 6 else default


def _on(element: Element | None, name: str) -> bool:
    value = _value(element, name) if element is not None and len(element) else None
    return value is not None and value not in _OFF


class _Reader:
    """Walks one body. Text boxes are put out after the paragraph they hang on."""

    def __init__(self, source: str, budget: Budget) -> None:
        self._document = Document(source, "docx")
        self._budget = budget
        self._lines = 0
        self._tables = 0

    def read(self, body: Element) -> Document:
        self._document.blocks.extend(self._blocks(body, 0))
        return self._document

    def _blocks(self, container: Element, depth: int) -> Iterator[Block]:
        if depth > MAX_NESTED_TABLES:
            raise too_complex("表格嵌套层次过深", "tables nested too deeply")
        for element in _block_elements(container):
            self._budget.check_time()
            if local(element) == "tbl":
                yield from self._table(element, depth)
                continue
            text, boxes = paragraph(element)
            yield from self._text(text)
            for box in boxes:
                yield from self._blocks(box, depth + 1)

    def _text(self, text: str) -> Iterator[Line]:
        for piece in text.split("\n"):
            if piece.strip():
                self._lines += 1
                self._budget.take_lines(1)
                yield Line(piece.rstrip(), self._lines)

    def _table(self, element: Element, depth: int) -> Iterator[Block]:
        rows = [list(_cells(row)) for row in _rows(element)]
        if _arranges(element, rows):
            for row in rows:
                for cell, _ in row:
                    yield from self._blocks(cell, depth + 1)
            return
        placed = self._placed(rows)
        if any(placed):
            self._tables += 1
            self._budget.take_cells(sum(map(len, placed)))
            yield Table(self._tables, placed)

    def _placed(self, rows: list[list[tuple[Element, int]]]) -> list[list[Cell]]:
        """Cells in the grid; a cell merged downwards (w:vMerge) is listed once, with its rows counted."""
        placed: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column -> where in `placed` the cell that goes on is
        for number, row in enumerate(rows, 1):
            self._budget.check_time()
            placed.append([])
            still_open: dict[int, tuple[int, int]] = {}
            for cell, column in row:
                properties = child(cell, "tcPr")
                merge = _merge(properties)
                above = open_cells.get(column)
                if merge is not None and merge != "restart" and above:
                    upper = placed[above[0]][above[1]]
                    text = "\n".join(filter(None, (upper.text, self._cell_text(cell, 0))))
                    placed[above[0]][above[1]] = upper._replace(text=text, rowspan=upper.rowspan + 1)
                    still_open[column] = above
                    continue
                if merge is not None:
                    still_open[column] = (number - 1, len(placed[-1]))
                span = max(1, _number(properties, "gridSpan", 1))
                placed[-1].append(Cell(self._cell_text(cell, 0), number, column, 1, span))
            open_cells = still_open
        return placed

    def _cell_text(self, cell: Element, depth: int) -> str:
        if depth > MAX_NESTED_TABLES:
            raise too_complex("表格嵌套层次过深", "tables nested too deeply")
        pieces: list[str] = []
        for element in _block_elements(cell):
            if local(element) == "tbl":
                for row in _rows(element):
                    self._budget.check_time()
                    pieces.append("\t".join(self._cell_text(inner, depth + 1) for inner, _ in _cells(row)))
                continue
            text, boxes = paragraph(element)
            pieces.append(text)
            pieces.extend(self._cell_text(box, depth + 1) for box in boxes)
        return "\n".join(piece.strip() for piece in pieces if piece.strip())


def _block_elements(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body, cell or text box, through the wrappers around them."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _TRANSPARENT:
            waiting.extend(reversed(element))
        elif name == "AlternateContent":
            waiting.extend(reversed(_alternative(element)))


def _alternative(element: Element) -> list[Element]:
    """One of the copies of the same content that a program wrote for newer and older readers."""
    copies = [copy for copy in element if local(copy) in ("Choice", "Fallback")]
    with_content = [copy for copy in copies if len(copy)]
    return list(with_content[0]) if with_content else []


def paragraph(element: Element) -> tuple[str, list[Element]]:
    """The text of a paragraph (line breaks as "\\n", tabs kept) and the text boxes that hang on it."""
    plain = _plain_text(element)
    return (plain, []) if plain is not None else _walked(element)


def _plain_text(element: Element) -> str | None:
    """The text of a paragraph of nothing but visible runs, as most are; None for any other."""
    pieces: list[str] = []
    for part in element:
        name = local(part)
        if name != "r":
            if name not in _LEFT_OUT:
                return None
            continue
        for leaf in part:
            kind = local(leaf)
            if kind == "t":
                pieces.append(leaf.text or "")
            elif kind != "rPr" or _on(leaf, "vanish"):
                return None
    return "".join(pieces)


def _walked(element: Element) -> tuple[str, list[Element]]:
    pieces: list[str] = []
    boxes: list[Element] = []
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        name = local(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "txbxContent":
            boxes.append(part)
        elif name in _TABS:
            pieces.append("\t")
        elif name in _BREAKS:
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "AlternateContent":
            waiting.extend(reversed(_alternative(part)))
        elif name not in _LEFT_OUT and not (name == "r" and _on(child(part, "rPr"), "vanish")):
            waiting.extend(reversed(part))
    return "".join(pieces), boxes


def _arranges(table: Element, rows: list[list[tuple[Element, int]]]) -> bool:
    cells = [cell for row in rows for cell, _ in row]
    nested = [[inner for inner in _block_elements(cell) if local(inner) == "tbl"] for cell in cells]
    with_tables = sum(1 for inner in nested if inner)
    if len(cells) > 1 and not with_tables:
        return False
    inside = sum(_characters(inner) for tables in nested for inner in tables)
    return only_arranges(len(cells), with_tables, _characters(table), inside)


def _characters(element: Element) -> int:
    return sum(len(str(text)) for text in element.itertext())


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table that are not deleted."""
    waiting = list(reversed(table))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "tr":
            properties = child(element, "trPr")
            if properties is None or child(properties, "del") is None:
                yield element
        elif name in _TRANSPARENT:
            waiting.extend(reversed(element))


def _cells(row: Element) -> Iterator[tuple[Element, int]]:
    """The cells of a row, each with the 1-based grid column it begins in."""
    column = 1 + _number(child(row, "trPr"), "gridBefore", 0)
    waiting = list(reversed(row))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "tc":
            yield element, column
            column += max(1, _number(child(element, "tcPr"), "gridSpan", 1))
        elif name in _TRANSPARENT:
            waiting.extend(reversed(element))
