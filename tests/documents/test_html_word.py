"""Pages that Word and browsers saved: conditional comments, VML, nested tables, one-file archives."""

from __future__ import annotations

import base64
import quopri
from random import Random

import pytest
from tests.annual.printing import print_report, random_report
from tests.annual.printing.comparing import differences
from tests.documents.samples import lines, read, tables, texts

from gongkai.annual import read_reports
from gongkai.documents import DocumentError, read_document
from gongkai.documents.text import decode

# What Word writes around the text of a page, in the order and spelling it does.
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document>
<title>云溪镇人民政府</title><!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>某人</o:Author>
</o:DocumentProperties></xml><![endif]--><style><!-- p.MsoNormal {mso-style-parent:"";} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=Section1>%s</div></body></html>"""


def word_page(body: str, encoding: str = "gb18030") -> bytes:
    return (WORD % body).encode(encoding)


def test_what_word_writes_for_itself_alone_is_left_out() -> None:
    body = (
        "<p class=MsoNormal><b><span lang=EN-US><!--[if gte vml 1]><v:shape><v:textbox>暗处</v:textbox>"
        "</v:shape><![endif]--></span></b><span style='mso-spacerun:yes'>一、总体</span>情况<o:p></o:p></p>"
        "<p class=MsoNormal><span lang=EN-US><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></span></p>"
        "<p class=MsoNormal><![if !supportLists]><span>1.</span><![endif]>"
        "规章<del>旧文</del><ins>新文</ins></p>"
    )
    assert lines(read(word_page(body))) == ["一、总体情况", "1.规章新文"]


def test_a_text_box_is_read_from_the_copy_that_browsers_show() -> None:
    body = (
        "<!--[if gte vml 1]><v:shape><v:textbox><table><tr><td>规章<td>1</table></v:textbox></v:shape>"
        "<![endif]--><![if !vml]><span style='mso-ignore:vglayout'>"
        "<table><tr><td><p>规章<td><p>1</table></span><![endif]>"
    )
    assert texts(read(word_page(body))) == [[["规章", "1"]]]


def test_a_cell_of_a_blank_that_does_not_break_is_a_blank_cell() -> None:
    body = "<table><tr><td><p class=MsoNormal>规章<o:p></o:p><td><p><span>&nbsp;</span><o:p></o:p></table>"
    assert texts(read(word_page(body))) == [[["规章", ""]]]


def test_the_row_that_word_adds_for_the_widths_of_columns_is_no_row_of_the_table() -> None:
    widths = (
        "<![if !supportMisalignedColumns]><tr height=0><td width=9 style='border:none'></td><td></td></tr>"
        "<![endif]>"
    )
    [table] = tables(read(word_page(f"<table><tr><td>规章<td>1</tr>{widths}</table>")))
    assert len(table.rows) == 1


def report_page(seed: int, form: str = "2021") -> tuple[str, object]:
    rng = Random(f"saved pages/{seed}")
    content, _, truth = print_report(random_report(rng, form), "html_word", rng)
    return decode(content)[0], truth


def archive(page: bytes, coding: str, head: str = 'text/html; charset="gb2312"') -> bytes:
    coded = base64.encodebytes(page) if coding == "base64" else quopri.encodestring(page)
    if coding == "8bit":
        coded = page
    return (
        b"From: <Saved by a program>\r\nSubject: a page\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related;\r\n"
        b'\ttype="text/html"; boundary="----=_Next_01"\r\n\r\nThis file is for a browser.\r\n\r\n'
        b"------=_Next_01\r\nContent-Type: text/css\r\n\r\np {color: red}\r\n"
        b"------=_Next_01\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: "
        + coding.encode()
        + f"\r\nContent-Type: {head}\r\n\r\n".encode()
        + coded
        + b"\r\n------=_Next_01\r\nContent-Type: image/png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b"------=_Next_01--\r\n"
    )


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("name", ["report.mht", "report.doc"])
def test_a_page_saved_as_one_file_is_read_whatever_it_is_called(coding: str, name: str) -> None:
    page, truth = report_page(len(coding))
    document = read_document(archive(page.encode("gb18030"), coding), name)
    assert document.kind == "mht"
    [report] = read_reports(document)
    assert differences(truth, report) == []  # type: ignore[arg-type]


def test_a_page_within_parts_of_parts_is_found() -> None:
    inner = archive("<p>规章</p>".encode(), "base64", 'text/html; charset="utf-8"').replace(b"_01", b"_02")
    inner = inner[inner.index(b"Content-Type") :]
    outer = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\n" + inner + b"\n--o--"
    assert lines(read(outer, "report.mhtml")) == ["规章"]


def test_an_archive_without_a_page_is_damaged() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    content = head + b"--x\nContent-Type: text/css\n\na\n--x--"
    with pytest.raises(DocumentError) as error:
        read(content, "report.mht")
    assert error.value.code == "damaged"


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_a_report_that_word_saved_as_a_page_called_doc_is_read_whole(form: str) -> None:
    for seed in range(3):
        page, truth = report_page(seed, form)
        [report] = read_reports(read_document(page.encode("gb18030"), "report.doc"))
        assert differences(truth, report) == []  # type: ignore[arg-type]


def test_a_report_within_a_table_that_arranges_the_page_is_read_whole() -> None:
    page, truth = report_page(1)
    body = page[page.index("<body") :]
    body = body[body.index(">") + 1 :].replace("</body>", "").replace("</html>", "")
    framed = f"<table><tr><td>&nbsp;</td><td><table><tr><td>{body}</td></tr></table></td></tr></table>"
    [report] = read_reports(read_document(word_page(framed), "report.htm"))
    assert differences(truth, report) == []  # type: ignore[arg-type]


WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>{}</wx:sect></w:body>'
    "</w:wordDocument>"
)
TODAY = (
    '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document></pkg:xmlData></pkg:part></pkg:package>"
)


@pytest.mark.parametrize(("around", "merge"), [(WORD_2003, "vmerge"), (TODAY, "vMerge")])
def test_a_document_that_word_saved_as_xml_is_read_with_its_merged_cells(around: str, merge: str) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    began, goes_on = f'<w:{merge} w:val="restart"/>', f"<w:{merge}/>"
    rows = cell("甲", began) + cell("1"), cell("", goes_on) + cell("2")
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    document = read(around.format(f"<w:p><w:r><w:t>题</w:t></w:r></w:p>{table}").encode(), "report.doc")
    assert lines(document) == ["题"]
    [found] = tables(document)
    assert [(c.text, c.rowspan) for row in found.rows for c in row] == [("甲", 2), ("1", 1), ("2", 1)]
