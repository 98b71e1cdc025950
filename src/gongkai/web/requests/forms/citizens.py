"""The questions of the request form, one a page (REG.29, REG.41, REG.43). A purpose is never asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.forms.choosing import offer
from gongkai.web.disclosure.forms.fields import Choice, Files, NotEnforced, Paragraphs, Words
from gongkai.web.organs.errors import WorkError
from gongkai.web.participation.strangers import StrangersForm
from gongkai.web.requests.asked import check
from gongkai.web.requests.forms.citizens_state import FLAGS, LISTS, Filled
from gongkai.web.requests.models import FileKind, IdentityKind, Kind, NoticeWay, RequesterKind
from gongkai.web.requests.notices import offered_ways
from gongkai.web.requests.settled import reply_ways, wanted_forms
from gongkai.web.requests.words_en import FORMS_EN, WAYS_EN

_PERSON = RequesterKind.NATURAL_PERSON
# The columns of table 3, in words that whoever asks knows himself by.
WHO: dict[str, Any] = {**dict(RequesterKind.choices), _PERSON.value: _("个人（自然人）")}

# What a notice needs, and what is said where it lacks.
_NEEDED_BY = {
    NoticeWay.EMAIL: (
        "email",
        "“有进展时通知我”选择了电子邮件，请填写电子邮箱。",
        "You want to be told of news by e-mail: give your e-mail address.",
    ),
    NoticeWay.SMS: (
        "phone",
        "“有进展时通知我”选择了短信，请填写联系电话。",
        "You want to be told of news by text message: give your telephone number.",
    ),
}


class Several(NotEnforced, forms.MultipleChoiceField):
    """Some of a list."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": _("选项无效，请重新选择。"),
        "invalid_list": _("请重新选择。"),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})


class StepForm(forms.Form):
    """A page of the form. What is filled in is kept as it is; what is wrong with it the law's checks say."""

    use_required_attribute = False

    def __init__(self, *args: Any, filled: Filled, lang: str = "zh", **options: Any) -> None:
        super().__init__(*args, **options)
        self.filled, self.lang = filled, lang
        self.prepare()

    def prepare(self) -> None:
        """What depends on what was filled in before."""

    def taken(self) -> dict[str, Any]:
        """What was filled in on this page, but files."""
        return {
            name: self.cleaned_data.get(name, "" if name not in LISTS else [])
            for name, one in self.fields.items()
            if not isinstance(one, Files)
        }


class KindForm(StepForm):
    kind = Choice(label=_("办理事项"), widget=forms.RadioSelect, required=True, choices=Kind.choices)


class WordsForm(StepForm):
    words = Paragraphs(
        rows=7,
        label=_("需要的信息叫什么，或者是什么内容？"),
        help_text=_("写得越具体，找得越快：什么事项、哪个地方、哪一年。一份申请写一件事。不用写为什么需要。"),
        required=True,
    )
    features = Words(
        label=_("文号或者其他线索"),
        help_text=_("例如文号、发布时间、经办单位。不知道可以不填。"),
    )

    def prepare(self) -> None:
        if self.filled.is_correction:
            self.fields["words"].label = _("哪条记录不准确？应当是什么？")
            self.fields["words"].help_text = _(
                "写明记录在哪里、现在怎样写的、应当怎样改。只限与您本人有关的记录。"
            )
            del self.fields["features"]


class EvidenceForm(StepForm):
    files = Files(label=_("证明记录不准确的材料"), help_text=_("图片、PDF、Word、Excel，可以选几个。"))  # type: ignore[assignment]  # a field, not the files sent


class WantedForm(StepForm):
    wanted_form = Choice(label=_("提供形式"), widget=forms.RadioSelect, required=True)

    def prepare(self) -> None:
        names = FORMS_EN if self.lang == "en" else wanted_forms()
        offer(self, "wanted_form", [(code, names[code]) for code in wanted_forms()])


class WhoForm(StepForm):
    requester_kind = Choice(
        label=_("申请人类别"), widget=forms.RadioSelect, required=True, choices=list(WHO.items())
    )


class NameForm(StepForm):
    name = Words(
        label=_("姓名"),
        help_text=_("与证件上的一致。"),
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    representative = Words(label=_("法定代表人或者负责人"))
    contact_person = Words(label=_("联系人"))

    def prepare(self) -> None:
        if not self.filled.is_organisation:
            del self.fields["representative"], self.fields["contact_person"]
            return
        self.fields["name"].label = _("单位名称")
        self.fields["name"].widget.attrs["autocomplete"] = "organization"


class AgentForm(StepForm):
    """Asked of nobody who does not say that somebody acts for them."""

    agent = Words(label=_("代理人姓名或者名称"), help_text=_("没有代理人的，留空。"))
    files = Files(  # type: ignore[assignment]  # a field, not the files sent
        label=_("授权委托书的照片或者扫描件"),
        help_text=_(
            "写明委托谁、办理什么，由委托人签名或者盖章。代理人的身份证明可以一并上传。图片、PDF、Word，可以选几个。"
        ),
    )


class IdentityForm(StepForm):
    identity_kind = Choice(label=_("证件类型"), widget=forms.RadioSelect, required=True)
    identity_number = Words(
        label=_("证件号码"),
        help_text=_("加密保存，只用于核对身份和办理这件申请。"),
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def prepare(self) -> None:
        own = IdentityKind.CREDIT_CODE
        choices = [
            one
            for one in IdentityKind.choices
            if self.filled.is_organisation == (one[0] == own) or one[0] == "other"
        ]
        offer(self, "identity_kind", choices)


class ProofForm(StepForm):
    files = Files(  # type: ignore[assignment]  # a field, not the files sent
        label=_("身份证明的照片或者扫描件"),
        help_text=_("jpg、png、pdf 等，每个不超过 20 MB，可以选几个。身份证请传正反两面。上传后加密保存。"),
    )
    proof_later = forms.BooleanField(required=False, label=_("现在不能上传：以后当面出示，或者邮寄复印件"))

    def prepare(self) -> None:
        if self.filled.is_organisation:
            self.fields["files"].label = _("营业执照或者其他证件的照片或者扫描件")
            self.fields["files"].help_text = _(
                "单位的营业执照、事业单位法人证书、社会团体登记证书等。"
                "jpg、png、pdf 等，每个不超过 20 MB，可以选几个。上传后加密保存。"
            )
        if self.filled.is_set("by_agent"):
            more = _("这里传申请人的证件；代理人的，与授权委托书一起传。")
            self.fields["files"].help_text = f"{self.fields['files'].help_text}{more}"


class WaysForm(StepForm):
    reply_ways = Several(label=_("获取途径"), help_text=_("可以选几种。"), required=True)

    def prepare(self) -> None:
        known = reply_ways()
        names = WAYS_EN if self.lang == "en" else {code: one.zh for code, one in known.items()}
        offer(self, "reply_ways", [(code, names[code]) for code in known])


class ContactForm(StepForm):
    phone = Words(
        label=_("联系电话"),
        help_text=_("机关核对申请、提醒补正时使用。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = Words(
        label=_("电子邮箱"), widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )
    address = Words(label=_("通信地址"), widget=forms.TextInput(attrs={"autocomplete": "street-address"}))
    postcode = Words(
        label=_("邮政编码"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    notice_ways = Several(
        label=_("有进展时通知我"),
        help_text=_("通知里只有编号，没有您的姓名和申请内容。"),
    )
    needs_help = forms.BooleanField(
        required=False,
        label=_("我阅读、听说或者书写有困难，需要帮助"),
        help_text=_("机关会打电话与您商量怎样方便（条例第四十三条）。"),
    )

    def prepare(self) -> None:
        needed = {
            reply_ways()[code].needs for code in self.filled.listed("reply_ways") if code in reply_ways()
        }
        for name in ("phone", "email", "address"):
            self.fields[name].required = name in needed
        if self.filled.is_set("by_agent"):
            self.fields["phone"].help_text = _("机关核对申请、提醒补正时使用；可以填代理人的电话。")
        ways = [(way.value, way.label) for way in offered_ways()]
        if ways:
            offer(self, "notice_ways", ways)
        else:
            del self.fields["notice_ways"]


@dataclass(frozen=True, slots=True)
class Step:
    """A page. `short`: its name in the summary; `when`: whether it is asked at all."""

    code: str
    title: Any
    short: Any
    form: type[StepForm]
    when: Callable[[Filled], bool] = lambda _filled: True
    file_kind: str = ""

    def title_for(self, filled: Filled) -> Any:
        if self.code == "words" and filled.is_correction:
            return _("需要更正哪条记录？")
        if self.code == "name" and filled.is_organisation:
            return _("单位名称、法定代表人和联系人")
        if self.code == "identity" and filled.is_organisation:
            return _("单位的证件")
        return self.title


STEPS = (
    Step("kind", _("您要办理什么？"), _("办理事项"), KindForm),
    Step("words", _("您需要什么政府信息？"), _("所需信息"), WordsForm),
    Step(
        "evidence",
        _("有什么能证明记录不准确？"),
        _("证明材料"),
        EvidenceForm,
        lambda filled: filled.is_correction,
        FileKind.REQUEST.value,
    ),
    Step("wanted", _("以什么形式提供？"), _("提供形式"), WantedForm, lambda filled: not filled.is_correction),
    Step("who", _("谁来申请？"), _("申请人类别"), WhoForm),
    Step("name", _("您的姓名"), _("申请人"), NameForm),
    Step(
        "agent",
        _("谁代您申请？"),
        _("代理人"),
        AgentForm,
        lambda filled: filled.is_set("by_agent"),
        FileKind.AUTHORITY.value,
    ),
    Step("identity", _("您的证件"), _("证件"), IdentityForm),
    Step("proof", _("上传身份证明"), _("身份证明"), ProofForm, file_kind=FileKind.IDENTITY.value),
    Step("ways", _("怎样把答复交给您？"), _("获取途径"), WaysForm),
    Step("contact", _("怎样联系您？"), _("联系方式"), ContactForm),
)
BY_CODE = {one.code: one for one in STEPS}
FIRST = STEPS[0]


def asked_steps(filled: Filled) -> list[Step]:
    """The questions that are put, in order."""
    return [one for one in STEPS if one.when(filled)]


def faults_of(step: Step, filled: Filled) -> list[WorkError]:
    """What is wrong with what this page asks for."""
    names = set(step.form.base_fields)
    faults = [one for one in check(filled.asked()).faults if one.field in names]
    if step.code == "kind" and not filled.text("kind"):
        faults.append(_missing("kind", "请选择要办理的事项。", "Choose what you want."))
    if step.code == "proof" and not filled.proof_is_settled:
        zh = "请上传身份证明；现在不能上传的，请勾选“现在不能上传”。"
        faults.append(_missing("files", zh, "Send a proof of identity, or say that it comes later."))
    if step.code == "agent" and filled.of_kind(step.file_kind) and not filled.text("agent").strip():
        zh = "上传了授权委托书，请填写代理人；没有代理人的，请去掉上传的文件。"
        faults.append(_missing("agent", zh, "Say who acts for you, or take the file off."))
    if step.code == "contact":
        for way in notice_ways_of(filled):
            name, zh, en = _NEEDED_BY[way]
            if not filled.text(name).strip():
                faults.append(_missing(name, zh, en))
    return faults


def notice_ways_of(filled: Filled) -> list[NoticeWay]:
    """The ways chosen, of those that there are today."""
    return [way for way in offered_ways() if way in filled.listed("notice_ways")]


def initial_of(step: Step, filled: Filled) -> dict[str, Any]:
    return {
        name: filled.is_set(name) if name in FLAGS else filled.values.get(name)
        for name in step.form.base_fields
        if filled.values.get(name)
    }


def _missing(name: str, zh: str, en: str) -> WorkError:
    return WorkError(f"{name}_missing", zh, en, field=name)


class StatusForm(StrangersForm):
    """The number and the code that stand on a receipt."""

    number = Words(
        label=_("申请编号"),
        max_length=40,
        required=True,
        help_text=_("例如 〔2026〕12号，可以只写 2026-12。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = Words(
        label=_("查询码"),
        max_length=30,
        required=True,
        help_text=_("回执上的十二位字母和数字，不分大小写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class LinkForm(StrangersForm):
    """An address that a link is sent to."""

    address = Words(
        label=_("电子邮箱"),
        max_length=200,
        required=True,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class SupplementForm(forms.Form):
    """What was asked to be supplemented (REG.30)."""

    use_required_attribute = False
    words = Paragraphs(rows=7, label=_("补正的内容"), help_text=_("按补正告知书的要求写。最多 5000 字。"))
    files = Files(label=_("补正材料"), help_text=_("图片、PDF、Word、Excel，可以选几个。"))  # type: ignore[assignment]  # a field, not the files sent


class FeeAnswerForm(forms.Form):
    """That the fee is paid, with a proof; or what its requester has to say of it."""

    use_required_attribute = False
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    files = Files(label=_("缴费凭证"), help_text=_("缴款书、转账回单的照片或者扫描件，可以选几个。"))  # type: ignore[assignment]  # a field, not the files sent
    words = Paragraphs(rows=3, label=_("说明"), help_text=_("例如缴费日期、缴款人，或者对收费的疑问。"))
