"""The sample's accounts, for whoever starts it: their password is no secret."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.organs.models import Role, Staff
from gongkai.web.sample.district import organs


@dataclass(frozen=True, slots=True)
class Account:
    """A user name of the sample, and the roles held in words."""

    username: str
    roles: str


def accounts() -> list[Account]:
    """Accounts of the sample's first organ, in order of the plan; none where there is no sample. 1 query."""
    first = organs()[0]
    known = set(
        Staff.objects.filter(organ__code=first.code, organ__is_fictional=True, is_active=True).values_list(
            "username", flat=True
        )
    )
    return [
        Account(one.username, "、".join(Role(role).label for role in one.roles))
        for one in first.people
        if one.username in known
    ]
