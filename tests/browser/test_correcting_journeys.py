"""A clerk corrects a report where it stands, takes it along, and finds nothing wrong with it any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.annual.checking.reports import report_2021
from tests.browser.conftest import SAMPLES, drop
from tests.browser.test_checking_journeys import (
    check_sample,
    no_axe_findings,
    page_scrolls_sideways,
    wait_for_results,
)

from gongkai.annual.writing import write_report

WRONG = "requests.refused.process_information.total"  # of a sample: says 4, adds up to 3
GRANTED = "requests.granted.total"


@pytest.fixture
def report_with_an_error(tmp_path: Path) -> Path:
    """An invented report in Word whose one wrong cell makes all its errors."""
    report = report_2021()
    assert report.requests is not None
    report.requests["granted"]["total"] += 1
    file = tmp_path / "invented.docx"
    file.write_bytes(write_report(report, "docx").content)
    return file


def cell(page: Any, path: str, number: int = 1) -> Any:
    return page.locator(f'[id="r{number}-{path}"]')


def correct(page: Any, path: str, typed: str) -> None:
    """With the mouse: click the figure, type, leave by Enter, and see it marked."""
    cell(page, path).locator(".value").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    cell(page, path).locator(".was").wait_for()


def download(page: Any, kind: str, into: Path) -> Path:
    with page.expect_download() as started:
        page.locator(".report-tools button", has_text=kind).first.click()
    target = into / started.value.suggested_filename
    started.value.save_as(target)
    return target


def test_a_clerk_corrects_a_cell_and_the_corrected_word_file_has_no_error(
    page: Any, report_with_an_error: Path, tmp_path: Path
) -> None:
    drop(page, report_with_an_error)
    page.click(".upload-send")
    wait_for_results(page)
    assert "处错误" in page.inner_text(".verdict")
    correct(page, GRANTED, "11")
    assert "处错误" not in page.inner_text(".verdict")
    assert "原为 12" in cell(page, GRANTED).inner_text()
    corrected = download(page, "Word", tmp_path)
    assert corrected.name == "甲县乙镇人民政府2024年度报告.docx"
    page.click("text=再核对一份")
    page.wait_for_selector(".drop-zone")
    drop(page, corrected)
    page.click(".upload-send")
    wait_for_results(page)
    assert corrected.name in page.inner_text(".facts")
    assert "处错误" not in page.inner_text(".verdict")
    assert page.locator(".was").count() == 0


def test_the_same_without_scripts(
    page_without_scripts: Any, report_with_an_error: Path, tmp_path: Path
) -> None:
    page = page_without_scripts
    page.set_input_files("#files", report_with_an_error)
    page.click(".upload-send")
    wait_for_results(page)
    assert page.locator(".editing-hint").is_hidden()
    page.click(".report-tools >> text=修改数字")
    page.fill(f'input[name="{GRANTED}"]', "abc")
    page.click(".edit-foot >> text=重新核对")
    assert "不是数字" in page.inner_text(".govuk-error-summary")
    page.click(".govuk-error-summary a")
    page.fill(f'input[name="{GRANTED}"]', "11")
    page.click(".edit-foot >> text=重新核对")
    wait_for_results(page)
    assert "处错误" not in page.inner_text(".verdict")
    corrected = download(page, "Word", tmp_path)
    page.set_extra_http_headers({})
    page.goto("/")
    page.set_input_files("#files", corrected)
    page.click(".upload-send")
    wait_for_results(page)
    assert "处错误" not in page.inner_text(".verdict")


def test_without_scripts_a_change_is_restored(page_without_scripts: Any) -> None:
    page = page_without_scripts
    check_sample(page, "qingshi-2024.docx")
    before = page.inner_text(".verdict")
    page.click(".report-tools >> text=修改数字")
    page.fill(f'input[name="{WRONG}"]', "3")
    page.click(".edit-foot >> text=重新核对")
    wait_for_results(page)
    assert page.inner_text(".verdict") != before
    cell(page, WRONG).get_by_text("恢复").click()
    wait_for_results(page)
    assert page.inner_text(".verdict") == before


def test_the_texts_are_changed_in_the_form_and_their_finding_goes(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    assert page.locator(".card", has_text="NAR.1").count() == 1
    page.click("text=修改标题和文字")
    page.wait_for_selector("#edit-form")
    page.click("#texts summary >> text=总体情况")
    box = page.locator('textarea[name="sections.overview"]')
    box.fill(box.input_value().replace("办结45件", "办结52件"))
    page.click(".edit-foot >> text=重新核对")
    wait_for_results(page)
    assert page.locator(".card", has_text="NAR.1").count() == 0
    assert "总体情况：文字有改动" in page.inner_text(".changes-made")


def test_a_change_leaves_the_reader_where_he_is(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    cell(page, WRONG).locator(".value").click()
    before = cell(page, WRONG).bounding_box()
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    cell(page, WRONG).locator(".was").wait_for()
    page.wait_for_timeout(200)
    after = cell(page, WRONG).bounding_box()
    assert abs(before["y"] - after["y"]) < 3
    assert page.evaluate("document.activeElement.id") == f"r1-{WRONG}"
    assert "已重新核对：发现 1 处错误" in page.text_content("#said")


def test_the_keyboard_alone_changes_a_cell_and_gives_it_back(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.locator("table.sheet-proactive td[tabindex='0']").focus()
    stops = page.locator("table.sheet-proactive td[tabindex='0']").count()
    assert stops == 1  # the Tab key stops once at a table; arrows go on inside
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.dataset.path"
    assert page.evaluate(focused) == "proactive.normative_documents.repealed"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.cell-editor input')")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "proactive.normative_documents.repealed"
    assert page.locator(".cell-editor").count() == 0
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.wait_for_selector(".was")
    assert page.evaluate(focused) == "proactive.normative_documents.repealed"
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.restore')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".was", state="detached")
    assert page.evaluate(focused) == "proactive.normative_documents.repealed"


def slowly(page: Any) -> None:
    """Answers to changes take their time: the clerk is faster."""
    page.route("**/check/change", lambda route: page.wait_for_timeout(1000) or route.continue_())


def test_figures_typed_one_after_the_other_are_all_taken(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    slowly(page)
    cell(page, "requests.granted.research").locator(".value").click()
    for typed in ("1", "2", "3"):
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelectorAll('.sheet .was').length === 3")
    shown = [
        cell(page, f"requests.granted.{kind}").locator(".value").inner_text()
        for kind in ("research", "public_welfare", "legal_services")
    ]
    assert shown == ["1", "2", "3"]


def test_what_cannot_stand_is_said_at_the_cell_and_kept(page: Any, complaints: list[str]) -> None:
    check_sample(page, "qingshi-2024.docx")
    correct(page, GRANTED, "22")
    cell(page, WRONG).locator(".value").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    error = cell(page, WRONG).locator(".cell-error")
    error.wait_for()
    assert "应为整数" in error.inner_text()
    field = cell(page, WRONG).locator("input")
    assert field.input_value() == "1.5"
    assert field.get_attribute("aria-describedby") == error.get_attribute("id")
    assert page.evaluate("document.activeElement.matches('.cell-editor input')")
    no_axe_findings(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    cell(page, WRONG).locator(".was").wait_for()
    assert "原为 21" in cell(page, GRANTED).inner_text()
    complaints.clear()  # the browser itself notes the refused request


def test_a_refused_figure_waits_while_the_next_is_typed(page: Any, complaints: list[str]) -> None:
    check_sample(page, "qingshi-2024.docx")
    slowly(page)
    cell(page, "requests.granted.research").locator(".value").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("abc")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    cell(page, "requests.granted.research").locator(".cell-error").wait_for()
    assert page.evaluate("document.activeElement.value") == "4"  # the clerk is not called back
    page.keyboard.press("Enter")
    cell(page, "requests.granted.public_welfare").locator(".was").wait_for()
    refused = cell(page, "requests.granted.research")
    assert refused.locator("input").input_value() == "abc"
    assert "不是数字" in refused.locator(".cell-error").inner_text()
    complaints.clear()  # the browser itself notes the refused request


def test_a_lost_connection_loses_no_figure(page: Any, complaints: list[str]) -> None:
    check_sample(page, "qingshi-2024.docx")
    cell(page, WRONG).locator(".value").click()
    page.context.set_offline(True)
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    cell(page, WRONG).locator(".cell-error").wait_for()
    assert "没有连上服务器" in cell(page, WRONG).inner_text()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    cell(page, WRONG).locator(".was").wait_for()
    complaints.clear()  # the browser itself notes the failed request


def test_going_back_undoes_a_change_and_forward_makes_it_again(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    correct(page, WRONG, "3")
    correct(page, GRANTED, "22")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.sheet .was').length === 1")
    assert "发现 1 处错误" in page.inner_text(".verdict")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.sheet .was').length === 0")
    assert "发现 3 处错误" in page.inner_text(".verdict")
    page.go_forward()
    page.go_forward()
    page.wait_for_function("() => document.querySelectorAll('.sheet .was').length === 2")


def test_a_corrected_result_is_there_after_leaving_and_after_reloading(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    correct(page, WRONG, "3")
    page.click("text=再核对一份")
    page.wait_for_selector(".drop-zone")
    page.go_back()
    page.wait_for_selector(".sheet .was")
    page.reload()
    page.wait_for_selector(".sheet .was")
    assert "发现 1 处错误" in page.inner_text(".verdict")


def test_what_was_typed_into_the_form_is_there_after_going_away_and_coming_back(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.click(".report-tools >> text=修改数字")
    page.wait_for_selector("#edit-form")
    page.fill(f'input[name="{WRONG}"]', "3")
    page.click("#texts summary >> text=总体情况")
    page.fill('textarea[name="sections.overview"]', "改写到一半")
    page.wait_for_timeout(400)
    page.click(".site-name")
    page.wait_for_selector(".drop-zone")
    page.go_back()
    page.wait_for_selector("#edit-form")
    page.wait_for_function(f"() => document.querySelector('input[name=\"{WRONG}\"]').value === '3'")
    assert page.input_value('textarea[name="sections.overview"]') == "改写到一半"
    page.click(".edit-foot >> text=重新核对")
    wait_for_results(page)
    assert "已改动 2 处" in page.inner_text(".changes-made")
    page.go_back()
    page.wait_for_selector("#edit-form")
    page.wait_for_function(f"() => document.querySelector('input[name=\"{WRONG}\"]').value === '3'")


def test_all_changes_are_restored_at_once(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    correct(page, WRONG, "3")
    correct(page, GRANTED, "")
    assert "空" in cell(page, GRANTED).inner_text()
    page.click("text=全部恢复")
    page.wait_for_selector(".was", state="detached")
    assert "发现 3 处错误" in page.inner_text(".verdict")


def test_what_is_unfolded_stays_unfolded(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    card = page.locator(".card", has_text="REG.50(4)")
    card.locator(".basis summary").click()
    correct(page, WRONG, "3")
    assert page.locator(".card", has_text="REG.50(4)").locator(".basis details").get_attribute("open") == ""


def test_the_writers_notes_are_read_before_the_file_is_taken(page: Any, tmp_path: Path) -> None:
    report = report_2021()
    report.organ = "甲县乙镇人民政府🀀"
    file = tmp_path / "a.json"
    file.write_bytes(write_report(report, "json").content)
    page.set_input_files("#files", file)
    page.click(".upload-send")
    wait_for_results(page)
    page.locator(".report-tools button", has_text="PDF").click()
    page.wait_for_selector("h1:has-text('下载之前请看')")
    no_axe_findings(page)
    with page.expect_download() as started:
        page.locator("main button", has_text="下载").first.click()
    assert started.value.suggested_filename.endswith("2024年度报告.pdf")
    page.click("text=返回核对结果")
    wait_for_results(page)


def test_axe_finds_nothing_while_a_report_is_corrected(page: Any, phone: Any) -> None:
    for window in (page, phone):
        check_sample(window, "qingshi-2024.docx")
        cell(window, WRONG).locator(".value").click()
        no_axe_findings(window)
        window.keyboard.press("Escape")
        correct(window, WRONG, "3")
        no_axe_findings(window)
        window.click(".report-tools >> text=修改数字")
        window.wait_for_selector("#edit-form")
        no_axe_findings(window)


def test_axe_finds_nothing_on_a_form_with_mistakes(
    page_without_scripts: Any, page: Any, complaints: list[str]
) -> None:
    check_sample(page, "qingshi-2024.docx")
    page.click(".report-tools >> text=修改数字")
    page.wait_for_selector("#edit-form")
    page.fill(f'input[name="{WRONG}"]', "abc")
    page.fill('input[name="year"]', "24")
    page.click(".edit-foot >> text=重新核对")
    page.wait_for_selector(".govuk-error-summary")
    no_axe_findings(page)
    complaints.clear()  # the browser itself notes the refused request


def test_a_phone_never_scrolls_sideways_while_a_report_is_corrected(phone: Any) -> None:
    for name in ("qingshi-2024.docx", "yunxi-water-2022.txt"):
        check_sample(phone, name)
        correct(phone, GRANTED, "99")
        assert not page_scrolls_sideways(phone)
        phone.click(".report-tools >> text=修改数字")
        phone.wait_for_selector("#edit-form")
        assert not page_scrolls_sideways(phone)
        phone.goto("/")


def test_paper_names_the_changes_and_shows_no_buttons(page: Any) -> None:
    check_sample(page, "qingshi-2024.docx")
    correct(page, WRONG, "3")
    page.emulate_media(media="print")
    assert page.locator(".changes-made").is_visible()
    assert page.locator(".report-tools").is_hidden()
    assert page.locator(".editing-hint").is_hidden()
    assert page.locator(".restore").first.is_hidden()
    assert "原为 4" in cell(page, WRONG).inner_text()


# ---- two years ----


def test_two_years_are_compared(page: Any) -> None:
    page.click("text=比较两份报告")
    page.wait_for_selector(".compare-form")
    no_axe_findings(page)
    page.set_input_files("#one", SAMPLES / "liuwan-2024.pdf")
    page.set_input_files("#other", SAMPLES / "liuwan-2023.html")
    page.click(".compare-form .govuk-button")
    page.wait_for_selector(".comparison")
    assert "上年结转" in page.inner_text(".comparison .cards")
    no_axe_findings(page)
    with page.expect_download() as download:
        page.click("text=下载网页")
    assert download.value.suggested_filename == "年度报告对比.html"
    page.reload()
    page.wait_for_selector(".comparison")
    page.click(".site-top button")
    page.wait_for_selector("html[lang=en] .comparison")
    page.emulate_media(media="print")
    assert page.locator(".results-tools").is_hidden()


def test_two_years_of_a_result_are_compared_without_scripts(page_without_scripts: Any) -> None:
    page = page_without_scripts
    page.set_input_files("#files", [SAMPLES / "liuwan-2023.html", SAMPLES / "liuwan-2024.pdf"])
    page.click(".upload-send")
    wait_for_results(page)
    page.click("text=并排比较")
    assert "203 个数字" in page.inner_text(".verdict")
    with page.expect_download() as download:
        page.click("text=下载 JSON")
    assert download.value.suggested_filename == "年度报告对比.json"


def test_going_back_from_a_comparison_leads_to_the_corrected_result(page: Any) -> None:
    drop(page, SAMPLES / "liuwan-2023.html", SAMPLES / "liuwan-2024.pdf")
    page.click(".upload-send")
    wait_for_results(page)
    cell(page, "proactive.licences", 2).locator(".value").click()
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.wait_for_selector(".was")
    page.click("text=并排比较")
    page.wait_for_selector(".comparison")
    assert "60" in page.inner_text(".changes")
    page.go_back()
    page.wait_for_selector(".was")
    page.go_forward()
    page.wait_for_selector(".comparison")


def test_a_comparison_fits_a_phone(phone: Any) -> None:
    phone.goto("/compare")
    phone.set_input_files("#one", SAMPLES / "liuwan-2023.html")
    phone.set_input_files("#other", SAMPLES / "liuwan-2024.pdf")
    phone.click(".compare-form .govuk-button")
    phone.wait_for_selector(".comparison")
    assert not page_scrolls_sideways(phone)
    no_axe_findings(phone)
