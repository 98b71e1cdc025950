"""Every state of a record at every public address: what is not public is not there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import words
from tests.web.platform import District, House
from tests.web.portal import releasing
from tests.web.portal.releasing import FILE_NAME, SECRET, State

from gongkai.web.disclosure.models import Attachment, Record
from gongkai.web.portal.addresses import file_address

pytestmark = pytest.mark.django_db

# The record's page; then of each version that there is: its page, its file, its picture.
MATRIX: list[tuple[State, int, dict[int, tuple[int, int, int]]]] = [
    (releasing.drafted, 404, {1: (404, 404, 404)}),
    (releasing.in_review, 404, {1: (404, 404, 404)}),
    (releasing.returned, 404, {1: (404, 404, 404)}),
    (releasing.approved, 404, {1: (404, 404, 404)}),
    (releasing.scheduled, 404, {1: (404, 404, 404)}),
    (releasing.abandoned, 404, {1: (404, 404, 404)}),
    (releasing.public, 200, {1: (404, 200, 200)}),
    (releasing.being_amended, 200, {1: (404, 200, 200), 2: (404, 404, 404)}),
    (releasing.amended, 200, {1: (200, 200, 200), 2: (404, 200, 200)}),
    (releasing.withdrawn, 410, {1: (404, 404, 404)}),
    (releasing.withdrawn_after_two, 410, {1: (404, 404, 404), 2: (404, 404, 404)}),
    (releasing.withdrawn_and_at_work, 410, {1: (404, 404, 404), 2: (404, 404, 404)}),
    # What was withdrawn stays away with all that stood before it, though the record is public again.
    (releasing.public_again, 200, {1: (404, 404, 404), 2: (404, 404, 404), 3: (404, 200, 200)}),
]


def addresses(record: Record, code: str, number: int) -> tuple[str, str, str]:
    base = f"/o/{code}/records/{record.pk}"
    file = Attachment.objects.get(version__record=record, version__number=number)
    return (
        f"{base}/versions/{number}/",
        file_address(code, record.pk, file.pk, file.name),
        f"{base}/images/{number}/1",
    )


@pytest.mark.parametrize(("state", "page", "versions"), MATRIX, ids=[one[0].__name__ for one in MATRIX])
def test_each_state_shows_what_it_may_at_each_address(
    client: Client, town: House, state: State, page: int, versions: dict[int, tuple[int, int, int]]
) -> None:
    record = state(town)
    base = f"/o/beishan/records/{record.pk}/"
    assert client.get(base).status_code == page
    assert client.get(f"{base}qr.svg").status_code == (200 if page == 200 else 404)
    assert record.versions.count() == len(versions)
    for number, expected in versions.items():
        found = tuple(client.get(one).status_code for one in addresses(record, "beishan", number))
        assert found == expected, number
    listed = SECRET in words(client.get("/o/beishan/"))
    assert listed == (page == 200)


@pytest.mark.parametrize(("state", "page", "versions"), MATRIX, ids=[one[0].__name__ for one in MATRIX])
def test_nothing_of_it_is_found_at_another_organs_address(
    client: Client, district: District, state: State, page: int, versions: dict[int, tuple[int, int, int]]
) -> None:
    record = state(district.town)
    base = f"/o/minzheng/records/{record.pk}/"
    asked = [base, f"{base}qr.svg", *(one for n in versions for one in addresses(record, "minzheng", n))]
    assert {client.get(one).status_code for one in asked} == {404}


@pytest.mark.parametrize("state", [releasing.drafted, releasing.scheduled, releasing.abandoned])
def test_a_draft_answers_exactly_as_a_number_that_nobody_has(
    client: Client, town: House, state: State
) -> None:
    record = state(town)
    there = client.get(f"/o/beishan/records/{record.pk}/")
    nowhere = client.get(f"/o/beishan/records/{record.pk + 1_000}/")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    own = {"X-Correlation-Id"}
    assert {k: v for k, v in there.headers.items() if k not in own} == {
        k: v for k, v in nowhere.headers.items() if k not in own
    }


def test_of_a_withdrawn_record_its_number_day_and_reason_stay(client: Client, town: House) -> None:
    record = releasing.withdrawn(town)
    answer = client.get(f"/o/beishan/records/{record.pk}/")
    said = words(answer)
    assert record.index_number in said
    assert "含有不应公开的个人信息" in said
    assert SECRET not in answer.content.decode()
    assert FILE_NAME not in answer.content.decode()


def test_links_lead_only_to_what_is_public(client: Client, town: House) -> None:
    from gongkai.web.disclosure.actions.linking import link
    from gongkai.web.organs.models import Role

    policy = releasing.public(town, title="北山镇防汛办法")
    hidden = releasing.drafted(town, title="还没有公开的解读")
    gone = releasing.withdrawn(town, releasing.public(town, title="已经撤回的文件"))
    seen = releasing.public(town, title="已经公开的解读")
    for other, kind in ((hidden, "interprets"), (seen, "interprets"), (gone, "related")):
        link(by=town[Role.CLERK], record=releasing.fresh(other), target=policy, kind=kind)
    said = words(client.get(f"/o/beishan/records/{policy.pk}/"))
    assert "已经公开的解读" in said
    assert "还没有公开的解读" not in said
    assert "已经撤回的文件" not in said


def test_nobody_who_worked_on_it_is_named(client: Client, town: House) -> None:
    record = releasing.amended(town)
    for address in (f"/o/beishan/records/{record.pk}/", f"/o/beishan/records/{record.pk}/versions/1/"):
        page = client.get(address).content.decode()
        for person in town.people.values():
            assert person.name not in page
            assert person.username not in page


@pytest.mark.parametrize(
    "address",
    [
        "records/99999999999999999999999999/",
        "records/1/versions/99999999999999999999/",
        "records/1/files/99999999999999999999/a.pdf",
        "records/1/images/99999999999999999999/99999999999999999999",
        "records/0/",
        "records/-1/",
        "records/1/files/1/..%2f..%2fetc%2fpasswd",
        "records/1/files/1/%00",
    ],
)
def test_an_impossible_address_is_not_found(client: Client, town: House, address: str) -> None:
    assert client.get(f"/o/beishan/{address}").status_code == 404


def test_a_file_has_its_own_name_alone(client: Client, town: House) -> None:
    record = releasing.public(town)
    _, file, _ = addresses(record, "beishan", 1)
    assert client.get(file).status_code == 200
    assert client.get(file.rpartition("/")[0] + "/%E5%90%8D%E5%8D%95.pdf").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_portal_takes_nothing(client: Client, town: House, method: str) -> None:
    record = releasing.public(town)
    for address in ("/o/", "/o/beishan/", f"/o/beishan/records/{record.pk}/"):
        answer: Any = getattr(client, method)(address)
        assert answer.status_code == 405
