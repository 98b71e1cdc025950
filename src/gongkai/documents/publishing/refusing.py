"""Refusals in words: a `DocumentError` from its entry in refusals.toml, and the guard of every door here."""

from __future__ import annotations

import struct
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache, wraps
from importlib import resources
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

import pikepdf
import pypdfium2
from lxml import etree

from gongkai.documents.errors import DocumentError

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

# What a library, or our own reading, runs into on a file that breaks every promise of its format.
_FAULTS = (
    ArithmeticError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    MemoryError,
    NotImplementedError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    etree.LxmlError,
    pikepdf.PikepdfError,
    pypdfium2.PdfiumError,
)
# The endings that are taken: of attachments, and of files whose words make a page.
ATTACHMENTS = "pdf、ofd、docx、doc、wps、xlsx、xls、et、pptx、txt、csv、json、xml、png、jpg"
PAGES = "docx、doc、wps、txt、md"
_SAID_OF_PAGES = {
    "executable": "page_executable",
    "archive": "page_archive",
    "active_page": "page_active_page",
    "not_allowed": "page_not_allowed",
    "unknown_format": "page_unknown_format",
    "disguised": "page_disguised",
    "damaged": "page_damaged",
}
# Errors of the readers beneath, worded for annual reports there; here they are said anew.
SAID_ANEW = ("encrypted", "too_complex", "too_slow")


@cache
def words(file: str) -> dict[str, Any]:
    """A toml file of this package, read once. What it gives is not to be changed."""
    return tomllib.loads(resources.files(__package__).joinpath(file).read_text("utf-8"))


class Refused(DocumentError):
    """A refusal in words of our own. `facts`: what its words were filled in with."""

    facts: Mapping[str, object] = MappingProxyType({})


def refusal(code: str, *, said: str = "", **facts: object) -> Refused:
    """The error of that code, its words filled in with the facts. `said`: another entry to take them from."""
    entry = words("refusals.toml")[said or code]
    lists = {"attachments": ATTACHMENTS, "pages": PAGES}
    error = Refused(code, *(entry[lang].format(**lists, **facts) for lang in ("zh", "en")))
    error.facts = facts
    return error


def refusal_as_page(error: DocumentError) -> DocumentError:
    """A refusal, worded for attachments, of a file whose words were to be read into a page."""
    said = _SAID_OF_PAGES.get(error.code)
    if said is None:
        return error
    facts = error.facts if isinstance(error, Refused) else {}
    return refusal(error.code, said=said, **facts)


def guarded(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The function, raising nothing but `DocumentError`: a hostile file must not stop its caller."""

    @wraps(function)
    def door(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        try:
            return function(*args, **kwargs)
        except DocumentError as error:
            if error.code in SAID_ANEW:
                raise refusal(error.code) from error
            raise
        except _FAULTS as error:
            raise refusal("failed") from error

    return door
