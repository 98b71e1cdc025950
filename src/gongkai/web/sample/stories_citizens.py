"""Stories with citizens in them: consultations, a survey, reports, answers to public concern; channels."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from gongkai.web.channels.actions.channels import close_channel, open_channel
from gongkai.web.channels.actions.choosing import choose_channels
from gongkai.web.channels.actions.deciding import record_done
from gongkai.web.channels.actions.planning import rule_takes
from gongkai.web.channels.models import Channel, Release, ReleaseState, Takes
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import (
    close_due,
    draft_consultation,
    draft_result,
    handle_opinion,
)
from gongkai.web.participation.actions.feedback import answer_report, mark, report_error
from gongkai.web.participation.actions.opining import send_opinion
from gongkai.web.participation.actions.responding import enter_response
from gongkai.web.participation.models import Consultation, Form, Opinion
from gongkai.web.sample.district import read
from gongkai.web.sample.files import word
from gongkai.web.sample.stories import Desk
from gongkai.web.sample.stories_written import public
from gongkai.web.sample.timeline import Story, World

_DATA = "participation.toml"
_AHEAD = 4  # days from the draft to the first day of a consultation


class Asking:
    """A consultation on its way: announced, answered, closed, its result told."""

    def __init__(self, world: World, name: str, clerk: int = 0) -> None:
        self.world = world
        self.told: dict[str, Any] = read(_DATA)[name]
        self.desk = Desk(world, world.houses[self.told["organ"]], clerk)
        self.made: Consultation
        self.closes_on: dt.date

    def announce(self, form: Form) -> Story:
        """Drafted and reviewed; it may be public only after its first day."""
        opens_on = clock.today() + dt.timedelta(days=_AHEAD)
        self.closes_on = opens_on + dt.timedelta(days=self.told["days"])
        self.made = draft_consultation(
            by=self.desk.clerk,
            organ=self.desk.house.organ,
            unit=self.desk.house.unit_of(self.desk.clerk),
            form=form,
            title=self.told["title"],
            opens_on=opens_on,
            closes_on=self.closes_on,
            words=self.told["words"],
            questions=self.told.get("questions", ""),
        )
        self.desk.record = self.made.announcement
        if "draft" in self.told:
            name = self.told["draft"]
            content = word(name, self.told["articles"])
            attach_file(by=self.desk.clerk, record=self.desk.record, content=content, name=f"{name}.docx")
        yield from self.desk.all_steps()
        yield self._at(max(opens_on, clock.today()) + dt.timedelta(days=1))

    def send(self, **said: Any) -> None:
        send_opinion(consultation=Consultation.objects.get(pk=self.made.pk), **said)

    def close(self) -> Story:
        """On the day after the last one it is closed."""
        yield max(self._at(self.closes_on + dt.timedelta(days=1)), self.world.later(0))
        close_due()

    def tell(self) -> Story:
        """The result, reviewed as everything."""
        yield self.world.later(2)
        made = Consultation.objects.get(pk=self.made.pk)
        self.desk.record = draft_result(by=self.desk.clerk, consultation=made, summary=self.told["summary"])
        yield from self.desk.all_steps()

    def _at(self, day: dt.date) -> dt.datetime:
        start = dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone())
        return start + dt.timedelta(seconds=self.world.chance.randrange(3600))


def consultation_running(world: World, days: int) -> Story:
    """Open now, with some opinions that have come in."""
    yield world.ago(days)
    asking = Asking(world, "running", 2)
    yield from asking.announce(Form.OPINIONS)
    for words in asking.told["opinions"]:
        asking.send(words=words)
        yield world.later(1)


def consultation_ended(world: World, days: int) -> Story:
    """Ended: each opinion was dealt with, and the result is public."""
    yield world.ago(days)
    asking = Asking(world, "ended", 1)
    yield from asking.announce(Form.OPINIONS)
    for one in asking.told["opinions"]:
        asking.send(words=one["words"])
        yield world.later(0)
    yield from asking.close()
    yield world.later(1)
    opinions = Opinion.objects.filter(consultation=asking.made.pk).order_by("pk")
    for opinion, one in zip(opinions, asking.told["opinions"], strict=True):
        decided = {name: one[name] for name in ("adoption", "gist", "reason")}
        handle_opinion(by=asking.desk.clerk, opinion=opinion, **decided)
    yield from asking.tell()


def survey_ended(world: World, days: int) -> Story:
    """A survey that many have filled in, with its figures."""
    yield world.ago(days)
    asking = Asking(world, "survey")
    yield from asking.announce(Form.SURVEY)
    for number in range(asking.told["answers"]):
        asking.send(answers=_answers(asking.told, world))
        if number % 6 == 5:
            yield world.later(1)
    yield from asking.close()
    yield from asking.tell()


def _answers(told: dict[str, Any], world: World) -> dict[str, Any]:
    chance = world.chance
    wishes = [str(place) for place, share in enumerate(told["wishes"]) if chance.randrange(100) < share]
    return {
        "q0": str(chance.choices(range(len(told["habits"])), told["habits"])[0]),
        "q1": wishes,
        "q2": str(chance.choices(range(len(told["verdict"])), told["verdict"])[0]),
        "q3": str(chance.randint(3, 25)),
    }


def reported(world: World, told: dict[str, Any]) -> Story:
    """A reader reports an error; the record's unit answers two days later, or has not yet."""
    yield world.ago(told["days"], 11)
    record = public(told["record"])
    report, _ = report_error(record=record, kind=told["kind"], words=told["words"])
    if told.get("waits"):
        return
    yield world.later(2)
    by = world.houses[record.organ.code].holding(Role.DISCLOSURE_OFFICE)[0]
    answer_report(by=by, report=report, result=told["result"], answer=told["answer"])


def reports(world: World) -> list[Story]:
    """All that readers have reported."""
    return [reported(world, one) for one in read(_DATA)["report"]]


def found_helpful(world: World) -> Story:
    """Readers say whether pages have helped."""
    yield world.ago(1, 16)
    for one in read(_DATA)["marks"]:
        record = public(one["record"])
        for helped, count in ((True, one["helped"]), (False, one["not_helped"])):
            for _ in range(count):
                mark(record=record, helped=helped)


def responses_entered(world: World, start: dt.datetime) -> Story:
    """How public concern was answered: what lies back is entered at once, the rest on its day."""
    yield start
    house = world.houses["xugou"]
    by = house.holding(Role.DISCLOSURE_OFFICE)[0]
    for one in read(_DATA)["response"]:
        moment = world.ago(one["days"], 15)
        if moment > clock.now():
            yield moment
        enter_response(
            by=by,
            organ=house.organ,
            channel=one["channel"],
            on=timezone.localdate(moment),
            title=one["title"],
            topic=one.get("topic", ""),
            head_took_part=one.get("head", False),
            record=public(one["record"]) if "record" in one else None,
            place=one["place"],
        )


def channels(world: World, start: dt.datetime) -> Story:
    """A notice board, a gazette, and a link to another system that is switched off; what was posted there."""
    yield start
    house, told = world.houses["xugou"], read(_DATA)["channels"]
    office = house.holding(Role.DISCLOSURE_OFFICE)[0]
    board = open_channel(by=office, organ=house.organ, kind="notice_board", name=told["board"])
    gazette = open_channel(
        by=office,
        organ=house.organ,
        kind="gazette",
        name=told["gazette"],
        takes=Takes.CHOSEN,
        kinds=["normative_document"],
    )
    hook = open_channel(
        by=office,
        organ=house.organ,
        kind="webhook",
        name=told["hook"],
        settings={"address": told["hook_address"]},
        secret="shili-" * 4,
    )
    yield world.later(1)
    close_channel(by=office, channel=hook, reason=told["hook_closed"])
    yield world.ago(16, 14)
    for one in told["posted"]:
        _done(world, one["record"], board, one["place"], one["note"])
        yield world.later(0)
    issue = f"{world.today.year}年第{(world.today.month + 2) // 3}期"
    for one in told["printed"]:
        _done(world, one["record"], gazette, issue, "")


def _done(world: World, title: str, channel: Channel, place: str, note: str) -> None:
    """A record is chosen for a channel where people publish by hand, and they enter that they have."""
    office = world.houses["xugou"].holding(Role.DISCLOSURE_OFFICE)[0]
    record = public(title)
    planned = Release.objects.filter(record=record).exclude(state=ReleaseState.DROPPED)
    there = set(planned.values_list("channel_id", flat=True))
    open_ones = Channel.objects.filter(organ=record.organ, is_active=True)
    wanted = {one.pk for one in open_ones if one.pk in there | {channel.pk} or rule_takes(one, record)}
    choose_channels(by=office, record=record, wanted=wanted)
    release = Release.objects.get(record=record, channel=channel, state=ReleaseState.TASK)
    record_done(by=office, release=release, on=clock.today(), place=place, note=note)
