"""The installation's key is changed: each request is read, found, and opened by its code as before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.platform import House
from tests.web.requests.asking import DAY, IDENTITY, NAME, at, received, sent
from tests.web.requests.citizen_asking import looked_up

from gongkai.web.audit.verifying import verify
from gongkai.web.config.resealing import reseal
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.knowing import open_personal
from gongkai.web.requests.models import CaseKey
from gongkai.web.requests.queries.alike import month_of

pytestmark = pytest.mark.django_db
NEW = "the-key-of-now-in-this-test"


def test_everything_is_read_under_the_new_key_alone(town: House, settings: Any) -> None:
    first, code = sent(town, DAY)
    second = received(town, DAY)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    told = reseal()
    assert (told.done, told.unreadable) == (2, [])
    assert reseal().done == 0
    settings.SECRET_KEY_FALLBACKS = []
    with at(DAY):
        assert looked_up(town, first.number, code).status_code == 200
        facts = open_personal(by=town[Role.DISCLOSURE_OFFICE], case=second, reason="核对身份")
    assert (facts["name"], facts["identity_number"]) == (NAME, IDENTITY)
    third = received(town, DAY + dt.timedelta(days=1))
    assert month_of(third).volume == 3
    assert verify().faults == []


def test_what_no_key_opens_is_told_and_stays(town: House, settings: Any) -> None:
    case = received(town, DAY)
    before = CaseKey.objects.get().wrapped
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], NEW
    assert reseal().unreadable == [f"requests.casekey:{case.pk}"]
    assert CaseKey.objects.get().wrapped == before
