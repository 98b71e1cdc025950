"""`gongkai scan`: personal data and wrong wording in files of any kind."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

from gongkai.cli_files import bytes_of, complain, expand
from gongkai.cli_words import say, system_reason
from gongkai.documents import DocumentError, read_document
from gongkai.documents.scanning import PlacedFinding, scan_document
from gongkai.wording.lists import ListError, WordList, load_list
from gongkai.wording.scanning import ScanOptions, masked

MARKS = {"error": "✗", "warning": "!", "info": "·"}
_PERSONAL = ScanOptions(wording=False)


def scan(files: tuple[str, ...], *, lists: tuple[str, ...], as_json: bool, lang: str) -> int:
    """Print what must not stand in the files, or needs a look. Gives the exit status."""
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    options = _options(lists, lang)
    paths, unusable = expand(files, lang)
    status = 2 if unusable else 0
    told: list[dict[str, Any]] = []
    errors = False
    for name, path in paths:
        try:
            document = read_document(bytes_of(path), name)
        except DocumentError as error:
            complain(_shown(path), _shown(error.message(lang)), lang)
            status = 2
            continue
        if document.data is not None:
            complain(_shown(path), say("error.no_text", lang), lang)
            status = 2
            continue
        found = scan_document(document, options=options)
        errors = errors or any(one.finding.severity == "error" for one in found)
        if as_json:
            told += [scan_to_json(_shown(path), one) for one in found]
        else:
            click.echo(_plain(_shown(path), found, lang), nl=False)
    if as_json:
        from gongkai.annual.json_lines import dumps

        click.echo(dumps({"findings": told}, indent=1))
    return status or int(errors)


def _options(lists: tuple[str, ...], lang: str) -> ScanOptions | None:
    """An office's own lists beside those that come with the program; a faulty list is a wrong call."""
    own: list[WordList] = []
    for path in lists:
        try:
            own.append(load_list(Path(path)))
        except ListError as problem:
            raise click.ClickException(problem.zh if lang == "zh" else problem.en) from problem
        except OSError as problem:
            why = system_reason(problem, lang)
            raise click.ClickException(
                say("error.rules", lang).format(path=_shown(path), why=why)
            ) from problem
    if not own:
        return None
    from gongkai.wording.lists import starter_lists

    return ScanOptions(lists=(*starter_lists(), *own))


def _shown(words: str) -> str:
    """A path or a message with the personal data in it masked: files are often named for a person."""
    return masked(words, options=_PERSONAL)


def scan_to_json(source: str, one: PlacedFinding) -> dict[str, Any]:
    """A finding for machines. Personal data appears in its masked form alone."""
    finding = one.finding
    return {
        "source": source,
        "place": {name: value for name, value in one.place._asdict().items() if value is not None},
        "group": finding.group,
        "kind": finding.kind,
        "rule": finding.rule,
        "severity": finding.severity,
        "text": finding.suggestion if finding.group == "personal" else finding.text,
        "suggestion": finding.suggestion,
        "message": one.message("zh"),
        "message_en": one.message("en"),
    }


def _plain(path: str, found: tuple[PlacedFinding, ...], lang: str) -> str:
    head = say("scan.none" if not found else "scan.found", lang).format(path=path, count=len(found))
    lines = [head, *(f"  {MARKS[one.finding.severity]} {one.message(lang)}" for one in found)]
    return "\n".join(lines) + "\n"
