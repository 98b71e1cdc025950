"""The pages on which channels are kept and what goes out is handled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.web.channels.conftest import SECRET
from tests.web.channels.going_out import opened, states
from tests.web.channels.servers import Wire
from tests.web.conftest import page, words
from tests.web.platform import District, House, draft, published
from tests.web.working import browser, shown

from gongkai.web.audit.verifying import verify
from gongkai.web.channels.actions.sending import belonging
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.kinds import opened_kinds
from gongkai.web.channels.models import Channel, Choice, Release, ReleaseState
from gongkai.web.config.sealing import unseal
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


def test_all_that_is_wrong_with_a_new_channel_is_told_at_once_and_its_secret_is_kept(town: House) -> None:
    office = browser(town[Role.DISCLOSURE_OFFICE])
    asked = "/work/channels/settings/open/?kind=webhook"
    wrong = {"name": "", "address": "ftp://a.cn", "takes": "chosen"}
    everything = fill(office, asked, **wrong, secret="short")
    for name in ("name", "address", "secret", "kinds"):
        assert page(everything).css_first(f"#id_{name}-error") is not None, name
    again = fill(office, asked, **wrong, secret=SECRET)
    assert page(again).css_first("#id_secret-error") is None
    assert SECRET not in again.content.decode()
    # Nothing of the secret is typed again.
    mended = {"name": "省平台", "address": "https://sheng.example.cn/in", "takes": "all"}
    assert office.post(asked, {**shown(again), **mended}).status_code == 302
    channel = Channel.objects.get()
    assert unseal(channel.secret, belonging(channel)) == SECRET


def test_a_secret_kept_in_a_form_serves_nobody_else(town: House, district: District) -> None:
    office = browser(town[Role.DISCLOSURE_OFFICE])
    asked = "/work/channels/settings/open/?kind=webhook"
    facts = {"address": "https://sheng.example.cn/in", "takes": "all"}
    kept = shown(fill(office, asked, name="", **facts, secret=SECRET))["kept"]
    assert kept
    other = browser(district.bureau[Role.DISCLOSURE_OFFICE])
    refused = fill(other, asked, name="乙", **facts, kept=kept)
    assert page(refused).css_first("#id_secret-error") is not None
    assert Channel.objects.count() == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8", "[::1]", "localhost", "169.254.169.254"])
def test_an_inner_network_is_refused_when_a_channel_is_saved(town: House, settings: Any, host: str) -> None:
    settings.CHANNEL_NETWORKS = []
    office = browser(town[Role.DISCLOSURE_OFFICE])
    asked = "/work/channels/settings/open/?kind=webhook"
    answer = fill(office, asked, name="甲", address=f"http://{host}:8748/", takes="all", secret=SECRET)
    assert "GONGKAI_CHANNEL_NETWORKS" in page(answer).css_first("#id_address-error").text()
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    if host == "127.0.0.1":
        again = {**shown(answer), "address": "http://127.0.0.1:8748/"}
        assert office.post(asked, again).status_code == 302


@pytest.mark.parametrize("code", [one.code for one in opened_kinds()])
def test_the_example_of_a_name_is_one_of_its_kind(town: House, code: str) -> None:
    office = browser(town[Role.DISCLOSURE_OFFICE])
    hints = page(office.get(f"/work/channels/settings/open/?kind={code}")).css_first("#id_name-hint").text()
    assert ("微信" in hints) == (code == "wechat")


def test_the_sheet_is_for_boards_alone_and_has_its_address_to_be_scanned(town: House, receiver: Wire) -> None:
    opened(town, "webhook", receiver.address)
    opened(town, "notice_board")
    published(town)
    deliver()
    clerk = browser(town[Role.CLERK])
    board = Release.objects.get(channel__kind="notice_board")
    sent = Release.objects.get(channel__kind="webhook")
    assert "打印张贴件" in words(clerk.get(f"/work/channels/releases/{board.pk}/"))
    assert "打印张贴件" not in words(clerk.get(f"/work/channels/releases/{sent.pk}/"))
    sheet = page(clerk.get(f"/work/channels/releases/{board.pk}/sheet/"))
    assert sheet.css_first(".sheet-scan svg path") is not None


def test_what_must_be_filled_in_is_not_called_optional(town: House, receiver: Wire) -> None:
    opened(town, "notice_board")
    record = published(town)
    deliver()
    clerk = browser(town[Role.CLERK])
    release = Release.objects.get()
    for address in (
        f"/work/channels/releases/{release.pk}/done/",
        f"/work/records/{record.pk}/channels/elsewhere/",
    ):
        label = page(clerk.get(address)).css_first("label[for=id_place]")
        assert "可不填" not in label.text(), address
    opened(town, "webhook", receiver.address)
    label = page(clerk.get(f"/work/records/{record.pk}/channels/elsewhere/")).css_first("label[for=id_place]")
    assert "可不填" in label.text()


def test_the_next_time_is_never_before_the_end_of_a_channels_rest(town: House, receiver: Wire) -> None:
    receiver.fails_with = 503
    channel = opened(town, "webhook", receiver.address)
    published(town)
    deliver()
    rest = timezone.now() + dt.timedelta(hours=30)
    Channel.objects.filter(pk=channel.pk).update(rests_until=rest)
    shown_page = words(browser(town[Role.CLERK]).get(f"/work/channels/releases/{Release.objects.get().pk}/"))
    assert timezone.localtime(rest).strftime("%Y-%m-%d %H:%M") in shown_page
