"""Any input is a question; what is found and shown is true to the texts."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.asking import LONGEST, plan_of
from gongkai.web.search.engine.finding import Wanted, find
from gongkai.web.search.engine.guessing import answer, near_words
from gongkai.web.search.engine.numbers import number_terms, numbers_asked
from gongkai.web.search.engine.passages import LENGTH, marked, parts_of, passage, pattern_of
from gongkai.web.search.engine.schema import Document, File, sample_of
from gongkai.web.search.engine.store import Busy, Mark, Reading, Store, Unusable

_TEXTS = (
    "防汛抗旱工作方案",
    "低保 申请",
    "Word文档",
    "〔2024〕21号",
    "税务、民政",
    "a b c",
    "“引号”",
    "皇澄屿",
)
DOCUMENTS = [
    Document(
        number,
        1 + number % 3,
        text,
        f"青政发〔2024〕{number}号",
        body=f"{text}。\n{text}",
        year=2020 + number,
    )
    for number, text in enumerate(_TEXTS, 1)
]


def built(folder: Path, documents: list[Document]) -> Store:
    store = Store(folder)
    with store.building() as index:
        index.add(documents)
        index.commit(Mark(1))
        with store.taking_over(index):
            pass
    return store


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return built(tmp_path_factory.mktemp("index"), DOCUMENTS).reading()


_ODD = st.text(st.sampled_from('防汛低保的“”"()[]{}〔〕^~*?:+-\\/|&!\0\n\tAa1２號 年第号令.i税'), max_size=60)


@given(typed=st.one_of(st.text(max_size=300), _ODD))
def test_any_input_is_answered_property(reading: Reading, typed: str) -> None:
    found = answer(reading, typed, Wanted())
    assert len(found.plan.typed) <= LONGEST
    assert len(found.found.ids) == min(found.found.count, 10)
    near_words(reading, typed)


@given(text=st.one_of(st.text(max_size=200), _ODD), needles=st.lists(_ODD, max_size=4))
def test_marks_change_no_character_of_a_text_property(text: str, needles: list[str]) -> None:
    pattern = pattern_of(parts_of([terms.folded(one) for one in needles]))
    html = marked(text, pattern)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert unescape(bare) == " ".join(text.split()) or "&" in text
    short = passage(text, pattern).html.replace("<mark>", "").replace("</mark>", "")
    assert len(unescape(short)) <= LENGTH + 2


@given(typed=st.text(st.sampled_from("防汛抗旱工作方案低保申请"), min_size=2, max_size=5))
def test_a_part_of_a_text_finds_it_property(reading: Reading, typed: str) -> None:
    holding = {one.id for one in DOCUMENTS if typed in one.title}
    found = find(reading.searcher, plan_of(f"“{typed}”", reading.has_pair), Wanted(limit=20))
    assert set(found.ids) == holding


@pytest.mark.parametrize(
    "written",
    [
        "青政发〔2024〕21号",
        "青政发[2024]21号",
        "青政发(2024)第21号",
        "青政发2024年21号",
        "青政发2024年第021号",
        "青政发【2024】21",
        "青政發〔２０２４〕２１號",
        "关于青政发〔2024〕21号",
    ],
)
def test_a_document_number_is_one_however_it_is_written(written: str) -> None:
    asked = numbers_asked(terms.folded(written))
    assert [one.terms[0] for one in asked] == ["青政发2024.21"]
    assert asked[0].terms[0] in number_terms("青政发〔2024〕21号")


@pytest.mark.parametrize("written", ["政发〔2024〕21号", "〔2024〕21号", "21号", "2024年21号"])
def test_a_part_of_a_document_number_is_among_its_terms(written: str) -> None:
    assert numbers_asked(written)[0].terms[0] in number_terms("青政发〔2024〕21号")


def test_a_year_and_a_day_are_no_document_number() -> None:
    for words in ("2024年度报告", "2024年3月", "2020年至2024年", "3月15日"):
        assert numbers_asked(words) == []


def test_words_of_a_question_weigh_nothing() -> None:
    asked = [group.text for group in plan_of("请问低保应该怎么申请呢？").groups]
    assert asked == ["低保", "申请"]
    assert [group.text for group in plan_of("怎么").groups] == ["怎么"]  # if there is nothing else


def test_words_in_the_title_come_before_words_in_the_text_and_in_an_attachment(tmp_path: Path) -> None:
    filler = "各村社区认真贯彻执行本通知要求做好有关工作。" * 5
    documents = [
        Document(1, 1, "一般公告", body=filler, files=(File("清单.docx", f"防汛物资{filler}"),)),
        Document(2, 1, "一般通知", body=f"{filler}防汛工作"),
        Document(3, 1, "防汛通知", body=filler),
    ]
    reading = built(tmp_path, documents).reading()
    assert find(reading.searcher, plan_of("防汛"), Wanted()).ids == (3, 2, 1)


def test_facets_of_very_many_are_counted_on_an_even_sample() -> None:
    counts = [0] * 16
    for pk in range(1, 16_001):
        counts[sample_of(pk)] += 1
    assert min(counts) > 900
    assert max(counts) < 1_100


def test_the_passage_begins_before_the_word_and_keeps_to_its_length() -> None:
    text = "第一句话。" * 40 + "这里谈到防汛物资。" + "后面还有。" * 40
    html = passage(text, pattern_of(["防汛"])).html
    assert html.startswith("…")
    assert html.endswith("…")
    assert "这里谈到<mark>防汛</mark>物资" in html
    assert re.sub("</?mark>", "", html).strip("…") in text


def test_traditional_characters_and_full_width_are_marked_where_they_stand() -> None:
    assert marked("防訓與ＷＯＲＤ文檔", pattern_of(["word文档"])) == "防訓與<mark>ＷＯＲＤ文檔</mark>"


def test_a_builder_and_a_writer_of_another_process_are_refused_not_waited_for(tmp_path: Path) -> None:
    store = built(tmp_path, DOCUMENTS[:1])
    with store.writing() as index:
        with pytest.raises(Busy), Store(tmp_path).writing():
            pass
        index.close()
    with store.building() as index:
        with pytest.raises(Busy), Store(tmp_path).building():
            pass
        assert store.reading().documents == 1
        index.close()


def test_what_a_killed_builder_left_is_swept_and_the_index_stays(tmp_path: Path) -> None:
    store = built(tmp_path, DOCUMENTS[:2])
    left = tmp_path / "index-20200101000000-abcdef"
    left.mkdir()
    (left / "meta.json").write_text("{", "utf-8")
    built(tmp_path, DOCUMENTS[:3])
    assert not left.exists()
    assert store.reading().documents == 3


def test_an_index_of_another_version_is_not_read(tmp_path: Path) -> None:
    store = built(tmp_path, DOCUMENTS[:2])
    with store.writing() as index:
        index.commit(Mark(9, "", 99))
        index.close()
    with pytest.raises(Unusable):
        Store(tmp_path).reading()
