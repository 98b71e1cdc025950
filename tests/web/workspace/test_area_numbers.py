"""The numbers of an authority's area: each leads to the very things it counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.web.conftest import page
from tests.web.platform import District, draft, entered, submitted
from tests.web.working import browser

from gongkai.web.disclosure.models import ChecklistItem, Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/work/area/", "/work/checklist/area/"])
def test_every_number_leads_to_a_list_of_so_many(district: District, address: str) -> None:
    town, today = district.town, timezone.localdate()
    records = [draft(town, title=f"起草{n}") for n in range(3)] + [submitted(town, title="待审")]
    late = [records[0].pk, records[3].pk]
    Record.objects.filter(pk__in=late).update(due_on=today - dt.timedelta(days=2))
    Record.objects.exclude(pk__in=late).update(due_on=today + dt.timedelta(days=2))
    for n, days in enumerate((-9, -3, 3, None)):
        due = today + dt.timedelta(days=days) if days is not None else None
        item = ChecklistItem.objects.create(
            organ=town.organ, source="基本目录", level1=f"事项{n}", unit=town.affairs, next_due_on=due
        )
        entered(item)
    client = browser(district.government[Role.SUPERVISING_AUTHORITY])
    links = [
        (one.text(deep=False).strip(), str(one.attributes["href"]))
        for one in page(client.get(address)).css("tbody td a")
    ]
    assert len(links) == (5 if address == "/work/area/" else 3)
    for number, target in links:
        assert "organ=beishan" in target
        listed = page(client.get(target)).css("#results tbody tr")
        assert len(listed) == int(number), (target, [one.text() for one in listed])
