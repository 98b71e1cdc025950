"""The checklist: what is due, late, missing; what a publication fulfils; tables of items (CAT, STD)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.web.disclosure.sheets import csv, workbook
from tests.web.platform import District, House, draft, published

from gongkai.statute.catalogue import read_checklist
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.checklist import (
    add_item,
    change_item,
    close_item,
    import_items,
    try_items,
)
from gongkai.web.disclosure.importing.tables import read_file_of_rows
from gongkai.web.disclosure.models import ChecklistItem, Record
from gongkai.web.disclosure.queries.checklist import (
    Standing,
    by_organ,
    by_unit,
    items,
    needing_work,
    of_organ,
)
from gongkai.web.disclosure.workbooks import exported_checklist
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db

HEAD = ("序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体")
ROWS = (
    ("1", "财政预算", "部门预算", "《预算法》", "批准后20日内", "党政办公室", "政府网站"),
    ("2", "工作总结", "季度工作总结", "《条例》", "每季度", "社会事务办公室", "政府网站"),
    ("3", "机构职能", "机构设置", "《条例》", "长期公开", "虚构区北山镇人民政府", "政府网站"),
)


def item(house: House, limit: str = "每季度", **facts: Any) -> ChecklistItem:
    by = house[Role.DISCLOSURE_OFFICE]
    given = {"level1": "工作总结", "level2": "季度工作总结", "time_limit": limit, **facts}
    return add_item(by=by, organ=house.organ, facts=given, unit=house.affairs)


def standing(house: House, one: ChecklistItem, today: dt.date | None = None) -> str:
    return items(house.organ, today).get(pk=one.pk).standing


def test_a_quarterly_item_falls_due_at_the_end_of_its_quarter(town: House) -> None:
    with clock.set_to(dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)):
        made = item(town)
    assert made.next_due_on == dt.date(2026, 3, 31)
    assert standing(town, made, dt.date(2026, 2, 11)) == "missing"
    assert standing(town, made, dt.date(2026, 3, 20)) == "due"
    assert standing(town, made, dt.date(2026, 3, 31)) == "due"
    assert standing(town, made, dt.date(2026, 4, 1)) == "late"


def test_publishing_a_record_of_an_item_sets_its_next_due_day(town: House) -> None:
    made = item(town)
    record = draft(town)
    Record.objects.filter(pk=record.pk)
    from tests.web.platform import pass_once

    from gongkai.web.disclosure.actions.drafting import revise_draft
    from gongkai.web.disclosure.actions.reviewing import submit_for_review

    revise_draft(by=town[Role.CLERK], record=record, facts={}, checklist_item=made)
    submit_for_review(by=town[Role.CLERK], record=record)
    for _ in range(3):
        pass_once(town, record)
    made.refresh_from_db()
    today = timezone.localdate()
    assert made.last_published_on == today
    assert made.next_due_on is not None
    assert made.next_due_on > today
    following = made.next_due_on - dt.timedelta(days=20)
    assert standing(town, made, following) == "not_due"
    assert standing(town, made, made.next_due_on + dt.timedelta(days=1)) == "late"
    assert verify().faults == []


@pytest.mark.parametrize("limit", ["长期公开", "及时公开", "自信息形成之日起20个工作日内", "按有关规定"])
def test_what_has_no_day_of_its_own_can_still_be_missing(town: House, limit: str) -> None:
    made = item(town, limit)
    assert made.next_due_on is None
    assert standing(town, made) == "missing"


def test_a_draft_past_its_day_makes_its_item_late(town: House) -> None:
    made = item(town, "自信息形成之日起20个工作日内")
    record = draft(town, made_on=dt.date(2026, 3, 2))
    Record.objects.filter(pk=record.pk).update(checklist_item=made)
    assert record.due_on == dt.date(2026, 3, 30)
    assert standing(town, made, dt.date(2026, 3, 31)) == "late"
    assert items(town.organ).get(pk=made.pk).due_on == record.due_on


def test_what_is_given_on_request_only_is_never_missing(town: House) -> None:
    made = item(town, mode="on_request")
    assert made.next_due_on is None
    assert standing(town, made) == "on_request"
    assert of_organ(town.organ) == Standing(0, 0, 0, 0)


def test_counts_per_unit_and_per_organ_take_one_query_each(
    district: District, django_assert_num_queries: Any
) -> None:
    town = district.town
    with clock.set_to(dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)):
        item(town)
        item(town, "长期公开", level1="机构职能")
        item(district.bureau, "长期公开", level1="机构职能")
    today = dt.date(2026, 4, 2)
    with django_assert_num_queries(1):
        units = by_unit(town.organ, today)
    assert units == {town.affairs.pk: Standing(late=1, missing=1, due=0, total=2)}
    with django_assert_num_queries(1):
        area = by_organ(district.government.organ, today)
    assert area[town.organ.pk] == Standing(1, 1, 0, 2)
    assert area[district.bureau.organ.pk] == Standing(0, 1, 0, 1)
    with django_assert_num_queries(1):
        assert [one.level1 for one in needing_work(town.organ, today)] == ["工作总结", "机构职能"]


def test_only_the_disclosure_office_keeps_the_checklist(district: District) -> None:
    town, bureau = district.town, district.bureau
    made = item(town)
    for person in [
        *(town[role] for role in Role if role != Role.DISCLOSURE_OFFICE),
        bureau[Role.DISCLOSURE_OFFICE],
        district.government[Role.SUPERVISING_AUTHORITY],
    ]:
        with pytest.raises(NotAllowed):
            change_item(by=person, item=made, facts={"content": "改了"})
        with pytest.raises(NotAllowed):
            close_item(by=person, item=made, reason="不再需要")
        with pytest.raises(NotAllowed):
            import_items(by=person, organ=town.organ, content=workbook(HEAD, *ROWS), name="清单.xlsx")
    made.refresh_from_db()
    assert made.content == ""
    assert made.is_active


def test_the_same_item_is_not_added_twice_and_a_closed_one_can_be_taken_up_again(town: House) -> None:
    made = item(town)
    with pytest.raises(WorkError, match="已有相同的事项"):
        item(town)
    close_item(by=town[Role.DISCLOSURE_OFFICE], item=made, reason="机构调整")
    assert not items(town.organ).filter(pk=made.pk).exists()
    change_item(by=town[Role.DISCLOSURE_OFFICE], item=made, facts={})
    made.refresh_from_db()
    assert made.is_active
    assert made.next_due_on is not None


def test_a_unit_and_a_category_of_others_are_refused(district: District) -> None:
    town = district.town
    by = town[Role.DISCLOSURE_OFFICE]
    with pytest.raises(WorkError, match="不属于本机关"):
        add_item(by=by, organ=town.organ, facts={"level1": "事项"}, unit=district.bureau.affairs)
    with pytest.raises(Invalid, match="不适用于本机关"):
        add_item(by=by, organ=town.organ, facts={"level1": "事项", "category": "21.01"})
    with pytest.raises(Invalid, match="一级事项"):
        add_item(by=by, organ=town.organ, facts={"level1": " "})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (workbook(HEAD, *ROWS), "清单.xlsx"),
        (csv(HEAD, *ROWS), "清单.csv"),
        (csv(HEAD, *ROWS, encoding="gb18030"), "清单.csv"),
    ],
    ids=["xlsx", "csv in utf-8", "csv in gb18030"],
)
def test_a_table_of_items_is_brought_in_and_a_second_time_changes_nothing(
    town: House, content: bytes, name: str
) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    run = import_items(by=by, organ=town.organ, content=content, name=name)
    assert (run.made, run.changed, run.left_out) == (3, 0, 0)
    found = {one.level1: one for one in ChecklistItem.objects.filter(organ=town.organ)}
    assert found["财政预算"].unit == town.office
    assert found["工作总结"].unit == town.affairs
    assert found["机构职能"].unit is None
    assert found["机构职能"].responsible == "虚构区北山镇人民政府"
    assert found["工作总结"].next_due_on is not None
    again = import_items(by=by, organ=town.organ, content=content, name=name)
    assert (again.made, again.changed) == (0, 0)
    assert ChecklistItem.objects.filter(organ=town.organ).count() == 3
    assert verify().faults == []


def test_a_changed_row_changes_its_item(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    import_items(by=by, organ=town.organ, content=workbook(HEAD, *ROWS), name="清单.xlsx")
    changed = (*ROWS[0][:4], "每年1月31日前", *ROWS[0][5:])
    run = import_items(by=by, organ=town.organ, content=workbook(HEAD, changed, *ROWS[1:]), name="清单.xlsx")
    assert (run.made, run.changed) == (0, 1)
    found = ChecklistItem.objects.get(organ=town.organ, level1="财政预算")
    assert found.limit_form == "yearly"
    assert found.next_due_on is not None
    assert (found.next_due_on.month, found.next_due_on.day) == (1, 31)


def test_items_of_one_name_and_several_contents_stay_several(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    same = [
        (str(n), "政策文件", f"第{n}类文件", "《条例》", "20个工作日", "党政办公室", "政府网站")
        for n in (1, 2, 3)
    ]
    for expected in (3, 0):
        run = import_items(by=by, organ=town.organ, content=workbook(HEAD, *same), name="清单.xlsx")
        assert (run.made, run.changed) == (expected, 0)
    new_first = [("0", "政策文件", "新的一类", "《条例》", "20个工作日", "党政办公室", "政府网站"), *same]
    run = import_items(by=by, organ=town.organ, content=workbook(HEAD, *new_first), name="清单.xlsx")
    assert (run.made, run.changed) == (1, 0)


def test_a_row_without_a_name_holds_the_whole_import_back_or_is_left_out(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    bad = ("4", "", "", "《条例》", "每月", "党政办公室", "政府网站")
    content = workbook(HEAD, bad, *ROWS)
    trial = try_items(by=by, organ=town.organ, content=content, name="清单.xlsx")
    assert [row.number for row in trial.bad] == [2]
    assert "没有公开事项的名称" in trial.bad[0].problems[0].zh
    with pytest.raises(WorkError, match="第 2 行"):
        import_items(by=by, organ=town.organ, content=content, name="清单.xlsx")
    assert not ChecklistItem.objects.exists()
    run = import_items(by=by, organ=town.organ, content=content, name="清单.xlsx", leave_out_bad=True)
    assert (run.made, run.left_out) == (3, 1)


def test_a_sheet_that_begins_some_rows_down_loses_none(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    content = workbook((), (), (), HEAD, *ROWS, merged=[(0, 0, 0, 6, "北山镇主动公开基本目录")])
    run = import_items(by=by, organ=town.organ, content=content, name="清单.xlsx")
    assert run.made == 3


def test_a_file_that_is_no_table_is_refused_in_words(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    for content, name in [(b"\x00\x01" * 500, "a.xlsx"), (b"PK\x03\x04broken", "b.xlsx"), (b"", "c.csv")]:
        with pytest.raises(WorkError) as refused:
            try_items(by=by, organ=town.organ, content=content, name=name)
        assert refused.value.field == "file"
    with pytest.raises(WorkError, match="表头"):
        try_items(by=by, organ=town.organ, content=csv(("甲", "乙"), ("1", "2")), name="d.csv")


def test_what_is_exported_reads_as_the_same_items(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    import_items(by=by, organ=town.organ, content=workbook(HEAD, *ROWS), name="清单.xlsx")
    content = exported_checklist(items(town.organ), town.organ)
    (sheet,) = read_file_of_rows(content, "导出.xlsx")
    read = read_checklist(sheet.rows)
    assert [(one.first, one.content, one.limit.text, one.modes) for one in read.items] == [
        ("财政预算", "部门预算", "批准后20日内", ("proactive",)),
        ("工作总结", "季度工作总结", "每季度", ("proactive",)),
        ("机构职能", "机构设置", "长期公开", ("proactive",)),
    ]
    run = import_items(by=by, organ=town.organ, content=content, name="导出.xlsx")
    assert run.made == 0


def test_a_correction_is_no_publication_for_a_new_period(town: House) -> None:
    from tests.web.platform import pass_once

    from gongkai.web.disclosure.actions.drafting import start_version
    from gongkai.web.disclosure.actions.reviewing import submit_for_review
    from gongkai.web.disclosure.models.versions import ChangeKind

    made = item(town)
    record = published(town)
    Record.objects.filter(pk=record.pk).update(checklist_item=made)
    record.refresh_from_db()
    start_version(by=town[Role.CLERK], record=record, change=ChangeKind.CORRECTION, note="改正一处错字")
    submit_for_review(by=town[Role.CLERK], record=record)
    for _ in range(3):
        pass_once(town, record)
    made.refresh_from_db()
    assert made.last_published_on is None
