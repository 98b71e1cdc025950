"""How an item of the checklist stands, as people call it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongkai.web.look.states import State
from gongkai.web.look.states import state as look_state


def standing_state(code: str) -> State:
    """The state of an item by its code (`queries.checklist.items`)."""
    if code == "on_request":
        return State(_("依申请公开"), "hollow", "plain")
    if code == "closed":
        return State(_("已停用"), "cross", "plain")
    return look_state("done", _("已公开")) if code == "done" else look_state(code)
