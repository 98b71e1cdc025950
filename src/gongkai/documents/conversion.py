"""Files of old formats made into new ones by other people's converters, in a process of its own.

Such a converter cannot be stopped in the middle and allots what a file tells it to; the process it runs in
can be ended, and has a limit of memory.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from gongkai.documents.isolation import Limits, Workers
from gongkai.documents.limits import MIB, Budget

MAX_MEMORY = 768 * MIB  # address space of the process; a report takes some 100
_SHORTEST = 0.5  # seconds given however little is left
_TASK = "gongkai.documents.conversion:answer"


def converted(content: bytes, kind: str, budget: Budget) -> bytes:
    """The file of the old format `kind` (doc, xls) as one of the new: docx, xlsx.

    Raises damaged, encrypted, too_complex, too_slow, unknown_format.
    """
    return _workers().run({"kind": kind}, content, max(_SHORTEST, budget.seconds_left()))


@cache
def _workers() -> Workers:
    return Workers(_TASK, Limits(workers=1, memory=MAX_MEMORY, memory_scanning=MAX_MEMORY))


def answer(question: Any, content: bytes) -> bytes:
    """One task of the process: a file converted."""
    if question["kind"] == "doc":
        from gongkai.documents.doc import to_docx

        return to_docx(content)
    from gongkai.documents.xls import to_xlsx

    return to_xlsx(content)
