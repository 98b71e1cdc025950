"""What the page of a letter's facts shows: what the record tells, what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.documents.letters import Template
from gongkai.statute.letters import Fact, Value, can_tell, facts, must_tell, value_words
from gongkai.statute.letters import kind as letter_kind
from gongkai.statute.remedies import ClauseKind
from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.pieces import Fact as ShownFact
from gongkai.web.requests.actions.lettering import read_letter, template_of
from gongkai.web.requests.forms.lettering import field_name, shown
from gongkai.web.requests.letter_facts import values_of
from gongkai.web.requests.models import Case, Decision, Letter, Party
from gongkai.web.requests.queries.case_page import masked_of
from gongkai.web.requests.sealed import Opener

# The law's and the record's own: nobody types them over.
FIXED = frozenset(
    {
        *("organ", "office", "number", "date", "requester", "third_party", "other_organ", "received_on"),
        *("due_on", "remedies", "articles", "fee_rule", "amount", "standard", "opinion_days", "pay_days"),
        *("case_number", "outcome", "requester_kind", "received_by", "supplement_told_on", "fee_told_on"),
        *("supplement_until", "withdrawn_on", "merged_with"),
    }
)
_NEVER_ASKED = frozenset({"organ", "number", "date", "you"})
_NOT_SHOWN = frozenset({"you"})
_ALWAYS_ASKED = ("attachments", "copies")


@dataclass(frozen=True, slots=True)
class LetterFactsShown:
    """`known`: by code, from the record; `asked`: with a field; `needed`: those that must be told."""

    known: Mapping[str, Value]
    asked: tuple[Fact, ...]
    needed: frozenset[str]
    template: Template
    may_be_online: bool
    requester: str  # masked, for a letter that does not tell who asks

    def box(self) -> list[ShownFact]:
        """What the record tells, to be read."""
        asked = {one.code for one in self.asked}
        english = language() == "en"
        told = []
        for code, value in self.known.items():
            if code not in asked and code not in _NOT_SHOWN:
                one = facts()[code]
                is_hidden = code == "requester" and code not in self.needed
                words = self.requester if is_hidden else value_words(one, value)
                told.append(ShownFact(one.en if english else one.zh, words, wide=len(words) > 24))
        return told

    def initial(self, given: Mapping[str, Value]) -> dict[str, Any]:
        return {
            field_name(one.code): shown(given.get(one.code, self.known.get(one.code))) for one in self.asked
        }


def facts_shown(
    case: Case,
    kind: str,
    opener: Opener,
    *,
    decision: Decision | None = None,
    party: Party | None = None,
    online: bool = False,
) -> LetterFactsShown:
    """What a letter would tell. WorkError where the office's settings lack what it needs. About 6 queries."""
    code, basis = (str(decision.outcome), str(decision.basis)) if decision else ("", "")
    if kind != "reply":
        code = basis = ""
    known = values_of(case, kind, opener, decision=decision, party=party, online=online)
    template = template_of(case.organ, kind, decision)
    needed = [one.code for one in must_tell(kind, code, basis)]
    usable = can_tell(kind, code, basis)
    wanted = dict.fromkeys([*needed, *template.placeholders(), *_ALWAYS_ASKED])
    asked = [
        facts()[name]
        for name in wanted
        if name in usable and name not in _NEVER_ASKED and not (name in FIXED and name in known)
    ]
    # Who it goes to is chosen, not typed.
    asked = [one for one in asked if one.code not in ("third_party", "other_organ")]
    clause = letter_kind(kind).clause(code, basis) if kind != "reply" or decision else ClauseKind.NONE
    return LetterFactsShown(
        known,
        tuple(asked),
        frozenset(needed),
        template,
        clause is not ClauseKind.NONE,
        masked_of(case, opener).person.get("name", ""),
    )


def given_of(letter: Letter, opener: Opener, found: LetterFactsShown) -> dict[str, Value]:
    """What was given by hand for a letter: what it tells and the record does not."""
    _text, values, _online = read_letter(letter, opener)
    asked = {one.code for one in found.asked}
    return {code: value for code, value in values.items() if code in asked and value != found.known.get(code)}


def is_own_words(letter: Letter, opener: Opener, found: LetterFactsShown) -> bool:
    """Whether somebody wrote the body in words of his own."""
    text, values, _online = read_letter(letter, opener)
    return found.template.fill(values).paragraphs != text.paragraphs
