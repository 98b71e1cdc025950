"""How the result of a challenge is counted in table 4 (FMT.T4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.forms import form
from gongkai.statute.articles import article
from gongkai.statute.errors import RemedyError
from gongkai.statute.remedies import (
    Case,
    DatedResult,
    classify,
    counted,
    groups,
    result,
    results,
)

D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("code", "column", "rule"),
    [
        ("reconsideration-upheld", "upheld", "ARL.68"),
        ("reconsideration-claim-dismissed", "upheld", "ARL.69"),
        ("reconsideration-changed", "corrected", "ARL.63"),
        ("reconsideration-annulled", "corrected", "ARL.64"),
        ("reconsideration-unlawful", "corrected", "ARL.65"),
        ("reconsideration-ordered", "corrected", "ARL.66"),
        ("reconsideration-void", "corrected", "ARL.67"),
        ("reconsideration-no-evidence", "corrected", "ARL.70"),
        ("reconsideration-not-accepted", "other", "ARL.30.2"),
        ("reconsideration-application-dismissed", "other", "ARL.33"),
        ("reconsideration-terminated", "other", "ARL.41"),
        ("reconsideration-mediated", "other", "ARL.73"),
        ("reconsideration-settled", "other", "ARL.74"),
        ("court-claim-dismissed", "upheld", "APL.69"),
        ("court-annulled", "corrected", "APL.70"),
        ("court-ordered", "corrected", "APL.72"),
        ("court-unlawful", "corrected", "APL.74"),
        ("court-changed", "corrected", "APL.77"),
        ("court-not-docketed", "other", "APL.51.2"),
        ("court-suit-dismissed", "other", "SPCA.69"),
        ("court-withdrawn", "other", "APL.62"),
    ],
)
def test_the_column_of_a_result(code: str, column: str, rule: str) -> None:
    found = result(code)
    assert (found.column, found.rule) == (column, rule)
    assert article(rule).zh


def test_groups_and_columns_are_those_of_the_annual_report() -> None:
    annual = form("2021")
    assert list(groups()) == [one.code for one in annual.remedy_groups]
    assert set(counted([], 2025)["reconsideration"]) == {one.code for one in annual.remedy_columns}
    columns = {one.column for one in results().values()}
    assert columns == {"upheld", "corrected", "other", "pending", "as-before"}


def case(group: str, begun: str, *results: tuple[str, str, str | None]) -> Case:
    made = tuple(
        DatedResult(code=code, on=D(on), effective_on=D(since) if since else None)
        for on, code, since in results
    )
    return Case(group=group, begun_on=D(begun), results=made)


DIRECT = "direct_litigation"


@pytest.mark.parametrize(
    ("what", "one", "as_of", "column"),
    [
        ("nothing yet", case(DIRECT, "2025-03-01"), "2025-12-31", "pending"),
        (
            "judgment not effective yet",
            case(DIRECT, "2025-03-01", ("2025-12-20", "court-annulled", "2026-01-06")),
            "2025-12-31",
            "pending",
        ),
        (
            "judgment effective",
            case(DIRECT, "2025-03-01", ("2025-12-20", "court-annulled", "2026-01-06")),
            "2026-01-06",
            "corrected",
        ),
        (
            "appeal dismissed: the judgment stands",
            case(
                DIRECT,
                "2025-03-01",
                ("2025-06-01", "court-claim-dismissed", None),
                ("2025-11-01", "appeal-dismissed", "2025-11-01"),
            ),
            "2025-12-31",
            "upheld",
        ),
        (
            "judgment changed on appeal: one entry, the later result",
            case(
                DIRECT,
                "2025-03-01",
                ("2025-06-01", "court-claim-dismissed", None),
                ("2025-11-01", "court-annulled", "2025-11-01"),
            ),
            "2025-12-31",
            "corrected",
        ),
        (
            "remanded: open again",
            case(
                DIRECT,
                "2025-03-01",
                ("2025-06-01", "court-annulled", None),
                ("2025-11-01", "appeal-remanded", "2025-11-01"),
            ),
            "2025-12-31",
            "pending",
        ),
        (
            "reconsideration upheld",
            case("reconsideration", "2025-03-01", ("2025-04-01", "reconsideration-upheld", "2025-04-03")),
            "2025-12-31",
            "upheld",
        ),
    ],
)
def test_one_case_is_one_entry_with_its_latest_effective_result(
    what: str, one: Case, as_of: str, column: str
) -> None:
    assert classify(one, D(as_of)).column == column, what


def test_a_case_is_pending_in_the_years_before_and_counted_once_with_its_result() -> None:
    one = case(DIRECT, "2024-11-01", ("2025-12-20", "court-annulled", "2026-01-06"))
    by_year = {year: counted([one], year)[DIRECT] for year in range(2023, 2028)}
    assert [figures["total"] for figures in by_year.values()] == [0, 1, 1, 1, 0]
    assert by_year[2024]["pending"] == by_year[2025]["pending"] == by_year[2026]["corrected"] == 1


def test_a_suit_after_reconsideration_is_counted_beside_the_reconsideration() -> None:
    both = [
        case("reconsideration", "2025-03-01", ("2025-04-01", "reconsideration-upheld", "2025-04-03")),
        case("litigation_after_reconsideration", "2025-04-10"),
    ]
    figures = counted(both, 2025)
    assert figures["reconsideration"]["upheld"] == 1
    assert figures["litigation_after_reconsideration"]["pending"] == 1
    assert figures[DIRECT]["total"] == 0


CASES = st.lists(
    st.builds(
        lambda begun, code, wait: case(
            DIRECT,
            str(begun),
            (str(begun + dt.timedelta(days=wait)), code, str(begun + dt.timedelta(days=wait))),
        ),
        st.dates(dt.date(2022, 1, 1), dt.date(2025, 12, 31)),
        st.sampled_from([code for code in results() if code.startswith("court-")]),
        st.integers(0, 500),
    ),
    max_size=20,
)


@given(CASES)
def test_property_four_columns_make_the_total_and_every_case_ends_once(cases: list[Case]) -> None:
    """FMT.T4.A, and over the years each case has one result."""
    ended = 0
    for year in range(2021, 2029):
        figures = counted(cases, year)[DIRECT]
        assert figures["total"] == sum(figures[name] for name in ("upheld", "corrected", "other", "pending"))
        ended += figures["total"] - figures["pending"]
    assert ended == len(cases)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: result("won"), "remedy_unknown_result"),
        (lambda: case("appeals", "2025-03-01"), "remedy_unknown_group"),
        (
            lambda: case(DIRECT, "2025-03-01", ("2025-02-01", "court-annulled", None)),
            "remedy_result_before_case",
        ),
        (
            lambda: case(DIRECT, "2025-03-01", ("2025-04-01", "reconsideration-upheld", None)),
            "remedy_result_of_other_forum",
        ),
        (
            lambda: DatedResult(code="court-annulled", on=D("2025-04-01"), effective_on=D("2025-03-01")),
            "remedy_effective_before_made",
        ),
        (lambda: counted([], True), "remedy_bad_year"),
        (lambda: classify(case(DIRECT, "2025-03-01"), "2025"), "remedy_bad_day"),  # type: ignore[arg-type]
    ],
)
def test_impossible_cases_are_refused(make: Any, code: str) -> None:
    with pytest.raises(RemedyError) as refused:
        make()
    assert refused.value.code == code
