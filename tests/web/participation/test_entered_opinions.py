"""Opinions that come by letter, by e-mail or at a meeting are taken down and counted with the others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.web.conftest import page, words
from tests.web.participation.consulting import drafted, fresh, let_out, running
from tests.web.participation.test_consultations import DAY, later  # noqa: F401 - a fixture
from tests.web.platform import District, House, submit_answered
from tests.web.working import browser, fill

from gongkai.statute.catalogue import categories, genres, themes
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import close_due, draft_result, handle_opinion
from gongkai.web.participation.actions.opining import enter_opinion, look_at_sender, send_opinion
from gongkai.web.participation.models import Consultation, Opinion, Terms
from gongkai.web.participation.queries.consultations import opinion_channel_counts
from gongkai.web.participation.settled import described_as

pytestmark = pytest.mark.django_db
ROOM = "/work/participation/"


def entered(house: House, made: Consultation, channel: str = "letter", **facts: Any) -> Opinion:
    usual = {"received_on": clock.today(), "words": "来信建议：增设北山村口站。"}
    return enter_opinion(by=house[Role.CLERK], consultation=made, channel=channel, **{**usual, **facts})


def test_a_letter_is_counted_with_what_was_sent_online_and_its_giver_is_sealed(town: House) -> None:
    made = running(town)
    send_opinion(consultation=made, words="网上的意见")
    letter = entered(town, made, name="虚构来信人", contact="北山镇虚构路 1 号")
    entered(town, made, "meeting", words="座谈会上的意见")
    assert opinion_channel_counts(made) == {"online": 1, "letter": 1, "meeting": 1}
    letter.refresh_from_db()
    assert "虚构来信人" not in f"{letter.name}{letter.contact}"
    assert look_at_sender(by=town[Role.CLERK], opinion=letter) == ("虚构来信人", "北山镇虚构路 1 号")
    entry = Entry.objects.get(action="participation.opinion_entered", subject_id=str(letter.pk))
    assert (entry.actor_id, entry.after["channel"]) == (town[Role.CLERK].pk, "letter")
    told = " ".join(f"{one.before}{one.after}{one.why}" for one in Entry.objects.all())
    assert "虚构来信人" not in told
    assert "增设北山村口站" not in told
    assert verify().faults == []


def test_the_result_says_the_sum_of_each_way(town: House, later: Any) -> None:  # noqa: F811
    made = running(town)
    send_opinion(consultation=made, words="网上的意见")
    for channel in ("letter", "letter", "meeting"):
        entered(town, made, channel)
    later(15)
    close_due()
    for one in Opinion.objects.all():
        handle_opinion(by=town[Role.CLERK], opinion=one, adoption="adopted", gist="增设站点")
    draft_result(by=town[Role.CLERK], consultation=made)
    body = fresh(made).result.working.body
    assert "共收到意见4份（网上提交1份、来信2份、座谈会、听证会1份），其中采纳4份。" in body
    assert "来信建议" not in body


def test_what_came_in_time_may_be_taken_down_after_the_last_day_and_is_counted(
    town: House,
    later: Any,  # noqa: F811
) -> None:
    made = running(town)
    last = Terms.objects.get().closes_on
    send_opinion(consultation=made, words="网上的意见")
    later(16)
    close_due()
    entered(town, made, received_on=last)
    made.refresh_from_db()
    assert made.closed_count == 2
    with pytest.raises(Invalid) as refused:
        entered(town, made, received_on=last + DAY)
    assert refused.value.faults[0].code == "received_outside"
    facts = {"received_at": clock.now(), "words": "后门", "terms": Terms.objects.get()}
    clerk = town[Role.CLERK]
    for late in (
        {"received_on": last + DAY, "channel": "letter", "entered_by": clerk},
        {"received_on": last, "channel": "online"},
    ):
        with pytest.raises(DatabaseError, match="takes no more"), transaction.atomic():
            Opinion.objects.create(consultation=made, **facts, **late)
    for wrong in (1, 3):
        with pytest.raises(DatabaseError), transaction.atomic():
            Consultation.objects.update(closed_count=wrong)
    assert verify().faults == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"channel": "online"}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"words": " "}, "words"),
        ({"words": "长" * 5001}, "words"),
        ({"name": "长" * 61}, "name"),
        ({"received_on": None}, "received_on"),
        ({"received_on": dt.date(2020, 1, 1)}, "received_on"),
        ({"received_on": dt.date(2999, 1, 1)}, "received_on"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_at_its_field(
    town: House, facts: dict[str, Any], field: str
) -> None:
    made = running(town)
    with pytest.raises(Invalid) as refused:
        entered(town, made, **facts)
    assert [one.field for one in refused.value.faults] == [field]
    assert Opinion.objects.count() == 0


def test_nothing_is_entered_before_it_is_public_nor_once_its_result_is_in_review(
    town: House,
    later: Any,  # noqa: F811
) -> None:
    with pytest.raises(WorkError, match="没有公开"):
        entered(town, drafted(town))
    with pytest.raises(WorkError, match="网上调查"):
        entered(town, running(town, "survey", title="北山镇公交满意度调查"))
    made = running(town)
    last = made.all_terms.get().closes_on
    later(15)
    close_due()
    draft_result(by=town[Role.CLERK], consultation=made)
    opinion = entered(town, made, received_on=last)
    with pytest.raises(WorkError, match="还有 1 份意见"):
        draft_result(by=town[Role.CLERK], consultation=made)
    handle_opinion(by=town[Role.CLERK], opinion=opinion, adoption="adopted", gist="增设站点")
    result = draft_result(by=town[Role.CLERK], consultation=made)
    submit_answered(town[Role.CLERK], Record.objects.get(pk=result.pk))
    with pytest.raises(WorkError, match="正在审查"):
        entered(town, made, received_on=last)


def test_a_result_that_is_public_takes_no_further_opinion(town: House, later: Any) -> None:  # noqa: F811
    made = running(town)
    later(15)
    close_due()
    let_out(town, draft_result(by=town[Role.CLERK], consultation=made))
    with pytest.raises(WorkError, match="结果已经公布"):
        entered(town, made, received_on=made.all_terms.get().closes_on)


def test_others_enter_nothing(district: District) -> None:
    made = running(district.town)
    for house, role in (
        (district.town, Role.AUDITOR),
        (district.bureau, Role.CLERK),
        (district.government, Role.SUPERVISING_AUTHORITY),
    ):
        with pytest.raises(NotAllowed):
            enter_opinion(
                by=house[role], consultation=made, channel="letter", received_on=clock.today(), words="意见"
            )


def test_what_was_entered_is_never_changed(town: House) -> None:
    entered(town, running(town))
    for change in ({"channel": "visit"}, {"received_on": dt.date(2026, 1, 1)}, {"words": "改写"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Opinion.objects.update(**change)


def test_over_the_page_a_letter_is_entered_and_shown(town: House) -> None:
    made = running(town)
    client = browser(town[Role.CLERK])
    at = f"{ROOM}consultations/{made.pk}/"
    assert page(client.get(at)).css_first(f"a[href='{at}opinions/new/']") is not None
    empty = fill(client, f"{at}opinions/new/")
    assert empty.status_code == 422
    assert "请选择提交方式" in words(empty)
    done = fill(client, f"{at}opinions/new/", channel="letter", words="来信的意见", name="虚构来信人")
    assert done["Location"] == at
    shown = words(client.get(at))
    assert "来信的意见" in shown
    assert "来信" in shown
    assert "虚构来信人" not in shown
    opinion = Opinion.objects.get()
    told = words(client.get(f"{ROOM}opinions/{opinion.pk}/"))
    assert town[Role.CLERK].name in told


def test_an_announcement_and_its_result_have_theme_and_genre(town: House, later: Any) -> None:  # noqa: F811
    for kind in ("consultation", "consultation_result"):
        facts = described_as(kind)
        assert facts["category"] in {one.code for one in categories()}
        assert facts["theme"] in {one.code for one in themes()}
        assert facts["genre"] in {one.code for one in genres()}
    assert drafted(town).announcement.theme == described_as("consultation")["theme"]
    made = running(town, theme="07")
    assert (made.announcement.theme, made.announcement.genre) == ("07", "announcement")
    later(15)
    close_due()
    result = draft_result(by=town[Role.CLERK], consultation=made)
    assert (result.theme, result.genre, result.category) == ("07", "announcement", "20.15")
