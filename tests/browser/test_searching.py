"""A citizen searches: without scripts, by keyboard, on a phone; no page of search has a fault for axe."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.platform_site import DESK, PHONE, Windows
from tests.browser.test_checking_journeys import no_axe_findings, page_scrolls_sideways
from tests.web.platform import House, draft, pass_once, published

from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role
from gongkai.web.search.following import follow, rebuild

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]
TITLE = "关于印发《北山镇防汛抗旱工作方案》的通知"


def _with_file(house: House, title: str, text: str, name: str) -> Record:
    record = draft(house, title=title)
    clerk = house[Role.CLERK]
    attach_file(by=clerk, record=Record.objects.get(pk=record.pk), content=text.encode(), name=name)
    submit_for_review(by=clerk, record=Record.objects.get(pk=record.pk))
    for _ in range(3):
        pass_once(house, record)
    return Record.objects.get(pk=record.pk)


def _titles(page: Any) -> list[str]:
    return [one.strip() for one in page.locator(".hit-title a").all_inner_texts()]


def test_a_citizen_finds_a_record_by_whatever_is_typed(windows: Windows, invented: Any) -> None:
    town = invented.town
    record = published(town, document_number="北政发〔2026〕21号")
    _with_file(town, "物资储备情况公告", "名称,数量\n冲锋舟,3\n", "储备清单.csv")
    rebuild()
    page = windows.citizen()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/o/beishan/")
    for question in ("防汛", "汛抗", "北政发[2026]21号", "防汛抗旱工作方案是怎么规定的？"):
        page.fill("#search", question)
        page.press("#search", "Enter")
        assert _titles(page)[0] == TITLE, question
        assert page.locator("mark").count() > 0
    page.fill("#search", "冲锋舟")
    page.press("#search", "Enter")
    assert "附件《储备清单.csv》：" in page.inner_text(".hit-passage")
    page.fill("#search", "抗汗")
    page.press("#search", "Enter")
    assert "抗旱" in page.inner_text(".guess")
    page.click(".hit-title a >> nth=0")
    assert page.inner_text(".record-title") == TITLE
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=record.pk), reason="内容有误")
    page.goto("/search/?q=防汛")
    assert TITLE not in _titles(page)
    follow()


def test_pages_of_search_have_no_fault_for_axe_and_fit_a_phone(windows: Windows, invented: Any) -> None:
    published(invented.town)
    published(invented.bureau, title="民政局防汛通知", theme="17")
    page = windows.anybody()
    page.goto("/search/?q=防汛")
    assert "检索正在准备" in page.inner_text("main")
    no_axe_findings(page)
    rebuild()
    addresses = (
        "/search/",
        "/search/?q=防汛",
        "/search/?q=防汛&organ=beishan",
        "/o/minzheng/search/?q=北山镇",
    )
    for address in (*addresses, "/search/?q=龘龘龘", "/search/?q=抗汗", "/search/?q=防汛#facets"):
        for size in (DESK, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(address)
            no_axe_findings(page)
            assert not page_scrolls_sideways(page), address
