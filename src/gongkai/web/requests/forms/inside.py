"""Forms of what is done inside: assigning, tasks, notes, a look at who asked, splitting, merging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.forms.fields import (
    Choice,
    Files,
    Paragraphs,
    SeenForm,
    Words,
    WorkForm,
    offer,
)
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff, Unit
from gongkai.web.requests.models import FileKind, NoteKind


class AssignForm(SeenForm):
    """Which unit, and who, works on a case."""

    unit = Choice(label=_("承办科室"), none=_("（未定）"))
    handler = Choice(label=_("承办人"), none=_("（未定）"))

    def __init__(self, *args: Any, units: Sequence[Unit], people: Sequence[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units, self.people = units, people
        offer(self, "unit", [("", _("（未定）")), *((str(one.pk), one.name) for one in units)])
        offer(self, "handler", [("", _("（未定）")), *((str(one.pk), one.name) for one in people)])

    def chosen_unit(self) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)

    def chosen_person(self) -> Staff | None:
        return next((one for one in self.people if str(one.pk) == self.cleaned_data.get("handler")), None)


class TaskForm(WorkForm):
    """A question to a unit."""

    unit = Choice(required=True, label=_("科室"))
    question = Paragraphs(
        required=True,
        rows=4,
        label=_("要求"),
        help_text=_(
            "例如：请查找并提供所申请的信息，说明可否公开和理由。科室看不到申请人是谁，请勿写入姓名。"
        ),
    )
    days = Words(label=_("几个工作日内答复"), max_length=2)

    def __init__(self, *args: Any, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units
        offer(self, "unit", [("", _("（请选择）")), *((str(one.pk), one.name) for one in units)])

    def chosen(self) -> Unit:
        """WorkError where none was chosen."""
        found = next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)
        if found is None:
            raise WorkError("unit_missing", "请选择科室。", "Choose a unit.", field="unit")
        return found

    def days_given(self) -> int | None:
        text = str(self.cleaned_data.get("days") or "").strip()
        if not text:
            return None
        return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


class AnswerForm(WorkForm):
    """What the unit answers."""

    answer = Paragraphs(
        required=True, rows=6, label=_("答复"), help_text=_("找到了什么、在哪里找的、可否公开和理由。")
    )


class NoteForm(WorkForm):
    """A note, or a legal opinion."""

    kind = Choice(required=True, label=_("类别"), choices=NoteKind.choices)
    words = Paragraphs(
        required=True, rows=5, label=_("内容"), help_text=_("只在机关内部可见，写下后不能修改。")
    )


class ReasonForm(WorkForm):
    """A look at what names somebody: with a reason, which is in the log."""

    reason = Paragraphs(
        required=True,
        rows=2,
        label=_("理由"),
        help_text=_("例如：邮寄答复书，更正录入错误。会记入操作记录。"),
    )


class LookForm(WorkForm):
    """A file to be saved. Where it shows who asked, with a reason."""

    reason = Paragraphs(required=True, rows=2, label=_("理由"), help_text=_("会记入操作记录。"))

    def __init__(self, *args: Any, is_personal: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_personal:
            del self.fields["reason"]


class AddFileForm(WorkForm):
    """Files put into a case."""

    kind = Choice(required=True, label=_("类别"), choices=FileKind.choices)
    files = Files(  # type: ignore[assignment]  # a field, not the files sent
        required=True, label=_("文件"), help_text=_("图片、PDF、Word、Excel 或者 OFD，每个不超过 20 MB。")
    )


class SplitForm(SeenForm):
    """The parts of a request that asks for several things, one text box each."""

    reason = Paragraphs(required=True, rows=2, label=_("拆分理由"))

    def __init__(self, *args: Any, boxes: int, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, boxes + 1):
            first = _("留在本件。已填入来信的内容（个人信息已遮盖），请删去其余各项。") if number == 1 else ""
            self.fields[f"part_{number}"] = Paragraphs(
                rows=3, required=number <= 2, label=_("第 %(n)s 项") % {"n": number}, help_text=first
            )
        self.order_fields([*(f"part_{number}" for number in range(1, boxes + 1)), "reason"])

    def parts(self) -> list[str]:
        return [str(self.cleaned_data[name]) for name in self.fields if name.startswith("part_")]


class MergeForm(SeenForm):
    """Into which case of the same requester."""

    into = Choice(required=True, label=_("并入哪一件"))
    reason = Paragraphs(required=True, rows=2, label=_("合并理由"))

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "into", [("", _("（请选择）")), *others])
