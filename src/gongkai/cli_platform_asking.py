"""What `gongkai setup` asks of the person at the keyboard: each answer is looked at before the next question.

Where nobody can answer (no terminal) what is missing is a fault of the call, told with its option.
"""

from __future__ import annotations

import sys

import click

from gongkai.cli_words import say

LEVELS = ("province", "prefecture", "county", "township")
_USUAL_LEVEL = "county"


def level_asked(lang: str) -> str:
    """The level of the first organ from a numbered list; a program that does not say means a county."""
    if not sys.stdin.isatty():
        return _USUAL_LEVEL
    click.echo(say("ask.level", lang))
    for number, code in enumerate(LEVELS, 1):
        click.echo(f"  {number}. {say(f'level.{code}', lang)}")
    usual = str(LEVELS.index(_USUAL_LEVEL) + 1)
    while True:
        answer = str(click.prompt(say("ask.level_number", lang), default=usual))
        level = level_of(answer)
        if level is not None:
            return level
        click.echo(
            say("ask.level_wrong", lang).format(answer=answer.strip()[:40], most=len(LEVELS)), err=True
        )


def level_of(answer: str) -> str | None:
    """The level that an answer names: its number in the list, its name or its code; None for none."""
    given = answer.strip().rstrip(".．、级").lower()
    for number, code in enumerate(LEVELS, 1):
        name = say(f"level.{code}", "zh").partition("（")[0].rstrip("级")
        # int() reads full-width digits too.
        if given in (code, name) or (given.isdecimal() and int(given) == number):
            return code
    return None


def asked(what: str, lang: str) -> str:
    """The answer to a question, asked again until it can be taken; `what` is the option's name, with `_`."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{_option(what)}: {say(f'ask.{what}', lang)}")
    from gongkai.web.organs.command_line import faults_of_answer

    while True:
        answer = str(click.prompt(say(f"ask.{what}", lang))).strip()
        faults = faults_of_answer(what, answer)
        if not faults:
            return answer
        for fault in faults:
            click.echo(say("ask.wrong", lang).format(answer=answer[:60], why=fault.message(lang)), err=True)


def told_or_asked(what: str, given: str | None, lang: str) -> str:
    """What an option gives, refused with the option's name before anything is written; else what is asked."""
    if not given:
        return asked(what, lang)
    from gongkai.web.organs.command_line import faults_of_answer

    faults = faults_of_answer(what, given)
    if faults:
        why = "".join(one.message(lang) for one in faults)
        words = say("ask.wrong_option", lang).format(option=_option(what), answer=given[:60], why=why)
        raise click.ClickException(words)
    return given


def _option(what: str) -> str:
    return f"--{what.replace('_', '-')}"
