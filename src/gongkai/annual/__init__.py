"""The statutory annual report: its forms, reading one from any file, checking it, printing the result."""

from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.documents import Document

__all__ = ["Finding", "Report", "read_reports"]


def read_reports(document: Document) -> list[Report]:
    """The annual reports a file holds, in order: one, or several that are never mixed.

    Raises `DocumentError` with code `not_a_report` where there is none.
    """
    from gongkai.annual.interpreting import interpret

    return interpret(document)
