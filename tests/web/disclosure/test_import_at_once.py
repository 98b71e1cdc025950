"""The same file, the same figure, from two people at the same moment: once it counts, once it is refused."""

from __future__ import annotations

import pytest
from tests.web import platform
from tests.web.disclosure.sheets import workbook
from tests.web.disclosure.test_two_at_once import at_once, refused
from tests.web.platform import House

from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.checklist import add_item, import_items
from gongkai.web.disclosure.actions.figures import enter_figure, replace_figure
from gongkai.web.disclosure.actions.importing import run_import
from gongkai.web.disclosure.models import ChecklistItem, Figure, Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None) -> House:
    return platform.district().town


def test_one_file_sent_twice_is_imported_once(town: House) -> None:
    content = workbook(("标题", "成文日期"), *((f"第{n}号公告", "2026-03-01") for n in range(5)))
    people = (town[Role.CLERK], town[Role.DISCLOSURE_OFFICE])
    results = at_once(
        *(
            lambda by=by: run_import(
                by=by, organ=town.organ, content=content, name="信息.xlsx", unit=town.affairs
            )
            for by in people
        )
    )
    assert [one.code for one in refused(results)] == ["imported_already"]
    assert Record.objects.count() == 5
    assert verify().faults == []


def test_one_figure_entered_twice_counts_once(town: House) -> None:
    facts = {"organ": town.organ, "unit": town.affairs, "kind": "penalties", "year": 2025, "value": 3}
    people = (town[Role.CLERK], town[Role.UNIT_HEAD])
    results = at_once(*(lambda by=by: enter_figure(by=by, source="台账", **facts) for by in people))
    assert [one.code for one in refused(results)] == ["figure_there_already"]
    (figure,) = Figure.objects.all()
    results = at_once(
        *(lambda by=by: replace_figure(by=by, figure=figure, value=4, reason="补计") for by in people)
    )
    assert [one.code for one in refused(results)] == ["figure_not_current"]
    assert Figure.objects.filter(replaced_by__isnull=True).count() == 1


def test_one_item_added_twice_is_one(town: House) -> None:
    by = town[Role.DISCLOSURE_OFFICE]
    results = at_once(
        *(lambda: add_item(by=by, organ=town.organ, facts={"level1": "事项"}) for _ in range(2))
    )
    assert [one.code for one in refused(results)] == ["item_there_already"]
    content = workbook(
        ("公开事项", "公开内容", "公开时限"), *((f"第{n}项", "内容", "每月") for n in range(4))
    )
    results = at_once(
        *(lambda: import_items(by=by, organ=town.organ, content=content, name="清单.xlsx") for _ in range(2))
    )
    assert refused(results) == []
    assert ChecklistItem.objects.count() == 5
