"""Where a request stands, for whoever has its number and its code, and for nobody else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from tests.web.conftest import words
from tests.web.platform import District, House, entered
from tests.web.requests.asking import ADDRESS, NAME, PHONE, asked, at, received, sent
from tests.web.requests.citizen_asking import PNG, Citizen, browser, hidden, looked_up, scan

from gongkai.statute.clock import Event, EventKind, Way
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.citizens import send
from gongkai.web.requests.actions.consulting import add_party
from gongkai.web.requests.actions.dividing import split
from gongkai.web.requests.actions.entering import held
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.receiving import confirm_receipt, register
from gongkai.web.requests.actions.stepping import record, step
from gongkai.web.requests.models import (
    Case,
    CaseFile,
    CaseNotice,
    Decision,
    DecisionStage,
    FeeNotice,
    FileKind,
    Office,
    Stands,
)
from gongkai.web.requests.notices import send_due
from gongkai.web.requests.queries.citizens import number_typed
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)


def by_post(house: House) -> tuple[Case, str]:
    """A signed letter: received on DAY, due on 30 October; with its code."""
    with at(DAY):
        return register(
            by=house[Role.DISCLOSURE_OFFICE],
            organ=house.organ,
            asked=asked(),
            channel="signed-post",
            arrived_on=DAY,
        )


def press(house: House, page: Any, do: str, name: str = "case", **said: Any) -> Any:
    place = f"/o/{house.organ.code}/request/status/{name}/"
    return browser().post(place, {"ticket": hidden(page, "ticket"), "do": do, **said})


@pytest.mark.parametrize(
    ("typed", "year", "serial"),
    [
        ("〔2026〕12号", 2026, 12),
        ("2026-12", 2026, 12),
        ("２０２６ １２", 2026, 12),
        ("[2026] 第012号", 2026, 12),
        ("12", 0, 12),
        ("第12号", 0, 12),
    ],
)
def test_a_number_is_read_as_people_copy_it(typed: str, year: int, serial: int) -> None:
    assert number_typed(typed) == (year, serial)


@pytest.mark.parametrize("typed", ["", "号", "九", "\x00", "²", "١٢"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_typed(typed) is None or typed == "١٢"


def test_number_and_code_open_the_case_with_its_day_and_how_it_came_about(town: House) -> None:
    _case, code = by_post(town)
    with at(dt.date(2025, 10, 9)):
        answer = looked_up(town, "〔2025〕1号", code.lower().replace("-", " "))
    told = words(answer)
    assert "正在办理" in told
    assert "2025年10月30日" in told
    assert "这个日期是怎么算出来的" in told
    assert "国庆" in told
    assert "no-store" in answer.headers["Cache-Control"]
    for secret in (NAME, PHONE, ADDRESS):
        assert secret not in told
    assert code not in answer.content.decode()


def test_before_it_is_confirmed_it_says_that_the_clock_does_not_run_yet(town: House) -> None:
    case, code = sent(town, DAY)
    with at(DAY):
        told = words(looked_up(town, case.number, code))
    assert "等待机关确认收到" in told
    assert "答复期限" in told
    assert "最后一日" not in told


def test_a_wrong_code_another_s_code_and_a_number_there_is_not_are_told_alike(district: District) -> None:
    mine, code = by_post(district.town)
    _other, others = by_post(district.bureau)
    _second, seconds = by_post(district.town)
    told = {
        words(looked_up(district.town, number, typed)).partition("编号和查询码")[2]
        for number, typed in (
            (mine.number, "AAAA-BBBB-CCCC"),
            (mine.number, others),
            (mine.number, seconds),
            ("〔2025〕99999999号", code),
        )
    }
    assert len(told) == 1
    assert looked_up(district.bureau, mine.number, code).status_code == 422
    assert looked_up(district.town, mine.number, code).status_code == 200


def test_what_was_split_off_is_looked_up_with_the_code_its_requester_holds(town: House) -> None:
    case, code = by_post(town)
    wanted = ["养护资金分配方案", "村级路灯采购合同"]
    with at(DAY):
        (part,) = split(by=town[Role.CLERK], case=case, parts=wanted, reason="一事一申请")
        (further,) = split(by=town[Role.CLERK], case=part, parts=wanted, reason="一事一申请")
        assert "〔2025〕2号" in words(looked_up(town, case.number, code))
        for one in (part, further):
            told = looked_up(town, one.number, code)
            assert (told.status_code, one.number in words(told)) == (200, True)
        assert looked_up(town, part.number, "AAAA-BBBB-CCCC").status_code == 422


def test_guessing_is_questioned_then_refused_and_in_the_log(town: House) -> None:
    case, code = by_post(town)
    client = browser()
    for _ in range(5):
        assert looked_up(town, case.number, "AAAA-BBBB-CCCC", client).status_code == 422
    entry = Entry.objects.get(action="requests.code_guessed")
    assert entry.organ_id == town.organ.pk
    assert entry.after["case"] == case.number
    asked_first = looked_up(town, case.number, code, client)
    assert asked_first.status_code == 422
    assert "请先回答" in words(asked_first)
    summary = LexborHTMLParser(asked_first.content.decode()).css_first(".govuk-error-summary")
    assert summary is not None
    assert "请写数字。输错的次数较多" in summary.text()
    from gongkai.web.participation.strangers import new_question

    for _ in range(25):
        question = new_question()
        client.post(
            "/o/beishan/request/status/",
            {
                "number": case.number,
                "code": "AAAA-BBBB-CCCC",
                "token": question.token,
                "question": str(question.first + question.second),
            },
        )
    assert looked_up(town, case.number, code, client).status_code == 429
    assert verify().faults == []


def test_the_requester_of_a_number_that_is_guessed_at_is_questioned_but_not_shut_out(town: House) -> None:
    case, code = by_post(town)
    for number in range(12):
        client = browser()
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        looked_up(town, case.number, "AAAA-BBBB-CCCC", client)
    own = browser()
    own.defaults["REMOTE_ADDR"] = "203.0.113.9"
    page = looked_up(town, case.number, code, own)
    assert page.status_code == 422
    assert "请先回答" in words(page)
    from gongkai.web.participation.strangers import new_question

    question = new_question()
    said = {"token": question.token, "question": str(question.first + question.second)}
    answer = own.post("/o/beishan/request/status/", {"number": case.number, "code": code, **said})
    assert "正在办理" in words(answer)


def test_a_ticket_opens_its_own_case_at_its_own_organ_for_an_hour(district: District) -> None:
    town, bureau = district.town, district.bureau
    case, code = by_post(town)
    with at(DAY):
        page = looked_up(town, case.number, code)
        assert press(town, page, "show").status_code == 200
        assert press(bureau, page, "show").status_code == 422
    with at(DAY, hour=11):
        late = press(town, page, "supplement", words="写了很久的补正")
    assert late.status_code == 422
    assert "重新输入" in words(late)
    assert "写了很久的补正" in late.content.decode()
    for bad in ("", "v1.AAAA", "x" * 5000, "\x00", "🙂"):
        answer = browser().post("/o/beishan/request/status/case/", {"ticket": bad, "do": "withdraw-now"})
        assert answer.status_code in (302, 422), bad
    assert browser().get("/o/beishan/request/status/case/").status_code == 302
    case.refresh_from_db()
    assert case.stands == Stands.RUNNING


def test_a_supplement_is_sealed_into_the_case_and_the_clock_begins_anew(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        step(by=town[Role.CLERK], case=case, kind="supplement-asked", on=DAY, until=dt.date(2025, 10, 20))
    with at(dt.date(2025, 10, 9)):
        page = looked_up(town, case.number, code)
        assert "需要您补正" in words(page)
        assert "2025年10月20日" in words(page)
        empty = press(town, page, "supplement", words=" ")
        assert empty.status_code == 422
        assert "请写明补正的内容" in words(empty)
        wrong = press(town, page, "supplement", words="指二〇二五年", files=[scan("a.exe", b"MZ1234")])
        assert wrong.status_code == 422
        assert "指二〇二五年" in wrong.content.decode()
        done = press(town, page, "supplement", words="指二〇二五年的方案", files=[scan("附图.png")])
        assert "已收到您的补正" in words(done)
        again = press(town, page, "supplement", words="指二〇二五年的方案")
        assert "已收到您的补正" in words(again)
    case.refresh_from_db()
    assert case.stands == Stands.RUNNING
    assert case.due_on == dt.date(2025, 11, 5)  # the 11th of October is worked
    rows = list(case.files.filter(kind="supplement"))
    opener = opener_of(case)
    assert [opener.open(one, "name") for one in rows] == ["补正说明.txt", "附图.png"]
    assert opener.open_file(rows[0]).decode() == "指二〇二五年的方案"
    assert case.events.filter(kind="supplement-received").count() == 1
    assert verify().faults == []


def test_a_supplement_nobody_asked_for_is_refused_and_given_back(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        page = looked_up(town, case.number, code)
        answer = press(town, page, "supplement", words="想到还要补充一点")
    assert answer.status_code == 409
    assert "想到还要补充一点" in answer.content.decode()
    assert not CaseFile.objects.exists()


def test_withdrawing_is_asked_twice_and_done_once(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        page = looked_up(town, case.number, code)
        sure = press(town, page, "withdraw")
        case.refresh_from_db()
        assert case.stands == Stands.RUNNING
        done = press(town, sure, "withdraw-now", seen=hidden(sure, "seen"))
        assert "已撤回" in words(done)
        again = press(town, sure, "withdraw-now", seen=hidden(sure, "seen"))
    case.refresh_from_db()
    assert case.stands == Stands.WITHDRAWN
    assert again.status_code == 409
    assert case.events.filter(kind="withdrawn").count() == 1


def test_a_withdrawal_of_what_has_moved_on_is_not_done_unseen(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        page = looked_up(town, case.number, code)
        sure = press(town, page, "withdraw")
        step(by=town[Role.CLERK], case=case, kind="supplement-asked", on=DAY, until=dt.date(2025, 10, 20))
        answer = press(town, sure, "withdraw-now", seen=hidden(sure, "seen"))
    case.refresh_from_db()
    assert case.stands == Stands.AWAITING_SUPPLEMENT
    assert answer.status_code == 409
    assert "新的进展" in words(answer)


def test_third_parties_are_asked_but_never_named(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        clerk = town[Role.CLERK]
        add_party(by=clerk, case=case, kind="third-party", name="虚构第三方公司")
        step(by=clerk, case=case, kind="third-party-asked", on=DAY, party="虚构第三方公司")
        told = looked_up(town, case.number, code).content.decode()
    assert "书面征求第三方意见" in told
    assert "正在征求意见" in told
    assert "虚构第三方公司" not in told


def test_what_was_given_out_is_fetched_by_its_requester_alone_and_in_the_log(district: District) -> None:
    town = district.town
    case, code = by_post(town)
    clerk = town[Role.CLERK]
    with at(DAY):
        given = add_file(
            by=clerk, case=case, name="分配方案.pdf", content=b"%PDF-1.7 %%EOF", media_type="application/pdf",
            kind=FileKind.DISCLOSED,
        )  # fmt: skip
        inside = add_file(
            by=clerk, case=case, name="科室意见.pdf", content=b"%PDF-1.7 x", media_type="application/pdf",
            kind=FileKind.ANSWER,
        )  # fmt: skip
        page = looked_up(town, case.number, code)
        assert press(town, page, "", "file", file=str(given.uid)).status_code == 404
        answer_served(case)
        page = looked_up(town, case.number, code)
        assert "已经答复" in words(page)
        assert "分配方案.pdf" in words(page)
        assert "科室意见" not in words(page)
        taken = press(town, page, "", "file", file=str(given.uid))
        assert taken.content == b"%PDF-1.7 %%EOF"
        assert "no-store" in taken.headers["Cache-Control"]
        assert "sandbox" in taken.headers["Content-Security-Policy"]
        for other in (str(inside.uid), "x", "\x00"):
            assert press(town, page, "", "file", file=other).status_code == 404
        second, seconds = by_post(town)
        foreign = looked_up(town, second.number, seconds)
        assert press(town, foreign, "", "file", file=str(given.uid)).status_code == 404
    entry = Entry.objects.get(action="requests.file_seen")
    assert entry.after["by"] == "requester"


def answer_served(case: Case) -> None:
    fact(case, Event(EventKind.DECIDED, DAY), Event(EventKind.SERVED, DAY, way=Way.ONLINE))


@transaction.atomic
def fact(case: Case, *events: Event) -> None:
    for one in events:
        record(held(case), one, by=None)


def test_the_status_page_asks_little_of_the_database(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        with CaptureQueriesContext(connection) as queries:
            page = looked_up(town, case.number, code)
        assert len(queries) <= 15, [one["sql"][:80] for one in queries]
        with CaptureQueriesContext(connection) as queries:
            press(town, page, "show")
    assert len(queries) <= 15, [one["sql"][:80] for one in queries]


@pytest.mark.parametrize("typed", ["\x00", "\u202e12", "九" * 200_000, "'; --", "1" * 400])
def test_whatever_is_typed_is_answered(town: House, typed: str) -> None:
    by_post(town)
    place = "/o/beishan/request/status/"
    for said in (
        {"number": typed, "code": typed},
        {"number": "2025-1", "code": typed},
        {"number": [typed, typed], "code": [typed]},
        {},
    ):
        assert browser().post(place, said).status_code == 422


def with_notices(town: House, *ways: str) -> Case:
    with at(DAY):
        return send(
            organ=town.organ,
            form="f" * 64,
            asked=asked(email="somebody@example.cn"),
            notice_ways=ways,
        ).case


def test_notices_tell_that_there_is_news_and_nothing_else_once(town: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = with_notices(town, "email")
    with at(DAY):
        assert (send_due(), send_due()) == (1, 0)
        confirm_receipt(by=town[Role.CLERK], case=case, on=DAY)
        assert (send_due(), send_due()) == (1, 0)
        step(by=town[Role.CLERK], case=case, kind="supplement-asked", on=DAY, until=dt.date(2025, 10, 20))
        assert send_due() == 1
    assert [one.to for one in mail.outbox] == [["somebody@example.cn"]] * 3
    taken, confirmed, supplement = (f"{one.subject}\n{one.body}" for one in mail.outbox)
    assert "等待机关与您确认收到" in taken
    assert "答复期限至2025年10月30日" in confirmed
    assert "需要您补正" in supplement
    assert "请在2025年10月20日前（含当日）补正" in supplement
    assert "视为放弃申请" in supplement
    text = taken + confirmed + supplement
    assert text.count(case.number) == 6
    assert text.count("/o/beishan/request/status/") == 3
    assert "我的申请" not in text
    for secret in (NAME, PHONE, ADDRESS, "养护资金"):
        assert secret not in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM requests_casenotice")
        assert "example.cn" not in repr(cursor.fetchall())


def test_a_notice_is_undone_with_the_event_it_tells_of(town: House) -> None:
    case = with_notices(town, "email")
    with at(DAY), transaction.atomic():
        confirm_receipt(by=town[Role.CLERK], case=case, on=DAY)
        assert CaseNotice.objects.filter(event__kind="received").exists()
        transaction.set_rollback(True)
    assert not CaseNotice.objects.filter(event__kind="received").exists()


def test_where_the_mail_server_is_down_it_is_tried_again_and_given_up_in_the_end(
    town: House, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
    with_notices(town, "email")
    for number in range(1, 6):
        with at(DAY + dt.timedelta(days=number)):
            assert send_due() == 0
    notice = CaseNotice.objects.get()
    assert (notice.tries, notice.is_given_up, notice.sent_at) == (5, True, None)


def test_the_subject_of_a_letter_begins_without_a_blank(town: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = with_notices(town, "email")
    with at(DAY):
        send_due()
    read = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=default)["subject"]
    assert read == f"政府信息公开申请{case.number}：已经提交，等待机关与您确认收到"


def test_a_fee_notice_s_letter_tells_by_when_to_pay_and_what_follows(town: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = with_notices(town, "email")
    with at(DAY):
        confirm_receipt(by=town[Role.CLERK], case=case, on=DAY)
        row = FeeNotice(case=case, basis="item", count=1, after=12, amount=Decimal("100.00"), notified_on=DAY)
        row.save()
        entered(row)
        fact(case, Event(EventKind.FEE_NOTIFIED, DAY), Event(EventKind.FEE_REACHED, DAY))
        send_due()
    text = mail.outbox[-1].body
    assert "请在2025年10月30日前（含当日）缴清" in text
    assert "逾期不缴的，视为放弃申请" in text
    assert "100" not in text


def test_who_wished_for_no_notice_gets_none(town: House) -> None:
    received(town, DAY)
    assert not CaseNotice.objects.exists()


def test_the_receipt_s_code_opens_the_case(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    citizen.send()
    answer = looked_up(town, citizen.number, citizen.code)
    assert "等待机关确认收到" in words(answer)
    assert PNG not in answer.content


def test_the_pages_are_in_english_too(town: House) -> None:
    case, code = by_post(town)
    answer = browser().post("/o/beishan/request/status/?lang=en", {"number": case.number, "code": code})
    assert 'lang="en"' in answer.content.decode()


def test_a_fee_is_told_with_its_amount_its_day_and_how_to_pay(town: House) -> None:
    case, code = by_post(town)
    Office.objects.create(organ=town.organ, payment="虚构区财政专户，备注申请编号")
    with at(DAY):
        FeeNotice.objects.create(case=case, basis="item", count=1, after=12, amount="100.00", notified_on=DAY)
        fact(case, Event(EventKind.FEE_NOTIFIED, DAY), Event(EventKind.FEE_REACHED, DAY))
        told = words(looked_up(town, case.number, code))
    assert "需要您缴费" in told
    assert "100.00 元" in told
    assert "2025年10月30日" in told  # twenty working days from the day after it was received
    assert "虚构区财政专户" in told


def awaiting_payment(town: House) -> tuple[Case, str]:
    case, code = by_post(town)
    row = FeeNotice(case=case, basis="item", count=1, after=12, amount=Decimal("100.00"), notified_on=DAY)
    row.save()
    entered(row)
    fact(case, Event(EventKind.FEE_NOTIFIED, DAY), Event(EventKind.FEE_REACHED, DAY))
    return case, code


def test_a_fee_notice_is_answered_with_a_proof_that_the_office_sees(town: House) -> None:
    with at(DAY):
        case, code = awaiting_payment(town)
        page = looked_up(town, case.number, code)
        seen = hidden(page, "seen")
        done = press(town, page, "fee", words="9月26日由本人缴纳", seen=seen, files=[scan("回单.png")])
        assert "已收到您提交的内容，机关核对到账以后继续办理" in words(done)
        assert "回单.png" in words(done)
        assert "等待机关核对到账" in words(done)
        # The same page pressed once more takes nothing twice.
        again = press(town, page, "fee", words="9月26日由本人缴纳", seen=seen, files=[scan("回单.png")])
        assert again.status_code == 409
    rows = CaseFile.objects.filter(case=case, kind=FileKind.PAYMENT, added_by=None)
    assert rows.count() == 2
    case.refresh_from_db()
    assert case.stands == Stands.AWAITING_PAYMENT
    entry = Entry.objects.filter(action="requests.file_added").latest("number")
    assert entry.after["by"] == "requester"
    assert verify().faults == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "请写明缴费说明"),
        ({"words": "字" * 5001}, "最多 5000 字"),
        ({"files": [scan("run.exe", b"MZ")]}, "run.exe"),
    ],
)
def test_what_is_wrong_with_an_answer_to_a_fee_notice_is_told(
    town: House, said: dict[str, Any], told: str
) -> None:
    with at(DAY):
        case, code = awaiting_payment(town)
        page = looked_up(town, case.number, code)
        answer = press(town, page, "fee", seen=hidden(page, "seen"), **said)
    assert answer.status_code == 422
    assert told in words(answer)
    assert not CaseFile.objects.filter(kind=FileKind.PAYMENT).exists()


def test_no_fee_notice_is_answered_where_none_is_waited_for(town: House) -> None:
    with at(DAY):
        case, code = by_post(town)
        page = looked_up(town, case.number, code)
        answer = press(town, page, "fee", words="已缴", seen=str(Case.objects.get().revision))
    assert answer.status_code == 409
    assert "现在不用缴费" in words(answer)
    assert not CaseFile.objects.exists()


@pytest.mark.parametrize(("outcome", "direct"), [("OPEN-2", True), ("REF-5", False)])
def test_after_the_reply_the_last_days_of_the_remedies_are_told(
    town: House, outcome: str, direct: bool
) -> None:
    case, code = by_post(town)
    with at(DAY):
        Decision.objects.create(
            case=case,
            number=1,
            outcome=outcome,
            stage=DecisionStage.MADE,
            made_on=DAY,
            drafted_by=town[Role.CLERK],
            drafted_at=clock.now(),
        )
        assert "行政复议的最后一日" not in words(looked_up(town, case.number, code))
        answer_served(case)
        told = words(looked_up(town, case.number, code))
    assert "2025年11月25日" in told  # sixty days
    assert ("2026年3月26日" in told) is direct  # six months
    assert ("应当先申请行政复议" in told) is not direct


def pressed_above(page: Any, called: str, **typed: Any) -> Any:
    """A switch at the top of a page that answers a form, pressed with what that form holds."""
    tree = LexborHTMLParser(page.content.decode())
    button = next(one for one in tree.css("header button[formaction]") if called in one.text())
    form = tree.css_first(f"form#{button.attributes['form']}")
    assert form is not None
    held = {
        one.attributes["name"]: one.attributes.get("value") or "" for one in form.css("input[type=hidden]")
    }
    pressed = {button.attributes["name"]: button.attributes["value"]}
    return browser().post(str(button.attributes["formaction"]), {**held, **pressed, **typed})


def test_the_language_is_changed_where_a_request_stands_and_what_was_typed_stays(town: House) -> None:
    case, code = by_post(town)
    with at(DAY):
        page = looked_up(town, case.number, code)
        english = pressed_above(page, "English")
        assert english.status_code == 200
        assert '<html lang="en"' in english.content.decode()
        assert case.number in words(english)
        step(by=town[Role.CLERK], case=case, kind="supplement-asked", on=DAY, until=dt.date(2025, 10, 20))
        page = looked_up(town, case.number, code)
        english = pressed_above(page, "English", words="补正：2025年的分配方案")
        assert "补正：2025年的分配方案" in english.content.decode()
        large = pressed_above(english, "Large type", words="补正：又改了")
        assert "补正：又改了" in large.content.decode()
        assert " easy" in large.content.decode()[:200]
        assert not CaseFile.objects.filter(kind=FileKind.SUPPLEMENT).exists()
        assert Case.objects.get().stands == Stands.AWAITING_SUPPLEMENT
        really = press(town, page, "withdraw")
        assert "Withdraw" in words(pressed_above(really, "English"))
        assert Case.objects.get().stands == Stands.AWAITING_SUPPLEMENT


def test_the_language_is_changed_at_the_enquiry_without_counting_as_a_wrong_code(town: House) -> None:
    case, _code = by_post(town)
    page = looked_up(town, case.number, "AAAA-BBBB-CCCC")
    assert page.status_code == 422
    english = pressed_above(page, "English", number=case.number, code="AAAA")
    assert english.status_code == 200
    assert 'value="AAAA"' in english.content.decode()
    assert case.number in english.content.decode()


def test_who_doubts_a_fee_is_told_what_can_be_done(town: House) -> None:
    with at(DAY):
        case, code = awaiting_payment(town)
        page = words(looked_up(town, case.number, code))
    assert "不能单独申请行政复议" in page
    assert "条例第五十一条" in page
