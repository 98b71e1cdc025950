"""The case page: the clock with its reasons, the lawful steps, the rest with its article; inside work."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import page, words
from tests.web.platform import District, House
from tests.web.requests.asking import ADDRESS, DAY, IDENTITY, NAME, PHONE, SECRETS, at, received, sent
from tests.web.requests.work_things import busy, picture
from tests.web.working import browser, fill, shown

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.inside import answer_task, give_task, write_note
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.models import Case, CaseEvent, CaseFile, FileKind, Note, Stands, Task
from gongkai.web.requests.queries import case_page
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
SAVED = (302, 303)


def of(case: Case, rest: str = "") -> str:
    return f"/work/requests/{case.pk}/{rest}"


def test_the_page_tells_everything_in_few_queries(town: House, django_assert_max_num_queries: Any) -> None:
    case = busy(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        client.get(of(case))
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(of(case))
    assert response.context["letters"]
    assert response.context["decisions"]
    text = words(response)
    for told in (
        "农村公路养护资金",
        "书面征求第三方意见",
        "请查找分配方案",
        "已电话联系档案室",
        "建议予以公开",
        "暂停",
    ):
        assert told in text, told
    assert "本月（含本件）共 4 件，本件之前已收到 3 件" in text
    assert "no-store" in response["Cache-Control"]


def test_nobody_is_named_on_the_page(town: House) -> None:
    case = received(town, DAY, words=f"本人{NAME}（{IDENTITY}）住{ADDRESS}，电话{PHONE}，申请公开分配方案")
    for role in (Role.DISCLOSURE_OFFICE, Role.CLERK, Role.AUDITOR):
        body = browser(town[role]).get(of(case)).content.decode()
        assert [one for one in SECRETS if one in body] == []
        assert "分配方案" in body


def test_the_clock_explains_the_due_date(town: House) -> None:
    case = received(town, DAY)
    with at(dt.date(2025, 10, 10)):
        text = words(browser(town[Role.CLERK]).get(of(case)))
    assert "2025年10月30日" in text
    assert "这个日期是怎么算出来的" in text
    assert "第三十三条" in text
    assert "已用 5 个工作日，期限 20 个工作日，还剩 15 个工作日" in text


def test_a_lawful_step_is_a_button_and_another_is_grey_with_its_article(town: House) -> None:
    case = received(town, DAY)
    with at(DAY):
        response = browser(town[Role.DISCLOSURE_OFFICE]).get(of(case))
    links = [one.attributes["href"] for one in page(response).css(".next-steps a")]
    assert of(case, "steps/extension-approved/") in links
    assert of(case, "steps/supplement-lapsed/") not in links
    grey = " ".join(one.text() for one in page(response).css(".not-now li"))
    assert "逾期不补正" in grey
    assert "《政府信息公开条例》第三十条" in grey


def test_what_has_no_occasion_yet_is_told_as_what_is_lacking_not_as_a_slip(town: House) -> None:
    case = received(town, DAY)
    with at(DAY):
        response = browser(town[Role.DISCLOSURE_OFFICE]).get(of(case))
    grey = " ".join(one.text() for one in page(response).css(".not-now li"))
    for words_of_it in ("没有正在征求第三方的意见", "还没有发出补正通知", "还没有发出收费通知"):
        assert words_of_it in grey, grey
    for slip in ("登记了", "收到补充材料", "告知延期", "登记缴费"):
        assert slip not in grey, grey


def test_who_only_reads_has_no_buttons(town: House) -> None:
    case = received(town, DAY)
    response = browser(town[Role.AUDITOR]).get(of(case))
    assert response.status_code == 200
    assert not page(response).css(".next-steps a")


def test_letters_are_written_before_anything_is_decided(town: House) -> None:
    """Why so many requests is asked in a letter that no step of the clock leads to."""
    case = received(town, DAY)
    clerk = browser(town[Role.CLERK])
    tools = page(clerk.get(of(case))).css_first(".case-tools")
    assert tools is not None
    links = {one.text(): one.attributes["href"] for one in tools.css("a")}
    assert "说明理由告知书" in words(clerk.get(links["拟写文书"]))


def test_a_step_tells_what_it_does_and_is_recorded(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(dt.date(2025, 10, 20)):
        assert "状态变为“办理中”" in words(client.get(of(case, "steps/extension-approved/")))
        assert fill(client, of(case, "steps/extension-approved/"), note="需要查找档案").status_code in SAVED
    case.refresh_from_db()
    row = case.events.get(kind="extension-approved")
    assert (row.on, row.note) == (dt.date(2025, 10, 20), "需要查找档案")
    assert verify().faults == []


def test_a_step_that_is_not_lawful_is_refused_with_its_article_and_what_was_typed_stays(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        answer = fill(client, of(case, "steps/supplement-received/"), note="来函已收")
    assert answer.status_code == 422
    assert "第三十条" in words(answer)
    assert shown(answer)["note"] == "来函已收"
    assert case.events.count() == 1


def test_a_page_shown_before_somebody_elses_step_is_stale_and_the_next_press_works(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        form = {**shown(client.get(of(case, "steps/withdrawn/"))), "note": "申请人当面表示撤回"}
        write_note(by=town[Role.CLERK], case=case, words="另一人所写")
        refused = client.post(of(case, "steps/withdrawn/"), form)
        assert refused.status_code == 422
        assert "又有改动" in words(refused)
        assert client.post(of(case, "steps/withdrawn/"), shown(refused)).status_code in SAVED
    case.refresh_from_db()
    assert case.stands == Stands.WITHDRAWN


@pytest.mark.parametrize("value", ["", "昨天", "2025-13-01", "9999-99-99", "\x00", "x" * 100_000])
def test_a_day_that_is_none_is_told(town: House, value: str) -> None:
    case = received(town, DAY)
    with at(DAY):
        answer = fill(browser(town[Role.DISCLOSURE_OFFICE]), of(case, "steps/withdrawn/"), on=value)
    assert answer.status_code == 422
    assert case.events.count() == 1


def test_supplement_received_takes_its_files_along_or_neither(town: House) -> None:
    case = received(town, DAY)
    office = town[Role.DISCLOSURE_OFFICE]
    with at(DAY):
        step(by=office, case=case, kind="supplement-asked", on=DAY, until=dt.date(2025, 10, 20))
        client = browser(office)
        bad = fill(client, of(case, "steps/supplement-received/"), files=[SimpleUploadedFile("a.exe", b"MZ")])
        assert bad.status_code == 422
        assert "a.exe" in words(bad)
        assert case.events.count() == 2
        good = fill(
            client, of(case, "steps/supplement-received/"), files=[SimpleUploadedFile("补正.png", picture())]
        )
        assert good.status_code in SAVED
    assert CaseFile.objects.get().kind == FileKind.SUPPLEMENT


def test_a_fact_written_wrongly_is_struck_through_with_its_reason(town: House) -> None:
    case = received(town, DAY)
    office = town[Role.DISCLOSURE_OFFICE]
    with at(DAY):
        step(by=office, case=case, kind="supplement-asked", on=DAY, until=dt.date(2025, 10, 20))
        row = case.events.get(kind="supplement-asked")
        client = browser(office)
        assert fill(client, of(case, f"events/{row.pk}/void/")).status_code == 422
        assert (
            fill(client, of(case, f"events/{row.pk}/void/"), reason="登记到别的案件了").status_code in SAVED
        )
        response = client.get(of(case))
    assert page(response).css_first(".step-voided s").text() == "发出补正通知"
    assert "登记到别的案件了" in words(response)
    case.refresh_from_db()
    assert case.stands == Stands.RUNNING


def test_an_event_of_another_case_is_not_there(town: House) -> None:
    one, other = received(town, DAY), received(town, DAY)
    event = CaseEvent.objects.get(case=other)
    assert browser(town[Role.DISCLOSURE_OFFICE]).get(of(one, f"events/{event.pk}/void/")).status_code == 404


def test_personal_data_is_shown_once_with_a_reason_that_is_in_the_log(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.CLERK])
    assert NAME not in words(client.get(of(case, "person/")))
    assert fill(client, of(case, "person/")).status_code == 422
    told = fill(client, of(case, "person/"), reason="邮寄补正通知书")
    assert told.status_code == 200
    assert all(one in words(told) for one in SECRETS)
    assert "no-store" in told["Cache-Control"]
    assert NAME not in words(client.get(of(case, "person/")))
    entry = Entry.objects.filter(action="requests.personal_seen").with_reasons().get()
    assert entry.told_why == "邮寄补正通知书"
    assert "查看申请人信息" in words(client.get(of(case, "log/")))


def test_who_may_not_know_who_asked_is_refused(town: House) -> None:
    case = received(town, DAY)
    for role in (Role.AUDITOR, Role.SECRECY_OFFICER):
        client = browser(town[role])
        assert client.get(of(case, "person/")).status_code == 403
        assert client.post(of(case, "person/"), {"reason": "好奇"}).status_code == 403
    assert not Entry.objects.filter(action="requests.personal_seen").exists()


def test_a_file_that_shows_who_asked_is_saved_with_a_reason_and_never_opened_here(town: House) -> None:
    case = busy(town, DAY)
    row = CaseFile.objects.get()
    client = browser(town[Role.DISCLOSURE_OFFICE])
    assert "申请书" not in words(client.get(of(case)))
    assert fill(client, of(case, f"files/{row.pk}/")).status_code == 422
    answer = fill(client, of(case, f"files/{row.pk}/"), reason="核对申请书")
    assert answer.content == picture()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.filter(action="requests.file_seen").count() == 1


def test_files_are_put_in_by_what_their_bytes_are(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    html = SimpleUploadedFile("x.png", b"<html><script>alert(1)</script></html>")
    assert fill(client, of(case, "files/new/"), files=[html]).status_code == 422
    assert fill(client, of(case, "files/new/"), files=[]).status_code == 422
    good = [SimpleUploadedFile("答复材料.png", picture())]
    assert fill(client, of(case, "files/new/"), kind="answer", files=good).status_code in SAVED
    assert CaseFile.objects.get().kind == "answer"


def test_a_unit_answers_without_learning_who_asks(town: House) -> None:
    case = received(town, DAY, words=f"申请公开养护资金分配方案，联系人{NAME}，电话{PHONE}")
    office, clerk = town[Role.DISCLOSURE_OFFICE], town[Role.CLERK]
    with at(DAY):
        client = browser(office)
        assert fill(client, of(case, "task/"), question="请查找").status_code == 422
        given = fill(
            client, of(case, "task/"), unit=str(town.affairs.pk), question="请查找分配方案", days="3"
        )
        assert given.status_code in SAVED
        task = Task.objects.get()
        client = browser(clerk)
        assert "养护资金" in words(client.get("/work/requests/tasks/"))
        assert "答复交办" in words(client.get("/work/"))
        text = words(client.get(f"/work/requests/tasks/{task.pk}/"))
        assert "请查找分配方案" in text
        assert "养护资金分配方案" in text
        assert [one for one in SECRETS if one in text] == []
        assert (
            fill(client, f"/work/requests/tasks/{task.pk}/", answer="在财政所找到一份").status_code in SAVED
        )
        assert "在财政所找到一份" in words(browser(office).get(of(case)))
    task.refresh_from_db()
    assert task.answered_by == clerk


def test_an_answer_that_is_refused_keeps_what_was_typed(town: House) -> None:
    case = received(town, DAY)
    office = town[Role.DISCLOSURE_OFFICE]
    task = give_task(by=office, case=case, unit=town.affairs, question="请查找")
    client = browser(town[Role.CLERK])
    form = {**shown(client.get(f"/work/requests/tasks/{task.pk}/")), "answer": "找到两份文件"}
    answer_task(by=town[Role.UNIT_HEAD], task=task, answer="别人已答")
    refused = client.post(f"/work/requests/tasks/{task.pk}/", form)
    assert refused.status_code == 422
    assert "已经答复或者取消" in words(refused)
    assert "找到两份文件" in words(refused)


def test_a_task_is_cancelled(town: House) -> None:
    case = received(town, DAY)
    task = give_task(by=town[Role.DISCLOSURE_OFFICE], case=case, unit=town.affairs, question="请查找")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    assert fill(client, f"/work/requests/tasks/{task.pk}/cancel/").status_code in SAVED
    task.refresh_from_db()
    assert task.cancelled_at is not None


def test_notes_and_legal_opinions_are_written(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.LEADER])
    assert fill(client, of(case, "note/"), words="").status_code == 422
    assert fill(client, of(case, "note/?kind=legal-opinion"), words="建议部分公开").status_code in SAVED
    note = Note.objects.select_related("case__key").get()
    assert (note.kind, opener_of(note.case).open(note, "words")) == ("legal-opinion", "建议部分公开")


def test_a_case_is_given_to_a_unit_and_a_person(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    chosen = {"unit": str(town.affairs.pk), "handler": str(town[Role.CLERK].pk)}
    assert fill(client, of(case, "assign/"), **chosen).status_code in SAVED
    case.refresh_from_db()
    assert (case.unit, case.handler) == (town.affairs, town[Role.CLERK])


def test_one_letter_becomes_several_cases(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        refused = fill(client, of(case, "split/"), part_1="分配方案", reason="两项不相关")
        assert refused.status_code == 422
        assert shown(refused)["part_1"] == "分配方案"
        answer = fill(client, of(case, "split/"), part_1="分配方案", part_2="招标结果", reason="两项不相关")
        assert answer.status_code in SAVED
        text = words(client.get(of(case)))
    made = Case.objects.exclude(pk=case.pk).get()
    assert (made.split_from, made.received_on, made.subject) == (case, DAY, "招标结果")
    assert f"由本件拆出 {made.number}" in text


def test_a_split_begins_with_the_letter_s_words_and_takes_more_boxes_without_script(town: House) -> None:
    case = received(town, DAY, words="申请公开分配方案、招标结果和验收报告")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        first = shown(client.get(of(case, "split/")))
        assert [name for name in first if name.startswith("part_")] == ["part_1", "part_2"]
        assert first["part_1"] == "申请公开分配方案、招标结果和验收报告"
        typed = {**first, "part_1": "分配方案", "part_2": "招标结果", "reason": "三项不相关"}
        more = client.post(of(case, "split/"), {**typed, "do": "more"})
        assert more.status_code == 200
        form = shown(more)
        assert [name for name in form if name.startswith("part_")] == [f"part_{n}" for n in range(1, 5)]
        assert (form["part_2"], form["part_3"], form["reason"]) == ("招标结果", "", "三项不相关")
        assert not page(more).css(".govuk-error-summary")
        assert client.post(of(case, "split/"), {**form, "part_3": "验收报告"}).status_code in SAVED
    assert Case.objects.count() == 3


def test_a_split_has_no_more_boxes_than_it_takes(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        many = {f"part_{number}": "甲" for number in range(1, 40)}
        form = client.post(of(case, "split/"), {**many, "do": "more"})
    assert len([name for name in shown(form) if name.startswith("part_")]) == 20
    assert not page(form).css("button[value=more]")


def test_in_english_the_requester_and_the_ways_are_told_in_english(town: House) -> None:
    case = received(town, DAY, wanted_form="any")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        shown_facts = page(client.get(of(case, "?lang=en"))).css(".metadata")
        text = "".join(one.text() for one in shown_facts)
        person = page(fill(client, of(case, "person/?lang=en"), reason="mail")).css_first(".metadata").text()
        new = words(client.get("/work/requests/new/?lang=en"))
    for told in ("姓名或者名称", "证件号码", "联系电话", "通信地址", "不限", "邮寄", "、"):
        assert told not in text, told
    for told in ("姓名或者名称", "证件号码", "联系电话", "通信地址", "所需政府信息"):
        assert told not in person, told
    for told in ("不限", "本网站下载", "当面领取"):
        assert told not in new, told


def test_a_case_is_merged_into_another_of_the_same_requester_alone(town: House) -> None:
    first, second = received(town, DAY), received(town, DAY)
    other = received(town, DAY, identity_number="", identity_kind="", name="虚构另一人", phone="13900001111")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    form = page(client.get(of(second, "merge/")))
    offered = [one.attributes["value"] for one in form.css("select[name=into] option")]
    assert str(first.pk) in offered
    assert str(other.pk) not in offered
    assert fill(client, of(second, "merge/"), into=str(other.pk), reason="重复").status_code == 422
    assert fill(client, of(second, "merge/"), into=str(first.pk), reason="重复提出").status_code in SAVED
    second.refresh_from_db()
    assert (second.stands, second.merged_into) == (Stands.MERGED, first)
    assert "已并入" in words(client.get(of(second)))


def test_another_organ_sees_nothing_of_it(district: District) -> None:
    case = busy(district.town, DAY)
    task, event, file = Task.objects.get(), CaseEvent.objects.filter(case=case)[0], CaseFile.objects.get()
    pages = ("", "receipt/", "label/", "confirm/", "steps/withdrawn/", "assign/", "task/", "note/", "split/")
    pages += ("merge/", "person/", "log/", "files/new/", f"files/{file.pk}/", f"events/{event.pk}/void/")
    for house in (district.bureau, district.government):
        for role in Role:
            client = browser(house[role])
            for one in (*(of(case, rest) for rest in pages), f"/work/requests/tasks/{task.pk}/"):
                assert client.get(one).status_code in (404, 403), (role, one)
                assert client.post(one, {"reason": "好奇"}).status_code in (403, 404, 405), (role, one)
    assert not Entry.objects.filter(action__in=("requests.personal_seen", "requests.file_seen")).exists()


def test_what_waits_for_its_confirmation_offers_just_that(town: House) -> None:
    case, _code = sent(town, DAY)
    with at(DAY):
        response = browser(town[Role.DISCLOSURE_OFFICE]).get(of(case))
    links = [one.attributes["href"] for one in page(response).css(".next-steps a")]
    assert links == [of(case, "confirm/"), of(case, "steps/withdrawn/")]
    assert "待确认" in words(response)


def test_numbers_no_row_has_are_not_found(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    for number in ("0", "99999999", str(2**63), "9" * 40):
        assert client.get(f"/work/requests/{number}/").status_code == 404


def test_the_month_is_counted_whole_however_many_are_listed(
    town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        received(town, DAY)
    case = received(town, DAY)
    for _ in range(3):  # newer ones, of another month
        received(town, DAY + dt.timedelta(days=40))
    monkeypatch.setattr(case_page, "MOST_SAME", 2)
    told = case_page.same_requester(case)
    assert len(told.cases) == 2
    assert (told.month.volume, told.month.items_before, told.month.others) == (6, 5, 8)
