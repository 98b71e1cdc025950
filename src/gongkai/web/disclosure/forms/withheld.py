"""The forms of what is withheld: entering it, and looking at it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.articles import article
from gongkai.statute.catalogue import record_kinds
from gongkai.statute.outcomes import exemptions
from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Day, Paragraphs, Words, WorkForm
from gongkai.web.organs.models import Organ, Unit

_EMPTY = _("（不选）")
STAY, DISCLOSE = "stay", "disclose"


def basis_words(code: str, lang: str) -> str:
    """An exemption with its article; the code itself where it is none of today's."""
    found = next((one for one in exemptions() if one.id == code), None)
    if found is None:
        return code
    words = found.en if lang == "en" else found.zh
    cited = article(found.id.removesuffix("a").removesuffix("b").removesuffix("c"))
    return f"{words}（{cited.en if lang == 'en' else cited.zh}）"


class WithheldForm(WorkForm):
    """Information that is not disclosed. What it says does not belong here."""

    title = Words(
        label=_("信息名称"),
        max_length=300,
        help_text=_("只写名称，请勿写入涉密内容本身。"),
        required=True,
    )
    basis = Choice(label=_("不予公开的依据"), widget=forms.RadioSelect, required=True)
    reason = Paragraphs(
        rows=4,
        label=_("理由"),
        help_text=_("为什么属于这一情形。请勿写入涉密内容本身。"),
        required=True,
    )
    unit = Choice(label=_("科室"), none=_EMPTY)
    decided_on = Day(label=_("决定日期"), help_text=_("不填为今天。"))
    next_review_on = Day(
        label=_("下次评估日期"), help_text=_("不填为一年后（《条例》第十八条要求定期评估）。")
    )

    def __init__(self, *args: Any, organ: Organ, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(Unit.objects.filter(organ=organ, is_active=True))
        offer(self, "unit", [("", _EMPTY), *((str(one.pk), one.name) for one in self.units)])
        offer(self, "basis", [(one.id, basis_words(one.id, lang)) for one in exemptions()])

    def chosen_unit(self) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)


class WithheldReviewForm(WorkForm):
    """Looked at again: the reasons still hold, or it is to be disclosed."""

    result = Choice(
        label=_("评估结果"),
        widget=forms.RadioSelect,
        required=True,
        choices=((STAY, _("仍不予公开")), (DISCLOSE, _("可以公开，开始起草"))),
    )
    note = Paragraphs(rows=3, label=_("评估意见"), required=True)
    next_review_on = Day(label=_("下次评估日期"), help_text=_("仍不予公开的填写；不填为一年后。"))
    kind = Choice(label=_("信息种类"), help_text=_("可以公开的，起草哪一类信息。"))

    def __init__(self, *args: Any, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", [(one.code, one.name(lang)) for one in record_kinds()])

    def clean_result(self) -> str:
        chosen = str(self.cleaned_data["result"] or "")
        if not chosen:
            raise forms.ValidationError(_("请选择评估结果。"))
        return chosen
