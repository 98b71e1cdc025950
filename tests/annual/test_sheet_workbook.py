"""The workbook on paper and in another office program: page set-up, row heights, what its columns say."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
import python_calamine
from tests.annual.test_sheet import whole_report

from gongkai.annual.checked import Checked
from gongkai.annual.findings import Finding
from gongkai.annual.sheet_rows import HIGHEST, LINE_POINTS, row_height, text_lines
from gongkai.annual.workbook import FINDINGS, write_workbook
from gongkai.documents import DocumentError, Place

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def content() -> bytes:
    report = whole_report("2021")
    report.organ, report.year = "虚构县人民政府", 2024
    cells = [f"requests.granted.{kind}" for kind in ("natural_person", "business", "total")]
    sums = Finding("FMT.T3.A", "error", "这一行不等。" * 20, "no", cells, 53, 52, name="row_sum")
    report.places[cells[0]] = Place(page=3, table=2, row=4, column=5)
    words = Finding(
        "NAR.1",
        "error",
        "正文与表格不一致",
        "no",
        quote="办结五件",
        place=Place(line=12),
        name="narrative_mismatch",
    )
    unread = Checked("坏.docx", error=DocumentError("damaged", "打不开" * 40, "bad"))
    return write_workbook([Checked("a.txt", report, [sums, words]), unread])


def sheets(content: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(n for n in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n))
        return [ElementTree.fromstring(archive.read(name)) for name in names]


def test_every_sheet_is_as_wide_as_its_paper(content: bytes) -> None:
    for sheet in sheets(content):
        fit = sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
        setup = sheet.find(f"{MAIN}pageSetup")
        assert fit is not None
        assert fit.get("fitToPage") == "1"
        assert setup is not None
        assert setup.get("paperSize") == "9"
        assert setup.get("fitToWidth", "1") == "1"
    overview, findings, tables = (sheet.find(f"{MAIN}pageSetup") for sheet in sheets(content))
    assert overview is not None
    assert findings is not None
    assert tables is not None
    assert [overview.get("orientation"), findings.get("orientation")] == ["landscape", "landscape"]
    assert findings.get("fitToHeight") == "0"  # as many pages as it takes
    assert tables.get("fitToHeight", "1") == "1"  # the four tables of a report on one page


def test_the_heads_of_the_lists_are_printed_on_every_page(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    titles = re.findall(r"_xlnm\.Print_Titles[^>]*>([^<]+)<", book)
    assert sorted(titles) == sorted(["概览!$1:$1", "核对结果!$1:$1"])


def test_a_row_is_as_high_as_its_longest_text(content: bytes) -> None:
    findings = sheets(content)[1]
    heights = {int(row.get("r", 0)): float(row.get("ht", 0)) for row in findings.iter(f"{MAIN}row")}
    width = dict(FINDINGS)["message"]
    assert heights[2] >= text_lines("这一行不等。" * 20, width) * LINE_POINTS > 5 * LINE_POINTS
    assert 0 < heights[3] < heights[2]


def test_every_row_of_the_tables_has_a_height(content: bytes) -> None:
    tables = sheets(content)[2]
    rows = [row for row in tables.iter(f"{MAIN}row") if len(row) > 2]
    assert len(rows) > 30
    assert all(float(row.get("ht", 0)) >= LINE_POINTS for row in rows)


def test_a_finding_has_its_title_its_figures_its_place_and_its_basis(content: bytes) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    heads, sums, words = book.get_sheet_by_name("核对结果").to_python()
    row = dict(zip(heads, sums, strict=True))
    assert row["核对项目"] == "表三行合计不等"
    assert row["数字对照"] == "各项相加：53\n合计填写：52\n两者应相等"
    assert row["表中位置"] == "（一）予以公开：自然人、商业企业、总计"
    assert row["所在位置"] == "第3页表2第4行第5列"
    assert row["依据"].startswith("《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）表三\n")
    assert dict(zip(heads, words, strict=True))["所在位置"] == "第12行"


def test_no_row_is_higher_than_the_format_allows() -> None:
    assert row_height([("字" * 5000, 20)]) == HIGHEST


def test_a_text_takes_more_lines_in_a_narrower_column() -> None:
    text = "表三“总计”一列：第三项各办理结果相加21＋7＋2＝30"
    assert text_lines(text, 20) > text_lines(text, 40) >= 1
    assert text_lines("甲\n乙\n丙", 40) == 3
