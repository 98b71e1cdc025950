"""The platform's commands as click has them; what they do is in `cli_platform`, imported when called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from gongkai.cli_words import BilingualCommand, BilingualGroup, say

LEVELS = ("province", "prefecture", "county", "township")


def platform_commands(lang: str, lang_option: click.Option) -> list[click.Command]:
    """The platform's: `setup`, `keeper`, `audit verify`, `search`, `work`, `sample` and others."""

    def command(name: str, words: str, *params: click.Parameter) -> click.Command:
        return BilingualCommand(
            name,
            lang=lang,
            callback=_calling(words, lang),
            help=say(f"help.{words}", lang),
            short_help=say(f"help.{words}.short", lang),
            params=[*params, lang_option],
        )

    def group(name: str, *commands: click.Command) -> click.Command:
        made = BilingualGroup(
            name,
            lang=lang,
            help=say(f"help.{name}", lang),
            short_help=say(f"help.{name}.short", lang),
            params=[lang_option],
            no_args_is_help=True,
        )
        for one in commands:
            made.add_command(one)
        return made

    seal = command("seal", "seal", _option(["-o", "--output"], "seal.output", lang, metavar="FILE"))
    scale = _option(["--scale"], "scale", lang, type=click.IntRange(1, 5_000_000), metavar="N")
    return [
        command("setup", "setup", *_setup_options(lang)),
        command("keeper", "keeper", click.Argument(["username"]), click.Argument(["name"])),
        command(
            "reset-account",
            "reset_account",
            click.Argument(["username"]),
            _option(["--second-factor"], "second_factor", lang, is_flag=True),
        ),
        group("audit", command("verify", "verify", *_verify_options(lang)), seal),
        group("search", command("rebuild", "search_rebuild"), command("status", "search_status")),
        command("publish-due", "publish_due"),
        command("work", "work"),
        command("tidy-files", "tidy_files", _option(["--delete"], "tidy_files.delete", lang, is_flag=True)),
        command("reseal", "reseal"),
        command("sample", "sample", scale),
    ]


def _setup_options(lang: str) -> list[click.Option]:
    return [
        _option(["--username"], "username", lang, metavar="NAME"),
        _option(["--name"], "person", lang, metavar="NAME"),
        _option(["--organ"], "organ", lang, metavar="CODE"),
        _option(["--organ-name"], "organ_name", lang, metavar="NAME"),
        _option(["--credit-code"], "credit_code", lang, metavar="CODE"),
        _option(["--kind"], "kind", lang, metavar="KIND"),
        _option(["--level"], "level", lang, type=click.Choice(LEVELS)),
    ]


def _verify_options(lang: str) -> list[click.Option]:
    return [
        _option(["--json", "as_json"], "verify.json", lang, is_flag=True),
        _option(["--chain-only"], "chain_only", lang, is_flag=True),
        _option(["--files"], "files", lang, is_flag=True),
        _option(["--seals"], "seals", lang, metavar="FILE", multiple=True),
    ]


def _option(names: list[str], words: str, lang: str, **more: Any) -> click.Option:
    return click.Option(names, help=say(f"help.{words}", lang), **more)


def _calling(name: str, lang: str) -> Callable[..., int]:
    def run(**options: Any) -> int:
        from gongkai import cli_platform

        status: int = getattr(cli_platform, name)(lang=lang, **options)
        return status

    return run
