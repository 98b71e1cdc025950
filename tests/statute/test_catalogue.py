"""Categories, lists and kinds of record of proactive disclosure (REG.20, REG.21, META, NOR, STD)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from gongkai.statute.articles import article
from gongkai.statute.catalogue import (
    CatalogueError,
    Validity,
    categories,
    category,
    channel,
    channels,
    fields,
    genre_of_title,
    genres,
    missing_fields,
    mode,
    modes,
    named,
    pilot_field,
    pilot_fields,
    record_kind,
    record_kinds,
    theme,
    themes,
)
from gongkai.statute.duties import duty
from gongkai.statute.remedies import Level, OrganKind

SRC = Path(__file__).parents[2] / "src" / "gongkai"
D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("kind", "level", "codes"),
    [
        (OrganKind.GOVERNMENT, Level.COUNTY, "20.01-20.15 21.01-21.07"),
        (OrganKind.DEPARTMENT, Level.COUNTY, "20.01-20.15 21.01-21.07"),
        (OrganKind.DEPARTMENT, Level.PREFECTURE, "20.01-20.15 21.01-21.07"),
        (OrganKind.DEPARTMENT, Level.PROVINCE, "20.01-20.15"),
        (OrganKind.PROVINCIAL_GOVERNMENT, Level.PROVINCE, "20.01-20.15"),
        (OrganKind.TOWNSHIP_GOVERNMENT, Level.TOWNSHIP, "20.01-20.15 21.11-21.18"),
        (OrganKind.TAX, Level.COUNTY, "20.01-20.15"),
        (OrganKind.DISPATCHED_OFFICE, Level.COUNTY, "20.01-20.15"),
    ],
)
def test_each_organ_has_the_categories_of_its_articles(kind: OrganKind, level: Level, codes: str) -> None:
    expected = []
    for part in codes.split():
        first, last = part.split("-")
        head = first[:3]
        expected += [f"{head}{number:02d}" for number in range(int(first[3:]), int(last[3:]) + 1)]
    assert [one.code for one in categories(kind, level=level)] == expected


def test_the_items_of_article_20_are_cited_one_by_one() -> None:
    for number, one in enumerate(categories()[:15], start=1):
        assert one.rule == f"REG.20({number})"
        assert article(one.rule).zh.endswith("项")


def test_every_category_says_what_the_duty_says() -> None:
    said = {
        item.zh
        for id in ("statutory-content", "local-content", "township-content")
        for item in duty(id).items
    }
    assert {one.zh for one in categories()} == said
    assert len(categories()) == 15 + 7 + 8


def test_before_the_regulation_of_2019_there_are_no_categories() -> None:
    assert categories(on=D("2019-05-14")) == ()
    assert len(categories(on=D("2019-05-15"))) == 30


def test_an_unknown_category_says_which_there_are() -> None:
    with pytest.raises(CatalogueError) as refused:
        category("20.16")
    assert refused.value.code == "catalogue_unknown_category"
    assert "20.15" in refused.value.zh


def test_the_lists_are_as_long_as_the_law_sheet_has_them() -> None:
    assert [len(list_()) for list_ in (themes, genres, pilot_fields)] == [22, 16, 26]
    assert [one.code for one in modes()] == ["proactive", "on_request", "withheld"]
    assert [state.zh for state in Validity] == ["有效", "已修改", "废止", "失效", "尚未生效"]


SHEET = SRC.parents[2] / "shared" / "law" / "LAW.md"


@pytest.mark.skipif(not SHEET.exists(), reason="the law sheet is not beside the repository")
def test_themes_genres_and_pilot_fields_are_named_as_in_the_law_sheet() -> None:
    sheet = SHEET.read_text("utf-8")
    listed = re.search(r"META\.4 .*?: (国务院组织机构.*)\.", sheet)
    assert listed is not None
    assert [one.zh for one in themes()] == listed[1].split("; ")
    fields_ = re.search(r"重大建设项目、公共资源交易、.*?国土空间规划", sheet)
    assert fields_ is not None
    assert [one.zh for one in pilot_fields()] == fields_[0].split("、")
    genres_ = re.search(r"决议、决定、.*?、纪要", sheet)
    assert genres_ is not None
    assert [one.zh.replace("（", "(").replace("）", ")") for one in genres()][:-1] == genres_[0].split("、")


@pytest.mark.parametrize(
    "entries", [themes(), genres(), modes(), channels(), pilot_fields(), record_kinds(), fields()]
)
def test_codes_and_names_of_a_list_are_each_given_once(entries: tuple[object, ...]) -> None:
    for names in zip(*((one.code, one.zh, one.en) for one in entries), strict=True):  # type: ignore[attr-defined]
        assert len(set(names)) == len(entries)
        assert all(names)


def test_every_channel_is_counted_in_a_row_of_the_statistics_of_2014() -> None:
    form = tomllib.loads((SRC / "annual" / "forms" / "2014.toml").read_text("utf-8"))
    rows = {row["code"] for row in form["statistics"] if row["code"].startswith("channels.")}
    assert {one.counted for one in channels()} == rows
    assert [channel(code).counted for code in ("gazette", "website", "weibo", "wechat", "press")] == [
        "channels.gazette",
        "channels.website",
        "channels.weibo",
        "channels.wechat",
        "channels.other",
    ]


@pytest.mark.parametrize(
    ("entries", "label", "code"),
    [
        (themes(), "财政、金融、审计", "04"),
        (themes(), "财政 金融 审计", "04"),
        (genres(), "命令(令)", "order"),
        (genres(), "令", "order"),
        (genres(), "会议纪要", "minutes"),
        (modes(), "主动", "proactive"),
        (channels(), "微信公众号", "wechat"),
        (categories(), "财政预决算", "20.07"),
        (categories(), "财政预算、决算信息", "20.07"),
        (record_kinds(), "政策解读", "interpretation"),
        (tuple(Validity), "现行有效", None),
    ],
)
def test_a_label_of_a_file_finds_its_entry(entries: tuple[object, ...], label: str, code: str | None) -> None:
    found = named(entries, label)  # type: ignore[type-var]
    assert found is not None
    assert code is None or found.code == code  # type: ignore[attr-defined]


def test_a_label_of_no_list_finds_nothing() -> None:
    assert named(themes(), "") is None
    assert named(themes(), "财政") is None
    assert named(genres(), "——") is None


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("虚构县人民政府关于加强供水管理的通知", "circular"),
        ("虚构县人民政府关于印发《办法》的通知（试行）", "circular"),
        ("关于李某某等同志任免职的通知〔2026〕", "circular"),
        ("关于同意设立虚构镇敬老院的批复", "reply"),
        ("虚构县2026年政府工作报告", "report"),
        ("虚构市人民政府令（第12号）", "order"),
        ("虚构市人民政府令第十二号", "order"),
        ("县长办公会议纪要", "minutes"),
        ("关于征求意见的函", "letter"),
        ("关于推进供水一体化的实施意见", "opinion"),
        ("虚构县水资源管理办法", None),
        ("", None),
    ],
)
def test_a_title_tells_its_genre(title: str, code: str | None) -> None:
    found = genre_of_title(title)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("one", [theme, mode, channel, pilot_field, record_kind])
@pytest.mark.parametrize("value", ["", "nothing", None, 7])
def test_what_is_in_no_list_is_refused_with_a_code(one: object, value: object) -> None:
    with pytest.raises(CatalogueError) as refused:
        one(value)  # type: ignore[operator]
    assert refused.value.code.startswith("catalogue_unknown_")


def test_every_kind_of_record_fits_into_the_catalogue() -> None:
    known = {item.code for item in duty("platform-columns").items}
    owed = {item.code for item in fields()}
    form = (SRC / "annual" / "forms" / "2021.toml").read_text("utf-8")
    for kind in record_kinds():
        assert not kind.category or category(kind.category)
        assert kind.column in known
        assert set(kind.requires) <= owed
        assert not kind.counted or f'code = "{kind.counted}"' in form
        assert article(kind.rule)
        assert kind.limit is None or article(kind.limit.rule)


def test_limits_that_nobody_confirmed_ask_for_confirmation() -> None:
    unsure = [kind for kind in record_kinds() if kind.limit is not None and kind.limit.mark != "V"]
    assert {kind.code for kind in unsure} == {"interpretation", "licence", "penalty", "enforcement"}
    assert all(kind.limit and "请" in kind.limit.note for kind in unsure)
    assert all("请" in kind.note for kind in record_kinds() if kind.prompt)


def test_every_record_needs_what_an_entry_of_the_catalogue_holds() -> None:
    assert [one.zh for one in missing_fields("document", [])] == ["索引号", "标题", "内容概述", "成文日期"]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("document", []),
        ("normative_document", ["发文字号", "实施日期", "主题分类"]),
        ("interpretation", ["所解读的文件"]),
        ("budget", ["预算年度", "批准（批复）日期"]),
        ("penalty", ["决定日期"]),
        ("annual_report", ["报告年度"]),
    ],
)
def test_what_a_kind_of_record_lacks(kind: str, missing: list[str]) -> None:
    present = ["index_number", "title", "summary", "made_on", "keywords"]
    assert [one.zh for one in missing_fields(kind, present)] == missing
