"""Consultations and reports brought to where a test needs them, each through the actions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.web.platform import House, open_review, submit_answered

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.reviewing import pass_step
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import draft_consultation
from gongkai.web.participation.actions.feedback import report_error
from gongkai.web.participation.models import Consultation, ErrorReport

QUESTIONS = """【单选*】您多久乘坐一次公交车？
每天
每周
很少

【多选】您希望改进什么？
班次
线路
站点

【数字】您家到最近的站点有多少米？

【文字】您还有什么建议？"""


def fresh(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_related(
        "organ", "unit", "announcement__published", "announcement__working", "result__working"
    ).get(pk=consultation.pk)


def drafted(house: House, form: str = "opinions", **facts: Any) -> Consultation:
    today = clock.today()
    usual = {
        "title": "关于《北山镇公交线路调整方案（征求意见稿）》公开征求意见的公告",
        "opens_on": today,
        "closes_on": today + dt.timedelta(days=14),
        "words": "为了方便群众出行，我镇拟调整公交线路。\n现向社会公开征求意见。",
        "questions": QUESTIONS if form == "survey" else "",
        "unit": house.affairs,
    }
    return draft_consultation(by=house[Role.CLERK], organ=house.organ, form=form, **{**usual, **facts})


def let_out(house: House, record: Record) -> Record:
    """Through the whole review."""
    record = Record.objects.get(pk=record.pk)
    submit_answered(house[Role.CLERK], record)
    for _ in range(3):
        review = open_review(record)
        pass_step(by=house[Role(review.step)], review=review, seen=review.version.content_digest)
    return Record.objects.get(pk=record.pk)


def running(house: House, form: str = "opinions", **facts: Any) -> Consultation:
    made = drafted(house, form, **facts)
    let_out(house, made.announcement)
    return fresh(made)


def reported(record: Record, kind: str = "wrong", **facts: Any) -> tuple[ErrorReport, str]:
    usual = {"words": "第二段的电话少了一位。", "contact": "13800000000"}
    return report_error(record=record, kind=kind, **{**usual, **facts})
