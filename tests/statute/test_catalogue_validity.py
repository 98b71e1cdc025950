"""Whether a document is in force on a day: a table to be read by a lawyer (NOR.3)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.catalogue import CatalogueError, Validity, named, validity, validity_changes

D = dt.date.fromisoformat


def _day(text: str) -> dt.date | None:
    return D(text) if text else None


# on, takes effect, repealed from, expires on, amended from ("yes": amended, day unknown), state
TABLE = [
    ("2026-06-01", "", "", "", "", "有效"),
    ("2026-06-01", "2026-06-01", "", "", "", "有效"),  # the first day counts
    ("2026-05-31", "2026-06-01", "", "", "", "尚未生效"),
    ("2026-06-01", "2024-01-01", "", "", "2025-01-01", "已修改"),
    ("2024-12-31", "2024-01-01", "", "", "2025-01-01", "有效"),  # before the amendment
    ("2026-06-01", "2024-01-01", "", "", "yes", "已修改"),
    ("2023-06-01", "2024-01-01", "", "", "yes", "尚未生效"),  # amended before it took effect
    ("2026-06-01", "2024-01-01", "2026-06-01", "", "", "废止"),  # the day of repeal no longer counts
    ("2026-05-31", "2024-01-01", "2026-06-01", "", "", "有效"),
    ("2026-05-31", "2024-01-01", "2026-06-01", "", "2025-01-01", "已修改"),
    ("2026-06-30", "2021-07-01", "", "2026-06-30", "", "有效"),  # the day of expiry still counts
    ("2026-07-01", "2021-07-01", "", "2026-06-30", "", "失效"),
    ("2026-07-01", "2021-07-01", "", "2026-06-30", "yes", "失效"),
    ("2026-07-01", "2021-07-01", "2025-01-01", "2026-06-30", "", "废止"),  # repealed before it would expire
    ("2026-07-01", "2021-07-01", "2026-07-01", "2025-06-30", "", "失效"),  # what has lapsed is not repealed
    ("2026-07-01", "2021-07-01", "2026-06-30", "2026-06-30", "", "废止"),  # both on one day
    ("2026-01-01", "2026-06-01", "2026-01-01", "", "", "废止"),  # repealed before it took effect
]


@pytest.mark.parametrize(("on", "effective", "repealed", "expires", "amended", "state"), TABLE)
def test_the_state_of_a_document_on_a_day(
    on: str, effective: str, repealed: str, expires: str, amended: str, state: str
) -> None:
    changed = True if amended == "yes" else _day(amended) or False
    assert validity(D(on), _day(effective), _day(repealed), _day(expires), changed).zh == state


def test_what_is_amended_still_holds_and_what_is_not_yet_in_force_does_not() -> None:
    assert [state.value for state in Validity if state.holds] == ["in_force", "amended"]


def test_a_document_cannot_expire_before_it_takes_effect() -> None:
    with pytest.raises(CatalogueError) as refused:
        validity(D("2026-06-01"), D("2026-01-01"), expires_on=D("2025-12-31"))
    assert refused.value.code == "catalogue_expiry_before_effect"


def test_a_moment_is_no_day() -> None:
    with pytest.raises(CatalogueError) as refused:
        validity(dt.datetime(2026, 6, 1, 9, 0))
    assert refused.value.code == "catalogue_bad_day"


def test_the_page_learns_on_which_days_it_must_change() -> None:
    found = validity_changes(
        D("2025-12-01"),
        effective_on=D("2026-01-01"),
        amended=D("2026-03-01"),
        repealed_on=D("2027-01-01"),
        expires_on=D("2030-12-31"),
    )
    assert [(str(change.on), change.validity.zh) for change in found] == [
        ("2026-01-01", "有效"),
        ("2026-03-01", "已修改"),
        ("2027-01-01", "废止"),
    ]


def test_the_labels_of_files_are_understood() -> None:
    assert named(Validity, "已废止") is Validity.REPEALED
    assert named(Validity, "现行有效") is Validity.IN_FORCE


DAYS = st.dates(D("2000-01-01"), D("2030-12-31"))
MAYBE = st.none() | DAYS


@given(DAYS, MAYBE, MAYBE, MAYBE, DAYS | st.booleans(), st.integers(0, 4_000))
def test_property_the_state_of_any_day_is_that_of_the_last_change_before_it(
    start: dt.date,
    effective: dt.date | None,
    repealed: dt.date | None,
    expires: dt.date | None,
    amended: dt.date | bool,
    later: int,
) -> None:
    if effective and expires and expires < effective:
        effective, expires = expires, effective
    facts = (effective, repealed, expires, amended)
    on = start + dt.timedelta(days=later)
    passed = [change for change in validity_changes(start, *facts) if change.on <= on]
    expected = passed[-1].validity if passed else validity(start, *facts)
    assert validity(on, *facts) is expected


@given(DAYS, MAYBE, MAYBE, MAYBE, DAYS | st.booleans())
def test_property_what_has_ended_never_holds_again(
    start: dt.date,
    effective: dt.date | None,
    repealed: dt.date | None,
    expires: dt.date | None,
    amended: dt.date | bool,
) -> None:
    if effective and expires and expires < effective:
        effective, expires = expires, effective
    states = [validity(start, effective, repealed, expires, amended)]
    states += [change.validity for change in validity_changes(start, effective, repealed, expires, amended)]
    ended = [index for index, state in enumerate(states) if state in (Validity.REPEALED, Validity.EXPIRED)]
    assert ended in ([], [len(states) - 1])
