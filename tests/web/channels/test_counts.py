"""Made public in a year: once over the channels, and on each (LAW.md 2.7). Every figure has its records."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.channels.going_out import opened
from tests.web.channels.servers import Wire
from tests.web.platform import House, published
from tests.web.portal.releasing import withdrawn

from gongkai.web.channels.actions.deciding import record_elsewhere
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.kinds import columns
from gongkai.web.channels.models import Act, Channel, Release
from gongkai.web.channels.queries.counts import counted, records_of
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
CHANNELS = ("gazette", "notice_board", "press", "other", "wechat", "weibo", "webhook")


def test_the_same_record_on_three_channels_counts_once(town: House, receiver: Wire, weibo: Wire) -> None:
    opened(town, "webhook", receiver.address)
    opened(town, "weibo")
    board = opened(town, "notice_board", takes="by_hand")
    record = published(
        town,
        kind="normative_document",
        document_number="虚北政发〔2026〕1号",
        effective_on=dt.date(2026, 4, 1),
    )
    published(town, title="关于另一事项的通知")
    deliver()
    today = timezone.localdate()
    record_elsewhere(by=town[Role.CLERK], record=record, channel=board, on=today, place="便民服务中心")
    record_elsewhere(by=town[Role.CLERK], record=record, channel=board, on=today, place="文化站")
    found = counted(town.organ, today.year)
    assert found.as_contract() == {
        "published": 2,
        "normative_documents": 1,
        "by_channel": {"gazette": 0, "website": 2, "weibo": 2, "wechat": 0, "others": 2},
    }
    assert [one.pk for one in records_of(town.organ, today.year, "documents")] == [record.pk]


def test_what_is_withdrawn_is_told_and_not_counted(town: House) -> None:
    withdrawn(town)
    year = timezone.localdate().year
    once = counted(town.organ, year)["once"]
    assert once.value == 0
    assert [(fact.part, fact.amount) for fact in once.facts if not fact.counted] == [("withdrawn", 1)]
    assert len(records_of(town.organ, year, "withdrawn")) == 1


def test_a_year_to_come_has_no_figures(town: House) -> None:
    with pytest.raises(WorkError) as refused:
        counted(town.organ, timezone.localdate().year + 1)
    assert refused.value.code == "year_to_come"


@pytest.fixture
def out(town: House) -> tuple[House, list[Record], dict[str, Channel]]:
    """Three public records, and a channel of each kind, switched off so that nothing is sent."""
    records = [published(town, title=f"关于第{number}号事项的通知") for number in range(3)]
    now = timezone.now()
    channels = {
        kind: Channel.objects.create(
            organ=town.organ, kind=kind, name=kind, rule_since=now, opened_at=now, is_active=False
        )
        for kind in CHANNELS
    }
    return town, records, channels


acts = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(CHANNELS), st.integers(2023, 2026)), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts, st.lists(st.integers(2023, 2026), min_size=3, max_size=3))
def test_old_1_holds_for_every_year_and_facts_add_up(
    out: tuple[House, list[Record], dict[str, Channel]],
    there: list[tuple[int, str, int]],
    first: list[int],
) -> None:
    town, records, channels = out
    noon = dt.time(12, tzinfo=dt.UTC)
    for record, year in zip(records, first, strict=True):
        at = dt.datetime.combine(dt.date(year, 6, 1), noon)
        Record.objects.filter(pk=record.pk).update(first_published_at=at)
    start = Release.objects.count()
    for number, (index, kind, year) in enumerate(there):
        Release.objects.create(
            record=records[index], channel=channels[kind], version_id=records[index].published_id,
            sequence=start + number + 1, act=Act.PUBLISH, state="recorded", published_on=dt.date(year, 1, 1),
            planned_at=timezone.now(),
        )  # fmt: skip
    for year in range(2023, 2027):
        found = counted(town.organ, year)
        by_channel = [found[one.code].value for one in columns()]
        assert max(by_channel) <= found["once"].value <= sum(by_channel)
        for figure in found.figures.values():
            assert sum(fact.amount for fact in figure.facts if fact.counted) == figure.value
            for fact in figure.facts:
                assert len(records_of(town.organ, year, fact.part)) == fact.amount
