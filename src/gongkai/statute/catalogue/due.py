"""By when a record must be public, and why (REG.26, REG.49, NOR.6, limits of data/record_kinds.toml)."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from gongkai.statute.articles import article
from gongkai.statute.calendar import Calendar, national
from gongkai.statute.catalogue.errors import CatalogueError, day
from gongkai.statute.catalogue.kinds import KindLimit, RecordKind, RunsFrom, record_kind
from gongkai.statute.catalogue.periods import due_after
from gongkai.statute.catalogue.time_limits import Limit
from gongkai.statute.duties import LocalDate, SpecialLimit, annual_report_due, duty, publication_due
from gongkai.statute.duties.catalogue import stands_for
from gongkai.statute.findings import Mark
from gongkai.statute.remedies import OrganKind

_FROM = {
    "formed": ("形成", "formed"),
    "changed": ("变更", "changed"),
    "document_published": ("所解读文件公开", "document published"),
    "approved": ("批准（批复）", "approved"),
    "decided": ("决定作出", "decided"),
}
_UNITS = {"working-days": ("个工作日", "working days"), "days": ("日", "days")}


class PublicationDue(NamedTuple):
    """The last day to publish. `since`: the day it runs from, `runs_from`: what happened then.

    `rule`: the article; `name`: the law or document that sets the limit where it is not REG.26. `at_once`: it
    is to be published without delay, `date` being the very last day. `provisional`: the year's holidays are
    not known yet. `note`: what a legal officer should confirm. `zh`, `en`: how the day was found.
    """

    date: dt.date
    since: dt.date
    runs_from: RunsFrom
    rule: str
    name: str
    mark: Mark
    provisional: bool
    at_once: bool
    note: str
    zh: str
    en: str

    def message(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en


def record_due(
    kind: str,
    formed_on: dt.date,
    changed_on: dt.date | None = None,
    special: SpecialLimit | None = None,
    *,
    since: dt.date | None = None,
    promised: Limit | None = None,
    organ: OrganKind | None = None,
    local_date: LocalDate | None = None,
    calendar: Calendar | None = None,
) -> PublicationDue:
    """By when a record must be public.

    20 working days from the day it was formed or changed (REG.26), or the limit of its kind from `since`: the
    day the document interpreted was published, the budget approved, the decision made. Until `since` is known
    REG.26 holds; so it does for a change after it. `special`: the limit of another law or regulation: it goes
    before all others. `promised`: the limit of the organ's own catalogue: counts where it ends earlier.
    An annual report of an `organ` is due by REG.49; of a township by `local_date`, without it by REG.26.

    CatalogueError for a kind there is none of, or a change before the forming; DutyError, CalendarError as
    `publication_due`.

    >>> record_due("document", dt.date(2026, 2, 10)).date
    datetime.date(2026, 3, 16)
    >>> record_due("budget", dt.date(2026, 1, 5), since=dt.date(2026, 2, 10)).date
    datetime.date(2026, 3, 2)
    """
    known = record_kind(kind)
    formed, changed = _formed_and_changed(formed_on, changed_on)
    counts = calendar or national()
    due = _due(known, formed, changed, special, None if since is None else day(since, "起算日期"), counts)
    if known.annual and organ is not None and changed is None and special is None:
        due = _annual(organ, formed, local_date, due)
    return due if promised is None else _earlier(due, promised, counts)


def _formed_and_changed(formed_on: dt.date, changed_on: dt.date | None) -> tuple[dt.date, dt.date | None]:
    formed = day(formed_on, "形成日期")
    changed = None if changed_on is None else day(changed_on, "变更日期")
    if changed is not None and changed < formed:
        raise CatalogueError(
            "catalogue_changed_before_formed",
            f"变更日期 {changed} 早于形成日期 {formed}，请核对。",
            f"It was changed on {changed}, before it was formed on {formed}. Check the days.",
        )
    return formed, changed


def _due(
    known: RecordKind,
    formed: dt.date,
    changed: dt.date | None,
    special: SpecialLimit | None,
    since: dt.date | None,
    counts: Calendar,
) -> PublicationDue:
    own = known.limit
    newest = since is not None and (changed is None or changed <= since)
    if special is None and own is not None and since is not None and newest and since >= own.holds_from:
        return _by_own(own, since, counts)
    due = _by_regulation(formed, changed, special, counts)
    if special is not None or not known.prompt:
        return due
    return due._replace(
        rule=known.rule,
        mark="D",
        at_once=True,
        note=known.note,
        zh=f"应当及时公开；{due.zh}",
        en=f"To be published at once. {due.en}",
    )


def _by_regulation(
    formed: dt.date, changed: dt.date | None, special: SpecialLimit | None, counts: Calendar
) -> PublicationDue:
    """REG.26: its own limit, or that of another law or regulation."""
    start, runs_from = (formed, "formed") if changed is None else (changed, "changed")
    found = publication_due(start, counts, limit=special)
    owed = duty("proactive-disclosure", on=start)
    amount = owed.limit.working_days if owed.limit else None
    name, called = "", article(owed.source)
    zh_name, en_name = called.zh, called.en
    if special is not None:
        amount, name = special.working_days, special.source
        zh_name = en_name = name
    assert amount is not None
    zh, en = _words(start, runs_from, amount, "working-days", found.date, zh_name, en_name)
    return PublicationDue(
        date=found.date,
        since=start,
        runs_from="formed" if changed is None else "changed",
        rule=owed.source,
        name=name,
        mark=owed.mark,
        provisional=found.provisional,
        at_once=False,
        note="",
        zh=zh,
        en=en,
    )


def _by_own(own: KindLimit, since: dt.date, counts: Calendar) -> PublicationDue:
    if own.unit == "working-days":
        found = counts.add_working_days(since, own.amount)
        date, provisional = found.date, found.provisional
    else:
        date, provisional = since + dt.timedelta(days=own.amount), False
    zh, en = _words(since, own.runs_from, own.amount, own.unit, date, own.name, own.name_en)
    return PublicationDue(
        date, since, own.runs_from, own.rule, own.name, own.mark, provisional, False, own.note, zh, en
    )


def _annual(
    organ: OrganKind, formed: dt.date, local_date: LocalDate | None, due: PublicationDue
) -> PublicationDue:
    """A report formed in a year is the one on the year before. `due`: by REG.26, where REG.49 sets no day."""
    if local_date is None and stands_for("local-date", organ):
        return due._replace(note="乡镇人民政府、派出机关年度报告的日期由当地通知规定：请在设置中填写。")
    found = annual_report_due(organ, formed.year - 1, local_date=local_date)
    return PublicationDue(
        date=found.date,
        since=formed,
        runs_from="formed",
        rule=found.rule,
        name=found.source,
        mark=found.mark,
        provisional=False,
        at_once=False,
        note="",
        zh=f"{found.zh}：应不迟于 {found.date} 公开（{article(found.rule).zh}）。",
        en=f"Due to be public on {found.date}: {found.en} ({article(found.rule).en}).",
    )


def _earlier(due: PublicationDue, promised: Limit, counts: Calendar) -> PublicationDue:
    """What the organ's own catalogue promises, where it is the stricter."""
    date = due_after(promised, due.since, counts)
    if date is None or date >= due.date:
        return due
    return due._replace(
        date=date,
        rule="REG.22",
        name="",
        mark="D",
        note="",
        provisional=counts.is_provisional(date),
        zh=f"按本机关公开目录的时限（{promised.text}），应不迟于 {date} 公开，早于法定的 {due.date}。",
        en=f"Due to be public on {date} by the organ's own catalogue ({promised.text}); by law {due.date}.",
    )


def _words(
    since: dt.date, runs_from: str, amount: int, unit: str, date: dt.date, name: str, name_en: str
) -> tuple[str, str]:
    zh_from, en_from = _FROM[runs_from]
    zh_unit, en_unit = _UNITS[unit]
    return (
        f"{since} {zh_from}，{amount}{zh_unit}内，应不迟于 {date} 公开（{name}）。",
        f"Due to be public on {date}: {amount} {en_unit} from {since} ({en_from}; {name_en}).",
    )
