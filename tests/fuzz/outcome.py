"""What may come of a file, however damaged: reports with findings, or one clear error, in time."""

from __future__ import annotations

import time
from decimal import Decimal

from gongkai.annual import Report, read_reports
from gongkai.annual.checking import check, check_together
from gongkai.annual.json_lines import dumps
from gongkai.documents import DocumentError, read_document
from gongkai.documents.limits import Budget

MOST_SECONDS = 5.0


class TooSlow(AssertionError):
    """A file took longer than any may."""


def outcome(name: str, content: bytes) -> list[Report] | DocumentError:
    """The reports of a file, read and checked; `DocumentError` is the only error there may be.

    Raises AssertionError where what comes of it is no proper answer; any other exception is a fault.
    """
    granted: list[float] = []  # a page that has lost its words is looked at as a picture
    Budget.on_more_time = granted.append
    began = time.monotonic()
    found: list[Report] | DocumentError
    try:
        found = _reports(name, content)
    except DocumentError as error:
        found = error
    if isinstance(found, DocumentError):
        assert found.code
        assert found.zh != found.en
    seconds = time.monotonic() - began
    Budget.on_more_time = None
    if seconds > MOST_SECONDS + sum(granted):
        raise TooSlow(f"{name}: {seconds:.1f} s")
    return found


def _reports(name: str, content: bytes) -> list[Report]:
    reports = read_reports(read_document(content, name))
    assert reports
    for report in reports:
        dumps(report.to_json())
        for path, value in report.cells():
            assert value is None or isinstance(value, int | Decimal), path
        for finding in check(report):
            assert finding.message
            assert finding.message_en
    check_together(reports)
    return reports
