"""The staff's pages: a report is answered, a consultation goes its whole way, and today says what waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.conftest import page, words
from tests.web.participation.consulting import QUESTIONS, drafted, fresh, let_out, reported, running
from tests.web.participation.test_consultations import later  # noqa: F401 - a fixture
from tests.web.platform import District, House, published
from tests.web.working import browser, fill

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import close_due
from gongkai.web.participation.actions.opining import send_opinion
from gongkai.web.participation.following import follow
from gongkai.web.participation.models import Consultation, ErrorReport, Opinion, Response

pytestmark = pytest.mark.django_db
ROOM = "/work/participation/"


def test_a_report_waits_on_today_is_answered_and_gone_from_there(town: House) -> None:
    report, _ = reported(published(town))
    client = browser(town[Role.CLERK])
    assert "网页纠错：" in words(client.get("/work/"))
    assert "第二段的电话少了一位" in words(client.get(ROOM))
    address = f"{ROOM}reports/{report.pk}/"
    empty = fill(client, address)
    assert empty.status_code == 422
    assert "请选择处理结果" in words(empty)
    answer = fill(client, address, result="fixed", answer="已更正。")
    assert answer.status_code == 302
    assert ErrorReport.objects.get().result == "fixed"
    assert "网页纠错：" not in words(client.get("/work/"))
    shown = words(client.get(address))
    assert "已更正" in shown
    assert page(client.get(address)).css_first("textarea") is None


def test_a_contact_is_shown_only_after_a_press_that_the_log_remembers(town: House) -> None:
    report, _ = reported(published(town))
    client = browser(town[Role.CLERK])
    address = f"{ROOM}reports/{report.pk}/contact/"
    assert "13800000000" not in words(client.get(f"{ROOM}reports/{report.pk}/"))
    assert "13800000000" not in words(client.get(address))
    assert not Entry.objects.filter(action="participation.contact_seen").exists()
    shown = fill(client, address)
    assert "13800000000" in words(shown)
    opinion = send_opinion(consultation=running(town), words="意见", contact="13900000000")
    sender = f"{ROOM}opinions/{opinion.pk}/sender/"
    assert "13900000000" not in words(client.get(sender))
    assert "13900000000" in words(fill(client, sender))
    assert "no-store" in shown["Cache-Control"]
    assert Entry.objects.filter(action="participation.contact_seen").count() == 1


def test_a_survey_goes_its_whole_way_over_the_pages(
    town: House,
    later: Any,  # noqa: F811
) -> None:
    client = browser(town[Role.CLERK])
    today = clock.today()
    facts = {
        "kind": "survey",
        "title": "北山镇公交满意度调查",
        "unit": str(town.affairs.pk),
        "opens_on": today.isoformat(),
        "closes_on": (today + dt.timedelta(days=7)).isoformat(),
        "words": "请参加。",
    }
    wrong = fill(client, f"{ROOM}consultations/new/", **facts, questions="您好吗")
    assert "题目前要用方括号写明题型" in words(wrong)
    made_at = fill(client, f"{ROOM}consultations/new/", **facts, questions=QUESTIONS)["Location"]
    made = Consultation.objects.get()
    assert made_at == f"{ROOM}consultations/{made.pk}/"
    assert "公告未公开" in words(client.get(made_at))
    fill(client, f"{made_at}terms/", closes_on=(today + dt.timedelta(days=9)).isoformat())
    let_out(town, made.announcement)
    made = fresh(made)
    assert "正在进行" in words(client.get(made_at))
    send_opinion(consultation=made, answers={"q0": "0", "q3": "加车"})
    later(10)
    assert follow() == 1
    assert "公布征集结果" in words(client.get("/work/"))
    record_page = fill(client, f"{made_at}result/", summary="谢谢参与。")
    assert record_page.status_code == 302
    made = fresh(made)
    let_out(town, made.result)
    assert "已公布结果" in words(client.get(made_at))
    assert "公布征集结果" not in words(client.get("/work/"))
    assert verify().faults == []


def test_opinions_are_gone_through_one_after_another(
    town: House,
    later: Any,  # noqa: F811
) -> None:
    made = running(town)
    first, second = (send_opinion(consultation=made, words=text) for text in ("甲说", "乙说"))
    later(15)
    close_due()
    client = browser(town[Role.CLERK])
    refused = fill(client, f"{ROOM}opinions/{first.pk}/", adoption="not_adopted", gist="要点")
    assert "未采纳的，须写明理由" in words(refused)
    on = fill(client, f"{ROOM}opinions/{first.pk}/", adoption="adopted", gist="增加班次")
    assert on["Location"] == f"{ROOM}opinions/{second.pk}/"
    back = fill(client, on["Location"], adoption="void")
    assert back["Location"] == f"{ROOM}consultations/{made.pk}/"
    assert set(Opinion.objects.values_list("adoption", flat=True)) == {"adopted", "void"}


def test_a_form_of_old_days_does_not_overwrite_new_ones(town: House) -> None:
    made = drafted(town)
    client = browser(town[Role.CLERK])
    address = f"{ROOM}consultations/{made.pk}/terms/"
    stale = client.get(address)
    assert fill(client, address, closes_on="2027-01-01").status_code == 302
    data = {
        one.attributes["name"]: one.attributes.get("value") or "" for one in page(stale).css("main input")
    }
    answer = client.post(address, {**data, "closes_on": "2027-02-02"})
    assert "又有改动" in words(answer)


def test_responses_are_entered_counted_and_withdrawn(town: House) -> None:
    client = browser(town[Role.CLERK])
    facts = {"channel": "social", "on": "2026-03-02", "title": "微信回应", "topic": "公交调整"}
    assert fill(client, f"{ROOM}responses/new/", **facts).status_code == 302
    shown = words(client.get(f"{ROOM}responses/?year=2026"))
    assert "回应公众关注热点或重大舆情数" in shown
    assert "公交调整" in shown
    made = Response.objects.get()
    assert fill(client, f"{ROOM}responses/{made.pk}/withdraw/", reason="重复").status_code == 302
    assert "已撤销：重复" in words(client.get(f"{ROOM}responses/?year=2026"))
    for year in ("0", "abcd", "99999", "²026"):
        assert client.get(f"{ROOM}responses/?year={year}").status_code == 200


def test_an_authority_sees_what_is_late_in_its_area(
    district: District,
    later: Any,  # noqa: F811
) -> None:
    running(district.town)
    reported(published(district.bureau))
    later(60)
    follow()
    shown = words(browser(district.government[Role.SUPERVISING_AUTHORITY]).get(f"{ROOM}area/"))
    assert "关于《北山镇公交线路调整方案" in shown
    assert "虚构区民政局" in shown


def test_lists_cost_few_queries_however_long(town: House, django_assert_max_num_queries: Any) -> None:
    record = published(town)
    for _ in range(5):
        reported(record)
    made = running(town)
    for number in range(5):
        send_opinion(consultation=made, words=f"意见{number}")
    client = browser(town[Role.CLERK])
    for path in ("", "pages/", "consultations/", f"consultations/{made.pk}/", "responses/"):
        with django_assert_max_num_queries(10):
            assert client.get(ROOM + path).status_code == 200, path


def test_a_short_term_is_told_of_before_it_is_sent_to_review(town: House) -> None:
    client = browser(town[Role.CLERK])
    one = drafted(town)
    today = clock.today()
    where = f"{ROOM}consultations/{one.pk}/"
    assert "不少于 30 日" in words(client.get(f"{where}terms/"))
    for days, is_short in ((2, True), (29, False)):
        closes = (today + dt.timedelta(days=days)).isoformat()
        assert fill(client, f"{where}terms/", opens_on=today.isoformat(), closes_on=closes).status_code == 302
        assert (f"期限只有 {days + 1} 天" in words(client.get(where))) == is_short
    survey = drafted(town, "survey")
    assert "期限只有" not in words(client.get(f"{ROOM}consultations/{survey.pk}/"))
