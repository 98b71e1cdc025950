"""What a request says (REG.29), checked: the fields of the law and no other. A purpose is never asked."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from gongkai.statute.identifiers import parse_credit_code, parse_resident_number
from gongkai.web.organs.errors import WorkError
from gongkai.web.participation.actions.entering import one_line, tidy, too_long
from gongkai.web.requests.models import IdentityKind, Kind, RequesterKind
from gongkai.web.requests.settled import length, reply_ways, wanted_forms
from gongkai.web.requests.words_en import WAYS_EN
from gongkai.wording.personal import find_all_personal

PERSONAL = (
    "name",
    "identity_number",
    "representative",
    "contact_person",
    "phone",
    "email",
    "address",
    "postcode",
    "bank_account",
    "agent",
)
LABELS = {
    "name": "姓名或者名称",
    "identity_number": "证件号码",
    "representative": "法定代表人",
    "contact_person": "联系人",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "postcode": "邮政编码",
    "bank_account": "银行账户",
    "agent": "代理人",
    "words": "所需政府信息的名称或者描述",
    "features": "文号或者便于查询的其他特征",
}
_PHONE = re.compile(r"[+\d][\d \-()（）转,，/]{5,39}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
_MOBILE = 11  # digits, as of PII.MOB; an extension may follow
_NEEDED_EN = {"phone": "telephone number", "email": "e-mail address", "address": "postal address"}
_SUBJECT = 100
_TELEPHONE, _NUMBER = "（电话）", "（证件号码）"
_STAND_INS = {
    "phone": _TELEPHONE,
    "identity_number": _NUMBER,
    "email": "（电子邮箱）",
    "address": "（地址）",
    "postcode": "（邮政编码）",
    "bank_account": "（银行账户）",
}
# Of others, found by their form alone (PII.*).
_FOUND = {"PII.ID18": _NUMBER, "PII.ID15": _NUMBER, "PII.MOB": _TELEPHONE, "PII.TEL": _TELEPHONE}
# Kinds whose letters are capitals (GB 11643, GB 32100).
_CAPITALS = (IdentityKind.RESIDENT, IdentityKind.CREDIT_CODE)
_LIKE_RESIDENT = re.compile(r"\d{15}|\d{17}[\dXx]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The fields of REG.29 as they were filled in; `checked()` gives them as they are kept."""

    requester_kind: str
    name: str
    identity_kind: str = ""
    identity_number: str = ""
    representative: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    bank_account: str = ""
    agent: str = ""
    words: str = ""
    features: str = ""
    wanted_form: str = "electronic"
    reply_ways: tuple[str, ...] = ()
    needs_help: bool = False
    kind: str = Kind.INFORMATION

    def personal(self) -> dict[str, str]:
        """What is sealed in the requester's row."""
        return {name: getattr(self, name) for name in PERSONAL}


@dataclass(slots=True)
class Checked:
    """The facts as they are kept, and what is wrong with them: nothing, where they may be taken. `cautions`:
    what a paper may say and hardly means, to be compared with it."""

    asked: Asked
    faults: list[WorkError] = field(default_factory=list)
    cautions: list[WorkError] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """What it is about, in words that name nobody."""
        return subject_of(self.asked.words, self.asked.personal())


def check(asked: Asked, *, by_staff: bool = False, today: dt.date | None = None) -> Checked:
    """The facts tidied, with their faults (REG.29). From staff, who write down what a letter says, a proof or
    a way that the letter lacks is no fault: what is missing is asked for by a supplement notice (REG.30). A
    number that cannot be one is a caution then: the letter may say so, or it was mistyped, and the requester
    would not be known again (REG.35, REG.36(6), FEE.4)."""
    tidied = _tidied(asked)
    found = Checked(tidied)
    if not tidied.name:
        found.faults.append(_missing("name", "请填写姓名或者单位名称。", "Give the name."))
    if not tidied.words:
        zh = "请写明所需政府信息的名称，或者描述它的内容。"
        found.faults.append(_missing("words", zh, "Say which information is wanted."))
    for name, label in LABELS.items():
        found.faults += too_long(name, label, getattr(tidied, name), length(name))
    found.faults += _choices(tidied)
    if by_staff:
        found.cautions += number_doubts(tidied.identity_kind, tidied.identity_number, today)
    else:
        found.faults += _proof(tidied, today)
        found.faults += _contacts(tidied)
    return found


def is_doubtful_number(identity_kind: str, number: str, today: dt.date | None = None) -> bool:
    """Whether a number cannot be one of its kind: its length, date or check character is wrong (PII.ID18,
    META.3). Of a kind that is not told, what looks like a resident number is held against those."""
    if not number:
        return False
    plain = unicodedata.normalize("NFKC", number).replace(" ", "")
    if identity_kind == IdentityKind.RESIDENT or (not identity_kind and _LIKE_RESIDENT.fullmatch(plain)):
        return not parse_resident_number(number, on=today).ok
    if identity_kind == IdentityKind.CREDIT_CODE:
        return not parse_credit_code(number).ok
    return False


def subject_of(words: str, facts: Mapping[str, str] | None = None) -> str:
    """The first words of a request without what names somebody: for lists, and to find like requests.

    `facts`: what the requester gave of himself, which is taken out wherever it stands.
    """
    plain = masked(one_line(words), stand_ins(facts or {}))
    return plain if len(plain) <= _SUBJECT else plain[: _SUBJECT - 1] + "…"


def stand_ins(facts: Mapping[str, str], name: str = "（申请人）") -> dict[str, str]:
    """What stands for each value that somebody is known by, so that a sentence stays true: （申请人） for who
    it is, （电话） for a telephone. `name`: what stands for a name."""
    return {value: _STAND_INS.get(field, name) for field, value in facts.items() if len(value) > 1}


def masked(text: str, known: Mapping[str, str] | None = None) -> str:
    """A text without what names somebody, its lines kept. `known`: values with their `stand_ins`."""
    values = known or {}
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, values[value])
    told, at = [], 0
    for data in find_all_personal(text):
        told += [text[at : data.start], _FOUND.get(data.kind, data.masked)]
        at = data.end
    return re.sub(r"\d{7,}", lambda digits: "*" * len(digits[0]), "".join([*told, text[at:]]))


def _tidied(asked: Asked) -> Asked:
    values = {one.name: getattr(asked, one.name) for one in fields(asked)}
    for name in PERSONAL:
        values[name] = one_line(values[name])
    if values["identity_kind"] in _CAPITALS:
        values["identity_number"] = values["identity_number"].upper()
    values["words"], values["features"] = tidy(values["words"]), tidy(values["features"])
    values["reply_ways"] = tuple(dict.fromkeys(values["reply_ways"]))
    return Asked(**values)


def _choices(asked: Asked) -> list[WorkError]:
    faults = []
    if asked.requester_kind not in RequesterKind.values:
        faults.append(_missing("requester_kind", "请选择申请人类别。", "Say who asks."))
    if asked.identity_kind and asked.identity_kind not in IdentityKind.values:
        faults.append(_missing("identity_kind", "请选择证件类型。", "Choose the kind of proof."))
    if asked.wanted_form not in wanted_forms():
        faults.append(_missing("wanted_form", "请选择提供形式。", "Choose a form."))
    if asked.kind not in Kind.values:
        faults.append(_missing("kind", "请选择申请类别。", "Choose the kind of request."))
    if any(one not in reply_ways() for one in asked.reply_ways):
        faults.append(_missing("reply_ways", "获取途径无效，请重新选择。", "Choose the ways again."))
    return faults


def _proof(asked: Asked, today: dt.date | None) -> list[WorkError]:
    """The proof of identity (REG.29(1)). A number that cannot be one is told before it is sent."""
    faults = []
    if not asked.identity_kind:
        faults.append(_missing("identity_kind", "请选择证件类型。", "Choose the kind of proof."))
    if not asked.identity_number:
        faults.append(_missing("identity_number", "请填写证件号码。", "Give the number of the proof."))
    if not faults and is_doubtful_number(asked.identity_kind, asked.identity_number, today):
        # Not the words of the parser: they repeat what was typed.
        zh = "证件号码不正确，请对照证件逐位核对。"
        faults.append(WorkError("identity_number_wrong", zh, "Check the number.", field="identity_number"))
    return faults


def number_doubts(identity_kind: str, number: str, today: dt.date | None = None) -> list[WorkError]:
    """What is to be said to who writes down such a number."""
    if not is_doubtful_number(identity_kind, number, today):
        return []
    zh = (
        "证件号码不符合编码规则（位数、日期或者校验码有误），可能录错，请对照来件逐位核对。"
        "录错的，同一申请人的其他申请将对不上，计数和收费也会出错。"
    )
    en = (
        "This number breaks the rules for such numbers (length, date or check character): perhaps mistyped. "
        "Compare it with the paper: with a wrong number other requests of the same person are not found, and "
        "counts and fees go wrong."
    )
    return [WorkError("identity_number_doubtful", zh, en, field="identity_number")]


def _contacts(asked: Asked) -> list[WorkError]:
    faults = []
    if asked.email and not _MAIL.fullmatch(asked.email):
        zh = "电子邮箱格式不正确，例如 name@example.cn。"
        faults.append(WorkError("email_wrong", zh, "Check the mail address.", field="email"))
    if asked.phone and not (_PHONE.fullmatch(asked.phone) and _may_be_called(asked.phone)):
        zh = "联系电话不正确：手机号码是 11 位，固定电话请加区号，只写数字。"
        en = "Check the telephone number: a mobile has 11 digits, a landline its area code."
        faults.append(WorkError("phone_wrong", zh, en, field="phone"))
    if not (asked.phone or asked.email or asked.address):
        zh = "电话、电子邮箱、通信地址至少填写一项，以便联系您。"
        faults.append(_missing("phone", zh, "Give a telephone, mail or postal address."))
    if not asked.reply_ways:
        zh = "请选择获取答复的途径，可以选几项。"
        faults.append(_missing("reply_ways", zh, "Choose how the reply shall reach you."))
    for code in asked.reply_ways:
        way = reply_ways().get(code)
        if way and way.needs and not getattr(asked, way.needs):
            zh = f"获取途径选择了“{way.zh}”，请填写{LABELS[way.needs]}。"
            en = f"For the reply you chose “{WAYS_EN[code]}”: give your {_NEEDED_EN[way.needs]}."
            faults.append(_missing(way.needs, zh, en))
    return faults


def _may_be_called(phone: str) -> bool:
    """Whether a number that begins like a mobile's has a mobile's eleven digits; landlines vary."""
    digits = re.sub(r"\D", "", phone.removeprefix("+86"))
    return not digits.startswith("1") or len(digits) >= _MOBILE


def _missing(name: str, zh: str, en: str) -> WorkError:
    return WorkError(f"{name}_missing", zh, en, field=name)
