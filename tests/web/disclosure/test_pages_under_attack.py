"""Crafted form data on every page that does something: told in words, nothing done, nothing broken."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from tests.web.conftest import page
from tests.web.platform import House, draft, published, submitted
from tests.web.working import browser, now, shown, waiting

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
HOSTILE = {
    "nul": "\x00",
    "bidi": "\u202e\u2066",
    "html": '"><script>alert(1)</script>',
    "sql": "'); DELETE FROM disclosure_record; --",
    "number": "9" * 400,
    "negative": "-1",
    "long": "长" * 200_000,
    "format": "%(who)s {0} %s",
}
PAGES = {
    "new": (Role.CLERK, "/work/records/new/"),
    "submit": (Role.CLERK, "/work/records/{draft}/submit/"),
    "abandon": (Role.CLERK, "/work/records/{draft}/abandon/"),
    "schedule": (Role.CLERK, "/work/records/{draft}/schedule/"),
    "gate": (Role.CLERK, "/work/records/{draft}/gates/open/"),
    "link": (Role.CLERK, "/work/records/{draft}/link/"),
    "take back": (Role.CLERK, "/work/records/{reviewed}/take-back/"),
    "amend": (Role.CLERK, "/work/records/{public}/amend/"),
    "withdraw": (Role.LEADER, "/work/records/{public}/withdraw/"),
    "repeal": (Role.LEADER, "/work/records/{public}/repeal/"),
    "review": (Role.UNIT_HEAD, "/work/reviews/{review}/"),
    "plan": (Role.DISCLOSURE_OFFICE, "/work/settings/review-plan/"),
}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_in_each_field_of_each_page_break_nothing(town: House, name: str, hostile: str) -> None:
    reviewed = submitted(town)
    ids = {"draft": draft(town).pk, "reviewed": reviewed.pk, "public": published(town).pk}
    role, address = PAGES[name]
    address = address.format(**ids, review=waiting(reviewed).pk)
    client = browser(town[role])
    form = ".review-panel form" if name == "review" else "main form"
    data = shown(client.get(address), form)
    fields = [one for one in data if one not in ("csrfmiddlewaretoken", "once")]
    assert fields
    for field in (*fields, *(["decision"] if name == "review" else [])):
        response = client.post(address, {**data, "decision": "return", field: HOSTILE[hostile]}, follow=True)
        assert response.status_code in (200, 403, 404), field
        assert "<script>alert(1)" not in response.content.decode(), field
    assert Record.objects.count() >= 3
    assert now(reviewed).state == State.DRAFT


def test_a_form_that_was_refused_can_be_sent_again(town: House) -> None:
    record = published(town)
    client = browser(town[Role.LEADER])
    address = f"/work/records/{record.pk}/withdraw/"
    refused = client.post(address, {**shown(client.get(address)), "reason": ""})
    assert refused.status_code == 200
    assert client.post(address, {**shown(refused), "reason": "差错"}).status_code == 302
    assert now(record).state == State.WITHDRAWN


def test_a_confirmation_sent_twice_acts_once_and_leads_to_the_same_page(town: House) -> None:
    record = published(town)
    client = browser(town[Role.LEADER])
    address = f"/work/records/{record.pk}/withdraw/"
    data = {**shown(client.get(address)), "reason": "差错"}
    first, second = client.post(address, data), client.post(address, data)
    assert first["Location"] == second["Location"]
    assert second.status_code == 302
    assert Entry.objects.filter(action="disclosure.withdraw").count() == 1


def test_a_token_of_one_person_does_nothing_for_another(town: House) -> None:
    first, second = published(town), published(town)
    one, other = browser(town[Role.LEADER]), browser(town[Role.DISCLOSURE_OFFICE])
    data = {**shown(one.get(f"/work/records/{first.pk}/withdraw/")), "reason": "差错"}
    cache.clear()
    assert one.post(f"/work/records/{first.pk}/withdraw/", data).status_code == 302
    crafted = {**data, "seen": str(now(second).revision)}
    other.post(f"/work/records/{second.pk}/withdraw/", crafted)
    assert now(second).state == State.WITHDRAWN


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(town: House, method: str) -> None:
    record = draft(town)
    client = browser(town[Role.CLERK])
    for address in (
        "/work/records/",
        f"/work/records/{record.pk}/",
        f"/work/records/{record.pk}/edit/",
        "/work/",
    ):
        assert getattr(client, method)(address).status_code == 405, address


def test_forms_without_their_csrf_token_are_refused(town: House) -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(town[Role.LEADER], backend="gongkai.web.organs.signing_in.backend.StaffBackend")
    record = published(town)
    assert client.post(f"/work/records/{record.pk}/withdraw/", {"reason": "x"}).status_code == 403
    assert now(record).state == State.PUBLISHED


@pytest.mark.parametrize(
    "name", ["../../x.docx", "a\x00b.docx", "\u202ecod.exe", "长" * 240 + ".txt", "", ".docx", "a/b.txt"]
)
def test_odd_file_names_are_attached_tamely_or_refused(town: House, name: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    record = draft(town)
    client = browser(town[Role.CLERK])
    address = f"/work/records/{record.pk}/edit/"
    data: dict[str, Any] = shown(client.get(address))
    upload = SimpleUploadedFile("x.txt", "文字".encode())
    upload._name = name
    response = client.post(address, {**data, "new_files": upload}, follow=True)
    assert response.status_code == 200
    for link in page(response).css(".attachment-list a"):
        assert "/" not in link.text()
        assert "\u202e" not in link.text()
        saved = client.get(str(link.attributes["href"]))
        assert saved["Content-Disposition"].startswith("attachment")
