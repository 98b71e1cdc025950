"""Where a figure stands, told so that no two cells sound alike: with the headings over its row."""

from __future__ import annotations

from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.sheet import cell_place

# The forms whose tables 3 and 4 have groups of rows.
_GROUPED = ("2019", "2021")


def place_of(path: str, report: Report, lang: str) -> tuple[str, str]:
    """The row of a cell, with the group it stands in, and its column ("" where the row has one figure).

    `("（四）无法提供 · 3.其他", "总计")`; English names of rows name their group already.
    """
    row, column = cell_place(path, report, lang)
    return " · ".join((*(_groups(path, report) if lang == "zh" else ()), row)), column


def _groups(path: str, report: Report) -> tuple[str, ...]:
    part, *names = path.split(".")
    shape = form(report.form if report.form in _GROUPED else "2021")
    if part == "requests":
        code = ".".join(names[:-1])
        # The outermost, 三、本年度办理结果, stands over nearly every row and tells none from another.
        return next((row.group[1:] for row in shape.rows if row.code == code), ())
    if part == "remedies":
        return next((group.group for group in shape.remedy_groups if group.code == names[0]), ())
    return ()
