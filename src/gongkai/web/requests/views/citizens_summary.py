"""What was filled in, in words: for the summary and the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from gongkai.web.look.pieces import Fact
from gongkai.web.requests.forms.citizens import WHO, Step, notice_ways_of
from gongkai.web.requests.forms.citizens_state import Filled
from gongkai.web.requests.models import IdentityKind, Kind
from gongkai.web.requests.settled import reply_ways, wanted_forms
from gongkai.web.requests.words_en import FORMS_EN, WAYS_EN
from gongkai.wording.personal.masks import mask_identity_number

_SHORT = 8  # characters: of fewer hardly any would be hidden


def rows_of(step: Step, filled: Filled, lang: str, *, for_paper: bool = False) -> list[Fact]:
    """The answers of a page; those left empty are not shown. `for_paper`: a receipt may lie about."""
    if for_paper and step.code == "identity":
        number = filled.text("identity_number")
        filled = filled.filled(
            identity_number=mask_identity_number(number) if len(number) > _SHORT else "****"
        )
    return [Fact(label, value) for label, value in _rows(step, filled, lang) if value]


def _rows(step: Step, filled: Filled, lang: str) -> Iterator[tuple[str, Any]]:
    text = filled.text
    if step.code == "kind":
        yield str(step.short), _label(Kind, text("kind"))
    elif step.code == "words":
        yield str(step.short), text("words")
        if not filled.is_correction:
            yield _("文号或者其他线索"), text("features")
    elif step.code == "wanted":
        names = FORMS_EN if lang == "en" else wanted_forms()
        yield str(step.short), names.get(text("wanted_form"), "")
    elif step.code == "who":
        yield str(step.short), str(WHO.get(text("requester_kind"), ""))
    elif step.code == "name":
        yield from _names(filled)
    elif step.code == "identity":
        yield _("证件类型"), _label(IdentityKind, text("identity_kind"))
        yield _("证件号码"), text("identity_number")
    elif step.code == "agent":
        yield str(step.short), text("agent")
        yield _("授权委托书"), _files(step, filled)
    elif step.file_kind:
        yield str(step.short), _files(step, filled)
    elif step.code == "ways":
        known = WAYS_EN if lang == "en" else {code: one.zh for code, one in reply_ways().items()}
        yield str(step.short), _("、").join(known.get(one, "") for one in filled.listed("reply_ways"))
    elif step.code == "contact":
        yield from _contacts(filled)


def _names(filled: Filled) -> Iterator[tuple[str, str]]:
    yield (_("单位名称") if filled.is_organisation else _("姓名")), filled.text("name")
    if filled.is_organisation:
        yield _("法定代表人或者负责人"), filled.text("representative")
        yield _("联系人"), filled.text("contact_person")


def _contacts(filled: Filled) -> Iterator[tuple[str, str]]:
    yield _("联系电话"), filled.text("phone")
    yield _("电子邮箱"), filled.text("email")
    yield _("通信地址"), filled.text("address")
    yield _("邮政编码"), filled.text("postcode")
    yield _("有进展时通知我"), _("、").join(str(one.label) for one in notice_ways_of(filled))
    yield _("需要帮助"), _("是") if filled.is_set("needs_help") else ""


def _files(step: Step, filled: Filled) -> str:
    names = _("、").join(one.name for one in filled.of_kind(step.file_kind))
    if not names and step.code == "proof" and filled.is_set("proof_later"):
        return _("以后当面出示，或者邮寄复印件")
    return names


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""
