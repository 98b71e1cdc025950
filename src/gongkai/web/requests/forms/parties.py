"""The forms about those whose opinion is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.outcomes import Opinion
from gongkai.web.disclosure.forms.fields import Choice, Day, Files, Paragraphs, SeenForm, Words, offer
from gongkai.web.requests.models import PartyKind

OPINIONS = {
    Opinion.CONSENTED: _("同意公开"),
    Opinion.OBJECTED: _("不同意公开，有合理理由"),
    Opinion.OBJECTED_WITHOUT_GROUNDS: _("不同意公开，没有合理理由"),
    Opinion.SILENT: _("逾期没有答复"),
}
# What each of them can say: silence counts only where the law sets a term (REG.32, REG.34).
_OF_A_KIND = {
    PartyKind.THIRD_PARTY: tuple(OPINIONS),
    PartyKind.CO_MAKER: (Opinion.CONSENTED, Opinion.OBJECTED, Opinion.SILENT),
    PartyKind.ORGAN: (Opinion.CONSENTED, Opinion.OBJECTED),
}


class PartyForm(SeenForm):
    """Somebody whose opinion is needed."""

    kind = Choice(label=_("类别"), widget=forms.RadioSelect, required=True, choices=PartyKind.choices)
    name = Words(label=_("姓名或者名称"), required=True, max_length=120)
    address = Words(label=_("通信地址"), max_length=200, help_text=_("邮寄征求意见书和打印信封时使用。"))
    phone = Words(label=_("联系电话"), max_length=40)
    rights = Paragraphs(
        rows=3, label=_("涉及的权益"), help_text=_("例如其报送的报价属于商业秘密。不要写申请人的信息。")
    )


class OpinionForm(SeenForm):
    """What somebody said, or that the time went by."""

    opinion = Choice(label=_("意见"), widget=forms.RadioSelect, required=True)
    on = Day(
        label=_("收到意见的日期"), required=True, help_text=_("逾期没有答复的，填写期限届满的次日或者以后。")
    )
    words = Paragraphs(rows=5, label=_("意见内容"), max_length=5000)
    scan = Files(label=_("意见原件或者扫描件"))

    def __init__(self, *args: Any, kind: str, silent: bool, **options: Any) -> None:
        """`silent`: whether silence may be recorded now."""
        super().__init__(*args, **options)
        codes: Sequence[Opinion] = _OF_A_KIND[PartyKind(kind)]
        offer(
            self,
            "opinion",
            [(one.value, OPINIONS[one]) for one in codes if silent or one is not Opinion.SILENT],
        )


class ReachedForm(SeenForm):
    """When somebody received the letter."""

    on = Day(label=_("对方收到的日期"), required=True)
