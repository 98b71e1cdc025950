"""What was compared across years, and in words why something was not."""

from __future__ import annotations

from gongkai.annual.report import Report
from gongkai.documents.errors import DocumentError


def compared(report: Report, before: Report) -> bool:
    """Whether the checks across years set `before` against `report`: the same organ's year before."""
    from gongkai.annual.checking.years import same_organ  # here: words alone need no checks

    if report.year is None or before.year != report.year - 1:
        return False
    return same_organ(report.organ, before.organ)


def why_not_read(source: str, error: DocumentError) -> tuple[str, str]:
    """Note to a report, Chinese and English: the year before was given and could not be read."""
    return (
        f"上一年度报告“{source}”未能读取，没有作跨年核对。{error.zh}",
        f"The previous year's report {source} could not be read; nothing was checked across years. "
        f"{error.en}",
    )


def why_not_compared(source: str, given: Report, report: Report) -> tuple[str, str]:
    """Note to a report, Chinese and English: what was given as its year before is not that."""
    zh, en = _reason(given, report)
    return (
        f"“{source}”不是本报告的上一年度报告（{zh}），没有用它作跨年核对。",
        f"{source} is not this report's previous year ({en}): it was not used for checks across years.",
    )


def _reason(given: Report, report: Report) -> tuple[str, str]:
    if given.year is None:
        return "它没有写明年份", "it states no year"
    if report.year is None:
        return "本报告没有写明年份", "this report states no year"
    if given.year == report.year:
        return f"它也是{given.year}年度的报告", f"it is for {given.year} too"
    if given.year != report.year - 1:
        return (
            f"它是{given.year}年度的报告，应为{report.year - 1}年度",
            f"it is for {given.year}, not {report.year - 1}",
        )
    organ = given.organ or "未写明的机关"
    return f"它属于“{organ}”", f"it is of {given.organ or 'an organ not stated'}"
