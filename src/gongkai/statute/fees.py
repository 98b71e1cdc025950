"""The information processing fee: how much, from which tiers, and until when it is to be paid (FEE).

Two bases, by item and by page, each cheap at the bottom and dearer slice by slice; an application is charged
on one of them, never on both (FEE.3). The prices are data (data/fees.toml) with the date they hold from.
The fee is no payment for the work (FEE.2): it covers every kind of decision, so a refusal gives nothing back
(FEE.10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from gongkai.statute.calendar import Calendar, DueDay, national
from gongkai.statute.data_files import data
from gongkai.statute.errors import FeeError, plain_day, whole_number

MOST_ITEMS = 100_000  # of one applicant in one month: more is a slip of the keyboard
MOST_PAGES = 10_000_000


class FeeBasis(StrEnum):
    """按件计收 or 按量计收 (FEE.3)."""

    ITEM = "item"
    PAGE = "page"

    @property
    def zh(self) -> str:
        return "按件计收" if self is FeeBasis.ITEM else "按量计收"

    @property
    def unit_zh(self) -> str:
        return "件" if self is FeeBasis.ITEM else "页"


@dataclass(frozen=True, slots=True)
class Slice:
    """What falls into one tier: items or pages `first` … `last`, each at `unit_price` yuan."""

    first: int
    last: int
    unit_price: Decimal

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        return self.count * self.unit_price


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in yuan with the slices it is made of. `to_confirm`: readings a legal officer should confirm."""

    basis: FeeBasis
    measure: str  # the document number of the rule
    slices: tuple[Slice, ...]
    to_confirm: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        return sum((part.amount for part in self.slices), Decimal(0))

    @property
    def zh(self) -> str:
        """第11至30件 20件×100元=2,000元；合计2,000元（按件计收，国办函〔2020〕109号）."""
        unit = self.basis.unit_zh
        parts = [
            f"第{_range_zh(part)}{unit} "
            + (f"{part.count}{unit}×{part.unit_price}元={part.amount:,}元" if part.unit_price else "不收费")
            for part in self.slices
        ]
        return "；".join([*parts, f"合计{self.amount:,}元（{self.basis.zh}，{self.measure}）"])

    @property
    def en(self) -> str:
        unit = str(self.basis)
        parts = [
            f"{unit}s {part.first} to {part.last}: "
            + (f"{part.count} × {part.unit_price} = {part.amount:,} yuan" if part.unit_price else "free")
            for part in self.slices
        ]
        return "; ".join([*parts, f"total {self.amount:,} yuan (by {unit}, {self.measure})"])


def item_fee(items: int, *, after: int = 0, on: dt.date | None = None) -> Fee:
    """The fee for `items` items of one requester in one month, `after` items of it before them (FEE.4).

    `on`: the day of receipt, which fixes the prices; the newest prices without it. FeeError `fee_bad_count`
    for anything but whole numbers up to MOST_ITEMS, `fee_not_in_force` for a day before 2021.

    >>> item_fee(63).amount, item_fee(1, after=30).amount
    (Decimal('12500'), Decimal('200'))
    """
    after = whole_number(after, "本月此前件数", code="fee_bad_count", error=FeeError, most=MOST_ITEMS)
    items = whole_number(items, "件数", code="fee_bad_count", error=FeeError, most=MOST_ITEMS - after)
    return _fee(FeeBasis.ITEM, after + 1, after + items, on)


def page_fee(pages: int, *, on: dt.date | None = None) -> Fee:
    """The fee for the pages given out on one application, not added up over applications (FEE.5).

    A page is one side of A4 or smaller. Errors as `item_fee`, up to MOST_PAGES.

    >>> page_fee(1500).amount
    Decimal('54700')
    """
    pages = whole_number(pages, "页数", code="fee_bad_count", error=FeeError, most=MOST_PAGES)
    return _fee(FeeBasis.PAGE, 1, pages, on)


def item_rate(number: int, *, on: dt.date | None = None) -> Decimal:
    """What the notice for the `number`-th item of a month asks, in yuan (FEE.4).

    >>> [int(item_rate(n)) for n in (1, 10, 11, 30, 31, 40, 41, 60, 61)]
    [0, 0, 100, 100, 200, 200, 300, 400, 500]
    """
    whole_number(number, "第几件", code="fee_bad_count", error=FeeError, least=1, most=MOST_ITEMS)
    return item_fee(1, after=number - 1, on=on).amount


def payment_due(notice_received: dt.date, *, calendar: Calendar | None = None) -> DueDay:
    """The last day to pay, after which the application is no longer processed (FEE.6; table 3 R22).

    Working days from the day after the requester received the notice.

    >>> payment_due(dt.date(2025, 9, 26)).date
    datetime.date(2025, 10, 30)
    """
    limit = _measure(notice_received).pay_within_working_days
    return (calendar or national()).add_working_days(notice_received, limit)


@dataclass(frozen=True, slots=True)
class ChargeableApplication:
    """An application as the fee sees it. `units`: the minimal units it was split into by 一事一申请 (FEE.4).

    `pages`: given if the organ charges it by volume; then it must be one unit (FEE.3, FEE.5).
    """

    name: str
    received: dt.date
    units: int = 1
    pages: int | None = None

    def __post_init__(self) -> None:
        plain_day(self.received, f"申请{self.name}的收到日期", code="fee_bad_day", error=FeeError)
        whole_number(self.units, "拆分件数", code="fee_bad_count", error=FeeError, least=1, most=MOST_ITEMS)
        if self.pages is not None:
            whole_number(self.pages, "页数", code="fee_bad_count", error=FeeError, most=MOST_PAGES)
        if self.pages is not None and self.units != 1:
            raise FeeError(
                "fee_two_bases",
                f"申请{self.name}已拆分为 {self.units} 件，不能再整体按量计收：同一申请只能选一种计收方式。"
                "请改为按件，或把每件作为一份申请分别登记。",
                f"Application {self.name} is split into {self.units} units and cannot be charged by page as "
                "a whole: one basis for one application. Charge by item or enter each unit by itself.",
            )


class AccountLine(NamedTuple):
    """One application of a month: which items of the month it is, and its fee."""

    application: ChargeableApplication
    first_item: int
    last_item: int
    fee: Fee


@dataclass(frozen=True, slots=True)
class MonthAccount:
    """What one requester's applications of one natural month cost at one organ."""

    year: int
    month: int
    lines: tuple[AccountLine, ...]

    @property
    def items(self) -> int:
        return self.lines[-1].last_item

    @property
    def amount(self) -> Decimal:
        return sum((line.fee.amount for line in self.lines), Decimal(0))


def month_accounts(applications: Iterable[ChargeableApplication]) -> tuple[MonthAccount, ...]:
    """One requester's applications at one organ, month by month, each with its own fee (FEE.4).

    Counted in the order of receipt; on the same day, in the order given. An application charged by page
    takes its place in the count like any other application of the month, at the price of its pages.

    >>> march = [ChargeableApplication(str(n), dt.date(2026, 3, 2)) for n in range(1, 12)]
    >>> [(account.items, account.amount) for account in month_accounts(march)]
    [(11, Decimal('100'))]
    """
    months: dict[tuple[int, int], list[ChargeableApplication]] = {}
    for application in sorted(applications, key=lambda one: one.received):
        months.setdefault((application.received.year, application.received.month), []).append(application)
    return tuple(MonthAccount(*month, tuple(_lines(group))) for month, group in months.items())


def _lines(applications: list[ChargeableApplication]) -> Iterator[AccountLine]:
    counted = 0
    for one in applications:
        if one.pages is None:
            fee = item_fee(one.units, after=counted, on=one.received)
        else:
            fee = page_fee(one.pages, on=one.received)
        yield AccountLine(one, counted + 1, counted + one.units, fee)
        counted += one.units


class _Tier(NamedTuple):
    first: int
    last: int | None
    yuan: Decimal
    each: int | None
    rise: Decimal
    to_confirm: str

    def slices(self, first: int, last: int) -> Iterator[Slice]:
        """The part of `first` … `last` in this tier, block by block where the price rises without end."""
        first, last = max(first, self.first), last if self.last is None else min(last, self.last)
        while first <= last:
            block = (first - self.first) // self.each if self.each else 0
            end = min(last, self.first + (block + 1) * self.each - 1) if self.each else last
            yield Slice(first, end, self.yuan + block * self.rise)
            first = end + 1


class _Measure(NamedTuple):
    number: str
    holds_from: dt.date
    pay_within_working_days: int
    tiers: dict[FeeBasis, tuple[_Tier, ...]]


def _fee(basis: FeeBasis, first: int, last: int, on: dt.date | None) -> Fee:
    measure = _measure(on)
    slices: list[Slice] = []
    to_confirm: list[str] = []
    for tier in measure.tiers[basis]:
        found = list(tier.slices(first, last))
        slices += found
        to_confirm += [tier.to_confirm] if found and tier.to_confirm else []
    return Fee(basis, measure.number, tuple(slices), tuple(to_confirm))


def _measure(on: dt.date | None) -> _Measure:
    """The rule in force on a day."""
    measures = _measures()
    if on is None:
        return measures[-1]
    day = plain_day(on, "计费日期", code="fee_bad_day", error=FeeError)
    in_force = [measure for measure in measures if measure.holds_from <= day]
    if not in_force:
        first = measures[0]
        raise FeeError(
            "fee_not_in_force",
            f"{first.number}自 {first.holds_from} 起施行，{day} 收到的申请不收信息处理费。请核对日期。",
            f"{first.number} holds from {first.holds_from}; there is no fee on {day}. Check the date.",
        )
    return in_force[-1]


@cache
def _measures() -> tuple[_Measure, ...]:
    rows = data("fees.toml")["measure"]
    return tuple(sorted(map(_read_measure, rows), key=lambda measure: measure.holds_from))


def _read_measure(row: dict[str, Any]) -> _Measure:
    tiers = {basis: tuple(map(_read_tier, row[basis.value])) for basis in FeeBasis}
    return _Measure(row["number"], row["holds_from"], row["pay_within_working_days"], tiers)


def _read_tier(row: dict[str, Any]) -> _Tier:
    return _Tier(
        row["from"],
        row.get("through"),
        Decimal(row["yuan"]),
        row.get("each"),
        Decimal(row.get("rise", 0)),
        row.get("note", "") if row["mark"] == "M" else "",
    )


def _range_zh(part: Slice) -> str:
    return str(part.first) if part.count == 1 else f"{part.first}至{part.last}"
