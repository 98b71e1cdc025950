"""Invented annual reports, written as files and published as records, through the actions."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.web.conftest import SAMPLES
from tests.web.platform import House, draft, pass_once, submit_answered
from tests.web.portal import releasing

from gongkai.annual.checked import read_files
from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.writing import write_report
from gongkai.web.annual_reports.archive.actions import read_published
from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role


@cache
def _sample() -> bytes:
    return (SAMPLES / "qingshi-2024.docx").read_bytes()


def report(organ: str, year: int, received: int = 52) -> Report:
    """The sample's report as another organ's of another year, `received` requests of natural persons."""
    made = read_files([("qingshi-2024.docx", _sample())])[0].report
    assert made is not None
    assert made.requests is not None
    made.organ, made.year, made.form = organ, year, "2021" if year > 2020 else "2019"
    made.title = f"{organ}{year}年政府信息公开工作年度报告"
    for row in made.requests.values():
        for column in row:
            row[column] = 0
    made.requests["received.new"] |= {"natural_person": received, "total": received}
    made.requests["granted"] |= {"natural_person": received - 2, "total": received - 2}
    made.requests["refused.state_secret"] |= {"natural_person": 2, "total": 2}
    made.requests["concluded"] |= {"natural_person": received, "total": received}
    made.sections = {
        "overview": f"{year}年，本机关收到申请{received}件。",
        "problems": "存在的问题：人手不足。",
    }
    made.remedies = {
        group.code: dict.fromkeys((column.code for column in form("2021").remedy_columns), 0)
        for group in form("2021").remedy_groups
    }
    made.remedies["reconsideration"] |= {"upheld": 2, "corrected": 1, "total": 3}
    made.remedies["direct_litigation"] |= {"pending": 1, "total": 1}
    return made


def published_report(
    house: House, year: int, received: int = 52, *, to: str = "json", content: bytes = b"", **facts: Any
) -> Record:
    """A published annual report with its file; not read yet."""
    usual = {"title": f"{house.organ.name}{year}年政府信息公开工作年度报告", "category": "", "for_year": year}
    record = draft(house, kind="annual_report", **{**usual, **facts})
    written = content or write_report(report(house.organ.name, year, received), to).content
    attach_file(by=house[Role.CLERK], record=record, content=written, name=f"{year}年度报告.{to}")
    return let_out(house, record)


def let_out(house: House, record: Record) -> Record:
    """Through the review; what the checks find in an invented file is answered."""
    record = releasing.fresh(record)
    submit_answered(house[Role.CLERK], record, "示例文件，内容已经核对。")
    for _ in range(3):
        pass_once(house, record)
    return releasing.fresh(record)


def archived(house: House, year: int, received: int = 52, **more: Any) -> Record:
    """A published annual report that has been read."""
    record = published_report(house, year, received, **more)
    read_published(isolated=False)
    return record
