"""What citizens fill in to be told of what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import Category, categories
from gongkai.web.channels.models import Frequency, Way
from gongkai.web.channels.subscribing.filters import MOST_WORDS, Wish, audiences
from gongkai.web.disclosure.forms.fields import Choice, Words, offer
from gongkai.web.organs.models import Organ

WAYS = {Way.EMAIL: _("电子邮件"), Way.SMS: _("短信"), Way.WECHAT: _("微信")}
# REG.21 tells the same things of cities and counties and of townships, each for itself.
_WHOSE = {"cities-and-counties": _("市、县"), "townships": _("乡镇")}
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
        offer(self, "category", [("", _("全部类别")), *_categories(lang)])
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

    def __init__(self, *args: Any, ways: Collection[Way], **options: Any) -> None:
        """`ways`: those that this installation has; without any there is nothing to fill in but the wish."""
        super().__init__(*args, **options)
        offered = [code for code in WAYS if code in ways]
        offer(self, "way", [(code.value, WAYS[code]) for code in offered])
        offer(self, "frequency", [(code.value, words) for code, words in FREQUENCIES.items()])
        if not offered:
            del self.fields["way"], self.fields["frequency"]
        if not typed_ways(offered):
            del self.fields["address"]
        else:
            self._ask_where(offered)
        first = {"way": offered[0].value} if offered else {}
        self.initial = {**first, "frequency": Frequency.DAILY.value, **self.initial}

    def _ask_where(self, offered: Sequence[Way]) -> None:
        address = self.fields["address"]
        if Way.WECHAT in offered:  # who is told there is known by the follower's own act: nothing is typed
            address.required = False
            address.help_text = _("只用来发送订阅的信息，加密保存；退订后立即删除。选微信的不用填。")
        if Way.SMS not in offered:
            address.label = _("电子邮箱")
        elif Way.EMAIL not in offered:
            address.label = _("手机号码")
            address.widget.attrs["autocomplete"] = "tel"

    def where_and_how(self) -> list[Any]:
        """The fields of where to and how often, as far as there are any."""
        return [self[name] for name in ("way", "address", "frequency") if name in self.fields]


def typed_ways(ways: Collection[Way]) -> list[Way]:
    """Those for which somebody types where to."""
    return [one for one in ways if one != Way.WECHAT]


def _categories(lang: str) -> list[tuple[str, str]]:
    """The categories; of two of one name it is told whose each is."""
    every = categories()
    names = Counter(one.short(lang) for one in every)
    return [
        (one.code, _told_apart(one, lang) if names[one.short(lang)] > 1 else one.short(lang)) for one in every
    ]


def _told_apart(one: Category, lang: str) -> str:
    whose = _WHOSE.get(one.who, one.code)
    return f"{one.short(lang)} ({whose})" if lang == "en" else f"{one.short(lang)}（{whose}）"
