"""`gongkai search rebuild` and `status`: the search index of this machine."""

from __future__ import annotations

import click

from gongkai.cli_words import say


def rebuild(*, lang: str) -> int:
    """Build the index anew beside the one that is read; 1 if another process is building it."""
    from gongkai.cli_platform import platform, progress

    with platform(lang):
        from gongkai.web.search.engine.store import Busy
        from gongkai.web.search.following import rebuild as build

        try:
            with progress(lang, "search.progress") as told:
                count = build(told)
        except Busy:
            click.echo(say("search.busy", lang), err=True)
            return 1
        click.echo(say("search.done", lang).format(count=f"{count:,}"))
    return 0


def status(*, lang: str) -> int:
    """How many documents the index holds and how far it has followed; 1 if it is not there or behind."""
    from gongkai.cli_platform import platform

    with platform(lang):
        from gongkai.web.search.engine.store import Unusable
        from gongkai.web.search.following import standing, store

        try:
            found = standing()
        except Unusable as problem:
            why = problem.zh if lang == "zh" else problem.en
            click.echo(say("search.none", lang).format(why=why, path=store().folder), err=True)
            return 1
        told = {"documents": f"{found.documents:,}", "public": f"{found.public:,}", "path": store().folder}
        click.echo(say("search.status", lang).format(**told, size=f"{found.size / 1e6:,.1f}"))
        if found.is_being_built:
            click.echo(say("search.building", lang))
        if found.waiting:
            click.echo(say("search.waiting", lang).format(waiting=f"{found.waiting:,}"))
    return 1 if found.waiting else 0
