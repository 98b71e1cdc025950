"""What a worker of the page's tests does: reads and checks as always, but falls ill on words of its own."""

from __future__ import annotations

import time
from typing import Any

from gongkai.annual import isolated, read_reports
from gongkai.documents import read_document

HANGS = "解析时停住"
GROWS = "解析时耗尽内存"
HANGS_WHEN_CHECKED = "核对时停住"


def answer(question: Any, content: bytes) -> bytes:
    """As `isolated.answer`; a file with one of the words is read first, and breaks what interprets it."""
    if question["what"] == "read":
        text = content.decode("utf-8", "replace")
        if HANGS in text or GROWS in text:
            read_reports(read_document(content, question["name"]))
        while HANGS in text:
            time.sleep(1)
        while GROWS in text:
            content += content
    elif HANGS_WHEN_CHECKED in content.decode("utf-8", "replace"):
        time.sleep(60)
    return isolated.answer(question, content)
