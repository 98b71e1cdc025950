"""Personal data in the text of a report (PII.*): requesters named with their requests, numbers, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

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
_REST_OF_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")
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


def personal_data(report: Report, lines: Sequence[PlainLine] | None = None) -> Iterator[Finding]:
    """Personal data in the narrative and in cells with more than a number, one finding a sentence and kind.

    The message names the data in masked form (PII.M); the words themselves stand in `quote` alone.
    `lines` are the report's plain lines where they are known.
    """
    words = _words_of(report, plain_lines(report) if lines is None else lines)
    told: set[str] = set()  # a mail box given twice as the contact is one finding

    def sentence_and_check(data: PersonalData) -> tuple[int, tuple[str, str]]:
        return _sentence_start(words.text, data.start), _CHECKS[data.kind, data.role]

    found = sorted(find_personal(words.text, words.simple), key=sentence_and_check)
    for (_, (rule, name)), group in groupby(found, key=sentence_and_check):
        data = [one for one in group if one.role != "contact" or one.text not in told]
        told.update(one.text for one in data)
        if data:
            yield _finding(rule, name, data, words)


def _finding(rule: str, name: str, data: list[PersonalData], words: _Words) -> Finding:
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
        quote=_quote(words.text, data),
        place=place,
        name=name,
    )


def _words_of(report: Report, lines: Sequence[PlainLine]) -> _Words:
    texts = [line.text for line in lines] + [*report.written.values()]
    simple = [line.simple for line in lines] + [simplify(text) for text in report.written.values()]
    places = [line.place for line in lines] + [report.places.get(path) for path in report.written]
    cells: list[str | None] = [None] * len(lines) + [*report.written]
    starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    return _Words("\n".join(texts), "\n".join(simple), starts, places, cells)


def _sentence_start(text: str, position: int) -> int:
    earliest = max(0, position - _LONGEST_SENTENCE)
    return max(earliest, *(text.rfind(stop, earliest, position) + 1 for stop in "。！？\n"))


def _quote(text: str, data: list[PersonalData]) -> str:
    start = _sentence_start(text, data[0].start)
    rest = _REST_OF_SENTENCE.match(text, data[-1].end)
    end = rest.end() if rest else data[-1].end
    if end - start > _LONGEST_QUOTE:
        start, end = max(start, data[0].start - _AROUND), min(end, data[-1].end + _AROUND)
    return text[start:end].strip()
