"""What is recorded of a decision on a request, as far as the law asks about it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from gongkai.statute.errors import DecisionError, short
from gongkai.statute.outcomes.catalogue import exemption, parts, ranks, unknown


class Opinion(StrEnum):
    """What a third party said when it was asked (REG.32)."""

    CONSENTED = "consented"
    OBJECTED = "objected"  # with reasonable grounds: the organ does not disclose
    OBJECTED_WITHOUT_GROUNDS = "objected-without-grounds"  # the organ decides
    SILENT = "silent"  # its 15 working days lapsed: the organ decides; neither consent nor refusal
    AWAITED = "awaited"  # asked, and its period still runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """One third party whose rights are at stake. `opinion`: None if it was not asked in writing (REG.32)."""

    opinion: Opinion | None = None
    name: str = ""

    def __post_init__(self) -> None:
        _check_flags(self, ())
        if self.opinion is not None and not isinstance(self.opinion, Opinion):
            raise unknown("opinion", "第三方意见", "third party's opinion", self.opinion, list(Opinion))


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSource:
    """A provision a decision rests on: `rank` a code of `ranks()`, `citation` its name and article."""

    rank: str
    citation: str

    def __post_init__(self) -> None:
        _check_flags(self, ())
        if self.rank not in ranks():
            raise unknown("rank", "法律位阶", "rank of law", self.rank, ranks())


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The recorded facts of one decision. None means: not recorded.

    `codes`: exactly one in the end. `basis`: which basis, where the outcome has several. `exemptions`: the
    ids cited. `reasons`: the letter gives reasons. `letter_parts`: codes of what the letter says, None if
    the letter is not looked at. `search_record`: what the record of the search tells, of `where`, `keywords`,
    `who`, `when`; None without a record. `public_interest`: the organ found that withholding would gravely
    affect the public interest (REG.15); `third_party_told`: what is disclosed and why was told in writing
    (REG.32). `legal_source`: the provision that forbids disclosure (REG.14b) or has access rules of its own
    (REG.36(7)). `disclosure_ordered_by`: a provision that orders disclosure (REG.16.2). `separable`: whether
    what can be open can be separated (REG.37). `reviewed`: the review before disclosure (REG.17).
    """

    codes: tuple[str, ...]
    basis: str = ""
    exemptions: tuple[str, ...] = ()
    reasons: bool = False
    letter_parts: frozenset[str] | None = None
    search_record: frozenset[str] | None = None
    classified: bool | None = None  # lawfully, before the decision (REG.14a)
    third_parties: tuple[ThirdParty, ...] = ()
    public_interest: bool = False
    third_party_told: bool = False
    legal_source: LegalSource | None = None
    disclosure_ordered_by: LegalSource | None = None
    separable: bool | None = None
    reviewed: bool | None = None
    right_organ_known: bool | None = None  # REG.36(5)
    right_organ_named: bool = False  # with its name and contact
    supplement_asked: bool = False  # REG.30
    supplement_received: bool = False
    supplement_lapsed: bool = False  # the period ended without good reason
    fee_notified: bool = False  # FEE.6
    fee_lapsed: bool = False
    answered_before: bool = False  # the same requester, the same information (REG.36(6))
    reasons_asked: bool = False  # why so many requests (REG.35)
    reasons_held: bool | None = None  # whether the requester's reasons hold

    def __post_init__(self) -> None:
        _check_flags(self, ("codes", "exemptions", "third_parties"))
        for id in self.exemptions:
            exemption(id)
        for code in self.letter_parts or ():
            if code not in parts():
                raise unknown("part", "答复书内容", "part of a letter", code, parts())
        for what in self.search_record or ():
            if what not in SEARCH_RECORD:
                raise unknown("search_item", "检索记录内容", "item of a search record", what, SEARCH_RECORD)
        for name, kind in (("legal_source", LegalSource), ("disclosure_ordered_by", LegalSource)):
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                raise _bad_field(name, value)
        if not all(isinstance(one, ThirdParty) for one in self.third_parties):
            raise _bad_field("third_parties", self.third_parties)


# What the record of a search tells (REG.36(4); which items: our own choice, D).
SEARCH_RECORD = {
    "where": ("检索范围", "where"),
    "keywords": ("检索关键词", "keywords"),
    "who": ("检索人", "who"),
    "when": ("检索时间", "when"),
}


def _check_flags(facts: object, tuples: tuple[str, ...]) -> None:
    """Refuse what would be read wrongly: a text where a tuple stands, a number where yes or no stands."""
    for field in fields(facts):  # type: ignore[arg-type]
        value = getattr(facts, field.name)
        kind = str(field.type)
        wrong = (
            (field.name in tuples and not isinstance(value, tuple))
            or (kind == "bool" and not isinstance(value, bool))
            or (kind == "bool | None" and value is not None and not isinstance(value, bool))
            or (kind == "str" and not isinstance(value, str))
            or (kind.startswith("frozenset") and not isinstance(value, frozenset | None))
        )
        if wrong:
            raise _bad_field(field.name, value)


def _bad_field(name: str, value: object) -> DecisionError:
    return DecisionError(
        "decision_bad_field",
        f"决定事实“{name}”的值不可用：{short(value)}。请核对其类型。",
        f"the fact {name!r} has a value of the wrong kind: {short(value)}. Check its type.",
    )
