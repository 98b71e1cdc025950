"""A Weibo account: one post a record, found again in the timeline where the answer was lost."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.channels.going_out import days, only, opened, states
from tests.web.channels.servers import Wire
from tests.web.platform import House, published
from tests.web.portal.releasing import amended, withdrawn

from gongkai.web.audit.verifying import verify
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import ReleaseState
from gongkai.web.disclosure.models import Record

pytestmark = pytest.mark.django_db


def test_a_post_has_title_index_number_and_link_within_140_characters(town: House, weibo: Wire) -> None:
    opened(town, "weibo")
    record = published(town, title="关于印发《北山镇#防汛#工作方案》的通知" + "及有关事项的补充说明" * 12)
    deliver()
    (text,) = weibo.posts.values()
    assert len(text) <= 140
    assert "#" not in text
    assert f"索引号：{record.index_number}" in text
    assert text.endswith(f"/o/beishan/records/{record.pk}/")
    assert only(record).remote_id in weibo.posts


@pytest.mark.parametrize("mood", ["cut", "cut_before", "slow", "nonsense", "huge"])
def test_a_lost_answer_leads_to_one_post(town: House, weibo: Wire, mood: Any) -> None:
    opened(town, "weibo")
    record = published(town)
    weibo.moods.append(("share.json", mood))
    deliver()
    assert states(record) == [("publish", "waiting")]
    days()
    assert states(record) == [("publish", "sent")]
    assert len(weibo.posts) == 1
    assert only(record).remote_id in weibo.posts


def test_a_post_that_is_said_to_be_there_and_is_not_found_is_a_persons(town: House, weibo: Wire) -> None:
    weibo.fails_with = 20019
    opened(town, "weibo")
    record = published(town)
    deliver()
    weibo.fails_with = 0
    days()
    assert states(record) == [("publish", "unsure")]
    assert weibo.posts == {}


def test_an_authorisation_that_has_ended_is_told_of(town: House, weibo: Wire) -> None:
    opened(town, "weibo", secret="an-old-token")
    record = published(town)
    deliver()
    assert only(record).state == ReleaseState.DEAD
    assert "重新授权" in only(record).trouble_zh
    assert "an-old-token" not in only(record).trouble_zh


def test_too_many_posts_wait_an_hour(town: House, weibo: Wire) -> None:
    weibo.fails_with = 20016
    opened(town, "weibo")
    record = published(town)
    deliver()
    release = only(record)
    assert release.state == ReleaseState.WAITING
    assert (release.next_try_at - release.planned_at).total_seconds() >= 3500
    weibo.fails_with = 0
    days(3)
    assert states(record) == [("publish", "sent")]


def test_a_withdrawn_record_is_deleted_once_and_its_absence_is_no_fault(town: House, weibo: Wire) -> None:
    opened(town, "weibo")
    record = amended(town)
    deliver()
    withdrawn(town, Record.objects.get(pk=record.pk))
    weibo.moods.append(("destroy.json", "cut"))
    deliver()
    days()
    assert states(record) == [("publish", "sent"), ("withdraw", "sent")]
    assert weibo.posts == {}
    assert verify().faults == []
