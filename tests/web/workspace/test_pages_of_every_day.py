"""Today, the search, the area and the log, as each role meets them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.web.conftest import page, words
from tests.web.platform import District, House, appoint, draft, entered, open_review, published, submitted
from tests.web.working import browser, fill, now, waiting

from gongkai.web.audit.actions import shred
from gongkai.web.audit.models import Entry, PersonalDatum
from gongkai.web.disclosure.actions.reviewing import return_step, set_review_plan
from gongkai.web.disclosure.models import ChecklistItem, Record, WithheldItem
from gongkai.web.organs.models import Organ, Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
# Each room that has something waiting asks for it: channels once, participation twice,
# requests at most thrice.
MOST_ON_TODAY = MOST_QUERIES + 5


def _busy(house: House) -> dict[str, Record]:
    """Something of everything that can wait."""
    waits = {"draft": draft(house, title="起草中的通知"), "review": submitted(house, title="待审的通知")}
    waits["returned"] = submitted(house, title="退回的通知")
    return_step(by=house[Role.UNIT_HEAD], review=open_review(waits["returned"]), reason="请补充附件。")
    today = timezone.localdate()
    item = ChecklistItem.objects.create(
        organ=house.organ,
        source="基本目录",
        level1="预算公开",
        unit=house.affairs,
        next_due_on=today - dt.timedelta(days=4),
    )
    held = WithheldItem.objects.create(
        organ=house.organ,
        title="内部会议记录",
        basis="REG.16",
        reason="内部事务",
        decided_on=today,
        decided_by=house[Role.CLERK],
        next_review_on=today,
    )
    entered(item, held)
    return waits


@pytest.mark.parametrize("role", list(Role))
def test_today_shows_each_role_what_waits_in_few_queries(
    district: District, role: Role, django_assert_max_num_queries: Any
) -> None:
    _busy(district.town)
    client = browser(district.town[role])
    with django_assert_max_num_queries(MOST_ON_TODAY):
        response = client.get("/work/")
    assert response.status_code == 200
    text = words(response)
    assert ("起草中的通知" in text) == (role == Role.CLERK)
    assert ("待审的通知" in text) == (role == Role.UNIT_HEAD)
    assert ("请补充附件。" in text) == (role == Role.CLERK)
    assert ("预算公开" in text) == (role in (Role.CLERK, Role.UNIT_HEAD, Role.DISCLOSURE_OFFICE))
    assert ("内部会议记录" in text) == (role in (Role.DISCLOSURE_OFFICE, Role.SECRECY_OFFICER))


def test_somebody_of_every_role_still_sees_today_in_few_queries(
    town: House, django_assert_max_num_queries: Any
) -> None:
    _busy(town)
    person = town[Role.DISCLOSURE_OFFICE]
    for role in (Role.CLERK, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER, Role.SUPERVISING_AUTHORITY):
        appoint(person, role, town.organ)
    client = browser(person)
    with django_assert_max_num_queries(MOST_ON_TODAY):
        response = client.get("/work/")
    assert "待审的通知" in words(response)
    assert "预算公开" in words(response)


def test_what_is_most_pressing_stands_first(town: House) -> None:
    _busy(town)
    squares = page(browser(town[Role.CLERK]).get("/work/")).css(".tasks .days")
    late = ["days-late" in (one.attributes["class"] or "") for one in squares]
    assert late == sorted(late, reverse=True)
    assert any(late)


def test_what_waits_at_another_organ_is_nobodys_business_here(district: District) -> None:
    _busy(district.bureau)
    for role in Role:
        assert "通知" not in words(browser(district.town[role]).get("/work/")).replace("待审的通知公告", "")


def test_what_has_passed_every_step_waits_for_the_disclosure_office(town: House) -> None:
    steps = [{"step": "secrecy_officer", "days": 2}]
    set_review_plan(by=town[Role.ADMINISTRATOR], organ=town.organ, steps=steps, publish_on_passing=False)
    record = submitted(town, title="等待公开的通知")
    secrecy = browser(town[Role.SECRECY_OFFICER])
    fill(secrecy, f"/work/reviews/{waiting(record).pk}/", ".review-panel form", decision="pass")
    office = browser(town[Role.DISCLOSURE_OFFICE])
    assert "等待公开的通知" in words(office.get("/work/"))
    assert fill(office, f"/work/records/{record.pk}/publish/").status_code == 302
    assert now(record).state == "published"
    assert "等待公开的通知" not in words(office.get("/work/"))


def test_the_search_finds_titles_numbers_items_and_people_one_may_see(
    district: District, django_assert_max_num_queries: Any
) -> None:
    town = district.town
    record = published(town, title="北山镇防汛方案", document_number="北政发〔2026〕3号")
    published(district.bureau, title="民政局防汛方案")
    _busy(town)
    clerk = browser(town[Role.CLERK])
    for text in (
        "防汛",
        "北政发〔2026〕3号",
        "北政发[2026]3",
        "北政发(2026)3号",
        record.index_number,
        record.index_number[:12],
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            found = clerk.get("/work/search", {"q": text})
        assert "北山镇防汛方案" in words(found), text
        assert "民政局防汛方案" not in words(found), text
    assert "预算公开" in words(clerk.get("/work/search", {"q": "预算"}))
    assert "虚构经办2" not in words(clerk.get("/work/search", {"q": "经办"})).replace("虚构经办2 经办人", "")
    administrator = browser(town[Role.ADMINISTRATOR])
    assert "beishan.clerk" in words(administrator.get("/work/search", {"q": "虚构经办"}))
    assert "北山镇防汛方案" not in words(administrator.get("/work/search", {"q": "防汛"}))
    above = browser(district.government[Role.SUPERVISING_AUTHORITY])
    both = words(above.get("/work/search", {"q": "防汛"}))
    assert "北山镇防汛方案" in both
    assert "民政局防汛方案" in both


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "%", "_", "'", "<script>", "（", "\u202e", "*" * 100_000, "a" * 5000, "\\", "[2026]"],
)
def test_whatever_is_searched_for_is_answered(town: House, text: str) -> None:
    draft(town, title="普通通知")
    response = browser(town[Role.CLERK]).get("/work/search", {"q": text})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace('<script src="', "")
    if text in ("%", "_"):
        assert "普通通知" not in words(response)


def test_the_area_page_counts_every_organ_in_few_queries(
    district: District, django_assert_max_num_queries: Any
) -> None:
    published(district.town)
    _busy(district.town)
    client = browser(district.government[Role.SUPERVISING_AUTHORITY])
    with django_assert_max_num_queries(8):
        response = client.get("/work/area/")
    rows = {
        one.css_first("th").text().strip(): [cell.text().strip() for cell in one.css("td")]
        for one in page(response).css("tbody tr")
    }
    assert set(rows) == {"虚构区人民政府", "虚构区北山镇人民政府", "虚构区民政局"}
    assert rows["虚构区北山镇人民政府"] == ["1", "3", "1", "1", "0", "0"]
    assert rows["虚构区民政局"] == ["0", "0", "0", "0", "0", "0"]
    for role in Role:
        if role != Role.SUPERVISING_AUTHORITY:
            assert browser(district.government[role]).get("/work/area/").status_code == 403, role


def test_the_log_is_read_by_auditor_and_administrator_of_the_organ_alone(
    district: District, django_assert_max_num_queries: Any
) -> None:
    draft(district.town, title="起草中的通知")
    draft(district.bureau)
    for role in Role:
        client = browser(district.town[role])
        may = role in (Role.AUDITOR, Role.ADMINISTRATOR)
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get("/work/log/?action=disclosure.")
        from_above = role == Role.SUPERVISING_AUTHORITY
        assert response.status_code == (200 if may else 302 if from_above else 403), role
        if may:
            assert len(page(response).css("tbody tr")) == 1
            assert "起草" in words(response)
    theirs = Entry.objects.filter(organ_id=district.bureau.organ.pk).latest("number")
    assert browser(district.town[Role.AUDITOR]).get(f"/work/log/{theirs.number}/").status_code == 404
    assert browser(district.town[Role.AUDITOR]).get(f"/work/log/{10**30}/").status_code == 404
    for nonsense in (
        "after=x",
        "since=2026-99-01",
        "until=9999-12-31",
        "actor=999999999999999999999",
        "action=<b>",
        "before=0",
        "record=%00",
    ):
        assert browser(district.town[Role.AUDITOR]).get(f"/work/log/?{nonsense}").status_code == 200, nonsense


def test_personal_data_of_an_entry_is_shown_to_the_auditor_alone_until_it_is_destroyed(town: House) -> None:
    browser(town[Role.CLERK])  # signing in notes the address
    auditor, administrator = browser(town[Role.AUDITOR]), browser(town[Role.ADMINISTRATOR])
    datum = PersonalDatum.objects.filter(entry__actor_id=town[Role.CLERK].pk).first()
    assert datum is not None
    assert datum.value
    address = f"/work/log/{datum.entry_id}/"
    assert datum.value in words(auditor.get(address))
    assert datum.value not in words(administrator.get(address))
    assert "只有审计员可以查看" in words(administrator.get(address))
    shred(by=town[Role.AUDITOR], entries=[datum.entry], why="期满")
    assert datum.value not in words(auditor.get(address))
    assert "已销毁" in words(auditor.get(address))


def test_the_chain_is_made_sure_of_on_its_page(town: House) -> None:
    draft(town)
    response = browser(town[Role.AUDITOR]).get("/work/log/verify/")
    assert "前后衔接" in words(response)
    assert browser(town[Role.CLERK]).get("/work/log/verify/").status_code == 403


def test_the_log_goes_on_page_by_page(town: House) -> None:
    for _ in range(30):
        draft(town)
    auditor = browser(town[Role.AUDITOR])
    client_page = auditor.get("/work/log/")
    seen: list[str] = []
    while True:
        seen += [row.css("td")[-1].text() for row in page(client_page).css("tbody tr")]
        further = page(client_page).css_first("a[rel=next]")
        if further is None:
            break
        client_page = auditor.get(f"/work/log/{further.attributes['href']}")
    assert len(seen) == len(set(seen)) == Entry.objects.filter(organ_id=town.organ.pk).count()


def test_the_switch_takes_no_organ_that_is_not_ones_own(district: District) -> None:
    client = browser(district.town[Role.CLERK])
    for code in ("xugou", "minzheng", "", "\x00", "x" * 10_000):
        assert client.post("/work/switch/", {"organ": code}).status_code == 302
        assert client.session.get("organ") is None
    assert client.get("/work/switch/").status_code == 405
    assert Organ.objects.count() == 3
