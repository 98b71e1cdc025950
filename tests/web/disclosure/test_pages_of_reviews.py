"""The pages of the review: what a reviewer sees, the three buttons, and two reviewers at once."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.conftest import page, words
from tests.web.platform import District, House, draft, pass_once, published, staff, submitted
from tests.web.platform import appoint as appoint_to
from tests.web.working import browser, fill, now, shown, waiting

from gongkai.web.audit.canonical import canonical, sha256
from gongkai.web.disclosure.actions.reviewing import return_step
from gongkai.web.disclosure.content import content_digest
from gongkai.web.disclosure.models import Record, ReviewPlan, State, Step
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.queries.differences import content_facts
from gongkai.web.disclosure.review_plan import plan_of
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def at(record: Record) -> str:
    return f"/work/reviews/{waiting(record).pk}/"


def test_three_people_review_on_their_pages_and_it_is_public(town: House) -> None:
    record = submitted(town)
    for role in (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER):
        client = browser(town[role])
        assert record.title in words(client.get("/work/reviews/"))
        basis = {"basis": "不涉及国家秘密"} if role == Role.SECRECY_OFFICER else {}
        sent = fill(client, at(record), ".review-panel form", decision="pass", reason="同意。", **basis)
        assert sent.status_code == 302, words(sent)
    assert now(record).state == State.PUBLISHED
    assert now(record).published.secrecy_review.basis == "不涉及国家秘密"


def test_the_secrecy_step_alone_asks_for_a_basis(town: House) -> None:
    record = submitted(town)
    assert page(browser(town[Role.UNIT_HEAD]).get(at(record))).css_first("#id_basis") is None
    pass_once(town, record)
    assert page(browser(town[Role.SECRECY_OFFICER]).get(at(record))).css_first("#id_basis") is not None


def test_who_may_not_decide_sees_the_page_without_buttons_and_is_refused(district: District) -> None:
    town = district.town
    record = submitted(town)
    address = at(record)
    for role in (Role.CLERK, Role.SECRECY_OFFICER, Role.LEADER, Role.DISCLOSURE_OFFICE, Role.AUDITOR):
        client = browser(town[role])
        response = client.get(address)
        assert response.status_code == 200, role
        assert page(response).css_first("button[name=decision]") is None, role
        sent = client.post(address, {"decision": "pass", "seen": now(record).working.content_digest})
        assert sent.status_code == 403, role
    assert browser(district.government[Role.SUPERVISING_AUTHORITY]).get(address).status_code == 200
    assert browser(district.bureau[Role.UNIT_HEAD]).get(address).status_code == 404
    assert browser(district.bureau[Role.UNIT_HEAD]).post(address, {"decision": "pass"}).status_code == 404
    assert waiting(record).step == "unit_head"


def test_returning_needs_a_reason_and_the_drafter_reads_it(town: House) -> None:
    record = submitted(town)
    head = browser(town[Role.UNIT_HEAD])
    refused = fill(head, at(record), ".review-panel form", decision="return", reason=" ")
    assert refused.status_code == 200
    assert page(refused).css_first("#id_reason-error") is not None
    assert now(record).working.stage == Stage.IN_REVIEW
    assert (
        fill(head, at(record), ".review-panel form", decision="return", reason="请补充日期。").status_code
        == 302
    )
    clerk = browser(town[Role.CLERK])
    assert "请补充日期。" in words(clerk.get("/work/"))
    assert "请补充日期。" in words(clerk.get(f"/work/records/{record.pk}/edit/"))


def test_a_second_round_shows_what_changed_since_the_first(town: House) -> None:
    record = draft(town)
    clerk = browser(town[Role.CLERK])
    assert fill(clerk, f"/work/records/{record.pk}/submit/").status_code == 302
    return_step(by=town[Role.UNIT_HEAD], review=waiting(record), reason="请改。")
    body = "<p>各村（社区）：</p><p>现将《北山镇防汛抗旱工作方案》印发给你们，请于月底前执行。</p>"
    assert (
        fill(
            clerk,
            f"/work/records/{record.pk}/edit/",
            body=body,
            then="submit",
        ).status_code
        == 302
    )
    response = browser(town[Role.UNIT_HEAD]).get(at(record))
    assert "第1轮审查时" in words(response)
    added = page(response).css_first(".difference-text ins")
    assert added is not None
    assert "月底前" in added.text()


def test_an_amendment_is_shown_against_what_is_public(town: House) -> None:
    record = published(town)
    clerk = browser(town[Role.CLERK])
    fill(clerk, f"/work/records/{record.pk}/amend/", change_note="改标题")
    fill(
        clerk,
        f"/work/records/{record.pk}/edit/",
        title="改过的标题",
        then="submit",
    )
    response = browser(town[Role.UNIT_HEAD]).get(at(record))
    assert "现在公开的第 1 版" in words(response)
    assert "改过的标题" in page(response).css_first(".field-changes").text()


def test_of_two_reviewers_at_once_the_second_is_told(town: House) -> None:
    second = staff("beishan.head2", "虚构二号", town.organ, town.affairs)
    appoint_to(second, Role.UNIT_HEAD, town.organ, town.affairs)
    record = submitted(town)
    address = at(record)
    one, two = browser(town[Role.UNIT_HEAD]), browser(second)
    opened = shown(two.get(address), ".review-panel form")
    assert fill(one, address, ".review-panel form", decision="pass").status_code == 302
    sent = two.post(address, {**opened, "decision": "return", "reason": "我不同意"}, follow=True)
    assert "已由" in words(sent)
    assert "您的意见没有保存" in words(sent)
    assert waiting(record).step == "secrecy_officer"


def test_a_button_pressed_twice_decides_once_and_is_no_error(town: House) -> None:
    record = submitted(town)
    head = browser(town[Role.UNIT_HEAD])
    address = at(record)
    data = {**shown(head.get(address), ".review-panel form"), "decision": "pass"}
    first, second = head.post(address, data), head.post(address, data)
    assert first["Location"] == second["Location"] == "/work/reviews/"
    assert waiting(record).position == 1


def test_a_decision_on_content_not_seen_is_refused(town: House) -> None:
    record = submitted(town)
    head = browser(town[Role.UNIT_HEAD])
    for seen in ("", "0" * 64, "\x00", "x" * 100_000):
        sent = head.post(at(record), {"decision": "pass", "seen": seen})
        assert sent.status_code == 200, seen[:5]
        assert "在您打开本页之后又有改动" in words(sent)
    for pressed in ("", "publish", "PASS"):
        sent = head.post(at(record), {"decision": pressed, "seen": now(record).working.content_digest})
        assert sent.status_code == 200
    assert waiting(record).step == "unit_head"


def test_a_step_is_passed_on_to_another_of_the_role_alone(town: House) -> None:
    second = staff("beishan.head2", "虚构二号", town.organ, town.affairs)
    appoint_to(second, Role.UNIT_HEAD, town.organ, town.affairs)
    record = submitted(town)
    head = browser(town[Role.UNIT_HEAD])
    crafted = head.post(at(record), {"decision": "pass-on", "to": str(town[Role.CLERK].pk), "reason": "x"})
    assert crafted.status_code == 200
    assert (
        fill(head, at(record), ".review-panel form", decision="pass-on", to="", reason="出差").status_code
        == 200
    )
    sent = fill(head, at(record), ".review-panel form", decision="pass-on", to=str(second.pk), reason="出差")
    assert sent.status_code == 302
    assert waiting(record).assigned_to == second
    assert page(head.get(at(record))).css_first("button[name=decision]") is None
    assert fill(browser(second), at(record), ".review-panel form", decision="pass").status_code == 302


def test_review_pages_ask_few_queries(town: House, django_assert_max_num_queries: Any) -> None:
    records = [submitted(town, title=f"第{number}号通知") for number in range(4)]
    client = browser(town[Role.UNIT_HEAD])
    for address in (
        "/work/reviews/",
        "/work/reviews/?which=all",
        "/work/reviews/?which=decided",
        "/work/reviews/?which=x",
    ):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200
    with django_assert_max_num_queries(10):
        assert client.get(at(records[0])).status_code == 200


def test_the_plan_is_set_by_the_organ_and_secrecy_cannot_be_left_out(district: District) -> None:
    town = district.town
    office = browser(town[Role.DISCLOSURE_OFFICE])
    address = "/work/settings/review-plan/"
    sent = fill(
        office, address, order_unit_head="", order_secrecy_officer="1", order_leader="2", days_leader="5"
    )
    assert sent.status_code == 302, words(sent)
    steps, _ = plan_of(town.organ)
    assert [(one.step, one.days) for one in steps] == [(Step.SECRECY, 2), (Step.LEADER, 5)]
    data = shown(office.get(address))
    crafted = office.post(address, {**data, "order_secrecy_officer": ""})
    assert crafted.status_code == 200
    assert "不能取消" in words(crafted)
    for days in ("0", "61", "x", "1.5", "-1", "９"):
        assert office.post(address, {**data, "days_leader": days}).status_code == 200, days
    assert browser(town[Role.CLERK]).get(address).status_code == 403
    assert browser(town[Role.CLERK]).post(address, data).status_code == 403
    assert ReviewPlan.objects.count() == 1


def test_what_is_kept_for_the_next_round_is_what_was_digested(town: House) -> None:
    version = submitted(town).working
    assert version is not None
    assert sha256(canonical(content_facts(version))) == version.content_digest == content_digest(version)
