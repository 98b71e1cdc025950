"""The runs of a Word paragraph as a reader sees them: deleted and hidden text is not there, inserted is."""

from __future__ import annotations

from gongkai.documents.publishing.hidden_office import is_cropped
from gongkai.documents.publishing.page_blocks import Run
from gongkai.documents.publishing.page_images import Images
from gongkai.documents.publishing.pasted_html import safe_href, visible
from gongkai.documents.publishing.word_fields import Fields, link_in
from gongkai.documents.publishing.word_styles import Styles, is_on, value
from gongkai.documents.xml_part import Element, attribute, child, local

_LEFT_OUT = frozenset(
    (
        *("del", "moveFrom", "pPr", "rPr", "rt", "sdtPr", "sdtEndPr", "delText", "delInstrText", "rubyPr"),
        *(
            "commentReference",
            "annotationRef",
            "bookmarkStart",
            "bookmarkEnd",
            "proofErr",
            "lastRenderedPageBreak",
        ),
    )
)
_SCRIPTS = {"superscript": "sup", "subscript": "sub"}
# Signs of Wingdings that forms use (position in the font -> the sign itself).
_SYMBOLS = {
    0x6F: "□",
    0xA8: "□",
    0x71: "□",
    0x72: "□",
    0xFE: "☑",
    0x52: "☑",
    0x53: "☒",
    0xFD: "☒",
    0xFC: "√",
    0xFB: "×",
    0x6C: "●",
    0x6E: "■",
    0x75: "◆",
    0xD8: "➢",
    0xB7: "•",
    0xE0: "→",
    0xF0: "→",
}


class RunReader:
    """Reads paragraphs of one part. `links`: relation id -> address; `notes`: those met."""

    def __init__(self, styles: Styles, images: Images, links: dict[str, str]) -> None:
        self._styles = styles
        self._images = images
        self._links = links
        self.notes: list[tuple[str, str]] = []  # kind and id of each footnote or endnote, in order
        self.left_out: set[str] = set()
        self._fields = Fields()

    def read(self, paragraph: Element) -> tuple[list[Run], list[Element]]:
        """The runs of a paragraph, and the text boxes that hang on it."""
        runs: list[Run] = []
        boxes: list[Element] = []
        waiting: list[tuple[Element, str]] = [(piece, "") for piece in reversed(paragraph)]
        while waiting:
            element, href = waiting.pop()
            name = local(element)
            if name in _LEFT_OUT or not name:
                continue
            if name == "r":
                self._run(element, href, runs, boxes)
                continue
            if name == "hyperlink":
                href = safe_href(self._links.get(attribute(element, "id") or "", "")) or href
            elif name == "fldSimple":
                href = link_in(attribute(element, "instr") or "") or href
            elif name in ("oMath", "oMathPara"):
                self.left_out.add("formula")
                runs.append(
                    Run(visible("".join(piece.text or "" for piece in element.iter("{*}t"))), href=href)
                )
                continue
            elif name == "AlternateContent":
                waiting.extend((piece, href) for piece in reversed(_alternative(element)))
                continue
            waiting.extend((piece, href) for piece in reversed(element))
        return runs, boxes

    def _run(self, run: Element, href: str, runs: list[Run], boxes: list[Element]) -> None:
        properties = child(run, "rPr")
        marks, script, hidden = self._look(properties)
        waiting = list(reversed(run))
        while waiting:
            piece = waiting.pop()
            if self._fields.take(piece):
                continue
            name = local(piece)
            if name in _LEFT_OUT or hidden or not self._fields.shown:
                continue
            text = self._text(piece, name)
            if text:
                runs.append(Run(text, marks, script, self._fields.href or href))
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(piece, name, runs)
            elif name in ("drawing", "pict", "object"):
                self._drawn(piece, runs, boxes)
            elif name == "AlternateContent":
                waiting.extend(reversed(_alternative(piece)))
            elif name in ("ruby", "rubyBase", "r"):
                waiting.extend(reversed(piece))

    def _text(self, piece: Element, name: str) -> str:
        if name == "t":
            return visible(piece.text or "")
        if name in ("tab", "ptab"):
            return " "
        if name in ("br", "cr"):
            return "" if attribute(piece, "type") in ("page", "column") else "\n"
        if name == "noBreakHyphen":
            return "-"
        if name == "sym":
            return _symbol(attribute(piece, "char") or "")
        return ""

    def _look(self, properties: Element | None) -> tuple[frozenset[str], str, bool]:
        """Marks, script, and whether it is hidden, by the run's own properties and its style's."""
        if properties is None:
            return frozenset(), "", False
        name = value(properties, "rStyle")
        chain = [properties, *(self._styles.run_properties(name) if name else ())]
        marks = {mark for mark, key in (("strong", "b"), ("em", "i")) if _first(chain, key)}
        underline = next((found for held in chain if (found := value(held, "u"))), "none")
        if underline != "none" and name.lower() not in ("hyperlink", "internetlink"):
            marks.add("u")
        script = next((found for held in chain if (found := value(held, "vertAlign"))), "")
        return frozenset(marks), _SCRIPTS.get(script, ""), _first(chain, "vanish")

    def _note(self, piece: Element, name: str, runs: list[Run]) -> None:
        key = (name.removesuffix("Reference"), attribute(piece, "id") or "")
        if key not in self.notes:
            self.notes.append(key)
        number = self.notes.index(key) + 1
        runs.append(Run(f"[{number}]", frozenset(), "sup", f"#fn-{number}"))

    def _drawn(self, piece: Element, runs: list[Run], boxes: list[Element]) -> None:
        """Pictures and text boxes of a drawing; of two ways to write one the first."""
        for element in _once(piece):
            name = local(element)
            if name == "txbxContent":
                boxes.append(element)
            elif name in ("blip", "imagedata"):
                number, alt = self._images.take(element, piece)
                if number:
                    runs.append(Run(alt, image=number))
                    if any(is_cropped(one) for one in piece.iter()):
                        self.left_out.add("crop")
                else:
                    self.left_out.add("picture")
            elif name in ("chart", "relIds"):
                self.left_out.add("chart")


def _first(chain: list[Element], name: str) -> bool:
    """The first word on a switch, nearest first."""
    return next((found for held in chain if (found := is_on(held, name)) is not None), False)


def _once(root: Element) -> list[Element]:
    """The elements of a drawing, of alternatives the first alone, none within a text box."""
    found: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found.append(element)
        if local(element) == "AlternateContent":
            waiting.extend(reversed(_alternative(element)))
        elif local(element) != "txbxContent":
            waiting.extend(reversed(element))
    return found


def _alternative(element: Element) -> list[Element]:
    copies = [copy for copy in element if local(copy) in ("Choice", "Fallback") and len(copy)]
    return list(copies[0]) if copies else []


def _symbol(written: str) -> str:
    try:
        code = int(written, 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(code & 0xFF, "") if code >= 0xF000 or code < 0x100 else visible(chr(code & 0xFFFF))
