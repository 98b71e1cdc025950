"""What is withheld, and looking at it again (REG.14-16, REG.18)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.web.platform import District, House

from gongkai.statute.outcomes import exemptions
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.drafting import abandon
from gongkai.web.disclosure.actions.withholding import (
    a_year_later,
    disclose_withheld,
    stay_withheld,
    withhold,
)
from gongkai.web.disclosure.models import State, WithheldItem
from gongkai.web.disclosure.queries.withheld import due_counts, due_for_review, once_withheld, withheld
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def entered(house: House, **facts: Any) -> WithheldItem:
    given = {"title": "某项目评审专家名单", "basis": "REG.15", "reason": "涉及评审专家个人隐私。", **facts}
    return withhold(by=house[Role.DISCLOSURE_OFFICE], organ=house.organ, unit=house.affairs, **given)


def test_it_is_looked_at_again_after_a_year_unless_a_day_is_given(town: House) -> None:
    assert entered(town).next_review_on == a_year_later(TODAY)
    day = TODAY + dt.timedelta(days=30)
    assert entered(town, next_review_on=day).next_review_on == day
    assert a_year_later(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


@pytest.mark.parametrize("basis", [one.id for one in exemptions()])
def test_every_exemption_of_the_law_can_be_the_basis(town: House, basis: str) -> None:
    assert entered(town, basis=basis).basis == basis


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "  "}, "title"),
        ({"basis": "REG.99"}, "basis"),
        ({"reason": ""}, "reason"),
        ({"reason": "长" * 2001}, "reason"),
        ({"decided_on": TODAY + dt.timedelta(days=1)}, "decided_on"),
        ({"next_review_on": TODAY}, "next_review_on"),
        ({"next_review_on": dt.date(2999, 1, 1)}, "next_review_on"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(town: House, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        entered(town, **facts)
    assert [one.field for one in refused.value.faults] == [field]
    assert not WithheldItem.objects.exists()


def test_what_is_due_is_listed_and_a_review_moves_it_on(town: House, django_assert_num_queries: Any) -> None:
    item = entered(town, next_review_on=TODAY + dt.timedelta(days=10))
    assert list(due_for_review(town.organ)) == []
    later = TODAY + dt.timedelta(days=11)
    with django_assert_num_queries(1):
        assert [one.pk for one in due_for_review(town.organ, later)] == [item.pk]
    stay_withheld(by=town[Role.SECRECY_OFFICER], item=item, note="情况没有变化。")
    assert list(due_for_review(town.organ, later)) == []
    item.refresh_from_db()
    assert item.next_review_on == a_year_later(TODAY)
    assert item.reviewed_on == TODAY
    assert verify().faults == []


def test_disclosing_begins_a_draft_that_still_has_its_whole_way_to_go(town: House) -> None:
    item = entered(town)
    record = disclose_withheld(by=town[Role.DISCLOSURE_OFFICE], item=item, note="第三方已同意公开。")
    assert record.state == State.DRAFT
    assert record.title == item.title
    assert list(withheld(town.organ)) == []
    assert [one.pk for one in once_withheld(town.organ)] == [item.pk]
    with pytest.raises(WorkError, match="已转为公开"):
        stay_withheld(by=town[Role.DISCLOSURE_OFFICE], item=item, note="再看")


def test_if_the_draft_is_given_up_it_is_withheld_again(town: House) -> None:
    item = entered(town)
    record = disclose_withheld(by=town[Role.DISCLOSURE_OFFICE], item=item, note="第三方已同意公开。")
    abandon(by=town[Role.DISCLOSURE_OFFICE], record=record, reason="第三方撤回同意")
    assert [one.pk for one in withheld(town.organ)] == [item.pk]
    stay_withheld(by=town[Role.DISCLOSURE_OFFICE], item=item, note="第三方撤回同意。")
    item.refresh_from_db()
    assert item.is_open
    assert item.disclosed_as is None


def test_others_may_not_keep_the_list_and_who_may_not_draft_does_not_disclose(district: District) -> None:
    town = district.town
    item = entered(town)
    for role in set(Role) - {Role.DISCLOSURE_OFFICE, Role.SECRECY_OFFICER}:
        with pytest.raises(NotAllowed):
            stay_withheld(by=town[role], item=item, note="看过")
    with pytest.raises(NotAllowed):
        stay_withheld(by=district.bureau[Role.DISCLOSURE_OFFICE], item=item, note="看过")
    with pytest.raises(NotAllowed):
        disclose_withheld(by=town[Role.SECRECY_OFFICER], item=item, note="可以公开")
    item.refresh_from_db()
    assert item.is_open
    assert item.reviewed_on is None


def test_an_authority_sees_the_counts_of_its_area_in_one_query(
    district: District, django_assert_num_queries: Any
) -> None:
    entered(district.town)
    entered(district.bureau, next_review_on=TODAY + dt.timedelta(days=1))
    with django_assert_num_queries(1):
        counts = due_counts(district.government.organ, TODAY + dt.timedelta(days=2))
    assert counts[district.town.organ.pk] == {"withheld": 1, "due": 0}
    assert counts[district.bureau.organ.pk] == {"withheld": 1, "due": 1}
