"""The remedies against a letter of an organ: `statute.remedies` asked with what is known of the organ."""

from __future__ import annotations

import datetime as dt

from gongkai.statute.errors import RemedyError
from gongkai.statute.remedies import Courts, Remedy, Respondent, remedy
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import Office


def office_of(organ: Organ) -> Office:
    """What the organ has set; an empty one where it has set nothing. 1 query."""
    return Office.objects.filter(organ=organ).first() or Office(organ=organ)


def respondent_of(organ: Organ, office: Office) -> Respondent:
    """The organ as the law of remedies sees it. What it has not set is taken from the organ above it, which
    is the government of its area or of the area above."""
    above = str(organ.parent.name) if organ.parent_id is not None and organ.parent else ""
    return Respondent(
        name=str(organ.name),
        kind=organ.organ_kind,
        level=organ.statute_level,
        courts=Courts(
            basic=str(office.basic_court),
            intermediate=str(office.intermediate_court),
            source=str(office.court_source),
        ),
        government=str(office.government or above),
        superior=str(office.superior or above),
        local_government=str(office.local_government),
    )


def remedy_of(
    organ: Organ, code: str, reached_on: dt.date, *, basis: str = "", online: bool = False
) -> Remedy:
    """The remedies against an outcome, or a letter, of the organ. WorkError says what the settings lack."""
    office = office_of(organ)
    try:
        return remedy(
            code,
            respondent_of(organ, office),
            reached_on,
            basis=basis,
            served_online=online,
            online_channel=str(office.online_channel),
        )
    except RemedyError as lacking:
        zh = f"{lacking.zh} 请在“依申请公开设置”中填写。"
        raise WorkError(lacking.code, zh, lacking.en, field="remedies") from lacking
