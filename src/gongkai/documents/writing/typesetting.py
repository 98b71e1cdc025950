"""Pages set by Typst. The template is ours, the words are data: no word of a user ever becomes markup."""

from __future__ import annotations

import datetime as dt
import json
import threading
from functools import cache
from importlib import resources
from typing import Any

import typst

# PDF/A-2b for archives (ISO 19005-2), PDF/UA-1 for screen readers (ISO 14289-1): both hold at once.
STANDARDS: list[Any] = ["a-2b", "ua-1"]
SERIF, SANS = "Gongkai Serif SC", "Gongkai Sans SC"
# One compiler for the process, with the fonts loaded: a new one costs 30 ms. It keeps what was given last.
_one_at_a_time = threading.Lock()


def typeset(template: bytes, data: Any, written_at: dt.datetime) -> bytes:
    """A pdf (PDF/A-2b, tagged, fonts embedded) made by a Typst template out of `data`.

    `data` is any JSON value; the template finds it as `json(bytes(sys.inputs.data))`. `written_at` has a time
    zone and becomes the file's date. Raises `typst.TypstError` for a wrong template, or for a character that
    no font has: replace these before.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        pdf = _compiler().compile(
            input=template,
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=written_at.replace(microsecond=0),
        )
    assert isinstance(pdf, bytes)  # a list is given for pictures alone
    return pdf


@cache
def _compiler() -> typst.Compiler:
    # Typst opens the fonts itself, so they must lie as files: the package is never run out of an archive.
    folder = str(resources.files("gongkai.documents").joinpath("fonts"))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return typst.Compiler(root=folder, font_paths=fonts)
