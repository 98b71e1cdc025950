"""The information processing fee: the worked examples of the law's sheet, and what is refused (FEE)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import national
from gongkai.statute.errors import FeeError
from gongkai.statute.fees import (
    MOST_ITEMS,
    MOST_PAGES,
    ChargeableApplication,
    FeeBasis,
    item_fee,
    item_rate,
    month_accounts,
    page_fee,
    payment_due,
)


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (0, 0),
        (1, 0),
        (10, 0),  # example 1
        (11, 100),  # 2
        (16, 600),
        (30, 2_000),  # 3
        (31, 2_200),  # 4
        (40, 4_000),  # 5
        (41, 4_300),  # 6
        (50, 7_000),
        (51, 7_400),
        (63, 12_500),  # 7
    ],
)
def test_items_of_one_month_cost(items: int, yuan: int) -> None:
    assert item_fee(items).amount == Decimal(yuan)


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (0, 0),
        (30, 0),  # example 9
        (31, 10),
        (100, 700),
        (101, 720),
        (150, 1_700),
        (200, 2_700),
        (201, 2_740),
        (250, 4_700),
        (1_500, 54_700),  # 10: 成都高新区 2024
        (68, 380),  # 11: 宿迁 2025
        (61, 310),
    ],
)
def test_pages_of_one_application_cost(pages: int, yuan: int) -> None:
    assert page_fee(pages).amount == Decimal(yuan)


@pytest.mark.parametrize(
    ("number", "yuan"),
    [
        (1, 0),
        (10, 0),
        (11, 100),
        (30, 100),
        (31, 200),
        (40, 200),
        (41, 300),
        (50, 300),
        (51, 400),
        (61, 500),
        (131, 1200),
    ],
)
def test_the_notice_for_an_application_asks_the_price_of_its_place_in_the_month(
    number: int, yuan: int
) -> None:
    assert item_rate(number) == Decimal(yuan)


def applications(month: int, count: int) -> list[ChargeableApplication]:
    return [
        ChargeableApplication(f"{month}月第{n}件", dt.date(2026, month, 1 + n // 2))
        for n in range(1, count + 1)
    ]


def test_each_month_begins_anew() -> None:
    """Example 8: eight in March and eight in April are free; sixteen in one month cost 600."""
    accounts = month_accounts([*applications(4, 8), *applications(3, 8)])
    assert [(a.year, a.month, a.items, a.amount) for a in accounts] == [(2026, 3, 8, 0), (2026, 4, 8, 0)]
    assert [a.amount for a in month_accounts(applications(3, 16))] == [Decimal(600)]


def test_december_and_december_are_two_months() -> None:
    twice = [ChargeableApplication("a", dt.date(year, 12, 1), units=8) for year in (2025, 2026)]
    assert [account.amount for account in month_accounts(twice)] == [0, 0]


def test_pages_are_not_added_up_over_applications() -> None:
    """Examples 12 and 13."""
    for pages, each in ((30, 0), (61, 310)):
        several = [ChargeableApplication(str(n), dt.date(2026, 3, 2), pages=pages) for n in range(3)]
        (account,) = month_accounts(several)
        assert [line.fee.amount for line in account.lines] == [each] * 3
        assert account.amount == 3 * each


def test_an_application_split_into_units_counts_as_many() -> None:
    (account,) = month_accounts(
        [
            ChargeableApplication("甲", dt.date(2026, 3, 2), units=9),
            ChargeableApplication("乙", dt.date(2026, 3, 3), units=3),
            ChargeableApplication("丙", dt.date(2026, 3, 4)),
        ]
    )
    assert [(line.first_item, line.last_item, line.fee.amount) for line in account.lines] == [
        (1, 9, 0),
        (10, 12, 200),
        (13, 13, 100),
    ]
    assert (account.items, account.amount) == (13, 300)


def test_an_application_charged_by_page_is_counted_and_pays_its_pages_alone() -> None:
    (account,) = month_accounts(
        [
            ChargeableApplication("甲", dt.date(2026, 3, 2), units=10),
            ChargeableApplication("乙", dt.date(2026, 3, 3), pages=68),
            ChargeableApplication("丙", dt.date(2026, 3, 4)),
        ]
    )
    assert [(line.fee.basis, line.fee.amount) for line in account.lines] == [
        (FeeBasis.ITEM, 0),
        (FeeBasis.PAGE, 380),
        (FeeBasis.ITEM, 100),
    ]


def test_one_application_is_never_charged_on_both_bases() -> None:
    with pytest.raises(FeeError, match="只能选一种计收方式") as refused:
        ChargeableApplication("甲", dt.date(2026, 3, 2), units=2, pages=10)
    assert refused.value.code == "fee_two_bases"


def test_nobody_owes_an_account_of_nothing() -> None:
    assert month_accounts([]) == ()


def test_a_fee_tells_its_slices_in_both_languages() -> None:
    assert item_fee(63).zh == (
        "第1至10件 不收费；第11至30件 20件×100元=2,000元；第31至40件 10件×200元=2,000元；"
        "第41至50件 10件×300元=3,000元；第51至60件 10件×400元=4,000元；第61至63件 3件×500元=1,500元；"
        "合计12,500元（按件计收，国办函〔2020〕109号）"
    )
    assert (
        page_fee(31).zh == "第1至30页 不收费；第31页 1页×10元=10元；合计10元（按量计收，国办函〔2020〕109号）"
    )
    assert page_fee(101).en == (
        "pages 1 to 30: free; pages 31 to 100: 70 × 10 = 700 yuan; pages 101 to 101: 1 × 20 = 20 yuan; "
        "total 720 yuan (by page, 国办函〔2020〕109号)"
    )


def test_a_reading_nobody_has_confirmed_is_named_where_it_was_used() -> None:
    assert item_fee(30).to_confirm == ()
    assert item_fee(31).to_confirm == ("自第31件起首档单价读作200元/件",)
    assert page_fee(5_000).to_confirm == ()


@pytest.mark.parametrize(
    "wrong", [-1, True, 3.0, "3", None, Decimal(3), float("nan"), 1 << 20_000], ids=lambda n: type(n).__name__
)
def test_only_whole_numbers_are_charged(wrong: object) -> None:
    for fee in (item_fee, page_fee, item_rate):
        with pytest.raises(FeeError) as refused:
            fee(wrong)  # type: ignore[operator]
        assert refused.value.code == "fee_bad_count"
        assert "应为" in refused.value.zh
    for part in ("units", "pages"):
        if part == "units" or wrong is not None:  # pages None: charged by item
            with pytest.raises(FeeError):
                ChargeableApplication("甲", dt.date(2026, 3, 2), **{part: wrong})  # type: ignore[arg-type]


def test_what_no_month_and_no_archive_holds_is_refused() -> None:
    assert item_fee(MOST_ITEMS).amount > 0
    assert page_fee(MOST_PAGES).amount > 0
    for call in (
        lambda: item_fee(MOST_ITEMS + 1),
        lambda: item_fee(1, after=MOST_ITEMS),
        lambda: page_fee(MOST_PAGES + 1),
        lambda: item_rate(0),
    ):
        with pytest.raises(FeeError, match="应为"):
            call()


def test_there_was_no_fee_before_2021() -> None:
    first = dt.date(2021, 1, 1)
    assert item_fee(11, on=first).amount == 100
    for call in (item_fee, page_fee, item_rate):
        with pytest.raises(FeeError, match="自 2021-01-01 起施行") as refused:
            call(11, on=dt.date(2020, 12, 31))
        assert refused.value.code == "fee_not_in_force"
    with pytest.raises(FeeError):
        month_accounts([ChargeableApplication("甲", dt.date(2020, 12, 31))])
    with pytest.raises(FeeError):
        payment_due(dt.date(2020, 12, 31))


def test_a_moment_is_no_day_of_receipt() -> None:
    for call in (
        lambda: item_fee(11, on=dt.datetime(2026, 3, 2, 9)),
        lambda: payment_due(dt.datetime(2026, 3, 2, 9)),
        lambda: ChargeableApplication("甲", dt.datetime(2026, 3, 2, 9)),
    ):
        with pytest.raises(FeeError, match="日期") as refused:
            call()
        assert refused.value.code == "fee_bad_day"


@pytest.mark.parametrize(
    ("received", "due", "provisional"),
    [
        ("2025-09-26", "2025-10-30", False),
        ("2026-02-14", "2026-03-20", False),
        ("2026-12-04", "2027-01-04", True),
    ],
)
def test_the_fee_is_paid_within_twenty_working_days(received: str, due: str, provisional: bool) -> None:
    found = payment_due(dt.date.fromisoformat(received))
    assert (str(found.date), found.provisional) == (due, provisional)


def test_local_days_off_prolong_the_time_to_pay() -> None:
    local = national().with_local_days(name="某节", source="某文", off=[dt.date(2025, 10, 30)])
    assert payment_due(dt.date(2025, 9, 26), calendar=local).date == dt.date(2025, 10, 31)


counts = st.integers(0, 3_000)


@given(counts)
def test_the_formulas_of_the_sheet_give_the_same(n: int) -> None:
    rates = [0 if k <= 10 else 100 if k <= 30 else 100 * (1 + -(-(k - 30) // 10)) for k in range(1, n + 1)]
    assert item_fee(n).amount == sum(rates)
    pages = 10 * max(0, min(n, 100) - 30) + 20 * max(0, min(n, 200) - 100) + 40 * max(0, n - 200)
    assert page_fee(n).amount == pages


@given(counts, counts)
def test_a_month_paid_in_two_parts_costs_what_it_costs_at_once(first: int, second: int) -> None:
    together = item_fee(first).amount + item_fee(second, after=first).amount
    assert together == item_fee(first + second).amount


@given(counts, counts)
def test_more_never_costs_less(one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert item_fee(less).amount <= item_fee(more).amount
    assert page_fee(less).amount <= page_fee(more).amount


@given(counts)
def test_the_slices_cover_every_item_once(n: int) -> None:
    for fee in (item_fee(n), page_fee(n)):
        covered = [k for part in fee.slices for k in range(part.first, part.last + 1)]
        assert covered == list(range(1, n + 1))
        assert sum(part.count * part.unit_price for part in fee.slices) == fee.amount
