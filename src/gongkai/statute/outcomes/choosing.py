"""The guided choice of an outcome: from a clerk's answers to the code and why (REG.2, REG.30 to REG.39).

The questions, their order and their articles are data (data/outcomes_questions.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.statute.articles import article
from gongkai.statute.data_files import data
from gongkai.statute.errors import DecisionError, short
from gongkai.statute.outcomes.catalogue import Outcome, exemption, exemptions, outcome, unknown

_OF_THE_EXEMPTION = "@exemption"


class Answer(NamedTuple):
    """One answer to a question, and where it leads: to a question, an outcome, or something to do first."""

    answer: str
    zh: str
    en: str
    next: str = ""
    outcome: str = ""
    basis: str = ""
    action: str = ""


class Question(NamedTuple):
    """A question to a clerk. `rule`: the article it stands for."""

    id: str
    zh: str
    en: str
    rule: str
    answers: tuple[Answer, ...]

    def answer(self, code: object) -> Answer:
        """The answer of that code. DecisionError `decision_unknown_answer` for any other value."""
        for one in self.answers:
            if one.answer == code:
                return one
        raise unknown(
            "answer",
            f"“{self.zh}”的回答",
            f"answer to {self.id}",
            code,
            [one.answer for one in self.answers],
        )


class Action(NamedTuple):
    """What must be done before a decision can be made."""

    code: str
    zh: str
    en: str
    rule: str


class Reason(NamedTuple):
    """A question and the answer given: one step on the way to the outcome."""

    question: Question
    answer: Answer

    @property
    def zh(self) -> str:
        return f"{self.question.zh}——{self.answer.zh}（{article(self.question.rule).zh}）"

    @property
    def en(self) -> str:
        return f"{self.question.en} — {self.answer.en} ({article(self.question.rule).en})"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where the answers lead: exactly one of `outcome`, `action` and `asked` is there.

    `basis`: of the outcome. `exemptions`: the exemption chosen on the way, if the outcome rests on it.
    `asked`: the next question. `reasons`: the questions answered, in order. `unused`: answers not asked for.
    """

    outcome: Outcome | None
    basis: str
    exemptions: tuple[str, ...]
    action: Action | None
    asked: Question | None
    reasons: tuple[Reason, ...]
    unused: tuple[str, ...]

    @property
    def code(self) -> str | None:
        return self.outcome.code if self.outcome else None


@cache
def questions() -> MappingProxyType[str, Question]:
    """Every question by its id, in the order of the gates."""
    return MappingProxyType({row["id"]: _read_question(row) for row in _file()["question"]})


def suggest(answers: Mapping[str, str]) -> Suggestion:
    """The outcome the answers lead to, or the question to ask next, or what must be done first.

    `answers`: the id of a question → the code of the answer; in any order. DecisionError for a question or
    an answer there is not.

    >>> suggest({"withdrawn": "no", "clear": "no", "supplement": "lapsed"}).code
    'OTH-1'
    >>> suggest({}).asked.id
    'withdrawn'
    """
    if not isinstance(answers, Mapping):
        raise DecisionError(
            "decision_bad_answers",
            f"回答应为“问题：回答”的对照，现为 {short(answers)}。",
            f"answers must map questions to answers, not {short(answers)}.",
        )
    for id in answers:
        if id not in questions():
            raise unknown("question", "问题", "question", id, questions())
    reasons: list[Reason] = []
    question = questions()[_file()["start"]]
    while question.id in answers:
        answer = question.answer(answers[question.id])
        reasons.append(Reason(question, answer))
        if not answer.next:
            return _end(answer, reasons, answers)
        question = questions()[answer.next]
    return Suggestion(None, "", (), None, question, tuple(reasons), _unused(reasons, answers))


def _end(answer: Answer, reasons: list[Reason], answers: Mapping[str, str]) -> Suggestion:
    unused = _unused(reasons, answers)
    if answer.action:
        action = Action(answer.action, **_file()["actions"][answer.action])
        return Suggestion(None, "", (), action, None, tuple(reasons), unused)
    known = {one.id for one in exemptions()}
    cited = next((one.answer.answer for one in reasons if one.answer.answer in known), "")
    if answer.outcome == _OF_THE_EXEMPTION:
        chosen = outcome(exemption(cited).outcome)
    else:
        chosen = outcome(answer.outcome)
    rests = (cited,) if cited and chosen.refuses else ()
    return Suggestion(chosen, answer.basis, rests, None, None, tuple(reasons), unused)


def _unused(reasons: list[Reason], answers: Mapping[str, str]) -> tuple[str, ...]:
    used = {one.question.id for one in reasons}
    return tuple(id for id in answers if id not in used)


def _read_question(row: dict[str, Any]) -> Question:
    answers = tuple(Answer(**answer) for answer in row["answers"])
    return Question(row["id"], row["zh"], row["en"], row["rule"], answers)


@cache
def _file() -> dict[str, Any]:
    return data("outcomes_questions.toml")
