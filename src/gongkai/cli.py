"""The command line, thin: each command calls the library and prints.

Only click is imported at start; a command imports what it needs when it needs it. What is printed and
the exit status are the contract's: 0 nothing found, 1 `check` found an error, 2 a file could not be read or
the call was wrong.
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from typing import Any, NoReturn

import click

from gongkai import __version__
from gongkai.cli_platform_commands import platform_commands
from gongkai.cli_words import BilingualCommand, BilingualGroup, say, usage_problem

LANGUAGES = ("zh", "en")
# As `annual.writing.FORMATS`, which is imported when a command needs it.
WRITE_FORMATS = ("docx", "pdf", "html", "xlsx", "csv", "json")
READ_FORMATS = ("json", "csv", "xlsx", "cells")


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
    group.add_command(_deadline_command(lang, lang_option))
    group.add_command(_fee_command(lang, lang_option))
    group.add_command(_scan_command(lang, lang_option))
    for command in platform_commands(lang, lang_option):
        group.add_command(command)
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
    def run(files: tuple[str, ...], pretty: bool, form: str, output: str | None, force: bool) -> int:
        if form == "json" and output is None:
            from gongkai.cli_reports import read

            return read(files, pretty=pretty, lang=lang)
        from gongkai.cli_writing import print_cells, print_reports

        if form == "cells":
            return print_cells(files, output=output, force=force, lang=lang)
        return print_reports(files, form=form, pretty=pretty, output=output, force=force, lang=lang)

    return BilingualCommand(
        "read",
        lang=lang,
        callback=run,
        help=say("help.read", lang),
        short_help=say("help.read.short", lang),
        params=[
            click.Argument(["files"], nargs=-1, required=True, metavar="FILE|DIR..."),
            click.Option(["--pretty"], is_flag=True, help=say("help.pretty", lang)),
            click.Option(
                ["--format", "form"],
                type=click.Choice(READ_FORMATS),
                default="json",
                help=say("help.format", lang),
            ),
            click.Option(["-o", "--output"], metavar="OUT", help=say("help.read.output", lang)),
            click.Option(["--force"], is_flag=True, help=say("help.force", lang)),
            lang_option,
        ],
    )


def _check_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(**options: Any) -> int:
        from gongkai.cli_reports import check

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
        from gongkai.cli_reports import compare

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
            click.Argument(["files"], nargs=-1, required=True, metavar="FILE|DIR..."),
            click.Option(["--to"], type=click.Choice(WRITE_FORMATS), help=say("help.to", lang)),
            click.Option(["-o", "--output"], metavar="OUT", help=say("help.output", lang)),
            click.Option(["--force"], is_flag=True, help=say("help.force", lang)),
            lang_option,
        ],
    )


def _deadline_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(**options: Any) -> int:
        from gongkai.cli_statute import deadline

        return deadline(lang=lang, **options)

    def option(names: list[str], text: str, **more: Any) -> click.Option:
        return click.Option(names, help=say(text, lang), **more)

    return BilingualCommand(
        "deadline",
        lang=lang,
        callback=run,
        help=say("help.deadline", lang),
        short_help=say("help.deadline.short", lang),
        params=[
            option(["--received"], "help.received", metavar="DATE", required=True),
            option(["--channel"], "help.channel", metavar="WAY"),
            option(["--confirmed"], "help.confirmed", metavar="DATE"),
            option(["--event", "events"], "help.event", metavar="DATE:EVENT", multiple=True),
            option(["--as-of", "as_of"], "help.as_of", metavar="DATE"),
            option(["--calendar", "notices"], "help.calendar", metavar="FILE", multiple=True),
            option(["--json", "as_json"], "help.json", is_flag=True),
            lang_option,
        ],
    )


def _fee_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(**options: Any) -> int:
        from gongkai.cli_statute import fee

        return fee(lang=lang, **options)

    return BilingualCommand(
        "fee",
        lang=lang,
        callback=run,
        help=say("help.fee", lang),
        short_help=say("help.fee.short", lang),
        params=[
            click.Option(["--items"], type=int, metavar="N", help=say("help.items", lang)),
            click.Option(["--after"], type=int, default=0, metavar="N", help=say("help.after", lang)),
            click.Option(["--pages"], type=int, metavar="N", help=say("help.pages", lang)),
            click.Option(["--on"], metavar="DATE", help=say("help.on", lang)),
            click.Option(["--json", "as_json"], is_flag=True, help=say("help.json", lang)),
            lang_option,
        ],
    )


def _scan_command(lang: str, lang_option: click.Option) -> click.Command:
    def run(**options: Any) -> int:
        from gongkai.cli_wording import scan

        return scan(lang=lang, **options)

    return BilingualCommand(
        "scan",
        lang=lang,
        callback=run,
        help=say("help.scan", lang),
        short_help=say("help.scan.short", lang),
        params=[
            click.Argument(["files"], nargs=-1, required=True, metavar="FILE|DIR..."),
            click.Option(["--list", "lists"], metavar="FILE", multiple=True, help=say("help.list", lang)),
            click.Option(["--json", "as_json"], is_flag=True, help=say("help.json", lang)),
            lang_option,
        ],
    )


if __name__ == "__main__":
    main()
