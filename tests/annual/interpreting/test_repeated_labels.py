"""Files that name the form's rows over and over are refused soon; a hundred reports in one file are read."""

from __future__ import annotations

import time
from contextlib import suppress
from random import Random

import pytest
from tests.annual.printing import print_report
from tests.annual.printing.reports import random_report

from gongkai.annual import read_reports
from gongkai.documents import DocumentError, read_document

SECONDS = 4.0  # of the processor


@pytest.mark.parametrize(
    "row",
    [
        "规章,1,2,3,4,5,6,7",
        "规章,1,1",
        "（一）予以公开",
        "行政许可",
        "规章\n行政规范性文件",
        "行政许可,1\n行政处罚,1",
        "（一）予以公开,1,0,0,0,0,0,1\n（二）部分公开,1,0,0,0,0,0,1",
        "按时办结数,件,3\n延期办结数,件,2",
    ],
)
def test_rows_repeated_thousands_of_times_take_no_long(row: str) -> None:
    content = "\n".join([row] * (9_900 // len(row.split("\n")))).encode()
    begin = time.process_time()
    with suppress(DocumentError):  # whether it is refused or read
        read_reports(read_document(content, "rows.csv"))
    assert time.process_time() - begin < SECONDS


def test_a_hundred_reports_in_one_file_are_a_hundred() -> None:
    rng = Random("hundred")
    printed = [print_report(random_report(rng, "2021"), "tab_rows", rng) for _ in range(100)]
    content = b"\n\n".join(content for content, _, _ in printed)
    assert len(read_reports(read_document(content, "reports.txt"))) == 100
