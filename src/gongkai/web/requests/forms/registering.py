"""Writing down a request that came another way (REG.28, REG.29), and the day of its receipt (REG.31)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.web.config.sealing import Unreadable, seal, unseal
from gongkai.web.disclosure.forms.fields import (
    Choice,
    Day,
    Files,
    Paragraphs,
    SeenForm,
    Words,
    WorkForm,
    offer,
)
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.requests.asked import PERSONAL, Asked
from gongkai.web.requests.models import Channel, IdentityKind, Kind, RequesterKind
from gongkai.web.requests.settled import reply_ways, wanted_forms
from gongkai.web.requests.staging import Kept
from gongkai.web.requests.words_en import reply_words, wanted_words

_LONGEST_STATE = 200_000  # characters of a sealed state that are looked at
_TEXTS = (*PERSONAL, "words", "features", "kind", "requester_kind", "identity_kind", "wanted_form")
_NUMBER_SEEN = _("已对照来件逐位核对：来件上的证件号码就是这样写的")
# By the portal it comes by itself.
BY_STAFF = tuple(one for one in Channel if one is not Channel.WEB)


class RegisterForm(WorkForm):
    """What a paper, a call at the counter, a fax or a mail says. What it lacks is left empty: it is asked for
    by a supplement notice, never a reason to turn it away."""

    channel = Choice(required=True, label=_("提交渠道"), choices=[(one.value, one.label) for one in BY_STAFF])
    arrived_on = Day(
        required=True,
        label=_("到达日期"),
        help_text=_("当面提交之日、邮件签收之日，或者信件、传真、邮件到达之日。"),
    )
    post_number = Words(label=_("邮件号"), help_text=_("挂号信、特快专递的号码。"))
    is_oral = forms.BooleanField(
        required=False,
        label=_("口头提出，由工作人员代为填写"),
        help_text=_(
            "采用书面形式确有困难的，可以口头提出（《条例》第二十九条第一款）。请向申请人宣读后由其确认。"
        ),
    )
    kind = Choice(required=True, label=_("申请类别"), choices=Kind.choices)
    requester_kind = Choice(
        required=True, label=_("申请人类别"), none=_("（请选择）"), choices=RequesterKind.choices
    )
    name = Words(label=_("姓名或者名称"), required=True)
    identity_kind = Choice(label=_("证件类型"), none=_("（没有提供）"), choices=IdentityKind.choices)
    identity_number = Words(label=_("证件号码"))
    representative = Words(label=_("法定代表人"))
    contact_person = Words(label=_("联系人"))
    agent = Words(label=_("代理人"))
    phone = Words(label=_("联系电话"))
    email = Words(label=_("电子邮箱"))
    address = Words(label=_("通信地址"))
    postcode = Words(label=_("邮政编码"))
    words = Paragraphs(
        required=True,
        rows=6,
        label=_("所需政府信息的名称或者描述"),
        help_text=_("按申请人的原话抄录。一件来信要几项不相关信息的，登记后再拆分。"),
    )
    features = Paragraphs(rows=2, label=_("文号或者便于查询的其他特征"))
    wanted_form = Choice(label=_("提供形式"))
    reply_ways = forms.MultipleChoiceField(
        required=False, label=_("获取答复的途径"), widget=forms.CheckboxSelectMultiple
    )
    needs_help = forms.BooleanField(
        required=False, label=_("需要协助"), help_text=_("存在阅读困难或者视听障碍（《条例》第四十三条）。")
    )
    unit = Choice(label=_("承办科室"), none=_("（以后再定）"))
    files = Files(  # type: ignore[assignment]  # a field, not the files sent
        label=_("申请材料扫描件"),
        help_text=_("申请书、信封、附件。图片、PDF、Word、Excel 或者 OFD，每个不超过 20 MB。"),
    )
    proofs = Files(label=_("身份证明扫描件"), help_text=_("图片或者 PDF。打开查看须写明理由。"))
    # What was uploaded already and stays with the form.
    state = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", [("", _("（以后再定）")), *((str(one.pk), one.name) for one in units)])
        offer(self, "wanted_form", [(code, wanted_words(code)) for code in wanted_forms()])
        offer(self, "reply_ways", [(code, reply_words([code])) for code in reply_ways()])
        self.units = units

    def asked(self) -> Asked:
        """The request as it was written down."""
        given = self.cleaned_data
        texts = {name: str(given.get(name) or "") for name in _TEXTS if name in given}
        texts["wanted_form"] = texts.get("wanted_form") or "any"
        return Asked(
            **texts, reply_ways=tuple(given.get("reply_ways") or ()), needs_help=bool(given["needs_help"])
        )


class CorrectForm(RegisterForm):
    """What was registered, to be set right. `fixed`: what is not corrected any more."""

    confirmed_on = Day(
        label=_("双方确认之日"),
        help_text=_("平常信函、传真、电子邮件：与申请人确认收到的日期。留空的，确认后才起算期限。"),
    )
    reason = Paragraphs(
        required=True, rows=2, label=_("更正理由"), help_text=_("会记入操作记录，请勿写入姓名、号码。")
    )
    number_seen = forms.BooleanField(required=False, label=_NUMBER_SEEN)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, fixed: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, units=(), **options)
        offer(self, "channel", [(one.value, one.label) for one in BY_STAFF])
        for name in ("unit", "files", "proofs", "is_oral", "state", *fixed):
            self.fields.pop(name, None)

    def changes(self) -> dict[str, Any]:
        """What the form says of the request, by the names of its fields. An empty day is none."""
        names = (*_TEXTS, "needs_help", "channel", "arrived_on", "confirmed_on", "post_number")
        told = self.facts(*(name for name in names if name in self.fields))
        if "reply_ways" in self.fields:
            told["reply_ways"] = tuple(self.cleaned_data.get("reply_ways") or ())
        if not told.get("wanted_form"):
            told.pop("wanted_form", None)
        return told


class ReceiptForm(WorkForm):
    """The day both sides confirmed, where that is the day that counts."""

    confirmed_on = Day(
        label=_("双方确认之日"),
        help_text=_("与申请人联系确认收到的日期。还没有确认的留空：先登记编号，确认后才起算期限。"),
    )
    number_seen = forms.BooleanField(required=False, label=_NUMBER_SEEN)
    state = forms.CharField(widget=forms.HiddenInput)


class ConfirmForm(SeenForm):
    """The day both sides confirmed the receipt of what is waiting for it."""

    on = Day(required=True, label=_("双方确认之日"))


@dataclass(frozen=True, slots=True)
class Written:
    """A request as it was written down, on its way through the step of confirmation. `values`: as the form
    sends them; `files`: staged."""

    values: Mapping[str, Any]
    files: tuple[Kept, ...] = ()


def sealed(written: Written, staff: Staff, organ: Organ) -> str:
    """As it travels in a hidden field: for this person and organ alone."""
    told = {"values": dict(written.values), "files": [list(one) for one in written.files]}
    return seal(json.dumps(told, ensure_ascii=False), _place(staff, organ))


def opened(text: str, staff: Staff, organ: Organ) -> Written | None:
    """What a hidden field carries; None for what does not open."""
    if not text or len(text) > _LONGEST_STATE:
        return None
    try:
        told = json.loads(unseal(text, _place(staff, organ)))
    except (Unreadable, ValueError):
        return None
    return Written(told["values"], tuple(Kept(*one) for one in told["files"]))


def values_in(form: RegisterForm) -> dict[str, Any]:
    """What was filled in, to be shown in the form again."""
    given = form.cleaned_data
    kept = {name: given.get(name) for name in form.fields if name not in ("files", "proofs", "state", "once")}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in kept.items()}


def _place(staff: Staff, organ: Organ) -> str:
    return f"requests.register:{organ.pk}:{staff.pk}"
