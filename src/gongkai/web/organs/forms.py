"""Forms of the settings pages: what a person can fill in, and nothing else. The rules are the actions'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.statute.identifiers import DEFAULT_TEMPLATE
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Role, Staff, Unit
from gongkai.web.organs.models.appointments import UNIT_ROLES
from gongkai.web.organs.words import LEVEL_WORDS, ROLE_WORDS, kinds_in_words


def add_faults(form: forms.BaseForm, error: WorkError) -> None:
    """Show why an action was refused: each fault at its field if the form has it, else above the form."""
    language = "en" if get_language() == "en" else "zh"
    for fault in error.faults if isinstance(error, Invalid) else [error]:
        field = fault.field if fault.field in form.fields else None
        for line in fault.message(language).splitlines():
            form.add_error(field, line)


class SeenForm(forms.Form):
    """Carries what the row looked like when the form was shown."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class OwnFactsForm(SeenForm):
    """What an organ tells of itself (REG.12), its colour and the form of its index numbers."""

    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    address = forms.CharField(label=_("办公地址"), max_length=200, required=False)
    postcode = forms.CharField(label=_("邮政编码"), max_length=6, required=False)
    office_hours = forms.CharField(
        label=_("办公时间"),
        max_length=100,
        required=False,
        help_text=_("例如：工作日 8:30—12:00，14:00—17:30"),
    )
    telephone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    fax = forms.CharField(label=_("传真"), max_length=40, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    complaint_telephone = forms.CharField(label=_("监督投诉电话"), max_length=40, required=False)
    complaint_address = forms.CharField(
        label=_("监督投诉地址"),
        max_length=200,
        required=False,
        help_text=_("对政府信息公开工作的投诉由谁受理、寄到哪里。与监督投诉电话一起列在每页下方。"),
    )
    band_colour = forms.CharField(
        label=_("版头颜色"),
        max_length=7,
        help_text=_("# 加六位十六进制数。白字在上面要看得清：对比度至少 4.5。"),
    )
    index_template = forms.CharField(
        label=_("索引号格式"),
        max_length=80,
        help_text=_("例如 %(form)s。只影响以后编的索引号。") % {"form": DEFAULT_TEMPLATE},
    )

    NAMES = (
        "short_name",
        "address",
        "postcode",
        "office_hours",
        "telephone",
        "fax",
        "email",
        "complaint_telephone",
        "complaint_address",
        "band_colour",
        "index_template",
    )


class EmblemForm(forms.Form):
    emblem = forms.FileField(
        label=_("徽标图片"),
        help_text=_("PNG 或 JPEG，不超过 256 KB，长宽不超过 2000 像素。图片里的拍摄信息会去掉。"),
    )


class UnitForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80)
    position = forms.IntegerField(
        label=_("排序"), min_value=0, max_value=9999, initial=0, help_text=_("小的在前。")
    )


def _unit_field(organ: Organ, none: Any, **options: Any) -> forms.Field:
    """A choice among the open units of one organ: a unit of another is no choice."""
    units = Unit.objects.filter(organ=organ, is_active=True)
    return forms.ModelChoiceField(units, required=False, label=_("科室"), empty_label=none, **options)


class AccountForm(SeenForm):
    """A person of the organ; with `is_new` also the user name."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        help_text=_("3 至 60 位，字母、数字、汉字和 . @ - _；不分大小写，以后不能改。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=40)
    email = forms.EmailField(label=_("电子邮箱"), required=False)

    def __init__(self, *args: Any, organ: Organ, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = _unit_field(organ, _("不属于科室"))
        self.fields["username"].widget.attrs.update(
            autocomplete="off", autocapitalize="none", spellcheck="false"
        )
        if not is_new:
            del self.fields["username"]
        self.order_fields(["username", "name", "unit", "email"])


class AdministratorForm(forms.Form):
    """The first administrator of an organ."""

    username = forms.CharField(
        label=_("登录名"), max_length=60, help_text=_("3 至 60 位，字母、数字、汉字和 . @ - _；不分大小写。")
    )
    name = forms.CharField(label=_("姓名"), max_length=40)
    email = forms.EmailField(label=_("电子邮箱"), required=False)


class AppointForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=lambda: [("", "—"), *ROLE_WORDS.items()])
    since = forms.DateField(label=_("自哪一天起"), required=False, help_text=_("不填为今天。"))

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only = "、".join(str(ROLE_WORDS[role]) for role in Role if role in UNIT_ROLES)
        self.fields["unit"] = _unit_field(
            organ,
            _("不限科室"),
            help_text=_("只有%(roles)s可以限于一个科室；不选科室，就是全机关的。") % {"roles": only},
        )
        self.order_fields(["role", "unit", "since"])


class EndForm(forms.Form):
    last_day = forms.DateField(label=_("最后一天"), required=False, help_text=_("不填则立即终止。"))


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会记入操作记录。"),
    )


class _WhatItIs(forms.Form):
    """Who an organ is."""

    name = forms.CharField(label=_("机关名称"), max_length=120)
    kind = forms.ChoiceField(label=_("机关类别"), choices=lambda: [("", "—"), *kinds_in_words()])
    level = forms.ChoiceField(label=_("层级"), choices=lambda: [("", "—"), *LEVEL_WORDS.items()])
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18)
    position = forms.IntegerField(
        label=_("排序"), min_value=0, max_value=9999, initial=0, help_text=_("同级机关中，小的在前。")
    )


class NewOrganForm(_WhatItIs):
    """An organ below one of `parents`."""

    code = forms.CharField(
        label=_("代码"),
        max_length=40,
        help_text=_("小写字母、数字和连字符，用在网址里，以后不能改。例如 beishan-zhen。"),
    )
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)

    def __init__(self, *args: Any, parents: Sequence[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _organ_choice(_("上级"), parents)
        self.order_fields(["parent", "code", "name", "short_name"])


class SettleForm(_WhatItIs, SeenForm):
    """What a higher organ settles of one below it."""

    site_code = forms.CharField(label=_("网站标识码"), max_length=10, required=False)
    icp_number = forms.CharField(
        label=_("ICP备案号"), max_length=40, required=False, help_text=_("例如 京ICP备2026000001号-1。")
    )
    police_number = forms.CharField(
        label=_("公安联网备案号"),
        max_length=40,
        required=False,
        help_text=_("例如 京公网安备11000002000001号。"),
    )
    hostname = forms.CharField(
        label=_("本机关域名"), max_length=120, required=False, help_text=_("由系统维护人员配置好以后再填。")
    )
    requires_second_factor = forms.BooleanField(
        label=_("登录须有第二重验证"),
        required=False,
        help_text=_("除演示以外都应当打开。关闭后，知道密码就能登录。"),
    )
    why = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会记入操作记录。"),
    )

    NAMES = (
        "name",
        "kind",
        "level",
        "credit_code",
        "position",
        "site_code",
        "icp_number",
        "police_number",
        "hostname",
        "requires_second_factor",
    )


class MoveForm(ReasonForm):
    def __init__(self, *args: Any, parents: Sequence[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _organ_choice(_("新的上级"), parents)
        self.order_fields(["parent", "why"])


def _organ_choice(label: Any, organs: Sequence[Organ]) -> forms.TypedChoiceField:
    """A choice among these organs, by code; gives the organ."""
    by_code = {one.code: one for one in organs}
    words = [(one.code, "　" * getattr(one, "depth", 0) + one.name) for one in organs]
    return forms.TypedChoiceField(label=label, choices=[("", "—"), *words], coerce=by_code.__getitem__)


def initial_of(row: Organ | Staff, names: Sequence[str], seen: str) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in names}, "seen": seen}
