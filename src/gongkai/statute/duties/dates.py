"""When information must be public (REG.26) and when the annual report is due (REG.49)."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from gongkai.statute.calendar import Calendar, DueDay, national
from gongkai.statute.data_files import data
from gongkai.statute.duties.catalogue import FINDINGS, Duty, duty, stands_for
from gongkai.statute.errors import DutyError, plain_day, plain_text, short, whole_number
from gongkai.statute.findings import Finding, Mark, finding
from gongkai.statute.remedies.respondents import OrganKind

_MOST_DAYS = 1_000
_PROACTIVE = "proactive-disclosure"


class SpecialLimit(NamedTuple):
    """Another limit that a law or a regulation sets (REG.26, second sentence): so many working days.

    `source`: its name and article.
    """

    working_days: int
    source: str


class LocalDate(NamedTuple):
    """The day of the year by which a local notice wants the report. `source`: that notice."""

    month: int
    day: int
    source: str


class ReportDue(NamedTuple):
    """When a report is due. `submits`: to the supervising authority too. `source`: of a local date."""

    date: dt.date
    submits: bool
    zh: str
    en: str
    rule: str
    mark: Mark
    source: str


def publication_due(
    formed_or_changed: dt.date, calendar: Calendar | None = None, *, limit: SpecialLimit | None = None
) -> DueDay:
    """The last day to publish information formed or changed on a day (REG.26).

    20 working days, or the limit of another law or regulation. DutyError for a day before there was a
    Regulation, or a special limit without its source.

    >>> publication_due(dt.date(2026, 2, 10)).date
    datetime.date(2026, 3, 16)
    """
    day = plain_day(formed_or_changed, "形成或者变更日期", code="duty_bad_day", error=DutyError)
    return (calendar or national()).add_working_days(day, _days(_owed(day), limit))


def check_publication(
    formed_or_changed: dt.date,
    published: dt.date | None,
    *,
    as_of: dt.date,
    calendar: Calendar | None = None,
    limit: SpecialLimit | None = None,
) -> tuple[Finding, ...]:
    """Whether information was published in time (REG.26); `published`: None if not public on `as_of`."""
    counts = calendar or national()
    due = publication_due(formed_or_changed, counts, limit=limit).date
    day = plain_day(as_of, "截止日期", code="duty_bad_day", error=DutyError)
    rule = _owed(formed_or_changed).source
    if published is None:
        return (finding(FINDINGS, "not_published", rule=rule, due=due),) if day > due else ()
    on = plain_day(published, "公开日期", code="duty_bad_day", error=DutyError)
    if on < formed_or_changed:
        return (finding(FINDINGS, "published_before_formed", rule=rule, on=on, formed=formed_or_changed),)
    if on > due:
        late = counts.working_days_between(due, on)
        return (finding(FINDINGS, "published_late", rule=rule, due=due, on=on, days=late),)
    return ()


def annual_report_due(kind: OrganKind, report_year: int, *, local_date: LocalDate | None = None) -> ReportDue:
    """When the report on `report_year` is due, in the year after it (REG.49).

    Departments 31 January, governments from the county up 31 March, everybody 31 March for the years up to
    2018 (the Regulation of 2007; M). The day is a date, not a period: a day off does not move it (D).
    Townships and dispatched offices need `local_date`: DutyError `duty_local_date_missing` without it. A
    local date for others may only be earlier: DutyError `duty_local_date_late`.

    >>> annual_report_due(OrganKind.GOVERNMENT, 2025).date
    datetime.date(2026, 3, 31)
    """
    if not isinstance(kind, OrganKind):
        raise DutyError(
            "duty_unknown_organ_kind", f"没有“{short(kind)}”这类机关。", f"no kind of organ {short(kind)}."
        )
    rows = data("duties.toml")["report"]
    first = min(row["first_year"] for row in rows)
    whole_number(report_year, "报告年度", code="duty_bad_year", least=first, most=9998, error=DutyError)
    row = next(
        row
        for row in rows
        if row["first_year"] <= report_year <= row.get("last_year", report_year)
        and stands_for(row["who"], kind)
    )
    due = _report_day(row, report_year, local_date)
    source = local_date.source if local_date is not None else ""
    return ReportDue(due, row["submits"], row["zh"], row["en"], row["source"], row["mark"], source)


def _report_day(row: dict[str, Any], report_year: int, local_date: LocalDate | None) -> dt.date:
    """The day of the Regulation, or the local one where there is none or it is earlier."""
    statutory = dt.date(report_year + 1, row["month"], row["day"]) if "month" in row else None
    local = _local(local_date, report_year + 1)
    if local is None and statutory is None:
        raise DutyError(
            "duty_local_date_missing",
            "条例没有规定乡镇人民政府、派出机关年度报告的日期（第四十九条）：请按当地通知填写日期和依据。",
            "The Regulation sets no date for the reports of townships and dispatched offices (REG.49): "
            "enter the date of the local notice and its source.",
        )
    if local is not None and statutory is not None and local > statutory:
        raise DutyError(
            "duty_local_date_late",
            f"当地规定的日期 {local} 晚于条例规定的 {statutory}，不能采用。请核对。",
            f"The local date {local} is later than the {statutory} of the Regulation. Check it.",
        )
    # One of the two is there: without a statutory day the local one was asked for.
    return local if local is not None else statutory  # type: ignore[return-value]


def _local(local: LocalDate | None, year: int) -> dt.date | None:
    if local is None:
        return None
    month = whole_number(local.month, "月", code="duty_bad_local_date", least=1, most=12, error=DutyError)
    day = whole_number(local.day, "日", code="duty_bad_local_date", least=1, most=31, error=DutyError)
    source = plain_text(local.source, "当地通知", error=DutyError)
    try:
        found = dt.date(year, month, day)
    except ValueError:
        found = None
    if found is None or not source.strip():
        raise DutyError(
            "duty_bad_local_date",
            f"当地规定的日期不可用：{year}年{month}月{day}日，依据“{source[:40]}”。请核对并写明依据。",
            f"The local date cannot be used: {year}-{month}-{day}, source {source[:40]!r}. Check both.",
        )
    return found


def _owed(day: dt.date) -> Duty:
    first = min(row["holds_from"] for row in data("duties.toml")["duty"] if row["id"] == _PROACTIVE)
    if day < first:
        raise DutyError(
            "duty_before_regulation",
            f"{day} 早于政府信息公开条例首次施行之日（{first}），没有公开期限。请核对日期。",
            f"{day} comes before {first}, when the first Regulation took effect: no limit holds. Check it.",
        )
    return duty(_PROACTIVE, on=day)


def _days(owed: Duty, limit: SpecialLimit | None) -> int:
    if limit is None:
        assert owed.limit is not None
        assert owed.limit.working_days is not None
        return owed.limit.working_days
    if not plain_text(limit.source, "特别期限的依据", error=DutyError).strip():
        raise DutyError(
            "duty_limit_without_source",
            "适用其他期限，须写明规定该期限的法律、法规名称和条款（条例第二十六条）。",
            "Another limit needs the law or regulation that sets it, with its article (REG.26).",
        )
    return whole_number(
        limit.working_days, "工作日数", code="duty_bad_limit", most=_MOST_DAYS, error=DutyError
    )
