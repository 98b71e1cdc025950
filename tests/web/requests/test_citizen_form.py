"""A citizen fills in the form: a question a page, nothing lost, sent once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from tests.web.conftest import words
from tests.web.platform import House, published
from tests.web.requests.asking import ADDRESS, IDENTITY, NAME, PHONE, SECRETS, at
from tests.web.requests.citizen_asking import OWN_PAGE, WANTED, Citizen, browser, hidden, scan

from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.tidying import tidy_files
from gongkai.web.requests.models import Case, CaseFile, FileKind, FoundInstead, SentForm, StagedFile
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.staging import clean
from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)


def test_a_request_is_filled_in_page_by_page_and_its_receipt_tells_number_and_code(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    for said in (WANTED, NAME, IDENTITY, PHONE, ADDRESS, "电子文档", "邮寄", "本网站下载"):
        assert said in citizen.words
    assert not Case.objects.exists()
    citizen.send()
    case = Case.objects.get()
    assert citizen.response.status_code == 200
    assert citizen.number == case.number
    assert IDENTITY not in citizen.words
    assert "11*************02X" in citizen.words  # PII.M
    assert len(citizen.code) == 14
    assert "no-store" in citizen.response.headers["Cache-Control"]
    assert citizen.code not in citizen.response.request["PATH_INFO"]
    opener = opener_of(case)
    assert opener.open(case, "words") == WANTED
    assert opener.open(case.requester, "address") == ADDRESS


def test_no_purpose_is_asked_for_and_no_field_is_there_beyond_the_law_s(town: House) -> None:
    citizen, asked = Citizen(town), set()
    while citizen.at != "summary":
        asked |= {one.attributes["name"] for one in citizen.page.css("main [name]")}
        citizen.go_to_next()
    fields = {"kind", "words", "features", "wanted_form", "requester_kind", "name", "identity_kind"}
    fields |= {"identity_number", "files", "proof_later", "reply_ways", "phone", "email", "address"}
    assert asked - {"state", "at", "go"} == fields | {"postcode", "notice_ways", "needs_help"}


def test_back_keeps_what_was_typed_even_where_it_was_not_right(town: House) -> None:
    citizen = Citizen(town).go_to("identity")
    citizen.press("next", identity_kind="resident", identity_number="123")
    assert citizen.response.status_code == 422
    assert "证件号码不正确" in citizen.words
    citizen.press("back", identity_kind="resident", identity_number="456")
    assert citizen.at == "name"
    citizen.press("next", name=NAME)
    field = citizen.page.css_first("input[name=identity_number]")
    assert field is not None
    assert field.attributes["value"] == "456"


def test_from_the_summary_one_answer_is_changed_and_the_others_stay(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    citizen.press("step:words")
    assert citizen.at == "words"
    citizen.press("next", words="申请公开北山镇2024年敬老院名单")
    assert citizen.at == "summary"
    assert "敬老院名单" in citizen.words
    assert NAME in citizen.words


def test_sent_twice_it_is_one_case_and_the_same_receipt(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    said = {"state": citizen.state, "at": "summary", "go": "send"}
    first = citizen.client.post(f"{citizen.place}form/", said)
    again = browser().post(f"{citizen.place}form/", said)
    assert Case.objects.count() == 1
    codes = [one.content.decode().split('receipt-code">')[1][:14] for one in (first, again)]
    assert codes[0] == codes[1]


def test_changed_after_it_was_sent_it_is_still_one_case_and_the_change_is_said_not_to_count(
    town: House,
) -> None:
    citizen = Citizen(town).go_to("summary")
    summary = citizen.response
    citizen.send()
    citizen.response = summary
    citizen.press("step:words")
    citizen.press("next", words="另一件事")
    citizen.send()
    assert Case.objects.count() == 1
    assert "后来修改的内容没有计入" in citizen.words
    assert "另一件事" not in citizen.words
    assert opener_of(Case.objects.get()).open(Case.objects.get(), "words") == WANTED


def test_what_is_missing_is_said_at_the_summary_and_nothing_is_sent(town: House) -> None:
    citizen = Citizen(town)
    citizen.press("step:summary")
    assert citizen.at == "summary"
    citizen.send()
    assert citizen.response.status_code == 422
    assert "请填写姓名" in citizen.words
    assert not Case.objects.exists()
    assert not SentForm.objects.exists()


def test_an_identity_scan_is_kept_sealed_and_comes_with_the_case(town: House) -> None:
    citizen = Citizen(town).go_to("proof")
    citizen.press("next", files=[scan(), scan("背面.png")])
    assert citizen.at == "ways"
    staged = list(StagedFile.objects.all())
    assert len(staged) == 2
    assert all(b"PNG" not in file_store.load(one.sha256) for one in staged)
    citizen.go_to("summary").send()
    rows = list(CaseFile.objects.order_by("id"))
    opener = opener_of(Case.objects.get())
    assert [opener.open(one, "name") for one in rows] == ["身份证.png", "背面.png"]
    assert {one.kind for one in rows} == {"identity"}
    assert opener.open_file(rows[0]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("身份证.jpg", b"MZ\x90\x00\x03" * 9, "不是可以上传的文件"),
        ("身份证.pdf", b"", "空文件"),
        ("身份证.png", b"\x89PNG\r\n\x1a\n" + b"0" * 30, "不完整"),
        ("身份证.html", b"<html><script>", "不是可以上传的文件"),
        ("身份证.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是可以上传的文件"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_nothing_else_is_lost(
    town: House, name: str, content: bytes, told: str
) -> None:
    citizen = Citizen(town).go_to("proof")
    citizen.press("next", files=[scan(), scan(name, content)])
    assert citizen.response.status_code == 422
    assert "身份证.png" in citizen.words  # the good one is kept
    if content:  # Django hands on no empty file's name, but tells of it
        assert told in citizen.words
    citizen.press("step:name")
    assert NAME in (citizen.page.css_first("input[name=name]").attributes["value"] or "")  # type: ignore[union-attr]


def test_a_scan_is_taken_off_again(town: House) -> None:
    citizen = Citizen(town).go_to("proof")
    citizen.press("next", files=[scan()])
    citizen.press("back")
    token = citizen.page.css_first("button[value^='remove:']").attributes["value"]  # type: ignore[union-attr]
    citizen.press(str(token))
    assert citizen.at == "proof"
    assert not StagedFile.objects.exists()
    citizen.press("next")
    assert citizen.response.status_code == 422


def test_staged_files_are_forgotten_after_a_day_and_the_form_says_so(town: House) -> None:
    with at(DAY):
        citizen = Citizen(town).go_to("proof")
        citizen.press("next", files=[scan()])
        digest = StagedFile.objects.get().sha256
        citizen.go_to("summary")
        assert clean() == 0
    with at(DAY + dt.timedelta(days=1), hour=8):
        citizen.press("step:summary")  # looked at again in time: good for another day
    with at(DAY + dt.timedelta(days=1), hour=12):
        assert clean() == 1
        assert not file_store.path_of(digest).exists()
        citizen.send()
        assert citizen.response.status_code == 422
        assert "请重新上传" in citizen.words
        assert not Case.objects.exists()
        citizen.press("step:name")
        assert NAME in citizen.response.content.decode()


def test_a_form_a_day_old_or_tampered_with_begins_anew_without_losing_the_page_in_sight(town: House) -> None:
    with at(DAY):
        citizen = Citizen(town).go_to("name")
        state = citizen.state
    with at(DAY + dt.timedelta(days=2)):
        citizen.press("next", name=NAME)
        assert citizen.response.status_code == 422
        assert "从头核对" in citizen.words
        assert citizen.at == "kind"
        citizen.press("step:name")
        assert NAME in citizen.response.content.decode()
    for bad in (state[:-4] + "AAAA", "", "v1.", "\x00", "x" * 500_000, "🙂"):
        answer = citizen.client.post(f"{citizen.place}form/", {"state": bad, "at": "name", "go": "next"})
        assert answer.status_code == 422, bad[:20]


def test_a_form_of_one_organ_is_none_of_another_s(district: object) -> None:
    one, other = district.town, district.bureau  # type: ignore[attr-defined]
    citizen = Citizen(one).go_to("summary")
    said = {"state": citizen.state, "at": "summary", "go": "send"}
    answer = citizen.client.post(f"/o/{other.organ.code}/request/form/", said)
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_what_names_the_citizen_stands_in_no_table_while_the_form_is_filled_in(town: House) -> None:
    citizen = Citizen(town).go_to("proof")
    citizen.press("next", files=[scan(f"{NAME}.png")])
    citizen.go_to("summary")
    citizen.send()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            told = repr(cursor.fetchall())
            for secret in (*SECRETS, citizen.code):
                assert secret not in told, (table, secret)


@pytest.mark.parametrize("with_index", [True, False])
def test_what_is_public_already_is_shown_counted_and_never_in_the_way(town: House, with_index: bool) -> None:
    published(town, title="北山镇敬老院收费标准")
    out = published(town, title="北山镇2025年农村公路养护资金分配方案")
    if with_index:
        rebuild()
    citizen = Citizen(town).go_to("words")
    citizen.press("next", words=WANTED)
    assert citizen.at == "found"
    assert "农村公路养护资金分配方案" in citizen.words
    assert "敬老院" not in citizen.words
    citizen.press("open:beishan:" + str(out.pk))
    assert citizen.response.status_code == 303
    assert citizen.response.headers["Location"] == f"/o/beishan/records/{out.pk}/"
    citizen = Citizen(town).go_to("words")
    citizen.press("next", words=WANTED)
    citizen.press("next")
    assert citizen.at == "wanted"
    citizen = Citizen(town).go_to("words")
    citizen.press("next", words=WANTED)
    citizen.press("enough")
    assert "没有提交申请" in words(citizen.response)
    found = FoundInstead.objects.get(organ=town.organ)
    assert (found.shown, found.opened, found.answered) == (3, 1, 1)


def test_a_correction_of_own_records_has_its_own_questions(town: House) -> None:
    citizen = Citizen(town, "?kind=correction")
    chosen = citizen.page.css_first("input[value=correction]")
    assert chosen is not None
    assert "checked" in chosen.attributes
    citizen.press("next", kind="correction")
    assert "哪条记录" in citizen.words
    citizen.press("next", words="户籍登记中的出生日期写错了一天")
    assert citizen.at == "evidence"
    citizen.go_to("summary").send()
    assert Case.objects.get().kind == "correction"


def test_who_acts_for_somebody_else_is_named_with_the_authorisation(town: House) -> None:
    citizen = Citizen(town).go_to("name")
    citizen.press("agent", name=NAME)
    assert citizen.at == "agent"
    citizen.press("next", agent="虚构代理人", files=scan("委托书.png"))
    assert citizen.at == "identity"
    citizen.go_to("summary")
    assert "虚构代理人" in citizen.words
    assert "委托书.png" in citizen.words
    citizen.send()
    case = Case.objects.get()
    opener = opener_of(case)
    assert opener.open(case.requester, "agent") == "虚构代理人"
    assert opener.open(case.files.get(kind=FileKind.AUTHORITY), "name") == "委托书.png"


def test_an_authorisation_may_come_later_and_one_without_an_agent_is_told(town: House) -> None:
    citizen = Citizen(town).go_to("name")
    citizen.press("agent", name=NAME)
    citizen.press("next", agent="", files=scan("委托书.png"))
    assert citizen.response.status_code == 422
    assert "请填写代理人" in citizen.words
    citizen.press("remove:" + citizen.page.css_first("button[value^='remove:']").attributes["value"][7:])
    citizen.press("next", agent="虚构代理人")
    citizen.go_to("summary").send()
    case = Case.objects.get()
    assert opener_of(case).open(case.requester, "agent") == "虚构代理人"
    assert not CaseFile.objects.exists()


def test_of_a_question_that_is_put_no_more_no_file_is_sent(town: House) -> None:
    citizen = Citizen(town, "?kind=correction")
    citizen.press("next", kind="correction")
    citizen.press("next", words="户籍登记中的出生日期写错了一天")
    citizen.press("next", files=scan("出生证明.png"))
    citizen.press("step:kind")
    citizen.press("next", kind="information")
    citizen.go_to("summary").send()
    assert Case.objects.get().kind == "information"
    assert not CaseFile.objects.exists()


def test_an_organisation_is_asked_for_its_own_names(town: House) -> None:
    answers = {
        "who": {"requester_kind": "business"},
        "name": {"name": "虚构百货有限公司", "representative": "虚构经理", "contact_person": "虚构联系人"},
        "identity": {"identity_kind": "other", "identity_number": "XK-2025-1"},
    }
    citizen = Citizen(town).go_to("name", **answers)
    assert "法定代表人" in citizen.words
    citizen.go_to("summary", **answers).send()
    assert Case.objects.get().requester_kind == "business"


def test_what_was_searched_for_stands_in_the_form(town: House) -> None:
    found = browser().get("/o/beishan/search/?q=敬老院收费").content.decode()
    assert "/o/beishan/request/?words=" in found
    citizen = Citizen(town, "?words=敬老院收费").go_to("words")
    assert "敬老院收费" in citizen.response.content.decode()


@pytest.mark.parametrize(
    "step", ["kind", "words", "wanted", "who", "name", "identity", "proof", "ways", "contact"]
)
@pytest.mark.parametrize(
    "typed",
    [
        "\x00\x00",
        "\ud800x".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "\u202eabc",
        "字" * 400_000,
    ],
)
def test_whatever_is_typed_is_answered_and_the_form_goes_on(town: House, step: str, typed: str) -> None:
    citizen = Citizen(town).go_to(step)
    names = {one.attributes["name"] for one in citizen.page.css("main [name]")} - {
        "state",
        "at",
        "go",
        "files",
    }
    for go in ("next", "back", "step:summary"):
        answer = citizen.client.post(
            f"{citizen.place}form/",
            {"state": citizen.state, "at": step, "go": go, **{str(name): [typed, typed] for name in names}},
        )
        assert answer.status_code in (200, 422)
        assert hidden(answer, "state")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "said", [{"at": "nowhere"}, {"go": "step:nowhere"}, {"go": "open:../:9"}, {"go": "remove:x"}]
)
def test_odd_presses_lead_to_a_page_of_the_form(town: House, said: dict[str, str]) -> None:
    citizen = Citizen(town).go_to("proof")
    usual = {"state": citizen.state, "at": "found" if "open" in str(said) else "proof", "go": "next"}
    assert citizen.client.post(f"{citizen.place}form/", {**usual, **said}).status_code in (200, 303, 422)


def test_another_site_cannot_send_the_form(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    headers = {"host": "localhost", "origin": "https://evil.example"}
    from django.test import Client

    answer = Client(headers=headers).post(
        f"{citizen.place}form/", {"state": citizen.state, "at": "summary", "go": "send"}
    )
    assert answer.status_code == 403
    assert not Case.objects.exists()
    assert OWN_PAGE["sec-fetch-site"] == "same-origin"


def test_when_very_much_is_sent_a_question_is_asked_and_then_nothing_more_is_taken(town: House) -> None:
    for _ in range(5):
        Citizen(town).go_to("summary").send()
    citizen = Citizen(town).go_to("summary")
    citizen.send()
    assert citizen.response.status_code == 422
    assert Case.objects.count() == 5
    label = citizen.page.css_first("label[for=question]")
    assert label is not None
    token, numerals = hidden(citizen.response, "token"), "零一二三四五六七八九"
    text = label.text()
    answer = numerals.index(text[0]) + numerals.index(text[2])
    citizen.press("send", token=token, question=str(answer))
    assert citizen.code
    assert Case.objects.count() == 6


def test_the_work_of_a_browser_is_taken_in_place_of_the_answer_once(town: House) -> None:
    from gongkai.web.requests.challenge import is_met, new_challenge, zero_bits

    challenge = new_challenge()
    found = next(n for n in range(10**7) if zero_bits(challenge.work, str(n)) >= challenge.bits)
    said = {"work": challenge.work, "found": str(found)}
    assert not is_met({**said, "found": str(found + 1)}) or zero_bits(challenge.work, str(found + 1)) >= 17
    assert is_met(said)
    assert not is_met(said)
    for bad in ({}, {"work": "x", "found": "1"}, {"work": challenge.work, "found": "九"}):
        assert not is_met(bad)


@pytest.mark.parametrize(("place", "most"), [("words", 5), ("proof", 5), ("summary", 15)])
def test_a_page_asks_little_of_the_database(town: House, place: str, most: int) -> None:
    citizen = Citizen(town).go_to(place)
    with CaptureQueriesContext(connection) as queries:
        citizen.press(f"step:{place}")
    assert len(queries) <= most, [one["sql"][:90] for one in queries]
    published(town, title="北山镇2025年农村公路养护资金分配方案")
    citizen = Citizen(town).go_to("words")
    with CaptureQueriesContext(connection) as queries:
        citizen.press("next", words=WANTED)
    assert citizen.at == "found"
    assert len(queries) <= 15, [one["sql"][:90] for one in queries]


@pytest.mark.parametrize("path", ["", "paper/", "status/", "form/"])
def test_pages_before_the_form_say_how_else_to_ask(town: House, path: str) -> None:
    organ = town.organ
    organ.address, organ.telephone = "虚构区北山镇建设路1号", "000-00000000"
    organ.save()
    answer = browser().get(f"/o/beishan/request/{path}")
    assert answer.status_code == 200
    if path in ("", "paper/"):
        assert "建设路1号" in words(answer)
        assert "邮寄" in words(answer)


def test_the_directory_leads_to_each_organ_s_form_and_enquiry(town: House) -> None:
    answer = browser().get("/request/?q=北山&words=敬老院")
    assert "/o/beishan/request/?words=" in answer.content.decode()
    assert "/o/beishan/request/status/" in answer.content.decode()
    assert "/o/minzheng/" not in answer.content.decode().partition("<main")[2]


def test_a_closed_organ_takes_no_request_and_says_whom_to_ask(town: House) -> None:
    organ = town.organ
    organ.is_active = False
    organ.save()
    assert "已停用" in words(browser().get("/o/beishan/request/"))
    assert browser().get("/o/beishan/request/form/").status_code == 302


def test_tidying_the_file_store_leaves_what_cases_and_unfinished_forms_hold(town: House) -> None:
    published(town)  # a store without records is not tidied
    Citizen(town).go_to("proof").press("next", files=[scan()])
    citizen = Citizen(town).go_to("proof")
    citizen.press("next", files=[scan()])
    citizen.go_to("summary").send()
    tidy_files(delete=True, older_than=-3600)
    for row in (*StagedFile.objects.all(), *CaseFile.objects.all()):
        assert file_store.path_of(row.sha256).exists()


def pressed_above(citizen: Citizen, words: str, **typed: object) -> LexborHTMLParser:
    """A switch at the top of the page, pressed with what the form holds."""
    button = next(one for one in citizen.page.css("header button[formaction]") if words in one.text())
    assert button.attributes["form"] == "staying"
    assert citizen.page.css_first("form#staying") is not None
    said = {"state": citizen.state, "at": citizen.at, button.attributes["name"]: button.attributes["value"]}
    citizen.response = citizen.client.post(str(button.attributes["formaction"]), {**said, **typed})
    assert citizen.response.status_code == 200, citizen.words
    return citizen.page


def test_the_language_is_changed_midway_and_what_was_typed_stays(town: House) -> None:
    citizen = Citizen(town).go_to("identity")
    page = pressed_above(citizen, "English", identity_kind="resident", identity_number="11010")
    assert citizen.at == "identity"
    assert page.css_first("html").attributes["lang"] == "en"  # type: ignore[union-attr]
    assert page.css_first("input[name=identity_number]").attributes["value"] == "11010"  # type: ignore[union-attr]
    assert page.css_first("main [role=alert]") is None
    citizen.go_to("proof")
    page = pressed_above(citizen, "中文", files=[scan()])
    assert page.css_first("html").attributes["lang"] == "zh-Hans"  # type: ignore[union-attr]
    assert "身份证.png" in citizen.words
    citizen.press("next")
    citizen.go_to("summary")
    pressed_above(citizen, "English")
    assert citizen.at == "summary"
    assert IDENTITY in citizen.words
    citizen.send()
    number = citizen.number
    pressed_above(citizen, "中文")
    assert citizen.number == number
    assert Case.objects.count() == 1


def test_the_size_of_the_type_is_changed_midway_and_what_was_typed_stays(town: House) -> None:
    citizen = Citizen(town).go_to("name")
    page = pressed_above(citizen, "大字", name=NAME)
    assert "easy" in str(page.css_first("html").attributes["class"])  # type: ignore[union-attr]
    assert page.css_first("input[name=name]").attributes["value"] == NAME  # type: ignore[union-attr]
    citizen.press("next", name=NAME)
    assert "easy" in str(citizen.page.css_first("html").attributes["class"])  # type: ignore[union-attr]
    page = pressed_above(citizen, "标准版")
    assert "easy" not in str(page.css_first("html").attributes["class"])  # type: ignore[union-attr]


def test_what_is_public_already_is_shown_again_in_the_other_language(town: House) -> None:
    published(town, title="北山镇2025年农村公路养护资金分配方案")
    citizen = Citizen(town).go_to("words")
    citizen.press("next", words=WANTED)
    pressed_above(citizen, "English")
    assert citizen.at == "found"
    assert "农村公路养护资金分配方案" in citizen.words


@pytest.mark.parametrize(("place", "goes"), [("name", "next"), ("found", "next"), ("summary", "send")])
def test_the_enter_key_goes_on_and_changes_no_language(town: House, place: str, goes: str) -> None:
    published(town, title="北山镇2025年农村公路养护资金分配方案")
    citizen = Citizen(town).go_to(place)
    own = [one for one in citizen.page.css("[type=submit]") if one.attributes.get("form") == "staying"]
    assert own[0].attributes["value"] == goes  # the first of a form is what Enter presses


def test_notices_are_offered_by_the_ways_that_there_are(town: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SMS_GATEWAY = settings.SMS_SECRET = ""
    citizen = Citizen(town).go_to("contact")
    offered = [one.attributes["value"] for one in citizen.page.css("input[name=notice_ways]")]
    assert offered == ["email"]
    citizen.press("next", phone=PHONE, notice_ways=["email"])
    assert "“有进展时通知我”选择了电子邮件" in citizen.words
    settings.EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
    settings.SMS_GATEWAY = settings.SMS_SECRET = "https://sms.example.cn/"
    citizen = Citizen(town).go_to("contact")
    offered = [one.attributes["value"] for one in citizen.page.css("input[name=notice_ways]")]
    assert offered == ["sms"]


def test_where_nobody_can_be_told_of_news_the_form_says_so_and_promises_none(
    town: House, settings: Any
) -> None:
    settings.SMS_GATEWAY = settings.SMS_SECRET = "https://sms.example.cn/"
    citizen = Citizen(town).go_to("contact")
    citizen.press("next", phone=PHONE, address=ADDRESS, notice_ways=["sms"])
    assert "短信" in citizen.words
    settings.EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
    settings.SMS_GATEWAY = settings.SMS_SECRET = ""
    citizen.press("step:contact")
    assert citizen.page.css_first("input[name=notice_ways]") is None
    assert "本网站不发进展通知" in citizen.words
    citizen.press("next", phone=PHONE, address=ADDRESS)
    assert "短信" not in citizen.words
    citizen.send()
    assert "短信" not in citizen.words
    assert SentForm.objects.get().notice_ways == []


def test_a_company_with_an_agent_names_who_stands_for_it_and_what_to_upload(town: House) -> None:
    answers = {
        "who": {"requester_kind": "business"},
        "name": {"name": "虚构百货有限公司", "representative": "虚构经理", "contact_person": "虚构联系人"},
        "identity": {"identity_kind": "other", "identity_number": "XK-2025-1"},
    }
    citizen = Citizen(town).go_to("name", **answers)
    for name in ("representative", "contact_person"):
        assert citizen.page.css_first(f"input[name={name}]") is not None
    citizen.press("agent", **answers["name"])
    assert "代理人的身份证明可以一并上传" in citizen.words
    citizen.press("next", agent="虚构代理人")
    citizen.go_to("proof", **answers)
    assert "营业执照" in citizen.words
    assert "身份证请传正反两面" not in citizen.words
    assert "这里传申请人的证件" in citizen.words
    citizen.go_to("contact", **answers)
    assert "可以填代理人的电话" in citizen.words
    citizen.go_to("summary", **answers)
    for said in ("虚构经理", "虚构联系人", "虚构代理人"):
        assert said in citizen.words


def test_both_that_are_missing_are_told_and_a_refused_file_is_told_once(town: House) -> None:
    citizen = Citizen(town).go_to("identity")
    citizen.press("next")
    assert "请选择证件类型" in citizen.words
    assert "请填写证件号码" in citizen.words
    citizen.press("next", identity_kind="resident", identity_number=IDENTITY)
    citizen.press("next", files=[scan("身份证.jpg", b"MZ\x90\x00\x03" * 9)])
    assert "不是可以上传的文件" in citizen.words
    assert "请上传身份证明" not in citizen.words


def test_an_error_names_the_question_as_the_page_does(town: House) -> None:
    citizen = Citizen(town).go_to("wanted")
    citizen.press("next")
    assert "请选择提供形式" in citizen.words
    citizen.go_to("ways").press("next", reply_ways=["email"])
    citizen.press("next", phone=PHONE)
    assert "获取途径选择了“电子邮件”，请填写电子邮箱" in citizen.words


@pytest.mark.parametrize(
    ("phone", "is_right"),
    [
        ("1390000", False),
        ("139000000000000", True),  # with an extension
        ("+86 139 0000", False),
        ("+86 13900000000", True),
        ("010-00000000", True),
        ("8800001", True),
        ("+1 212 555 0100", True),
    ],
)
def test_a_mobile_number_that_is_too_short_is_told(town: House, phone: str, is_right: bool) -> None:
    citizen = Citizen(town).go_to("contact")
    citizen.press("next", phone=phone, address=ADDRESS)
    assert (citizen.at == "summary") is is_right, citizen.words
    assert ("手机号码是 11 位" in citizen.words) is not is_right


def test_the_letter_at_the_end_of_an_identity_number_is_a_capital(town: House) -> None:
    typed = {"identity_kind": "resident", "identity_number": IDENTITY.lower()}
    citizen = Citizen(town).go_to("summary", identity=typed)
    citizen.send()
    case = Case.objects.get()
    assert opener_of(case).open(case.requester, "identity_number") == IDENTITY


def test_a_person_is_called_a_person(town: House) -> None:
    citizen = Citizen(town).go_to("who")
    assert "个人（自然人）" in citizen.words
    assert "个人（自然人）" in citizen.go_to("summary").words


def test_the_form_on_paper_has_room_for_an_agent_and_for_a_correction(town: House) -> None:
    paper = words(browser().get("/o/beishan/request/paper/"))
    for said in ("代理人", "授权委托书", "□ 获取政府信息", "更正", "营业执照", "□ 个人（自然人）"):
        assert said in paper
