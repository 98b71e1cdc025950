"""Files read and reports checked for the page, in processes of their own and within their limits.

What a stranger's file, or what somebody sends back in place of a page's own report, does to a parser or to a
check stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from django.conf import settings

from gongkai.annual.checked import Checked, check_read
from gongkai.annual.isolated import new_workers, read_and_check
from gongkai.documents import DocumentError
from gongkai.documents.isolation import Limits, Workers
from gongkai.documents.plain_data import dumped, loaded

SECONDS_FOR_EACH = 0.2  # that every report adds to the time for checking them together


def read(files: Sequence[tuple[str, bytes]]) -> list[Checked]:
    """Every report of the files, in order, without findings; a file that cannot be read is an error."""
    if not files:
        return []
    return [replace(item, findings=[]) for item in read_and_check(files, workers=_workers())]


def check(read_items: Sequence[Checked], earlier: Sequence[Checked]) -> list[Checked]:
    """What `annual.checked.check_read` gives; where that takes too long, each report is an error."""
    workers = _workers()
    if workers is None or all(item.report is None for item in read_items):
        return check_read(read_items, earlier)
    seconds = workers.limits.seconds + SECONDS_FOR_EACH * len(read_items)
    try:
        asked = dumped([list(read_items), list(earlier)])
        found = loaded(list[Checked], workers.run({"what": "check_reports"}, asked, seconds))
    except DocumentError as error:
        found = [Checked(item.source, error=item.error or error) for item in read_items]
    return found + [item for item in earlier if item.error is not None]


@cache
def _workers() -> Workers | None:
    """The processes that read, for as long as the server runs; None where the settings want none."""
    return new_workers(Limits(workers=settings.FILE_READERS))
