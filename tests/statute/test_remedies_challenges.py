"""Limits after a challenge (ARL.30 to ARL.62, APL.45 to APL.88)."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.articles import article
from gongkai.statute.calendar import national
from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError
from gongkai.statute.remedies import (
    ChallengeEvent,
    Course,
    challenge_event,
    course,
    event_types,
    procedures,
)

D = dt.date.fromisoformat
CALENDAR = national()


def run(procedure: str, *events: str, as_of: str | None = None) -> Course:
    """Events as `03-02:accepted` or `04-20:extended:10`, all of 2026."""
    made = []
    for text in events:
        day, code, *days = text.split(":")
        made.append(challenge_event(code, D(f"2026-{day}"), days=int(days[0]) if days else None))
    return course(procedure, made, CALENDAR, as_of=D(f"2026-{as_of}") if as_of else None)


@pytest.mark.parametrize(
    ("procedure", "events", "deadline", "due", "rule"),
    [
        # reconsideration: 3, 5, 7 and 10 days are working days (ARL.88.2), 15, 30 and 60 are not
        ("reconsideration", ["03-02:applied"], "acceptance", "03-09", "ARL.30.1"),
        ("reconsideration", ["04-03:applied"], "acceptance", "04-13", "ARL.30.1"),  # over 清明
        ("reconsideration", ["03-02:applied", "03-05:supplement-asked"], "supplement", "03-19", "ARL.31.2"),
        ("reconsideration", ["03-02:accepted"], "copy", "03-11", "ARL.48"),
        ("reconsideration-simplified", ["03-02:accepted"], "copy-simplified", "03-05", "ARL.54.1"),
        ("reconsideration", ["03-05:copy-received"], "answer", "03-19", "ARL.48"),
        ("reconsideration-simplified", ["03-05:copy-received"], "answer-simplified", "03-12", "ARL.54.1"),
        ("reconsideration", ["03-02:accepted"], "decision", "05-06", "ARL.62.1"),  # 1 May: holiday
        (
            "reconsideration",
            ["03-02:accepted", "04-20:extended"],
            "decision",
            "06-01",
            "ARL.62.1",
        ),  # 31 May: Sunday
        ("reconsideration", ["03-02:accepted", "04-20:extended:10"], "decision", "05-11", "ARL.62.1"),
        ("reconsideration-simplified", ["03-02:accepted"], "decision-simplified", "04-01", "ARL.62.2"),
        # suspended for ten days: they do not count
        (
            "reconsideration-simplified",
            ["03-02:accepted", "03-10:suspended", "03-20:resumed"],
            "decision-simplified",
            "04-13",
            "ARL.62.2",
        ),
        # turned into the ordinary procedure: 60 days from the acceptance
        (
            "reconsideration-simplified",
            ["03-02:accepted", "03-20:converted"],
            "decision",
            "05-06",
            "ARL.62.1",
        ),
        (
            "reconsideration",
            ["03-02:accepted", "03-20:decided", "03-25:decision-served"],
            "suit",
            "04-09",
            "APL.45",
        ),
        (
            "reconsideration",
            ["03-02:applied", "03-06:refused"],
            "suit-after-refusal",
            "03-23",
            "ARL.34",
        ),  # 21 March: Saturday
        # court: calendar days throughout
        ("first-instance", ["03-02:filed"], "docketing", "03-09", "APL.51.2"),
        ("first-instance", ["03-02:docketed"], "complaint-copy", "03-09", "APL.67.1"),  # 7 March: Saturday
        ("first-instance", ["03-06:copy-received"], "defence", "03-23", "APL.67.1"),  # 21 March: Saturday
        ("first-instance-simplified", ["03-06:copy-received"], "defence", "03-23", "APL.67.1"),
        ("first-instance", ["03-02:docketed"], "judgment", "09-02", "APL.81"),
        ("first-instance", ["03-02:docketed", "08-20:extended:30"], "judgment", "10-08", "APL.81"),
        ("first-instance-simplified", ["03-02:docketed"], "judgment-simplified", "04-16", "APL.83"),
        ("first-instance-simplified", ["03-02:docketed", "04-01:converted"], "judgment", "09-02", "APL.81"),
        (
            "first-instance",
            ["03-02:docketed", "06-01:decided", "06-05:decision-served"],
            "appeal-of-judgment",
            "06-22",
            "APL.85",
        ),
        (
            "first-instance",
            ["03-02:docketed", "06-01:ruled", "06-05:ruling-served"],
            "appeal-of-ruling",
            "06-15",
            "APL.85",
        ),
        ("appeal", ["03-02:appeal-received"], "final-judgment", "06-02", "APL.88"),
    ],
)
def test_the_limits_after_a_challenge(
    procedure: str, events: list[str], deadline: str, due: str, rule: str
) -> None:
    found = run(procedure, *events).deadline(deadline)
    assert found is not None
    assert found.due is not None
    assert (str(found.due.date), found.rule) == (f"2026-{due}", rule)
    assert article(rule).zh


def test_after_silence_fifteen_days_run_from_the_end_of_the_period() -> None:
    assert run("reconsideration-simplified", "03-02:accepted").deadline("suit-after-silence") is None
    found = run("reconsideration-simplified", "03-02:accepted", as_of="04-10").deadline("suit-after-silence")
    assert found is not None
    assert found.due is not None
    assert str(found.due.date) == "2026-04-16"


def test_an_application_not_refused_in_time_is_accepted() -> None:
    found = run("reconsideration", "03-02:applied", as_of="03-20")
    assert [one.code for one in found.findings] == ["deemed_accepted"]
    decision = found.deadline("decision")
    assert decision is not None
    assert str(decision.start) == "2026-03-09"


def test_nothing_is_due_while_the_case_is_suspended() -> None:
    found = run("reconsideration", "03-02:accepted", "03-10:suspended", as_of="12-31").deadline("decision")
    assert found is not None
    assert (found.due, found.state) == (None, "suspended")


@pytest.mark.parametrize(
    ("procedure", "events", "as_of", "code", "rule"),
    [
        ("reconsideration", ["03-05:copy-received", "03-20:answered"], None, "answer_late", "ARL.70"),
        ("reconsideration", ["03-05:copy-received"], "03-20", "answer_overdue", "ARL.70"),
        ("first-instance", ["03-05:copy-received", "03-21:answered"], None, "answer_late", "APL.34.2"),
        ("first-instance", ["03-05:copy-received"], "03-21", "answer_overdue", "APL.34.2"),
        ("reconsideration", ["03-02:accepted", "05-07:decided"], None, "late", "ARL.62.1"),
        ("reconsideration", ["03-02:answered", "03-05:copy-received"], None, "before_its_cause", "ARL.36"),
        ("reconsideration", ["03-02:decided", "03-05:accepted"], None, "before_its_cause", "ARL.36"),
        ("reconsideration", ["03-02:answered"], None, "cause_unrecorded", "ARL.36"),
        ("reconsideration", ["03-02:accepted", "03-03:accepted"], None, "twice", "ARL.36"),
        ("reconsideration", ["03-02:docketed", "03-02:accepted"], None, "other_procedure", "ARL.36"),
        ("reconsideration", ["03-02:accepted", "03-09:converted"], None, "other_procedure", "ARL.36"),
        ("reconsideration", ["03-02:applied", "03-03:accepted", "03-05:refused"], None, "too_late", "ARL.36"),
        (
            "reconsideration",
            ["03-02:accepted", "03-09:withdrawn", "03-10:decided"],
            None,
            "after_end",
            "ARL.36",
        ),
        (
            "reconsideration",
            ["03-02:accepted", "03-09:decided", "03-10:answered"],
            None,
            "after_end",
            "ARL.36",
        ),
        (
            "reconsideration-simplified",
            ["03-02:accepted", "03-20:extended"],
            None,
            "extension_not_allowed",
            "ARL.62.2",
        ),
        ("reconsideration", ["03-02:accepted", "03-20:extended:31"], None, "extension_too_long", "ARL.62.1"),
        ("reconsideration", ["03-02:accepted", "05-07:extended"], None, "extension_after_limit", "ARL.62.1"),
        ("reconsideration", ["03-02:accepted", "03-09:sued"], None, "sued_meanwhile", "ARL.29.1"),
        ("reconsideration", ["03-02:accepted", "03-09:challenged-on"], None, "sued_meanwhile", "ARL.29.1"),
        ("reconsideration", ["03-02:accepted", "03-09:resumed"], None, "cause_unrecorded", "ARL.36"),
        (
            "reconsideration",
            ["03-02:accepted", "03-09:suspended", "03-10:resumed", "03-11:resumed"],
            None,
            "resumed_without_suspension",
            "ARL.39.2",
        ),
        (
            "reconsideration",
            ["03-02:applied", "03-12:supplement-asked"],
            None,
            "sending_unrecorded",
            "ARL.30.1",
        ),
    ],
)
def test_what_is_wrong_with_the_course(
    procedure: str, events: list[str], as_of: str | None, code: str, rule: str
) -> None:
    found = run(procedure, *events, as_of=as_of).findings
    assert (code, rule) in [(one.code, one.rule) for one in found]
    assert all("{" not in one.zh + one.en for one in found)


def test_every_finding_on_a_course_is_in_the_table() -> None:
    table = next(mark for mark in test_what_is_wrong_with_the_course.pytestmark)  # type: ignore[attr-defined]
    assert {row[3] for row in table.args[1]} | {"deemed_accepted"} == set(data("timers.toml")["findings"])


def test_an_ordinary_course_has_no_findings() -> None:
    found = run(
        "reconsideration-simplified",
        "03-02:applied",
        "03-04:accepted",
        "03-06:copy-received",
        "03-11:answered",
        "03-27:decided",
        "03-30:decision-served",
        "04-10:challenged-on",
    )
    assert found.findings == ()
    assert {one.state for one in found.deadlines} == {"met"}


EVENTS = st.lists(
    st.builds(
        ChallengeEvent,
        st.sampled_from(sorted(event_types())),
        st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30)),
        st.none(),
    ),
    min_size=1,
    max_size=10,
)


@given(st.sampled_from(sorted(procedures())), EVENTS, st.randoms(use_true_random=False))
def test_property_no_order_of_events_crashes_and_recording_has_no_say(
    procedure: str, events: list[ChallengeEvent], rng: Random
) -> None:
    with_days = [one._replace(days=20) if one.code == "extended" else one for one in events]
    shuffled = [*with_days, rng.choice(with_days)]
    rng.shuffle(shuffled)
    found = course(procedure, with_days, CALENDAR)
    assert course(procedure, shuffled, CALENDAR) == found
    for one in found.deadlines:
        assert one.due is None or one.due.date > one.start
        assert one.met_on is None or one.met_on >= one.start
        assert (one.state == "suspended") == (one.due is None)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: course("reconsideration", [], CALENDAR), "remedy_no_event"),
        (lambda: course("mediation", [], CALENDAR), "remedy_unknown_procedure"),
        (lambda: course("appeal", ["2026-03-02"], CALENDAR), "remedy_bad_event"),  # type: ignore[list-item]
        (lambda: challenge_event("judged", D("2026-03-02")), "remedy_unknown_event"),
        (lambda: challenge_event("accepted", dt.datetime(2026, 3, 2)), "remedy_bad_day"),
        (lambda: challenge_event("accepted", D("2026-03-02"), days=3), "remedy_bad_days"),
        (lambda: challenge_event("extended", D("2026-03-02"), days=0), "remedy_bad_days"),
        (lambda: challenge_event("extended", D("2026-03-02"), days=True), "remedy_bad_days"),
        (lambda: run("first-instance", "03-02:docketed", "04-01:extended"), "remedy_days_missing"),
        (lambda: run("appeal", "03-02:appeal-received", as_of="03-01"), "remedy_no_event"),
    ],
)
def test_what_no_course_can_be_made_of_is_refused(make: Any, code: str) -> None:
    with pytest.raises(RemedyError) as refused:
        make()
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


# ARL.30.1 binds the sending of the notice; ARL.31.2 counts from its receipt.
@pytest.mark.parametrize(
    ("events", "state", "findings"),
    [
        (["03-02:applied", "03-09:supplement-sent", "03-12:supplement-asked"], "met", []),
        (["03-02:applied", "03-10:supplement-sent", "03-12:supplement-asked"], "late", ["late"]),
        (["03-02:applied", "03-09:supplement-asked"], "met", []),  # received in time, so sent in time
        (["03-02:applied", "03-12:supplement-asked"], "unrecorded", ["sending_unrecorded"]),
        (["03-02:applied", "03-09:supplement-sent"], "met", []),
    ],
)
def test_the_notice_to_supplement_is_in_time_by_the_day_it_was_sent(
    events: list[str], state: str, findings: list[str]
) -> None:
    found = run("reconsideration", *events)
    acceptance = found.deadline("acceptance")
    assert acceptance is not None
    assert acceptance.state == state
    assert [one.code for one in found.findings] == findings


def test_the_applicants_ten_days_run_from_its_receipt_of_the_notice() -> None:
    found = run("reconsideration", "03-02:applied", "03-05:supplement-sent", "03-09:supplement-asked")
    supplement = found.deadline("supplement")
    assert supplement is not None
    assert supplement.due is not None
    assert supplement.due.date == D("2026-03-23")
    sent_alone = run("reconsideration", "03-02:applied", "03-05:supplement-sent", as_of="04-20")
    assert sent_alone.deadline("supplement") is None
    assert not any(one.code == "deemed_accepted" for one in sent_alone.findings)
