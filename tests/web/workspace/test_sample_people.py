"""The accounts of the sample stand on its sign-in page, and on no other installation's."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web import platform
from tests.web.conftest import words

from gongkai.web.sample.district import PASSWORD, organs

pytestmark = pytest.mark.django_db


def test_they_are_shown_where_every_organ_is_fictional(client: Client) -> None:
    first = organs()[0]
    platform.house(first.code, first.name, 1, kind="government", level="county")
    page = words(client.get("/work/sign-in/"))
    assert first.people[0].username in page
    assert PASSWORD in page
    platform.organ("zhenshi", "并非虚构的机关", 9, is_fictional=False)
    page = words(client.get("/work/sign-in/"))
    assert PASSWORD not in page
    assert first.people[0].username not in page
