"""What Word files, workbooks and pictures carry unseen is found, told in words, and can be taken out."""

# ruff: noqa: E501 -- markup is read more easily unbroken

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
import python_calamine
from PIL import Image
from tests.documents.publishing.made_files import (
    W,
    a_docx,
    a_jpg,
    a_png,
    an_ofd,
    an_xlsx,
    docx_of,
    paragraph,
    relation,
    with_parts,
)

from gongkai.documents import publishing
from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing import Hidden, cleaned, hidden_data

FILES = Path(__file__).parents[1] / "files"
BOTH = {"metadata", "comments"}
AUTHOR = 'w:id="1" w:author="张三丰" w:date="2024-01-01T00:00:00Z"'
PEOPLE_TYPE = "http://schemas.microsoft.com/office/2011/relationships/people"


def found(content: bytes, name: str) -> dict[str, Hidden]:
    """The first of each code."""
    by_code: dict[str, Hidden] = {}
    for hidden in hidden_data(content, name):
        assert hidden.zh
        assert hidden.en
        assert "{" not in hidden.zh + hidden.en
        by_code.setdefault(hidden.code, hidden)
    return by_code


def in_docx(body: str, parts: dict[str, str | bytes] | None = None, relations: str = "") -> dict[str, Hidden]:
    return found(docx_of(body, parts, relations), "a.docx")


def test_a_plain_file_hides_nothing() -> None:
    assert in_docx(paragraph("公开的文字")) == {}
    assert found(b"plain", "a.txt") == {}
    assert found(a_png(), "a.png") == {}


@pytest.mark.parametrize(
    ("body", "code", "what"),
    [
        (f"<w:p><w:ins {AUTHOR}><w:r><w:t>新加的</w:t></w:r></w:ins></w:p>", "tracked_insertion", "新加的"),
        (
            f"<w:p><w:del {AUTHOR}><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p>",
            "tracked_deletion",
            "删去的",
        ),
        (
            f"<w:p><w:moveFrom {AUTHOR}><w:r><w:t>移走的</w:t></w:r></w:moveFrom></w:p>",
            "tracked_move",
            "移走的",
        ),
        (paragraph("字", "", f"<w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange>"), "tracked_formatting", ""),
        (
            f"<w:tbl><w:tr><w:trPr><w:del {AUTHOR}/></w:trPr><w:tc>{paragraph('格')}</w:tc></w:tr></w:tbl>",
            "tracked_table",
            "",
        ),
        (paragraph("藏起来", "", "<w:vanish/>"), "hidden_text", "藏起来"),
        (paragraph("白纸白字", "", '<w:color w:val="FFFFFF"/>'), "pale_text", "白纸白字"),
        (paragraph("涂黑的字", "", '<w:highlight w:val="black"/>'), "pale_text", "涂黑的字"),
        (
            paragraph("黑底黑字", "", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
            "pale_text",
            "黑底黑字",
        ),
        (
            '<w:p><w:r><w:drawing><a:srcRect xmlns:a="a" r="45000"/></w:drawing></w:r></w:p>',
            "cropped_picture",
            "",
        ),
        (paragraph("极小的字", "", '<w:sz w:val="2"/>'), "tiny_text", "极小的字"),
        (
            '<w:p><w:r><w:drawing><wp:docPr id="1" name="图" descr="C:\\Users\\zhangsan\\a.png"/></w:drawing></w:r></w:p>',
            "internal_path",
            "C:\\Users\\***\\a.png",
        ),
    ],
)
def test_what_a_word_file_hides_is_told_with_its_place(body: str, code: str, what: str) -> None:
    hidden = in_docx(paragraph("第一段") + "<w:p/>" + body)[code]
    assert hidden.what == what
    place = "表1第1行" if code == "tracked_table" else "第 2 段"
    assert hidden.where == place
    assert hidden.zh.startswith(f"{place}：")
    assert hidden.severity == ("warning" if code == "internal_path" else "error")


@pytest.mark.parametrize(
    "body",
    [
        paragraph("不藏", "", '<w:vanish w:val="0"/>'),
        paragraph("蓝底白字", "", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>'),
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="003366"/></w:tcPr>'
        f"{paragraph('表头', '', '<w:color w:val=' + chr(34) + 'FFFFFF' + chr(34) + '/>')}</w:tc></w:tr></w:tbl>",
        paragraph(" ", "", "<w:vanish/>"),
        paragraph("黑底自动色", "", '<w:shd w:val="clear" w:fill="000000"/>'),
    ],
)
def test_what_is_seen_is_not_reported(body: str) -> None:
    assert in_docx(body) == {}


def test_personal_data_in_what_is_quoted_are_masked() -> None:
    body = f"<w:p><w:del {AUTHOR}><w:r><w:delText>联系电话：13800001234</w:delText></w:r></w:del></w:p>"
    said = in_docx(body)
    assert "138****1234" in said["tracked_deletion"].zh
    assert all("13800001234" not in hidden.zh + hidden.en for hidden in said.values())
    assert said["change_author"].what == "张某"


def _commented() -> bytes:
    body = (
        "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>正文</w:t></w:r><w:commentRangeEnd w:id='0'/>"
        "<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    )
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="李晓燕">{paragraph("这里不能公开")}</w:comment></w:comments>'
    people = '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="李晓燕"/></w15:people>'
    return docx_of(
        paragraph("第一段") + body,
        {"word/comments.xml": comments, "word/people.xml": people},
        relation("r8", "comments", "comments.xml")
        + f'<Relationship Id="r9" Type="{PEOPLE_TYPE}" Target="people.xml"/>',
    )


def test_comments_are_told_and_taken_out_with_everything_that_points_to_them() -> None:
    hidden = found(_commented(), "a.docx")
    assert (hidden["comment"].what, hidden["comment"].where) == ("李某：这里不能公开", "第 2 段")
    assert "comment_people" in hidden
    clean = cleaned(_commented(), "a.docx", {"comments"})
    assert found(clean, "a.docx") == {}
    document = docx.Document(io.BytesIO(clean))
    assert [one.text for one in document.paragraphs] == ["第一段", "正文"]
    with zipfile.ZipFile(io.BytesIO(clean)) as opened:
        assert not [name for name in opened.namelist() if "comment" in name or "people" in name]
        assert b"comment" not in opened.read("word/document.xml") + opened.read(
            "word/_rels/document.xml.rels"
        )


def test_properties_templates_and_names_are_told_and_taken_out() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("正文")
        document.core_properties.author = "张三丰"
        document.core_properties.last_modified_by = "王小五"
        document.core_properties.keywords = "内部"

    content = with_parts(
        a_docx(fill),
        {
            "docProps/custom.xml": "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'>"
            "<property name='密级'><lpwstr>内部</lpwstr></property></Properties>",
            "word/media/photo.jpg": a_jpg(gps=True),
        },
    )
    hidden = found(content, "a.docx")
    assert {"author", "custom_property", "location", "preview"} <= hidden.keys()
    assert hidden["location"].severity == "error"
    assert hidden["location"].where == "图片 photo.jpg"
    clean = cleaned(content, "a.docx")
    assert found(clean, "a.docx") == {}
    assert docx.Document(io.BytesIO(clean)).paragraphs[0].text == "正文"


def test_cleaning_takes_names_out_of_tracked_changes_and_decides_none() -> None:
    content = docx_of(
        f"<w:p><w:ins {AUTHOR}><w:r><w:t>新</w:t></w:r></w:ins><w:del {AUTHOR}><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    assert set(found(content, "a.docx")) == {"tracked_insertion", "tracked_deletion", "change_author"}
    clean = cleaned(content, "a.docx", BOTH)
    assert set(found(clean, "a.docx")) == {"tracked_insertion", "tracked_deletion"}
    assert "张三丰".encode() not in zipfile.ZipFile(io.BytesIO(clean)).read("word/document.xml")


@pytest.mark.parametrize(
    ("target", "inside"),
    [
        ("file:///D:/内部/a.doc", True),
        ("http://10.1.2.3/oa/1", True),
        ("http://oa/1", True),
        ("\\\\server\\share\\a.doc", True),
        ("https://www.example.gov.cn/a", False),
        ("mailto:office@example.gov.cn", False),
    ],
)
def test_links_into_the_office_are_told(target: str, inside: bool) -> None:
    said = in_docx(paragraph("a"), relations=relation("r7", "hyperlink", target, True))
    assert ("internal_link" in said) is inside


def test_a_template_path_is_told_without_its_users_name_and_taken_out() -> None:
    settings = f'<w:settings xmlns:w="{W}" xmlns:r="x"><w:attachedTemplate r:id="r1"/></w:settings>'
    relations = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        + relation("r1", "attachedTemplate", "file:///C:\\Users\\zhangsan\\公文.dotm", True)
        + "</Relationships>"
    )
    content = docx_of(
        paragraph("a"),
        {"word/settings.xml": settings, "word/_rels/settings.xml.rels": relations},
        relation("r8", "settings", "settings.xml"),
    )
    assert "zhangsan" not in found(content, "a.docx")["template"].zh
    assert found(cleaned(content, "a.docx"), "a.docx") == {}


def test_of_many_findings_of_a_kind_twenty_are_listed_and_the_others_counted() -> None:
    body = "".join(paragraph(f"藏{number}", "", "<w:vanish/>") for number in range(50))
    said = hidden_data(docx_of(body), "a.docx")
    assert len(said) == 21
    assert {hidden.code for hidden in said} == {"hidden_text"}
    assert "另有 30 处" in said[-1].zh


def _workbook(workbook: Any) -> None:
    sheet = workbook.add_worksheet("公开")
    sheet.write(0, 0, "项目")
    sheet.write(4, 0, "不公开的行")
    sheet.write(5, 0, "第二行")
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write(0, 3, "不公开的列")
    sheet.set_column(3, 3, None, None, {"hidden": True})
    sheet.write(7, 0, "看不见", workbook.add_format({"num_format": ";;;"}))
    sheet.write(8, 0, "白字", workbook.add_format({"font_color": "#FFFFFF"}))
    sheet.write(9, 0, "黑底", workbook.add_format({"font_color": "#000000", "bg_color": "#000000"}))
    sheet.write(10, 0, "可见", workbook.add_format({"font_color": "#FFFFFF", "bg_color": "#000000"}))
    sheet.write_comment(0, 0, "内部批注", {"author": "李晓燕"})
    workbook.add_worksheet("明细").write(0, 0, "身份证")
    workbook.worksheets()[1].hide()
    workbook.add_worksheet("底稿").write(0, 0, "底稿")
    workbook.worksheets()[2].very_hidden()
    workbook.set_properties({"author": "张三丰", "company": "某单位", "manager": "王小五"})
    workbook.set_custom_property("密级", "内部")


def _quoted(content: bytes, code: str) -> list[str]:
    return [hidden.what for hidden in hidden_data(content, "a.xlsx") if hidden.code == code]


def test_what_a_workbook_hides_is_told_with_sheet_row_and_column() -> None:
    said = found(an_xlsx(_workbook), "a.xlsx")
    assert said["hidden_sheet"].what == "明细"
    assert said["very_hidden_sheet"].what == "底稿"
    assert said["hidden_rows"].where == "工作表“公开”第 5 至 6 行"
    assert said["hidden_rows"].what == "不公开的行、第二行"
    assert said["hidden_columns"].where == "工作表“公开”D 列"
    assert said["hidden_text"].where == "工作表“公开”第8行第1列"
    assert _quoted(an_xlsx(_workbook), "pale_text") == ["白字", "黑底"]
    assert said["comment"].what == "李某：内部批注"
    assert said["comment"].where == "工作表“公开”A1"
    assert {"author", "custom_property"} <= said.keys()
    errors = {code for code, hidden in said.items() if hidden.severity == "error"}
    assert {"hidden_sheet", "very_hidden_sheet", "hidden_rows", "hidden_columns", "comment"} <= errors


def test_a_cleaned_workbook_opens_and_tells_no_names() -> None:
    clean = cleaned(an_xlsx(_workbook), "a.xlsx", BOTH)
    said = found(clean, "a.xlsx")
    assert not {"comment", "author", "custom_property", "comment_people"} & said.keys()
    assert "hidden_sheet" in said  # a person decides
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(clean))
    assert workbook.get_sheet_by_name("公开").to_python()[0][0] == "项目"


def test_sources_of_pivots_and_copies_of_other_workbooks_are_told() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = with_parts(
        an_xlsx(),
        {
            "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{main}"><r><s v="张三丰"/></r></pivotCacheRecords>',
            "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{main}"><externalBook><sheetDataSet><sheetData>'
            '<row r="1"><cell r="A1"><v>1</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
            "xl/connections.xml": f'<connections xmlns="{main}"><connection name="a"><dbPr connection="Server=db1;Password=secret"/></connection></connections>',
            "xl/revisions/revisionLog1.xml": "<revisions/>",
        },
    )
    said = found(content, "a.xlsx")
    assert {"pivot_source", "external_cache", "connection", "revision_history"} <= said.keys()
    assert "secret" not in said["connection"].zh


def test_photographs_tell_where_and_by_whom_until_they_are_cleaned() -> None:
    photo = a_jpg(gps=True, artist="Zhang Sanfeng", orientation=6) + b"\x01" * 100
    said = found(photo, "a.jpg")
    assert {"location", "picture_author", "trailing_data", "picture_text"} <= said.keys()
    clean = cleaned(photo, "a.jpg")
    assert found(clean, "a.jpg") == {}
    before, after = Image.open(io.BytesIO(photo)), Image.open(io.BytesIO(clean))
    assert before.tobytes() == after.tobytes()
    assert after.getexif()[0x0112] == 6
    assert dict(after.getexif().get_ifd(0x8825)) == {}


def test_words_in_a_png_are_told_and_taken_out() -> None:
    picture = a_png({"Author": "张三丰", "Comment": "内部"})
    assert {"picture_author", "picture_text"} == found(picture, "a.png").keys()
    assert found(cleaned(picture, "a.png"), "a.png") == {}
    assert cleaned(picture, "a.png") == a_png()


@pytest.mark.parametrize("name", ["report-2021.doc", "report-2021.xls"])
def test_of_old_files_it_is_said_that_not_all_is_looked_at(name: str) -> None:
    assert "not_fully_checked" in found((FILES / name).read_bytes(), name)


def test_the_author_of_an_ofd_is_told() -> None:
    assert found(an_ofd(), "a.ofd")["author"].what == "张某"


def test_what_is_not_cleaned_here_is_said_so() -> None:
    with pytest.raises(DocumentError) as caught:
        cleaned(b"text", "a.txt")
    assert caught.value.code == "cannot_clean"


def test_every_finding_that_can_be_made_has_its_words_and_none_is_idle() -> None:
    folder = Path(publishing.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    written = tomllib.loads((folder / "hidden.toml").read_text("utf-8"))
    assert [code for code in written if f'"{code}"' not in source] == []
    refusals = tomllib.loads((folder / "refusals.toml").read_text("utf-8"))
    assert [code for code in refusals if f'"{code}"' not in source] == []
    assert {entry["removed_by"] for entry in written.values()} == {"", "metadata", "comments"}
