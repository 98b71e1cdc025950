"""Table 2 counted from records and figures: each cell says why, and follows at once (LAW.md section 2.2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.platform import District, House, draft, published

from gongkai.statute.catalogue import validity
from gongkai.web.audit import guards
from gongkai.web.disclosure.actions.ending import repeal, undo_repeal, withdraw
from gongkai.web.disclosure.actions.figures import enter_figure, withdraw_figure
from gongkai.web.disclosure.models import Figure, Record
from gongkai.web.disclosure.queries.table2 import (
    CODES,
    COLUMNS,
    Table2,
    added_up,
    documents_of,
    not_filled_in,
    table2,
    table2_of_area,
    tables2,
)
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db

NOW = dt.date(2026, 11, 21)
KIND = "normative_document"
BLOCK = "normative_documents"
DAYS = ("made_on", "effective_on", "repealed_on", "expires_on")


def document(house: House, number: int, **facts: Any) -> Record:
    """A public normative document; its days as given, whatever the review took."""
    given = {"kind": KIND, "category": "20.01", "document_number": f"虚政规〔2026〕{number}号"}
    usual = {"made_on": dt.date(2026, 3, 1), "effective_on": dt.date(2026, 4, 1)}
    return published(house, **{**given, **usual, **facts})


def numbers(table: Table2, block: str = BLOCK) -> tuple[Any, ...]:
    return tuple(table[f"{block}.{column}"].value for column in ("issued", "repealed", "in_force"))


def test_a_repeal_and_its_taking_back_change_the_cells_at_once(town: House) -> None:
    one, _two = document(town, 1), document(town, 2)
    assert numbers(table2(town.organ, 2026, NOW)) == (2, 0, 2)
    repeal(by=town[Role.UNIT_HEAD], record=one, on=dt.date(2026, 11, 1), basis="虚政发〔2026〕9号")
    assert numbers(table2(town.organ, 2026, NOW)) == (2, 1, 1)
    undo_repeal(by=town[Role.UNIT_HEAD], record=one, reason="标错文件")
    assert numbers(table2(town.organ, 2026, NOW)) == (2, 0, 2)
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=one, reason="附件有误")
    assert numbers(table2(town.organ, 2026, NOW)) == (1, 0, 1)


def test_a_repeal_that_is_yet_to_come_does_not_count_yet(town: House) -> None:
    one = document(town, 1)
    repeal(by=town[Role.UNIT_HEAD], record=one, on=dt.date(2026, 12, 1), basis="虚政发〔2026〕9号")
    assert numbers(table2(town.organ, 2026, NOW)) == (1, 0, 1)
    assert numbers(table2(town.organ, 2026, dt.date(2026, 12, 1))) == (1, 1, 0)
    assert numbers(table2(town.organ, 2026, dt.date(2027, 1, 20))) == (1, 1, 0)


def test_what_ends_on_the_last_day_of_the_year_lapses_in_the_next(town: House) -> None:
    document(town, 1, expires_on=dt.date(2026, 12, 31))
    assert numbers(table2(town.organ, 2026, dt.date(2027, 1, 20))) == (1, 0, 1)
    following = table2(town.organ, 2027, dt.date(2027, 1, 20))
    assert numbers(following) == (0, 1, 0)
    told = {fact.zh: fact.amount for fact in following[f"{BLOCK}.repealed"].facts}
    assert told == {"2027 年废止": 0, "有效期届满失效": 1}


def test_whether_lapsed_documents_count_as_repealed_can_be_set(town: House, settings: Any) -> None:
    document(town, 1, expires_on=dt.date(2026, 6, 30))
    assert numbers(table2(town.organ, 2026, NOW)) == (1, 1, 0)
    settings.LAPSED_COUNT_AS_REPEALED = False
    table = table2(town.organ, 2026, NOW)
    assert numbers(table) == (1, 0, 0)
    explained = next(one for one in table.explained if one.block == BLOCK)
    assert explained.difference == -1


def test_drafts_are_told_but_not_counted(town: House) -> None:
    draft(town, kind=KIND, category="20.01")
    cell = table2(town.organ, 2026, NOW)[f"{BLOCK}.issued"]
    assert cell.value == 0
    assert [(fact.amount, fact.counted) for fact in cell.facts] == [(0, True), (1, False)]


def test_a_document_not_yet_in_force_explains_the_difference(town: House) -> None:
    document(town, 1, effective_on=dt.date(2027, 1, 1))
    table = table2(town.organ, 2026, NOW)
    assert numbers(table) == (1, 0, 0)
    explained = next(one for one in table.explained if one.block == BLOCK)
    assert explained.difference == -1
    assert [(fact.zh, fact.amount) for fact in explained.reasons] == [("本年成文，尚未生效", -1)]


def test_fees_are_told_in_ten_thousands_to_the_fen(town: House) -> None:
    def fee(value: str, **facts: Any) -> None:
        given = {"kind": "administrative_fees", "year": 2025, "source": "财政票据", **facts}
        enter_figure(by=town[Role.CLERK], organ=town.organ, unit=town.affairs, value=value, **given)

    fee("930.10", month=1)
    fee("0.23", month=2)
    cell = table2(town.organ, 2025)["administrative_fees"]
    assert cell.value == Decimal("0.093033")
    assert [fact.amount for fact in cell.facts] == [Decimal("930.33")]
    assert cell.facts[0].target is not None
    assert cell.facts[0].target.query["unit"] == str(town.affairs.pk)
    assert table2(town.organ, 2024)["administrative_fees"].value is None


def test_what_is_not_in_the_store_is_added_from_figures_and_must_add_up(town: House) -> None:
    def reported(kind: str, year: int, value: int) -> None:
        by = town[Role.DISCLOSURE_OFFICE]
        enter_figure(by=by, organ=town.organ, kind=kind, year=year, value=value, source="制发文登记簿")

    document(town, 1)
    reported(f"{BLOCK}.in_force", 2025, 10)
    reported(f"{BLOCK}.issued", 2026, 2)
    reported(f"{BLOCK}.in_force", 2026, 11)
    table = table2(town.organ, 2026, NOW)
    assert numbers(table) == (3, 0, 12)
    explained = next(one for one in table.explained if one.block == BLOCK)
    assert (explained.before, explained.difference) == (10, -1)
    assert [fact.amount for fact in explained.reasons] == [-1]


def test_the_cells_are_those_of_the_annual_reports_contract(town: House) -> None:
    contract = table2(town.organ, 2026, NOW).as_contract()
    assert contract == {
        "rules": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {"issued": 0, "repealed": 0, "in_force": 0},
        "licences": None,
        "penalties": None,
        "compulsory_measures": None,
        "administrative_fees": None,
    }


def test_what_nobody_has_reported_is_blank_and_a_reported_0_is_a_0(town: House) -> None:
    def report(kind: str, value: str) -> Figure:
        by = town[Role.CLERK]
        return enter_figure(by=by, organ=town.organ, kind=kind, year=2025, value=value, source="台账")

    made = [report(kind, "0") for kind in ("penalties", "administrative_fees")]
    table = table2(town.organ, 2025)
    assert {code: table[code].value for code in CODES} == {
        **dict.fromkeys(CODES, 0),
        "licences": None,
        "compulsory_measures": None,
    }
    contract = table.as_contract()
    assert contract["penalties"] == contract["administrative_fees"] == 0
    assert contract["licences"] is None
    for one in made:
        withdraw_figure(by=town[Role.CLERK], figure=one, reason="填错机关")
    assert table2(town.organ, 2025)["penalties"].value is None


def test_blank_cells_of_some_organs_are_told_beside_the_sums_of_the_others(district: District) -> None:
    for house, value in ((district.town, 0), (district.bureau, 7)):
        enter_figure(
            by=house[Role.CLERK], organ=house.organ, kind="penalties", year=2025, value=value, source="台账"
        )
    area = table2_of_area(district.government.organ, 2025).values()
    assert added_up(area)["penalties"] == 7
    assert added_up(area)["licences"] is None
    assert not_filled_in(area) == {
        **dict.fromkeys(CODES, 0),
        "penalties": 1,
        **dict.fromkeys(("licences", "compulsory_measures", "administrative_fees"), 3),
    }


def test_a_year_to_come_has_no_figures(town: House) -> None:
    with pytest.raises(WorkError, match="还没有开始"):
        table2(town.organ, 2027, NOW)


def test_an_area_takes_as_many_queries_as_one_organ(
    district: District, django_assert_num_queries: Any
) -> None:
    document(district.town, 1)
    document(district.bureau, 2)
    for house in (district.town, district.bureau):
        enter_figure(
            by=house[Role.CLERK], organ=house.organ, kind="penalties", year=2026, value=5, source="台账"
        )
    with django_assert_num_queries(2):
        tables2([district.town.organ.pk, district.bureau.organ.pk], 2026, NOW)
    with django_assert_num_queries(3):
        area = table2_of_area(district.government.organ, 2026, NOW)
    assert set(area) == {one.organ.pk for one in (district.government, district.town, district.bureau)}
    sums = added_up(area.values())
    assert set(sums) == set(CODES)
    assert (sums["penalties"], sums[f"{BLOCK}.issued"]) == (10, 2)


days = st.dates(dt.date(2024, 12, 29), dt.date(2026, 12, 31)) | st.sampled_from(
    [dt.date(2025, 1, 1), dt.date(2025, 12, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
)
documents = st.lists(
    st.tuples(days, st.none() | days, st.none() | days, st.none() | days).filter(
        lambda one: not (one[1] and one[3] and one[3] < one[1])
    ),
    max_size=12,
)


@pytest.fixture
def pool(town: House) -> list[int]:
    """Ids of public documents whose days an example sets as it likes: without the guards that forbid it."""
    made = [document(town, number).pk for number in range(1, 13)]
    guards.lift()
    return made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80)
@given(documents=documents)
def test_cells_agree_with_the_law_and_every_difference_is_explained(
    documents: list[tuple[Any, ...]], town: House, pool: list[int]
) -> None:
    Record.objects.filter(pk__in=pool).update(kind="notice")
    for pk, facts in zip(pool, documents, strict=False):
        Record.objects.filter(pk=pk).update(kind=KIND, **dict(zip(DAYS, facts, strict=True)))
    for year in (2025, 2026):
        table = table2(town.organ, year, dt.date(2027, 3, 1))
        last = dt.date(year, 12, 31)
        holding = sum(
            validity(last, effective_on=e, repealed_on=r, expires_on=x).holds and m <= last
            for m, e, r, x in documents
        )
        assert table[f"{BLOCK}.in_force"].value == holding
        assert table[f"{BLOCK}.issued"].value == sum(m.year == year for m, *_ in documents)
        explained = next(one for one in table.explained if one.block == BLOCK)
        assert explained.difference == sum(fact.amount for fact in explained.reasons)
        for column in COLUMNS:
            for fact in table[f"{BLOCK}.{column}"].facts:
                assert fact.target is not None
                query = fact.target.query
                listed = documents_of(town.organ, year, query["block"], query["part"], dt.date(2027, 3, 1))
                assert len(listed) == fact.amount
