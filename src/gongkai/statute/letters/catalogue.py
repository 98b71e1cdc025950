"""The kinds of letter and the facts they tell, as data (data/letters.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import LetterError, unknown_choice
from gongkai.statute.outcomes import outcome as outcome_of
from gongkai.statute.remedies import ClauseKind, clause_for

FactKind = Literal["text", "day", "money", "number", "list"]
Form = Literal["letter", "form", "label"]
REPLY = "reply"
# Facts with a place of their own on the page: head, foot, the line above the text.
PLACED = frozenset({"organ", "number", "date", "attachments", "copies"})
_ALWAYS_USABLE = frozenset({"office", "contact", "case_number", "requester", "you", "received_on", "asked"})


class Fact(NamedTuple):
    """Something a record can tell a letter. `zh` is its name for a clerk, unique like the code."""

    code: str
    zh: str
    en: str
    kind: FactKind


class Wording(NamedTuple):
    """Words that must, or must not, stand in a letter: a pattern on text without blanks."""

    pattern: str
    zh: str
    en: str
    rule: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter. `title`: its name as printed. `to`: who reads it. `rule`: where it is asked for.

    `subject`: its code among the letters with or without a remedy clause, "" for a reply (its outcome
    decides) and for papers of the file.
    """

    code: str
    zh: str
    en: str
    title: str
    rule: str
    form: Form
    to: str
    subject: str
    required: tuple[str, ...]
    may: tuple[str, ...]
    says: tuple[Wording, ...]
    never: tuple[Wording, ...]
    by_hand: bool  # its reader fills something in

    def clause(self, outcome: str = "", basis: str = "") -> ClauseKind:
        """The remedy clause it gets: by its outcome for a reply, else by its kind; none for the file."""
        if self.code == REPLY:
            return clause_for(outcome, basis)
        return clause_for(self.subject) if self.subject else ClauseKind.NONE


def kinds() -> MappingProxyType[str, Kind]:
    """Every kind of letter by its code, in the order of the work."""
    return _kinds()


def kind(code: str) -> Kind:
    """The kind of that code. LetterError `letter_unknown_kind` for any other value.

    >>> kind("extension-notice").title
    '政府信息公开申请延期答复告知书'
    """
    found = _kinds().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown_choice(LetterError, "letter_unknown_kind", "文书", "letter", code, _kinds())
    return found


@cache
def facts() -> MappingProxyType[str, Fact]:
    """Every fact by its code."""
    return MappingProxyType({code: Fact(code, **row) for code, row in data("letters.toml")["facts"].items()})


def fact(name: str) -> Fact:
    """The fact of that code or Chinese name. LetterError `letter_unknown_fact` for any other value.

    >>> fact("申请人").code
    'requester'
    """
    found = facts().get(name) or _by_name().get(name)
    if found is None:
        raise unknown_choice(
            LetterError, "letter_unknown_fact", "内容", "fact", name, [one.zh for one in facts().values()]
        )
    return found


def must_tell(code: str, outcome: str = "", basis: str = "") -> tuple[Fact, ...]:
    """What a letter must tell, for a reply by its outcome and basis; each fact once.

    LetterError for an unknown kind, DecisionError for an outcome or a basis there is not.

    >>> [fact.code for fact in must_tell("reply", "NONE-1", "absent")][-1]
    'searched'
    """
    return tuple(facts()[name] for name, _rule in required_facts(code, outcome, basis))


def can_tell(code: str, outcome: str = "", basis: str = "") -> frozenset[str]:
    """The codes of every fact a letter of this kind may use, those it must tell among them."""
    known = kind(code)
    told = {name for name, _rule in required_facts(code, outcome, basis)}
    told |= {*known.may, *PLACED, *_ALWAYS_USABLE}
    if code == REPLY:
        # Whatever a reply of any outcome tells: an office may use one wording for several.
        told |= {name for names in part_facts().values() for name in names}
    elif known.clause() is ClauseKind.NONE:
        told.discard("remedies")
    return frozenset(told)


def required_facts(code: str, outcome: str = "", basis: str = "") -> tuple[tuple[str, str], ...]:
    """The facts it must tell, each with the rule that asks for it."""
    known = kind(code)
    if code != REPLY:
        pairs = [("organ", "DOC"), *((name, known.rule) for name in known.required)]
        if known.form == "letter":
            pairs += [("number", "DOC"), ("date", "DOC")]
    else:
        pairs = [
            (name, part.rule)
            for part in outcome_of(outcome).letter(basis)
            for name in part_facts().get(part.code, ())
        ]
        # An outcome that rests on no article of its own names none.
        if _without_article(outcome, basis):
            pairs = [pair for pair in pairs if pair[0] != "articles"]
    found: dict[str, str] = {}
    for name, rule in pairs:
        found.setdefault(name, rule)
    return tuple(found.items())


@cache
def part_facts() -> MappingProxyType[str, tuple[str, ...]]:
    """The parts of a reply (`outcomes.parts()`) → the facts in which each is told. The seal is no fact."""
    return MappingProxyType({code: tuple(names) for code, names in data("letters.toml")["parts"].items()})


def _without_article(outcome: str, basis: str) -> bool:
    found = outcome_of(outcome).basis(basis)
    return found is not None and found.rule.startswith("FMT")


@cache
def _by_name() -> MappingProxyType[str, Fact]:
    return MappingProxyType({one.zh: one for one in facts().values()})


@cache
def _kinds() -> MappingProxyType[str, Kind]:
    return MappingProxyType({row["code"]: _read(row) for row in data("letters.toml")["kind"]})


def _read(row: dict[str, Any]) -> Kind:
    return Kind(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        title=row["title"],
        rule=row["rule"],
        form=row["form"],
        to=row["to"],
        subject=row.get("subject", ""),
        required=tuple(row["required"]),
        may=tuple(row.get("may", ())),
        says=tuple(Wording(**one) for one in row.get("says", ())),
        never=tuple(Wording(**one) for one in row.get("never", ())),
        by_hand=row.get("by_hand", False),
    )
