"""Personal data in the text of a report (PII.*): requesters named with their requests, numbers, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from gongkai.annual.checking.plain_lines import PlainLine, plain_lines
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import simplify
from gongkai.wording.personal import PersonalData, find_personal

# (kind, role) of the data -> (rule, name of the check)
_CHECKS = {
    ("PII.NAME", "requester"): ("PII.L2", "applicant_named"),
    ("PII.NAME", "party"): ("PII.NAME", "party_named"),
    ("PII.NAME", "person"): ("PII.NAME", "person_named"),
    ("PII.MOB", "contact"): ("PII.MOB", "mobile_as_contact"),
    ("PII.MOB", "private"): ("PII.MOB", "mobile_number"),
    ("PII.ID18", "private"): ("PII.ID18", "identity_number"),
    ("PII.ID15", "private"): ("PII.ID15", "old_identity_number"),
    ("PII.TEL", "private"): ("PII.TEL", "home_telephone"),
    ("PII.BANK", "private"): ("PII.BANK", "bank_card"),
    ("PII.MAIL", "private"): ("PII.MAIL", "private_mail_box"),
    ("PII.L3", "contact"): ("PII.L3", "commercial_mail_box"),
    ("PII.CAR", "private"): ("PII.CAR", "number_plate"),
    ("PII.ADDR", "private"): ("PII.ADDR", "home_address"),
    ("PII.HEALTH", "private"): ("PII.HEALTH", "health_beside_name"),
}
_Piece = tuple[str, str, Place | None, str | None]  # words, the same in one spelling, place, cell
_END_OF_SECTION: _Piece = ("", "", None, None)
_STOPS = "。！？\n"
_END_OF_SENTENCE = re.compile(r"[。！？]|\n|\Z")
_FULL_LINE = 20  # characters: a longer line that ends without a stop runs on in the next, as a pdf breaks it
_RUNS_ON = re.compile(r"[\u4e00-\u9fa5\w，、：:“（(《》）)-]")
# What another finding's words may go on holding: they name nobody alone, or are the office's own.
_HARMLESS_ALONE = frozenset(("PII.HEALTH", "PII.L3"))
_LONGEST_QUOTE = 160  # characters; of a longer sentence only the words around the data are quoted
_AROUND = 40
_LONGEST_SENTENCE = 2000


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a report in one string, and where each stretch of it stands."""

    text: str
    simple: str  # the same in one spelling
    starts: list[int]
    places: list[Place | None]
    cells: list[str | None]

    def at(self, position: int) -> tuple[Place | None, str | None]:
        index = bisect_right(self.starts, position) - 1
        return self.places[index], self.cells[index]


@dataclass(frozen=True, slots=True)
class PersonalWords:
    """The words of a report and the personal data in them, in their order."""

    words: _Words
    data: list[PersonalData]


def personal_words(report: Report, lines: Sequence[PlainLine]) -> PersonalWords:
    """The personal data of the narrative and of cells with more than a number."""
    words = _words_of(report, lines)
    return PersonalWords(words, find_personal(words.text, words.simple))


def personal_data(report: Report, known: PersonalWords | None = None) -> Iterator[Finding]:
    """Personal data in the narrative and in cells with more than a number, one finding a sentence and kind.

    Message and quote hold the data in masked form alone (PII.M): a check sheet goes from hand to hand.
    `known` is what `personal_words` gives, where the caller has it.
    """
    known = known or personal_words(report, plain_lines(report))
    words, everything = known.words, known.data
    told: set[str] = set()  # a mail box given twice as the contact is one finding

    def sentence_and_check(data: PersonalData) -> tuple[int, tuple[str, str]]:
        return _sentence_start(words.text, data.start), _CHECKS[data.kind, data.role]

    found = sorted(everything, key=sentence_and_check)
    for (_, (rule, name)), group in groupby(found, key=sentence_and_check):
        data = [one for one in group if one.role != "contact" or one.text not in told]
        told.update(one.text for one in data)
        if data:
            yield _finding(rule, name, data, words, everything)


def conceal(findings: Iterable[Finding], known: PersonalWords) -> None:
    """Masks the personal data of a report in the words of other findings, which may rest on one sentence."""
    masks = {
        data.text: data.masked
        for data in known.data
        if data.kind not in _HARMLESS_ALONE and data.role != "contact"
    }
    rest = list(findings)
    said = "\n".join(f"{finding.message}\n{finding.message_en}\n{finding.quote}" for finding in rest)
    longest_first = sorted((text for text in masks if text in said), key=len, reverse=True)
    for finding in rest if longest_first else ():
        for text in longest_first:
            finding.message = finding.message.replace(text, masks[text])
            finding.message_en = finding.message_en.replace(text, masks[text])
            if finding.quote:
                finding.quote = finding.quote.replace(text, masks[text])


def _finding(
    rule: str, name: str, data: list[PersonalData], words: _Words, everything: list[PersonalData]
) -> Finding:
    masks = list(dict.fromkeys(one.masked for one in data))
    masked, masked_en = "、".join(masks), ", ".join(f"“{mask}”" for mask in masks)
    place, cell = words.at(data[0].start)
    count = len({one.text for one in data})
    if data[0].role == "contact":  # it may stay if it must: say what it is, ask for no mask
        advice, advice_en = f"（{masked}）", f" ({masked_en})"
    else:
        advice, advice_en = (
            f"：共{count}处，请删除或者改为“{masked}”",
            f": {count} here, remove or mask as {masked_en}",
        )
    return Finding(
        rule=rule,
        severity=data[0].severity,
        message=f"{data[0].reason}{advice}。",
        message_en=f"{data[0].reason_en[0].upper()}{data[0].reason_en[1:]}{advice_en}.",
        cells=[cell] if cell else [],
        quote=_quote(words.text, data, everything),
        place=place,
        name=name,
    )


def _words_of(report: Report, lines: Sequence[PlainLine]) -> _Words:
    pieces: list[_Piece] = []
    for before, line in pairwise([None, *lines]):
        assert line is not None
        if before is not None and before.section != line.section:
            pieces.append(_END_OF_SECTION)  # no sentence runs from one section into the next
        pieces.append((line.text, line.simple, line.place, None))
    for path, text in report.written.items():
        pieces.append((text, simplify(text), report.places.get(path), path))
    starts = list(accumulate((len(text) + 1 for text, *_ in pieces[:-1]), initial=0))
    return _Words(
        "\n".join(text for text, *_ in pieces),
        "\n".join(simple for _, simple, *_ in pieces),
        starts,
        [place for *_, place, _ in pieces],
        [path for *_, path in pieces],
    )


def _sentence_start(text: str, position: int) -> int:
    earliest = max(0, position - _LONGEST_SENTENCE)
    start = position
    while True:
        start = max(earliest, *(text.rfind(stop, earliest, start) + 1 for stop in _STOPS))
        if start <= earliest or text[start - 1] != "\n" or not _line_runs_on(text, start - 1):
            return start
        start -= 1


def _sentence_end(text: str, position: int) -> int:
    while True:
        found = _END_OF_SENTENCE.search(text, position, position + _LONGEST_SENTENCE)
        if found is None:
            return min(len(text), position + _LONGEST_SENTENCE)
        if found.group() != "\n" or not _line_runs_on(text, found.start()):
            return found.start() if found.group() == "\n" else found.end()
        position = found.end()


def _line_runs_on(text: str, end: int) -> bool:
    """Whether the line that ends at `end` is a full one that ends in the midst of a sentence."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    return len(line) > _FULL_LINE and bool(_RUNS_ON.match(line[-1]))


def _quote(text: str, data: list[PersonalData], everything: list[PersonalData]) -> str:
    """The sentence, or the words around the data in a long one, all personal data in it masked."""
    start, end = _sentence_start(text, data[0].start), _sentence_end(text, data[-1].end)
    if end - start > _LONGEST_QUOTE:
        start, end = max(start, data[0].start - _AROUND), min(end, data[-1].end + _AROUND)
    parts, at = [], start
    for one in everything:
        if one.end > start and one.start < end:
            parts += [text[at : one.start], one.masked]
            at = one.end
    parts.append(text[at:end])
    return "".join(parts).replace("\n", "").strip()
