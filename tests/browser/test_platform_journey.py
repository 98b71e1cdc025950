"""From a clerk's Word file to a public document, amended and repealed: the whole way, through the pages."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from tests.browser.official_documents import official_document
from tests.browser.platform_site import Windows

from gongkai.web.audit import guards
from gongkai.web.audit.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "北山镇临时救助实施办法"
MOBILE = "13800138000"
REASON = "手机号码是个人信息，请删去，改留办公室电话。"
ANSWER = "这是经办人的手机号码，方便群众咨询。"
ATTACHMENT = "序号,对象,标准（元）\n1,困难家庭,800\n2,临时遇困人员,500\n".encode()
ADDED = "情况紧急的，先行救助"
PATIENT = 20_000  # milliseconds


def numbers() -> tuple[dt.date, str]:
    """Today, and a document number of this year."""
    today = timezone.localdate()
    return today, f"北政发〔{today.year}〕6号"


@pytest.fixture
def word(tmp_path: Path) -> Path:
    today, number = numbers()
    file = tmp_path / "北山镇临时救助实施办法.docx"
    file.write_bytes(
        official_document(
            TITLE,
            number,
            today,
            "各村（社区）：",
            "一、救助对象",
            "家庭遭遇突发困难的本镇居民，可以申请临时救助。",
            "二、办理时限",
            "镇人民政府自受理之日起10个工作日内办结。",
            f"三、咨询联系人：虚构甲，手机{MOBILE}。",
            table=(("对象", "标准（元）"), ("困难家庭", "800"), ("临时遇困人员", "500")),
        )
    )
    return file


def test_from_a_word_file_to_a_repealed_document(windows: Windows, word: Path) -> None:
    clerk = windows.of("beishan.clerk")
    before = table2(clerk)
    record = drafted(clerk, word)
    explained_and_submitted(clerk)
    returned_by_the_unit_head(windows)
    corrected_and_submitted(clerk, record)
    review = reviews_passed(windows, clerk, record)
    public = read_by_a_citizen(windows)
    assert table2(clerk) == (before[0] + 1, before[1], before[2] + 1)

    amended(windows, clerk, record)
    differences_seen(windows, clerk, record, public)
    assert table2(clerk) == (before[0] + 1, before[1], before[2] + 1)

    repealed(windows, record, public)
    assert table2(clerk) == (before[0] + 1, before[1] + 1, before[2])
    told_by_the_log(windows, clerk, review)
    an_altered_byte_is_found(record)


def table2(page: Any) -> tuple[int, ...]:
    """Normative documents issued, repealed and in force this year, as the page of table 2 shows them."""
    page.goto(f"/work/figures/?year={timezone.localdate().year}")
    row = page.locator("table.table2 tr", has=page.get_by_role("rowheader", name="规范性文件"))
    return tuple(int(re.match(r"\s*(\d+)", cell)[1]) for cell in row.locator("td").all_inner_texts())  # type: ignore[index]


def drafted(clerk: Any, word: Path) -> str:
    """A draft from the Word file, complete, with an attachment. Gives the address of the record."""
    today, number = numbers()
    clerk.click("nav >> text=信息")
    clerk.click("text=新建信息")
    clerk.get_by_label("信息种类").select_option(label="行政规范性文件")
    clerk.get_by_label("Word 文件").set_input_files(word)
    clerk.click("button >> text=建立草稿")
    clerk.wait_for_url("**/edit/", timeout=PATIENT)
    assert clerk.get_by_label("标题", exact=True).input_value() == TITLE
    assert clerk.input_value("[name=document_number]") == number
    assert clerk.input_value("[name=made_on]") == today.isoformat()
    shown = clerk.locator("#body-shown")
    assert shown.locator("table td").all_inner_texts()[-2:] == ["临时遇困人员", "500"]
    clerk.fill("[name=effective_on]", today.isoformat())
    clerk.select_option("[name=theme]", index=1)
    clerk.get_by_label("内容概述").fill("规定北山镇临时救助的对象、标准和办理时限。")
    clerk.set_input_files(
        "[name=new_files]", {"name": "救助标准.csv", "mimeType": "text/csv", "buffer": ATTACHMENT}
    )
    clerk.click("button >> text=保存草稿")
    assert "已保存" in clerk.inner_text("main")
    return str(clerk.url).removesuffix("edit/")


def explained_and_submitted(clerk: Any) -> None:
    """The number is marked and found by its finding; handing in asks for an explanation first."""
    card = clerk.locator("#checks .card", has_text="手机号码")
    assert "138****8000" in card.inner_text()
    assert clerk.inner_text("#body-shown mark.found") == MOBILE
    card.get_by_role("link", name="去看原文").click()
    assert clerk.url.endswith(clerk.get_attribute("#body-shown mark.found", "id"))
    clerk.wait_for_function(
        """() => {
            const mark = document.querySelector('#body-shown mark.found').getBoundingClientRect();
            const foot = document.querySelector('.edit-foot').getBoundingClientRect();
            return mark.top >= 0 && mark.bottom <= foot.top;
        }"""
    )
    clerk.click("button >> text=提交审查")
    assert clerk.is_visible("#checks .card .govuk-error-message")
    for field in clerk.locator("#checks .card").get_by_label("不需要修改的理由").all():
        field.fill(ANSWER)
    clerk.click("button >> text=提交审查")
    assert "已提交审查" in clerk.inner_text("main")


def returned_by_the_unit_head(windows: Windows) -> None:
    head = windows.of("beishan.unit_head")
    head.click(f".tasks >> text={TITLE}")
    assert ANSWER in head.inner_text("aside#review")
    assert head.inner_text("#body mark.found") == MOBILE
    head.click("button[value=return]")
    assert head.is_visible(".govuk-error-summary")  # without a reason nothing is returned
    head.get_by_label("意见").fill(REASON)
    head.click("button[value=return]")
    assert f"已退回：{TITLE}" in head.inner_text("main")


def corrected_and_submitted(clerk: Any, record: str) -> None:
    clerk.goto("/work/")
    returned = clerk.locator("section", has_text="退回给我")
    assert REASON in returned.inner_text()
    returned.get_by_role("link", name=TITLE).click()
    if not clerk.url.endswith("/edit/"):
        clerk.click("aside#handling >> text=修改")
    assert REASON in clerk.inner_text(".returned-note")
    clerk.dblclick("#body-shown mark.found")  # selects the number
    clerk.keyboard.type("号码见政府网站")
    clerk.click("button >> text=保存草稿")
    assert MOBILE not in clerk.inner_text("#body-shown")
    assert "没有发现问题" in clerk.inner_text("#checks")
    clerk.goto(record)
    clerk.click("aside#handling >> text=提交审查")
    clerk.click("main form button >> text=提交审查")
    assert "已提交审查" in clerk.inner_text("main")


def reviews_passed(windows: Windows, clerk: Any, record: str) -> str:
    """Three people pass, each signed in as himself; the drafter cannot. Gives the address of a review."""
    address = ""
    for role in ("unit_head", "secrecy_officer", "leader"):
        page = windows.of(f"beishan.{role}")
        page.click(f".tasks >> text={TITLE}")
        address = page.url
        clerk.goto(address)
        assert clerk.locator("button[name=decision]").count() == 0
        assert "您参与了起草，须由其他人员审查" in clerk.inner_text("aside#review")
        clerk.goto(record)
        assert clerk.locator("aside#handling").get_by_role("button", name="通过").count() == 0
        if role == "secrecy_officer":
            page.get_by_label("依据").fill("民政工作国家秘密范围的规定")
        page.get_by_label("意见").fill("同意公开。")
        page.click("button[value=pass]")
        assert f"已通过：{TITLE}" in page.inner_text("main")
        page.goto(address)
        assert page.locator("button[name=decision]").count() == 0
        page.context.close()
    clerk.goto(record)
    assert clerk.locator(".page-tags", has_text="已公开").count() == 1
    return address


def read_by_a_citizen(windows: Windows) -> Any:
    citizen = windows.citizen()
    citizen.goto("/o/")
    citizen.click("text=虚构区北山镇人民政府")
    citizen.click(f"main >> text={TITLE}")
    text = citizen.inner_text("article.record")
    for words in (numbers()[1], "号码见政府网站", "临时遇困人员", "有效"):
        assert words in text
    assert MOBILE not in citizen.content()
    with citizen.expect_download() as coming:
        citizen.click(".attachment-list a")
    assert coming.value.suggested_filename == "救助标准.csv"
    assert Path(coming.value.path()).read_bytes() == ATTACHMENT
    return citizen


def amended(windows: Windows, clerk: Any, record: str) -> None:
    """A second round: other words, other people asked again."""
    clerk.goto(record)
    clerk.click("aside#handling >> text=修改内容")
    clerk.get_by_label("变更说明").fill("办理时限改为5个工作日")
    clerk.click("main form button >> text=建立新版本")
    if not clerk.url.endswith("/edit/"):
        clerk.click("aside#handling >> a:text-is('修改')")
    text = clerk.locator("#body-shown p", has_text="10个工作日")
    text.evaluate("p => { p.textContent = p.textContent.replace('10个', '5个'); }")
    text = clerk.locator("#body-shown p", has_text="5个工作日")
    text.click()
    clerk.keyboard.press("End")
    clerk.keyboard.type(f"{ADDED}。")
    clerk.fill("[name=changed_on]", numbers()[0].isoformat())
    clerk.click("button >> text=提交审查")
    assert "已提交审查" in clerk.inner_text("main")
    for role in ("unit_head", "secrecy_officer", "leader"):
        page = windows.of(f"beishan.{role}")
        page.click(f".tasks >> text={TITLE}")
        difference = page.inner_text("section:has(#changed-title)")
        assert ADDED in difference
        if role == "secrecy_officer":
            page.get_by_label("依据").fill("民政工作国家秘密范围的规定")
        page.click("button[value=pass]")
        assert f"已通过：{TITLE}" in page.inner_text("main")
        page.context.close()


def differences_seen(windows: Windows, clerk: Any, record: str, citizen: Any) -> None:
    """Staff and citizens see two versions, and what the second changed."""
    clerk.goto(record)
    clerk.click(".version-list >> text=看改动")
    assert ADDED in "".join(clerk.locator("main ins").all_inner_texts())
    citizen.reload()
    assert ADDED in citizen.inner_text("#document")
    versions = citizen.inner_text(".version-list")
    assert "第 2 版" in versions
    assert "办理时限改为5个工作日" in versions
    citizen.click(".version-list >> text=第 1 版")
    assert "情况紧急" not in citizen.inner_text("#document")
    assert ADDED in "".join(citizen.locator(".difference ins").all_inner_texts())
    citizen.click("text=看现在的版本")


def repealed(windows: Windows, record: str, citizen: Any) -> None:
    leader = windows.of("beishan.leader")
    leader.goto(record)
    leader.click("aside#handling >> text=标注废止")
    leader.get_by_label("废止依据").fill("北政发〔2026〕20号《关于废止部分文件的决定》")
    leader.click("main form button >> text=标注废止")
    assert "已标注废止" in leader.inner_text("main")
    citizen.reload()
    band = citizen.inner_text(".state-band")
    assert "北政发〔2026〕20号" in band
    assert "废止" in band
    assert ADDED in citizen.inner_text("#document")  # still to be read


def told_by_the_log(windows: Windows, clerk: Any, review: str) -> None:
    auditor = windows.of("beishan.auditor")
    auditor.click("nav >> text=操作记录")
    told = auditor.inner_text("#results")
    for words in ("起草", "提交审查", "退回", "审查通过", "公开", "另起新版本", "标注废止", REASON):
        assert words in told, words
    auditor.locator("#results a", has_text="标注废止").first.click()
    assert "北政发〔2026〕20号" in auditor.inner_text("main")
    auditor.go_back()
    auditor.click("text=核验")
    assert "没有被改动" in auditor.inner_text("main")


def an_altered_byte_is_found(record: str) -> None:
    """The database refuses another title; lifted by somebody with the database in hand, it is found."""
    assert verify().faults == []
    altered = "UPDATE disclosure_record SET title = replace(title, '临时', '临吋') WHERE id = %s"
    number = int(record.rstrip("/").rpartition("/")[2])
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError):
            cursor.execute(altered, [number])
        guards.lift()
        cursor.execute(altered, [number])
    found = [fault for fault in verify().faults if fault.code != "guard_missing"]
    assert [fault.code for fault in found] == ["row_edited"]
    assert str(number) in found[0].where
