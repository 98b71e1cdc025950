"""The other ways of the platform's days: withdrawal, a set time, a table with bad rows, an item that is late,
the authority above, and signing in."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone
from tests.browser.platform_site import Windows, sign_in
from tests.web.disclosure.sheets import workbook
from tests.web.platform import PASSWORD, District, draft, entered, pass_once, published, submitted

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.publishing import publish_due
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]

TITLE = "关于开展防汛演练的通知"


def test_what_is_withdrawn_leaves_a_stub_with_the_reason(windows: Windows, invented: District) -> None:
    record = published(invented.town, title=TITLE)
    citizen = windows.citizen()
    public = f"/o/beishan/records/{record.pk}/"
    citizen.goto(public)
    assert TITLE in citizen.inner_text("article")
    office = windows.of("beishan.disclosure_office")
    office.goto(f"/work/records/{record.pk}/")
    office.click("aside#handling >> text=撤回")
    office.get_by_label("理由").fill("部分内容有误，核实后重新公开。")
    office.click("main form button >> text=撤回")
    assert "已撤回" in office.inner_text("main")
    answer = citizen.goto(public)
    assert answer.status in (200, 410)
    stub = citizen.inner_text("article")
    assert "部分内容有误，核实后重新公开。" in stub
    assert record.index_number in stub
    assert TITLE not in citizen.content()
    citizen.goto("/o/beishan/")
    assert TITLE not in citizen.content()
    windows.expected(410)


def test_a_set_time_publishes_what_three_people_have_passed(windows: Windows, invented: District) -> None:
    town = invented.town
    record = submitted(town, title=TITLE)
    at = timezone.localtime() + dt.timedelta(days=2)
    clerk = windows.of("beishan.clerk")
    clerk.goto(f"/work/records/{record.pk}/")
    clerk.click("aside#handling >> text=定时公开")
    clerk.fill("[name=publish_at]", at.strftime("%Y-%m-%dT%H:%M"))
    clerk.click("main form button >> text=保存")
    assert "公开时间已保存" in clerk.inner_text("main")
    for _ in range(3):
        pass_once(town, record)
    citizen = windows.citizen()
    assert publish_due() == ([], [])
    citizen.goto("/o/beishan/")
    assert TITLE not in citizen.content()
    done, held = publish_due(at + dt.timedelta(minutes=1))
    assert ([one.pk for one in done], held) == ([record.pk], [])
    citizen.goto("/o/beishan/")
    citizen.click(f"text={TITLE}")
    assert TITLE in citizen.inner_text("article h1")


def test_a_table_is_tried_its_bad_rows_named_and_the_good_ones_imported_once(
    windows: Windows, invented: District
) -> None:
    rows = [
        ("标题", "成文日期", "责任科室"),
        ("关于春季植树的公告", "2026-03-01", "社会事务办公室"),
        ("", "昨天", "没有的科室"),
        ("关于防火巡查的公告", "2026-03-02", ""),
    ]
    clerk = windows.of("beishan.clerk")
    clerk.click("nav >> text=导入导出")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = {"name": "信息.xlsx", "mimeType": kind, "buffer": workbook(*rows)}
    clerk.set_input_files("[name=file]", sheet)
    clerk.click("button >> text=试导入")
    first = clerk.locator("table.import-rows tbody tr").first  # bad rows stand first
    assert first.locator("td").first.inner_text() == "3"
    assert "“昨天”不是日期" in first.inner_text()
    assert not Record.objects.exists()
    # Pressed twice before the answer comes, as impatient people do.
    clerk.locator("form.import-part button").dblclick()
    clerk.wait_for_url("**/work/import/*/")
    assert "关于防火巡查的公告" in clerk.inner_text("main")
    assert sorted(Record.objects.values_list("title", flat=True)) == sorted([rows[1][0], rows[3][0]])
    # And the same file once more, from the beginning.
    clerk.click("nav >> text=导入导出")
    clerk.set_input_files("[name=file]", sheet)
    clerk.click("button >> text=试导入")
    assert "已导入过" in clerk.inner_text("main")
    assert clerk.locator(".import-send form").count() == 0
    assert Record.objects.count() == 2


def test_a_late_item_of_the_checklist_is_fulfilled_by_a_new_record(
    windows: Windows, invented: District
) -> None:
    town = invented.town
    facts = {"source": "主动公开基本目录", "level1": "防汛值班安排", "time_limit": "每月"}
    with clock.set_to(timezone.now() - dt.timedelta(days=70)):
        item = add_item(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, unit=town.affairs, facts=facts)
    clerk = windows.of("beishan.clerk")
    clerk.click("nav >> text=清单")
    line = clerk.locator("#results tr", has_text="防汛值班安排")
    assert "逾期" in line.inner_text()
    line.get_by_role("link", name="防汛值班安排").click()
    clerk.click("main >> text=新建信息")
    chosen = clerk.locator("[name=checklist_item] option:checked")
    assert "防汛值班安排" in chosen.inner_text()
    clerk.get_by_label("标题").fill("北山镇本月防汛值班安排")
    clerk.click("button >> text=建立草稿")
    clerk.wait_for_url("**/edit/")
    clerk.locator("#body-shown").click()
    clerk.keyboard.type("本月防汛值班由镇应急办公室负责。")
    clerk.fill("[name=made_on]", timezone.localdate().isoformat())
    clerk.select_option("[name=category]", index=1)
    clerk.get_by_label("内容概述").fill("公布北山镇本月防汛值班安排。")
    clerk.click("button >> text=提交审查")
    assert "已提交审查" in clerk.inner_text("main")
    for _ in range(3):
        pass_once(town, Record.objects.get())
    clerk.goto("/work/checklist/")
    told = clerk.locator("#results tr", has_text="防汛值班安排").inner_text()
    assert "逾期" not in told
    assert "缺少" not in told
    clerk.goto(f"/work/checklist/{item.pk}/")
    assert "北山镇本月防汛值班安排" in clerk.inner_text("#results")


def test_the_supervising_authority_sees_its_area_and_changes_nothing_in_it(
    windows: Windows, invented: District
) -> None:
    record = draft(invented.town, title=TITLE)
    above = windows.of("xugou.supervising_authority")
    above.click("nav >> text=辖区")
    assert "北山镇" in above.inner_text("main")
    above.goto(f"/work/records/{record.pk}/")
    assert TITLE in above.inner_text("h1")
    assert above.locator("main form, aside#handling .govuk-button").count() == 0
    answer = above.goto(f"/work/records/{record.pk}/edit/")
    assert answer.status == 403
    other = windows.of("minzheng.supervising_authority")  # of an organ with nobody below it
    assert other.goto(f"/work/records/{record.pk}/").status == 404
    windows.expected(403, 404)


def test_two_tabs_the_later_save_shows_both_and_keeps_what_was_typed(
    windows: Windows, invented: District
) -> None:
    record = draft(invented.town, title=TITLE)
    first = windows.of("beishan.clerk")
    first.goto(f"/work/records/{record.pk}/edit/")
    second = first.context.new_page()
    second.goto(f"/work/records/{record.pk}/edit/")
    second.get_by_label("标题", exact=True).fill("另一页改的标题")
    second.click("button >> text=保存草稿")
    assert "已保存" in second.inner_text("main")
    first.get_by_label("标题", exact=True).fill("这一页改的标题")
    first.locator("#body-shown").click()
    first.keyboard.press("Control+End")
    first.keyboard.type("这一页加的话。")
    first.click("button >> text=保存草稿")
    assert "另一页改的标题" in first.inner_text(".other-saved")
    assert first.get_by_label("标题", exact=True).input_value() == "这一页改的标题"
    assert "这一页加的话。" in first.inner_text("#body-shown")
    first.locator("#body-shown").click()
    first.keyboard.press("Control+End")
    first.keyboard.type("再加一句。")
    first.click("button >> text=保存草稿")
    assert "已保存" in first.inner_text("main")
    saved = Record.objects.select_related("working").get()
    assert saved.working is not None
    assert saved.working.title == "这一页改的标题"
    assert "这一页加的话。再加一句。" in saved.working.body


def test_a_name_is_locked_after_wrong_passwords_and_says_until_when(windows: Windows) -> None:
    page = windows.anybody()
    for _ in range(5):
        sign_in(page, "beishan.clerk", "Wrong-2026-guess")
    assert "暂停登录 15 分钟" in page.inner_text("main")
    sign_in(page, "beishan.clerk", PASSWORD)  # the right one does not help now
    assert "暂停登录" in page.inner_text("main")
    assert page.goto("/work/").url.startswith(f"{windows.site}/work/sign-in/")
    sign_in(page, "beishan.leader", PASSWORD)  # nobody else is locked out
    assert "今日" in page.inner_text("h1")
    windows.expected(429)


def test_a_temporary_password_and_a_second_factor_are_settled_before_anything_opens(
    windows: Windows, invented: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    organ, person = invented.town.organ, invented.town[Role.CLERK]
    organ.requires_second_factor = True
    organ.save()
    entered(organ)
    type(person).objects.filter(pk=person.pk).update(must_change_password=True)
    page = windows.of("beishan.clerk")
    page.goto("/work/records/")
    assert "临时的或者已到期" in page.inner_text("main")
    new = "Lantern-2026-quay"
    for name, value in (("old", PASSWORD), ("new", new), ("again", new)):
        page.fill(f"[name={name}]", value)
    page.click("button >> text=更改密码")
    page.goto("/work/records/")
    page.click("text=手机验证器")
    if page.locator("[name=password]").count():  # who it is, once more
        page.fill("[name=password]", new)
        page.click("button >> text=确认")
    secret = page.inner_text("code.totp-secret")
    page.fill("[name=code]", code(secret))
    page.click("button >> text=启用")
    page.goto("/work/")
    assert "今日" in page.inner_text("h1")
    page.click("button >> text=退出")

    moved = time.time
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.time.time", lambda: moved() + 30
    )  # a code is good once
    page = windows.of("beishan.clerk", password=new)
    assert "第二重验证" in page.inner_text("h1")
    page.goto("/work/")
    assert page.url.startswith(f"{windows.site}/work/sign-in/")  # the password alone opens nothing
    page.goto("/work/sign-in/code/")
    page.fill("[name=code]", "000000")
    page.click("main form button >> nth=0")
    page.wait_for_selector(".govuk-error-summary")
    page.fill("[name=code]", code(secret))
    page.click("main form button >> nth=0")
    page.wait_for_url("**/work/")
    assert "今日" in page.inner_text("h1")


def code(secret: str) -> str:
    """What the code generator on the telephone shows now."""
    import allauth.mfa.totp.internal.auth as totp

    return str(format_hotp_value(hotp_value(secret, int(totp.time.time()) // 30)))


def press_until(page: Any, wanted: str, key: str = "Tab", most: int = 60) -> None:
    """Press a key until what has the focus matches; each stop on the way must be seen to have it."""
    for _ in range(most):
        page.keyboard.press(key)
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")[:200]
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by {key}")


# An outline, or a shadow or another ground that only what has the focus shows.
FOCUS_IS_SEEN = """() => {
    const at = document.activeElement;
    if (at === document.body) return true;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && !/, 0\\)$/.test(style.outlineColor);
    return box.width > 0 && box.height > 0 && (outline || style.boxShadow !== 'none');
}"""


def test_a_review_is_found_read_and_passed_without_a_mouse(windows: Windows, invented: District) -> None:
    for number in range(3):
        submitted(invented.town, title=f"关于第{number}号事项的通知")
    page = windows.anybody()
    page.goto("/work/sign-in/")
    press_until(page, "[name=login]")
    page.keyboard.type("beishan.unit_head")
    press_until(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/")
    for key, title in (("j", "第0号"), ("j", "第1号"), ("k", "第0号")):
        page.keyboard.press(key)
        assert title in page.evaluate("document.activeElement.textContent")
        assert page.evaluate(FOCUS_IS_SEEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/reviews/*/")
    press_until(page, ".govuk-skip-link")
    page.keyboard.press("Enter")
    press_until(page, "textarea[name=reason]")
    page.keyboard.type("同意。")
    press_until(page, "button[value=pass]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/reviews/")
    assert "已通过：关于第0号事项的通知" in page.inner_text("main")
    press_until(page, "nav a[href='/work/']", key="Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/")
    assert "第0号" not in page.inner_text("main")
