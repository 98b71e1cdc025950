"""NAR.1: every figure of the narrative agrees with the tables, or is said to have another scope."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written, written_en
from gongkai.annual.checking.narrative.claims import OUTCOMES, RECEIVED, REMEDIES, Claim, Narrative
from gongkai.annual.checking.narrative.scope import AREA
from gongkai.annual.checking.narrative.table_figures import SUB_ROWS, Figure, TableFigures
from gongkai.annual.checking.years import comparable
from gongkai.annual.findings import Finding
from gongkai.annual.report import Number

# What the text counts, in words for the message.
NAMES = {
    "received_new": ("新收", "newly received"),
    "received": ("收到（受理）", "received"),
    "concluded": ("办结（答复）", "concluded"),
    "handled": ("办理（处理）", "handled"),
    "carried_in": ("上年结转", "carried in"),
    "carried_forward": ("结转下年", "carried forward"),
    "in_hand": ("尚在办理", "still in hand"),
    "carried": ("结转", "carried over"),
    "granted": ("予以公开", "granted"),
    "partly_granted": ("部分公开", "partly granted"),
    "refused": ("不予公开", "refused"),
    "unavailable": ("无法提供", "unavailable"),
    "not_processed": ("不予处理", "not processed"),
    "other_outcomes": ("其他处理", "other outcomes"),
    "reconsideration": ("行政复议", "reconsideration"),
    "litigation": ("行政诉讼", "litigation"),
    "direct_litigation": ("未经复议直接起诉", "litigation without reconsideration"),
    "after_reconsideration": ("复议后起诉", "litigation after reconsideration"),
    "remedies": ("行政复议、行政诉讼", "reconsideration and litigation"),
    "requests": ("政府信息公开申请", "requests"),
    "due": ("应办理", "to be handled"),
    "in_all": ("合计", "in all, with those carried in"),
}
_COUNTED_ON_THE_WAY = RECEIVED | {"handled", "concluded", "due", "in_all"}
_BOUNDED = REMEDIES | RECEIVED | {"requests", "in_all"}
_CARRIED_IN_DONE = re.compile(
    "(?:结转|转入)[^。;]{0,16}?件[^,，。;]{0,8}?(?:答复|办结|办复|回复|办理完|处理完)"
)
_FEWEST_TO_TELL = 3  # a figure below this agrees by chance too often to tell whose figures the table gives


def figures_agree(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    """Findings of NAR.1 for all claims about requests and remedies."""
    agreed: set[str] = set()
    differing: list[tuple[Claim, list[Figure]]] = []
    area_is_the_table_s = False
    for claim in narrative.claims:
        if claim.result or claim.kind or not claim.counts:
            continue
        if claim.bounded and not claim.wide and claim.linked:
            yield from _no_more_than_the_whole(case, claim, tables)
            continue
        figures = _accepted(claim, narrative, tables)
        if not figures:
            continue
        if any(figure.value == claim.value for figure in figures) or _carried_in_apart(
            claim, figures, narrative
        ):
            agreed.update(claim.counts)
            large = claim.value >= _FEWEST_TO_TELL
            area_is_the_table_s |= claim.wide == AREA and large and bool(RECEIVED & {*claim.counts})
        elif claim.sure and not _of_one_kind(claim, tables):
            differing.append((claim, figures))
    for claim, figures in differing:
        if claim.wide == AREA and area_is_the_table_s:
            claim.wide = ""
        yield _judge(case, tables, claim, figures, agreed)


def _carried_in_apart(claim: Claim, figures: list[Figure], narrative: Narrative) -> bool:
    """已答复11件，上年结转1件已答复: those carried in are counted apart and make up what is missing."""
    if claim.counts[-1] not in ("concluded", "handled"):
        return False
    return any(
        other.paragraph == claim.paragraph
        and "carried_in" in other.counts
        and figures[0].value - claim.value == other.value
        and _CARRIED_IN_DONE.search(other.sentence.text)
        for other in narrative.claims
    )


def _no_more_than_the_whole(case: Examination, claim: Claim, tables: TableFigures) -> Iterator[Finding]:
    """因征地引发申请29件: a part that is more than all the table has."""
    if not set(claim.counts) <= _BOUNDED:
        return
    figures = [figure for name in claim.counts for figure in tables.of(name)]
    whole = max(figures, key=lambda figure: figure.value, default=None)
    if whole is None or claim.value <= whole.value:
        return
    name, name_en = _names(claim.counts[-1], whole)
    label = whole.label if whole.label.startswith("表") else f"表三{whole.label}"
    yield case.finding(
        "narrative_doubtful",
        f"正文写其中一部分{name}{written(claim.value)}件，多于{label}的{written(whole.value)}件。请核对。",
        f"The text says {claim.value} {name_en} of one cause, more than the {written_en(whole.value)} of the "
        f"table in all.",
        cells=whole.cells,
        expected=whole.value,
        found=claim.value,
        quote=claim.sentence.quote,
        place=claim.sentence.place,
    )


def _of_one_kind(claim: Claim, tables: TableFigures) -> bool:
    """Outcomes listed under one kind of requester: 自然人申请20件，其中予以公开9件."""
    named = any(word in claim.sentence.text for word in ("自然人", "法人", "企业", "个人"))
    return named and claim.value in tables.row_values(claim.counts[-1])


def _accepted(claim: Claim, narrative: Narrative, tables: TableFigures) -> list[Figure]:
    """Figures the claim may agree with: of the nearest thing counted first; empty where one is unknown."""
    found: list[Figure] = []
    firsts: list[Figure] = []
    for name in reversed(claim.counts):
        figures = tables.of(name)
        if not figures:
            return []
        if claim.value == 0:  # none at all is none in any scope
            figures = figures[:1]
        found += figures
        firsts.append(figures[0])
    if len(firsts) > 1:
        cells = tuple(cell for figure in firsts for cell in figure.cells)
        label = "、".join(figure.label for figure in reversed(firsts)) + "之和"
        together = Figure(sum(figure.value for figure in firsts), cells, label)
        found.insert(0 if {*claim.counts} <= {*OUTCOMES} else len(found), together)
    if claim.counts == ("granted",):
        found += _granted_besides(claim, narrative, found[0])
    return found


def _granted_besides(claim: Claim, narrative: Narrative, granted: Figure) -> Iterator[Figure]:
    """Granted without those published before, where the same paragraph counts these apart."""
    before = [
        c.value for c in narrative.claims if c.paragraph == claim.paragraph and "already_public" in c.counts
    ]
    if before:
        yield Figure(granted.value - sum(before), granted.cells, granted.label)


def _judge(
    case: Examination, tables: TableFigures, claim: Claim, figures: list[Figure], agreed: set[str]
) -> Finding:
    name, expected = claim.counts[-1], figures[0]
    carried_in = case.request("received.carried_in") or 0
    gap = expected.value - claim.value
    size = written(gap if gap > 0 else -gap)
    zh_name, en_name = _names(name, expected)
    zh = f"正文写{zh_name}{written(claim.value)}件，{expected.label}为{written(expected.value)}件，"
    en = f"The text says {written_en(claim.value)} {en_name}; the table says {written_en(expected.value)}."
    cells = list(expected.cells)
    if carried_in and _left_out_carried_in(name, gap, carried_in):
        cells.append("requests.received.carried_in.total")
        words = "漏计了" if gap > 0 else "计入了"
        zh += f"相差{size}件，正好等于上年结转数：正文{words}结转的申请。请按表格的口径统一正文。"
        en += f" The difference of {size} equals the cases carried in: another scope."
        check = "narrative_scope"
    elif reason := _doubt(tables, claim, gap, carried_in, agreed) or _pending_before(case, name, gap):
        zh += f"两者不一致（{reason}）。请核对口径，改正其一或在正文中说明。"
        en += " The scope may differ: check."
        check = "narrative_doubtful"
    else:
        zh += "两者不一致。请核对台账，改正正文或表格。"
        en += " Correct one of them."
        check = "narrative_mismatch"
    return case.finding(
        check,
        zh,
        en,
        cells=dict.fromkeys(cells),
        expected=expected.value,
        found=claim.value,
        quote=claim.sentence.quote,
        place=claim.sentence.place,
    )


def _names(name: str, figure: Figure) -> tuple[str, str]:
    """What the text counts, in words for the message."""
    if name in SUB_ROWS:
        return figure.label.partition("“")[2].rstrip("”").lstrip("0123456789."), SUB_ROWS[name][2]
    return NAMES[name]


def _left_out_carried_in(name: str, gap: Number, carried_in: Number) -> bool:
    """Concluded without those carried in, or new ones together with them (LAW.md 2.5)."""
    if name in ("concluded", "handled"):
        return gap == carried_in
    return name == "received_new" and gap == -carried_in


def _doubt(tables: TableFigures, claim: Claim, gap: Number, carried_in: Number, agreed: set[str]) -> str:
    """Why the figure may be right in another scope; "" where nothing speaks for that."""
    name = claim.counts[-1]
    if claim.wide:
        return "正文说的可能是全辖区或本级的数字，与表格范围不同"
    if not claim.linked:
        return "正文没有写明是否属于政府信息公开案件"
    if name in SUB_ROWS:
        return "正文的归类可能与表格不同"
    if name == "concluded" and claim.value == (tables.case.request("received.new") or 0):
        return "与本年新收数相同，但有新收的申请结转下年度"
    if name in agreed:
        return "正文另一处的数字与表格一致"
    if claim.joined and not set(claim.counts) <= _COUNTED_ON_THE_WAY:
        return "正文把几类情形合在一起"
    if name == "requests":
        return "正文没有写明是收到还是办结"
    if name in ("carried", "in_hand"):
        return "正文没有写明结转的年份" if name == "carried" else "统计时点可能不同"
    if name in OUTCOMES and carried_in and 0 < gap <= carried_in:
        return "可能未计上年结转的申请"
    if name in ("concluded", "handled") and gap > 0 and gap in _other_outcomes(tables):
        return "可能未计“其他处理”的申请"
    if name not in REMEDIES and claim.value in tables.row_values(name):
        return "与表格中一个分项的数字相同，可能只计了一部分"
    if name == "received" and any(figure.value == claim.value for figure in tables.of("concluded")):
        return "与办理结果总计相同"
    return ""


def _pending_before(case: Examination, name: str, gap: Number) -> str:
    """Cases pending at the end of last year stand in this year's table; a text may count new ones only."""
    if name not in REMEDIES or gap <= 0 or not comparable(case) or case.previous is None:
        return ""
    groups = [group.code for group in case.form.remedy_groups]
    pending = sum(case.previous.value(f"remedies.{group}.pending") or 0 for group in groups)
    return "可能未计上年未审结的案件" if gap <= pending else ""


def _other_outcomes(tables: TableFigures) -> set[Number]:
    """Figures of cases closed without a reply."""
    sums = {figure.value for name in ("other_outcomes", "not_processed") for figure in tables.of(name)}
    return tables.row_values("other_outcomes") | sums


_ORGANISATIONS = ("business", "research", "public_welfare", "legal_services", "other")
_KINDS = {
    "natural_person": ("自然人", "natural persons"),
    "business": ("商业企业", "businesses"),
    "research": ("科研机构", "research bodies"),
    "public_welfare": ("社会公益组织", "public welfare bodies"),
    "legal_services": ("法律服务机构", "legal services"),
    "legal": ("法人或其他组织", "legal persons and other organisations"),
}


def _all_organisations(case: Examination) -> set[Number]:
    """企业3件 may stand for all that are no natural persons."""
    rows = ("received.new", "concluded")
    return {sum(case.request(row, column) or 0 for column in _ORGANISATIONS) for row in rows}


def kinds_agree(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    """自然人 n 件, 法人 n 件: the columns of table 3, where the sentence counts what was received."""
    if tables.old is not None:
        return
    for claim in narrative.claims:
        if not claim.kind or claim.wide or not claim.counts or claim.counts[-1] not in RECEIVED:
            continue
        if claim.part and claim.counts[-1] != "received":
            continue
        columns = _ORGANISATIONS if claim.kind == "legal" else (claim.kind,)
        new = [case.request("received.new", column) for column in columns]
        carried = [case.request("received.carried_in", column) for column in columns]
        done = [case.request("concluded", column) for column in columns]
        if None in new or None in carried or None in done:
            continue
        sums = [sum(value or 0 for value in row) for row in (new, carried, done)]
        singles = {value for row in (new, carried, done) for value in row}
        if claim.value in {sums[0], sums[0] + sums[1], sums[2]} | singles:
            continue
        if claim.kind == "business" and claim.value in _all_organisations(case):
            continue
        label, label_en = _KINDS[claim.kind]
        yield case.finding(
            "narrative_doubtful",
            f"正文写{label}申请{written(claim.value)}件，表三“一、本年新收”的“{label}”为{written(sums[0])}件，"
            f"两者不一致。请核对。",
            f"The text says {claim.value} requests by {label_en}; the table says {written_en(sums[0])}.",
            cells=[f"requests.received.new.{column}" for column in columns],
            expected=sums[0],
            found=claim.value,
            quote=claim.sentence.quote,
            place=claim.sentence.place,
        )


_RESULT_NAMES = {
    "upheld": ("维持", "upheld"),
    "corrected": ("纠正", "corrected"),
    "pending": ("尚未审结", "pending"),
}


_GROUPS = {
    "reconsideration": ("reconsideration",),
    "direct_litigation": ("direct_litigation",),
    "after_reconsideration": ("litigation_after_reconsideration",),
    "litigation": ("direct_litigation", "litigation_after_reconsideration"),
}


def results_agree(case: Examination, narrative: Narrative, tables: TableFigures) -> Iterator[Finding]:
    """维持 n 件, 纠正 n 件: some group of table 4 the sentence names, or a sum of groups, has that figure."""
    if tables.old is not None or not case.report.remedies:
        return
    for claim in narrative.claims:
        if not claim.result or not claim.sure:
            continue
        groups = [group.code for group in case.form.remedy_groups]
        if set(claim.counts) <= set(_GROUPS):
            groups = [*dict.fromkeys(group for name in claim.counts for group in _GROUPS[name])]
        cells = [f"remedies.{group}.{claim.result}" for group in groups]
        values = [case.number(cell) for cell in cells]
        if None in values:
            continue
        known = [value or 0 for value in values]
        if claim.value in {*known, sum(known), sum(known[1:])}:
            continue
        name, name_en = _RESULT_NAMES[claim.result]
        told = "、".join(map(written, known))
        yield case.finding(
            "narrative_doubtful",
            f"正文写结果{name}{written(claim.value)}件，表四相应各组“{name}”为{told}件，没有相符的数字。请核对。",
            f"The text says {claim.value} {name_en}; table 4 says {', '.join(map(written_en, known))}.",
            cells=cells,
            expected=sum(known),
            found=claim.value,
            quote=claim.sentence.quote,
            place=claim.sentence.place,
        )
