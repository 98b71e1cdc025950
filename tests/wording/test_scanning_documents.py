"""A document scanned line by line and cell by cell: places are those of the file. Everybody is invented."""

from __future__ import annotations

import pytest

from gongkai.documents import Document, read_document
from gongkai.documents.scanning import scan_document

PAGE = """<html><body><p>一、概况</p><p>当事人李晓燕，手机13800138000。</p>
<table><tr><th>姓名</th><th>身份证号</th><th>手机</th><th>金额</th></tr>
<tr><td>郑小满</td><td>339999198503120015</td><td>138 0013 8000</td><td>13800138000</td></tr>
<tr><td>秦岚</td><td>339999850312001</td><td>13900139000</td><td>2600元</td></tr></table>
<p>电梯按装费用公示。</p></body></html>"""


def test_each_finding_has_its_place_in_the_file() -> None:
    placed = scan_document(read_document(PAGE.encode(), "公示.html"))
    found = [(one.finding.kind, one.finding.text, one.place.row, one.place.column) for one in placed]
    assert found == [
        ("PII.NAME", "李晓燕", None, None),
        ("PII.MOB", "13800138000", None, None),
        ("PII.NAME", "郑小满", 2, 1),
        ("PII.ID18", "339999198503120015", 2, 2),
        ("PII.MOB", "138 0013 8000", 2, 3),
        ("PII.NAME", "秦岚", 3, 1),
        ("PII.ID15", "339999850312001", 3, 2),
        ("PII.MOB", "13900139000", 3, 3),
        ("wrong_word", "按装", None, None),
    ]
    assert placed[0].place.line == 2
    assert (placed[3].finding.start, placed[3].finding.column) == (0, 1)


def test_a_number_that_runs_over_a_lines_end_is_found_in_its_first_line() -> None:
    document = read_document("一、概况\n身份证33999919\n8503120015，已核。\n".encode(), "文.txt")
    (placed,) = scan_document(document)
    assert (placed.finding.kind, placed.place.line) == ("PII.ID18", 2)


def test_a_message_never_repeats_personal_data() -> None:
    placed = scan_document(read_document("当事人李晓燕，手机13800138000，按装。".encode(), "文.txt"))
    said = [one.message("zh") + one.message("en") for one in placed]
    assert len(said) == 3
    assert not any("晓燕" in words or "13800138000" in words for words in said)
    assert "按装" in said[2]


def test_a_data_file_is_refused() -> None:
    with pytest.raises(ValueError, match="数据文件"):
        scan_document(Document("a.json", "json", data={}))


def test_an_empty_document_has_nothing() -> None:
    assert scan_document(Document("a.txt", "txt")) == ()
