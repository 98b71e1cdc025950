"""What time does by itself: consultations close, contacts are forgotten, counts of senders are thrown away.

Called again and again by `gongkai work`; safe when several run at once, and when killed at any moment: each
change is a transaction of its own, and what is not done is found again.
"""

from __future__ import annotations

from gongkai.web.participation.actions.consulting import close_due
from gongkai.web.participation.actions.feedback import forget_contacts
from gongkai.web.participation.actions.opining import forget_senders
from gongkai.web.participation.pacing import forget


def follow() -> int:
    """Everything that has come due. Gives how many consultations were closed."""
    closed = close_due()
    forget_contacts()
    forget_senders()
    forget()
    return closed
