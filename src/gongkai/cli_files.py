"""The files that the command line is given: found, read, and complained of. Only click is imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from gongkai.cli_words import say, system_reason

# What a folder is searched for. A file named on the command line is read whatever its ending.
REPORT_ENDINGS = frozenset(
    (
        *(".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml", ".docx", ".doc", ".pdf"),
        *(".xlsx", ".xls", ".csv", ".tsv", ".json"),
    )
)
# A progress bar is for people who wait.
FEWEST_FILES_FOR_PROGRESS = 4


def expand(files: tuple[str, ...], lang: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Each file as (name, path), and the folders of no use: unreadable, or without a report in them.

    Folders are searched, in the order of their names; of these a line is said on standard error. `-` is
    standard input.
    """
    found: list[tuple[str, str]] = []
    unusable: list[str] = []
    for given in files:
        if given == "-" or not os.path.isdir(given):
            found.append(("-" if given == "-" else Path(given).name, given))
            continue
        inside, closed = _search(given)
        for path, problem in closed:
            complain(path, say("error.folder", lang).format(why=system_reason(problem, lang)), lang)
            unusable.append(path)
        if not inside and not closed:
            complain(given, say("error.empty_folder", lang), lang)
            unusable.append(given)
        found += [(str(path.relative_to(given)), str(path)) for path in inside]
    return found, unusable


def _search(folder: str) -> tuple[list[Path], list[tuple[str, OSError]]]:
    """The reports below a folder, and the folders in it that could not be opened."""
    closed: list[tuple[str, OSError]] = []
    inside: list[Path] = []
    for at, folders, names in os.walk(
        folder, onerror=lambda e: closed.append((str(e.filename or folder), e))
    ):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside += [Path(at, name) for name in names if _may_be_report(name)]
    return sorted(path for path in inside if path.is_file()), closed


def _may_be_report(name: str) -> bool:
    """By its name; hidden files, Word's lock files and a folder's README are none."""
    if name.startswith((".", "~$")) or name.upper().startswith("README"):
        return False
    return os.path.splitext(name)[1].lower() in REPORT_ENDINGS


def bytes_of(path: str) -> bytes:
    """A file's bytes, never more than the readers take. Raises `DocumentError`."""
    from gongkai.documents import DocumentError
    from gongkai.documents.limits import MAX_FILE_BYTES

    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise DocumentError(
            "not_found",
            f"打不开这个文件（{system_reason(problem, 'zh')}）：请检查路径和权限。",
            f"cannot be opened ({system_reason(problem, 'en')}): check the path and the permissions",
        ) from problem


def complain(path: str, why: str, lang: str) -> None:
    """One line on standard error that names the file and the reason."""
    name = say("stdin", lang) if path == "-" else path
    click.echo(f"{name}{say('error.colon', lang)}{' '.join(why.split())}", err=True)


def progress(count: int, lang: str) -> Any:
    """A progress bar on standard error, hidden for few files and where nobody looks."""
    hidden = count < FEWEST_FILES_FOR_PROGRESS or not sys.stderr.isatty()
    return click.progressbar(
        length=count, label=say("progress", lang), file=sys.stderr, hidden=hidden, show_pos=True
    )
