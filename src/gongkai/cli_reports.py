"""`gongkai read`, `check`, `compare`: annual reports on the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli_files import bytes_of, complain, expand, progress, refuse_source, report_line
from gongkai.cli_words import say, system_reason

if TYPE_CHECKING:
    from gongkai.annual.checked import Checked
    from gongkai.annual.checking import RuleTable
    from gongkai.annual.report import Report


def read(files: tuple[str, ...], *, pretty: bool, lang: str) -> int:
    """Print every report as a line of JSON, in the order of the files. Gives the exit status."""
    from gongkai.annual import read_reports
    from gongkai.documents import DocumentError, read_document

    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    paths, unusable = expand(files, lang)
    status = 2 if unusable else 0
    for name, path in paths:
        try:
            for report in read_reports(read_document(bytes_of(path), name)):
                click.echo(report_line(report, pretty))
        except DocumentError as error:
            complain(path, error.message(lang), lang)
            status = 2
    return status


def check(
    files: tuple[str, ...],
    *,
    as_json: bool,
    html: str | None,
    xlsx: str | None,
    previous: str | None,
    rules: str | None,
    lang: str,
) -> int:
    """Check every report and print the findings. Gives the exit status."""
    from gongkai.annual.checked import Checked, check_files, findings_to_json, unreadable_to_json
    from gongkai.annual.json_lines import dumps
    from gongkai.documents import DocumentError

    own_rules = _own_rules(rules, lang) if rules else None
    paths, unusable = expand(files, lang)
    for sheet in filter(None, (html, xlsx)):
        refuse_source(sheet, [*(path for _, path in paths), previous or "-"], lang)
    unopened: list[Checked] = []

    def contents() -> Iterator[tuple[str, bytes]]:
        with progress(len(paths), lang) as bar:
            for name, path in paths:
                try:
                    content = bytes_of(path)
                except DocumentError as error:
                    complain(path, error.message(lang), lang)
                    unopened.append(Checked(name, error=error))
                else:
                    yield name, content
                bar.update(1)

    before: tuple[str, bytes] | None = None
    if previous:
        try:
            before = (Path(previous).name, bytes_of(previous))
        except DocumentError as error:
            complain(previous, error.message(lang), lang)
            unopened.append(Checked(Path(previous).name, error=error))
    results = check_files(contents(), before, rules=own_rules)
    shown = dict(paths)
    for item in results:
        if item.error is not None:
            complain(shown.get(item.source, item.source), item.error.message(lang), lang)
    if html or xlsx:
        _write_sheets(results, html, xlsx, lang)
    if as_json:
        found = {
            "findings": findings_to_json(results),
            "unreadable": unreadable_to_json([*unopened, *results]),
        }
        click.echo(dumps(found, indent=1))
    else:
        from gongkai.annual.plain_sheet import plain_sheet

        click.echo(plain_sheet(results, lang), nl=False)
    return _status([*unopened, *results], unusable)


def compare(one: str, other: str, *, as_json: bool, html: str | None, lang: str) -> int:
    """Print two reports side by side. Gives the exit status."""
    from gongkai.annual.comparing import compare as side_by_side
    from gongkai.annual.json_lines import dumps

    if html:
        refuse_source(html, (one, other), lang)
    reports = [_only_report(path, lang) for path in (one, other)]
    if reports[0] is None or reports[1] is None:
        return 2
    comparison = side_by_side(reports[0], reports[1])
    if html:
        from gongkai.annual.comparing.page import render_comparison

        _write(html, render_comparison(comparison, lang).encode(), lang)
    if as_json:
        click.echo(dumps(comparison.to_json(), indent=1))
    else:
        from gongkai.annual.comparing.plain import plain_comparison
        from gongkai.annual.comparing.terminal import terminal_width

        click.echo(plain_comparison(comparison, lang, terminal_width()), nl=False)
    return 0


def _only_report(path: str, lang: str) -> Report | None:
    """The report of a file; None, with a line that says why, where there is none or more than one."""
    from gongkai.annual import read_reports
    from gongkai.documents import DocumentError, read_document

    try:
        reports = read_reports(read_document(bytes_of(path), Path(path).name))
    except DocumentError as error:
        complain(path, error.message(lang), lang)
        return None
    if len(reports) > 1:
        complain(path, say("error.several", lang).format(count=len(reports)), lang)
        return None
    return reports[0]


def _status(results: list[Checked], unusable: list[str]) -> int:
    if unusable or any(item.error is not None for item in results):
        return 2
    return 1 if any(item.count("error") for item in results) else 0


def _own_rules(path: str, lang: str) -> RuleTable:
    """An office's own rules. A file that cannot be used is a wrong call, told before any report is read."""
    from gongkai.annual.checking import RulesError, load_rules

    try:
        return load_rules(path)
    except RulesError as problem:
        raise click.ClickException(str(problem)) from problem
    except OSError as problem:
        why = system_reason(problem, lang)
        raise click.ClickException(say("error.rules", lang).format(path=path, why=why)) from problem


def _write_sheets(results: list[Checked], html: str | None, xlsx: str | None, lang: str) -> None:
    """The check sheet as html and the workbook; a path that cannot be written is a wrong call."""
    from gongkai.annual.check_sheet import render_check_sheet
    from gongkai.annual.workbook import write_workbook

    contents = []
    if html:
        contents.append((html, render_check_sheet(results, lang).encode()))
    if xlsx:
        contents.append((xlsx, write_workbook(results, lang)))
    for path, content in contents:
        _write(path, content, lang)


def _write(path: str, content: bytes, lang: str) -> None:
    try:
        Path(path).write_bytes(content)
    except OSError as problem:
        raise click.ClickException(
            say("error.not_written", lang).format(path=path, why=system_reason(problem, lang))
        ) from problem
