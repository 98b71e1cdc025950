"""Earlier versions that a pdf keeps: programs append what they change and leave the old behind."""

from __future__ import annotations

import re

import pypdfium2

from gongkai.documents.errors import DocumentError
from gongkai.documents.pdf import _engine  # PDFium is one for the process: one lock for all who use it
from gongkai.documents.pdf.weight import refuse_heavy
from gongkai.documents.publishing.hidden_findings import Findings, quoted

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_MOST_PAGES = 100
_MOST_VERSIONS = 3  # the last before the present are compared
_BLANKS = re.compile(r"\s+")


def earlier_versions(content: bytes, signed: bool, findings: Findings) -> None:
    """Notes earlier versions, and words of them that are gone. A signed file is appended to by signing it."""
    # The first of a file arranged for the web points to 0 and ends no version.
    ends = [found.end() for found in _END.finditer(content) if found[1] != b"0"]
    if b"/Linearized" in content[:2048] and len(ends) > 1:
        ends = ends[1:] if _is_first_half(content, ends) else ends
    earlier = ends[:-1]
    if not earlier:
        return
    gone = _gone(content, earlier[-_MOST_VERSIONS:], findings)
    if gone:
        findings.add("earlier_text", quoted(gone))
    elif not signed:
        findings.add("earlier_revision", count=len(earlier))


def _is_first_half(content: bytes, ends: list[int]) -> bool:
    """Whether the first end is that of the first page of a file arranged for the web."""
    return ends[0] < 4096 or ends[0] * 4 < len(content)


def _gone(content: bytes, ends: list[int], findings: Findings) -> str:
    """The first line of an earlier version that the present does not have."""
    now = _lines(content, findings)
    if now is None:
        return ""
    together = "".join(now)
    for end in reversed(ends):
        before = _lines(content[:end], findings)
        for line in before or ():
            if line not in together:
                return line
    return ""


def _lines(content: bytes, findings: Findings) -> list[str] | None:
    """The lines of a pdf's text without blanks; None where it does not open by itself."""
    try:
        refuse_heavy(content, findings.budget)
    except DocumentError:
        return None
    with _engine:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return None
        lines: list[str] = []
        try:
            for number in range(min(len(document), _MOST_PAGES)):
                findings.budget.check_time()
                lines += _page_lines(document, number)
        finally:
            document.close()
    return lines


def _page_lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    try:
        page = document[number]
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        textpage.close()
        page.close()
    except pypdfium2.PdfiumError:
        return []
    return [line for raw in text.splitlines() if len(line := _BLANKS.sub("", raw)) > 1]
