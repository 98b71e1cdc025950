"""What a Word file says of its own terms is proposed to the clerk, who confirms it by saving."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import page, words
from tests.web.disclosure.word_files import word_file
from tests.web.platform import House, draft, house, published
from tests.web.working import browser, fill, now, shown

from gongkai.documents.publishing import clean_html
from gongkai.documents.publishing.markup import laid_out
from gongkai.web.disclosure.actions.drafting import draft_record, revise_draft
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.answers import Unanswered
from gongkai.web.disclosure.models import Link, LinkKind, Record
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
TERMS = "本办法自2026年3月10日起施行，有效期5年。《北山镇旧办法》（北政发〔2019〕3号）同时废止。"
BODY = f"<p>各村：</p><p>{TERMS}</p>"


def edit(record: Record) -> str:
    return f"/work/records/{record.pk}/edit/"


def test_a_word_file_proposes_its_terms_and_saving_confirms_them(town: House) -> None:
    client = browser(town[Role.CLERK])
    data = shown(client.get("/work/records/new/"))
    file = SimpleUploadedFile(
        "通知.docx", word_file("各村（社区）：", TERMS, "虚构区北山镇人民政府", "2026年3月2日")
    )
    sent = client.post("/work/records/new/", {**data, "kind": "normative_document", "word": file})
    assert sent.status_code == 302
    record = Record.objects.get()
    assert record.working is not None
    assert record.working.effective_on is None, "nothing is taken over before a person has looked at it"
    editor = client.get(sent["Location"])
    told = shown(editor)
    assert (told["effective_on"], told["expires_on"], told["genre"]) == (
        "2026-03-10",
        "2031-03-09",
        "circular",
    )
    assert "请核对后保存：体裁" in words(editor) or "还没有保存的建议" in words(editor)
    assert "文中写“自2026年3月10日起施行”" in words(editor)
    assert client.post(edit(record), told).status_code == 302
    version = now(record).working
    assert (version.effective_on, version.expires_on) == (dt.date(2026, 3, 10), dt.date(2031, 3, 9))
    assert version.genre == "circular"


def test_without_a_new_file_a_proposal_stands_beside_the_field_and_fills_nothing(town: House) -> None:
    record = draft(town, kind="normative_document", body=BODY, genre="")
    response = browser(town[Role.CLERK]).get(edit(record))
    assert shown(response)["effective_on"] == ""
    assert "建议：2026-03-10（文中写“自2026年3月10日起施行”）" in words(response)


def test_a_day_that_differs_from_the_text_is_told_and_one_that_agrees_is_not(town: House) -> None:
    record = draft(town, kind="normative_document", body=BODY, effective_on=dt.date(2026, 4, 1))
    client = browser(town[Role.CLERK])
    assert "建议：2026-03-10" in words(client.get(edit(record)))
    revise_draft(by=town[Role.CLERK], record=record, facts={"effective_on": dt.date(2026, 3, 10)})
    assert "建议：2026-03-10" not in words(client.get(edit(record)))


def test_a_document_that_the_text_repeals_is_proposed_as_a_link(town: House) -> None:
    old = published(town, title="北山镇旧办法", document_number="北政发〔2019〕3号")
    record = draft(town, body=BODY)
    client = browser(town[Role.CLERK])
    saves = page(client.get(edit(record))).css_first("button[data-leave*='kind=repeals']")
    assert saves is not None, "the editor saves what was typed before it leads on"
    assert "建议" in saves.text()
    found = page(client.get(f"/work/records/{record.pk}/")).css_first("a[href*='kind=repeals']")
    assert found is not None
    assert "建议" in found.text()
    assert not Link.objects.exists(), "a proposal is none of the clerk's doing"
    assert fill(client, str(found.attributes["href"])).status_code == 302
    assert Link.objects.get().target_id == old.pk
    assert "公开后自施行日期起生效" in words(client.get(edit(record)))


def test_another_organs_document_of_that_number_is_not_proposed(town: House) -> None:
    other = house("nanshan", "虚构区南山镇人民政府", 9)
    published(other, title="北山镇旧办法", document_number="北政发〔2019〕3号")
    record = draft(town, body=BODY)
    response = browser(town[Role.CLERK]).get(edit(record))
    assert page(response).css_first("a[href*='kind=repeals']") is None
    assert "没有找到这份文件" in words(response)


@pytest.mark.parametrize("kind", [LinkKind.REPEALS, LinkKind.AMENDS])
def test_what_is_repealed_withdrawn_or_never_public_is_neither_repealed_nor_amended(
    town: House, kind: LinkKind
) -> None:
    gone = published(town, title="已撤回的办法")
    withdraw(by=town[Role.LEADER], record=gone, reason="附件有误")
    old = published(town, title="已废止的办法")
    repeal(by=town[Role.UNIT_HEAD], record=old, on=dt.date(2026, 4, 1), basis="清理决定")
    record = draft(town, title="新办法")
    for target, code in (
        (gone, "target_withdrawn"),
        (old, "target_repealed"),
        (draft(town, title="草稿办法"), "target_not_public"),
    ):
        with pytest.raises(WorkError) as refused:
            link(by=town[Role.CLERK], record=record, target=now(target), kind=kind)
        assert refused.value.code == code
    link(by=town[Role.CLERK], record=record, target=now(old), kind=LinkKind.RELATED)


def test_the_page_says_why_a_repealed_one_cannot_be_repealed(town: House) -> None:
    old = published(town, title="旧办法")
    repeal(by=town[Role.UNIT_HEAD], record=old, on=dt.date(2026, 4, 1), basis="清理决定")
    published(town, title="旧办法之二")
    record = draft(town, title="新文件")
    client = browser(town[Role.CLERK])
    address = f"/work/records/{record.pk}/link/"
    several = fill(client, address, kind="repeals", target="旧办法")
    assert "已于 2026-04-01 废止" in words(several)
    buttons = page(several).css(".hits-to-choose button")
    assert ["disabled" in one.attributes for one in buttons] == [False, True]
    one = fill(client, address, kind="repeals", target=old.index_number)
    assert one.status_code == 200
    assert page(one).css_first("#id_target-error") is not None
    assert not Link.objects.exists()


def test_one_repealed_since_it_was_linked_is_found_before_submission(town: House) -> None:
    old = published(town, title="旧办法")
    record = draft(town, title="新办法")
    link(by=town[Role.CLERK], record=record, target=old, kind=LinkKind.REPEALS)
    repeal(by=town[Role.UNIT_HEAD], record=now(old), on=dt.date(2026, 4, 1), basis="清理决定")
    with pytest.raises(Unanswered) as refused:
        submit_for_review(by=town[Role.CLERK], record=now(record))
    assert "旧办法" in refused.value.zh


def test_a_town_is_offered_no_rules_and_can_make_none(town: House) -> None:
    client = browser(town[Role.CLERK])
    offered = page(client.get("/work/records/new/")).css("#id_kind option")
    assert "rule" not in {one.attributes["value"] for one in offered}
    assert "normative_document" in {one.attributes["value"] for one in offered}
    with pytest.raises(WorkError) as refused:
        draft_record(by=town[Role.CLERK], organ=town.organ, kind_code="rule", facts={"title": "规章"})
    assert (refused.value.code, refused.value.field) == ("kind_not_of_organ", "kind")
    data = shown(client.get("/work/records/new/"))
    assert client.post("/work/records/new/", {**data, "kind": "rule", "title": "规章"}).status_code == 200
    assert not Record.objects.exists()


def test_a_city_with_districts_makes_rules_and_what_a_town_has_already_stays(town: House) -> None:
    city = house("xushi", "虚构市人民政府", 8, kind="government", level="prefecture")
    assert draft(city, kind="rule").kind == "rule"
    record = draft(town, kind="normative_document")
    Record.objects.filter(pk=record.pk).update(kind="rule")
    assert browser(town[Role.CLERK]).get(edit(record)).status_code == 200
    assert revise_draft(by=town[Role.CLERK], record=now(record), facts={"title": "改"}).title == "改"


def test_source_is_laid_out_in_lines_and_says_the_same() -> None:
    html = clean_html(
        "<h2>一</h2><table><tr><th>甲</th><th>乙</th></tr><tr><td><p>丙</p><p>丁</p></td><td>戊</td></tr></table>"
        "<ol start=3><li>一<ul><li>二</li></ul></li><li>三</li></ol><p>末</p>"
    )
    shown_as = laid_out(html)
    assert clean_html(shown_as) == html
    assert max(len(line) for line in shown_as.splitlines()) < 60
    assert laid_out(shown_as) == shown_as


def test_the_editor_shows_source_in_lines(town: House) -> None:
    record = draft(town, body="<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table><p>末</p>")
    body = shown(browser(town[Role.CLERK]).get(edit(record)))["body"]
    assert len(body.splitlines()) > 4
    before = now(record).working.body
    assert fill(browser(town[Role.CLERK]), edit(record)).status_code == 302
    assert now(record).working.body == before
