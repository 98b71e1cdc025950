"""Public concern and its answers, counted as form 2014 counts them (LAW.md 2.7, block two)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.platform import District, House, draft, published

from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import LinkKind
from gongkai.web.organs.errors import Invalid, NotAllowed
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.responding import enter_response, withdraw_response
from gongkai.web.participation.models import Concern
from gongkai.web.participation.queries.responses import block_two

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def entered(house: House, channel: str, **facts: Any) -> Any:
    usual = {"on": DAY, "title": "回应公交线路调整", "topic": "公交线路调整"}
    return enter_response(by=house[Role.CLERK], organ=house.organ, channel=channel, **{**usual, **facts})


def values(house: House, year: int = 2026) -> dict[str, int]:
    return {code: cell.value for code, cell in block_two(house.organ, year).items() if cell.value}


def test_one_topic_over_several_channels_counts_once_and_each_channel_for_itself(
    town: House, django_assert_num_queries: Any
) -> None:
    entered(town, "press_conference", head_took_part=True)
    entered(town, "press_conference", title="第二场")
    entered(town, "social")
    entered(town, "social", title="再发一条")
    entered(town, "other", topic="另一件事")
    entered(town, "interview", topic="", title="与热点无关的访谈")
    assert values(town) == {
        "concerns": 2,
        "press_conference": 2,
        "press_conference.head": 1,
        "interview": 1,
        "social": 1,
        "other": 1,
    }
    with django_assert_num_queries(3):
        block_two(town.organ, 2026)
    assert verify().faults == []


def test_a_topic_answered_again_next_year_counts_in_the_year_of_its_first_answer(town: House) -> None:
    entered(town, "social", on=dt.date(2025, 12, 30))
    entered(town, "other", on=dt.date(2026, 1, 4))
    assert values(town, 2025) == {"concerns": 1, "social": 1}
    assert values(town, 2026) == {"other": 1}


def test_an_article_that_is_a_record_and_a_response_is_one_article(town: House) -> None:
    policy = published(town)
    record = draft(town, kind="interpretation", title="解读：防汛抗旱工作方案")
    link(by=town[Role.CLERK], record=record, target=policy, kind=LinkKind.INTERPRETS)
    from tests.web.participation.consulting import let_out

    out = let_out(town, record)
    year = out.first_published_at.year
    today = out.first_published_at.date()
    entered(town, "interpretation", record=out, on=today)
    entered(town, "interpretation", title="报纸上的解读", on=today)
    assert values(town, year)["interpretation"] == 2


def test_what_was_entered_by_mistake_stays_and_counts_no_longer(town: House) -> None:
    made = entered(town, "social")
    with pytest.raises(Exception, match="理由"):
        withdraw_response(by=town[Role.CLERK], response=made, reason=" ")
    withdraw_response(by=town[Role.CLERK], response=made, reason="重复登记")
    assert values(town) == {}
    assert Concern.objects.count() == 1
    assert verify().faults == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"channel": "rumour"}, "channel"),
        ({"channel": "social", "topic": ""}, "topic"),
        ({"channel": "social", "head_took_part": True}, "head_took_part"),
        ({"channel": "social", "on": dt.date(2999, 1, 1)}, "on"),
        ({"channel": "social", "title": ""}, "title"),
    ],
)
def test_what_cannot_be_counted_is_refused(town: House, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        entered(town, **facts)
    assert [one.field for one in refused.value.faults] == [field]


def test_nothing_of_another_organ_is_tied_to_it(district: District) -> None:
    theirs = published(district.bureau)
    concern = entered(district.bureau, "social").concern
    for facts, field in (({"record": theirs}, "record"), ({"concern": concern}, "concern")):
        with pytest.raises(Invalid) as refused:
            entered(district.town, "social", **facts)
        assert [one.field for one in refused.value.faults] == [field]
    with pytest.raises(NotAllowed):
        enter_response(
            by=district.bureau[Role.CLERK],
            organ=district.town.organ,
            channel="social",
            on=DAY,
            title="越权",
            topic="事",
        )
