"""The filters of the list of cases, as they stand in its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.outcomes import outcomes
from gongkai.web.config import clock
from gongkai.web.disclosure.forms.fields import Choice, Words, WorkForm, offer
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.requests.models import Channel, Stands
from gongkai.web.requests.queries.lists import Wanted

_FIRST_YEAR = 2008  # the Regulation is in force since 1 May 2008
_MOST_WORDS = 200
_DIGITS = 4


class PersonForm(WorkForm):
    """Somebody to be looked for: sent in a form, for an address is kept by browsers and by logs."""

    who = Words(
        required=True,
        label=_("姓名、电话、邮箱或者证件号码"),
        help_text=_("要完整，与登记的一致。查找记入操作记录，查的是谁不记。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_who(self) -> str:
        who = str(self.cleaned_data["who"]).strip()[:_MOST_WORDS]
        if not who:
            raise forms.ValidationError(_("请填写要查找的姓名、电话、邮箱或者证件号码。"))
        return who


class CaseFilterForm(forms.Form):
    """What cannot be read in the address is no filter."""

    organ = Choice(label=_("机关"))
    stands = Choice(label=_("状态"))
    unit = Choice(label=_("科室"))
    handler = Choice(label=_("承办人"))
    outcome = Choice(label=_("办理结果"))
    year = Choice(label=_("年度"))
    channel = Choice(label=_("提交渠道"))
    q = Words(label=_("编号或申请事项"), help_text=_("也可扫案卷标签的条码。"))

    def __init__(
        self,
        *args: Any,
        organs: Sequence[Organ],
        units: Sequence[Unit],
        people: Sequence[Staff],
        years: Sequence[int],
        lang: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        every = ("", _("全部"))
        if len(organs) > 1:
            offer(self, "organ", [(one.code, one.name) for one in organs])
        else:
            del self.fields["organ"]
        groups = [("open", _("未办结")), ("closed", _("已办结"))]
        offer(self, "stands", [every, *groups, *Stands.choices])
        offer(self, "unit", [every, *((str(one.pk), one.name) for one in units)])
        offer(self, "handler", [every, *((str(one.pk), one.name) for one in people)])
        named = ((one.code, f"{one.code} {one.en if lang == 'en' else one.zh}") for one in outcomes())
        offer(self, "outcome", [every, *named])
        offer(self, "year", [every, *((str(one), str(one)) for one in self._years(years))])
        offer(self, "channel", [every, *Channel.choices])

    def _years(self, years: Sequence[int]) -> list[int]:
        """Those that have cases, and the one that the address asks for."""
        asked = str(self.data.get("year", ""))
        is_year = asked.isascii() and asked.isdigit() and len(asked) == _DIGITS
        told = {int(asked)} if is_year and _FIRST_YEAR <= int(asked) <= clock.today().year else set()
        return sorted({*years, *told}, reverse=True)

    def said(self, name: str) -> str:
        """What is asked for by a field, "" for nothing or nonsense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def count_set(self) -> int:
        return sum(bool(self.said(name)) for name in self.fields if name != "organ")

    def wanted(self) -> Wanted:
        """The filters as the query takes them."""
        return Wanted(
            stands=self.said("stands"),
            unit=int(self.said("unit") or 0) or None,
            handler=int(self.said("handler") or 0) or None,
            outcome=self.said("outcome"),
            year=int(self.said("year") or 0) or None,
            channel=self.said("channel"),
            words=self.said("q").strip()[:_MOST_WORDS],
        )
