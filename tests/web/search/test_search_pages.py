"""A citizen finds what is public, by whatever is typed, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import District, House, draft, published, submitted

from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.models import LinkKind, Record
from gongkai.web.organs.models import Role
from gongkai.web.search.following import follow, rebuild, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def flood(town: House) -> Record:
    return published(town, document_number="北政发〔2026〕21号", keywords="防汛 抗旱")


def _titles(response: Any) -> list[str]:
    return [one.text(strip=True) for one in page(response).css(".hit-title a")]


def _search(client: Client, question: str, **more: str) -> Any:
    return client.get("/search/", {"q": question, **more})


@pytest.mark.parametrize(
    "question",
    [
        "防汛",
        "汛抗",
        "旱",
        "北山镇",
        "防汛抗旱工作方案什么时候印发的？",
        "北政发〔2026〕21号",
        "北政发[2026]第21号",
        "政发（2026）21号",
        "21号",
        "“防汛抗旱工作”",
        "防 汛 抗 旱",
        "贯彻执行",
        "防訓抗旱",
        "防迅抗旱",
    ],
)
def test_a_record_is_found_by(question: str, client: Client, flood: Record) -> None:
    rebuild()
    assert flood.title in _titles(_search(client, question))


def test_a_record_is_found_by_its_index_number(client: Client, flood: Record) -> None:
    rebuild()
    assert _titles(_search(client, flood.index_number)) == [flood.title]
    assert _titles(_search(client, flood.index_number.partition("/")[2])) == [flood.title]


def test_words_of_an_attachment_are_found_and_shown_with_its_name(client: Client, town: House) -> None:
    record = draft(town, title="物资储备情况公告")
    row = Record.objects.get(pk=record.pk)
    attach_file(
        by=town[Role.CLERK], record=row, content="名称,数量\n冲锋舟,3\n".encode(), name="储备清单.csv"
    )
    submit_for_review(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk))
    from tests.web.platform import pass_once

    for _ in range(3):
        pass_once(town, record)
    rebuild()
    response = _search(client, "冲锋舟")
    assert _titles(response) == ["物资储备情况公告"]
    passage = page(response).css_first(".hit-passage")
    assert passage is not None
    assert "附件《储备清单.csv》：" in passage.text()
    mark = passage.css_first("mark")
    assert mark is not None
    assert mark.text() == "冲锋舟"


def test_a_policy_is_found_by_the_title_of_its_interpretation(
    client: Client, town: House, flood: Record
) -> None:
    rebuild()
    reading = published(town, title="一图读懂暴雨来了怎么转移")
    link(by=town[Role.CLERK], record=reading, target=flood, kind=LinkKind.INTERPRETS)
    follow()
    assert set(_titles(_search(client, "一图读懂"))) == {reading.title, flood.title}
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=reading.pk), reason="有误")
    follow()
    assert _titles(_search(client, "一图读懂")) == []


def test_nothing_but_the_public_is_in_the_index(client: Client, town: House) -> None:
    draft(town, title="甲草稿")
    submitted(town, title="乙在审")
    gone = published(town, title="丙撤回")
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=gone, reason="内容有误")
    assert rebuild() == 0
    for question in ("甲草稿", "乙在审", "丙撤回", "防汛"):
        assert _titles(_search(client, question)) == []


def test_a_withdrawn_record_is_not_shown_even_by_an_index_that_lags(
    client: Client, town: House, flood: Record
) -> None:
    rebuild()
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=flood.pk), reason="内容有误")
    response = _search(client, "防汛")
    assert _titles(response) == []
    assert "防汛抗旱工作方案" not in words(response)
    follow()
    assert store().reading().documents == 0


def test_no_word_of_a_withdrawn_title_is_offered(client: Client, district: District) -> None:
    town = district.town
    gone = published(town, title="秘密点位通知")
    published(town, title="一般通知")
    rebuild()
    nothing = "/o/minzheng/search/?q=秘"
    assert "秘密" in words(client.get(nothing))
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=gone.pk), reason="内容有误")
    follow()
    assert "没有找到" in words(client.get(nothing))
    assert "秘密" not in words(client.get(nothing))


def test_a_repealed_document_is_marked_and_comes_after_one_in_force(
    client: Client, town: House, flood: Record
) -> None:
    newer = published(
        town, title="关于印发《北山镇防汛抗旱工作方案》的通知", document_number="北政发〔2026〕3号"
    )
    repeal(by=town[Role.DISCLOSURE_OFFICE], record=newer, on=dt.date(2026, 3, 3), basis="镇政府决定")
    rebuild()
    response = _search(client, "防汛抗旱工作方案")
    hits = page(response).css(".hit")
    assert ["废止" in one.text() for one in hits] == [False, True]


def test_facets_narrow_and_can_be_taken_away(client: Client, district: District) -> None:
    first = published(district.town)
    published(district.bureau, title="民政局防汛通知", theme="17")
    rebuild()
    response = _search(client, "防汛")
    assert len(_titles(response)) == 2
    facets = page(response).css_first(".facets")
    assert facets is not None
    assert "虚构区民政局" in facets.text()
    narrowed = _search(client, "防汛", organ="beishan")
    assert _titles(narrowed) == [first.title]
    assert "取消" in words(narrowed)
    assert _titles(_search(client, "防汛", theme="17")) == ["民政局防汛通知"]
    for wrong in ({"organ": "nowhere"}, {"page": "99"}, {"page": "-1"}, {"theme": "x" * 500}, {"year": "²"}):
        assert _search(client, "防汛", **wrong).status_code == 200


def test_an_organ_has_its_own_search_and_tells_of_others(client: Client, district: District) -> None:
    published(district.town)
    rebuild()
    assert _titles(client.get("/o/beishan/search/", {"q": "防汛"})) != []
    elsewhere = client.get("/o/minzheng/search/", {"q": "防汛"})
    assert _titles(elsewhere) == []
    assert "没有找到" in words(elsewhere)
    assert "虚构区北山镇人民政府" in words(elsewhere)
    assert client.get("/o/nowhere/search/").status_code == 404


def test_an_organ_at_its_own_host_searches_at_search(
    client: Client, district: District, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    organ = district.town.organ
    organ.hostname = "beishan.example.org"
    organ.save()
    published(district.town)
    published(district.bureau, title="民政局防汛通知")
    rebuild()
    response = client.get("/search/", {"q": "防汛"}, headers={"host": "beishan.example.org"})
    assert _titles(response) == ["关于印发《北山镇防汛抗旱工作方案》的通知"]
    link_ = page(response).css_first(".hit-title a")
    assert link_ is not None
    assert (link_.attributes["href"] or "").startswith("/records/")


def test_a_misspelling_is_answered_with_what_was_meant(client: Client, town: House, flood: Record) -> None:
    rebuild()
    response = _search(client, "抗汗")
    assert "没有找到“抗汗”" in words(response)
    assert "抗旱" in words(response)
    assert _titles(response) == [flood.title]


def test_sorted_by_date_the_newest_comes_first(client: Client, town: House) -> None:
    older = published(town, title="防汛防汛防汛")
    newer = published(town, title="一般通知", body="<p>其中谈到防汛。</p>")
    rebuild()
    assert _titles(_search(client, "防汛")) == [older.title, newer.title]
    assert _titles(_search(client, "防汛", sort="date")) == [newer.title, older.title]


def test_pages_go_on_without_gap_or_double(client: Client, town: House) -> None:
    for number in range(23):
        published(town, title=f"防汛通报第{number}期")
    rebuild()
    found = [title for number in ("1", "2", "3") for title in _titles(_search(client, "防汛", page=number))]
    assert len(found) == len(set(found)) == 23
    assert "第 2 页，共 3 页" in words(_search(client, "防汛", page="2"))


def test_a_title_with_markup_is_escaped_and_marked(client: Client, town: House) -> None:
    published(town, title='防汛<b>&"提醒', body="<p>1 &lt; 2 防汛 &lt;script&gt;</p>")
    rebuild()
    response = _search(client, "防汛")
    html = response.content.decode()
    assert "<mark>防汛</mark>&lt;b&gt;&amp;" in html
    assert "<script>" not in page(response).css(".hit")[0].html


def test_without_an_index_titles_are_looked_through_and_that_is_said(client: Client, flood: Record) -> None:
    response = _search(client, "防汛 通知")
    assert "检索正在准备" in words(response)
    assert _titles(response) == [flood.title]
    assert _titles(_search(client, "没有的词")) == []


def test_a_broken_index_is_no_error_page_and_is_built_anew(client: Client, flood: Record) -> None:
    rebuild()
    folder = store().folder / (store().folder / "current").read_text().strip()
    for file in folder.iterdir():
        file.write_bytes(b"\0" * 100)
    response = _search(client, "防汛")
    assert response.status_code == 200
    assert "检索正在准备" in words(response)
    rebuild()
    assert _titles(_search(client, "防汛")) == [flood.title]


def test_the_empty_question_says_what_can_be_asked(client: Client, flood: Record) -> None:
    rebuild()
    for question in ("", "   ", "\0", "!!!", "的"):
        assert _search(client, question).status_code == 200
    assert "发文字号" in words(client.get("/search/"))


def test_a_search_takes_few_queries(
    client: Client, flood: Record, django_assert_max_num_queries: Any
) -> None:
    rebuild()
    with django_assert_max_num_queries(6):
        _search(client, "防汛", organ="beishan")
    with django_assert_max_num_queries(5):
        client.get("/o/beishan/search/", {"q": "防汛"})
    with django_assert_max_num_queries(2):
        follow()
