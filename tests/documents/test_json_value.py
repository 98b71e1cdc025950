from __future__ import annotations

from decimal import Decimal

import pytest
from tests.documents.samples import read

from gongkai.documents import DocumentError


def test_money_stays_an_exact_decimal_and_counts_stay_integers() -> None:
    data = read(b'{"fee": 7730.10, "count": 12, "blank": null}').data
    assert str(data["fee"]) == "7730.10"
    assert isinstance(data["fee"], Decimal)
    assert type(data["count"]) is int
    assert data["blank"] is None


def test_a_json_file_has_no_blocks_to_interpret() -> None:
    document = read(b'{"a": 1}', "report.json")
    assert (document.kind, document.blocks) == ("json", [])


def test_json_lines_are_read_as_a_list() -> None:
    assert read(b'{"a": 1}\n{"a": 2}\n', "reports.jsonl").data == [{"a": 1}, {"a": 2}]


def test_a_broken_json_says_in_which_line() -> None:
    with pytest.raises(DocumentError) as error:
        read(b'{"a": 1,\n "b": }', "report.json")
    assert error.value.code == "damaged"
    assert "第 2 行" in error.value.zh
    assert "line 2" in error.value.en


@pytest.mark.parametrize("content", [b'{"a": NaN}', b'{"a": ' + b"1" * 10_000 + b"}", b'{"a": 1'])
def test_what_json_does_not_allow_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError) as error:
        read(content, "report.json")
    assert error.value.code == "damaged"


def test_a_json_nested_without_end_is_refused() -> None:
    with pytest.raises(DocumentError) as error:
        read(b"[" * 1_000_000, "report.json")
    assert error.value.code == "too_complex"
