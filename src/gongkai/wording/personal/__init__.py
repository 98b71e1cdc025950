"""Personal data in a text: what may not stand in a published document (LAW.md section 8, PII.*).

>>> [(data.kind, data.masked) for data in find_personal("李晓燕（身份证11010519491231002X）申请公开。")]
[('PII.NAME', '李某'), ('PII.ID18', '11*************02X')]
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.wording.normal import simplify
from gongkai.wording.personal.contacts import find_contacts
from gongkai.wording.personal.masks import MASKS
from gongkai.wording.personal.names import find_names
from gongkai.wording.personal.numbers import Hit, find_numbers_of_people
from gongkai.wording.personal.reasons import reason

__all__ = ["PersonalData", "find_personal"]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One piece of personal data in a text.

    `kind` is the rule (PII.ID18, PII.NAME …); `role` says more: of a name `requester`, `party` or `person`;
    of a mail box or mobile number `contact` where it is published as the office's own, else `private`.
    `text` is what stands there: it is left out of `repr`, so that no log shows it by accident.
    `masked` is what may stand there instead (PII.M).
    """

    kind: str
    start: int
    end: int
    text: str = field(repr=False)
    masked: str
    severity: str  # error, warning
    role: str
    reason: str  # Chinese
    reason_en: str


def find_personal(text: str, plain: str | None = None) -> list[PersonalData]:
    """The personal data of a text in the order they stand, none overlapping another.

    `plain` is `simplify(text)` where the caller has it already.
    """
    if plain is None:
        plain = simplify(text)
    names = find_names(plain)
    hits = [Hit("PII.NAME", name.start, name.end, name.role) for name in names]
    hits += find_numbers_of_people(plain, names)
    hits += find_contacts(plain, names)
    if not hits:
        return []
    found: list[PersonalData] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if found and hit.start < found[-1].end:
            continue
        words = text[hit.start : hit.end]
        severity, chinese, english = reason(hit.kind, hit.role)
        masked = MASKS[hit.kind]("".join(plain[hit.start : hit.end].split()))
        found.append(
            PersonalData(hit.kind, hit.start, hit.end, words, masked, severity, hit.role, chinese, english)
        )
    return found
