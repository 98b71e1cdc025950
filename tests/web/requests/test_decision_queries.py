"""How many queries the pages of decisions and letters take, whoever is signed in included."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.platform import House
from tests.web.requests.decision_things import decision_things
from tests.web.working import browser

from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
PAGES = (
    *("parties", "party", "guide", "decision_seen", "approvals", "approval", "released", "letters"),
    *("letter_new", "letter", "send", "fee", "papers", "printing", "office", "templates", "template"),
)
MOST = 12


def test_each_page_stays_within_its_queries(town: House) -> None:
    things: dict[str, Any] = decision_things(town)
    client = browser(town[Role.DISCLOSURE_OFFICE])
    client.get(reverse("requests_work:approvals"))
    taken = {}
    for name in PAGES:
        address = reverse(f"requests_work:{name}", kwargs=things.get(f"requests_work:{name}", {}))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200, name
        taken[name] = len(seen)
    assert {name: count for name, count in taken.items() if count > MOST} == {}
