"""docx to the blocks of a page: paragraphs, headings, lists with their numbers, tables, notes, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.documents.limits import Budget, too_complex
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.page_blocks import (
    MAX_COLSPAN,
    Block,
    ListOf,
    Paragraph,
    Run,
    TableCell,
    tidy,
)
from gongkai.documents.publishing.page_images import Images, PageImage
from gongkai.documents.publishing.page_tables import settled
from gongkai.documents.publishing.word_numbering import BULLET, Numbering
from gongkai.documents.publishing.word_styles import Look, Styles, is_on, value, whole
from gongkai.documents.publishing.word_text import RunReader
from gongkai.documents.xml_part import Element, attribute, child, local

_TRANSPARENT = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "dir", "bdo"))
_TITLES = ("title", "标题样式", "文件标题", "公文标题")
_CONTENTS = ("toc ", "目录")
_HEADINGS = ("h2", "h3", "h4", "h5")
_FAR_RIGHT = 4_000  # twentieths of a point: an indent of seven centimetres and more puts a line at the right
_BLANKS_AT_RIGHT = 8  # blanks before a short line that put it at the right
_SHORT = 40
MAX_NESTED_TABLES = 12


@dataclass(slots=True)
class WordPage:
    """`left_out`: what could not be shown: formula, picture, chart, contents."""

    blocks: list[Block]
    images: list[PageImage]
    left_out: set[str] = field(default_factory=set)


def page_of_docx(content: bytes, budget: Budget) -> WordPage:
    """A docx as a page. Raises damaged, encrypted, too_complex, too_slow."""
    package = Package(content, "docx", budget)
    main = package.main_part()
    styles = Styles(package, main)
    body = child(package.xml(main), "body")
    reader = _Reader(package, main, styles, budget)
    blocks = reader.blocks(body, 0) if body is not None else []
    if body is not None and next(body.iter("{*}altChunk"), None) is not None:
        reader.runs.left_out.add("chunk")
    blocks += reader.notes()
    return WordPage(blocks, reader.images.found, reader.runs.left_out)


class _Reader:
    def __init__(self, package: Package, main: str, styles: Styles, budget: Budget) -> None:
        self._package = package
        self._main = main
        self._styles = styles
        self._budget = budget
        self._numbering = Numbering(package, main, styles)
        self.images = Images(package, _targets(package, main))
        self.runs = RunReader(styles, self.images, _links(package, main))

    def blocks(self, container: Element, depth: int) -> list[Block]:
        """The blocks of a body, cell or text box."""
        if depth > MAX_NESTED_TABLES:
            raise too_complex("表格嵌套层次过深", "tables nested too deeply")
        found: list[Block] = []
        for element in _block_elements(container):
            self._budget.check_time()
            if local(element) == "tbl":
                found += settled(self._rows(element, depth))
                continue
            self._paragraph(element, found, depth)
        return found

    def _paragraph(self, element: Element, found: list[Block], depth: int) -> None:
        properties = child(element, "pPr")
        look = self._styles.of_paragraph(properties)
        number = self._numbering.printed(properties)
        if look.name.lower().startswith(_CONTENTS):
            self.runs.left_out.add("contents")
            return
        raw, boxes = self.runs.read(element)
        runs = tidy(raw)
        if runs and number == BULLET:
            _add_item(found, Paragraph(runs))
        elif runs:
            if number:
                runs = tidy([Run(number), *runs])
            found.append(_made(element, runs, raw, look))
        for box in boxes:
            found += self.blocks(box, depth + 1)

    def _rows(self, table: Element, depth: int) -> list[list[TableCell]]:
        """The rows of a table; a cell merged downwards (w:vMerge) is listed once, with its rows counted."""
        rows: list[list[TableCell]] = []
        open_cells: dict[int, TableCell] = {}  # column -> the cell that goes on downwards
        heads: list[bool] = []
        for row in _through(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            self._budget.check_time()
            rows.append([])
            heads.append(bool(is_on(properties, "tblHeader")))
            still_open: dict[int, TableCell] = {}
            column = whole(value(properties, "gridBefore")) or 0
            for cell in _through(row, "tc"):
                held = child(cell, "tcPr")
                span = min(max(1, whole(value(held, "gridSpan")) or 1), MAX_COLSPAN)
                merge = child(held, "vMerge")
                going_on = merge is not None and (attribute(merge, "val") or "continue") != "restart"
                above = open_cells.get(column)
                content = self.blocks(cell, depth + 1)
                if going_on and above is not None:
                    above.rowspan += 1
                    above.blocks += content
                    still_open[column] = above
                else:
                    made = TableCell(content, heads[-1], 1, span)
                    rows[-1].append(made)
                    if merge is not None:
                        still_open[column] = made
                column += span
            self._budget.take_cells(len(rows[-1]))
            open_cells = still_open
        return rows if any(heads) else _with_head(rows)

    def notes(self) -> list[Block]:
        """The footnotes and endnotes that were met, each as a paragraph at the end."""
        roots: dict[str, dict[str, Element]] = {}
        found: list[Block] = []
        for number, (kind, name) in enumerate(list(self.runs.notes), 1):
            if kind not in roots:
                roots[kind] = self._notes_of(kind)
            note = roots[kind].get(name)
            # Pictures and links of a note belong to its own part: its text is what is shown.
            reader = RunReader(self._styles, Images(self._package, {}), {})
            text: list[Run] = []
            for element in note.iter("{*}p") if note is not None else ():
                text += [*reader.read(element)[0], Run("\n")]
            runs = [Run(f"[{number}]", href=f"#fnref-{number}"), Run(" "), *tidy(text)]
            found.append(Paragraph(tidy(runs), cls="footnote"))
        return found

    def _notes_of(self, kind: str) -> dict[str, Element]:
        for part in self._package.related(self._main, f"{kind}s")[:1]:
            return {
                attribute(note, "id") or "": note
                for note in self._package.xml(part).iterchildren(f"{{*}}{kind}")
            }
        return {}


def _add_item(found: list[Block], paragraph: Paragraph) -> None:
    if not found or not isinstance(found[-1], ListOf):
        found.append(ListOf(False))
    last = found[-1]
    assert isinstance(last, ListOf)
    last.items.append([paragraph])


def _made(element: Element, runs: list[Run], raw: list[Run], look: Look) -> Paragraph:
    size, red = _letters(element, look)
    if look.level is not None and 0 <= look.level < 9:
        plain = [run._replace(marks=run.marks - {"strong"}) for run in runs]
        return Paragraph(tidy(plain), _HEADINGS[min(look.level, 3)], "", size, red)
    cls = look.align or ("right" if _is_at_right(element, runs, raw) else "")
    titled = look.name.lower() in _TITLES
    return Paragraph(runs, "p", cls or ("centre" if titled else ""), size, red, titled)


def _letters(element: Element, look: Look) -> tuple[int, bool]:
    """Size of the largest letters in half points, and whether any are red."""
    size, red = 0, False
    for run in element.iter("{*}r"):
        if not any(local(piece) == "t" and (piece.text or "").strip() for piece in run):
            continue
        properties = child(run, "rPr")
        size = max(size, whole(value(properties, "sz")) or look.size or 0)
        red = red or _is_red(value(properties, "color") or look.colour)
    return size or look.size or 0, red


def _is_red(colour: str) -> bool:
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red > 150 and green < 80 and blue < 80


def _is_at_right(element: Element, runs: list[Run], raw: list[Run]) -> bool:
    """Whether a short line, as a signature or a date, is put at the right by an indent or by blanks."""
    if sum(len(run.text) for run in runs) > _SHORT:
        return False
    indent = child(child(element, "pPr"), "ind")
    left = 0
    if indent is not None:
        for name in ("left", "start", "firstLine"):
            left += whole(attribute(indent, name) or "") or 0
    text = "".join(run.text for run in raw)
    blanks = sum(2 if character == "\u3000" else 1 for character in text[: len(text) - len(text.lstrip())])
    return left >= _FAR_RIGHT or blanks >= 2 * _BLANKS_AT_RIGHT


def _with_head(rows: list[list[TableCell]]) -> list[list[TableCell]]:
    """The first row as header cells where it alone is bold throughout."""
    if (
        len(rows) > 1
        and rows[0]
        and _all_bold(rows[0])
        and not all(_all_bold(row) for row in rows[1:] if row)
    ):
        for cell in rows[0]:
            cell.header = True
    return rows


def _all_bold(row: list[TableCell]) -> bool:
    runs = [
        run
        for cell in row
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.text.strip() and not run.image
    ]
    return bool(runs) and all("strong" in run.marks for run in runs)


def _targets(package: Package, part: str) -> dict[str, str]:
    return {one.id: one.target for one in package.relations(part) if one.kind == "image" and not one.external}


def _links(package: Package, part: str) -> dict[str, str]:
    return {one.id: one.target for one in package.relations(part) if one.kind == "hyperlink" and one.external}


def _block_elements(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a container, through the wrappers around them."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _TRANSPARENT:
            waiting.extend(reversed(element))
        elif name == "AlternateContent":
            copies = [copy for copy in element if local(copy) in ("Choice", "Fallback") and len(copy)]
            waiting.extend(reversed(copies[0]) if copies else ())


def _through(container: Element, name: str) -> Iterator[Element]:
    """The rows or cells of a container, through the wrappers around them."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if local(element) == name:
            yield element
        elif local(element) in _TRANSPARENT:
            waiting.extend(reversed(element))
