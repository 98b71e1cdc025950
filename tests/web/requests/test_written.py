"""Queries put into words once say what they say when they are written anew, for every kind of requester."""

from __future__ import annotations

import datetime as dt
from itertools import product
from random import Random
from typing import Any

import pytest
from tests.web.platform import House
from tests.web.requests.asking import DAY, received

from gongkai.web.requests.models import Case, CaseEvent, Requester
from gongkai.web.requests.queries.alike import (
    OF_A_LINE,
    maybe_same_requester,
    month_of,
    of_same_requester,
)
from gongkai.web.requests.queries.case_page import same_requester
from gongkai.web.requests.queries.written import Written, WrittenOfCase

pytestmark = pytest.mark.django_db

_INDEXES = ("identity_index", "name_index", "phone_index", "email_index", "address_index")


def test_whoever_asks_the_same_cases_are_found_as_by_the_rules(
    town: House, django_assert_num_queries: Any
) -> None:
    chance = Random(3)
    for known in product((True, False), repeat=len(_INDEXES)):  # what is known of them: all 32 kinds
        case = received(town, DAY + dt.timedelta(days=chance.choice([0, 0, 1, 40])))
        found = {name: chance.choice("ab") if one else "" for name, one in zip(_INDEXES, known, strict=True)}
        Requester.objects.filter(case=case).update(**found)
    certain = perhaps = 0
    for case in Case.objects.select_related("requester"):
        told = same_requester(case)
        own = of_same_requester(case).order_by("-pk")
        assert [one.pk for one in told.cases] == [one.pk for one in own]
        assert [one.pk for one in told.maybe] == [
            one.pk for one in maybe_same_requester(case).order_by("-pk")
        ]
        assert told.month == month_of(case)
        certain, perhaps = certain + len(told.cases), perhaps + len(told.maybe)
        with django_assert_num_queries(0):  # what a line shows came along
            assert all(getattr(one, name) is not None for one in told.cases for name in OF_A_LINE)
    assert certain > 20
    assert perhaps > 20


def test_rows_of_a_case_are_those_of_the_case_asked_about(
    town: House, django_assert_num_queries: Any
) -> None:
    one, other = received(town, DAY), received(town, DAY)
    events = WrittenOfCase(lambda case: CaseEvent.objects.filter(case=case).order_by("id"))
    for case in (one, other, one):
        with django_assert_num_queries(1):
            found = events.rows(case)
            assert {row.case.pk for row in found} == {case.pk}
        assert found == list(CaseEvent.objects.filter(case=case).order_by("id"))


@pytest.mark.parametrize("marks", [(-1,), (-5, -6), (-5, -5)])
def test_a_mark_that_is_not_in_the_query_or_twice_is_a_fault(marks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="marks"):
        Written(lambda: Case.objects.filter(pk=-5), *marks).rows(*marks)
