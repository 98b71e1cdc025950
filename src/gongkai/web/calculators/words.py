"""The law's terms in the reader's language: states, events, holidays, and the one sentence that matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from gongkai.statute.clock import Channel, Clock, EventKind, State

STATES: Mapping[State, Promise] = {
    State.RUNNING: gettext_lazy("办理中"),
    State.CONSULTING: gettext_lazy("征求意见中，期限暂停"),
    State.AWAITING_SUPPLEMENT: gettext_lazy("等待补正"),
    State.AWAITING_PAYMENT: gettext_lazy("等待缴费"),
    State.OVERDUE: gettext_lazy("已逾期"),
    State.DECIDED: gettext_lazy("已作决定，待送达"),
    State.SERVED: gettext_lazy("已答复"),
    State.ABANDONED: gettext_lazy("不再处理"),
    State.WITHDRAWN: gettext_lazy("已撤回"),
}
CHANNELS: Mapping[Channel, Promise] = {
    Channel.IN_PERSON: gettext_lazy("当面提交（或者口头提出、由工作人员代为填写）"),
    Channel.SIGNED_POST: gettext_lazy("邮寄，需要签收（挂号信、EMS 等）"),
    Channel.ORDINARY_POST: gettext_lazy("平常信函，无需签收"),
    Channel.ONLINE: gettext_lazy("互联网（网上表单、电子邮件）"),
    Channel.FAX: gettext_lazy("传真"),
}
HOLIDAYS: Mapping[str, Promise] = {
    "元旦": gettext_lazy("元旦"),
    "春节": gettext_lazy("春节"),
    "清明节": gettext_lazy("清明节"),
    "劳动节": gettext_lazy("劳动节"),
    "端午节": gettext_lazy("端午节"),
    "中秋节": gettext_lazy("中秋节"),
    "国庆节": gettext_lazy("国庆节"),
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": gettext_lazy("抗战胜利纪念日"),
}
WEEKDAYS: tuple[Promise, ...] = (
    gettext_lazy("星期一"),
    gettext_lazy("星期二"),
    gettext_lazy("星期三"),
    gettext_lazy("星期四"),
    gettext_lazy("星期五"),
    gettext_lazy("星期六"),
    gettext_lazy("星期日"),
)


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def state_word(state: State) -> str:
    return str(STATES[state])


def channel_words(channel: Channel) -> str:
    return str(CHANNELS[channel])


def event_words(kind: EventKind) -> str:
    """What happened, to choose from a list."""
    return kind.en[0].upper() + kind.en[1:] if is_english() else kind.zh


def weekday(day: dt.date) -> str:
    return str(WEEKDAYS[day.weekday()])


def long_day(day: dt.date) -> str:
    """2026年12月18日, or 18 December 2026."""
    return f"{day.day} {day:%B %Y}" if is_english() else f"{day.year}年{day.month}月{day.day}日"


def month_name(first: dt.date) -> str:
    """2026年9月, or September 2026."""
    return f"{first:%B %Y}" if is_english() else f"{first.year}年{first.month}月"


def listed(numbers: tuple[int, ...]) -> str:
    return (", " if is_english() else "、").join(map(str, numbers))


def holiday_words(name: str) -> str:
    """A holiday's name; a name that has no English yet stays as it is."""
    parts = [str(HOLIDAYS.get(part, part)) for part in name.split("、")]
    return (" / " if is_english() else "、").join(parts)


def heading(clock: Clock, *, is_today: bool) -> str:
    """What the date on the page is, or what stands in its place."""
    if clock.due is None:
        return _("期限从下一步重新计算") if clock.closed is None else _("不再计算答复期限")
    if clock.closed is not None:
        return _("答复期限届满日")
    if clock.state is State.CONSULTING:
        # The day moves on with every working day of waiting: it is no last day yet.
        if is_today:
            return _("按今天收到意见推算的答复期限届满日")
        return _("按 %(day)s 收到意见推算的答复期限届满日") % {"day": long_day(clock.as_of)}
    return _("最晚答复日期")


def latest_sentence(clock: Clock) -> str:
    """How late the reply can become while an opinion is waited for (REG.32 to REG.34); "" at other times."""
    if clock.state is not State.CONSULTING or clock.due is None:
        return ""
    latest = clock.due_at_latest
    if latest is not None:
        return _("意见一直收不到的，最迟：%(day)s。") % {"day": long_day(latest.date)}
    waited = [one for one in clock.consultations if one.ended is None and one.who.limit is not None]
    if any(one.reached is None for one in waited):
        return _("对方收到之日未登记，无法确定最迟日期。")
    return _("法律没有规定其他机关提出意见的期限，无法确定最迟日期。")


def reply_sentence(clock: Clock) -> str:
    """Where the request stands, in one sentence for somebody who knows no law."""
    closed = _closed_sentence(clock)
    if closed:
        return closed
    if clock.state is State.AWAITING_SUPPLEMENT:
        return _("行政机关要求补正。收到补正后的申请时，答复期限从头计算。")
    if clock.state is State.AWAITING_PAYMENT:
        return _("行政机关发出了收费通知。缴清费用后，答复期限从头计算。")
    left = clock.left or 0
    if clock.state is State.OVERDUE:
        words = ngettext("已经超过答复期限 %(n)s 个工作日。", "已经超过答复期限 %(n)s 个工作日。", -left)
        return words % {"n": -left}
    if clock.state is State.CONSULTING:
        return _("正在征求意见，等待的时间不计入期限。意见收到得越晚，答复日期越往后。")
    if left == 0:
        return _("当天是最后一天。")
    words = ngettext("还剩 %(n)s 个工作日。", "还剩 %(n)s 个工作日。", left) % {"n": left}
    return _("已经作出决定，还没有送达。") + words if clock.state is State.DECIDED else words


def _closed_sentence(clock: Clock) -> str:
    if clock.state is State.WITHDRAWN:
        return _("申请人撤回了申请，这件申请已经办结。")
    if clock.state is State.ABANDONED:
        return _("申请人逾期没有补正或者缴费，行政机关不再处理这件申请。")
    if clock.state is not State.SERVED:
        return ""
    if clock.in_time:
        return _("答复已在期限内送达。")
    late = -(clock.left or 0)
    return ngettext("答复送达时已逾期 %(n)s 个工作日。", "答复送达时已逾期 %(n)s 个工作日。", late) % {
        "n": late
    }
