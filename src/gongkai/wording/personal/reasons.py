"""Why each kind of personal data may not stand, and how grave that is. From data/personal_data.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _reasons() -> dict[str, dict[str, str]]:
    text = resources.files("gongkai.wording").joinpath("data/personal_data.toml").read_text("utf-8")
    return tomllib.loads(text)


def reason(kind: str, role: str) -> tuple[str, str, str]:
    """(severity, Chinese, English) for a kind of data in a role; KeyError for an unknown kind."""
    table = _reasons()
    entry = table.get(f"{kind}:{role}") or table[kind]
    return entry["severity"], entry["zh"], entry["en"]
