"""Forms of channels: a channel's settings, where a record goes, what was done by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import categories, record_kinds
from gongkai.web.channels.accounts import account_form
from gongkai.web.channels.kinds import needs_place
from gongkai.web.channels.models import Channel, Takes
from gongkai.web.channels.queries.releases import Wanted
from gongkai.web.channels.states import TAKES
from gongkai.web.config.sealing import seal, unseal
from gongkai.web.disclosure.forms.fields import Choice, Day, Paragraphs, Words, WorkForm, offer
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff

_KEPT_SECONDS = 3600


class Several(forms.MultipleChoiceField):
    """Boxes to tick; what is not among them is left out, the action tells what is missing."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})

    def clean(self, value: Any) -> list[str]:
        given: list[str] = super().to_python(value)
        return [one for one in given if self.valid_value(one)]


class ChannelForm(WorkForm):
    """A channel: its name, what its kind needs, what goes there."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    # A secret that was typed into a form which is shown again: sealed, never in the clear.
    kept = forms.CharField(required=False, widget=forms.HiddenInput, max_length=8000)
    name = Words(label=_("名称"), max_length=80, required=True)
    takes = Choice(label=_("发布范围"), required=True, widget=forms.RadioSelect)
    kinds = Several(label=_("信息种类"), help_text=_("发布范围为“选定”的，至少选一个种类或类别。"))
    categories = Several(label=_("公开类别"))

    def __init__(
        self,
        *args: Any,
        by: Staff,
        organ: Organ,
        kind: str,
        lang: str,
        channel: Channel | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.account = account_form(kind)
        self.fields["name"].help_text = self.account.name_hint
        self._kept_for = f"channel.form:{by.pk}:{organ.pk}:{kind}"
        for one in self.account.settings:
            self.fields[one.code] = self._field(one)
        if self.account.secret_words:
            hint = self.account.secret_hint
            if channel is not None:
                hint = _("已加密保存，不再显示。不更换的，留空。")
            self.fields["secret"] = Words(
                label=self.account.secret_words,
                help_text=hint,
                required=channel is None,
                strip=True,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            )
        offer(self, "takes", [(code.value, words) for code, words in TAKES.items()])
        offer(self, "kinds", [(one.code, one.name(lang)) for one in record_kinds()])
        bound = categories(organ.organ_kind, level=organ.statute_level)
        offer(self, "categories", [(one.code, one.short(lang)) for one in bound])
        self.initial.setdefault("takes", Takes.BY_HAND.value)
        if channel is not None:
            shown = {name: getattr(channel, name) for name in ("name", "takes", "kinds", "categories")}
            self.initial = {
                **shown,
                **channel.settings,
                "seen": channel.revision,
                **options.get("initial", {}),
            }

    def clean_kept(self) -> str:
        """The secret typed before; "" where there is none, or it was typed long ago or by somebody else."""
        try:
            sealed = signing.loads(self.cleaned_data["kept"], salt=self._kept_for, max_age=_KEPT_SECONDS)
            return unseal(str(sealed), self._kept_for)
        except (signing.BadSignature, WorkError):
            return ""

    def keep_secret(self) -> None:
        """Before the form is shown again: what was typed need not be typed again."""
        secret = self.secret
        if "secret" not in self.fields or not secret or "secret" in self.errors:
            return
        data: Any = self.data
        self.data = data = data.copy()
        data["kept"] = signing.dumps(seal(secret, self._kept_for), salt=self._kept_for)
        self.fields["secret"].help_text = _("已经填写，不再显示。要改的，重新填写。")
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    @property
    def secret(self) -> str:
        """Typed now, or before."""
        return self.cleaned_data.get("secret") or self.cleaned_data.get("kept") or ""

    @staticmethod
    def _field(setting: Any) -> forms.Field:
        if setting.form == "yes_no":
            return forms.BooleanField(label=setting.words, help_text=setting.hint, required=False)
        return Words(
            label=setting.words, help_text=setting.hint, required=setting.required, max_length=setting.most
        )

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields in groups, as the page shows them."""
        account = [self[one.code] for one in self.account.settings]
        if "secret" in self.fields:
            account.append(self["secret"])
        shown = [(_("渠道"), [self["name"]])]
        if account:
            shown.append((_("账号和接口"), account))
        return [*shown, (_("发布什么"), [self["takes"], self["kinds"], self["categories"]])]

    def facts(self, *names: str) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        settings = {one.code: given.get(one.code) for one in self.account.settings}
        chosen = {name: given.get(name) or [] for name in ("kinds", "categories")}
        return {
            "name": given.get("name") or "",
            "settings": settings,
            "secret": self.secret,
            "takes": given.get("takes") or "",
            **chosen,
        }


class KindForm(forms.Form):
    """Which kind of channel to open."""

    use_required_attribute = False
    kind = Choice(label=_("渠道类别"), required=True, widget=forms.RadioSelect)


class ReasonForm(WorkForm):
    reason = Paragraphs(rows=3, required=True, label=_("理由"), max_length=300)


class WantedForm(WorkForm):
    """The channels a record goes to."""

    wanted = Several(label=_("发布到"))

    def __init__(self, *args: Any, wanted: Sequence[Wanted], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "wanted", [(str(one.channel.pk), one.channel.name) for one in wanted])
        self.initial.setdefault("wanted", [str(one.channel.pk) for one in wanted if one.is_wanted])


class DoneForm(WorkForm):
    """What was done by hand, or is there although no answer came."""

    on = Day(required=True, label=_("日期"))
    place = Words(
        label=_("地点、期号或媒体"),
        max_length=200,
        help_text=_("例如：便民服务中心公告栏；政府公报 2026 年第 3 期。"),
    )
    address = Words(label=_("网址"), max_length=500)
    note = Words(label=_("说明"), max_length=300)

    def __init__(self, *args: Any, needs_place: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].required = needs_place

    def facts(self, *names: str) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) or "" for name in ("place", "address", "note")} | {
            "on": self.cleaned_data.get("on")
        }


class ElsewhereForm(DoneForm):
    """The same for a channel of which nothing was planned."""

    channel = Choice(required=True, label=_("渠道"), none=_("（请选择）"))
    field_order = ("channel", "on", "place", "address", "note")

    def __init__(self, *args: Any, channels: Sequence[Channel], **options: Any) -> None:
        by_hand = [needs_place(one.kind) for one in channels]
        super().__init__(*args, needs_place=bool(by_hand) and all(by_hand), **options)
        if any(by_hand) and not all(by_hand):
            hint = _("例如：便民服务中心公告栏；政府公报 2026 年第 3 期。公告栏、公报、报刊等必须填写。")
            self.fields["place"].help_text = hint
        self.channels = channels
        offer(self, "channel", [("", _("（请选择）")), *((str(one.pk), one.name) for one in channels)])

    def chosen(self) -> Channel | None:
        return next((one for one in self.channels if str(one.pk) == self.cleaned_data.get("channel")), None)
