"""What somebody types is lost neither on the way out of a page nor when the page refuses it."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.web.conftest import page, words
from tests.web.platform import House, draft, published, staff, submitted
from tests.web.platform import appoint as appoint_to
from tests.web.working import answer_fields, browser, fill, now, shown, waiting

from gongkai.web.disclosure.actions.drafting import take_back
from gongkai.web.disclosure.actions.reviewing import return_step
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
OPINION = "第二段的电话号码是个人手机号码，请改为科室的固定电话。"


def edit_of(record: Record) -> str:
    return f"/work/records/{record.pk}/edit/"


def readonly_words(response: object) -> list[str]:
    found = page(response).css(".typed-words textarea[readonly]")  # type: ignore[arg-type]
    return [one.text().removeprefix("\n") for one in found]


def test_the_way_back_from_the_editor_saves_what_was_typed(town: House) -> None:
    record = draft(town)
    clerk = browser(town[Role.CLERK])
    opened = clerk.get(edit_of(record))
    back = page(opened).css_first(".page-back button[form=editor]")
    assert back is not None
    assert page(opened).css_first(".page-back a") is None
    assert page(opened).css_first("form#editor[data-guard]") is not None
    sent = {**shown(opened), "title": "改过的标题", str(back.attributes["name"]): back.attributes["value"]}
    answer = clerk.post(edit_of(record), sent)
    assert answer["Location"] == f"/work/records/{record.pk}/"
    assert now(record).title == "改过的标题"


def test_the_enter_key_saves_and_stays(town: House) -> None:
    record = draft(town)
    opened = browser(town[Role.CLERK]).get(edit_of(record))
    first = page(opened).css("button[form=editor], form#editor button")[0]
    assert first.attributes["value"] == "save"


def test_a_link_that_the_text_proposes_is_made_after_saving(town: House) -> None:
    effective = dt.date(2026, 5, 1)
    old = published(
        town,
        document_number="北政发〔2020〕7号",
        title="北山镇防汛办法",
        kind="normative_document",
        effective_on=effective,
    )
    cites = "<p>本办法自2026年5月1日起施行。《北山镇防汛办法》（北政发〔2020〕7号）同时废止。</p>"
    record = draft(town, kind="normative_document", body=cites, document_number="北政发〔2026〕8号")
    clerk = browser(town[Role.CLERK])
    opened = clerk.get(edit_of(record))
    proposed = page(opened).css_first("button[value^=link-]")
    assert proposed is not None
    answer = clerk.post(
        edit_of(record), {**shown(opened), "title": "改过的标题", "then": proposed.attributes["value"]}
    )
    assert answer["Location"].startswith(f"/work/records/{record.pk}/link/?kind=repeals&target=")
    assert now(record).title == "改过的标题"
    linking = clerk.get(answer["Location"])
    assert linking.status_code == 200
    assert old.index_number in linking.content.decode()


@pytest.mark.parametrize("then", ["link-", "link-0", "link-999999", "//evil.example/", "link-x"])
def test_the_way_out_leads_nowhere_else(town: House, then: str) -> None:
    record = draft(town)
    answer = fill(browser(town[Role.CLERK]), edit_of(record), then=then)
    assert answer["Location"] == edit_of(record)


def test_an_opinion_survives_that_the_clerk_took_the_record_back(town: House) -> None:
    record = submitted(town)
    head = browser(town[Role.UNIT_HEAD])
    address = f"/work/reviews/{waiting(record).pk}/"
    opened = shown(head.get(address), ".review-panel form")
    take_back(by=town[Role.CLERK], record=record, reason="补充附件")
    for decision in ("return", "pass"):
        refused = head.post(address, {**opened, "reason": OPINION, "decision": decision})
        assert refused.status_code in (403, 409)
        assert readonly_words(refused) == [OPINION]
        assert "没有保存" in words(refused)
        assert "刷新" not in words(refused)


def test_an_opinion_survives_that_somebody_else_was_quicker(town: House) -> None:
    second = staff("beishan.head2", "虚构二号", town.organ, town.affairs)
    appoint_to(second, Role.UNIT_HEAD, town.organ, town.affairs)
    record = submitted(town)
    review = waiting(record)
    address = f"/work/reviews/{review.pk}/"
    head = browser(town[Role.UNIT_HEAD])
    opened = shown(head.get(address), ".review-panel form")
    return_step(by=second, review=review, reason="先退回补正。")
    refused = head.post(address, {**opened, "reason": OPINION, "decision": "return"})
    assert readonly_words(refused) == [OPINION]
    assert "虚构二号" in words(refused)


def test_a_text_survives_that_the_record_went_to_review_in_another_tab(town: House) -> None:
    record = draft(town)
    clerk = browser(town[Role.CLERK])
    opened = shown(clerk.get(edit_of(record)))
    fill(clerk, edit_of(record), then="submit")
    refused = clerk.post(edit_of(record), {**opened, "summary": "另一个页面里写的概述。"})
    assert refused.status_code == 409
    assert "另一个页面里写的概述。" in readonly_words(refused)


def test_two_tabs_of_one_person_are_told_what_to_do(town: House) -> None:
    record = draft(town)
    clerk = browser(town[Role.CLERK])
    first = shown(clerk.get(edit_of(record)))
    second = shown(clerk.get(edit_of(record)))
    assert clerk.post(edit_of(record), {**first, "summary": "第一个页面写的概述。"}).status_code == 302
    answer = clerk.post(edit_of(record), {**second, "summary": "第二个页面写的概述。"})
    told = words(answer)
    assert "刷新" not in told
    assert "被他人" not in told
    assert "已保存的内容" in told
    assert "您输入的内容" in told
    assert shown(answer)["summary"] == "第二个页面写的概述。"
    assert page(answer).css_first("form#editor[data-unsaved]") is not None
    assert clerk.post(edit_of(record), shown(answer)).status_code == 302
    assert now(record).working.summary == "第二个页面写的概述。"


def test_what_is_missing_and_what_is_unanswered_are_told_in_one_round(town: House) -> None:
    body = "<p>联系人手机 13800138000，请按规定报名。</p>"
    record = draft(town, summary="", body=body)
    clerk = browser(town[Role.CLERK])
    refused = fill(clerk, edit_of(record), then="submit")
    summary = page(refused).css_first(".govuk-error-summary")
    assert summary is not None
    assert "内容概述" in summary.text()
    assert "写明理由" in summary.text()
    answers = dict.fromkeys(answer_fields(refused), "这是对外公布的值班电话。")
    assert answers
    sent = clerk.post(
        edit_of(record), {**shown(refused), **answers, "summary": "报名须知。", "then": "submit"}
    )
    assert sent.status_code == 302
    assert now(record).working.stage == "in_review"
