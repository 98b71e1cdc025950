"""Runs of a Word file that nobody sees: hidden, in the colour of the paper, or too small."""

from __future__ import annotations

import re

from gongkai.documents.publishing.hidden_findings import Findings, quoted
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.word_places import Places
from gongkai.documents.xml_part import Element, attribute, child, local

SMALLEST = 4  # half points: text of 2 points and less is a mark on the paper, no letter
_OFF = ("0", "false", "off", "none")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}\Z")
_ALIKE = 10  # of 255: a difference no eye sees on paper or screen
_HIGHLIGHTS = {
    "black": "000000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "000080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkRed": "800000",
    "darkYellow": "808000",
    "lightGray": "C0C0C0",
    "darkCyan": "008080",
    "darkMagenta": "800080",
}
_NO_FILL = ("", "auto", "nil", "none")


class Unseen:
    """Knows which styles hide their text, and notes the runs of a part that are not seen."""

    def __init__(self, package: Package, main: str) -> None:
        self._hiding: set[str] = set()
        self._shaded: set[str] = set()
        for part in package.related(main, "styles")[:1]:
            for style in package.xml(part).iterchildren("{*}style"):
                name = attribute(style, "styleId") or ""
                if _is_on(child(child(style, "rPr"), "vanish")):
                    self._hiding.add(name)
                if any(_fill(element) is not None for element in style.iter() if local(element) == "shd"):
                    self._shaded.add(name)

    def note(self, root: Element, places: Places, findings: Findings) -> None:
        """Notes the unseen runs of a part."""
        background = child(root, "background")
        written = (attribute(background, "color") or "") if background is not None else ""
        paper = written.upper() if _COLOUR.match(written) else "FFFFFF"
        for number, run in enumerate(root.iter("{*}r")):
            if number % 10_000 == 0:
                findings.budget.check_time()
            properties = child(run, "rPr")
            hidden_by_style = bool(self._hiding) and self._hides(run, properties)
            if properties is None and not hidden_by_style:
                continue
            code = self._code(run, properties, hidden_by_style, paper)
            text = "".join(piece.text or "" for piece in run if local(piece) == "t") if code else ""
            if text.strip():
                findings.add(code, quoted(text), places.of(run))

    def _hides(self, run: Element, properties: Element | None) -> bool:
        paragraph = run.getparent()
        while paragraph is not None and local(paragraph) != "p":
            paragraph = paragraph.getparent()
        styles = {
            attribute(style, "val")
            for style in (child(properties, "rStyle"), child(child(paragraph, "pPr"), "pStyle"))
            if style is not None
        }
        vanish = child(properties, "vanish")
        return bool(styles & self._hiding) and (vanish is None or _is_on(vanish))

    def _code(self, run: Element, properties: Element | None, by_style: bool, paper: str) -> str:
        if by_style or _is_on(child(properties, "vanish")):
            return "hidden_text"
        size = child(properties, "sz")
        written = (attribute(size, "val") or "") if size is not None else ""
        if written.isdecimal() and int(written) <= SMALLEST:
            return "tiny_text"
        ground = self._ground(run, properties, paper)
        colour = _colour_of(properties)
        return "pale_text" if ground and colour and _are_alike(ground, colour) else ""

    def _ground(self, run: Element, properties: Element | None, paper: str) -> str:
        """The colour that a run stands on; "" where it is not known: a box of its own, a style's shading."""
        marked = child(properties, "highlight")
        if marked is not None and (attribute(marked, "val") or "none") != "none":
            return _HIGHLIGHTS.get(attribute(marked, "val") or "", "")
        grounds = [_fill(child(properties, "shd"))]
        above = run.getparent()
        while above is not None:
            name = local(above)
            if name in ("txbxContent", "textbox"):
                grounds.append("")
            kept = {"p": "pPr", "tc": "tcPr", "tbl": "tblPr"}.get(name)
            held = child(above, kept) if kept else None
            if held is not None:
                grounds.append(_fill(child(held, "shd")))
                style = child(held, "tblStyle") if name == "tbl" else child(held, "pStyle")
                if style is not None and attribute(style, "val") in self._shaded:
                    grounds.append("")
            above = above.getparent()
        return next((ground for ground in grounds if ground is not None), paper)


def _is_on(element: Element | None) -> bool:
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF


def _colour_of(properties: Element | None) -> str:
    """The colour of a run's letters; "" where it is not known."""
    colour = child(properties, "color")
    written = (attribute(colour, "val") or "auto") if colour is not None else "auto"
    if written.lower() == "auto":
        # Automatic letters turn white on dark shading, but under a black marker pen they stay black.
        marked = child(properties, "highlight")
        return "000000" if marked is not None and attribute(marked, "val") == "black" else ""
    return written.upper() if _COLOUR.match(written) else ""


def _fill(shading: Element | None) -> str | None:
    """The colour of a shading: None for none, "" where it is a pattern."""
    if shading is None:
        return None
    fill = (attribute(shading, "fill") or "").lower()
    pattern = (attribute(shading, "val") or "clear").lower()
    if pattern == "solid":
        fill = (attribute(shading, "color") or "").lower()
    elif pattern not in ("clear", "nil", "none"):
        return ""
    if fill in _NO_FILL:
        return None
    return fill.upper() if _COLOUR.match(fill) else ""


def _are_alike(first: str, second: str) -> bool:
    return all(abs(int(first[at : at + 2], 16) - int(second[at : at + 2], 16)) <= _ALIKE for at in (0, 2, 4))
