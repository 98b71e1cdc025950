"""Error pages, the language switch, and that English is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import path
from tests.web import platform
from tests.web.conftest import carried, page, planted, words
from tests.web.working import browser

from gongkai.web.config import urls
from gongkai.web.organs.models import Role

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
Upload = Callable[..., SimpleUploadedFile]


def chinese_outside_marked_parts(response: Any) -> list[str]:
    """Chinese words of a page that no element declares to be Chinese."""
    tree = page(response)
    for element in tree.css('[lang="zh-Hans"], script, input[type=hidden]'):
        if element.tag != "html":
            element.decompose()
    found = CHINESE.findall(tree.html or "")
    return sorted(set(found))


def test_a_missing_page_is_said_in_words(client: Client) -> None:
    response = client.get("/nothing")
    assert response.status_code == 404
    assert "没有这个页面" in words(response)


def test_a_form_without_its_token_is_refused_in_words(sample: Upload) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    response = strict.post("/check", {"files": sample("yunxi-water-2022.txt")})
    assert response.status_code == 403
    assert "提交未被接受" in words(response)


def test_a_form_with_the_pages_own_token_is_accepted(sample: Upload) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    token = page(strict.get("/")).css_first("input[name=csrfmiddlewaretoken]").attributes["value"]
    response = strict.post("/check", {"files": sample("yunxi-water-2022.txt"), "csrfmiddlewaretoken": token})
    assert response.status_code == 200


def failing(_request: object) -> None:
    raise RuntimeError("planted")


@override_settings(ROOT_URLCONF="tests.web.test_errors_and_language")
def test_a_failure_of_the_program_is_said_in_words() -> None:
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    response = client.get("/failing")
    assert response.status_code == 500
    assert "程序出错" in words(response)
    assert "RuntimeError" not in words(response)


def forbidding(_request: object) -> None:
    raise PermissionDenied("the record of somebody else")


urlpatterns = [
    *urls.urlpatterns,
    path("failing", failing),
    *(path(f"{place}forbidding", forbidding) for place in ("", "o/xugou/", "work/")),
]
handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500
handler403 = urls.handler403


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("place", ["/", "/o/xugou/", "/work/"])
@override_settings(ROOT_URLCONF="tests.web.test_errors_and_language")
def test_what_may_not_be_seen_is_refused_in_words_with_what_to_do(place: str, lang: str) -> None:
    client = browser(platform.district().town[Role.CLERK])
    response = client.get(f"{place}forbidding", headers={"accept-language": lang})
    assert response.status_code == 403
    assert page(response).css_first("h1") is not None
    assert page(response).css_first("main a[href]") is not None
    assert "somebody else" not in response.content.decode()
    if lang == "zh-hans":
        assert "不能查看这个页面" in words(response)
        assert "换用有权限的账号" in words(response)


def test_a_strange_host_is_refused_in_one_quiet_line(client: Client, caplog: Any) -> None:
    for host in ("evil.example", "evil.example\r\nx", "<b>", "a" * 5000):
        caplog.clear()
        response = client.get("/work/", headers={"host": host})
        assert response.status_code == 400
        assert "Content-Security-Policy" in response.headers
        assert [one.exc_info for one in caplog.records] == [None]
        assert len(caplog.text.strip().splitlines()) == 1
        assert len(caplog.text) < 300


def test_chinese_comes_first_whatever_the_browser_speaks(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en-US,en"})
    assert page(response).css_first("html").attributes["lang"] == "zh-Hans"


def test_the_switch_is_a_plain_link_and_is_remembered(client: Client) -> None:
    link = page(client.get("/")).css_first('.site-top a[lang="en"]')
    assert link.attributes["href"] == "?lang=en"
    assert page(client.get("/?lang=en")).css_first("html").attributes["lang"] == "en"
    assert page(client.get("/")).css_first("html").attributes["lang"] == "en"
    assert page(client.get("/?lang=zh")).css_first("html").attributes["lang"] == "zh-Hans"


@pytest.mark.parametrize("address", ["/?lang=en", "/nothing?lang=en"])
def test_an_english_page_has_no_chinese_left(client: Client, address: str) -> None:
    assert chinese_outside_marked_parts(client.get(address)) == []


def test_an_english_result_has_chinese_only_where_it_quotes_the_report(
    client: Client, sample: Upload
) -> None:
    client.get("/?lang=en")
    files = [sample(entry["file"]) for entry in planted()]
    files.append(SimpleUploadedFile("empty.txt", b""))
    response = client.post("/check", {"files": files})
    tree = page(response)
    for element in tree.css(".check-title, .severity, .facts, .verdict, .unreadable p, .cells > p"):
        assert not CHINESE.search(re.sub(r"[“\"'《][^”\"'》]*[”\"'》]", "", element.text())), element.text()


def test_results_can_be_shown_in_english_without_sending_the_files_again(client: Client) -> None:
    chinese = client.post("/check", {"sample": "qingshi-2024.docx"})
    english = client.post("/check/again?lang=en", {"results": carried(chinese)})
    assert page(english).css_first("html").attributes["lang"] == "en"
    assert len(page(english).css(".card")) == len(page(chinese).css(".card"))
    assert len(page(english).css("mark")) == len(page(chinese).css("mark"))
    assert "Found:" in words(english)
