"""The text check: what is found stands marked in the text, escaped, in time; all people are invented."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import SAMPLES, page, planted, words
from tests.web.test_errors_and_language import chinese_outside_marked_parts

from gongkai.web.calculators.marked_text import MOST_CARDS, cards_of, marked
from gongkai.web.calculators.text_check import EXAMPLE, MOST_CHARACTERS
from gongkai.wording.scanning import masked, scan

BOTH = {"personal": "1", "wording": "1"}
LETTER = "李晓燕（身份证11010519491231002X）申请公开按装费用。"


def test_personal_data_and_wording_are_marked_in_the_text_with_kind_and_suggestion(client: Client) -> None:
    tree = page(client.post("/text-check", {"text": LETTER, **BOTH}))
    assert [mark.text() for mark in tree.css(".marked-text mark")] == ["李晓燕", "11010519491231002X", "按装"]
    cards = tree.css(".card")
    assert [card.css_first(".check-title").text() for card in cards] == ["姓名", "身份证号码", "错别字"]
    assert [card.css_first(".new-word").text() for card in cards] == ["李某", "11*************02X", "安装"]
    assert "个人信息 2 处，用语 1 处" in words(client.post("/text-check", {"text": LETTER, **BOTH}))


def test_every_mark_leads_to_its_card_and_every_card_to_its_places(client: Client) -> None:
    tree = page(client.post("/text-check", {"text": f"{LETTER}\n{LETTER}", **BOTH}))
    for link in tree.css(".marked-text a.marker, .card .card-foot a"):
        assert tree.css_first(link.attributes["href"]) is not None
    assert len(tree.css(".card")) == 3
    assert "第 1 行第 1 字" in tree.css_first(".card .card-foot").text()
    assert "第 2 行第 1 字" in tree.css_first(".card .card-foot").text()


def test_the_masked_copy_changes_personal_data_alone(client: Client) -> None:
    tree = page(client.post("/text-check", {"text": LETTER, **BOTH}))
    assert tree.css_first("#masked").text() == "李某（身份证11*************02X）申请公开按装费用。"


def test_the_masked_copy_can_be_downloaded(client: Client) -> None:
    response = client.post("/text-check/masked.txt", {"text": EXAMPLE.replace("\n", "\r\n"), **BOTH})
    assert response.content.decode() == masked(EXAMPLE)
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]


def test_only_what_is_asked_for_is_looked_for(client: Client) -> None:
    tree = page(client.post("/text-check", {"text": LETTER, "wording": "1"}))
    assert [mark.text() for mark in tree.css(".marked-text mark")] == ["按装"]
    assert tree.css_first("#masked") is None
    assert "checked" not in tree.css_first("#personal").attributes


def test_a_clean_text_is_said_to_be_clean_and_still_to_be_read_by_a_person(client: Client) -> None:
    said = words(client.post("/text-check", {"text": "本机关依法公开政府信息。", **BOTH}))
    assert "没有发现问题" in said
    assert "人工复核" in said


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"text": "", **BOTH}, "text", "请粘贴要检查的文字"),
        ({"text": " \n ", **BOTH}, "text", "请粘贴要检查的文字"),
        (BOTH, "text", "请粘贴要检查的文字"),
        ({"text": LETTER}, "personal", "请至少选一项"),
        (
            {"text": "字" * (MOST_CHARACTERS + 1), **BOTH},
            "text",
            "文字共 100,001 个字符，一次最多检查 100,000 个",
        ),
    ],
)
def test_what_cannot_be_checked_is_said_at_its_field_and_the_text_is_given_back(
    client: Client, sent: dict[str, str], field: str, said: str
) -> None:
    response = client.post("/text-check", sent)
    tree = page(response)
    assert response.status_code == 422
    assert said in tree.css_first(f'.govuk-error-summary a[href="#{field}"]').text()
    assert tree.css_first("#text").text().strip() == sent.get("text", "").strip()


@pytest.mark.parametrize("name", ["masked.txt", ""])
def test_a_text_too_long_for_a_copy_is_refused_in_the_same_words(client: Client, name: str) -> None:
    address = f"/text-check/{name}".rstrip("/")
    response = client.post(address, {"text": "字" * (MOST_CHARACTERS + 1), **BOTH})
    assert response.status_code == 422
    assert "请分段检查" in words(response)


HOSTILE = {
    "digits": "1234567890" * 10_000,
    "ones": "1" * MOST_CHARACTERS,
    "markup": "<script>alert(1)</script>" * 4_000,
    "half a tag": "</textarea></div><img src=x onerror=alert(1)>李晓燕（身份证11010519491231002X）",
    "quotes": "'\"><svg onload=alert(1)>" * 2_000,
    "people": (LETTER * 4_000)[:MOST_CHARACTERS],
    "null and bidi": "\x00\u202e\u200b李\u200b晓燕（身份证11010519491231002X）" * 500,
    "lines": "\n" * MOST_CHARACTERS,
    "brackets": "（" * MOST_CHARACTERS,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_escaped_and_answered_in_time(client: Client, name: str) -> None:
    began = time.process_time()
    response = client.post("/text-check", {"text": HOSTILE[name], **BOTH})
    took = time.process_time() - began
    body = response.content.decode()
    assert response.status_code in (200, 422)
    assert took < 5
    for raw in ("<script>alert", "<img src=x", "<svg onload"):
        assert raw not in body
    assert len(page(response).css("textarea#text")) == 1


def test_a_million_digits_are_refused_in_words_and_in_time(client: Client) -> None:
    began = time.process_time()
    response = client.post("/text-check", {"text": "1" * 1_000_000, **BOTH})
    assert time.process_time() - began < 2
    assert "文字共 1,000,000 个字符" in words(response)


def test_a_text_past_what_a_form_may_hold_is_refused_in_its_own_words(client: Client) -> None:
    response = client.post("/text-check", {"text": "1" * (17 * 1024 * 1024), **BOTH})
    assert response.status_code == 413
    assert "粘贴的文字太大" in words(response)


def test_more_cards_than_a_page_should_have_are_counted(client: Client) -> None:
    text = "".join(f"电话139{number:08}，" for number in range(10_000_000, 10_000_000 + MOST_CARDS + 30))
    tree = page(client.post("/text-check", {"text": text, **BOTH}))
    assert len(tree.css(".card")) == MOST_CARDS
    assert "另有 30 项只在文中标出" in tree.css_first(".found-cards > p").text()
    for link in tree.css(".marked-text a.marker"):
        assert tree.css_first(link.attributes["href"]) is not None


@pytest.mark.parametrize(
    "text", [LETTER, EXAMPLE, HOSTILE["half a tag"], "a & b < c\n\n　　李晓燕女士来信。"]
)
def test_the_marked_text_is_the_text_with_nothing_lost(text: str) -> None:
    from selectolax.lexbor import LexborHTMLParser

    findings = scan(text)
    tree = LexborHTMLParser(f"<div id=t>{marked(text, findings, cards_of(findings))}</div>")
    for marker in tree.css(".marker"):
        marker.decompose()
    assert tree.css_first("#t").text() == text


def test_a_file_is_read_and_its_words_are_checked_in_place_of_the_pasted_ones(client: Client) -> None:
    file = SimpleUploadedFile("letter.html", f"<p>{LETTER}</p><table><tr><td>甲<td>乙</table>".encode())
    tree = page(client.post("/text-check", {"text": "别的文字", "file": file, **BOTH}))
    assert [mark.text() for mark in tree.css(".marked-text mark")] == ["李晓燕", "11010519491231002X", "按装"]
    assert tree.css_first("#text").text().strip() == f"{LETTER}\n甲\t乙"


def test_the_words_of_every_sample_report_can_be_checked(client: Client) -> None:
    for entry in planted():
        file = SimpleUploadedFile(entry["file"], (SAMPLES / entry["file"]).read_bytes())
        assert client.post("/text-check", {"text": "", "file": file, **BOTH}).status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("blank.txt", b" \n "),
        ("empty.docx", b""),
        ("a.pdf", b"%PDF-1.7 nothing"),
        ("b.docx", b"PK\x03\x04 nothing"),
        ("c.exe", b"MZ\x00"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_at_its_field_and_the_pasted_text_stays(
    client: Client, name: str, content: bytes
) -> None:
    sent = {"text": "已经粘贴的文字", "file": SimpleUploadedFile(name, content), **BOTH}
    response = client.post("/text-check", sent)
    tree = page(response)
    assert response.status_code == 422
    assert tree.css_first("#file-error") is not None
    assert tree.css_first('.govuk-error-summary a[href="#file"]') is not None
    assert tree.css_first("#text").text().strip() == "已经粘贴的文字"


def test_a_file_past_the_limit_is_refused_in_words(client: Client) -> None:
    file = SimpleUploadedFile("large.txt", b"1" * (21 * 1024 * 1024))
    response = client.post("/text-check", {"text": "", "file": file, **BOTH})
    assert response.status_code == 422
    assert "文件超过 20 MB" in words(response)


def test_nothing_that_was_checked_is_written_to_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        client.post("/text-check", {"text": LETTER, **BOTH})
        client.post("/text-check", {"text": LETTER})
    assert "李晓燕" not in caplog.text
    assert "110105" not in caplog.text


def test_the_page_says_that_nothing_is_kept(client: Client) -> None:
    assert "不写入磁盘，不留存，不发往别处" in words(client.get("/text-check"))


def test_a_form_without_its_token_is_refused_and_with_it_accepted() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert strict.post("/text-check", {"text": LETTER, **BOTH}).status_code == 403
    token = page(strict.get("/text-check")).css_first("input[name=csrfmiddlewaretoken]").attributes["value"]
    sent = {"text": LETTER, **BOTH, "csrfmiddlewaretoken": token}
    assert strict.post("/text-check", sent).status_code == 200


def test_the_example_has_something_of_each_kind(client: Client) -> None:
    assert page(client.get("/text-check?example")).css_first("#text").text().strip() == EXAMPLE.strip()
    found = {one.kind for one in scan(EXAMPLE)}
    assert found >= {"PII.NAME", "PII.ID18", "PII.MOB", "PII.ADDR", "wrong_word", "outdated_organ"}


def test_an_english_result_has_chinese_only_where_it_quotes_the_text(client: Client) -> None:
    client.get("/?lang=en")
    response = client.post("/text-check", {"text": LETTER, **BOTH})
    tree = page(response)
    assert "Personal data: 2; wording: 1" in words(response)
    for element in tree.css(".card-head, .card-foot, .verdict-panel, label, .govuk-hint, button"):
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in element.text() if element.text() != "中文")
    assert chinese_outside_marked_parts(client.get("/text-check")) == []


def test_an_ordinary_text_is_answered_within_a_tenth_of_a_second(client: Client) -> None:
    client.post("/text-check", {"text": EXAMPLE, **BOTH})
    began = time.perf_counter()
    client.post("/text-check", {"text": EXAMPLE * 5, **BOTH})
    assert time.perf_counter() - began < 0.1
