"""Files of strangers read and checked in processes of their own: `annual.checked` for the web.

What comes back is JSON, checked against the types of our dataclasses: the process is ours, but a file may
have taken a parser over. Each file is read by itself, so that one that hangs or crashes spoils no other.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gongkai.annual import checked
from gongkai.annual.checked import Checked, NamedFile
from gongkai.annual.report import Report
from gongkai.documents.errors import DocumentError
from gongkai.documents.isolated_worker import allow_memory_for_scans
from gongkai.documents.isolation import Limits, Workers, failed
from gongkai.documents.plain_data import NotPlain, dumped, loaded
from gongkai.documents.sniffing import sniff

if TYPE_CHECKING:
    from gongkai.annual.comparing import Comparison
    from gongkai.annual.writing import Written

TASK = "gongkai.annual.isolated:answer"
MORE_FOR_EACH = 0.2  # seconds that every further report adds to the time for checking them together
SECONDS_TO_WRITE = 20.0  # for one file, read back and compared; a usual one takes half a second
# What the first file would otherwise wait for.
_READERS = ("pdf", "docx", "xlsx", "html", "text", "separated_values", "json_value")


def new_workers(limits: Limits) -> Workers | None:
    """Workers for the functions below; None where the limits name no worker."""
    return Workers(TASK, limits) if limits.workers > 0 else None


def read_and_check(
    files: Iterable[NamedFile],
    previous: NamedFile | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    workers: Workers | None,
) -> list[Checked]:
    """What `check_files` gives for the files, read and checked by `workers`; if None, in this process."""
    results = read_files(files, progress, workers=workers)
    earlier = read_files([previous], workers=workers) if previous is not None else []
    return check_read(results, earlier, workers=workers)


def read_files(
    files: Iterable[NamedFile], progress: Callable[[str], None] | None = None, *, workers: Workers | None
) -> list[Checked]:
    """Every report of the files, in order, read and not yet checked.

    A file on which a worker runs out of time or memory, or crashes, becomes an error as any unreadable file.
    """
    if workers is None:
        return checked.read_files(files, progress)
    end = time.monotonic() + workers.limits.together

    def read(file: NamedFile) -> list[Checked]:
        return _read(workers, end, *file)

    given = list(files)
    results: list[Checked] = []
    with ThreadPoolExecutor(max_workers=workers.limits.workers) as threads:
        for (name, _), found in zip(given, threads.map(read, given), strict=True):
            results += found
            if progress is not None:
                progress(name)
    return results


def check_read(
    read: Sequence[Checked], earlier: Sequence[Checked] = (), *, workers: Workers | None
) -> list[Checked]:
    """What `read_files` gave, checked: all together, or each by itself where that takes too long or fails."""
    if workers is None or all(item.report is None for item in read):
        return checked.check_read(read, earlier)
    seconds = min(workers.limits.together, workers.limits.seconds + MORE_FOR_EACH * (len(read) - 1))
    try:
        return _checked_together(workers, read, earlier, seconds)
    except DocumentError as error:
        lost = [item for item in earlier if item.error is not None]
        if len(read) > 1:
            return _checked_alone(workers, read, earlier) + lost
        return [Checked(read[0].source, error=error), *lost]


def _checked_together(
    workers: Workers, read: Sequence[Checked], earlier: Sequence[Checked], seconds: float
) -> list[Checked]:
    try:
        return loaded(list[Checked], workers.run({"what": "check"}, dumped([read, earlier]), seconds))
    except NotPlain as error:
        raise failed() from error


def _checked_alone(workers: Workers, read: Sequence[Checked], earlier: Sequence[Checked]) -> list[Checked]:
    end = time.monotonic() + workers.limits.together
    return [
        check_read([item], earlier, workers=workers)[0]
        if time.monotonic() < end
        else Checked(item.source, error=item.error or _no_time_left())
        for item in read
    ]


def compare_reports(one: Report, other: Report, *, workers: Workers | None) -> Comparison:
    """What `annual.comparing.compare` gives. Raises `DocumentError` where it takes too long or fails."""
    from gongkai.annual.comparing import Comparison, compare

    if workers is None:
        return compare(one, other)
    try:
        return loaded(Comparison, workers.run({"what": "compare"}, dumped([one, other])))
    except DocumentError as error:
        raise _not_compared() from error
    except NotPlain as error:
        raise failed() from error


def write_report(report: Report, to: str, *, workers: Workers | None) -> Written:
    """What `annual.writing.write_report` gives, proved. Raises `DocumentError` where it takes too long."""
    from gongkai.annual.writing import Written, write_report

    if workers is None:
        return write_report(report, to, prove=True)
    try:
        answered = workers.run({"what": "write", "to": to}, dumped(report), SECONDS_TO_WRITE)
        notes, _, content = answered.partition(b"\n")  # in JSON no line ever breaks
        return Written(content, loaded(list[tuple[str, str]], notes))
    except DocumentError as error:
        raise _not_written() from error
    except NotPlain as error:
        raise failed() from error


def _read(workers: Workers, end: float, name: str, content: bytes) -> list[Checked]:
    if time.monotonic() > end:
        return [Checked(name, error=_no_time_left())]
    try:
        return loaded(list[Checked], workers.run({"what": "read", "name": name}, content))
    except DocumentError as error:
        return [Checked(name, error=error)]
    except NotPlain:
        return [Checked(name, error=failed())]


def _no_time_left() -> DocumentError:
    return DocumentError(
        "too_slow",
        "同时上传的其他文件用去了全部时间，这个文件没有读取。请单独上传。",
        "The other files sent with it took all the time; this one was not read. Send it by itself.",
    )


def _not_written() -> DocumentError:
    return DocumentError(
        "too_slow",
        "写出这份文件所需的时间或内存过多，已停止。请删去过长的文字，或者换一种格式再下载。",
        "Writing this file took too much time or memory and was stopped. Shorten its texts or choose another "
        "format.",
    )


def _not_compared() -> DocumentError:
    return DocumentError(
        "too_slow",
        "对比这两份报告所需的时间或内存过多，已停止。请只保留年度报告正文，另存后再试。",
        "Comparing these two took too much time or memory and was stopped. Keep the annual reports alone and "
        "retry.",
    )


# ---- in the worker ----


def answer(question: Any, content: bytes) -> bytes:
    """One task: a file read, reports checked together, two compared, or one written."""
    what = question["what"]
    if what == "read":
        _make_room(question["name"], content)
        return dumped(checked.read_files([(question["name"], content)]))
    if what == "check":
        read, earlier = loaded(tuple[list[Checked], list[Checked]], content)
        return dumped(checked.check_read(read, earlier))
    if what == "compare":
        from gongkai.annual.comparing import compare

        return dumped(compare(*loaded(tuple[Report, Report], content)))
    from gongkai.annual.writing import write_report

    written = write_report(loaded(Report, content), question["to"], prove=True)
    return dumped(written.notes) + b"\n" + written.content


def _make_room(name: str, content: bytes) -> None:
    """More memory for a picture before it is read: loading what reads it takes more than is usual."""
    with suppress(DocumentError):  # reading it says what is wrong with it
        if sniff(content, name) == "picture":
            allow_memory_for_scans()


def prepare() -> None:
    """Import what reading and checking need, before the first file comes."""
    for reader in _READERS:
        importlib.import_module(f"gongkai.documents.{reader}")
    importlib.import_module("gongkai.annual.checking")
