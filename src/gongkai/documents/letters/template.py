"""A letter's text with placeholders, as an office keeps it; filled with facts it becomes a letter.

    {机关名称}政府信息公开申请延期答复告知书          the first line: the title
    {申请人}：                                        a line that ends with a colon: the addressee
    本机关于{收到日期}收到……                          every further line: a paragraph
    {?联系方式}（联系方式：{联系方式}）{/联系方式}    only if the fact is there; {!…} only if it is not
    {!认定结论：不存在}该信息不存在。{/认定结论}      the same of words: only if the fact does not say them
    附注：……                                          below the date, in brackets

A placeholder is a fact's code or Chinese name (`statute.letters.facts`); `{{` and `}}` are braces. Facts are
joined to the words around them as sentences (`joining`): closed once, and nothing said twice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.documents.letters.errors import TemplateError
from gongkai.documents.letters.joining import STOPS, closed, entries, joined, open_end, open_words
from gongkai.documents.letters.printable import printable
from gongkai.documents.letters.text import LetterText
from gongkai.statute.errors import LetterError, short
from gongkai.statute.letters import Value, can_tell, fact, facts, kind, must_tell, value_words

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<mark>[?!/]?)(?P<name>[^{}\n]*)\}|(?P<stray>[{}])")
_NOTE = re.compile(r"附注[:：]\s*")
_LONGEST = 20_000
# Facts that are sentences of their own: what stands behind them is another one.
_SENTENCES = frozenset({"finding", "reasons", "searched", "unclear_point", "correction"})
# Names and numbers: a line that ends with one, as a signature does, is no sentence.
_NAMES = frozenset(
    {
        "organ",
        "office",
        "number",
        "date",
        "requester",
        "third_party",
        "other_organ",
        "case_number",
        "query_code",
    }
)
_YOU = "您（单位）"  # where nobody says who is spoken to
# Told by the page itself, wherever the template does not.
_PLACED = frozenset({"organ", "number", "date"})


class _Condition(NamedTuple):
    """That a fact is there and says `words`, or, without `there`, that it is not or does not."""

    fact: str
    there: bool
    words: str = ""

    def holds(self, told: Mapping[str, str]) -> bool:
        return (self.fact in told and self.words in told[self.fact]) is self.there


class _Piece(NamedTuple):
    """A stretch of a line. `text` as it stands, or the placeholder `fact`; `when`: what it hangs on."""

    text: str
    fact: str
    when: tuple[_Condition, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A checked text. `digest`: SHA-256 of kind and text, kept with every letter made from it."""

    kind: str
    outcome: str
    basis: str
    text: str
    digest: str
    _lines: tuple[tuple[_Piece, ...], ...]

    @classmethod
    def parse(cls, text: str, *, kind: str, outcome: str = "", basis: str = "") -> Template:
        """A template for a kind of letter, for a reply of one outcome and basis.

        TemplateError: nothing in it, a brace without its partner, a placeholder there is not or that has no
        place in this letter, or one that the letter must have. Its message names the line.
        """
        if not isinstance(text, str) or not text.strip():
            raise TemplateError("template_empty", "模板没有内容。", "the template is empty.")
        if len(text) > _LONGEST:
            raise TemplateError(
                "template_too_long",
                f"模板超过 {_LONGEST} 字。",
                f"the template is longer than {_LONGEST} characters.",
            )
        _check_kind(kind)
        usable = can_tell(kind, outcome, basis)
        lines = tuple(_parsed(line, number, usable) for number, line in enumerate(text.splitlines(), 1))
        filled = tuple(line for line in lines if line)
        if len(filled) < 2:
            raise TemplateError(
                "template_no_text",
                "模板至少要有标题一行和正文一段。",
                "a template has a title and at least one paragraph.",
            )
        _check_required(filled, kind, outcome, basis)
        digest = hashlib.sha256("\0".join((kind, outcome, basis, text)).encode()).hexdigest()
        return cls(kind, outcome, basis, text, digest, filled)

    def fill(self, values: Mapping[str, Value]) -> LetterText:
        """The letter with these facts, by code or Chinese name; an empty value is no fact.

        LetterError `letter_fact_missing` for a placeholder without its fact outside a condition,
        `letter_bad_value` for a value of the wrong kind. What a fact says is text, never a placeholder.
        """
        known = {fact(name): value for name, value in values.items()}
        told = {one.code: value_words(one, value) for one, value in known.items()}
        told = {name: printable(words) for name, words in told.items() if printable(words)}
        told.setdefault("you", _YOU)
        lists = {one.code: value for one, value in known.items() if isinstance(value, tuple)}
        by_hand = kind(self.kind).by_hand
        lines = [
            line
            for number, pieces in enumerate(self._lines)
            for line in _filled(pieces, told, lists, closes=number > 0 and not by_hand)
        ]
        return self._letter(lines, told, {one.code: value for one, value in known.items()})

    def preview(self) -> LetterText:
        """The letter with the name of each fact in place of the fact: 【申请人】."""
        told = {one.code: f"【{one.zh}】" for one in facts().values()}
        lines = [line for pieces in self._lines for line in _filled(pieces, told, {}, closes=False)]
        return self._letter(lines, told, {})

    def placeholders(self) -> tuple[str, ...]:
        """The codes of the facts it uses, each once, in order."""
        return tuple(dict.fromkeys(piece.fact for line in self._lines for piece in line if piece.fact))

    def _letter(self, lines: list[str], told: Mapping[str, str], values: Mapping[str, Value]) -> LetterText:
        title, *body = lines
        addressee = ""
        if body and re.search(r"[:：]$", body[0]) and len(body[0]) <= 60:
            addressee = body.pop(0)[:-1]
        by_hand = kind(self.kind).by_hand
        date, attachments, copies = (values.get(name) for name in ("date", "attachments", "copies"))
        return LetterText(
            kind=self.kind,
            organ=told.get("organ", ""),
            title=title,
            number="" if by_hand else told.get("number", ""),
            addressee=addressee,
            paragraphs=tuple(line for line in body if not _NOTE.match(line)),
            attachments=_texts(attachments),
            date=date if isinstance(date, dt.date) and not by_hand else None,
            notes=tuple(filter(None, (_NOTE.sub("", line, count=1) for line in body if _NOTE.match(line)))),
            copies=_texts(copies),
            sealed=not by_hand,
            digest=self.digest,
        )


def _texts(value: Value | None) -> tuple[str, ...]:
    """The entries of a list that say something."""
    return tuple(filter(None, map(printable, value))) if isinstance(value, tuple) else ()


# ---- reading a template ----


def _parsed(line: str, number: int, usable: frozenset[str]) -> tuple[_Piece, ...]:
    """The pieces of a line, () for a blank one."""
    pieces: list[_Piece] = []
    open_: list[_Condition] = []
    end = 0
    line = printable(line).strip()
    for token in _TOKEN.finditer(line):
        if token.start() > end:
            pieces.append(_Piece(line[end : token.start()], "", tuple(open_)))
        end = token.end()
        if token["stray"]:
            raise _unbalanced(number, token["stray"])
        if token["name"] is None:
            pieces.append(_Piece(token.group()[0], "", tuple(open_)))
        elif token["mark"] == "/":
            _close(open_, token["name"], number)
        else:
            called, _, words = token["name"].replace(":", "：").partition("：")
            if token["mark"]:
                name = _known(called, number, usable)
                open_.append(_Condition(name, token["mark"] == "?", words.strip()))
            else:
                pieces.append(_Piece("", _known(token["name"], number, usable), tuple(open_)))
    if open_:
        raise _unbalanced(number, f"{{?{fact(open_[-1].fact).zh}}}")
    if end < len(line):
        pieces.append(_Piece(line[end:], "", ()))
    return tuple(pieces)


def _close(open_: list[_Condition], name: str, number: int) -> None:
    try:
        ended = fact(name.strip()).code
    except LetterError:
        ended = ""
    if not open_ or open_[-1].fact != ended:
        raise _unbalanced(number, f"{{/{name}}}")
    open_.pop()


def _known(name: str, number: int, usable: frozenset[str]) -> str:
    try:
        known = fact(name.strip())
    except LetterError:
        names = "、".join(sorted(facts()[code].zh for code in usable))
        raise TemplateError(
            "template_unknown_placeholder",
            f"没有“{{{short(name)}}}”这个占位符。这种文书可用的有：{names}。",
            f"no placeholder {{{short(name)}}}. This letter can use: {', '.join(sorted(usable))}.",
            number,
        ) from None
    if known.code not in usable:
        raise TemplateError(
            "template_misplaced_placeholder",
            f"这种文书不用“{{{known.zh}}}”：请删去。",
            f"this letter has no use for {{{known.code}}}: take it out.",
            number,
        )
    return known.code


def _unbalanced(number: int, what: str) -> TemplateError:
    return TemplateError(
        "template_unbalanced",
        f"“{what}”不成对：占位符写作{{名称}}，条件写作{{?名称}}……{{/名称}}，同一行内先开的后关；花括号本身写作{{{{和}}}}。",
        f"{what!r} has no partner: {{name}}, {{?name}}…{{/name}} on one line; a brace is written twice.",
        number,
    )


def _check_kind(code: str) -> None:
    if kind(code).form != "letter":
        raise LetterError(
            "letter_unknown_kind",
            f"“{kind(code).zh}”是表格或者标签，没有文字模板。",
            f"{code} is a form or a label and has no text of its own.",
        )


def _check_required(lines: tuple[tuple[_Piece, ...], ...], code: str, outcome: str, basis: str) -> None:
    # What hangs on another fact may be missing in the end; of what hangs on itself the letter's check tells.
    sure = {
        piece.fact
        for line in lines
        for piece in line
        if piece.fact and all(one == _Condition(piece.fact, there=True) for one in piece.when)
    }
    missing = [one for one in must_tell(code, outcome, basis) if one.code not in sure | _PLACED]
    if missing:
        names = "、".join(f"{{{one.zh}}}" for one in missing)
        raise TemplateError(
            "template_missing_placeholder",
            f"模板缺少必须写明的内容：{names}（不能只放在以其他内容为条件的文字里）。请补上。",
            f"the template lacks what the letter must tell: {', '.join(one.code for one in missing)}.",
        )


# ---- filling ----


def _filled(
    pieces: tuple[_Piece, ...],
    told: Mapping[str, str],
    lists: Mapping[str, tuple[str, ...]],
    *,
    closes: bool,
) -> Iterator[str]:
    """The lines a line of the template becomes: none, one, or one for each line of a long fact. `closes`:
    whether one that ends with a fact is closed as a sentence; a title is not, nor is a note."""
    shown = [piece for piece in pieces if all(one.holds(told) for one in piece.when)]
    if len(shown) == 1 and shown[0].fact in lists and shown[0].fact in told:
        yield from entries(_texts(lists[shown[0].fact]), closes=closes)
        return
    line = ""
    for number, piece in enumerate(shown):
        if piece.text:
            line = joined(line, piece.text) if number and shown[number - 1].fact else line + piece.text
            continue
        words = _words(piece.fact, told)
        following = shown[number + 1].text if number + 1 < len(shown) else ""
        if piece.fact not in _NAMES:
            line = open_end(line, words)
        if following[:1] not in STOPS:
            words = closed(words) if piece.fact in _SENTENCES else open_words(words, following)
        line += words
    ends = shown[-1].fact if shown else ""
    if closes and ends and ends not in _NAMES and not _NOTE.match(line):
        line = closed(line)
    yield from (part.strip() for part in line.split("\n") if part.strip())


def _words(name: str, told: Mapping[str, str]) -> str:
    if name not in told:
        known = facts()[name]
        raise LetterError(
            "letter_fact_missing",
            f"制作文书需要“{known.zh}”，登记的事实中没有。请先补充。",
            f"the letter needs {known.code}, and the record does not hold it. Add it first.",
        )
    return told[name]
