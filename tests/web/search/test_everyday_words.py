"""Questions in everyday words: what texts call otherwise is found, and it is said what was looked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import District, House, published
from tests.web.search.test_questions import built

from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role
from gongkai.web.search.engine import terms
from gongkai.web.search.engine.asking import plan_of
from gongkai.web.search.engine.equal import NONE, Malformed, known_words, read
from gongkai.web.search.engine.finding import Wanted
from gongkai.web.search.engine.guessing import _kept, answer, near_words
from gongkai.web.search.engine.numbers import number_terms
from gongkai.web.search.engine.schema import Document
from gongkai.web.search.engine.store import Reading
from gongkai.web.search.following import rebuild

TITLES = (
    "关于调整城乡最低生活保障标准的通知",
    "关于城乡居民基本医疗保险参保缴费的公告",
    "犬只管理办法",
    "食品摊贩登记工作规程",
    "农村危险房屋改造补助公告",
    "义务教育阶段招生工作的通知",
    "2026年10月地区生产总值统计",
    "既有住宅加装电梯补助办法",
    "集镇停车管理规定",
    "农村客运班线补贴办法",
    "房屋征收与补偿实施细则",
    "社区养老服务满意度调查",
    "学校食堂管理规定",
    "森林防灭火工作通知",
)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    _kept.clear()
    made = [Document(at, 1, title, body="一般内容。", year=2026) for at, title in enumerate(TITLES, 1)]
    more = [Document(100 + at, 1, f"农村工作服务通报第{at}期", year=2026) for at in range(60)]
    return built(tmp_path_factory.mktemp("index"), [*made, *more]).reading()


def _found(reading: Reading, question: str) -> list[str]:
    ids = answer(reading, question, Wanted()).found.ids
    return [TITLES[pk - 1] if pk <= len(TITLES) else "" for pk in ids]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("低保", TITLES[0]),
        ("低保怎么办", TITLES[0]),
        ("低保户", TITLES[0]),
        ("医保", TITLES[1]),
        ("医保交多少钱", TITLES[1]),
        ("养狗", TITLES[2]),
        ("狗", TITLES[2]),
        ("摆摊", TITLES[3]),
        ("危房", TITLES[4]),
        ("小升初", TITLES[5]),
        ("ＧＤＰ", TITLES[6]),
        ("拆迁", TITLES[10]),
        ("防火", TITLES[13]),
        ("dibao", TITLES[0]),
        ("dianti", TITLES[7]),
        ("jiazhuang dianti", TITLES[7]),
        ("低宝", TITLES[0]),
        ("停车费", TITLES[8]),
        ("我家四楼能装电梯吗", TITLES[7]),
        ("农村客云", TITLES[9]),
    ],
)
def test_the_official_text_comes_first_for(question: str, title: str, reading: Reading) -> None:
    assert _found(reading, question)[:1] == [title]


@pytest.mark.parametrize(
    "question", ["公租房", "农村银河", "残疾证怎么办", "发放金", "县", "服务吗 农村吗 银河"]
)
def test_nothing_is_found_instead_of_much_that_has_nothing_to_do_with(
    question: str, reading: Reading
) -> None:
    found = answer(reading, question, Wanted())
    assert found.found.count == 0
    assert found.guess == ""


def test_what_holds_the_very_word_comes_first(tmp_path: Path) -> None:
    title, other = "低保工作通知", "最低生活保障工作通知"
    reading = built(tmp_path, [Document(1, 1, title), Document(2, 1, other), Document(3, 1, other)]).reading()
    assert answer(reading, "低保", Wanted()).found.ids == (1, 3, 2)
    assert answer(reading, "最低生活保障", Wanted()).found.ids == (3, 2, 1)


def test_a_title_with_the_official_words_comes_before_a_text_that_says_the_word_in_passing(
    tmp_path: Path,
) -> None:
    passing = Document(1, 1, "工作总结", body="低保。" + "其他内容。" * 50)
    reading = built(tmp_path, [passing, Document(2, 1, "最低生活保障工作通知")]).reading()
    assert answer(reading, "低保", Wanted()).found.ids == (2, 1)


def test_an_annual_report_comes_later_unless_it_is_asked_for(tmp_path: Path) -> None:
    report = Document(1, 1, "政府信息公开工作年度报告", body="养老服务。" * 9, kind="annual_report")
    rule = Document(2, 1, "管理办法", body="养老服务。其他内容。", kind="document")
    reading = built(tmp_path, [report, rule]).reading()
    assert answer(reading, "养老服务", Wanted()).found.ids == (2, 1)
    assert answer(reading, "养老服务报告", Wanted()).found.ids[0] == 1


@pytest.mark.parametrize("question", ["青年报名", "中医保健", "三公里", "申请低价保证"])
def test_a_word_is_not_seen_within_others(question: str) -> None:
    assert plan_of(question).also == ()


def test_without_a_list_a_question_is_what_was_typed() -> None:
    assert plan_of("低保", known=NONE).also == ()


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("虚政规〔二〇二六〕一号", "虚政规〔2026〕1号"),
        ("虚政规〔二〇二六〕二十一号", "虚政规〔2026〕21号"),
        ("虚政发2026-4", "虚政发〔2026〕4号"),
        ("虚政发2026-04号", "虚政发〔2026〕4号"),
    ],
)
def test_a_document_number_is_found_in_other_writings(written: str, number: str, tmp_path: Path) -> None:
    assert plan_of(written).numbers[0].terms[0] in number_terms(number)
    others = [Document(2, 1, "其他", "虚政发〔2026〕40号"), Document(3, 1, "又一", "虚政规〔2025〕1号")]
    reading = built(tmp_path, [Document(1, 1, "一般通知", number), *others]).reading()
    assert answer(reading, written, Wanted()).found.ids == (1,)


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("每台补助十八万元。", "18万元"),
        ("每台补助18万元。", "十八万元"),
        ("每台补助18万元。", "180000元"),
        ("自2026年7月15日起施行。", "2026-07-15"),
        ("自2026年7月15日起施行。", "2026.7.15"),
        ("自2026年7月15日起施行。", "二〇二六年七月十五日"),
        ("二〇二六年七月十五日", "2026/7/15"),
        ("2026年预算", "二〇二六年预算"),
    ],
)
def test_figures_are_found_in_other_writings(body: str, question: str, tmp_path: Path) -> None:
    others = [Document(2, 1, "其他", body="每台补助28万元，自2025年7月15日起。")]
    reading = built(tmp_path, [Document(1, 1, "一般通知", body=body), *others]).reading()
    assert answer(reading, question, Wanted()).found.ids == (1,)


def test_a_day_or_a_figure_offers_no_near_words(reading: Reading) -> None:
    assert near_words(reading, "2026-07-15") == []


def test_the_list_has_many_entries_and_each_says_something_else() -> None:
    known = known_words()
    assert len(known.words) >= 150
    assert len(known.organs) >= 40
    for word in (*known.words, *known.organs):
        assert word == terms.folded(word)
        assert word not in known.words.get(word, ())
    assert [one for one in known.words if not known.of(one) and not known.words[one]] == []


@pytest.mark.parametrize(
    "written",
    ["equal = 3", 'equal = [["低保", 3]]', "[everyday]\n低保 = 3", '[everyday]\n"低保" = ["?"]', "equal ="],
)
def test_a_list_that_cannot_be_read_says_where(written: str) -> None:
    with pytest.raises(Malformed, match=r"search_words.toml"):
        read(written, "search_words.toml")


def _titles(response: Any) -> list[str]:
    return [one.text(strip=True) for one in page(response).css(".hit-title a")]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _no_vocabulary_of_another_test(self) -> None:
        _kept.clear()

    def test_the_page_says_what_else_was_looked_for(self, client: Client, town: House) -> None:
        record = published(town, title="最低生活保障标准公告")
        rebuild()
        response = client.get("/search/", {"q": "低保"})
        assert _titles(response) == [record.title]
        assert "也找了： 最低生活保障" in words(response)
        mark = page(response).css_first(".hit-title mark")
        assert mark is not None
        assert mark.text() == "最低生活保障"
        assert "也找了" not in words(client.get("/search/", {"q": "标准"}))

    def test_the_page_says_that_one_word_alone_was_looked_for(self, client: Client, town: House) -> None:
        record = published(town, title="加装电梯补助办法")
        rebuild()
        response = client.get("/search/", {"q": "电梯 银河"})
        assert _titles(response) == [record.title]
        assert "没有全部包含“电梯 银河”的信息，以下包含“电梯”。" in words(response)

    def test_an_organ_is_found_by_a_usual_abbreviation_that_organs_here_bear(
        self, client: Client, district: District, django_assert_max_num_queries: Any
    ) -> None:
        organ = district.bureau.organ
        organ.name = "虚构区发展和改革局"
        organ.save()
        record = published(district.bureau, title="价格公告")
        published(district.town, title="发展工作通知")
        rebuild()
        for question in ("发改局", "发改委", "区发改局", "虚构区发改委"):
            response = client.get("/search/", {"q": question})
            assert _titles(response) == [record.title], question
            assert "也找了： 发展和改革局" in words(response)
        assert "发展和改革委员会" not in words(response)
        with django_assert_max_num_queries(6):
            client.get("/o/minzheng/search/", {"q": "发改局"})

    def test_an_office_adds_words_of_its_own(self, client: Client, town: House, settings: Any) -> None:
        record = published(town, title="社区老年助餐点公告")
        rebuild()
        file = Path(settings.DATA) / "search_words.toml"
        try:
            assert _titles(client.get("/search/", {"q": "暖心饭"})) == []
            file.write_text('[everyday]\n"暖心饭" = ["老年助餐"]\n', "utf-8")
            assert _titles(client.get("/search/", {"q": "暖心饭"})) == [record.title]
            file.write_text("暖心饭 老年助餐", "utf-8")
            assert client.get("/search/", {"q": "老年助餐"}).status_code == 200
        finally:
            file.unlink(missing_ok=True)

    def test_the_empty_page_gives_examples_that_find_something_and_the_newest(
        self, client: Client, district: District
    ) -> None:
        first = published(district.town, title="防汛工作通知", document_number="北政发〔2026〕2号")
        published(district.bureau, title="最低生活保障公告")
        assert "最低生活保障公告" in words(client.get("/search/"))  # without an index too
        rebuild()
        begun = page(client.get("/search/"))
        examples = [one.text() for one in begun.css(".to-begin .near-words a")]
        assert {"低保", "防汛", first.document_number} <= set(examples)
        assert "行政处罚" not in examples
        assert [one.text() for one in begun.css(".newest a")] == ["最低生活保障公告", "防汛工作通知"]
        for one in begun.css(".to-begin .near-words a"):
            assert _titles(client.get(one.attributes["href"] or "")), one.text()
        own = page(client.get("/o/beishan/search/"))
        assert [one.text() for one in own.css(".newest a")] == ["防汛工作通知"]
        assert "低保" not in [one.text() for one in own.css(".to-begin .near-words a")]

    def test_a_lagging_index_gives_no_example_of_what_is_gone(self, client: Client, town: House) -> None:
        gone = published(town, title="最低生活保障公告")
        rebuild()
        assert "低保" in words(client.get("/search/"))
        withdraw(by=town[Role.DISCLOSURE_OFFICE], record=Record.objects.get(pk=gone.pk), reason="内容有误")
        told = words(client.get("/search/"))
        assert "低保" not in told
        assert gone.title not in told
        for question in ("低保 银河", "最低生活保证", "dibao", "低宝"):
            response = client.get("/search/", {"q": question})
            assert _titles(response) == []
            assert "以下" not in words(response)
