"""The command line: `gongkai read`, `check`, `write`. Thin: each command calls the library and prints.

Only click is imported at start; a command imports what it needs when it needs it. What is printed and
the exit status are the contract's: 0 nothing found, 1 `check` found an error, 2 a file could not be read or
the call was wrong.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gongkai import __version__
from gongkai.cli_files import bytes_of, complain, expand, progress
from gongkai.cli_words import BilingualCommand, BilingualGroup, say, system_reason, usage_problem

if TYPE_CHECKING:
    from gongkai.annual.checked import Checked
    from gongkai.annual.checking import RuleTable
    from gongkai.annual.report import Report

LANGUAGES = ("zh", "en")
# As `annual.writing.FORMATS`, which is imported when a command needs it.
WRITE_FORMATS = ("docx", "pdf", "html", "xlsx", "csv", "json")
READ_FORMATS = ("json", "csv", "xlsx")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with the contract's status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language = _language(arguments)
    try:
        status = build(language).main(arguments, prog_name="gongkai", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        status = exit_.exit_code
    except click.exceptions.NoArgsIsHelpError as bare:
        click.echo(bare.ctx.get_help() if bare.ctx else "")
        status = 0
    except click.ClickException as problem:
        click.echo(usage_problem(problem, language), err=True)
        status = 2
    except click.Abort:
        status = 130
    except BrokenPipeError:  # `gongkai read … | head` is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def _language(arguments: list[str]) -> str:
    """Known before the commands are built, so that their help is in that language too."""
    for given, following in pairwise([*arguments, ""]):
        if given == "--lang" and following in LANGUAGES:
            return following
        if given.startswith("--lang=") and given[7:] in LANGUAGES:
            return given[7:]
    wanted = os.environ.get("GONGKAI_LANG", "zh")[:2]
    return wanted if wanted in LANGUAGES else "zh"


def build(lang: str) -> click.Group:
    """The commands with their help in one language."""
    lang_option = click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        default=lang,
        expose_value=False,
        help=say("help.lang", lang),
    )
    group = BilingualGroup(
        "gongkai",
        lang=lang,
        help=say("help.gongkai", lang),
        params=[lang_option, _version_option(lang)],
        no_args_is_help=True,
    )
    group.add_command(_read_command(lang, lang_option))
    group.add_command(_check_command(lang, lang_option))
    group.add_command(_compare_command(lang, lang_option))
    group.add_command(_write_command(lang, lang_option))
    return group


def _version_option(lang: str) -> click.Option:
    def show(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"gongkai {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=say("help.version", lang),
    )


def _read_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(files: tuple[str, ...], pretty: bool, form: str, output: str | None) -> int:
        if form == "json" and output is None:
            return read(files, pretty=pretty, lang=lang)
        from gongkai.cli_writing import print_reports

        return print_reports(files, form=form, output=output, lang=lang)

    return BilingualCommand(
        "read",
        lang=lang,
        callback=run,
        help=say("help.read", lang),
        short_help=say("help.read.short", lang),
        params=[
            click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
            click.Option(["--pretty"], is_flag=True, help=say("help.pretty", lang)),
            click.Option(
                ["--format", "form"],
                type=click.Choice(READ_FORMATS),
                default="json",
                help=say("help.format", lang),
            ),
            click.Option(["-o", "--output"], metavar="OUT", help=say("help.read.output", lang)),
            lang_option,
        ],
    )


def _check_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(**options: Any) -> int:
        return check(lang=lang, **options)

    def file_option(name: str, text: str) -> click.Option:
        return click.Option([name], metavar="FILE", help=say(text, lang))

    return BilingualCommand(
        "check",
        lang=lang,
        callback=run,
        help=say("help.check", lang),
        short_help=say("help.check.short", lang),
        params=[
            click.Argument(["files"], nargs=-1, required=True, metavar="FILE|DIR..."),
            click.Option(["--json", "as_json"], is_flag=True, help=say("help.json", lang)),
            file_option("--html", "help.html"),
            file_option("--xlsx", "help.xlsx"),
            file_option("--previous", "help.previous"),
            file_option("--rules", "help.rules"),
            lang_option,
        ],
    )


def _compare_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(one: str, other: str, as_json: bool, html: str | None) -> int:
        return compare(one, other, as_json=as_json, html=html, lang=lang)

    return BilingualCommand(
        "compare",
        lang=lang,
        callback=run,
        help=say("help.compare", lang),
        short_help=say("help.compare.short", lang),
        params=[
            click.Argument(["one"], metavar="A"),
            click.Argument(["other"], metavar="B"),
            click.Option(["--json", "as_json"], is_flag=True, help=say("help.json", lang)),
            click.Option(["--html"], metavar="FILE", help=say("help.compare.html", lang)),
            lang_option,
        ],
    )


def _write_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(**options: Any) -> int:
        from gongkai.cli_writing import write

        return write(lang=lang, **options)

    return BilingualCommand(
        "write",
        lang=lang,
        callback=run,
        help=say("help.write", lang),
        short_help=say("help.write.short", lang),
        params=[
            click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
            click.Option(["--to"], type=click.Choice(WRITE_FORMATS), help=say("help.to", lang)),
            click.Option(["-o", "--output"], metavar="OUT", help=say("help.output", lang)),
            click.Option(["--force"], is_flag=True, help=say("help.force", lang)),
            lang_option,
        ],
    )


# ---- the commands ----


def read(files: tuple[str, ...], *, pretty: bool, lang: str) -> int:
    """Print every report as a line of JSON, in the order of the files. Gives the exit status."""
    from gongkai.annual import read_reports
    from gongkai.annual.json_lines import dumps
    from gongkai.documents import DocumentError, read_document

    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    paths, unusable = expand(files, lang)
    status = 2 if unusable else 0
    for name, path in paths:
        try:
            for report in read_reports(read_document(bytes_of(path), name)):
                click.echo(dumps({**report.to_json(), "source": report.source}, indent=1 if pretty else None))
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

        click.echo(plain_comparison(comparison, lang), nl=False)
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


if __name__ == "__main__":
    main()
