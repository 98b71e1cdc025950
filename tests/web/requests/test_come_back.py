"""A letter that came back is seen and led to its next sending; what is to be done stands in the list once;
the log says what was done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.conftest import page, words
from tests.web.platform import House
from tests.web.requests.asking import DAY, at
from tests.web.requests.journeys import Course, office_of
from tests.web.working import browser, fill

from gongkai.statute.clock import EventKind
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.deciding import decide_step, draft_decision, submit_decision
from gongkai.web.requests.actions.receiving import assign
from gongkai.web.requests.actions.serving import letter_returned
from gongkai.web.requests.models import Service, Stands

pytestmark = pytest.mark.django_db
LATER, BACK, AFTER = dt.date(2025, 10, 14), dt.date(2025, 10, 20), dt.date(2025, 10, 21)
MOST_QUERIES = 15
GIVEN = {"information": "分配方案（附件1）"}


def come_back(town: House) -> Course:
    """A case whose reply came back."""
    office_of(town)
    course = Course.received(town, DAY)
    decision = course.decided("OPEN-2", LATER, basis="given", words={"finding": "该信息可以公开。"})
    letter = course.letter("reply", LATER, decision=decision, given=GIVEN)
    back(course, course.sent(letter, LATER))
    return course


def back(course: Course, service: Service) -> None:
    with at(BACK):
        letter_returned(by=course.house[Role.CLERK], service=service, on=BACK, reason="查无此人")
    course.now()


def of(course: Course, rest: str = "") -> str:
    return f"/work/requests/{course.case.pk}/{rest}"


def buttons(answer: Any) -> dict[str, str]:
    return {one.text(strip=True): one.attributes["href"] for one in page(answer).css(".next-steps a")}


def test_the_page_of_the_case_leads_to_the_next_sending(town: House) -> None:
    course = come_back(town)
    letter = course.case.letters.get()
    with at(AFTER):
        client = browser(town[Role.CLERK])
        answer = client.get(of(course))
        assert buttons(answer)["再次送达：答复书"] == of(course, f"letters/{letter.pk}/send/")
        text = words(answer)
        assert "答复书退回待再送达" in text
        assert "首次交邮之日仍然有效" in text
        # The law's view of the clock is what it was: the reply is served on the day it was posted.
        assert (course.case.stands, course.case.closed_on, course.case.in_time) == (
            Stands.SERVED,
            LATER,
            True,
        )
        told = fill(
            client,
            of(course, f"letters/{letter.pk}/send/"),
            way="mail",
            on="2025-10-21",
            tracking_number="XA2",
        )
        assert told.status_code == 302, words(told)
        answer = client.get(of(course))
        assert "再次送达：答复书" not in buttons(answer)
        assert "退回待再送达" not in words(answer)
    course.now()
    assert (course.case.stands, course.case.closed_on) == (Stands.SERVED, LATER)


def test_who_only_reads_is_told_and_sends_nothing(town: House) -> None:
    course = come_back(town)
    with at(AFTER):
        answer = browser(town[Role.LEADER]).get(of(course))
    assert "退回待再送达" in words(answer)
    assert "再次送达：答复书" not in buttons(answer)


def test_it_waits_for_who_handles_the_case_until_it_is_sent_again(town: House) -> None:
    course = come_back(town)
    assign(by=town[Role.DISCLOSURE_OFFICE], case=course.case, unit=town.affairs, handler=town[Role.CLERK])
    with at(AFTER):
        for role in (Role.CLERK, Role.DISCLOSURE_OFFICE):
            client = browser(town[role])
            waiting = words(client.get("/work/"))
            assert "再次送达：答复书" in waiting, role
            assert "2025-10-20 退回，待再送达" in waiting
            listed = words(client.get("/work/requests/"))
            assert course.case.number in listed
            assert "文书退回待再送达" in listed
        assert "再次送达" not in words(browser(town[Role.AUDITOR]).get("/work/"))
        course.sent(course.case.letters.get(), AFTER)
        client = browser(town[Role.CLERK])
        assert "再次送达" not in words(client.get("/work/"))
        assert course.case.number not in words(client.get("/work/requests/"))


def test_a_letter_nobody_needs_any_more_is_not_sent_again(town: House) -> None:
    office_of(town)
    course = Course.received(town, DAY)
    assign(by=town[Role.DISCLOSURE_OFFICE], case=course.case, unit=town.affairs)
    party = course.party("third-party", "虚构养护公司", LATER)
    letter = course.letter("third-party-consultation", LATER, party=party, given={"until": "2025-11-05"})
    back(course, course.sent(letter, LATER))
    with at(BACK):
        client = browser(town[Role.CLERK])
        assert "再次送达：征求意见书（第三方）" in buttons(client.get(of(course)))
        assert "再次送达：征求意见书（第三方）" in words(client.get("/work/"))
        # The case stands there with it, once.
        assert words(client.get("/work/")).count(course.case.number) == 1
    course.said(party, "consented", BACK)
    with at(BACK):
        client = browser(town[Role.CLERK])
        assert "再次送达" not in words(client.get(of(course)))
        assert "再次送达" not in words(client.get("/work/"))


def test_a_decision_that_waits_for_its_approval_stands_in_the_list_once(town: House) -> None:
    course = Course.received(town, DAY)
    assign(by=town[Role.DISCLOSURE_OFFICE], case=course.case, unit=town.affairs)
    with at(LATER):
        clerk = town[Role.CLERK]
        made = draft_decision(
            by=clerk, case=course.now(), outcome_code="OPEN-1", words={"finding": "已公开。"}
        )
        made = draft_decision(
            by=clerk,
            case=course.now(),
            outcome_code="OPEN-2",
            basis="given",
            words={"finding": "该信息可以公开。"},
        )
        submit_decision(by=clerk, decision=made)
        answer = browser(town[Role.UNIT_HEAD]).get("/work/")
        assert words(answer).count(course.case.number) == 1
        assert "审批决定" in words(answer)
        # Nothing is asked of the clerk: there it stands as the case that it is.
        assert "审批决定" not in words(browser(clerk).get("/work/"))
        assert words(browser(clerk).get("/work/")).count(course.case.number) == 1
    with at(dt.date(2025, 11, 3)):  # the approval was due after the case itself
        late = page(browser(town[Role.UNIT_HEAD]).get("/work/"))
        assert "逾期" in next(one.text() for one in late.css("li.task") if course.case.number in one.text())


def test_the_log_says_which_step_which_letter_and_which_result(
    town: House, django_assert_max_num_queries: Any
) -> None:
    office_of(town)
    course = Course.received(town, DAY)
    party = course.party("third-party", "虚构养护公司", DAY)
    asking = course.letter("third-party-consultation", DAY, party=party, given={"until": "2025-10-27"})
    course.arrived(course.sent(asking, DAY), dt.date(2025, 9, 28))
    course.said(party, "consented", dt.date(2025, 9, 29))
    with at(LATER):
        clerk = town[Role.CLERK]
        made = draft_decision(
            by=clerk,
            case=course.now(),
            outcome_code="OPEN-2",
            basis="given",
            words={"finding": "该信息可以公开。"},
        )
        approval = submit_decision(by=clerk, decision=made)
        decide_step(by=town[Role.UNIT_HEAD], approval=approval, passes=False, reason="请补充理由")
    mended = {"finding": "该信息可以公开，全部提供。"}
    decision = course.decided("OPEN-2", LATER, basis="given", words=mended)
    reply = course.letter("reply", LATER, decision=decision, given=GIVEN)
    back(course, course.sent(reply, LATER))
    with at(AFTER):
        client = browser(town[Role.AUDITOR])
        client.get(of(course, "log/"))
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(of(course, "log/"))
    told = words(answer)
    for line in (
        "办理申请：书面征求第三方意见（2025-09-26）",
        "办理申请：第三方收到征求意见书（2025-09-28）",
        "办理申请：第三方答复（2025-09-29）",
        "审批决定：科室负责人审核，退回",
        "审批决定：科室负责人审核，通过",
        "签发文书：答复书",
        "送出，邮政寄送（2025-10-14）",
        "对方签收（2025-09-28）",
        "退回（2025-10-20）",
        "记录征求的意见：第三方1，同意",
    ):
        assert line in told, (line, told)
    assert "办理申请 " not in told


def test_an_extension_notice_that_came_back_is_sent_again_and_extends_once(town: House) -> None:
    office_of(town)
    course = Course.received(town, DAY)
    course.did(EventKind.EXTENSION_APPROVED, LATER)
    letter = course.letter(
        "extension-notice", LATER, given={"until": "2025-11-27", "reasons": "需要查找档案"}
    )
    back(course, course.sent(letter, LATER))
    with at(BACK):
        answer = browser(town[Role.DISCLOSURE_OFFICE]).get(of(course))
    assert "再次送达：延期答复告知书" in buttons(answer)
    assert "告知申请人延期答复" not in buttons(answer)
    course.sent(letter, BACK)
    assert course.case.due_on == dt.date(2025, 11, 27)
    assert course.case.events.filter(kind="extension-notified", voided_at=None).count() == 1
