"""Files read and checked together: what the command line, the page and the workbook show."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gongkai.annual.findings import SEVERITIES, Finding
from gongkai.annual.report import Report
from gongkai.annual.sheet_years import compared, why_not_compared, why_not_read
from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import too_complex

if TYPE_CHECKING:
    from gongkai.annual.checking import RuleTable

logger = logging.getLogger(__name__)

NamedFile = tuple[str, bytes]
# An organ's name is often written without the places above it. Shorter endings ("人民政府") name many organs.
SHORTEST_SHARED_NAME = 6


@dataclass(slots=True)
class Checked:
    """One report with its findings, or one file with the error that kept it from being read.

    `notes` are (Chinese, English) sentences about the reading that are no findings.
    `compared_with` is the source of the report of the year before, where there was one.
    """

    source: str
    report: Report | None = None
    findings: list[Finding] = field(default_factory=list)
    error: DocumentError | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    compared_with: str | None = None

    def count(self, severity: str) -> int:
        return sum(1 for finding in self.findings if finding.severity == severity)


def check_files(
    files: Iterable[NamedFile],
    previous: NamedFile | None = None,
    progress: Callable[[str], None] | None = None,
    rules: RuleTable | None = None,
) -> list[Checked]:
    """Read and check every file, in order; a file that cannot be read becomes an error and stops no other.

    A file may hold several reports: the second gets the source `name#2`. A report of the same organ's year
    before, among the files or as `previous`, is used for the checks across years; a `previous` that cannot be
    read comes last, as an error. `progress` is called with each file's name when the file is done.
    `rules` is an office's own table (`checking.load_rules`).
    """
    results = read_files(files, progress)
    earlier = read_files([previous]) if previous is not None else []
    return check_read(results, earlier, rules)


def read_files(files: Iterable[NamedFile], progress: Callable[[str], None] | None = None) -> list[Checked]:
    """Every report of the files, in order, read and not yet checked; an unreadable file is an error."""
    results: list[Checked] = []
    for name, content in files:
        results += _read(name, content)
        if progress is not None:
            progress(name)
    return results


def check_read(
    read: Sequence[Checked], earlier: Sequence[Checked] = (), rules: RuleTable | None = None
) -> list[Checked]:
    """What `read_files` gave, checked; what is given stays as it is. `earlier`: the year before, read too."""
    results = [replace(item, findings=[], notes=list(item.notes), compared_with=None) for item in read]
    _check(results, earlier, rules)
    return results + [item for item in earlier if item.error is not None]


def reports_to_json(results: Sequence[Checked]) -> list[dict[str, Any]]:
    """The reports in the contract's shape, each with its `source`."""
    return [{**item.report.to_json(), "source": item.source} for item in results if item.report is not None]


def unreadable_to_json(results: Sequence[Checked]) -> list[dict[str, str]]:
    """The files that could not be read: `source`, `code` for machines, `message` in Chinese."""
    return [
        {"source": item.source, "code": item.error.code, "message": item.error.zh}
        for item in results
        if item.error is not None
    ]


def findings_to_json(results: Sequence[Checked]) -> list[dict[str, Any]]:
    """All findings in the contract's shape, in the order of the files."""
    return [
        finding.to_json(item.source, item.report.organ, item.report.year)
        for item in results
        if item.report is not None
        for finding in item.findings
    ]


def _read(name: str, content: bytes) -> list[Checked]:
    from gongkai.annual import read_reports  # here: a command imports what it needs when it needs it
    from gongkai.documents import read_document
    from gongkai.documents.ocr.doubts import doubts

    try:
        document = read_document(content, name)
        reports = read_reports(document)
    except DocumentError as error:
        return [Checked(name, error=error)]
    except MemoryError:
        return [Checked(name, error=too_complex("占用内存过多", "takes too much memory"))]
    except Exception:  # a file may show a fault of ours; the other files are still done
        logger.exception("reading failed")
        return [Checked(name, error=_our_fault())]
    named = doubts(document)  # those of the figures are a finding, with its cells
    notes = [(note, note) for note in document.notes if note not in named]
    return [Checked(report.source or name, report, notes=list(notes)) for report in reports]


def _our_fault() -> DocumentError:
    return DocumentError(
        "damaged",
        "处理这个文件时程序出错，已记入日志。请另存为 docx 或 txt 后再试。",
        "The program failed on this file; the failure is in the log. Save it as docx or txt and try again.",
    )


def _check(results: Sequence[Checked], earlier: Sequence[Checked], rules: RuleTable | None) -> None:
    from gongkai.annual.checking import check, check_together

    reports = [item.report for item in results if item.report is not None]
    given = [item.report for item in earlier if item.report is not None]
    for item in results:
        if item.report is None:
            continue
        before = previous_of(item.report, [*given, *reports])
        if before is None and len(reports) == 1 and given:
            before = given[0]  # the person says it is: the check says so if it is not
        item.compared_with = before.source if before and compared(item.report, before) else None
        try:
            item.findings = check(item.report, previous=before, rules=rules)
        except Exception:  # a fault of ours in one report stops no other
            logger.exception("checking failed")
            item.report, item.error = None, _our_fault()
        item.notes += _not_compared(item, earlier, before)
    reports = [item.report for item in results if item.report is not None]
    if len(reports) < 2:
        return
    owners = {id(item.report): item for item in results}
    for report, finding in check_together(reports, rules=rules):
        owners[id(report)].findings.append(finding)
    for item in results:  # stable: inside a severity the order of the form stays
        item.findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))


def _not_compared(
    item: Checked, earlier: Sequence[Checked], before: Report | None
) -> Iterator[tuple[str, str]]:
    """What was given as last year's report and not set against this one, with the reason."""
    for given in earlier:
        if item.report is None or (item.compared_with and given.report is before):
            continue
        if given.error is not None:
            yield why_not_read(given.source, given.error)
        elif given.report is not None:
            yield why_not_compared(given.source, given.report, item.report)


def previous_of(report: Report, others: Iterable[Report]) -> Report | None:
    """The same organ's report of the year before, if it is among `others`."""
    if report.year is None:
        return None
    return next((o for o in others if o is not report and _is_year_before(o, report)), None)


def _is_year_before(other: Report, report: Report) -> bool:
    return report.year is not None and other.year == report.year - 1 and _same_organ(report, other)


def _same_organ(one: Report, other: Report) -> bool:
    names = sorted(("".join((r.organ or "").split()) for r in (one, other)), key=len)
    if names[0] == names[1]:
        return bool(names[0])
    return len(names[0]) >= SHORTEST_SHARED_NAME and names[1].endswith(names[0])
