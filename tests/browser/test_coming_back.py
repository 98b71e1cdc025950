"""A reader follows links, goes back and forth, reloads, and does not lose the result."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.conftest import SAMPLES
from tests.browser.test_checking_journeys import check_sample, wait_for_results

GONE = "核对结果不保存，请重新上传"


def title(page: Any) -> str:
    return str(page.inner_text("article.report h2"))


def test_links_inside_a_result_and_going_back_through_them_keep_it(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.locator(".card .cells a").first.click()
    page.locator(".card blockquote a").first.click()
    assert page.url.endswith("-q3")
    page.go_back()
    assert page.url.endswith(".total")
    page.go_back()
    assert page.url.endswith("/check")
    assert page.locator(".card").count() > 3
    page.go_forward()
    assert page.url.endswith(".total")
    assert page.locator(".sheet td:target").count() == 1


def test_going_back_from_a_result_leads_to_the_drop_zone_and_forward_to_the_result(page: Any) -> None:
    check_sample(page, "yunxi-water-2022.txt")
    cards = page.locator(".card").count()
    page.go_back()
    page.wait_for_selector(".drop-zone")
    page.go_forward()
    wait_for_results(page)
    assert page.locator(".card").count() == cards
    assert page.title().startswith("核对结果")


def test_each_result_comes_back_as_itself(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    first = title(page)
    page.click("text=再核对一份")
    page.wait_for_selector(".drop-zone")
    check_sample(page, "yunxi-water-2022.txt")
    second = title(page)
    assert first != second
    page.go_back()
    page.wait_for_selector(".drop-zone")
    page.go_back()
    wait_for_results(page)
    assert title(page) == first
    page.go_forward()
    page.wait_for_selector(".drop-zone")
    page.go_forward()
    wait_for_results(page)
    assert title(page) == second


def test_a_result_is_there_again_after_reloading_with_the_cell_that_was_linked(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.locator(".card .cells a").nth(2).click()
    target = page.url.rpartition("#")[2]
    page.reload()
    wait_for_results(page)
    page.wait_for_selector(".sheet td:target")
    assert page.locator(".sheet td:target").get_attribute("id") == target
    page.go_back()
    page.go_back()
    page.wait_for_selector(".drop-zone")


def test_after_switching_the_language_a_result_can_be_left_and_found_again(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    cards = page.locator(".card").count()
    page.click(".site-top button")
    page.wait_for_selector("html[lang=en]")
    page.click("text=Check another")
    page.wait_for_selector(".drop-zone")
    page.go_back()
    wait_for_results(page)
    assert page.locator(".card").count() == cards
    assert "Found:" in page.inner_text(".verdict")


def test_downloads_work_on_a_result_that_was_come_back_to(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.reload()
    wait_for_results(page)
    with page.expect_download() as download:
        page.click("text=下载 Excel")
    assert download.value.suggested_filename == "年度报告核对.xlsx"


def test_a_tab_that_keeps_nothing_says_so_and_offers_the_form(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.wait_for_selector(".notice")
    assert GONE in page.inner_text(".notice")
    page.set_input_files("#files", SAMPLES / "yunxi-water-2022.txt")
    page.click(".upload-send")
    wait_for_results(page)


def test_a_kept_result_that_was_changed_is_not_shown(page: Any, complaints: list[str]) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.evaluate("for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, '{}')")
    page.reload()
    page.wait_for_selector(".notice")
    assert GONE in page.inner_text(".notice")
    complaints.clear()  # the browser itself notes the refused request


@pytest.mark.parametrize("address", ["/check", "/check/again?lang=zh"])
def test_an_address_typed_without_a_result_offers_the_form(page_without_scripts: Any, address: str) -> None:
    page = page_without_scripts
    page.goto(address)
    assert GONE in page.inner_text(".notice")
    page.set_input_files("#files", SAMPLES / "yunxi-water-2022.txt")
    page.click(".upload-send")
    wait_for_results(page)


def test_links_inside_a_result_work_without_scripts_and_back_too(page_without_scripts: Any) -> None:
    page = page_without_scripts
    check_sample(page, "qingshi-2024.docx")
    page.locator(".card .cells a").first.click()
    page.go_back()
    assert page.locator(".card").count() > 3
