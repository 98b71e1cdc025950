"""What is done with a stranger's file, in a process of its own: vetting, hidden data, words, a page of html.

Runs without Django (documents/isolation.py). Questions and answers are JSON.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from gongkai.documents import DocumentError, read_document
from gongkai.documents.publishing import Hidden, accept, cleaned, hidden_data, page_html, without_head
from gongkai.documents.scanning import PlacedFinding, scan_document
from gongkai.web.calculators.file_text import text_of

TASK = "gongkai.web.disclosure.file_task:answer"
MOST_TEXT = 1_000_000  # characters of an attachment that are kept to be searched
MOST_FINDINGS = 100
# Formats that are pictures or that our readers do not open: their words are not known.
_WORDLESS = frozenset({"unknown_format", "image_only", "needs_ocr", "encrypted"})


def answer(question: Any, content: bytes) -> bytes:
    """`question`: `{"task": "look" | "page" | "clean", "name": …}`. Raises DocumentError for what is refused.

    To `clean` the answer is the file's bytes, to the others JSON.
    """
    name = str(question["name"])
    if question["task"] == "clean":
        return cleaned(content, name, {"metadata", "comments"})
    made = page(content, name) if question["task"] == "page" else look(content, name)
    return json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")


def look(content: bytes, name: str) -> dict[str, Any]:
    """Whether the file may be attached, what it is, what it says and what it hides."""
    accepted = accept(content, name)
    findings = [_hidden(one) for one in hidden_data(content, accepted.name)]
    text = ""
    try:
        document = read_document(content, accepted.name)
        text = text_of(document)[:MOST_TEXT]
        if document.data is None:
            findings += [_placed(one) for one in scan_document(document) if one.finding.severity != "info"]
    except DocumentError as unread:
        if unread.code not in _WORDLESS:
            findings.append(
                {
                    "code": "unread",
                    "severity": "warning",
                    "where": "",
                    "words": "",
                    "zh": unread.zh,
                    "en": unread.en,
                }
            )
    return {
        "name": accepted.name,
        "media_type": accepted.media_type,
        "text": text,
        "findings": findings[:MOST_FINDINGS],
    }


def page(content: bytes, name: str) -> dict[str, Any]:
    """A Word or text file as clean html, with what it seems to be: title, document number, date."""
    made = page_html(content, name)
    return {
        # The page prints title and number above it.
        "html": without_head(made.html, made.title),
        "title": made.title,
        "document_number": made.document_number,
        "made_on": made.date.isoformat() if made.date else "",
        "notes": list(made.notes),
        "images": [
            {
                "name": f"image:{one.number}",
                "media_type": one.media_type,
                "content": base64.b64encode(one.content).decode(),
            }
            for one in made.images
        ],
        "findings": [_hidden(one) for one in hidden_data(content, name)],
    }


def _hidden(one: Hidden) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "where": one.where,
        "words": one.what,
        "removed_by": one.removed_by,
        "zh": one.zh,
        "en": one.en,
    }


def _placed(one: PlacedFinding) -> dict[str, Any]:
    finding = one.finding
    return {
        "code": finding.kind,
        "severity": finding.severity,
        "where": one.place.label("zh"),
        # Personal data is never repeated: its masked form is.
        "words": finding.suggestion if finding.group == "personal" else finding.text,
        "zh": finding.reason,
        "en": finding.reason_en,
    }
