"""The vetoes of a site or an account (CHK.V1 to CHK.V6, CHK.N1 to CHK.N3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from gongkai.statute.errors import InspectionError, short
from gongkai.statute.inspection.facts import Column, SiteFacts, Subject
from gongkai.statute.inspection.indicators import Freshness, Indicators
from gongkai.statute.remedies.periods import months_before


class Veto(NamedTuple):
    """One veto on one site. `met`: it fails the site; None: not looked at, or too little of it.

    `rule`: CHK.V1 … CHK.N3; `zh`, `en`: what was found.
    """

    rule: str
    met: bool | None
    zh: str
    en: str
    to_confirm: bool


def vetoes(facts: SiteFacts, indicators: Indicators) -> tuple[Veto, ...]:
    """Every veto that applies to the subject, in the order of the indicators."""
    checks = _ACCOUNT if facts.subject is Subject.ACCOUNT else _SITE
    found = []
    for code, check in checks.items():
        if code == "V6" and not facts.has_services:
            # A department without public services: the indicators on services are left out.
            continue
        met, zh, en = check(facts, indicators)
        row = indicators.veto[code]
        words = (f"{row['zh']}：{zh}", f"{row['en']}: {en}")
        confirm = row["mark"] != "V" or (code == "V5" and met is False and _older_message(facts, indicators))
        found.append(Veto(f"CHK.{code}", met, *words, confirm))
    return tuple(found)


def is_stale(column: Column, freshness: Freshness, as_of: dt.date) -> bool:
    """Whether a column's newest entry is older than its kind allows; no day shown counts as not updated."""
    if column.newest is None:
        return True
    if freshness.days is not None:
        return (as_of - column.newest).days > freshness.days
    assert freshness.months is not None  # one of the two is there
    return column.newest < months_before(as_of, freshness.months)


_Answer = tuple[bool | None, str, str]
_NOT_LOOKED: _Answer = (None, "没有检查", "not looked at")


def _grave(facts: SiteFacts, indicators: Indicators) -> _Answer:
    if facts.grave is None:
        return _NOT_LOOKED
    matters = {one["code"]: one for one in indicators.veto["V1"]["matters"]}
    for code in facts.grave:
        if code not in matters:
            raise InspectionError(
                "inspection_unknown_matter",
                f"没有“{short(code)}”这种严重问题。可用的有：{'、'.join(matters)}。",
                f"no grave matter {short(code)}. Use one of: {', '.join(matters)}.",
            )
    found = [one for code, one in matters.items() if code in facts.grave]
    if not found:
        return False, "未发现", "none found"
    return True, "、".join(one["zh"] for one in found), ", ".join(one["en"] for one in found)


def _unreachable(facts: SiteFacts, indicators: Indicators) -> _Answer:
    # One week, at least 20 visits a day; failed visits of 5 % and more.
    row, visits = indicators.veto["V2"], facts.visits
    if visits is None:
        return _NOT_LOOKED
    if visits.days < row["days"] or visits.total < row["visits_a_day"] * visits.days:
        zh = f"监测不足（应监测 {row['days']} 天、每天 {row['visits_a_day']} 次以上），不能判定"
        return None, zh, f"watched too little: {row['days']} days, {row['visits_a_day']} visits a day"
    met = visits.failed * 100 >= row["failed_share_percent"] * visits.total
    share = f"{visits.failed}/{visits.total}"
    return met, f"打不开的占 {share}", f"{share} of the visits failed"


def _home(facts: SiteFacts, indicators: Indicators) -> _Answer:
    if facts.home_updated is None and facts.home_dated is None:
        return _NOT_LOOKED
    # "未注明信息发布时间的视为不更新": no day shown counts as not updated.
    if facts.home_updated is None or facts.home_dated is False:
        return True, "未注明发布时间，视为不更新", "no day shown counts as not updated"
    days = (facts.as_of - facts.home_updated).days
    return days > indicators.veto["V3"]["days"], f"{days} 天未更新", f"not updated for {days} days"


def _columns(facts: SiteFacts, indicators: Indicators) -> _Answer:
    if facts.columns is None:
        return _NOT_LOOKED
    row = indicators.veto["V4"]
    news = stale = empty = 0
    for column in facts.columns:
        if column.empty:
            # An empty column is counted as empty, not as stale as well (D).
            empty += 1
            continue
        freshness = indicators.freshness.get(column.kind)
        if column.kind and freshness is None:
            raise InspectionError(
                "inspection_unknown_column",
                f"没有“{short(column.kind)}”这类栏目。可用的有：{'、'.join(indicators.freshness)}。",
                f"no kind of column {short(column.kind)}. Use: {', '.join(indicators.freshness)}.",
            )
        if freshness is None or not is_stale(column, freshness, facts.as_of):
            continue
        stale += 1
        # 通知公告、政策文件: the first-level columns only; 动态、要闻: all.
        news += freshness.news_and_notices and (column.first_level or freshness.days is not None)
    met = (
        news >= row["stale_news_and_notices"]
        or stale >= row["stale_columns"]
        or empty >= row["empty_columns"]
    )
    zh = f"动态要闻、通知公告、政策文件类 {news} 个、全部 {stale} 个应更新未更新，空白 {empty} 个"
    return met, zh, f"{news} news and notices columns and {stale} columns in all stale, {empty} empty"


def _answers(facts: SiteFacts, indicators: Indicators) -> _Answer:
    row = indicators.veto["V5"]
    if facts.consults is False:
        return True, "没有网上咨询建言渠道", "no online channel for questions"
    oldest = facts.oldest_unanswered
    if oldest is not None and oldest >= months_before(facts.as_of, row["looked_back_months"]):
        met = oldest < months_before(facts.as_of, row["unanswered_months"])
        if met:
            return True, f"{oldest} 的有效留言至今未回应", f"a valid message of {oldest} is unanswered"
    if facts.consults is None or not facts.unanswered_checked:
        return _NOT_LOOKED
    if _older_message(facts, indicators):
        # The veto looks at the last year alone, so an older message does not fail the site.
        months = row["looked_back_months"]
        return (
            False,
            f"{oldest} 的有效留言至今未回应，但早于近 {months} 个月，不计入；"
            f"近 {months} 个月内有无未回应的留言请确认",
            f"a valid message of {oldest} is unanswered, but lies before the last {months} months and does "
            "not count; confirm that none since then is unanswered",
        )
    return False, "未发现", "none found"


def _older_message(facts: SiteFacts, indicators: Indicators) -> bool:
    """Whether the oldest unanswered message lies before the time the veto looks back on (CHK.V5)."""
    oldest, months = facts.oldest_unanswered, indicators.veto["V5"]["looked_back_months"]
    return oldest is not None and oldest < months_before(facts.as_of, months)


def _services(facts: SiteFacts, indicators: Indicators) -> _Answer:
    row = indicators.veto["V6"]
    if facts.offers_services is False:
        return True, "没有提供办事服务", "no services offered"
    if facts.guides is None:
        return _NOT_LOOKED
    known = set(row["elements"])
    poor = [one for one in facts.guides if len(known & set(one.missing)) >= row["missing_elements"]]
    # Five guides and more that lack four elements; or fewer than five in all, and every one lacks them.
    few = 0 < len(facts.guides) < row["guides"] and len(poor) == len(facts.guides)
    met = len(poor) >= row["guides"] or few
    zh = f"{len(facts.guides)} 个事项中 {len(poor)} 个缺少 {row['missing_elements']} 类以上重点要素"
    return met, zh, f"{len(poor)} of {len(facts.guides)} guides lack {row['missing_elements']} key elements"


def _account_stale(facts: SiteFacts, indicators: Indicators) -> _Answer:
    if facts.app_works is False:
        return True, "移动客户端无法下载或者使用", "the app cannot be downloaded or used"
    if not facts.account_checked and facts.account_updated is None:
        return _NOT_LOOKED
    if facts.account_updated is None:
        return True, "未注明发布时间，视为不更新", "no day shown counts as not updated"
    days = (facts.as_of - facts.account_updated).days
    return days > indicators.veto["N2"]["days"], f"{days} 天未更新", f"not updated for {days} days"


def _account_interaction(facts: SiteFacts, indicators: Indicators) -> _Answer:
    if facts.forced_likes:
        return True, "购买“粉丝”、强制要求点赞等", "bought fans or forced likes"
    if facts.interacts is False:
        return True, "没有有效互动功能", "no working interaction"
    if facts.interacts is None or facts.forced_likes is None:
        return _NOT_LOOKED
    return False, "未发现", "none found"


_Check = Callable[[SiteFacts, Indicators], _Answer]
_SITE: dict[str, _Check] = {
    "V1": _grave,
    "V2": _unreachable,
    "V3": _home,
    "V4": _columns,
    "V5": _answers,
    "V6": _services,
}
_ACCOUNT: dict[str, _Check] = {"N1": _grave, "N2": _account_stale, "N3": _account_interaction}
