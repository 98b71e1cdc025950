"""The forms of figures: entering one, putting a newer one in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.figures import EARLIEST_YEAR
from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Paragraphs, Words, WorkForm
from gongkai.web.disclosure.importing.cells import CellFault, read_amount
from gongkai.web.disclosure.models import FigureKind
from gongkai.web.organs.models import Organ, Unit

_EMPTY = _("全机关（不分科室）")
KIND_WORDS = {
    FigureKind.LICENCES: _("行政许可处理决定"),
    FigureKind.PENALTIES: _("行政处罚处理决定"),
    FigureKind.COMPULSORY: _("行政强制处理决定"),
    FigureKind.FEES: _("行政事业性收费"),
    FigureKind.RULES_ISSUED: _("规章制发（未入库部分）"),
    FigureKind.RULES_REPEALED: _("规章废止（未入库部分）"),
    FigureKind.RULES_IN_FORCE: _("规章现行有效（未入库部分）"),
    FigureKind.DOCUMENTS_ISSUED: _("规范性文件制发（未入库部分）"),
    FigureKind.DOCUMENTS_REPEALED: _("规范性文件废止（未入库部分）"),
    FigureKind.DOCUMENTS_IN_FORCE: _("规范性文件现行有效（未入库部分）"),
}


class Amount(Words):
    """A number as people write it. What is none is left to the action, which says so."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return str(read_amount(text)[0]) if text else ""
        except CellFault:
            return text


class FigureForm(WorkForm):
    """A figure: what, of when, how much, from where."""

    kind = Choice(label=_("项目"), required=True)
    year = Choice(label=_("年度"), required=True)
    month = Choice(
        label=_("月份"), help_text=_("按月填报的选择月份；全年一次填报的选“全年”。两种不能同时用。")
    )
    unit = Choice(label=_("科室"))
    value = Amount(
        label=_("数值"),
        max_length=30,
        help_text=_("决定填件数；收费填元，没有的填 0。"),
        required=True,
    )
    source = Words(
        label=_("来源"),
        max_length=200,
        help_text=_("数据从哪里来，例如：行政执法统计年报。"),
        required=True,
    )
    note = Words(label=_("说明"), max_length=300)

    def __init__(self, *args: Any, units: Sequence[Unit], may_whole: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(units)
        this_year = clock.today().year
        offer(self, "kind", [(one.value, words) for one, words in KIND_WORDS.items()])
        years = range(this_year, EARLIEST_YEAR - 1, -1)
        offer(self, "year", [(str(year), str(year)) for year in years])
        months = ((str(month), str(month)) for month in range(1, 13))
        offer(self, "month", [("", _("全年")), *months])
        whole = [("", _EMPTY)] if may_whole or not self.units else []
        offer(self, "unit", [*whole, *((str(one.pk), one.name) for one in self.units)])

    def figure_facts(self) -> dict[str, Any]:
        facts = self.facts("kind", "year", "value", "source", "note")
        month = self.cleaned_data.get("month")
        unit = next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)
        return {**facts, "month": int(month) if month else None, "unit": unit}


class ReplaceForm(WorkForm):
    """A newer figure in the place of one."""

    value = Amount(label=_("更正后的数值"), max_length=30, required=True)
    reason = Paragraphs(rows=2, label=_("更正的理由"), max_length=1000, required=True)


class YearForm(WorkForm):
    """Of which organ and year; asked by GET."""

    once = None  # type: ignore[assignment]  # a question does nothing: it needs no token
    organ = Choice(label=_("机关"))
    year = Choice(label=_("年度"))

    def __init__(self, *args: Any, organs: Sequence[Organ], years: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organ", [(one.code, one.name) for one in organs])
        if len(organs) < 2:
            del self.fields["organ"]
        offer(self, "year", [(str(year), str(year)) for year in years])
