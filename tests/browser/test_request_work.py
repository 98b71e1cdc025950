"""The staff's pages of requests in a real browser: no fault found by axe, narrow enough for a phone."""

from __future__ import annotations

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.platform_site import DESK, PHONE, Windows
from tests.browser.test_checking_journeys import page_scrolls_sideways
from tests.web.requests.asking import DAY
from tests.web.requests.work_things import busy

from gongkai.web.organs.models import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]


def test_intake_and_case_page_serve_everybody(windows: Windows, invented: Any) -> None:
    case = busy(invented.town, DAY)
    at = f"/work/requests/{case.pk}/"
    task = case.tasks.get()
    pages = ("/work/requests/", "/work/requests/?tab=all", "/work/requests/new/", at, f"{at}steps/withdrawn/")
    pages += (f"{at}person/", f"{at}split/", f"{at}log/", f"{at}receipt/", f"/work/requests/tasks/{task.pk}/")
    page = windows.of(invented.town[Role.DISCLOSURE_OFFICE].username)
    wrong = []
    for number, address in enumerate(pages):
        for size in (DESK, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(address)
            if page_scrolls_sideways(page):
                wrong.append(f"{address}: wider than {size[0]} px")
            if os.environ.get("PICTURES"):
                page.screenshot(path=f"{os.environ['PICTURES']}/{number}-{size[0]}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        wrong += [f"{address}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found]
    assert wrong == []
    assert windows.complaints == []
