"""A notice read as an administrator pastes it (CAL.5). The texts here are made up in its manner."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import YearNotice, national, parse_notice, read_notice
from gongkai.statute.errors import NoticeError

# In the manner of recent years: weekdays short, in brackets behind both ends.
MANNER_OF_2026 = """国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号

各单位：
现将2026年节假日的具体日期通知如下（测试用文字）。
一、元旦：1月1日（周四）至3日（周六）放假，共3天。1月4日（周日）上班。
二、春节：2月15日（腊月二十八、周日）至23日（正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
鼓励各单位安排职工在12月30日（周三）休息。
节假日期间，各地区、各部门要安排好值班。

国务院办公厅
2025年11月4日
"""
# In the manner of 2014 to 2018: single days, make-up rest on a Monday, long weekends.
MANNER_OF_2016 = """关于2016年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月7日至13日放假调休，共7天。2月6日(星期六)、2月14日(星期日)上班。
三、清明节：4月4日放假，与周末连休。
四、劳动节：5月1日放假，5月2日（星期一）补休。
五、端午节：6月9日至11日放假调休，共3天。6月12日（星期天）照常上班。
六、中秋节：9月15日至17日放假调休，共3天。9月18日（星期日）上班。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、9日（星期日）上班。
"""
# In the manner of 2008 and 2009: every day explained, weekends moved, the year before reached into.
MANNER_OF_2008 = """国务院办公厅关于2008年部分节假日安排的通知
一、元旦：2007年12月30日—2008年1月1日放假，共３天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，\
12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。
二、春节：2月6日—12日（除夕至正月初六）放假，共7天。其中，2月6日（除夕）、2月7日（春节）、2月8日（正月初二）为法定节假日，\
2月9日（星期六）、2月10日（星期日）照常公休，2月2日（星期六）、2月3日（星期日）两个公休日调至2月11日（星期一）、\
2月12日（星期二）。
三、清明节：4月4日－6日放假，共3天。
四、“五一”国际劳动节：5月1日～3日放假，共3天。5月4日（星期日）公休日调至5月2日（星期五），5月4日（星期日）上班。
五、端午节：6月7日-9日放假，共3天。其中，6月8日（端午节）为法定节假日，6月8日（星期日）公休日调至6月9日（星期一）。
六、中秋节：9月13日—15日放假3天。
七、国庆节：9月29日—10月5日放假，共7天。其中，10月1日、2日、3日为法定节假日，9月27日（星期六）、9月28日（星期日）\
两个公休日调至9月29日（星期一）、30日（星期二），10月4日（星期六）、5日（星期日）照常公休。
节假日期间，要安排好值班。
国务院办公厅
二〇〇七年十二月十八日
"""


def same_days(notice: YearNotice, year: int) -> bool:
    shipped = next(n for n in national().notices if n.year == year and not n.amends)
    return (notice.off, notice.working) == (
        {day: notice.off.get(day) for day in shipped.off},
        {day: notice.working.get(day) for day in shipped.working},
    )


def test_a_notice_of_recent_years_is_read_whole() -> None:
    notice = read_notice(MANNER_OF_2026, url="https://www.gov.cn/")
    assert same_days(notice, 2026)
    assert notice.title == "国务院办公厅关于2026年部分节假日安排的通知"
    assert (notice.number, notice.issued) == ("国办发明电〔2025〕7号", dt.date(2025, 11, 4))
    assert (notice.amends, notice.url, notice.doubts()) == (False, "https://www.gov.cn/", ())
    assert [item.name for item in notice.arrangements] == [
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节",
        "国庆节",
    ]


@pytest.mark.parametrize(("text", "year"), [(MANNER_OF_2016, 2016), (MANNER_OF_2008, 2008)])
def test_older_manners_are_read_as_well(text: str, year: int) -> None:
    assert same_days(read_notice(text), year)


def test_the_old_signature_is_a_date_too() -> None:
    assert read_notice(MANNER_OF_2008).issued == dt.date(2007, 12, 18)


@pytest.mark.parametrize(
    "typed",
    [
        MANNER_OF_2026.replace("（", "(").replace("）", ")").replace("：", ":"),
        MANNER_OF_2026.replace("\n", "\r\n　　"),
        MANNER_OF_2026.replace("月", " 月 ").replace("，", "， "),
        MANNER_OF_2026.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        MANNER_OF_2026.replace("\n", " "),
        MANNER_OF_2026.replace("（周日）上班", "（周\n日）上班"),
        MANNER_OF_2026.replace("周", "星期"),
        MANNER_OF_2026.replace("日）至", "日）—").replace("）至", "）——"),
        MANNER_OF_2026.replace("〔2025〕", "[2025]"),
        "某网站  2025-11-05  来源：测试\n" + MANNER_OF_2026 + "\n责任编辑：某某\n打印于2026年3月1日（周一）",
    ],
    ids=[
        "half-width",
        "windows lines",
        "blanks",
        "full-width digits",
        "one line",
        "broken line",
        "weekdays long",
        "dashes",
        "square brackets",
        "a website around it",
    ],
)
def test_it_does_not_matter_how_the_text_was_copied(typed: str) -> None:
    notice = read_notice(typed)
    assert same_days(notice, 2026)
    assert notice.number == "国办发明电〔2025〕7号"
    assert notice.issued == dt.date(2025, 11, 4)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (
            "10月1日（周四）",
            "10月1日（周五）",
            "notice_weekday_wrong",
            "国庆节：2026-10-01 是周四，通知写作“周五”",
        ),
        ("21日（周日）放假", "21日（周六）放假", "notice_weekday_wrong", "2026-06-21"),
        ("5月9日（周六）上班", "5月10日（周六）上班", "notice_weekday_wrong", "2026-05-10"),
        ("放假调休，共9天", "放假调休，共8天", "notice_count_wrong", "共8天”，所列日期却有 9 天"),
        ("放假调休，共7天", "放假调休，共八天", "notice_count_wrong", "所列日期却有 7 天"),
        ("5月9日（周六）上班", "5月8日（周五）上班", "notice_make_up_on_weekday", "2026-05-08"),
        (
            "6月19日（周五）至21日（周日）放假，共3天。",
            "6月19日（周五）另行通知。",
            "notice_unreadable",
            "另行通知",
        ),
        (
            "6月19日（周五）至21日（周日）放假",
            "6月19日（周五）至21日（周日）不放假",
            "notice_unreadable",
            "不放假",
        ),
        ("6月19日（周五）至21日", "6月31日至21日", "notice_unreadable", "6月31日"),
        ("10月1日（周四）至7日（周三）", "10月1日（周四）至9月7日", "notice_unreadable", "9月7日"),
        (
            "五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n",
            "",
            "notice_statutory_day_missing",
            "端午节",
        ),
        ("现将2026年", "现将2025年", "notice_year_unclear", "2025、2026"),
        (
            "6月19日（周五）至21日（周日）放假，共3天。",
            "6月18日放假。其中6月19日（周五）为法定节假日。",
            "notice_contradiction",
            "2026-06-19 说是假日",
        ),
        (
            "6月19日（周五）至21日（周日）放假，共3天。",
            "6月19日放假，6月20日（周六）公休日调至。",
            "notice_unreadable",
            "调至",
        ),
    ],
)
def test_what_is_misprinted_is_told_and_not_taken(old: str, new: str, code: str, words: str) -> None:
    assert old in MANNER_OF_2026
    with pytest.raises(NoticeError, match=words) as refused:
        read_notice(MANNER_OF_2026.replace(old, new))
    assert refused.value.code == code


def test_december_lies_in_the_year_before_for_new_year_alone() -> None:
    """12月30日至1月1日 stands under 元旦; another holiday's December is the notice's own."""
    festival = read_notice("关于2026年某节放假的通知：12月13日（周日）至14日（周一）放假，共2天。")
    assert list(festival.off) == [dt.date(2026, 12, 13), dt.date(2026, 12, 14)]
    new_year = read_notice("关于2026年元旦放假的通知：12月31日（周三）至1月2日（周五）放假，共3天。")
    assert list(new_year.off) == [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 1, 2)]


def test_no_holiday_lasts_longer_than_a_month() -> None:
    with pytest.raises(NoticeError, match="看不懂“1月1日至3月1日”"):
        read_notice("关于2026年某节放假的通知：1月1日至3月1日放假。")


def test_a_long_weekend_must_touch_a_weekend() -> None:
    with pytest.raises(NoticeError, match="与周末连休"):
        read_notice("关于2026年某节放假的通知：3月4日放假，与周末连休。")


def test_a_notice_about_one_holiday_changes_the_year_it_names() -> None:
    """In the manner of the changes of 2015 and 2019."""
    once = read_notice(
        "关于某胜利70周年纪念日调休放假的通知\n2015年9月3日全国放假1天。调休如下：9月3日至5日调休放假，共3天。"
        "其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。"
    )
    assert (once.year, once.amends, list(once.off.values())) == (2015, True, ["某胜利70周年纪念日"] * 3)
    changed = read_notice(
        "国务院办公厅关于调整2019年劳动节假期安排的通知\n国办发明电〔2019〕3号\n现将调整2019年劳动节放假安排通知如下。\n"
        "一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。\n二、各地区要做好落实工作。"
    )
    shipped = next(n for n in national().notices if n.year == 2019 and n.amends)
    assert (changed.off, changed.working, changed.amends) == (shipped.off, shipped.working, True)
    assert changed.number == "国办发明电〔2019〕3号"


def test_a_holiday_only_prolonged_is_left_to_a_person() -> None:
    with pytest.raises(NoticeError, match="延长假期的通知"):
        read_notice(
            "关于延长2020年春节假期的通知\n一、延长春节假期至2月2日（星期日），2月3日（星期一）起上班。"
        )


@pytest.mark.parametrize("text", ["", "今天天气很好。", "一、元旦：1月1日放假。", "二〇二六年一月一日放假"])
def test_a_text_without_a_year_is_refused(text: str) -> None:
    with pytest.raises(NoticeError) as refused:
        read_notice(text)
    assert refused.value.code == "notice_year_unclear"


def test_a_long_text_is_no_notice() -> None:
    with pytest.raises(NoticeError, match="不像一份放假安排通知"):
        read_notice("1月1日" * 10_000)


@given(
    st.lists(
        st.sampled_from(
            "一二、：:。；，元旦节放假上班调至共天（）()周六日年月0123456789—至\n关于的通知2026年"
        ),
        max_size=300,
    )
)
def test_any_text_is_read_or_refused_with_a_code(pieces: list[str]) -> None:
    try:
        known = bool(read_notice("关于2026年部分节假日安排的通知\n一、" + "".join(pieces)).off)
    except NoticeError as error:
        known = error.code.startswith("notice_")
    assert known


# In the manner of an autonomous prefecture that adds its own festivals to the national days.
LOCAL = """某州人民政府办公室关于2026年部分节假日安排的通知 某府办发〔2025〕31号 各县市: 根据国务院办公厅通知\
(国办发明电〔2025〕7号)，现将我州2026年节假日安排通知如下。 \
一、元旦 1月1日至3日放假，共3天。1月4日上班。 \
二、春节 2月15日至23日放假调休，共9天。2月14日、2月28日上班。 三、清明节 4月4日至6日放假，共3天。 \
四、劳动节 5月1日至5日放假调休，共5天。5月9日（星期六）上班。 五、端午节 6月19日至21日放假，共3天。 \
六、火把节 8月6日至8月8日放假调休，共3天。8月9日（星期日）上班。 七、中秋节 9月25日至27日放假，共3天。 \
八、国庆节、州庆 10月1日至8日放假调休，共8天。9月20日、10月10日上班。"""


def test_a_local_notice_tells_its_own_number_and_its_own_days() -> None:
    notice = read_notice(LOCAL)
    assert (notice.number, notice.issued) == ("某府办发〔2025〕31号", None)
    assert notice.title == "某州人民政府办公室关于2026年部分节假日安排的通知"
    mine, theirs = notice.off.keys(), next(n for n in national().notices if n.year == 2026).off.keys()
    assert sorted(map(str, mine - theirs)) == ["2026-08-06", "2026-08-07", "2026-08-08", "2026-10-08"]
    assert any("法定节日为 13 天" in doubt for doubt in notice.doubts())


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("关于2026年某节放假的通知\n国办发明电〔2025〕7号\n", "国办发明电〔2025〕7号"),
        ("文号国办发明电[2025]07号\n关于2026年某节放假的通知\n", "国办发明电〔2025〕7号"),
        ("关于2026年某节放假的通知\n根据（国办发明电〔2025〕7号），", ""),
        ("关于2026年某节放假的通知\n", ""),
    ],
)
def test_the_number_is_that_of_the_notice_itself(head: str, number: str) -> None:
    assert read_notice(head + "3月4日（周三）放假1天。").number == number


@pytest.mark.parametrize("text", [None, 2026, b"1\xe6\x9c\x88"])
def test_what_is_no_text_is_refused(text: object) -> None:
    for take in (read_notice, parse_notice):
        with pytest.raises(NoticeError) as refused:
            take(text)  # type: ignore[operator]
        assert refused.value.code == "not_text"
