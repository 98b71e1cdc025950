"""`gongkai write`, and `gongkai read --format csv|xlsx`: reports to files."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from gongkai.annual import Report, read_reports
from gongkai.annual.writing import FORMATS, write_report, write_reports
from gongkai.cli_files import bytes_of, complain, expand
from gongkai.cli_words import say, system_reason
from gongkai.documents import DocumentError, read_document

STANDARD = "-"


class Target(NamedTuple):
    """A report and the file it goes to; None is standard output."""

    report: Report
    path: Path | None


def write(files: tuple[str, ...], *, to: str | None, output: str | None, force: bool, lang: str) -> int:
    """Write every report of the files. Gives the exit status; raises ClickException for a wrong call."""
    form = _format(to, output, lang)
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    reports, status = _read(files, lang)
    for report, path in list(_targets(reports, form, output, lang)):
        if path is not None and not force and path.exists():
            raise click.ClickException(say("error.exists", lang).format(path=path))
        written = write_report(report, form, prove=True)
        for note in written.notes:
            click.echo(f"{path or report.source}{say('error.colon', lang)}{note[lang != 'zh']}", err=True)
        put(written.content, path, lang)
        if path is not None:
            click.echo(str(path))
    return status


def print_reports(files: tuple[str, ...], *, form: str, output: str | None, lang: str) -> int:
    """`read --format csv|xlsx`: every report of the files in one file, or on standard output."""
    reports, status = _read(files, lang)
    if not reports:
        return status
    written = write_reports([report for report, _ in reports], form)
    put(
        written.content,
        None if output in (None, STANDARD) else Path(str(output)),
        lang,
        binary=form == "xlsx",
    )
    return status


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
            say("error.not_written", lang).format(path=path, why=system_reason(problem, lang))
        ) from problem


def _format(to: str | None, output: str | None, lang: str) -> str:
    """The format asked for, or the one that the name of the file to be written tells."""
    ending = Path(output or "").suffix.lower().removeprefix(".")
    if to is None and ending not in FORMATS:
        raise click.ClickException(say("error.no_format", lang))
    return to or ending


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
