"""Why a step is not offered is told as a colleague would tell it; what is done once is offered once;
and after it is decided only what belongs after that."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import page
from tests.web.platform import House
from tests.web.requests.asking import DAY, at, received
from tests.web.requests.journeys import Course, office_of
from tests.web.requests.work_things import picture
from tests.web.working import browser, fill

from gongkai.statute.clock import EventKind
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import ask_party, party_reached
from gongkai.web.requests.actions.stepping import NotLawful, step
from gongkai.web.requests.models import Case, CaseFile, FileKind, Stands
from gongkai.web.requests.occasions import open_parties
from gongkai.web.requests.stands import events_of
from gongkai.web.requests.steps import Offer, offers

pytestmark = pytest.mark.django_db
SOON, LATER, LAST, OVER = (
    dt.date(2025, 9, 29),
    dt.date(2025, 10, 20),
    dt.date(2025, 10, 30),
    dt.date(2025, 11, 6),
)


def offered(case: Case, on: dt.date) -> dict[EventKind, Offer]:
    with at(on):
        return {one.kind: one for one in offers(Case.objects.get(pk=case.pk))}


def why(case: Case, kind: EventKind, on: dt.date) -> tuple[str, str]:
    """The reason, and the article on which it is said to rest."""
    first = offered(case, on)[kind].against[0]
    return first.zh, first.rule


def asked(course: Course, on: dt.date) -> None:
    party = course.party("third-party", "虚构养护公司", on)
    with at(on):
        ask_party(by=course.house[Role.CLERK], party=party, on=on)


def test_what_a_third_party_has_answered_is_not_called_a_letter_never_sent(town: House) -> None:
    course = Course.received(town, DAY)
    asked(course, SOON)
    party = course.case.parties.get()
    assert offered(course.case, LATER)[EventKind.THIRD_PARTY_ANSWERED].is_lawful
    course.said(party, "consented", LATER)
    for kind in (EventKind.THIRD_PARTY_ANSWERED, EventKind.THIRD_PARTY_LAPSED, EventKind.THIRD_PARTY_REACHED):
        assert why(course.case, kind, LATER) == ("第三方的意见已有结果（2025-10-20，第三方答复）。", "REG.32")


def test_a_party_asked_again_may_answer_again(town: House) -> None:
    course = Course.received(town, DAY)
    asked(course, SOON)
    party = course.case.parties.get()
    course.said(party, "consented", SOON)
    with at(LATER):
        ask_party(by=town[Role.CLERK], party=party, on=LATER)
        assert open_parties(events_of(course.now()), EventKind.THIRD_PARTY_ASKED) == [party.label]
        assert offered(course.case, LATER)[EventKind.THIRD_PARTY_ANSWERED].is_lawful


def test_of_two_parties_the_one_without_its_letter_can_be_said_to_have_it(town: House) -> None:
    course = Course.received(town, DAY)
    asked(course, SOON)
    asked(course, SOON)
    first = course.case.parties.order_by("pk")[0]
    with at(SOON):
        party_reached(by=town[Role.CLERK], party=first, on=SOON)
    assert offered(course.case, SOON)[EventKind.THIRD_PARTY_REACHED].is_lawful


def test_that_a_case_is_closed_rests_on_no_article(town: House) -> None:
    course = Course.received(town, DAY)
    course.did(EventKind.WITHDRAWN, SOON)
    told = {(one.against[0].zh, one.against[0].rule) for one in offered(course.case, LATER).values()}
    assert told == {("已于 2025-09-29 办结（已撤回），不能再办理这一步。", "")}


def test_a_notice_that_was_never_sent_is_not_told_as_a_wrong_done(town: House) -> None:
    course = Course.received(town, DAY)
    told, rule = why(course.case, EventKind.SUPPLEMENT_ASKED, LATER)
    assert told.startswith("补正通知应自收到申请之日起7个工作日内发出，期限已于 2025-10-13 届满")
    assert "程序违法" not in told
    assert "实际" not in told
    assert rule == "REG.30"
    for kind in (EventKind.SUPPLEMENT_RECEIVED, EventKind.SUPPLEMENT_LAPSED):
        assert why(course.case, kind, LATER)[0] == "还没有发出补正通知。"


def test_the_supplement_is_had_once(town: House) -> None:
    course = Course.received(town, DAY)
    course.did(EventKind.SUPPLEMENT_ASKED, SOON, until=LATER)
    course.did(EventKind.SUPPLEMENT_RECEIVED, dt.date(2025, 10, 10))
    for kind in (EventKind.SUPPLEMENT_RECEIVED, EventKind.SUPPLEMENT_LAPSED):
        assert why(course.case, kind, LATER)[0].startswith("补正后的申请已于 2025-10-10 收到")
    assert why(course.case, EventKind.SUPPLEMENT_ASKED, LATER)[0].startswith("已于 2025-09-29 要求补正")


def test_an_extension_is_approved_and_told_once_the_same_day_or_later(town: House) -> None:
    course = Course.received(town, DAY)
    course.did(EventKind.EXTENSION_APPROVED, LATER)
    assert why(course.case, EventKind.EXTENSION_APPROVED, LATER)[0].startswith("已于 2025-10-20 批准延期")
    assert offered(course.case, LATER)[EventKind.EXTENSION_NOTIFIED].is_lawful
    course.did(EventKind.EXTENSION_NOTIFIED, LATER)
    for on in (LATER, OVER):
        for kind in (EventKind.EXTENSION_NOTIFIED, EventKind.EXTENSION_APPROVED):
            told = why(course.case, kind, on)
            assert told == ("已于 2025-10-20 告知延期：答复期限只能延长一次。", "REG.33.2")
    with pytest.raises(NotLawful):
        course.did(EventKind.EXTENSION_NOTIFIED, LATER)
    with at(LATER):
        text = browser(town[Role.DISCLOSURE_OFFICE]).get(f"/work/requests/{course.case.pk}/")
    assert "补记：告知申请人延期答复" not in text.content.decode()


def test_a_fact_is_not_written_down_twice_of_the_same_day(town: House) -> None:
    course = Course.received(town, DAY)
    until = dt.date(2025, 12, 1)
    course.did(EventKind.LATER_DATE_AGREED, LATER, until=until)
    with pytest.raises(NotLawful, match="已经记录"):
        course.did(EventKind.LATER_DATE_AGREED, LATER, until=until)


def test_after_the_decision_only_what_belongs_after_it_is_offered(town: House) -> None:
    course = Course.received(town, DAY)
    course.decided("OPEN-2", LATER, basis="given", words={"finding": "该信息可以公开。"})
    told = offered(course.case, LATER)
    assert [kind for kind, one in told.items() if one.is_lawful] == [EventKind.WITHDRAWN]
    for kind in (EventKind.THIRD_PARTY_ASKED, EventKind.LATER_DATE_AGREED, EventKind.FEE_NOTIFIED):
        assert told[kind].against[0].zh.startswith("已于 2025-10-20 作出决定")
        assert told[kind].against[0].rule == ""


def test_what_was_done_before_the_decision_is_still_written_down_after_it(town: House) -> None:
    course = Course.received(town, DAY)
    course.did(EventKind.EXTENSION_APPROVED, SOON)
    course.decided("OPEN-2", LATER, basis="given", words={"finding": "该信息可以公开。"})
    with at(LATER):
        earlier = dt.date(2025, 10, 15)
        step(by=town[Role.CLERK], case=course.case, kind="extension-notified", on=earlier)
    assert course.now().due_on == dt.date(2025, 11, 27)


def test_an_overdue_case_may_still_ask_and_is_told_that_the_time_is_not_taken_off(town: House) -> None:
    course = Course.received(town, DAY)
    for kind, who in (
        (EventKind.THIRD_PARTY_ASKED, "第三方"),
        (EventKind.CO_MAKER_ASKED, "共同制作机关"),
        (EventKind.ORGAN_ASKED, "其他机关"),
    ):
        offer = offered(course.case, OVER)[kind]
        assert offer.is_lawful
        assert f"等待{who}意见的时间不能从期限中扣除" in offer.cautions[0].zh
    asked(course, OVER)
    course.now()
    assert (course.case.stands, course.case.due_on) == (Stands.OVERDUE, LAST)
    with at(OVER):
        answer = browser(town[Role.CLERK]).get(f"/work/requests/{course.case.pk}/")
    assert "期满后征求意见不能扣除时间" in answer.content.decode()


def test_a_long_list_of_what_cannot_be_done_is_one_line_until_it_is_opened(town: House) -> None:
    case = received(town, DAY)
    with at(DAY):
        whole = page(browser(town[Role.CLERK]).get(f"/work/requests/{case.pk}/"))
    fold = whole.css_first(".next-steps details")
    assert fold is not None
    assert "open" not in fold.attributes
    assert fold.css_first("summary").text() == "现在不能办理的步骤"
    assert len(fold.css(".not-now li")) == len(whole.css(".not-now li")) > 3


def test_a_withdrawal_stands_on_a_paper_or_on_words(town: House) -> None:
    case = received(town, DAY)
    where = f"/work/requests/{case.pk}/steps/withdrawn/"
    with at(SOON):
        client = browser(town[Role.CLERK])
        refused = fill(client, where)
        assert refused.status_code == 422
        assert "请附上撤回的凭证" in refused.content.decode()
        paper = SimpleUploadedFile("撤回申请书.png", picture(), "image/png")
        assert fill(client, where, files=paper).status_code == 302
    case.refresh_from_db()
    assert case.stands == Stands.WITHDRAWN
    assert CaseFile.objects.get(case=case).kind == FileKind.REQUEST


def test_a_withdrawal_told_in_person_is_written_down_in_words(town: House) -> None:
    case = received(town, DAY)
    with at(SOON):
        told = fill(
            browser(town[Role.CLERK]),
            f"/work/requests/{case.pk}/steps/withdrawn/",
            note="申请人当面向窗口表示撤回",
        )
    assert told.status_code == 302
    case.refresh_from_db()
    assert case.events.get(kind="withdrawn").note == "申请人当面向窗口表示撤回"


def test_the_facts_of_a_day_stand_in_the_order_in_which_they_follow_from_each_other(town: House) -> None:
    office_of(town)
    course = Course.received(town, DAY)
    asked_on = SOON
    party = course.party("third-party", "虚构养护公司", asked_on)
    letter = course.letter("third-party-consultation", asked_on, party=party, given={"until": "2025-10-21"})
    course.sent(letter, asked_on, "direct")
    course.said(party, "consented", asked_on)
    course.decided("OPEN-2", asked_on, basis="given", words={"finding": "该信息可以公开。"})
    with at(asked_on):
        answer = page(browser(town[Role.CLERK]).get(f"/work/requests/{course.case.pk}/"))
    lines = ["".join(one.text().split()) for one in answer.css(".case-line .step-words")]
    order = (
        "收到申请",
        "签发文书",
        "送出文书",
        "书面征求第三方意见",
        "文书送达",
        "第三方收到征求意见书",
        "第三方答复",
        "作出答复决定",
    )
    places = [next(at for at, line in enumerate(lines) if words in line) for words in order]
    assert places == sorted(places), lines


def test_what_was_decided_today_can_be_withdrawn_today(town: House) -> None:
    course = Course.received(town, DAY)
    course.decided("OPEN-2", LATER, basis="given", words={"finding": "该信息可以公开。"})
    case = course.did(EventKind.WITHDRAWN, LATER)
    assert (case.stands, case.closed_on, case.outcome) == (Stands.WITHDRAWN, LATER, "OTH-3")
