"""A record's page: metadata, validity, versions, relations, citation; and no hostile line in it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from tests.web.conftest import page, words
from tests.web.platform import House, draft, published
from tests.web.portal import releasing
from tests.web.portal.test_bodies import FRAME

from gongkai.documents.publishing.markup import VOCABULARY
from gongkai.web.disclosure.actions.aftermath import Decision
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.models import Record, Version
from gongkai.web.organs.models import Role
from gongkai.web.portal.bodies import public_body

DB = pytest.mark.django_db


def metadata(client: Client, record: Record) -> dict[str, str]:
    tree = page(client.get(f"/o/beishan/records/{record.pk}/"))
    return {
        one.css_first("dt").text(strip=True): " ".join(one.css_first("dd").text(separator=" ").split())  # type: ignore[union-attr]
        for one in tree.css(".metadata .fact")
    }


@DB
def test_the_box_says_what_the_catalogue_must(client: Client, town: House) -> None:
    record = published(town, document_number="北政发〔2026〕3号", joint_organs="虚构区水利局")
    facts = metadata(client, record)
    assert list(facts)[:8] == [
        "索引号",
        "主题分类",
        "发文机关",
        "成文日期",
        "标题",
        "发文字号",
        "发布日期",
        "有效性",
    ]
    assert facts["索引号"] == record.index_number
    assert facts["发文机关"] == "虚构区北山镇人民政府、虚构区水利局"
    assert facts["成文日期"] == "2026年3月2日"
    assert facts["发文字号"] == "北政发〔2026〕3号"
    assert facts["有效性"] == "有效"
    assert facts["内容概述"].startswith("印发北山镇")


@DB
def test_a_repealed_one_says_so_above_all_with_a_link(client: Client, town: House) -> None:
    old = published(town, title="旧办法")
    new = draft(town, title="新办法", document_number="北政发〔2026〕9号", effective_on=dt.date(2026, 4, 1))
    link(by=town[Role.CLERK], record=new, target=old, kind="repeals")
    releasing.let_out(town, new)
    tree = page(client.get(f"/o/beishan/records/{old.pk}/"))
    band = tree.css_first(".state-band")
    assert band is not None
    assert "本文件已被北政发〔2026〕9号废止，自2026年4月1日起不再施行。" in band.text()
    by = band.css_first("a")
    assert by is not None
    assert by.attributes["href"] == f"/o/beishan/records/{new.pk}/"
    assert metadata(client, old)["有效性"] == "废止"
    assert "旧办法" in words(client.get(f"/o/beishan/records/{new.pk}/"))


@DB
def test_a_repeal_still_to_come_is_announced(client: Client, town: House) -> None:
    record = published(town)
    on = timezone.localdate() + dt.timedelta(days=30)
    repeal(by=town[Role.UNIT_HEAD], record=record, on=on, basis="清理决定")
    said = words(client.get(f"/o/beishan/records/{record.pk}/"))
    assert "本文件将被清理决定废止" in said
    assert metadata(client, record)["有效性"] == "有效"


@DB
def test_what_repeals_is_not_linked_when_it_is_gone(client: Client, town: House) -> None:
    old, new = published(town, title="旧办法"), published(town, title="新办法")
    repeal(by=town[Role.UNIT_HEAD], record=old, on=dt.date(2026, 4, 1), basis="清理决定", source=new)
    decisions = {old.pk: Decision("keep", "清理决定")}
    withdraw(by=town[Role.LEADER], record=releasing.fresh(new), reason="附件有误", decisions=decisions)
    band = page(client.get(f"/o/beishan/records/{old.pk}/")).css_first(".state-band")
    assert band is not None
    assert "清理决定" in band.text()
    assert band.css("a") == []


@DB
def test_an_amended_one_names_what_amends_it(client: Client, town: House) -> None:
    old = published(town, title="旧办法")
    new = draft(town, title="修改决定", document_number="北政发〔2026〕9号")
    link(by=town[Role.CLERK], record=new, target=old, kind="amends")
    releasing.let_out(town, new)
    assert "已被北政发〔2026〕9号修改" in words(client.get(f"/o/beishan/records/{old.pk}/"))


@DB
def test_validity_follows_the_calendar_without_the_nights_work(client: Client, town: House) -> None:
    record = published(town, expires_on=timezone.localdate() - dt.timedelta(days=1))
    Record.objects.filter(pk=record.pk).update(validity="in_force")  # as it stood the day before
    assert Record.objects.get(pk=record.pk).validity == "in_force"
    assert metadata(client, record)["有效性"] == "失效"


@DB
def test_versions_show_what_has_changed(client: Client, town: House) -> None:
    record = releasing.amended(
        town, title="改过的标题", body="<p>各村（社区）：</p><p>自2026年5月起施行。</p>"
    )
    now = page(client.get(f"/o/beishan/records/{record.pk}/"))
    rows = [" ".join(one.text(separator=" ").split()) for one in now.css(".version-list li")]
    assert rows[0].startswith("第 2 版 现在的版本")
    assert "内容修改：调整数量" in rows[0]
    assert rows[1].startswith("第 1 版")
    changes = now.css_first(".version-list a[href$='#changes']")
    assert changes is not None
    then = page(client.get((changes.attributes["href"] or "").partition("#")[0]))
    assert "这是第 1 版" in (then.css_first(".state-band") or then.body).text()  # type: ignore[union-attr]
    assert [one.text(strip=True) for one in then.css(".difference ins")][1:] == [
        "改过的标题",
        "自2026年5月起施行。",
    ]
    assert then.css_first("img[alt=示意图]") is not None


@DB
def test_it_can_be_cited_and_read_by_machines(client: Client, town: House) -> None:
    record = published(town, title="关于</script><script>alert(1)</script>的通知")
    tree = page(client.get(f"/o/beishan/records/{record.pk}/"))
    cited = tree.css_first("#citation")
    assert cited is not None
    assert record.index_number in cited.text()
    assert f"http://localhost/o/beishan/records/{record.pk}/" in cited.text()
    block = tree.css_first('script[type="application/ld+json"]')
    assert block is not None
    said = json.loads(block.text())
    assert said["name"] == record.title
    assert said["identifier"] == record.index_number
    assert [
        one.attributes.get("src") for one in tree.css("script") if one.attributes.get("type") is None
    ] != [None]
    assert all(
        one.attributes.get("src") or one.attributes.get("type") == "application/ld+json"
        for one in tree.css("script")
    )


@DB
def test_a_page_asks_the_database_no_more_than_it_says(
    client: Client, town: House, django_assert_num_queries: Any
) -> None:
    record = releasing.amended(town)
    for number in range(4):
        other = published(town, title=f"第{number}件")
        link(by=town[Role.CLERK], record=other, target=record, kind="related")
    base = f"/o/beishan/records/{record.pk}/"
    for address, queries in (
        (base, 4),
        (f"{base}versions/1/", 4),
        (f"{base}images/1/1", 2),
        (f"{base}qr.svg", 1),
    ):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
    with django_assert_num_queries(2):
        assert client.get("/o/beishan/records/999999/").status_code == 404


@DB
def test_what_is_not_there_is_said_in_the_face_of_the_organ(client: Client, town: House) -> None:
    for address in ("/o/beishan/records/999999/", "/o/beishan/nothing/"):
        told = client.get(address)
        assert told.status_code == 404
        assert town.organ.name in words(told)
    assert town.organ.name not in words(client.get("/o/nowhere/records/1/"))


HOSTILE = (Path(__file__).parent / "hostile_lines.txt").read_text("utf-8").splitlines()
ELEMENTS = set(VOCABULARY)
ATTRIBUTES = {"rel", "loading", *(name for allowed in VOCABULARY.values() for name in allowed)}
VALUES = {
    "src": ("/pictures/",),
    "href": ("https:", "http:", "mailto:", "#"),
    "id": ("fn-", "fnref-"),
}


def _is_harmless(html: str) -> None:
    tree = LexborHTMLParser(f"<div id=around>{html}</div>")
    around = tree.css_first("#around")
    assert around is not None
    for node in around.css("*")[1:] if around.css("*")[0] == around else around.css("*"):
        assert node.tag in ELEMENTS, html
        for name, value in node.attributes.items():
            assert name in ATTRIBUTES, html
            assert (value or "").startswith(VALUES.get(name, "")), html
            assert name != "class" or value in {"", "title", "centre", "right", "footnote"}, html


@pytest.mark.parametrize("line", HOSTILE)
def test_no_hostile_line_gets_from_the_database_to_a_page(line: str) -> None:
    _is_harmless(_unframed(public_body(f"<p>前</p>{line}<p>后</p>", lambda number: f"/pictures/{number}")))


def _unframed(html: str) -> str:
    """Without the frame that the page puts around tables; no body has a div of its own."""
    return html.replace(FRAME, "").replace("</div>", "")


def test_what_pages_are_made_of_comes_through_unchanged() -> None:
    body = (
        '<p class="title">题</p>\n<h2>一、要求</h2>\n'
        '<p>正<strong>文</strong><sup>2</sup><a href="#fn-1" id="fnref-1">[1]</a></p>\n'
        '<table><thead><tr><th scope="col" colspan="2">头</th></tr></thead>'
        '<tbody><tr><td class="right" rowspan="2">1</td></tr></tbody></table>\n'
        '<ol start="3"><li>三</li></ol>\n'
        '<p class="footnote" id="fn-1"><a href="#fnref-1">[1]</a>注</p>'
    )
    shown = _unframed(public_body(body, str)).replace(' rel="noopener noreferrer"', "")

    def told(html: str) -> list[tuple[str | None, dict[str, str | None]]]:
        return [
            (one.tag, dict(sorted(one.attributes.items()))) for one in LexborHTMLParser(html).css("body *")
        ]

    assert told(shown) == told(body)


@DB
@pytest.mark.parametrize("address", ["", "versions/1/", "guide"])
def test_a_body_that_was_written_past_every_door_runs_nowhere(
    client: Client, town: House, address: str
) -> None:
    record = draft(
        town,
        kind="guide" if address == "guide" else "document",
        category="20.12" if address != "guide" else "",
    )
    Version.objects.filter(record=record).update(body="<p>正文</p>" + "".join(HOSTILE))
    record = releasing.let_out(town, record)
    if address == "versions/1/":
        from gongkai.web.disclosure.actions.drafting import start_version

        start_version(by=town[Role.CLERK], record=record, change="amendment", note="改")
        record = releasing.let_out(town, record)
    place = "/o/beishan/?column=guide" if address == "guide" else f"/o/beishan/records/{record.pk}/{address}"
    answer = client.get(place)
    assert answer.status_code == 200
    tree = page(answer)
    document = tree.css_first(".document")
    assert document is not None
    assert "正文" in document.text()
    for node in tree.css("body *"):
        assert not [name for name in node.attributes if name.startswith("on")]
    assert tree.css("iframe, object, embed, base, body form[action*=evil], svg, style") == []
    assert all(one.attributes.get("src") or one.attributes.get("type") for one in tree.css("script"))


@DB
def test_hostile_words_in_every_other_field_stay_words(client: Client, town: House) -> None:
    line = "\"'><img src=x onerror=alert(1)>"
    record = draft(town)
    Version.objects.filter(record=record).update(
        title=line, summary=line, keywords=line, joint_organs=line, document_number=line, change_note=line
    )
    record = releasing.let_out(town, record)
    repeal(by=town[Role.UNIT_HEAD], record=record, on=dt.date(2026, 4, 1), basis=line)
    for address in (
        f"/o/beishan/records/{record.pk}/",
        "/o/beishan/",
        f"/o/beishan/?q={line}",
        f"/o/?q={line}",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<img src=x" not in answer.content.decode()
    releasing.withdrawn(town, releasing.fresh(record))
    Record.objects.filter(pk=record.pk).update(withdrawal_reason=line)
    assert "<img src=x" not in client.get(f"/o/beishan/records/{record.pk}/").content.decode()


@DB
def test_a_related_document_says_how_it_is_related(client: Client, town: House) -> None:
    old, new, other = (published(town, title=one) for one in ("旧办法", "新办法", "别的文件"))
    repeal(by=town[Role.UNIT_HEAD], record=old, on=dt.date(2026, 4, 1), basis="新办法", source=new)
    link(by=town[Role.CLERK], record=other, target=old, kind="related")
    told = {}
    for one in (old, new):
        rows = page(client.get(f"/o/beishan/records/{one.pk}/")).css(".related li")
        told[one.title] = {row.css_first("a").text(): row.text(strip=True) for row in rows}  # type: ignore[union-attr]
    assert told["新办法"]["旧办法"].startswith("被本文件废止的")
    assert told["旧办法"]["别的文件"].startswith("别的文件")


@DB
def test_the_title_is_read_first_and_leads_to_what_explains_it(client: Client, town: House) -> None:
    record = published(town, title="办法")
    reading = draft(town, title="办法问答", kind="interpretation")
    link(by=town[Role.CLERK], record=reading, target=record, kind="interprets")
    releasing.let_out(town, reading)
    tree = page(client.get(f"/o/beishan/records/{record.pk}/"))
    order = [one.tag for one in tree.css("article h1, article .metadata, article .document")]
    assert order == ["h1", "dl", "div"]
    told = tree.css_first(".record-head .record-told a")
    assert told is not None
    assert told.text() == "办法问答"


@DB
def test_machines_are_told_of_the_files_of_any_record(client: Client, town: House) -> None:
    record = releasing.public(town)
    tree = page(client.get(f"/o/beishan/records/{record.pk}/"))
    block = tree.css_first('script[type="application/ld+json"]')
    assert block is not None
    (file,) = json.loads(block.text())["associatedMedia"]
    assert file["name"] == releasing.FILE_NAME
    assert client.get(file["contentUrl"].removeprefix("http://localhost")).status_code == 200


@DB
def test_chinese_words_of_an_english_page_are_marked_as_such(client: Client, town: House) -> None:
    record = published(town, title="办法", document_number="北政发〔2026〕3号")
    tree = page(client.get(f"/o/beishan/records/{record.pk}/?lang=en"))
    marked = {one.text(strip=True) for one in tree.css('.metadata dd[lang="zh-Hans"]')}
    assert {"办法", "北政发〔2026〕3号"} <= marked
    assert tree.css_first('.crumbs li[lang="zh-Hans"]') is not None
