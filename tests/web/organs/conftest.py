"""A district with its people, and browsers that are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.platform import PASSWORD, District, district

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Staff


@pytest.fixture
def land(db: None) -> District:
    """The government, a town and a bureau, each with one person of every role."""
    cache.clear()
    return district()


@pytest.fixture
def chain(db: None) -> Any:
    """After the test, the log agrees with every row."""
    yield
    assert [fault.zh for fault in verify().faults] == []


@pytest.fixture
def browser() -> Callable[..., Client]:
    """A new browser; signed in as a person, through the page as people do."""

    def open_(person: Staff | None = None, password: str = PASSWORD, **options: Any) -> Client:
        client = Client(
            headers={"host": "localhost", "user-agent": "Mozilla/5.0 (Windows NT 10.0) Edg/130"}, **options
        )
        if person is not None:
            answer = sign_in(client, person.username, password)
            assert answer.status_code == 302, answer.content.decode()
        return client

    return open_


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/work/sign-in/", {"login": username, "password": password}, **more)
