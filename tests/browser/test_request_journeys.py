"""Nine requests from the citizen's first page to the last letter, through the pages alone, each on its days.

The days are those of the notice on holidays of 2026, reckoned by hand: beside each stands how.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.browser.platform_site import Windows
from tests.browser.request_pages import MASKS, Journey, bare, day, journey_of
from tests.web.requests.asking import NAME, received
from tests.web.requests.citizen_asking import WANTED
from tests.web.requests.journeys import ONLINE, pdf_words
from tests.web.requests.work_things import picture

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.models import Stands
from gongkai.web.requests.queries.figures import processing_fees, table3

pytestmark = pytest.mark.django_db(transaction=True)
LAPSED = "逾期不缴费，不再处理"
# What a reply tells of remedies (LAW.md 7.1): where reconsideration comes first, and where it need not.
TEXT_A = (
    "60日内先依法向虚构区人民政府申请行政复议",
    "自收到行政复议决定书之日起15日内依法向虚构区人民法院提起行政诉讼",
)
TEXT_B = (
    "可以自收到本答复书之日起60日内依法向虚构区人民政府申请行政复议",
    "或者自收到本答复书之日起6个月内依法向虚构区人民法院提起行政诉讼",
)


@pytest.fixture
def journey(windows: Windows, platform_server: Any, invented: Any) -> Iterator[Journey]:
    yield journey_of(windows, platform_server, invented.town)
    platform_server.moment = None


def counted(journey: Journey, row: str) -> None:
    """One case of the year, in that row and no other; the identities hold; so does the log."""
    rows = table3(journey.house.organ, 2026)
    results = {name: one["total"] for name, one in rows.items() if one["total"]}
    assert rows[row] == {**rows[row], "natural_person": 1, "total": 1}, results
    assert rows["concluded"]["total"] == 1, results
    come = rows["received.new"]["total"] + rows["received.carried_in"]["total"]
    assert come == rows["concluded"]["total"] + rows["carried_forward"]["total"]
    assert [fault.zh for fault in verify().faults] == []


def is_letter(text: str, number: str, *parts: str) -> None:
    """Its number, its parts, no mask and no sign that no font has."""
    for part in (number, *parts):
        assert bare(part) in text, (part, text)
    assert [one for one in MASKS if one in text] == [], text


def has_no_remedies(text: str) -> None:
    """Letters of procedure cannot be challenged by themselves (LAW.md 7.1)."""
    assert [one for one in ("复议", "诉讼", "起诉") if one in text] == []


def is_served(journey: Journey, on: str, *, used: int) -> None:
    """Served in time that day. `used`: working days after the receipt, without those waited for."""
    case = journey.case
    assert (case.stands, case.closed_on) == (Stands.SERVED, day(on))
    assert (case.in_time, case.days_used) == (True, used)


def test_granted_at_once(journey: Journey) -> None:
    journey.on("2026-02-10").asks()  # Tuesday before the Spring Festival
    case = journey.confirmed()
    # 11 to 14 February (4: Saturday the 14th is worked), 24 to 28 (5: so is the 28th), 2 to 6 March (5),
    # 9 to 13 (5), 16 (1).
    assert (case.received_on, case.due_on) == (day("2026-02-10"), day("2026-03-16"))
    seen = journey.looks()
    assert "2026年3月16日" in seen
    assert "还剩20个工作日" in seen
    plan = picture()
    journey.releases("分配方案.png", "image/png", plan)
    journey.decided("OPEN-2.given", finding="该信息可以公开。", reviewed="yes")
    text = journey.reply(information="2025年农村公路养护资金分配方案", online="on")
    is_letter(text, "北政公开告〔2026〕1号", "2026年2月10日", "第三十六条第二项", *TEXT_B, ONLINE)
    journey.sent("online")
    is_served(journey, "2026-02-10", used=0)
    seen = journey.looks()
    for part in ("已经答复", "北政公开告〔2026〕1号", "送达答复"):
        assert part in seen, part
    assert pdf_words(journey.fetches("政府信息公开申请答复书")) == text
    assert journey.fetches("分配方案.png").read_bytes() == plan
    counted(journey, "granted")


def test_supplemented_then_granted(journey: Journey) -> None:
    journey.on("2026-02-13").asks()
    journey.confirmed()
    journey.on("2026-03-02")  # the seventh working day: 14, 24, 25, 26, 27, 28 February, 2 March
    given = {"points": "请写明所需信息的年度", "until": "2026-03-13", "unclear_point": "未写明年度。"}
    notice = journey.letter("发出补正通知", **given)
    is_letter(notice, "北政公开告〔2026〕1号", NAME, given["points"], "2026年3月13日")
    has_no_remedies(notice)
    journey.sent()
    assert (journey.case.stands, journey.case.due_on) == (Stands.AWAITING_SUPPLEMENT, None)
    journey.on("2026-03-10")
    seen = journey.looks()
    for part in ("需要您补正", given["points"], "视为放弃申请", "2026年3月13日"):
        assert part in seen, part
    seen = journey.supplements("我要的是2025年的分配方案。")
    for part in ("已收到您的补正", "从明天起算", "您补正的内容我要的是2025年的分配方案。"):
        assert part in seen, part
    # 11 to 13 March (3), 16 to 20 (5), 23 to 27 (5), 30 March to 3 April (5), 7 and 8 (2: the 6th is off).
    assert (journey.case.received_on, journey.case.due_on) == (day("2026-02-13"), day("2026-04-08"))
    journey.on("2026-03-20").decided("OPEN-2.given", finding="该信息可以公开。", reviewed="yes")
    text = journey.on("2026-03-23").reply(information="分配方案")
    is_letter(text, "北政公开告〔2026〕2号", "2026年3月23日", *TEXT_B)
    journey.sent()
    is_served(journey, "2026-03-23", used=9)  # 11, 12, 13, 16 to 20, 23 March
    counted(journey, "granted")


def test_a_third_party_objects_and_the_rest_is_given(journey: Journey) -> None:
    journey.on("2026-03-02").asks()
    journey.confirmed()
    asking = journey.on("2026-03-04").asks_party("虚构养护公司")
    is_letter(asking, "北政公开告〔2026〕1号", "虚构养护公司", "15个工作日", WANTED)
    has_no_remedies(asking)
    assert NAME not in asking
    journey.sent()
    journey.on("2026-03-06").arrived("征求意见书（第三方）")
    assert journey.case.stands == Stands.CONSULTING
    seen = journey.looks()
    assert "正在征求意见" in seen
    assert "虚构养护公司" not in seen
    # If nothing is said: 15 working days from 6 March end on the 27th (three weeks); 17 from the 5th on are
    # not counted. After the 30th (see below): 31 to 3 April (4), 7 to 10 (4), 13 to 17 (5), 20 to 23 (4).
    assert "最迟2026年4月23日" in seen
    journey.on("2026-03-18").party_says("objected", "报价构成属于商业秘密")
    # Without the wait 30 March: 3 to 6 (4), 9 to 13 (5), 16 to 20 (5), 23 to 27 (5), 30 (1). Ten working days
    # were waited for, 5 to 18 March: 31 March to 3 April (4), 7 to 10 (4), 13 and 14 (2).
    assert (journey.case.received_on, journey.case.due_on) == (day("2026-03-02"), day("2026-04-14"))
    journey.on("2026-03-25").decided(
        "PART.exempt",
        exemptions="REG.15",
        separable="yes",
        reviewed="yes",
        finding="可以区分处理。",
        reasons="报价构成涉及商业秘密，第三方不同意公开。",
    )
    text = journey.on("2026-03-26").reply(information="分配方案（不含报价构成）", withheld="报价构成")
    is_letter(text, "北政公开告〔2026〕2号", "第三十七条", "第十五条", "报价构成", *TEXT_A)
    assert "6个月" not in text
    journey.sent()
    is_served(journey, "2026-03-26", used=8)  # 3 and 4 March, 19, 20, 23 to 26
    counted(journey, "partly_granted")


def test_extended_then_refused(journey: Journey) -> None:
    journey.on("2026-03-02").asks()
    journey.confirmed()
    journey.on("2026-03-26").steps(Role.DISCLOSURE_OFFICE, "批准延期答复", note="需要核对的材料较多")
    notice = journey.on("2026-03-27").letter("告知申请人延期答复", reasons="需要核对的材料较多")
    # From 30 March (see above) twenty more: 31 March to 3 April (4), 7 to 10 (4), 13 to 17 (5), 20 to 24 (5),
    # 27 and 28 (2).
    is_letter(notice, "北政公开告〔2026〕1号", NAME, "2026年4月28日", "需要核对的材料较多")
    has_no_remedies(notice)
    journey.sent("direct")
    assert (journey.case.received_on, journey.case.due_on) == (day("2026-03-02"), day("2026-04-28"))
    assert "告知延期答复" in journey.looks()
    journey.on("2026-04-20").decided(
        "REF-5",
        exemptions="REG.16.1",
        separable="no",
        finding="属于内部事务信息，不予公开。",
        reasons="该信息为人事管理内部流程，不对外产生影响。",
    )
    text = journey.on("2026-04-21").reply()
    is_letter(text, "北政公开告〔2026〕2号", "第十六条第一款", "该信息为人事管理内部流程", *TEXT_A)
    assert "6个月" not in text
    journey.sent()
    is_served(journey, "2026-04-21", used=35)
    assert "应当先申请行政复议" in journey.looks()
    counted(journey, "refused.internal_affairs")


def test_not_held_with_the_record_of_the_search(journey: Journey) -> None:
    journey.on("2026-03-02").asks()
    case = journey.confirmed()
    assert (case.received_on, case.due_on) == (day("2026-03-02"), day("2026-03-30"))
    journey.on("2026-03-16").decided(
        "NONE-1.absent",
        search_where="档案室、办公系统",
        search_keywords="养护资金",
        search_who="虚构经办",
        search_when="2026年3月12日",
        finding="本机关未制作、未保存该信息。",
        reasons="经检索未找到。",
    )
    text = journey.on("2026-03-17").reply()
    searched = ("检索", "档案室、办公系统", "养护资金", "2026年3月12日")
    is_letter(text, "北政公开告〔2026〕1号", "第三十六条第四项", *searched, *TEXT_B)
    journey.sent()
    is_served(journey, "2026-03-17", used=11)  # 3 to 6 March (4), 9 to 13 (5), 16 and 17 (2)
    counted(journey, "unavailable.not_held")


def test_the_fee_is_not_paid(journey: Journey) -> None:
    for _ in range(10):
        received(journey.house, day("2026-03-02"))
    journey.on("2026-03-03").asks()
    journey.confirmed()
    journey.on("2026-03-10").steps(Role.CLERK, "发出收费通知", "核算费用", basis="item", count="1")
    # The eleventh of the month: 100 yuan (FEE.4).
    notice = journey.issued(journey.desk(Role.CLERK), "收费通知书", reasons="本月申请数量超过规定。")
    is_letter(
        notice, "北政公开告〔2026〕1号", NAME, "国办函〔2020〕109号", "100元", "20个工作日", "非税收入窗口"
    )
    has_no_remedies(notice)
    journey.sent()
    journey.on("2026-03-12").arrived("收费通知书")
    assert (journey.case.stands, journey.case.due_on) == (Stands.AWAITING_PAYMENT, None)
    journey.on("2026-04-10")
    # 13 March (1), 16 to 20 (5), 23 to 27 (5), 30 March to 3 April (5), 7 to 10 (4): the last day to pay.
    seen = journey.looks()
    for part in ("需要您缴费", "100.00元", "2026年4月10日", "非税收入窗口"):
        assert part in seen, (part, seen)
    assert not journey.may(Role.CLERK, LAPSED)
    journey.on("2026-04-13").steps(Role.CLERK, LAPSED)
    case = journey.case
    assert (case.stands, case.outcome, case.closed_on) == (Stands.ABANDONED, "OTH-2", day("2026-04-13"))
    assert "不再处理" in journey.looks()
    counted(journey, "other.fee_unpaid")
    assert processing_fees(journey.house.organ, 2026)["notices"] == 1


def test_excessive_requests_are_not_processed(journey: Journey) -> None:
    for _ in range(40):
        received(journey.house, day("2026-03-02"))
    journey.on("2026-03-03").asks()
    case = journey.confirmed()
    # 4 to 6 March (3), 9 to 13 (5), 16 to 20 (5), 23 to 27 (5), 30 and 31 (2).
    assert (case.received_on, case.due_on) == (day("2026-03-03"), day("2026-03-31"))
    page = journey.on("2026-03-04").at_case(Role.CLERK)
    assert "本月（含本件）共41件" in bare(page.inner_text("main"))
    notice = journey.letter(
        "拟写文书", "说明理由告知书", reasons="本月已收到您41件申请。", until="2026-03-20"
    )
    is_letter(notice, "北政公开告〔2026〕1号", NAME, "本月已收到您41件申请", "2026年3月20日")
    has_no_remedies(notice)
    journey.sent()
    journey.on("2026-03-24").decided(
        "NOP-4",
        reasons_asked="on",
        reasons_held="no",
        finding="申请数量明显超过合理范围，不予处理。",
        reasons="未说明合理理由。",
    )
    text = journey.reply()
    is_letter(text, "北政公开告〔2026〕2号", "第三十五条", "未说明合理理由", *TEXT_B)
    journey.sent()
    is_served(journey, "2026-03-24", used=15)  # 4 to 6 March (3), 9 to 13 (5), 16 to 20 (5), 23 and 24 (2)
    counted(journey, "not_processed.excessive")


def test_withdrawn_by_the_requester(journey: Journey) -> None:
    journey.on("2026-03-02").asks()
    case = journey.confirmed()
    assert (case.received_on, case.due_on) == (day("2026-03-02"), day("2026-03-30"))
    assert "已撤回" in journey.on("2026-03-05").withdraws()
    case = journey.case
    assert (case.stands, case.closed_on) == (Stands.WITHDRAWN, day("2026-03-05"))
    assert not journey.may(Role.CLERK, "拟写决定")
    assert not journey.may(Role.CLERK, "发出补正通知")
    assert not journey.citizen.get_by_role("button", name="撤回申请").count()
    counted(journey, "other.other")


def test_a_letter_by_post_on_the_eve_of_a_holiday_week(journey: Journey) -> None:
    journey.on("2026-09-30")
    journey.counter(channel="signed-post", arrived_on="2026-09-30", post_number="XA00000009")
    case = journey.case
    # 8 to 10 October (3: Saturday the 10th is worked), 12 to 16 (5), 19 to 23 (5), 26 to 30 (5), 2 and 3
    # November (2).
    assert (case.received_on, case.due_on) == (day("2026-09-30"), day("2026-11-03"))
    journey.on("2026-11-02").decided(
        "OPEN-1", finding="该信息已经主动公开。", obtained="北山镇人民政府网站“财政预决算”栏目"
    )
    text = journey.on("2026-11-03").reply(way="网上查阅", route="北山镇人民政府网站“财政预决算”栏目")
    is_letter(text, "北政公开告〔2026〕1号", "2026年9月30日", "第三十六条第一项", "栏目", *TEXT_B)
    journey.sent()
    is_served(journey, "2026-11-03", used=20)  # posted on the last day: in time
    assert "已经答复" in journey.looks()  # with the code of the receipt that was handed over
    counted(journey, "granted")


def test_a_letter_nobody_signed_for_is_received_when_its_sender_is_reached(journey: Journey) -> None:
    journey.on("2026-09-30").counter(channel="ordinary-post", arrived_on="2026-09-30")
    assert journey.case.stands == Stands.UNCONFIRMED
    assert "等待机关确认收到" in journey.looks()
    case = journey.on("2026-10-08").confirmed()
    # 9 and 10 October (2), 12 to 16 (5), 19 to 23 (5), 26 to 30 (5), 2 to 4 November (3).
    assert (case.received_on, case.due_on) == (day("2026-10-08"), day("2026-11-04"))
