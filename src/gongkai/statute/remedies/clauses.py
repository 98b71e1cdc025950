"""The remedy paragraph of a letter: which it must be, and whether it is right (ARL.20 to ARL.23)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError, plain_text, short, unknown_choice
from gongkai.statute.findings import Finding, finding
from gongkai.statute.outcomes.catalogue import outcome, outcomes
from gongkai.statute.remedies.periods import Period, Unit

_FILE = "remedies_findings.toml"


class ClauseKind(StrEnum):
    """What the remedy paragraph says."""

    A = "A"  # reconsideration first, then a suit (ARL.23)
    B = "B"  # reconsideration or a suit
    NONE = "none"  # no remedy paragraph: a procedural letter

    @property
    def zh(self) -> str:
        return {"A": "先申请行政复议，再起诉", "B": "可以复议，也可以直接起诉", "none": "不写救济途径"}[
            self.value
        ]


class Subject(NamedTuple):
    """What a letter decides or tells: an outcome's code or a letter's. `to_confirm`: for a legal officer."""

    code: str
    zh: str
    en: str
    clause: ClauseKind
    rule: str
    mark: str
    to_confirm: str


@cache
def subjects() -> MappingProxyType[str, Subject]:
    """Every outcome and every other letter, with the clause it gets."""
    found = {}
    for one in outcomes():
        clause = ClauseKind.A if one.reconsideration_first else ClauseKind.B
        rule = "ARL.23.1(4)" if one.reconsideration_first else "SPC.1"
        found[one.code] = Subject(one.code, one.zh, one.en, clause, rule, one.mark, one.to_confirm)
    for row in data("remedies.toml")["letter"]:
        found[row["code"]] = Subject(
            row["code"],
            row["zh"],
            row["en"],
            ClauseKind(row["clause"]),
            row["rule"],
            row["mark"],
            row.get("to_confirm", ""),
        )
    return MappingProxyType(found)


def subject_of(code: str, basis: str = "") -> Subject:
    """What a code stands for, on that basis where an outcome has several.

    RemedyError `remedy_unknown_subject` for neither outcome nor letter, `remedy_unknown_basis` for a basis it
    does not have.
    """
    found = subjects().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown_choice(
            RemedyError, "remedy_unknown_subject", "办理结果或者文书", "outcome or letter", code, subjects()
        )
    return found if not basis else _on_basis(found, basis)


def _on_basis(subject: Subject, basis: str) -> Subject:
    """The subject with the clause of one of its bases (SPC.1)."""
    decided = next((one for one in outcomes() if one.code == subject.code), None)
    known = decided.basis(basis) if decided is not None and isinstance(basis, str) else None
    if decided is None or known is None:
        names = "、".join(one.code for one in decided.bases if one.code) if decided is not None else ""
        raise RemedyError(
            "remedy_unknown_basis",
            f"“{subject.zh}”没有“{short(basis)}”这个依据。"
            + (f"可用的有：{names}。" if names else "请不要填写依据。"),
            f"{subject.code} has no basis {short(basis)}. "
            + (f"Use one of: {names}." if names else "Leave it out."),
        )
    notes = known.to_confirm or subject.to_confirm
    if decided.comes_first(basis) is decided.reconsideration_first:
        return subject._replace(to_confirm=notes)
    first = decided.comes_first(basis)
    rule = "ARL.23.1(4)" if first else "SPC.1"
    clause = ClauseKind.A if first else ClauseKind.B
    return subject._replace(clause=clause, rule=rule, to_confirm=notes)


def clause_for(code: str, basis: str = "") -> ClauseKind:
    """The clause an outcome or a letter gets.

    A for REF-1 … REF-7 and for PART (ARL.23.1(4), SPC.1), none for procedural letters, else B. `basis`:
    of the outcome; PART gets B where the rest is no government information, which REG.14 to 16 do not refuse.

    >>> [str(clause_for(code)) for code in ("REF-4", "PART", "NONE-1", "REF-8", "supplement-notice")]
    ['A', 'A', 'B', 'B', 'none']
    >>> str(clause_for("PART", "not_government_information"))
    'B'
    """
    return subject_of(code, basis).clause


@cache
def period(name: str) -> Period:
    """A period of data/remedies.toml: `reconsider`, `sue`, `sue_after_reconsideration`, `…_untold`."""
    row = data("remedies.toml")["periods"][name]
    return Period(row["amount"], Unit(row["unit"]), row["rule"], row["mark"])


# ---- reading a paragraph ----

# 先 as 应当先, 首先, 先行; not 优先, 事先, 预先, 领先.
_FIRST = re.compile(r"(?<![优事预领原])先[^。;]{0,60}复议|复议前置|复议[^。;]{0,12}前置")
_NOT_FIRST = re.compile(r"(无需|无须|不必|不需|毋需)先")
_SUIT = r"(?:提起(?:行政)?诉讼|提起行政诉讼|起诉|诉讼)"
_DIRECT = re.compile(rf"(?<!\d)6个月[^。;]{{0,80}}{_SUIT}|{_SUIT}[^。;]{{0,30}}(?<!\d)6个月")
_OR = re.compile(rf"(?:或者?|也可以?|亦可)[^。;]{{0,60}}{_SUIT}")
# The other way round: 三个月内起诉，或60日内复议.
_OR_RECONSIDER = re.compile(rf"{_SUIT}[^。;]{{0,30}}(?:或者?|也可以?|亦可)[^。;]{{0,60}}复议")
_AFTER = re.compile(r"复议决定")
_PERIOD = re.compile(r"(?<!\d)(\d{1,4})(?:个)?(工作日|自然日|日|天|个月|月|年)内")
_DIGITS = "零一二三四五六七八九"
_CHINESE_PERIOD = re.compile(
    r"(?<![零一二两三四五六七八九十百])([一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(?=个?(?:工作日|自然日|日|天|月|年))"
)


def read_clause(text: str) -> ClauseKind | None:
    """What a remedy paragraph says; None if it cannot be read as one of the three.

    `text`: the paragraph, not the whole letter.

    >>> read_clause("可以自收到之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。")
    <ClauseKind.B: 'B'>
    """
    words = _normal(text)
    reconsiders, sues = "复议" in words, bool(re.search(_SUIT, words))
    if not reconsiders and not sues:
        return ClauseKind.NONE
    if not (reconsiders and sues):
        return None
    first = bool(_FIRST.search(words)) and not _NOT_FIRST.search(words)
    direct = bool(_DIRECT.search(words))
    if first:
        return None if direct else ClauseKind.A
    either = _OR.search(words) or _OR_RECONSIDER.search(words)
    if direct or (either and not _AFTER.search(words)):
        return ClauseKind.B
    return None


def check_clause(
    clause: ClauseKind | str,
    code: str,
    *,
    basis: str = "",
    authorities: tuple[str, ...] = (),
    court: str = "",
    served_online: bool = False,
    online_channel: str = "",
) -> tuple[Finding, ...]:
    """What is wrong with a letter's remedy paragraph for an outcome or a letter; () if nothing is.

    `clause`: its kind, or its words, which are then read for the periods too and, where given, for the names
    of one of the `authorities`, of the `court`, and for the online channel (ARL.22.2). `basis`: of the
    outcome, where it has several.

    >>> [one.code for one in check_clause(ClauseKind.A, "NONE-1")]
    ['clause_a_for_b']
    """
    subject = subject_of(code, basis)
    if isinstance(clause, ClauseKind):
        return tuple(_kind_findings(clause, subject))
    text = plain_text(clause, "救济告知", error=RemedyError)
    kind = read_clause(text)
    found = list(_kind_findings(kind, subject))
    if kind is subject.clause and kind is not ClauseKind.NONE:
        found += _period_findings(text, kind)
        found += _name_findings(text, authorities, court)
        if served_online and not _online(text, online_channel):
            found.append(finding(_FILE, "online_missing"))
    return tuple(found)


def _kind_findings(kind: ClauseKind | None, subject: Subject) -> Iterator[Finding]:
    if kind is subject.clause:
        return
    if kind is None and subject.clause is not ClauseKind.NONE:
        code = "clause_unclear"
    elif subject.clause is ClauseKind.NONE:
        code = "clause_on_procedural"
    elif kind is ClauseKind.NONE:
        code = "clause_missing"
    else:
        code = "clause_a_for_b" if subject.clause is ClauseKind.B else "clause_b_for_a"
    sue, after = period("sue"), period("sue_after_reconsideration")
    yield finding(
        _FILE,
        code,
        subject=subject.zh,
        subject_en=subject.en,
        sue=sue.zh,
        sue_en=sue.en,
        after=after.zh,
        after_en=after.en,
    )


def _period_findings(text: str, kind: ClauseKind) -> Iterator[Finding]:
    second = period("sue_after_reconsideration" if kind is ClauseKind.A else "sue")
    expected = [period("reconsider"), second]
    # What may stand there besides: 15 days after the decision, in the other clause too.
    known = {_key(one) for one in (*expected, period("sue_after_reconsideration"))}
    told = {}
    for amount, unit in _PERIOD.findall(_normal(text)):
        told[(int(amount), _UNITS[unit])] = f"{amount}{unit}"
    for key, words in told.items():
        if key not in known:
            yield finding(
                _FILE,
                "period_wrong",
                found=words,
                expected="、".join(one.zh for one in expected),
                expected_en=", ".join(one.en for one in expected),
            )
    for one in expected:
        if _key(one) not in told:
            yield finding(_FILE, "period_missing", expected=one.zh, expected_en=one.en)


_UNITS = {
    "工作日": Unit.WORKING_DAYS,
    "自然日": Unit.DAYS,
    "日": Unit.DAYS,
    "天": Unit.DAYS,
    "个月": Unit.MONTHS,
    "月": Unit.MONTHS,
    "年": Unit.YEARS,
}


def _key(one: Period) -> tuple[int, Unit]:
    return one.amount, one.unit


def _name_findings(text: str, authorities: tuple[str, ...], court: str) -> Iterator[Finding]:
    words = _normal(text)
    if authorities and not any(_normal(name) in words for name in authorities):
        yield finding(_FILE, "authority_not_named", authority="、".join(authorities))
    if court and _normal(court) not in words:
        yield finding(_FILE, "court_not_named", court=court)


def _online(text: str, channel: str) -> bool:
    if channel.strip():
        return _normal(channel) in _normal(text)
    return bool(re.search(r"互联网|网上|在线|https?:|www\.|小程序|扫码|二维码", _normal(text).lower()))


def _normal(text: str) -> str:
    """Half-width digits and stops, no blanks, the numerals of periods as digits."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _CHINESE_PERIOD.sub(lambda found: str(_number(found[1])), plain)


def _number(numeral: str) -> int:
    """六十 as 60: the numerals of a period, up to 99."""
    tens, ten, ones = numeral.replace("两", "二").partition("十")
    if not ten:
        return _DIGITS.index(tens)
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


def clause_words(kind: ClauseKind, facts: dict[str, Any], lang: str) -> str:
    """The words of a clause (data/remedies.toml) with the facts filled in; "" for none."""
    if kind is ClauseKind.NONE:
        return ""
    words: str = data("remedies.toml")["clauses"][kind.value][lang]
    return words.format(**facts)


def is_refused_part(code: str) -> tuple[str, str]:
    """The words that narrow clause A to the refused part of a partly granted request; "" for others."""
    scope = data("remedies.toml")["clauses"]["part_scope"]
    return (scope["zh"], scope["en"]) if outcome_code(code) == scope["outcome"] else ("", "")


def outcome_code(code: str) -> str:
    """The outcome's code, or "" for a letter that is no outcome."""
    return outcome(code).code if code in {one.code for one in outcomes()} else ""
