"""A letter or a form as a Word document that a clerk goes on with, on the page of the letter format."""

from __future__ import annotations

import datetime as dt

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from gongkai.documents.letters.printable import printable
from gongkai.documents.letters.text import FormText, LetterText, Printable
from gongkai.documents.letters.to_pdf import (
    HEAD_SIZE,
    HEAD_WIDTH,
    SMALLEST_HEAD,
    fitting_size,
    foot_indents,
    title_lines,
    width_of,
)
from gongkai.documents.writing.word_file import (
    LINE,
    PAGE_NUMBER_SIZE,
    TABLE_FONT,
    TEXT_SIZE,
    TITLE_FONT,
    WordCell,
    WordFile,
    element,
    run,
)

_RED = "FF0000"
_TWIPS_OF_A_POINT = 20
_RULES_OUTSIDE = (Mm(-8), Mm(-6))  # of 170 mm in the middle of the paper, beyond the margins of 28 and 26
_THICK, _THIN = 18, 6  # eighths of a point
_BELOW_THE_NAME = 11  # points: 4 mm
_GAP_OF_RULES = 2.0
_LINE_OF_BODY = 28  # characters
_FORM_SIZE = 12.0
_FORM_WIDTHS = (31.0, 47.0, 31.0, 47.0)  # millimetres
_LIST_WIDTHS = (14.0, 102.0, 40.0)
_ROW_HEIGHT, _LINE_OF_ROW = 24, 16  # points


def to_docx(paper: Printable, *, written_at: dt.datetime) -> bytes:
    """The paper as docx. `written_at` has a zone. Where 仿宋 or 小标宋 is missing Word takes another."""
    file = _LetterFile(printable(paper.title), printable(paper.organ), written_at)
    if isinstance(paper, FormText):
        file.form(paper)
    else:
        file.letter(paper)
    return file.content()


class _LetterFile(WordFile):
    """A Word document in the letter format: head and rules on the first page, numbers on the others."""

    def letter(self, letter: LetterText) -> None:
        self._number_sides()
        if letter.sealed:
            self._head(printable(letter.organ))
        if letter.number:
            self._line(letter.number, alignment="right", before=14, after=2 * LINE)
        self.title([printable(line) for line in title_lines(printable(letter.title))])
        if letter.addressee:
            self._line(f"{letter.addressee}：")
        lines = [line for text in letter.paragraphs for line in printable(text).splitlines() if line]
        # Word moves the last two lines of what is kept: the last paragraph's, or with a short one
        # those of the paragraph before it too.
        kept = 2 if lines and width_of(lines[-1]) <= _LINE_OF_BODY - 2 else 1
        for number, line in enumerate(lines, 1):
            self._body(line, kept=number > len(lines) - kept)
        for number, line in enumerate(letter.attachment_lines()):
            self._line(line, left=2 if number == 0 else 5, before=0 if number else LINE, kept=True)
        self._foot([printable(line) for line in letter.foot_lines() if line])
        for note in letter.notes:
            self._line(f"（{printable(note).strip('（）')}）", left=2)
        if letter.copies:
            self._copies(f"抄送：{'，'.join(map(printable, letter.copies))}。")

    def form(self, form: FormText) -> None:
        self.title([printable(line) for line in title_lines(printable(form.title))])
        if form.number:
            self._line(form.number, alignment="right")
        rows = []
        for number, row in enumerate(form.rows):
            cells = []
            for place, box in enumerate(row):
                column = place * 2
                span = 1 if len(row) > 1 else 3
                cells += [
                    WordCell(box.label, number, column, head=True, size=_FORM_SIZE),
                    WordCell(printable(box.value), number, column + 1, colspan=span, size=_FORM_SIZE),
                ]
            rows.append(cells)
        self.table(rows, _FORM_WIDTHS, 0, printable(form.title))
        for drawn, row in zip(self._document.tables[-1].rows, form.rows, strict=True):
            drawn.height = Pt(_ROW_HEIGHT + _LINE_OF_ROW * (max(box.lines for box in row) - 1))
        if form.table:
            self._line("")
            listed = [
                [
                    WordCell(printable(text), number, column, head=number == 0, size=_FORM_SIZE)
                    for column, text in enumerate(row)
                ]
                for number, row in enumerate(form.table)
            ]
            self.table(listed, _LIST_WIDTHS, 1, printable(form.title))
        for note in form.notes:
            self._line(note)

    def _head(self, organ: str) -> None:
        """The organ's name 30 mm from the upper edge, double rules below it and 20 mm from the lower edge."""
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        section.header_distance, section.footer_distance = Mm(30), Mm(20)
        size = fitting_size(organ, HEAD_WIDTH, HEAD_SIZE, SMALLEST_HEAD)
        words = run(organ, size, TITLE_FONT)
        colour = element("w:color", val=_RED)
        properties = words.find(qn("w:rPr"))
        assert properties is not None
        properties.insert(1, colour)
        head, foot = section.first_page_header, section.first_page_footer
        # Two paragraphs make a double rule: programs differ in which side of a double border is thick.
        _rule(head.paragraphs[0], "bottom", _THICK, _BELOW_THE_NAME, size)._p.append(words)
        _rule(head.add_paragraph(), "bottom", _THIN, 0, _GAP_OF_RULES)
        _rule(foot.paragraphs[0], "top", _THIN, 0, _GAP_OF_RULES)
        _rule(foot.add_paragraph(), "top", _THICK, 0, 1)

    def _number_sides(self) -> None:
        """Page numbers on the outer side: right on odd pages, left on even ones."""
        section = self._document.sections[0]
        self._document.settings.odd_and_even_pages_header_footer = True
        section.footer_distance = Mm(20)
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            if side == "left":
                field = element("w:fldSimple", instr="PAGE")
                field.append(run("2", PAGE_NUMBER_SIZE, TABLE_FONT))
                pieces = [
                    run("— ", PAGE_NUMBER_SIZE, TABLE_FONT),
                    field,
                    run(" —", PAGE_NUMBER_SIZE, TABLE_FONT),
                ]
                paragraph._p.extend(pieces)
            form = paragraph.paragraph_format
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
            form.space_after = Mm(3)
            _unindented(paragraph)
            setattr(form, f"{side}_indent", Pt(PAGE_NUMBER_SIZE))

    def _body(self, text: str, *, kept: bool) -> None:
        self._paragraph("Normal", [text], [element("w:keepNext")] if kept else [])

    def _foot(self, lines: list[str]) -> None:
        for number, (line, right) in enumerate(zip(lines, foot_indents(lines), strict=True)):
            last = number == len(lines) - 1
            self._line(line, alignment="right", right=right, before=0 if number else 2 * LINE, kept=not last)

    def _copies(self, text: str) -> None:
        """At the foot of the last page's text, without rules (10.1)."""
        place = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
        frame = element("w:framePr", w=8844, hRule="auto", wrap="around", **place)
        self._paragraph("Normal", [text], [frame, element("w:ind", firstLineChars=0, firstLine=0)])

    def _line(
        self,
        text: str,
        *,
        alignment: str = "left",
        left: float = 0,
        right: float = 0,
        before: float = 0,
        after: float = 0,
        kept: bool = False,
    ) -> None:
        """A line without the indent of a paragraph; sides in characters, room above and below in points."""
        about = [element("w:keepNext")] if kept else []
        about += [
            element(
                "w:spacing", before=round(before * _TWIPS_OF_A_POINT), after=round(after * _TWIPS_OF_A_POINT)
            ),
            element(
                "w:ind",
                left=round(left * TEXT_SIZE * _TWIPS_OF_A_POINT),
                right=round(right * TEXT_SIZE * _TWIPS_OF_A_POINT),
                firstLineChars=0,
                firstLine=0,
            ),
            element("w:jc", val=alignment),
        ]
        self._paragraph("Normal", [printable(text)], about)


def _rule(paragraph: Paragraph, side: str, thickness: int, space: int, height: float) -> Paragraph:
    """A red rule of 170 mm above or below a paragraph of that height, in points."""
    border = element(f"w:{side}", val="single", sz=thickness, space=space, color=_RED)
    # First of all: what is set below finds its place behind it, as the schema orders them.
    paragraph._p.get_or_add_pPr().append(element("w:pBdr", border))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = paragraph.paragraph_format
    form.line_spacing = Pt(height)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.space_before = form.space_after = Pt(0)
    form.left_indent, form.right_indent = _RULES_OUTSIDE
    _unindented(paragraph)
    return paragraph


def _unindented(paragraph: Paragraph) -> None:
    """The style indents by characters, which wins over points: both are taken back."""
    paragraph.paragraph_format.first_line_indent = Pt(0)
    for indent in paragraph._p.iter(qn("w:ind")):
        indent.set(qn("w:firstLineChars"), "0")
