"""Whole journeys: dates, letters as their PDF says them, the row of the annual report, the audit chain."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.web.platform import House
from tests.web.requests.asking import NAME, asked, at, received
from tests.web.requests.journeys import Course, office_of, words_of

from gongkai.statute.clock import EventKind
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.charging import reckon_fee
from gongkai.web.requests.actions.receiving import register
from gongkai.web.requests.actions.stepping import NotLawful
from gongkai.web.requests.models import Office, Stands
from gongkai.web.requests.queries.alike import month_of
from gongkai.web.requests.queries.figures import processing_fees, table3

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 2, 10)  # Tuesday before the Spring Festival: 15 to 23 February off


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def office(town: House) -> Office:
    return office_of(town)


def counted(town: House, year: int, row: str) -> None:
    """One case, in that row and no other; the identities hold; the log holds."""
    rows = table3(town.organ, year)
    assert rows[row]["total"] == 1, {name: one["total"] for name, one in rows.items() if one["total"]}
    assert rows["concluded"]["total"] == 1
    come = rows["received.new"]["total"] + rows["received.carried_in"]["total"]
    assert come == rows["concluded"]["total"] + rows["carried_forward"]["total"]
    assert verify().faults == []


def test_granted_at_once(town: House) -> None:
    case = Course.received(town, SPRING)
    assert case.case.due_on == day("2026-03-16")
    case.decided("OPEN-2", SPRING, basis="given", words={"finding": "该信息可以公开。"})
    text = case.replied(SPRING, "direct", given={"information": "2025年农村公路养护资金分配方案"})
    assert "2026年2月10日" in text
    assert "6个月内" in text or "六个月内" in text
    now = case.now()
    assert (now.stands, now.in_time, now.days_used) == (Stands.SERVED, True, 0)
    counted(town, 2026, "granted")


def test_supplemented_then_granted(town: House) -> None:
    case = Course.received(town, day("2026-02-13"))
    given = {"points": "请写明所需信息的年度", "until": "2026-03-13", "unclear_point": "未写明年度。"}
    notice = case.letter("supplement-notice", day("2026-03-02"), given=given)
    assert "复议" not in words_of(notice)
    case.sent(notice, day("2026-03-02"))  # the seventh working day
    assert case.case.stands == Stands.AWAITING_SUPPLEMENT
    case.did(EventKind.SUPPLEMENT_RECEIVED, day("2026-03-10"))
    assert case.case.due_on == day("2026-04-08")
    case.decided("OPEN-2", day("2026-03-20"), basis="given", words={"finding": "该信息可以公开。"})
    case.replied(day("2026-03-23"), given={"information": "分配方案"})
    assert case.now().in_time
    counted(town, 2026, "granted")


def test_a_third_party_objects_and_the_rest_is_given(town: House) -> None:
    case = Course.received(town, day("2026-03-02"))
    party = case.party("third-party", "虚构养护公司", day("2026-03-04"))
    letter = case.letter("third-party-consultation", day("2026-03-04"), party=party)
    assert NAME not in words_of(letter)
    service = case.sent(letter, day("2026-03-04"))
    case.arrived(service, day("2026-03-06"))
    assert case.case.stands == Stands.CONSULTING
    case.said(party, "objected", day("2026-03-18"), "报价构成属于商业秘密")
    # Ten working days were waited for, 5 to 18 March: they are not counted.
    assert case.case.due_on == day("2026-04-14")
    case.decided(
        "PART",
        day("2026-03-25"),
        basis="exempt",
        facts={"exemptions": ["REG.15"], "separable": True, "reviewed": True},
        words={"finding": "可以区分处理。", "reasons": "报价构成涉及商业秘密，第三方不同意公开。"},
    )
    text = case.replied(
        day("2026-03-26"), given={"information": "分配方案（不含报价构成）", "withheld": "报价构成"}
    )
    for part in ("第三十七条", "第十五条", "虚构区人民政府", "60日"):
        assert part in text, part
    assert "先" in text  # reconsideration comes first
    counted(town, 2026, "partly_granted")


def test_extended_then_refused_with_text_a(town: House) -> None:
    case = Course.received(town, day("2026-03-02"))
    case.did(EventKind.EXTENSION_APPROVED, day("2026-03-26"))
    given = {"reasons": "需要征求意见的材料较多", "until": "2026-04-28"}
    case.sent(case.letter("extension-notice", day("2026-03-27"), given=given), day("2026-03-27"), "direct")
    assert case.case.due_on == day("2026-04-28")
    case.decided(
        "REF-5",
        day("2026-04-20"),
        facts={"exemptions": ["REG.16.1"], "separable": False, "reviewed": True},
        words={"finding": "属于内部事务信息。", "reasons": "该信息为人事管理内部流程，不对外产生影响。"},
    )
    text = case.replied(day("2026-04-21"))
    for part in ("第十六条第一款", "虚构区人民政府", "复议"):
        assert part in text, part
    assert "六个月" not in text
    assert "6个月" not in text
    assert case.now().in_time
    counted(town, 2026, "refused.internal_affairs")


def test_not_held_with_the_record_of_the_search_and_text_b(town: House) -> None:
    case = Course.received(town, day("2026-03-02"))
    case.decided(
        "NONE-1",
        day("2026-03-16"),
        basis="absent",
        facts={"search": ["where", "keywords", "who", "when"]},
        words={
            "finding": "本机关未制作、未保存该信息。",
            "reasons": "经检索未找到。",
            "search_record": "2026年3月12日，虚构经办在档案室和办公系统以“养护资金”检索，无结果",
        },
    )
    text = case.replied(day("2026-03-17"))
    for part in ("第三十六条第四项", "检索", "虚构区人民法院"):
        assert part in text, part
    assert "6个月" in text or "六个月" in text
    counted(town, 2026, "unavailable.not_held")


def test_the_fee_is_not_paid(town: House) -> None:
    for _ in range(10):
        received(town, day("2026-03-02"))
    case = Course.received(town, day("2026-03-03"))
    with at(day("2026-03-10")):
        assert reckon_fee(by=town[Role.CLERK], case=case.now(), basis="item", count=1).amount == 100
    letter = case.letter("fee-notice", day("2026-03-10"), given={"reasons": "本月申请数量超过规定。"})
    service = case.sent(letter, day("2026-03-10"))
    for part in ("国办函〔2020〕109号", "100元", "20个工作日"):
        assert part in words_of(letter), part
    case.arrived(service, day("2026-03-12"))
    assert case.case.stands == Stands.AWAITING_PAYMENT
    with pytest.raises(NotLawful):
        case.did(EventKind.FEE_LAPSED, day("2026-04-10"))
    case.did(EventKind.FEE_LAPSED, day("2026-04-13"))
    assert (case.case.stands, case.case.outcome) == (Stands.ABANDONED, "OTH-2")
    counted(town, 2026, "other.fee_unpaid")
    assert processing_fees(town.organ, 2026)["notices"] == 1


def test_excessive_requests_are_not_processed(town: House) -> None:
    for _ in range(40):
        received(town, day("2026-03-02"))
    case = Course.received(town, day("2026-03-03"))
    assert month_of(case.now()).volume == 41
    asked_why = case.letter(
        "reasons-notice",
        day("2026-03-04"),
        given={"reasons": "本月已收到您41件申请。", "until": "2026-03-20"},
    )
    case.sent(asked_why, day("2026-03-04"))
    case.decided(
        "NOP-4",
        day("2026-03-24"),
        facts={"reasons_held": False},
        words={"finding": "申请数量明显超过合理范围。", "reasons": "未说明合理理由。"},
    )
    case.replied(day("2026-03-24"))
    counted(town, 2026, "not_processed.excessive")


def test_withdrawn_by_the_requester(town: House) -> None:
    case = Course.received(town, day("2026-03-02"))
    case.did(EventKind.WITHDRAWN, day("2026-03-05"))
    assert (case.case.stands, case.case.closed_on) == (Stands.WITHDRAWN, day("2026-03-05"))
    with pytest.raises(NotLawful):
        case.did(EventKind.SUPPLEMENT_ASKED, day("2026-03-06"), until=day("2026-03-20"))
    counted(town, 2026, "other.other")


@pytest.mark.parametrize(
    ("arrived", "due"),
    [("2026-02-14", "2026-03-20"), ("2026-09-30", "2026-11-03"), ("2025-09-30", "2025-11-04")],
)
def test_a_letter_by_post_on_the_eve_of_a_holiday_week(town: House, arrived: str, due: str) -> None:
    with at(day(arrived)):
        case = register(
            by=town[Role.CLERK],
            organ=town.organ,
            asked=asked(),
            channel="signed-post",
            arrived_on=day(arrived),
            post_number="XA00000009",
        ).case
    assert (case.received_on, case.due_on) == (day(arrived), day(due))
