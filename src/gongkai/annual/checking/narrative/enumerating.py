"""NAR.2: where the text lists the outcomes one by one, none with cases may be missing."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written
from gongkai.annual.checking.narrative.agreeing import NAMES
from gongkai.annual.checking.narrative.reading import OUTCOMES, Claim, Narrative, claims_by_paragraph
from gongkai.annual.checking.narrative.table_figures import TableFigures
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
            yield from _incomplete(case, tables, claims, listed)


def _incomplete(
    case: Examination, tables: TableFigures, claims: list[Claim], listed: dict[str, Claim]
) -> Iterator[Finding]:
    first = next(iter(listed.values())).sentence
    text = "".join(dict.fromkeys(claim.sentence.text for claim in claims))
    if "其余" in text or "均" in text.split("其中")[-1] or "占" in text or "%" in text:
        return
    named = set(listed) | {name for claim in claims for name in claim.counts}
    if "sub_rows" in named:
        named |= set(_MAY_HIDE_IN_SUB_ROWS)
    missing = []
    for name in OUTCOMES:
        figures = tables.of(name)
        if not figures:
            return
        if name in listed and listed[name].value != figures[0].value:
            return  # another scope, or a wrong figure: NAR.1 speaks of it
        if name not in named and figures[0].value > 0:
            missing.append((name, figures[0]))
    concluded = tables.of("concluded")
    if not missing or not concluded:
        return
    added = sum(claim.value for claim in listed.values())
    total, cells = concluded[0].value, list(concluded[0].cells)
    forward = next((c for c in claims if c.counts == ("carried_forward",)), None)
    if forward is not None and tables.of("carried_forward"):
        added += forward.value
        total += tables.of("carried_forward")[0].value
        cells += tables.of("carried_forward")[0].cells
    if added >= total:
        return
    words = "、".join(f"{NAMES[name][0]}{written(figure.value)}件" for name, figure in missing)
    parts = "＋".join(written(c.value) for c in [*listed.values(), *([forward] if forward else [])])
    yield case.finding(
        "narrative_enumeration",
        f"正文列举的办理情况相加{parts}＝{written(added)}件，表三为{written(total)}件，"
        f"少{written(total - added)}件；"
        f"表三中有而正文未列的是：{words}。请补齐。",
        f"The outcomes listed add up to {written(added)} of {written(total)}; not mentioned: "
        + ", ".join(f"{NAMES[name][1]} {written(figure.value)}" for name, figure in missing)
        + ".",
        cells=[*(cell for _, figure in missing for cell in figure.cells), *cells],
        expected=total,
        found=added,
        quote=first.quote,
        place=first.place,
    )
