"""Every bomb by name: how it is built, and the name it travels under."""

from __future__ import annotations

from tests.documents import bombs as b
from tests.documents.bombs import MB, Bomb, report_with
from tests.documents.handmade_pdf import HELLO, handmade_pdf
from tests.documents.samples import docx_of, paragraph

_MOST = 240_000  # twice as many characters are just within the limit: the checks see them


def _text(words: str, form: str = "2021") -> Bomb:
    return lambda: report_with((words * (_MOST // len(words) + 1))[:_MOST], form)


ARCHIVES: dict[str, Bomb] = {
    "archives in archives.docx": b.nested_archives,
    "one entry of half a gigabyte.docx": lambda: b.archive_of(b.zeros_packed(500 * MB), 500 * MB),
    "half a gigabyte that claims a kilobyte.docx": lambda: b.archive_of(
        b.zeros_packed(500 * MB), 500 * MB, claimed=1000
    ),
    "a hundred thousand names for one entry.docx": lambda: b.archive_of(
        b.zeros_packed(20 * MB), 20 * MB, names=100_000
    ),
    "a million empty entries.docx": lambda: b.archive_of(b"<a/>", 4, names=1_000_000, method=0),
}
XML: dict[str, Bomb] = {
    "a billion laughs.docx": lambda: b.entities(10, 10),
    "one long entity named often.docx": b.one_long_entity,
    "eight million empty elements.docx": lambda: b.repeated_in_body("<a/>"),
    "two million paragraphs.docx": lambda: b.repeated_in_body("<p><r/></p>"),
    "four million attributes.docx": lambda: b.repeated_in_body('<a b="1" c="2" d="3" e="4" f="5" g="6"/>'),
    "two million words.docx": lambda: b.repeated_in_body("<p><r><t>a</t></r></p>"),
    "four million comments.docx": lambda: b.repeated_in_body("<!---->"),
    "a million names of elements.docx": lambda: b.padded(
        "<document><body>" + "".join(f"<a{n}/>" for n in range(2_000_000)) + "</body></document>"
    ),
    "one element of a million attributes.docx": lambda: b.padded(
        "<document " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/>"
    ),
    "a hundred thousand namespaces.docx": lambda: b.padded(
        "<document " + " ".join(f'xmlns:a{n}="b{n}"' for n in range(100_000)) + "><body/></document>"
    ),
    "one text of thirty megabytes.docx": lambda: b.repeated_in_body("a"),
    "one paragraph of a million runs.docx": lambda: b.padded(
        f"<document><body><p>{'<r><t>甲</t></r>' * 1_000_000}</p></body></document>"
    ),
    "tables nested a hundred thousand deep.docx": b.nested_tables_of_word,
    "wrappers nested a hundred thousand deep.docx": lambda: b.wrapped(100_000),
    "cells merged downwards without end.docx": b.merged_downwards,
    "spans of a hundred thousand columns.docx": b.wide_spans_of_word,
    "a span of a billion columns.docx": lambda: docx_of(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        + paragraph("甲")
    ),
}
_WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
)
_PARTS = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
SAVED: dict[str, Bomb] = {
    "seven million empty elements.xml": lambda: (
        f"{_WORD_2003}{'<a/>' * 7_000_000}</w:body></w:wordDocument>".encode()
    ),
    "a billion laughs.xml": lambda: (
        _WORD_2003.replace("?><w", '?><!DOCTYPE d [<!ENTITY a "ha">]><w').encode() + b"&a;" * 3_000_000
    ),
    "parts nested without end.mht": lambda: (
        _PARTS + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 100_000
    ),
    "a million parts.mht": lambda: _PARTS + b"--a\nContent-Type: text/plain\n\na\n" * 600_000 + b"--a--\n",
    "forty megabytes of base64.mht": lambda: (
        _PARTS
        + b"--a\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        + b"PGI+PGI+PGI+\n" * 3_000_000
        + b"--a--\n"
    ),
}
SHEETS: dict[str, Bomb] = {
    "a cell in the last corner.xlsx": b.far_cell,
    "ten million blank cells.xlsx": lambda: b.workbook(b.cells(7_000_000, "<c/>")),
    "ten million cells in one row.xlsx": lambda: b.workbook(b.cells(7_000_000, "<c/>", 7_000_000)),
    "a million figures.xlsx": lambda: b.workbook(b.cells(1_000_000)),
    "a hundred thousand merged cells of the whole sheet.xlsx": lambda: b.merged_all(100_000),
    "a long text in every cell.xlsx": b.one_text_in_every_cell,
    "a billion laughs.xlsx": lambda: b.workbook(
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<worksheet><sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>"
    ),
    "two million shared texts.xlsx": lambda: b.workbook(
        b.cells(1000), f"<sst>{'<si><t>a</t></si>' * 1_700_000}</sst>"
    ),
}
PAGES: dict[str, Bomb] = {
    "a million nested divs.html": lambda: b"<html>" + b"<div>" * 1_000_000,
    "a million nested spans.html": lambda: b"<html>" + b"<span>" * 1_000_000 + b"a",
    "a million nested bolds.html": lambda: b"<html>" + b"<p><b>" * 1_000_000 + b"a",
    "a million blocks.html": lambda: b"<html>" + b"<div>1</div>" * 800_000,
    "a million cells in a row.html": lambda: b"<html><table><tr>" + b"<td>1" * 1_500_000,
    "spans of a billion.html": lambda: (
        b"<html><table>" + b"<tr><td rowspan=1000000000 colspan=1000000000>1" * 1000
    ),
    "cells that reach far in one row.html": lambda: (
        b"<html><table><tr>" + b"<td rowspan=2 colspan=1000>1" * 300_000 + b"<tr><td>1"
    ),
    "cells that reach far in every row.html": lambda: (
        b"<html><table>" + b"<tr><td rowspan=60000 colspan=1000>1" * 100_000
    ),
    "wide cells.html": lambda: b"<html><table>" + b"<tr>" + (b"<td colspan=1000>1" * 100 + b"<tr>") * 1_000,
    "tables in tables.html": lambda: b"<html>" + b"<table><tr><td>" * 100_000,
    "a million attributes.html": lambda: b"<html><p " + b"a=1 " * 2_000_000 + b">",
    "a million names of attributes.html": lambda: (
        b"<html><p " + b" ".join(b"a%d" % n for n in range(1_000_000))
    ),
    "brackets without end.html": lambda: b"<html>" + b"<" * 9_000_000,
    "comments without end.html": lambda: b"<html>" + b"<!--" * 2_000_000,
    "entities.html": lambda: b"<html><p>" + b"&nbsp;" * 1_500_000,
    "blanks.html": lambda: b"<html><p>" + b" " * 9_000_000 + b"a",
    "styles.html": lambda: b"<html>" + b"<p style='%s'>" % (b";display :" * 900_000),
    "formatting that is never closed.html": lambda: b"<html>" + b"<p><a href=x><i><u>" * 400_000,
}
PDFS: dict[str, Bomb] = {
    "a million shapes.pdf": lambda: handmade_pdf(HELLO + b"1 1 5 5 re f\n" * 1_000_000),
    "ten thousand pages.pdf": lambda: handmade_pdf(HELLO, pages=10_000),
    "a million indirect objects.pdf": b.a_million_indirect_objects,
    "pages that hold themselves.pdf": b.pages_that_hold_themselves,
    "a deep tree of pages.pdf": b.deep_page_tree,
    "object streams in a circle.pdf": b.object_streams_in_a_circle,
    "a directory that comes before itself.pdf": b.xref_in_a_circle,
    "a directory of gigabytes.pdf": b.huge_xref_stream,
    "a page packed tightly.pdf": b.page_packed_tightly,
    "a page packed tightly that claims to be a picture.pdf": lambda: b.page_packed_tightly(b"/Type/Image"),
    "a page packed tightly under another name.pdf": lambda: b.page_packed_tightly(name=b"/Fl#61teDecode"),
    "a page packed tightly under a short name.pdf": lambda: b.page_packed_tightly(name=b"/Fl"),
    "a page packed twice.pdf": b.page_packed_twice,
    "arrays nested two million deep.pdf": b.deeply_nested_array,
    "brackets nested in the content.pdf": lambda: handmade_pdf(HELLO + b"[" * 1_000_000),
    "states saved and never restored.pdf": lambda: handmade_pdf(b"q " * 2_000_000 + HELLO),
    "forms that draw forms.pdf": lambda: handmade_pdf(
        HELLO + b"/X0 Do\n" * 100, forms=[b"/X1 Do\n" * 100, b"/X2 Do\n" * 100, b"/X3 Do\n" * 100, HELLO]
    ),
    "a form that draws itself.pdf": lambda: handmade_pdf(HELLO + b"/X0 Do\n" * 99, forms=[b"/X0 Do\n" * 99]),
    "words all over the page.pdf": lambda: b.words_all_over(100_000),
    "lines across the page.pdf": lambda: b.crossing_lines(60_000),
    "five hundred full pages.pdf": lambda: handmade_pdf(
        b"BT /F0 9 Tf 12 TL 9 820 Td " + b"(12 34 56 78 90 12 34 56) Tj T*\n" * 66 + b"ET", pages=500
    ),
}
TEXTS: dict[str, Bomb] = {
    "two hundred megabytes.txt": lambda: b"0" * (200 * MB),
    "sixty megabytes in one line.txt": lambda: b"0" * (60 * MB),
    "a million figures.txt": lambda: report_with("12 " * 300_000),
    "a million box drawings.txt": lambda: report_with(("┼─" * 200 + "\n" + "│1" * 200 + "\n") * 1_000),
    "three hundred thousand lines.txt": lambda: report_with("规章 1 2 3\n" * 290_000),
    "blank lines.txt": lambda: report_with("\n" * 290_000),
    "form feeds.txt": lambda: report_with("\f" * 290_000),
    "a long line of digits.txt": _text("9"),
    "a figure of twenty thousand digits.txt": lambda: report_with("全年收到申请" + "9" * 20_000 + "件。"),
    "a long line of figures.txt": _text("12 "),
    "a long line of figures of 2014.txt": _text("12 ", "2014"),
    "a long line of Chinese numerals.txt": _text("一二三四五六七八九十百千万亿"),
    "a long line of blanks.txt": _text("甲" + " " * 200_000 + "乙"),
    "a long line of wide blanks.txt": _text("甲" + "\u3000" * 200_000 + "乙"),
    "a long line of tabs.txt": _text("甲" + "\t" * 200_000 + "乙"),
    "a long line of brackets.txt": _text("（" * 120_000 + "）" * 120_000),
    "a long line of ascii brackets.txt": _text("("),
    "a long line of square brackets.txt": _text("["),
    "a long line of angles.txt": _text("<"),
    "a long line of quotation marks.txt": _text("“"),
    "a long line of titles.txt": _text("《"),
    "a long line of bars.md": _text("|"),
    "a long line of stars.md": _text("*"),
    "a long line of underlines.md": _text("_"),
    "a long line of backslashes.md": _text("\\"),
    "a long line of ampersands.txt": _text("&#"),
    "a long line of box drawing.txt": _text("│"),
    "a page of box drawing.txt": _text("┼─" * 200 + "\n" + "│1" * 200 + "\n"),
    "a long line of at signs.txt": _text("a@"),
    "a long line of dots.txt": _text("1."),
    "a long line of dashes.txt": _text("-"),
    "a long line of slashes.txt": _text("1/"),
    "a long line of commas.txt": _text("1,"),
    "a long line of full stops.txt": _text("。"),
    "a long line of one word.txt": _text("申请"),
    "a long sentence of figures.txt": _text("收到申请5件，"),
    "a hundred thousand sentences.txt": _text("全年收到申请5件，办结3件。"),
    "a hundred thousand names.txt": _text("申请人张某某要求公开，"),
    "a hundred thousand years.txt": _text("2024年"),
    "a hundred thousand headings.txt": _text("一、总体情况\n"),
    "a hundred thousand sub headings.txt": _text("（一）主动公开。\n"),
    "a hundred thousand titles.txt": lambda: "某某镇2024年政府信息公开工作年度报告\n".encode() * 100_000,
    "labels without end.txt": lambda: "自然人\n商业企业\n科研机构\n总计\n".encode() * 60_000,
    "rows without end.txt": lambda: "（一）予以公开\t1\t2\t3\t4\t5\t6\t7\n".encode() * 60_000,
    "two thousand reports.txt": lambda: b.report_text().encode() * 2_000,
    "a hundred reports.txt": lambda: b.report_text().encode() * 100,
    "a hundred reports of 2014.txt": lambda: b.report_text("2014").encode() * 100,
    "a million columns.csv": lambda: b"1," * 1_000_000,
    "a million rows.csv": lambda: b"1\n" * 1_000_000,
    "one quoted field.csv": lambda: b'a,"' + b"1\n" * 10_000_000,
    "quotation marks.csv": lambda: b'"' * (30 * MB),
    "two hundred thousand cells.csv": lambda: report_with("1,2,3,4,5,6,7,8\n" * 20_000),
    "json nested deeply.json": lambda: b'{"a":' * 1_000_000,
    "lists nested deeply.json": lambda: b"[" * 10_000_000,
    "a long number.json": lambda: b'{"year": ' + b"9" * 10_000_000 + b"}",
    "a long fraction.json": lambda: (
        b'{"schema": "gongkai.annual-report/1", "year": 0.' + b"9" * 9_000_000 + b"}"
    ),
    "a number with a vast exponent.json": lambda: (
        b'{"schema":"gongkai.annual-report/1","processing_fees":'
        b'{"notices":1e-999999999,"charged_yuan":1e999999999,"collected_yuan":0}}'
    ),
    "a small number with a vast exponent.json": lambda: (
        b'{"schema":"gongkai.annual-report/1","processing_fees":'
        b'{"notices":1e-999999,"charged_yuan":1e-99999999,"collected_yuan":1}}'
    ),
    "a million values.json": lambda: b"[" + b"{}," * 5_000_000 + b"{}]",
    "a million reports.json": lambda: b"[" + b'{"statistics": [{"label": "a"}]},' * 400_000 + b'{"a":1}]',
    "two hundred thousand reports.json": lambda: (
        b"[" + b",".join([b'{"statistics": [{"label": "a"}]}'] * 200_000) + b"]"
    ),
    "a million rows of statistics.json": lambda: (
        b'{"statistics": [' + b",".join([b'{"label": "a"}'] * 900_000) + b"]}"
    ),
    "text of sixteen megabytes.json": lambda: (
        b'{"schema":"gongkai.annual-report/1","sections":{"overview":"'
        + "申请5件。".encode() * 1_000_000
        + b'"}}'
    ),
}
# What holds few words or none is looked at as a picture.
SCANS: dict[str, Bomb] = {
    "a page of a billion points.pdf": lambda: b.pdf_of(b.one_page(HELLO, b"0 0 1000000000 1000000000")),
    "a picture of 400 million points.pdf": b.huge_picture,
    "a picture of 400 million points alone.pdf": b.huge_picture_alone,
    "a picture of 400 million points.png": b.huge_png,
}
BOMBS = ARCHIVES | XML | SAVED | SHEETS | PAGES | PDFS | TEXTS | SCANS
