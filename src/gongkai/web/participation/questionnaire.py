"""A survey's questions: as clerks write them, as they are kept, and what an answer may be. No Django here.

A question stands in lines of its own, with an empty line behind it. Its first line is the question; in
brackets stand its form and, with a star, that an answer is needed; the lines below are what to choose from.

    【单选*】您多久乘坐一次公交车？
    每天
    每周
    很少

    【文字】您对线路有什么建议？
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from statistics import median
from typing import Any

SINGLE, SEVERAL, TEXT, NUMBER = "single", "several", "text", "number"
KINDS = {SINGLE: "单选", SEVERAL: "多选", TEXT: "文字", NUMBER: "数字"}
_CODES = {
    **{words: code for code, words in KINDS.items()},
    "单项选择": SINGLE,
    "多项选择": SEVERAL,
    "填空": TEXT,
}
_HEAD = re.compile(r"^[【\[]\s*([^\]】*＊]{1,6}?)\s*([*＊]?)\s*[\]】]\s*(.*)$")
# A number before a question is the page's to give; `1.5 公里` has none.
_NUMBERED = re.compile(r"^(?:\d{1,2}|[A-Za-z])\s*(?:[.．](?!\d)|[、)）])\s*")
MOST_WORDS, MOST_TEXT = 200, 1000
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` of a choice, in order; an answer names them by their place, from 0."""

    kind: str
    words: str
    options: tuple[str, ...] = ()
    is_needed: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "options": list(self.options)}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line (from 1) of the questions as written."""

    line: int
    zh: str
    en: str


def kept(questions: Iterable[Mapping[str, Any]]) -> list[Question]:
    """Questions as they were kept."""
    return [
        Question(
            str(one["kind"]), str(one["words"]), tuple(one.get("options", ())), bool(one.get("is_needed"))
        )
        for one in questions
    ]


def read(text: str, *, most: int = 60, most_options: int = 40) -> tuple[list[Question], list[Fault]]:
    """The questions, and what is wrong with how they are written."""
    questions: list[Question] = []
    faults: list[Fault] = []
    for first, lines in _paragraphs(text):
        _read_one(first, lines, questions, faults, most_options)
    if len(questions) > most:
        faults.append(Fault(0, f"最多 {most} 题，现有 {len(questions)} 题。", f"At most {most} questions."))
    return questions, faults


def written(questions: Sequence[Question]) -> str:
    """The questions as clerks write them: reading this gives the same questions."""
    blocks = []
    for one in questions:
        star = "*" if one.is_needed else ""
        options = one.options
        if _without_numbers(options) != options:
            # Options that begin as numbers do get a number of their own, to be taken off again.
            options = tuple(f"{number}、{words}" for number, words in enumerate(options, 1))
        blocks.append("\n".join([f"【{KINDS[one.kind]}{star}】{one.words}", *options]))
    return "\n\n".join(blocks)


def _without_numbers(options: tuple[str, ...]) -> tuple[str, ...]:
    """Options without their numbers, where every one has a number and words behind it."""
    bare = tuple(_NUMBERED.sub("", one).strip() for one in options)
    numbered = all(one and one != whole for one, whole in zip(bare, options, strict=True))
    return bare if numbered else options


def _paragraphs(text: str) -> Iterable[tuple[int, list[str]]]:
    first = 0
    lines: list[str] = []
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        stripped = re.sub(r"\s+", " ", line).strip()
        if stripped:
            if not lines:
                first = number
            lines.append(stripped)
        elif lines:
            yield first, lines
            lines = []


def _read_one(
    first: int, lines: list[str], questions: list[Question], faults: list[Fault], most_options: int
) -> None:
    found = _HEAD.match(_NUMBERED.sub("", lines[0]))
    kind = _CODES.get(found[1]) if found else None
    if found is None or kind is None:
        kinds = "、".join(KINDS.values())
        zh = f"第 {first} 行：题目前要用方括号写明题型（{kinds}），例如：【单选】您多久乘坐一次公交车？"
        faults.append(Fault(first, zh, f"Line {first}: begin with the form in brackets, as 【单选】."))
        return
    words = found[3].strip()
    options = _without_numbers(tuple(lines[1:]))
    for told in _faults_of(first, kind, words, options, most_options):
        faults.append(told)
    questions.append(Question(kind, words, options, bool(found[2])))


def _faults_of(
    first: int, kind: str, words: str, options: tuple[str, ...], most_options: int
) -> Iterable[Fault]:
    if not words:
        yield Fault(first, f"第 {first} 行：没有写题目。", f"Line {first}: there is no question.")
    if len(words) > MOST_WORDS or any(len(one) > MOST_WORDS for one in options):
        zh = f"第 {first} 行：题目和选项各最多 {MOST_WORDS} 字。"
        yield Fault(first, zh, f"Line {first}: at most {MOST_WORDS} characters for a question or option.")
    if kind in (SINGLE, SEVERAL):
        if len(options) < 2:
            zh = f"第 {first} 行：选择题至少要有两个选项，每个选项写一行。"
            yield Fault(first, zh, f"Line {first}: a choice needs two options, each in a line.")
        if len(options) > most_options:
            zh = f"第 {first} 行：选项最多 {most_options} 个。"
            yield Fault(first, zh, f"Line {first}: at most {most_options} options.")
        if len(set(options)) != len(options) or "" in options:
            yield Fault(first, f"第 {first} 行：选项重复或者为空。", f"Line {first}: options repeat.")
    elif options:
        zh = f"第 {first} 行：“{KINDS[kind]}”题没有选项。两题之间请空一行。"
        yield Fault(first, zh, f"Line {first}: no options here. Leave a line empty between questions.")


# ---- answers ----


def answered(
    questions: Sequence[Question], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What was answered, by question (`q0`, …), and what is wrong (`needed`, `option`, `number`, `long`).

    A choice is kept by the place of its option, several in order; a number as it is written; text trimmed.
    """
    clean: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for place, one in enumerate(questions):
        name = f"q{place}"
        value, fault = _READ[one.kind](one, given.get(name))
        if fault:
            faults[name] = fault
        elif value in (None, "", []):
            if one.is_needed:
                faults[name] = "needed"
        else:
            clean[name] = value
    return clean, faults


def _single(question: Question, value: Any) -> tuple[Any, str]:
    if value in (None, "", []):
        return None, ""
    place = _place(value, question)
    return (None, "option") if place is None else (place, "")


def _several(question: Question, value: Any) -> tuple[Any, str]:
    values = value if isinstance(value, list | tuple) else [value] if value not in (None, "") else []
    places = [_place(one, question) for one in values]
    if None in places:
        return None, "option"
    return sorted({one for one in places if one is not None}), ""


def _place(value: Any, question: Question) -> int | None:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return None
    return int(text) if int(text) < len(question.options) else None


def _text(_: Question, value: Any) -> tuple[Any, str]:
    text = str(value or "").strip()
    return (None, "long") if len(text) > MOST_TEXT else (text, "")


def _number(_: Question, value: Any) -> tuple[Any, str]:
    text = str(value or "").strip()
    if not text:
        return None, ""
    if len(text) > 20:
        return None, "number"
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None, "number"
    if not number.is_finite() or abs(number) > _LARGEST:
        return None, "number"
    return format(number.normalize(), "f"), ""


_READ = {SINGLE: _single, SEVERAL: _several, TEXT: _text, NUMBER: _number}


# ---- figures ----


def figures(questions: Sequence[Question], answers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """For each question how many answered and how: of a choice the count of each option, of numbers least,
    most, median and mean. Of texts only how many there are: what people wrote is never public by itself."""
    every = list(answers)
    return [
        _figures_of(one, [row[f"q{place}"] for row in every if f"q{place}" in row])
        for place, one in enumerate(questions)
    ]


def _figures_of(question: Question, given: list[Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": question.kind, "words": question.words, "answered": len(given)}
    if question.kind in (SINGLE, SEVERAL):
        counted = Counter(place for one in given for place in (one if isinstance(one, list) else [one]))
        told["options"] = [[words, counted[place]] for place, words in enumerate(question.options)]
    elif question.kind == NUMBER and given:
        numbers = sorted(Decimal(one) for one in given)
        told["numbers"] = {
            "least": _plain(numbers[0]),
            "most": _plain(numbers[-1]),
            "median": _plain(Decimal(median(numbers))),
            "mean": _plain((sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal("0.01"))),
        }
    return told


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent with one digit behind the point; "" of nothing.

    >>> share(1, 3), share(0, 0)
    ('33.3%', '')
    """
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'))}%" if whole else ""


# ---- words for the announcement and the result ----


def questions_html(questions: Sequence[Question]) -> str:
    """The questions as the announcement tells them."""
    parts = []
    for number, one in enumerate(questions, 1):
        needed = "，必答" if one.is_needed else ""
        parts.append(f"<p>{number}. {html.escape(one.words)}（{KINDS[one.kind]}{needed}）</p>")
        if one.options:
            parts.append(
                "<ul>" + "".join(f"<li>{html.escape(words)}</li>" for words in one.options) + "</ul>"
            )
    return "".join(parts)


def figures_html(told: Sequence[Mapping[str, Any]]) -> str:
    """The figures as tables, as the result tells them. Shares are of those who answered the question."""
    parts = []
    for number, one in enumerate(told, 1):
        parts.append(f"<p>{number}. {html.escape(str(one['words']))}（{one['answered']} 份作答）</p>")
        rows = _rows(one)
        if rows:
            body = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
                for row in rows[1:]
            )
            head = "".join(f"<th>{html.escape(cell)}</th>" for cell in rows[0])
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return "".join(parts)


def _rows(one: Mapping[str, Any]) -> list[list[str]]:
    if "options" in one:
        return [
            ["选项", "份数", "占比"],
            *([words, str(count), share(count, one["answered"])] for words, count in one["options"]),
        ]
    if "numbers" in one:
        numbers = one["numbers"]
        return [
            ["最小值", "最大值", "中位数", "平均值"],
            [numbers["least"], numbers["most"], numbers["median"], numbers["mean"]],
        ]
    return []
