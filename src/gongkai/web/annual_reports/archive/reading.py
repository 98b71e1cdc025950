"""A published report read from its files, in a process apart: what a file does to a parser stays there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual import isolated
from gongkai.annual.checked import Checked
from gongkai.annual.report import Report
from gongkai.documents import DocumentError
from gongkai.documents.isolation import Limits, Workers

# What may hold a report, the likeliest first.
ENDINGS = ("json", "docx", "doc", "wps", "xlsx", "xls", "et", "pdf", "txt", "csv")
MOST_FILES = 6
_SHORTEST_NAME = 6  # shorter endings of names (人民政府) are shared by many organs


@dataclass(frozen=True, slots=True)
class Found:
    """The report that was found, and in which file; or why there is none."""

    report: Report | None = None
    source: str = ""
    problem: DocumentError | None = None


def read(
    files: Sequence[tuple[str, bytes]], *, organ: str, year: int | None, workers: Workers | None
) -> Found:
    """The organ's report of the year in these files: of several the one that says most."""
    items = isolated.read_files(files, workers=workers) if files else []
    reports = [item.report for item in items if item.report is not None]
    own = [one for one in reports if year is None or one.year in (None, year)]
    named = [one for one in own if _is_named(one.organ, organ)]
    if named or (own and len(own) == len(reports)):
        best = max(named or own, key=_cells)
        if _cells(best):
            return Found(best, best.source)
        return Found(problem=_no_figures())
    if reports:
        return Found(problem=_another(reports[0]))
    return Found(problem=_first_problem(items))


def candidates(names: Iterable[str]) -> list[int]:
    """Which of the files may hold the report, by their places, the likeliest first."""
    ranked = []
    for place, name in enumerate(names):
        ending = name.rpartition(".")[2].lower()
        if ending in ENDINGS:
            ranked.append((ENDINGS.index(ending), place))
    return [place for _, place in sorted(ranked)[:MOST_FILES]]


@cache
def own_workers() -> Workers | None:
    """A process for reading, for as long as the program runs."""
    return isolated.new_workers(Limits(workers=1))


def _cells(report: Report) -> int:
    return sum(1 for _, value in report.cells() if value is not None)


def _is_named(said: str | None, organ: str) -> bool:
    """Whether a report's organ is this one: names are written with and without the places above them."""
    one, other = sorted(("".join((said or "").split()), "".join(organ.split())), key=len)
    return bool(one) and (one == other or (len(one) >= _SHORTEST_NAME and other.endswith(one)))


def _first_problem(items: Sequence[Checked]) -> DocumentError:
    for item in items:
        if item.error is not None and item.error.code != "not_a_report":
            return item.error
    for item in items:
        if item.error is not None:
            return item.error
    return DocumentError(
        "no_file",
        "这份年度报告没有能读出数据的附件或者正文。",
        "The report has no attachment or text that figures can be read from.",
    )


def _no_figures() -> DocumentError:
    return DocumentError(
        "no_figures",
        "文件里没有读到年度报告的统计表。",
        "No table of an annual report was found in its files.",
    )


def _another(report: Report) -> DocumentError:
    told = {"organ": report.organ or "—", "year": report.year or "—"}
    return DocumentError(
        "another_report",
        "文件里的报告是“{organ}”{year}年度的，与这条信息不符。".format(**told),
        "The file holds the report of {organ} for {year}: not the one of this record.".format(**told),
    )
