"""Joining what is public to an item of the checklist, as people do it on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.conftest import page, words
from tests.web.platform import District, House, draft, published
from tests.web.working import browser, shown

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.actions.checklist import add_item, close_item
from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.actions.fulfilling import join_record
from gongkai.web.disclosure.models import ChecklistItem, Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
HITS, JOINED = ".hits-to-choose li form", "#joined li form"


def item(house: House, **facts: Any) -> ChecklistItem:
    by = house[Role.DISCLOSURE_OFFICE]
    given = {"level1": "防汛抗旱", "time_limit": "长期公开", "category": "20.12", **facts}
    return add_item(by=by, organ=house.organ, unit=house.affairs, facts=given)


def sent(client: Any, response: Any, form: str) -> Any:
    """The first form of that place, sent as it stands."""
    found = page(response).css_first(form)
    assert found is not None, words(response)
    data = {one.attributes["name"]: one.attributes.get("value") or "" for one in found.css("input[name]")}
    return client.post(found.attributes["action"], data, follow=True)


def test_from_the_item_a_record_is_proposed_joined_and_taken_off_again(
    town: House, django_assert_max_num_queries: Any
) -> None:
    one, record = item(town), published(town)
    client = browser(town[Role.CLERK])
    opened = client.get(f"/work/checklist/{one.pk}/")
    link = next(a for a in page(opened).css("main a") if a.text().strip() == "把已公开的信息归到本项")
    with django_assert_max_num_queries(MOST_QUERIES):
        offered = client.get(str(link.attributes["href"]))
    assert "缺少" in words(offered)
    joined = sent(client, offered, HITS)
    assert f"已归到本项：{record.title}" in words(joined)
    assert "缺少" not in words(joined)
    assert "缺少 0 项" in words(client.get("/work/checklist/"))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert record.title in words(client.get(f"/work/checklist/{one.pk}/"))
    left = sent(client, joined, JOINED)
    assert f"已从本项移出：{record.title}" in words(left)
    assert "缺少 1 项" in words(client.get("/work/checklist/"))


@pytest.mark.parametrize("asked", ["防汛抗旱工作方案", "虚政规〔2026〕7号", "虚政规[2026]7号", "number"])
def test_a_record_is_found_by_title_and_by_its_numbers(town: House, asked: str) -> None:
    one = item(town, category="")
    record = published(town, document_number="虚政规〔2026〕7号")
    published(town, title="关于消防宣传的通知")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    text = record.index_number if asked == "number" else asked
    response = client.get(f"/work/checklist/{one.pk}/join/", {"q": text})
    assert [
        form.css_first("input[name=record]").attributes["value"] for form in page(response).css(HITS)
    ] == [str(record.pk)]
    sent(client, response, HITS)
    assert Record.objects.get(pk=record.pk).checklist_item == one


def test_what_cannot_be_joined_is_found_with_the_reason_and_without_a_button(town: House) -> None:
    one, other, record = item(town), item(town, level1="应急管理"), published(town)
    join_record(by=town[Role.DISCLOSURE_OFFICE], item=other, record=record)
    response = browser(town[Role.DISCLOSURE_OFFICE]).get(f"/work/checklist/{one.pk}/join/", {"q": "防汛"})
    assert "已归到“应急管理”" in words(response)
    assert page(response).css(HITS) == []


def test_the_second_of_two_people_is_told_and_nothing_is_doubled(town: House) -> None:
    one, record = item(town), published(town)
    first, second = browser(town[Role.DISCLOSURE_OFFICE]), browser(town[Role.CLERK])
    address = f"/work/checklist/{one.pk}/join/"
    pages = [client.get(address) for client in (first, second)]
    assert "已归到本项" in words(sent(first, pages[0], HITS))
    assert "没有办成" in words(sent(second, pages[1], HITS))
    assert Entry.objects.filter(action="disclosure.join_item", subject_id=record.pk).count() == 1
    pages = [client.get(address) for client in (first, second)]
    assert "已从本项移出" in words(sent(first, pages[0], JOINED))
    assert "没有办成" in words(sent(second, pages[1], JOINED))


def test_a_crafted_form_joins_nothing_of_another_organ_and_nothing_withdrawn(district: District) -> None:
    town = district.town
    one, theirs, gone = item(town), published(district.bureau, title="民政局的文件"), published(town)
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=gone, reason="附件有误")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    for record in (str(theirs.pk), str(gone.pk), "", "abc", "９", "9" * 30, str(2**63)):
        response = client.post(f"/work/checklist/{one.pk}/join/", {"record": record}, follow=True)
        assert "没有办成" in words(response)
        assert theirs.title not in words(response)
    assert not Record.objects.filter(checklist_item=one).exists()
    bureau = item(district.bureau)
    assert client.get(f"/work/checklist/{bureau.pk}/join/").status_code == 404
    assert client.post(f"/work/records/{theirs.pk}/fulfils/", {"item": one.pk}).status_code == 404
    response = client.post(f"/work/records/{published(town).pk}/fulfils/", {"item": bureau.pk})
    assert "选项无效" in words(response)


def test_readers_see_no_button_and_are_refused(town: House) -> None:
    one, record = item(town), published(town)
    for role in (Role.LEADER, Role.SECRECY_OFFICER, Role.AUDITOR):
        client = browser(town[role])
        assert "归到本项" not in words(client.get(f"/work/checklist/{one.pk}/"))
        assert "履行清单事项" not in words(client.get(f"/work/records/{record.pk}/"))
        for address in (f"/work/checklist/{one.pk}/join/", f"/work/checklist/{one.pk}/leave/"):
            assert client.post(address, {"record": record.pk}).status_code == 403
        assert client.post(f"/work/records/{record.pk}/fulfils/", {"item": one.pk}).status_code == 403
    assert Record.objects.get(pk=record.pk).checklist_item is None


def test_from_the_record_an_item_is_chosen_and_left_again(
    town: House, django_assert_max_num_queries: Any
) -> None:
    other, one = item(town, level1="财政预算", category=""), item(town)
    record = published(town)
    client = browser(town[Role.CLERK])
    opened = client.get(f"/work/records/{record.pk}/")
    link = next(a for a in page(opened).css("main a") if a.text().strip() == "履行清单事项")
    address = str(link.attributes["href"])
    with django_assert_max_num_queries(MOST_QUERIES):
        offered = client.get(address)
    values = [option.attributes["value"] for option in page(offered).css("select[name=item] option")]
    assert values == ["", str(one.pk), str(other.pk)]
    assert "请选择" in words(client.post(address, shown(offered)))
    response = client.post(address, {**shown(client.get(address)), "item": str(one.pk)}, follow=True)
    assert "已归到公开事项" in words(response)
    assert Record.objects.get(pk=record.pk).checklist_item == one
    response = client.post(address, shown(client.get(address)), follow=True)
    assert "移出" in words(response)
    assert Record.objects.get(pk=record.pk).checklist_item is None


def test_a_draft_is_told_to_choose_its_item_in_the_draft(town: House) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    response = client.get(f"/work/records/{record.pk}/fulfils/", follow=True)
    assert "在草稿的“公开事项”一栏" in words(response)


def test_of_a_closed_item_records_are_taken_off_but_none_joined(town: House) -> None:
    one, record = item(town), published(town)
    join_record(by=town[Role.DISCLOSURE_OFFICE], item=one, record=record)
    close_item(by=town[Role.DISCLOSURE_OFFICE], item=one, reason="机构调整")
    client = browser(town[Role.DISCLOSURE_OFFICE])
    response = client.get(f"/work/checklist/{one.pk}/join/")
    assert page(response).css(HITS) == []
    assert "已从本项移出" in words(sent(client, response, JOINED))
