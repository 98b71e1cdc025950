"""Whatever stands behind the question mark of an address: a page, a refusal, never a fault of the program."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.web.isolation import Asker, addresses, askers, things_of
from tests.web.platform import District

pytestmark = pytest.mark.django_db
NAMES = (
    "action", "actor", "after", "before", "block", "category", "checklist_item", "column", "columns",
    "cursor", "decided", "due", "format", "genre", "item", "kind", "lang", "level", "month",
    "next", "number", "organ", "boxes", "channel", "decision", "exemption", "handler", "letter", "outcome",
    "party", "stands", "what",
    "page", "part", "place", "q", "record", "show", "since", "source", "state", "status", "theme", "unit",
    "until", "validity", "which", "words", "year",
)  # fmt: skip
HOSTILE = (
    "abc", "-1", "9" * 30, str(2**63), "²", "0001-01-01", "9999-12-31", "a%00b", "%ED%A0%80",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip
ALONE = (
    "organ", "format", "which", "year", "since", "until", "before", "after", "q", "letter", "boxes",
)  # fmt: skip
# Pages that ask what stands behind the question mark.
ASKING = (
    "disclosure:records", "disclosure:export", "disclosure:reviews", "disclosure:checklist",
    "disclosure:figures", "disclosure:figures_export", "disclosure:table2_documents",
    "disclosure:withheld", "disclosure:new",
    "disclosure:changes", "workspace:log", "workspace:search", "workspace:area",
    "portal:organ", "portal:organs", "search:site", "search:organ",
    "requests_work:cases", "requests_work:export", "requests_work:printing", "requests_work:split",
    "requests_work:guide", "requests_work:decision", "requests_work:letter_new", "requests:form",
)  # fmt: skip


def test_no_question_breaks_a_page(district: District) -> None:
    things = things_of(district.town)
    wanted = ("clerk", "disclosure_office", "auditor", "administrator")
    people = [(one, one.client()) for one in askers(district) if _is_asked(one, wanted)]
    wrong: list[str] = []
    asked = 0
    for address in addresses():
        url = things.address(address).partition("?")[0]
        client = next((one for _, one in people if one.get(url).status_code == 200), None)
        if client is None or address.name.startswith(("mfa_", "account_")):
            continue
        client.raise_request_exception = False
        for hostile in HOSTILE if address.name in ASKING else HOSTILE[3:9:4]:
            cache.clear()
            together = "&".join(f"{name}={hostile}" for name in NAMES if name not in ALONE)
            alone = [f"{name}={hostile}" for name in ALONE] if address.name in ASKING else []
            for question in (together, *alone):
                asked += 1
                answer = client.get(f"{url}?{question}")
                body = b"" if answer.streaming else answer.content
                if answer.status_code >= 500 or b"<script>alert(1)" in body:
                    wrong.append(f"{answer.status_code} {url}?{question[:200]}")
    assert wrong == [], "\n".join(wrong[:20])
    assert asked > 500


def _is_asked(one: Asker, wanted: tuple[str, ...]) -> bool:
    return (one.place == "own" and one.role in wanted) or (
        one.place == "above" and one.role == "supervising_authority"
    )
