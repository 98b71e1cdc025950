"""What time does by itself: notices go out, files of forms that were never sent are forgotten, accounts
that nobody enters any more are closed.

Called again and again by `gongkai work`; safe when several run at once, and when killed at any moment.
"""

from __future__ import annotations

from gongkai.web.requests.actions.accounts import close_idle
from gongkai.web.requests.notices import send_due
from gongkai.web.requests.staging import clean
from gongkai.web.requests.stands import reckon_due


def follow() -> int:
    """Everything that has come due. Gives how many notices went out."""
    reckon_due()
    clean()
    close_idle()
    return send_due()
