"""Untrusted files read in processes of their own: a parser that hangs or crashes takes no server with it.

`Workers` keeps a few processes, started when first needed and replaced after a number of tasks. They begin
anew from the program (no copy of a threaded server's memory), see nothing of its environment, and have limits
of memory, time, open files and file sizes where the system has such limits; everywhere a clock ends them.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import signal
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from gongkai.documents.errors import DocumentError
from gongkai.documents.isolated_worker import (
    ANSWER,
    HEADER,
    MORE_TIME,
    READY,
    REFUSED,
    SECONDS,
    receive,
)
from gongkai.documents.limits import MIB

# What a worker sees of the environment: enough to start, nothing that is nobody's business.
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_MOST_ANSWERED = 64 * MIB
_STARTING = 30.0  # seconds for a process to start on a busy machine; usually half a second
_ENDING = 1.0  # seconds for a process that has closed its output to be gone
GROWN_SHARE = 0.6  # of its memory: a process that holds more after a file is replaced
_FIELDS = 3  # of an error: code, Chinese, English

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the workers may use. `memory` is address space in bytes, of which a usual report takes 90 MiB."""

    workers: int = 2
    seconds: float = 5.0  # for one task, on the clock
    scanning: float = 60.0  # on top, for a file whose words have to be recognised in pictures
    together: float = 40.0  # for all files of one visit: past it none is begun
    memory: int = 512 * MIB
    memory_scanning: int = 2048 * MIB  # instead, once pictures are looked at: the models take 1,200
    tasks: int = 100  # after so many a process is replaced: what libraries leak goes with it


class Workers:
    """Runs one function, given as `module:function`, in a few processes of their own.

    The function takes a question (JSON) and bytes and gives bytes; a `DocumentError` it raises comes back.
    """

    def __init__(self, task: str, limits: Limits) -> None:
        self.limits = limits
        self._task = task
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(limits.workers)
        self._owner = os.getpid()
        atexit.register(self.close)

    def warm(self) -> None:
        """Begin to start a process, if none is there; does not wait for it."""
        with self._lock:
            if not self._idle:
                self._idle.append(_Process(self._task, self.limits))

    def run(self, question: Any, content: bytes = b"", seconds: float | None = None) -> bytes:
        """The function's answer. Waits for a free process first; that is no part of the task's time.

        Raises what the function refuses the file with, too_slow past the task's time, too_complex where the
        process ended on the file, damaged where our own program failed on it.
        """
        with self._free:
            process = self._taken()
            try:
                return process.run(question, content, seconds or self.limits.seconds)
            finally:
                self._put_back(process)

    def _taken(self) -> _Process:
        with self._lock:
            if os.getpid() != self._owner:  # a copy of the process that made them: they are not its own
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                process = self._idle.pop()
                if process.is_alive():
                    return process
                process.close()
        return _Process(self._task, self.limits)

    def _put_back(self, process: _Process) -> None:
        if process.is_spent() or process.tasks >= self.limits.tasks:
            process.close()
            process = _Process(self._task, self.limits)  # starts while nobody waits for it
        with self._lock:
            self._idle.append(process)

    def close(self) -> None:
        """End all processes that are not at work."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            while self._idle:
                self._idle.pop().close()


class _Process:
    """One worker. Used by one thread at a time."""

    def __init__(self, task: str, limits: Limits) -> None:
        self.tasks = 0
        self._scanning = limits.scanning
        self._ready = False
        self._late = False
        self._has_scanned = False
        self._memory = limits.memory
        memory = str(limits.memory), str(max(limits.memory, limits.memory_scanning))
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
        environment["PYTHONIOENCODING"] = "utf-8"
        self._process = subprocess.Popen(  # noqa: S603 -- our own module; files come by standard input
            [sys.executable, "-m", "gongkai.documents.isolated_worker", task, *memory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            # A group of its own: Ctrl+C is not meant for it, and what it starts itself ends with it.
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def is_spent(self) -> bool:
        """Whether it has ended, is ending because its time was over, or keeps too much of its memory."""
        return self._late or not self.is_alive() or self._has_grown()

    def _has_grown(self) -> bool:
        """Whether a file left so much behind that the next may want for memory. Scans keep their models."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[0])
        except (OSError, IndexError):  # no such thing on this system, or it has just ended
            return False
        return not self._has_scanned and pages * os.sysconf("SC_PAGE_SIZE") > self._memory * GROWN_SHARE

    def run(self, question: Any, content: bytes, seconds: float) -> bytes:
        if not self._ready:
            received = self._exchanged(b"", _STARTING)
            if received is None or received[0] != READY:
                self.close()
                logger.error("a worker did not start")
                raise failed()
            self._ready = True
        self.tasks += 1
        asked = json.dumps(question).encode()
        message = struct.pack(">dQ", seconds, len(asked)) + asked + content
        received = self._exchanged(HEADER.pack(b"T", len(message)) + message, seconds)
        if received is None:
            self._ended()
        return _answer(*received)

    def _exchanged(self, message: bytes, seconds: float) -> tuple[bytes, bytes] | None:
        """What comes back in time, None where the process ends before; past its time it is ended."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        clock = self._clock(seconds)
        try:
            to.write(message)
            to.flush()
            received = receive(back, _MOST_ANSWERED)
            if received is not None and received[0] == MORE_TIME:  # asked once for a file
                self._has_scanned = True
                clock.cancel()
                clock.join()
                clock = self._clock(seconds + min(self._scanning, _seconds(received[1])))
                received = receive(back, _MOST_ANSWERED)
            return received
        except OSError:  # it ended while it was being written to
            return None
        finally:
            clock.cancel()
            clock.join()  # from here on it either has ended the process or never will

    def _clock(self, seconds: float) -> threading.Timer:
        clock = threading.Timer(seconds, self._end_late)
        clock.daemon = True
        clock.start()
        return clock

    def _end_late(self) -> None:
        self._late = True
        self._kill()

    def _ended(self) -> NoReturn:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)  # what comes back ends a moment before the process does
        self.close()
        status = self._process.returncode
        out_of_time = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
        logger.warning("a worker ended on a file (status %s, late: %s)", status, self._late)
        raise _took_too_long() if self._late or status == out_of_time else _broke_down()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the process and wait for its end."""
        if self.is_alive():
            self._kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # words left for a process that is gone
                    pipe.close()


def _seconds(asked: bytes) -> float:
    seconds: float = SECONDS.unpack(asked)[0] if len(asked) == SECONDS.size else 0.0
    return seconds if seconds > 0 else 0.0


def _answer(mark: bytes, answer: bytes) -> bytes:
    if mark == ANSWER:
        return answer
    said = json.loads(answer) if mark == REFUSED else None
    if isinstance(said, list) and len(said) == _FIELDS and all(isinstance(part, str) for part in said):
        raise DocumentError(*said)
    raise failed()


def _took_too_long() -> DocumentError:
    return DocumentError(
        "too_slow",
        "文件过于复杂，未能在规定时间内读完。请只保留年度报告正文，另存后再试。",
        "The file is too complex to be read in the time given. Keep the annual report alone and retry.",
    )


def _broke_down() -> DocumentError:
    return DocumentError(
        "too_complex",
        "文件过于复杂或已损坏，读取中止。请只保留年度报告正文，另存为 docx 后再试。",
        "The file is too complex or damaged: reading it broke off. Keep the report alone, save as docx.",
    )


def failed() -> DocumentError:
    """The error for a file on which our own program failed."""
    return DocumentError(
        "damaged",
        "处理这个文件时程序出错，已记入日志。请另存为 docx 或 txt 后再试。",
        "The program failed on this file; the failure is in the log. Save it as docx or txt and try again.",
    )
