"""Whether a letter stands: what it must say and does not, and what it must not say (LAW.md DOC, 7.1)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gongkai.statute.calendar import national
from gongkai.statute.data_files import data
from gongkai.statute.fees import payment_due
from gongkai.statute.findings import Finding, worded
from gongkai.statute.identifiers import is_resident_number
from gongkai.statute.letters.catalogue import (
    REPLY,
    Fact,
    Kind,
    Wording,
    fact,
    facts,
    kind,
    part_facts,
    required_facts,
)
from gongkai.statute.letters.citing import cites, grounds_of, lawful_days
from gongkai.statute.letters.saying import Value, day_words, plain, says, value_words
from gongkai.statute.limits import limits_on
from gongkai.statute.outcomes import parts
from gongkai.statute.remedies import ClauseKind, check_clause

_SEVERITIES = ("error", "warning", "info")
_REMEDY = re.compile(r"申请(?:行政)?复议|提起(?:行政)?诉讼|起诉|复议前置")
_REMEDY_TERM = re.compile(r"不服|[\d一二两三四五六七八九十](?:日|天|个?月|年)(?:之)?内")
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_BLANKS = re.compile(r"[{}]|[×✕]{2,}|_{3,}|(?<!\d)年月日|〔[^\d〕]*〕|【(?P<name>[^】]{1,20})】")
_WITH_PERIOD = frozenset({"supplement-notice", "reasons-notice", "later-date-notice", "organ-consultation"})
# The days a letter tells that follow from working days; the others are settled by the organ.
_COUNTED = {
    "receipt": ("due_on",),
    "extension-notice": ("due_on", "until"),
    "later-date-notice": ("due_on", "until"),
    "supplement-notice": ("until",),
    "fee-notice": ("until",),
}
_OF_THE_REQUESTER = frozenset({"supplement-notice", "reasons-notice"})
# What says nothing in a word or two (无, 略, 见上).
_TOLD_AT_LENGTH, _LEAST_CHARACTERS = frozenset({"reasons", "searched", "unclear_point", "points"}), 5
_CHECKED_APART = frozenset({"remedies", "articles"})


class Written(Protocol):
    """A letter as it will be printed. `text`: every word of it; `paragraphs`: its body."""

    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...
    @property
    def sealed(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What is on record for a letter. `values`: by the code of the fact; an empty value is none.

    `outcome`, `basis`, `exemptions`: of a reply. `authorities` (any one of them must be named), `court`: of
    `statute.remedies`. `served_online`: then the online channel is told too (ARL.22.2). `right_organ_known`:
    REG.36(5). `notices_before`: how many notices to supplement the request had (REG.30).
    """

    kind: str
    values: Mapping[str, Value]
    outcome: str = ""
    basis: str = ""
    exemptions: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    court: str = ""
    served_online: bool = False
    online_channel: str = ""
    right_organ_known: bool = False
    notices_before: int = 0
    told: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = {fact(name).code: value_words(fact(name), value) for name, value in self.values.items()}
        object.__setattr__(self, "told", {name: words for name, words in told.items() if words})

    def day(self, name: str) -> dt.date | None:
        found = self.values.get(name)
        return found if isinstance(found, dt.date) else None


def check_letter(letter: Written, record: LetterFacts) -> tuple[Finding, ...]:
    """What is wrong with a letter, the gravest first; () if nothing is. A letter with an error is not sent.

    What the record holds must stand in the letter's words, and the law's own words with it; so a letter that
    somebody rewrote is judged as strictly as one from a template. LetterError, DecisionError, RemedyError for
    a kind, a fact, an outcome or a basis there is not; ClockError, CalendarError for days outside the
    Regulation and the calendar.
    """
    found = _Check(letter, record).findings()
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: _SEVERITIES.index(one.severity)))


def parts_said(letter: Written, record: LetterFacts) -> frozenset[str]:
    """The codes of the parts a reply says: what `statute.outcomes.Decision.letter_parts` asks for."""
    check = _Check(letter, record)
    return frozenset(code for code in parts() if check.says_part(code))


class _Check:
    def __init__(self, letter: Written, record: LetterFacts) -> None:
        self.letter, self.record = letter, record
        self.kind: Kind = kind(record.kind)
        self.text = plain(letter.text)
        self.remedies = self._remedy_paragraphs()

    def findings(self) -> list[Finding]:
        checks: list[Callable[[], Iterator[Finding]]] = [
            self._title,
            self._required,
            self._wordings,
            self._articles,
            self._right_organ,
            self._absence,
            self._clause,
            self._days,
            self._extension,
            self._payment,
            self._provisional,
            self._persons,
            self._blanks,
        ]
        if self.kind.form != "letter":
            checks = [self._required, self._clause]
        return [one for check in checks for one in check()]

    def says_part(self, code: str) -> bool:
        if code == "seal":
            return self.letter.sealed
        if code == "remedies":
            return bool(self.remedies)
        return all(self._says(name) for name in part_facts()[code])

    def _find(self, code: str, *, rule: str | None = None, **words: object) -> Finding:
        kind_words = {"kind": self.kind.zh, "kind_en": self.kind.en}
        return worded(code, data("letters.toml")["findings"][code], rule, {**kind_words, **words})

    def _says(self, name: str) -> bool:
        if name == "articles":
            return all(cites(self.letter.text, rule) for rule in self._grounds())
        return name in self.record.told and says(self.text, facts()[name], self.record.values[name])

    def _grounds(self) -> tuple[str, ...]:
        record = self.record
        if self.kind.code == REPLY:
            return grounds_of(record.outcome, record.basis, record.exemptions)
        return (
            (self.kind.rule,) if self.kind.rule.startswith("REG") and "articles" in self.kind.required else ()
        )

    def _title(self) -> Iterator[Finding]:
        organ, title = self.record.told.get("organ", ""), plain(self.letter.title)
        words = {"title": self.letter.title, "organ": organ, "name": self.kind.title}
        if organ and plain(organ) not in title:
            yield self._find("letterhead_wrong", **words)
        if plain(self.kind.title) not in title:
            yield self._find("title_unusual", **words)
        if not self.letter.sealed and not self.kind.by_hand:
            yield self._find("seal_missing")

    def _required(self) -> Iterator[Finding]:
        for name, rule in required_facts(self.kind.code, self.record.outcome, self.record.basis):
            known: Fact = facts()[name]
            if name in _CHECKED_APART or (self.kind.by_hand and name in ("number", "date")):
                continue
            if name not in self.record.told:
                yield self._find("part_missing", rule=rule, part=known.zh, part_en=known.en)
            elif not self._says(name):
                value = self.record.told[name]
                shown = value if len(value) <= 40 else f"{value[:40]}…"
                yield self._find("part_not_said", rule=rule, part=known.zh, part_en=known.en, value=shown)
            elif name in _TOLD_AT_LENGTH and len(plain(self.record.told[name])) < _LEAST_CHARACTERS:
                value = self.record.told[name]
                yield self._find("part_thin", rule=rule, part=known.zh, part_en=known.en, value=value)

    def _wordings(self) -> Iterator[Finding]:
        for one in self.kind.says:
            if not re.search(self._filled(one.pattern), self.text):
                yield self._about("words_missing", one)
        for one in self.kind.never:
            if re.search(one.pattern, self.text):
                yield self._about("words_forbidden", one)

    def _about(self, code: str, one: Wording) -> Finding:
        finding = self._find(code, rule=one.rule, words=self._filled(one.zh))
        english = self._find(code, rule=one.rule, words=self._filled(one.en))
        return finding._replace(en=english.en)

    def _filled(self, words: str) -> str:
        """With the days of the law, whatever the record says they are."""
        day = self.record.day("received_on") or self.record.day("date")
        for name, value in lawful_days(self.kind.code, day).items():
            words = words.replace(f"{{{name}}}", value)
        return words

    def _articles(self) -> Iterator[Finding]:
        for rule in self._grounds():
            if not cites(self.letter.text, rule):
                yield self._find("article_not_cited", rule=rule)
        notice = self.kind.code != REPLY and not self.kind.by_hand and not self._grounds()
        if notice and self.kind.rule != "DOC" and not cites(self.letter.text, self.kind.rule):
            yield self._find("article_advisable", rule=self.kind.rule)

    def _right_organ(self) -> Iterator[Finding]:
        if self.record.right_organ_known and self._rests_on("REG.36(5)"):
            told = all(self._says(name) for name in ("right_organ", "right_organ_contact"))
            if not told:
                yield self._find("right_organ_untold")

    def _absence(self) -> Iterator[Finding]:
        if self._rests_on("REG.36(4)") and "不存在" not in self.text:
            yield self._find("absence_not_said")

    def _rests_on(self, rule: str) -> bool:
        return self.kind.code == REPLY and rule in grounds_of(self.record.outcome, self.record.basis)

    def _clause(self) -> Iterator[Finding]:
        record = self.record
        wanted = self.kind.clause(record.outcome, record.basis)
        if wanted is ClauseKind.NONE and not self.kind.subject:
            if self.remedies:
                yield self._find("clause_for_file")
            return
        if not self.remedies and wanted is ClauseKind.NONE:
            return
        reply = self.kind.code == REPLY
        yield from check_clause(
            "\n".join(self.remedies),
            record.outcome if reply else self.kind.subject,
            basis=record.basis if reply else "",
            authorities=record.authorities,
            court=record.court,
            served_online=record.served_online,
            online_channel=record.online_channel,
        )

    def _remedy_paragraphs(self) -> list[str]:
        """The paragraphs that tell remedies. What was asked for may speak of a suit, which tells none."""
        own = plain(self.record.told.get("remedies", ""))
        found = []
        for paragraph in self.letter.paragraphs:
            words = plain(paragraph)
            rest = self._without_quotations(words)
            if (own and own in words) or (_REMEDY.search(rest) and _REMEDY_TERM.search(rest)):
                found.append(paragraph)
        return found

    def _without_quotations(self, text: str) -> str:
        """The letter's own words: without what the record says, in which anything may stand."""
        told = [words for name, words in self.record.told.items() if name != "remedies"]
        lines = [plain(line) for words in told for line in words.splitlines()]
        for quotation in sorted((line for line in lines if len(line) > 3), key=len, reverse=True):
            text = text.replace(quotation, "")
        return text

    def _days(self) -> Iterator[Finding]:
        written, received = self.record.day("date"), self.record.day("received_on")
        if written is None:
            return
        if received is not None and written < received:
            yield self._find("date_before_receipt", date=day_words(written), received_on=day_words(received))
        until = self.record.day("until")
        if until is not None and self.kind.code in _WITH_PERIOD:
            yield from self._period(written, until)
        if self.kind.code == "supplement-notice" and self.record.notices_before:
            yield self._find("told_twice")

    def _period(self, written: dt.date, until: dt.date) -> Iterator[Finding]:
        least = data("letters.toml")["least_days"]
        days = (until - written).days
        if days <= 0:
            yield self._find(
                "period_over", rule=self.kind.rule, until=day_words(until), date=day_words(written)
            )
        elif days < least["days"] and self.kind.code in _OF_THE_REQUESTER:
            yield self._find("period_short", rule=self.kind.rule, days=days, least=least["days"])

    def _extension(self) -> Iterator[Finding]:
        due, until = self.record.day("due_on"), self.record.day("until")
        if self.kind.code != "extension-notice" or due is None or until is None:
            return
        if until <= due:
            yield self._find("extension_no_later", until=day_words(until), due_on=day_words(due))
        most = limits_on(self.record.day("received_on") or due).extension
        latest = national().add_working_days(due, most).date
        if until > latest:
            words = {"until": day_words(until), "latest": day_words(latest)}
            yield self._find("extension_too_long", most=most, **words)

    def _payment(self) -> Iterator[Finding]:
        written, until = self.record.day("date"), self.record.day("until")
        if self.kind.code != "fee-notice" or written is None or until is None:
            return
        least = payment_due(written).date
        if until < least:
            words = {"until": day_words(until), "least": day_words(least)}
            yield self._find("payment_too_soon", days=limits_on(written).payment, **words)

    def _provisional(self) -> Iterator[Finding]:
        """Days that are counted in working days past the last year whose holidays are published (CAL.2)."""
        for name in _COUNTED.get(self.kind.code, ()):
            day, known = self.record.day(name), facts()[name]
            if day is not None and day > national().published_through:
                words = {"day": day_words(day), "year": str(day.year)}
                yield self._find("day_provisional", part=known.zh, part_en=known.en, **words)

    def _persons(self) -> Iterator[Finding]:
        requester = self.record.told.get("requester", "")
        elsewhere = self.kind.to in ("third-party", "organ")
        if elsewhere and len(requester) > 1 and plain(requester) in self.text:
            yield self._find("requester_named", requester=requester)
        if any(is_resident_number(number.upper()) for number in _LONG_NUMBER.findall(self.text)):
            yield self._find("identity_number_told" if elsewhere else "identity_number")

    def _blanks(self) -> Iterator[Finding]:
        if self.kind.by_hand:
            return
        names = {one.zh for one in facts().values()}
        for blank in _BLANKS.finditer(self._without_quotations(self.text)):
            if blank["name"] is None or blank["name"] in names:
                yield self._find("blank_left", words=blank.group())
                return
