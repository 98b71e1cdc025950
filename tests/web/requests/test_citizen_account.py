"""An account without a password: an address proved by a link, the requests under it opened without a code."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from typing import Any

import pytest
from django.conf import settings as set_now
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import page, words
from tests.web.platform import District, House
from tests.web.requests.asking import DAY, at, received, sent
from tests.web.requests.citizen_asking import Citizen, browser, hidden, looked_up
from tests.web.requests.test_citizen_status import awaiting_payment

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.config.resealing import reseal
from gongkai.web.organs.models import Role
from gongkai.web.participation.models import Pace
from gongkai.web.requests.actions.accounts import address_of, close_idle, enter_by_link, link_for
from gongkai.web.requests.actions.dividing import split
from gongkai.web.requests.actions.knowing import destroy_personal
from gongkai.web.requests.actions.stepping import withdraw_by_requester
from gongkai.web.requests.models import Account, AccountSession, Attached, Case
from gongkai.web.requests.notices import send_due

pytestmark = pytest.mark.django_db
MINE = "/request/mine/"
ADDRESS = "xugou-zhang@example.cn"
CONTACT = {"phone": "13800001234", "email": ADDRESS, "address": "", "notice_ways": ["email"]}


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def asked_for(client: Client, address: str = ADDRESS) -> HttpResponse:
    return client.post(MINE, {"do": "link", "address": address})


def link_in_the_letter(number: int = -1) -> str:
    (found,) = re.findall(r"http://\S+?(/request/mine/\S+)", mail.outbox[number].body)
    return str(found)


def signed_in(address: str = ADDRESS) -> Client:
    client = browser()
    asked_for(client, address)
    assert client.post(link_in_the_letter()).status_code == 303
    return client


def opened(client: Client, case: Case) -> HttpResponse:
    return client.post(MINE, {"case": str(case.uid)})


def attached_to(client: Client, house: House, case: Case, code: str) -> HttpResponse:
    """As its requester does it: number and code, then the button."""
    found = looked_up(house, case.number, code, client)
    place = f"/o/{house.organ.code}/request/status/case/"
    return client.post(place, {"ticket": hidden(found, "ticket"), "do": "attach"})


# ---- the link ----


def test_a_link_by_mail_opens_the_account_without_a_password() -> None:
    client = browser()
    assert "请查收邮件" in words(asked_for(client))
    assert mail.outbox[0].to == [ADDRESS]
    assert not Account.objects.exists()
    before = client.get(link_in_the_letter())
    assert "x***@example.cn" in words(before)
    assert ADDRESS not in before.content.decode()
    assert client.get(MINE).status_code == 200
    assert "已登录" not in words(client.get(MINE))
    assert client.post(link_in_the_letter()).status_code == 303
    assert "x***@example.cn" in words(client.get(MINE))
    account = Account.objects.get()
    assert address_of(account) == ADDRESS
    assert Entry.objects.filter(action="requests.account_opened").count() == 1
    assert verify().faults == []


def test_a_link_is_good_once_and_for_half_an_hour() -> None:
    first = browser()
    asked_for(first)
    link = link_in_the_letter()
    assert first.get(link).status_code == 200
    assert first.post(link).status_code == 303
    for again in (browser().post(link), browser().get(link)):  # a used one says so when it is opened
        assert again.status_code == 404
        assert "重新获取链接" in words(again)
    with at(DAY):
        late = browser()
        asked_for(late)
        link = link_in_the_letter()
        assert late.get(link).status_code == 200
    moment = dt.datetime(DAY.year, DAY.month, DAY.day, 9, 31, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    with clock.set_to(moment):
        assert late.get(link).status_code == 404
        assert late.post(link).status_code == 404
    assert AccountSession.objects.count() == 1


@pytest.mark.parametrize("token", ["none", "x" * 3000, "AAAA", "é", "eyJ0byI6ImEifQ"])
def test_what_is_no_link_of_ours_opens_nothing(token: str) -> None:
    assert browser().get(f"{MINE}{token}/").status_code == 404
    assert browser().post(f"{MINE}{token}/").status_code == 404
    assert not Account.objects.exists()


def test_nobody_learns_whether_an_address_has_an_account() -> None:
    signed_in()
    mail.outbox.clear()
    answers = []
    for address in (ADDRESS, "nobody-known@example.cn"):
        Pace.objects.all().delete()  # how often it was asked for lately is another matter
        with CaptureQueriesContext(connection) as asked:
            answer = asked_for(browser(), address)
        answers.append((answer.status_code, words(answer), len(asked)))
    assert answers[0] == answers[1]
    same = [letter.body.replace(re.findall(r"mine/\S+", letter.body)[0], "") for letter in mail.outbox]
    assert (len(same), len(set(same))) == (2, 1)


def test_a_letter_box_is_not_filled_by_others_and_the_page_says_the_same() -> None:
    links = [link_for(address=f"xugou+{number}@example.cn") for number in range(4)]
    assert [link is not None for link in links] == [True, True, True, False]
    assert "请查收邮件" in words(asked_for(browser(), "xugou@example.cn"))
    assert mail.outbox == []


def test_from_one_network_a_plain_question_is_put() -> None:
    for number in range(3):
        asked_for(browser(), f"a{number}@example.cn")
    told = asked_for(browser(), "a9@example.cn")
    assert told.status_code == 422
    assert "请先回答这个问题" in words(told)
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    "address", ["", "kein", "a@b", "x" * 300 + "@example.cn", "a\x00@example.cn\nBcc: b@c.cn"]
)
def test_what_is_no_address_is_told_at_its_field(address: str) -> None:
    told = asked_for(browser(), address)
    if told.status_code == 200:  # what cannot be stored was left out, and the rest is one
        assert all("\n" not in one.to[0] for one in mail.outbox)
        return
    assert told.status_code == 422
    assert page(told).css("#id_address-error")
    assert mail.outbox == []


def test_a_form_of_another_site_signs_nobody_in() -> None:
    client = browser()
    asked_for(client)
    foreign = Client(headers={"host": "localhost", "origin": "https://evil.example"})
    assert foreign.post(link_in_the_letter()).status_code == 403
    assert not Account.objects.exists()


def test_where_no_mail_is_set_up_nothing_is_offered(town: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
    assert browser().get(MINE).status_code == 404
    for place in ("", "status/"):
        assert "我的申请" not in words(browser().get(f"/o/{town.organ.code}/request/{place}"))


def test_a_mail_server_in_trouble_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(self: Any, messages: Any) -> int:
        raise smtplib.SMTPConnectError(421, b"down")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
    told = asked_for(browser())
    assert told.status_code == 422
    assert "发不出去" in words(told)


# ---- the requests under it ----


def test_what_is_sent_while_signed_in_is_listed_with_state_and_day_and_opens_without_a_code(
    town: House,
) -> None:
    client = signed_in()
    citizen = Citizen(town, client=client).go_to("summary")
    assert "x***@example.cn" in citizen.words
    citizen.send()
    assert "已列入" in citizen.words
    case = Case.objects.get()
    told = words(client.get(MINE))
    assert case.number in told
    assert "等待机关确认收到" in told
    page_of = opened(client, case)
    assert page_of.status_code == 200
    assert "等待机关确认收到" in words(page_of)
    # From there everything is as with number and code.
    place = f"/o/{town.organ.code}/request/status/case/"
    gone = client.post(place, {"ticket": hidden(page_of, "ticket"), "do": "withdraw"})
    assert "撤回" in words(gone)
    assert verify().faults == []


def test_the_day_of_the_reply_stands_in_the_list(town: House) -> None:
    case = received(town, DAY)
    client = signed_in()
    account = Account.objects.get()
    Attached.objects.create(account=account, case=case, at=account.opened_at)
    with at(DAY):
        assert re.search(r"正在办理.*答复期限.*10月30日", words(browser_in(client)))


def test_news_of_a_request_in_an_account_lead_into_the_account(town: House) -> None:
    client = signed_in()
    citizen = Citizen(town, client=client)
    citizen.go_to("summary", ways={"reply_ways": ["web"]}, contact=CONTACT)
    citizen.send()
    send_due()
    text = mail.outbox[-1].body
    assert "请登录“我的申请”查看：http://localhost:8000/request/mine/" in text
    assert "也可以凭编号和查询码查看" in text


def test_a_proof_of_payment_is_seen_in_the_list(town: House) -> None:
    with at(DAY):
        case, code = awaiting_payment(town)
        client = signed_in()
        attached_to(client, town, case, code)
        before = client.get(MINE)
        assert "需要您缴费" in words(before)
        found = opened(client, case)
        said = {"ticket": hidden(found, "ticket"), "do": "fee", "seen": hidden(found, "seen")}
        client.post(f"/o/{town.organ.code}/request/status/case/", {**said, "words": "已经缴了"})
        after = client.get(MINE)
    assert "已收到您的缴费凭证或者说明，等待机关核对到账 · 期限至 2025年10月30日" in words(after)
    assert (len(page(before).css(".is-waiting")), len(page(after).css(".is-waiting"))) == (1, 0)


def browser_in(client: Client) -> HttpResponse:
    """The list on the day that the clock is set to: signed in anew."""
    asked_for(client)
    client.post(link_in_the_letter())
    return client.get(MINE)


def test_whoever_ticks_it_off_keeps_the_request_apart(town: House) -> None:
    client = signed_in()
    citizen = Citizen(town, client=client).go_to("summary")
    citizen.press("send", apart="on")
    assert citizen.code
    assert not Attached.objects.exists()


def test_sent_twice_it_is_attached_once(town: House) -> None:
    client = signed_in()
    citizen = Citizen(town, client=client).go_to("summary")
    form = citizen.response
    citizen.send()
    citizen.response = form
    citizen.send()
    assert (Case.objects.count(), Attached.objects.count()) == (1, 1)


def test_an_earlier_request_is_attached_with_number_and_code(town: House) -> None:
    case, code = sent(town, DAY)
    client = signed_in()
    assert case.number not in words(client.get(MINE))
    assert "已列入" in words(attached_to(client, town, case, code))
    assert case.number in words(client.get(MINE))
    again = attached_to(client, town, case, code)
    assert again.status_code == 200
    assert Attached.objects.count() == 1
    assert "列入我的申请" not in words(opened(client, case))
    assert Entry.objects.filter(action="requests.account_attached", organ_id=town.organ.pk).count() == 1
    assert verify().faults == []


def test_without_being_signed_in_nothing_is_attached(town: House) -> None:
    case, code = sent(town, DAY)
    found = looked_up(town, case.number, code)
    assert "列入我的申请" not in words(found)
    assert attached_to(browser(), town, case, code).status_code == 409
    assert not Attached.objects.exists()


def test_an_account_opens_no_request_but_its_own(district: District) -> None:
    town, bureau = district.town, district.bureau
    own, code = sent(town, DAY)
    other, _code = sent(bureau, DAY)
    client = signed_in()
    attached_to(client, town, own, code)
    told = opened(client, other)
    assert told.status_code == 404
    assert other.subject not in words(told) or own.subject == other.subject
    for uid in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert client.post(MINE, {"case": uid}).status_code == 404
    somebody = signed_in("somebody-else@example.cn")
    assert opened(somebody, own).status_code == 404
    assert own.number not in words(somebody.get(MINE))
    assert "已登录" not in words(browser().post(MINE, {"case": str(own.uid)}))


def test_what_was_split_from_it_is_listed_beside_it(town: House) -> None:
    case, code = sent(town, DAY)
    client = signed_in()
    attached_to(client, town, case, code)
    with at(DAY):
        parts = ["申请公开北山镇道路养护方案", "申请公开北山镇敬老院收费标准"]
        split(by=town[Role.DISCLOSURE_OFFICE], case=case, parts=parts, reason="两项内容不相关")
    told = words(client.get(MINE))
    news = list(Case.objects.filter(split_from=case))
    assert news
    assert all(one.number in told for one in news)
    assert opened(client, news[0]).status_code == 200


def test_staff_are_not_signed_in_to_it_nor_it_to_the_workspace(town: House) -> None:
    client = signed_in()
    assert set_now.SESSION_COOKIE_NAME not in client.cookies
    assert client.get("/work/requests/").status_code in (302, 403)
    clerk = browser()
    clerk.force_login(town[Role.CLERK], backend=set_now.AUTHENTICATION_BACKENDS[-1])
    assert "已登录" not in words(clerk.get(MINE))


def test_a_list_costs_the_same_however_long_it_is(town: House) -> None:
    client = signed_in()
    account = Account.objects.get()
    for _ in range(3):
        Attached.objects.create(account=account, case=received(town, DAY), at=account.opened_at)
    with CaptureQueriesContext(connection) as few:
        client.get(MINE)
    for _ in range(5):
        Attached.objects.create(account=account, case=received(town, DAY), at=account.opened_at)
    with CaptureQueriesContext(connection) as many:
        client.get(MINE)
    assert len(few) == len(many) <= 6


# ---- its end ----


def test_signed_out_the_cookie_opens_nothing(town: House) -> None:
    client = signed_in()
    cookie = client.cookies["citizen"].value
    assert client.cookies["citizen"]["httponly"]
    assert client.cookies["citizen"]["samesite"] == "Lax"
    assert cookie not in str(AccountSession.objects.values_list())
    assert "已退出" in words(client.post(MINE, {"do": "leave"}))
    thief = browser()
    thief.cookies["citizen"] = cookie
    assert "已登录" not in words(thief.get(MINE))


def test_a_sign_in_ends_by_itself() -> None:
    client = signed_in()
    AccountSession.objects.update(until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert "已登录" not in words(client.get(MINE))
    close_idle()
    assert not AccountSession.objects.exists()


def test_one_button_closes_it_and_nothing_is_left_of_the_address(town: House) -> None:
    case, code = sent(town, DAY)
    client = signed_in()
    attached_to(client, town, case, code)
    assert "账户已注销" in words(client.post(MINE, {"do": "close"}))
    account = Account.objects.get()
    assert (account.sealed_address, account.address_index) == ("", "")
    assert not Attached.objects.exists()
    assert not AccountSession.objects.exists()
    assert looked_up(town, case.number, code).status_code == 200
    assert verify().faults == []
    # Begun again it is another, and empty.
    again = signed_in()
    assert case.number not in words(again.get(MINE))
    assert Account.objects.count() == 2


def test_the_database_keeps_a_closed_account_closed() -> None:
    signed_in()
    client = signed_in()
    client.post(MINE, {"do": "close"})
    for change in ({"closed_at": None}, {"sealed_address": "v1.x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Account.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.all().delete()


def test_an_account_nobody_enters_any_more_is_closed() -> None:
    signed_in()
    assert close_idle() == 0
    Account.objects.update(entered_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert close_idle() == 1
    assert Account.objects.get().closed_at is not None


def test_with_the_personal_data_the_account_s_hold_on_it_is_destroyed(town: House) -> None:
    case, code = sent(town, DAY)
    client = signed_in()
    attached_to(client, town, case, code)
    with at(DAY):
        withdraw_by_requester(case=case)
    with at(dt.date(2036, 1, 5)):
        destroy_personal(by=town[Role.DISCLOSURE_OFFICE], case=Case.objects.get(), reason="保管期满")
    assert not Attached.objects.exists()
    assert opened(client, case).status_code == 404
    assert verify().faults == []


# ---- how it is kept ----


def test_the_address_is_found_under_a_new_key_alone(settings: Any) -> None:
    signed_in()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the-key-of-now-in-this-test"
    signed_in()  # before anything is sealed anew
    assert Account.objects.count() == 1
    assert reseal().done == 1
    settings.SECRET_KEY_FALLBACKS = []
    signed_in()
    assert Account.objects.count() == 1
    assert address_of(Account.objects.get()) == ADDRESS
    assert verify().faults == []


def test_no_row_tells_the_address() -> None:
    client = signed_in()
    client.get(MINE)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "xugou-zhang" not in str(cursor.fetchall()), table


def test_one_spelling_of_an_address_is_one_account() -> None:
    for address in (ADDRESS, ADDRESS.upper(), f" {ADDRESS} "):
        link = link_for(address=address)
        assert link is not None
        assert enter_by_link(token=link.token) is not None
    assert Account.objects.count() == 1
