"""NAR.2: where the text lists the outcomes one by one, none with cases may be missing."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import plus, written, written_en
from gongkai.annual.checking.narrative.agreeing import NAMES
from gongkai.annual.checking.narrative.claims import (
    OUTCOMES,
    SUB_ROW,
    Claim,
    Narrative,
    claims_by_paragraph,
)
from gongkai.annual.checking.narrative.table_figures import Figure, TableFigures
from gongkai.annual.findings import Finding

_FEWEST_LISTED = 2  # one outcome alone is no enumeration
# 不掌握 and the like stand for the group they are part of; which one is not told apart.
_MAY_HIDE_IN_SUB_ROWS = ("refused", "unavailable", "not_processed", "other_outcomes")


def enumerations_add_up(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    """A listing of outcomes that leaves out a group with cases (NAR.2)."""
    if tables.old is not None:
        return
    for claims in claims_by_paragraph(narrative.claims):
        listed = {c.counts[0]: c for c in claims if len(c.counts) == 1 and c.counts[0] in OUTCOMES}
        if len(listed) >= _FEWEST_LISTED and not any(c.wide for c in listed.values()):
            unnamed = [value for number, value in narrative.unnamed if number == claims[0].paragraph]
            yield from _incomplete(case, tables, claims, listed, unnamed)


def _incomplete(
    case: Examination,
    tables: TableFigures,
    claims: list[Claim],
    listed: dict[str, Claim],
    unnamed: list[int],
) -> Iterator[Finding]:
    missing = _missing(tables, claims, listed)
    concluded = tables.of("concluded")
    if not missing or not concluded:
        return
    counted = list(listed.values())
    total, cells = concluded[0].value, list(concluded[0].cells)
    forward = next((c for c in claims if c.counts == ("carried_forward",)), None)
    if forward is not None and tables.of("carried_forward"):
        counted.append(forward)
        total += tables.of("carried_forward")[0].value
        cells += tables.of("carried_forward")[0].cells
    added = sum(claim.value for claim in counted)
    if added >= total:
        return
    if total - added in unnamed or all(figure.value in unnamed for _, figure in missing):
        return  # listed in words of the clerk's own
    words = "、".join(f"{NAMES[name][0]}{written(figure.value)}件" for name, figure in missing)
    words_en = ", ".join(f"{NAMES[name][1]} {written_en(figure.value)}" for name, figure in missing)
    yield case.finding(
        "narrative_enumeration",
        f"正文列举的办理情况相加{plus(c.value for c in counted)}＝{written(added)}件，"
        f"表三为{written(total)}件，少{written(total - added)}件；表三中有而正文未列的是：{words}。请补齐。",
        f"The outcomes listed add up to {written_en(added)} of {written_en(total)}; "
        f"not mentioned: {words_en}.",
        cells=[*(cell for _, figure in missing for cell in figure.cells), *cells],
        expected=total,
        found=added,
        quote=counted[0].sentence.quote,
        place=counted[0].sentence.place,
    )


def _missing(tables: TableFigures, claims: list[Claim], listed: dict[str, Claim]) -> list[tuple[str, Figure]]:
    """Outcomes with cases that a listing leaves out; none where it does not claim to be whole."""
    text = "".join(dict.fromkeys(claim.sentence.text for claim in claims))
    if "其余" in text or "均" in text.split("其中")[-1] or "占" in text or "%" in text:
        return []
    named = set(listed) | {name for claim in claims for name in claim.counts}
    if any(name.startswith(SUB_ROW) for name in named):
        named |= set(_MAY_HIDE_IN_SUB_ROWS)
    if "already_public" in named:  # told apart from what was granted besides
        named.add("granted")
    missing = []
    for name in OUTCOMES:
        figures = tables.of(name)
        if not figures or (name in listed and listed[name].value != figures[0].value):
            return []  # unknown; or another scope, or a wrong figure: NAR.1 speaks of that
        if name not in named and figures[0].value > 0:
            missing.append((name, figures[0]))
    return missing
