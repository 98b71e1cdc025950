"""Table 4, reconsideration and litigation: each group of five adds up (FMT.T4.A)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import blanks_could_mend, is_count, plus, plus_en, written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.forms import Column
from gongkai.annual.forms.english import english_column, english_row


@serves("remedies_sum", "remedies_sum_blank")
def table_four_adds_up(case: Examination) -> Iterator[Finding]:
    """FMT.T4.A: upheld + corrected + other + pending = total, in each of the three groups."""
    remedies: dict[str, Any] = case.report.remedies or {}
    for group in case.form.remedy_groups:
        row = remedies.get(group.code)
        codes = [column.code for column in case.form.remedy_columns]
        if row is None or any(code not in row for code in codes):
            continue
        parts, total = [row[code] for code in codes[:-1]], row[codes[-1]]
        added = sum(part or 0 for part in parts)
        cells = [f"remedies.{group.code}.{code}" for code in codes] if added != (total or 0) else []
        if not cells or not case.unread.isdisjoint(cells):
            continue
        blank = blanks_could_mend(parts, [total])
        advice = "其中有空白格，请补填数字（没有的填0）。" if blank else "请对照案件台账核对后更正。"
        yield case.finding(
            "remedies_sum_blank" if blank else "remedies_sum",
            f"表四“{group_label(group)}”：结果维持、结果纠正、其他结果、尚未审结相加{plus(parts)}＝"
            f"{written(added)}，“总计”填{written(total)}，两者不等。{advice}",
            f"Table 4, {english_row('remedies', group.code)}: {plus_en(parts)} = {written_en(added)}, "
            f"but the total says {written_en(total) if total is not None else 'nothing'}.",
            cells=cells,
            expected=added,
            found=total,
        )


@serves("remedies_not_a_count")
def remedies_are_counts(case: Examination) -> Iterator[Finding]:
    """Figures of table 4 are whole numbers of zero or more."""
    remedies: dict[str, Any] = case.report.remedies or {}
    for group in case.form.remedy_groups:
        for column in case.form.remedy_columns:
            value = (remedies.get(group.code) or {}).get(column.code)
            path = f"remedies.{group.code}.{column.code}"
            if value is None or is_count(value) or path in case.unread:
                continue
            yield case.finding(
                "remedies_not_a_count",
                f"表四“{group_label(group)}”的“{column.label}”填{written(value)}：件数应为不小于0的整数，"
                f"请更正。",
                f"Table 4, {english_row('remedies', group.code)}, {english_column('remedies', column.code)}: "
                f"{written_en(value)} is not a number of cases.",
                cells=[path],
                found=value,
            )


def group_label(group: Column) -> str:
    return f"{group.group[-1]}（{group.label}）" if group.group else group.label
