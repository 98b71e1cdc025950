"""The forms of the settings: the office's own facts, its approval plan, printing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.forms.fields import Choice, Day, Words, WorkForm
from gongkai.web.disclosure.forms.steps import PlanForm
from gongkai.web.requests.actions.office import FLAGS, TEXTS
from gongkai.web.requests.models import Office

_HINTS = {
    "letter_code": _("例如“北政”，用在文书的文号里。"),
    "number_pattern": _("例如 {organ_code}公开告〔{year}〕{n}号：机关代字、年份、序号。留空用通常的格式。"),
    "government": _("对本机关的行为，向它申请行政复议（行政复议法第二十四条）。留空取上一级机关。"),
    "superior": _("本机关是人民政府或者垂直领导的，向上一级申请行政复议。"),
    "court_source": _("由指定的法院集中管辖的，写明依据。"),
    "online_channel": _("网络送达的文书必须写明网上申请行政复议的渠道。"),
    "payment": _("写入收费通知书，例如缴款窗口、账户。"),
    "takes_fax": _("写进指南后即应当受理（《条例》第二十八条）。"),
    "takes_email": _("写进指南后即应当受理（《条例》第二十八条）。"),
}
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("文号"), ("letter_code", "number_pattern")),
    (_("行政复议机关"), ("government", "superior", "local_government", "online_channel")),
    (_("管辖法院"), ("basic_court", "intermediate_court", "court_source")),
    (_("收费"), ("payment",)),
    (_("其他渠道"), FLAGS),
)


class OfficeForm(WorkForm):
    """What an organ's letters need to know of it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in TEXTS:
            field: Any = Office._meta.get_field(name)
            self.fields[name] = Words(
                label=str(field.verbose_name), max_length=field.max_length, help_text=_HINTS.get(name, "")
            )
        for name in FLAGS:
            label = str(Office._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            self.fields[name] = forms.BooleanField(label=label, required=False, help_text=_HINTS[name])


class ApprovalPlanForm(PlanForm):
    """The organ's steps for decisions."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["publish_on_passing"]


class PrintingForm(forms.Form):
    """Which letters were issued when."""

    since = Day(label=_("签发日期从"))
    until = Day(label=_("到"))
    kind = Choice(label=_("文书"), none=_("全部"))
