"""Two reports beside each other: two files, or two of a result."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import carried, page, words
from tests.web.test_results_page import Upload


@pytest.fixture
def comparison(client: Client, sample: Upload) -> str:
    files = {"one": sample("liuwan-2024.pdf"), "other": sample("liuwan-2023.html")}
    response = client.post("/compare", files)
    assert response.status_code == 200
    return carried(response)


def test_two_years_are_set_beside_each_other_in_their_order(client: Client, sample: Upload) -> None:
    files = {"one": sample("liuwan-2024.pdf"), "other": sample("liuwan-2023.html")}
    response = client.post("/compare", files)
    heading = page(response).css_first(".compared").text()
    assert heading.index("2023") < heading.index("2024")
    row = next(r for r in page(response).css(".changes tbody tr") if "行政许可" in r.text())
    assert [cell.text() for cell in row.css("td")][:3] == ["45", "51", "+6"]
    assert "上年结转" in page(response).css_first(".comparison .card").text()


def test_two_reports_of_a_result_are_compared_as_they_were_corrected(client: Client, sample: Upload) -> None:
    files = [sample("liuwan-2023.html"), sample("liuwan-2024.pdf")]
    response = client.post("/check", {"files": files})
    assert page(response).css_first('button[formaction="/compare/results"]') is not None
    changes = json.dumps({"2": {"proactive.licences": 60}})
    sent = {"results": carried(response), "changes": changes, "one": "1", "other": "2"}
    compared = client.post("/compare/results", sent)
    row = next(r for r in page(compared).css(".changes tbody tr") if "行政许可" in r.text())
    assert [cell.text() for cell in row.css("td")][:3] == ["45", "60", "+15"]


def test_one_report_alone_offers_no_comparison_and_three_offer_a_choice(
    client: Client, sample: Upload
) -> None:
    one = client.post("/check", {"files": [sample("liuwan-2023.html")]})
    assert page(one).css_first('button[formaction="/compare/results"]') is None
    names = ("liuwan-2023.html", "liuwan-2024.pdf", "qingshi-2024.docx")
    three = client.post("/check", {"files": [sample(name) for name in names]})
    assert [len(select.css("option")) for select in page(three).css(".pair-tools select")] == [3, 3]


def test_the_comparison_is_downloaded_as_json_and_as_a_page(client: Client, comparison: str) -> None:
    value = client.post("/compare/comparison.json", {"results": comparison})
    assert value.headers["Content-Type"] == "application/json"
    assert json.loads(value.content)["kind"] == "years"
    file = client.post("/compare/comparison.html", {"results": comparison})
    assert file.content.decode().startswith("<!DOCTYPE html>")
    assert "<script" not in file.content.decode()
    assert "attachment" in file.headers["Content-Disposition"]


def test_the_comparison_is_shown_in_english(client: Client, comparison: str) -> None:
    response = client.post("/compare/again?lang=en", {"results": comparison})
    assert page(response).css_first("h1").text() == "Two annual reports compared"
    assert "Figures that differ" in words(response)


def test_a_file_that_cannot_be_read_is_said_at_its_field(client: Client, sample: Upload) -> None:
    files = {"one": sample("liuwan-2023.html"), "other": SimpleUploadedFile("坏.docx", b"PK\x03\x04 cut off")}
    response = client.post("/compare", files)
    assert response.status_code == 422
    field = page(response).css_first("#other")
    assert field.attributes["aria-invalid"] == "true"
    assert "坏.docx" in page(response).css_first(f"#{field.attributes['aria-describedby']}").text()
    assert page(response).css_first("#one").attributes.get("aria-invalid") is None


def test_a_missing_file_is_asked_for(client: Client, sample: Upload) -> None:
    response = client.post("/compare", {"one": sample("liuwan-2023.html")})
    assert response.status_code == 422
    assert "第二份报告：请选择一份报告。" in words(response).replace(" ：", "：")


def test_a_file_of_two_reports_is_to_be_parted(client: Client, sample: Upload) -> None:
    row = {"organ": "虚构县某局", "year": 2024, "form": "2021", "proactive": {"licences": 1}}
    two = SimpleUploadedFile("两份.json", json.dumps([row, row]).encode())
    response = client.post("/compare", {"one": two, "other": sample("liuwan-2023.html")})
    assert "“两份.json”里有 2 份报告" in words(response)


@pytest.mark.parametrize(
    "address", ["/compare/again", "/compare/comparison.json", "/compare/comparison.html"]
)
def test_what_is_no_comparison_is_refused(client: Client, sample: Upload, address: str) -> None:
    three = client.post(
        "/check",
        {"files": [sample("liuwan-2023.html"), sample("qingshi-2024.docx"), sample("yunxi-water-2022.txt")]},
    )
    for results in ("", "{}", carried(three)):
        assert client.post(address, {"results": results}).status_code == 400


@pytest.mark.parametrize("chosen", [("1", "9"), ("x", "1"), ("", ""), ("0", "1")])
def test_a_choice_that_there_is_none_of_is_refused(
    client: Client, comparison: str, chosen: tuple[str, str]
) -> None:
    sent = {"results": comparison, "one": chosen[0], "other": chosen[1]}
    assert client.post("/compare/results", sent).status_code == 400


def test_addresses_of_a_comparison_opened_by_themselves_offer_the_form(client: Client) -> None:
    for address in ("/compare", "/compare/results", "/compare/again"):
        assert page(client.get(address)).css_first(".compare-form input[name=one]") is not None


def test_an_english_form_has_no_chinese_left(client: Client) -> None:
    from tests.web.test_errors_and_language import chinese_outside_marked_parts

    assert chinese_outside_marked_parts(client.get("/compare?lang=en")) == []
