"""Letters out of a case: from the record, held against the law, fixed once issued, and moving the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.platform import House
from tests.web.requests.asking import NAME, at, received
from tests.web.requests.journeys import office_of, words_of
from tests.web.requests.test_deciding import decided

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, take_opinion
from gongkai.web.requests.actions.lettering import (
    draft_letter,
    findings_of,
    issue_letter,
    keep_template,
    read_letter,
)
from gongkai.web.requests.actions.serving import letter_arrived, letter_returned, send_letter
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.models import Case, Letter, Office, Stands
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
LATER = dt.date(2025, 10, 14)


@pytest.fixture
def office(town: House) -> Office:
    return office_of(town)


def issued(house: House, case: Case, kind: str, on: dt.date, **facts: Any) -> Letter:
    with at(on):
        letter = draft_letter(by=house[Role.CLERK], case=case, kind=kind, **facts)
        return issue_letter(by=house[Role.DISCLOSURE_OFFICE], letter=letter)


def test_the_reply_says_what_the_law_asks_and_is_served_in_time(town: House, office: Office) -> None:
    case = received(town, DAY)
    decision = decided(town, case, words={"finding": "该信息可以公开。"})
    case.refresh_from_db()
    letter = issued(town, case, "reply", LATER, decision=decision, given={"information": "分配方案（附件1）"})
    text = words_of(letter)
    assert letter.number == "北政公开告〔2025〕1号"
    for part in (
        letter.number,
        NAME,
        "2025年9月26日",
        "养护资金",
        "第三十六条第二项",
        "虚构区人民政府",
        "2025年10月14日",
    ):
        assert part in text, part
    assert "六个月内" in text or "6个月内" in text
    with at(LATER):
        send_letter(by=town[Role.CLERK], letter=letter, way="mail", on=LATER, tracking_number="XA0001")
    case.refresh_from_db()
    assert (case.stands, case.in_time, case.closed_on) == (Stands.SERVED, True, LATER)
    assert verify().faults == []


def test_a_reply_before_the_decision_is_made_is_not_issued(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        with pytest.raises(WorkError, match="先拟写决定"):
            draft_letter(by=town[Role.CLERK], case=case, kind="reply")
        from gongkai.web.requests.actions.deciding import draft_decision

        draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        letter = draft_letter(
            by=town[Role.CLERK],
            case=case,
            kind="reply",
            given={"information": "方案", "finding": "可以公开。"},
        )
        with pytest.raises(WorkError, match="审批"):
            issue_letter(by=town[Role.CLERK], letter=letter)


def test_a_letter_that_lacks_what_the_law_asks_is_refused(town: House, office: Office) -> None:
    case = received(town, DAY)
    decision = decided(town, case, words={"finding": "该信息可以公开。"})
    with at(LATER):
        letter = draft_letter(
            by=town[Role.CLERK],
            case=case,
            kind="reply",
            decision=decision,
            given={"information": "方案"},
            paragraphs=["方案见附件。"],
        )
        assert {one.severity for one in findings_of(letter)} >= {"error"}
        with pytest.raises(Invalid) as refused:
            issue_letter(by=town[Role.CLERK], letter=letter)
    assert any("救济" in one.zh for one in refused.value.faults)


def test_a_notice_to_supplement_starts_the_wait_on_the_day_it_is_sent(town: House, office: Office) -> None:
    case = received(town, DAY)
    given = {"points": "请写明所需方案的年度", "until": "2025-10-24", "unclear_point": "未写明年度。"}
    letter = issued(town, case, "supplement-notice", dt.date(2025, 9, 29), given=given)
    case.refresh_from_db()
    assert case.stands == Stands.RUNNING
    with at(dt.date(2025, 9, 30)):
        send_letter(by=town[Role.CLERK], letter=letter, way="direct", on=dt.date(2025, 9, 30))
    case.refresh_from_db()
    assert (case.stands, case.waits_until) == (Stands.AWAITING_SUPPLEMENT, dt.date(2025, 10, 24))
    assert "复议" not in words_of(letter)


def test_a_consultation_stops_the_clock_from_sending_to_the_opinion(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(dt.date(2025, 9, 29)):
        party = add_party(by=town[Role.CLERK], case=case, kind="third-party", name="虚构养护公司")
    letter = issued(town, case, "third-party-consultation", dt.date(2025, 9, 29), party=party)
    assert NAME not in words_of(letter)
    assert "虚构养护公司" in words_of(letter)
    with at(dt.date(2025, 9, 29)):
        service = send_letter(
            by=town[Role.CLERK], letter=letter, way="mail", on=dt.date(2025, 9, 29), tracking_number="XA0002"
        ).service
    with at(dt.date(2025, 10, 9)):
        letter_arrived(by=town[Role.CLERK], service=service, on=dt.date(2025, 10, 9))
    case.refresh_from_db()
    assert case.stands == Stands.CONSULTING
    with at(dt.date(2025, 10, 15)):
        take_opinion(by=town[Role.CLERK], party=party, on=dt.date(2025, 10, 15), opinion="consented")
    case.refresh_from_db()
    assert case.stands == Stands.RUNNING
    assert case.due_on == dt.date(2025, 11, 10)


def test_an_extension_is_approved_told_and_good_once(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        step(by=town[Role.DISCLOSURE_OFFICE], case=case, kind="extension-approved", on=LATER)
    given = {"reasons": "需要检索的档案较多", "until": "2025-11-27"}
    letter = issued(town, case, "extension-notice", LATER, given=given)
    with at(LATER):
        send_letter(by=town[Role.CLERK], letter=letter, way="direct", on=LATER)
    case.refresh_from_db()
    assert case.due_on == dt.date(2025, 11, 27)
    with pytest.raises(Invalid, match="这不是延期"):
        issued(town, case, "extension-notice", LATER, given=given)


def test_what_came_back_is_served_again_and_the_first_posting_stands(town: House, office: Office) -> None:
    case = received(town, DAY)
    decision = decided(town, case, words={"finding": "该信息可以公开。"})
    letter = issued(town, case, "reply", LATER, decision=decision, given={"information": "方案"})
    clerk = town[Role.CLERK]
    with at(LATER):
        service = send_letter(by=clerk, letter=letter, way="mail", on=LATER, tracking_number="XA0003").service
        with pytest.raises(WorkError, match="已经送出"):
            send_letter(by=clerk, letter=letter, way="mail", on=LATER, tracking_number="XA0004")
    with at(dt.date(2025, 10, 20)):
        letter_returned(by=clerk, service=service, on=dt.date(2025, 10, 20), reason="查无此人")
        send_letter(by=clerk, letter=letter, way="direct", on=dt.date(2025, 10, 20))
    case.refresh_from_db()
    assert (case.stands, case.closed_on) == (Stands.SERVED, LATER)
    assert letter.services.count() == 2
    assert verify().faults == []


def test_a_template_changed_later_changes_no_issued_letter(town: House, office: Office) -> None:
    case = received(town, DAY)
    given = {"points": "请写明年度", "until": "2025-10-24"}
    letter = issued(town, case, "supplement-notice", dt.date(2025, 9, 29), given=given)
    before = words_of(letter)
    from gongkai.documents.letters import default_text

    own = default_text("supplement-notice").replace("本机关可以给予指导和释明", "欢迎来电询问")
    keep_template(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, kind="supplement-notice", text=own)
    letter.refresh_from_db()
    assert words_of(letter) == before
    new = received(town, DAY)
    with at(dt.date(2025, 9, 29)):
        other = draft_letter(by=town[Role.CLERK], case=new, kind="supplement-notice", given=given)
    assert other.template_digest != letter.template_digest
    with pytest.raises(WorkError):
        keep_template(
            by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, kind="supplement-notice", text="{没有这一项}"
        )


def test_a_letter_signed_on_paper_bears_its_day_and_the_log_says_why(town: House, office: Office) -> None:
    case = received(town, DAY)
    decision = decided(town, case, words={"finding": "该信息可以公开。"}, on=dt.date(2025, 10, 10))
    case.refresh_from_db()
    clerk = town[Role.CLERK]
    with at(LATER):
        letter = draft_letter(
            by=clerk, case=case, kind="reply", decision=decision, given={"information": "方案"}
        )
        for wrong in (dt.date(2025, 10, 9), dt.date(2025, 10, 15)):
            with pytest.raises(WorkError, match="成文日期应在 2025-10-10"):
                issue_letter(by=clerk, letter=letter, dated=wrong, why="补录")
        with pytest.raises(WorkError, match="理由"):
            issue_letter(by=clerk, letter=letter, dated=dt.date(2025, 10, 11))
        issued_ = issue_letter(by=clerk, letter=letter, dated=dt.date(2025, 10, 11), why="纸质文书已签发")
        assert (issued_.dated, issued_.number) == (dt.date(2025, 10, 11), "北政公开告〔2025〕1号")
        assert "2025年10月11日" in words_of(issued_)
        send_letter(by=clerk, letter=issued_, way="mail", on=dt.date(2025, 10, 11), tracking_number="XA0005")
    entry = Entry.objects.filter(action="requests.letter_issued").get()
    assert entry.why == "纸质文书已签发"
    assert entry.after["dated"] == "2025-10-11"
    assert verify().faults == []


def test_a_letter_of_last_year_takes_a_number_of_last_year(town: House, office: Office) -> None:
    given = {"points": "请写明年度", "until": "2026-02-20"}
    clerk = town[Role.CLERK]
    case = received(town, dt.date(2025, 12, 24))
    with at(dt.date(2026, 1, 6)):
        letter = draft_letter(by=clerk, case=case, kind="supplement-notice", given=given)
        old = issue_letter(by=clerk, letter=letter, dated=dt.date(2025, 12, 30), why="纸质文书已签发")
        new = issued(town, received(town, DAY), "supplement-notice", dt.date(2026, 1, 6), given=given)
    assert (old.number, new.number) == ("北政公开告〔2025〕1号", "北政公开告〔2026〕1号")


def test_a_search_is_told_in_one_sentence_without_who_searched(town: House, office: Office) -> None:
    case = received(town, DAY, name="虚构区北山镇某村村民委员会", requester_kind="other")
    record = "检索范围：档案室、业务系统\n检索关键词：北山镇 养护资金\n检索人：沈范例\n检索时间：2025-10-13"
    words = {"finding": "该信息不存在", "reasons": "当年未安排该项资金", "search_record": record}
    searched = {"search": ["where", "keywords", "who", "when"]}
    decision = decided(town, case, "NONE-1", basis="absent", words=words, facts=searched)
    case.refresh_from_db()
    text = words_of(issued(town, case, "reply", LATER, decision=decision))
    assert (
        "收到你单位提出的政府信息公开申请，申请公开北山镇2025年农村公路养护资金的分配方案。"
        "收到申请后，本机关于2025年10月13日以“北山镇”“养护资金”为关键词检索了档案室、业务系统，"
        "未检索到你单位申请公开的政府信息。当年未安排该项资金。"
        "根据《政府信息公开条例》第三十六条第四项的规定，现告知你单位：该信息不存在。"
    ) in text
    assert "沈范例" not in text


def test_what_was_asked_in_several_lines_stays_apart(town: House, office: Office) -> None:
    case = received(town, DAY, words="1.征地方案\n2.补偿标准")
    with at(LATER):
        letter = draft_letter(
            by=town[Role.CLERK],
            case=case,
            kind="extension-notice",
            given={"reasons": "档案较多", "until": "2025-11-27"},
        )
    text = read_letter(letter, opener_of(case))[0]
    assert text.paragraphs[0].endswith("收到您提出的政府信息公开申请，申请内容为：1.征地方案；2.补偿标准。")


@pytest.mark.parametrize(
    ("name", "you"), [("李虚例", "您"), ("虚构养护公司", "你单位"), ("虚构合作社", "你单位")]
)
def test_a_third_party_is_spoken_to_by_what_it_is(town: House, office: Office, name: str, you: str) -> None:
    case = received(town, DAY)
    with at(LATER):
        party = add_party(by=town[Role.CLERK], case=case, kind="third-party", name=name)
    text = words_of(issued(town, case, "third-party-consultation", LATER, party=party))
    assert f"可能损害{you}的合法权益" in text


def test_letters_are_numbered_without_a_gap_and_drafts_take_none(town: House, office: Office) -> None:
    case = received(town, DAY)
    given = {"points": "请写明年度", "until": "2025-10-24"}
    with at(dt.date(2025, 9, 29)):
        draft_letter(by=town[Role.CLERK], case=case, kind="supplement-notice", given=given)
    numbers = [
        issued(town, received(town, DAY), "supplement-notice", dt.date(2025, 9, 29), given=given).number
        for _ in range(2)
    ]
    assert numbers == ["北政公开告〔2025〕1号", "北政公开告〔2025〕2号"]
