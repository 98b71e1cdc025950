"""Catalogues as tables: two header rows, merged cells, ticks, boxes, 同上 (STD, CAT)."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.intermediate import Cell
from gongkai.statute.catalogue import (
    Checklist,
    checklist_columns,
    checklist_levels,
    pilot_field,
    read_checklist,
)

TOP = ["序号", "公开事项", "", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体"]
TOP += ["公开对象", "", "公开方式", "", "公开层级", ""]
PARTS = [
    "",
    "一级事项",
    "二级事项",
    "",
    "",
    "",
    "",
    "",
    "全社会",
    "特定群众",
    "主动",
    "依申请公开",
    "镇级",
    "村级",
]
HEADER = [TOP, PARTS]


def row(serial: str = "1", first: str = "政府文件", second: str = "文件", **cells: str) -> list[str]:
    found = {
        "content": "文件全文",
        "basis": "《条例》",
        "limit": "自信息形成或变更之日起20个工作日内",
        "unit": "虚构镇人民政府",
        "channel": "■政府网站",
        "ticks": "√,,√,,√,",
        **cells,
    }
    texts = [found[name] for name in ("content", "basis", "limit", "unit", "channel")]
    return [serial, first, second, *texts, *found["ticks"].split(",")]


def read(*rows: list[str]) -> Checklist:
    return read_checklist([*HEADER, *rows])


def codes(found: Checklist) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in found.problems]


def test_a_whole_row_is_read_without_a_problem() -> None:
    found = read(row())
    (item,) = found.items
    assert found.problems == ()
    assert (item.row, item.serial, item.name, item.content) == (3, "1", "政府文件／文件", "文件全文")
    assert (item.limit.amount, item.unit, item.channels) == (20, "虚构镇人民政府", ("website",))
    assert (item.everybody, item.some, item.modes, item.levels) == (True, "", ("proactive",), ("township",))


def test_a_title_above_the_table_names_the_pilot_field() -> None:
    title = ["（二）虚构镇社会救助领域基层政务公开标准目录"] + [""] * 13
    found = read_checklist([title, *HEADER, row()])
    assert (found.items[0].field, pilot_field(found.items[0].field).zh) == ("social_relief", "社会救助")
    assert found.items[0].section == title[0]


def test_a_heading_within_the_table_changes_the_section_and_a_repeated_header_does_not() -> None:
    heading = ["二、义务教育领域"] + [""] * 13
    found = read(row(), heading, *HEADER, row("2", "招生", "政策"))
    assert [(item.row, item.field) for item in found.items] == [(3, ""), (7, "compulsory_education")]
    assert found.problems == ()


def test_ditto_marks_mean_what_stands_above() -> None:
    found = read(row(), row("2", second="公告", basis="同上", limit="同 上", unit="〃"))
    assert (found.items[1].basis, found.items[1].limit.amount) == ("《条例》", 20)
    assert found.items[1].unit == "虚构镇人民政府"
    assert found.problems == ()


def test_a_ditto_mark_with_nothing_above_is_a_problem() -> None:
    assert (3, "basis", "nothing_above") in codes(read(row(basis="同上")))


def test_below_a_merged_cell_of_a_sheet_the_item_is_taken_from_above_and_facts_are_told() -> None:
    found = read(row(), row("2", first="", second="公告", unit=""))
    assert (found.items[1].name, found.items[1].unit) == ("政府文件／公告", "虚构镇人民政府")
    assert codes(found) == [(4, "unit", "cell_taken_from_above")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"limit": "按有关规定"}, "limit", "limit_unreadable"),
        ({"limit": "30个工作日"}, "limit", "limit_too_long"),
        ({"limit": ""}, "limit", "cell_missing"),
        ({"content": ""}, "content", "cell_missing"),
        ({"basis": "  "}, "basis", "cell_missing"),
        ({"channel": "宣传车"}, "channel", "channel_unknown"),
        ({"ticks": "√,,,,√,"}, "mode", "mode_missing"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_row_and_column(
    cells: dict[str, str], column: str, code: str
) -> None:
    found = read(row(**cells))
    assert codes(found) == [(3, column, code)]
    assert "第 3 行" in found.problems[0].message()
    assert found.items[0].row == 3


def test_a_row_without_an_item_is_left_out_and_told() -> None:
    found = read(row(first="", second=""))
    assert found.items == ()
    assert codes(found) == [(3, "item", "item_missing"), (0, "", "no_items")]


def test_the_same_item_twice_is_told_with_the_first_row() -> None:
    found = read(row(), row("2"))
    assert codes(found) == [(4, "item", "twice")]
    assert "第 3 行" in found.problems[0].message()


def test_empty_rows_and_remarks_below_are_no_items() -> None:
    found = read(row(), [""] * 14, ["说明：本目录由虚构镇编制。"] + [""] * 13)
    assert len(found.items) == 1
    assert found.problems == ()


def test_a_table_without_a_header_is_refused_in_words() -> None:
    found = read_checklist([["甲", "乙"], ["1", "2"]])
    assert codes(found) == [(0, "", "no_header")]
    assert "公开事项" in found.problems[0].message()


def test_a_column_that_is_not_there_is_told_once_and_not_by_row() -> None:
    table = [["公开事项", "公开内容", "公开时限", "责任科室", "公开渠道", "公开方式"]]
    found = read_checklist(
        [*table, *[["预算", f"第{n}年", "批准后20日内", "财政所", "网站", "主动"] for n in range(5)]]
    )
    assert codes(found) == [(1, "basis", "column_missing")]
    assert {item.unit for item in found.items} == {"财政所"}


@pytest.mark.parametrize(
    ("written", "channels", "unknown"),
    [
        ("■政府网站 □政府公报 ■两微一端", "website weibo wechat app", False),
        ("■政府网站 口两微一端 □广播电视", "website", False),
        ("t政府网站□政府公报\nt社区/企事业单位/村公示栏（电子屏）\n□其他", "website notice_board", False),
        ("☑政府公报 ☐政府网站", "gazette", False),
        ("政府网站、微信公众号", "website wechat", False),
        ("公开查阅点/便民服务站", "reading_point service_hall", False),
        ("■发布会/听证会 ■纸质媒体 ■入户/现场 ■精准推送", "press_conference press on_site other", False),
        ("政府网站、口岸大屏", "website other", True),
        ("□政府网站", "", False),
    ],
)
def test_channels_are_read_from_boxes_and_from_words(written: str, channels: str, unknown: bool) -> None:
    found = read(row(channel=written))
    assert " ".join(found.items[0].channels) == channels
    assert (found.items[0].channel_text.split() == written.split()) is True
    assert any(problem.code == "channel_unknown" for problem in found.problems) is unknown


@pytest.mark.parametrize("tick", ["√", "✓", "■", "☑", "是", "V", "●"])
@pytest.mark.parametrize("cross", ["", "□", "否", "×", "/", "—"])
def test_every_kind_of_tick_is_a_tick(tick: str, cross: str) -> None:
    found = read(row(ticks=f"{cross},申请人,{cross},{tick},{tick},{tick}"))
    (item,) = found.items
    assert (item.everybody, item.some) == (False, "申请人")
    assert (item.modes, item.levels) == (("on_request",), ("township", "village"))


@pytest.mark.parametrize(
    ("label", "levels"),
    [
        ("县级", ("county",)),
        ("区（县）级", ("county",)),
        ("乡级", ("township",)),
        ("乡（镇）级", ("township",)),
        ("镇街级", ("township",)),
        ("乡、村级", ("township", "village")),
        ("村（社区）级", ("village",)),
        ("市级", ("prefecture",)),
        ("国家级", ("nation",)),
    ],
)
def test_the_label_of_a_level_is_understood(label: str, levels: tuple[str, ...]) -> None:
    header = [TOP, [*PARTS[:12], label, ""]]
    found = read_checklist([*header, row()])
    assert found.items[0].levels == levels


def test_single_columns_hold_words_instead_of_ticks() -> None:
    header = [
        "公开事项",
        "公开内容",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道",
        "公开对象",
        "公开方式",
        "公开层级",
    ]
    cells = [
        "预算",
        "部门预算",
        "《预算法》",
        "批准后20日内",
        "财政所",
        "网站",
        "全社会",
        "主动公开、依申请公开",
        "县级、乡级",
    ]
    (item,) = read_checklist([header, cells]).items
    assert (item.everybody, item.modes) == (True, ("proactive", "on_request"))
    assert item.levels == ("county", "township")


def _cell(text: str, row: int, column: int, rowspan: int = 1, colspan: int = 1) -> Cell:
    return Cell(text, row, column, rowspan, colspan)


WORD_TABLE = [
    [_cell("虚构县就业领域基层政务公开标准目录", 1, 1, 1, 10)],
    [
        _cell("序号", 2, 1, 2),
        _cell("公开事项", 2, 2, 1, 2),
        _cell("公开内容\n（要素）", 2, 4, 2),
        _cell("公开\n依据", 2, 5, 2),
        _cell("公开\n时限", 2, 6, 2),
        _cell("公开主体", 2, 7, 2),
        _cell("公开渠道和载体", 2, 8, 2),
        _cell("公开方式", 2, 9, 1, 2),
    ],
    [_cell("一级\n事项", 3, 2), _cell("二级\n事项", 3, 3), _cell("主动", 3, 9), _cell("依申\n请", 3, 10)],
    [
        _cell("1", 4, 1),
        _cell("就业服务", 4, 2, 2),
        _cell("招聘", 4, 3),
        _cell("岗位", 4, 4),
        _cell("《条例》", 4, 5, 2),
        _cell("20个工\n作日", 4, 6, 2),
        _cell("人社局", 4, 7),
        _cell("■政府网站", 4, 8, 2),
        _cell("√", 4, 9),
        _cell("", 4, 10),
    ],
    [
        _cell("2", 5, 1),
        _cell("登记", 5, 3),
        _cell("流程", 5, 4),
        _cell("", 5, 7),
        _cell("", 5, 9),
        _cell("√", 5, 10),
    ],
]


def test_a_word_table_says_itself_which_cells_are_merged() -> None:
    found = read_checklist(WORD_TABLE)
    assert [(item.row, item.name, item.basis, item.limit.amount) for item in found.items] == [
        (4, "就业服务／招聘", "《条例》", 20),
        (5, "就业服务／登记", "《条例》", 20),
    ]
    assert [item.modes for item in found.items] == [("proactive",), ("on_request",)]
    assert found.items[0].field == "employment"
    # The organ's cell of the second row is not merged: it is empty.
    assert codes(found) == [(5, "unit", "cell_missing")]


def test_spans_beyond_the_table_do_no_harm() -> None:
    table = [*WORD_TABLE, [_cell("说明：虚构的目录", 6, 1, 10**9, 10**9)]]
    assert len(read_checklist(table).items) == 2


def test_numbers_and_empty_cells_of_a_sheet_are_read() -> None:
    table: list[list[object]] = [["序号", "公开事项", "公开内容", "公开时限"], [1.0, "预算", None, 20]]
    (item,) = read_checklist(table).items
    assert (item.serial, item.name, item.content) == ("1", "预算", "")


class Odd(NamedTuple):
    number: int


CELLS = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(),
    st.floats(),
    st.builds(Odd, st.integers()),
    st.sampled_from(
        ["同上", "√", "公开事项", "公开内容", "公开时限", "一级事项", "■政府网站", "20个工作日", "一、就业"]
    ),
)


@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_property_no_table_breaks_the_reader_and_every_row_is_one_of_its_own(
    rows: list[list[object]],
) -> None:
    for table in (rows, [TOP, PARTS, *rows]):
        found = read_checklist(table)
        assert all(1 <= item.row <= len(table) and item.name for item in found.items)
        assert all(0 <= problem.row <= len(table) for problem in found.problems)
        assert all(problem.message() and problem.message("en") for problem in found.problems)


def test_the_columns_of_a_template_are_those_of_a_standard_catalogue() -> None:
    tops = [column.zh for column in checklist_columns() if not column.under]
    assert tops[:5] == ["序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限"]
    assert tops[5:] == ["公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级", "备注"]
    assert [level.zh for level in checklist_levels()][-2:] == ["乡级", "村级"]


def test_a_section_named_across_the_table_is_no_third_header_row() -> None:
    header = ["序号", "公开事项", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开方式"]
    parts = ["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "主动"]
    section = ["主动公开基本目录"] * 8
    item = ["1", "机构职能", "机构概况", "主要职责", "条例", "20个工作日", "办公室", "√"]
    for rows in ([header, parts, section, item], [header, section, item]):
        assert [one.second for one in read_checklist(rows).items] == ["机构概况"]
