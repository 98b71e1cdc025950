"""What runs in a process of its own: one task after the other from standard input, under hard limits.

The other end is `isolation.py`. A task and its answer are each a header (a mark and a length) and that many
bytes. Standard output carries answers alone: whatever a library prints goes to standard error.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import math
import os
import struct
import sys
import time
from functools import partial
from typing import IO, Any, BinaryIO

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import MIB, Budget, too_complex

HEADER = struct.Struct(">cQ")
READY, ANSWER, REFUSED, FAULT, MORE_TIME = b"R", b"A", b"D", b"F", b"M"
SECONDS = struct.Struct(">d")
MOST_OPEN_FILES = 64
MOST_WRITTEN = 128 * MIB  # of one file: converters of old formats use a folder in memory
CPU_LEEWAY = 2  # seconds of computing past the time on the clock: a backstop where nobody watches any more

logger = logging.getLogger(__name__)


def main(task: str, memory: int, memory_scanning: int) -> None:
    """Answer tasks until standard input ends. `task` is `module:function`.

    `memory` is what it may take in bytes, 0 for no limit; `memory_scanning` once pictures are looked at.

    The module's `prepare`, if it has one, is called first: what it imports is there when a task comes.
    """
    answers = _own_output()
    _limit(memory, memory_scanning)
    Budget.on_more_time = partial(_ask_for_time, answers)
    module, _, name = task.partition(":")
    imported = importlib.import_module(module)
    function = getattr(imported, name)
    if hasattr(imported, "prepare"):
        imported.prepare()
    _send(answers, READY, b"")
    while (received := receive(sys.stdin.buffer)) is not None:
        seconds, length = struct.unpack(">dQ", received[1][:16])
        question, content = received[1][16 : 16 + length], received[1][16 + length :]
        _limit_time(seconds)
        mark, answer = _answered(function, json.loads(question), content)
        _send(answers, mark, answer)


def _answered(function: Any, question: Any, content: bytes) -> tuple[bytes, bytes]:
    try:
        return ANSWER, function(question, content)
    except DocumentError as error:
        return REFUSED, _error(error)
    except MemoryError:
        return REFUSED, _error(too_complex("所需内存过多", "more memory needed than is given"))
    except RecursionError:
        return REFUSED, _error(too_complex("层次过深", "nested too deeply"))
    except Exception:  # the other end says in words what happened; the next file is still done
        logger.exception("a task failed")
        return FAULT, b""


def _ask_for_time(answers: BinaryIO, seconds: float) -> None:
    """Scanned pages take longer. The other end decides how much of it there is."""
    _limit_time(seconds * (os.cpu_count() or 1))
    allow_memory_for_scans()
    _send(answers, MORE_TIME, SECONDS.pack(seconds))


def _error(error: DocumentError) -> bytes:
    return json.dumps([error.code, error.zh, error.en]).encode()


def receive(stream: IO[bytes], most: int = 2**62) -> tuple[bytes, bytes] | None:
    """A mark and what follows it; None at the end of the stream or where more than `most` bytes follow."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    mark, length = HEADER.unpack(header)
    if length > most:
        return None
    content = stream.read(length)
    return (mark, content) if len(content) == length else None


def _send(stream: BinaryIO, mark: bytes, content: bytes) -> None:
    try:
        stream.write(HEADER.pack(mark, len(content)))
        stream.write(content)
        stream.flush()
    except BrokenPipeError:  # the server has stopped meanwhile: nobody is left to be told
        os._exit(0)


def _own_output() -> BinaryIO:
    """Standard output for the answers alone; what anybody else prints goes to standard error."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "wb")


def _limit(memory: int, memory_scanning: int) -> None:
    if sys.platform == "win32":
        return  # no such limits there: the clock of the other end remains
    import resource

    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_NOFILE, MOST_OPEN_FILES, MOST_OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, MOST_WRITTEN, MOST_WRITTEN)
    if memory:
        _lower(resource.RLIMIT_AS, memory, memory_scanning)


def _lower(limit: int, soft: int, hard: int) -> None:
    import resource

    _, highest = resource.getrlimit(limit)
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    with contextlib.suppress(OSError, ValueError):  # macOS knows some of the limits by name alone
        resource.setrlimit(limit, (soft, hard))


def allow_memory_for_scans() -> None:
    """From here on this process may take what recognising words in pictures takes."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _limit_time(seconds: float) -> None:
    """So much more computing, and the system ends this process: it may outlive the one that watches it."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time() + seconds + CPU_LEEWAY)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
