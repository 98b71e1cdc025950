"""Nobody leaves the editor with unsaved words without being asked; none are lost at signing in anew."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.platform_site import Windows
from tests.web.platform import PASSWORD, District, draft
from tests.web.working import now

pytestmark = pytest.mark.django_db(transaction=True)


def asked(page: Any, press: Any) -> list[str]:
    """What the browser asks while something is pressed; the answer is to stay."""
    seen: list[str] = []

    def stay(dialog: Any) -> None:
        seen.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    press()
    page.wait_for_timeout(500)
    page.remove_listener("dialog", stay)
    return seen


def leave(page: Any) -> Any:
    return lambda: page.click("nav >> text=清单", no_wait_after=True)


def test_leaving_the_editor_asks_only_when_something_is_not_saved(
    windows: Windows, invented: District
) -> None:
    record = draft(invented.town)
    clerk = windows.of("beishan.clerk")
    edit = f"/work/records/{record.pk}/edit/"
    clerk.goto(edit)
    clerk.locator("#body-shown").click()
    clerk.keyboard.type("新写的一句。")
    assert asked(clerk, leave(clerk)) == ["beforeunload"]
    assert clerk.url.endswith(edit)
    clerk.click("button >> text=保存草稿")
    assert "已保存" in clerk.inner_text("main")
    assert asked(clerk, leave(clerk)) == []
    clerk.wait_for_url("**/checklist/**")
    clerk.goto(edit)
    clerk.get_by_label("内容概述").fill("返回时保存的概述。")
    clerk.click("button >> text=返回信息页")
    clerk.wait_for_url(f"**/work/records/{record.pk}/")
    assert now(record).working.summary == "返回时保存的概述。"
    saved = now(record).revision
    clerk.goto(edit)
    clerk.click("button >> text=返回信息页")
    clerk.wait_for_url(f"**/work/records/{record.pk}/")
    assert now(record).revision == saved, "nothing was changed, and nothing saved"


def test_a_text_sent_after_signing_out_elsewhere_comes_back(windows: Windows, invented: District) -> None:
    record = draft(invented.town)
    clerk = windows.of("beishan.clerk")
    edit = f"/work/records/{record.pk}/edit/"
    clerk.goto(edit)
    clerk.get_by_label("内容概述").fill("写了一上午的概述。")
    other = clerk.context.new_page()
    other.goto("/work/")
    other.click("button >> text=退出")
    other.wait_for_url("**/signed-out/")
    clerk.click("button >> text=保存草稿")
    clerk.wait_for_url("**/sign-in/**")
    assert "没有保存到系统" in clerk.inner_text("main")
    clerk.fill("[name=login]", "beishan.clerk")
    clerk.fill("[name=password]", PASSWORD)
    clerk.click("button.sign-send >> nth=0")
    clerk.click("text=回到原来的页面")
    assert clerk.get_by_label("内容概述").input_value() == "写了一上午的概述。"
    assert asked(clerk, leave(clerk)) == ["beforeunload"]
    clerk.click("button >> text=保存草稿")
    assert "已保存" in clerk.inner_text("main")
    assert now(record).working.summary == "写了一上午的概述。"


def test_who_signed_in_anew_in_another_tab_gets_the_text_back(windows: Windows, invented: District) -> None:
    record = draft(invented.town)
    clerk = windows.of("beishan.clerk")
    clerk.goto(f"/work/records/{record.pk}/edit/")
    clerk.get_by_label("内容概述").fill("写了一上午的概述。")
    other = clerk.context.new_page()
    other.goto("/work/")
    other.click("button >> text=退出")
    other.wait_for_url("**/signed-out/")
    other.goto("/work/sign-in/")
    other.fill("[name=login]", "beishan.clerk")
    other.fill("[name=password]", PASSWORD)
    other.click("button.sign-send >> nth=0")
    other.wait_for_url("**/work/")
    clerk.click("button >> text=保存草稿")
    clerk.click("text=回到原来的页面")
    windows.expected(403)
    assert clerk.get_by_label("内容概述").input_value() == "写了一上午的概述。"
