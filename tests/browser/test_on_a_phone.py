"""On a narrow window a reader always knows which cell is meant, and that a table goes on."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import SAMPLES
from tests.browser.test_checking_journeys import check_sample, no_axe_findings, page_scrolls_sideways


def test_a_linked_cell_is_named_at_the_foot_of_the_window_with_the_way_back(phone: Any) -> None:
    check_sample(phone, "qingshi-2024.docx")
    phone.locator(".card .cells a", has_text="1.属于国家秘密").first.click()
    line = phone.locator(".cell-line:visible")
    assert line.count() == 1
    assert "1.属于国家秘密，总计" in line.inner_text()
    box = line.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 740.5
    no_axe_findings(phone)
    line.locator("a").click()
    assert phone.locator(".card:target").count() == 1
    assert phone.locator(".cell-line:visible").count() == 0


def test_the_linked_cell_itself_is_in_sight(phone: Any) -> None:
    check_sample(phone, "qingshi-2024.docx")
    phone.locator(".card .cells a", has_text="1.属于国家秘密").first.click()
    phone.wait_for_timeout(300)
    cell = phone.locator(".sheet td:target").bounding_box()
    label = phone.locator(".sheet-requests th.head-row", has_text="1.属于国家秘密").bounding_box()
    assert cell["x"] >= 0
    assert cell["x"] + cell["width"] <= 361
    assert 0 <= cell["y"] <= 740 - cell["height"]
    assert label["x"] >= 0  # the row's name stays while the figures pass
    assert label["x"] + label["width"] <= cell["x"] + 1


def test_a_linked_cell_stands_out_from_the_others_of_its_finding(page: Any, phone: Any) -> None:
    for window in (page, phone):
        check_sample(window, "qingshi-2024.docx")
        window.locator(".card .cells a").nth(2).click()
        ground = "e => getComputedStyle(e).backgroundColor"
        linked = window.locator(".sheet td:target").evaluate(ground)
        others = {window.locator(".sheet td.is-error:not(:target)").nth(n).evaluate(ground) for n in range(3)}
        assert linked not in others


def test_a_wide_table_says_that_it_scrolls_and_a_narrow_one_does_not(phone: Any, page: Any) -> None:
    check_sample(phone, "qingshi-2024.docx")
    assert phone.locator(".frame-requests .scroll-hint").is_visible()
    assert phone.locator(".frame-proactive .scroll-hint").is_hidden()
    check_sample(page, "qingshi-2024.docx")
    assert page.locator(".scroll-hint:visible").count() == 0


def test_the_list_of_files_fits(phone: Any) -> None:
    phone.set_input_files("#files", [SAMPLES / "liuwan-2023.html", SAMPLES / "qingshi-2024.docx"])
    assert phone.locator(".chosen-files li").count() == 2
    assert not page_scrolls_sideways(phone)
