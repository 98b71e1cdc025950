"""A text with what was found in it: the words marked where they stand, and one card for each thing found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.calculators.words import is_english
from gongkai.wording.findings import Finding
from gongkai.wording.lists import KINDS

MOST_CARDS = 200
MOST_PLACES = 12  # of one card that are named; the rest are counted
_PERSONAL: dict[str, Promise] = {
    "PII.NAME": gettext_lazy("姓名"),
    "PII.ID18": gettext_lazy("身份证号码"),
    "PII.ID15": gettext_lazy("身份证号码（15 位）"),
    "PII.MOB": gettext_lazy("手机号码"),
    "PII.TEL": gettext_lazy("电话号码"),
    "PII.BANK": gettext_lazy("银行卡号"),
    "PII.MAIL": gettext_lazy("电子邮箱"),
    "PII.L3": gettext_lazy("电子邮箱"),
    "PII.CAR": gettext_lazy("机动车号牌"),
    "PII.ADDR": gettext_lazy("住址"),
    "PII.HEALTH": gettext_lazy("健康或者救助情况"),
}
_SEVERITY: dict[str, Promise] = {
    "error": gettext_lazy("不应出现"),
    "warning": gettext_lazy("需要核对"),
    "info": gettext_lazy("提示"),
}


@dataclass(slots=True)
class Card:
    """The same words found for the same reason, wherever they stand. `number` joins card and marks."""

    number: int
    finding: Finding
    places: list[tuple[int, Finding]]  # the number of the mark, and where it stands

    @property
    def kind(self) -> str:
        return kind_words(self.finding)

    @property
    def severity(self) -> str:
        return str(_SEVERITY[self.finding.severity])

    @property
    def reason(self) -> str:
        return self.finding.reason_en if is_english() else self.finding.reason

    @property
    def shown_places(self) -> list[tuple[int, Finding]]:
        return self.places[:MOST_PLACES]

    @property
    def other_places(self) -> int:
        return len(self.places) - len(self.shown_places)


def kind_words(finding: Finding) -> str:
    """What was found: 身份证号码, 错别字."""
    if finding.group == "personal":
        return str(_PERSONAL.get(finding.kind, finding.kind))
    zh, en = KINDS[finding.kind]
    return en[0].upper() + en[1:] if is_english() else zh


def cards_of(findings: Sequence[Finding]) -> list[Card]:
    """One card for each thing, in the order of the text."""
    cards: dict[tuple[str, str, str], Card] = {}
    for number, one in enumerate(findings, 1):
        key = (one.kind, one.text, one.reason)
        card = cards.setdefault(key, Card(len(cards) + 1, one, []))
        card.places.append((number, one))
    return list(cards.values())


def marked(text: str, findings: Sequence[Finding], cards: Sequence[Card]) -> SafeString:
    """The text as html, every finding in a `mark` with its card's number. All else is escaped.

    Of two findings over the same words the later one has its number alone.
    """
    number_of = {number: card.number for card in cards for number, _place in card.places}
    parts: list[str] = []
    at = 0
    for number, one in enumerate(findings, 1):
        start = max(one.start, at)
        parts.append(escape(text[at:start]))
        card = number_of[number]
        words = escape(text[start : one.end])
        if words:
            parts.append(f'<mark class="is-{escape(one.severity)}" id="mark-{number}">{words}</mark>')
        else:
            parts.append(f'<span id="mark-{number}"></span>')
        parts.append(_marker(card, one.severity))
        at = max(at, one.end)
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 -- every piece of the text is escaped above


def _marker(card: int, severity: str) -> str:
    kind = escape(severity)
    if card > MOST_CARDS:
        return f'<span class="marker marker-{kind}">{card}</span>'
    label = escape(_("发现 %(n)s") % {"n": card})
    return f'<a class="marker marker-{kind}" href="#card-{card}" aria-label="{label}">{card}</a>'


def counts(cards: Sequence[Card]) -> dict[str, Any]:
    """How many of each kind, for the line on top."""
    personal = sum(len(card.places) for card in cards if card.finding.group == "personal")
    places = sum(len(card.places) for card in cards)
    return {"personal": personal, "wording": places - personal}
