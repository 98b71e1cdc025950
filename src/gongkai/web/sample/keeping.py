"""What offices keep beside their records in the sample: checklists, withheld items, figures of table 2."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.figures import enter_figure
from gongkai.web.disclosure.actions.fulfilling import join_record
from gongkai.web.disclosure.actions.withholding import disclose_withheld, withhold
from gongkai.web.disclosure.models import ChecklistItem, Record, State
from gongkai.web.organs.models import Role
from gongkai.web.sample.district import read
from gongkai.web.sample.timeline import Story, World

_YEARS = 3  # of figures, besides what this year has so far
_DATA = "checklist.toml"
_JOINED = 3  # of what is there already, to an item
_OF_ALL_SORTS = ("notice", "document")


def checklists(world: World, start: dt.datetime) -> Story:
    """Every organ's basic catalogue, and the standard catalogue of one field."""
    yield start
    for house in world.houses.values():
        by = house.holding(Role.DISCLOSURE_OFFICE)[0]
        for told in read(_DATA)["item"]:
            if house.plan.issues(tuple(told["organs"])):
                facts = {name: value for name, value in told.items() if name != "organs"}
                add_item(by=by, organ=house.organ, facts=facts, unit=house.units[1])


def what_was_there(world: World, start: dt.datetime) -> Story:
    """The offices join to their new checklists what has been public before: guide, reports, budgets and more.

    Kinds that tell nothing of what a record is about are left to the hand.
    """
    yield start
    for house in world.houses.values():
        by = house.holding(Role.DISCLOSURE_OFFICE)[0]
        items = ChecklistItem.objects.filter(organ=house.organ, is_active=True).exclude(
            kind__in=_OF_ALL_SORTS
        )
        for item in items.exclude(kind="").select_related("organ", "unit"):
            public = Record.objects.filter(organ=house.organ, kind=item.kind, state=State.PUBLISHED)
            free = public.filter(checklist_item__isnull=True, repealed_on__isnull=True)
            for record in free.order_by("-published_at", "-pk")[:_JOINED]:
                join_record(by=by, item=item, record=record)


def withheld(world: World, start: dt.datetime) -> Story:
    """What is withheld, some of it due to be looked at again; one item was disclosed after all."""
    yield start
    for told in read(_DATA)["withheld"]:
        house = world.houses[told["organ"]]
        withhold(
            by=house.holding(Role.SECRECY_OFFICER)[0],
            organ=house.organ,
            title=told["title"],
            basis=told["basis"],
            reason=told["reason"],
            decided_on=clock.today() - dt.timedelta(days=300),
            next_review_on=max(
                world.today + dt.timedelta(days=told["days"]), clock.today() + dt.timedelta(days=1)
            ),
        )
    house = world.houses["xugou"]
    office = house.holding(Role.DISCLOSURE_OFFICE)[0]
    item = withhold(
        by=office,
        organ=house.organ,
        title="示例大道改造工程交通组织方案（征求意见稿）",
        basis="REG.16.2a",
        reason="方案尚在研究，属于过程性信息。",
        unit=house.units[2],
    )
    yield world.ago(15)
    disclose_withheld(by=office, item=item, note="方案已经定稿，情况发生变化，转为公开。")


def figures(world: World, start: dt.datetime) -> Story:
    """Licences, penalties, compulsory measures and fees of the last years, as units have reported them."""
    yield start
    for code, kinds in read(_DATA)["figures"].items():
        house = world.houses[code]
        by = house.holding(Role.CLERK)[0]
        for back in range(_YEARS, 0, -1):
            year = clock.today().year - back
            for kind, about in kinds.items():
                enter_figure(
                    by=by,
                    organ=house.organ,
                    unit=house.unit_of(by),
                    kind=kind,
                    year=year,
                    value=_near(about, world.chance.randint(88, 112)),
                    source="行政执法统计年报（示例）"
                    if kind != "administrative_fees"
                    else "非税收入台账（示例）",
                )


def _near(about: float, percent: int) -> Decimal:
    share = Decimal(str(about)) * percent / 100
    return share.quantize(Decimal("0.01")) if about > 1000 else share.quantize(Decimal(1))
