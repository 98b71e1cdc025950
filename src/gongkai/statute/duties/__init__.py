"""What an organ owes without being asked: duties, their dates, the annual report's (REG.4 to REG.50).

>>> from gongkai.statute.remedies import OrganKind
>>> annual_report_due(OrganKind.DEPARTMENT, 2025).date
datetime.date(2026, 1, 31)
"""

from gongkai.statute.duties.catalogue import Duty, Item, Limit, check_items, duties, duty
from gongkai.statute.duties.dates import (
    LocalDate,
    ReportDue,
    SpecialLimit,
    annual_report_due,
    check_publication,
    publication_due,
)

__all__ = [
    "Duty",
    "Item",
    "Limit",
    "LocalDate",
    "ReportDue",
    "SpecialLimit",
    "annual_report_due",
    "check_items",
    "check_publication",
    "duties",
    "duty",
    "publication_due",
]
