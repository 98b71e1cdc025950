"""Statutory figures: entered, replaced, withdrawn, imported. None is overwritten (FMT, section 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.disclosure.field_words import label_of, most_of
from gongkai.web.disclosure.importing.figure_rows import figure_rows
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.runs import counted, read_from
from gongkai.web.disclosure.models import STOCKS, Figure, FigureKind, ImportRun, Purpose
from gongkai.web.disclosure.permissions import may_enter_figures
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

MOST = Decimal(10) ** 12
EARLIEST_YEAR = 1990
_CENTS = Decimal("0.01")


@transaction.atomic
def enter_figure(
    *,
    by: Staff,
    organ: Organ,
    kind: str,
    year: int,
    value: Any,
    source: str,
    month: int | None = None,
    unit: Unit | None = None,
    note: str = "",
) -> Figure:
    """A new figure. `value`: decisions as a whole number, fees in yuan. One a unit, period, kind and source.

    WorkError `figure_there_already`, `month_and_year`, `organ_and_unit` where it would be counted twice.
    """
    organ = locked(organ)
    figure = _clean(organ, unit, kind=kind, year=year, month=month, value=value, source=source, note=note)
    require(may_enter_figures, by, figure, "您不能为这个机关或科室填报数据。")
    refuse_double(figure, current(organ, figure.year))
    return _keep(figure, by, "enter_figure")


@transaction.atomic
def replace_figure(
    *, by: Staff, figure: Figure, value: Any, reason: str, source: str = "", note: str | None = None
) -> Figure:
    """Put a newer figure in the place of one; both stay on record. Gives the new one."""
    figure, organ = _current(by, figure)
    if not reason.strip():
        raise WorkError("reason_missing", "请写明更正的理由。", "Say why.", field="reason")
    new = _clean(
        organ,
        figure.unit,
        kind=figure.kind,
        year=figure.year,
        month=figure.month,
        value=value,
        source=source or figure.source,
        note=figure.note if note is None else note,
    )
    # The one it replaces is counted no longer: it must go before the new one is looked at.
    refuse_double(new, [one for one in current(organ, new.year) if one.pk != figure.pk])
    _keep(new, by, "enter_figure")
    before = {"value": figure.value}
    figure.replaced_by = new
    figure.save()
    why = reason.strip()[:1000]
    _enter("replace_figure", by, figure, before=before, after={"value": new.value, "by": new.pk}, why=why)
    return new


@transaction.atomic
def withdraw_figure(*, by: Staff, figure: Figure, reason: str) -> Figure:
    """A figure that should not have been entered: counted no longer, kept on record."""
    figure, _ = _current(by, figure)
    if not reason.strip():
        raise WorkError("reason_missing", "请写明撤销的理由。", "Say why.", field="reason")
    figure.is_withdrawn = True
    figure.save()
    _enter("withdraw_figure", by, figure, before={"value": figure.value}, why=reason.strip()[:1000])
    return figure


def try_figures(*, by: Staff, organ: Organ, content: bytes, name: str, year: int | None = None) -> Trial:
    """What importing a table of figures would do. `year`: of rows that name none.

    Two queries and one a year; nothing is written.
    """
    require(may_enter_figures, by, organ)
    trial = figure_rows(content, name, organ=organ, year=year)
    there: dict[int, list[Figure]] = {}
    taken: dict[int, int] = {}  # id of a figure that is there -> the row that speaks of it
    for row in trial.rows:
        if row.standing == "error":
            continue
        try:
            figure = _clean(organ, row.facts["unit"], **row.facts["figure"])
            if not may_enter_figures(by, figure):
                raise NotAllowed("您不能为这个科室填报数据。请改为本科室，或由公开工作机构导入。")
            known = there.setdefault(figure.year, current(organ, figure.year))
            row.existing = _same_place(figure, known)
            row.changes = row.existing is None or row.existing.value != figure.value
            if row.existing is None:
                refuse_double(figure, known)
                known.append(figure)
                taken[id(figure)] = row.number
                continue
            first = taken.setdefault(id(row.existing), row.number)
            if first != row.number:
                zh = f"与第 {first} 行重复：同一科室、期间、项目和来源只能有一个数。"
                row.fault("", "twice", zh, f"The same as row {first}.")
            elif row.changes:
                zh = f"已有数据 {_shown(row.existing)}，将更正为 {_shown(figure)}。"
                row.remark("数值", "will_replace", zh, "It replaces the figure that is there.")
        except Invalid as wrong:
            for fault in wrong.faults:
                row.fault(label_of(Figure, fault.field), fault.code, fault.zh, fault.en)
        except WorkError as wrong:
            row.fault(label_of(Figure, wrong.field), wrong.code, wrong.zh, wrong.en)
    return trial


def import_figures(
    *,
    by: Staff,
    organ: Organ,
    content: bytes,
    name: str,
    year: int | None = None,
    leave_out_bad: bool = False,
) -> ImportRun:
    """Import a table of figures, each row through `enter_figure` or `replace_figure`: all, or none.

    The same file twice changes nothing: what is there already with the same number is left alone.
    """
    with transaction.atomic(), read_from(by, organ, Purpose.FIGURES, name) as run:
        run.lock()
        trial = try_figures(by=by, organ=run.organ, content=content, name=name, year=year)
        for row in trial.ready(leave_out_bad=leave_out_bad):
            _import_row(by, run.organ, row, run, name)
        return counted(run, trial, content)


def _import_row(by: Staff, organ: Organ, row: Row, run: Any, name: str) -> None:
    facts = row.facts["figure"]
    if row.standing == "new":
        made = enter_figure(by=by, organ=organ, unit=row.facts["unit"], **facts)
        run.results.append(made.pk)
    elif row.standing == "changed":
        reason = f"导入“{name}”第 {row.number} 行"
        replace_figure(
            by=by, figure=row.existing, value=facts["value"], reason=reason, note=facts.get("note")
        )
        run.changed += 1


def current(organ: Organ, year: int) -> list[Figure]:
    """The figures of a year that count. One query."""
    found = Figure.objects.filter(organ=organ, year=year, replaced_by__isnull=True, is_withdrawn=False)
    return list(found.select_related("unit"))


def refuse_double(figure: Figure, known: list[Figure]) -> None:
    """WorkError where a figure would count twice with what is known of the same kind, year and source."""
    if _same_place(figure, known) is not None:
        zh = "同一科室、期间、项目和来源已有数据。要改数请在那一条上“更正”；另有来源的，请写明不同的来源。"
        raise WorkError("figure_there_already", zh, "There is such a figure already.", field="value")
    for one in known:
        if _whose(one) == _whose(figure) and (one.month is None) != (figure.month is None):
            has = "全年数" if one.month is None else "分月的数"
            zh = (
                f"这个科室的这一项已填报{has}（来源：{one.source}），全年数和分月数不能同时填，否则重复计算。"
            )
            raise WorkError(
                "month_and_year", zh, "Months and the whole year would count twice.", field="month"
            )
    for one in known:
        if _covers(figure, one):
            has = one.unit.name if one.unit else "全机关"
            zh = (
                f"这一项同一来源、同一期间已填报“{has}”的数 {_shown(one)}，全机关的数和科室的数不能同时填，"
                "否则重复计算。要改数请在那一条上“更正”或撤销；另有来源的，请写明不同的来源。"
            )
            en = "The whole organ's number and a unit's would count twice: correct or withdraw the other one."
            raise WorkError("organ_and_unit", zh, en, field="unit")


def _same_place(figure: Figure, known: list[Figure]) -> Figure | None:
    return next((one for one in known if _whose(one) == _whose(figure) and one.month == figure.month), None)


def _covers(figure: Figure, other: Figure) -> bool:
    """Whether one is of the whole organ and the other of a unit, of periods that overlap."""
    of_one_thing = _whose(figure)[1:] == _whose(other)[1:]
    one_is_whole = (figure.unit_id is None) != (other.unit_id is None)
    overlap = figure.month == other.month or None in (figure.month, other.month)
    return of_one_thing and one_is_whole and overlap


def _whose(figure: Figure) -> tuple[Any, ...]:
    return figure.unit_id, figure.kind, figure.year, " ".join(str(figure.source).split())


def _clean(organ: Organ, unit: Unit | None, **facts: Any) -> Figure:
    """The figure as it would be kept. Raises `Invalid` with a fault for each field."""
    faults: list[WorkError] = []
    figure = Figure(organ=organ, unit=unit, kind=str(facts["kind"]), month=facts["month"])
    if unit is not None and unit.organ_id != organ.pk:
        faults.append(
            WorkError(
                "unit_of_another_organ", "所选科室不属于本机关。", "No unit of this organ.", field="unit"
            )
        )
    if figure.kind not in FigureKind.values:
        faults.append(WorkError("kind_unknown", "请选择项目。", "Choose what is counted.", field="kind"))
    _period(figure, facts["year"], faults)
    figure.value = _value(facts["value"], figure.kind, faults)
    figure.source = " ".join(str(facts["source"] or "").split())
    figure.note = str(facts.get("note") or "").strip()
    if not figure.source:
        zh = "请写明来源，例如“行政执法统计年报”，以便核对。"
        faults.append(WorkError("source_missing", zh, "Say where it comes from.", field="source"))
    for name in ("source", "note"):
        most = most_of(Figure, name) or 0
        if len(getattr(figure, name)) > most:
            label = label_of(Figure, name)
            faults.append(
                WorkError(
                    f"{name}_too_long",
                    f"“{label}”最多 {most} 字。",
                    f"At most {most} characters.",
                    field=name,
                )
            )
    if faults:
        raise Invalid(faults)
    return figure


def _period(figure: Figure, year: Any, faults: list[WorkError]) -> None:
    now = clock.today()
    try:
        figure.year = int(year)
    except (TypeError, ValueError):
        figure.year = 0
    if not EARLIEST_YEAR <= figure.year <= now.year:
        zh = f"年度应在 {EARLIEST_YEAR} 至 {now.year} 之间。"
        faults.append(WorkError("year_impossible", zh, "There is no such year yet.", field="year"))
    month = figure.month
    if month is not None and (type(month) is not int or not 1 <= month <= 12):
        faults.append(
            WorkError("month_impossible", "月份应为 1 至 12。", "A month is 1 to 12.", field="month")
        )
    elif month is not None and (figure.year, month) > (now.year, now.month):
        faults.append(
            WorkError("month_in_future", "这个月还没有到。", "This month is to come.", field="month")
        )
    if month is not None and figure.kind in STOCKS:
        zh = "“现行有效”是年底的存量，不分月填报，月份请留空。"
        faults.append(
            WorkError("stock_by_month", zh, "What is in force is not counted by month.", field="month")
        )


def _value(value: Any, kind: str, faults: list[WorkError]) -> Decimal:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        faults.append(
            WorkError("value_unreadable", "请填写数字，没有的填 0。", "Write a number.", field="value")
        )
        return Decimal(0)
    if not 0 <= number < MOST:
        zh = "数值不能小于 0，也不能大于一万亿。请核对。"
        faults.append(WorkError("value_impossible", zh, "The number cannot be.", field="value"))
        return Decimal(0)
    if kind != FigureKind.FEES and number != number.to_integral_value():
        faults.append(
            WorkError("value_not_whole", "件数应为整数。", "A whole number is needed.", field="value")
        )
    elif number != number.quantize(_CENTS):
        faults.append(
            WorkError("value_too_fine", "金额最多到分（两位小数）。", "Two decimals.", field="value")
        )
    return number


def _current(by: Staff, figure: Figure) -> tuple[Figure, Organ]:
    # The organ before the figure: entering locks in the same order.
    organ = locked(figure.organ)
    figure = locked(figure, "organ", "unit")
    require(may_enter_figures, by, figure)
    if figure.is_withdrawn or figure.replaced_by_id is not None:
        zh = "这条数据已经被更正或者撤销，这次没有保存。请到统计数据中，在最新的一条上办理。"
        raise WorkError("figure_not_current", zh, "It has been replaced or withdrawn.")
    return figure, organ


def _keep(figure: Figure, by: Staff, action: str) -> Figure:
    figure.entered_by, figure.entered_at = by, clock.now()
    figure.save()
    names = ("kind", "year", "month", "unit_id", "value", "source")
    _enter(action, by, figure, after={name: getattr(figure, name) for name in names})
    return figure


def _shown(figure: Figure) -> str:
    return format(figure.value.normalize(), "f")


def _enter(action: str, by: Staff, figure: Figure, **facts: Mapping[str, Any] | str) -> None:
    append(Change(f"disclosure.{action}", by, figure, touched=[figure], **facts))  # type: ignore[arg-type]
