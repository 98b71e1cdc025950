"""The forms of the checklist: an item, its closing, the list's filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import modes, record_kinds, time_limit
from gongkai.web.disclosure.actions.checklist import BASIC
from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Paragraphs, Words, WorkForm
from gongkai.web.disclosure.forms.records import category_choices, category_hint
from gongkai.web.disclosure.models import ChecklistItem
from gongkai.web.organs.models import Organ, Unit

_EMPTY = _("（不选）")
_SAYS_NOTHING = " -—–/／无"  # what stands in a cell of a catalogue for nothing
_LIMIT_MISSING = _(
    "请填写“公开时限”。法律、法规没有另外规定的，写“自信息形成或者变更之日起20个工作日内”"
    "（《政府信息公开条例》第二十六条）；定期公开的写“每月”“每季度”等；没有期限、一直公开的，写“长期公开”。"
)
_LIMIT_UNSETTLED = _(
    "“不定期”不是公开时限：不定期形成的信息，每次形成或者变更后都有期限，"
    "请写“自信息形成或者变更之日起20个工作日内”（《政府信息公开条例》第二十六条）；一直公开的，写“长期公开”。"
)
TEXTS = (
    "source",
    "number",
    "level1",
    "level2",
    "level3",
    "content",
    "basis",
    "time_limit",
    "responsible",
    "channel",
    "audience",
    "note",
)


class ItemForm(WorkForm):
    """An item of the checklist, as a standard catalogue's row."""

    level1 = Words(label=_("一级事项"), max_length=120, required=True)
    level2 = Words(label=_("二级事项"), max_length=200)
    level3 = Words(label=_("三级事项"), max_length=200)
    content = Paragraphs(rows=3, label=_("公开内容（要素）"))
    basis = Paragraphs(rows=2, label=_("公开依据"))
    time_limit = Words(
        label=_("公开时限"),
        max_length=300,
        required=True,
        help_text=_(
            "例如：自信息形成之日起20个工作日内、每季度、每年1月31日前、长期公开。主动公开的事项必须填写。"
        ),
    )
    unit = Choice(label=_("责任科室"), none=_EMPTY)
    responsible = Words(
        label=_("公开主体"), max_length=300, help_text=_("标准目录中的写法；与科室一致的不用填。")
    )
    channel = Words(label=_("公开渠道和载体"), max_length=300)
    audience = Words(label=_("公开对象"), max_length=200, help_text=_("例如：全社会"))
    mode = Choice(label=_("公开方式"), required=True)
    kind = Choice(label=_("信息种类"), none=_EMPTY)
    category = Choice(label=_("公开类别"), none=_EMPTY)
    source = Words(
        label=_("目录"),
        max_length=80,
        help_text=_("基本目录，或者试点领域的名称。"),
        required=True,
    )
    number = Words(label=_("序号"), max_length=20)
    note = Paragraphs(rows=2, label=_("备注"))

    def __init__(
        self, *args: Any, organ: Organ, lang: str, item: ChecklistItem | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lang = lang
        self.units = list(Unit.objects.filter(organ=organ, is_active=True))
        offer(self, "unit", [("", _EMPTY), *((str(one.pk), one.name) for one in self.units)])
        both = ("proactive,on_request", _("主动公开和依申请公开"))
        offered = [(one.code, one.name(lang)) for one in modes() if one.code != "withheld"]
        offer(self, "mode", [*offered, both])
        offer(self, "kind", [("", _EMPTY), *((one.code, one.name(lang)) for one in record_kinds())])
        offer(self, "category", [("", _EMPTY), *category_choices(organ, lang)])
        self.fields["category"].help_text = category_hint(organ, lang)
        self.initial.setdefault("source", BASIC)
        if item is not None:
            names = (*TEXTS, "mode", "kind", "category")
            self.initial = {
                **{name: getattr(item, name) for name in names},
                "unit": item.unit_id,
                **self.initial,
            }

    def clean(self) -> dict[str, Any]:
        """What is to be published has a limit (REG.26): the law sets one where nothing else does."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = str(cleaned.get("time_limit") or "").strip(_SAYS_NOTHING)
        if not told and "time_limit" not in self.errors and "proactive" in str(cleaned.get("mode")):
            self.add_error("time_limit", ValidationError(_LIMIT_MISSING, code="limit_missing"))
            if not str(cleaned.get("level1") or "").strip():  # told in one go
                self.add_error("level1", ValidationError(_("请填写“一级事项”。"), code="level1_missing"))
        return cleaned

    def clean_time_limit(self) -> str:
        """Words that give no day remind nobody; what stood there before, as a catalogue has it, may stay."""
        words = str(self.cleaned_data["time_limit"] or "").strip()
        limit = time_limit(words)
        if not words.strip(_SAYS_NOTHING) or limit.ok or words == self.initial.get("time_limit"):
            return words
        if "不定期" in words:
            raise ValidationError(_LIMIT_UNSETTLED, code="limit_unsettled")
        reason = limit.reason_en if self.lang == "en" else limit.reason_zh
        raise ValidationError(
            _(
                "按“%(words)s”不能提醒：%(reason)s请写成例如“自信息形成之日起20个工作日内”“每季度”“每年1月31日前”；"
                "没有期限、一直公开的，写“长期公开”。原来的写法可以记在“备注”中。"
            )
            % {"words": words[:60], "reason": reason},
            code="limit_unreadable",
        )

    def item_facts(self) -> dict[str, Any]:
        return self.facts(*TEXTS, "mode", "kind", "category")

    def chosen_unit(self) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)


class ReasonForm(WorkForm):
    """A step that is done with a reason, of what is not a record."""

    reason = Paragraphs(rows=3, label=_("理由"), max_length=1000, required=True)


class FilterForm(WorkForm):
    """What the checklist is narrowed by; asked by GET."""

    once = None  # type: ignore[assignment]  # a question does nothing: it needs no token
    organ = Choice(label=_("机关"))
    unit = Choice(label=_("科室"), none=_("全部科室"))
    standing = Choice(label=_("情况"), none=_("全部"))

    def __init__(self, *args: Any, organs: Sequence[Organ], units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organ", [(one.code, one.name) for one in organs])
        if len(organs) < 2:
            del self.fields["organ"]
        offer(
            self,
            "unit",
            [
                ("", _("全部科室")),
                *((str(one.pk), one.name) for one in units),
                ("none", _("未指定科室")),
            ],
        )
        offer(
            self,
            "standing",
            [
                ("", _("全部")),
                ("late", _("逾期")),
                ("due", _("将到期")),
                ("missing", _("缺少")),
                ("closed", _("已停用")),
            ],
        )

    def said(self, name: str) -> str:
        """What is asked, if it is one of the choices."""
        field = self.fields.get(name)
        value = str(self.data.get(name, ""))
        known = {str(code) for code, _words in getattr(field, "choices", ())}
        return value if value in known else ""

    @property
    def count_set(self) -> int:
        return sum(1 for name in ("unit", "standing") if self.said(name))
