"""The only door through which organs, units, accounts and appointments change.

Every action locks the organ it is about, reads afresh what the acting person holds, checks, writes, and
enters one change in the log, in one transaction. It raises `WorkError` (NotAllowed, Stale, Invalid) and then
has changed nothing. `by` is the person who acts.
"""

from gongkai.web.organs.actions.accounts import (
    change_account,
    close_account,
    open_account,
    reset_password,
    reset_second_factor,
    unlock_account,
)
from gongkai.web.organs.actions.appointments import appoint, end_appointment
from gongkai.web.organs.actions.grounds import fingerprint
from gongkai.web.organs.actions.opening import (
    close_organ,
    first_administrator,
    found_organ,
    move_organ,
    open_organ,
)
from gongkai.web.organs.actions.organs import change_organ, set_emblem, settle_organ
from gongkai.web.organs.actions.own_account import change_own_password, end_own_session
from gongkai.web.organs.actions.units import add_unit, close_unit, name_disclosure_office, rename_unit

__all__ = [
    "add_unit",
    "appoint",
    "change_account",
    "change_organ",
    "change_own_password",
    "close_account",
    "close_organ",
    "close_unit",
    "end_appointment",
    "end_own_session",
    "fingerprint",
    "first_administrator",
    "found_organ",
    "move_organ",
    "name_disclosure_office",
    "open_account",
    "open_organ",
    "rename_unit",
    "reset_password",
    "reset_second_factor",
    "set_emblem",
    "settle_organ",
    "unlock_account",
]
