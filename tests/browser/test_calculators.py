"""A citizen asks for a date, a clerk for a course: with and without scripts, on a phone and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import SAMPLES
from tests.browser.test_checking_journeys import no_axe_findings, page_scrolls_sideways

from gongkai.web.calculators.deadline import EXAMPLES as COURSES
from gongkai.web.calculators.fee import EXAMPLES as FEES

LETTER = "李晓燕（身份证11010519491231002X）申请公开按装费用。"  # an invented person


def test_a_citizen_fills_in_one_day_and_reads_the_date(page: Any) -> None:
    page.click("nav >> text=期限计算")
    page.fill("#received", "2026-09-18")
    page.click(".calculate")
    page.wait_for_selector(".due-day")
    assert page.inner_text(".due-day strong") == "2026年10月22日"
    assert page.url.endswith("/deadline?received=2026-09-18#answer")
    assert page.locator("#answer").bounding_box()["y"] < 300  # the answer is in sight
    assert page.inner_text("td.day-due .day-date") == "22"
    assert page.inner_text("td.day-due .day-sign") == "20"
    no_axe_findings(page)


def test_a_citizen_needs_no_mouse(page: Any) -> None:
    page.goto("/deadline")
    page.focus("#received")
    page.keyboard.type("09182026")
    page.keyboard.press("Enter")
    page.wait_for_selector(".due-day")
    assert page.inner_text(".due-day strong") == "2026年10月22日"


def add_events(window: Any) -> None:
    window.goto("/deadline")
    window.fill("#received", "2026-01-05")
    window.click("summary:has-text('收到以后还发生了什么')")
    window.select_option("#kind1", "supplement-asked")
    window.fill("#on1", "2026-01-16")
    window.click("button[name=add]")
    window.wait_for_selector("#kind2")
    window.select_option("#kind2", "supplement-received")
    window.fill("#on2", "2026-01-26")
    window.click("button[name=add]")
    window.wait_for_selector("#kind3")
    window.select_option("#kind3", "served")
    window.fill("#on3", "2026-03-09")
    window.select_option("#way3", "courier")
    window.click(".calculate")
    window.wait_for_selector(".answer")


def test_a_clerk_records_events_and_reads_what_broke_the_law(page: Any) -> None:
    add_events(page)
    assert page.inner_text(".due-day strong") == "2026年2月28日"
    messages = page.locator(".card .message").all_inner_texts()
    assert any("不迟于 2026-01-14" in message for message in messages)
    assert any("快递企业" in message for message in messages)
    assert any("逾期 6 个工作日" in message for message in messages)
    page.locator(".card a").first.click()
    assert page.locator("#event-1").bounding_box()["y"] < 200
    no_axe_findings(page)


def test_the_same_is_done_without_scripts(page_without_scripts: Any) -> None:
    add_events(page_without_scripts)
    assert page_without_scripts.inner_text(".due-day strong") == "2026年2月28日"
    assert page_without_scripts.locator(".card").count() == 4
    assert page_without_scripts.locator(".print-button:visible").count() == 0


@pytest.mark.parametrize("window", ["page", "page_without_scripts"])
def test_only_the_fields_of_the_chosen_event_are_asked_for(window: str, request: Any) -> None:
    opened = request.getfixturevalue(window)
    opened.goto("/deadline")
    opened.click("summary:has-text('收到以后还发生了什么')")
    for kind, field in {
        "third-party-asked": "#party1",
        "supplement-asked": "#until1",
        "extension-notified": "#days1",
        "served": "#way1",
        "decided": "",
    }.items():
        opened.select_option("#kind1", kind)
        shown = [name for name in ("#party1", "#until1", "#days1", "#way1") if opened.is_visible(name)]
        assert shown == ([field] if field else [])


def test_an_error_keeps_what_was_typed_and_leads_to_its_field(page: Any, complaints: list[str]) -> None:
    page.goto("/deadline?received=2026-09-18&kind1=served&on1=2026-02-30")
    page.click('.govuk-error-summary a[href="#on1"]')
    assert page.evaluate("document.activeElement.id") == "on1"
    assert page.input_value("#on1") == "2026-02-30"
    assert page.input_value("#received") == "2026-09-18"
    no_axe_findings(page)
    complaints.clear()  # the browser itself notes the answer 422


def test_the_fee_is_worked_out_by_either_basis(page: Any) -> None:
    page.click("nav >> text=信息处理费")
    page.wait_for_load_state("load")  # which fields are hidden is said by the style sheet
    assert not page.is_visible("#items")
    page.check("input[value=item]")
    assert page.is_visible("#items")
    assert not page.is_visible("#pages")
    page.fill("#items", "63")
    page.click(".calculate")
    page.wait_for_selector(".due-day")
    assert page.inner_text(".due-day strong") == "12,500 元"
    no_axe_findings(page)
    page.check("input[value=page]")
    page.fill("#pages", "30")
    page.click(".calculate")
    page.wait_for_selector(".due-day:has-text('不收费')")
    no_axe_findings(page)


def test_a_text_is_checked_and_its_masked_copy_taken(page: Any, tmp_path: Path) -> None:
    page.click("nav >> text=文本检查")
    page.fill("#text", LETTER)
    page.click(".calculate")
    page.wait_for_selector(".marked-text")
    assert page.locator(".marked-text mark").all_inner_texts() == ["李晓燕", "11010519491231002X", "按装"]
    no_axe_findings(page)
    page.locator(".marked-text a.marker").nth(1).click()
    assert page.locator(".card:target .check-title").inner_text() == "身份证号码"
    with page.expect_download() as download:
        page.click("text=下载（txt）")
    file = tmp_path / "masked.txt"
    download.value.save_as(file)
    assert download.value.suggested_filename == "遮盖个人信息.txt"
    assert file.read_text("utf-8") == "李某（身份证11*************02X）申请公开按装费用。"


def test_a_file_is_checked_in_a_process_of_its_own(page: Any) -> None:
    page.goto("/text-check")
    page.click("summary:has-text('改为检查一个文件')")
    page.set_input_files("#file", SAMPLES / "liuwan-2023.html")
    page.click(".calculate")
    page.wait_for_selector(".marked-text", timeout=20_000)
    assert page.locator(".marked-text mark").count() >= 1
    assert "政府信息公开" in page.input_value("#text")
    no_axe_findings(page)


def test_the_masked_text_is_copied_with_one_click(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/text-check")
    page.fill("#text", LETTER)
    page.click(".calculate")
    page.click(".copy-button")
    page.wait_for_selector(".copied:has-text('已复制')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("李某（身份证11***")


def test_a_text_is_checked_without_scripts(page_without_scripts: Any) -> None:
    page_without_scripts.goto("/text-check")
    page_without_scripts.fill("#text", LETTER)
    page_without_scripts.click(".calculate")
    page_without_scripts.wait_for_selector(".marked-text")
    assert page_without_scripts.locator(".card").count() == 3
    assert page_without_scripts.locator(".copy-button:visible").count() == 0


def test_the_result_of_a_text_can_be_read_in_english(page: Any) -> None:
    page.goto("/text-check")
    page.fill("#text", LETTER)
    page.click(".calculate")
    page.wait_for_selector(".marked-text")
    page.click(".site-top button")
    page.wait_for_selector("text=Personal data: 2; wording: 1")
    assert page.input_value("#text") == LETTER


ADDRESSES = [
    "/deadline",
    *(f"/deadline?{query}" for _title, query in COURSES),
    "/deadline?received=2026-12-10",
    "/deadline?received=2026-02-30&kind1=served&on1=x&way1=owl",
    "/deadline?received=2024-01-10&kind1=supplement-asked&on1=2024-01-16",
    "/fee",
    *(f"/fee?{query}&notice=2026-12-20" for _title, query in FEES),
    "/deadline?received=2026-09-18&kind1=organ-asked&on1=2026-09-21&party1=" + "W" * 20,
    "/deadline?received=2026-09-18&kind1=organ-asked&on1=2026-09-21&party1=" + "W" * 200,
    "/deadline?received=" + "W" * 200,
    "/fee?items=0",
    "/fee?basis=item&items=100000",
    "/fee?basis=page&pages=10000000",
    "/text-check?example",
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_a_phone_and_has_nothing_that_axe_finds(phone: Any, language: str) -> None:
    for address in ADDRESSES:
        phone.goto(address + ("&" if "?" in address else "?") + f"lang={language}")
        assert not page_scrolls_sideways(phone), address
        no_axe_findings(phone)


def test_a_checked_text_fits_a_phone(phone: Any) -> None:
    phone.goto("/text-check?example")
    phone.click(".calculate")
    phone.wait_for_selector(".marked-text")
    assert not page_scrolls_sideways(phone)
    no_axe_findings(phone)


def test_a_long_number_in_a_checked_text_does_not_widen_the_page(phone: Any) -> None:
    phone.goto("/text-check")
    phone.fill("#text", "编号" + "1" * 400 + "，联系李晓燕女士，" + "a" * 300 + "@example.com")
    phone.click(".calculate")
    phone.wait_for_selector("#answer")
    assert not page_scrolls_sideways(phone)


def test_the_printed_answer_is_the_answer_alone(page: Any) -> None:
    page.goto(f"/deadline?{COURSES[1][1]}")
    page.emulate_media(media="print")
    for hidden in (".calculator-form", ".site-places", ".answer-tools", ".site-foot"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    for shown in (".due-day", ".explanation", "table.month", ".legend"):
        assert page.locator(f"{shown}:visible").count() >= 1, shown
    page.emulate_media(media="screen")
    page.goto("/text-check?example")
    page.click(".calculate")
    page.wait_for_selector(".marked-text")
    page.emulate_media(media="print")
    assert page.locator(".text-form:visible").count() == 0
