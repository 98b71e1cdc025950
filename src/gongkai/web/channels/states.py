"""How a release stands, as people see it."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.web.channels.models import FOR_A_PERSON, Act, Release, ReleaseState, Takes
from gongkai.web.look.states import State

STATES = {
    ReleaseState.WAITING: State(_("等待发送"), "hollow", "busy"),
    ReleaseState.SENT: State(_("已发送"), "full", "good"),
    ReleaseState.TASK: State(_("待人工办理"), "square", "warn"),
    ReleaseState.RECORDED: State(_("已登记"), "full", "good"),
    ReleaseState.UNSURE: State(_("不确定是否发出"), "half", "warn"),
    ReleaseState.DEAD: State(_("未发出"), "cross", "bad"),
    ReleaseState.DROPPED: State(_("不再需要"), "hollow", "plain"),
}
TRYING = State(_("发送失败，将再试"), "half", "warn")
ACTS = {
    Act.PUBLISH: _("公开"),
    Act.UPDATE: _("更新"),
    Act.REPEAL: _("标注废止"),
    Act.WITHDRAW: _("撤回"),
}
TAKES = {
    Takes.ALL: _("全部主动公开信息"),
    Takes.CHOSEN: _("选定种类、类别的信息"),
    Takes.BY_HAND: _("只发逐条选定的信息"),
}


def state_of(release: Release) -> State:
    if release.state == ReleaseState.WAITING and (release.tries or release.is_lost):
        return TRYING
    return STATES[ReleaseState(release.state)]


def act_words(release: Release) -> str:
    return str(ACTS[Act(release.act)])


def trouble_words(release: Release) -> str:
    """Why it has not come out, in the reader's language."""
    if release.state not in (*FOR_A_PERSON, ReleaseState.WAITING):
        return ""
    is_english = (get_language() or "").startswith("en")
    return str(release.trouble_en if is_english else release.trouble_zh)
