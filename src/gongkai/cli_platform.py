"""The platform from the command line: `gongkai setup`, `keeper`, `reset-account`, `audit`, `work`, `sample` …

Django is set up here and nowhere else on the command line. Exit status: 0 done, 1 faults found or work held
up, 2 it could not be done.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from gongkai.cli_platform_asking import LEVELS as LEVELS
from gongkai.cli_platform_asking import level_asked, told_or_asked
from gongkai.cli_words import say, system_reason

# The government of a level, where no other kind of organ is named.
KIND_OF_LEVEL = {"province": "provincial-government", "township": "township-government"}
EVERY = 30.0  # seconds between two rounds of `work`
# Beside the server that has started it (`make run`): who publishes there looks for it in the next moment.
EVERY_BESIDE_SERVER = 5.0
# Set by a process that has started a worker: its own id. The worker ends when that process is gone.
PARENT = "GONGKAI_WORKER_OF"
_A_WHILE = 1.0
_MOST_TOLD = 50


def keeper(*, username: str, name: str, lang: str) -> int:
    """A keeper of the installation's settings (`/admin/`), with a one-time password."""
    with platform(lang):
        from gongkai.web.organs.command_line import make_keeper

        staff, password = make_keeper(username, name)
        click.echo(say("keeper.done", lang).format(username=staff.username, password=password))
    return 0


def reset_account(*, username: str, second_factor: bool, lang: str) -> int:
    """A new one-time password for somebody who has lost the way in; the log says who was let in again."""
    with platform(lang):
        from gongkai.web.organs.command_line import reset_account as reset

        staff, password = reset(username, second_factor=second_factor)
        click.echo(say("reset.done", lang).format(username=staff.username, password=password))
    return 0


def setup(
    *,
    username: str | None,
    name: str | None,
    organ: str | None,
    organ_name: str | None,
    credit_code: str | None,
    kind: str | None,
    level: str | None,
    lang: str,
) -> int:
    """Migrate, then make the first administrator; ask for what is not given."""
    with platform(lang, tables=False):
        _migrate()
        from gongkai.web.organs.command_line import make_administrator, refuse_second_top
        from gongkai.web.organs.queries import organ_by_code

        code = told_or_asked("organ", organ, lang)
        is_new = organ_by_code(code) is None
        if is_new:  # before anything is asked that will not be needed
            refuse_second_top()
            level = level or level_asked(lang)
        kind = told_or_asked("kind", kind or KIND_OF_LEVEL.get(level or "", "government"), lang)
        staff, password = make_administrator(
            told_or_asked("username", username, lang),
            told_or_asked("name", name, lang),
            code,
            organ_name=told_or_asked("organ_name", organ_name, lang) if is_new else "",
            credit_code=told_or_asked("credit_code", credit_code, lang) if is_new else "",
            kind=kind,
            level=level or "county",
        )
        told = {"username": staff.username, "organ": staff.organ, "password": password}
        click.echo(say("setup.done", lang).format(**told))
    return 0


def verify(*, as_json: bool, chain_only: bool, files: bool, seals: tuple[str, ...], lang: str) -> int:
    """The log and the data against it."""
    lines = [line for path in seals for line in _sealed(path, lang)]
    with platform(lang):
        from gongkai.web.audit.verifying import verify as look
        from gongkai.web.disclosure.file_check import check_files

        verdict = look(rows=not chain_only, seals=lines)
        if files:
            check_files(verdict)
        counts = {"entries": verdict.entries, "rows": verdict.rows, "files": verdict.files}
        if as_json:
            faults = [
                {"code": one.code, "where": one.where, "zh": one.zh, "en": one.en} for one in verdict.faults
            ]
            told = {"ok": verdict.ok, **counts, "faults": faults, "left_out": verdict.left_out}
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        elif verdict.ok:
            click.echo(say("verify.whole", lang).format(**counts))
        else:
            found = len(verdict.faults) + verdict.left_out
            click.echo(say("verify.faults", lang).format(count=found, **counts))
            for one in verdict.faults:
                click.echo(f"  {one.code}  {one.where}  {one.zh if lang == 'zh' else one.en}")
            if verdict.left_out:
                click.echo(say("verify.left_out", lang).format(count=verdict.left_out))
    return 0 if verdict.ok else 1


def seal(*, output: str | None, lang: str) -> int:
    """The chain's end as a line of JSON."""
    with platform(lang):
        from gongkai.web.audit.models import Entry

        last = Entry.objects.order_by("-number").first()
        if last is None:
            raise click.ClickException(say("seal.none", lang))
        line = json.dumps({"number": last.number, "hash": last.hash, "at": last.at.isoformat()})
    if output is None:
        click.echo(line)
        return 0
    try:
        with open(output, "a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        told = {"path": output, "why": system_reason(problem, lang)}
        raise click.ClickException(say("error.not_written", lang).format(**told)) from problem
    click.echo(say("seal.written", lang).format(number=last.number, path=output))
    return 0


def publish_due(*, lang: str) -> int:
    """Once what `work` does again and again."""
    with platform(lang):
        done, held, changed = _round()
        from gongkai.web.channels.delivering import deliver

        deliver()
        for number, title, problem in held:
            why = problem.message(lang)
            click.echo(say("due.held", lang).format(number=number, title=title, why=why), err=True)
        click.echo(say("due.done", lang).format(done=done, changed=changed))
    return 1 if held else 0


def work(*, lang: str) -> int:
    """Until a signal comes. A round that the database refuses is tried again with the next."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with platform(lang):
        import logging

        from django.db import DatabaseError, close_old_connections

        from gongkai.web.channels.delivering import deliver_until

        # In a thread of its own: publication at its time does not wait for a channel's slow server.
        threading.Thread(target=deliver_until, args=(stopped,), daemon=True).start()
        logger = logging.getLogger("gongkai.work")
        while not stopped.is_set():
            close_old_connections()
            try:
                _round()
            except DatabaseError:
                logger.exception("a round of work failed; the next is in %g seconds", _rest())
            _wait(stopped)
    return 0


def search_rebuild(*, lang: str) -> int:
    """The search index anew."""
    from gongkai import cli_search

    return cli_search.rebuild(lang=lang)


def search_status(*, lang: str) -> int:
    """How the search index stands."""
    from gongkai import cli_search

    return cli_search.status(lang=lang)


def tidy_files(*, delete: bool, lang: str) -> int:
    """Tell of files that no row names any more, a day old and more; with `--delete` remove them."""
    with platform(lang):
        from gongkai.web.disclosure.tidying import tidy_files as tidy
        from gongkai.web.organs.errors import WorkError

        try:
            found = tidy(delete=delete)
        except WorkError as refused:
            raise click.ClickException(refused.message(lang)) from refused
        words = "tidy_files.done" if delete else "tidy_files.found"
        told = {"files": found.files, "mib": f"{found.size / 1024 / 1024:.1f}", "removed": found.removed}
        click.echo(say(words, lang).format(**told))
    return 0


def reseal(*, lang: str) -> int:
    """After a change of the installation's key: seal everything anew under the key of now."""
    with platform(lang):
        from gongkai.web.config.resealing import reseal as seal_anew

        told = seal_anew()
        click.echo(say("reseal.done", lang).format(done=told.done))
        if told.unreadable:
            click.echo(say("reseal.unreadable", lang).format(count=len(told.unreadable)), err=True)
            for place in told.unreadable[:_MOST_TOLD]:
                click.echo(f"  {place}", err=True)
    return 1 if told.unreadable else 0


def sample(*, scale: int | None, lang: str) -> int:
    """The sample, or many records for measuring; the database is set up if it is not."""
    with platform(lang, tables=False):
        _migrate()
        from gongkai.web.sample import loading

        with progress(lang, "sample.progress") as told:
            loaded = loading.scale(scale, told=told) if scale else loading.load(told=told)
        words = "sample.done" if loaded.new else "sample.there"
        click.echo(say(words, lang).format(organs=loaded.organs, records=loaded.records))
        tell_accounts(lang)
    return 0


def tell_accounts(lang: str) -> None:
    """The sample's accounts, if there is a sample; nothing else has a password that may be printed."""
    from gongkai.web.sample.accounts import accounts
    from gongkai.web.sample.district import PASSWORD

    people = accounts()
    if not people:
        return
    click.echo(say("sample.people", lang).format(password=PASSWORD))
    width = max(len(one.username) for one in people)
    for one in people:
        click.echo(f"  {one.username:<{width}}  {one.roles}")
    click.echo(say("sample.others", lang))


def _round() -> tuple[int, list[tuple[str, str, Any]], int]:
    """How many were published, what was held up (number, title, why), how many changed their validity."""
    from gongkai.web.annual_reports.archive.actions import read_published
    from gongkai.web.channels.positions import read_up_to
    from gongkai.web.disclosure.actions.ending import follow_the_calendar
    from gongkai.web.disclosure.actions.publishing import publish_due as publish
    from gongkai.web.disclosure.pruning import prune_changes
    from gongkai.web.participation.following import follow as follow_participation
    from gongkai.web.requests.following import follow as follow_requests
    from gongkai.web.search.following import follow as follow_search

    done, held = publish()
    follow_participation()
    follow_requests()
    told = [(record.index_number, record.title, problem) for record, problem in held]
    changed = follow_the_calendar()
    read_published()
    follow_search()
    prune_changes(read_up_to=read_up_to())
    return len(done), told, changed


def _rest() -> float:
    """Seconds until the next round."""
    return EVERY_BESIDE_SERVER if os.environ.get(PARENT) else EVERY


def _wait(stopped: threading.Event) -> None:
    """Until the next round, the signal, or the end of the process that has started us."""
    parent = os.environ.get(PARENT)
    rest = _rest()
    while rest > 0 and not stopped.wait(min(_A_WHILE, rest)):
        rest -= _A_WHILE
        if parent and str(os.getppid()) != parent:
            stopped.set()


def _sealed(path: str, lang: str) -> list[str]:
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file if line.strip()]
        for line in lines:
            kept = json.loads(line)
            int(kept["number"]), str(kept["hash"])
    except OSError as problem:
        told = {"path": path, "why": system_reason(problem, lang)}
        raise click.ClickException(say("error.seals", lang).format(**told)) from problem
    except (ValueError, KeyError, TypeError) as problem:
        told = {"path": path, "why": str(problem)}
        raise click.ClickException(say("error.seals", lang).format(**told)) from problem
    return lines


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def progress(lang: str, line: str) -> Iterator[Callable[[int, int], None]]:
    """A line that counts, where somebody looks on."""
    shown = sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        if shown:
            words = say(line, lang).format(done=f"{done:,}", total=f"{total:,}")
            click.echo(f"\r{words}", nl=False, err=True)

    yield told
    if shown:
        click.echo("", err=True)


@contextmanager
def platform(lang: str, *, tables: bool = True) -> Iterator[None]:
    """Django, set up; its refusals become one line. `tables`: the database must be set up already."""
    try:
        start()
    except ModuleNotFoundError as missing:
        told = say("error.web", lang).format(name=missing.name)
        raise click.ClickException(told) from missing
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    from gongkai.web.organs.errors import WorkError

    try:
        if tables and "audit_entry" not in connection.introspection.table_names():
            raise click.ClickException(say("error.no_tables", lang))
        yield
    except WorkError as refused:
        raise click.ClickException(refused.message(lang)) from refused
    except (DatabaseError, ImproperlyConfigured) as problem:
        why = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        raise click.ClickException(say("error.database", lang).format(why=why)) from problem


def start() -> None:
    """Set Django up for a command: with the key of this machine, and no processes for strangers' files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.config.settings")
    from django.apps import apps

    if apps.ready:
        return
    from gongkai.web.config.local_key import keep_local_key

    keep_local_key()
    # Files that a command itself makes are read here.
    os.environ["GONGKAI_READERS"] = "0"
    import django

    django.setup()
