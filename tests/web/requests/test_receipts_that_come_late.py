"""The post's receipt of a letter comes when the opinion is there already, or when the case is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.web.platform import House
from tests.web.requests.asking import DAY, at
from tests.web.requests.journeys import Course, office_of

from gongkai.statute.clock import EventKind
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.serving import letter_arrived
from gongkai.web.requests.actions.stepping import NotLawful
from gongkai.web.requests.models import Party, Service
from gongkai.web.requests.stands import clock_of

pytestmark = pytest.mark.django_db
HAD, ANSWERED, TOLD = dt.date(2025, 9, 28), dt.date(2025, 10, 13), dt.date(2025, 10, 16)


def asked(town: House) -> tuple[Course, Party, Service]:
    """A third party's opinion is asked for by post."""
    office_of(town)
    course = Course.received(town, DAY)
    party = course.party("third-party", "虚构养护公司", DAY)
    letter = course.letter("third-party-consultation", DAY, party=party, given={"until": "2025-10-27"})
    return course, party, course.sent(letter, DAY)


def recorded(course: Course, service: Service, had: dt.date) -> None:
    """On a later day, from the post's receipt."""
    with at(TOLD):
        letter_arrived(by=course.house[Role.CLERK], service=service, on=had)
    course.now()


@pytest.mark.parametrize("had", [HAD, ANSWERED])
def test_the_day_of_receipt_is_recorded_after_the_answer(town: House, had: dt.date) -> None:
    course, party, service = asked(town)
    course.said(party, "consented", ANSWERED)
    due = course.case.due_on
    recorded(course, service, had)
    event = course.case.events.get(kind=EventKind.THIRD_PARTY_REACHED.value)
    assert (event.on, event.party) == (had, party.label)
    told = clock_of(course.case, TOLD)
    assert told is not None
    assert (course.case.due_on, course.case.has_faults) == (due, False)
    assert told.consultations[0].reached == had
    service.refresh_from_db()
    assert service.reached_on == had
    assert verify().faults == []


def test_a_letter_is_not_had_after_its_answer(town: House) -> None:
    course, party, service = asked(town)
    course.said(party, "consented", ANSWERED)
    with pytest.raises(NotLawful, match="不能在它以后") as refused:
        recorded(course, service, ANSWERED + dt.timedelta(days=1))
    assert refused.value.code == "reached_after_answer"
    service.refresh_from_db()
    assert service.reached_on is None


def test_of_a_closed_case_the_service_alone_says_it(town: House) -> None:
    course, _party, service = asked(town)
    course.did(EventKind.WITHDRAWN, ANSWERED)
    assert course.case.is_closed
    recorded(course, service, HAD)
    service.refresh_from_db()
    assert service.reached_on == HAD
    assert not course.case.events.filter(kind=EventKind.THIRD_PARTY_REACHED.value).exists()
    assert verify().faults == []
