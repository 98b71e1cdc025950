"""Time limits as catalogues write them, and when something is due by them (STD, CAT)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.catalogue import CatalogueError, LimitForm, due_after, next_due, time_limit

D = dt.date.fromisoformat

# words, what they mean
TABLE = [
    ("自信息形成或变更之日起20个工作日内", "20 working-days from formed"),
    ("信息形成（变更）后10个工作日内", "10 working-days from formed"),
    ("信息形成或者变更之日起3个工作日内", "3 working-days from formed"),
    ("自制作或获取该信息之日起20个工作日内公开", "20 working-days from formed"),
    ("自信息形\n成或者变\n更之日起\n20个工作\n日内予以\n公开", "20 working-days from formed"),
    ("条目化展示、信息形成(变更)20个工作日内。", "20 working-days from formed"),
    ("20工作日", "20 working-days"),
    ("５个工作日内", "5 working-days"),
    ("二十个工作日", "20 working-days"),
    ("两个工作日内", "2 working-days"),
    ("公开时限为20个工作日", "20 working-days"),
    ("《条例》（国务院令第711号）规定20个工作日", "20 working-days"),
    ("及时公开，最迟不超过20个工作日", "20 working-days"),
    ("法律、法规、规章另有规定的除外，自信息形成之日起20个工作日内公开", "20 working-days from formed"),
    ("自信息形成之日起20个工作日内。法律、法规另有规定的，从其规定", "20 working-days from formed"),
    ("自作出决定之日起7个工作日内公开，公示期限为一年", "7 working-days from decided"),
    ("批准后20日内", "20 days from approved"),
    ("年度预算批准后二十日内", "20 days from approved"),
    ("3天内", "3 days"),
    ("一周内", "7 days"),
    ("24小时内", "1 days"),
    ("作出决定当日", "0 days from decided"),
    ("1个月内", "1 months"),
    ("半年内", "6 months"),
    ("每年1月31日前", "yearly by 1-31"),
    ("次年1月31日前", "yearly by 1-31"),
    ("每年3月底前", "yearly by 3-0"),
    ("年底前", "yearly by 0-0"),
    ("每半年一次", "half-yearly by 0-0"),
    ("每季度", "quarterly by 0-0"),
    ("每季度首月15日前", "quarterly by 1-15"),
    ("每季度结束后10个工作日内", "quarterly, 10 working-days after"),
    ("每月10日前", "monthly by 0-10"),
    ("每月结束后5日内", "monthly, 5 days after"),
    ("每周一次", "weekly by 0-0"),
    ("及时公开", "prompt"),
    ("实时", "prompt"),
    ("长期公开", "standing"),
    ("", "没有写明时限。"),
    ("——", "没有写明时限。"),
    ("按有关规定", "读不出日数、日期或者周期，请改写。"),
    ("二三日内", "读不出日数、日期或者周期，请改写。"),
    ("每年2月30日前", "读不出日数、日期或者周期，请改写。"),
    ("许可、处罚7个工作日，其他20个工作日", "有几个不同的时限，请拆成几项。"),
    ("7-20个工作日", "有几个不同的时限，请拆成几项。"),
    ("每季度更新，形成后10个工作日内", "有几个不同的时限，请拆成几项。"),
    ("每年1月31日前、7月31日前", "有几个不同的时限，请拆成几项。"),
    ("会议召开前3日", "时限在某事之前，须另行确定日期。"),
    ("提前5个工作日", "时限在某事之前，须另行确定日期。"),
    ("公示不少于7个工作日", "写的是公示多久，没有写何时公开。"),
    ("2023年12月31日前", "是某一年的日期，没有写此后何时公开。"),
    ("每两年一次", "这种周期不能换算，请改写。"),
    ("每年3月前", "这种周期不能换算，请改写。"),
]


def said(words: str) -> str:
    found = time_limit(words)
    if found.form is None:
        return found.reason_zh
    if found.unit is not None:
        return f"{found.form.value}, {found.amount} {found.unit.value} after"
    if found.form in (LimitForm.WORKING_DAYS, LimitForm.DAYS, LimitForm.MONTHS):
        return f"{found.amount} {found.form.value}" + (f" from {found.since}" if found.since else "")
    if found.form in (LimitForm.PROMPT, LimitForm.STANDING):
        return found.form.value
    return f"{found.form.value} by {found.month}-{found.day}"


@pytest.mark.parametrize(("words", "meaning"), TABLE)
def test_what_a_catalogues_time_limit_means(words: str, meaning: str) -> None:
    assert said(words) == meaning
    assert time_limit(words).text == words


@pytest.mark.parametrize(
    ("words", "event", "due"),
    [
        ("20个工作日内", "2026-02-10", "2026-03-16"),
        ("批准后20日内", "2026-02-10", "2026-03-02"),
        ("当日", "2026-02-10", "2026-02-10"),
        ("1个月内", "2026-01-31", "2026-02-28"),
        ("每季度", "2026-02-10", None),
        ("及时公开", "2026-02-10", None),
        ("按有关规定", "2026-02-10", None),
    ],
)
def test_when_a_limit_from_an_event_ends(words: str, event: str, due: str | None) -> None:
    assert due_after(time_limit(words), D(event)) == (D(due) if due else None)


@pytest.mark.parametrize(
    ("words", "last_done", "today", "due"),
    [
        ("每季度", "2026-02-10", "2026-03-01", "2026-06-30"),
        ("每季度", "2026-02-10", "2026-11-21", "2026-06-30"),  # late since July
        ("每季度", None, "2026-11-21", "2026-12-31"),
        ("每季度首月15日前", "2026-10-08", "2026-11-21", "2027-01-15"),
        ("每季度首月15日前", None, "2026-11-21", "2027-01-15"),
        ("每季度结束后10个工作日内", "2026-07-06", "2026-09-30", "2026-10-20"),
        ("每月10日前", "2026-10-12", "2026-11-21", "2026-11-10"),
        ("每月10日前", None, "2026-11-10", "2026-11-10"),
        ("每月10日前", None, "2026-11-11", "2026-12-10"),
        ("每月31日前", "2026-01-31", "2026-02-01", "2026-02-28"),
        ("每半年", "2026-06-30", "2026-07-01", "2026-12-31"),
        ("每年1月31日前", "2026-01-20", "2026-11-21", "2027-01-31"),
        ("每年3月底前", None, "2026-04-01", "2027-03-31"),
        ("每年", "2025-12-31", "2026-01-01", "2026-12-31"),
        ("每周", "2026-11-16", "2026-11-21", "2026-11-29"),
        ("20个工作日内", "2026-02-10", "2026-11-21", None),
        ("长期公开", None, "2026-11-21", None),
    ],
)
def test_when_something_periodic_is_due_next(
    words: str, last_done: str | None, today: str, due: str | None
) -> None:
    found = next_due(time_limit(words), D(last_done) if last_done else None, D(today))
    assert found == (D(due) if due else None)


PERIODS = st.sampled_from([words for words, meaning in TABLE if " by " in meaning])
DAYS = st.dates(D("2010-01-01"), D("2026-11-21"))


@given(PERIODS, DAYS, DAYS)
def test_property_what_was_done_is_not_due_again_in_its_period(
    words: str, done: dt.date, today: dt.date
) -> None:
    found = next_due(time_limit(words), done, today)
    assert found is not None
    assert done < found <= done + dt.timedelta(days=731)


@given(PERIODS, DAYS)
def test_property_what_was_never_done_is_due_today_or_later(words: str, today: dt.date) -> None:
    found = next_due(time_limit(words), None, today)
    assert found is not None
    assert today <= found <= today + dt.timedelta(days=366)


WORDS = [
    "每",
    "年",
    "月",
    "日",
    "前",
    "季度",
    "个工作日",
    "内",
    "20",
    "十",
    "半",
    "公示",
    "批准后",
    "提前",
    "-",
    "《",
    "》",
    "。",
]


@given(st.lists(st.sampled_from(WORDS) | st.characters(), max_size=14).map("".join))
def test_property_any_words_give_a_limit_or_the_reason_why_not(words: str) -> None:
    found = time_limit(words)
    assert found.ok != bool(found.reason_zh and found.reason_en)
    assert next_due(found, None, D("2026-11-21")) is None or found.form not in (None, LimitForm.PROMPT)


def test_a_long_text_is_read_at_once() -> None:
    assert said("自信息形成之日起" * 20_000 + "20个工作日内") == "20 working-days from formed"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(CatalogueError) as refused:
        time_limit(20)  # type: ignore[arg-type]
    assert refused.value.code == "not_text"
