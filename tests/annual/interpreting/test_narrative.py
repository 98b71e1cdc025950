"""The text between the tables: sections, wrapped lines, headings of every kind. All names are invented."""

import pytest

from gongkai.annual.interpreting.narrative import front_sentences, heading_of, paragraphs
from gongkai.documents import Place


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("一、总体情况", "overview"),
        ("1.总体情况", "overview"),
        ("总体情况", "overview"),
        ("2、 主动公开政府信息情况", "proactive"),
        ("二、行政机关主动公开政府信息情况", "proactive"),
        ("三、收到和处理政府信息公开申请情况", "requests"),
        ("四、政府信息公开行政复议、行政诉讼情况", "remedies"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "remedies"),
        ("五、存在的主要问题及改进情况", "problems"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("六、其他需要报告的事项", "other_matters"),
        ("六、需要报告的其他事项", "other_matters"),
        ("一、總體情況", "overview"),
    ],
)
def test_a_section_is_known_by_the_words_of_its_heading(line: str, code: str) -> None:
    heading = heading_of(line, Place(line=1))
    assert heading is not None
    assert heading.code == code


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开情况。本年度主动公开信息12条。",
        "主动公开政府信息情况较好，全年公开12条。",
        "存在问题主要是人手不足。",
        "二、加强组织领导",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert heading_of(line, Place(line=1)) is None


def test_lines_broken_by_the_page_are_one_paragraph() -> None:
    lines = [
        ("一、总体情况", Place(line=1)),
        ("本年度，我镇认真贯彻条例，健全制度，完善机制，共收到政府信息公开申请3件，", Place(line=2)),
        ("均在法定期限内答复。", Place(line=3)),
        ("（一）主动公开。公开信息12条。", Place(line=4)),
    ]
    found, _ = paragraphs(lines, old=False)
    assert [p.text for p in found] == [
        "本年度，我镇认真贯彻条例，健全制度，完善机制，共收到政府信息公开申请3件，均在法定期限内答复。",
        "（一）主动公开。公开信息12条。",
    ]
    assert found[0].place == Place(line=2)


def test_text_behind_a_heading_on_its_line_belongs_to_the_section() -> None:
    found, headings = paragraphs([("一、总体情况。本年度公开信息12条。", Place(line=1))], old=False)
    assert [(p.section, p.text) for p in found] == [("overview", "本年度公开信息12条。")]
    assert headings[0].text == "一、总体情况"


def test_sentences_before_the_first_section_are_kept_whole_and_links_are_not() -> None:
    front = [
        "云岭县虚构镇人民政府2024年政府信息公开工作年度报告",
        "首页>年报",
        "根据《中华人民共和国政府信息公开条例》第五十条规定和上级要",
        "求，编制本报告。",
        "发布日期：2025-01-20",
    ]
    assert front_sentences(front, front[0]) == [
        "根据《中华人民共和国政府信息公开条例》第五十条规定和上级要求，编制本报告。"
    ]
