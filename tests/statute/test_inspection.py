"""Sites and accounts judged (CHK.V1 to CHK.V6, CHK.N1 to CHK.N3). All sites are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.errors import InspectionError
from gongkai.statute.inspection import (
    Column,
    Guide,
    Points,
    SiteFacts,
    Subject,
    Verdict,
    Visits,
    judge,
    national_indicators,
    read_indicators,
)

TODAY = dt.date(2026, 3, 31)
FILE = (resources.files("gongkai.statute") / "data" / "inspection.toml").read_text("utf-8")
FOUR = ("设定依据", "申请条件", "办理材料", "办理地点")


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def columns(
    count: int, kind: str, age: int | None, *, empty: bool = False, first: bool = True
) -> tuple[Column, ...]:
    newest = None if age is None else ago(age)
    return tuple(Column(f"{kind}{n}", kind, newest, empty, first) for n in range(count))


def guides(poor: int, good: int) -> tuple[Guide, ...]:
    return tuple(Guide(f"g{n}", FOUR if n < poor else FOUR[:3]) for n in range(poor + good))


GOOD = SiteFacts(
    subject=Subject.PORTAL,
    as_of=TODAY,
    grave=frozenset(),
    visits=Visits(7, 140, 0),
    home_updated=ago(1),
    home_dated=True,
    columns=columns(3, "news", 3),
    consults=True,
    unanswered_checked=True,
    offers_services=True,
    guides=guides(0, 20),
    deductions=(),
)
ACCOUNT = SiteFacts(
    subject=Subject.ACCOUNT,
    as_of=TODAY,
    grave=frozenset(),
    account_updated=ago(3),
    interacts=True,
    forced_likes=False,
)


def test_a_portal_without_a_fault_has_a_hundred_points() -> None:
    found = judge(GOOD)
    assert (found.verdict, found.score, found.zh) == (Verdict.PASSED, 100, "合格（100 分）")


@pytest.mark.parametrize(
    ("what", "change", "rule"),
    [
        *[
            (code, {"grave": frozenset({code})}, "CHK.V1")
            for code in (
                "grave-wording",
                "secret-leaked",
                "harmful-content",
                "attack-unhandled",
                "forgery",
                "public-opinion",
            )
        ],
        ("5 % of the visits failed", {"visits": Visits(7, 140, 7)}, "CHK.V2"),
        ("home page 15 days old", {"home_updated": ago(15)}, "CHK.V3"),
        ("home page without a day", {"home_updated": None, "home_dated": False}, "CHK.V3"),
        ("5 news columns stale", {"columns": columns(5, "news", 15)}, "CHK.V4"),
        ("5 first-level notices columns stale", {"columns": columns(5, "notices", 185)}, "CHK.V4"),
        (
            "3 news, 2 notices stale",
            {"columns": columns(3, "news", 15) + columns(2, "notices", 185)},
            "CHK.V4",
        ),
        ("news without days", {"columns": columns(5, "news", None)}, "CHK.V4"),
        ("10 columns in all stale", {"columns": columns(10, "personnel-and-plans", 370)}, "CHK.V4"),
        ("5 empty columns", {"columns": columns(5, "news", None, empty=True)}, "CHK.V4"),
        ("no channel", {"consults": False}, "CHK.V5"),
        ("unanswered for over 3 months", {"oldest_unanswered": dt.date(2025, 12, 30)}, "CHK.V5"),
        ("no services", {"offers_services": False}, "CHK.V6"),
        ("5 poor guides", {"guides": guides(5, 30)}, "CHK.V6"),
        ("4 guides, all poor", {"guides": guides(4, 0)}, "CHK.V6"),
    ],
)
def test_a_veto_fails_the_site_and_nothing_is_scored(what: str, change: dict[str, Any], rule: str) -> None:
    found = judge(replace(GOOD, **change))
    assert [veto.rule for veto in found.failed_by] == [rule], what
    assert (found.verdict, found.score) == (Verdict.FAILED, None)
    assert rule in found.zh


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("just under 5 %", {"visits": Visits(7, 140, 6)}),
        ("home page 14 days old", {"home_updated": ago(14)}),
        ("4 news columns stale", {"columns": columns(4, "news", 15)}),
        ("5 news columns 14 days old", {"columns": columns(5, "news", 14)}),
        ("notices 6 months old", {"columns": columns(5, "notices", 182)}),
        ("second-level notices do not count", {"columns": columns(5, "notices", 185, first=False)}),
        ("9 columns in all stale", {"columns": columns(9, "personnel-and-plans", 370)}),
        ("4 empty columns", {"columns": columns(4, "news", None, empty=True)}),
        ("columns without a limit of their own", {"columns": columns(20, "", 900)}),
        ("unanswered for just three months", {"oldest_unanswered": dt.date(2025, 12, 31)}),
        ("unanswered, but older than a year", {"oldest_unanswered": dt.date(2025, 3, 30)}),
        ("4 poor guides of 5", {"guides": guides(4, 1)}),
        ("4 of 4, one of them good", {"guides": guides(3, 1)}),
    ],
)
def test_what_stays_below_a_threshold_is_no_veto(what: str, change: dict[str, Any]) -> None:
    assert judge(replace(GOOD, **change)).verdict is Verdict.PASSED, what


@pytest.mark.parametrize(
    ("what", "change", "rule"),
    [
        ("grave matters", {"grave": frozenset({"forgery"})}, "CHK.N1"),
        ("15 days old", {"account_updated": ago(15)}, "CHK.N2"),
        ("no day shown", {"account_updated": None, "account_checked": True}, "CHK.N2"),
        ("app does not work", {"app_works": False}, "CHK.N2"),
        ("no interaction", {"interacts": False}, "CHK.N3"),
        ("bought fans", {"forced_likes": True}, "CHK.N3"),
    ],
)
def test_the_vetoes_of_an_account(what: str, change: dict[str, Any], rule: str) -> None:
    assert [veto.rule for veto in judge(replace(ACCOUNT, **change)).failed_by] == [rule], what


def test_an_account_has_vetoes_only() -> None:
    found = judge(replace(ACCOUNT, deductions=(Points("news", 90, "x"),)))
    assert (found.verdict, found.score) == (Verdict.PASSED, None)
    assert {veto.rule for veto in found.vetoes} == {"CHK.N1", "CHK.N2", "CHK.N3"}


def test_a_site_that_is_no_portal_is_judged_by_the_vetoes_alone() -> None:
    found = judge(replace(GOOD, subject=Subject.SITE, deductions=(Points("news", 90, "x"),)))
    assert (found.verdict, found.score) == (Verdict.PASSED, None)


@pytest.mark.parametrize(
    ("fact", "rule"),
    [
        ({"grave": None}, "CHK.V1"),
        ({"visits": None}, "CHK.V2"),
        ({"visits": Visits(6, 140, 0)}, "CHK.V2"),
        ({"visits": Visits(7, 139, 0)}, "CHK.V2"),
        ({"home_updated": None, "home_dated": None}, "CHK.V3"),
        ({"columns": None}, "CHK.V4"),
        ({"unanswered_checked": False}, "CHK.V5"),
        ({"guides": None}, "CHK.V6"),
    ],
)
def test_what_was_not_looked_at_is_never_taken_for_good(fact: dict[str, Any], rule: str) -> None:
    found = judge(replace(GOOD, **fact))
    assert found.verdict is Verdict.UNDETERMINED
    assert [veto.rule for veto in found.not_looked_at] == [rule]


@pytest.mark.parametrize(
    ("deductions", "bonuses", "services", "score", "verdict"),
    [
        ([("policy", 5), ("service-statistics", 2), ("messages", 3)], [], True, 90, "passed"),
        ([("policy", 40)], [], True, 60, "passed"),
        ([("policy", 41)], [], True, 59, "failed"),
        ([("policy", Fraction(401, 10))], [], True, Fraction(599, 10), "failed"),
        ([("policy", 0.1), ("policy", 0.2)], [], True, Fraction(997, 10), "passed"),
        ([("policy", 20)], [("innovation", 10)], True, 80, "passed"),  # 80 is not above 80
        ([("policy", 19)], [("innovation", 10)], True, 91, "passed"),
        ([], [("innovation", 40)], True, 130, "passed"),  # part 3 has 30 points
        ([], [], False, 100, "passed"),  # 75 × 4/3
        ([("policy", 15)], [], False, 80, "passed"),
        ([("policy", 30)], [], False, 60, "passed"),
        ([("policy", 31)], [], False, Fraction(176, 3), "failed"),
        ([("service-guides", 50)], [], False, 100, "passed"),  # left out
        ([("policy", 900)], [], True, 0, "failed"),
    ],
)
def test_the_points_of_a_portal(
    deductions: list[tuple[str, Any]],
    bonuses: list[tuple[str, Any]],
    services: bool,
    score: int | Fraction,
    verdict: str,
) -> None:
    facts = replace(
        GOOD,
        deductions=tuple(Points(*one, "x") for one in deductions),
        bonuses=tuple(Points(*one, "x") for one in bonuses),
        has_services=services,
    )
    found = judge(facts)
    assert (found.score, found.verdict) == (score, verdict)


def filled_in(code: str, points: str) -> str:
    return FILE.replace(f'code = "{code}"\n', f'code = "{code}"\npoints = {points}\n', 1)


def test_the_deductions_of_an_item_never_exceed_its_points_once_an_office_filled_them_in() -> None:
    office = read_indicators(filled_in("policy", "10"))
    found = judge(replace(GOOD, deductions=(Points("policy", 8, "x"), Points("policy", 8, "x"))), office)
    assert found.score == 90
    assert (found.items[0].found, found.items[0].counted, found.items[0].ceiling) == (16, 10, 10)


def test_points_nobody_has_filled_in_are_named_as_open() -> None:
    assert any("未填分值" in one and "政策文件" in one for one in judge(GOOD).to_confirm)
    assert all(item.points is None for item in national_indicators().items.values())


def test_a_score_just_below_sixty_is_not_shown_as_sixty() -> None:
    facts = replace(GOOD, deductions=(Points("policy", Fraction(40004, 1000), "x"),))
    assert judge(facts).zh == "不合格（59.99 分）"


@given(
    st.lists(st.tuples(st.sampled_from(sorted(national_indicators().items)), st.integers(0, 60)), max_size=8)
)
def test_property_one_deduction_more_never_helps(deductions: list[tuple[str, int]]) -> None:
    made = tuple(Points(*one, "x") for one in deductions)
    for services in (True, False):
        scores = [
            judge(replace(GOOD, has_services=services, deductions=made[:n])).score or Fraction(0)
            for n in range(len(made) + 1)
        ]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: judge("site"), "inspection_bad_field"),  # type: ignore[arg-type]
        (lambda: judge(replace(GOOD, grave=frozenset({"ugly"}))), "inspection_unknown_matter"),
        (lambda: judge(replace(GOOD, columns=columns(1, "weather", 1))), "inspection_unknown_column"),
        (lambda: judge(replace(GOOD, deductions=(Points("beauty", 1, "x"),))), "inspection_unknown_item"),
        (lambda: judge(replace(GOOD, deductions=(Points("policy", -1, "x"),))), "inspection_bad_points"),
        (lambda: judge(replace(GOOD, deductions=(Points("policy", True, "x"),))), "inspection_bad_points"),
        (
            lambda: judge(replace(GOOD, deductions=(Points("policy", float("nan"), "x"),))),
            "inspection_bad_points",
        ),
        (
            lambda: judge(replace(GOOD, deductions=(Points("policy", float("inf"), "x"),))),
            "inspection_bad_points",
        ),
        (lambda: replace(GOOD, home_updated=ago(-1)), "inspection_future_day"),
        (lambda: replace(GOOD, as_of="2026-03-31"), "inspection_bad_day"),
        (lambda: replace(GOOD, consults="yes"), "inspection_bad_field"),
        (lambda: replace(GOOD, subject="portal"), "inspection_bad_field"),
        (lambda: replace(GOOD, columns=[]), "inspection_bad_field"),
        (lambda: replace(GOOD, visits=Visits(7, 140, 141)), "inspection_bad_visits"),
        (lambda: replace(GOOD, visits=Visits(0, 0, 0)), "inspection_bad_visits"),
        (lambda: read_indicators("x ="), "inspection_bad_indicators"),
        (lambda: read_indicators(""), "inspection_bad_indicators"),
        (lambda: read_indicators(filled_in("policy", "101")), "inspection_bad_indicators"),
        (lambda: read_indicators(filled_in("policy", "-1")), "inspection_bad_points"),
        (
            lambda: read_indicators(FILE.replace("failed_share_percent = 5", "failed_share_percent = true")),
            "inspection_bad_indicators",
        ),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words(make: Any, code: str) -> None:
    with pytest.raises(InspectionError) as refused:
        make()
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


def test_an_unanswered_message_older_than_a_year_does_not_count_but_is_to_be_confirmed() -> None:
    old = replace(GOOD, oldest_unanswered=dt.date(2025, 3, 30))
    found = judge(old)
    veto = next(one for one in found.vetoes if one.rule == "CHK.V5")
    assert veto.met is False
    assert "2025-03-30" in veto.zh
    assert "不计入" in veto.zh
    assert any("2025-03-30" in one for one in found.to_confirm)
    assert not any("CHK.V5" in one for one in judge(GOOD).to_confirm)
