"""Lists as files: who sees what in them, row by row, and no cell that a sheet would reckon."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.web.platform import District, draft, published

from gongkai.web.disclosure.exporting import exported_records, file_of, guarded
from gongkai.web.disclosure.importing.cells import tidy
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Role


def read(content: bytes, form: str) -> list[dict[str, Any]]:
    if form == "json":
        return json.loads(content)
    if form == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def exported(by: Any, organ: Any, form: str = "csv") -> list[dict[str, Any]]:
    return read(
        b"".join(exported_records(Record.objects.order_by("pk"), by=by, organ=organ, form=form)), form
    )


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_staff_get_drafts_too_the_public_gets_what_is_public(district: District, form: str) -> None:
    town = district.town
    draft(town, title="还没有公开的草稿")
    published(town, title="已经公开的通知")
    published(district.bureau, title="别的机关的通知")
    for person in (town[Role.CLERK], town[Role.AUDITOR], district.government[Role.SUPERVISING_AUTHORITY]):
        rows = exported(person, town.organ, form)
        assert [row["标题"] for row in rows] == ["还没有公开的草稿", "已经公开的通知"]
        assert [row["状态"] for row in rows] == ["未公开", "已公开"]
    (row,) = exported(None, town.organ, form)
    assert row["标题"] == "已经公开的通知"
    assert row["信息种类"] == "一般信息"
    assert "状态" not in row
    assert "公开期限" not in row


@pytest.mark.django_db
def test_staff_of_another_organ_export_nothing(district: District) -> None:
    for person in (district.bureau[Role.CLERK], district.town[Role.ADMINISTRATOR]):
        with pytest.raises(NotAllowed):
            exported(person, district.town.organ)


@pytest.mark.django_db
def test_an_export_takes_one_query_whatever_its_size(
    district: District, django_assert_num_queries: Any
) -> None:
    town = district.town
    for number in range(3):
        draft(town, title=f"草稿{number}")
    by = town[Role.CLERK]
    by.appointments_today()
    with django_assert_num_queries(1):
        exported(by, town.organ)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_empty_list_is_a_whole_file(district: District, form: str) -> None:
    assert exported(district.town[Role.CLERK], district.town.organ, form) == []


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1+1", "－5", "＋8", "＠a", "\r\n=x"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    content = b"".join(file_of(["标题"], [[text]], "csv", "表"))
    (row,) = read(content, "csv")
    assert row["标题"].startswith("'")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_workbook_holds_such_a_cell_as_text(text: str) -> None:
    content = b"".join(file_of(["标题"], [[text]], "xlsx", "表"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(text=st.text(max_size=30))
def test_the_guard_comes_off_again_when_a_cell_is_read(text: str) -> None:
    assert tidy(guarded(text)) == tidy(text)
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


def test_a_long_list_takes_no_more_memory_than_a_short_one() -> None:
    def rows(count: int) -> Iterator[list[Any]]:
        return ([f"第{n}条", "内容" * 20, n] for n in range(count))

    for form in ("csv", "json", "xlsx"):
        peaks = []
        for count in (4_000, 30_000):
            tracemalloc.start()
            for _ in file_of(["标题", "内容", "数"], rows(count), form, "表"):
                pass
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[1] < 1.5 * peaks[0] + 500_000, form
