"""One scan of a text for personal data and for wrong or sensitive wording, and its masked form.

>>> text = "李晓燕（身份证11010519491231002X）申请公开按装费用。"
>>> findings = scan(text)
>>> [(found.kind, found.suggestion) for found in findings]
[('PII.NAME', '李某'), ('PII.ID18', '11*************02X'), ('wrong_word', '安装')]
>>> mask(text, findings)
'李某（身份证11*************02X）申请公开按装费用。'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gongkai.wording.findings import Finding, Known, Lines, MaskError
from gongkai.wording.lists import KINDS, Entry, Grade, Match, Matcher, WordList, matcher_of, starter_lists
from gongkai.wording.normal import Visible, simplify
from gongkai.wording.personal import PersonalData, personal_in
from gongkai.wording.personal.phones import bare_digits
from gongkai.wording.personal.surroundings import sentence_start

__all__ = ["Finding", "Known", "MaskError", "ScanOptions", "mask", "masked", "scan"]

_TELEPHONES = frozenset(("PII.TEL", "PII.MOB"))
_ROUNDS = 5  # a mask seldom lays bare what stood beside it; more rounds than this were never needed


@dataclass(frozen=True)
class ScanOptions:
    """What to look for, and what the office has declared to be its own.

    `lists`: the wording lists, an office's own last, whose entry for a word wins; None: the starter lists.
    `switched_off`: ids (`list:word`) or words of entries that do not apply here. `on`: the day of the text,
    before which a later renaming or repeal is no mistake; None: every entry holds.
    """

    personal: bool = True
    wording: bool = True
    lists: tuple[WordList, ...] | None = None
    switched_off: frozenset[str] = frozenset()
    on: date | None = None
    known: Known = field(default_factory=Known)

    @cached_property
    def matcher(self) -> Matcher:
        return matcher_of(starter_lists() if self.lists is None else self.lists)

    @cached_property
    def known_telephones(self) -> frozenset[str]:
        return frozenset(_telephone(number) for number in self.known.telephones)

    @cached_property
    def known_domains(self) -> tuple[str, ...]:
        return tuple(domain.lower().lstrip("@.") for domain in self.known.mail_domains)


_USUAL = ScanOptions()


def scan(text: str, *, options: ScanOptions | None = None) -> tuple[Finding, ...]:
    """What must not stand in a text, or needs a look, in its order (LAW.md section 8, PII.*, CHK.V1).

    Takes time in proportion to the text's length, whatever stands there. TypeError unless `text` is a str.
    """
    if not isinstance(text, str):
        raise TypeError(f"应为文本（str），得到的是{type(text).__name__}")
    options = options or _USUAL
    plain = simplify(text)
    visible, lines = Visible(plain), Lines(text)
    found: list[Finding] = []
    if options.personal:
        kept = (data for data in personal_in(text, visible) if not _is_known(data, plain, options))
        found += (_of_data(data, lines) for data in kept)
    if options.wording:
        found += _wording(text, visible, lines, options)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def mask(text: str, findings: Iterable[Finding]) -> str:
    """The text with the personal data among the findings masked (PII.M), and nothing else changed.

    Wrong wording stays, and so does an office's own contact. Masking what is masked already changes nothing.
    Raises MaskError where the text is neither what was scanned nor that text masked.
    """
    parts: list[str] = []
    at = shift = 0  # in the text as scanned; how much longer the text given is up to there
    for one in sorted((one for one in findings if one.maskable), key=lambda one: (one.start, -one.end)):
        if one.start < at:
            continue
        suggestion = one.suggestion or ""
        start = one.start + shift
        parts.append(text[at + shift : start])
        if text.startswith(one.text, start):
            at = one.end
        elif text.startswith(suggestion, start):
            at, shift = one.end, shift + len(suggestion) - (one.end - one.start)
        else:
            raise MaskError(start)
        parts.append(suggestion)
    parts.append(text[at + shift :])
    return "".join(parts)


def masked(text: str, *, options: ScanOptions | None = None) -> str:
    """The text with all personal data masked: scans and masks until a scan finds none.

    >>> masked("李晓燕女士来信反映路灯不亮，手机13800138000。")
    '李某女士来信反映路灯不亮，手机138****8000。'
    """
    options = options or _USUAL
    for _ in range(_ROUNDS):
        findings = [one for one in scan(text, options=options) if one.maskable]
        if not findings:
            break
        text = mask(text, findings)
    return text


def _of_data(data: PersonalData, lines: Lines) -> Finding:
    line, column = lines.at(data.start)
    return Finding(
        group="personal",
        kind=data.kind,
        start=data.start,
        end=data.end,
        line=line,
        column=column,
        severity=data.severity,
        text=data.text,
        suggestion=data.masked,
        reason=data.reason,
        reason_en=data.reason_en,
        rule=data.kind,
        role=data.role,
        variant=data.variant,
    )


def _is_known(data: PersonalData, plain: str, options: ScanOptions) -> bool:
    """Whether the office has declared it to be its own (PII.L3)."""
    if data.kind in _TELEPHONES:
        if options.known_telephones and _telephone(simplify(data.text)) in options.known_telephones:
            return True
        first = sentence_start(plain, data.start)
        return data.role != "private" and any(name in plain[first : data.end] for name in options.known.names)
    if data.kind in ("PII.MAIL", "PII.L3"):
        domain = simplify(data.text).rsplit("@", 1)[-1].lower()
        return any(domain == one or domain.endswith(f".{one}") for one in options.known_domains)
    return data.kind == "PII.NAME" and data.text in options.known.names


def _telephone(number: str) -> str:
    digits = bare_digits(simplify(number))
    return digits.removeprefix("00").removeprefix("86") if len(digits) > 12 else digits


def _wording(text: str, visible: Visible, lines: Lines, options: ScanOptions) -> Iterator[Finding]:
    for match in options.matcher.find(visible.text, on=options.on):
        if match.entry.id in options.switched_off or match.entry.wrong in options.switched_off:
            continue
        yield _of_match(match, text, *visible.span(match.start, match.end), lines)


def _of_match(match: Match, text: str, start: int, end: int, lines: Lines) -> Finding:
    entry = match.entry
    grave = entry.grade is Grade.GRAVE
    reason, reason_en = _reasons(match)
    line, column = lines.at(start)
    return Finding(
        group="wording",
        kind=entry.kind,
        start=start,
        end=end,
        line=line,
        column=column,
        severity=_severity(match),
        text=text[start:end],
        suggestion=entry.right[0] if entry.right else None,
        reason=reason,
        reason_en=reason_en,
        rule="CHK.V1" if grave else "",
        variant=match.mood,
        source=entry.source,
        entry=entry.id,
    )


def _severity(match: Match) -> str:
    """CHK.V1: a grave mistake is a veto; in a sentence about the past or a quotation, one step less."""
    grave = match.entry.grade is Grade.GRAVE
    if match.mood:
        return "warning" if grave else "info"
    return "error" if grave else "warning"


def _reasons(match: Match) -> tuple[str, str]:
    entry = match.entry
    kind, kind_en = KINDS[entry.kind]
    right = "、".join(f"“{word}”" for word in entry.right)
    since = f"（自{entry.holds_from.isoformat()}起）" if entry.holds_from else ""
    since_en = f" (since {entry.holds_from.isoformat()})" if entry.holds_from else ""
    zh = f"{kind}{since}" + (f"，应为{right}" if right else "，请核改") + _note(entry)
    en = f"{kind_en}{since_en}" + (f": write {right}" if right else ": reword")
    if match.mood == "past":
        return f"{zh}；本句似在叙述当时情况，请核对", f"{en}; the sentence seems to speak of that time: check"
    if match.mood == "quoted":
        return f"{zh}；在引号或者书名号内，请核对原文", f"{en}; inside quotation marks: check the original"
    return zh, en


def _note(entry: Entry) -> str:
    return f"（{entry.note}）" if entry.note else ""
