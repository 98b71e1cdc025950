"""`gongkai deadline` and `gongkai fee`: the law's arithmetic, with every step of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from gongkai.cli_words import say, system_reason
from gongkai.statute.as_json import clock_to_json, fee_to_json
from gongkai.statute.calendar import Calendar, national, parse_notice, read_notice
from gongkai.statute.clock import Clock, State, clock, event, explanation, parse_event, receipt
from gongkai.statute.clock.explaining import day_en, day_zh
from gongkai.statute.errors import StatuteError
from gongkai.statute.fees import item_fee, page_fee

BEIJING = ZoneInfo("Asia/Shanghai")


def today() -> dt.date:
    """The day in Beijing: the law's days are those of China, wherever the machine stands."""
    return dt.datetime.now(BEIJING).date()


def deadline(
    *,
    received: str,
    channel: str | None,
    confirmed: str | None,
    events: tuple[str, ...],
    as_of: str | None,
    notices: tuple[str, ...],
    as_json: bool,
    lang: str,
) -> int:
    """Print the due date and how it came about. Gives the exit status: 1 if a step broke the law."""
    try:
        arrived = _date(received, "--received", lang)
        notes: list[str] = []
        if confirmed and channel is None:
            raise click.ClickException(say("error.confirmed", lang))
        if channel is not None:
            found = receipt(channel, arrived, _date(confirmed, "--confirmed", lang) if confirmed else None)
            notes = [zh if lang == "zh" else en for zh, en in found.faults]
            if found.on is None:
                raise click.ClickException(" ".join(notes))
            arrived = found.on
        known = [event("received", arrived), *map(parse_event, events)]
        latest = max(one.on for one in known)
        day = _date(as_of, "--as-of", lang) if as_of else max(today(), latest)
        stands = clock(known, _calendar(notices, lang), as_of=day)
    except StatuteError as problem:
        raise click.ClickException(problem.message(lang)) from problem
    if as_json:
        from gongkai.annual.json_lines import dumps

        click.echo(dumps(clock_to_json(stands), indent=1))
    else:
        click.echo(_plain_clock(stands, notes, lang), nl=False)
    return int(any(finding.severity == "error" for finding in stands.findings))


def _date(text: str, option: str, lang: str) -> dt.date:
    try:
        if len(text) != 10:
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.ClickException(say("error.date", lang).format(option=option, text=text[:40])) from None


def _calendar(notices: tuple[str, ...], lang: str) -> Calendar:
    """The country's calendar, with the files of further notices: toml, or the notice's own text."""
    calendar = national()
    for path in notices:
        try:
            text = Path(path).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            why = system_reason(problem, lang) if isinstance(problem, OSError) else "utf-8"
            raise click.ClickException(say("error.rules", lang).format(path=path, why=why)) from problem
        notice = parse_notice(text) if path.endswith(".toml") else read_notice(text)
        calendar = calendar.with_year(notice)
    return calendar


def _plain_clock(stands: Clock, notes: list[str], lang: str) -> str:
    day = day_zh if lang == "zh" else day_en
    due = stands.due
    lines = [
        say("deadline.due_if" if stands.state is State.CONSULTING else "deadline.due", lang).format(
            day=day(due.date) if due else say("deadline.none", lang), as_of=stands.as_of
        )
        + (say("deadline.provisional", lang) if stands.provisional else ""),
        say("deadline.state", lang).format(
            day=stands.as_of, state=stands.state.zh if lang == "zh" else stands.state.value
        ),
        "",
        say("deadline.how", lang),
    ]
    lines += [
        f"{number:>3}. {line.zh if lang == 'zh' else line.en}"
        for number, line in enumerate(explanation(stands), 1)
    ]
    marks = {"error": "✗", "warning": "!", "info": "·"}
    found = [f"  {marks[f.severity]} {f.zh if lang == 'zh' else f.en}" for f in stands.findings]
    found += [f"  ! {note}" for note in notes]
    if found:
        lines += ["", say("deadline.findings", lang), *found]
    return "\n".join(lines) + "\n"


def fee(*, items: int | None, after: int, pages: int | None, on: str | None, as_json: bool, lang: str) -> int:
    """Print the information processing fee with its tiers. ClickException for a wrong call."""
    if (items is None) == (pages is None):
        raise click.ClickException(say("error.fee_basis", lang))
    if pages is not None and after:
        raise click.ClickException(say("error.after_pages", lang))
    day = _date(on, "--on", lang) if on else today()
    try:
        found = item_fee(items, after=after, on=day) if items is not None else page_fee(pages or 0, on=day)
    except StatuteError as problem:
        raise click.ClickException(problem.message(lang)) from problem
    if as_json:
        from gongkai.annual.json_lines import dumps

        click.echo(dumps(fee_to_json(found), indent=1))
        return 0
    click.echo(say("fee.amount", lang).format(amount=f"{found.amount:,}"))
    click.echo(found.zh if lang == "zh" else found.en)
    return 0
