"""Forms of the steps of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.statute.clock import EventKind
from gongkai.web.disclosure.forms.fields import Choice, Day, Files, Paragraphs, SeenForm, Words, offer
from gongkai.web.organs.errors import WorkError

_UNTIL_WORDS = {
    EventKind.SUPPLEMENT_ASKED: _("补正期限"),
    EventKind.LATER_DATE_AGREED: _("确定的期限"),
}
MOST_DAYS = 366


class StepForm(SeenForm):
    """The day of a step, and what it needs beside: a party, a period, days of an extension."""

    on = Day(required=True, label=_("日期"))
    party = Choice(required=True, label=_("对象"))
    until = Day(required=True)
    days = Words(label=_("延长的工作日"), max_length=3)
    note = Words(label=_("说明"), max_length=200)
    files = Files(label=_("材料"), help_text=_("图片、PDF、Word、Excel 或者 OFD，每个不超过 20 MB。"))  # type: ignore[assignment]  # a field, not the files sent

    def __init__(
        self, *args: Any, kind: EventKind, parties: Sequence[str], days: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if kind in _UNTIL_WORDS:
            self.fields["until"].label = _UNTIL_WORDS[kind]
        else:
            del self.fields["until"]
        if parties:
            offer(self, "party", [(one, one) for one in parties])
        else:
            del self.fields["party"]
        if kind is EventKind.EXTENSION_APPROVED:
            self.fields["days"].help_text = _("不填的为 %(n)s 个工作日，不得超过 %(n)s 个。") % {"n": days}
            self.fields["note"].label = _("延期理由")
        else:
            del self.fields["days"]
        self.kind = kind
        if kind is EventKind.WITHDRAWN:
            self.fields["files"].label = _("撤回的凭证")
            self.fields["files"].help_text = _(
                "撤回申请书、来信、电子邮件等：图片、PDF、Word、Excel 或者 OFD，每个不超过 20 MB。"
            )
            self.fields["note"].help_text = _("没有书面凭证的，写明申请人何时、以什么方式向谁表示撤回。")
        elif kind is not EventKind.SUPPLEMENT_RECEIVED:
            del self.fields["files"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # It ends the case: that it was the requester's will has to stand on something.
        told = cleaned.get("files") or str(cleaned.get("note") or "").strip()
        if self.kind is EventKind.WITHDRAWN and not told:
            self.add_error("note", _("请附上撤回的凭证；没有书面凭证的，在这里写明撤回的经过。"))
        return cleaned

    def days_given(self) -> int | None:
        """The working days of an extension; None: what the law gives. WorkError for what is no number."""
        text = str(self.cleaned_data.get("days") or "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_DAYS):
            raise WorkError("days_wrong", "请填写工作日数，例如 20。", "A number of days.", field="days")
        return int(text)


class VoidForm(SeenForm):
    """Why a fact was written down wrongly."""

    reason = Paragraphs(
        required=True, rows=3, label=_("更正理由"), help_text=_("例如：日期录入错误，应为 3 月 2 日。")
    )
