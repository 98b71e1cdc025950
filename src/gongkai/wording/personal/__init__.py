"""Personal data in a text: what may not stand in a published document (LAW.md section 8, PII.*).

>>> [(data.kind, data.masked) for data in find_personal("李晓燕（身份证11010519491231002X）申请公开。")]
[('PII.NAME', '李某'), ('PII.ID18', '11*************02X')]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.wording.normal import Visible, simplify
from gongkai.wording.personal.contacts import find_contacts, homes
from gongkai.wording.personal.masks import MASKS
from gongkai.wording.personal.names import Name, find_names, names_beside
from gongkai.wording.personal.numbers import numbers_of_people
from gongkai.wording.personal.reasons import reason
from gongkai.wording.personal.surroundings import Hit

__all__ = ["PersonalData", "find_all_personal", "find_personal", "personal_in"]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One piece of personal data in a text.

    `kind` is the rule (PII.ID18, PII.NAME …); `role` says more: of a name `requester`, `party` or `person`;
    of a mail box or telephone `contact` where it is published as the office's own, `unclear` where no words
    say whose it is, else `private`. `variant` is `mistyped` or `doubtful` where it is less than certain, and
    `duty` of a mobile number beside the name of somebody on duty.
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
    variant: str = ""


def find_personal(text: str, plain: str | None = None) -> list[PersonalData]:
    """The personal data of a text in the order they stand, none overlapping another.

    `plain` is `simplify(text)` where the caller has it already. What no words show to be private is left
    out: `find_all_personal` has it too.
    """
    return [data for data in find_all_personal(text, plain) if data.role != "unclear"]


def find_all_personal(text: str, plain: str | None = None) -> list[PersonalData]:
    """As `find_personal`, with telephones and mail boxes of which no words say whose they are."""
    return personal_in(text, Visible(simplify(text) if plain is None else plain))


def personal_in(text: str, visible: Visible) -> list[PersonalData]:
    """As `find_all_personal`, of a text whose simplified form is already without invisible signs."""
    found: list[PersonalData] = []
    for hit in _without_overlaps(_hits(visible.text)):
        start, end = visible.span(hit.start, hit.end)
        severity, chinese, english = reason(hit.kind, hit.role, hit.variant)
        masked = MASKS[hit.kind]("".join(visible.text[hit.start : hit.end].split()))
        found.append(
            PersonalData(
                hit.kind,
                start,
                end,
                text[start:end],
                masked,
                severity,
                hit.role,
                chinese,
                english,
                hit.variant,
            )
        )
    return found


def _hits(text: str) -> Iterable[Hit]:
    names = find_names(text)
    numbers = numbers_of_people(text, names)
    private = [hit for hit in numbers if hit.role == "private"]
    names = _merged(names, names_beside(text, [*private, *homes(text)]))
    hits = [Hit("PII.NAME", name.start, name.end, name.role) for name in names]
    return hits + numbers + find_contacts(text, names)


def _merged(names: list[Name], more: list[Name]) -> list[Name]:
    """Both in order; of `more` only those that overlap none of `names`."""
    if not more:
        return names
    taken = {index for name in names for index in range(name.start, name.end)}
    return sorted(names + [name for name in more if taken.isdisjoint(range(name.start, name.end))])


def _without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """In order; of two that overlap the one that begins first, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
