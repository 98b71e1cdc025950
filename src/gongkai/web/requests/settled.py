"""The choices of data/requests.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class ReplyWay(NamedTuple):
    """A way for the reply to reach the requester (REG.29(3)). `needs`: the contact it cannot do without.
    `online`: over the net."""

    code: str
    zh: str
    needs: str
    online: bool = False


@cache
def settled() -> dict[str, Any]:
    """The whole file."""
    text = files("gongkai.web.requests").joinpath("data/requests.toml").read_text("utf-8")
    return tomllib.loads(text)


def length(field: str) -> int:
    """The most characters of a field."""
    return int(settled()["lengths"][field])


def wanted_forms() -> dict[str, str]:
    """The forms in which information may be wanted, by code."""
    return {row["code"]: row["zh"] for row in settled()["wanted_form"]}


@cache
def reply_ways() -> dict[str, ReplyWay]:
    """The ways a reply may be wanted, by code."""
    return {row["code"]: ReplyWay(**row) for row in settled()["reply_way"]}


def ways_chosen(codes: Iterable[str]) -> list[ReplyWay]:
    """The ways that a request names; one that is no longer offered is left out."""
    ways = reply_ways()
    return [ways[one] for one in codes if one in ways]


def approval_steps() -> list[dict[str, Any]]:
    """The default chain of a decision."""
    return [dict(one) for one in settled()["approval"]["steps"]]
