"""html: what a reader of the page sees, as lines and tables; scripts, styles and hidden parts left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.html_nesting import check_nesting
from gongkai.documents.intermediate import Block, Document, Line, Table
from gongkai.documents.limits import MAX_MARKUP_BYTES, Budget, too_complex, too_large
from gongkai.documents.table_grid import Span, only_arranges, place_rows
from gongkai.documents.text import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHARSET_WITHIN = 4096  # bytes; browsers look at 1024
# fmt: off
_UNSEEN = frozenset((
    "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "audio", "video", "select", "datalist", "textarea", "rt", "rp", "math", "del",
))
# fmt: on
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’"
# A line broken in the source between two Chinese characters is layout of the source, no space of the text.
_SOURCE_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = str.maketrans({"\u200b": None, "\ufeff": None, "\u00ad": None})
MAX_NESTED_TABLES = 30
_LOOK_AT_CLOCK = 2_000  # nodes between two looks


def read_html(content: bytes, source: str, budget: Budget) -> Document:
    """The visible text of a page as `Line`s and `Table`s. Tables that only arrange the page are unwrapped."""
    if len(content) > MAX_MARKUP_BYTES:
        raise too_large(MAX_MARKUP_BYTES)
    declared = _CHARSET.search(content, 0, _CHARSET_WITHIN)
    text, notes = decode(content, declared[1].decode("ascii", "replace") if declared else None)
    check_nesting(text, budget)
    tree = LexborHTMLParser(text)
    budget.check_time()
    flow = _Builder(budget).build(tree.root) if tree.root is not None else _Flow()
    title = tree.head.css_first("title") if tree.head is not None else None
    words = " ".join(title.text().split()) if title is not None else ""
    return Document(source, "html", _numbered(flow, budget), notes=notes, title=words)


@dataclass(slots=True)
class _Flow:
    """Text in the making: finished lines and tables, and the line being written."""

    items: list[str | _Grid] = field(default_factory=list)
    current: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.current.append(text)

    def break_line(self) -> None:
        if self.current:
            text = _SOURCE_BREAK.sub("", "".join(self.current))
            text = _BLANKS.sub(" ", text).strip(" ").replace("\u00a0", " ").translate(_INVISIBLE)
            if text.strip():
                self.items.append(text.rstrip())
            self.current.clear()

    def text(self) -> str:
        """Everything as the text of one cell; a table within it gives its rows as lines with tabs."""
        lines: list[str] = []
        for item in self.items:
            if isinstance(item, str):
                lines.append(item.strip())
            else:
                lines.extend("\t".join(span.text.replace("\n", "") for span in row) for row in item.spans())
        return "\n".join(lines)


@dataclass(slots=True)
class _Box:
    """A cell in the making."""

    flow: _Flow
    rowspan: int
    colspan: int


@dataclass(slots=True)
class _Grid:
    """A table in the making. `finished` holds its cells' text once it is known to be data."""

    rows: list[list[_Box]] = field(default_factory=list)
    finished: list[list[Span]] | None = None
    only_widths: list[list[_Box]] = field(default_factory=list)  # rows of no height that Word adds at the end

    def spans(self) -> list[list[Span]]:
        if self.finished is None:
            if any(row is self.rows[-1] for row in self.only_widths) and not any(
                box.flow.items for box in self.rows[-1]
            ):
                self.rows.pop()
            self.finished = [[Span(b.flow.text(), b.rowspan, b.colspan) for b in row] for row in self.rows]
        return self.finished

    def only_arranges(self) -> bool:
        boxes = [box for row in self.rows for box in row]
        nested = [[item for item in box.flow.items if isinstance(item, _Grid)] for box in boxes]
        inside = sum(len(span.text) for grids in nested for g in grids for row in g.spans() for span in row)
        own = sum(len(item) for box in boxes for item in box.flow.items if isinstance(item, str))
        return only_arranges(len(boxes), sum(1 for grids in nested if grids), own + inside, inside)


class _Builder:
    """Walks the nodes without recursion; a stack of flows stands for the cells that are open."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._flows = [_Flow()]
        self._grids: list[_Grid] = []
        self._pre = 0

    def build(self, root: LexborNode) -> _Flow:
        node: LexborNode | None = root
        seen = 0
        while node is not None:
            seen += 1
            if seen % _LOOK_AT_CLOCK == 0:
                self._budget.check_time()
            below = node.first_child if self._enter(node) else None
            while below is None and node is not None:
                self._leave(node)
                below = node.next
                node = node.parent
            node = below
        self._flows[0].break_line()
        return self._flows[0]

    def _enter(self, node: LexborNode) -> bool:
        """Takes a node's own part in; says whether its children are to be seen."""
        tag = node.tag
        if node.is_text_node:
            self._text(node.text_content or "")
            return False
        if tag is None or tag in _UNSEEN or _hidden(node):
            return False
        if tag == "br":
            self._flows[-1].break_line()
        elif tag in _BLOCKS:
            self._open(tag, node)
        return True

    def _text(self, text: str) -> None:
        if not self._pre:
            self._flows[-1].write(text)
            return
        for index, line in enumerate(text.split("\n")):
            if index:
                self._flows[-1].break_line()
            # Spaces and tabs set columns apart here and are kept.
            self._flows[-1].write(line.rstrip("\r").replace(" ", "\u00a0").replace("\t", "\u00a0\u00a0"))

    def _open(self, tag: str, node: LexborNode) -> None:
        if tag in ("td", "th") and self._grids and self._grids[-1].rows:
            box = _Box(_Flow(), _span(node, "rowspan"), max(1, _span(node, "colspan")))
            self._grids[-1].rows[-1].append(box)
            self._flows.append(box.flow)
            return
        self._flows[-1].break_line()
        if tag == "table":
            if len(self._grids) >= MAX_NESTED_TABLES:
                raise too_complex("表格嵌套层次过深", "tables nested too deeply")
            self._grids.append(_Grid())
        elif tag == "tr" and self._grids:
            row: list[_Box] = []
            self._grids[-1].rows.append(row)
            if (node.attributes.get("height") or "").strip() == "0":
                self._grids[-1].only_widths.append(row)
        elif tag == "pre":
            self._pre += 1

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag not in _BLOCKS or _hidden(node):
            return
        self._flows[-1].break_line()
        if tag in ("td", "th") and len(self._flows) > 1:
            self._flows.pop()
        elif tag == "pre":
            self._pre -= 1
        elif tag == "table":
            self._close_table(self._grids.pop())

    def _close_table(self, grid: _Grid) -> None:
        flow = self._flows[-1]
        if not grid.only_arranges():
            flow.items.append(grid)
            return
        for row in grid.rows:
            for box in row:
                flow.items.extend(box.flow.items)


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _span(node: LexborNode, name: str) -> int:
    """A rowspan or colspan: 1 unless it is a plain number (browsers do the same)."""
    value = (node.attributes.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _numbered(flow: _Flow, budget: Budget) -> list[Block]:
    blocks: list[Block] = []
    lines = tables = 0
    for item in flow.items:
        budget.check_time()
        if isinstance(item, str):
            lines += 1
            budget.take_lines(1)
            blocks.append(Line(item, lines))
            continue
        rows = place_rows(item.spans(), budget)
        if any(rows):
            tables += 1
            blocks.append(Table(tables, rows))
    return blocks
