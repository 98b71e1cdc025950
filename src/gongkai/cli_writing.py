"""`gongkai write`, and `gongkai read --format csv|xlsx|cells`: reports to files."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import click

from gongkai.annual import Report, read_reports
from gongkai.annual.checked import Checked, read_files
from gongkai.annual.writing import FORMATS, write_report, write_reports
from gongkai.cli_files import bytes_of, complain, expand, refuse_existing, refuse_source, report_line
from gongkai.cli_words import say, system_reason
from gongkai.documents import DocumentError, read_document

STANDARD = "-"
# Endings under which a format may also be kept, and those that programs know formats by.
_ENDINGS = {
    "html": ("html", "htm"),
    "json": ("json", "jsonl", "ndjson"),
    "csv": ("csv", "txt"),
    "cells": ("csv", "txt"),
}
_KNOWN_ENDINGS = frozenset(
    (
        *FORMATS,
        *("doc", "docm", "rtf", "odt", "wps", "xls", "xlsm", "ods", "et", "tsv", "htm", "mht", "md", "txt"),
        *("jsonl", "ndjson", "zip", "png", "jpg", "ofd"),
    )
)


class Target(NamedTuple):
    """A report and the file it goes to; None is standard output."""

    report: Report
    path: Path | None


def write(files: tuple[str, ...], *, to: str | None, output: str | None, force: bool, lang: str) -> int:
    """Write every report of the files. Gives the exit status; raises ClickException for a wrong call."""
    form = _format(to, output, lang)
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    reports, status = _read(files, lang)
    named = output is not None and not Path(output).is_dir() and len(reports) == 1
    for report, path in list(_targets(reports, form, output, lang)):
        if path is not None and not force:
            # A name that was given is meant; one the program made may be that of somebody's work.
            refuse_source(str(path), files, lang) if named else refuse_existing(path, lang)
        written = write_report(report, form, prove=True)
        for note in written.notes:
            click.echo(f"{path or report.source}{say('error.colon', lang)}{note[lang != 'zh']}", err=True)
        put(written.content, path, lang)
        if path is not None:
            click.echo(str(path))
    return status


def print_reports(
    files: tuple[str, ...], *, form: str, pretty: bool, output: str | None, force: bool, lang: str
) -> int:
    """`read -o`, `read --format csv|xlsx`: every report of the files in one file, or on standard output."""
    _refuse_other_ending(form, output, lang)
    path = None if output in (None, STANDARD) else Path(str(output))
    if path is not None and not force:
        refuse_source(str(path), files, lang)
    reports, status = _read(files, lang)
    if not reports:
        return status
    if form == "json":
        lines = (report_line(report, pretty) + "\n" for report, _ in reports)
        content = "".join(lines).encode("utf-8", "replace")
    else:
        content = write_reports([report for report, _ in reports], form).content
    put(content, path, lang, binary=form == "xlsx")
    return status


def print_cells(files: tuple[str, ...], *, output: str | None, force: bool, lang: str) -> int:
    """`read --format cells`: a csv row for each cell of all reports, written file by file."""
    from gongkai.annual.writing.to_cells import cells_head, cells_of

    _refuse_other_ending("cells", output, lang)
    path = None if output in (None, STANDARD) else Path(str(output))
    if path is not None and not force:
        refuse_source(str(path), files, lang)
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    paths, unusable = expand(files, lang)
    status = 2 if unusable else 0
    with _growing(path, lang) as file:
        file.write(cells_head())
        for name, source in paths:
            for item in _read_one(name, source):
                if item.report is not None:
                    file.write(cells_of(item.report, lang))
                elif item.error is not None:
                    complain(source, item.error.message(lang), lang)
                    status = 2
    return status


def _read_one(name: str, path: str) -> list[Checked]:
    """The reports of one file, or the reason why there are none."""
    try:
        return read_files([(name, bytes_of(path))])
    except DocumentError as error:
        return [Checked(name, error=error)]


@contextlib.contextmanager
def _growing(path: Path | None, lang: str) -> Iterator[BinaryIO]:
    """A file that is written piece by piece and has its name when it is whole; None is standard output."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(partial, "wb") as file:
            yield file
        os.replace(partial, path)
    except OSError as problem:
        raise click.ClickException(
            say("error.not_written_there", lang).format(path=path, why=system_reason(problem, lang))
        ) from problem
    finally:
        with contextlib.suppress(OSError):  # gone where all went well
            partial.unlink()


def put(content: bytes, path: Path | None, lang: str, binary: bool = True) -> None:
    """Write a file whole or not at all; None is standard output, where no terminal may be for binary ones."""
    if path is None:
        if binary and sys.stdout.isatty():
            raise click.ClickException(say("error.terminal", lang))
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as problem:
        with contextlib.suppress(OSError):  # it may never have been made
            partial.unlink()
        raise click.ClickException(
            say("error.not_written_there", lang).format(path=path, why=system_reason(problem, lang))
        ) from problem


def _format(to: str | None, output: str | None, lang: str) -> str:
    """The format asked for, or the one that the name of the file to be written tells."""
    ending = _ending(output)
    if to is None and ending not in FORMATS:
        raise click.ClickException(say("error.no_format", lang))
    if to is not None:
        _refuse_other_ending(to, output, lang)
    return to or ending


def _ending(output: str | None) -> str:
    """The ending that tells a file's format, "" for standard output and folders."""
    if output is None or output == STANDARD or output.endswith(("/", os.sep)) or Path(output).is_dir():
        return ""
    return Path(output).suffix.lower().removeprefix(".")


def _refuse_other_ending(form: str, output: str | None, lang: str) -> None:
    """A name that promises another format: what opens the file would not understand it."""
    ending = _ending(output)
    if ending in _KNOWN_ENDINGS and ending not in _ENDINGS.get(form, (form,)):
        raise click.ClickException(say("error.other_ending", lang).format(path=output, form=form))


def _read(files: tuple[str, ...], lang: str) -> tuple[list[tuple[Report, str]], int]:
    """Each report with the path of its file; a file that cannot be read costs one line and the status 2."""
    found: list[tuple[Report, str]] = []
    paths, unusable = expand(files, lang)
    status = 2 if unusable else 0
    for name, path in paths:
        try:
            found += [(report, path) for report in read_reports(read_document(bytes_of(path), name))]
        except DocumentError as error:
            complain(path, error.message(lang), lang)
            status = 2
    return found, status


def _targets(reports: list[tuple[Report, str]], form: str, output: str | None, lang: str) -> Iterator[Target]:
    """Where each report goes: the file named, the folder named, or beside its source under the same name."""
    named = Path(output) if output not in (None, STANDARD) else None
    folder = named is not None and (named.is_dir() or str(output).endswith(("/", os.sep)))
    if output == STANDARD and len(reports) > 1:
        raise click.ClickException(say("error.one_output", lang))
    taken: set[Path] = set()
    for report, source in reports:
        if named is None and (output == STANDARD or source == STANDARD):
            if len(reports) > 1:
                raise click.ClickException(say("error.one_output", lang))
            yield Target(report, None)
            continue
        if named is not None and not folder and len(reports) == 1:
            yield Target(report, named)
            continue
        where = named if named is not None else Path(source).parent
        yield Target(report, _free_name(where, _stem(source), form, taken))


def _stem(source: str) -> str:
    return "report" if source == STANDARD else Path(source).stem


def _free_name(folder: Path, stem: str, form: str, taken: set[Path]) -> Path:
    """`name.docx`; for a second report of that name `name-2.docx`."""
    path, number = folder / f"{stem}.{form}", 1
    while path in taken:
        number += 1
        path = folder / f"{stem}-{number}.{form}"
    taken.add(path)
    return path
