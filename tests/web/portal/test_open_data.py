"""The catalogue as data: csv, json, Atom, sitemap, JSON-LD; all of it what the lists show."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from tests.web.conftest import page
from tests.web.platform import District, House, draft, published
from tests.web.portal import releasing
from tests.web.portal.reporting import archived

from gongkai.web.disclosure.actions.ending import repeal
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import LinkKind, Record
from gongkai.web.organs.models import Role
from gongkai.web.portal.catalogue_file import FIELDS

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    content = (
        b"".join(answer.streaming_content) if isinstance(answer, StreamingHttpResponse) else answer.content
    )
    return content.decode("utf-8-sig")


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said(client, f"/o/beishan/catalogue.csv{query}"))))


def test_csv_and_json_hold_what_the_list_shows(client: Client, town: House) -> None:
    record = releasing.public(town, title="防汛方案", document_number="北政发〔2026〕3号")
    releasing.drafted(town)
    releasing.withdrawn(town)
    found = rows(client)
    assert [one["title"] for one in found] == ["防汛方案"]
    assert found[0]["index_number"] == record.index_number
    assert found[0]["attachments"] == "1"
    assert found[0]["validity"] == "in_force"
    assert client.get(found[0]["url"].removeprefix("http://localhost")).status_code == 200
    data = json.loads(said(client, "/o/beishan/catalogue.json"))
    assert set(data["fields"]) == {one.name for one in FIELDS}
    assert {name: "" if value is None else str(value) for name, value in data["records"][0].items()} == found[
        0
    ]


def test_the_filters_of_the_page_hold_for_its_data(client: Client, town: House) -> None:
    published(town, title="防汛", category="20.12")
    published(town, title="规划", kind="plan", category="20.03")
    published(town, title="保密审查制度", kind="own_rules", category="")
    for query in ("", "?category=20.12", "?kind=plan", "?column=rules", "?q=防汛", "?validity=expired"):
        listed = [one.text() for one in page(client.get(f"/o/beishan/{query}")).css(".entries tbody th a")]
        assert [one["title"] for one in rows(client, query)] == listed, query


def test_no_cell_is_taken_for_a_formula(client: Client, town: House) -> None:
    for title in ("=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "－1", "\t=1"):
        record = draft(town, title="普通标题")
        Record.objects.filter(pk=record.pk).update(title=title)
        record.working.title = title
        record.working.save()
        releasing.let_out(town, record)
    for one in rows(client):
        assert one["title"].startswith("'") or one["title"][0] not in "=+-@－\t"


def test_a_long_catalogue_comes_whole_and_once(client: Client, town: House, monkeypatch: Any) -> None:
    monkeypatch.setattr("gongkai.web.portal.catalogue_file.AT_ONCE", 3)
    titles = [f"第{number}号" for number in range(10)]
    for title in titles:
        published(town, title=title)
    assert [one["title"] for one in rows(client)] == titles[::-1]
    assert len(json.loads(said(client, "/o/beishan/catalogue.json"))["records"]) == 10


def test_the_feed_tells_of_the_newest_and_can_be_parsed(client: Client, town: House) -> None:
    published(town, title="甲<b>&\u0001乙")
    tree = ElementTree.fromstring(said(client, "/o/beishan/feed.atom"))
    entry = tree.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "甲<b>&乙"
    assert tree.findtext(f"{ATOM}id")
    assert dt.datetime.fromisoformat(tree.findtext(f"{ATOM}updated") or "").tzinfo is not None
    narrowed = ElementTree.fromstring(said(client, "/o/beishan/feed.atom?category=20.03"))
    assert narrowed.find(f"{ATOM}entry") is None


def test_a_repeal_a_withdrawal_and_news_show_at_once_to_whoever_has_it(client: Client, town: House) -> None:
    record = releasing.public(town, title="会被撤回的")
    addresses = [f"/o/beishan/{one}" for one in ("catalogue.csv", "catalogue.json", "feed.atom", "")]
    marks = {one: client.get(one).headers["ETag"] for one in addresses}
    for one, mark in marks.items():
        assert client.get(one, headers={"if-none-match": mark}).status_code == 304, one
    repeal(by=town[Role.UNIT_HEAD], record=record, on=dt.date(2026, 4, 1), basis="北政发〔2026〕9号")
    for one, mark in marks.items():
        answer = client.get(one, headers={"if-none-match": mark})
        assert (answer.status_code, answer.headers["ETag"] != mark) == (200, True), one
        marks[one] = answer.headers["ETag"]
    assert rows(client)[0]["validity"] == "repealed"
    releasing.withdrawn(town, releasing.fresh(record))
    for one, mark in marks.items():
        answer = client.get(one, headers={"if-none-match": mark})
        assert answer.status_code == 200, one
        if not answer.streaming:
            assert "会被撤回的" not in answer.content.decode()
    assert rows(client) == []


def test_the_sitemap_names_each_public_page_once(
    client: Client, district: District, monkeypatch: Any
) -> None:
    monkeypatch.setattr("gongkai.web.portal.views.sites.PART", 3)
    public = [published(district.town), published(district.bureau, category="20.03")]
    releasing.drafted(district.town)
    public.append(archived(district.town, 2024))
    releasing.withdrawn(district.town)
    index = ElementTree.fromstring(said(client, "/sitemap.xml"))
    parts = [one.text or "" for one in index.iter(f"{SITE}loc")]
    found: list[str] = []
    for part in parts:
        tree = ElementTree.fromstring(said(client, part.removeprefix("http://localhost")))
        here = [one.text or "" for one in tree.iter(f"{SITE}loc")]
        found += here
    assert len(found) == len(set(found))
    for record in public:
        assert f"http://localhost/o/{record.organ.code}/records/{record.pk}/" in found
    assert len([one for one in found if "/records/" in one]) == len(public)
    for one in found:
        assert client.get(one.removeprefix("http://localhost")).status_code == 200, one
    assert client.get(f"/sitemap-{len(parts)}.xml").status_code == 404  # the first part is the pages
    assert "Sitemap: http://localhost/sitemap.xml" in said(client, "/robots.txt")


def test_an_organs_own_host_has_a_sitemap_of_its_own(district: District, settings: Any) -> None:
    host = "xxgk.beishan.example.gov.cn"
    settings.ALLOWED_HOSTS = [host, "localhost"]
    district.town.organ.hostname = host
    district.town.organ.save()
    mine, other = published(district.town), published(district.bureau, category="20.03")
    told = said(Client(headers={"host": host}), "/sitemap-1.xml")
    assert f"http://{host}/records/{mine.pk}/" in told
    assert f"/records/{other.pk}/" not in told
    everywhere = said(Client(headers={"host": "localhost"}), "/sitemap-1.xml")
    assert f"http://{host}/records/{mine.pk}/" in everywhere
    tree = page(Client(headers={"host": "localhost"}).get(f"/o/beishan/records/{mine.pk}/"))
    assert tree.css_first("link[rel=canonical]").attributes["href"] == f"http://{host}/records/{mine.pk}/"  # type: ignore[union-attr]


def described(client: Client, address: str) -> dict[str, Any]:
    block = page(client.get(address)).css_first('script[type="application/ld+json"]')
    assert block is not None
    found: dict[str, Any] = json.loads(block.text())
    return found


def test_machines_are_told_what_a_record_is(client: Client, town: House) -> None:
    from gongkai.web.disclosure.actions.linking import link

    facts = {"document_number": "北政发〔2026〕3号", "effective_on": "2026-04-01", "theme": "06"}
    policy = published(town, kind="normative_document", category="20.01", **facts)
    spoken = draft(town, kind="interpretation", title="解读", category="20.01")
    link(by=town[Role.CLERK], record=spoken, target=policy, kind=LinkKind.INTERPRETS)
    spoken = releasing.let_out(town, spoken)
    law = described(client, f"/o/beishan/records/{policy.pk}/")
    assert (law["@type"], law["legislationIdentifier"]) == ("Legislation", "北政发〔2026〕3号")
    assert law["legislationLegalForce"].startswith("https://schema.org/")
    assert described(client, f"/o/beishan/records/{spoken.pk}/")["about"][0]["name"] == policy.title
    guide = published(town, kind="guide", title="指南", category="")
    assert described(client, f"/o/beishan/records/{guide.pk}/")["@type"] == "GovernmentService"
    organ = described(client, "/o/beishan/")
    assert organ["@type"] == "GovernmentOrganization"
    for file in organ["subjectOf"]["distribution"]:
        assert client.get(file["contentUrl"].removeprefix("http://localhost")).status_code == 200


def test_every_field_is_told_of_on_a_page(client: Client, town: House) -> None:
    tree = page(client.get("/o/beishan/open-data/"))
    assert [one.text() for one in tree.css("tbody th code")] == [one.name for one in FIELDS]


def interpreting(town: House, policy: Record, title: str) -> Record:
    record = draft(town, title=title, kind="interpretation")
    link(by=town[Role.CLERK], record=record, target=policy, kind=LinkKind.INTERPRETS)
    return record


def test_the_catalogue_names_files_and_what_a_record_is_joined_with(client: Client, town: House) -> None:
    policy = releasing.public(town, title="办法")
    releasing.let_out(town, interpreting(town, policy, "办法解读"))
    by_title = {one["title"]: one for one in rows(client)}
    assert by_title["办法解读"]["relations"] == f"interprets {by_title['办法']['url']}"
    assert by_title["办法"]["relations"] == f"interpreted_by {by_title['办法解读']['url']}"
    address = by_title["办法"]["attachment_urls"]
    file = page(client.get(by_title["办法"]["url"].removeprefix("http://localhost"))).css(
        ".attachment-list a"
    )
    assert [address] == [f"http://localhost{one.attributes['href']}" for one in file]
    assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_the_catalogue_is_silent_about_what_is_not_public(client: Client, town: House) -> None:
    policy = releasing.public(town, title="办法")
    interpreting(town, policy, "还是草稿的解读")
    out = releasing.let_out(town, interpreting(town, policy, "会被撤回的解读"))
    assert any(one["relations"] for one in rows(client))
    releasing.withdrawn(town, out)
    assert [one["relations"] for one in rows(client)] == [""]


def test_a_repeal_is_told_from_both_sides(client: Client, town: House) -> None:
    old, new = published(town, title="旧办法"), published(town, title="新办法")
    repeal(by=town[Role.UNIT_HEAD], record=old, on=dt.date(2026, 4, 1), basis="新办法", source=new)
    found = {one["title"]: one["relations"].partition(" ")[0] for one in rows(client)}
    assert found == {"新办法": "repeals", "旧办法": "repealed_by"}


def test_all_catalogues_come_in_one_file_with_the_same_filters(client: Client, district: District) -> None:
    published(district.town, title="镇里的", category="20.12")
    published(district.bureau, title="局里的", category="20.03")
    whole = list(csv.DictReader(io.StringIO(said(client, "/o/catalogue.csv"))))
    assert {(one["organ"], one["title"]) for one in whole} == {
        (district.town.organ.code, "镇里的"),
        (district.bureau.organ.code, "局里的"),
    }
    narrowed = json.loads(said(client, "/o/catalogue.json?category=20.12"))
    assert [one["title"] for one in narrowed["records"]] == ["镇里的"]
    assert set(narrowed["fields"]) == {one.name for one in FIELDS}
    assert client.get("/o/catalogue.xml").status_code == 404


def test_machines_find_every_organ_and_its_data(client: Client, district: District) -> None:
    names = [one["name"] for one in json.loads(said(client, "/o/organs.json"))["organs"]]
    shown = [one.text() for one in page(client.get("/o/")).css(".directory li a")]
    assert sorted(names) == sorted(shown)
    for one in csv.DictReader(io.StringIO(said(client, "/o/organs.csv"))):
        for name in ("url", "catalogue_csv", "catalogue_json", "feed"):
            assert client.get(one[name].removeprefix("http://localhost")).status_code == 200, name
    mark = client.get("/o/organs.json").headers["ETag"]
    assert client.get("/o/organs.json", headers={"if-none-match": mark}).status_code == 304


def test_whoever_asks_for_an_icon_gets_one(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")


def test_the_sitemap_names_the_pages_of_consultations_and_of_data(client: Client, town: House) -> None:
    told = said(client, "/sitemap-pages.xml")
    for place in ("consultations/", "open-data/", "documents/"):
        assert f"<loc>http://localhost/o/beishan/{place}</loc>" in told
        assert client.get(f"/o/beishan/{place}").status_code == 200
