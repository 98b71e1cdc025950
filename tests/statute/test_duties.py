"""Duties and their dates (REG.12, REG.26, REG.48, REG.49, REG.50, PLT, NOR)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.articles import article
from gongkai.statute.calendar import national
from gongkai.statute.data_files import data
from gongkai.statute.duties import (
    LocalDate,
    SpecialLimit,
    annual_report_due,
    check_items,
    check_publication,
    duties,
    duty,
    publication_due,
)
from gongkai.statute.errors import CalendarNotPublished, DutyError
from gongkai.statute.remedies import OrganKind

D = dt.date.fromisoformat
CALENDAR = national()
NOTICE = "虚构的地方通知"


@pytest.mark.parametrize(
    ("formed", "last_day"),
    [
        ("2024-12-30", "2025-01-27"),
        ("2025-09-26", "2025-10-30"),
        ("2026-02-10", "2026-03-16"),
        ("2026-02-14", "2026-03-20"),  # a make-up Saturday
        ("2026-02-15", "2026-03-20"),  # a holiday
        ("2019-05-14", "2019-06-12"),  # under the Regulation of 2007
    ],
)
def test_information_is_public_twenty_working_days_after_it_was_formed_or_changed(
    formed: str, last_day: str
) -> None:
    assert publication_due(D(formed), CALENDAR).date == D(last_day)


def test_another_law_can_set_another_limit() -> None:
    limit = SpecialLimit(7, "虚构的法律第九条")
    assert publication_due(D("2026-02-13"), CALENDAR, limit=limit).date == D("2026-03-02")


@pytest.mark.parametrize(
    ("formed", "published", "as_of", "codes"),
    [
        ("2026-02-10", "2026-03-16", "2026-04-01", []),
        ("2026-02-10", "2026-02-10", "2026-04-01", []),
        ("2026-02-10", "2026-03-17", "2026-04-01", ["published_late"]),
        ("2026-02-10", "2026-02-09", "2026-04-01", ["published_before_formed"]),
        ("2026-02-10", None, "2026-03-16", []),
        ("2026-02-10", None, "2026-03-17", ["not_published"]),
    ],
)
def test_whether_information_was_published_in_time(
    formed: str, published: str | None, as_of: str, codes: list[str]
) -> None:
    found = check_publication(D(formed), D(published) if published else None, as_of=D(as_of))
    assert [one.code for one in found] == codes
    assert all(one.rule == "REG.26" and article("REG.26").zh in one.zh for one in found)


@pytest.mark.parametrize(
    ("kind", "year", "due", "rule", "submits"),
    [
        ("department", 2025, "2026-01-31", "REG.49.1", True),
        ("justice-department", 2025, "2026-01-31", "REG.49.1", True),
        ("state-council-department", 2025, "2026-01-31", "REG.49.1", True),
        ("tax", 2025, "2026-01-31", "REG.49.1", True),
        ("government", 2025, "2026-03-31", "REG.49.2", False),
        ("provincial-government", 2019, "2020-03-31", "REG.49.2", False),
        ("department", 2019, "2020-01-31", "REG.49.1", True),
        ("department", 2018, "2019-03-31", "REG2007.31", False),
        ("government", 2018, "2019-03-31", "REG2007.31", False),
        ("township-government", 2018, "2019-03-31", "REG2007.31", False),
        ("department", 2008, "2009-03-31", "REG2007.31", False),
    ],
)
def test_when_the_annual_report_is_due(kind: str, year: int, due: str, rule: str, submits: bool) -> None:
    found = annual_report_due(OrganKind(kind), year)
    assert (str(found.date), found.rule, found.submits) == (due, rule, submits)
    assert article(rule).zh
    assert found.mark == ("M" if rule == "REG2007.31" else "V")


def test_a_township_reports_by_the_day_of_its_local_notice() -> None:
    found = annual_report_due(OrganKind.TOWNSHIP_GOVERNMENT, 2025, local_date=LocalDate(1, 20, NOTICE))
    assert (str(found.date), found.source) == ("2026-01-20", NOTICE)


def test_a_local_notice_can_ask_for_an_earlier_day_only() -> None:
    early = annual_report_due(OrganKind.DEPARTMENT, 2025, local_date=LocalDate(1, 15, NOTICE))
    assert str(early.date) == "2026-01-15"
    with pytest.raises(DutyError) as refused:
        annual_report_due(OrganKind.DEPARTMENT, 2025, local_date=LocalDate(2, 1, NOTICE))
    assert refused.value.code == "duty_local_date_late"


@given(st.sampled_from(OrganKind), st.integers(2008, 2100))
def test_property_every_organ_has_a_day_in_the_first_quarter_of_the_next_year(
    kind: OrganKind, year: int
) -> None:
    found = annual_report_due(kind, year, local_date=LocalDate(1, 20, NOTICE))
    assert dt.date(year + 1, 1, 1) <= found.date <= dt.date(year + 1, 3, 31)


@pytest.mark.parametrize(
    ("id", "present", "missing"),
    [
        ("guide", "classification arrangement access office address hours telephone online", "传真号码"),
        ("guide", "classification arrangement access office address hours telephone fax online", ""),
        ("catalogue", "index title made_on", "内容概述"),
        ("training", "on people", "学时"),
        ("platform", "search view", "下载"),
        ("platform-columns", "guide rules annual_reports", "法定主动公开内容"),
        ("request-channels", "post", "当面提交"),
        ("fee-statement", "notices charged", "实际收取的总金额"),
    ],
)
def test_what_a_thing_owed_lacks(id: str, present: str, missing: str) -> None:
    found = check_items(id, present.split())
    assert [one.code for one in found] == (["items_missing"] if missing else [])
    assert all(missing in one.zh and article(duty(id).source).zh in one.zh for one in found)


def test_the_fifteen_items_of_article_20_and_the_lists_of_article_21() -> None:
    assert [item.code for item in duty("statutory-content").items] == [f"20.{n:02d}" for n in range(1, 16)]
    assert len(duty("local-content").items) == 7
    assert len(duty("township-content").items) == 8


def test_only_governments_report_their_assessments() -> None:
    said = ["proactive", "requests", "remedies", "problems", "other_matters"]
    assert check_items("report-content", said, kind=OrganKind.DEPARTMENT) == ()
    assert "工作考核" in check_items("report-content", said, kind=OrganKind.GOVERNMENT)[0].zh


def test_each_duty_names_a_rule_a_mark_and_the_day_from_which_it_holds() -> None:
    for one in duties():
        assert article(one.source).zh
        assert one.mark in ("V", "M", "D")
        assert one.mark == "V" or one.note or one.id in ("fee-statement",)
        assert len({item.code for item in one.items}) == len(one.items)
    assert len({one.id for one in duties()}) == len(duties())


@pytest.mark.parametrize(
    "file",
    [
        "outcomes.toml",
        "outcomes_findings.toml",
        "outcomes_questions.toml",
        "exemptions.toml",
        "remedies.toml",
        "remedies_findings.toml",
        "remedies_results.toml",
        "timers.toml",
        "duties.toml",
        "duties_findings.toml",
    ],
)
def test_every_rule_the_data_cite_can_be_called_by_its_article(file: str) -> None:
    def rules(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value[key] for key in ("rule", "court_rule") if key in value]
            return own + [rule for inner in value.values() for rule in rules(inner)]
        return [rule for inner in value for rule in rules(inner)] if isinstance(value, list) else []

    cited = rules(data(file))
    assert cited or file == "duties.toml" or file == "exemptions.toml"
    for rule in cited:
        assert article(rule).zh
        assert article(rule).en


def test_whom_a_duty_binds() -> None:
    department = {one.id for one in duties(kind=OrganKind.DEPARTMENT)}
    government = {one.id for one in duties(kind=OrganKind.GOVERNMENT, supervises=True)}
    assert "guide" in department
    assert not {"assessment", "training", "reading-places"} & department
    assert {"assessment", "training", "reading-places"} <= government


def test_the_version_of_a_duty_on_a_day() -> None:
    assert duty("proactive-disclosure", on=D("2018-06-01")).source == "REG2007.18"
    assert duty("proactive-disclosure", on=D("2019-05-15")).source == "REG.26"
    assert "guide" not in {one.id for one in duties(on=D("2019-05-14"))}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: duty("homework"), "duty_unknown"),
        (lambda: annual_report_due(OrganKind.TOWNSHIP_GOVERNMENT, 2025), "duty_local_date_missing"),
        (lambda: annual_report_due(OrganKind.DISPATCHED_OFFICE, 2025), "duty_local_date_missing"),
        (lambda: annual_report_due("department", 2025), "duty_unknown_organ_kind"),  # type: ignore[arg-type]
        (lambda: annual_report_due(OrganKind.TAX, 2007), "duty_bad_year"),
        (lambda: annual_report_due(OrganKind.TAX, True), "duty_bad_year"),
        (lambda: annual_report_due(OrganKind.TAX, 2025.0), "duty_bad_year"),  # type: ignore[arg-type]
        (
            lambda: annual_report_due(
                OrganKind.TOWNSHIP_GOVERNMENT, 2025, local_date=LocalDate(2, 30, NOTICE)
            ),
            "duty_bad_local_date",
        ),
        (
            lambda: annual_report_due(OrganKind.TOWNSHIP_GOVERNMENT, 2025, local_date=LocalDate(1, 20, " ")),
            "duty_bad_local_date",
        ),
        (lambda: publication_due(D("2008-04-30")), "duty_before_regulation"),
        (lambda: publication_due(dt.datetime(2026, 3, 2)), "duty_bad_day"),
        (lambda: publication_due(D("2026-03-02"), limit=SpecialLimit(7, "")), "duty_limit_without_source"),
        (lambda: publication_due(D("2026-03-02"), limit=SpecialLimit(-1, "法")), "duty_bad_limit"),
        (lambda: check_items("guide", "fax"), "duty_unknown_items"),
        (lambda: check_items("guide", ["colour"]), "duty_unknown_item"),
        (lambda: duties(kind="all"), "duty_unknown_organ_kind"),  # type: ignore[arg-type]
    ],
)
def test_what_has_no_date_or_is_no_duty_is_refused_in_words(make: Any, code: str) -> None:
    with pytest.raises(DutyError) as refused:
        make()
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)))
def test_property_a_day_has_a_limit_or_a_reason(day: dt.date) -> None:
    in_range = dt.date(2008, 5, 1) <= day <= CALENDAR.horizon - dt.timedelta(days=45)
    if in_range:
        assert CALENDAR.working_days_between(day, publication_due(day, CALENDAR).date) == 20
    elif day < dt.date(2008, 5, 1):
        with pytest.raises(DutyError):
            publication_due(day, CALENDAR)
    elif day > CALENDAR.horizon:
        with pytest.raises(CalendarNotPublished):
            publication_due(day, CALENDAR)


def test_the_basic_catalogue_has_a_column_for_the_mode_and_its_columns_are_to_be_confirmed() -> None:
    owed = duty("catalogue-of-duties")
    assert [item.zh for item in owed.items][-1] == "方式"
    assert owed.mark == "M"
    assert "请确认" in owed.note


def test_a_document_no_longer_in_force_shows_when_it_was_repealed() -> None:
    shown = ["validity", "made_on", "published_on", "in_force_on"]
    assert check_items("validity-shown", shown) == ()
    (found,) = check_items("validity-shown", shown, where=["repealed"])
    assert "废止日期" in found.zh
    assert check_items("validity-shown", [*shown, "repealed_on"], where=["repealed"]) == ()
    with pytest.raises(DutyError):
        check_items("validity-shown", shown, where=["lost"])
