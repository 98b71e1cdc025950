"""One of each thing of this room, for the isolation matrix (tests/web/isolation.py)."""

from __future__ import annotations

from typing import Any

from tests.web.participation.consulting import drafted, reported, running
from tests.web.platform import House

from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.opining import send_opinion
from gongkai.web.participation.actions.responding import enter_response

OF_AN_OPINION = ("opinion", "sender", "opinion_shred")
OF_A_REPORT = ("report", "report_contact", "report_shred")


def participation_things(house: House, out: Record) -> dict[str, dict[str, Any]]:
    """Ids by the name of the address. `out`: a public record of the house."""
    report, _ = reported(out)
    survey = running(house, "survey", title="北山镇公交满意度调查")
    running_one = running(house)
    opinion = send_opinion(consultation=running_one, words="建议增加早班车", contact="13800000000")
    asked = drafted(house, "survey", title="北山镇起草中的调查")
    response = enter_response(
        by=house[Role.CLERK],
        organ=house.organ,
        channel="press_conference",
        on=clock.today(),
        title="北山镇公交调整新闻发布会",
        topic="公交线路调整",
    )
    return {
        **{f"participation_work:{name}": {"pk": report.pk} for name in OF_A_REPORT},
        **{f"participation_work:{name}": {"pk": opinion.pk} for name in OF_AN_OPINION},
        "participation_work:consultation": {"pk": running_one.pk},
        "participation_work:result": {"pk": running_one.pk},
        "participation_work:opinion_add": {"pk": running_one.pk},
        "participation_work:terms": {"pk": asked.pk},
        "participation_work:response_withdraw": {"pk": response.pk},
        "participation:feedback": {"pk": out.pk},
        "participation:consultation": {"pk": survey.pk},
        "participation:received": {"pk": running_one.pk},
    }
