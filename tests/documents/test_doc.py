"""Old Word and Excel files. Those in `files` are invented reports that LibreOffice wrote as doc and xls."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.annual.printing.comparing import differences
from tests.documents.samples import listed, tables

from gongkai.annual import read_reports
from gongkai.documents import Document, DocumentError, read_document

FILES = Path(__file__).parent / "files"
OLD = sorted(path.name for path in FILES.iterdir() if path.suffix in (".doc", ".xls"))
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(name: str) -> Document:
    return read_document((FILES / name).read_bytes(), name)


def truth_of(name: str) -> Any:
    return json.loads((FILES / f"{name}.json").read_text("utf-8"), parse_float=Decimal)


@pytest.mark.parametrize("name", OLD)
def test_an_old_file_is_read_to_the_last_cell(name: str) -> None:
    [report] = read_reports(read(name))
    assert differences(truth_of(name), report) == []


@pytest.mark.parametrize("name", OLD)
def test_an_old_file_says_what_kind_it_is_whatever_its_name(name: str) -> None:
    content = (FILES / name).read_bytes()
    assert read_document(content, "report.docx").kind == name.rpartition(".")[2]


def test_merged_cells_of_an_old_word_file_keep_their_place() -> None:
    head = next(
        rows for table in tables(read("report-2021.doc")) if "申请人情况" in str(rows := listed(table)[:3])
    )
    texts = {text: (row, column, high, wide) for cells in head for text, row, column, high, wide in cells}
    assert texts["申请人情况"][3] == 7
    assert texts["自然人"][2] == 2
    assert texts["法人或其他组织"][3] == 5


def test_a_torn_old_word_file_is_damaged() -> None:
    content = (FILES / "report-2021.doc").read_bytes()
    with pytest.raises(DocumentError) as error:
        read_document(content[: len(content) // 3], "report.doc")
    assert error.value.code == "damaged"


def test_a_file_of_word_95_is_named_with_what_to_save_it_as() -> None:
    content = bytearray((FILES / "report-2014.doc").read_bytes())
    start = content.index(b"\xec\xa5")  # the mark at the beginning of Word's own stream
    content[start : start + 2] = b"\xdc\xa5"
    with pytest.raises(DocumentError) as error:
        read_document(bytes(content), "report.doc")
    assert error.value.code == "unknown_format"
    assert "Word 95" in error.value.zh
    assert "docx" in error.value.zh


def test_text_and_tables_are_read_where_another_part_of_the_file_is_damaged() -> None:
    name = "report-2021.doc"
    content = bytearray((FILES / name).read_bytes())
    # What says how the fonts are called, the 15th of Word's parts (FibRgFcLcb97): unusable.
    fib = content.index(b"\xec\xa5")
    at = fib + 154 + 8 * 15
    content[at : at + 8] = b"\xff\xff\xff\x0f\xff\xff\x00\x00"
    [report] = read_reports(read_document(bytes(content), name))
    assert differences(truth_of(name), report) == []


def test_a_presentation_is_refused_by_name() -> None:
    content = OLE2 + bytes(600) + "PowerPoint Document".encode("utf-16-le")
    with pytest.raises(DocumentError) as error:
        read_document(content, "report.ppt")
    assert error.value.code == "unknown_format"
    assert "演示文稿" in error.value.zh


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(OLD),
    changes=st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.sampled_from([b"\xff\xff\xff\x7f", bytes(4), b"\x07\x07", b"\xfe\xff\xff\xff"]),
        ),
        min_size=1,
        max_size=12,
    ),
)
def test_a_damaged_old_file_is_read_or_refused_in_time(name: str, changes: list[tuple[float, bytes]]) -> None:
    content = bytearray((FILES / name).read_bytes())
    for where, new in changes:
        at = int(where * len(content))
        content[at : at + len(new)] = new
    began = time.monotonic()
    assert outcome(bytes(content), name)
    assert time.monotonic() - began < 6


def outcome(content: bytes, name: str) -> object:
    """What was read, or the words in which it was refused; any other error comes through."""
    try:
        return read_document(content, name).blocks
    except DocumentError as error:
        return error.zh
