"""Consultations and surveys: asked as reviewed, until the day, and nothing gets out alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.participation.consulting import QUESTIONS, drafted, fresh, let_out, running
from tests.web.platform import District, House, submit_answered

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.drafting import revise_draft, start_version, take_back
from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.models import Link, Record
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import (
    change_terms,
    close_due,
    draft_result,
    handle_opinion,
)
from gongkai.web.participation.actions.opining import (
    destroy_sender,
    forget_senders,
    look_at_sender,
    send_opinion,
)
from gongkai.web.participation.models import Consultation, Opinion, Terms
from gongkai.web.participation.queries.consultations import (
    Standing,
    late_in_area,
    public_consultation,
    public_consultations,
    staff_consultations,
)
from gongkai.web.participation.queries.terms import terms_in_force

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def later() -> Any:
    """The clock, so many days on."""
    stack: list[Any] = []

    def to(days: int) -> None:
        entered = clock.set_to(clock.now() + days * DAY)
        entered.__enter__()
        stack.append(entered)

    yield to
    for one in reversed(stack):
        one.__exit__(None, None, None)


def standing(consultation: Consultation) -> Standing:
    found = [one for one in staff_consultations(consultation.organ) if one.consultation.pk == consultation.pk]
    return found[0].standing


def test_a_draft_is_seen_by_nobody_outside_and_takes_no_opinion(town: House) -> None:
    made = drafted(town)
    assert public_consultations(town.organ) == []
    assert public_consultation(town.organ.code, made.pk) is None
    with pytest.raises(WorkError) as refused:
        send_opinion(consultation=made, words="同意")
    assert refused.value.code == "not_public"


def test_passed_by_the_review_it_opens_and_takes_opinions_until_its_last_day(town: House, later: Any) -> None:
    made = running(town)
    assert standing(made) == Standing.RUNNING
    send_opinion(consultation=made, words="建议增加早班车", name="虚构人", contact="13800000000")
    later(14)
    send_opinion(consultation=made, words="最后一天的意见")
    later(1)
    with pytest.raises(WorkError) as refused:
        send_opinion(consultation=made, words="晚了一天")
    assert refused.value.code == "over"
    assert standing(made) == Standing.OVER
    assert verify().faults == []


def test_the_announcement_tells_when_and_what_is_asked(town: House) -> None:
    body = running(town, "survey").announcement.published.body
    for words in ("您多久乘坐一次公交车？", "每周", "调查问卷", "起至"):
        assert words in body


def test_nothing_is_opened_before_its_day(town: House, later: Any) -> None:
    made = running(town, opens_on=clock.today() + 3 * DAY)
    assert standing(made) == Standing.AHEAD
    with pytest.raises(WorkError, match="起才能提交"):
        send_opinion(consultation=made, words="太早")
    later(3)
    send_opinion(consultation=made, words="正好")


def test_what_is_asked_cannot_change_while_it_is_reviewed_nor_after(town: House) -> None:
    made = drafted(town, "survey")
    submit_answered(town[Role.CLERK], made.announcement)
    days = {"opens_on": clock.today(), "closes_on": clock.today() + 5 * DAY}
    with pytest.raises(WorkError) as refused:
        change_terms(by=town[Role.CLERK], consultation=made, questions=QUESTIONS, **days)
    assert refused.value.code == "not_a_draft"
    for statement in (
        "UPDATE participation_terms SET questions = '[]'",
        "UPDATE participation_terms SET closes_on = '2027-01-01'",
        "DELETE FROM participation_terms",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    take_back(by=town[Role.CLERK], record=Record.objects.get(pk=made.announcement_id), reason="再改")
    change_terms(by=town[Role.CLERK], consultation=made, questions="【文字】新的题目", **days)
    body = Record.objects.get(pk=made.announcement_id).working.body
    assert "新的题目" in body
    assert "您多久乘坐" not in body


def test_words_struck_from_the_announcement_keep_it_from_opening(town: House) -> None:
    """What the reviewers did not read is asked of nobody."""
    made = drafted(town, "survey")
    revise_draft(by=town[Role.CLERK], record=made.announcement, facts={"body": "<p>请参加调查。</p>"})
    let_out(town, made.announcement)
    with pytest.raises(WorkError) as refused:
        send_opinion(consultation=fresh(made), answers={"q0": "1"})
    assert refused.value.code == "not_told"
    assert Opinion.objects.count() == 0


def test_a_longer_term_goes_through_the_review_again(town: House) -> None:
    made = running(town)
    before = terms_in_force(made)
    start_version(
        by=town[Role.CLERK], record=made.announcement, change=ChangeKind.AMENDMENT, note="延长征集时间"
    )
    closes_on = before.closes_on + 7 * DAY
    change_terms(by=town[Role.CLERK], consultation=made, opens_on=before.opens_on, closes_on=closes_on)
    assert terms_in_force(fresh(made)).closes_on == before.closes_on
    send_opinion(consultation=fresh(made), words="审查期间照常接收")
    let_out(town, made.announcement)
    assert terms_in_force(fresh(made)).closes_on == closes_on
    body = fresh(made).announcement.published.body
    assert body.count("征集时间和方式") == 1
    send_opinion(consultation=fresh(made), words="延长以后")
    assert verify().faults == []


def test_an_amendment_of_words_alone_keeps_the_terms(town: House) -> None:
    made = running(town)
    record = made.announcement
    start_version(by=town[Role.CLERK], record=record, change=ChangeKind.CORRECTION, note="更正错字")
    version = Record.objects.get(pk=record.pk).working
    body = version.body.replace("方便群众", "便利群众")
    revise_draft(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk), facts={"body": body})
    let_out(town, record)
    send_opinion(consultation=fresh(made), words="仍可提交")


def test_questions_stay_once_somebody_has_answered(town: House) -> None:
    made = running(town, "survey")
    send_opinion(consultation=made, answers={"q0": "0"})
    start_version(by=town[Role.CLERK], record=made.announcement, change=ChangeKind.AMENDMENT, note="改题")
    terms = terms_in_force(made)
    with pytest.raises(Invalid, match="问题不能再改"):
        change_terms(
            by=town[Role.CLERK],
            consultation=made,
            opens_on=terms.opens_on,
            closes_on=terms.closes_on,
            questions="【文字】别的",
        )


def test_a_withdrawn_announcement_takes_nothing_more(town: House) -> None:
    made = running(town)
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=made.announcement, reason="方案暂缓")
    with pytest.raises(WorkError) as refused:
        send_opinion(consultation=made, words="意见")
    assert refused.value.code == "not_public"
    assert public_consultations(town.organ) == []


def test_it_closes_by_itself_once_and_the_database_takes_nothing_afterwards(town: House, later: Any) -> None:
    made = running(town)
    send_opinion(consultation=made, words="一份")
    assert close_due() == 0
    later(15)
    assert close_due() == 1
    assert close_due() == 0
    made = fresh(made)
    assert made.closed_count == 1
    terms = Terms.objects.get()
    facts = {"received_at": clock.now(), "received_on": terms.closes_on, "words": "后门"}
    with pytest.raises(DatabaseError, match="takes no more"), transaction.atomic():
        Opinion.objects.create(consultation=made, terms=terms, **facts)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.update(words="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.update(closed_count=9)
    assert verify().faults == []


def test_names_and_contacts_lie_closed_and_each_look_is_in_the_log(town: House) -> None:
    made = running(town)
    opinion = send_opinion(consultation=made, words="意见", name="虚构甲", contact="13800000000")
    opinion.refresh_from_db()
    assert "虚构甲" not in opinion.name
    assert "13800000000" not in opinion.contact
    assert look_at_sender(by=town[Role.CLERK], opinion=opinion) == ("虚构甲", "13800000000")
    assert Entry.objects.filter(action="participation.sender_seen").count() == 1
    told = " ".join(f"{one.before}{one.after}{one.why}" for one in Entry.objects.all())
    assert "13800000000" not in told
    with pytest.raises(NotAllowed):
        look_at_sender(by=town[Role.AUDITOR], opinion=opinion)
    destroy_sender(by=town[Role.DISCLOSURE_OFFICE], opinion=opinion, reason="本人要求", words_too=True)
    opinion.refresh_from_db()
    assert (opinion.name, opinion.contact, opinion.words) == ("", "", "")
    assert verify().faults == []


def with_result(town: House, later: Any, form: str = "opinions") -> Consultation:
    made = running(town, form)
    if form == "survey":
        for answers in ({"q0": "0", "q1": ["0", "2"], "q2": "300"}, {"q0": "0"}, {"q0": "2", "q2": "500.5"}):
            send_opinion(consultation=made, answers=answers)
    else:
        for words in ("公民原话甲：加早班车", "公民原话乙：也要早班车", "公民原话丙：取消收费"):
            send_opinion(consultation=made, words=words, name="虚构甲")
    later(15)
    close_due()
    if form != "survey":
        for place, opinion in enumerate(Opinion.objects.order_by("id")):
            facts = {"adoption": "adopted", "gist": "增加早班车", "reason": ""}
            if place == 2:
                facts = {"adoption": "not_adopted", "gist": "取消收费", "reason": "票价由区定价目录规定。"}
            handle_opinion(by=town[Role.CLERK], opinion=opinion, **facts)
    draft_result(by=town[Role.CLERK], consultation=made, summary="感谢社会各界参与。")
    return fresh(made)


def test_the_result_tells_gists_and_reasons_never_the_words_of_a_citizen(town: House, later: Any) -> None:
    made = with_result(town, later)
    assert standing(made) == Standing.OVER
    body = made.result.working.body
    for words in ("共收到意见3份", "采纳2份", "未采纳1份", "增加早班车", "票价由区定价目录规定。"):
        assert words in body
    assert "公民原话" not in body
    assert "虚构甲" not in body
    let_out(town, made.result)
    assert standing(made) == Standing.TOLD
    assert Link.objects.filter(source=made.result, target=made.announcement).exists()
    with pytest.raises(WorkError, match="结果已经公布"):
        handle_opinion(
            by=town[Role.CLERK], opinion=Opinion.objects.first(), adoption="adopted", gist="换一个说法"
        )
    assert verify().faults == []


def test_a_surveys_result_counts_answers_and_shares(town: House, later: Any) -> None:
    made = with_result(town, later, "survey")
    first, _, number, text = made.result_figures
    assert first["options"] == [["每天", 2], ["每周", 0], ["很少", 1]]
    assert number["numbers"] == {"least": "300", "most": "500.5", "median": "400.25", "mean": "400.25"}
    assert text["answered"] == 0
    assert "66.7%" in made.result.working.body
    assert made.result_block in made.result.working.body


def test_no_result_before_the_last_day_nor_with_opinions_left_over(town: House, later: Any) -> None:
    made = running(town)
    send_opinion(consultation=made, words="意见")
    with pytest.raises(WorkError, match="还没有截止"):
        draft_result(by=town[Role.CLERK], consultation=made)
    later(15)
    close_due()
    with pytest.raises(WorkError, match="还有 1 份意见"):
        draft_result(by=town[Role.CLERK], consultation=made)


def test_an_opinion_not_adopted_needs_its_reason(town: House) -> None:
    made = running(town)
    opinion = send_opinion(consultation=made, words="意见")
    with pytest.raises(Invalid, match="未采纳的，须写明理由"):
        handle_opinion(by=town[Role.CLERK], opinion=opinion, adoption="not_adopted", gist="要点")


def test_a_result_that_stays_out_is_late_for_the_office_and_the_authority(
    district: District, later: Any
) -> None:
    made = running(district.town)
    later(14 + 30)
    close_due()
    assert standing(made) == Standing.OVER
    later(1)
    assert standing(made) == Standing.LATE
    assert [one.consultation.pk for one in late_in_area(district.government.organ)] == [made.pk]


def test_senders_are_forgotten_once_the_result_has_been_out_long_enough(town: House, later: Any) -> None:
    made = with_result(town, later)
    let_out(town, made.result)
    assert forget_senders() == 0
    later(181)
    assert forget_senders() == 3
    assert set(Opinion.objects.values_list("name", flat=True)) == {""}
    assert verify().faults == []


def test_others_neither_draft_nor_deal_with_it(district: District) -> None:
    town = district.town
    made = running(town)
    opinion = send_opinion(consultation=made, words="意见")
    for house, role in (
        (town, Role.AUDITOR),
        (town, Role.ADMINISTRATOR),
        (district.bureau, Role.CLERK),
        (district.bureau, Role.DISCLOSURE_OFFICE),
        (district.government, Role.SUPERVISING_AUTHORITY),
    ):
        with pytest.raises(NotAllowed):
            handle_opinion(by=house[role], opinion=opinion, adoption="noted")
        with pytest.raises(NotAllowed):
            look_at_sender(by=house[role], opinion=opinion)


def test_a_list_costs_two_queries(town: House, django_assert_num_queries: Any) -> None:
    made = running(town)
    running(town, "survey", title="北山镇公交满意度调查")
    with django_assert_num_queries(2):
        assert len(public_consultations(town.organ)) == 2
    with django_assert_num_queries(2):
        assert public_consultation(town.organ.code, made.pk) is not None
