"""Cells that hold words where a figure is asked for: the cell has none, its neighbours keep theirs."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from docx import Document as WordFile
from tests.annual.printing import print_report
from tests.annual.printing.reports import random_report

from gongkai.annual import read_reports
from gongkai.annual.checking import check
from gongkai.annual.interpreting.figures import BLANK
from gongkai.annual.interpreting.worded_cells import kinds_in_row
from gongkai.documents import read_document

WORDS = ["十", "一件", "1O", "l2", "约3", "见附件", "同上", "#REF!", "N/A", "????", "未统计"]


def printed_with(words: str, label: str, cell: int) -> tuple[bytes, dict[str, object]]:
    """A Word file with words in one cell of the row that has the label; and what the file said before."""
    rng = Random("worded cells")
    content, _, truth = print_report(random_report(rng, "2021"), "docx", rng)
    file = WordFile(BytesIO(content))
    row = next(r for t in file.tables for r in t.rows if label in "".join(c.text for c in r.cells))
    row.cells[cell].text = words
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue(), truth


@pytest.mark.parametrize("words", WORDS)
def test_words_in_a_cell_of_table_3_cost_its_row_nothing_else(words: str) -> None:
    content, truth = printed_with(words, "结转下年度", -3)
    [report] = read_reports(read_document(content, "report.docx"))
    expected = truth["requests"]
    expected["carried_forward"]["legal_services"] = None  # type: ignore[index]
    assert report.requests == expected
    assert report.written["requests.carried_forward.legal_services"] == words
    [finding] = [f for f in check(report) if f.rule == "FMT.T3.E"]
    assert words in finding.message
    assert finding.cells == ["requests.carried_forward.legal_services"]
    assert finding.cells[0] in report.places


@pytest.mark.parametrize("words", ["十二", "一件", "1O"])
def test_words_for_the_figure_of_table_2_are_shown_and_named(words: str) -> None:
    content, _ = printed_with(words, "行政许可", -1)
    [report] = read_reports(read_document(content, "report.docx"))
    assert report.proactive is not None
    assert report.proactive["licences"] is None
    assert report.written["proactive.licences"] == words


@pytest.mark.parametrize(
    "row",
    [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["第二十条第(一)项", "规章", "0", "0", "0", "规范性文件", "3", "2", "1"],
        ["行政许可", "5", "行政处罚", "3", "行政强制", "2"],
        ["一", "本年新收政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"],
        ["三、本年度办理结果", "(一)予以公开", "1", "0", "0", "0", "0", "0", "1"],
        ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
    ],
)
def test_labels_stay_labels(row: list[str]) -> None:
    assert BLANK not in [kind for kind, _ in kinds_in_row(row)]


def test_words_in_the_row_of_table_4_have_no_label_before_them() -> None:
    row = ["十", *"00001000000", "同上", "0", "0"]
    assert [index for index, kind in enumerate(kinds_in_row(row)) if kind[0] is BLANK] == [0, 12]
