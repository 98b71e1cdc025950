"""Files of strangers read and checked in processes of their own: `annual.checked` for the web.

What comes back is JSON, checked against the types of our dataclasses: the process is ours, but a file may
have taken a parser over. Each file is read by itself, so that one that hangs or crashes spoils no other.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from gongkai.annual import checked
from gongkai.annual.checked import Checked, NamedFile
from gongkai.documents.errors import DocumentError
from gongkai.documents.isolation import Limits, Workers, failed
from gongkai.documents.plain_data import NotPlain, dumped, loaded

TASK = "gongkai.annual.isolated:answer"
MORE_FOR_EACH = 0.2  # seconds that every further report adds to the time for checking them together
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
    seconds = workers.limits.seconds + MORE_FOR_EACH * (len(read) - 1)
    try:
        return loaded(list[Checked], workers.run({"what": "check"}, dumped([read, earlier]), seconds))
    except (DocumentError, NotPlain) as error:
        if len(read) > 1:
            alone = [check_read([item], earlier, workers=workers)[0] for item in read]
            return alone + [item for item in earlier if item.error is not None]
        fault = error if isinstance(error, DocumentError) else failed()
        return [Checked(read[0].source, error=fault), *(item for item in earlier if item.error is not None)]


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


# ---- in the worker ----


def answer(question: Any, content: bytes) -> bytes:
    """One task: a file read, or reports checked together; as JSON."""
    if question["what"] == "read":
        return dumped(checked.read_files([(question["name"], content)]))
    read, earlier = loaded(tuple[list[Checked], list[Checked]], content)
    return dumped(checked.check_read(read, earlier))


def prepare() -> None:
    """Import what reading and checking need, before the first file comes."""
    for reader in _READERS:
        importlib.import_module(f"gongkai.documents.{reader}")
    importlib.import_module("gongkai.annual.checking")
