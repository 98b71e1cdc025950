"""doc: Word 97 to 2003, and what WPS calls wps; made into a docx in a process of its own, read as one."""

from __future__ import annotations

import struct
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongkai.documents.archive import encrypted_office
from gongkai.documents.conversion import converted
from gongkai.documents.docx import read_docx
from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Document
from gongkai.documents.limits import MAX_FILE_BYTES, MIB, Budget, damaged

IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- where it exists, no file touches a disk
_LARGEST_STREAM = 32 * MIB
_BEFORE_97 = ("0xA5DC", "0xA697", "0xA698", "0xA699")  # what files of Word 2 to 95 begin with
# What a converter that trusts a damaged file runs into.
_FAULTS = (ArithmeticError, LookupError, ValueError, TypeError, AttributeError, struct.error)


def read_doc(content: bytes, source: str, budget: Budget) -> Document:
    """An old Word file as `Line`s and `Table`s, its cells and merged cells as in a docx.

    Raises damaged, encrypted, image_only, too_complex, too_slow, unknown_format (older than Word 97).
    """
    return replace(read_docx(converted(content, "doc", budget), source, budget), kind="doc")


def to_docx(content: bytes) -> bytes:
    """The old file as a docx. Where the converter finds fault with a part of it, its text and tables alone.

    Runs in the process for conversions. Raises damaged, encrypted, unknown_format.
    """
    from doc2docx import convert
    from doc2docx.cfb import CompoundFileLimits
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

    limits = CompoundFileLimits(max_stream_bytes=_LARGEST_STREAM, max_input_bytes=MAX_FILE_BYTES)
    folder = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=folder) as place:
        old, new = Path(place, "file.doc"), Path(place, "file.docx")
        old.write_bytes(content)
        try:
            convert(old, new, limits=limits)
        except EncryptedDocumentError as error:
            raise encrypted_office() from error
        except (Doc2DocxError, *_FAULTS) as error:
            if any(mark in str(error) for mark in _BEFORE_97):
                raise _too_old() from error
            _convert_essentials(content, new, limits)
        return new.read_bytes()


def _convert_essentials(content: bytes, destination: Path, limits: Any) -> None:
    """Text and tables without pictures, headers, notes and the like; without tables where these are damaged.

    The text of a table whose marks are lost comes cell after cell, each a paragraph.
    """
    from doc2docx.diagnostics import ConversionReport
    from doc2docx.errors import Doc2DocxError
    from doc2docx.model import parse_main_story
    from doc2docx.msdoc import read_formatting
    from doc2docx.ooxml import write_docx

    report = ConversionReport("file.doc", "file.docx")
    try:
        word, tables, fib, pieces = _text_parts(content, limits, report)
        characters = pieces.extract_characters(0, fib.ccp_text, report, story="main")
        try:
            formatting = read_formatting(
                tables,
                word,
                pieces,
                fc_plcf_bte_chpx=fib.plcf_bte_chpx.fc,
                lcb_plcf_bte_chpx=fib.plcf_bte_chpx.lcb,
                fc_plcf_bte_papx=fib.plcf_bte_papx.fc,
                lcb_plcf_bte_papx=fib.plcf_bte_papx.lcb,
                report=report,
            )
            document = parse_main_story(
                characters,
                report,
                character_properties_at=formatting.character_properties_at,
                paragraph_properties_at=formatting.paragraph_properties_at,
            )
        except (Doc2DocxError, *_FAULTS):
            document = parse_main_story(characters, report)
        write_docx(document, destination)
    except (Doc2DocxError, *_FAULTS) as error:
        raise damaged("doc", str(error)) from error


def _text_parts(content: bytes, limits: Any, report: Any) -> tuple[bytes, bytes, Any, Any]:
    """The two streams of an old Word file that hold its text, what stands where in them, and its pieces."""
    from doc2docx.cfb import CompoundFile
    from doc2docx.msdoc import FileInformationBlock, read_piece_table

    compound = CompoundFile(content, limits=limits)
    word = compound.open_stream("WordDocument")
    fib = FileInformationBlock.parse(word)
    tables = compound.open_stream(fib.base.table_stream_name)
    pieces = read_piece_table(tables, word, fc_clx=fib.clx.fc, lcb_clx=fib.clx.lcb, report=report)
    return word, tables, fib, pieces


def _too_old() -> DocumentError:
    return DocumentError(
        "unknown_format",
        "不能读取 Word 95 及更早版本的文件。请用 Word 或 WPS 打开，另存为 docx 后再试。",
        "The file is of Word 95 or older, which is not read. Open it in Word or WPS, save it as docx and "
        "retry.",
    )
