"""The two faces in a real browser: accessible, narrow, by keyboard, without scripts, under the policy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from tests.browser.conftest import Quiet, Server
from tests.browser.look_site import application
from tests.browser.test_checking_journeys import no_axe_findings, page_scrolls_sideways
from tests.web.look_gallery import PAGES


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_wide_and_narrow_and_breaks_no_policy(
    name: str, gallery: str, window: Any
) -> None:
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for width in (1280, 360):
        window.set_viewport_size({"width": width, "height": 740})
        window.goto(f"{gallery}/{name}")
        assert not page_scrolls_sideways(window)
        no_axe_findings(window)
    assert said == []


def test_a_list_is_walked_by_keys_and_typing_stays_typing(gallery: str, window: Any) -> None:
    window.set_viewport_size({"width": 1280, "height": 800})
    window.goto(f"{gallery}/list")
    at = "document.activeElement.getAttribute('href')"
    for key, expected in (("j", "/r/0"), ("j", "/r/1"), ("k", "/r/0"), ("k", "/r/0")):
        window.keyboard.press(key)
        assert window.evaluate(at) == expected
    window.keyboard.press("/")
    window.keyboard.type("jk?")
    assert window.input_value("#search") == "jk?"


def test_keys_are_explained_and_can_be_switched_off(gallery: str, window: Any) -> None:
    window.goto(f"{gallery}/list")
    window.keyboard.press("?")
    assert window.is_visible("#keys")
    window.uncheck("#keys-on")
    window.keyboard.press("Escape")
    window.reload()
    window.keyboard.press("j")
    assert window.evaluate("document.activeElement === document.body")
    window.evaluate("localStorage.clear()")


def test_a_finding_selects_its_words_in_the_text(gallery: str, window: Any) -> None:
    window.goto(f"{gallery}/editor")
    window.click("a[data-jump]")
    selected = "(f => f.value.slice(f.selectionStart, f.selectionEnd))(document.getElementById('id_body'))"
    assert window.evaluate(selected) == "联系人李𠮷燕，手机 000****0000"
    assert window.evaluate("document.activeElement.id") == "id_body"


def test_letters_grow_and_stay_grown(gallery: str, window: Any) -> None:
    window.goto(f"{gallery}/portal-record")
    size = "parseFloat(getComputedStyle(document.getElementById('document')).fontSize)"
    before = window.evaluate(size)
    window.click("[data-reading=larger]")
    assert window.evaluate(size) > before
    window.reload()
    assert window.evaluate(size) > before
    no_axe_findings(window)
    window.evaluate("localStorage.clear()")


def test_without_scripts_the_phone_opens_filters_and_columns_by_links(gallery: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{gallery}/portal-organ")
    assert not page.is_visible("#columns")
    page.click(".fold-open a[href='#columns']")
    assert page.is_visible("#columns >> text=政府信息公开指南")
    assert not page.is_visible("[hidden]")
    page.goto(f"{gallery}/list")
    page.click("a[href='#filters']")
    assert page.is_visible("#filters select[name=year]")
    context.close()


def test_a_printed_record_holds_the_text_and_no_tools(gallery: str, window: Any) -> None:
    window.goto(f"{gallery}/portal-record")
    window.emulate_media(media="print")
    assert window.is_visible("#document")
    assert window.is_visible(".state-band")
    for left_out in (".reading-tools", ".portal-places", ".band-search", ".site-top", ".portal-foot"):
        assert not window.is_visible(left_out)
    window.emulate_media(media="screen")
