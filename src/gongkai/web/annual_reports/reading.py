"""Files read and reports checked, compared and written for the page, in processes of their own.

What a stranger's file, or what somebody sends back in place of a page's own report, does to a parser, a check
or a writer stays there: past its time or memory it is refused in words, and the server goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.conf import settings

from gongkai.annual import isolated
from gongkai.annual.checked import Checked
from gongkai.annual.comparing import Comparison
from gongkai.annual.report import Report
from gongkai.annual.writing import Written
from gongkai.documents import DocumentError
from gongkai.documents.isolation import Limits, Workers
from gongkai.web.annual_reports.carried import MOST_FILES


def read(files: Sequence[tuple[str, bytes]]) -> list[Checked]:
    """Every report of the files, in order, without findings; a file that cannot be read is an error.

    Of more reports than a page can carry the rest is one error.
    """
    found = isolated.read_files(files, workers=workers()) if files else []
    if len(found) <= MOST_FILES:
        return found
    rest = found[MOST_FILES - 1]
    return [*found[: MOST_FILES - 1], Checked(rest.source, error=too_many_reports())]


def check(read_items: Sequence[Checked], earlier: Sequence[Checked]) -> list[Checked]:
    """What `annual.checked.check_read` gives; a report on which that takes too long is an error."""
    return isolated.check_read(read_items, earlier, workers=workers())


def compare(one: Report, other: Report) -> Comparison:
    """Two reports side by side. Raises `DocumentError` where it takes too long."""
    return isolated.compare_reports(one, other, workers=workers())


def write(report: Report, to: str) -> Written:
    """The report as a file, read back and compared. Raises `DocumentError` where it takes too long."""
    return isolated.write_report(report, to, workers=workers())


def warm() -> None:
    """Begin to start a process, so that the first visitor does not wait for it; waits for nothing itself."""
    if (own := workers()) is not None:
        own.warm()


@cache
def workers() -> Workers | None:
    """The processes that read, for as long as the server runs; None where the settings want none."""
    return isolated.new_workers(Limits(workers=settings.FILE_READERS))


def too_many_reports() -> DocumentError:
    return DocumentError(
        "too_many",
        f"文件里报告太多：一次最多核对 {MOST_FILES - 1} 份，这一份和后面的没有读取。请分次上传。",
        f"Too many reports in the files: at most {MOST_FILES - 1} are checked at once; this one and those "
        "after it were left out. Send them in several parts.",
    )
