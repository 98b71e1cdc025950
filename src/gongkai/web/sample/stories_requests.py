"""Stories of requests: asked, worked on and answered by the actions of `requests`, each on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from gongkai.statute.calendar import national
from gongkai.statute.clock import EventKind
from gongkai.statute.identifiers import credit_check_character, resident_check_character
from gongkai.web.config import clock
from gongkai.web.organs.models import Role, Staff
from gongkai.web.requests.actions.charging import reckon_fee
from gongkai.web.requests.actions.consulting import add_party, take_opinion
from gongkai.web.requests.actions.deciding import decide_step, draft_decision, submit_decision
from gongkai.web.requests.actions.inside import give_task
from gongkai.web.requests.actions.lettering import draft_letter, issue_letter
from gongkai.web.requests.actions.office import keep_office
from gongkai.web.requests.actions.receiving import assign, confirm_receipt, register, submit
from gongkai.web.requests.actions.serving import letter_arrived, send_letter
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.asked import Asked
from gongkai.web.requests.models import Case, Decision, Letter, Service
from gongkai.web.requests.permissions import may_decide_step
from gongkai.web.sample.district import person_name, read
from gongkai.web.sample.founding import House
from gongkai.web.sample.timeline import Story, World

_DATA = "requests.toml"
_FIRST_PERSON = 4000  # of the invented names
_NEEDS_CONFIRMING = frozenset({"ordinary-post", "fax", "email"})
_LONGEST_WAIT = 40  # working days, after which something that was not done has lapsed
_EVENTS = {
    "supplemented": EventKind.SUPPLEMENT_RECEIVED,
    "supplement lapsed": EventKind.SUPPLEMENT_LAPSED,
    "fee lapsed": EventKind.FEE_LAPSED,
    "withdraw": EventKind.WITHDRAWN,
}
_WORKING_DAYS = {"supplemented": 6, "withdraw": 3, "supplement lapsed": _LONGEST_WAIT, "fee lapsed": 25}


def stories(world: World) -> list[Story]:
    """All requests of the sample."""
    return [Asking(world, told, number).story() for number, told in enumerate(read(_DATA)["request"])]


def offices(houses: Iterable[House]) -> None:
    """What each organ's letters need to know: its letter code, who reconsiders, the courts, how to pay."""
    told = read(_DATA)["office"]
    for house in houses:
        office = house.holding(Role.DISCLOSURE_OFFICE)[0]
        higher = "虚构市人民政府" if house.plan.shape == "district" else told["superior"]
        facts = {**told, "superior": higher, "letter_code": f"{house.plan.short}依"}
        keep_office(by=office, organ=house.organ, **facts)


class Asking:
    """One request and what comes of it."""

    def __init__(self, world: World, told: dict[str, Any], number: int) -> None:
        self.world, self.told, self.number = world, told, number
        self.house = world.houses[told["organ"]]
        self.office = self.house.holding(Role.DISCLOSURE_OFFICE)[0]
        clerks = self.house.holding(Role.CLERK)
        self.clerk = clerks[number % len(clerks)]
        self.case: Case
        self.decided_as = ""

    def story(self) -> Story:
        yield self.world.ago(self.told["days"], 10)
        yield from self._received()
        if self.told.get("is_unconfirmed"):
            return
        self.case = assign(
            by=self.office, case=self._now(), unit=self.house.unit_of(self.clerk), handler=self.clerk
        )
        for one in self.told["course"]:
            name, _, how = one.partition(" ")
            if one in _EVENTS:
                yield self.world.later(_WORKING_DAYS[one])
                self._record(_EVENTS[one])
            else:
                yield from getattr(self, f"_{name}")(how)

    def _received(self) -> Story:
        if self.told["channel"] == "web":
            self.case = submit(organ=self.house.organ, asked=self._asked()).case
            if not self.told.get("is_unconfirmed"):
                yield self.world.later(1)
                confirm_receipt(by=self.office, case=self._now(), on=clock.today())
            return
        is_open = self.told["channel"] in _NEEDS_CONFIRMING and not self.told.get("is_unconfirmed")
        self.case = register(
            by=self.office,
            organ=self.house.organ,
            asked=self._asked(),
            channel=self.told["channel"],
            arrived_on=clock.today(),
            confirmed_on=clock.today() if is_open else None,
            post_number=f"XA{self.number:08d}" if self.told["channel"] == "signed-post" else "",
        ).case

    def _asked(self) -> Asked:
        """Who asks: nobody. Born more than a century ago, with a telephone of no network."""
        name = person_name(_FIRST_PERSON + self.number)
        common = {
            "phone": f"1990000{self.number:04d}",
            "address": f"虚构区示例路{self.number + 1}号（示例地址）",
            "email": f"shili{self.number}@example.cn",
            "words": self.told["words"],
            "reply_ways": ("web", "post"),
        }
        kind = self.told.get("who", "natural_person")
        if kind == "natural_person":
            body = f"11010519000101{self.number:03d}"
            proof = body + resident_check_character(body)
            return Asked(
                requester_kind=kind, name=name, identity_kind="resident", identity_number=proof, **common
            )
        body = f"91999999{self.number:09d}"
        return Asked(
            requester_kind=kind,
            name=f"虚构{name}（示例）单位",
            identity_kind="credit-code",
            identity_number=body + credit_check_character(body),
            representative=name,
            contact_person=name,
            **common,
        )

    # ---- the steps of a course ----
    def _task(self, _how: str) -> Story:
        yield self.world.later(1)
        question = "请查找申请所列信息，五个工作日内提出能否公开的意见。"
        give_task(by=self.office, case=self._now(), unit=self.house.units[-1], question=question)

    def _supplement(self, _how: str) -> Story:
        yield self.world.later(3)
        until = self._day_after(15)
        given = {
            "points": "请写明所需信息的名称、年度或者其他便于查询的特征",
            "until": until.isoformat(),
            "unclear_point": "没有写明所需信息的名称和年度。",
        }
        self._sent(self._letter("supplement-notice", given=given), "direct")

    def _consult(self, how: str) -> Story:
        """Asked; answered `agreed` or `objected`, or `silent` to the end of its time; "": not yet."""
        yield self.world.later(2)
        name = f"虚构示例第{self.number}公司"
        party = add_party(by=self.clerk, case=self._now(), kind="third-party", name=name)
        service = self._sent(self._letter("third-party-consultation", party=party), "mail")
        yield self.world.later(2)
        letter_arrived(by=self.clerk, service=service, on=clock.today())
        if how:
            yield self.world.later(17 if how == "silent" else 6)
            words = "涉及本单位权益，请予保护。" if how == "objected" else ""
            take_opinion(by=self.clerk, party=party, on=clock.today(), opinion=how, words=words)

    def _extend(self, _how: str) -> Story:
        yield self.world.later(11)
        self._record(EventKind.EXTENSION_APPROVED)
        assert self._now().due_on is not None
        given = {"reasons": "需要检索和审查的材料较多。", "until": self._extended_to().isoformat()}
        self._sent(self._letter("extension-notice", given=given), "direct")

    def _fee(self, _how: str) -> Story:
        yield self.world.later(3)
        reckon_fee(by=self.clerk, case=self._now(), basis="page", count=260)
        given = {"reasons": "申请复制的材料页数超过免费的范围。"}
        service = self._sent(self._letter("fee-notice", given=given), "mail")
        yield self.world.later(2)
        letter_arrived(by=self.clerk, service=service, on=clock.today())

    def _draft(self, code: str) -> Story:
        yield self.world.later(4)
        told, self.decided_as = read(_DATA)["decision"][code], code
        decision = draft_decision(
            by=self.clerk,
            case=self._now(),
            outcome_code=told.get("outcome", code),
            basis=told.get("basis", ""),
            facts=told.get("facts"),
            words=told["words"],
        )
        submit_decision(by=self.clerk, decision=decision)

    def _decide(self, code: str) -> Story:
        yield from self._draft(code)
        decision = self._now().decisions.get()
        while approval := decision.approvals.filter(result="").first():
            yield self.world.later(1)
            decide_step(by=self._who_may(approval), approval=approval, passes=True, reason="同意")

    def _serve(self, way: str) -> Story:
        yield self.world.later(1)
        decision: Decision = self._now().decisions.get()
        given = read(_DATA)["decision"][self.decided_as].get("given")
        letter = self._letter("reply", given=given, decision=decision, online=way == "online")
        service = self._sent(letter, way)
        if way == "mail":
            yield self.world.later(3)
            letter_arrived(by=self.clerk, service=service, on=clock.today())

    # ---- what they share ----
    def _now(self) -> Case:
        self.case = Case.objects.select_related("organ", "key", "requester", "unit").get(pk=self.case.pk)
        return self.case

    def _record(self, kind: EventKind) -> None:
        step(by=self.office, case=self._now(), kind=kind.value, on=clock.today())

    def _letter(self, kind: str, **facts: Any) -> Letter:
        letter = draft_letter(by=self.clerk, case=self._now(), kind=kind, **facts)
        return issue_letter(by=self.clerk, letter=letter)

    def _sent(self, letter: Letter, way: str) -> Service:
        number = f"XA{self.number:04d}{letter.pk:04d}" if way == "mail" else ""
        return send_letter(
            by=self.clerk, letter=letter, way=way, on=clock.today(), tracking_number=number
        ).service

    def _who_may(self, approval: Any) -> Staff:
        return next(one for one in self.house.people.values() if may_decide_step(one, approval))

    def _day_after(self, days: int) -> dt.date:
        return timezone.localdate(self.world.later(days, 10))

    def _extended_to(self) -> dt.date:
        """The last day as the approved extension makes it."""
        due: Any = self.case.due_on
        return national().add_working_days(due, 20).date
