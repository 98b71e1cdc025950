"""The words of a file, one line after the other: what runs in a process of its own for a stranger's file."""

from __future__ import annotations

from typing import Any

from gongkai.documents import read_document
from gongkai.documents.words import text_of

TASK = "gongkai.web.calculators.file_text:answer"


def answer(question: Any, content: bytes) -> bytes:
    """The file's text in utf-8; `question` is its name. Raises DocumentError for what cannot be read."""
    return text_of(read_document(content, str(question))).encode("utf-8", "replace")
