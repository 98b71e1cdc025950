"""A record goes out on its channels, once, whatever becomes of the server; publication never waits for it."""

from __future__ import annotations

import re
import threading
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.web.channels.going_out import days, later, only, opened, states
from tests.web.channels.servers import Wire
from tests.web.platform import House, published
from tests.web.portal.releasing import amended, public, withdrawn

from gongkai.web.audit.verifying import verify
from gongkai.web.channels.actions.choosing import choose_channels
from gongkai.web.channels.actions.deciding import give_up, record_done, send_again
from gongkai.web.channels.actions.sending import attempt, claim
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Channel, Release, ReleaseState
from gongkai.web.disclosure.actions.ending import repeal, undo_repeal, withdraw
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.errors import Invalid
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def test_a_published_record_is_sent_signed_and_once(town: House, receiver: Wire) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    for _ in range(3):
        deliver()
    release = only(record)
    assert release.state == ReleaseState.SENT
    assert release.address.startswith("https://sheng.example.cn/")
    assert release.published_on is not None
    ((key, sent),) = receiver.taken.items()
    assert key == str(release.key)
    assert len(sent) == 1
    assert sent[0]["title"] == record.title
    assert sent[0]["address"] == f"https://www.xugou.example.cn/o/beishan/records/{record.pk}/"
    assert "贯彻执行" in sent[0]["html"]
    assert verify().faults == []


def test_pictures_of_a_body_have_addresses_that_the_other_side_can_open(town: House, receiver: Wire) -> None:
    public(town)  # before the channel: from here on no version's id is its number
    opened(town, "webhook", receiver.address)
    record = public(town)
    deliver()
    ((sent,),) = receiver.taken.values()
    (address,) = re.findall(r'src="https://www.xugou.example.cn([^"]+)"', sent["html"])
    assert Client(headers={"host": "localhost"}).get(address).status_code == 200
    files = [one["address"].removeprefix("https://www.xugou.example.cn") for one in sent["attachments"]]
    assert [Client(headers={"host": "localhost"}).get(one).status_code for one in files] == [200]
    assert states(record) == [("publish", "sent")]


def test_nothing_goes_out_before_publication_or_without_being_wanted(town: House, receiver: Wire) -> None:
    from tests.web.platform import submitted

    opened(town, "webhook", receiver.address)
    opened(town, "gazette", takes="by_hand")
    submitted(town)
    deliver()
    assert Release.objects.count() == 0
    record = published(town)
    deliver()
    assert states(record) == [("publish", "sent")]


def test_opening_a_channel_does_not_send_the_records_of_years(town: House, receiver: Wire) -> None:
    record = published(town)
    opened(town, "webhook", receiver.address)
    repeal(by=town[Role.LEADER], record=record, on=record.made_on, basis="虚政发〔2026〕9号")
    deliver()
    assert Release.objects.count() == 0


def test_a_clerk_says_for_one_record_where_it_goes(town: House, receiver: Wire) -> None:
    from tests.web.platform import draft
    from tests.web.portal.releasing import let_out

    sent = opened(town, "webhook", receiver.address, name="甲", takes="by_hand")
    other = opened(town, "webhook", receiver.address, name="乙")
    record = draft(town)
    choose_channels(by=town[Role.CLERK], record=record, wanted=[sent.pk])
    let_out(town, record)
    deliver()
    assert list(Release.objects.values_list("channel", flat=True)) == [sent.pk]
    choose_channels(by=town[Role.CLERK], record=record, wanted=[sent.pk, other.pk])
    deliver()
    assert set(Release.objects.values_list("channel", "state")) == {(sent.pk, "sent"), (other.pk, "sent")}
    assert verify().faults == []


@pytest.mark.parametrize("mood", ["cut", "slow", "nonsense", "drip", "huge", 500, 502])
def test_where_the_answer_is_lost_the_receiver_is_asked_before_anything_is_sent_again(
    town: House, receiver: Wire, mood: Any
) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    receiver.moods.append(("/inbox", mood))
    deliver()
    assert states(record) == [("publish", "waiting")]
    days()
    assert states(record) == [("publish", "sent")]
    assert [len(sent) for sent in receiver.taken.values()] == [1]


@pytest.mark.parametrize("mood", [503, 429])
def test_a_server_that_is_busy_is_tried_again_later(town: House, receiver: Wire, mood: int) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    receiver.moods.append(("/inbox", mood))
    deliver()
    assert states(record) == [("publish", "waiting")]
    assert "暂时不能接收" in only(record).trouble_zh
    deliver()
    assert len(receiver.asked) == 1, "it waits before it asks again"
    days()
    assert states(record) == [("publish", "sent")]
    assert receiver.asked == [("POST", "/inbox")] * 2


def test_a_line_cut_before_the_request_was_taken_leads_to_one_sending(town: House, receiver: Wire) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    receiver.moods += [("/inbox", "cut_before"), ("/inbox", "cut_before")]
    deliver()
    days()
    assert states(record) == [("publish", "sent")]
    assert [len(sent) for sent in receiver.taken.values()] == [1]


def test_a_receiver_that_cannot_be_asked_leaves_it_to_a_person(town: House, receiver: Wire) -> None:
    receiver.can_be_asked = False
    opened(town, "webhook", receiver.address)
    record = published(town)
    receiver.moods.append(("/inbox", "cut"))
    deliver()
    days()
    release = only(record)
    assert release.state == ReleaseState.UNSURE
    assert "核对" in release.trouble_zh
    assert [len(sent) for sent in receiver.taken.values()] == [1]
    record_done(by=town[Role.CLERK], release=release, on=record.published_at.date())
    assert states(record) == [("publish", "recorded")]
    assert verify().faults == []


def test_a_server_that_is_down_ends_on_the_list_of_the_dead_and_can_be_tried_again(town: House) -> None:
    from tests.web.channels.conftest import SECRET
    from tests.web.channels.servers import Receiver, serving

    with serving(Receiver, SECRET) as gone:
        address = gone.address
    channel = opened(town, "webhook", address)
    record = published(town)
    for hours in range(0, 24 * 6, 2):
        later(hours)
    release = only(record)
    assert release.state == ReleaseState.DEAD
    assert "连接不上" in release.trouble_zh
    with serving(Receiver, SECRET) as wire:
        Channel.objects.filter(pk=channel.pk).update(settings={"address": f"{wire.address}/inbox"})
        send_again(by=town[Role.CLERK], release=release)
        later(24 * 6)
        assert states(record) == [("publish", "sent")]
        assert [len(sent) for sent in wire.taken.values()] == [1]


def test_what_the_receiver_refuses_is_not_sent_again_by_itself(town: House, receiver: Wire) -> None:
    receiver.fails_with = 422
    opened(town, "webhook", receiver.address)
    record = published(town)
    days()
    release = only(record)
    assert release.state == ReleaseState.DEAD
    assert "栏目不存在" in release.trouble_zh
    assert len(receiver.asked) == 1
    give_up(by=town[Role.CLERK], release=release, reason="对方系统已停用该栏目")
    assert states(record) == [("publish", "dropped")]


def test_a_server_that_does_not_answer_holds_nothing_up(town: House, receiver: Wire) -> None:
    """One question at most is asked of it in a round; records go on being published meanwhile."""
    opened(town, "webhook", receiver.address)
    records = [published(town, title=f"关于第{number}号事项的通知") for number in range(4)]
    receiver.moods += [("/inbox", "slow")] * 4
    begun = time.monotonic()
    deliver()
    assert time.monotonic() - begun < 3
    assert len(receiver.asked) == 1
    assert published(town, title="此时公开的通知").state == State.PUBLISHED
    days(20)
    assert {states(one)[-1] for one in records} == {("publish", "sent")}
    assert {len(sent) for sent in receiver.taken.values()} == {1}


def test_a_worker_killed_while_sending_does_not_send_twice(town: House, receiver: Wire) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    from gongkai.web.channels.actions.planning import follow
    from gongkai.web.channels.actions.sending import _tried
    from gongkai.web.channels.adapters.base import Course

    follow()
    release = claim()
    assert release is not None
    _tried(release, Course())  # sent; and here it is killed, before it could write that down
    assert claim() is None, "nobody else takes it as long as the lease holds"
    later(1)
    assert states(record) == [("publish", "sent")]
    assert [len(sent) for sent in receiver.taken.values()] == [1]


def test_withdrawal_repeal_and_a_new_version_are_told_to_those_who_had_it(
    town: House, receiver: Wire
) -> None:
    opened(town, "webhook", receiver.address)
    record = amended(town)
    deliver()
    repeal(by=town[Role.LEADER], record=fresh(record), on=record.made_on, basis="虚政发〔2026〕9号")
    deliver()
    undo_repeal(by=town[Role.LEADER], record=fresh(record), reason="标注有误")
    deliver()
    withdrawn(town, fresh(record))
    deliver()
    assert states(record) == [
        ("publish", "sent"), ("repeal", "sent"), ("update", "sent"), ("withdraw", "sent"),
    ]  # fmt: skip
    told = [sent[0] for sent in receiver.taken.values()]
    assert told[1]["repealed_by"] == "虚政发〔2026〕9号"
    assert told[3]["reason"] == "含有不应公开的个人信息"
    assert "html" not in told[3]
    assert told[3]["id"] == told[1]["id"] != ""
    assert verify().faults == []


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def test_what_is_withdrawn_before_it_is_sent_is_never_sent(town: House, receiver: Wire) -> None:
    opened(town, "webhook", receiver.address)
    record = public(town)
    from gongkai.web.channels.actions.planning import follow

    follow()
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=record, reason="含有不应公开的个人信息")
    release = claim()
    assert release is None, "the plan is behind, and nothing goes out all the same"
    deliver()
    assert states(record) == [("publish", "dropped")]
    assert receiver.asked == []
    assert verify().faults == []


def test_withdrawn_while_nobody_knows_whether_it_is_out_becomes_a_persons_task(
    town: House, receiver: Wire
) -> None:
    receiver.can_be_asked = False
    opened(town, "webhook", receiver.address)
    record = public(town)
    receiver.moods.append(("/inbox", "cut"))
    deliver()
    later(1)
    assert states(record) == [("publish", "unsure")]
    withdrawn(town, record)
    later(2)
    assert states(record) == [("publish", "unsure"), ("withdraw", "task")]


def test_notice_board_and_gazette_are_a_persons_task(town: House) -> None:
    opened(town, "notice_board")
    record = published(town)
    deliver()
    release = only(record)
    assert release.state == ReleaseState.TASK
    record_done(
        by=town[Role.CLERK], release=release, on=record.published_at.date(), place="北山镇便民服务中心公告栏"
    )
    release.refresh_from_db()
    assert (release.state, release.by) == (ReleaseState.RECORDED, town[Role.CLERK])
    withdrawn(town, fresh(record))
    deliver()
    assert states(record) == [("publish", "recorded"), ("withdraw", "task")]
    assert verify().faults == []


def test_an_inner_address_is_not_knocked_at(town: House, receiver: Wire, settings: Any) -> None:
    allowed, settings.CHANNEL_NETWORKS = settings.CHANNEL_NETWORKS, []
    with pytest.raises(Invalid, match="内部网络"):
        opened(town, "webhook", receiver.address)
    settings.CHANNEL_NETWORKS = allowed
    opened(town, "webhook", receiver.address)
    settings.CHANNEL_NETWORKS = []  # what was let in once is judged anew at each sending
    record = published(town)
    deliver()
    assert receiver.asked == []
    assert only(record).state == ReleaseState.DEAD
    assert "内部网络" in only(record).trouble_zh


def test_a_secret_under_another_key_is_told_of(town: House, receiver: Wire, settings: Any) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    settings.SECRET_KEY = "another-key-of-the-installation-" * 2
    deliver()
    assert only(record).state == ReleaseState.DEAD
    assert "重新填写" in only(record).trouble_zh


def test_no_secret_stands_in_the_database_or_in_the_log(town: House, receiver: Wire) -> None:
    from tests.web.channels.conftest import SECRET

    from gongkai.web.audit.models import Entry

    opened(town, "webhook", receiver.address)
    published(town)
    deliver()
    assert SECRET not in Channel.objects.get().secret
    assert not [one for one in Entry.objects.all() if SECRET in f"{one.before}{one.after}{one.why}"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_record_once(receiver: Wire) -> None:
    from tests.web.platform import district

    town = district().town
    opened(town, "webhook", receiver.address)
    records = [published(town, title=f"关于第{number}号事项的通知") for number in range(5)]
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(4):
                deliver()
                time.sleep(0.05)
        except BaseException as problem:  # noqa: BLE001 - told by the test below
            failed.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    deliver()
    assert failed == []
    assert [states(one) for one in records] == [[("publish", "sent")]] * 5
    assert [len(sent) for sent in receiver.taken.values()] == [1] * 5
    assert verify().faults == []


def test_an_attempt_in_which_our_own_program_fails_is_not_sent_again_blindly(
    town: House, receiver: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(town, "webhook", receiver.address)
    record = published(town)
    from gongkai.web.channels.actions.planning import follow

    follow()
    release = claim()
    assert release is not None
    with monkeypatch.context() as broken:
        broken.setattr("gongkai.web.channels.actions.sending.item_of", lambda _release: 1 / 0)
        assert attempt(release) == ReleaseState.WAITING
    assert only(record).is_lost
    later(1)
    assert states(record) == [("publish", "sent")]
