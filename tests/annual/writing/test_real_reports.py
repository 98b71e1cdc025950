"""Each real report beside the repository, written in every format and read back."""

from __future__ import annotations

import pytest
from tests.real.conftest import ABSENT, file_of, names

from gongkai.annual import read_reports
from gongkai.annual.writing import FORMATS, write_report
from gongkai.annual.writing.reading_back import unlike
from gongkai.documents import read_document

NAMES = names()


@pytest.mark.skipif(not NAMES, reason=ABSENT)
@pytest.mark.parametrize("to", [to for to in FORMATS if to != "json"])
@pytest.mark.parametrize("name", NAMES or [""])
def test_a_real_report_is_read_back_whole(name: str, to: str) -> None:
    path = file_of(name)
    [report] = read_reports(read_document(path.read_bytes(), path.name))
    assert unlike(report, write_report(report, to).content, f"report.{to}") == []
