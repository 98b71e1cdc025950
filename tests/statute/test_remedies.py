"""Remedies: clause, organ, court and last day (ARL.20 to ARL.28, APL.14 to APL.18, APL.45 and APL.46).

All organs are invented.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import national
from gongkai.statute.errors import CalendarNotPublished, RemedyError, StatuteError
from gongkai.statute.outcomes import outcomes
from gongkai.statute.remedies import (
    ClauseKind,
    Courts,
    Level,
    OrganKind,
    Period,
    Remedy,
    Respondent,
    Unit,
    authorities,
    check_clause,
    clause_for,
    court,
    court_of_authority,
    kind_name,
    last_day,
    may_ask_state_council,
    remedy,
)

D = dt.date.fromisoformat
CALENDAR = national()
COURTS = Courts(basic="甲县人民法院", intermediate="甲市中级人民法院")
BUREAU = Respondent(
    name="甲县示例局", kind=OrganKind.DEPARTMENT, level=Level.COUNTY, government="甲县人民政府", courts=COURTS
)


def respondent(kind: str, level: str, **names: Any) -> Respondent:
    parent_kind = names.pop("parent_kind", None)
    return Respondent(
        name="被申请机关",
        kind=OrganKind(kind),
        level=Level(level),
        courts=COURTS,
        parent_kind=OrganKind(parent_kind) if parent_kind else None,
        **names,
    )


@pytest.mark.parametrize(
    ("facts", "organs", "court_level", "court_rule"),
    [
        (
            ("department", "county", {"government": "甲县人民政府"}),
            [("甲县人民政府", "ARL.24.1(1)")],
            "basic",
            "APL.14",
        ),
        (
            ("department", "province", {"government": "甲省人民政府"}),
            [("甲省人民政府", "ARL.24.1(1)")],
            "basic",
            "APL.14",
        ),
        (
            ("township-government", "township", {"superior": "甲县人民政府"}),
            [("甲县人民政府", "ARL.24.1(2)")],
            "basic",
            "APL.14",
        ),
        (
            ("government", "county", {"superior": "甲市人民政府"}),
            [("甲市人民政府", "ARL.24.1(2)")],
            "intermediate",
            "APL.15(1)",
        ),
        (
            ("government", "prefecture", {"superior": "甲省人民政府"}),
            [("甲省人民政府", "ARL.24.1(2)")],
            "intermediate",
            "APL.15(1)",
        ),
        (
            ("provincial-government", "province", {}),
            [("被申请机关", "ARL.24.2")],
            "intermediate",
            "APL.15(1)",
        ),
        (
            ("dispatched-office", "township", {"government": "甲区人民政府"}),
            [("甲区人民政府", "ARL.24.1(3)")],
            "basic",
            "APL.14",
        ),
        (
            ("justice-department", "county", {"government": "甲县人民政府", "superior": "甲市司法局"}),
            [("甲县人民政府", "ARL.28"), ("甲市司法局", "ARL.28")],
            "basic",
            "APL.14",
        ),
        (
            ("state-council-department", "nation", {}),
            [("被申请机关", "ARL.25(1)")],
            "intermediate",
            "APL.15(1)",
        ),
        (("tax", "county", {"superior": "甲市税务局"}), [("甲市税务局", "ARL.27")], "basic", "APL.14"),
        (
            ("customs", "prefecture", {"superior": "上级海关"}),
            [("上级海关", "ARL.27")],
            "intermediate",
            "APL.15(2)",
        ),
        (
            ("finance", "province", {"superior": "上级主管部门"}),
            [("上级主管部门", "ARL.27")],
            "basic",
            "APL.14",
        ),
        (
            ("foreign-exchange", "province", {"superior": "上级主管部门"}),
            [("上级主管部门", "ARL.27")],
            "basic",
            "APL.14",
        ),
        (
            ("state-security", "prefecture", {"superior": "上级主管部门"}),
            [("上级主管部门", "ARL.27")],
            "basic",
            "APL.14",
        ),
        (
            (
                "branch",
                "county",
                {"government": "甲县人民政府", "parent": "甲县示例局", "parent_kind": "department"},
            ),
            [("甲县人民政府", "ARL.24.4")],
            "basic",
            "APL.14",
        ),
        (
            (
                "branch",
                "prefecture",
                {
                    "government": "甲市人民政府",
                    "local_government": "甲区人民政府",
                    "parent_kind": "department",
                },
            ),
            [("甲市人民政府", "ARL.24.4"), ("甲区人民政府", "ARL.24.4")],
            "basic",
            "APL.14",
        ),
        (
            ("branch", "province", {"parent": "某部", "parent_kind": "state-council-department"}),
            [("某部", "ARL.25(2)")],
            "basic",
            "APL.14",
        ),
        (
            ("branch", "township", {"parent": "甲县税务局", "parent_kind": "tax"}),
            [("甲县税务局", "ARL.27")],
            "basic",
            "APL.14",
        ),
        (
            ("branch", "county", {"parent": "甲海关", "parent_kind": "customs"}),
            [("甲海关", "ARL.27")],
            "intermediate",
            "APL.15(2)",
        ),
        (
            (
                "authorised-organisation",
                "county",
                {"government": "甲县人民政府", "parent_kind": "department"},
            ),
            [("甲县人民政府", "ARL.24.1(4)")],
            "basic",
            "APL.14",
        ),
        (
            (
                "authorised-organisation",
                "nation",
                {"parent": "某部", "parent_kind": "state-council-department"},
            ),
            [("某部", "ARL.25(3)")],
            "basic",
            "APL.14",
        ),
    ],
)
def test_who_reconsiders_and_which_court_hears(
    facts: tuple[str, str, dict[str, Any]], organs: list[tuple[str, str]], court_level: str, court_rule: str
) -> None:
    one = respondent(facts[0], facts[1], **facts[2])
    assert [(organ.name, organ.rule) for organ in authorities(one)] == organs
    hearing = court(one)
    assert (hearing.level, hearing.rule) == (court_level, court_rule)
    assert hearing.name == (COURTS.basic if court_level == "basic" else COURTS.intermediate)
    assert kind_name(one.kind)[0]


@pytest.mark.parametrize(
    ("kind", "level", "names", "level_if_changed"),
    [
        (
            "department",
            "county",
            {"government": "甲县人民政府"},
            "intermediate",
        ),  # a government is the defendant
        ("tax", "county", {"superior": "甲市税务局"}, "basic"),
        ("customs", "county", {"superior": "上级海关"}, "intermediate"),
        ("branch", "county", {"parent": "某部", "parent_kind": "state-council-department"}, "intermediate"),
    ],
)
def test_if_the_act_was_changed_the_reconsidering_organ_decides_the_court(
    kind: str, level: str, names: dict[str, Any], level_if_changed: str
) -> None:
    one = respondent(kind, level, **names)
    assert [court_of_authority(one, organ).level for organ in authorities(one)] == [level_if_changed]


def test_only_provinces_and_departments_of_the_state_council_open_the_way_to_the_state_council() -> None:
    assert may_ask_state_council(respondent("provincial-government", "province"))
    assert may_ask_state_council(respondent("state-council-department", "nation"))
    assert not may_ask_state_council(BUREAU)


def test_cases_given_to_certain_courts_go_there() -> None:
    courts = Courts(
        basic="乙县人民法院", intermediate="乙市中级人民法院", source="某高级人民法院的决定（虚构）"
    )
    one = Respondent(
        name="甲县示例局",
        kind=OrganKind.DEPARTMENT,
        level=Level.COUNTY,
        government="甲县人民政府",
        courts=courts,
    )
    assert (court(one).name, court(one).source) == ("乙县人民法院", "某高级人民法院的决定（虚构）")
    assert "乙县人民法院" in remedy("NONE-1", one, D("2026-03-02")).zh


@pytest.mark.parametrize(
    ("reached", "reconsider", "sue", "why"),
    [
        ("2026-03-02", "2026-05-06", "2026-09-02", "60 days end on 1 May: a holiday until the 5th"),
        ("2026-02-10", "2026-04-13", "2026-08-10", "60 days end on Saturday 11 April"),
        ("2025-08-31", "2025-10-30", "2026-02-28", "no 31 February: the last day; a make-up Saturday works"),
        ("2025-08-15", "2025-10-14", "2026-02-24", "15 February 2026 is in the holiday: first day after it"),
        ("2024-08-30", "2024-10-29", "2025-02-28", "no 30 February"),
        ("2024-01-01", "2024-03-01", "2024-07-01", "the first day of the law of 2023"),
        ("2025-12-31", "2026-03-02", "2026-06-30", "60 days end on Sunday 1 March; no 31 June"),
    ],
)
def test_the_last_days_for_reconsideration_and_suit(
    reached: str, reconsider: str, sue: str, why: str
) -> None:
    found = remedy("NONE-1", BUREAU, D(reached))
    assert found.reconsider_by is not None
    assert found.sue_by is not None
    assert (str(found.reconsider_by.due.date), str(found.sue_by.due.date)) == (reconsider, sue), why


def test_whoever_was_not_told_has_a_year_at_most() -> None:
    found = remedy("NONE-1", BUREAU, D("2025-03-03"))
    assert found.untold_reconsider_by is not None
    assert found.untold_sue_by is not None
    assert (str(found.untold_reconsider_by.due.date), found.untold_reconsider_by.rule) == (
        "2026-03-03",
        "ARL.20.3",
    )
    assert (str(found.untold_sue_by.due.date), found.untold_sue_by.rule) == ("2026-03-03", "SPCA.64.1")


def test_a_refusal_has_no_direct_suit() -> None:
    found = remedy("REF-5", BUREAU, D("2026-03-02"))
    assert found.sue_by is None
    assert found.sue_after is not None
    assert (found.sue_after.amount, found.sue_after.unit, found.sue_after.rule) == (15, Unit.DAYS, "APL.45")


def test_a_limit_past_the_published_holidays_is_provisional() -> None:
    found = remedy("NONE-1", BUREAU, D("2026-11-20"))
    assert found.provisional
    assert not remedy("REF-1", BUREAU, D("2024-03-04")).provisional


def test_a_procedural_letter_has_no_remedy_and_needs_no_names() -> None:
    bare = Respondent(name="甲县示例局", kind=OrganKind.DEPARTMENT, level=Level.COUNTY)
    found = remedy("extension-notice", bare, D("2026-03-02"))
    assert (found.zh, found.en, found.authorities, found.reconsider_by) == ("", "", (), None)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: clause_for("REF-9"), "remedy_unknown_subject"),
        (lambda: remedy("NONE-1", BUREAU, D("2023-12-31")), "remedy_before_law"),
        (lambda: remedy("NONE-1", BUREAU, dt.datetime(2026, 3, 2)), "remedy_bad_day"),
        (lambda: remedy("NONE-1", BUREAU, "2026-03-02"), "remedy_bad_day"),  # type: ignore[arg-type]
        (
            lambda: remedy("NONE-1", BUREAU, D("2026-03-02"), served_online=True),
            "remedy_online_channel_missing",
        ),
        (lambda: authorities(respondent("department", "county")), "remedy_name_missing"),
        (lambda: authorities(respondent("department", "township", government="甲")), "remedy_level_wrong"),
        (lambda: authorities(respondent("tax", "nation", superior="甲")), "remedy_level_wrong"),
        (lambda: authorities(respondent("branch", "county", government="甲")), "remedy_parent_missing"),
        (
            lambda: authorities(respondent("branch", "county", government="甲", parent_kind="branch")),
            "remedy_parent_missing",
        ),
        (
            lambda: court(
                Respondent(name="甲县", kind=OrganKind.GOVERNMENT, level=Level.COUNTY, superior="甲市")
            ),
            "remedy_name_missing",
        ),
        (lambda: Respondent(name=" ", kind=OrganKind.TAX, level=Level.COUNTY), "remedy_name_missing"),
        (lambda: Respondent(name="甲", kind="tax", level=Level.COUNTY), "remedy_bad_field"),  # type: ignore[arg-type]
        (lambda: Courts(basic=3), "remedy_bad_field"),  # type: ignore[arg-type]
        (lambda: check_clause(None, "REF-1"), "not_text"),  # type: ignore[arg-type]
    ],
)
def test_what_no_remedy_can_be_told_from_is_refused_in_words(make: Any, code: str) -> None:
    with pytest.raises(RemedyError) as refused:
        make()
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


PERIODS = st.builds(Period, st.integers(1, 120), st.sampled_from(Unit), st.just("CPL.85"), st.just("V"))
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


@given(DAYS, PERIODS)
def test_property_a_period_ends_on_a_working_day_after_its_beginning(start: dt.date, period: Period) -> None:
    try:
        due = last_day(start, period, CALENDAR)
    except CalendarNotPublished:
        assert start.year + 120 > CALENDAR.horizon.year
        return
    assert due.date > start
    assert CALENDAR.is_working_day(due.date)
    assert due.provisional == (due.date > CALENDAR.published_through)


@given(DAYS, st.integers(1, 24), st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.WORKING_DAYS]))
def test_property_a_longer_period_and_a_later_beginning_never_end_earlier(
    start: dt.date, amount: int, unit: Unit
) -> None:
    def end(day: dt.date, count: int) -> dt.date:
        return last_day(day, Period(count, unit, "CPL.85", "V"), CALENDAR).date

    assert end(start, amount) <= end(start, amount + 1)
    assert end(start, amount) <= end(start + dt.timedelta(days=1), amount)


@given(DAYS, st.sampled_from([one.code for one in outcomes()]))
def test_property_every_outcome_has_a_remedy_with_dates(day: dt.date, code: str) -> None:
    found: Remedy = remedy(code, BUREAU, day)
    assert found.reconsider_by is not None
    assert found.reconsider_by.due.date >= day + dt.timedelta(days=60)
    assert (found.sue_by is None) == (found.clause is ClauseKind.A)


@pytest.mark.parametrize("amount", [0, -1, True, 1.5, 10**30])
def test_an_impossible_period_is_refused(amount: Any) -> None:
    with pytest.raises(StatuteError):
        last_day(D("2026-03-02"), Period(amount, Unit.DAYS, "CPL.85", "V"), CALENDAR)
