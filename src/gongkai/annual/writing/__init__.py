"""Writing annual reports: the contract's report to docx, pdf, html, xlsx, csv and json."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gongkai.annual.report import Report
from gongkai.annual.writing.printed import Note, Printed

__all__ = ["FORMATS", "Written", "write_report", "write_reports"]

FORMATS = ("docx", "pdf", "html", "xlsx", "csv", "json")


@dataclass(slots=True)
class Written:
    """A written file. `notes`, each (Chinese, English), say what a person must look at."""

    content: bytes
    notes: list[Note] = field(default_factory=list)


def write_report(
    report: Report, to: str, *, written_at: dt.datetime | None = None, prove: bool = False
) -> Written:
    """The report in the statutory layout of its form, as a file of the format `to` (one of `FORMATS`).

    `written_at` is the date the file itself bears: now, unless given (with its time zone). `prove` reads the
    file back and notes every cell and text that it does not give back. Raises ValueError for another format.
    """
    if to not in FORMATS:
        raise ValueError(f"no format {to}")
    moment = written_at or dt.datetime.now(dt.UTC)
    if to == "json":
        from gongkai.annual.json_lines import dumps

        return Written((dumps(report.to_json(), indent=1) + "\n").encode("utf-8", "replace"))
    from gongkai.annual.writing.reading_back import printed_recognisably, unlike, unlike_note

    printed = printed_recognisably(report)
    content = _writer(to)(printed, moment)
    if prove and (paths := unlike(report, content, f"report.{to}")):
        printed.notes.append(unlike_note(paths))
    return Written(content, printed.notes)


def write_reports(reports: Sequence[Report], to: str, *, written_at: dt.datetime | None = None) -> Written:
    """Several reports in one file, in their order: json (one a line), csv or xlsx (a sheet each).

    Raises ValueError for another format.
    """
    moment = written_at or dt.datetime.now(dt.UTC)
    if to == "json":
        from gongkai.annual.json_lines import dumps

        lines = (dumps(report.to_json()) + "\n" for report in reports)
        return Written("".join(lines).encode("utf-8", "replace"))
    from gongkai.annual.writing.reading_back import printed_recognisably

    printed = [printed_recognisably(report) for report in reports]
    notes = [note for one in printed for note in one.notes]
    if to == "csv":
        from gongkai.annual.writing.to_csv import csv_of_several

        return Written(csv_of_several(printed), notes)
    if to == "xlsx":
        from gongkai.annual.writing.to_xlsx import xlsx_of_several

        return Written(xlsx_of_several(printed, moment), notes)
    raise ValueError(f"no format {to} for several reports")


_Writer = Callable[[Printed, dt.datetime], bytes]


def _writer(to: str) -> _Writer:
    """A format's library is loaded when a file of that format is wanted."""
    module = importlib.import_module(f"gongkai.annual.writing.to_{to}")
    writer: _Writer = getattr(module, f"{to}_content")
    return writer
