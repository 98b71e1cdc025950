"""Citizens ask for information in a real browser: on a phone without scripts, by keyboard, under attack."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.platform_site import PHONE
from tests.browser.test_checking_journeys import no_axe_findings, page_scrolls_sideways
from tests.web.platform import published
from tests.web.requests.asking import ADDRESS, IDENTITY, NAME
from tests.web.requests.asking import PHONE as TELEPHONE
from tests.web.requests.citizen_asking import PNG, WANTED

from gongkai.web.requests.models import Case, CaseFile, FoundInstead

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]
NEXT = "main .form-send button[value=next]"


def fill(page: Any, step: str) -> None:
    """The answer to a question, as it is typed or ticked."""
    if step == "kind":
        page.check("[name=kind][value=information]")
    elif step == "words":
        page.fill("[name=words]", WANTED)
    elif step == "wanted":
        page.check("[name=wanted_form][value=electronic]")
    elif step == "who":
        page.check("[name=requester_kind][value=natural_person]")
    elif step == "name":
        page.fill("[name=name]", NAME)
    elif step == "identity":
        page.check("[name=identity_kind][value=resident]")
        page.fill("[name=identity_number]", IDENTITY)
    elif step == "proof":
        picture = {"name": "身份证.png", "mimeType": "image/png", "buffer": PNG}
        page.set_input_files("[name=files]", [picture])
    elif step == "ways":
        page.check("[name=reply_ways][value=web]")
    elif step == "contact":
        page.fill("[name=phone]", TELEPHONE)
        page.fill("[name=address]", ADDRESS)


def at(page: Any) -> str:
    return str(page.locator("main input[name=at]").first.get_attribute("value"))


def fill_in(page: Any, look: Any = lambda _page: None) -> None:
    """From the first question to the summary; `look` sees every page."""
    for _ in range(14):
        look(page)
        step = at(page)
        if step == "summary":
            return
        fill(page, step)
        page.click(NEXT)
    raise AssertionError("the form never ends")


def test_on_a_phone_without_scripts_from_the_organ_s_page_to_the_state_of_the_request(
    windows: Any, invented: Any
) -> None:
    town = invented.town
    published(town, title="北山镇2025年农村公路养护资金分配方案")
    page = windows.anybody(PHONE, java_script_enabled=False)
    page.goto(f"/o/{town.organ.code}/")
    page.click("text=依申请公开 >> nth=0")
    page.click("text=开始填写申请")

    def look(page: Any) -> None:
        width = page.viewport_size["width"]
        assert page.locator("main").bounding_box()["width"] <= width

    fill_in(page, look)
    assert IDENTITY in page.inner_text("main")
    page.click("[value='step:words']")
    page.click("main .form-send button[value=next]")
    page.dblclick("button[value=send]")
    page.wait_for_selector(".receipt-code")
    number, code = page.inner_text(".receipt-number"), page.inner_text(".receipt-code")
    page.reload()
    assert page.inner_text(".receipt-code") == code
    assert Case.objects.count() == CaseFile.objects.count() == 1
    assert code not in page.url
    page.click("main >> text=办理查询")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    assert "等待机关确认收到" in page.inner_text("main")
    page.click("[value=withdraw]")
    page.click("[value=withdraw-now]")
    assert "已撤回" in page.inner_text("main")
    assert page.context.cookies() == []
    assert FoundInstead.objects.get().shown == 1


def test_every_page_is_sound_at_a_desk_and_goes_by_keyboard(windows: Any, invented: Any) -> None:
    town = invented.town
    published(town, title="北山镇2025年农村公路养护资金分配方案")
    page = windows.anybody()
    for path in ("request/", f"o/{town.organ.code}/request/", f"o/{town.organ.code}/request/paper/"):
        page.goto(f"/{path}")
        no_axe_findings(page)
    page.goto(f"/o/{town.organ.code}/request/form/")
    fill_in(page, no_axe_findings)
    page.click("[value='step:name']")
    page.fill("[name=name]", "")
    page.press("[name=name]", "Enter")  # the key sends the page on, not back
    assert "请填写姓名" in page.inner_text(".govuk-error-summary")
    no_axe_findings(page)
    page.fill("[name=name]", NAME)
    page.press("[name=name]", "Enter")
    assert at(page) == "summary"
    page.focus("button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt-code")
    no_axe_findings(page)
    number, code = page.inner_text(".receipt-number"), page.inner_text(".receipt-code")
    page.emulate_media(media="print")
    assert page.is_visible(".receipt-code")
    assert not page.is_visible(".portal-places")
    page.emulate_media(media="screen")
    page.goto(f"/o/{town.organ.code}/request/status/")
    no_axe_findings(page)
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    no_axe_findings(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert not page_scrolls_sideways(page)
    windows.expected(422)


def test_going_back_on_the_page_loses_nothing(windows: Any, invented: Any) -> None:
    page = windows.anybody()
    page.goto(f"/o/{invented.town.organ.code}/request/form/")
    fill_in(page)
    page.click("[value='step:contact']")
    page.click("main .form-send button[value=back]")
    page.click("main .form-send button[value=back]")
    assert at(page) == "proof"
    assert "身份证.png" in page.inner_text("main")
    page.click(NEXT)
    assert IDENTITY in page.inner_text("main")


def test_language_and_type_are_changed_midway_and_the_enter_key_still_goes_on(
    windows: Any, invented: Any
) -> None:
    page = windows.anybody(PHONE, java_script_enabled=False)
    page.goto(f"/o/{invented.town.organ.code}/request/form/")
    while at(page) != "proof":
        fill(page, at(page))
        page.click(NEXT)
    fill(page, "proof")
    page.click("header >> text=English")
    assert page.get_attribute("html", "lang") == "en"
    assert (at(page), "身份证.png" in page.inner_text("main")) == ("proof", True)
    page.click(NEXT)
    fill(page, "ways")
    page.click("header >> text=中文")
    assert page.is_checked("[name=reply_ways][value=web]")
    page.click(NEXT)
    page.fill("[name=phone]", TELEPHONE)
    page.click("header >> text=大字无障碍版")
    assert "easy" in str(page.get_attribute("html", "class"))
    assert page.input_value("[name=phone]") == TELEPHONE
    assert not page_scrolls_sideways(page)
    page.press("[name=phone]", "Enter")
    assert at(page) == "summary"


def test_under_attack_the_browser_works_out_that_it_is_no_machine(
    windows: Any, invented: Any, monkeypatch: Any
) -> None:
    from gongkai.web.participation import pacing, settled

    known = settled.pace

    def strict(name: str) -> Any:
        return settled.Pace(600, 0, 0, all_ask=0) if name != "request" else settled.Pace(600, 1, 60)

    monkeypatch.setattr(pacing, "pace", strict)
    page = windows.anybody()
    for _ in range(2):
        page.goto(f"/o/{invented.town.organ.code}/request/form/")
        fill_in(page)
        page.click("button[value=send]")
    page.wait_for_selector("#challenge-question", state="hidden")
    assert "已确认" in page.inner_text("#challenge")
    page.click("button[value=send]")
    page.wait_for_selector(".receipt-code")
    assert Case.objects.count() == 2
    assert known("request").ask > 0
    windows.expected(422)
