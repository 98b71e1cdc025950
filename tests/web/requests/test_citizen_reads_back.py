"""What the page of a request reads back: what was asked and sent, what is to be done, how days came about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import page, words
from tests.web.platform import House
from tests.web.requests.asking import ADDRESS, DAY, IDENTITY, NAME, PHONE, asked, at, sent
from tests.web.requests.citizen_asking import WANTED, looked_up, scan
from tests.web.requests.journeys import ONLINE, Course, office_of
from tests.web.requests.test_citizen_status import awaiting_payment, hidden, press

from gongkai.statute.clock import EventKind
from gongkai.web.disclosure import file_store
from gongkai.web.organs.models import Organ, Role
from gongkai.web.requests.actions.receiving import register
from gongkai.web.requests.models import Case

pytestmark = pytest.mark.django_db
POINT = "请写明所需信息的年度"
GIVEN: dict[str, Any] = {
    "basis": "given",
    "words": {"finding": "该信息可以公开。"},
    "facts": {"reviewed": True},
}


def course_of(house: House, on: dt.date = DAY, **facts: Any) -> tuple[Course, str]:
    with at(on):
        case, code = register(
            by=house[Role.DISCLOSURE_OFFICE],
            organ=house.organ,
            asked=asked(**facts),
            channel="in-person",
            arrived_on=on,
        )
    return Course(house, case), code


def served(house: House, on: dt.date = DAY, **facts: Any) -> tuple[Course, str]:
    office_of(house)
    course, own_code = course_of(house, on, **facts)
    course.decided("OPEN-2", on, **GIVEN)
    letter = course.letter("reply", on, given={"information": ("分配方案",)}, online=True)
    course.sent(letter, on, "online")
    return course, own_code


def told(house: House, case: Case, code: str) -> str:
    return words(looked_up(house, case.number, code))


def details(house: House, case: Case, code: str) -> list[str]:
    """What the page offers to open."""
    found = page(looked_up(house, case.number, code)).css("main summary")
    return [one.text().strip() for one in found]


# ---- what was asked and sent ----


def test_it_reads_back_what_was_asked_and_how_it_is_wanted_and_names_nobody(town: House) -> None:
    course, code = course_of(town, features="北政发〔2025〕3号", reply_ways=("post", "web"))
    Organ.objects.filter(pk=town.organ.pk).update(telephone="0571-00000012")
    with at(DAY):
        text = told(town, course.case, code)
    for part in ("农村公路养护资金的分配方案", "北政发〔2025〕3号", "邮寄、本网站下载", "电子文档"):
        assert part in text, part
    assert text.index("0571-00000012") < text.index("正在办理")
    for secret in (NAME, PHONE, ADDRESS, IDENTITY):
        assert secret not in text


def test_nothing_of_it_is_told_to_who_does_not_know_the_code(town: House) -> None:
    course, _code = course_of(town)
    assert "养护资金" not in told(town, course.case, "AAAA-BBBB-CCCC")


def test_what_was_supplemented_is_read_back(town: House) -> None:
    course, code = course_of(town)
    course.sent(course.letter("supplement-notice", DAY, given=notice()), DAY, "direct")
    with at(dt.date(2025, 10, 9)):
        found = looked_up(town, course.case.number, code)
        done = press(town, found, "supplement", words="指二〇二五年\n的方案", files=[scan("附图.png")])
        assert "从明天起算" in words(done)
        assert "从今天起" not in words(done)
        text = told(town, course.case, code)
    assert "您补正的内容 指二〇二五年 的方案" in text
    assert "附图.png" in text
    assert "补正说明.txt" not in text


def test_a_text_that_is_lost_does_not_close_the_page(town: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(DAY):
        case, code = awaiting_payment(town)
        found = looked_up(town, case.number, code)
        press(town, found, "fee", words="已经缴了", seen=hidden(found, "seen"))
        monkeypatch.setattr(file_store, "load", _gone)
        assert "缴费说明.txt" in told(town, case, code)


def _gone(_digest: str) -> bytes:
    from gongkai.web.organs.errors import WorkError

    raise WorkError("file_missing", "文件不在。", "The file is gone.")


# ---- the notice to supplement ----


def notice(**facts: Any) -> dict[str, Any]:
    return {"points": (POINT,), "until": dt.date(2025, 10, 20), "unclear_point": "未写明年度。", **facts}


def test_what_is_to_be_supplemented_and_what_follows_if_it_is_not_stand_on_the_page(town: House) -> None:
    course, code = course_of(town)
    course.sent(course.letter("supplement-notice", DAY, given=notice()), DAY, "direct")
    with at(DAY):
        text = told(town, course.case, code)
    assert "需要补正的是： " + POINT in text
    assert "逾期不补正的，视为放弃申请" in text
    assert "2025年10月20日" in text
    assert "已通知您补正" in text
    assert "请您补正 已完成" not in text


def test_a_step_that_no_letter_told_of_sends_to_the_office(town: House) -> None:
    course, code = course_of(town)
    course.did(EventKind.SUPPLEMENT_ASKED, DAY, until=dt.date(2025, 10, 20))
    with at(DAY):
        assert "需要补正什么，见补正告知书" in told(town, course.case, code)


# ---- the fee ----


def test_a_proof_of_payment_changes_headline_course_and_words(town: House) -> None:
    with at(DAY):
        case, code = awaiting_payment(town)
        found = looked_up(town, case.number, code)
        press(town, found, "fee", words="9月26日由本人缴纳\n窗口办理", seen=hidden(found, "seen"))
        answer = looked_up(town, case.number, code)
    assert page(answer).css_first("h1").text() == "已收到您的缴费凭证或者说明，等待机关核对到账"
    text = words(answer)
    assert "9月26日由本人缴纳 窗口办理" in text
    assert "缴费说明.txt" not in text
    assert "您提交了缴费凭证或者说明 已完成" in text
    assert "等待机关核对到账 正在办理" in text
    assert "2025年10月30日" in text  # the last day stands: the office may find no money


# ---- not confirmed ----


def test_before_it_is_confirmed_it_says_how_that_is_done_and_whom_to_call(town: House) -> None:
    Organ.objects.filter(pk=town.organ.pk).update(telephone="0571-00000012")
    case, code = sent(town, DAY)
    with at(DAY):
        text = told(town, case, code)
    assert "用您留的电话等联系方式与您确认收到" in text
    assert "一直没有接到联系的，请打电话 0571-00000012" in text


# ---- the reply ----


def test_a_reply_that_gives_information_without_a_file_says_how_it_comes(town: House) -> None:
    Organ.objects.filter(pk=town.organ.pk).update(telephone="0571-00000012")
    course, code = served(town, reply_ways=("post", "web"))
    with at(DAY):
        text = told(town, course.case, code)
    assert "这里没有可以下载的文件" in text
    assert "邮寄、本网站下载" in text
    assert "没有收到信息的，请打电话 0571-00000012" in text


def test_a_reply_that_tells_where_it_is_public_says_so_on_the_page(town: House) -> None:
    office_of(town)
    course, code = course_of(town)
    way = "网上查阅"
    course.decided("OPEN-1", DAY, words={"finding": "该信息已经主动公开。", "obtained": way})
    given = {"way": way, "route": "本机关网站“财政预决算”栏目"}
    course.sent(course.letter("reply", DAY, given=given, online=True), DAY, "online")
    with at(DAY):
        text = told(town, course.case, code)
    assert "获取方式： 网上查阅；本机关网站“财政预决算”栏目" in text
    assert "没有可以下载的文件" not in text


def test_a_reply_with_its_files_does_not_say_that_there_are_none(town: House) -> None:
    from gongkai.web.requests.actions.filing import add_file
    from gongkai.web.requests.models import FileKind

    office_of(town)
    course, code = course_of(town)
    with at(DAY):
        add_file(
            by=town[Role.CLERK], case=course.case, name="分配方案.pdf", content=b"%PDF-1.7 %%EOF",
            media_type="application/pdf", kind=FileKind.DISCLOSED,
        )  # fmt: skip
    course.now()
    course.decided("OPEN-2", DAY, **GIVEN)
    course.sent(course.letter("reply", DAY, given={"information": ("分配方案",)}, online=True), DAY, "online")
    with at(DAY):
        text = told(town, course.case, code)
    assert "分配方案.pdf" in text
    assert "没有可以下载的文件" not in text


def test_after_the_reply_no_date_is_spoken_of_that_the_page_does_not_show(town: House) -> None:
    course, code = served(town)
    with at(DAY):
        text = told(town, course.case, code)
        offered = details(town, course.case, code)
    assert "这个日期是怎么算出来的" not in offered
    assert "答复期限是怎么计算的" in offered
    assert "原应于2025年10月30日（周四）届满" in text
    assert "起算当日不计" in text


def test_the_last_days_of_the_remedies_say_how_they_came_about_and_where_to_go(town: House) -> None:
    on = dt.date(2025, 7, 24)  # six months end on 24 January 2026, a Saturday: the 26th is a Monday
    course, code = served(town, on)
    above = Organ.objects.filter(name="虚构区人民政府")
    assert above.update(address="虚构区政府路1号", telephone="0571-00000099") == 1
    with at(on):
        text = told(town, course.case, code)
    assert "直接起诉的期限是6个月，到2026年1月24日（周六）届满" in text
    assert "最后一日是2026年1月26日（周一）" in text
    assert "《民事诉讼法》第八十五条第三款" in text
    assert "申请行政复议的期限是60日" in text
    assert "虚构区人民政府（虚构区政府路1号，0571-00000099）" in text
    assert ONLINE in text


def test_the_page_of_a_request_that_was_answered_asks_little_of_the_database(town: House) -> None:
    course, code = served(town)
    with at(DAY), CaptureQueriesContext(connection) as queries:
        assert "已经答复" in told(town, course.case, code)
    assert len(queries) <= 15, [one["sql"][:80] for one in queries]


def test_the_words_of_the_request_are_gone_with_the_personal_data(town: House) -> None:
    from gongkai.web.requests.actions.knowing import destroy_personal
    from gongkai.web.requests.actions.stepping import withdraw_by_requester

    course, code = course_of(town)
    with at(DAY):
        found = looked_up(town, course.case.number, code)
        withdraw_by_requester(case=course.case)
    with at(dt.date(2036, 1, 5)):
        destroy_personal(by=town[Role.DISCLOSURE_OFFICE], case=Case.objects.get(), reason="保管期满")
    assert WANTED not in words(press(town, found, "show"))
