"""From when and until when a document holds and what it repeals, read from its own words."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.documents.publishing.page_terms import terms_of

MADE = dt.date(2026, 2, 10)


def day(text: str, made_on: dt.date | None = MADE) -> str:
    found = terms_of(text, made_on).effective
    return str(found.day) if found else ""


def until(text: str, made_on: dt.date | None = MADE) -> str:
    found = terms_of(text, made_on).expires
    return str(found.day) if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第二十条　本办法自2026年3月1日起施行。", "2026-03-01"),
        ("本办法自 2026 年 3 月 1 日起施行。", "2026-03-01"),
        ("本办法自２０２６年３月１日起施行。", "2026-03-01"),
        ("本规定自二〇二六年三月一日起施行。", "2026-03-01"),
        ("本规定自二○二六年十二月二十一日起实施。", "2026-12-21"),
        ("六、本通知自2026年3月1日之日起执行。", "2026-03-01"),
        ("本通知自印发之日起施行。", "2026-02-10"),
        ("本办法自发布之日起30日后施行。", "2026-03-12"),
        ("本办法自公布之日起三十日后施行。", "2026-03-12"),
        ("本意见由镇农业办负责解释，自印发之日起实施。", "2026-02-10"),
        ("请遵照执行。\n自2026年3月1日起施行。", "2026-03-01"),
        # Not the document's own.
        ("《中华人民共和国政府信息公开条例》自2019年5月15日起施行。", ""),
        ("根据《虚构条例》（自2019年5月15日起施行），制定本办法。", ""),
        ("新的收费标准2026年3月1日公布。", ""),
        ("自2026年3月1日起至2026年3月31日止接受报名。", ""),
        ("本办法自2026年13月1日起施行。", ""),
    ],
)
def test_the_day_from_which_it_holds(text: str, expected: str) -> None:
    assert day(text) == expected


def test_what_is_counted_from_the_day_of_the_document_says_so_and_needs_it() -> None:
    found = terms_of("本通知自印发之日起施行。", MADE).effective
    assert found is not None
    assert found.reckoned
    assert found.words == "自印发之日起施行"
    assert terms_of("本通知自印发之日起施行。").effective is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本办法自2026年3月1日起施行，有效期5年。", "2031-02-28"),
        ("本办法自2026年3月1日起施行，有效期五年。", "2031-02-28"),
        ("本办法自2026年3月1日起施行。有效期为2年。", "2028-02-29"),
        ("本办法自2024年2月29日起施行，有效期1年。", "2025-02-28"),
        ("本办法自2026年3月1日起施行，有效期至2030年12月31日。", "2030-12-31"),
        ("本通知自印发之日起施行，有效期至2030年12月31日止。", "2030-12-31"),
        ("本通知自印发之日起施行，有效期2年。", "2028-02-09"),
        ("本办法自2026年3月1日起试行，试行期6个月。", "2026-08-31"),
        ("本办法有效期至2030年12月31日。", "2030-12-31"),
        ("本办法自2026年3月1日起施行，有效期自2026年3月1日至2031年2月28日。", "2031-02-28"),
        # Of a permit.
        ("许可证有效期5年。", ""),
        ("审查合格的发给许可证，有效期5年。", ""),
        ("食品经营许可证有效期至2030年12月31日。", ""),
        ("本办法自2026年3月1日起施行，有效期至2020年12月31日。", ""),
    ],
)
def test_the_last_day_on_which_it_holds(text: str, expected: str) -> None:
    assert until(text) == expected


def test_documents_repealed_are_named_with_their_numbers() -> None:
    text = (
        "根据《虚构条例》，本办法自2026年3月1日起施行，《北山镇旧办法》（北政发〔2019〕3号）、"
        "《关于印发〈北山镇防汛办法〉的通知》（北政发[2020]05号）同时废止。"
    )
    found = terms_of(text, MADE).repeals
    assert [(one.title, one.number) for one in found] == [
        ("北山镇旧办法", "北政发〔2019〕3号"),
        ("关于印发〈北山镇防汛办法〉的通知", "北政发〔2020〕5号"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "《旧办法》未废止的条款继续执行。",
        "对《旧办法》是否废止，由镇政府研究。",
        "依据《废止若干文件的决定》办理。",
        "按照《规章制定程序条例》，提出废止建议。",
    ],
)
def test_documents_that_are_only_spoken_of_are_not_repealed(text: str) -> None:
    assert terms_of(text, MADE).repeals == ()


def test_a_decision_names_what_it_repeals_behind_the_word() -> None:
    found = terms_of("镇人民政府决定，废止《北山镇旧办法》（北政发〔2019〕3号）。", MADE).repeals
    assert [one.number for one in found] == ["北政发〔2019〕3号"]


@pytest.mark.parametrize(
    "text", ["《" * 50_000, "自" * 50_000, "本" * 50_000 + "自2026年", "（" * 50_000 + "废止"]
)
def test_hostile_texts_take_little_time(text: str) -> None:
    begun = dt.datetime.now()
    terms_of(text, MADE)
    terms_of("废止" + text, MADE)
    terms_of("有效期" + text + "起", MADE)
    assert (dt.datetime.now() - begun).total_seconds() < 3
