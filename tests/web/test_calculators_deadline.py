"""The deadline calculator: a day in, the last day out, with every step; people and cases are invented."""

from __future__ import annotations

import datetime as dt
import json
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.test_errors_and_language import chinese_outside_marked_parts

from gongkai.statute.as_json import clock_to_json
from gongkai.statute.calendar import national
from gongkai.statute.clock import Channel, EventKind, State, Way, clock, event
from gongkai.statute.fees import FeeBasis
from gongkai.web.calculators import answer as answering
from gongkai.web.calculators.course import (
    GROUPS,
    MOST_ROWS,
    WAY_WORDS,
    WITH_DAYS,
    WITH_PARTY,
    WITH_UNTIL,
    read_course,
)
from gongkai.web.calculators.deadline import EXAMPLES
from gongkai.web.calculators.typed import NotTyped, read_day, read_whole
from gongkai.web.calculators.words import CHANNELS, HOLIDAYS, STATES

CONSULTED = (
    "received=2025-09-26&kind1=third-party-asked&on1=2025-10-10&party1=甲公司"
    "&kind2=third-party-answered&on2=2025-10-20&party2=甲公司&as_of=2025-10-21"
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("answer", "deadline", "sheets"):
        monkeypatch.setattr(f"gongkai.web.calculators.{module}.today", lambda: dt.date(2026, 11, 21))


def due_day(client: Client, query: str) -> str:
    found = page(client.get(f"/deadline?{query}", follow=True)).css_first(".due-day strong")
    return found.text() if found else ""


# LAW.md section 4, test vectors; REG.33.2.
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2024-12-30", "2025年1月27日"),
        ("2025-01-20", "2025年2月21日"),
        ("2025-04-25", "2025年5月27日"),
        ("2025-09-26", "2025年10月30日"),
        ("2026-02-10", "2026年3月16日"),
        ("2026-02-14", "2026年3月20日"),
        ("2026-02-15", "2026年3月20日"),
        ("2026-09-18", "2026年10月22日"),
        ("2026-11-20", "2026年12月18日"),
    ],
)
def test_a_citizen_who_knows_one_day_gets_the_due_date(client: Client, received: str, due: str) -> None:
    assert due_day(client, f"received={received}") == due


@pytest.mark.parametrize(
    "typed",
    ["2026年9月18日", "2026/9/18", "2026.09.18", "20260918", " ２０２６－０９－１８ ", "2026年09月18"],
)
def test_a_day_may_be_written_in_any_usual_way(client: Client, typed: str) -> None:
    assert due_day(client, f"received={typed}") == "2026年10月22日"


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("received=2026-02-30", "received", "没有“2026-02-30”这一天"),
        ("received=昨天", "received", "不是日期"),
        ("received=2026-13-01", "received", "这一天"),
        ("received=2018-03-01", "received", "早于"),
        ("received=1999-03-01", "received", "早于 2008-01-01"),
        ("received=2999-03-01", "received", "超出"),
        ("received=0000-00-00", "received", "这一天"),
        ("received=2026-11-10&as_of=2026-11-01", "as_of", "早于收到申请之日"),
        ("received=2026-11-10&channel=pigeon", "channel", "pigeon"),
        ("received=2026-11-10&channel=online&confirmed=2026-11-01", "confirmed", "早于到达日期"),
        ("received=2026-11-10&kind1=served", "on1", "请填写这件事发生的日期"),
        ("received=2026-11-10&on1=2026-11-11", "kind1", "请选择发生了什么事"),
        ("received=2026-11-10&kind1=eaten&on1=2026-11-11", "kind1", "请选择发生了什么事"),
        ("received=2026-11-10&kind1=received&on1=2026-11-11", "kind1", "请选择发生了什么事"),
        ("received=2026-11-10&kind1=later-date-agreed&on1=2026-11-11", "until1", "合理期限"),
        ("received=2026-11-10&kind1=supplement-asked&on1=2026-11-11&until1=2026-11-01", "until1", "早于该日"),
        ("received=2026-11-10&kind1=extension-notified&on1=2026-11-11&days1=-3", "days1", "是负数"),
        ("received=2026-11-10&confirmed=2026-11-11", "channel", "请选择申请是怎么提交的"),
        ("received=2026-11-10&kind1=extension-notified&on1=2026-11-11&days1=9999", "days1", "1 至 1000"),
        ("received=2026-11-10&kind1=served&on1=2026-11-11&way1=owl", "way1", "owl"),
        (
            f"received=2026-11-10&kind1=organ-asked&on1=2026-11-11&party1={'局' * 21}",
            "party1",
            "最多 20 个字",
        ),
        ("as_of=2026-11-10", "received", "请填写收到申请的日期"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, query: str, field: str, said: str
) -> None:
    response = client.get(f"/deadline?{query}")
    tree = page(response)
    assert response.status_code == 422
    assert said in tree.css_first(f"#{field}-error").text()
    assert said in tree.css_first(f'.govuk-error-summary a[href="#{field}"]').text()
    assert tree.css_first(f"#{field}") is not None
    assert "最晚答复日期" not in words(response)
    for name, value in parse_qsl(query):
        kept = tree.css_first(f'[name="{name}"]')
        if kept.tag == "input":
            assert kept.attributes["value"] == value
        elif kept.css_first(f'option[value="{value}"]'):
            assert "selected" in kept.css_first(f'option[value="{value}"]').attributes


def test_a_day_that_is_none_is_given_back_in_a_text_field_because_a_date_field_would_drop_it(
    client: Client,
) -> None:
    field = page(client.get("/deadline?received=2026-02-30")).css_first("#received")
    assert (field.attributes["type"], field.attributes["value"]) == ("text", "2026-02-30")


def test_every_field_of_the_form_has_a_label(client: Client) -> None:
    tree = page(client.get(f"/deadline?{CONSULTED}&add=1"))
    for field in tree.css(".calculator-form input, .calculator-form select"):
        assert tree.css_first(f'label[for="{field.attributes["id"]}"]') is not None, field.attributes["id"]


def test_the_address_of_an_answer_holds_the_whole_question_and_nothing_empty(client: Client) -> None:
    response = client.get(f"/deadline?{CONSULTED}&confirmed=&channel=&kind3=&on3=&way1=mail")
    assert response.status_code == 302
    kept = dict(parse_qsl(urlsplit(response["Location"]).query))
    assert kept == dict(parse_qsl(CONSULTED))
    assert client.get(response["Location"]).status_code == 200


def test_the_language_link_keeps_the_question(client: Client) -> None:
    link = page(client.get(f"/deadline?{CONSULTED}")).css_first('.site-top a[lang="en"]')
    english = client.get(f"/deadline{link.attributes['href']}", follow=True)
    assert "30 October 2025" not in words(english)  # the opinion moved it
    assert "Reply due by" in words(english)
    assert page(english).css_first("#party1").attributes["value"] == "甲公司"


def test_consulting_a_third_party_moves_the_date_and_the_page_shows_each_step(client: Client) -> None:
    response = client.get(f"/deadline?{CONSULTED}")
    stands = clock(
        [
            event("received", dt.date(2025, 9, 26)),
            event("third-party-asked", dt.date(2025, 10, 10), party="甲公司"),
            event("third-party-answered", dt.date(2025, 10, 20), party="甲公司"),
        ],
        national(),
        as_of=dt.date(2025, 10, 21),
    )
    assert stands.due is not None
    day = stands.due.date
    assert due_day(client, CONSULTED) == f"{day.year}年{day.month}月{day.day}日"
    said = words(response)
    assert "7个工作日不计入答复期限" in said
    assert "《政府信息公开条例》第三十三条第三款" in said
    assert len(page(response).css("td.day-excluded")) == 7


def test_a_provisional_date_says_so_and_why(client: Client) -> None:
    response = client.get("/deadline?received=2026-12-10")
    assert page(response).css_first(".verdict-panel .provisional").text() == "暂定"
    assert "2027 年放假安排尚未载入" in page(response).css_first(".why-provisional").text()


def test_a_date_that_is_sure_has_no_such_mark(client: Client) -> None:
    assert page(client.get("/deadline?received=2026-09-18")).css_first(".provisional") is None


def test_an_overdue_citizen_is_asked_for_what_may_be_missing_and_told_where_to_turn(client: Client) -> None:
    said = words(client.get("/deadline?received=2026-09-18"))
    assert "已经超过答复期限 21 个工作日" in said
    assert "先看看有没有漏掉的事" in said
    assert "条例第五十一条" in said


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("received=2026-11-10&as_of=2026-11-11", "还剩 19 个工作日。"),
        ("received=2026-10-22&as_of=2026-11-19", "当天是最后一天。"),
        ("received=2026-11-10&kind1=supplement-asked&on1=2026-11-12", "收到补正后的申请时，答复期限从头计算"),
        ("received=2026-11-10&kind1=fee-notified&on1=2026-11-12", "缴清费用后，答复期限从头计算"),
        ("received=2026-11-10&kind1=organ-asked&on1=2026-11-12", "等待的时间不计入期限"),
        ("received=2026-11-10&kind1=withdrawn&on1=2026-11-12", "撤回了申请"),
        ("received=2026-11-10&kind1=decided&on1=2026-11-12", "已经作出决定，还没有送达。还剩"),
        (
            "received=2026-11-10&kind1=decided&on1=2026-11-12&kind2=served&on2=2026-11-13",
            "答复已在期限内送达",
        ),
        (
            "received=2026-09-18&kind1=decided&on1=2026-10-22&kind2=served&on2=2026-10-23",
            "答复送达时已逾期 1 个工作日",
        ),
        (
            "received=2026-06-01&kind1=supplement-asked&on1=2026-06-02&until1=2026-06-10"
            "&kind2=supplement-lapsed&on2=2026-06-15",
            "不再处理这件申请",
        ),
    ],
)
def test_one_sentence_says_where_the_request_stands(client: Client, query: str, sentence: str) -> None:
    assert sentence in page(client.get(f"/deadline?{query}")).css_first(".sentence").text()


def test_what_broke_the_law_is_a_card_with_its_article_that_leads_to_its_row(client: Client) -> None:
    tree = page(client.get(f"/deadline?{EXAMPLES[2][1]}"))
    cards = tree.css(".cards .card")
    assert [card.css_first(".severity").text() for card in cards] == ["违反规定", "需要核对", "违反规定"]
    assert "《政府信息公开条例》第三十条" in cards[0].text()
    assert [card.css_first("a").attributes["href"] for card in cards] == ["#event-1", "#event-4", "#event-4"]
    for card in cards:
        assert tree.css_first(card.css_first("a").attributes["href"]) is not None


def test_a_request_over_the_internet_begins_when_both_sides_confirm_it(client: Client) -> None:
    query = "received=2025-09-26&channel=online&confirmed=2025-09-28"
    assert due_day(client, query) == due_day(client, "received=2025-09-28")
    assert "以双方确认之日为收到申请之日" in words(client.get(f"/deadline?{query}"))


def test_without_the_confirmation_nothing_runs_and_no_date_is_shown(client: Client) -> None:
    response = client.get("/deadline?received=2025-09-26&channel=online")
    assert response.status_code == 200
    assert "期限还没有开始" in words(response)
    assert page(response).css_first(".due-day") is None


def test_another_event_can_be_added_before_the_day_of_receipt_is_known(client: Client) -> None:
    response = client.get("/deadline?received=&add=1")
    tree = page(response)
    assert response.status_code == 200
    assert tree.css_first("#kind1") is not None
    assert "open" in tree.css_first("#events").attributes


def test_adding_keeps_what_is_there_and_shows_one_empty_event_more(client: Client) -> None:
    tree = page(client.get(f"/deadline?{CONSULTED}&add=1"))
    assert [one.attributes["id"] for one in tree.css("fieldset.event")] == ["event-1", "event-2", "event-3"]
    assert tree.css_first("#on3").attributes["value"] == ""
    assert tree.css_first("button[name=add]").attributes["formaction"].endswith("#event-3")


def test_removing_an_event_leaves_the_others_and_numbers_them_anew(client: Client) -> None:
    response = client.get(f"/deadline?{CONSULTED}&remove=1", follow=True)
    tree = page(response)
    assert [one.attributes["id"] for one in tree.css("fieldset.event")] == ["event-1"]
    assert tree.css_first("#on1").attributes["value"] == "2025-10-20"
    assert "没有向该第三方发函的记录" in words(response)


def test_more_events_than_a_request_can_have_are_refused_in_words(client: Client) -> None:
    rows = "&".join(f"kind{n}=organ-asked&on{n}=2026-11-11&party{n}={n}" for n in range(1, MOST_ROWS + 2))
    response = client.get(f"/deadline?received=2026-11-10&{rows}")
    assert response.status_code == 422
    assert f"事项最多 {MOST_ROWS} 项" in words(response)


def test_later_events_are_not_yet_known_on_the_day_asked_for_and_the_page_says_so(client: Client) -> None:
    query = "received=2026-11-10&kind1=decided&on1=2026-11-20&as_of=2026-11-12"
    assert "此后的 1 项事项没有计入" in words(client.get(f"/deadline?{query}"))


def test_markup_in_a_field_stays_text(client: Client) -> None:
    query = "received=2026-11-10&kind1=organ-asked&on1=2026-11-11&party1=<script>alert(1)</script>"
    body = client.get(f"/deadline?{query}").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


@pytest.mark.parametrize(
    "query",
    [
        "received=" + "9" * 5000,
        "received=\x00",
        "received=%F0%9F%98%80",
        "kind1=served&on1=%00&received=%00",
        "received=2026-11-10&kind999=served&on999=2026-11-11",
        "received=2026-11-10&kind0=served&on0=2026-11-11",
        "received=2026-11-10&received=2026-11-11",
        "received=2026-11-10&remove=abc",
        "received=2026-11-10&kind1=extension-notified&on1=2026-11-11&days1=" + "9" * 4000,
        "received=2031-12-20",
        "received=2026-11-10&kind1=later-date-agreed&on1=2026-11-11&until1=2031-12-31",
        "received=2019-05-15&kind1=supplement-asked&on1=2019-05-16&kind2=supplement-received&on2=2031-12-01",
        "received=2026-11-10&lang=xx&add=1&remove=1",
    ],
)
def test_whatever_an_address_says_the_page_answers_in_words(client: Client, query: str) -> None:
    response = client.get(f"/deadline?{query}", follow=True)
    assert response.status_code in (200, 422)
    assert "答复期限计算" in words(response)


# ---- the picture ----


def test_the_picture_numbers_the_working_days_names_the_holidays_and_marks_make_up_days(
    client: Client,
) -> None:
    tree = page(client.get("/deadline?received=2026-09-18&as_of=2026-09-30"))
    cells = {
        cell.css_first(".day-date").text(): cell for cell in tree.css("table.month")[0].css("td.day-used")
    }
    assert cells["20"].css_first(".day-sign").text() == "1"
    assert cells["20"].css_first(".make-up").text() == "班"
    due = tree.css_first("td.day-due")
    assert (due.css_first(".day-date").text(), due.css_first(".day-sign").text()) == ("22", "20")
    assert "第 20 个工作日，期限届满日" in due.text()
    holiday = [cell for cell in tree.css("td.day-off") if "国庆节" in cell.text()]
    assert len(holiday) == 7


def test_the_same_days_stand_in_words_for_whoever_cannot_see_the_picture(client: Client) -> None:
    rows = page(client.get("/deadline?received=2026-09-18&as_of=2026-09-30")).css(".day-list tbody tr")
    said = [" ".join(row.text(separator=" ").split()) for row in rows]
    assert said[0] == "2026-09-18 星期五 收到申请，当日不计"
    assert said[1] == "2026-09-19 星期六 周末"
    assert said[2] == "2026-09-20 星期日 第 1 个工作日，调休上班（国庆节）"
    assert said[-1] == "2026-10-22 星期四 第 20 个工作日，期限届满日"


def test_every_step_shown_in_the_picture_leads_to_a_line_of_the_explanation(client: Client) -> None:
    tree = page(client.get(f"/deadline?{EXAMPLES[1][1]}"))
    steps = [link.attributes["href"] for link in tree.css("td a.step")]
    assert steps == [f"#line-{number}" for number in range(1, 9)]
    for step in steps:
        assert tree.css_first(step) is not None


def test_months_in_which_nothing_happens_are_left_out_with_their_working_days(client: Client) -> None:
    response = client.get(
        "/deadline?received=2024-01-10&kind1=supplement-asked&on1=2024-01-16"
        "&kind2=supplement-received&on2=2026-09-10&as_of=2026-09-11"
    )
    tree = page(response)
    assert len(tree.css("table.month")) == 3
    working = national().working_days_between(dt.date(2024, 1, 31), dt.date(2026, 8, 31))
    assert tree.css_first(".month-gap").text().strip() == (
        f"2024年2月至2026年8月：{working} 个工作日，其间没有事项，略去不画。"
    )


# ---- for machines ----


def test_the_clock_can_be_had_as_json_in_the_shape_of_the_command_line(client: Client) -> None:
    response = client.get(f"/deadline.json?{CONSULTED}")
    found = json.loads(response.content)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert (found["received"], found["state"], found["limit"]) == ("2025-09-26", "running", 20)
    course = read_course(dict(parse_qsl(CONSULTED)))
    answered, problems = answering.answer(course, "zh")
    assert problems == []
    assert answered is not None
    assert answered.clock is not None
    assert found == clock_to_json(answered.clock)


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("received=x", "received", "not_a_day"),
        ("", "received", "received_missing"),
        ("received=2026-11-10&channel=fax", "confirmed", "receipt_not_confirmed"),
        ("received=2018-01-01", "received", "clock_before_regulation"),
    ],
)
def test_a_machine_is_told_the_field_and_a_code(client: Client, query: str, field: str, code: str) -> None:
    response = client.get(f"/deadline.json?{query}")
    assert response.status_code == 422
    assert [(one["field"], one["code"]) for one in response.json()["errors"]] == [(field, code)]


# ---- words ----


def test_every_kind_of_event_but_the_receipt_is_offered_once() -> None:
    offered = [kind for _title, kinds in GROUPS for kind in kinds]
    assert sorted(offered) == sorted(set(EventKind) - {EventKind.RECEIVED})


def test_every_state_channel_and_way_has_words() -> None:
    assert set(STATES) == set(State)
    assert set(CHANNELS) == set(Channel)
    assert set(WAY_WORDS) == set(Way)
    assert len(FeeBasis) == 2


def test_every_holiday_of_the_notices_has_words() -> None:
    named = {
        name
        for notice in national().notices
        for item in notice.arrangements
        for name in item.name.split("、")
    }
    assert named <= set(HOLIDAYS)


def test_the_style_sheet_shows_a_field_for_the_kinds_that_have_it(client: Client) -> None:
    css = client.get("/static/calculators/calculators.css").getvalue().decode()
    for field, kinds in (("field-until", WITH_UNTIL), ("field-days", WITH_DAYS)):
        rule = next(line for line in css.splitlines() if f") .{field}" in line)
        assert rule.count("option[value") == len(kinds)
        assert all(f'"{kind.value}"' in rule for kind in kinds)
    for kind in WITH_PARTY:
        assert any(f'option[value^="{start}"]' in css for start in ("third-party-", "co-maker-", "organ-"))
        assert kind.value.startswith(("third-party-", "co-maker-", "organ-"))


@pytest.mark.parametrize("query", ["", *(f"?{query}" for _title, query in EXAMPLES)])
def test_an_english_page_has_chinese_only_where_somebody_typed_it(client: Client, query: str) -> None:
    client.get("/?lang=en")
    response = client.get(f"/deadline{query}")
    assert chinese_outside_marked_parts(response) == []


@pytest.mark.parametrize(
    "typed", ["", "12日", "2026-11", "2026-11-21-1", "2026–11–21x", "二〇二六年", "+20261121"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotTyped):
        read_day(typed)


@pytest.mark.parametrize(
    "typed", ["", "-1", "1.5", "1,50", "十", "1e3", "0x10", "9" * 13, "True", "１２．０"]
)
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(NotTyped):
        read_whole(typed)


def test_an_ordinary_answer_comes_within_a_tenth_of_a_second(client: Client) -> None:
    client.get(f"/deadline?{CONSULTED}")
    times = []
    for _round in range(5):
        began = time.perf_counter()
        client.get(f"/deadline?{CONSULTED}")
        times.append(time.perf_counter() - began)
    assert min(times) < 0.1


WAITING = "received=2026-09-18&kind1=third-party-asked&on1=2026-09-21"


def test_while_an_opinion_is_awaited_the_day_is_not_called_the_last_one(client: Client) -> None:
    panel = page(client.get(f"/deadline?{WAITING}&kind2=third-party-reached&on2=2026-09-22&as_of=2026-09-23"))
    said = panel.css_first(".verdict-panel").text()
    assert "按 2026年9月23日 收到意见推算" in panel.css_first("#due-title").text()
    assert "最晚答复日期" not in said
    course = [
        event("received", dt.date(2026, 9, 18)),
        event("third-party-asked", dt.date(2026, 9, 21)),
        event("third-party-reached", dt.date(2026, 9, 22)),
    ]
    latest = clock(course, national(), as_of=dt.date(2026, 9, 23)).due_at_latest
    assert latest is not None
    day = latest.date
    assert f"最迟：{day.year}年{day.month}月{day.day}日" in panel.css_first(".latest").text()


def test_an_opinion_awaited_today_is_reckoned_from_today(client: Client) -> None:
    tree = page(client.get("/deadline?received=2026-11-10&kind1=third-party-asked&on1=2026-11-12"))
    assert tree.css_first("#due-title").text() == "按今天收到意见推算的答复期限届满日"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("third-party", "对方收到之日未登记"), ("co-maker", "对方收到之日未登记"), ("organ", "法律没有规定")],
)
def test_where_no_latest_day_is_known_the_page_says_why(client: Client, kind: str, said: str) -> None:
    tree = page(
        client.get(f"/deadline?received=2026-09-18&kind1={kind}-asked&on1=2026-09-21&as_of=2026-09-23")
    )
    assert said in tree.css_first(".latest").text()
    assert "无法确定最迟日期" in tree.css_first(".latest").text()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "received=2025-03-03&kind1=supplement-asked&on1=2025-03-05&until1=2025-03-20&as_of=2025-05-25",
            "补正期限已于 2025-03-20 届满",
        ),
        (
            "received=2025-03-03&kind1=fee-notified&on1=2025-03-05&kind2=fee-reached&on2=2025-03-06"
            "&as_of=2025-05-25",
            "缴费期限已于",
        ),
    ],
)
def test_a_period_that_lapsed_is_said_beside_the_headline(client: Client, query: str, said: str) -> None:
    tree = page(client.get(f"/deadline?{query}"))
    assert said in tree.css_first(".verdict-panel .pressing").text()
    assert any(said in card.text() for card in tree.css(".card .message"))
    before = page(client.get(f"/deadline?{query.replace('2025-05-25', '2025-03-10')}"))
    assert before.css_first(".pressing") is None


def test_unknown_parameters_are_ignored(client: Client) -> None:
    query = "received=2025-03-03&kind99999999=served&on99999999=x&kind0=served&foo=bar&as_of=2025-03-04"
    response = client.get(f"/deadline?{query}", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == "/deadline?received=2025-03-03&as_of=2025-03-04"
    assert client.get(f"/deadline.json?{query}").json()["due"] == "2025-03-31"


def test_the_field_for_a_third_party_asks_for_a_label_and_not_for_a_name(client: Client) -> None:
    field = page(client.get(f"/deadline?{WAITING}")).css_first("#party1")
    assert field.attributes["maxlength"] == "20"
    tree = page(client.get(f"/deadline?{WAITING}"))
    assert "请不要填写真实姓名或名称" in tree.css_first("#party1-hint").text()
    assert [one.attributes["value"] for one in tree.css("#party-labels option")] == ["甲", "乙", "丙"]


def test_a_day_copied_from_a_pdf_file_is_read() -> None:
    assert read_day("2026年11\N{KANGXI RADICAL MOON}21\N{KANGXI RADICAL SUN}") == dt.date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["2026-11-2①", "２０²⁶-11-21"])
def test_circled_and_raised_digits_are_no_day(typed: str) -> None:
    with pytest.raises(NotTyped):
        read_day(typed)
