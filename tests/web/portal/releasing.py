"""Records brought to every state there is, each through the actions, with a file and a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from tests.web.platform import House, draft, entered, open_review, pass_once

from gongkai.web.disclosure.actions.attaching import attach_file, keep_images
from gongkai.web.disclosure.actions.drafting import abandon, revise_draft, start_version
from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.actions.publishing import schedule
from gongkai.web.disclosure.actions.reviewing import return_step, submit_for_review
from gongkai.web.disclosure.models import Record, ReviewPlan
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.organs.models import Role

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
FILE_NAME = "防汛物资清单（第一批）.csv"
BODY = '<p>各村（社区）：</p><p><img src="image:1" alt="示意图"></p>'
SECRET = "不该再看到的标题"


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def drafted(house: House, **facts: Any) -> Record:
    record = draft(house, **{"title": SECRET, "body": BODY, **facts})
    by = house[Role.CLERK]
    attach_file(by=by, record=record, content="名称,数量\n沙袋,500\n".encode(), name=FILE_NAME)
    picture = SimpleNamespace(name="image:1", media_type="image/png", content=PNG)
    keep_images(by=by, record=fresh(record), images=[picture])
    return fresh(record)


def in_review(house: House) -> Record:
    record = drafted(house)
    submit_for_review(by=house[Role.CLERK], record=record)
    return fresh(record)


def returned(house: House) -> Record:
    record = in_review(house)
    return_step(by=house[Role.UNIT_HEAD], review=open_review(record), reason="请核对数量")
    return fresh(record)


def let_out(house: House, record: Record) -> Record:
    submit_for_review(by=house[Role.CLERK], record=fresh(record))
    for _ in range(3):
        pass_once(house, record)
    return fresh(record)


def approved(house: House) -> Record:
    plan = ReviewPlan.objects.create(
        organ=house.organ,
        steps=[{"step": step, "days": 1} for step in ("unit_head", "secrecy_officer", "leader")],
        publish_on_passing=False,
    )
    entered(plan)
    return let_out(house, drafted(house))


def scheduled(house: House) -> Record:
    record = drafted(house)
    schedule(by=house[Role.CLERK], record=record, at=timezone.now() + dt.timedelta(days=1))
    return let_out(house, record)


def public(house: House, **facts: Any) -> Record:
    return let_out(house, drafted(house, **facts))


def being_amended(house: House) -> Record:
    record = public(house)
    start_version(by=house[Role.CLERK], record=record, change=ChangeKind.AMENDMENT, note="调整数量")
    return fresh(record)


def amended(house: House, **facts: Any) -> Record:
    record = being_amended(house)
    revise_draft(by=house[Role.CLERK], record=record, facts={"body": BODY + "<p>新增一段。</p>", **facts})
    return let_out(house, record)


def withdrawn(house: House, record: Record | None = None) -> Record:
    record = record or public(house)
    withdraw(by=house[Role.DISCLOSURE_OFFICE], record=record, reason="含有不应公开的个人信息")
    return fresh(record)


def withdrawn_after_two(house: House) -> Record:
    return withdrawn(house, amended(house))


def withdrawn_and_at_work(house: House) -> Record:
    record = withdrawn(house)
    start_version(by=house[Role.CLERK], record=record, change=ChangeKind.CORRECTION, note="删去个人信息")
    return fresh(record)


def public_again(house: House) -> Record:
    """Versions 1 and 2 public in turn, 2 withdrawn, 3 public."""
    record = withdrawn_after_two(house)
    start_version(by=house[Role.CLERK], record=record, change=ChangeKind.CORRECTION, note="删去个人信息")
    return let_out(house, record)


def abandoned(house: House) -> Record:
    record = drafted(house)
    abandon(by=house[Role.CLERK], record=record, reason="重复起草")
    return fresh(record)


State = Callable[[House], Record]
