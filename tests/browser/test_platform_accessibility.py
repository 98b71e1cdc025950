"""Every page of the platform, as each role meets it: no fault found by axe, narrow enough for a phone, no
complaint in the console (the policy of our own files alone is one of those that complain)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from selectolax.lexbor import LexborHTMLParser
from tests.browser.platform_site import DESK, PHONE, Windows
from tests.browser.test_checking_journeys import page_scrolls_sideways
from tests.web.isolation import Asker, Things, addresses, askers, things_of

from gongkai.web.organs.models import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]

# Asked for without leave, and not there: pages as well.
REFUSED = ("/work/settings/people/", "/work/records/987654/", "/o/nobody/", "/nothing-here")
SHOWN = (200, 403, 404)


class Seen(NamedTuple):
    """A page to look at: its address, the session of whom it is shown to, and who that is."""

    address: str
    session: str
    who: str


def pages_of(things: Things, people: list[Asker]) -> Iterator[Seen]:
    """Each page once for all to whom it is built alike: the kinds of pieces in its content tell."""
    known: set[frozenset[str]] = set()
    every = [things.address(one) for one in addresses()]
    for one in people:
        client = one.client()
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        for address in (*every, *REFUSED):
            if one.staff is not None and not address.startswith("/work/"):
                continue  # the portal is the same to everybody
            answer = client.get(address)
            if answer.status_code not in SHOWN or not answer["Content-Type"].startswith("text/html"):
                continue
            pieces = built(answer.content.decode())
            if pieces not in known:
                known.add(pieces)
                yield Seen(address, session.value if session else "", f"{one.role} ({one.place})")


def built(page: str) -> frozenset[str]:
    """What a page is made of: tags with their classes, and the names of fields."""
    content = LexborHTMLParser(page).css("main, main *")
    return frozenset(
        f"{one.tag}.{one.attributes.get('class')}.{one.attributes.get('name')}" for one in content
    )


def test_every_page_is_accessible_to_every_role(windows: Windows, invented: Any) -> None:
    things = things_of(invented.town)
    above = invented.government
    asking = askers(invented)
    people = [
        *(one for one in asking if one.role == "nobody"),
        *(one for one in asking if one.place == "own"),
        *(
            Asker("above", role.value, above[role])
            for role in (Role.SUPERVISING_AUTHORITY, Role.ADMINISTRATOR)
        ),
    ]
    wrong: list[str] = []
    seen = list(pages_of(things, people))
    page = windows.anybody()
    for one in seen:
        page.context.clear_cookies()
        if one.session:
            name, site = settings.SESSION_COOKIE_NAME, windows.site
            page.context.add_cookies([{"name": name, "value": one.session, "url": site}])
        wrong += [f"{one.address} as {one.who}: {fault}" for fault in faults_of(page, one.address)]
    # The browser notes in its console each page that is refused or not there.
    windows.expected(403, 404)
    assert wrong == [], "\n".join(wrong)
    assert len(seen) > 80


def faults_of(page: Any, address: str) -> Iterator[str]:
    """What is wrong with a page at a desk, and whether it fits a phone."""
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(address)
    for one in Axe().run(page).response["violations"]:
        yield f"{one['id']}: {one['nodes'][0]['html'][:200]}"
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    if page_scrolls_sideways(page):
        yield "wider than a phone"
