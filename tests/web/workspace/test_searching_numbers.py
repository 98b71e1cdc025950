"""Numbers are found however they are typed, by an index, among what the person may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from tests.web.conftest import words
from tests.web.platform import District, House, draft
from tests.web.working import browser

from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.queries.finding import one_named
from gongkai.web.disclosure.queries.numbers import document_numbers, index_numbers, numbered
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
TITLE = "虚构镇防汛方案"


@pytest.mark.parametrize(
    "typed",
    [
        "青政发21号",
        "青政发第21号",
        "青政发 21 号",
        "青政发２１号",
        "青政发〔2024〕21号",
        "青政发[2024]21",
        "青政发[2024]21号",
        "青政发（2024）21号",
        "青政发【2024】021号",
        "青政发〔２０２４〕２１号",
        "青政发2024-21号",
        "青政发2024年第21号",
        "青政发 2024 21",
        "〔2024〕21号",
        "政发[2024]21",
    ],
)
def test_a_document_number_is_found_however_it_is_typed(
    town: House, typed: str, django_assert_max_num_queries: Any
) -> None:
    draft(town, title=TITLE, document_number="青政发〔2024〕21号")
    draft(town, title="另一则通知", document_number="青政发〔2024〕22号")
    client = browser(town[Role.CLERK])
    with django_assert_max_num_queries(MOST_QUERIES):
        found = words(client.get("/work/search", {"q": typed}))
    assert TITLE in found
    assert "另一则通知" not in found
    listed = words(client.get("/work/records/", {"q": typed, "text": typed}))
    assert TITLE in listed


def test_a_number_without_a_year_finds_those_of_every_year(town: House) -> None:
    for year in (2022, 2024):
        draft(town, title=f"{year}年的方案", document_number=f"青政发〔{year}〕21号")
    found = words(browser(town[Role.CLERK]).get("/work/search", {"q": "青政发21号"}))
    assert "2022年的方案" in found
    assert "2024年的方案" in found


@pytest.mark.parametrize(
    "change", ["as it is", "bare", "small", "wide", "blanks", "tail", "bare tail", "dash"]
)
def test_an_index_number_is_found_with_its_signs_and_without(town: House, change: str) -> None:
    record = draft(town, title=TITLE)
    draft(town, title="另一则通知")
    number = record.index_number
    tail = number.partition("/")[2]
    typed = {
        "as it is": number,
        "bare": number.replace("-", "").replace("/", ""),
        "small": number.lower(),
        "wide": "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in number),
        "blanks": number.replace("/", " ").replace("-", " "),
        "tail": tail,
        "bare tail": tail.replace("-", ""),
        "dash": number.replace("-", "—"),
    }[change]
    found = words(browser(town[Role.CLERK]).get("/work/search", {"q": typed}))
    assert TITLE in found
    assert "另一则通知" not in found


def test_a_number_of_another_organ_is_not_found(district: District) -> None:
    record = draft(district.bureau, title=TITLE, document_number="青政发〔2024〕21号")
    client = browser(district.town[Role.CLERK])
    for typed in ("青政发21号", record.index_number, record.index_number.replace("-", "")):
        assert TITLE not in words(client.get("/work/search", {"q": typed}))


def test_a_number_is_asked_of_an_index(town: House) -> None:
    numbers = numbered("青政发21号", [town.organ])
    assert numbers is not None
    plan = Record.objects.filter(numbers, organ__in=[town.organ.pk]).order_by().explain()
    if connection.vendor == "sqlite":
        assert "SCAN" not in plan


def test_a_record_is_named_by_its_number_in_forms_too(town: House) -> None:
    record = draft(town, title=TITLE, document_number="青政发〔2024〕21号")
    for typed in ("青政发[2024]21", "青政发21号", record.index_number.replace("-", "").replace("/", "")):
        assert one_named(town.organ, typed, field="target") == record


@pytest.mark.parametrize(
    "text", ["", "防汛", "%", "2026", "x" * 500, "1" * 59, "关于印发《办法》的通知", "二十一号"]
)
def test_words_are_no_numbers_and_numbers_without_end_are_none(text: str) -> None:
    assert len(document_numbers(text)) == 0
    assert len(index_numbers(text)) <= 4
