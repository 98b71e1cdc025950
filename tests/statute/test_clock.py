"""The clock of a request: tables a lawyer can read (REG.30 to REG.35, FEE.6; LAW.md 1.6 and 4)."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.statute.calendar import national
from gongkai.statute.clock import Clock, State, clock, event, explanation, parse_event, receipt
from gongkai.statute.clock.events import EventKind
from gongkai.statute.errors import ClockError

CALENDAR = national()


def run(*events: str, as_of: str | None = None) -> Clock:
    day = dt.date.fromisoformat(as_of) if as_of else None
    return clock([parse_event(text) for text in events], CALENDAR, as_of=day)


def due(*events: str, as_of: str | None = None) -> str:
    found = run(*events, as_of=as_of).due
    return str(found.date) if found else "-"


def codes(*events: str, as_of: str | None = None) -> list[str]:
    return [finding.code for finding in run(*events, as_of=as_of).findings]


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        ("2024-12-30", "2025-01-27"),
        ("2025-01-20", "2025-02-21"),
        ("2025-04-25", "2025-05-27"),
        ("2025-09-26", "2025-10-30"),
        ("2026-02-10", "2026-03-16"),
        ("2026-02-14", "2026-03-20"),  # a make-up Saturday
        ("2026-02-15", "2026-03-20"),  # a holiday
        ("2026-09-18", "2026-10-22"),
        ("2026-11-20", "2026-12-18"),
        ("2026-11-21", "2026-12-18"),
    ],
)
def test_twenty_working_days_from_the_day_after_receipt(received: str, last_day: str) -> None:
    assert due(f"{received}:received") == last_day


@pytest.mark.parametrize(
    ("what", "events", "last_day"),
    [
        ("extended", ["10-29:extension-approved", "10-29:extension-notified"], "2025-11-27"),
        ("extended by five", ["10-29:extension-approved:5", "10-29:extension-notified"], "2025-11-06"),
        ("extended on the last day", ["10-30:extension-approved", "10-30:extension-notified"], "2025-11-27"),
        ("supplemented", ["09-29:supplement-asked", "10-13:supplement-received"], "2025-11-10"),
        ("third party, 7 days", ["10-10:third-party-asked", "10-20:third-party-answered"], "2025-11-10"),
        (
            "third party silent: 15 days from its receipt",
            ["10-10:third-party-asked", "10-13:third-party-reached", "11-04:third-party-lapsed"],
            "2025-11-24",
        ),
        (
            "two third parties at once: the union",
            [
                "10-10:third-party-asked:甲",
                "10-13:third-party-asked:乙",
                "10-15:third-party-answered:甲",
                "10-20:third-party-answered:乙",
            ],
            "2025-11-10",
        ),
        (
            "co-making organ silent: consent",
            ["10-10:co-maker-asked", "11-03:co-maker-silent"],
            "2025-11-20",
        ),
        ("other organ", ["10-10:organ-asked", "10-14:organ-answered"], "2025-11-04"),
        (
            "asked and answered the same day",
            ["10-10:third-party-asked", "10-10:third-party-answered"],
            "2025-10-30",
        ),
        ("later date", ["10-20:later-date-agreed:2025-12-31"], "2025-12-31"),
        ("later date that is earlier", ["10-20:later-date-agreed:2025-10-21"], "2025-10-30"),
        ("fee paid", ["10-20:fee-notified", "11-03:fee-paid"], "2025-12-01"),
        (
            "asked before the supplement, answered after it: what lies behind the supplement is excluded",
            [
                "09-28:third-party-asked",
                "09-29:supplement-asked",
                "10-13:supplement-received",
                "10-15:third-party-answered",
            ],
            "2025-11-12",
        ),
    ],
)
def test_what_moves_the_due_date_of_a_request_received_on_26_september(
    what: str, events: list[str], last_day: str
) -> None:
    year = [f"2025-{text}" for text in events]
    assert due("2025-09-26:received", *year) == last_day, what


@pytest.mark.parametrize(
    ("events", "code", "rule", "last_day"),
    [
        (["10-14:supplement-asked"], "supplement_notice_late", "REG.30", "-"),
        (
            ["09-29:supplement-asked", "09-30:supplement-received", "10-09:supplement-asked"],
            "supplement_asked_twice",
            "REG.30",
            "2025-11-04",
        ),
        (["11-03:supplement-asked"], "supplement_notice_late", "REG.30", "2025-10-30"),
        (["10-09:supplement-received"], "supplement_unasked", "REG.30", "2025-10-30"),
        (["09-29:supplement-asked:2025-10-20", "10-20:supplement-lapsed"], "lapse_too_early", "REG.30", "-"),
        (["10-20:supplement-lapsed"], "lapse_without_notice", "REG.30", "2025-10-30"),
        (
            ["10-31:extension-approved", "10-31:extension-notified"],
            "extension_after_limit",
            "REG.33.2",
            "2025-10-30",
        ),
        (["10-20:extension-notified"], "extension_unapproved", "REG.33.2", "2025-10-30"),
        (
            [
                "10-20:extension-approved",
                "10-20:extension-notified",
                "11-20:extension-approved",
                "11-20:extension-notified",
            ],
            "extended_twice",
            "REG.33.2",
            "2025-11-27",
        ),
        (
            ["10-20:extension-approved:30", "10-20:extension-notified"],
            "extension_too_long",
            "REG.33.2",
            "2025-11-27",
        ),
        (["10-31:third-party-asked"], "consulted_after_limit", "REG.32", "2025-10-30"),
        (["10-30:third-party-asked"], "consulted_on_last_day", "REG.32", "2025-10-30"),
        (["10-20:third-party-answered"], "answer_without_letter", "REG.32", "2025-10-30"),
        (
            ["10-10:third-party-asked", "10-20:third-party-lapsed"],
            "silence_too_early",
            "REG.32",
            "2025-11-10",
        ),
        (["10-10:co-maker-asked", "10-20:co-maker-silent"], "silence_too_early", "REG.34", "2025-11-10"),
        (
            ["10-10:third-party-asked", "10-10:third-party-reached", "11-14:third-party-answered"],
            "answer_late",
            "REG.32",
            "2025-11-20",
        ),
        (
            ["10-10:third-party-asked", "11-14:third-party-answered"],
            "letter_receipt_unrecorded",
            "REG.32",
            "2025-11-20",
        ),
        (["10-20:fee-notified", "12-01:fee-lapsed"], "fee_receipt_unrecorded", "FEE.6", "-"),
        (["10-20:fee-reached"], "fee_reached_without_notice", "FEE.6", "2025-10-30"),
        (
            ["10-10:third-party-asked", "10-11:third-party-asked", "10-20:third-party-answered"],
            "consulted_again",
            "REG.32",
            "2025-11-10",
        ),
        (["10-31:fee-notified"], "fee_notice_after_limit", "FEE.6", "2025-10-30"),
        (["10-20:fee-paid"], "paid_without_notice", "FEE.6", "2025-10-30"),
        (["10-20:fee-notified", "10-30:fee-lapsed"], "payment_lapse_too_early", "FEE.6", "-"),
        (["10-31:later-date-agreed:2025-12-01"], "later_date_after_limit", "REG.35", "2025-10-30"),
        (["09-25:third-party-asked"], "before_receipt", "REG.31", "2025-10-30"),
        (["09-28:received"], "received_twice", "REG.31", "2025-10-30"),
        (
            ["10-20:decided", "10-20:served", "10-21:extension-notified"],
            "after_close",
            "REG.33.2",
            "2025-10-30",
        ),
        (["11-03:decided", "11-03:served"], "served_late", "REG.33.2", "2025-10-30"),
        (["10-20:decided", "10-20:served:courier"], "served_by_courier", "V-235", "2025-10-30"),
    ],
)
def test_what_the_law_does_not_allow_is_a_finding_with_its_article(
    events: list[str], code: str, rule: str, last_day: str
) -> None:
    found = run("2025-09-26:received", *[f"2025-{text}" for text in events])
    assert (code, rule) in [(finding.code, finding.rule) for finding in found.findings]
    assert (str(found.due.date) if found.due else "-") == last_day


@pytest.mark.parametrize(
    ("events", "as_of", "state"),
    [
        ([], "2025-10-30", State.RUNNING),
        ([], "2025-10-31", State.OVERDUE),
        (["10-10:third-party-asked"], "2025-10-30", State.CONSULTING),
        (["10-10:third-party-asked"], "2025-10-31", State.RUNNING),
        (["10-10:third-party-asked"], "2025-11-21", State.OVERDUE),
        (["09-29:supplement-asked"], "2025-12-31", State.AWAITING_SUPPLEMENT),
        (["09-29:supplement-asked:2025-10-15", "10-16:supplement-lapsed"], "2025-12-31", State.ABANDONED),
        (["10-20:fee-notified"], "2025-11-01", State.AWAITING_PAYMENT),
        (["10-20:fee-notified", "11-18:fee-lapsed"], "2025-12-01", State.ABANDONED),
        (["10-20:withdrawn"], "2025-12-01", State.WITHDRAWN),
        (["10-20:decided"], "2025-10-21", State.DECIDED),
        (["10-20:decided", "10-21:served"], "2025-12-01", State.SERVED),
        (["10-20:decided", "10-21:served"], "2025-10-20", State.DECIDED),  # as it was known then
    ],
)
def test_where_a_request_stands(events: list[str], as_of: str, state: State) -> None:
    assert run("2025-09-26:received", *[f"2025-{text}" for text in events], as_of=as_of).state is state


def test_days_used_and_left_are_those_of_the_period() -> None:
    found = run(
        "2025-09-26:received",
        "2025-10-10:third-party-asked",
        "2025-10-10:third-party-reached",
        as_of="2025-10-20",
    )
    assert (found.used, found.left, found.limit) == (5, 15, 20)
    assert found.due is not None
    assert str(found.due.date) == "2025-11-10"  # if the opinion came today
    assert found.due_at_latest is not None
    assert str(found.due_at_latest.date) == "2025-11-20"  # if it never comes
    overdue = run("2025-09-26:received", as_of="2025-11-03")
    assert (overdue.used, overdue.left) == (22, -2)


def test_a_reply_is_in_time_on_the_last_day_and_late_on_the_next() -> None:
    assert run("2025-09-26:received", "2025-10-30:served:mail").in_time is True
    assert run("2025-09-26:received", "2025-10-31:served:mail").in_time is False
    assert run("2025-09-26:received").in_time is None


def test_the_intervals_add_up_to_the_days_used() -> None:
    found = run(
        "2025-09-26:received",
        "2025-10-10:third-party-asked",
        "2025-10-20:third-party-answered",
        as_of="2025-10-28",
    )
    assert [(i.kind, str(i.after), str(i.until), i.days) for i in found.intervals] == [
        ("counted", "2025-09-26", "2025-10-10", 5),
        ("excluded", "2025-10-10", "2025-10-20", 7),
        ("counted", "2025-10-20", "2025-10-28", 6),
    ]
    assert found.used == 11


def test_a_due_date_past_the_published_calendar_is_provisional_and_says_so() -> None:
    found = run("2026-12-04:received")
    assert found.provisional
    assert "暂定" in explanation(found)[-1].zh
    assert "provisional" in explanation(found)[-1].en


def test_every_line_of_the_explanation_cites_its_article_in_both_languages() -> None:
    found = run(
        "2025-09-26:received",
        "2025-09-29:supplement-asked:2025-10-15",
        "2025-10-13:supplement-received",
        "2025-10-14:third-party-asked:甲",
        "2025-10-15:third-party-reached:甲",
        "2025-10-20:third-party-answered:甲",
        "2025-10-28:extension-approved",
        "2025-10-29:extension-notified",
        "2025-11-20:decided",
        "2025-11-21:served:mail",
    )
    lines = explanation(found)
    assert len(lines) == 11  # no holiday lies behind the supplement
    assert all(line.zh.endswith("〕") and line.en.endswith("]") for line in lines)
    assert "2025年10月13日（周一）收到补正后的申请，答复期限自此重新起算" in lines[2].zh
    assert "《政府信息公开条例》第三十条" in lines[2].zh
    assert "5个工作日不计入答复期限" not in lines[2].zh
    assert "自2025年10月14日（周二）次日起至2025年10月20日（周一）止，4个工作日不计入答复期限" in lines[5].zh


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025-02-30:received", "clock_bad_day"),
        ("2025-9-26:received", "clock_bad_day"),
        ("26.09.2025:received", "clock_bad_day"),
        (":received", "clock_bad_day"),
        ("2025-09-26:recieved", "clock_unknown_event"),
        ("2025-09-26", "clock_unknown_event"),
        ("2025-09-26:later-date-agreed", "clock_until_missing"),
        ("2025-09-26:later-date-agreed:2025-09-01", "clock_until_before_event"),
        ("2025-09-26:extension-approved:0", "clock_bad_days"),
        ("2025-09-26:extension-approved:99999", "clock_bad_days"),
    ],
)
def test_an_event_that_cannot_be_read_is_told_with_its_place(text: str, code: str) -> None:
    with pytest.raises(ClockError) as caught:
        parse_event(text)
    assert caught.value.code == code
    assert caught.value.zh
    assert caught.value.en


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([], "clock_no_receipt"),
        (["2025-09-26:decided"], "clock_no_receipt"),
        (["2019-05-14:received"], "clock_before_regulation"),
    ],
)
def test_no_clock_without_a_receipt_under_the_regulation(events: list[str], code: str) -> None:
    with pytest.raises(ClockError) as caught:
        run(*events)
    assert caught.value.code == code


def test_a_moment_or_a_text_is_no_day() -> None:
    with pytest.raises(ClockError):
        event("received", dt.datetime(2025, 9, 26, 12))
    with pytest.raises(ClockError):
        event("received", "2025-09-26")  # type: ignore[arg-type]
    with pytest.raises(ClockError):
        clock([("received", dt.date(2025, 9, 26))], CALENDAR)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("channel", "arrived", "confirmed", "received", "faults"),
    [
        ("in-person", "2025-09-26", None, "2025-09-26", 0),
        ("signed-post", "2025-09-26", None, "2025-09-26", 0),
        ("ordinary-post", "2025-09-26", "2025-09-26", "2025-09-26", 0),
        ("ordinary-post", "2025-09-26", "2025-09-28", "2025-09-28", 1),
        ("ordinary-post", "2025-09-26", None, None, 1),
        ("online", "2025-09-26", "2025-09-28", "2025-09-28", 0),
        ("fax", "2025-09-26", None, None, 1),
    ],
)
def test_the_day_of_receipt_by_channel(
    channel: str, arrived: str, confirmed: str | None, received: str | None, faults: int
) -> None:
    day = dt.date.fromisoformat(confirmed) if confirmed else None
    found = receipt(channel, dt.date.fromisoformat(arrived), day)
    assert (str(found.on) if found.on else None) == received
    assert len(found.faults) == faults
    assert "第三十一条" in found.zh


def test_every_kind_of_event_has_words_and_does_something() -> None:
    for kind in EventKind:
        assert kind.zh
        assert kind.en
        text = f"2025-10-10:{kind.value}:2025-12-31"
        found = run("2025-09-26:received", text)
        assert any(step.event.kind is kind for step in found.steps)
        assert explanation(found)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("third_party_asked", EventKind.THIRD_PARTY_ASKED),
        ("Third-Party-Asked", EventKind.THIRD_PARTY_ASKED),
        ("co-making-organ-silent", EventKind.CO_MAKER_SILENT),
        ("fee-notice", EventKind.FEE_NOTIFIED),
        ("发出补正通知", EventKind.SUPPLEMENT_ASKED),
        ("告知申请人延期答复", EventKind.EXTENSION_NOTIFIED),
    ],
)
def test_an_event_may_be_named_in_chinese_and_with_underscores(name: str, kind: EventKind) -> None:
    assert parse_event(f"2025-10-10:{name}").kind is kind


def test_a_clock_brings_its_explanation() -> None:
    found = run("2025-09-26:received")
    assert found.explanation == explanation(found)


def test_a_reply_while_a_supplement_or_a_payment_is_awaited_is_not_late() -> None:
    for notice in ("supplement-asked:2025-04-30", "fee-notified"):
        found = run(
            "2025-03-03:received", f"2025-03-05:{notice}", "2025-04-10:decided", "2025-04-11:served:mail"
        )
        assert found.in_time is True, notice
        assert found.findings == (), notice


def test_a_letter_from_before_the_receipt_moves_nothing() -> None:
    found = run("2025-03-03:received", "2025-02-28:third-party-asked:甲", as_of="2025-03-25")
    assert [finding.code for finding in found.findings] == ["before_receipt"]
    assert found.due is not None
    assert str(found.due.date) == "2025-03-31"


def test_a_consultation_while_a_supplement_is_awaited_pauses_from_the_new_beginning() -> None:
    found = run(
        "2025-03-03:received",
        "2025-03-05:supplement-asked:2025-05-10",
        "2025-04-15:third-party-asked:甲",
        "2025-04-20:supplement-received",
        as_of="2025-04-25",
    )
    assert found.findings == ()
    assert found.state is State.CONSULTING
    assert found.used == 0


def test_a_letter_sent_on_the_last_day_does_not_make_the_request_wait() -> None:
    found = run("2025-03-03:received", "2025-03-31:third-party-asked:甲", as_of="2025-04-01")
    assert found.state is State.OVERDUE


def test_how_long_may_be_waited_is_said_only_where_the_law_and_the_record_tell_it() -> None:
    open_end = run("2025-03-03:received", "2025-03-05:organ-asked:甲", as_of="2025-03-25")
    assert open_end.due_at_latest is None
    unknown = run("2025-03-03:received", "2025-03-05:third-party-asked:甲", as_of="2025-03-10")
    assert unknown.due_at_latest is None
    assert "不能确定" in unknown.explanation[-1].zh
    known = run(
        "2025-03-03:received",
        "2025-03-05:third-party-asked:甲",
        "2025-03-07:third-party-reached:甲",
        as_of="2025-03-10",
    )
    assert known.due_at_latest is not None
    assert "如于2025年3月10日（周一）收到意见" in known.explanation[-2].zh


def test_a_period_given_to_the_requester_that_is_over_is_pointed_out() -> None:
    asked = run("2025-03-03:received", "2025-03-05:supplement-asked:2025-03-20", as_of="2025-05-25")
    assert [finding.code for finding in asked.findings] == ["supplement_period_over"]
    charged = run("2025-03-03:received", "2025-03-05:fee-notified", as_of="2025-05-25")
    assert [finding.code for finding in charged.findings] == ["payment_period_over"]


def test_a_clock_is_not_asked_for_before_it_began() -> None:
    with pytest.raises(ClockError) as caught:
        run("2025-03-03:received", as_of="2025-03-02")
    assert caught.value.code == "clock_as_of_before_receipt"


def test_full_width_colons_are_colons() -> None:
    assert parse_event("2025-10-10：supplement-asked").kind is EventKind.SUPPLEMENT_ASKED


def test_a_second_letter_after_the_period_leaves_the_first_one_as_it_was() -> None:
    first = ["2024-12-13:received", "2024-12-22:third-party-asked"]
    again = [*first, "2025-04-01:third-party-asked"]
    assert due(*again, as_of="2025-04-12") == due(*first, as_of="2025-04-12")


def test_of_a_step_not_taken_nothing_is_said_as_though_it_had_been() -> None:
    (late,) = run("2025-09-26:received", "2025-10-14:supplement-asked").findings
    assert "实际为 2025-10-14，程序违法" in late.zh
    assert late.ahead_zh == (
        "补正通知应自收到申请之日起7个工作日内发出，期限已于 2025-10-13 届满，不能再要求补正。"
    )
    assert "2025-10-14" not in late.ahead_zh + late.ahead_en
    (early,) = run("2025-09-26:received", "2025-09-25:third-party-asked").findings
    assert (early.ahead_zh, early.ahead_en) == (early.zh, early.en)


def test_asking_a_third_party_late_excludes_nothing_and_is_no_wrong_of_its_own() -> None:
    found = run("2025-09-26:received", "2025-10-31:third-party-asked").findings
    assert [(one.code, one.severity) for one in found] == [("consulted_after_limit", "warning")]


def test_what_was_decided_on_a_day_can_be_withdrawn_on_it() -> None:
    found = run("2025-09-26:received", "2025-10-20:withdrawn", "2025-10-20:decided")
    assert (found.state.value, found.findings) == ("withdrawn", ())
