"""The forms of writing: a new record, its draft, its attachments and links, the list's filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import (
    Validity,
    categories,
    category,
    genre,
    genres,
    record_kind,
    record_kinds,
    themes,
)
from gongkai.web.disclosure.actions.drafting import draft_of
from gongkai.web.disclosure.content import FIELDS, MOST_BODY
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
from gongkai.web.disclosure.models import ChecklistItem, LinkKind, Record, State
from gongkai.web.disclosure.models.versions import ChangeKind, Stage
from gongkai.web.disclosure.permissions import may_draft
from gongkai.web.disclosure.proposals import Proposal
from gongkai.web.look.states import STATES
from gongkai.web.organs.models import Organ, Staff, Unit

WORD_FILES = ".docx,.doc,.wps,.txt,.md"
# What the catalogue calls a field, where a version calls it otherwise.
_NAMES = {"approved_on": "decided_on", "fiscal_year": "for_year", "report_year": "for_year"}
_OF_SOME_KINDS = ("decided_on", "for_year", "effective_on", "expires_on")
_EMPTY = _("（不选）")
# REG.19 orders publication of what must be widely known: it stands under the closing item of REG.20, at every
# organ; under public services where REG.21 binds the organ.
CLOSING, PUBLIC_SERVICES = "20.15", "21.02"


def kind_choices(lang: str, organ: Organ | None = None) -> list[tuple[str, str]]:
    """The kinds of record, of an organ those that it can make."""
    can_be = record_kinds() if organ is None else record_kinds(organ.organ_kind, level=organ.statute_level)
    return [(one.code, one.name(lang)) for one in can_be]


def category_choices(organ: Organ | None, lang: str) -> list[tuple[str, str]]:
    """The categories of REG.20 and 21, of an organ those that bind it."""
    bound = categories() if organ is None else categories(organ.organ_kind, level=organ.statute_level)
    listed = [(one.code, f"{one.code} {one.short(lang)}") for one in bound]
    if organ is None:
        return listed
    closing = _labelled(CLOSING, lang)
    words = gettext("%(words)s（没有合适类别的）") % {"words": closing}
    return [(code, words if code == CLOSING else told) for code, told in listed]


def category_hint(organ: Organ, lang: str) -> str:
    """Where a notice to everybody belongs that no item names: water cut off, a road closed (REG.19-21)."""
    bound = {one.code for one in categories(organ.organ_kind, level=organ.statute_level)}
    facts = {"closing": _labelled(CLOSING, lang), "services": _labelled(PUBLIC_SERVICES, lang)}
    if PUBLIC_SERVICES in bound:
        words = gettext(
            "停水、停电、道路封闭等需要公众广泛知晓的通知，选“%(services)s”；没有合适类别的，选“%(closing)s”"
            "（《条例》第十九条、第二十条第十五项、第二十一条）。"
        )
    else:
        words = gettext(
            "停水、停电、道路封闭等需要公众广泛知晓的通知，以及没有合适类别的，选“%(closing)s”"
            "（《条例》第十九条、第二十条第十五项）。"
        )
    return words % facts


def _labelled(code: str, lang: str) -> str:
    return f"{code} {category(code).short(lang)}"


def units_to_write_for(staff: Staff, organ: Organ) -> list[Unit]:
    """The units of an organ whose records the person may write. 1 query."""
    units = Unit.objects.filter(organ=organ, is_active=True)
    return [one for one in units if may_draft(staff, Record(organ=organ, unit=one))]


class NewRecordForm(WorkForm):
    """What a new record needs: its kind, and a Word file or a title."""

    kind = Choice(required=True, label=_("信息种类"))
    word = forms.FileField(
        label=_("Word 文件"),
        required=False,
        help_text=_("正文、标题、文号、日期从文件中读出，可以再改。修订、批注等隐藏内容不带入正文。"),
        widget=forms.FileInput(attrs={"accept": WORD_FILES}),
    )
    title = Words(label=_("标题"), help_text=_("选择了文件的可以不填。"))
    unit = Choice(label=_("责任科室"), none=_EMPTY)
    checklist_item = Choice(label=_("公开事项"), none=_EMPTY, help_text=_("这条信息履行清单中的哪一项。"))

    def __init__(self, *args: Any, staff: Staff, organ: Organ, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units_to_write_for(staff, organ)
        offer(self, "kind", kind_choices(lang, organ))
        offer(self, "unit", [("", _EMPTY), *((str(one.pk), one.name) for one in self.units)])
        self.items = list(ChecklistItem.objects.filter(organ=organ, is_active=True))
        offer(
            self,
            "checklist_item",
            [
                ("", _EMPTY),
                *((str(one.pk), str(one)) for one in self.items),
            ],
        )

    def chosen_unit(self) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)

    def chosen_item(self) -> ChecklistItem | None:
        return next(
            (one for one in self.items if str(one.pk) == self.cleaned_data.get("checklist_item")), None
        )


class RecordForm(SeenForm):
    """The editor: the fields that the record's kind asks for, the body, files to add."""

    title = Words(label=_("标题"))
    body = Paragraphs(
        rows=20,
        label=_("正文"),
        help_text=_("可以直接改文字；写普通文字的，每行成为一段。整篇更换的，请从 Word 文件重新读入。"),
    )
    word = forms.FileField(
        label=_("从 Word 文件重新读入正文"),
        required=False,
        help_text=_("选择文件后保存，文件中的正文替换现有正文。"),
        widget=forms.FileInput(attrs={"accept": WORD_FILES}),
    )
    document_number = Words(label=_("发文字号"), help_text=_("例如 北政发〔2026〕12号"))
    made_on = Day(label=_("成文日期"))
    decided_on = Day(label=_("批准或决定日期"))
    for_year = Words(label=_("所属年度"), help_text=_("四位年份"))
    effective_on = Day(label=_("实施日期"))
    expires_on = Day(label=_("有效期至"))
    category = Choice(label=_("公开类别"), none=_EMPTY)
    theme = Choice(label=_("主题分类"), none=_EMPTY)
    genre = Choice(label=_("体裁"), none=_EMPTY)
    unit = Choice(label=_("责任科室"))
    checklist_item = Choice(label=_("公开事项"), none=_EMPTY)
    summary = Paragraphs(rows=2, label=_("内容概述"), help_text=_("一两句话，不超过 300 字。"))
    keywords = Words(label=_("关键词"))
    joint_organs = Words(label=_("联合发文机关"))
    change_note = Words(label=_("变更说明"), help_text=_("改了什么、为什么改。"))
    changed_on = Day(label=_("变更日期"))
    new_files = Files(label=_("添加附件"), help_text=_("可以一次选择几个文件，每个不超过 20 MB。"))

    def __init__(
        self,
        *args: Any,
        record: Record,
        staff: Staff,
        lang: str,
        proposals: Mapping[str, Proposal] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.record = record
        self._choose(staff, lang)
        self._ask(record, proposals or {})
        self._propose(proposals or {}, lang)

    def _choose(self, staff: Staff, lang: str) -> None:
        """The lists to choose from; what stands in the record can always be kept."""
        record, version = self.record, draft_of(self.record)
        lists: dict[str, list[tuple[str, str]]] = {
            "category": category_choices(record.organ, lang),
            "theme": [(one.code, f"{one.code} {one.name(lang)}") for one in themes()],
            "genre": [(one.code, one.name(lang)) for one in genres()],
        }
        self.fields["category"].help_text = category_hint(record.organ, lang)
        for name, listed in lists.items():
            now = getattr(version, name)
            others = [(now, now)] if now and now not in dict(listed) else []
            offer(self, name, [("", _EMPTY), *listed, *others])
        self.units = units_to_write_for(staff, record.organ)
        if record.unit is not None and record.unit not in self.units:
            self.units.append(record.unit)
        none: list[tuple[str, Any]] = [] if record.unit_id else [("", _EMPTY)]
        offer(self, "unit", [*none, *((str(one.pk), one.name) for one in self.units)])
        self.items = list(ChecklistItem.objects.filter(organ=record.organ, is_active=True))
        if record.checklist_item is not None and record.checklist_item not in self.items:
            self.items.append(record.checklist_item)
        none = [] if record.checklist_item_id else [("", _EMPTY)]
        listed = [*none, *((str(one.pk), str(one)) for one in self.items)]
        offer(self, "checklist_item", listed)
        if record.state != State.DRAFT:
            # Of what has been public the record's page tells and changes the item.
            del self.fields["checklist_item"]

    def _propose(self, proposals: Mapping[str, Proposal], lang: str) -> None:
        """What the text says, beside the field that it is about: to be read, not taken over."""
        for name, one in proposals.items():
            if name in self.fields:
                words = _proposed_words(one, name, lang)
                hint = str(self.fields[name].help_text)
                self.fields[name].help_text = f"{hint} {words}" if hint else words

    def _ask(self, record: Record, proposals: Mapping[str, Proposal]) -> None:
        """Mark what the kind asks for, and leave out what it has no use for."""
        kind, version = record_kind(record.kind), draft_of(record)
        asked = {_NAMES.get(code, code) for code in kind.requires}
        if kind.column == "statutory_content":
            asked.add("category")
        for name in _OF_SOME_KINDS:
            told = name in asked or name in proposals or getattr(version, name)
            used = told or (kind.shows_validity and name.endswith("s_on"))
            if not used and not (kind.shows_validity and name == "effective_on"):
                del self.fields[name]
        if version.change == ChangeKind.FIRST:
            del self.fields["change_note"], self.fields["changed_on"]
        # For the page alone: a draft may be saved before it is complete.
        for name in asked & set(self.fields):
            self.fields[name].required = True

    def clean_body(self) -> str:
        """Plain lines become paragraphs; html is left to the action, which cleans it."""
        text = str(self.cleaned_data["body"])
        if len(text) > MOST_BODY or "<" in text:
            return text
        lines = [line.strip() for line in text.split("\n")]
        return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)

    def content(self) -> dict[str, Any]:
        """The facts for `revise_draft`: those fields that the page showed."""
        return self.facts(*(name for name in FIELDS if name in self.fields))

    def chosen_unit(self) -> Unit | None:
        return next((one for one in self.units if str(one.pk) == self.cleaned_data.get("unit")), None)

    def chosen_item(self) -> ChecklistItem | None:
        return next(
            (one for one in self.items if str(one.pk) == self.cleaned_data.get("checklist_item")), None
        )


def _proposed_words(one: Proposal, name: str, lang: str) -> str:
    if name == "genre":
        return gettext("建议：%(value)s（按标题）。") % {"value": genre(str(one.value)).name(lang)}
    facts = {"words": one.words, "value": one.value}
    if one.reckoned:
        return gettext("建议：%(value)s（文中写“%(words)s”，由日期推算，请核对）。") % facts
    return gettext("建议：%(value)s（文中写“%(words)s”）。") % facts


class FilterForm(forms.Form):
    """The list's filters as they stand in the address. What cannot be read there is no filter."""

    organ = Choice(label=_("机关"))
    state = Choice(label=_("状态"), none=_("全部"))
    kind = Choice(label=_("种类"), none=_("全部"))
    category = Choice(label=_("公开类别"), none=_("全部"))
    unit = Choice(label=_("科室"), none=_("全部"))
    year = Choice(label=_("成文年度"), none=_("全部"))
    validity = Choice(label=_("有效性"), none=_("全部"))
    q = Words(label=_("标题或文号"))

    def __init__(
        self, *args: Any, organs: Sequence[tuple[str, str]], units: Sequence[Unit], lang: str, **options: Any
    ):
        super().__init__(*args, **options)
        if len(organs) > 1:
            offer(self, "organ", organs)
        else:
            del self.fields["organ"]
        stages = [one for one in Stage if one not in (Stage.PUBLISHED, Stage.SUPERSEDED)]
        states = [stage.value for stage in stages]
        states[5:5] = [State.PUBLISHED.value]
        every = _("全部")
        listed = [(one, state_words(one)) for one in states]
        offer(self, "state", [("", every), *listed, ("late", _("逾期未公开"))])
        offer(self, "kind", [("", every), *kind_choices(lang)])
        offer(self, "category", [("", every), *category_choices(None, lang)])
        if units:
            offer(self, "unit", [("", every), *((str(one.pk), one.name) for one in units)])
        else:
            del self.fields["unit"]
        year = timezone.localdate().year
        offer(self, "year", [("", every), *((str(n), str(n)) for n in range(year, year - 30, -1))])
        offer(
            self,
            "validity",
            [
                ("", every),
                *((one.value, _validity_words(one)) for one in Validity),
            ],
        )

    def said(self, name: str) -> str:
        """What is asked for by a field, "" for nothing or nonsense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def count_set(self) -> int:
        return sum(bool(self.said(name)) for name in self.fields if name != "organ")


def _validity_words(one: Validity) -> Any:
    return _("有效（含已修改）") if one == Validity.IN_FORCE else state_words(one.value)


def state_words(code: str) -> Any:
    if code == "abandoned":
        return _("已作废")
    return STATES[code].words if code in STATES else code


class LinkForm(SeenForm):
    """Another record of the organ, by its number or words of its title, and how this one speaks of it."""

    kind = Choice(required=True, label=_("这条信息与它的关系"))
    target = Words(
        required=True, label=_("另一条信息"), help_text=_("输入索引号、发文字号，或者标题中的文字。")
    )
    chosen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args: Any, acting: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        words = {
            LinkKind.INTERPRETS: _("解读它"),
            LinkKind.AMENDS: _("修改它（公开后，自这份文件的施行日期起生效）"),
            LinkKind.REPEALS: _("废止它（公开后，自这份文件的施行日期起生效）"),
            LinkKind.RELATED: _("与它相关"),
        }
        if not acting:
            del words[LinkKind.AMENDS], words[LinkKind.REPEALS]
            self.fields["kind"].help_text = _(
                "“修改”“废止”须经审查，在草稿中关联。已公开的，请另起新版本，或者在另一份文件上办理“标注废止”。"
            )
        offer(self, "kind", [(kind.value, text) for kind, text in words.items()])
