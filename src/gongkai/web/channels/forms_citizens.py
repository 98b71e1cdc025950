"""What citizens fill in to be told of what is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import categories
from gongkai.web.channels.models import Frequency, Way
from gongkai.web.channels.subscribing.filters import MOST_WORDS, Wish, audiences
from gongkai.web.disclosure.forms.fields import Choice, Words, offer
from gongkai.web.organs.models import Organ

WAYS = {Way.EMAIL: _("电子邮件"), Way.SMS: _("短信"), Way.WECHAT: _("微信")}
FREQUENCIES = {Frequency.DAILY: _("每天汇总一次"), Frequency.AT_ONCE: _("有新信息就发")}


class WishForm(forms.Form):
    """What is wanted; also read from the address of a feed, where anything that does not fit is not heard."""

    use_required_attribute = False
    organ = Choice(label=_("机关"), none=_("全部机关"))
    with_below = forms.BooleanField(label=_("包括下级机关"), required=False)
    category = Choice(label=_("公开类别"), none=_("全部类别"))
    audience = Choice(label=_("与谁有关"), none=_("不限"))
    words = Words(
        label=_("包含的词"), max_length=MOST_WORDS, help_text=_("多个词用空格分开，例如：养老 补贴。")
    )

    def __init__(self, *args: Any, organs: Sequence[Organ], lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organs = {one.code: one for one in organs}
        offer(self, "organ", [("", _("全部机关")), *((one.code, one.name) for one in organs)])
        listed = [(one.code, one.short(lang)) for one in categories()]
        offer(self, "category", [("", _("全部类别")), *listed])
        offer(self, "audience", [("", _("不限")), *((one.code, one.name(lang)) for one in audiences())])

    def wish(self) -> Wish:
        """The wish as far as it could be read."""
        given = getattr(self, "cleaned_data", {})
        organ = self.organs.get(given.get("organ") or "")
        return Wish(
            organ,
            bool(organ and given.get("with_below")),
            given.get("category") or "",
            given.get("audience") or "",
            " ".join(str(given.get("words") or "").split())[:MOST_WORDS],
        )


class SubscribeForm(WishForm):
    """The same with where to, and how often."""

    way = Choice(label=_("接收方式"), required=True, widget=forms.RadioSelect)
    address = Words(
        label=_("电子邮箱或手机号码"),
        required=True,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        help_text=_("只用来发送订阅的信息，加密保存；退订后立即删除。"),
    )
    frequency = Choice(label=_("发送频率"), required=True, widget=forms.RadioSelect)

    def __init__(self, *args: Any, with_sms: bool, with_wechat: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        is_there = {Way.EMAIL: True, Way.SMS: with_sms, Way.WECHAT: with_wechat}
        offer(self, "way", [(code.value, words) for code, words in WAYS.items() if is_there[code]])
        if with_wechat:  # who is told there is known by the follower's own act: nothing is typed
            self.fields["address"].required = False
            self.fields["address"].help_text = _(
                "只用来发送订阅的信息，加密保存；退订后立即删除。选微信的不用填。"
            )
        offer(self, "frequency", [(code.value, words) for code, words in FREQUENCIES.items()])
        self.initial = {"way": Way.EMAIL.value, "frequency": Frequency.DAILY.value, **self.initial}
        if not with_sms:
            self.fields["address"].label = _("电子邮箱")
