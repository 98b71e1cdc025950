"""The files that the command line is given: found, read, and complained of. Only click is imported."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli_words import say, system_reason

if TYPE_CHECKING:
    from gongkai.annual.report import Report

# What a folder is searched for. A file named on the command line is read whatever its ending.
REPORT_ENDINGS = frozenset(
    (
        *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml", ".docx", ".docm", ".doc"),
        *(".wps", ".pdf", ".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv", ".json", ".jsonl"),
    )
)
# Reports are kept in these too: not read, and refused with what to save them as, rather than passed over.
REFUSED_ENDINGS = frozenset((".odt", ".ods", ".rtf", ".ofd", ".xlsb"))
PICTURE_ENDINGS = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"))
# What a name ends with where that is an ending: `2024.年报` and `一.2` have none.
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}")
# Plain text under a name without ending is taken for a report if it says so itself.
_REPORTS_SAY = ("政府信息公开", "政務公開", "政府信息公開", "gongkai.annual-report")
# What systems leave in every folder is no one's file.
_OF_THE_SYSTEM = frozenset(("thumbs.db", "desktop.ini"))
# Names told of files passed over; of the others their number.
MOST_NAMES = 5
# A progress bar is for people who wait.
FEWEST_FILES_FOR_PROGRESS = 4


def expand(files: tuple[str, ...], lang: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Each file as (name, path), and the folders of no use: unreadable, or without a report in them.

    Folders are searched, in the order of their names; of those of no use, and of files that were passed over,
    a line is said on standard error. `-` is standard input.
    """
    found: list[tuple[str, str]] = []
    unusable: list[str] = []
    for given in files:
        if given == "-" or not os.path.isdir(given):
            found.append(("-" if given == "-" else Path(given).name, given))
            continue
        inside, passed, closed = _search(given)
        for path, problem in closed:
            complain(path, say("error.folder", lang).format(why=system_reason(problem, lang)), lang)
            unusable.append(path)
        if not inside and not closed:
            complain(given, say("error.empty_folder", lang), lang)
            unusable.append(given)
        if passed:
            complain(given, _passed_over([str(path.relative_to(given)) for path in passed], lang), lang)
        found += [(str(path.relative_to(given)), str(path)) for path in inside]
    return found, unusable


def _passed_over(names: list[str], lang: str) -> str:
    """How many files were passed over, the first of them by name, and how a picture is read all the same."""
    shown = say("list.comma", lang).join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")
    line = say("note.passed_over", lang).format(count=len(names), names=shown)
    pictures = any(os.path.splitext(name)[1].lower() in PICTURE_ENDINGS for name in names)
    return line + (say("note.pictures", lang) if pictures else "")


def _search(folder: str) -> tuple[list[Path], list[Path], list[tuple[str, OSError]]]:
    """The reports below a folder, the other files, and the folders in it that could not be opened."""
    closed: list[tuple[str, OSError]] = []
    inside: list[Path] = []
    passed: list[Path] = []
    for at, folders, names in os.walk(
        folder, onerror=lambda e: closed.append((str(e.filename or folder), e))
    ):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            # Hidden files and Word's lock files are nobody's work.
            if not name.startswith((".", "~$")) and name.lower() not in _OF_THE_SYSTEM:
                (inside if _may_be_report(Path(at, name)) else passed).append(Path(at, name))
    return sorted(inside), sorted(passed), closed


def _may_be_report(path: Path) -> bool:
    """By its name, without an ending by what is in it; a folder's README is none, nor what is no file."""
    if path.name.upper().startswith("README") or not path.is_file():
        return False
    ending = path.suffix.lower()
    if _ENDING.fullmatch(ending):
        return ending in REPORT_ENDINGS or ending in REFUSED_ENDINGS
    return _is_report_inside(path)


def _is_report_inside(path: Path) -> bool:
    """Whether a file without an ending is an office file or pdf, or a text that speaks of such reports."""
    from gongkai.documents import DocumentError
    from gongkai.documents.sniffing import sniff
    from gongkai.documents.text import decode

    try:
        content = bytes_of(str(path))
        kind = sniff(content, path.name)
        if kind in ("txt", "html", "mht", "json", "wordxml"):
            text = decode(content)[0]
            return any(words in text for words in _REPORTS_SAY)
    except DocumentError:
        return False  # told among the files passed over
    return kind != "picture"


def bytes_of(path: str) -> bytes:
    """A file's bytes, never more than the readers take. Raises `DocumentError`."""
    from gongkai.documents import DocumentError
    from gongkai.documents.limits import MAX_FILE_BYTES

    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        kind = os.stat(path).st_mode
        # A pipe or a device may never end, or never begin. Opening a folder says what is wrong with it.
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise DocumentError("not_found", say("error.no_file", "zh"), say("error.no_file", "en"))
        with open(path, "rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise DocumentError(
            "not_found",
            f"打不开这个文件（{system_reason(problem, 'zh')}）：请检查路径和权限。",
            f"cannot be opened ({system_reason(problem, 'en')}): check the path and the permissions",
        ) from problem


def report_line(report: Report, pretty: bool) -> str:
    """A report as `read` gives it: a line of JSON, or indented for people."""
    from gongkai.annual.json_lines import dumps

    return dumps({**report.to_json(), "source": report.source}, indent=1 if pretty else None)


def refuse_existing(path: Path, lang: str) -> None:
    """What is there is not written over under a name nobody gave. Raises `ClickException`."""
    if path.exists():
        raise click.ClickException(say("error.exists", lang).format(path=path))


def refuse_source(path: str, sources: Iterable[str], lang: str) -> None:
    """Nothing is written over one of the reports it is made from. Raises `ClickException`."""
    for source in sources:
        if os.path.exists(path) and os.path.exists(source) and os.path.samefile(path, source):
            raise click.ClickException(say("error.source", lang).format(path=path))


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
