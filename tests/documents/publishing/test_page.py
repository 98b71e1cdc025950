"""A Word file becomes a page: what a reader sees of it, in few elements, nothing of what is hidden."""

# ruff: noqa: E501 -- markup is read more easily unbroken

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from PIL import Image
from tests.documents.publishing.made_files import (
    W,
    a_docx,
    a_jpg,
    a_pdf,
    docx_of,
    paragraph,
    relation,
)

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing import clean_html, hidden_data, page_html, text_of

FILES = Path(__file__).parents[1] / "files"
AUTHOR = 'w:id="1" w:author="张三丰"'


def html_of_body(body: str, parts: dict[str, str | bytes] | None = None, relations: str = "") -> str:
    page = page_html(docx_of(body, parts, relations), "a.docx")
    assert clean_html(page.html) == page.html
    assert text_of(page.html) == page.text
    return page.html


def _line(document: Any, text: str, align: Any = None, size: int = 16, red: bool = False) -> None:
    made = document.add_paragraph()
    run = made.add_run(text)
    run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RGBColor(255, 0, 0)
    made.alignment = align


def _official(document: Any) -> None:
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _line(document, "云溪县人民政府文件", centre, 40, red=True)
    _line(document, "云政发［2024］12号", centre)
    _line(document, "云溪县人民政府关于印发", centre, 22)
    _line(document, "《云溪县试行办法》的通知", centre, 22)
    _line(document, "各镇人民政府：")
    _line(document, "　　现将《云溪县试行办法》印发给你们，请遵照执行。")
    _line(document, "一、总体要求")
    _line(document, "（一）加强领导。各镇要高度重视。")
    _line(document, "（二）工作目标")
    _line(document, "1.近期目标")
    _line(document, "到2025年完成。")
    _line(document, "（1）第一步")
    _line(document, "内容如下。")
    _line(document, "云溪县人民政府", right)
    _line(document, "2024年3月5日", right)
    _line(document, "附件：1.申请表")
    _line(document, "2.名单")
    _line(document, "2020年1月1日", None)


def _plain_notice(document: Any) -> None:
    """As written by somebody who sets nothing but the title: no sizes, signature with no place."""
    for text in ("虚构区北山镇人民政府", "关于印发《北山镇防汛办法》的", "通知", "（2026年版）"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (
        "各村（社区）、镇直各单位，各驻镇单位：",
        "现将办法印发给你们，请遵照执行。",
        "虚构区北山镇人民政府",
        "2026年3月2日",
    ):
        document.add_paragraph(text)


def test_a_plain_notice_has_its_whole_title_its_salutation_at_the_edge_and_its_signature_at_the_right() -> (
    None
):
    page = page_html(a_docx(_plain_notice), "通知.docx")
    assert page.title == "虚构区北山镇人民政府关于印发《北山镇防汛办法》的通知"
    lines = page.html.split("\n")
    assert lines[4:] == [
        '<p class="flush">各村（社区）、镇直各单位，各驻镇单位：</p>',
        "<p>现将办法印发给你们，请遵照执行。</p>",
        '<p class="right">虚构区北山镇人民政府</p>',
        '<p class="right">2026年3月2日</p>',
    ]
    assert page.date == dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    "first",
    ["现将有关事项公告如下：", "根据有关规定，现就下列事项通知各村：", "会议强调：一要落实责任；二是："],
)
def test_a_sentence_with_a_colon_is_nobody_written_to(first: str) -> None:
    page = page_html(a_docx(lambda document: _several(document, "公告", first, "正文。")), "公告.docx")
    assert "flush" not in page.html


def test_a_line_that_names_no_organ_stays_where_it_is_above_a_date() -> None:
    page = page_html(
        a_docx(lambda document: _several(document, "通知", "请于下列日期前报送", "2026年3月2日")), "通知.docx"
    )
    assert "right" not in page.html


def _several(document: Any, title: str, *paragraphs: str) -> None:
    document.add_paragraph(title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for one in paragraphs:
        document.add_paragraph(one)


def test_an_official_document_becomes_headings_paragraphs_title_and_signature() -> None:
    page = page_html(a_docx(_official), "通知.docx")
    assert page.html.split("\n") == [
        '<p class="centre">云溪县人民政府文件</p>',
        '<p class="centre">云政发［2024］12号</p>',
        '<p class="title">云溪县人民政府关于印发</p>',
        '<p class="title">《云溪县试行办法》的通知</p>',
        '<p class="flush">各镇人民政府：</p>',
        "<p>现将《云溪县试行办法》印发给你们，请遵照执行。</p>",
        "<h2>一、总体要求</h2>",
        "<p>（一）加强领导。各镇要高度重视。</p>",
        "<h3>（二）工作目标</h3>",
        "<h4>1.近期目标</h4>",
        "<p>到2025年完成。</p>",
        "<h5>（1）第一步</h5>",
        "<p>内容如下。</p>",
        '<p class="right">云溪县人民政府</p>',
        '<p class="right">2024年3月5日</p>',
        "<p>附件：1.申请表</p>",
        "<p>2.名单</p>",
        "<p>2020年1月1日</p>",
    ]
    assert page.title == "云溪县人民政府关于印发《云溪县试行办法》的通知"
    assert page.document_number == "云政发〔2024〕12号"
    assert page.date == dt.date(2024, 3, 5)


def test_deleted_and_hidden_words_are_not_shown_and_inserted_ones_are() -> None:
    body = (
        f"<w:p><w:r><w:t>甲</w:t></w:r><w:ins {AUTHOR}><w:r><w:t>增</w:t></w:r></w:ins>"
        f"<w:del {AUTHOR}><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        f"<w:moveFrom {AUTHOR}><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>"
    )
    assert html_of_body(body) == "<p>甲增</p>"
    assert {"tracked_insertion", "tracked_deletion", "hidden_text"} <= {
        hidden.code for hidden in hidden_data(docx_of(body), "a.docx")
    }


def test_letters_keep_what_they_mean_and_nothing_of_their_look() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:b/><w:i/><w:color w:val='FF0000'/></w:rPr><w:t>粗斜</w:t></w:r>"
        "<w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t>线</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
        "<w:r><w:br w:type='page'/><w:t>后</w:t><w:br/><w:t>行</w:t></w:r></w:p>"
    )
    assert html_of_body(body) == "<p><strong><em>粗斜</em></strong><u>线</u><sup>2</sup>后<br>行</p>"


def test_printed_numbers_are_kept_as_text() -> None:
    numbering = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>
    <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>
    </w:numbering>"""
    given = [
        (1, 0, "甲"),
        (1, 1, "乙"),
        (1, 1, "丙"),
        (1, 0, "丁"),
        (1, 1, "戊"),
        (2, 0, "己"),
        (1, 2, "庚"),
        (1, 2, "辛"),
        (0, 0, "壬"),
    ]
    body = "".join(
        paragraph(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")
        for number, level, text in given
    )
    html = html_of_body(body, {"word/numbering.xml": numbering}, relation("r1", "numbering", "numbering.xml"))
    assert html == (
        "<p>第一条甲</p>\n<p>1.1乙</p>\n<p>1.2丙</p>\n<p>第二条丁</p>\n<p>2.1戊</p>\n<p>第十一条己</p>\n"
        "<ul><li>庚</li><li>辛</li></ul>\n<p>壬</p>"
    )


def test_tables_keep_merged_cells_and_header_rows() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    body = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('名称', '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}{cell('数')}</w:tr>"
        f"<w:tr>{cell('甲', '<w:vMerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}{cell('一')}{cell('1')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('二')}{cell('2')}</w:tr>"
        f"<w:tr><w:trPr><w:del {AUTHOR}/></w:trPr>{cell('删')}{cell('去')}{cell('行')}</w:tr></w:tbl>"
    )
    assert html_of_body(body) == (
        '<table><thead><tr><th colspan="2" scope="col">名称</th><th scope="col">数</th></tr></thead><tbody>'
        '<tr><td rowspan="2">甲</td><td>一</td><td>1</td></tr><tr><td>二</td><td>2</td></tr></tbody></table>'
    )


def test_footnotes_stand_at_the_end_and_lead_back() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph("注释文字")}</w:footnote></w:footnotes>'
    )
    body = "<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    html = html_of_body(body, {"word/footnotes.xml": notes}, relation("r1", "footnotes", "footnotes.xml"))
    assert html == (
        '<p>正文<a href="#fn-1" id="fnref-1"><sup>[1]</sup></a></p>\n'
        '<p class="footnote" id="fn-1"><a href="#fnref-1">[1]</a> 注释文字</p>'
    )


def test_only_public_links_stay_links() -> None:
    body = (
        "<w:p><w:hyperlink r:id='r1'><w:r><w:t>公开</w:t></w:r></w:hyperlink><w:hyperlink r:id='r2'><w:r><w:t>本机</w:t></w:r></w:hyperlink>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://b.example/\" </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>域</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        "<w:r><w:t>后</w:t></w:r></w:p>"
    )
    relations = relation("r1", "hyperlink", "https://a.example/", True) + relation(
        "r2", "hyperlink", "file:///C:/a.doc", True
    )
    assert html_of_body(body, relations=relations) == (
        '<p><a href="https://a.example/">公开</a>本机<a href="https://b.example/">域</a>后</p>'
    )


def test_pictures_come_beside_the_page_once_and_without_their_data(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(a_jpg(gps=True, size=(60, 40)))

    def fill(document: Any) -> None:
        document.add_picture(str(photo))
        document.add_picture(str(photo))

    page = page_html(a_docx(fill), "a.docx")
    assert page.html.count('<img src="image:1"') == 2
    (image,) = page.images
    assert (image.number, image.media_type, image.name) == (1, "image/jpeg", "图1.jpg")
    assert Image.open(io.BytesIO(image.content)).size == (60, 40)
    assert hidden_data(image.content, image.name) == ()


def test_old_word_files_become_pages_with_their_tables() -> None:
    page = page_html((FILES / "report-2021.doc").read_bytes(), "年报.doc")
    assert "<table>" in page.html
    assert 'colspan="' in page.html
    assert clean_html(page.html) == page.html


def test_plain_text_becomes_paragraphs_and_headings() -> None:
    text = "        云溪县试行办法\n\n一、总则\n　　为了公开，制定本办法。\n<script>alert(1)</script>\n                              2024年3月5日\n"
    page = page_html(text.encode("gb18030"), "a.txt")
    assert page.html == (
        '<p class="title">云溪县试行办法</p>\n<h2>一、总则</h2>\n<p>为了公开，制定本办法。</p>\n'
        '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p class="right">2024年3月5日</p>'
    )
    assert (page.title, page.date) == ("云溪县试行办法", dt.date(2024, 3, 5))


def test_markdown_keeps_its_headings_and_tables() -> None:
    page = page_html("# 办法\n\n正文\n\n| 名 | 数 |\n|---|---|\n| 甲 | 1 |\n".encode(), "a.md")
    assert page.html.startswith("<h2>办法</h2>\n<p>正文</p>\n<table>")


@pytest.mark.parametrize(
    ("content", "name", "code"), [(a_pdf(), "a.pdf", "no_page"), (a_docx(), "a.docx", "empty")]
)
def test_what_makes_no_page_is_said_so(content: bytes, name: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        page_html(content, name)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "name", "code", "told"),
    [
        (b"abc", "通知.docx", "disguised", "名称是 .docx，内容却是纯文本"),
        (b"abc", "通知.wps", "disguised", "名称是 .wps"),
        (b"\x00\x01\x02", "通知.docx", "unknown_format", "无法识别文件的内容"),
        (b"PK\x03\x04" + bytes(50), "通知.docx", "damaged", "文件已损坏或不完整"),
        (b"MZ\x90\x00" + bytes(200), "工具.exe", "executable", "这是程序或脚本（Windows 程序），不是文档"),
        (b"plain words", "工具.exe", "executable", "扩展名 .exe"),
        (b"Rar!\x1a\x07", "材料.rar", "archive", "这是压缩包"),
        (b"<html><body>x</body></html>", "页.html", "active_page", "html 网页"),
        (b"<p>x</p>", "页.html", "active_page", "扩展名 .html"),
        (b"GIF89a" + bytes(30), "图.gif", "not_allowed", "gif 图片"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_it_is_and_what_is_read(
    content: bytes, name: str, code: str, told: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        page_html(content, name)
    assert caught.value.code == code
    assert told in caught.value.zh
    assert "附件" not in caught.value.zh
    assert "docx" in caught.value.zh
    assert "docx" in caught.value.en


def test_plain_text_under_an_ending_of_no_format_is_read() -> None:
    for name in ("通知", "通知.txt", "通知.md", "通知.2025"):
        assert page_html("关于停水的通知".encode(), name).text
