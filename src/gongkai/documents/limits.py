"""How much a reader takes on before it gives up: one file must not stop the work on the others."""

from __future__ import annotations

import time

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
MAX_PAGES = 500
MAX_CELLS = 200_000
MAX_LINES = 300_000
MAX_SECONDS = 3.8


class Budget:
    """What one file may still use of time, lines and cells. Every loop of a reader draws on it."""

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self._deadline = time.monotonic() + seconds
        self._lines = 0
        self._cells = 0

    def check_time(self) -> None:
        """Raises too_slow once the file has had its time."""
        if time.monotonic() > self._deadline:
            raise DocumentError(
                "too_slow",
                f"文件过于复杂，{MAX_SECONDS:g} 秒内未能读完。请只保留年度报告正文，另存后再试。",
                f"The file is too complex to be read within {MAX_SECONDS:g} seconds. "
                "Keep the annual report alone, save it again and retry.",
            )

    def take_lines(self, count: int) -> None:
        """Counts lines of text; raises too_complex past `MAX_LINES`."""
        self._lines += count
        if self._lines > MAX_LINES:
            raise too_complex(f"文字超过 {MAX_LINES} 行", f"more than {MAX_LINES} lines of text")

    def take_cells(self, count: int) -> None:
        """Counts table cells; raises too_complex past `MAX_CELLS`."""
        self._cells += count
        if self._cells > MAX_CELLS:
            raise too_complex(f"表格超过 {MAX_CELLS} 格", f"more than {MAX_CELLS} table cells")


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
