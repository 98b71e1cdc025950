"""All that is asked of an attachment at once: whether it may go out, what it says, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongkai.documents import read_document
from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing.accepting import Accepted, accept
from gongkai.documents.publishing.hidden import hidden_data
from gongkai.documents.publishing.hidden_findings import Hidden
from gongkai.documents.publishing.refusing import guarded
from gongkai.documents.scanning import PlacedFinding, scan_document
from gongkai.documents.words import text_of

MOST_TEXT = 1_000_000  # characters that are kept to be searched
MOST_FINDINGS = 100
# Formats that are pictures or that our readers do not open: their words are not known.
_WORDLESS = frozenset({"unknown_format", "image_only", "needs_ocr", "encrypted"})

Finding = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """An attachment that may go on to review. `text`: its words, "" where they are not known.

    `findings`: what it hides and what in it must not be published, each with `code`, `severity`, `where`,
    `words` (personal data masked), `zh`, `en`; of hidden data also `removed_by`.
    """

    accepted: Accepted
    text: str = field(repr=False)
    findings: tuple[Finding, ...]


@guarded
def look(content: bytes, name: str) -> Looked:
    """The attachment, vetted and read (REG.17). Raises what `accept` raises."""
    accepted = accept(content, name)
    findings = [told(one) for one in hidden_data(content, accepted.name)]
    text = ""
    try:
        document = read_document(content, accepted.name)
        text = text_of(document)[:MOST_TEXT].encode("utf-8", "replace").decode("utf-8")
        if document.data is None:
            findings += [_placed(one) for one in scan_document(document) if one.finding.severity != "info"]
    except DocumentError as unread:
        if unread.code not in _WORDLESS:
            said = {"where": "", "words": "", "zh": unread.zh, "en": unread.en}
            findings.append({"code": "unread", "severity": "warning", **said})
    return Looked(accepted, text, tuple(findings[:MOST_FINDINGS]))


def told(one: Hidden) -> Finding:
    """Hidden data as a finding."""
    return {
        "code": one.code,
        "severity": one.severity,
        "where": one.where,
        "words": one.what,
        "removed_by": one.removed_by,
        "zh": one.zh,
        "en": one.en,
    }


def _placed(one: PlacedFinding) -> Finding:
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
