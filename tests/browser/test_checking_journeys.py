"""A clerk checks reports: with the mouse, with the keyboard, on a phone, without scripts, on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import SAMPLES, drop, real_report

VERDICT = re.compile(r"发现 \d+ (处|条)|没有发现问题")


def wait_for_results(page: Any) -> None:
    page.wait_for_selector("article.report", timeout=20_000)


def check_sample(page: Any, name: str) -> None:
    page.click(f'button[name=sample][value="{name}"]')
    wait_for_results(page)


def no_axe_findings(page: Any) -> None:
    page.wait_for_load_state()  # a page just begun has no root yet: axe would fall over it
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def page_scrolls_sideways(page: Any) -> bool:
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.scrollWidth")
    return bool(width > page.viewport_size["width"])


def test_a_real_report_is_dropped_and_its_finding_read(page: Any) -> None:
    report = real_report()
    drop(page, report)
    page.click(".upload-send")
    wait_for_results(page)
    assert report.name in page.inner_text(".facts")
    assert VERDICT.search(page.inner_text(".verdict"))
    card = page.locator(".card").first
    assert len(card.locator(".message").inner_text()) > 10
    link = card.locator(".cells a").first
    target = link.get_attribute("href")
    link.click()
    cell = page.locator(f'[id="{target[1:]}"]')
    assert "is-" in cell.get_attribute("class")
    assert cell.locator("a.marker").count() >= 1


def test_a_sample_is_tried_and_its_planted_error_read(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    assert page.title().startswith("核对结果")
    messages = page.locator(".card-error .message").all_inner_texts()
    assert any("2＋0＋0＋0＋1＋0＝3" in message for message in messages)


def test_waiting_shows_what_is_being_done(page: Any) -> None:
    page.route("**/check", lambda route: page.wait_for_timeout(300) or route.continue_())
    page.set_input_files("#files", SAMPLES / "yunxi-water-2022.txt")
    page.click(".upload-send", no_wait_after=True)
    page.wait_for_function(
        "document.querySelector('.progress-words')?.textContent.includes('yunxi-water-2022.txt')"
    )
    wait_for_results(page)


def test_a_lost_connection_is_said_in_words(page: Any, complaints: list[str]) -> None:
    page.set_input_files("#files", SAMPLES / "yunxi-water-2022.txt")
    page.context.set_offline(True)
    page.click(".upload-send")
    page.wait_for_selector(".progress.is-failed")
    assert "没有连上服务器" in page.inner_text(".progress-words")
    assert page.locator(".upload-send").is_enabled()
    complaints.clear()  # the browser itself notes the failed request


def test_pointing_at_a_card_shows_its_cells(page: Any) -> None:
    check_sample(page, "liuwan-2024.pdf")
    card = page.locator(".card", has_text="FMT.T4.A").first
    card.hover()
    joined = page.locator(".sheet td.is-joined")
    assert joined.count() >= 2
    pane = page.locator(".tables").bounding_box()
    page.wait_for_function(
        """() => {
            const cell = document.querySelector('.sheet td.is-joined').getBoundingClientRect();
            const pane = document.querySelector('.tables').getBoundingClientRect();
            return cell.top >= pane.top && cell.bottom <= pane.bottom;
        }"""
    )
    assert pane["height"] < 900


def test_pointing_at_the_first_card_brings_its_cells_into_the_window(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.locator(".card .message").first.hover()
    page.wait_for_function(
        """() => {
            const joined = document.querySelector('.sheet td.is-joined');
            return joined && joined.getBoundingClientRect().bottom <= innerHeight;
        }"""
    )
    assert page.evaluate("window.scrollY") == 0  # the tables moved, not the page


def test_a_cell_that_is_linked_stays_in_sight_though_the_page_moved_under_the_mouse(page: Any) -> None:
    drop(page, SAMPLES / "liuwan-2024.pdf", SAMPLES / "liuwan-2023.html")
    page.click(".upload-send")
    wait_for_results(page)
    link = page.locator(".card .cells a").first
    target = link.get_attribute("href")[1:]
    link.click()
    page.wait_for_timeout(600)
    inside = page.evaluate(
        """(id) => {
            const cell = document.getElementById(id).getBoundingClientRect();
            const pane = document.getElementById(id).closest('.tables').getBoundingClientRect();
            return cell.top >= pane.top && cell.bottom <= pane.bottom && cell.bottom <= innerHeight;
        }""",
        target,
    )
    assert inside


def test_focusing_a_cells_number_shows_its_card(page: Any) -> None:
    check_sample(page, "liuwan-2024.pdf")
    marker = page.locator(".sheet a.marker").first
    marker.focus()
    name = marker.get_attribute("href")[1:]
    assert "is-joined" in page.locator(f'[id="{name}"]').get_attribute("class")


def test_everything_works_without_scripts(page_without_scripts: Any) -> None:
    page = page_without_scripts
    page.set_input_files("#files", SAMPLES / "liuwan-2024.pdf")
    page.click(".upload-send")
    wait_for_results(page)
    card = page.locator(".card", has_text="NAR.3")
    card.get_by_text("看原文").click()
    assert page.url.endswith("-q" + card.get_attribute("id").removeprefix("r1-f"))
    with page.expect_download() as download:
        page.click("text=下载 Excel")
    assert download.value.suggested_filename == "年度报告核对.xlsx"
    page.click(".site-top button")
    assert "Found:" in page.inner_text(".verdict")
    assert page.locator(".print-button").is_hidden()


def test_a_linked_cell_is_shown_without_scripts(page_without_scripts: Any) -> None:
    page = page_without_scripts
    check_sample(page, "qingshi-2024.docx")
    link = page.locator(".card .cells a").first
    target = link.get_attribute("href")[1:]
    link.click()
    cell = page.locator(f'[id="{target}"]')
    style = cell.evaluate("e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth]")
    assert style == ["solid", "4px"]


def test_the_keyboard_alone_is_enough(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "sample":
            break
    assert page.evaluate("document.activeElement.value") == "qingshi-2024.docx"
    page.keyboard.press("Enter")
    wait_for_results(page)
    page.wait_for_function("document.activeElement.id === 'main'")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.card .cells a')"):
            break
    page.keyboard.press("Enter")
    assert "#r1-" in page.url


def test_focus_is_always_visible(page: Any) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const e = document.activeElement;
                const zone = e.closest('.drop-zone');
                return getComputedStyle(e).outlineStyle !== 'none'
                    || (zone && getComputedStyle(zone).outlineStyle !== 'none');
            }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML").splitlines()[0]


def test_a_phone_never_scrolls_the_page_sideways(phone: Any) -> None:
    assert not page_scrolls_sideways(phone)
    for name in ("qingshi-2024.docx", "liuwan-2023.html", "yunxi-water-2022.txt"):
        check_sample(phone, name)
        assert not page_scrolls_sideways(phone)
        phone.goto("/")
    phone.goto("/nothing")
    assert not page_scrolls_sideways(phone)


def test_axe_finds_nothing_on_the_start_page(page: Any, phone: Any) -> None:
    no_axe_findings(page)
    no_axe_findings(phone)


def test_axe_finds_nothing_on_a_result_with_errors(page: Any, phone: Any) -> None:
    for window in (page, phone):
        check_sample(window, "liuwan-2023.html")
        no_axe_findings(window)


def test_axe_finds_nothing_on_several_files_with_one_unreadable(page: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"noise")
    drop(
        page,
        broken,
        SAMPLES / "liuwan-2023.html",
        SAMPLES / "liuwan-2024.pdf",
        SAMPLES / "yunxi-water-2022.txt",
    )
    no_axe_findings(page)
    page.click(".upload-send")
    wait_for_results(page)
    no_axe_findings(page)


def test_axe_finds_nothing_on_error_pages(page_without_scripts: Any, browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site)
    opened = context.new_page()
    opened.goto("/nothing")
    no_axe_findings(opened)
    opened.goto("/")
    opened.evaluate("document.querySelector('#files').required = false")
    opened.click(".upload-send")
    opened.wait_for_selector(".govuk-error-summary")
    no_axe_findings(opened)
    context.close()


def test_axe_finds_nothing_in_english(page: Any) -> None:
    page.click("text=English")
    no_axe_findings(page)
    check_sample(page, "qingshi-2024.docx")
    no_axe_findings(page)


def test_the_language_is_switched_on_a_result_without_losing_it(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    cards = page.locator(".card").count()
    page.click(".site-top button")
    page.wait_for_selector("html[lang=en]")
    assert page.locator(".card").count() == cards
    assert "Found:" in page.inner_text(".verdict")


def test_paper_shows_the_findings_and_no_buttons(page: Any) -> None:
    check_sample(page, "liuwan-2023.html")
    page.emulate_media(media="print")
    assert page.locator(".results-tools").is_hidden()
    assert page.locator(".site-foot").is_hidden()
    assert page.locator(".verdict").is_visible()
    pane = page.locator(".tables")
    assert pane.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    folded = page.locator(".basis .printed-only").first
    assert folded.is_visible()
    assert page.locator("summary").first.is_hidden()
    assert page.pdf().startswith(b"%PDF")


def test_paper_names_every_cell_of_a_finding_on_many(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    card = page.locator(".card", has_text="FMT.T3.B").first
    folded = card.locator("details li a").all_text_contents()
    assert len(folded) > 5
    page.emulate_media(media="print")
    printed = card.locator(".cells ul.printed-only")
    assert printed.is_visible()
    assert printed.locator("a").all_text_contents() == folded


def test_the_basis_of_a_finding_opens_to_what_it_asks_for(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    card = page.locator(".card", has_text="FMT.T3.A").first
    assert "依据：《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）表三" in card.inner_text()
    asked = card.locator(".basis details p")
    assert asked.is_hidden()
    card.locator(".basis summary").click()
    assert "每一行各类申请人相加等于总计" in asked.inner_text()
