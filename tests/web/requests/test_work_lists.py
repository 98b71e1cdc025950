"""Lists of cases: what waits in the order of days left, filters in the address, pages by id, a file."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from tests.web.conftest import page, words
from tests.web.platform import District, House
from tests.web.requests.asking import IDENTITY, NAME, PHONE, SECRETS, at, received, sent
from tests.web.requests.test_citizen_status import awaiting_payment
from tests.web.working import browser

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests import suggesting
from gongkai.web.requests.actions.citizens import answer_fee_notice
from gongkai.web.requests.actions.receiving import assign
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.models import Case
from gongkai.web.requests.queries import lists

pytestmark = pytest.mark.django_db
LIST, FIND = "/work/requests/", "/work/requests/find/"
DAY = dt.date(2025, 9, 26)
LATER = dt.date(2025, 11, 3)
MOST_QUERIES = 10
MOST_OF_FINDING = 16  # with the entry in the log


def numbers(response: Any) -> list[str]:
    return [one.text() for one in page(response).css("tbody .row-link")]


def some(house: House) -> list[Case]:
    """Overdue, paused, unconfirmed, running, withdrawn."""
    late = received(house, DAY)
    paused = received(house, dt.date(2025, 10, 20))
    with at(dt.date(2025, 10, 21)):
        until = dt.date(2025, 11, 20)
        office = house[Role.DISCLOSURE_OFFICE]
        step(by=office, case=paused, kind="supplement-asked", on=dt.date(2025, 10, 21), until=until)
    waiting, _code = sent(house, LATER)
    running = received(house, LATER, words="申请公开移民安置区供水工程的验收报告")
    gone = received(house, LATER)
    with at(LATER):
        step(by=house[Role.DISCLOSURE_OFFICE], case=gone, kind="withdrawn", on=LATER)
    return [late, paused, waiting, running, gone]


def test_what_waits_stands_in_the_order_of_days_left_with_its_square(
    town: House, django_assert_max_num_queries: Any
) -> None:
    late, _paused, _waiting, running, gone = some(town)
    client = browser(town[Role.CLERK])
    with at(LATER):
        client.get(LIST)
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(LIST)
    assert numbers(response)[:2] == [late.number, running.number]
    assert gone.number not in numbers(response)
    squares = [one.text(separator=" ", strip=True) for one in page(response).css("tbody .days")]
    assert squares[0] == "逾期 2 逾期 2 个工作日"
    assert squares[1] == "20 还剩 20 个工作日"
    assert {one.split()[0] for one in squares[2:]} == {"暂停", "待确认"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("stands=overdue", [0]),
        ("stands=awaiting-supplement", [1]),
        ("stands=closed", [4]),
        ("stands=open", [3, 2, 1, 0]),
        ("channel=web", [2]),
        ("outcome=OTH-3", [4]),
        ("year=2024", []),
        ("q=供水工程", [3]),
        ("q=〔2025〕2号", [1]),
        ("q=2025-2", [1]),
        ("q=２号", [1]),
        ("q=2", [1]),
        ("q=〔2024〕2号", []),
        ("q=99999999999999", []),
        ("tab=all", [4, 3, 2, 1, 0]),
        ("tab=all&stands=nonsense&unit=x&year=-1&after=x&before=9e9", [4, 3, 2, 1, 0]),
    ],
)
def test_filters_in_the_address_narrow_the_list(town: House, asked: str, found: list[int]) -> None:
    cases = some(town)
    with at(LATER):
        response = browser(town[Role.DISCLOSURE_OFFICE]).get(f"{LIST}?{asked}")
    assert numbers(response) == [cases[number].number for number in found]


def test_unit_and_handler_narrow_the_list(town: House) -> None:
    cases = some(town)
    clerk = town[Role.CLERK]
    assign(by=town[Role.DISCLOSURE_OFFICE], case=cases[3], unit=town.affairs, handler=clerk)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(LATER):
        for asked in (f"unit={town.affairs.pk}", f"handler={clerk.pk}"):
            assert numbers(client.get(f"{LIST}?{asked}")) == [cases[3].number]


def test_pages_go_on_and_back_by_id(town: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    made = [received(town, DAY).number for _ in range(5)][::-1]
    client = browser(town[Role.DISCLOSURE_OFFICE])
    seen, address = [], f"{LIST}?tab=all"
    while address:
        response = client.get(address)
        seen.append(numbers(response))
        following = page(response).css_first(".pages a[rel=next]")
        address = LIST + str(following.attributes["href"]) if following else ""
    assert seen == [made[:2], made[2:4], made[4:]]
    back = page(response).css_first(".pages a[rel=prev]").attributes["href"]
    assert numbers(client.get(LIST + str(back))) == made[2:4]


def test_the_file_has_the_rows_of_the_list_and_names_nobody(town: House) -> None:
    cases = some(town)
    received(town, LATER, words="=HYPERLINK(1)申请公开目录")
    with at(LATER):
        answer = browser(town[Role.LEADER]).get(f"{LIST}export/?stands=open&format=csv")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][:3] == ["编号", "申请类别", "申请人类别"]
    assert [row[0] for row in rows[2:]] == [one.number for one in (cases[3], cases[2], cases[1], cases[0])]
    assert rows[1][4].startswith("'=")
    assert rows[-1][8] == "已逾期"
    assert [one for one in SECRETS if one in text] == []


def test_that_a_list_was_taken_away_is_in_the_log(town: House) -> None:
    some(town)
    with at(LATER):
        client = browser(town[Role.LEADER])
        answer = client.get(f"{LIST}export/?stands=open&q=13800001234&format=csv")
        rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        client.get(f"{LIST}export/?stands=open&format=xlsx")
    first, second = Entry.objects.filter(action="requests.listed").order_by("number")
    assert first.actor_id == town[Role.LEADER].pk
    assert first.organ_id == town.organ.pk
    assert (first.after["rows"], first.after["stands"], first.after["format"]) == (
        len(rows) - 1,
        "open",
        "csv",
    )
    assert (second.after["rows"], second.after["format"]) == (4, "xlsx")
    assert "13800001234" not in str([*first.personal.values_list(), first.after])
    assert verify().faults == []


def test_the_office_sees_whether_showing_what_is_public_helped(district: District) -> None:
    town = district.town
    with at(DAY):
        suggesting.count(town.organ, "shown", 3)
        suggesting.count(district.bureau.organ, "shown", 77)
    with at(LATER):
        suggesting.count(town.organ, "shown", 2)
        suggesting.count(town.organ, "opened")
        suggesting.count(town.organ, "answered")
        client = browser(town[Role.DISCLOSURE_OFFICE])
        told = page(client.get(f"{LIST}found/"))
        cells = [[cell.text().strip() for cell in row.css("th, td")] for row in told.css("tbody tr")]
        assert cells == [
            ["2025-11", "2", "1", "1"],
            ["2025-09", "3", "0", "0"],
            ["合计", "5", "1", "1"],
        ]
        assert "没有显示过" in words(client.get(f"{LIST}found/?year=2024"))
        for year in ("", "x", "1999", "９９９９", "99999"):
            assert client.get(f"{LIST}found/", {"year": year}).status_code == 200
        assert f"{LIST}found/" in client.get(LIST).content.decode()


def test_the_list_of_another_organ_is_not_shown(district: District) -> None:
    received(district.town, DAY)
    client = browser(district.bureau[Role.DISCLOSURE_OFFICE])
    assert numbers(client.get(f"{LIST}?tab=all")) == []
    assert client.get(f"{LIST}?organ=beishan").status_code == 404
    assert client.get(f"{LIST}export/?organ=beishan&format=csv").status_code == 404


def test_today_shows_what_waits_for_each(town: House) -> None:
    late, paused, waiting, running, _gone = some(town)
    assign(by=town[Role.DISCLOSURE_OFFICE], case=running, unit=town.office)
    with at(LATER):
        office = words(browser(town[Role.DISCLOSURE_OFFICE]).get("/work/"))
        assert all(one.number in office for one in (late, paused, waiting, running))
        assert "确认收到申请" in office
        assert "已逾期" in office
        assert "个工作日" in office
        assert "到期（按工作日计）" in office
        auditor = words(browser(town[Role.AUDITOR]).get("/work/"))
    assert late.number not in auditor


def test_keys_go_through_the_list(town: House) -> None:
    received(town, DAY)
    shown = page(browser(town[Role.CLERK]).get(LIST))
    assert shown.css("[data-list] [data-row] .row-link")
    assert shown.css("[data-search]")


def test_what_a_requester_says_of_a_fee_is_told_to_the_office_today(town: House) -> None:
    checking = "申请人已答复收费通知，核对是否到账"
    with at(DAY):
        case, _code = awaiting_payment(town)
        office = browser(town[Role.DISCLOSURE_OFFICE])
        assert checking not in words(office.get("/work/"))
        answer_fee_notice(case=case, words="已缴")
        assert checking in words(office.get("/work/"))


@pytest.mark.parametrize(
    "typed", [NAME, f" {NAME} ", PHONE, "138 0000 1234", IDENTITY, IDENTITY.lower(), "Qian@Example.cn"]
)
def test_a_request_is_found_by_who_asks_and_that_is_in_the_log_without_the_value(
    town: House, typed: str, django_assert_max_num_queries: Any
) -> None:
    older = received(town, DAY, email="qian@example.cn")
    case = received(town, DAY, email="qian@example.cn")
    received(town, DAY, name="虚构另一人", phone="13900001111", identity_kind="", identity_number="")
    client = browser(town[Role.CLERK])
    with at(DAY):
        assert page(client.get(LIST)).css_first(f'a[href^="{FIND}"]').text() == "按申请人查找"
        client.get(FIND)
        with django_assert_max_num_queries(MOST_OF_FINDING):
            found = client.post(FIND, {"who": typed})
        assert numbers(found) == [case.number, older.number]
        assert "no-store" in found["Cache-Control"]
        assert client.post(FIND, {"who": typed[:-1]}).status_code == 200  # found only as a whole
    sought = list(Entry.objects.filter(action="requests.person_sought").order_by("number"))
    assert [one.after for one in sought] == [{"rows": 2}, {"rows": 0 if typed.strip() == typed else 2}]
    told = "".join(f"{one.after}{[datum.value for datum in one.personal.all()]}" for one in sought)
    assert typed.strip() not in told
    assert verify().faults == []


def test_who_is_looked_for_stands_in_no_address(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.CLERK])
    with at(DAY):
        form = page(client.get(FIND)).css_first("form.plain-form")
        assert form.attributes["method"] == "post"
        for address in (LIST, f"{LIST}?tab=all", "/work/search"):  # asked for by an address, nobody is found
            for typed in (NAME, PHONE, IDENTITY):
                assert case.number not in words(client.get(address, {"q": typed})), (address, typed)
        assert "按申请人查找" in words(client.get(LIST, {"q": NAME}))
        assert case.number not in words(client.get(FIND, {"who": NAME}))
    assert not Entry.objects.filter(action="requests.person_sought").exists()


def test_looking_for_somebody_needs_a_word_and_finds_nobody_of_another_organ(district: District) -> None:
    received(district.bureau, DAY)
    client = browser(district.town[Role.CLERK])
    refused = client.post(FIND, {"who": "  "})
    assert refused.status_code == 422
    assert not Entry.objects.filter(action="requests.person_sought").exists()
    assert "没有找到" in words(client.post(FIND, {"who": NAME}))
    assert [one.after for one in Entry.objects.filter(action="requests.person_sought")] == [{"rows": 0}]


def test_who_may_not_open_who_asked_finds_nobody(district: District) -> None:
    received(district.town, DAY)
    for person in (district.town[Role.AUDITOR], district.town[Role.UNIT_HEAD]):
        client = browser(person)
        assert "按申请人查找" not in words(client.get(LIST))
        assert client.post(FIND, {"who": NAME}).status_code == 403
    assert not Entry.objects.filter(action="requests.person_sought").exists()


@pytest.mark.parametrize(
    "typed", ["BEISHAN-2025-2", "beishan-2025-00002", "ＢＥＩＳＨＡＮ-2025-2", "2025-00002"]
)
def test_a_request_is_found_by_the_barcode_of_its_label(district: District, typed: str) -> None:
    assert district.town.organ.code == "beishan"
    received(district.town, DAY)
    case = received(district.town, DAY)
    with at(DAY):
        client = browser(district.town[Role.UNIT_HEAD])
        assert numbers(client.get(LIST, {"q": typed})) == [case.number]
        assert case.number in words(client.get("/work/search", {"q": typed}))


def test_years_without_a_request_are_not_offered(town: House) -> None:
    received(town, dt.date(2024, 12, 30))
    received(town, DAY)
    client = browser(town[Role.CLERK])
    with at(LATER):
        offered = page(client.get(LIST)).css("select[name=year] option")
    assert [one.attributes["value"] for one in offered] == ["", "2025", "2024"]


def test_a_search_stays_within_the_queries_of_a_list(town: House, django_assert_max_num_queries: Any) -> None:
    received(town, DAY)
    client = browser(town[Role.CLERK])
    with at(DAY):
        client.get(LIST)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert numbers(client.get(LIST, {"q": "农村公路"}))


def test_the_box_at_the_top_finds_requests_for_who_may_see_them(district: District) -> None:
    case = received(district.town, DAY, words="申请公开北山镇危房改造名单的审核结果")
    client = browser(district.town[Role.CLERK])
    with at(DAY):
        for typed in ("危房改造", case.number, "2025-1"):
            found = client.get("/work/search", {"q": typed})
            assert case.subject in words(found), typed
            assert f'href="/work/requests/{case.pk}/"' in found.content.decode()
        nobody = words(client.get("/work/search", {"q": NAME}))
        assert case.number not in nobody
        assert "按申请人查找" in nobody
        for person in (district.bureau[Role.CLERK], district.government[Role.SUPERVISING_AUTHORITY]):
            assert case.number not in words(browser(person).get("/work/search", {"q": "危房改造"}))
