"""The forms of a letter: its facts, its own words, its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.statute.letters import Fact, Value, facts
from gongkai.web.disclosure.forms.fields import Choice, Day, Paragraphs, SeenForm, Words, offer
from gongkai.web.requests.models import Party

MOST_OF_A_FACT = 5000
_LONG = frozenset(
    {"asked", "reasons", "finding", "searched", "withheld", "unclear_point", "override", "correction"}
)


def field_name(code: str) -> str:
    return f"f_{code}"


class LetterForm(SeenForm):
    """The facts of a letter that a person gives: what the record lacks, and what may be put otherwise.

    `asked`: the facts with a field, those that it must tell first; `needed`: codes of those.
    """

    def __init__(
        self,
        *args: Any,
        asked: Sequence[Fact],
        needed: frozenset[str],
        parties: Sequence[tuple[Party, str]],
        may_be_online: bool,
        lang: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.asked, self.parties = asked, parties
        if parties:
            self.fields["party"] = Choice(label=_("给谁"), required=True)
            offer(self, "party", [(str(one.pk), f"{one.label} {name}") for one, name in parties])
        for one in asked:
            label = one.en if lang == "en" else one.zh
            self.fields[field_name(one.code)] = _field(one, label[:1].upper() + label[1:], one.code in needed)
        if may_be_online:
            self.fields["online"] = forms.BooleanField(
                label=_("将通过网络送达"),
                required=False,
                help_text=_("文书会写明网上申请行政复议的渠道（行政复议法第二十二条）。"),
            )
        self.needed = needed

    def clean(self) -> dict[str, Any]:
        """What the letter must tell is not left empty."""
        cleaned = super().clean() or self.cleaned_data
        for one in self.asked:
            name = field_name(one.code)
            empty = cleaned.get(name) in (None, "")
            if one.code in self.needed and empty and name not in self.errors:
                self.add_error(name, _("文书必须写明这一项，记录中没有，请填写。"))
        return cleaned

    def given(self, known: Mapping[str, Value]) -> dict[str, Any]:
        """The facts as given, without those that say what the record says."""
        told = {}
        for one in self.asked:
            value = self.cleaned_data.get(field_name(one.code))
            if value not in (None, "") and value != shown(known.get(one.code)):
                told[one.code] = value
        return told

    def chosen_party(self) -> Party | None:
        wanted = self.cleaned_data.get("party")
        return next((one for one, _name in self.parties if str(one.pk) == wanted), None)


def _field(one: Fact, label: str, needed: bool) -> forms.Field:
    if one.kind == "day":
        return Day(label=label, required=needed)
    if one.kind in ("number", "money"):
        return Words(label=label, required=needed, max_length=20)
    rows = 5 if one.kind == "list" or one.code in _LONG else 2
    hint = _("一行一项。") if one.kind == "list" else ""
    return Paragraphs(rows=rows, label=label, required=needed, max_length=MOST_OF_A_FACT, help_text=hint)


def shown(value: Value | None) -> Any:
    """A fact as its field shows it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def facts_named(codes: Sequence[str]) -> list[Fact]:
    return [facts()[code] for code in codes]


class IssueForm(SeenForm):
    """The day a letter bears: today, or the one on which it was signed on paper."""

    on = Day(label=_("成文日期"), help_text=_("纸质文书此前已经签发的，填写其上的日期；不填的为今天。"))
    reason = Words(
        label=_("日期早于今天的理由"),
        max_length=200,
        help_text=_("例如：纸质文书已于当日签发，现补录。将记入操作记录。"),
    )


class OwnWordsForm(SeenForm):
    """The body of a letter in the clerk's own words."""

    paragraphs = Paragraphs(
        rows=18,
        label=_("正文"),
        required=True,
        max_length=20_000,
        help_text=_("一行一段。标题、文号、主送、落款和附件不在其中。清空后保存，恢复按模板生成的正文。"),
    )


class TemplateForm(SeenForm):
    """An office's own text for a letter."""

    text = Paragraphs(
        rows=22,
        label=_("模板"),
        required=True,
        max_length=20_000,
        help_text=_("第一行是标题；以冒号结尾的第二行是主送；以后每行一段；“附注：”开头的排在日期下面。"),
    )
