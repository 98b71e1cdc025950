"""Html from anywhere (pasted from Word or WPS, imported from an old site) read into the blocks of a page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.html_nesting import check_nesting
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.addresses import path_in
from gongkai.documents.publishing.page_blocks import (
    CLASSES,
    FOOTNOTE,
    HEADINGS,
    MAX_COLSPAN,
    MAX_ROWSPAN,
    Block,
    ListOf,
    Paragraph,
    Run,
    TableCell,
    tidy,
)
from gongkai.documents.publishing.page_tables import settled

# Elements that go with what they hold: nobody reads it, or it runs.
# fmt: off
_GONE = frozenset((
    "head", "script", "style", "noscript", "template", "iframe", "frame", "frameset", "noframes", "noembed",
    "object", "embed", "applet", "svg", "math", "canvas", "audio", "video", "source", "track", "select",
    "option", "datalist", "textarea", "input", "button", "meta", "link", "base", "title", "rt", "rp", "del",
    "xmp", "plaintext", "xml", "map", "area", "param", "dialog", "progress", "meter", "marquee", "bgsound",
    "colgroup", "portal", "isindex", "w:worddocument", "w:latentstyles", "o:officedocumentsettings",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main",
    "menu", "nav", "p", "pre", "section", "summary", "listing", "dir", "search",
))
# fmt: on
_MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "u": "u",
    "ins": "u",
}
_SCRIPTS = {"sup": "sup", "sub": "sub"}
_HEADINGS = {"h1": "h2", "h6": "h5", **{name: name for name in HEADINGS}}
_ALIGNED = {"center": "centre", "middle": "centre", "right": "right", "end": "right"}
_ALIGN = re.compile(r"(?<![\w-])text-align\s*:\s*(?:-\w+-)?(center|right|end)\b", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b", re.IGNORECASE)
_LIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|[1-5]00)\b", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_UNDERLINED = re.compile(r"(?<![\w-])text-decoration(?:-line)?\s*:[^;]*\bunderline\b", re.IGNORECASE)
_RAISED = re.compile(r"(?<![\w-])vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:p[tx]|em|%)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$))",
    re.IGNORECASE,
)
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’"
_SOURCE_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_IMAGE = re.compile(r"image:([1-9]\d{0,3})\Z")
# All but what most texts consist of, every character of which is seen.
_PERHAPS_UNSEEN = re.compile(
    r"[^\n\t\r\f\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u3000-\u303f"
    r"\u4e00-\u9ffc\uff01-\uff5e]"
)
_LONGEST_ADDRESS, _LONGEST_ALT = 2_000, 300
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"'<>\\^`{|}\u00a0\u2000-\u200f\u2028-\u202f\u3000\ufeff]")
_BUILT = {
    "ul": "list",
    "ol": "list",
    "li": "item",
    "table": "table",
    "caption": "caption",
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "thead": "rows",
    "tbody": "rows",
    "tfoot": "rows",
}
MAX_OPEN = 40  # lists, items, tables, rows and cells within each other; what lies deeper is set level
_LOOK_AT_CLOCK = 2_000


def safe_href(address: str) -> str:
    """A link's address where it leads to the web, a mail box or a footnote; "" for all others.

    >>> safe_href(" https://www.example.gov.cn/a?b=1 "), safe_href("java\\tscript:alert(1)")
    ('https://www.example.gov.cn/a?b=1', '')
    """
    written = address.strip(" \t\r\n\f")
    if FOOTNOTE.match(written):
        return written
    if not written or len(written) > _LONGEST_ADDRESS or _UNSAFE.search(written):
        return ""
    try:
        parts = urlsplit(written)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        # Words before an @ only make another host look like this one.
        return (
            written
            if host and "@" not in parts.netloc and written.lower().startswith(f"{parts.scheme}://")
            else ""
        )
    return written if parts.scheme == "mailto" and "@" in parts.path else ""


def visible(text: str) -> str:
    """Without characters nobody sees: controls, marks of direction, zero width, halves of characters."""
    if not _PERHAPS_UNSEEN.search(text):
        return text
    return "".join(
        character
        for character in text
        if character in "\n\t\r\f " or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds at a place: marks of the text, kind and place of the paragraph."""

    marks: frozenset[str] = frozenset()
    script: str = ""
    href: str = ""
    tag: str = "p"
    cls: str = ""
    pre: bool = False


@dataclass(slots=True)
class _Container:
    """What content is put into: the page, a list's item, a table's cell; or a list, table or row itself."""

    kind: str  # page, item, cell; list, table, row
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    made: ListOf | None = None
    cell: TableCell | None = None
    rows: list[list[TableCell]] = field(default_factory=list)


def blocks_of(html: str, budget: Budget) -> list[Block]:
    """The blocks of any html. Raises too_complex, too_slow."""
    check_nesting(html, budget)
    tree = LexborHTMLParser(html)
    budget.check_time()
    reader = _Reader(budget)
    if tree.body is not None:
        reader.read(tree.body)
    return reader.blocks


class _Reader:
    """Walks the tree without recursion: html nests as deeply as its writer likes."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._open = [_Container("page")]
        self._look = _Look()

    @property
    def blocks(self) -> list[Block]:
        return self._open[0].blocks

    def read(self, root: LexborNode) -> None:
        # A node to enter; or, with none, the look to go back to and how many containers were open.
        waiting: list[tuple[LexborNode | None, _Look, int, bool]] = [(root, self._look, 1, False)]
        steps = 0
        while waiting:
            node, before, depth, is_block = waiting.pop()
            steps += 1
            if steps % _LOOK_AT_CLOCK == 0:
                self._budget.check_time()
            if node is None:
                self._leave(depth, is_block)
                self._look = before
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif not tag.startswith(("-", "!")) and tag not in _GONE and not _is_hidden(node):
                before, depth = self._look, len(self._open)
                is_block = self._enter(node, tag)
                waiting.append((None, before, depth, is_block))
                waiting.extend(
                    (one, before, 0, False) for one in reversed(list(node.iter(include_text=True)))
                )
        self._leave(1, True)

    def _leave(self, depth: int, is_block: bool) -> None:
        if is_block:
            self._flush()
        while len(self._open) > depth:
            self._flush()
            self._finish(self._open.pop())

    def _content(self) -> _Container:
        """Where text goes now. Between the items of a list it gets an item of its own."""
        if self._open[-1].kind == "list":
            self._open.append(_Container("item"))
        return next(one for one in reversed(self._open) if one.kind in ("page", "item", "cell"))

    def _text(self, text: str) -> None:
        if not text.strip() and self._open[-1].kind in ("list", "table", "row"):
            return
        text = visible(text.replace("\u00a0", " "))
        if not self._look.pre:
            text = re.sub(r"[\r\n\t\f]+", " ", _SOURCE_BREAK.sub("", text))
        look = self._look
        self._content().runs.append(Run(text.replace("\r", ""), look.marks, look.script, look.href))

    def _flush(self) -> None:
        """Ends the paragraph being written."""
        into = self._open[-1]
        runs, into.runs = tidy(into.runs), []
        if not runs:
            return
        tag = self._look.tag if into.kind == "page" else "p"
        into.blocks.append(Paragraph(runs, tag, self._look.cls))

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Begins an element; tells whether it is a block."""
        attributes = node.attributes
        style = attributes.get("style") or ""
        if tag == "br":
            self._content().runs.append(Run("\n", self._look.marks, self._look.script, self._look.href))
            return False
        if tag == "img":
            self._image(attributes)
            return False
        is_block = tag in _BLOCKS or tag in _HEADINGS or tag in _BUILT
        if is_block:
            if self._open[-1].kind in ("page", "item", "cell"):
                self._flush()
            self._look = self._block_look(tag, attributes, style)
            self._build(tag, attributes)
        self._look = self._inline_look(tag, attributes, style)
        return is_block

    def _block_look(self, tag: str, attributes: dict[str, str | None], style: str) -> _Look:
        named = next((name for name in (attributes.get("class") or "").split() if name in CLASSES), "")
        found = _ALIGN.search(style)
        align = (found[1] if found else attributes.get("align") or "").lower()
        cls = named or _ALIGNED.get(align, "") or ("centre" if tag in ("center", "caption") else "")
        if not cls and align not in ("left", "start", "justify") and self._look.cls in ("centre", "right"):
            cls = self._look.cls  # of what stands around it
        kind = _HEADINGS.get(tag, "p" if tag in _BUILT or tag == "p" else self._look.tag)
        return replace(self._look, tag=kind, cls=cls, pre=self._look.pre or tag in ("pre", "listing"))

    def _inline_look(self, tag: str, attributes: dict[str, str | None], style: str) -> _Look:
        look = self._look
        marks = set(look.marks)
        if tag in _MARKS:
            marks.add(_MARKS[tag])
        if style:
            if _BOLD.search(style) and look.tag == "p":
                marks.add("strong")
            elif _LIGHT.search(style):
                marks.discard("strong")
            marks |= {mark for mark, form in (("em", _ITALIC), ("u", _UNDERLINED)) if form.search(style)}
        raised = _RAISED.search(style)
        script = _SCRIPTS.get(tag) or ((raised[1].lower().replace("super", "sup")) if raised else look.script)
        href = safe_href(attributes.get("href") or "") if tag == "a" else look.href
        return replace(look, marks=frozenset(marks), script=script, href=href)

    def _image(self, attributes: dict[str, str | None]) -> None:
        found = _IMAGE.match((attributes.get("src") or "").strip())
        if found:
            alt = " ".join(visible(attributes.get("alt") or "").split())[:_LONGEST_ALT].strip()
            self._content().runs.append(Run("" if path_in(alt) else alt, image=int(found[1])))

    def _build(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Begins a list, an item, a table, a row or a cell."""
        if tag not in _BUILT or len(self._open) > MAX_OPEN:
            return
        kind = _BUILT[tag]
        above = self._open[-1].kind
        if kind == "list":
            self._content()
            start = attributes.get("start") or ""
            number = int(start) if start.isascii() and start.isdecimal() and len(start) < 5 else 1
            self._open.append(
                _Container("list", made=ListOf(tag == "ol", start=number if tag == "ol" else 1))
            )
        elif kind == "item":
            if above == "item" and len(self._open) > 1 and self._open[-2].kind == "list":
                self._leave(len(self._open) - 1, True)  # one that nobody opened
            if self._open[-1].kind == "list":
                self._open.append(_Container("item"))
        elif kind == "table":
            self._content()
            self._open.append(_Container("table"))
        elif kind == "row" and above == "table":
            self._open.append(_Container("row"))
        elif kind == "cell" and above == "row":
            cell = TableCell(
                [],
                tag == "th",
                _span(attributes.get("rowspan"), MAX_ROWSPAN),
                _span(attributes.get("colspan"), MAX_COLSPAN),
            )
            self._open.append(_Container("cell", cell=cell))

    def _finish(self, closed: _Container) -> None:
        """Puts what was built where it belongs."""
        into = self._open[-1]
        if closed.kind == "item":
            if closed.blocks and into.made is not None:
                into.made.items.append(closed.blocks)
        elif closed.kind == "cell" and closed.cell is not None:
            closed.cell.blocks = closed.blocks
            into.rows[-1:] = [[*(into.rows[-1] if into.rows else []), closed.cell]]
        elif closed.kind == "row":
            into.rows.append(closed.rows[0] if closed.rows else [])
        elif closed.kind == "list" and closed.made is not None:
            if closed.made.items:
                self._content().blocks.append(closed.made)
        elif closed.kind == "table":
            self._content().blocks.extend(settled(closed.rows))


def _span(written: str | None, most: int) -> int:
    text = (written or "").strip()
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_UNSEEN.search(attributes.get("style") or ""))
