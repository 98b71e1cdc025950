"""What a file carries beside what its reader sees: one question for every kind of file."""

from __future__ import annotations

from gongkai.documents.limits import Budget
from gongkai.documents.publishing.file_names import split_name
from gongkai.documents.publishing.hidden_findings import Findings, Hidden
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.refusing import guarded
from gongkai.documents.publishing.sniffed import sniffed

SECONDS = 15.0


@guarded
def hidden_data(content: bytes, name: str) -> tuple[Hidden, ...]:
    """What a receiver can dig out of a file and a reader does not see; errors first (REG.17, PII.L1).

    For docx, xlsx, pptx, pdf, jpg, png fully; for doc, xls, wps, et and ofd what is cheaply found, and a
    finding `not_fully_checked` says so. Plain text hides nothing. Raises `DocumentError`: the codes of
    `accept`; a file that is refused there may be refused here too.
    """
    findings = Findings(Budget(seconds=SECONDS))
    kind = sniffed(content, split_name(name)[1], findings.budget)
    if kind in ("docx", "xlsx", "pptx", "ofd"):
        _in_package(content, kind, findings)
    elif kind in ("doc", "xls"):
        from gongkai.documents.publishing.hidden_others import hidden_in_compound

        hidden_in_compound(content, kind, findings)
    elif kind == "pdf":
        from gongkai.documents.publishing.hidden_pdf import hidden_in_pdf

        hidden_in_pdf(content, findings)
    elif kind in ("png", "jpg"):
        from gongkai.documents.publishing.hidden_pictures import picture_data
        from gongkai.documents.publishing.pictures import taken_apart

        taken_apart(content)  # a torn picture is refused, not passed
        picture_data(content, findings)
    return findings.all()


def _in_package(content: bytes, kind: str, findings: Findings) -> None:
    package = Package(content, kind, findings.budget)
    if kind == "docx":
        from gongkai.documents.publishing.hidden_docx import hidden_in_docx

        hidden_in_docx(package, findings)
    elif kind == "xlsx":
        from gongkai.documents.publishing.hidden_xlsx import hidden_in_xlsx

        hidden_in_xlsx(package, findings)
    else:
        from gongkai.documents.publishing.hidden_others import hidden_in_ofd, hidden_in_pptx

        (hidden_in_pptx if kind == "pptx" else hidden_in_ofd)(package, findings)
