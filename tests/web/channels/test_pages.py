"""The pages on which channels are kept and what goes out is handled."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.channels.conftest import SECRET
from tests.web.channels.going_out import opened, states
from tests.web.channels.servers import Wire
from tests.web.conftest import page, words
from tests.web.platform import District, House, draft, published
from tests.web.working import browser, shown

from gongkai.web.audit.verifying import verify
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Channel, Choice, Release, ReleaseState
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def fill(client: Client, page_of_form: str, /, **changed: Any) -> HttpResponse:
    """Open a page, change fields of its form, send it."""
    response = client.get(page_of_form)
    assert response.status_code == 200, page_of_form
    return client.post(page_of_form, {**shown(response), **changed})


def test_the_office_opens_changes_and_closes_a_channel_and_never_reads_its_secret(town: House) -> None:
    office = browser(town[Role.DISCLOSURE_OFFICE])
    assert "政务微信公众号" in words(office.get("/work/channels/settings/open/"))
    address = "/work/channels/settings/open/?kind=webhook"
    facts = {"name": "省平台", "address": "https://sheng.example.cn/in", "takes": "all"}
    refused = fill(office, address, **facts, secret="short")
    assert "至少 16 位" in words(refused)
    assert fill(office, address, **facts, secret=SECRET).status_code == 302
    channel = Channel.objects.get()
    assert (channel.name, channel.takes, channel.settings) == ("省平台", "all", {"address": facts["address"]})
    seen = office.get(f"/work/channels/settings/{channel.pk}/").content.decode()
    assert SECRET not in seen
    assert channel.secret not in seen
    changed = fill(
        office, f"/work/channels/settings/{channel.pk}/", name="省政府信息公开平台", takes="by_hand"
    )
    assert changed.status_code == 302
    sealed, channel = channel.secret, Channel.objects.get()
    assert (channel.name, channel.secret) == ("省政府信息公开平台", sealed)
    assert fill(office, f"/work/channels/settings/{channel.pk}/switch/", reason="平台停用").status_code == 302
    assert "已停用" in words(office.get("/work/channels/settings/"))
    assert verify().faults == []


@pytest.mark.parametrize(
    "address", ["ftp://a.cn", "https://", "https://u:p@a.cn/", "javascript:alert(1)", ""]
)
def test_an_address_that_is_none_is_refused_at_its_field(town: House, address: str) -> None:
    office = browser(town[Role.DISCLOSURE_OFFICE])
    asked = "/work/channels/settings/open/?kind=webhook"
    answer = fill(office, asked, name="甲", address=address, takes="all", secret=SECRET)
    assert page(answer).css_first("#id_address-error") is not None
    assert Channel.objects.count() == 0


def test_a_clerk_chooses_channels_before_publication(town: House, receiver: Wire) -> None:
    channel = opened(town, "webhook", receiver.address, takes="by_hand")
    record = draft(town)
    clerk = browser(town[Role.CLERK])
    address = f"/work/records/{record.pk}/channels/"
    assert "始终公开" in words(clerk.get(address))
    assert fill(clerk, address, wanted=str(channel.pk)).status_code == 302
    assert Choice.objects.get().is_wanted
    assert f'href="{address}"' in clerk.get(f"/work/records/{record.pk}/").content.decode()


def test_what_did_not_come_out_stands_on_today_and_is_sent_again_by_a_button(
    town: House, receiver: Wire, django_assert_max_num_queries: Any
) -> None:
    receiver.fails_with = 403
    opened(town, "webhook", receiver.address)
    record = published(town)
    deliver()
    clerk = browser(town[Role.CLERK])
    today = clerk.get("/work/")
    release = Release.objects.get()
    assert f"/work/channels/releases/{release.pk}/" in today.content.decode()
    assert "未发出" in words(today)
    with django_assert_max_num_queries(MOST_QUERIES):
        listed = clerk.get("/work/channels/")
    assert "拒收" in words(listed)
    with django_assert_max_num_queries(MOST_QUERIES):
        seen = clerk.get(f"/work/channels/releases/{release.pk}/")
    assert "再发" in words(seen)
    receiver.fails_with = 0
    assert clerk.post(f"/work/channels/releases/{release.pk}/again/").status_code == 302
    deliver()
    assert states(record) == [("publish", "sent")]
    assert "未发出" not in words(clerk.get("/work/"))
    with django_assert_max_num_queries(MOST_QUERIES):
        of_record = clerk.get(f"/work/records/{record.pk}/channels/")
    assert "已发送" in words(of_record)


def test_a_notice_is_put_up_entered_and_printed(town: House) -> None:
    opened(town, "notice_board")
    record = published(town)
    deliver()
    clerk = browser(town[Role.CLERK])
    release = Release.objects.get()
    sheet = words(clerk.get(f"/work/channels/releases/{release.pk}/sheet/"))
    assert record.title in sheet
    assert f"/records/{record.pk}/" in sheet
    address = f"/work/channels/releases/{release.pk}/done/"
    assert "请填写张贴地点" in words(fill(clerk, address))
    assert fill(clerk, address, place="便民服务中心公告栏").status_code == 302
    release.refresh_from_db()
    assert release.state == ReleaseState.RECORDED
    figures = words(clerk.get("/work/channels/figures/?part=others"))
    assert record.title in figures


def test_giving_up_needs_a_reason(town: House) -> None:
    opened(town, "gazette")
    record = published(town)
    deliver()
    clerk = browser(town[Role.CLERK])
    release = Release.objects.get()
    address = f"/work/channels/releases/{release.pk}/give-up/"
    assert "须写明理由" in words(fill(clerk, address, reason=" "))
    assert fill(clerk, address, reason="本期公报不刊登").status_code == 302
    assert states(record) == [("publish", "dropped")]


def test_what_was_done_elsewhere_is_entered_by_hand(town: House) -> None:
    channel = opened(town, "press", takes="by_hand")
    record = published(town)
    clerk = browser(town[Role.CLERK])
    address = f"/work/records/{record.pk}/channels/elsewhere/"
    facts = {"channel": str(channel.pk), "place": "虚构日报第 2 版"}
    assert "晚于今天" in words(fill(clerk, address, **facts, on="2999-01-01"))
    assert fill(clerk, address, **facts).status_code == 302
    assert "虚构日报第 2 版" in words(clerk.get(f"/work/records/{record.pk}/channels/"))


def test_people_of_another_organ_see_and_do_nothing(district: District, receiver: Wire) -> None:
    receiver.fails_with = 403
    channel = opened(district.town, "webhook", receiver.address)
    published(district.town)
    deliver()
    release = Release.objects.get()
    for role in (Role.CLERK, Role.DISCLOSURE_OFFICE, Role.ADMINISTRATOR):
        other = browser(district.bureau[role])
        assert other.get(f"/work/channels/releases/{release.pk}/").status_code == 404
        assert other.post(f"/work/channels/releases/{release.pk}/again/").status_code == 404
        assert other.get(f"/work/channels/settings/{channel.pk}/").status_code in (403, 404)
    auditor = browser(district.town[Role.AUDITOR])
    assert auditor.get(f"/work/channels/releases/{release.pk}/").status_code == 200
    assert auditor.post(f"/work/channels/releases/{release.pk}/again/").status_code == 403
    assert browser(district.town[Role.CLERK]).get("/work/channels/settings/").status_code == 403


def test_pages_speak_english_when_asked(town: House) -> None:
    opened(town, "gazette")
    office = browser(town[Role.DISCLOSURE_OFFICE])
    assert office.get("/work/channels/?lang=en").status_code == 200
