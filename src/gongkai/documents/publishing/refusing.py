"""Refusals in words: a `DocumentError` from its entry in refusals.toml, and the guard of every door here."""

from __future__ import annotations

import struct
import tomllib
import zipfile
import zlib
from collections.abc import Callable
from functools import cache, wraps
from importlib import resources
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
# Errors of the readers beneath, worded for annual reports there; here they are said anew.
SAID_ANEW = ("encrypted", "too_complex", "too_slow")


@cache
def words(file: str) -> dict[str, Any]:
    """A toml file of this package, read once. What it gives is not to be changed."""
    return tomllib.loads(resources.files(__package__).joinpath(file).read_text("utf-8"))


def refusal(code: str, **facts: object) -> DocumentError:
    """The error of that code, its words filled in with the facts."""
    said = words("refusals.toml")[code]
    return DocumentError(code, said["zh"].format(**facts), said["en"].format(**facts))


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
