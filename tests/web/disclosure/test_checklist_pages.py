"""The pages of the checklist and of what is withheld, as each role meets them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.web.conftest import page, words
from tests.web.disclosure.sheets import workbook
from tests.web.platform import District, House
from tests.web.working import browser, fill, shown

from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.withholding import withhold
from gongkai.web.disclosure.models import ChecklistItem, ImportRun, Record, WithheldItem
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
HEAD = ("序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体")
ROW = ("1", "财政预算", "部门预算", "《预算法》", "每年1月31日前", "党政办公室", "政府网站")


def items_of(house: House, count: int = 3) -> list[ChecklistItem]:
    by = house[Role.DISCLOSURE_OFFICE]
    return [
        add_item(
            by=by,
            organ=house.organ,
            unit=house.affairs,
            facts={"level1": f"第{n}类事项", "content": "内容", "time_limit": "每季度"},
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("role", WORKING)
def test_every_role_reads_the_checklist_and_an_item_in_ten_queries(
    town: House, role: Role, django_assert_max_num_queries: Any
) -> None:
    one, *_ = items_of(town)
    client = browser(town[role])
    with django_assert_max_num_queries(MOST_QUERIES):
        listed = client.get("/work/checklist/")
    assert "第2类事项" in words(listed)
    assert "缺少" in words(listed)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"/work/checklist/{one.pk}/")
    assert "第0类事项" in words(response)
    assert ("修改" in words(response)) == (role == Role.DISCLOSURE_OFFICE)


def test_an_item_is_added_changed_closed_and_taken_up_again(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    response = fill(client, "/work/checklist/new/", level1="")
    assert "请填写“一级事项”" in words(response)
    unit = str(town.affairs.pk)
    response = fill(client, "/work/checklist/new/", level1="社会救助", time_limit="每月", unit=unit)
    item = ChecklistItem.objects.get()
    assert response.status_code == 302
    assert (item.limit_form, item.unit) == ("monthly", town.affairs)
    response = fill(client, f"/work/checklist/{item.pk}/change/", level2="低保名单")
    assert response.status_code == 302
    assert "低保名单" in words(client.get(response.url))
    assert "请写明停用的理由" in words(fill(client, f"/work/checklist/{item.pk}/close/"))
    fill(client, f"/work/checklist/{item.pk}/close/", reason="机构调整")
    assert "低保名单" not in words(client.get("/work/checklist/"))
    assert "低保名单" in words(client.get("/work/checklist/?standing=closed"))
    fill(client, f"/work/checklist/{item.pk}/change/")
    assert "低保名单" in words(client.get("/work/checklist/"))


def test_the_list_is_narrowed_by_unit_and_standing(town: House) -> None:
    items_of(town, 1)
    add_item(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, facts={"level1": "没有科室的事项"})
    client = browser(town[Role.CLERK])
    assert "没有科室的事项" not in words(client.get(f"/work/checklist/?unit={town.affairs.pk}"))
    assert "第0类事项" not in words(client.get("/work/checklist/?unit=none"))
    assert "第0类事项" in words(client.get("/work/checklist/?standing=missing"))
    assert "第0类事项" not in words(client.get("/work/checklist/?standing=late"))
    for nonsense in ("?unit=abc", "?unit=99999999999999999999", "?standing=x", "?unit=%00"):
        assert client.get(f"/work/checklist/{nonsense}").status_code == 200


def test_others_organs_are_as_if_they_were_not_there(district: District) -> None:
    (theirs,) = items_of(district.bureau, 1)
    client = browser(district.town[Role.DISCLOSURE_OFFICE])
    for address in (
        f"/work/checklist/{theirs.pk}/",
        f"/work/checklist/{theirs.pk}/change/",
        f"/work/checklist/{theirs.pk}/close/",
        "/work/checklist/?organ=minzheng",
        "/work/checklist/new/?organ=minzheng",
        "/work/checklist/export/?organ=minzheng",
        "/work/checklist/import/?organ=minzheng",
        "/work/withheld/?organ=minzheng",
    ):
        assert client.get(address).status_code == 404, address
    clerk = browser(district.town[Role.CLERK])
    (own,) = items_of(district.town, 1)
    for address in (f"/work/checklist/{own.pk}/change/", "/work/checklist/new/", "/work/withheld/"):
        assert clerk.get(address).status_code == 403, address


def test_an_authority_sees_its_area(district: District, django_assert_max_num_queries: Any) -> None:
    items_of(district.town, 2)
    client = browser(district.government[Role.SUPERVISING_AUTHORITY])
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/work/checklist/area/")
    row = next(one for one in page(response).css("tbody tr") if "北山镇" in one.text())
    assert [cell.text().strip() for cell in row.css("td")] == ["2", "0", "0", "2"]
    assert "第1类事项" in words(client.get("/work/checklist/?organ=beishan"))


def test_a_table_is_tried_then_brought_in(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    content = workbook(HEAD, ROW, ("2", "", "", "", "", "", "x"))
    address = "/work/checklist/import/"
    data = {**shown(client.get(address)), "file": SimpleUploadedFile("清单.xlsx", content)}
    tried = client.post(address, data)
    assert tried.status_code == 200
    assert "财政预算" in words(tried)
    assert "没有公开事项的名称" in words(tried)
    assert not ChecklistItem.objects.exists()
    part = shown(tried, "form.import-part")
    response = client.post(page(tried).css_first("form.import-part").attributes["action"], part)
    assert response.status_code == 302
    assert ChecklistItem.objects.get().level1 == "财政预算"
    assert client.post(address, part).status_code == 302
    assert ImportRun.objects.count() == 1
    exported = client.get("/work/checklist/export/")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(exported.content)).get_sheet_by_index(0).to_python()
    assert any("财政预算" in row for row in rows)
    assert client.get("/work/checklist/template/").status_code == 200


def test_the_held_file_serves_its_own_person_and_import_alone(district: District) -> None:
    town = district.town
    client = browser(town[Role.DISCLOSURE_OFFICE])
    address = "/work/checklist/import/"
    data = {**shown(client.get(address)), "file": SimpleUploadedFile("清单.xlsx", workbook(HEAD, ROW))}
    held = shown(client.post(address, data), ".import-send form")
    other = browser(district.bureau[Role.DISCLOSURE_OFFICE])
    response = other.post(address, {key: value for key, value in held.items() if key != "once"}, follow=True)
    assert "已经过期" in words(response)
    response = client.post("/work/figures/import/", held, follow=True)
    assert "已经过期" in words(response)
    response = client.post(address, {"held": "forged:word:x"}, follow=True)
    assert "已经过期" in words(response)
    assert not ChecklistItem.objects.exists()


def test_withheld_information_is_entered_looked_at_and_disclosed(
    town: House, django_assert_max_num_queries: Any
) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    response = fill(client, "/work/withheld/new/", title="评审专家名单", reason="个人隐私")
    assert "请选择不予公开的依据" in words(response)
    facts = {"title": "评审专家名单", "basis": "REG.15", "reason": "涉及个人隐私。"}
    assert fill(client, "/work/withheld/new/", **facts).status_code == 302
    item = WithheldItem.objects.get()
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/work/withheld/")
    assert "评审专家名单" in words(response)
    address = f"/work/withheld/{item.pk}/"
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "第十五条" in words(client.get(address))
    assert "请选择评估结果" in words(fill(client, address, note="看过"))
    fill(client, address, result="stay", note="没有变化")
    item.refresh_from_db()
    assert item.reviewed_on == dt.date.today()
    response = fill(client, address, result="disclose", note="第三方同意", kind="document")
    record = Record.objects.get()
    assert response.url == f"/work/records/{record.pk}/"
    assert "评审专家名单" in words(client.get("/work/withheld/?tab=past"))


def test_a_secrecy_officer_looks_at_it_but_does_not_draft(town: House) -> None:
    item = withhold(
        by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, title="名单", basis="REG.15", reason="个人隐私"
    )
    client = browser(town[Role.SECRECY_OFFICER])
    address = f"/work/withheld/{item.pk}/"
    assert "您不起草信息" in words(client.get(address))
    assert fill(client, address, result="disclose", note="可以公开").status_code == 403
    assert fill(client, address, result="stay", note="没有变化").status_code == 302


@pytest.mark.parametrize(
    ("limit", "late", "told"),
    [
        ("每季度", dt.date(2026, 9, 30), "2026年第三季度的信息应于 2026-09-30 前公开"),
        ("每季度结束后15日内", dt.date(2026, 10, 15), "2026年第三季度的信息应于 2026-10-15 前公开"),
        ("每月10日前", dt.date(2026, 8, 10), "2026年8月的信息应于 2026-08-10 前公开"),
        ("每半年", dt.date(2026, 6, 30), "2026年上半年的信息应于 2026-06-30 前公开"),
        ("每年1月31日前", dt.date(2026, 1, 31), "2026年的信息应于 2026-01-31 前公开"),
        ("每周", dt.date(2026, 6, 7), "2026-06-01 至 2026-06-07 这一周的信息"),
    ],
)
def test_what_is_late_says_of_which_period_it_is(town: House, limit: str, late: dt.date, told: str) -> None:
    (item,) = items_of(town, 1)
    ChecklistItem.objects.filter(pk=item.pk).update(time_limit=limit, next_due_on=late)
    text = words(browser(town[Role.CLERK]).get(f"/work/checklist/{item.pk}/"))
    assert told in text
    days = (timezone.localdate() - late).days
    if days > 0:
        assert f"已逾期{days}天" in text


def test_a_limit_that_gives_no_day_is_refused_with_examples(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    response = fill(client, "/work/checklist/new/", level1="社会救助", time_limit="领导有空的时候")
    assert response.status_code == 200
    for piece in ("领导有空的时候", "每季度", "长期公开"):
        assert piece in words(response)
    assert not ChecklistItem.objects.exists()
    assert fill(client, "/work/checklist/new/", level1="社会救助", time_limit="长期公开").status_code == 302
    # As a catalogue has it, it stays: only new words are asked about.
    item = ChecklistItem.objects.get()
    ChecklistItem.objects.filter(pk=item.pk).update(time_limit="按有关规定")
    assert fill(client, f"/work/checklist/{item.pk}/change/", level2="低保").status_code == 302
    assert fill(client, f"/work/checklist/{item.pk}/change/", time_limit="看情况").status_code == 200


@pytest.mark.parametrize("limit", ["", "  ", "无", "—"])
def test_an_item_to_be_published_is_not_taken_without_its_limit(town: House, limit: str) -> None:
    """REG.26: what is proactively disclosed has a limit, by law 20 working days where nothing else is set."""
    client = browser(town[Role.DISCLOSURE_OFFICE])
    response = fill(client, "/work/checklist/new/", level1="社会救助", time_limit=limit)
    assert response.status_code == 200
    for piece in ("请填写“公开时限”", "第二十六条", "自信息形成或者变更之日起20个工作日内", "长期公开"):
        assert piece in words(response)
    assert not ChecklistItem.objects.exists()
    asked = fill(client, "/work/checklist/new/", level1="社会救助", time_limit=limit, mode="on_request")
    assert asked.status_code == 302


def test_no_fixed_period_is_told_what_the_law_sets_for_it(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    response = fill(client, "/work/checklist/new/", level1="停水通知", time_limit="不定期")
    assert response.status_code == 200
    assert "不定期形成的信息" in words(response)
    assert "自信息形成或者变更之日起20个工作日内" in words(response)
    assert (
        fill(client, "/work/checklist/new/", level1="办事指南", time_limit="无固定时限，长期公开").status_code
        == 302
    )


def test_an_imported_item_without_a_limit_is_asked_for_it_when_it_is_next_changed(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    add_item(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, facts={"level1": "社会救助"})
    item = ChecklistItem.objects.get()
    assert "没有写明时限" in words(client.get("/work/checklist/"))
    assert "请填写“公开时限”" in words(fill(client, f"/work/checklist/{item.pk}/change/", level2="低保"))
    sheet = workbook(HEAD, (*ROW[:4], "", *ROW[5:]))
    upload = SimpleUploadedFile("清单.xlsx", sheet)
    tried = client.post("/work/checklist/import/", {"file": upload, "source": "主动公开基本目录"})
    assert "没有写明公开时限" in words(tried)
