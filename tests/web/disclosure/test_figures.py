"""Figures that units report: one of each, never overwritten, brought in from tables as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.web.disclosure.sheets import csv, workbook
from tests.web.platform import District, House

from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.figures import (
    enter_figure,
    import_figures,
    replace_figure,
    try_figures,
    withdraw_figure,
)
from gongkai.web.disclosure.exporting import exported_figures
from gongkai.web.disclosure.models import Figure, FigureKind
from gongkai.web.disclosure.queries.figures import current_figures, past_figures
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db

HEAD = ("年度", "月份", "科室", "项目", "数值", "来源", "说明")


def figure(house: House, **facts: Any) -> Figure:
    given = {"kind": "penalties", "year": 2025, "value": 12, "source": "执法台账", **facts}
    return enter_figure(by=house[Role.CLERK], organ=house.organ, **{"unit": house.affairs, **given})


def values(house: House) -> list[Decimal]:
    return [one.value for one in current_figures(house.organ)]


def test_the_same_figure_is_not_entered_twice(town: House) -> None:
    figure(town)
    with pytest.raises(WorkError, match="已有数据"):
        figure(town, value=12)
    with pytest.raises(WorkError, match="已有数据"):
        figure(town, value=15, source=" 执法台账 ")
    figure(town, source="街面巡查系统")
    assert values(town) == [12, 12]


def test_months_and_the_whole_year_do_not_go_together(town: House) -> None:
    figure(town, month=1)
    figure(town, month=2)
    with pytest.raises(WorkError, match="分月的数"):
        figure(town)
    figure(town, kind="licences")
    with pytest.raises(WorkError, match="全年数"):
        figure(town, kind="licences", month=3)


@pytest.mark.parametrize("whole_first", [True, False])
@pytest.mark.parametrize("months", [(None, None), (3, 3), (None, 3), (3, None)])
def test_the_whole_organs_number_and_a_units_do_not_go_together(
    town: House, whole_first: bool, months: tuple[int | None, int | None]
) -> None:
    units = (None, town.affairs) if whole_first else (town.affairs, None)
    by = town[Role.DISCLOSURE_OFFICE]
    facts = {"kind": "penalties", "year": 2025, "organ": town.organ, "by": by}
    first = enter_figure(**facts, unit=units[0], month=months[0], value=12, source="执法台账")
    with pytest.raises(WorkError, match="更正") as refused:
        enter_figure(**facts, unit=units[1], month=months[1], value=5, source="执法台账 ")
    assert refused.value.code == "organ_and_unit"
    assert values(town) == [12]
    enter_figure(**facts, unit=units[1], month=months[1], value=5, source="街面巡查系统")
    withdraw_figure(by=by, figure=first, reason="改由科室分别填报")
    enter_figure(**facts, unit=units[1], month=months[1], value=4, source="执法台账")
    assert sorted(values(town)) == [4, 5]


def test_other_months_of_the_organ_and_a_unit_go_together(town: House) -> None:
    figure(town, month=3)
    figure(town, month=4, unit=None)
    figure(town, kind="licences", unit=None)
    assert values(town) == [12, 12, 12]


def test_a_table_with_the_organs_and_a_units_number_is_told_by_row(town: House) -> None:
    rows = f"{','.join(HEAD)}\n2025,,,行政处罚,9,执法台账,\n2025,,社会事务办公室,行政处罚,4,执法台账,\n"
    trial = try_figures(
        by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, content=rows.encode(), name="数.csv"
    )
    assert [row.standing for row in trial.rows] == ["new", "error"]


def test_a_replaced_figure_stays_on_record(town: House) -> None:
    old = figure(town)
    new = replace_figure(by=town[Role.UNIT_HEAD], figure=old, value=14, reason="补计两件")
    assert values(town) == [14]
    assert [one.pk for one in past_figures(town.organ, 2025)] == [old.pk]
    with pytest.raises(WorkError, match="已经被更正或者撤销"):
        replace_figure(by=town[Role.CLERK], figure=old, value=15, reason="再改")
    withdraw_figure(by=town[Role.CLERK], figure=new, reason="重复填报")
    assert values(town) == []
    figure(town, value=13)
    assert values(town) == [13]
    assert verify().faults == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"value": -1}, "value"),
        ({"value": "1.5"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "１２x"}, "value"),
        ({"value": "1e30"}, "value"),
        ({"kind": "administrative_fees", "value": "1.005"}, "value"),
        ({"year": 2999}, "year"),
        ({"year": "abc"}, "year"),
        ({"month": 13}, "month"),
        ({"kind": "normative_documents.in_force", "month": 3}, "month"),
        ({"kind": "something"}, "kind"),
        ({"source": " "}, "source"),
        ({"source": "长" * 201}, "source"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(town: House, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        figure(town, **facts)
    assert [one.field for one in refused.value.faults] == [field]
    assert not Figure.objects.exists()


def test_a_clerk_reports_for_the_own_unit_and_organ_alone(district: District) -> None:
    town = district.town
    with pytest.raises(NotAllowed):
        figure(town, unit=town.office)
    with pytest.raises(NotAllowed):
        enter_figure(
            by=district.bureau[Role.CLERK],
            organ=town.organ,
            kind="penalties",
            year=2025,
            value=1,
            source="台账",
        )
    with pytest.raises(Invalid, match="不属于本机关"):
        figure(town, unit=district.bureau.affairs)
    for role in (
        Role.LEADER,
        Role.SECRECY_OFFICER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
        Role.SUPERVISING_AUTHORITY,
    ):
        with pytest.raises(NotAllowed):
            enter_figure(by=town[role], organ=town.organ, kind="penalties", year=2025, value=1, source="台账")


ROWS = (
    ("2025年", "", "社会事务办公室", "行政许可", "１,２０３ 件", "许可台账", ""),
    ("2025", "全年", "社会事务办公室", "行政处罚决定", 7, "处罚台账", ""),
    (2025, "3月", "党政办公室", "行政事业性收费", "1.25万元", "财政票据", "一季度"),
    (2025, 4, "", "行政强制", "0", "强制台账", ""),
)


@pytest.mark.parametrize(
    ("content", "name"),
    [(workbook(HEAD, *ROWS), "数据.xlsx"), (csv(HEAD, *[tuple(map(str, row)) for row in ROWS]), "数据.csv")],
    ids=["xlsx", "csv"],
)
def test_a_table_is_brought_in_as_people_write_it(town: House, content: bytes, name: str) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    run = import_figures(by=by, organ=town.organ, content=content, name=name)
    assert run.made == 4
    found = {one.kind: one for one in Figure.objects.filter(organ=town.organ)}
    assert found["licences"].value == 1203
    assert found["penalties"].month is None
    assert found["administrative_fees"].value == Decimal("12500")
    assert found["administrative_fees"].month == 3
    assert found["compulsory_measures"].unit is None
    again = import_figures(by=by, organ=town.organ, content=content, name=name)
    assert (again.made, again.changed) == (0, 0)
    assert Figure.objects.count() == 4
    assert verify().faults == []


def test_another_number_in_a_later_table_replaces_the_first_and_says_so(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    import_figures(by=by, organ=town.organ, content=workbook(HEAD, *ROWS), name="数据.xlsx")
    content = workbook(HEAD, (*ROWS[1][:4], 9, *ROWS[1][5:]))
    trial = try_figures(by=by, organ=town.organ, content=content, name="数据二.xlsx")
    assert trial.rows[0].standing == "changed"
    assert "7" in trial.rows[0].problems[0].zh
    run = import_figures(by=by, organ=town.organ, content=content, name="数据二.xlsx")
    assert (run.made, run.changed) == (0, 1)
    current = Figure.objects.get(kind="penalties", replaced_by__isnull=True)
    assert current.value == 9
    assert current.replaces.value == 7


def test_every_wrong_row_is_told_with_its_column(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    rows = (
        ("二五年", "", "", "行政处罚", 1, "台账"),
        (2025, "十三", "", "行政处罚", 1, "台账"),
        (2025, "", "不存在的科室", "行政处罚", 1, "台账"),
        (2025, "", "", "不存在的项目", 1, "台账"),
        (2025, "", "", "行政处罚", "若干", "台账"),
        (2025, "", "", "行政处罚", "", "台账"),
        (2025, "", "", "行政处罚", -1, "台账"),
        (2025, "", "", "行政处罚", 1, ""),
        (2025, "", "", "行政处罚", "3万元", "台账"),
        (2025, "", "", "行政许可", ("=1+2", ""), "台账"),
        (2025, "", "", "行政许可", "#REF!", "台账"),
        (2025, "", "", "行政处罚", 1, "台账"),
        (2025, "", "", "行政处罚", 1, "台账"),
    )
    content = workbook(HEAD[:6], *rows)
    trial = try_figures(by=by, organ=town.organ, content=content, name="错.xlsx")
    columns = [[one.column for one in row.problems if one.is_error] for row in trial.rows]
    assert columns == [
        ["年度"],
        ["月份"],
        ["科室"],
        ["项目"],
        ["数值"],
        ["数值"],
        ["数值"],
        ["来源"],
        ["数值"],
        ["数值"],
        ["数值"],
        [],
        [""],
    ]
    assert "没有计算结果" in trial.rows[9].problems[0].zh
    with pytest.raises(WorkError, match="全部没有导入"):
        import_figures(by=by, organ=town.organ, content=content, name="错.xlsx")
    assert not Figure.objects.exists()
    run = import_figures(by=by, organ=town.organ, content=content, name="错.xlsx", leave_out_bad=True)
    assert (run.made, run.left_out) == (1, 12)


def test_what_is_exported_can_be_brought_in_again(district: District) -> None:
    town, bureau = district.town, district.bureau
    by = town[Role.DISCLOSURE_OFFICE]
    import_figures(by=by, organ=town.organ, content=workbook(HEAD, *ROWS), name="数据.xlsx")
    for form in ("csv", "xlsx"):
        content = b"".join(exported_figures(current_figures(town.organ), form))
        trial = try_figures(by=by, organ=town.organ, content=content, name=f"导出.{form}")
        assert [row.standing for row in trial.rows] == ["same"] * 4
        other = try_figures(
            by=bureau[Role.DISCLOSURE_OFFICE], organ=bureau.organ, content=content, name=f"导出.{form}"
        )
        assert [row.standing for row in other.rows] == ["new"] * 4


def test_every_item_has_its_own_label(town: House) -> None:
    from gongkai.web.disclosure.importing.figure_rows import figure_kind

    for kind in FigureKind:
        assert figure_kind(str(kind.label)) == kind
        assert figure_kind(kind.value) == kind
