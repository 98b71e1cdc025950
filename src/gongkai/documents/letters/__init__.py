"""Letters of disclosure on request: from a template and facts to pdf and docx (LAW.md DOC, LAY).

`statute.letters.check_letter` says whether a letter may go; a letter and a form are what it asks for.

    template = default_template("extension-notice")    # or Template.parse(an office's own text, kind=…)
    letter = template.fill(values)                              # LetterText; letter.digest is the template's
    findings = check_letter(letter, LetterFacts(kind="extension-notice", values=values))
    to_pdf([letter], written_at=now); to_docx(letter, written_at=now)
"""

from gongkai.documents.letters.defaults import default_template, default_text, form_text, template_keys
from gongkai.documents.letters.errors import TemplateError
from gongkai.documents.letters.labels import LabelSheet, envelope_labels, file_labels
from gongkai.documents.letters.numbers import DEFAULT_PATTERN, NumberPattern
from gongkai.documents.letters.template import Template
from gongkai.documents.letters.text import (
    EnvelopeLabel,
    FileLabel,
    FormField,
    FormText,
    LetterText,
    Printable,
)
from gongkai.documents.letters.to_docx import to_docx
from gongkai.documents.letters.to_pdf import MOST_AT_ONCE, to_pdf, unprintable
from gongkai.statute.errors import LetterError

__all__ = [
    "DEFAULT_PATTERN",
    "MOST_AT_ONCE",
    "EnvelopeLabel",
    "FileLabel",
    "FormField",
    "FormText",
    "LabelSheet",
    "LetterError",
    "LetterText",
    "NumberPattern",
    "Printable",
    "Template",
    "TemplateError",
    "default_template",
    "default_text",
    "envelope_labels",
    "file_labels",
    "form_text",
    "template_keys",
    "to_docx",
    "to_pdf",
    "unprintable",
]
