"""What the drafter answers to the findings of the checks: each by itself, kept under the finding's key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.web.disclosure.checks import MOST, Check, told
from gongkai.web.disclosure.models import Version
from gongkai.web.organs.errors import Invalid, WorkError

LEAST = 6  # characters of an answer: less says nothing to those who review
LONGEST = 500
PREFIX = "answer-"
_NAME = re.compile(rf"{PREFIX}([0-9a-f]{{16}})")
_TOLD_WORDS = 40


class Unanswered(Invalid):
    """Findings that have no answer. `keys`: theirs, in order; `faults`: one for each, at its field."""

    def __init__(self, findings: Sequence[Check]) -> None:
        super().__init__([_unanswered(one) for one in findings])
        self.code = "findings_unanswered"
        self.keys = [one.key for one in findings]


def field_of(key: str) -> str:
    """The name of the field for the answer to a finding."""
    return f"{PREFIX}{key}"


def answers_in(data: Mapping[str, Any]) -> dict[str, str]:
    """The answers among what a form sends, by key; what is no finding's key is left out."""
    found = [(_NAME.fullmatch(name), data[name]) for name in data]
    return {name[1]: _clean(value) for name, value in found if name}


def kept_answers(version: Version) -> dict[str, str]:
    """The answers given so far, by key."""
    return {one["key"]: one["answer"] for one in version.findings if one.get("key") and one.get("answer")}


def keep_answers(version: Version, given: Mapping[str, str]) -> None:
    """Put answers with a draft; an empty one takes the former back. WorkError for one that is too long.

    Whether they belong to a finding is asked at submission: others are dropped there.
    """
    clean = {key: _clean(answer) for key, answer in given.items()}
    if faults := [_too_long(key, answer) for key, answer in clean.items() if len(answer) > LONGEST]:
        raise Invalid(faults)
    merged = {**clean, **{key: old for key, old in kept_answers(version).items() if key not in clean}}
    rows = [{"key": key, "answer": answer} for key, answer in merged.items() if answer]
    version.findings = rows[:MOST]


def answered(findings: Sequence[Check], answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The findings as they are kept with what is handed in, each with its answer. Raises `Unanswered`."""
    without = [
        one for one in findings if one.asks_an_answer and not _says_something(answers.get(one.key, ""))
    ]
    if without:
        raise Unanswered(without)
    return [{**told(one), "answer": answers.get(one.key, "")} for one in findings]


def _says_something(answer: str) -> bool:
    written = [one for one in answer if not one.isspace()]
    # Dots, or one sign over and over, are no words.
    return len(written) >= LEAST and len({one for one in written if one.isalnum()}) > 1


def _unanswered(one: Check) -> WorkError:
    words = f"“{one.words[:_TOLD_WORDS]}”" if one.words else ""
    zh = (
        f"{one.where}{words}：请修改；确认不需要修改的，在这一项下写明理由"
        f"（不少于 {LEAST} 个字），审查人员会看到。"
    )
    en = f"{one.where}{words}: mend it, or say why it stays ({LEAST} characters or more). Reviewers see it."
    return WorkError("finding_unanswered", zh, en, field=field_of(one.key))


def _too_long(key: str, answer: str) -> WorkError:
    zh = f"每项说明最多 {LONGEST} 字，现有 {len(answer)} 字。"
    en = f"An answer has at most {LONGEST} characters, this one has {len(answer)}."
    return WorkError("answer_too_long", zh, en, field=field_of(key))


def _clean(value: Any) -> str:
    text = str(value or "").replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
