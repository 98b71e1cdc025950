"""The pages on which records are worked, as each role meets them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import page, words
from tests.web.disclosure.word_files import word_file
from tests.web.platform import FACTS, District, House, appoint, draft, pass_once, published, submitted
from tests.web.working import answer_fields, browser, fill, now, shown, waiting

from gongkai.web.disclosure.actions.drafting import revise_draft
from gongkai.web.disclosure.models import Attachment, Record, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
WORKING = (
    Role.CLERK,
    Role.UNIT_HEAD,
    Role.SECRECY_OFFICER,
    Role.LEADER,
    Role.DISCLOSURE_OFFICE,
    Role.AUDITOR,
)


def of(record: Record, *rest: str) -> str:
    return "/".join(("/work/records", str(record.pk), *rest)) + "/"


@pytest.mark.parametrize("role", WORKING)
def test_every_role_of_the_organ_reads_the_list_and_a_record_in_ten_queries(
    town: House, role: Role, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        draft(town, title=f"关于第{number}号事项的通知")
    record = published(town)
    client = browser(town[role])
    with django_assert_max_num_queries(MOST_QUERIES):
        listed = client.get("/work/records/")
    assert listed.status_code == 200
    assert "关于第2号事项的通知" in words(listed)
    for one in (record, submitted(town, title="审查中的方案")):
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(of(one))
        assert response.status_code == 200
        assert one.title in words(response)
        assert one.index_number in words(response)


def test_a_record_of_another_organ_is_as_if_it_were_not_there(district: District) -> None:
    theirs = published(district.bureau)
    client = browser(district.town[Role.CLERK])
    for name in (
        "",
        "edit",
        "submit",
        "withdraw",
        "repeal",
        "amend",
        "link",
        "gates/open",
        "versions/1",
        "abandon",
    ):
        address = of(theirs, name) if name else of(theirs)
        assert client.get(address).status_code == 404, name
        assert client.post(address).status_code in (404, 405), name
    assert theirs.title not in words(client.get("/work/records/"))
    assert client.get(of(Record(pk=987654321))).status_code == 404
    assert client.get(of(Record(pk=10**30))).status_code == 404


def test_nobody_gets_in_without_signing_in(town: House, client: Client) -> None:
    record = draft(town)
    for address in (
        "/work/",
        "/work/records/",
        of(record),
        of(record, "edit"),
        "/work/reviews/",
        "/work/search?q=a",
    ):
        response = client.get(address)
        assert response.status_code == 302, address
        assert "sign-in" in response["Location"]


def test_a_clerk_drafts_from_a_word_file_and_sees_what_it_hides(town: House) -> None:
    client = browser(town[Role.CLERK])
    response = client.get("/work/records/new/")
    data = shown(response)
    assert data["unit"] == str(town.affairs.pk)
    data["word"] = SimpleUploadedFile("通知.docx", word_file())
    sent = client.post("/work/records/new/", data)
    assert sent.status_code == 302, words(sent)
    record = Record.objects.get()
    assert sent["Location"] == of(record, "edit")
    assert "防汛" in record.title
    assert record.working is not None
    assert "各村" in record.working.body
    assert record.unit == town.affairs
    editor = client.get(sent["Location"])
    assert "索引号" in words(editor)
    assert "各村" in words(editor)


def test_a_file_that_is_no_document_is_refused_at_its_field_and_nothing_is_drafted(town: House) -> None:
    client = browser(town[Role.CLERK])
    data = shown(client.get("/work/records/new/"))
    data["title"] = "我的标题"
    data["word"] = SimpleUploadedFile("通知.docx", b"MZ\x90\x00 this is a program")
    sent = client.post("/work/records/new/", data)
    assert sent.status_code == 200
    assert page(sent).css_first("#id_word-error") is not None
    assert page(sent).css_first("#id_title").attributes["value"] == "我的标题"
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("通知.docx", b"abc", "内容却是纯文本"),
        ("工具.exe", b"MZ\x90\x00" + bytes(300), "不是文档，不能读出正文"),
    ],
)
def test_a_file_that_cannot_be_read_changes_no_draft_and_what_is_typed_stays(
    town: House, name: str, content: bytes, told: str
) -> None:
    client = browser(town[Role.CLERK])
    data = {**shown(client.get("/work/records/new/")), "title": "我的标题"}
    sent = client.post("/work/records/new/", {**data, "word": SimpleUploadedFile(name, content)})
    assert told in words(sent)
    assert "可以读的有 docx、doc、wps、txt、md" in words(sent) or "另存为 docx" in words(sent)
    assert page(sent).css_first("#id_title").attributes["value"] == "我的标题"
    assert not Record.objects.exists()
    client.post("/work/records/new/", {**data, **shown(sent)})
    record = Record.objects.get()
    address = f"/work/records/{record.pk}/edit/"
    typed = {**shown(client.get(address)), "summary": "刚写的内容概述"}
    again = client.post(address, {**typed, "word": SimpleUploadedFile(name, content)})
    assert again.status_code == 200
    assert told in words(again)
    assert shown(again)["summary"] == "刚写的内容概述"
    assert now(record).working.body == ""


@pytest.mark.parametrize("which", ["town", "bureau"])
def test_a_notice_that_the_water_is_cut_off_finds_its_category(which: str, district: District) -> None:
    """REG.19 orders it published; REG.21 names public services for counties' departments, not for towns."""
    house: House = getattr(district, which)
    client = browser(house[Role.CLERK])
    begun = client.post(
        "/work/records/new/",
        {
            **shown(client.get("/work/records/new/")),
            "kind": "notice",
            "title": "关于临时停水的通知",
        },
    )
    editor = client.get(begun["Location"])
    told = words(editor)
    assert "停水、停电、道路封闭等需要公众广泛知晓的通知" in told
    assert "20.15 其他法定公开（没有合适类别的）" in told
    offered = [one.attributes["value"] for one in page(editor).css("#id_category option")]
    assert "20.15" in offered
    assert ("21.02" in offered) == (which == "bureau")
    assert ("选“21.02 公共服务”" in told) == (which == "bureau")
    typed = {**shown(editor), "body": "因管道检修，明日停水。", "made_on": "2026-01-05"}
    stuck = client.post(begun["Location"], {**typed, "category": "", "then": "submit"})
    assert "没有合适类别的，选“20.15 其他法定公开”" in words(stuck)
    sent = client.post(begun["Location"], {**shown(stuck), "category": "20.15", "then": "submit"})
    assert "category" not in {one.attributes.get("name") for one in page(sent).css(".govuk-error-message")}
    assert now(Record.objects.get()).working.category == "20.15"


def test_a_form_sent_twice_makes_one_draft(town: House) -> None:
    client = browser(town[Role.CLERK])
    data = {**shown(client.get("/work/records/new/")), "title": "关于春季植树的通知"}
    first, second = (client.post("/work/records/new/", data) for _ in range(2))
    assert Record.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_what_is_typed_is_kept_when_a_field_is_wrong(town: House) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    sent = fill(
        client,
        of(record, "edit"),
        title="新的标题",
        document_number="乱写的文号",
        made_on="2026年13月",
        body="<p>改过的正文。</p>",
    )
    assert sent.status_code == 200
    shown_now = shown(sent)
    assert shown_now["title"] == "新的标题"
    assert shown_now["made_on"] == "2026年13月"
    assert "改过的正文" in shown_now["body"]
    assert "日期写作" in words(sent)
    assert now(record).working.title == FACTS["title"]
    sent = fill(client, of(record, "edit"), document_number="乱写的文号")
    assert page(sent).css_first("#id_document_number-error") is not None


def test_plain_lines_become_paragraphs(town: House) -> None:
    record = draft(town)
    sent = fill(browser(town[Role.CLERK]), of(record, "edit"), body="第一段。\n\n第二段 & 第三段")
    assert sent.status_code == 302
    assert now(record).working.body == "<p>第一段。</p>\n<p>第二段 &amp; 第三段</p>"


def test_who_saves_over_another_sees_what_the_other_changed_and_loses_nothing(town: House) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    opened = shown(client.get(of(record, "edit")))
    revise_draft(by=town[Role.UNIT_HEAD], record=record, facts={"title": "负责人改的标题"})
    sent = client.post(of(record, "edit"), {**opened, "title": "我改的标题"})
    assert sent.status_code == 200
    assert "负责人改的标题" in words(sent)
    assert shown(sent)["title"] == "我改的标题"
    assert now(record).working.title == "负责人改的标题"
    again = client.post(of(record, "edit"), shown(sent))
    assert again.status_code == 302
    assert now(record).working.title == "我改的标题"


def test_good_files_are_attached_and_refused_ones_named_with_the_reason(town: House) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    data = shown(client.get(of(record, "edit")))
    data["new_files"] = [
        SimpleUploadedFile("方案.docx", word_file()),
        SimpleUploadedFile("程序.exe", b"MZ\x90\x00"),
        SimpleUploadedFile("说明.txt", "说明文字".encode()),
    ]
    response = client.post(of(record, "edit"), data, follow=True)
    assert "程序.exe" in words(response)
    assert set(Attachment.objects.values_list("name", flat=True)) == {"方案.docx", "说明.txt"}
    row = Attachment.objects.get(name="说明.txt")
    saved = client.get(of(record, "files", str(row.pk)))
    assert saved.content == "说明文字".encode()
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]
    fill(client, of(record, "edit"), remove=str(row.pk))
    assert list(Attachment.objects.values_list("name", flat=True)) == ["方案.docx"]


def test_a_file_of_another_organs_record_is_not_to_be_had_by_any_address(district: District) -> None:
    mine, theirs = draft(district.town), draft(district.bureau)
    office = browser(district.bureau[Role.CLERK])
    data = shown(office.get(of(theirs, "edit")))
    office.post(of(theirs, "edit"), {**data, "new_files": SimpleUploadedFile("秘.txt", b"x")})
    row = Attachment.objects.get()
    client = browser(district.town[Role.CLERK])
    assert client.get(of(theirs, "files", str(row.pk))).status_code == 404
    assert client.get(of(mine, "files", str(row.pk))).status_code == 404
    client.post(of(mine, "edit"), {**shown(client.get(of(mine, "edit"))), "remove": str(row.pk)})
    assert Attachment.objects.count() == 1


def test_findings_are_marked_in_the_body_and_must_be_answered(town: House) -> None:
    body = "<p>联系人：虚构人，手机 13800138000，请来电。</p>"
    record = draft(town, body=body)
    client = browser(town[Role.CLERK])
    editor = client.get(of(record, "edit"))
    mark = page(editor).css_first("#body-shown mark.found")
    assert mark is not None
    assert "13800138000" in mark.text()
    assert page(editor).css_first(f"a[href='#{mark.attributes['id']}']") is not None
    refused = fill(client, of(record, "edit"), then="submit")
    assert refused.status_code == 200
    (name,) = answer_fields(refused)
    assert page(refused).css_first(f"#id_{name}-error") is not None
    assert now(record).working.stage == Stage.DRAFT
    sent = fill(client, of(record, "edit"), then="submit", **{name: "这是单位值班手机。"})
    assert sent.status_code == 302
    assert now(record).working.stage == Stage.IN_REVIEW
    review = browser(town[Role.UNIT_HEAD]).get(f"/work/reviews/{waiting(record).pk}/")
    assert "这是单位值班手机。" in words(review)
    assert page(review).css_first("mark.found") is not None


def test_checks_are_told_while_somebody_writes_without_saving(town: House) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    data = shown(client.get(of(record, "edit")))
    found = client.post(of(record, "check"), {**data, "body": "<p>手机 13800138000</p>"})
    assert found.status_code == 200
    assert "card" in found.content.decode()
    assert "13800138000" not in now(record).working.body


@pytest.mark.parametrize(
    "hostile",
    [
        "a\x00b",
        "\u202e\u2066倒写",
        "<script>alert(1)</script>",
        "'; DROP TABLE disclosure_record; --",
        "\ud800",
        "好" * 1_000_000,
    ],
    ids=["nul", "bidi", "html", "sql", "surrogate", "long"],
)
def test_hostile_words_in_every_field_are_kept_harmless_or_refused_in_words(
    town: House, hostile: str
) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    data = shown(client.get(of(record, "edit")))
    typed = hostile.encode("utf-8", "replace").decode()
    for name in data:
        if name in ("csrfmiddlewaretoken", "once"):
            continue
        response = client.post(of(record, "edit"), {**data, name: typed}, follow=True)
        assert response.status_code == 200, name
        assert "<script>alert(1)" not in response.content.decode(), name
        data["seen"] = str(now(record).revision)
    assert now(record).state == State.DRAFT


def test_the_list_is_narrowed_sorted_and_paged_by_its_address(town: House) -> None:
    for number in range(60):
        draft(
            town, title=f"第{number:02d}号通知", made_on=dt.date(2026, 1, 5) + dt.timedelta(days=number % 20)
        )
    client = browser(town[Role.CLERK])

    def titles(response: Any) -> list[str]:
        return [one.text() for one in page(response).css("a.row-link")]

    first = client.get("/work/records/")
    assert len(titles(first)) == 50
    further = page(first).css_first("a[rel=next]").attributes["href"]
    second = client.get(f"/work/records/{further}")
    assert len(titles(second)) == 10
    assert not set(titles(first)) & set(titles(second))
    back = page(second).css_first("a[rel=prev]").attributes["href"]
    assert titles(client.get(f"/work/records/{back}")) == titles(first)
    by_due = titles(client.get("/work/records/?sort=due"))
    rest = page(client.get("/work/records/?sort=due")).css_first("a[rel=next]").attributes["href"]
    by_due += titles(client.get(f"/work/records/{rest}"))
    assert len(set(by_due)) == 60
    days = dict(Record.objects.values_list("title", "due_on"))
    assert [days[one] for one in by_due] == sorted(days[one] for one in by_due)
    assert titles(client.get("/work/records/?q=07号")) == ["第07号通知"]
    assert titles(client.get("/work/records/?state=published")) == []
    for nonsense in (
        "sort=x&after=~~",
        "after=2026-99-99~1&sort=due",
        "unit=99999999999999999999",
        "year=0",
        "q=%00%ED%A0%80",
        "state=<b>",
        "before=1&after=2",
        "columns=x&columns=title",
        "organ=beishan%00",
    ):
        assert client.get(f"/work/records/?{nonsense}").status_code == 200, nonsense


def test_a_supervisor_reads_the_area_and_changes_nothing(district: District) -> None:
    record = published(district.town)
    client = browser(district.government[Role.SUPERVISING_AUTHORITY])
    listed = client.get("/work/records/?organ=beishan")
    assert record.title in words(listed)
    assert "新建信息" not in words(listed)
    response = client.get(of(record))
    assert response.status_code == 200
    for name in ("edit", "amend", "withdraw", "repeal", "link", "gates/open"):
        refused = client.post(
            of(record, name), {"reason": "x", "change_note": "x", "basis": "x", "on": "2026-03-05"}
        )
        assert refused.status_code in (302, 403), name
    assert now(record).state == State.PUBLISHED
    assert now(record).working is None
    assert client.get(of(published(district.bureau))).status_code == 200


def test_after_publication_each_step_asks_first_and_says_what_will_happen(town: House) -> None:
    record = published(
        town, kind="normative_document", document_number="北政发〔2026〕3号", effective_on=dt.date(2026, 4, 1)
    )
    office = browser(town[Role.DISCLOSURE_OFFICE])
    asked = office.get(of(record, "repeal"))
    assert "现行有效数减一" in words(asked)
    assert fill(office, of(record, "repeal"), basis="", on="2026-05-01").status_code == 200
    assert fill(office, of(record, "repeal"), basis="北政发〔2026〕9号", on="2026-05-01").status_code == 302
    assert now(record).repealed_on == dt.date(2026, 5, 1)
    assert fill(office, of(record, "undo-repeal"), reason="标错了文件。").status_code == 302
    assert now(record).repealed_on is None
    assert fill(office, of(record, "correct"), change_note="更正日期").status_code == 302
    assert now(record).working.number == 2
    assert now(record).state == State.PUBLISHED
    assert fill(office, of(record, "abandon"), reason="不改了").status_code == 302
    assert fill(office, of(record, "withdraw"), reason="含有个人信息").status_code == 302
    assert now(record).state == State.WITHDRAWN
    assert "含有个人信息" in words(office.get(of(record)))


def test_a_confirmation_of_what_has_changed_since_tells_so_and_can_be_given_again(town: House) -> None:
    record = published(town)
    office = browser(town[Role.DISCLOSURE_OFFICE])
    opened = shown(office.get(of(record, "withdraw")))
    fill(browser(town[Role.CLERK]), of(record, "amend"), change_note="改")
    sent = office.post(of(record, "withdraw"), {**opened, "reason": "含有差错"})
    assert sent.status_code == 200
    assert "在您打开本页之后又有改动" in words(sent)
    assert now(record).state == State.PUBLISHED
    assert office.post(of(record, "withdraw"), shown(sent)).status_code == 302
    assert now(record).state == State.WITHDRAWN


def test_a_consultation_holds_publication_up_until_it_is_answered(town: House) -> None:
    record = submitted(town)
    clerk = browser(town[Role.CLERK])
    sent = fill(
        clerk,
        of(record, "gates", "open"),
        kind="consult_organ",
        organ_name="虚构区水务局",
        question="是否同意公开？",
    )
    assert sent.status_code == 302, words(sent)
    for _ in range(3):
        pass_once(town, record)
    office = browser(town[Role.DISCLOSURE_OFFICE])
    shown_page = office.get(of(record))
    assert "虚构区水务局" in words(shown_page)
    assert "还没有结果" in words(shown_page)
    refused = office.post(of(record, "publish"), {})
    assert refused.status_code == 200
    assert now(record).state == State.DRAFT
    gate = now(record).gates.get()
    empty = fill(office, of(record, "gates", str(gate.pk), "answer"), answered_on="")
    assert empty.status_code == 200
    answered = fill(office, of(record, "gates", str(gate.pk), "answer"), result="agreed", answer="同意公开。")
    assert answered.status_code == 302
    assert fill(office, of(record, "publish")).status_code == 302
    assert now(record).state == State.PUBLISHED


def test_records_are_joined_by_number_or_title_and_parted_again(town: House) -> None:
    policy = published(town, document_number="北政发〔2026〕3号", title="北山镇防汛工作方案")
    other = draft(town, title="北山镇防汛工作方案（征求意见稿）")
    note = draft(town, kind="interpretation", title="防汛工作方案解读")
    clerk = browser(town[Role.CLERK])
    several = fill(clerk, of(note, "link"), kind="interprets", target="防汛工作方案")
    assert several.status_code == 200
    assert "请选择一条" in words(several)
    sent = fill(clerk, of(note, "link"), kind="interprets", target="北政发[2026]3号")
    assert sent.status_code == 302, words(sent)
    assert policy.title in words(clerk.get(of(note)))
    assert note.title in words(clerk.get(of(policy)))
    link = note.links.get()
    assert clerk.post(of(note, "links", str(link.pk), "undo")).status_code == 302
    assert not note.links.exists()
    assert clerk.post(of(other, "links", "1", "undo")).status_code == 404
    assert fill(clerk, of(note, "link"), target="没有这个").status_code == 200


def test_versions_and_their_changes_are_shown(town: House) -> None:
    record = published(town)
    clerk = browser(town[Role.CLERK])
    fill(clerk, of(record, "amend"), change_note="增加一段")
    body = "<p>各村（社区）：</p><p>新增的一段文字。</p>"
    assert fill(clerk, of(record, "edit"), body=body).status_code == 302
    response = clerk.get(of(record, "versions", "2", "changes"))
    assert "新增的一段文字" in page(response).css_first(".difference-text ins").text()
    assert clerk.get(of(record, "versions", "1")).status_code == 200
    assert clerk.get(of(record, "versions", "9")).status_code == 404
    assert clerk.get(of(record, "versions", "1", "changes")).status_code == 404
    assert clerk.get(of(record, "versions", "2", "changes") + "?against=x").status_code == 200


def test_a_person_of_two_organs_switches_between_them(district: District) -> None:
    person = district.town[Role.CLERK]
    appoint(person, Role.CLERK, district.bureau.organ)
    theirs = draft(district.bureau)
    client = browser(person)
    assert theirs.title not in words(client.get("/work/records/"))
    client.post("/work/switch/", {"organ": "minzheng"})
    assert theirs.title in words(client.get("/work/records/"))
    client.post("/work/switch/", {"organ": "xugou"})
    assert theirs.title in words(client.get("/work/records/"))


def test_an_upload_past_the_limits_is_told(town: House) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    data = shown(client.get(of(record, "edit")))
    big = io.BytesIO(b"%PDF-1.4" + b"0" * (21 * 1024 * 1024))
    big.name = "大文件.pdf"
    response = client.post(of(record, "edit"), {**data, "new_files": big}, follow=True)
    assert "大文件.pdf" in words(response)
    assert "20 MB" in words(response)
