"""The forms of imports: which file, for which unit; nothing is written before it was tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import pilot_fields, record_kinds
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.checklist import BASIC
from gongkai.web.disclosure.actions.figures import EARLIEST_YEAR
from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Files, WorkForm
from gongkai.web.organs.models import Unit

SHEETS = ".xlsx,.xls,.csv"
_EMPTY = _("（不选）")
OPTIONS = ("kind", "unit", "source", "year")


class ImportForm(WorkForm):
    """A file. Its fields beside the file are the import's options, kept with it between trying and doing."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": SHEETS}),
        help_text=_("xlsx、xls 或者 csv，不超过 20 MB。"),
    )

    def __init__(self, *args: Any, units: Sequence[Unit] = (), lang: str = "zh", **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(units)
        if "unit" in self.fields:
            offer(self, "unit", [("", _EMPTY), *((str(one.pk), one.name) for one in self.units)])
        if "kind" in self.fields:
            offer(self, "kind", [(one.code, one.name(lang)) for one in record_kinds()])

    def options(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name) or "") for name in OPTIONS if name in self.fields}

    def unit_of(self, options: dict[str, str]) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == options.get("unit")), None)


class RecordsForm(ImportForm):
    kind = Choice(label=_("信息种类"), help_text=_("表中没有写明种类的，按这一类导入。"))
    unit = Choice(label=_("责任科室"), help_text=_("表中没有写明科室的，归这个科室。"))
    attachments = Files(
        label=_("附件"), help_text=_("表中“附件文件名”一栏写到的文件，一起选择，最多 19 个。")
    )

    field_order = ("file", "attachments", "kind", "unit")


class WordForm(ImportForm):
    file = Files(
        label=_("Word 文件"),
        help_text=_(
            "docx、doc，可以一次选择几个，也可以是一个 zip（最多 100 个文件）。修订、批注等隐藏内容不带入。"
        ),
    )
    kind = Choice(label=_("信息种类"))
    unit = Choice(label=_("责任科室"))


class ChecklistForm(ImportForm):
    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": f"{SHEETS},.docx,.doc,.html"}),
        help_text=_("标准目录的表格：xlsx、xls、csv、Word 或者网页，不超过 20 MB。"),
    )
    source = Choice(label=_("目录"), help_text=_("表中标题写明试点领域的，按表中的领域。"))
    unit = Choice(label=_("责任科室"), help_text=_("公开主体没有对应到科室的，归这个科室。"))

    def __init__(self, *args: Any, lang: str = "zh", **options: Any) -> None:
        super().__init__(*args, lang=lang, **options)
        fields = [(one.zh, one.name(lang)) for one in pilot_fields()]
        offer(self, "source", [(BASIC, _("主动公开基本目录")), *fields])


class FiguresForm(ImportForm):
    year = Choice(label=_("年度"), help_text=_("表中没有写明年度的行，按这一年登记。"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = range(clock.today().year, EARLIEST_YEAR - 1, -1)
        offer(self, "year", [(str(year), str(year)) for year in years])
