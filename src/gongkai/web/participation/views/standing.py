"""How a consultation stands, in words for staff."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.participation.actions.consulting import is_told
from gongkai.web.participation.queries.consultations import Seen, Standing
from gongkai.web.participation.settled import of_consultations


def standing_words(standing: Standing) -> str:
    return {
        Standing.DRAFT: _("公告未公开"),
        Standing.WITHDRAWN: _("公告已撤回"),
        Standing.AHEAD: _("尚未开始"),
        Standing.RUNNING: _("正在进行"),
        Standing.OVER: _("待公布结果"),
        Standing.LATE: _("结果逾期未公布"),
        Standing.TOLD: _("已公布结果"),
    }[standing]


def lead_words(seen: Seen) -> str:
    """How it stands, or what the clerk has to see to before it is sent to review."""
    version = seen.consultation.announcement.published or seen.consultation.announcement.working
    if version is not None and not is_told(seen.terms, version.body):
        return _("公告正文里没有现在的征集安排，公众不能提交。请改回草稿，在“期限和问题”里重新保存。")
    if seen.standing == Standing.DRAFT and seen.terms.closes_on < clock.today():
        return _("公告还没有公开，截止日期已经过了：请先在“期限和问题”里改期限，再送审。")
    if seen.standing == Standing.DRAFT and _is_short(seen):
        days = (seen.terms.closes_on - seen.terms.opens_on).days + 1
        told = _(
            "期限只有 %(days)s 天：征求意见一般不少于 %(usual)s 日。情况紧急需要缩短的，请在公告中说明；"
            "否则请先在“期限和问题”里改期限。"
        )
        return told % {"days": days, "usual": of_consultations("usual_days")}
    return standing_words(seen.standing)


def _is_short(seen: Seen) -> bool:
    """Whether an opinion may be given for fewer days than is usual; a survey may be as short as one likes."""
    days = (seen.terms.closes_on - seen.terms.opens_on).days + 1
    return not seen.consultation.is_survey and days < of_consultations("usual_days")
