"""我的申请 in a real browser: a link by mail, the request kept under it, and the reply served by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from tests.browser.platform_site import PHONE, Windows
from tests.browser.request_pages import MAIL, Journey, bare, day, journey_of
from tests.browser.test_checking_journeys import no_axe_findings, page_scrolls_sideways
from tests.web.requests.asking import NAME
from tests.web.requests.journeys import pdf_words

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.models import Account, AccountSession, Stands

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]
TABLE = "路段,资金（万元）\n虚构路,12.5\n".encode()


@pytest.fixture
def journey(windows: Windows, platform_server: Any, invented: Any, settings: Any) -> Iterator[Journey]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    yield journey_of(windows, platform_server, invented.town)
    platform_server.moment = None


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()
    assert not page_scrolls_sideways(page), page.url


def signs_in(page: Any, address: str = MAIL) -> None:
    """From the page of requests to the link in the letter, and by it into the account."""
    page.locator("main").get_by_role("link", name="我的申请").click()
    page.fill("[name=address]", address)
    press(page, "发送登录链接")
    assert "请查收邮件" in page.inner_text("h1")
    (link,) = re.findall(r"http://\S+?(/request/mine/\S+)", mail.outbox[-1].body)
    page.goto(link)
    press(page, "登录")
    assert "已登录" in page.inner_text("main")


def test_asked_answered_by_mail_and_looked_up_in_an_account(journey: Journey) -> None:
    """Without scripts, on a phone."""
    journey.on("2026-03-02")
    page = journey.citizen
    page.goto(f"/o/{journey.house.organ.code}/request/")
    signs_in(page)
    assert "还没有申请" in page.inner_text("main")
    journey.asks(ways=("email", "web"))
    journey.confirmed()
    page.goto("/request/mine/")
    listed = bare(page.inner_text(".asking-mine"))
    assert journey.number in listed
    assert "答复期限2026年3月30日" in listed
    press(page, "查看")  # no code is asked for
    assert "2026年3月30日" in page.inner_text(".due-day")

    journey.on("2026-03-10").releases("资金分配.csv", "text/csv", TABLE)
    journey.decided("OPEN-2.given", finding="该信息可以公开。", reviewed="yes")
    journey.on("2026-03-11").reply(information="养护资金分配方案")
    office = journey.desk(Role.CLERK)
    journey.goes(office, "用电子邮件送达")
    asked = office.inner_text("main")
    assert MAIL not in asked
    assert "q***@example.cn" in asked
    journey.sends_form(office)
    assert (journey.case.stands, journey.case.in_time) == (Stands.SERVED, True)
    assert journey.case.closed_on == day("2026-03-11")
    letter = mail.outbox[-1]
    assert letter.to == [MAIL]
    names = [name for name, _content, _type in letter.attachments]
    assert names[1:] == ["资金分配.csv"]
    assert NAME in pdf_words(letter.attachments[0][1])
    assert letter.attachments[1][1] == TABLE

    page.goto(f"/o/{journey.house.organ.code}/request/")
    signs_in(page)  # days later: nobody stays signed in for so long
    assert "已经答复" in page.inner_text(".asking-mine")
    press(page, "查看")
    assert "养护资金分配方案" in pdf_words(journey.fetches("政府信息公开申请答复书"))
    assert journey.fetches("资金分配.csv").read_bytes() == TABLE
    page.goto("/request/mine/")
    press(page, "退出登录")
    assert page.context.cookies() == []
    page.goto("/request/mine/")
    assert journey.number not in page.inner_text("main")
    assert verify().faults == []


def test_every_page_of_an_account_is_sound_and_a_request_of_before_is_taken_in(journey: Journey) -> None:
    journey.on("2026-03-02").asks()
    page = journey.windows.anybody(PHONE)
    page.goto("/request/mine/")
    no_axe_findings(page)
    page.fill("[name=address]", "no address")
    press(page, "发送登录链接")
    assert page.locator(".govuk-error-summary").count()
    no_axe_findings(page)
    page.goto(f"/o/{journey.house.organ.code}/request/")
    signs_in(page)
    no_axe_findings(page)
    used = re.findall(r"http://\S+?(/request/mine/\S+)", mail.outbox[-1].body)[0]
    page.goto(used)
    assert "已用过或者过期" in page.inner_text("h1")
    no_axe_findings(page)
    page.goto(f"/o/{journey.house.organ.code}/request/status/")
    page.fill("[name=number]", journey.number)
    page.fill("[name=code]", journey.code)
    press(page, "查询")
    press(page, "列入我的申请")
    no_axe_findings(page)
    page.goto("/request/mine/")
    assert journey.number in page.inner_text(".asking-mine")
    no_axe_findings(page)
    press(page, "查看")
    no_axe_findings(page)
    page.goto("/request/mine/")
    press(page, "注销账户")
    no_axe_findings(page)
    assert Account.objects.get().sealed_address == ""
    assert not AccountSession.objects.exists()
    assert "等待机关确认收到" in journey.looks()  # by number and code, as before
    journey.windows.expected(404, 422)
