"""Each finding of the checks is answered by itself, and read with its answer by those who review."""

from __future__ import annotations

import pytest
from tests.web.conftest import page, words
from tests.web.platform import House, draft, pass_once
from tests.web.working import answer_fields, browser, fill, now, waiting

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.actions.drafting import revise_draft, take_back
from gongkai.web.disclosure.actions.reviewing import return_step, submit_for_review
from gongkai.web.disclosure.answers import LONGEST, Unanswered, field_of, kept_answers
from gongkai.web.disclosure.checks import check_version
from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.errors import Invalid
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
FIRST, SECOND = "值班手机 13800138000，请来电。", "另一部手机 13900139000，夜间使用。"
BODY = f"<p>各村：</p><p>{FIRST}</p><p>{SECOND}</p>"
ANSWERS = ("这是单位配发的值班手机。", "夜间值班由村委会公布。")


def keys(record: Record) -> list[str]:
    return [one.key for one in check_version(now(record).working)]


def edit(record: Record) -> str:
    return f"/work/records/{record.pk}/edit/"


def test_one_answer_does_not_answer_two_findings(town: House) -> None:
    record = draft(town, body=BODY)
    first, second = keys(record)
    with pytest.raises(Unanswered) as refused:
        submit_for_review(by=town[Role.CLERK], record=record, answers={first: ANSWERS[0]})
    assert [one.field for one in refused.value.faults] == [field_of(second)]
    assert "第 3 行" in refused.value.zh
    assert now(record).working.stage == Stage.DRAFT
    submit_for_review(by=town[Role.CLERK], record=record, answers={first: ANSWERS[0], second: ANSWERS[1]})
    assert now(record).working.stage == Stage.IN_REVIEW


@pytest.mark.parametrize("answer", ["", "是的", "      ", "。。。。。。。。", "啊啊啊啊啊啊啊", "1 2 3"])
def test_what_says_nothing_is_no_answer(town: House, answer: str) -> None:
    record = draft(town, body=f"<p>{FIRST}</p>")
    (key,) = keys(record)
    with pytest.raises(Unanswered):
        submit_for_review(by=town[Role.CLERK], record=record, answers={key: answer})


def test_an_answer_is_kept_while_its_finding_is_unchanged_wherever_it_stands(town: House) -> None:
    record = draft(town, body=BODY)
    first, second = keys(record)
    clerk = town[Role.CLERK]
    revise_draft(by=clerk, record=record, facts={}, answers={first: ANSWERS[0], second: ANSWERS[1]})
    moved = f"<p>各村：</p><p>新的一段。</p><p>{SECOND}</p><p>{FIRST}</p>"
    revise_draft(by=clerk, record=record, facts={"body": moved})
    assert set(keys(record)) == {first, second}
    submit_for_review(by=clerk, record=record)
    told = {one["key"]: one["answer"] for one in now(record).working.findings}
    assert told == {first: ANSWERS[0], second: ANSWERS[1]}


def test_a_finding_whose_words_changed_is_answered_again(town: House) -> None:
    """Both numbers look alike once they are masked: the answer was to the other one."""
    record = draft(town, body="<p>手机 13800138000，请来电。</p>")
    (key,) = keys(record)
    clerk = town[Role.CLERK]
    revise_draft(by=clerk, record=record, facts={}, answers={key: ANSWERS[0]})
    revise_draft(by=clerk, record=record, facts={"body": "<p>手机 13811118000，请来电。</p>"})
    assert keys(record) != [key]
    with pytest.raises(Unanswered):
        submit_for_review(by=clerk, record=record)


def test_the_same_words_in_another_sentence_are_another_finding(town: House) -> None:
    record = draft(town, body=f"<p>{FIRST}</p>")
    (key,) = keys(record)
    clerk = town[Role.CLERK]
    revise_draft(by=clerk, record=record, facts={}, answers={key: ANSWERS[0]})
    revise_draft(by=clerk, record=record, facts={"body": f"<p>申请人手机 13800138000。</p><p>{FIRST}</p>"})
    with pytest.raises(Unanswered) as refused:
        submit_for_review(by=clerk, record=record)
    assert len(refused.value.faults) >= 1
    assert field_of(key) not in [one.field for one in refused.value.faults]


def test_findings_that_are_alike_in_all_have_a_field_each(town: House) -> None:
    record = draft(town, body=f"<p>{FIRST}</p><p>{FIRST}</p>")
    assert len(set(keys(record))) == 2
    assert len(set(answer_fields(browser(town[Role.CLERK]).get(edit(record))))) == 2


def test_the_editor_has_a_field_under_each_finding_and_keeps_what_is_typed(town: House) -> None:
    record = draft(town, body=BODY)
    client = browser(town[Role.CLERK])
    first, second = answer_fields(client.get(edit(record)))
    assert fill(client, edit(record), **{first: ANSWERS[0]}).status_code == 302
    fields = page(client.get(edit(record))).css(".card textarea")
    assert [one.text().strip() for one in fields] == [ANSWERS[0], ""]
    refused = fill(client, edit(record), then="submit", **{second: "太短"})
    assert refused.status_code == 200
    assert page(refused).css_first(f"#id_{second}-error") is not None
    assert page(refused).css_first(f"#id_{first}-error") is None
    assert page(refused).css_first(f".govuk-error-summary a[href='#id_{second}']") is not None
    assert page(refused).css_first(f"textarea[name={second}]").text().strip() == "太短"
    assert fill(client, edit(record), then="submit", **{second: ANSWERS[1]}).status_code == 302
    assert now(record).working.stage == Stage.IN_REVIEW


def test_a_crafted_form_that_leaves_one_out_is_refused_with_that_finding_named(town: House) -> None:
    record = draft(town, body=BODY)
    client = browser(town[Role.CLERK])
    address = f"/work/records/{record.pk}/submit/"
    first, second = answer_fields(client.get(address))
    seen = str(now(record).revision)
    refused = client.post(address, {"seen": seen, first: ANSWERS[0], "answer": "一并说明，均不需要修改。"})
    assert refused.status_code == 200
    told = page(refused).css_first(".govuk-error-summary").text()
    assert "第 3 行" in told
    assert "第 2 行" not in told
    assert page(refused).css_first(f"textarea[name={first}]").text().strip() == ANSWERS[0]
    assert now(record).working.stage == Stage.DRAFT
    done = client.post(address, {"seen": seen, first: ANSWERS[0], second: ANSWERS[1]})
    assert done.status_code == 302


def test_answers_to_nothing_that_was_found_are_not_handed_in(town: House) -> None:
    record = draft(town, body=f"<p>{FIRST}</p>")
    (key,) = keys(record)
    sent = {key: ANSWERS[0], "0" * 16: "多余的说明不该出现。"}
    submit_for_review(by=town[Role.CLERK], record=record, answers=sent)
    assert [one["key"] for one in now(record).working.findings] == [key]


def test_an_answer_too_long_is_told_and_not_cut(town: House) -> None:
    record = draft(town, body=f"<p>{FIRST}</p>")
    (key,) = keys(record)
    with pytest.raises(Invalid) as refused:
        revise_draft(by=town[Role.CLERK], record=record, facts={}, answers={key: "长" * (LONGEST + 1)})
    assert refused.value.faults[0].code == "answer_too_long"
    assert kept_answers(now(record).working) == {}


def test_reviewers_read_each_finding_with_its_answer_on_both_pages(town: House) -> None:
    record = draft(town, body=BODY)
    clerk = browser(town[Role.CLERK])
    first, second = answer_fields(clerk.get(edit(record)))
    fill(clerk, edit(record), then="submit", **{first: ANSWERS[0], second: ANSWERS[1]})
    head = browser(town[Role.UNIT_HEAD])
    for address in (f"/work/reviews/{waiting(record).pk}/", f"/work/records/{record.pk}/"):
        cards = [one.text() for one in page(head.get(address)).css(".findings .card")]
        assert [answer in card for card in cards for answer in ANSWERS] == [True, False, False, True]
    why = Entry.objects.filter(action="disclosure.submit").latest("number").why
    assert all(answer in why for answer in ANSWERS)


def test_an_answer_outlives_a_return_and_taking_back(town: House) -> None:
    record = draft(town, body=f"<p>{FIRST}</p>")
    (key,) = keys(record)
    clerk = town[Role.CLERK]
    submit_for_review(by=clerk, record=record, answers={key: ANSWERS[0]})
    return_step(by=town[Role.UNIT_HEAD], review=waiting(record), reason="标题请改。")
    revise_draft(by=clerk, record=now(record), facts={"title": "改过的标题"})
    submit_for_review(by=clerk, record=now(record))
    take_back(by=clerk, record=now(record), reason="再看")
    submit_for_review(by=clerk, record=now(record))
    assert [one["answer"] for one in now(record).working.findings] == [ANSWERS[0]]
    for _ in range(3):
        pass_once(town, record)
    assert ANSWERS[0] in words(browser(town[Role.AUDITOR]).get(f"/work/records/{record.pk}/"))


def test_a_draft_shows_its_findings_on_the_record_page_and_marks_them(town: House) -> None:
    record = draft(town, body=BODY)
    response = browser(town[Role.UNIT_HEAD]).get(f"/work/records/{record.pk}/")
    assert len(page(response).css(".findings .card")) == 2
    assert [one.text() for one in page(response).css(".document mark.found")] == [
        "13800138000",
        "13900139000",
    ]
    assert "没有发现问题" in words(
        browser(town[Role.CLERK]).get(f"/work/records/{draft(town, title='无问题的通知').pk}/")
    )


def test_the_check_asked_while_writing_keeps_the_answers_that_are_typed(town: House) -> None:
    record = draft(town, body=BODY)
    client = browser(town[Role.CLERK])
    first, second = answer_fields(client.get(edit(record)))
    sent = {"title": "题", "body": BODY, first: ANSWERS[0], second: "还没写"}
    found = client.post(f"/work/records/{record.pk}/check/", sent)
    assert found.status_code == 200
    assert answer_fields(found) == [first, second]
    assert ANSWERS[0] in found.content.decode()
    assert kept_answers(now(record).working) == {}
