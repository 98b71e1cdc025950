"""The platform's commands as click has them; what they do is in `cli_platform`, imported when called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from gongkai.cli_words import BilingualCommand, BilingualGroup, say

LEVELS = ("province", "prefecture", "county", "township")


def platform_commands(lang: str, lang_option: click.Option) -> list[click.Command]:
    """`setup`, `audit verify`, `audit seal`, `publish-due`, `work`, `sample`."""

    def command(name: str, words: str, *params: click.Parameter) -> click.Command:
        return BilingualCommand(
            name,
            lang=lang,
            callback=_calling(words, lang),
            help=say(f"help.{words}", lang),
            short_help=say(f"help.{words}.short", lang),
            params=[*params, lang_option],
        )

    def option(names: list[str], words: str, **more: Any) -> click.Option:
        return click.Option(names, help=say(f"help.{words}", lang), **more)

    audit = BilingualGroup(
        "audit",
        lang=lang,
        help=say("help.audit", lang),
        short_help=say("help.audit.short", lang),
        params=[lang_option],
        no_args_is_help=True,
    )
    audit.add_command(
        command(
            "verify",
            "verify",
            option(["--json", "as_json"], "verify.json", is_flag=True),
            option(["--chain-only"], "chain_only", is_flag=True),
            option(["--files"], "files", is_flag=True),
            option(["--seals"], "seals", metavar="FILE", multiple=True),
        )
    )
    audit.add_command(command("seal", "seal", option(["-o", "--output"], "seal.output", metavar="FILE")))
    return [
        command(
            "setup",
            "setup",
            option(["--username"], "username", metavar="NAME"),
            option(["--name"], "person", metavar="NAME"),
            option(["--organ"], "organ", metavar="CODE"),
            option(["--organ-name"], "organ_name", metavar="NAME"),
            option(["--credit-code"], "credit_code", metavar="CODE"),
            option(["--kind"], "kind", default="government", metavar="KIND"),
            option(["--level"], "level", default="county", type=click.Choice(LEVELS)),
        ),
        audit,
        command("publish-due", "publish_due"),
        command("work", "work"),
        command(
            "sample", "sample", option(["--scale"], "scale", type=click.IntRange(1, 5_000_000), metavar="N")
        ),
    ]


def _calling(name: str, lang: str) -> Callable[..., int]:
    def run(**options: Any) -> int:
        from gongkai import cli_platform

        status: int = getattr(cli_platform, name)(lang=lang, **options)
        return status

    return run
