"""The citizens' pages: no script, no cookie, from our own page alone, and not too often."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from tests.web.conftest import page, words
from tests.web.participation.consulting import let_out, reported, running
from tests.web.participation.test_consultations import later, with_result  # noqa: F401 - a fixture
from tests.web.platform import House, draft, published

from gongkai.web.organs.models import Role
from gongkai.web.participation import settled
from gongkai.web.participation.actions.feedback import answer_report
from gongkai.web.participation.models import ErrorReport, Helpfulness, Opinion, Pace

pytestmark = pytest.mark.django_db
OWN = {"origin": "http://localhost"}


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    cache.clear()


def sent(client: Client, address: str, data: dict[str, Any], **headers: str) -> HttpResponse:
    return client.post(address, data, headers={**OWN, **headers})


def feedback_of(record: Any) -> str:
    return f"/o/{record.organ.code}/records/{record.pk}/feedback/"


def test_a_press_counts_and_thanks_without_a_cookie(town: House) -> None:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    record = published(town)
    answer = sent(client, feedback_of(record), {"helped": "no"})
    assert answer.status_code == 303
    assert not answer.cookies
    shown = client.get(answer["Location"])
    assert "您的评价已记下" in words(shown)
    assert Helpfulness.objects.get().not_helped == 1


def test_a_page_of_another_site_counts_for_nothing(town: House) -> None:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    record = published(town)
    for headers in (
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "https://elsewhere.example/localhost"},
        {},
    ):
        answer = client.post(feedback_of(record), {"helped": "no"}, headers=headers)
        assert answer.status_code == 403, headers
    assert not Helpfulness.objects.exists()
    for headers in ({"sec-fetch-site": "same-origin"}, {"referer": "http://localhost/o/beishan/"}):
        assert client.post(feedback_of(record), {"helped": "no"}, headers=headers).status_code == 303


def test_presses_from_one_place_are_thanked_and_counted_a_few_times_only(client: Client, town: House) -> None:
    record = published(town)
    for _ in range(8):
        assert sent(client, feedback_of(record), {"helped": "yes"}).status_code == 303
    assert Helpfulness.objects.get().helped == settled.pace("mark_same").refuse
    assert not any(re.search(r"127|local", str(one.key)) for one in Pace.objects.all())


def test_a_report_gives_a_code_under_which_the_answer_is_read(client: Client, town: House) -> None:
    record = published(town)
    data = {"kind": "wrong", "words": "电话少一位", "contact": "13800000000"}
    answer = sent(client, feedback_of(record), data)
    assert answer.status_code == 303
    assert "13800000000" not in answer["Location"]
    shown = client.get(answer["Location"])
    code = page(shown).css_first(".receipt-code").text()
    assert code not in answer["Location"]
    assert "no-store" in shown["Cache-Control"]
    report = ErrorReport.objects.get()
    lookup = f"/o/{town.organ.code}/feedback/"
    assert "正在办理" in words(sent(client, lookup, {"code": code}))
    answer_report(by=town[Role.CLERK], report=report, result="fixed", answer="已更正，谢谢指正。")
    found = words(sent(client, lookup, {"code": code.lower()}))
    assert "已更正，谢谢指正。" in found
    assert "电话少一位" not in found
    assert sent(client, lookup, {"code": "AAAAA-BBBBB"}).status_code == 422


def test_codes_are_not_tried_through(client: Client, town: House) -> None:
    lookup = f"/o/{town.organ.code}/feedback/"
    most = settled.pace("lookup").refuse
    statuses = [sent(client, lookup, {"code": f"AAAAA-{n:05}"}).status_code for n in range(most + 1)]
    assert statuses == [422] * most + [429]


def test_what_is_missing_is_told_and_what_was_written_stays(client: Client, town: House) -> None:
    answer = sent(client, feedback_of(published(town)), {"words": "错在第二段"})
    assert answer.status_code == 422
    assert "请选择是什么问题" in words(answer)
    assert page(answer).css_first("textarea[name=words]").text().strip() == "错在第二段"
    assert ErrorReport.objects.count() == 0


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(
    client: Client, town: House
) -> None:
    record = published(town)
    assert page(client.get(feedback_of(record))).css_first(".trap input[name=website]") is not None
    answer = sent(
        client, feedback_of(record), {"kind": "wrong", "words": "buy", "website": "http://x.example"}
    )
    assert answer.status_code == 303
    assert ErrorReport.objects.count() == 0


def test_past_a_few_a_plain_question_is_asked_and_past_many_nothing_is_taken(
    client: Client, town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "pace", lambda name: settled.Pace(600, 1, 3))
    monkeypatch.setattr("gongkai.web.participation.pacing.pace", lambda name: settled.Pace(600, 1, 3))
    record = published(town)
    data = {"kind": "wrong", "words": "一"}
    assert sent(client, feedback_of(record), data).status_code == 303
    asked = sent(client, feedback_of(record), data)
    assert asked.status_code == 422
    for _ in range(2):
        told = solved(asked)
        wrong = sent(client, feedback_of(record), {**data, **told, "question": "99"})
        assert wrong.status_code == 422
        right = sent(client, feedback_of(record), {**data, **solved(wrong)})
        assert right.status_code == 303
        again = sent(client, feedback_of(record), {**data, **solved(wrong)})
        assert again.status_code in (422, 429)
        asked = again
    assert sent(client, feedback_of(record), data).status_code == 429
    assert ErrorReport.objects.count() == 3


def solved(answer: HttpResponse) -> dict[str, str]:
    """The plain question of a page, answered."""
    label = page(answer).css_first("label[for=id_question]").text()
    first, second = re.findall("[一二三四五六七八九]", label)[:2]
    numbers = "零一二三四五六七八九"
    token = page(answer).css_first("input[name=token]").attributes["value"]
    return {"token": str(token), "question": str(numbers.index(first) + numbers.index(second))}


def test_of_what_is_not_public_there_is_no_feedback_page(client: Client, town: House) -> None:
    record = draft(town)
    assert client.get(feedback_of(record)).status_code == 404
    assert sent(client, feedback_of(record), {"helped": "yes"}).status_code == 404
    assert client.get(f"/o/{town.organ.code}/records/{2**70}/feedback/").status_code == 404


def test_the_box_of_a_page_needs_no_token_and_no_query(
    client: Client, town: House, django_assert_num_queries: Any
) -> None:
    record = published(town)
    assert record.organ == town.organ  # as the page has it already
    with django_assert_num_queries(0):
        box = Template("{% load participation %}{% feedback_box record %}{% consultation_box record %}")
        shown = box.render(Context({"record": record}))
    assert f'action="{feedback_of(record)}"' in shown
    assert "csrf" not in shown
    answer = client.get(f"/o/{town.organ.code}/records/{record.pk}/")
    assert page(answer).css_first(".feedback-box form button[value=no]") is not None
    assert not answer.cookies


def test_an_announcement_and_a_result_lead_to_the_form(
    client: Client,
    town: House,
    later: Any,  # noqa: F811
) -> None:
    made = with_result(town, later)
    let_out(town, made.result)
    for record in (made.announcement_id, made.result_id):
        box = page(client.get(f"/o/{town.organ.code}/records/{record}/")).css_first(".consultation-box a")
        assert box.attributes["href"] == f"/o/{town.organ.code}/consultations/{made.pk}/"


def test_an_opinion_is_sent_and_thanked_and_shown_nowhere(client: Client, town: House) -> None:
    made = running(town)
    address = f"/o/{town.organ.code}/consultations/{made.pk}/"
    assert "关于《北山镇公交线路调整方案" in words(client.get(f"/o/{town.organ.code}/consultations/"))
    once = page(client.get(address)).css_first("input[name=once]").attributes["value"]
    data = {"words": "建议增加早班车", "name": "虚构甲", "contact": "13800000000", "once": once}
    first = sent(client, address, data)
    assert first.status_code == 303
    assert sent(client, address, data).status_code in (302, 303)
    assert Opinion.objects.count() == 1
    assert "已收到您的意见" in words(client.get(first["Location"]))
    for each in (address, f"/o/{town.organ.code}/consultations/", f"/o/{town.organ.code}/"):
        assert "早班车" not in client.get(each).content.decode()


def test_a_survey_is_taken_once_from_a_browser_and_says_what_it_leaves_there(
    client: Client, town: House
) -> None:
    made = running(town, "survey", title="北山镇公交满意度调查")
    address = f"/o/{town.organ.code}/consultations/{made.pk}/"
    shown = words(client.get(address))
    assert "标记" in shown
    assert sent(client, address, {"q1": ["0"]}).status_code == 422
    answer = sent(client, address, {"q0": "1", "q1": ["0", "2"], "q2": "300", "q3": "加车"})
    assert answer.status_code == 303
    cookie = answer.cookies[f"survey{made.pk}"]
    assert cookie["path"] == address
    assert cookie["httponly"]
    assert Opinion.objects.get().answers == {"q0": 1, "q1": [0, 2], "q2": "300", "q3": "加车"}
    assert sent(client, address, {"q0": "2"}).status_code == 409
    assert "已经提交过本问卷" in words(client.get(address))
    assert Opinion.objects.count() == 1
    other = Client(headers={"host": "localhost"})
    other.cookies[f"survey{made.pk}"] = "forged"
    assert page(other.get(address)).css_first("input[name=q0]") is not None


def test_a_published_result_shows_its_figures_as_bars_and_leads_both_ways(
    client: Client,
    town: House,
    later: Any,  # noqa: F811
) -> None:
    made = with_result(town, later, "survey")
    address = f"/o/{town.organ.code}/consultations/{made.pk}/"
    assert page(client.get(address)).css_first("meter") is None
    out = let_out(town, made.result)
    shown = client.get(address)
    assert len(page(shown).css("meter")) == 6
    assert "66.7%" in words(shown)
    assert f"/o/{town.organ.code}/records/{out.pk}/" in shown.content.decode()
    linked = client.get(f"/o/{town.organ.code}/records/{out.pk}/").content.decode()
    assert f"/o/{town.organ.code}/records/{made.announcement_id}/" in linked


def test_a_running_consultation_costs_few_queries(
    client: Client, town: House, django_assert_max_num_queries: Any
) -> None:
    made = running(town)
    record = published(town)
    for address in (
        f"/o/{town.organ.code}/consultations/",
        f"/o/{town.organ.code}/consultations/{made.pk}/",
        feedback_of(record),
    ):
        with django_assert_max_num_queries(4):
            assert client.get(address).status_code == 200


def test_at_its_own_host_name_the_pages_stand_at_the_root(client: Client, town: House, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "beishan.example"]
    town.organ.hostname = "beishan.example"
    town.organ.save()
    record = published(town)
    made = running(town)
    own = {"host": "beishan.example"}
    for path in (f"/records/{record.pk}/feedback/", "/consultations/", f"/consultations/{made.pk}/"):
        assert client.get(path, headers=own).status_code == 200, path
    answer = client.post(
        f"/records/{record.pk}/feedback/",
        {"helped": "yes"},
        headers={**own, "origin": "http://beishan.example"},
    )
    assert answer["Location"].startswith(f"/records/{record.pk}/feedback/")


@pytest.mark.parametrize("kind", ["wrong", "personal"])
def test_words_of_a_reader_are_never_run(client: Client, town: House, kind: str) -> None:
    report, _ = reported(published(town), kind, words='"><script>alert(1)</script>')
    from tests.web.working import browser

    shown = browser(town[Role.CLERK]).get(f"/work/participation/reports/{report.pk}/")
    assert b"<script>alert(1)" not in shown.content
    assert "alert(1)" in words(shown)


def test_a_readers_own_number_is_asked_about_before_the_whole_office_reads_it(
    client: Client, town: House
) -> None:
    record = published(town)
    told = {"kind": "wrong", "words": "第三条的日期不对，请回电 13800000000。"}
    asked = sent(client, feedback_of(record), told)
    assert (asked.status_code, ErrorReport.objects.count()) == (422, 0)
    assert "加密保存" in page(asked).css_first("#id_words-error").text()
    assert "13800000000" in page(asked).css_first("textarea[name=words]").text()
    assert page(asked).css_first("input[name=as_it_is]") is not None
    moved = {"kind": "wrong", "words": "第三条的日期不对。", "contact": "13800000000"}
    assert sent(client, feedback_of(record), moved).status_code == 303
    assert sent(client, feedback_of(record), {**told, "as_it_is": "on"}).status_code == 303
    assert ErrorReport.objects.count() == 2


def test_a_report_without_numbers_is_asked_nothing_more(client: Client, town: House) -> None:
    record = published(town)
    assert page(client.get(feedback_of(record))).css_first("input[name=as_it_is]") is None
    words_ = "第三条写的是2026年7月1日，附件却是〔2025〕12号，金额18000元。"
    assert sent(client, feedback_of(record), {"kind": "wrong", "words": words_}).status_code == 303


@pytest.mark.parametrize("kind", ["unclear", "missing"])
def test_what_is_hard_to_understand_or_not_there_can_be_said(client: Client, town: House, kind: str) -> None:
    record = published(town)
    assert page(client.get(feedback_of(record))).css_first(f"input[value={kind}]") is not None
    assert sent(client, feedback_of(record), {"kind": kind, "words": "没写在哪里办。"}).status_code == 303
    assert ErrorReport.objects.get().kind == kind


def test_the_page_says_where_complaints_go(client: Client, town: House) -> None:
    record = published(town)
    type(town.organ).objects.filter(pk=town.organ.pk).update(telephone="0000-12345678")
    shown = words(client.get(feedback_of(record)))
    assert "投诉举报" in shown
    assert "0000-12345678" in shown
