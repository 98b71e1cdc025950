"""The fee calculator: items of a month or pages of one application in, yuan and tiers out."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.test_errors_and_language import chinese_outside_marked_parts

from gongkai.statute.as_json import fee_to_json
from gongkai.statute.fees import item_fee, page_fee
from gongkai.web.calculators.fee import EXAMPLES, MOST_TIERS


def amount(client: Client, query: str) -> str:
    return page(client.get(f"/fee?{query}")).css_first(".due-day strong").text()


# LAW.md section 3, worked examples; FEE.4 and FEE.5.
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("basis=item&items=10", "不收费"),
        ("basis=item&items=11", "100 元"),
        ("basis=item&items=30", "2,000 元"),
        ("basis=item&items=31", "2,200 元"),
        ("basis=item&items=41", "4,300 元"),
        ("basis=item&items=63", "12,500 元"),
        ("basis=item&items=1&after=30", "200 元"),
        ("basis=item&items=8", "不收费"),
        ("basis=page&pages=30", "不收费"),
        ("basis=page&pages=31", "10 元"),
        ("basis=page&pages=201", "2,740 元"),
        ("basis=page&pages=1,500", "54,700 元"),
        ("basis=page&pages=６８", "380 元"),
    ],
)
def test_the_amount_in_large_type_is_that_of_the_measures(client: Client, query: str, said: str) -> None:
    assert amount(client, query) == said


def test_free_of_charge_is_said_in_words(client: Client) -> None:
    said = words(client.get("/fee?basis=item&items=10"))
    assert "没有超过免费的件数，不得收取信息处理费" in said
    assert "最晚缴费日期" not in said


def test_the_tiers_stand_in_a_table_that_adds_up(client: Client) -> None:
    rows = page(client.get("/fee?basis=item&items=63")).css(".tiers tbody tr")
    cells = [[cell.text() for cell in row.css("th, td")] for row in rows]
    assert cells[0] == ["1～10", "10", "不收费", "0"]
    assert cells[-1] == ["61～63", "3", "500", "1,500"]
    assert sum(int(row[3].replace(",", "")) for row in cells) == 12_500


def test_a_reading_that_a_legal_officer_should_confirm_is_marked(client: Client) -> None:
    note = item_fee(31).to_confirm[0]
    assert note in page(client.get("/fee?basis=item&items=31")).css_first(".to-confirm").text()
    assert page(client.get("/fee?basis=item&items=30")).css_first(".to-confirm") is None


def test_the_last_day_to_pay_is_given_with_the_day_of_the_notice(client: Client) -> None:
    said = page(client.get("/fee?basis=page&pages=31&notice=2025-09-26")).css_first(".pay-by").text()
    assert "2025年10月30日" in said
    assert "暂定" not in said


def test_a_last_day_in_a_year_without_holidays_is_provisional(client: Client) -> None:
    tree = page(client.get("/fee?basis=page&pages=31&notice=2026-12-20"))
    assert "暂定" in tree.css_first(".pay-by").text()
    assert "2027 年放假安排尚未载入" in tree.css_first(".why-provisional").text()


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("items=12", "basis", "请选择按件还是按量计收"),
        ("basis=weight&items=12", "basis", "请选择按件还是按量计收"),
        ("basis=item", "items", "请填写数量"),
        ("basis=item&items=0", "items", "应在 1 至"),
        ("basis=item&items=-1", "items", "是负数"),
        ("basis=item&items=－１", "items", "是负数"),
        ("basis=item&items=63①", "items", "不是整数"),
        ("basis=page&pages=3²", "pages", "不是整数"),
        ("basis=page&pages=1,00", "pages", "不是整数"),
        ("basis=item&items=1.5", "items", "不是整数"),
        ("basis=item&items=一", "items", "不是整数"),
        ("basis=item&items=100001", "items", "应在 1 至 100,000 之间"),
        ("basis=item&items=1&after=100001", "after", "应在 0 至 100,000 之间"),
        ("basis=item&items=2&after=99999", "items", "应在 1 至 1 之间"),
        ("basis=page", "pages", "请填写数量"),
        ("basis=page&pages=99999999999", "pages", "应在 1 至 10,000,000 之间"),
        ("basis=page&pages=" + "9" * 4000, "pages", "不是整数"),
        ("basis=page&pages=31&on=2020-12-31", "on", "2021-01-01"),
        ("basis=page&pages=31&on=x", "on", "不是日期"),
        ("basis=page&pages=31&notice=2020-12-31", "notice", "2021-01-01"),
        ("basis=page&pages=31&on=2026-03-02&notice=2026-03-01", "notice", "早于收到申请的日期"),
        ("basis=page&pages=31&notice=2031-12-30", "notice", "超出"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_no_amount_is_shown(
    client: Client, query: str, field: str, said: str
) -> None:
    response = client.get(f"/fee?{query}")
    tree = page(response)
    assert response.status_code == 422
    assert said in tree.css_first(f"#{field}-error").text()
    assert tree.css_first(f'.govuk-error-summary a[href="#{field}"]') is not None
    assert tree.css_first(".due-day") is None


def test_the_fields_of_the_other_basis_are_let_go(client: Client) -> None:
    response = client.get("/fee?basis=page&items=63&pages=31&after=&on=&notice=")
    assert response.status_code == 302
    assert dict(parse_qsl(urlsplit(response["Location"]).query)) == {"basis": "page", "pages": "31"}


@pytest.mark.parametrize(
    ("query", "fee"),
    [
        ("basis=item&items=63", item_fee(63)),
        ("basis=item&items=5&after=29", item_fee(5, after=29)),
        ("basis=page&pages=250", page_fee(250)),
    ],
)
def test_the_fee_can_be_had_as_json_in_the_shape_of_the_command_line(
    client: Client, query: str, fee: object
) -> None:
    found = client.get(f"/fee.json?{query}").json()
    assert found == fee_to_json(fee)  # type: ignore[arg-type]


def test_a_machine_is_told_the_field_and_a_code(client: Client) -> None:
    response = client.get("/fee.json?basis=item&items=x")
    assert response.status_code == 422
    assert [(one["field"], one["code"]) for one in response.json()["errors"]] == [("items", "not_a_number")]


def test_the_prices_on_the_first_page_are_those_of_the_measures(client: Client) -> None:
    tables = page(client.get("/fee")).css(".price-tables table")
    said = [" ".join(table.text(separator=" ").split()) for table in tables]
    assert "1～10 不收费 11～30 100 31～40 200" in said[0]
    assert "每 10 件再加 100" in said[0]
    assert "101～200 20 201 以上 40" in said[1]


@pytest.mark.parametrize(
    "query", ["", *(f"?{query}&notice=2026-12-20" for _title, query in EXAMPLES), "?items=1"]
)
def test_an_english_page_has_no_chinese_but_what_is_marked(client: Client, query: str) -> None:
    client.get("/?lang=en")
    assert chinese_outside_marked_parts(client.get(f"/fee{query}")) == []


def test_an_ordinary_answer_comes_within_a_tenth_of_a_second(client: Client) -> None:
    client.get("/fee?basis=item&items=63")
    began = time.perf_counter()
    client.get("/fee?basis=item&items=63&notice=2026-11-20")
    assert time.perf_counter() - began < 0.1


def test_the_greatest_number_of_items_is_answered_in_time(client: Client) -> None:
    began = time.perf_counter()
    assert client.get("/fee?basis=item&items=100000").status_code == 200
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("typed", "count"), [("１，０００", 1000), ("1,000", 1000), ("６３", 63), (" 63 ", 63)]
)
def test_full_width_digits_and_commas_in_their_places_are_read(
    client: Client, typed: str, count: int
) -> None:
    found = client.get("/fee.json", {"basis": "item", "items": typed}).json()
    assert found == fee_to_json(item_fee(count))


def test_very_many_tiers_are_folded_and_their_row_adds_up(client: Client) -> None:
    response = client.get("/fee?basis=item&items=100000")
    tree = page(response)
    rows = tree.css("table.tiers tbody tr")
    assert len(rows) <= MOST_TIERS
    assert len(response.content) < 100_000

    def figures(column: int) -> int:
        return sum(int(row.css("td")[column].text().replace(",", "")) for row in rows)

    assert figures(0) == 100_000
    assert figures(2) == item_fee(100_000).amount
    folded = tree.css_first("tr.folded").text()
    assert "合为一行" in folded
    assert page(client.get("/fee?basis=item&items=63")).css_first("tr.folded") is None


@pytest.mark.parametrize("address", ["/fee", "/deadline", "/text-check"])
def test_an_address_with_a_slash_behind_it_leads_to_the_page(client: Client, address: str) -> None:
    response = client.get(f"{address}/?lang=en")
    assert (response.status_code, response["Location"]) == (301, f"{address}?lang=en")


@pytest.mark.parametrize(
    ("query", "status"),
    [("&".join(f"x{n}=1" for n in range(1300)), 400), ("basis=item&items=3&x=" + "9" * 20_000, 414)],
)
@pytest.mark.parametrize("address", ["/fee", "/deadline", "/deadline.json", "/fee.json"])
def test_an_address_with_too_much_in_it_is_answered_in_words(
    client: Client, address: str, query: str, status: int
) -> None:
    response = client.get(f"{address}?{query}")
    assert response.status_code == status
    assert "地址太长" in words(response)
    assert len(response.content) < 10_000
