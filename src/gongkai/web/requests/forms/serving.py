"""The forms of service: how a letter went out, that it arrived, that it came back; files given out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.clock import Way
from gongkai.web.disclosure.forms.fields import Choice, Day, Files, SeenForm, Words

WAYS = [
    (Way.DIRECT.value, _("当面交付")),
    (Way.MAIL.value, _("邮政寄送（挂号信、邮政特快专递）")),
    (Way.ONLINE.value, _("网络送达（电子邮件或者本网站）")),
    (Way.OTHER_ORGAN.value, _("委托其他机关转交")),
    (Way.COURIER.value, _("其他快递企业（不是法定送达方式）")),
]


class SendForm(SeenForm):
    """How a letter went out."""

    way = Choice(label=_("送达方式"), widget=forms.RadioSelect, required=True, choices=WAYS)
    on = Day(
        label=_("送出日期"),
        required=True,
        help_text=_("当面交付的为签收之日，邮寄的为交邮之日，网络送达的为发送成功之日。"),
    )
    tracking_number = Words(label=_("邮件号"), max_length=40, help_text=_("邮政寄送的必填。"))
    evidence = Files(label=_("送达凭证"), help_text=_("送达回证、邮政收据、发送成功的截图等。"))
    courier_known = forms.BooleanField(
        label=_("已知悉：应当通过邮政企业寄送，其他快递不符合规定；仍要如实记录"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == Way.COURIER.value and not cleaned.get("courier_known"):
            self.add_error(
                "way",
                _(
                    "答复应当通过邮政企业寄送，不得交其他快递企业（国办公开办函〔2016〕235号）。请改用邮政寄送；"
                    "已经交快递寄出的，勾选下面一项后如实记录。"
                ),
            )
        return cleaned


class ArrivedForm(SeenForm):
    on = Day(label=_("签收日期"), required=True)
    evidence = Files(label=_("送达凭证"))


class ReturnedForm(SeenForm):
    on = Day(label=_("退回日期"), required=True)
    reason = Words(label=_("退回原因"), required=True, max_length=200)
    evidence = Files(label=_("送达凭证"), help_text=_("退回的信封、邮政的改退批条等。"))


class EvidenceForm(SeenForm):
    """Papers that prove a service, sent later."""

    evidence = Files(
        label=_("送达凭证"), required=True, help_text=_("送达回证、邮政收据、发送成功的截图等，可以选几个。")
    )


class NewFileForm(SeenForm):
    """Files that may be given out: looked at before they are."""

    papers = Files(
        label=_("要公开的文件"), required=True, help_text=_("可以一次选择多个。先检查隐藏内容，再确定公开。")
    )


class ReleaseForm(SeenForm):
    reason = Words(
        label=_("理由"),
        max_length=200,
        help_text=_("保留文件中的隐藏内容，或者在决定送审以后才加入、去掉文件的，须写明。记入操作记录。"),
    )
