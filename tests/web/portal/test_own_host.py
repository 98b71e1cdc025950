"""An organ with a host name of its own: the same pages at its root."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import page, words
from tests.web.platform import District, published
from tests.web.portal import releasing

from gongkai.web.portal.addresses import own_organ

pytestmark = pytest.mark.django_db
HOST = "xxgk.beishan.example.gov.cn"


@pytest.fixture
def own(district: District, settings: Any) -> Client:
    settings.ALLOWED_HOSTS = [HOST, "localhost", "other.example.gov.cn"]
    organ = district.town.organ
    organ.hostname = HOST
    organ.save()
    return Client(headers={"host": HOST})


def test_its_platform_page_stands_at_the_root(own: Client) -> None:
    said = words(own.get("/"))
    assert "虚构区北山镇人民政府" in said
    assert "政府信息公开指南" in said


def test_other_hosts_keep_their_start_page(own: Client, client: Client) -> None:
    assert "虚构区北山镇" not in words(client.get("/"))
    assert "虚构区北山镇" not in words(Client(headers={"host": "other.example.gov.cn"}).get("/"))


def test_every_link_leads_on_within_it(own: Client, district: District) -> None:
    record = releasing.amended(district.town)
    home = own.get("/")
    links = {one.attributes["href"] or "" for one in page(home).css("main a")}
    assert f"/records/{record.pk}/" in links
    assert not [one for one in links if one.startswith("/o/beishan")]
    seen = page(own.get(f"/records/{record.pk}/"))
    for one in seen.css("main a, main img, link[rel=stylesheet]"):
        address = (one.attributes.get("href") or one.attributes.get("src") or "").partition("#")[0]
        if address.startswith("/") and not address.startswith("/static/"):
            assert not address.startswith("/o/beishan"), address
            assert own.get(address).status_code == 200, address


def test_its_pages_are_also_where_everybodys_are(own: Client, client: Client, district: District) -> None:
    record = published(district.town)
    assert own.get(f"/o/beishan/records/{record.pk}/").status_code == 200
    assert client.get(f"/o/beishan/records/{record.pk}/").status_code == 200
    assert client.get(f"/records/{record.pk}/").status_code == 404


def test_no_other_organs_record_is_shown_as_its_own(own: Client, district: District) -> None:
    record = published(district.bureau, category="20.03")
    assert own.get(f"/records/{record.pk}/").status_code == 404


def test_a_link_to_another_organ_says_which(own: Client, district: District) -> None:
    token = own_organ.set("beishan")
    try:
        assert reverse("portal:organ", args=["beishan"]) == "/"
        assert reverse("portal:organ", args=["minzheng"]) == "/o/minzheng/"
        assert reverse("portal:record", args=["minzheng", 3]) == "/o/minzheng/records/3/"
    finally:
        own_organ.reset(token)
    assert reverse("portal:organ", args=["beishan"]) == "/o/beishan/"


def test_a_new_name_holds_at_once(own: Client, district: District) -> None:
    assert own.get("/").status_code == 200
    organ = district.town.organ
    organ.hostname = ""
    organ.save()
    assert "虚构区北山镇" not in words(own.get("/"))


def test_the_host_is_asked_for_once_a_minute(own: Client, django_assert_num_queries: Any) -> None:
    own.get("/")
    with django_assert_num_queries(2):
        own.get("/")


def test_a_missing_page_has_the_portals_face(own: Client, client: Client) -> None:
    assert own.get("/nothing/").status_code == 404
    assert "没有这个页面" in words(own.get("/nothing/"))
    tree = page(client.get("/o/nowhere/"))
    assert tree.css_first(".portal-places") is not None
    assert page(client.get("/nothing")).css_first(".portal-places") is None


def test_a_fault_of_ours_has_the_portals_face(own: Client, client: Client, monkeypatch: Any) -> None:
    from gongkai.web.portal import queries

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(queries, "organ_for_page", broken)
    client.raise_request_exception = False
    answer = client.get("/o/beishan/")
    assert answer.status_code == 500
    assert "程序出错" in words(answer)
    assert "disk" not in answer.content.decode()
    assert page(answer).css_first(".portal-places") is not None
