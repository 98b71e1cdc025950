"""Decisions, letters and service in a real browser: from the choice of the outcome to the served reply."""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.browser.platform_site import Windows
from tests.browser.test_platform_accessibility import faults_of
from tests.web.isolation import Address, Things
from tests.web.requests.asking import asked
from tests.web.requests.decision_things import OF_ONES_OWN, OF_THE_ORGAN, decision_things

from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.receiving import register
from gongkai.web.requests.models import Case, Letter, Office, Stands

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]
# Files to save, no pages.
SAVED = ("letter_pdf", "letter_file")
KEPT = os.environ.get("GONGKAI_PICTURES", "")


def test_every_page_of_a_decision_is_accessible_and_fits_a_phone(windows: Windows, invented: Any) -> None:
    from django.urls import reverse

    things = Things(invented.town, {"*": {}, **decision_things(invented.town)})
    page = windows.of(invented.town[Role.DISCLOSURE_OFFICE].username)
    wrong: list[str] = []
    for name in (*OF_THE_ORGAN, *OF_ONES_OWN):
        if name.rpartition(":")[2] in SAVED:
            continue
        ids = things.ids.get(name, {})
        address = reverse(name, kwargs=ids)
        wrong += [f"{address}: {fault}" for fault in faults_of(page, address)]
        if KEPT:
            short = Address(name, ()).name.rpartition(":")[2]
            page.screenshot(path=f"{KEPT}/{short}-360.png", full_page=True)
            page.set_viewport_size({"width": 1280, "height": 900})
            page.screenshot(path=f"{KEPT}/{short}.png", full_page=True)
    windows.expected(403, 404, 409)
    assert wrong == [], "\n".join(wrong)


def test_a_request_is_decided_answered_and_served_without_scripts(windows: Windows, invented: Any) -> None:
    """By the clerk, three who approve, and again the clerk; each on the pages alone."""
    from tests.web.platform import entered

    town = invented.town
    entered(
        Office.objects.create(
            organ=town.organ, letter_code="北政", superior="虚构区人民政府", basic_court="虚构区人民法院"
        )
    )
    case = register(
        by=town[Role.DISCLOSURE_OFFICE],
        organ=town.organ,
        asked=asked(),
        channel="in-person",
        arrived_on=clock.today(),
    ).case
    clerk = windows.of(town[Role.CLERK].username, java_script_enabled=False)
    clerk.goto(f"/work/requests/{case.pk}/decision/?outcome=OPEN-2.given")
    clerk.fill("[name=finding]", "该信息可以公开。")
    clerk.select_option("[name=reviewed]", "yes")
    clerk.click("button[value=submit]")
    for role in (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER):
        other = windows.of(town[role].username, java_script_enabled=False)
        other.goto("/work/requests/approvals/")
        other.click("main a.row-link")
        other.click("button[value=pass]")
    clerk.goto(f"/work/requests/{case.pk}/letters/")
    clerk.click("text=答复书")
    clerk.fill("[name=f_information]", "养护资金分配方案")
    clerk.click("main .form-send button")
    clerk.click("aside >> text=签发")
    clerk.click("main .form-send button")
    letter = Letter.objects.get()
    assert letter.number.startswith("北政公开告")
    clerk.click("aside >> text=送达")
    clerk.check("[name=way][value=direct]")
    clerk.fill("[name=on]", clock.today().isoformat())
    clerk.click("main .form-send button")
    case = Case.objects.get(pk=case.pk)
    assert (case.stands, case.in_time) == (Stands.SERVED, True)
