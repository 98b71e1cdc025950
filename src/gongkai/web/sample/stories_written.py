"""Stories of what is written out in full: policies with their interpretations, and the guide."""

from __future__ import annotations

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.drafting import revise_draft, start_version
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import LinkKind, Record, State
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.sample.stories import Desk
from gongkai.web.sample.timeline import Story, World
from gongkai.web.sample.written import amended_body, organ_of, text_written, told


def policy(world: World, code: str, days: int, clerk: int = 0) -> Story:
    """A policy with its files, and on the next day its interpretation; amended some weeks later if it was."""
    yield world.ago(days)
    house = world.houses[organ_of(code).code]
    desk = Desk(world, house, clerk)
    made = clock.today()
    desk.draft(text_written(code, house.plan, made, world.numbers))
    yield from desk.all_steps()
    yield from _interpreted(desk, f"{code}_reading")
    if "amended" in told()[code]:
        yield max(world.ago(45), world.later(1))
        body = amended_body(code, house.plan, made)
        yield from _amended(desk, told()[code]["amended"], body)


def replaced(world: World, new: str, old: str, days: int, clerk: int = 0) -> Story:
    """A policy that repeals an older one when it is published."""
    yield world.ago(days)
    house = world.houses[organ_of(new).code]
    desk = Desk(world, house, clerk)
    before = public(told()[old]["title"])
    text = text_written(new, house.plan, clock.today(), world.numbers, number=before.document_number)
    desk.draft(text)
    link(by=desk.clerk, record=desk.record, target=before, kind=LinkKind.REPEALS)
    yield from desk.all_steps()
    yield from _interpreted(desk, f"{new}_reading")


def guide(world: World, days: int) -> Story:
    """The district's guide is brought up to date."""
    yield world.ago(days)
    house = world.houses["xugou"]
    desk = Desk(world, house)
    desk.record = Record.objects.get(organ=house.organ, kind="guide", state=State.PUBLISHED)
    desk.clerk = next(one for one in house.people.values() if one.pk == desk.record.created_by_id)
    text = text_written("guide", house.plan, clock.today(), world.numbers)
    yield world.later(0)
    yield from _amended(desk, told()["guide"]["amended"], text.facts["body"])


def public(title: str) -> Record:
    """The record of a title that is public."""
    return Record.objects.select_related("organ", "unit", "published").get(title=title, state=State.PUBLISHED)


def _interpreted(desk: Desk, code: str) -> Story:
    """Its interpretation, by the same clerk."""
    yield desk.world.later(1)
    reading = Desk(desk.world, desk.house)
    reading.clerk = desk.clerk
    reading.draft(text_written(code, desk.house.plan, clock.today(), desk.world.numbers))
    link(by=reading.clerk, record=reading.record, target=desk.fresh(), kind=LinkKind.INTERPRETS)
    yield from reading.all_steps()


def _amended(desk: Desk, note: str, body: str) -> Story:
    start_version(by=desk.clerk, record=desk.fresh(), change=ChangeKind.AMENDMENT, note=note)
    revise_draft(by=desk.clerk, record=desk.fresh(), facts={"body": body})
    yield from desk.all_steps()
