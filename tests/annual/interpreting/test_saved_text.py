"""What programs leave between the cells when a pdf or a page is saved as text."""

from __future__ import annotations

from gongkai.annual import Report, read_reports
from gongkai.annual.forms import form
from gongkai.documents import read_document

TITLE = "云岭县虚构镇人民政府2023年政府信息公开工作年度报告"  # an invented town


def read(*lines: str) -> Report:
    [report] = read_reports(read_document("\n".join((TITLE, *lines)).encode(), "saved.txt"))
    return report


def rows_of_requests(*values: tuple[int, ...]) -> list[str]:
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开"]
    labels += ["（二）部分公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "（七）总计"]
    labels += ["四、结转下年度继续办理"]
    return [f"{label} {' '.join(map(str, row))}" for label, row in zip(labels, values, strict=True)]


NOTHING = (0, 0, 0, 0, 0, 0, 0)
REQUESTS = rows_of_requests(
    (3, 0, 0, 0, 0, 0, 3), NOTHING, (2, 0, 0, 0, 0, 0, 2), NOTHING, NOTHING, (1, 0, 0, 0, 0, 0, 1),
    (3, 0, 0, 0, 0, 0, 3), NOTHING,
)  # fmt: skip
PARAGRAPHS = [f"第{n}段：按照要求公开政府信息，回应群众关切，逐步提高工作水平。" for n in range(14)]


def test_a_page_number_between_two_tables_is_no_figure() -> None:
    report = read(
        *PARAGRAPHS,
        "二、主动公开政府信息情况",
        "第二十条第（五）项",
        "信息内容 本年处理决定数量",
        "行政许可 7",
        "1",
        "第二十条第（六）项",
        "信息内容 本年处理决定数量",
        "行政处罚 8",
        "行政强制 9",
        "第二十条第（八）项",
        "信息内容 本年收费金额（单位：万元）",
        "行政事业性收费 10",
        "三、收到和处理政府信息公开申请情况",
        *REQUESTS,
        *PARAGRAPHS,
        "2",
    )
    assert report.proactive == {
        "licences": 7,
        "penalties": 8,
        "compulsory_measures": 9,
        "administrative_fees": 10,
    }


def test_a_last_value_alone_on_its_line_is_no_page_number() -> None:
    rows = [f"{row[:-2]}\n{row[-1]}" for row in REQUESTS]
    report = read("三、收到和处理政府信息公开申请情况", *"\n".join(rows).split("\n"))
    assert report.requests is not None
    assert report.requests["received.new"]["total"] == 3
    assert report.requests["granted"]["total"] == 2


def test_what_a_browser_prints_at_the_edge_of_a_page_is_in_no_label_and_no_text() -> None:
    report = read(
        "一、总体情况",
        "主动公开信息做到应公开尽公开，办理申请做到",
        "2024/1/20 15:04 云岭县虚构镇人民政府",
        "https://yunling.example/art/2024/1/20/art_1.html 1/4",
        "依法依规。",
        *REQUESTS,
    )
    assert report.sections["overview"] == "主动公开信息做到应公开尽公开，办理申请做到依法依规。"


def test_a_name_printed_on_every_page_is_in_no_label() -> None:
    name = "云岭县虚构镇人民政府文件"
    requests = [line for row in REQUESTS for line in (row, name)]
    report = read("三、收到和处理政府信息公开申请情况", *requests)
    assert report.requests is not None
    assert len(report.requests) == len(REQUESTS)
    assert report.requests["carried_forward"]["total"] == 0


def test_a_note_that_goes_on_in_the_next_line_is_no_figure() -> None:
    first, *rest = REQUESTS
    cells = first.split(" ")
    cells[1] = "3（注：含电话\n更正件）"
    report = read("三、收到和处理政府信息公开申请情况", *"\n".join(cells).split("\n"), *rest)
    assert report.requests is not None
    assert report.requests["received.new"]["natural_person"] == 3
    assert report.requests["received.new"]["total"] == 3


def test_torn_rows_with_wrong_sums_are_left_unread() -> None:
    """Figures far from their labels, of which no reading adds up: what they mean nobody can tell."""
    labels = [row.printed for row in form("2021").rows]
    torn: list[str] = []
    for number, label in enumerate(labels):
        torn += [label, *(["5", "1"] if number % 2 else ["2"] * 12)]
    report = read("三、收到和处理政府信息公开申请情况", *torn)
    assert report.requests is not None
    assert all(value is None for row in report.requests.values() for value in row.values())
    assert report.unread


def test_the_number_of_a_counting_rule_is_part_of_the_label_though_a_line_ends_before_it() -> None:
    old = [
        ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计", "条", 20),
        ("其中：主动公开规范性文件数", "条", 2),
        ("制发规范性文件总数", "件", 2),
        ("1.政府公报公开政府信息数", "条", 0),
        ("2.政府网站公开政府信息数", "条", 15),
        ("3.政务微博公开政府信息数", "条", 1),
        ("4.政务微信公开政府信息数", "条", 2),
        ("5.其他方式公开政府信息数", "条", 2),
        ("（一）收到申请数", "件", 3),
        ("1.当面申请数", "件", 1),
        ("2.传真申请数", "件", 0),
        ("3.网络申请数", "件", 1),
        ("4.信函申请数", "件", 1),
        ("（二）申请办结数", "件", 3),
    ]
    lines = ["一、主动公开情况"]
    for label, unit, value in old:
        lines += [label, *(["1 条）"] if label.endswith("计") else []), unit, str(value)]
    report = read("政府信息公开情况统计表", *lines)
    assert report.statistics is not None
    first = report.statistics[1]
    assert (first["unit"], first["value"]) == ("条", 20)
    assert first["label"].endswith("相同信息计1条）")


def test_the_sounds_that_mirror_sites_put_behind_characters_are_no_words() -> None:
    report = read(
        "一、總體情況",
        "根據(jù)要求，我鎮(zhèn)認真落實(shí)政府信息公開工作，數(shù)據(jù)真實(shí)準確。",
        "二、主動公開政府信息情況",
        "第二十條第(五)項 |",
        "信息內(nèi)容 | 本年處理決定數(shù)量 |",
        "行政許可 | ? 4 |",
        "第二十條第(六)項 |",
        "行政處罰 | 30 |",
        "行政強制 | 0 |",
        "第二十條第(八)項 |",
        "行政事業(yè)性收費 | 0 |",
    )
    assert report.proactive is not None
    assert report.proactive["licences"] == 4
    assert report.proactive["administrative_fees"] == 0
    assert "(" not in report.sections["overview"]
