"""Records from sheets: tried first, then each row a draft; nothing lost, nothing doubled, nothing public."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.disclosure.sheets import csv, workbook
from tests.web.platform import District, House, draft

from gongkai.statute.catalogue import Category
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.checklist import add_item, try_items
from gongkai.web.disclosure.actions.drafting import abandon, revise_draft
from gongkai.web.disclosure.actions.importing import dry_run, run_import
from gongkai.web.disclosure.exporting import exported_records
from gongkai.web.disclosure.models import ImportRun, Record, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.workbooks import record_template
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Role, Unit

pytestmark = pytest.mark.django_db

HEAD = ("标题", "发文字号", "公开类别", "主题分类", "成文日期", "内容概述", "正文", "责任科室")
ROW = (
    "关于印发《北山镇消防安全管理办法》的通知",
    "虚政发〔2026〕3号",
    "20.12",
    "综合政务",
    "2026年3月1日",
    "印发消防安全管理办法。",
    "各村：\n现印发给你们。",
    "社会事务办公室",
)
OTHER = (
    "关于北山镇2026年民生实事的公示",
    "",
    "20.11",
    "",
    dt.datetime(2026, 3, 2),
    "公示民生实事。",
    "全文",
    "",
)


def tried(house: House, content: bytes, name: str = "信息.xlsx", **facts: Any) -> Any:
    return dry_run(by=house[Role.DISCLOSURE_OFFICE], organ=house.organ, content=content, name=name, **facts)


def brought_in(house: House, content: bytes, name: str = "信息.xlsx", **facts: Any) -> ImportRun:
    return run_import(
        by=house[Role.DISCLOSURE_OFFICE], organ=house.organ, content=content, name=name, **facts
    )


def test_each_row_becomes_a_draft_and_none_is_public(town: House) -> None:
    run = brought_in(town, workbook(HEAD, ROW, OTHER))
    first, second = Record.objects.filter(pk__in=run.results).order_by("pk")
    assert [one.state for one in (first, second)] == [State.DRAFT, State.DRAFT]
    assert first.working is not None
    assert first.working.stage == Stage.DRAFT
    assert first.working.body == "<p>各村：</p>\n<p>现印发给你们。</p>"
    assert (first.made_on, first.theme, first.genre, first.unit) == (
        dt.date(2026, 3, 1),
        "02",
        "circular",
        town.affairs,
    )
    assert second.made_on == dt.date(2026, 3, 2)
    assert first.index_number != second.index_number
    assert (
        len({entry.correlation_id for entry in Entry.objects.filter(action__startswith="disclosure.")}) == 1
    )
    assert verify().faults == []


def test_trying_writes_nothing(town: House) -> None:
    entries = Entry.objects.count()
    trial = tried(town, workbook(HEAD, ROW, OTHER))
    assert [row.standing for row in trial.rows] == ["new", "new"]
    assert (Record.objects.count(), ImportRun.objects.count(), Entry.objects.count()) == (0, 0, entries)


def test_the_same_file_twice_is_not_imported_twice(town: House) -> None:
    content = workbook(HEAD, ROW, OTHER)
    brought_in(town, content)
    with pytest.raises(WorkError) as refused:
        brought_in(town, content, name="另一个名字.xlsx")
    assert refused.value.code == "imported_already"
    assert Record.objects.count() == 2
    with pytest.raises(WorkError, match="已导入过"):
        brought_in(town, content, again=True)
    assert Record.objects.count() == 2


def test_the_same_file_again_is_told_row_by_row_and_is_no_error(town: House) -> None:
    content = workbook(HEAD, ROW, OTHER, ("", *ROW[1:]))
    run = brought_in(town, content, leave_out_bad=True)
    first = Record.objects.get(pk=run.results[0])
    revise_draft(
        by=town[Role.DISCLOSURE_OFFICE], record=first, facts={"title": "另一个标题", "document_number": ""}
    )
    trial = tried(town, content)
    assert [row.standing for row in trial.rows] == ["same", "same", "error"]
    told = trial.rows[0].problems[0].message()
    assert told.startswith("已导入过：")
    assert str(run.by) in told
    assert "共 2 条" in told
    assert first.index_number in told
    assert any(str(run.by) in note.zh and note.zh.startswith("已导入过：") for note in trial.notes)


def test_what_was_left_out_the_first_time_comes_in_the_second_time_alone(town: House) -> None:
    content = workbook(HEAD, ROW, (*OTHER[:7], "新设办公室"))
    assert brought_in(town, content, leave_out_bad=True).made == 1
    Unit.objects.create(organ=town.organ, name="新设办公室")
    run = brought_in(town, content, again=True)
    assert (run.made, run.same, run.left_out) == (1, 1, 0)
    assert Record.objects.count() == 2
    with pytest.raises(WorkError, match="已导入过"):
        brought_in(town, content, again=True)


def test_the_same_rows_in_a_file_saved_anew_are_left_alone_and_counted(town: House) -> None:
    brought_in(town, workbook(HEAD, ROW, OTHER))
    later = ("第三则公告", "", "", "", "2026-03-03", "", "", "")
    run = brought_in(town, workbook(HEAD, OTHER, ROW, later), name="另存.xlsx")
    assert (run.made, run.same, run.left_out) == (1, 2, 0)
    assert Record.objects.count() == 3


def test_an_abandoned_record_does_not_keep_its_row_out(town: House) -> None:
    content = workbook(HEAD, ROW)
    run = brought_in(town, content)
    abandon(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=run.results[0]), reason="误导入")
    assert tried(town, content).rows[0].standing == "new"
    assert brought_in(town, content, again=True).made == 1


def test_a_row_of_a_record_that_says_something_else_is_an_error_that_names_what(town: House) -> None:
    brought_in(town, workbook(HEAD, ROW))
    other = list(ROW)
    other[HEAD.index("内容概述")] = "改过的概述。"
    (row,) = tried(town, workbook(HEAD, other)).rows
    assert row.standing == "error"
    assert "内容概述" in row.problems[0].message()
    assert "在已有的信息上修改" in row.problems[0].message()


@pytest.mark.parametrize(
    ("written", "house", "code"),
    [
        ("社会救助", "town", "21.18"),
        ("社会救助", "bureau", "21.07"),
        ("土地征收", "town", "21.15"),
        ("土地征收", "government", "21.04"),
        ("21.18 社会救助", "town", "21.18"),
        (20.1, "town", "20.10"),
    ],
)
def test_a_name_of_two_categories_means_the_one_that_binds_the_organ(
    district: District, written: Any, house: str, code: str
) -> None:
    trial = tried(getattr(district, house), workbook(("标题", "类别"), ("一则公告", written)))
    assert trial.bad == []
    assert trial.rows[0].facts["content"]["category"] == code


def test_a_name_of_two_categories_that_both_bind_names_both_codes(
    town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Category, "binds", lambda *_: True)
    (problem,) = tried(town, workbook(("标题", "类别"), ("一则公告", "社会救助"))).rows[0].problems[:1]
    assert problem.is_error
    assert "21.07" in problem.message()
    assert "21.18" in problem.message()


def test_an_error_names_the_column_as_in_the_sheet_with_its_letter_and_value(town: House) -> None:
    head = ("序号", "文件名称", "x", "成文时间：", "文 号")
    trial = tried(town, workbook(head, (1, "一则公告", "", "去年春天", "虚政发三号")))
    told = [one.message() for one in trial.rows[0].problems if one.is_error]
    assert told[0].startswith("D 列“成文时间：”")
    assert "“去年春天”" in told[0]
    assert "请写成 2026-03-01" in told[0]
    assert told[1].startswith("E 列“文 号”")
    assert "虚政发三号" in told[1]
    english = trial.rows[0].problems[0].message("en")
    assert "column D" in english
    assert "去年春天" in english


@pytest.mark.parametrize("column", ["成文日期", "发文字号", "责任科室", "公开类别"])
@pytest.mark.parametrize("number", ["11010519491231002X", "13800138000", "联系人李晓燕13800138000"])
def test_personal_data_in_a_wrong_cell_is_told_masked(town: House, column: str, number: str) -> None:
    trial = tried(town, workbook(("标题", column), ("一则公告", number)))
    told = "".join(one.message() + one.message("en") for one in trial.rows[0].problems)
    assert trial.rows[0].standing == "error"
    assert "19491231" not in told
    assert "00138000" not in told


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("标题", "", "标题"),
        ("标题", "长" * 301, "最多 300 字"),
        ("发文字号", "虚政发[2026]第03号", "发文字号"),
        ("公开类别", "不存在的类别", "没有“不存在的类别”"),
        ("公开类别", "21.01", "不适用于本机关"),
        ("主题分类", "宇宙", "没有“宇宙”"),
        ("成文日期", "2026年3月", "没有写到日"),
        ("成文日期", "2026-02-30", "没有“2026-02-30”这一天"),
        ("成文日期", "去年春天", "不是日期"),
        ("成文日期", "2999-01-01", "不合理"),
        ("成文日期", "3/4/2026", "分不清"),
        ("责任科室", "不存在的科室", "没有“不存在的科室”"),
        ("正文", "#VALUE!", "公式出错"),
        ("内容概述", ("=A1&B1", ""), "没有计算结果"),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column_with_what_to_do(
    town: House, column: str, cell: Any, words: str
) -> None:
    wrong = list(ROW)
    wrong[HEAD.index(column)] = cell
    trial = tried(town, workbook(HEAD, OTHER, wrong))
    assert [row.number for row in trial.bad] == [3]
    errors = [one for one in trial.bad[0].problems if one.is_error]
    assert {one.column for one in errors} == {column}
    assert words in errors[0].zh


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-01", dt.date(2026, 3, 1)),
        ("２０２６／３／１", dt.date(2026, 3, 1)),
        ("2026.3.1", dt.date(2026, 3, 1)),
        ("二〇二六年三月十一日", dt.date(2026, 3, 11)),
        ("二○二六年十月二十日", dt.date(2026, 10, 20)),
        ("20260301", dt.date(2026, 3, 1)),
        (46082, dt.date(2026, 3, 1)),
        ("2026-03-01 10:30:00", dt.date(2026, 3, 1)),
        (dt.datetime(2026, 3, 1), dt.date(2026, 3, 1)),
    ],
)
def test_days_are_read_as_people_and_sheets_write_them(town: House, written: Any, day: dt.date) -> None:
    trial = tried(town, workbook(("标题", "成文日期"), ("一则通告", written)))
    assert trial.rows[0].facts["content"]["made_on"] == day


def test_all_or_nothing_unless_bad_rows_are_to_be_left_out(town: House) -> None:
    content = workbook(HEAD, ROW, ("", *OTHER[1:]))
    with pytest.raises(WorkError, match=r"第 3 行"):
        brought_in(town, content)
    assert not Record.objects.exists()
    assert not ImportRun.objects.exists()
    run = brought_in(town, content, leave_out_bad=True)
    assert (run.made, run.left_out) == (1, 1)


def test_what_is_there_already_is_not_made_again(town: House) -> None:
    there = draft(town, document_number="虚政发〔2026〕3号")
    trial = tried(town, workbook(HEAD, ROW, (there.title, "", "", "", there.made_on.isoformat(), "", "", "")))
    assert [row.standing for row in trial.rows] == ["error", "same"]
    assert [[one.code for one in row.problems] for row in trial.rows] == [
        ["there_already"],
        ["there_already"],
    ]
    assert there.index_number in trial.rows[0].problems[0].zh


def test_the_same_row_twice_in_a_file_is_told_and_equal_titles_are_not(town: House) -> None:
    same_title = [
        ("行政处罚决定书", f"虚罚字〔2026〕{n}号", "20.06", "", "2026-03-01", "处罚", "文", "")
        for n in (1, 2)
    ]
    trial = tried(town, workbook(HEAD, *same_title, ROW, ROW))
    assert [row.standing for row in trial.rows] == ["new", "new", "new", "error"]
    assert "第 4 行完全相同" in trial.rows[3].problems[-1].zh


def test_header_labels_are_found_however_they_are_written(town: House) -> None:
    head = ("序号", "文件名称*", "文 号", "栏目", "成文时间：", "备考")
    content = workbook((), ("虚构区北山镇信息台账",), head, (1, ROW[0], ROW[1], "应急", "2026-03-01", "x"))
    trial = tried(town, content)
    assert trial.rows[0].number == 4
    assert trial.rows[0].facts["content"]["document_number"] == "虚政发〔2026〕3号"
    assert any("备考" in note.zh for note in trial.notes)


def test_merged_cells_are_taken_for_every_row_they_cover(town: House) -> None:
    rows = [("标题", "责任科室"), ("甲公告", ""), ("乙公告", "")]
    trial = tried(town, workbook(*rows, merged=[(1, 1, 2, 1, "社会事务办公室")]))
    assert [row.facts["unit"] for row in trial.rows] == [town.affairs, town.affairs]
    assert trial.rows[1].problems[0].code == "merged_cells"


def test_a_clerk_imports_for_the_own_unit_alone(town: House) -> None:
    office = (*OTHER[:7], "党政办公室")
    trial = dry_run(by=town[Role.CLERK], organ=town.organ, content=workbook(HEAD, ROW, office), name="a.xlsx")
    assert [row.standing for row in trial.rows] == ["new", "error"]
    assert "您不能为这个科室" in trial.rows[1].problems[0].zh


def test_others_import_nothing(district: District) -> None:
    town = district.town
    people = [town[role] for role in Role if role not in (Role.CLERK, Role.UNIT_HEAD, Role.DISCLOSURE_OFFICE)]
    for person in [*people, district.bureau[Role.CLERK], district.government[Role.SUPERVISING_AUTHORITY]]:
        with pytest.raises(NotAllowed):
            run_import(by=person, organ=town.organ, content=workbook(HEAD, ROW), name="a.xlsx")
    assert not Record.objects.exists()


def test_index_numbers_are_kept_and_never_doubled(town: House) -> None:
    number = f"{town.organ.credit_code}/2019-00077"
    head = ("标题", "索引号")
    run = brought_in(town, workbook(head, ("旧公告", number)))
    assert Record.objects.get(pk=run.results[0]).index_number == number
    trial = tried(town, workbook(head, ("另一公告", number), ("再一公告", "乱写"), ("四", ""), ("五", "")))
    assert [row.standing for row in trial.rows] == ["error", "error", "new", "new"]


def test_attachments_come_with_the_sheet(town: House) -> None:
    head = ("标题", "附件文件名")
    content = workbook(head, ("一则公告", "名单.csv；缺的.pdf"), ("二则公告", "名单.csv"))
    files = [("名单.csv", csv(("姓名", "村"), ("虚某", "北山村"))), ("没人要.csv", b"a,b\r\n1,2")]
    trial = tried(town, content, files=files)
    assert [row.standing for row in trial.rows] == ["error", "new"]
    assert "缺的.pdf" in trial.rows[0].problems[0].zh
    assert any("没人要.csv" in one.zh for one in trial.rows[0].problems)
    run = brought_in(town, content, files=files, leave_out_bad=True)
    record = Record.objects.get(pk=run.results[0])
    assert record.working is not None
    assert [one.name for one in record.working.attachments.all()] == ["名单.csv"]


def test_a_program_among_the_attachments_is_refused(town: House) -> None:
    content = workbook(("标题", "附件"), ("一则公告", "工具.docx"))
    trial = tried(town, content, files=[("工具.docx", b"MZ\x90\x00" + bytes(500))])
    assert trial.rows[0].standing == "error"
    assert trial.rows[0].problems[0].column == "附件文件名"


def test_an_item_of_the_checklist_is_found_by_its_name(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    item = add_item(
        by=by, organ=town.organ, facts={"level1": "财政", "level2": "部门预算", "time_limit": "每年"}
    )
    trial = tried(
        town, workbook(("标题", "公开事项"), ("一", "部门预算"), ("二", "财政／部门预算"), ("三", "没有"))
    )
    assert [row.facts["item"] for row in trial.rows] == [item, item, None]
    assert [row.standing for row in trial.rows] == ["new", "new", "error"]


def test_a_day_of_repeal_is_not_lost_in_silence(town: House) -> None:
    trial = tried(town, workbook(("标题", "废止日期"), ("一则办法", "2025-01-01")))
    assert trial.rows[0].standing == "new"
    assert any(one.code == "repeal_after_publication" for one in trial.rows[0].problems)


def test_scripts_in_a_cell_do_not_come_in(town: House) -> None:
    body = "<p onclick='x()'>好</p><script>alert(1)</script>"
    run = brought_in(town, workbook(("标题", "正文"), ("<b>一则</b>公告", body)))
    version = Record.objects.get(pk=run.results[0]).working
    assert version is not None
    assert "script" not in version.body
    assert "onclick" not in version.body
    assert version.title == "<b>一则</b>公告"


def test_what_is_exported_can_be_tried_again_and_is_all_there_already(town: House) -> None:
    brought_in(town, workbook(HEAD, ROW, OTHER))
    by = town[Role.DISCLOSURE_OFFICE]
    for form in ("csv", "xlsx"):
        records = Record.objects.order_by("pk")
        content = b"".join(exported_records(records, by=by, organ=town.organ, form=form))
        trial = tried(town, content, name=f"导出.{form}")
        assert {row.standing for row in trial.rows} == {"same"}


def test_the_template_has_every_column_and_no_rows(town: House) -> None:
    with pytest.raises(WorkError) as refused:
        tried(town, record_template(), name="模板.xlsx")
    assert refused.value.code == "no_rows"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "空.xlsx"),
        (b"PK\x03\x04" + b"\x00" * 100, "坏.xlsx"),
        (workbook(HEAD, ROW)[:2000], "断.xlsx"),
        (b"%PDF-1.4", "文件.pdf"),
        ("没有表头的一段话".encode(), "话.txt"),
        (csv(("甲", "乙"), ("1", "2")), "无表头.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(town: House, content: bytes, name: str) -> None:
    with pytest.raises(WorkError) as refused:
        tried(town, content, name=name)
    assert refused.value.field == "file"
    assert "年度报告" not in refused.value.zh


def test_more_rows_than_the_limit_are_refused(town: House) -> None:
    rows = [("标题",), *((f"公告{n}",) for n in range(2001))]
    with pytest.raises(WorkError, match="2000"):
        tried(town, workbook(*rows))


def test_an_error_of_the_checklist_names_its_column_too(town: House) -> None:
    head = ("序号", "一级事项", "公开内容", "公开时限", "公开主体")
    content = workbook(head, ("1", "财政", "内容", "每年", "办公室"), ("2", "长" * 121, "内容", "每年", ""))
    trial = try_items(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, content=content, name="清单.xlsx")
    told = [one.message() for row in trial.bad for one in row.problems if one.is_error]
    assert len(told) == 1
    assert told[0].startswith("B 列“一级事项”填的是“长长")
    assert "最多 120 字" in told[0]
