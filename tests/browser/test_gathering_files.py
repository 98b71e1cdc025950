"""Files are gathered, looked over, and sent with one press."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import SAMPLES, drop
from tests.browser.test_checking_journeys import no_axe_findings, wait_for_results


def listed(page: Any) -> list[str]:
    return list(page.locator(".chosen-files .chosen-name").all_inner_texts())


def test_dropped_files_wait_in_a_list_until_the_reader_begins(page: Any) -> None:
    drop(page, SAMPLES / "liuwan-2024.pdf")
    page.wait_for_timeout(300)
    assert page.locator("article.report").count() == 0
    drop(page, SAMPLES / "yunxi-water-2022.txt")
    assert listed(page) == ["liuwan-2024.pdf", "yunxi-water-2022.txt"]
    assert "已选择 2 个文件" in page.inner_text(".drop-chosen")
    page.keyboard.press("Enter")  # the button has the focus
    wait_for_results(page)
    assert page.locator(".summary tbody tr").count() == 2


def test_last_years_report_can_be_added_after_dropping_this_years(page: Any) -> None:
    drop(page, SAMPLES / "liuwan-2024.pdf")
    page.click(".upload .govuk-details__summary")
    page.set_input_files("#previous", SAMPLES / "liuwan-2023.html")
    page.click(".upload-send")
    wait_for_results(page)
    assert "已与“liuwan-2023.html”作跨年核对" in page.inner_text(".facts")
    assert page.locator("article.report").count() == 1


def test_files_chosen_one_after_the_other_add_up_and_none_stands_twice(page: Any) -> None:
    page.set_input_files("#files", SAMPLES / "liuwan-2023.html")
    page.set_input_files("#files", [SAMPLES / "liuwan-2023.html", SAMPLES / "liuwan-2024.pdf"])
    assert listed(page) == ["liuwan-2023.html", "liuwan-2024.pdf"]
    no_axe_findings(page)


def test_a_file_is_taken_off_the_list_with_the_keyboard(page: Any) -> None:
    page.set_input_files("#files", [SAMPLES / "liuwan-2023.html", SAMPLES / "liuwan-2024.pdf"])
    page.focus('button[aria-label="移除 liuwan-2023.html"]')
    page.keyboard.press("Enter")
    assert listed(page) == ["liuwan-2024.pdf"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "移除 liuwan-2024.pdf"
    page.keyboard.press("Enter")
    assert page.locator(".chosen-files").is_hidden()
    assert page.evaluate("document.querySelector('#files').files.length") == 0


def test_too_many_files_are_refused_before_they_are_sent_and_can_be_mended(page: Any, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(21)]
    for file in files:
        file.write_text("x")
    page.set_input_files("#files", files)
    assert "一次最多 20 个文件" in page.inner_text(".drop-chosen")
    page.click(".upload-send")
    assert page.locator("article.report").count() == 0
    page.click('button[aria-label="移除 20.txt"]')
    assert "已选择 20 个文件" in page.inner_text(".drop-chosen")
    assert page.evaluate("document.querySelector('#files').checkValidity()")


def test_a_file_dropped_beside_the_zone_does_not_replace_the_page(page: Any) -> None:
    prevented = page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], "a.txt"));
            const kinds = ["dragover", "drop"];
            const given = { dataTransfer: data, bubbles: true, cancelable: true };
            const foot = document.querySelector("footer");
            return kinds.map((kind) => !foot.dispatchEvent(new DragEvent(kind, given)));
        }"""
    )
    assert prevented == [True, True]
    assert page.locator(".chosen-files").is_hidden()
