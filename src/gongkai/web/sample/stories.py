"""Records of the sample that go through the actions, each a story (see `timeline`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from gongkai.statute.calendar import national
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.actions.drafting import abandon, draft_record, revise_draft, start_version
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.actions.publishing import publish, schedule
from gongkai.web.disclosure.actions.reviewing import (
    forward_step,
    pass_step,
    return_step,
    submit_for_review,
)
from gongkai.web.disclosure.actions.settling import answer_gate, open_gate
from gongkai.web.disclosure.answers import Unanswered
from gongkai.web.disclosure.models import (
    ChecklistItem,
    Gate,
    GateKind,
    LinkKind,
    Record,
    Review,
    State,
    Step,
)
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.disclosure.queries.reviewers import who_may_take
from gongkai.web.organs.models import Role, Staff
from gongkai.web.sample.bulk_records import BASIS
from gongkai.web.sample.files import ready_files
from gongkai.web.sample.founding import House
from gongkai.web.sample.texts import Text, families, some_text, text_of
from gongkai.web.sample.timeline import Story, World

_WORKED = 16  # working days since a draft was made that is due soon: four of the twenty are left
_ANSWER = "经核对，所列内容是公开办事所必需的，不需要修改。"


class Desk:
    """A record in the hands of those who work on it."""

    def __init__(self, world: World, house: House, clerk: int = 0) -> None:
        self.world, self.house = world, house
        clerks = house.holding(Role.CLERK)
        self.clerk: Staff = clerks[clerk % len(clerks)]
        self.record: Record

    def draft(
        self, text: Text, item: ChecklistItem | None = None, attach: bool = True, **facts: Any
    ) -> Record:
        self.record = draft_record(
            by=self.clerk,
            organ=self.house.organ,
            unit=self.house.unit_of(self.clerk),
            kind_code=text.family.kind,
            facts={**text.facts, **facts},
            checklist_item=item,
        )
        for own in text.files:
            attach_file(by=self.clerk, record=self.record, content=own.content, name=own.name)
        if attach and text.attachment:
            file = ready_files()[text.attachment]
            attach_file(by=self.clerk, record=self.record, content=file.content, name=file.name)
        return self.record

    def family(self, code: str, **more: Any) -> Text:
        """A text of a family as of the moment it is."""
        return text_of(
            families()[code], self.house.plan, clock.today(), self.world.numbers, self.world.chance, **more
        )

    def fresh(self) -> Record:
        self.record = Record.objects.select_related("organ", "unit").get(pk=self.record.pk)
        return self.record

    def submit(self) -> None:
        try:
            submit_for_review(by=self.clerk, record=self.record)
        except Unanswered as found:
            submit_for_review(by=self.clerk, record=self.record, answers=dict.fromkeys(found.keys, _ANSWER))

    def review(self) -> tuple[Review, Staff]:
        """The open step and who takes it."""
        found = Review.objects.select_related("version__record__organ", "assigned_to")
        review = found.get(version__record=self.record, result="")
        people = who_may_take(review.version, Step(review.step))
        return review, review.assigned_to or self.world.chance.choice(people)

    def decide(self, reason: str = "") -> None:
        review, by = self.review()
        basis = BASIS if review.step == Step.SECRECY else ""
        pass_step(by=by, review=review, seen=review.version.content_digest, reason=reason, basis=basis)

    def send_back(self, reason: str) -> None:
        review, by = self.review()
        return_step(by=by, review=review, reason=reason)

    def all_steps(self) -> Story:
        """Submission and three steps; what may follow is the caller's."""
        yield self.world.later(0)
        self.submit()
        for _ in range(3):
            yield self.world.later(self.world.chance.choice((0, 1, 1, 2)))
            self.decide()
        self.fresh()


# ---- stories ----


def ordinary(world: World, house: House, start: dt.datetime, clerk: int = 0) -> Story:
    """A record such as there are every day."""
    yield start
    desk = Desk(world, house, clerk)
    desk.draft(some_text(house.plan, clock.today(), world.numbers, world.chance))
    yield from desk.all_steps()


def of_family(
    world: World, house: House, start: dt.datetime, code: str, item: str = "", **more: Any
) -> Iterator[dt.datetime]:
    """A record of a certain sort, which may fulfil an item of the checklist."""
    yield start
    desk = Desk(world, house)
    desk.draft(desk.family(code, **more), _item(house, item))
    yield from desk.all_steps()


def amended_by_another(world: World) -> Story:
    """An older document that a newer one amends when it is published."""
    yield world.ago(120)
    old = Desk(world, world.houses["xugou"], 1)
    old.draft(old.family("normative", title=1), effective_on=clock.today())
    yield from old.all_steps()
    yield world.ago(30)
    new = Desk(world, old.house, 1)
    text = new.family("opinion")
    new.draft(text, effective_on=clock.today(), **_bill(new, old.fresh()))
    link(by=new.clerk, record=new.record, target=old.fresh(), kind=LinkKind.AMENDS)
    yield from new.all_steps()


def _bill(desk: Desk, old: Record) -> dict[str, Any]:
    """What is told of a decision that amends `old`."""
    name = old.title[old.title.index("《") : old.title.index("》") + 1]
    day = clock.today()
    lines = (
        "各镇人民政府、街道办事处，区政府各部门、各直属单位：",
        f"为方便群众办事，经研究，决定对{name}（{old.document_number}）作如下修改：",
        "一、将第七条中的“七日”修改为“十日”。",
        "二、第十条增加一款：“检查中发现的问题，应当在一个月内整改完毕。”",
        "本通知自印发之日起施行。",
    )
    signed = (desk.house.plan.name, f"{day.year}年{day.month}月{day.day}日")
    body = [f"<p>{line}</p>" for line in lines] + [f'<p class="right">{line}</p>' for line in signed]
    return {
        "title": f"关于修改{name}部分条款的通知",
        "summary": f"修改{name}第七条和第十条。",
        "keywords": "修改；行政规范性文件",
        "theme": old.theme,
        "genre": old.genre,
        "body": "\n".join(body),
    }


def repealed_by_decision(world: World) -> Story:
    """Repealed by an entry of its own, not by another record here."""
    yield world.ago(110)
    desk = Desk(world, world.houses["nongye"])
    desk.draft(desk.family("normative", title=2), effective_on=clock.today())
    yield from desk.all_steps()
    yield world.ago(20)
    by = desk.house.holding(Role.DISCLOSURE_OFFICE)[0]
    repeal(by=by, record=desk.fresh(), on=clock.today(), basis="行政规范性文件清理结果（示例）")


def not_yet_in_force(world: World) -> Story:
    """Published, to take effect in some weeks: the calendar will mark it on the day."""
    yield world.ago(8)
    desk = Desk(world, world.houses["xugou"], 2)
    text = desk.family("normative", title=0)
    day = world.today + dt.timedelta(days=30)
    told = f"自{day.year}年{day.month}月{day.day}日起施行"
    body = text.facts["body"].replace("自印发之日起施行", told)
    desk.draft(text, body=body, effective_on=day)
    yield from desk.all_steps()


def expired_of_itself(world: World) -> Story:
    """A trial rule that ran out some days ago; the calendar marks it."""
    yield world.ago(100)
    desk = Desk(world, world.houses["minzheng"])
    text = desk.family("normative", title=1)
    made = clock.today() - dt.timedelta(days=640)
    ends = world.today - dt.timedelta(days=12)
    desk.draft(text, made_on=made, effective_on=made, expires_on=ends)
    yield from desk.all_steps()


def corrected(world: World) -> Story:
    """A mistake in what was public, put right."""
    yield world.ago(70)
    desk = Desk(world, world.houses["tongji"])
    desk.draft(desk.family("statistics"))
    yield from desk.all_steps()
    yield world.later(3)
    record = desk.fresh()
    start_version(
        by=desk.clerk, record=record, change=ChangeKind.CORRECTION, note="更正表中“固定资产投资”的数值。"
    )
    body = (
        record.published.body.replace("固定资产投资</td>", "固定资产投资（不含农户）</td>")
        if record.published
        else ""
    )
    revise_draft(by=desk.clerk, record=desk.fresh(), facts={"body": body})
    yield from desk.all_steps()


def withdrawn(world: World, again: bool) -> Story:
    """Taken off the page with a reason; `again`: put right and published anew."""
    yield world.ago(60)
    desk = Desk(world, world.houses["bailu"])
    desk.draft(desk.family("town_affairs"))
    yield from desk.all_steps()
    yield world.later(4)
    officer = desk.house.holding(Role.SECRECY_OFFICER)[0]
    withdraw(by=officer, record=desk.fresh(), reason="公示表格中的数据有误，正在核对，更正后重新公开。")
    if again:
        yield world.later(3)
        start_version(
            by=desk.clerk, record=desk.fresh(), change=ChangeKind.CORRECTION, note="更正表格中的户数。"
        )
        yield from desk.all_steps()


def returned_then_passed(world: World) -> Story:
    """Sent back once by the secrecy officer, mended, and passed in the second round."""
    yield world.ago(50)
    desk = Desk(world, world.houses["xugou"], 0)
    text = desk.family("work_notice")
    body = text.facts["body"]
    desk.draft(text, body=body + "<p>附：值班联系人名单（略）</p>")
    yield world.later(0)
    desk.submit()
    yield world.later(1)
    desk.decide()
    yield world.later(1)
    desk.send_back("附件名单不宜公开，请删去后重新提交。")
    yield world.later(1)
    revise_draft(by=desk.clerk, record=desk.fresh(), facts={"body": body})
    yield from desk.all_steps()


def consulted(world: World, result: GateResult | None) -> Story:
    """Another organ is asked before publication (REG.11). None: it has not answered yet."""
    yield world.ago(16 if result else 12)
    desk = Desk(world, world.houses["xugou"], 1)
    desk.draft(desk.family("project"))
    bureau = world.houses["fagai"].organ
    gate = open_gate(
        by=desk.clerk,
        record=desk.record,
        kind=GateKind.CONSULT_ORGAN,
        organ=bureau,
        organ_name="",
        question="批复中引用了你局的评审意见，请确认是否可以公开。",
    )
    yield from desk.all_steps()
    if result is None:
        return
    yield world.later(2)
    answer = "同意公开。" if result == GateResult.AGREED else "评审意见涉及未公开的商务数据，不同意公开。"
    answer_gate(
        by=desk.clerk,
        gate=Gate.objects.get(pk=gate.pk),
        result=result,
        answered_on=clock.today(),
        answer=answer,
        document=world.numbers.next(world.houses["fagai"].plan, "函", clock.today().year),
    )
    if result == GateResult.AGREED and desk.fresh().state != State.PUBLISHED:
        yield world.later(1)
        publish(by=desk.house.holding(Role.DISCLOSURE_OFFICE)[0], record=desk.fresh())


def scheduled(world: World, days: int) -> Story:
    """Passed, to become public at a set time some days from now."""
    yield world.ago(6)
    desk = Desk(world, world.houses["xugou"], days)
    desk.draft(desk.family("announcement"))
    yield world.later(0)
    at = dt.datetime.combine(
        world.today + dt.timedelta(days=days), dt.time(9), timezone.get_default_timezone()
    )
    schedule(by=desk.clerk, record=desk.fresh(), at=at)
    yield from desk.all_steps()


def abandoned(world: World) -> Story:
    yield world.ago(33)
    desk = Desk(world, world.houses["qinghe"])
    desk.draft(desk.family("town_affairs"))
    yield world.later(2)
    abandon(by=desk.clerk, record=desk.fresh(), reason="与已公开的公示重复。")


def waiting_at(
    world: World, house: House, step: int, days: int, clerk: int = 0, forward: bool = False
) -> Story:
    """In review now: so many steps have passed, the next has been open since some days."""
    yield world.ago(days, 9)
    desk = Desk(world, house, clerk)
    desk.draft(some_text(house.plan, clock.today(), world.numbers, world.chance))
    yield world.later(0)
    desk.submit()
    for _ in range(step):
        yield world.later(0)
        desk.decide()
    if forward:
        review, by = desk.review()
        others = [one for one in who_may_take(review.version, Step(review.step)) if one.pk != by.pk]
        if others:
            yield world.later(0)
            forward_step(by=by, review=review, to=others[0], reason="本人外出培训，请代为审查。")


def returned_now(world: World, house: House, reason: str, days: int, clerk: int = 0) -> Story:
    """Back with its drafter."""
    yield world.ago(days, 9)
    desk = Desk(world, house, clerk)
    desk.draft(some_text(house.plan, clock.today(), world.numbers, world.chance))
    yield world.later(0)
    desk.submit()
    yield world.later(0)
    desk.send_back(reason)


def draft_with_findings(world: World, house: House, days: int) -> Story:
    """A draft in which the checks find a telephone number, a wrong word and a link that leads nowhere."""
    yield world.ago(days, 10)
    desk = Desk(world, house)
    text = desk.family("work_notice")
    found = (
        "<p>联系人：赵示范，手机13800138000。请按装好监测设备，并登录"
        '<a href="http://oa.local/notice">内部系统</a>下载表格。</p>'
    )
    desk.draft(text, body=text.facts["body"] + found)


def late_draft(world: World, house: House, clerk: int = 0, item: str = "") -> Story:
    """Made long ago and not handed in: past its day (REG.26)."""
    yield world.ago(3, 15)
    desk = Desk(world, house, clerk)
    text = desk.family("work_notice")
    desk.draft(text, _item(house, item), made_on=clock.today() - dt.timedelta(days=40))


def draft_due_soon(world: World, house: House, item: str) -> Story:
    """Made some weeks ago for an item of the checklist; a few days are left (REG.26)."""
    yield world.ago(1, 10)
    desk = Desk(world, house, 1)
    fulfilled = _item(house, item)
    code = "normative" if fulfilled is not None and fulfilled.kind == "normative_document" else "town_affairs"
    made = world.today
    while national().working_days_between(made, world.today) < _WORKED:
        made -= dt.timedelta(days=1)
    desk.draft(desk.family(code), fulfilled, made_on=made)


def _item(house: House, level1: str) -> ChecklistItem | None:
    if not level1:
        return None
    return ChecklistItem.objects.get(organ=house.organ, level1=level1, is_active=True)
