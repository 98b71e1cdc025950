from __future__ import annotations

import pytest
from tests.documents.samples import read, tables, texts


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_in_the_rows(delimiter: str) -> None:
    rows = [["项目", "自然人", "总计"], ["一、本年新收", "3", "3"], ["二、上年结转", "", "0"]]
    content = "\n".join(delimiter.join(row) for row in rows).encode()
    assert texts(read(content, "report.csv")) == [rows]


def test_a_comma_within_quotes_and_chinese_commas_do_not_cut_a_cell() -> None:
    content = '"申请人逾期,不补正",0\n公开，和不公开,1\n'.encode("gb18030")
    assert texts(read(content, "report.csv")) == [[["申请人逾期,不补正", "0"], ["公开，和不公开", "1"]]]


def test_rows_keep_their_number_past_a_blank_line() -> None:
    [table] = tables(read(b"a,1\n\nb,2\n", "report.csv"))
    assert [cell.row for row in table.rows for cell in row] == [1, 1, 3, 3]


def test_tab_separated_values_keep_their_blank_cells() -> None:
    assert texts(read("规章\t0\t\t1\n许可\t\t\t2".encode(), "report.tsv")) == [
        [["规章", "0", "", "1"], ["许可", "", "", "2"]]
    ]


def test_a_single_column_is_a_table_of_one_column() -> None:
    assert texts(read("规章\n许可\n".encode(), "report.csv")) == [[["规章"], ["许可"]]]
