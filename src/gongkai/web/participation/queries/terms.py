"""Until when a consultation runs and what it asks: of the version of its announcement that holds."""

from __future__ import annotations

from gongkai.web.participation.models import Consultation, Terms


def terms_in_force(consultation: Consultation, number: int | None = None) -> Terms | None:
    """The terms of the public version, or of the newest before it that has any; with `number`, of that one.

    Where nothing is public: those of the newest version. 1 query, 2 without the announcement's version.
    """
    rows = Terms.objects.filter(consultation=consultation).select_related("version")
    record = consultation.announcement
    if number is None and record.published_id is not None and record.published is not None:
        number = record.published.number
    if number is not None:
        rows = rows.filter(version__number__lte=number)
    return rows.order_by("-version__number").first()
