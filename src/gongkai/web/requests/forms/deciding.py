"""The form of a decision: what every outcome asks, and what this one asks beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.articles import article
from gongkai.statute.errors import StatuteError
from gongkai.statute.outcomes import (
    SEARCH_RECORD,
    Basis,
    Decision,
    Outcome,
    check_decision,
    exemptions,
    outcome,
    outcomes,
    ranks,
)
from gongkai.web.disclosure.forms.fields import Choice, NotEnforced, Paragraphs, SeenForm, Words, offer
from gongkai.web.requests.actions.deciding import MOST_WORDS, WORDS
from gongkai.web.requests.actions.entering import MOST_REASON
from gongkai.web.requests.given_out import gives, withholds

_YES_NO = [("", _("未核实")), ("yes", _("是")), ("no", _("否"))]
_FLAGS = (
    "public_interest",
    "right_organ_known",
    "right_organ_named",
    "answered_before",
    "reasons_asked",
)
_JUDGED = ("classified", "separable", "reviewed", "reasons_held")
_SEARCH_LABELS = {name: zh for name, (zh, _en) in SEARCH_RECORD.items()}
# Where each of the law's findings is mended.
FIELD_OF = {
    "basis_missing": "outcome",
    "reasons_missing": "reasons",
    "reasons_advisable": "reasons",
    "exemption_missing": "exemptions",
    "exemption_wrong": "exemptions",
    "exemption_out_of_place": "exemptions",
    "not_classified": "classified",
    "classification_unrecorded": "classified",
    "source_missing": "source_citation",
    "source_too_low": "source_rank",
    "public_interest_found": "public_interest",
    "third_party_overruled": "public_interest",
    "disclosure_ordered": "ordered_citation",
    "separable_refused": "separable",
    "separability_unrecorded": "separable",
    "inseparable_part": "separable",
    "search_missing": "search_where",
    "search_incomplete": "search_where",
    "right_organ_not_named": "right_organ_named",
    "not_answered_before": "answered_before",
    "reasons_not_asked": "reasons_asked",
    "reasons_hold": "reasons_held",
    "reasons_unjudged": "reasons_held",
    "not_reviewed": "reviewed",
    "unknown_basis": "outcome",
    "information_missing": "information",
    "withheld_missing": "withheld",
}


def choice_of(code: str, basis: str) -> str:
    """An outcome with its basis as one choice."""
    return f"{code}.{basis}" if basis else code


def read_choice(choice: str) -> tuple[str, str]:
    code, _dot, basis = choice.partition(".")
    return code, basis


def known_choice(choice: str) -> tuple[Outcome, Basis] | None:
    """The outcome and the basis of a choice; None for what is none."""
    code, basis = read_choice(choice)
    try:
        found = outcome(code)
    except StatuteError:
        return None
    on = found.basis(basis)
    return (found, on) if on is not None else None


def choices(lang: str) -> list[tuple[str, str]]:
    """Every outcome with each of its bases."""
    english = lang == "en"
    told = []
    for one in outcomes():
        for basis in one.bases:
            words = one.en if english else one.zh
            more = (basis.en if english else basis.zh) if basis.code else ""
            told.append((choice_of(one.code, basis.code), f"{words}：{more}" if more else words))
    return told


def _judgment(label: Any, hint: Any = "") -> Choice:
    return Choice(label=label, choices=_YES_NO, help_text=hint)


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def _ranks(lang: str) -> list[tuple[str, str]]:
    return [
        ("", str(_("（请选择）"))),
        *((code, en if lang == "en" else zh) for code, (zh, en) in ranks().items()),
    ]


class Several(NotEnforced, forms.MultipleChoiceField):
    """Any of a list."""


class DecisionForm(SeenForm):
    """A decision as it is drafted. `chosen`: the outcome whose questions it asks; others are left out."""

    outcome = Choice(label=_("办理结果和依据"), required=True)
    finding = Paragraphs(
        rows=3, label=_("认定"), max_length=MOST_WORDS, help_text=_("答复书中的结论，例如：该信息予以公开。")
    )
    information = Paragraphs(
        rows=3,
        label=_("提供的信息"),
        max_length=MOST_WORDS,
        help_text=_(
            "一行一项，写入答复书；要随附的文件另在“随答复提供的文件”中加入。审批的人看到的就是答复的内容。"
        ),
    )
    withheld = Paragraphs(
        rows=2,
        label=_("不予公开的部分"),
        max_length=MOST_WORDS,
        help_text=_("遮盖、删去了哪些内容，例如：银行账号。写入答复书。"),
    )
    reasons = Paragraphs(
        rows=5, label=_("理由"), max_length=MOST_WORDS, help_text=_("事实和依据。写给申请人看，写入答复书。")
    )
    obtained = Paragraphs(rows=2, label=_("获取方式"), max_length=MOST_WORDS)
    exemptions = Several(label=_("不予公开的情形"), required=False, widget=forms.CheckboxSelectMultiple)
    classified = _judgment(_("是否已经依法定密"), _("决定之前已经定密的才算（第十四条）。"))
    separable = _judgment(_("能否区分处理"), _("能区分的，应当公开可以公开的部分（第三十七条）。"))
    public_interest = _tick(
        _("不公开会对公共利益造成重大影响"),
        _("即使第三方不同意，也可以公开，并书面告知第三方（第十五条、第三十二条）。"),
    )
    reviewed = _judgment(_("是否已经公开前审查"), _("包括保密审查（第十七条）。"))
    source_rank = Choice(label=_("所依据规定的位阶"))
    source_citation = Words(
        label=_("所依据的规定"), max_length=200, help_text=_("名称和条、款、项，例如《统计法》第二十八条。")
    )
    ordered_rank = Choice(label=_("要求公开的规定的位阶"))
    ordered_citation = Words(
        label=_("要求公开的规定"), max_length=200, help_text=_("法律、法规、规章规定应当公开的，从其规定。")
    )
    search_where = Words(label=_("检索范围"), max_length=500, help_text=_("哪些系统、档案、科室。"))
    search_keywords = Words(label=_("检索关键词"), max_length=300)
    search_who = Words(label=_("检索人"), max_length=100)
    search_when = Words(label=_("检索时间"), max_length=100)
    search_more = Paragraphs(rows=3, label=_("检索的其他情况"), max_length=3000)
    right_organ_known = _tick(_("能够确定负责公开的机关"))
    right_organ_named = _tick(_("答复书写明该机关的名称和联系方式"))
    answered_before = _tick(
        _("已核对：就同一申请人的相同信息已经作出过答复"), _("此前的答复见案件页的“相似申请”。")
    )
    reasons_asked = _tick(_("已书面要求申请人说明理由"))
    reasons_held = _judgment(_("申请人说明的理由是否成立"))
    remark = Words(
        label=_("送审说明"),
        max_length=MOST_REASON,
        help_text=_(
            "写给审批的人。退回以后没有改动就再次送审的，须写明为什么不改。记入操作记录，不写姓名、电话。"
        ),
    )

    def __init__(
        self, *args: Any, chosen: str, lang: str, was_returned: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.chosen = chosen
        offer(self, "outcome", [("", _("（请选择）")), *choices(lang)])
        self.fields["exemptions"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{one.en if lang == 'en' else one.zh}（{_called(one.id, lang)}）")
            for one in exemptions()
        ]
        for name in ("source_rank", "ordered_rank"):
            offer(self, name, _ranks(lang))
        asked = {*fields_of(chosen, self.ticked()), *(("remark",) if was_returned else ())}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        for name in demanded(chosen) & set(self.fields):
            # Its label no longer says that it can be left out; a draft without it is kept all the same.
            self.fields[name].required = not isinstance(self.fields[name], forms.BooleanField)

    def ticked(self) -> tuple[str, ...]:
        """The exemptions chosen so far."""
        if self.is_bound:
            return tuple(self.data.getlist("exemptions")) if hasattr(self.data, "getlist") else ()
        return tuple(self.initial.get("exemptions") or ())

    def facts_told(self) -> dict[str, Any]:
        """The facts as `statute.outcomes` takes them."""
        given = self.cleaned_data
        facts: dict[str, Any] = {name: True for name in _FLAGS if given.get(name)}
        facts |= {name: given[name] == "yes" for name in _JUDGED if given.get(name)}
        facts["exemptions"] = given.get("exemptions") or []
        for name, field in (("legal_source", "source"), ("disclosure_ordered_by", "ordered")):
            rank, citation = given.get(f"{field}_rank"), given.get(f"{field}_citation")
            if rank and citation:
                facts[name] = {"rank": rank, "citation": citation}
        facts["search"] = [name for name in SEARCH_RECORD if given.get(f"search_{name}")]
        return facts

    def words_told(self) -> dict[str, str]:
        """What it says in words, the record of the search put together."""
        given = self.cleaned_data
        told = {name: given.get(name) or "" for name in WORDS if name != "search_record"}
        return {**told, "search_record": search_record(given)}

    def half_told(self) -> dict[str, Any]:
        """Fields of a provision that lack their other half."""
        wrong = {}
        for field in ("source", "ordered"):
            rank, citation = (self.cleaned_data.get(f"{field}_{name}") for name in ("rank", "citation"))
            if citation and not rank:
                wrong[f"{field}_rank"] = _("请选择这一规定的位阶。")
            if rank and not citation:
                wrong[f"{field}_citation"] = _("请写明规定的名称和条款。")
        return wrong


def _called(rule: str, lang: str) -> str:
    found = article(rule)
    return found.en if lang == "en" else found.zh


_ALWAYS = ("once", "seen", "outcome", "finding", "reasons", "obtained")
_EXEMPT = ("exemptions", "separable")
_SEARCH = tuple(f"search_{name}" for name in (*SEARCH_RECORD, "more"))
# What an exemption asks beside: its words, the exemptions, the fields.
OF_EXEMPTIONS: tuple[tuple[Any, frozenset[str], tuple[str, ...]], ...] = (
    (_("国家秘密：依法定密"), frozenset({"REG.14a"}), ("classified",)),
    (
        _("法律、行政法规禁止公开：所依据的规定"),
        frozenset({"REG.14b"}),
        ("source_rank", "source_citation"),
    ),
    (_("第三方权益：公共利益"), frozenset({"REG.15"}), ("public_interest",)),
    (
        _("过程性信息、行政执法案卷：另有规定要求公开的"),
        frozenset({"REG.16.2a", "REG.16.2b"}),
        ("ordered_rank", "ordered_citation"),
    ),
)


def fields_of(choice: str, ticked: Iterable[str] = ()) -> tuple[str, ...]:
    """The fields that an outcome on a basis asks for; `ticked`: the exemptions chosen so far. A part-grant
    can rest on any exemption, so it has the fields of all."""
    found = known_choice(choice)
    if found is None:
        return _ALWAYS
    chosen, basis = found
    asked = list(_ALWAYS)
    if basis.exempt:
        asked += [*_EXEMPT, *_of_exemptions(chosen, frozenset(ticked))]
    if chosen.code in ("OPEN-2", "PART"):
        asked += ["reviewed", "public_interest"]
    if chosen.code == "PART":
        asked += ["separable"]
    if gives(chosen.code, basis.code):
        asked += ["information"]
    if withholds(chosen.code, basis.code):
        asked += ["withheld"]
    if basis.grounded_in:
        asked += ["source_rank", "source_citation"]
    if basis.search_record or chosen.row.startswith("unavailable.not_held"):
        asked += _SEARCH
    if basis.code == "not_responsible":
        asked += ["right_organ_known", "right_organ_named"]
    if chosen.code == "NOP-2":
        asked += ["answered_before"]
    if chosen.code == "NOP-4":
        asked += ["reasons_asked", "reasons_held"]
    return tuple(dict.fromkeys(asked))


def _of_exemptions(chosen: Outcome, ticked: frozenset[str]) -> list[str]:
    own = {one.id for one in exemptions() if one.outcome == chosen.code}
    cited = {*own, *ticked}
    return [
        name for _words, ids, names in OF_EXEMPTIONS if chosen.code == "PART" or ids & cited for name in names
    ]


def demanded(choice: str) -> frozenset[str]:
    """The fields whose lack is told of when a decision is sent for approval, as the law's checks say of one
    with nothing in it, and those that its reply must tell."""
    found = known_choice(choice)
    if found is None:
        return frozenset({"outcome"})
    chosen, basis = found
    empty = check_decision(Decision(codes=(chosen.code,), basis=basis.code))
    told = {FIELD_OF[one.code] for one in empty if one.code in FIELD_OF}
    if "search_where" in told:
        told |= {f"search_{name}" for name in SEARCH_RECORD}
    if "source_citation" in told:
        told |= {"source_rank"}
    if "way" in {part.code for part in basis.parts}:
        told |= {"obtained"}
    return frozenset({*told, "outcome", "finding", "information", "withheld"})


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("办理结果"), ("outcome",)),
    (_("不予公开的审查"), _EXEMPT),
    *((words, names) for words, _ids, names in OF_EXEMPTIONS),
    (_("公开前审查"), ("reviewed",)),
    (_("检索记录"), _SEARCH),
    (_("负责公开的机关"), ("right_organ_known", "right_organ_named")),
    (_("重复申请"), ("answered_before",)),
    (_("数量、频次的理由"), ("reasons_asked", "reasons_held")),
    (_("答复的内容"), ("finding", "information", "withheld", "reasons", "obtained")),
    (_("送审"), ("remark",)),
)


def search_record(given: Mapping[str, Any]) -> str:
    """The record of a search as one text: a line each of where, keywords, who, when; then the rest."""
    told = {name: " ".join(str(given.get(f"search_{name}") or "").split()) for name in SEARCH_RECORD}
    lines = [f"{zh}：{told[name]}" for name, zh in _SEARCH_LABELS.items() if told[name]]
    more = str(given.get("search_more") or "").strip()
    return "\n".join([*lines, *([more] if more else [])])


def read_search(record: str) -> dict[str, str]:
    """The fields that a record of a search was put together from."""
    told: dict[str, str] = {}
    rest = []
    for line in record.split("\n"):
        found = re.match(r"([^：]{2,8})：(.*)", line)
        name = next((n for n, zh in _SEARCH_LABELS.items() if found and found[1] == zh), "")
        if found and name and f"search_{name}" not in told:
            told[f"search_{name}"] = found[2]
        else:
            rest.append(line)
    return {**told, "search_more": "\n".join(rest).strip()}


class ApprovalForm(SeenForm):
    """An opinion on a decision."""

    reason = Paragraphs(rows=4, label=_("意见"), max_length=2000, help_text=_("退回必须写明理由。"))


class ReasonForm(SeenForm):
    reason = Words(label=_("理由"), required=True, max_length=200)
