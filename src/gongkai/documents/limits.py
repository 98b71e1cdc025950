"""How much a reader takes on before it gives up: one file must not stop the work on the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, NoReturn

from gongkai.documents.errors import DocumentError

MIB = 1024 * 1024

MAX_FILE_BYTES = 64 * MIB
# Markup and json are parsed in one uninterruptible call; these sizes keep that call under the time limit.
MAX_MARKUP_BYTES = 10 * MIB
MAX_JSON_BYTES = 16 * MIB
# A docx or xlsx is a zip: what it holds unpacked, and how tightly it may be packed (a bomb is packed 1000:1).
MAX_ARCHIVE_BYTES = 256 * MIB
MAX_ARCHIVE_MEMBERS = 5_000
MAX_ARCHIVE_RATIO = 200
RATIO_MATTERS_FROM = 8 * MIB  # small parts of blank cells pack very well and harm nobody
MAX_PART_BYTES = 32 * MIB  # one part of an archive, unpacked
# `<` and `=` in one part: each may become an object of a hundred bytes and more.
# A sheet of 200,000 cells has 1.4 million.
MAX_MARKS = 2_000_000
# Text that is no markup: a report has some 30 kB; a file that is larger than this is some other thing.
MAX_PLAIN_BYTES = 4 * MIB
MAX_PAGES = 500
MAX_CELLS = 200_000
MAX_LINES = 300_000
# Of lines and cells together. A report has 3,000 to 30,000; reading and checking take up to 5 µs for each.
MAX_CHARACTERS = 500_000
MAX_SECONDS = 3.8
# Pages whose words have to be recognised in a picture; a page takes two to five seconds of two cores.
MAX_SCANNED_PAGES = 30
SECONDS_A_SCANNED_PAGE = 30.0
MAX_PIXELS = 60_000_000  # of one picture; A3 at 600 dots an inch has 70 million, at 400 has 31


class Budget:
    """What one file may still use of time, lines, cells, characters. Every loop of a reader draws on it."""

    # Set in a process that is watched from outside: told of the seconds that scanned pages are given on top.
    on_more_time: ClassVar[Callable[[float], None] | None] = None

    def __init__(
        self,
        seconds: float = MAX_SECONDS,
        scanned_pages: int = MAX_SCANNED_PAGES,
        on_scanned_page: Callable[[int, int], None] | None = None,
    ) -> None:
        """`scanned_pages` are recognised at most; `on_scanned_page` is told of each: its number, of all."""
        self.scanned_pages = scanned_pages
        self.on_scanned_page = on_scanned_page
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._lines = 0
        self._cells = 0
        self._characters = 0

    def check_time(self) -> None:
        """Raises too_slow once the file has had its time."""
        if time.monotonic() > self._deadline:
            self.give_up()

    def seconds_left(self) -> float:
        """How long the file may still take; 0 once it has had its time."""
        return max(0.0, self._deadline - time.monotonic())

    def allow_scans(self, pages: int) -> None:
        """More time, for pages whose words have to be recognised."""
        more = pages * SECONDS_A_SCANNED_PAGE
        self._seconds += more
        self._deadline = max(self._deadline, time.monotonic()) + more
        if Budget.on_more_time is not None:
            Budget.on_more_time(more)

    def give_up(self) -> NoReturn:
        """Raises too_slow."""
        seconds = f"{self._seconds:g}"
        raise DocumentError(
            "too_slow",
            f"文件过于复杂，{seconds} 秒内未能读完。请只保留年度报告正文，另存后再试。",
            f"The file is too complex to be read within {seconds} seconds. "
            "Keep the annual report alone, save it again and retry.",
        )

    def take_lines(self, count: int) -> None:
        """Counts lines of text; raises too_complex past `MAX_LINES`."""
        self._lines += count
        if self._lines > MAX_LINES:
            raise too_complex(f"文字超过 {MAX_LINES} 行", f"more than {MAX_LINES} lines of text")

    def take_characters(self, count: int) -> None:
        """Counts characters of text; raises too_complex past `MAX_CHARACTERS`."""
        self._characters += count
        if self._characters > MAX_CHARACTERS:
            raise too_complex(
                f"文字超过 {MAX_CHARACTERS} 字", f"more than {MAX_CHARACTERS} characters of text"
            )

    def take_cells(self, count: int) -> None:
        """Counts table cells; raises too_complex past `MAX_CELLS`."""
        self._cells += count
        if self._cells > MAX_CELLS:
            raise too_complex(f"表格超过 {MAX_CELLS} 格", f"more than {MAX_CELLS} table cells")


def check_marks(xml: bytes) -> None:
    """Raises too_complex for xml whose tree would be too large; to be asked before it is parsed."""
    if xml.count(b"<") + xml.count(b"=") > MAX_MARKS:
        raise too_complex("标签过多", "too many elements")


def too_large(limit: int) -> DocumentError:
    """The error for a file over `limit` bytes."""
    size = limit // MIB
    return DocumentError(
        "too_large",
        f"文件超过 {size} MB，不予读取。请只保留年度报告正文，另存后再试。",
        f"The file is larger than {size} MB. Keep the annual report alone, save it again and retry.",
    )


def too_complex(zh: str, en: str) -> DocumentError:
    """The error for a file that holds more than a reader takes on; `zh` and `en` say of what."""
    return DocumentError(
        "too_complex",
        f"文件内容过多或结构异常（{zh}），不予读取。请只保留年度报告正文，另存后再试。",
        f"The file holds too much ({en}). Keep the annual report alone, save it again and retry.",
    )


def damaged(kind: str, why: str = "") -> DocumentError:
    """The error for a file of a known kind that does not open. `why` is the library's own word."""
    return DocumentError(
        "damaged",
        f"{kind} 文件已损坏或不完整，无法打开。请重新下载或从原程序另存后再试。",
        f"The {kind} file is damaged or cut off{': ' + why if why else ''}. "
        "Download it again, or save it again from the program that made it.",
    )
